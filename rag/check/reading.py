"""A sentence read for the check: words and set phrases with what they mean (`concepts.csv`), clauses, cues.

A claim in plain words is traced through these: "shot" rests on "injected" because both are forms of one concept."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from rag.text import figures
from rag.text.figures import Figure
from rag.text.words import STOPWORDS, Word, normal, stem, words

PHRASE = 5
"""Words in the longest set phrase looked for."""
BREAK = re.compile(r"[,;:()\u2013\u2014]|\s-\s|\b(?:but|although|though|whereas|while|however|because|which|and|or)\b")
"""What parts clauses; offsets are those of the folded text, which are the text's."""
NAME = 7
"""Letters of a word that is judged by its ending."""
PARTICLE = re.compile(r"\s*(?:$|[.,;:]|(?:to|from|some|the|a|their|its|his|her|in|into|on|for)\b)", re.IGNORECASE)
"""What follows "back" where it belongs to a verb ("gave it back to them") and names no part of the body."""
IDLE = re.compile(
    r"\bover (?=(?:the|a|this|that|time|its|their)\b)|\bthe most\b(?! (?:of|patients|people))"
    r"|\bmost (?:often|likely|common(?:ly)?|frequent(?:ly)?|recent(?:ly)?|important)\b"
    r"|\b(?:liv(?:e|es|ed|ing)|sle(?:ep|pt)|walk\w*|home|left) (?:alone|(?:on|by) (?:their|his|her|its) own)\b"
)
"""Words that look like a cue and govern nothing: "the most", "living alone"."""
IZED = re.compile(r"(\w{3,})i[sz](?:e|es|ed|ing|ations?)")
"""Verbs in -ise, with what is made of them; their stem alone is another word (author, organ, special)."""
PLURAL = re.compile(r"(?<=[A-Z\d])s$")


@dataclass(frozen=True, slots=True)
class Concept:
    """A meaning: its opposite, the wider meaning it falls under, and the kind of fault to say the opposite."""

    name: str
    opposite: str
    broader: str
    kind: str


@dataclass(frozen=True, slots=True)
class Item:
    """A word or set phrase at `start`:`end` of a sentence; `light` where it carries little by itself.

    `parts` are the words of a set phrase.
    """

    start: int
    end: int
    text: str
    stem: str
    concepts: frozenset[str]
    wider: frozenset[str]
    clause: int
    light: bool
    parts: tuple["Item", ...] = ()

    @property
    def name(self) -> bool:
        """Whether it is a drug's name by its ending: such names differ in a letter or two and are no family."""
        return not self.concepts and len(self.text) >= NAME and self.text.lower().endswith(drugs())


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that governs others: a negation, a hedge, a cause, a bound."""

    kind: str
    start: int
    end: int
    text: str
    clause: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its items, cues and figures."""

    text: str
    items: tuple[Item, ...]
    cues: tuple[Cue, ...]
    figures: tuple[Figure, ...]

    def having(self, *kinds: str) -> tuple[Cue, ...]:
        """The cues of some kinds, in their order."""
        return tuple(cue for cue in self.cues if cue.kind in kinds)


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Read a sentence."""
    breaks = [match.start() for match in BREAK.finditer(normal(text))]
    cues = tuple(_cues(text, breaks))
    vague = [(cue.start, cue.end) for cue in cues if cue.kind == "vague"]
    found = tuple(f for f in figures.figures(text) if not any(start <= f.start < end for start, end in vague))
    skipped = [(figure.start, figure.end) for figure in found]
    skipped += [(cue.start, cue.end) for cue in cues if cue.kind in ("negation", "low", "high", "about")]
    hedges = [cue for cue in cues if cue.kind in ("possible", "vague")]
    items = tuple(_lighter(item, hedges) for item in _items(text, skipped, breaks))
    kept = tuple(
        cue for cue in cues if cue.kind != "negation" or not any(item.start <= cue.start < item.end for item in items)
    )
    return Reading(text, items, kept, found)


def keys(text: str) -> frozenset[str]:
    """The stems and figures of a text: enough to tell that it has nothing to do with a claim."""
    return frozenset(_key(word.text) for word in words(text))


def keys_of(reading: Reading) -> frozenset[str]:
    """The stems by which a sentence could carry a claim: its own words, and those of the concepts they belong to."""
    meant = {name for item in reading.items for name in item.concepts}
    forms = {key for form, names in _forms().items() if names & meant for key in form}
    return frozenset(forms) | keys(reading.text)


@cache
def concepts() -> Mapping[str, Concept]:
    """The concepts by name, read once from `concepts.csv`."""
    return {
        row["concept"]: Concept(row["concept"], row["opposite"], row["broader"], row["kind"])
        for row in rows("concepts.csv")
    }


def wider(names: frozenset[str]) -> frozenset[str]:
    """All that some concepts fall under, themselves included."""
    found = set(names)
    for name in names:
        while name := concepts()[name].broader:
            found.add(name)
    return frozenset(found)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file of this package."""
    lines = resources.files("rag.check").joinpath(name).read_text(encoding="utf8").splitlines()
    return list(csv.DictReader(lines))


