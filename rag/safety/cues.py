"""The cues of the gates, read from their data files and turned into bounded patterns over plain clauses.

A pattern is a row of elements: `word`, `two_words`, `stem*`, `@slot` (slots.csv), alternatives `a|b`, an optional `(a|b)`, up to three
filling words `~`, up to four other words `..`, up to eight `...`, the beginning `^` and the end `$` of a clause.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rag.safety.matching import clauses, plain

GATES = ("crisis", "emergency", "treatment", "diagnosis", "injection")
SLOT = re.compile(r"@([a-z]+)")
GAPS = {"..": r"(?:\S+ ){0,4}?", "...": r"(?:\S+ ){0,8}?"}
ENDS = {"^": "^", "$": r"(?:\? )?$", "?": r"\? "}


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One row: what it says, whom it is about (self, other, any), how much it counts (2 fires alone, 1 with another kind)."""

    kind: str
    who: str
    weight: int
    pattern: str
    unless: tuple[str, ...]
    needs: tuple[frozenset[str], ...]

    def matches(self, clause: str) -> Iterator[re.Match[str]]:
        """Find the cue in a clause, but not where one of its exceptions overlaps it."""
        for found in compiled(self.pattern).finditer(clause):
            if not any(_overlaps(found, other) for pattern in self.unless for other in compiled(pattern).finditer(clause)):
                yield found


def _overlaps(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("rag.safety").joinpath(name).open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _slots() -> dict[str, tuple[str, ...]]:
    slots: dict[str, tuple[str, ...]] = {}
    for row in _rows("slots.csv"):
        slots[row["slot"]] = (*slots.get(row["slot"], ()), *(word.strip() for word in row["words"].split("|")))
    return slots


def _spaced(item: str) -> str:
    return item.replace("_", " ")


@cache
def _phrases(element: str) -> tuple[str, ...]:
    """Every plain phrase an element stands for; a star marks an open end. Raises KeyError for a slot that is not in the file."""
    found: list[str] = []
    for item in element.split("|"):
        slotted = SLOT.search(item)
        if slotted:
            inner = (phrase for word in _slots()[slotted[1]] for phrase in _phrases(word))
            found += (" ".join(f"{plain(_spaced(slotted.string[: slotted.start()]))} {phrase} {plain(_spaced(slotted.string[slotted.end() :]))}".split()) for phrase in inner)
        elif item in ENDS:
            found.append(item)
        else:
            words = plain(_spaced(item.replace("*", " ")))
            found.append("*" * item.startswith("*") + words + "*" * item.endswith("*"))
    return tuple(dict.fromkeys(found))


def _option(phrase: str) -> str:
    if phrase in ENDS:
        return ENDS[phrase]
    before, after = r"\S*" * phrase.startswith("*"), r"\S*" * phrase.endswith("*")
    return before + re.escape(phrase.strip("*")) + after + " "


def _group(element: str) -> str:
    longest_first = sorted(_phrases(element), key=len, reverse=True)
    return f"(?:{'|'.join(map(_option, longest_first))})"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Turn a row of elements into a regular expression over a plain clause. Every repetition in it is bounded."""
    parts = []
    for element in pattern.split():
        if element in GAPS:
            parts.append(GAPS[element])
        elif element == "~":
            parts.append(_group("@fill") + "{0,3}?")
        elif element.startswith("("):
            parts.append(_group(element[1:-1]) + "?")
        else:
            parts.append(_group(element))
    return re.compile("(?<![^ ])" + "".join(parts))


def _beginnings(pattern: str) -> tuple[frozenset[str], ...]:
    """For each element that must be there, the first words it can begin with, or their stems: a cheap look before the pattern is tried."""
    musts = (element for element in pattern.split() if element not in GAPS and element != "~" and not element.startswith("("))
    firsts = (frozenset(phrase.split()[0] for phrase in _phrases(element)) for element in musts)
    return tuple(words for words in firsts if not any(word in "^$" or word.startswith("*") for word in words))


@cache
def cues(gate: str) -> tuple[Cue, ...]:
    """All cues of a gate, from the file of its name."""
    return tuple(
        Cue(
            row["kind"],
            row["who"],
            int(row["weight"]),
            row["pattern"],
            tuple(pattern for pattern in row["unless"].split(";") if pattern.strip()),
            _beginnings(row["pattern"]),
        )
        for row in _rows(f"{gate}.csv")
    )


@cache
def slot(name: str) -> re.Pattern[str]:
    """A slot as a pattern of its own."""
    return compiled(f"@{name}")


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[str, ...]]:
    words = {word for gate in GATES for cue in cues(gate) for need in cue.needs for word in need}
    words |= {word for name in _slots() for phrase in _phrases(f"@{name}") for word in phrase.split()}
    return frozenset(word for word in words if not word.endswith("*")), tuple(word[:-1] for word in words if word.endswith("*"))


def known(word: str) -> bool:
    """Whether a word is one that a cue could be waiting for."""
    exact, stems = _vocabulary()
    return word in exact or word.startswith(stems)


@cache
def _index(gate: str) -> dict[str, tuple[Cue, ...]]:
    """The cues of a gate by the first words of their rarest element; those without one stand under ""."""
    found: dict[str, list[Cue]] = {}
    for cue in cues(gate):
        for word in min(cue.needs, key=len, default=frozenset({""})):
            found.setdefault(word, []).append(cue)
    return {word: tuple(waiting) for word, waiting in found.items()}


@dataclass(frozen=True, slots=True)
class Clause:
    """A plain clause, with the words in it and their stems, which tell at a glance what cannot match."""

    text: str
    begins: frozenset[str]


def read(text: str) -> tuple[Clause, ...]:
    """Read a message as the cues see it."""
    return tuple(Clause(clause, _stems(frozenset(clause.split()))) for clause in clauses(text, known))


def _stems(words: frozenset[str]) -> frozenset[str]:
    return words.union(("",), (word[:n] + "*" for word in words for n in _stem_lengths() if n <= len(word)))


@cache
def _stem_lengths() -> tuple[int, ...]:
    """The lengths a stem of a cue has."""
    needs = (word for gate in GATES for cue in cues(gate) for need in cue.needs for word in need)
    return tuple(sorted({len(word) - 1 for word in needs if word.endswith("*")}))


def hits(gate: str, clause: Clause) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Find every cue of a gate in a clause."""
    waiting = _index(gate)
    for cue in dict.fromkeys(cue for word in clause.begins & waiting.keys() for cue in waiting[word]):
        if not any(need.isdisjoint(clause.begins) for need in cue.needs):
            for found in cue.matches(clause.text):
                yield cue, found


def mentions(name: str, clause: Clause) -> bool:
    """Whether a word of a slot stands in a clause."""
    return not slot_words(name).isdisjoint(clause.begins) and slot(name).search(clause.text) is not None


@cache
def slot_words(name: str) -> frozenset[str]:
    """The first words of the phrases of a slot."""
    return frozenset(phrase.split()[0] for phrase in _phrases(f"@{name}"))
