"""The words a lay reader stumbles on, and what they mean in plain ones (`glossary.csv`, our own sentences)."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

COMMON = 2_500
"""Words among the commonest of English, by the counts of Google Books that SymSpell prints beside its word list, which
whoever reads at all knows."""
NONE: Mapping[str, str] = MappingProxyType({})
ALIKE = 4
"""Letters of a term that another form of it has too."""
LONGEST = 20_000
"""Characters; several times any page of ours."""
LETTERS = re.compile(r"[a-z]{2,}(?![a-z?*+{])|[a-z]{2,}(?=[a-z][?*+{])", re.IGNORECASE)
"""What a form certainly begins with: its letters up to one that may be missing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, the pattern of its forms, its place among the commonest words of English ("": not among the
    first 30,000), what it means at school grade 6 or below, and whose sentence that is.

    A term with a hyphen at its start or end is a part of words, as of the names of drugs; a word that has it stands for
    itself.
    """

    term: str
    match: str
    rank: str
    plain: str
    source: str

    @property
    def part(self) -> bool:
        """Whether it is a part of words and not a word."""
        return "-" in (self.term[0], self.term[-1])

    @property
    def rare(self) -> int:
        """How rare it is: its place among the commonest words, beyond all of them for a term that has none."""
        return int(self.rank or 10**6)


@cache
def entries() -> tuple[Entry, ...]:
    """The glossary in its order, read once."""
    lines = resources.files("rag.plain").joinpath("glossary.csv").read_text(encoding="utf8").splitlines()
    return tuple(Entry(**row) for row in csv.DictReader(lines))


def terms(text: str, most: int | None = None, told: Mapping[str, str] = NONE) -> tuple[tuple[str, str], ...]:
    """Find the terms a text uses, in the order of their first use, each with its plain words; at most the rarest of
    those not told yet, which `told` has with their plain words.

    Where terms overlap the longer one is explained: "regulatory T cells" and not "T cell" within it. Only the first
    LONGEST characters are looked at.
    """
    found: dict[str, Entry] = {}
    seen = {*map(str.casefold, told), *told.values()}
    end = 0
    for start, stop, entry in sorted(uses(text[:LONGEST]), key=lambda use: (use[0], -use[1])):
        if start >= end:
            end = stop
            name = _named(entry, text[start:stop])
            once = name.casefold() if entry.part else entry.plain
            if entry.rare > COMMON and once not in seen:
                seen.add(once)
                found[name] = entry
    rarest = sorted(found, key=lambda term: -found[term].rare)[:most]
    return tuple((term, entry.plain) for term, entry in found.items() if term in rarest)


def _named(entry: Entry, used: str) -> str:
    """The term a meaning stands under: the word of the text where another word means the same ("zinc" a trace element),
    or where the term is a part of words; the term where that is only another form of the word ("tumors")."""
    alike = min(len(entry.term), ALIKE)
    return used if entry.part or entry.term[:alike].casefold() not in used.casefold() else entry.term


def uses(text: str) -> Iterator[tuple[int, int, Entry]]:
    """Yield each place where a text has a form of an entry, as where it starts, where it ends, and the entry."""
    folded = text.casefold()
    for entry, beginnings in _beginnings():
        if not beginnings or any(beginning in folded for beginning in beginnings):
            for use in _pattern(entry).finditer(text):
                yield use.start(), use.end(), entry


@cache
def _pattern(entry: Entry) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{entry.match})(?!\w)", re.IGNORECASE)


@cache
def _beginnings() -> tuple[tuple[Entry, tuple[str, ...]], ...]:
    """Each entry with the letters that its forms begin with, none where one may begin with anything: most terms are not
    in a text, and to see that takes no pattern (2,184 of them take half a second to make)."""
    found = []
    for entry in entries():
        begun = [LETTERS.match(form) for form in _forms(entry.match)]
        letters = tuple(begin[0].casefold() for begin in begun if begin)
        found.append((entry, letters if len(letters) == len(begun) else ()))
    return tuple(found)


def _forms(match: str) -> list[str]:
    """Part a pattern at the bars that stand in no bracket."""
    forms, depth = [""], 0
    for character in match:
        depth += (character in "([") - (character in ")]")
        if character == "|" and depth == 0:
            forms.append("")
        else:
            forms[-1] += character
    return forms
