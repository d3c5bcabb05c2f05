"""Which articles hold which words: what a question's words are worth, and whether an article is on its subject."""

import csv
import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib import resources

from rag.domain import Article
from rag.plain.glossary import entries
from rag.text.words import content, normal, words
from rag.text.words import stem as whole

NAME = re.compile(r"\b[A-Z][\w.'-]+(?:(?:,? (?:of|for|the|and|in|at|de))*,? [A-Z][\w.'-]+)+")
APART = 3
"""Words within which two words of a question count as standing together: "regulatory T immune cells"."""
UNSEEN = 0.6
"""Worth of a word that no article has, against one that one article has: the subject, or only a turn of phrase."""
TOPIC = 2.0
"""Worth of an unseen word that names a part of the body or an illness: an article without it is on another
subject."""
MEDICINE = 4.0
"""The same for a medicine, known by how its name ends: what is said of another is no answer."""
KINDS = re.compile(r"\b(?:hepatitis|vitamin|type|interleukin|interferon|omega|influenza)[ -](?:[a-k]|\d{1,2})\b")
"""One of several that are told apart by a letter or a number alone: hepatitis B, type 2 diabetes."""
LONG = 6
"""Words of a subject; a message with more tells a story around its question."""
SOUNDS = (("ph", "f"), ("y", "i"), ("ae", "e"), ("oe", "e"), ("ck", "k"), ("z", "s"), ("rh", "r"))
CLOSE = 0.8
"""How alike two spellings must be: tumers and tumors are 0.83, two drugs that share an ending under 0.7."""


AS_NEAR = 3
"""Spellings that may be meant; of these the one that most articles have, for a slip of one letter can lead to each."""


class Vocabulary:
    """The stems of the citable text and title of each article, with the acronyms their names make (UCLA)."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self.stems: Mapping[str, frozenset[str]] = {name: _stems(article) for name, article in self.articles.items()}
        self._near: dict[str, frozenset[tuple[str, str]]] = {}
        self._named: dict[str, frozenset[str]] = {}
        self.spread = Counter(stem for stems in self.stems.values() for stem in stems)

    def weight(self, stem: str) -> float:
        """Return what a stem is worth in telling articles apart: inverse document frequency, less for one unseen."""
        worth = math.log(1 + (len(self.articles) + 1) / (max(self.spread[stem], 1) + 0.5))
        if self.spread[stem]:
            return worth
        if stem.endswith(_medicines()):
            return MEDICINE * worth
        return (TOPIC if stem in _topics() else UNSEEN) * worth

    def known(self, stem: str) -> str:
        """Return the stem itself where some article has it, else one that means the same or is spelt nearly like it."""
        if self.spread[stem]:
            return stem
        same = sorted(other for other in alike(stem) if self.spread[other])
        if same or len(stem) < 5 or stem in _spelled():
            return same[0] if same else stem
        if stem.endswith("in") and self.spread[full := whole(stem + "g")]:
            return full  # vapin: vaping
        if sounding := self._by_sound.get(_sound(stem)):
            return sounding  # limfoma: lymphoma
        longer = [known for known in self._by_initial.get(stem[0], ()) if known.startswith(stem)]
        if longer:
            return min(longer, key=len)  # chemo: chemotherapy
        near = difflib.get_close_matches(stem, self._by_initial.get(stem[0], ()), n=AS_NEAR, cutoff=CLOSE)
        return max(near, key=lambda known: self.spread[known], default=stem)  # tumer: tumor before turmer(ic)

    @cached_property
    def _by_initial(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for stem in self.spread:
            if len(stem) >= 4:
                found.setdefault(stem[0], []).append(stem)
        return found

    @cached_property
    def _by_sound(self) -> Mapping[str, str]:
        return {_sound(stem): stem for stem in sorted(self.spread) if len(stem) > 4}

    def coverage(self, subject: Iterable[str], article: str) -> float:
        """Return the share of a question's subject, by weight, that an article holds (0..1; 1 for no subject)."""
        weights = {stem: self.weight(self.known(stem)) for stem in subject}
        total = sum(weights.values())
        return (
            sum(w for stem, w in weights.items() if self._senses(stem) & self.stems[article]) / total if total else 1.0
        )

    def _senses(self, stem: str) -> frozenset[str]:
        """What counts as a word: those that mean the same, not those that mean the same as one of these (a vaccine is
        a jab, a jab an injection, but an injection no vaccine); of one spelt wrongly those of the word that was meant.
        """
        known, same = self.known(stem), alike(stem)
        return same if known in same else alike(known)

    def gist(self, subject: Sequence[str]) -> tuple[str, ...]:
        """Return what a long message is about: the words in a title or that name a topic; a short one says it all."""
        told = [stem for stem in subject if stem in _topics() or alike(stem) & self._titled]
        return tuple(told) if len(subject) > LONG and told else tuple(subject)

    @cached_property
    def _titled(self) -> frozenset[str]:
        return frozenset(word.stem for a in self.articles.values() for word in content(a.source.title))

    def other_kind(self, question: str, article: str) -> bool:
        """Tell whether a question names one of several kinds (hepatitis C) that an article does not name."""
        asked = set(KINDS.findall(normal(question).replace("-", " ")))
        return bool(asked) and not asked & self._kinds(article)

    def _kinds(self, article: str) -> frozenset[str]:
        if article not in self._named:
            source = self.articles[article]
            text = " ".join([source.source.title, *(sentence.span.text for sentence in source.sentences)])
            self._named[article] = frozenset(KINDS.findall(normal(text).replace("-", " ")))
        return self._named[article]

    def left_out(self, subject: Iterable[str]) -> bool:
        """Tell whether the lines removed from some article hold most words of a subject, that its text does not."""
        asked = set(subject)
        return any(len(asked & stems) > len(asked) / 2 for stems in self._removed)

    @cached_property
    def _removed(self) -> list[set[str]]:
        texts = ("\n".join(gone.text for gone in article.removed) for article in self.articles.values())
        return [{word.stem for word in content(text)} for text in texts]

    def overlap(self, subject: Iterable[str], text: str) -> float:
        """Return the share of a question's subject, by weight, that a piece of text holds (0..1; 0 for no subject)."""
        held = {word.stem for word in words(text)}
        weights = {stem: self.weight(self.known(stem)) for stem in subject}
        total = sum(weights.values())
        return sum(w for stem, w in weights.items() if self._senses(stem) & held) / total if total else 0.0

    def nearness(self, question: str, article: str, leave: frozenset[str]) -> float:
        """Return the share of the question's word pairs that stand together in the article too, in that order (0..1).

        Words in `leave` count for nothing.
        It tells "killer cells" from cells that something kills, and one drug of a family from another.
        """
        asked = _pairs([self.known(word.stem) for word in content(question) if word.stem not in leave], 1)
        return len(asked & self._together(article)) / len(asked) if asked else 0.0

    def _together(self, article: str) -> frozenset[tuple[str, str]]:
        if article not in self._near:
            found = (_pairs([w.stem for w in content(s.span.text)], APART) for s in self.articles[article].sentences)
            self._near[article] = frozenset(pair for pairs in found for pair in pairs)
        return self._near[article]


