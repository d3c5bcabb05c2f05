"""The cues of the gates, one data file a gate, and the quick search for those that stand in a message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag.safety.matching import clauses
from rag.safety.patterns import beginnings, compiled, phrases, rows, slot, slots

GATES = ("crisis", "emergency", "treatment", "diagnosis", "injection")


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One row: its kind, whom it is about (self, other, any), how much it counts (2: alone, 1: beside another kind)."""

    kind: str
    who: str
    weight: int
    pattern: str
    unless: tuple[str, ...]

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of words, one of each of which must stand in a clause for the cue to match."""
        return beginnings(self.pattern)

    def matches(self, clause: str) -> Iterator[re.Match[str]]:
        """Find the cue in a clause, but not where one of its exceptions overlaps it."""
        for found in compiled(self.pattern).finditer(clause):
            exceptions = (other for pattern in self.unless for other in compiled(pattern).finditer(clause))
            if not any(found.start() < other.end() and other.start() < found.end() for other in exceptions):
                yield found


@dataclass(frozen=True, slots=True)
class Clause:
    """A plain clause, with the words in it and their stems, which tell at a glance what cannot match."""

    text: str
    begins: frozenset[str]


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
        )
        for row in rows(f"{gate}.csv")
    )


@cache
def _index(gate: str) -> dict[str, tuple[Cue, ...]]:
    """The cues of a gate by the first words of their rarest element; those without one stand under ""."""
    found: dict[str, list[Cue]] = {}
    for cue in cues(gate):
        for word in min(cue.needs, key=len, default=frozenset({""})):
            found.setdefault(word, []).append(cue)
    return {word: tuple(waiting) for word, waiting in found.items()}


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words that cues wait for, and the stems of words."""
    words = {word for gate in GATES for cue in cues(gate) for need in cue.needs for word in need}
    words |= {word for name in slots() for phrase in phrases(f"@{name}") for word in phrase.split()}
    stems = {word for word in words if word.endswith("*")}
    return frozenset(words - stems), tuple(sorted(stem[:-1] for stem in stems))


def known(word: str) -> bool:
    """Whether a word is one that a cue could be waiting for."""
    words, stems = _vocabulary()
    return word in words or word.startswith(stems)


@cache
def _stem_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(stem) for stem in _vocabulary()[1]}))


def read(text: str) -> tuple[Clause, ...]:
    """Read a message as the cues see it."""
    return tuple(Clause(clause, _begins(frozenset(clause.split()))) for clause in clauses(text, known))


def _begins(words: frozenset[str]) -> frozenset[str]:
    stems = (word[:length] + "*" for word in words for length in _stem_lengths() if length <= len(word))
    return words.union(("",), stems)


def hits(gate: str, clause: Clause) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Find every cue of a gate in a clause."""
    waiting = _index(gate)
    for cue in dict.fromkeys(cue for word in clause.begins & waiting.keys() for cue in waiting[word]):
        if not any(need.isdisjoint(clause.begins) for need in cue.needs):
            for found in cue.matches(clause.text):
                yield cue, found


@cache
def _first_words(name: str) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases(f"@{name}"))


def mentions(name: str, clause: Clause) -> bool:
    """Whether a word of a slot stands in a clause."""
    return not _first_words(name).isdisjoint(clause.begins) and slot(name).search(clause.text) is not None