def fold(form: str) -> str:
    """Reduce a stem to one spelling: tumour and tumor, leukaemia and leukemia, randomise and randomize."""
    plain = form.replace("ae", "e").replace("oe", "e")
    return re.sub(r"our$", "or", re.sub(r"is(?=$|at)", "iz", plain)) if len(plain) > 4 else plain


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """The form a word is compared by; the plural of an acronym (SSRIs) is its singular, and authorise no author."""
    if made := IZED.fullmatch(word.lower()):
        return f"{fold(made[1])}iz"
    return fold(stem(PLURAL.sub("", word)))


@cache
def _forms() -> Mapping[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for row in rows("concepts.csv"):
        for form in row["forms"].split("; "):
            if form not in STOPWORDS:
                found.setdefault(tuple(_key(word.text) for word in words(form)), set()).add(row["concept"])
    return {form: frozenset(names) for form, names in found.items()}


@cache
def drugs() -> tuple[str, ...]:
    """Return the endings of drugs' names."""
    return tuple(row["form"] for row in rows("kinds.csv") if row["kind"] == "drug" and row["how"] == "ending")


@cache
def _light() -> frozenset[str]:
    return frozenset(_key(row["word"]) for row in rows("light.csv"))


def _items(text: str, skipped: list[tuple[int, int]], breaks: list[int]) -> Iterator[Item]:
    tokens = words(text)
    keys = [_key(token.text) for token in tokens]
    i = clause = 0
    while i < len(tokens):
        while clause < len(breaks) and breaks[clause] <= tokens[i].start:
            clause += 1
        size = next((n for n in range(min(PHRASE, len(tokens) - i), 1, -1) if tuple(keys[i : i + n]) in _forms()), 1)
        if not all(_empty(token, skipped) for token in tokens[i : i + size]):
            yield _item(text, tokens[i : i + size], keys[i : i + size], clause)
        i += size


def _item(text: str, tokens: tuple[Word, ...], keys: list[str], clause: int) -> Item:
    start, end = tokens[0].start, tokens[-1].end
    names = frozenset(_forms().get(tuple(keys), frozenset()))
    if len(tokens) == 1:
        light = keys[0] in _light() or (keys[0] == "back" and bool(PARTICLE.match(text, end)))
        return Item(start, end, text[start:end], keys[0], names, wider(names), clause, light)
    pairs = [(token, key) for token, key in zip(tokens, keys, strict=True) if normal(token.text) not in STOPWORDS]
    parts = tuple(_item(text, (token,), [key], clause) for token, key in pairs)
    light = all(part.light for part in parts)
    return Item(start, end, text[start:end], " ".join(keys), names, wider(names), clause, light, parts)


def _lighter(item: Item, hedges: list[Cue]) -> Item:
    """A hedge only weakens what it stands with, so it may come from nowhere."""
    return replace(item, light=True) if any(cue.start <= item.start < cue.end for cue in hedges) else item


def _empty(token: Word, skipped: list[tuple[int, int]]) -> bool:
    """Whether a word is left out: figures, bounds and negations (checked apart), and function words."""
    return normal(token.text) in STOPWORDS or any(token.start < end and start < token.end for start, end in skipped)


@cache
def _cue_patterns() -> Mapping[str, re.Pattern[str]]:
    forms: dict[str, list[str]] = {}
    for row in rows("cues.csv"):
        forms.setdefault(row["kind"], []).append(row["cue"])
    return {
        kind: re.compile("|".join(map(_bounded, sorted(found, key=len, reverse=True)))) for kind, found in forms.items()
    }


def _bounded(form: str) -> str:
    """A cue as whole words; "n't" stands at the end of one."""
    return (r"" if form.startswith("n'") else r"(?<!\w)") + re.escape(form) + r"(?!\w)"


def _cues(text: str, breaks: list[int]) -> Iterator[Cue]:
    plain = normal(text)
    idle = [match.span() for match in IDLE.finditer(plain)]
    for kind, pattern in _cue_patterns().items():
        for match in pattern.finditer(plain):
            if any(start <= match.start() < end for start, end in idle):
                continue
            clause = sum(place <= match.start() for place in breaks)
            yield Cue(kind, match.start(), match.end(), match.group(), clause)