def _sound(word: str) -> str:
    """A word as it is heard, near enough to tell one that is spelt by ear."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", word)


def alike(word: str) -> frozenset[str]:
    """Return the stems that mean the same as one, itself among them."""
    return _alike().get(word, frozenset({word}))


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in _rows("alike.csv"):
        group = frozenset(map(whole, row["words"].split()))
        for member in group:
            found[member] = found.get(member, frozenset()) | group
    return found


@cache
def _topics() -> frozenset[str]:
    return frozenset(whole(word) for row in _rows("topics.csv") for word in row["words"].split())


@cache
def _medicines() -> tuple[str, ...]:
    """How the names of medicines end; the endings are stemmed as the names are."""
    return tuple(end for row in _rows("medicines.csv") for end in {row["ending"], whole(row["ending"])})


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("rag.retrieve").joinpath(name).open(encoding="utf8") as file:
        return list(csv.DictReader(file))


@cache
def _spelled() -> frozenset[str]:
    """Stems of words that are spelt as they should be, so that shingles are not taken for single: the glossary's and
    those that name a topic."""
    return _topics() | {word.stem for entry in entries() for word in words(f"{entry.term} {entry.plain}")}


def _pairs(stems: Sequence[str], apart: int) -> set[tuple[str, str]]:
    """The pairs of stems that stand at most so many words apart, in their order."""
    return {(stem, after) for i, stem in enumerate(stems) for after in stems[i + 1 : i + 1 + apart] if stem != after}


def _stems(article: Article) -> frozenset[str]:
    parts = [*article.headings, *(sentence.span for sentence in article.sentences)]
    text = "\n".join([article.source.title, *(span.text for span in parts)])
    told = content(text)
    plural = {word.stem + "s" for word in told if word.text.isupper() and len(word.text) > 2}
    return frozenset({word.stem for word in told} | plural | acronyms(text))


def acronyms(text: str) -> frozenset[str]:
    """Return the names of a text by their first letters: "Food and Drug Administration" is "fda" too,
    whatever name follows it."""
    short = (
        "".join(part[0] for part in re.findall(r"\b[A-Z]\w*", name)).lower()
        for name in NAME.findall(text.replace("U.S. ", ""))
    )
    return frozenset(name[:n] for name in short for n in range(3, len(name) + 1))
