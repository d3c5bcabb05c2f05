"""Sentences as exact slices of a text. Dots that end none are told by `abbreviations.csv` and their surroundings."""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from rag.domain import Span
from rag.text.words import STOPWORDS, normal

# What may stop a sentence: marks, the quotation marks and brackets that close with it, and reference marks such as [1].
_STOP = re.compile(
    r"[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]]*(?:\s?\[\s*\d+(?:\s*[,\u2013-]\s*\d+)*\s*\]){0,4}(?=\s|$)"
    r"|[\u3002\uff01\uff1f\u0964]+[\u201d\u300d\u300f\u2019\"]*"
    r"|(?<=[a-z]{2})[.!?](?=[A-Z][a-z]*\s)"
    r"|\n[^\S\n]*(?:\r?\n[^\S\n]*)+"
)
_BEFORE = re.compile(r"[^\s(\[\"'\u201c\u2018\u00ab]+$")
_OPENING = "\"'\u201c\u2018\u00ab([{\u2022*-\u2013\u2014 \t\r\n\u00a0\u2002"
_NEXT = re.compile(r"[^\s\"'\u201d\u2019)\],;:]+")
_ATTRIBUTION = r"(?:[A-Z][\w.'\u2019-]{{0,30}}\s+){{1,4}}(?:{verbs})\s*(?:[.,;]|$)"
_REACH = 80
"""Characters looked at on either side of a stop: more than any abbreviation with a name, so time stays linear."""


def split(text: str, start: int = 0) -> list[Span]:
    """Split a block of prose into sentences; `start` is the block's place in its text.

    Each span is an exact slice without white space at its ends; a closing quotation mark stays with its sentence.
    """
    spans, begin = [], 0
    for stop in _STOP.finditer(text):
        if _ends(text, begin, stop):
            spans += _span(text, begin, stop.end(), start)
            begin = stop.end()
    return spans + _span(text, begin, len(text), start)


def _span(text: str, begin: int, end: int, start: int) -> list[Span]:
    piece = text[begin:end]
    if not any(c.isalnum() for c in piece):
        return []
    lead = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    return [Span(start + begin + lead, start + begin + lead + len(stripped), stripped)]


def _ends(text: str, begin: int, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark[0] == "\n" or mark[0] in "\u3002\uff01\uff1f\u0964":
        return True
    after = text[stop.end() : stop.end() + _REACH].lstrip()
    if not after:
        return True
    word = _NEXT.match(after.lstrip(_OPENING))
    following = word.group() if word else ""
    closed = mark[-1] not in ".!?\u2026"
    if closed and mark[0] in "!?" and _attribution().match(after):
        return False
    if (
        mark[0] == "."
        and mark.strip(")]\"'\u201d\u2019\u00bb") == "."
        and _goes_on(text, begin, stop.start(), following)
    ):
        return False
    return after[0] in "([" or not _lower(following)


def _goes_on(text: str, begin: int, dot: int, following: str) -> bool:
    """Whether the dot belongs to the word before it: an abbreviation, an initial, the number of a list item."""
    found = _BEFORE.search(text, max(begin, dot - _REACH), dot)
    if found is None:
        return False
    word, folded = found.group(), normal(found.group())
    kinds = _forms()
    starter = following[:1].isupper() and normal(following) in STOPWORDS
    if word.isdigit():
        return found.start() == begin + _indent(text, begin, found.start())
    if folded in kinds["title"] or folded in kinds["inner"] or folded.rsplit("-", 1)[-1] in kinds["title"]:
        return True
    if folded in kinds["number"] and following[:1].isdigit():
        return True
    if len(word) == 1 and word.isupper():
        return not starter and not _named_letter(text, begin, found.start())
    if folded in kinds["either"] or re.fullmatch(r"(?:\w\.)+\w", word):
        return not starter
    return False


def _indent(text: str, begin: int, end: int) -> int:
    return len(text[begin:end]) - len(text[begin:end].lstrip(_OPENING))


def _named_letter(text: str, begin: int, end: int) -> bool:
    """Whether a lone letter is the name of a thing (vitamin D), so that it may end a sentence."""
    earlier = _BEFORE.search(text[max(begin, end - _REACH) : end].rstrip())
    return earlier is not None and normal(earlier.group()) in _forms()["letter"]


def _lower(word: str) -> bool:
    """Whether a word goes on with a sentence. b-cell, mRNA and p53 may begin one."""
    if not word[:1].islower():
        return False
    return not (any(c.isupper() or c.isdigit() for c in word) or word[1:2] in ("-", "\u2010", "\u2011"))


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    with resources.files("rag.text").joinpath("abbreviations.csv").open(encoding="utf8") as file:
        rows = list(csv.DictReader(file))
    return {kind: frozenset(r["form"] for r in rows if r["kind"] == kind) for kind in {r["kind"] for r in rows}}


@cache
def _attribution() -> re.Pattern[str]:
    return re.compile(_ATTRIBUTION.format(verbs="|".join(sorted(_forms()["speech"]))))


def speech() -> Iterator[str]:
    """Give the verbs of saying, folded."""
    yield from sorted(_forms()["speech"])
