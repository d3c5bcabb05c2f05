"""A news sentence in plain words: without what frames it, cut into shorter ones, hard words swapped.

What comes out is a claim like any other, so the check decides whether the sentence still carries it.
"""

import csv
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources

from rag.question import Asks

QUOTES = re.compile('["“”„«»]')
"""Words in quotation marks are somebody's, so a sentence with any is shown as it is."""
LOUD = re.compile(
    r"\b(?:cur(?:e[sd]?|ing)|proven?|proves|safe(?:ly|ty)?|effective\w*|miracle\w*|breakthrough\w*|revolution\w*|stops?|"
    r"stopped|ends?|ended|wip(?:e[sd]?|ing)|melt\w*|vanish\w*|eliminat\w+|destroy\w*|kill\w*|beats?|for good|excellent|"
    r"groundbreaking|excit\w+|amazing|powerful)\b",
    re.I,
)
"""Strong words are the article's: a sentence with one is quoted, for ours must not promise."""
TELLING = re.compile(
    r"\b(?:mice|mouse|rats?|animals?|pigs?|monkeys?|cells?|tissues?|models?|samples?|dish(?:es)?|laboratory|patients?|"
    r"people|women|men|children|adults|volunteers?|participants|phase|randomi[sz]ed|survey|may|might|could|not|no|\d+)\b",
    re.I,
)
"""A frame with one of these says in what something was tested, or how surely, and stays."""
TRIAL = re.compile(r"\bphase \w+\b|\b[A-Z]{3,}[A-Za-z]*-\d+\b", re.I)
"""The phase stands in the first line of an answer; a trial's number is a name."""
COMPOUND = re.compile(
    r"(?:; |, (?P<join>and|but) )"
    r"(?=(?:(?:it|they|these|those|this|the|there|he|she|no|none|its|their) )(?:[\w'’-]+ ){0,4}?"
    r"(?:was|were|is|are|had|has|have|did|do|does|can|could|may|might|will|would|said|[a-z]+ed)\b)",
    re.I,
)
SWAPPED = r"(?<!\ba )(?<!\ban )\b{}\b(?!['’])"
"""A word that is swapped: not after "a" (a sufficient number), not with a possessive (the participants' risks)."""
PERCENT = re.compile(r"(?<=\d) ?(?:%|per ?cent\b)", re.I)
"""A share in figures; one in words keeps its word."""
HALF = 4
"""Words that either part of a sentence cut in two must have."""


TAIL = re.compile(
    r",? (?:and (?:can|could|may|also)|but [^,]{0,40}believes)\b.*$|"
    r"(?:, (?:which|who|where)|,? (?:including|such as|especially|particularly|by \w+ing))\b"
    r"(?!.*(?:\d|\b(?:not|no|only|than|compared)\b)).*$",
    re.I,
)
"""What a cell of a table has no room for: it adds to a finding, takes nothing back and narrows nothing down."""
WHOLE = 8
"""Words that must be left of a sentence without its tail."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Words around a finding that do not belong to it, unless the question asks for them.

    `place` is where they stand: at the start, inside, at the end, or after the finding, as what is made of it.
    """

    place: str
    pattern: re.Pattern[str]
    keeps: frozenset[Asks]


def plain(sentence: str, asks: AbstractSet[Asks] = frozenset()) -> str:
    """Return a sentence in plainer words, as it is where nothing can be left out; blanks are collapsed either way."""
    text = " ".join(sentence.split())
    if QUOTES.search(text) or text[-1:] not in (".", "!"):
        return text
    bare = _swapped(_halved(_unframed(text, asks)))
    return text if LOUD.search(bare) or len(bare.split()) < HALF else bare


def shortened(sentence: str, asks: AbstractSet[Asks] = frozenset()) -> str:
    """Return a sentence in plainer words without the clause at its end that only adds to it."""
    text = plain(sentence, asks)
    match = TAIL.search(text)
    if not match or len(text[: match.start()].split()) < WHOLE or QUOTES.search(text):
        return text
    return text[: match.start()] + ("" if LOUD.search(text[: match.start()]) else ".")


def _unframed(text: str, asks: AbstractSet[Asks]) -> str:
    rest = text.rstrip(".! ")
    for frame in _frames():
        if frame.keeps & asks:
            continue
        if frame.place == "inside":
            rest = frame.pattern.sub("", rest)
        elif (match := _at(frame, rest)) and (frame.place == "after" or not TELLING.search(TRIAL.sub("", match[0]))):
            rest = rest[match.end() :] if frame.place == "start" else rest[: match.start()]
    return rest[:1].upper() + rest[1:] + "."


def _at(frame: Frame, text: str) -> re.Match[str] | None:
    return frame.pattern.match(text) if frame.place == "start" else frame.pattern.search(text)


def _halved(text: str) -> str:
    """Cut a sentence in two where a whole one follows "and", "but" or a semicolon."""
    for match in COMPOUND.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if min(len(before.split()), len(after.split())) >= HALF and before.count(",") < 2:
            begin = f"But {after}" if (match["join"] or "").lower() == "but" else after[:1].upper() + after[1:]
            return f"{before}. {begin}"
    return text


def _swapped(text: str) -> str:
    for pattern, words in _swaps():
        text = pattern.sub(partial(_as_written, words), text)
    return PERCENT.sub("%", text)


def _as_written(words: str, match: re.Match[str]) -> str:
    return words.capitalize() if match[0][0].isupper() else words


@cache
def _frames() -> tuple[Frame, ...]:
    with resources.files("rag.writers").joinpath("frames.csv").open(encoding="utf8") as file:
        return tuple(
            Frame(
                row["place"],
                re.compile(row["pattern"] + ("$" if row["place"] in ("end", "after") else "")),
                frozenset(map(Asks, row["keeps"].split())),
            )
            for row in csv.DictReader(file)
        )


@cache
def _swaps() -> tuple[tuple[re.Pattern[str], str], ...]:
    with resources.files("rag.writers").joinpath("plainer.csv").open(encoding="utf8") as file:
        return tuple((re.compile(SWAPPED.format(row["words"]), re.I), row["plain"]) for row in csv.DictReader(file))
