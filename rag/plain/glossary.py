"""The words a lay reader stumbles on, and what they mean in plain ones (`glossary.csv`, our own sentences)."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST = 100_000
"""Characters; ten times any page of ours, and under a second (8 µs a character for 400 patterns)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, the pattern of its forms, what it means at school grade 6 or below, and whose sentence that is."""

    term: str
    match: str
    plain: str
    source: str


@cache
def entries() -> tuple[Entry, ...]:
    """The glossary in its order, read once."""
    lines = resources.files("rag.plain").joinpath("glossary.csv").read_text(encoding="utf8").splitlines()
    return tuple(Entry(**row) for row in csv.DictReader(lines))


def terms(text: str) -> tuple[tuple[str, str], ...]:
    """Find the terms a text uses, in the order of their first use, each with its plain words.

    Where terms overlap the longer one is explained: "regulatory T cells" and not "T cell" within it. Only the first
    LONGEST characters are looked at.
    """
    found: dict[str, str] = {}
    end = 0
    for start, stop, entry in sorted(_uses(text[:LONGEST]), key=lambda use: (use[0], -use[1])):
        if start >= end:
            end = stop
            found.setdefault(entry.term, entry.plain)
    return tuple(found.items())


def _uses(text: str) -> Iterator[tuple[int, int, Entry]]:
    for entry, pattern in zip(entries(), _patterns(), strict=True):
        for use in pattern.finditer(text):
            yield use.start(), use.end(), entry


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{entry.match})(?!\w)", re.IGNORECASE) for entry in entries())
