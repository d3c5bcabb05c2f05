"""Which word of a claim rests on which of the text, by what right; what was left out; what came from nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.check.figures import TIMES, lasts, same_figure
from rag.check.reading import Cue, Item, Reading, read
from rag.check.roles import THAN
from rag.check.trace import Rest, Trace, trace
from rag.text.words import normal

HOWS = ("same", "form", "number", "meaning", "wider", "family", "opposite", "little", "nowhere")
"""The same word; another form of it; a number; another word of one meaning by the list; one that is wider; a word with
the same beginning; the contrary; a word that carries little and may come from nowhere; from nowhere."""
WHATS = {
    "negation": "negation", "possible": "hedge", "planned": "plan", "ongoing": "plan", "partly": "limit",
    "only": "limit", "addon": "add-on", "association": "link",
}  # fmt: skip
"""Words that govern others, by what a reader calls them."""


@dataclass(frozen=True, slots=True)
class Link:
    """Characters `start` to `end` of a claim, the words of a cited sentence they rest on ("" for none), and how."""

    start: int
    end: int
    word: str
    how: str
    sentence: int
    rests: str

    def __post_init__(self) -> None:
        if self.how not in HOWS or (self.how == "nowhere" and self.rests):
            raise ValueError(f"{self.how!r} is no way to rest on {self.rests!r}")


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of the sentence a claim mostly rests on that limit what it says and are not in the claim."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """The links of a claim in its order, and what was left out of the sentence that carries most of it."""

    links: tuple[Link, ...]
    losses: tuple[Loss, ...]
    main: int


def account(claim: str, cited: Sequence[str]) -> Account:
    """Trace a claim to the sentences it cites. Raises ValueError where it cites none."""
    if not cited:
        raise ValueError("a claim is traced to at least one sentence")
    found = trace(read(claim), [read(text) for text in cited])
    links = sorted((*_words(found), *_numbers(found)), key=lambda link: link.start)
    return Account(tuple(links), tuple(dict.fromkeys(_losses(found))), found.main)


def _words(found: Trace) -> Iterator[Link]:
    for item, rest in zip(found.claim.items, found.rests, strict=True):
        if rest:
            yield Link(item.start, item.end, item.text, _how(item, rest), rest.sentence, rest.item.text)
        else:
            how = "number" if lasts(found, item) else "little" if item.light else "nowhere"
            yield Link(item.start, item.end, item.text, how, found.main, "")


def _how(item: Item, rest: Rest) -> str:
    if rest.opposite:
        return "opposite"
    if normal(item.text) == normal(rest.item.text):
        return "same"
    if item.stem == rest.item.stem:
        return "form"
    if item.concepts & rest.item.concepts:
        return "meaning"
    return "wider" if item.concepts & rest.item.wider else "meaning" if item.parts else "family"


def _numbers(found: Trace) -> Iterator[Link]:
    for figure in found.claim.figures:
        places = [
            (n, other.text)
            for n, reading in enumerate(found.cited)
            for other in reading.figures
            if same_figure(found.claim, figure, other)
        ]
        place = min(places, key=lambda place: place[0] != found.main, default=None)
        how = "number" if place else "nowhere"
        yield Link(figure.start, figure.end, figure.text, how, *(place or (found.main, "")))


def _losses(found: Trace) -> Iterator[Loss]:
    """What limits the sentence and is missing from the claim: words that govern, who was studied, figures."""
    source, claim = found.source, found.claim
    ours = {cue.kind for cue in claim.cues}
    for cue in source.cues:
        if cue.kind in WHATS and not {cue.kind, *_likes(cue)} & ours:
            yield Loss(WHATS[cue.kind], source.text[cue.start : cue.end])
    carried = {rest.item for _, rest in found.pairs if rest.sentence == found.main}
    for item in source.items:
        if item not in carried and item.wider & {"people", "animal"} and not item.light:
            yield Loss("species" if "animal" in item.wider else "people", item.text)
    for figure in source.figures:
        if not any(same_figure(claim, one, figure) for one in claim.figures):
            yield Loss("time" if figure.unit in TIMES else "number", figure.text)
    if (than := _comparison(source)) and not _comparison(claim):
        yield Loss("comparison", than)


def _likes(cue: Cue) -> tuple[str, ...]:
    return {"negation": ("implicit",), "ongoing": ("planned",), "planned": ("ongoing", "possible")}.get(cue.kind, ())


def _comparison(reading: Reading) -> str:
    """The first words of a comparison, "" where there is none."""
    than = THAN.search(reading.text)
    return " ".join(reading.text[than.start() :].split()[:4]).rstrip(".,;") if than else ""
