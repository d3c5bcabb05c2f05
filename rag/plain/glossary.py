"""The words a lay reader stumbles on, and what they mean in plain ones (`glossary.csv`, our own sentences)."""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

COMMON = 2_500
"""Words among the commonest of English, by the counts of Google Books that SymSpell prints beside its word list, which
whoever reads at all knows."""
LONGEST = 40_000
"""Characters; several times any page of ours, and under a second (16 µs a character for 800 patterns)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, the pattern of its forms, its place among the commonest words of English ("": not among the
    first 30,000), what it means at school grade 6 or below, and whose sentence that is.

    A term that begins with a hyphen is an ending, as of the names of drugs; a word that has it stands for itself.
    """

    term: str
    match: str
    rank: str
    plain: str
    source: str

    @property
    def rare(self) -> int:
        """How rare it is: its place among the commonest words, beyond all of them for a term that has none."""
        return int(self.rank or 10**6)


@cache
def entries() -> tuple[Entry, ...]:
    """The glossary in its order, read once."""
    lines = resources.files("rag.plain").joinpath("glossary.csv").read_text(encoding="utf8").splitlines()
    return tuple(Entry(**row) for row in csv.DictReader(lines))


def terms(text: str, most: int | None = None, told: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Find the terms a text uses, in the order of their first use, each with its plain words; at most the rarest of
    those not told yet.

    Where terms overlap the longer one is explained: "regulatory T cells" and not "T cell" within it. Only the first
    LONGEST characters are looked at.
    """
    found: dict[str, Entry] = {}
    end = 0
    for start, stop, entry in sorted(_uses(text[:LONGEST]), key=lambda use: (use[0], -use[1])):
        if start >= end:
            end = stop
            if entry.rare > COMMON:
                found.setdefault(text[start:stop] if entry.term.startswith("-") else entry.term, entry)
    for term in told:
        found.pop(term, None)
    rarest = sorted(found, key=lambda term: -found[term].rare)[:most]
    return tuple((term, entry.plain) for term, entry in found.items() if term in rarest)


def _uses(text: str) -> Iterator[tuple[int, int, Entry]]:
    for entry, pattern in zip(entries(), _patterns(), strict=True):
        for use in pattern.finditer(text):
            yield use.start(), use.end(), entry


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{entry.match})(?!\w)", re.IGNORECASE) for entry in entries())
