"""Cue lists: patterns out of CSV files, gathered by label into one expression, so a sentence is read once a label."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST = 1_200
"""Characters of a sentence that are read: the longest of the tuning articles has 870, and a line without an end must
not cost more than a sentence."""
STRAIGHT = str.maketrans("’‘“”«»–—‑\u00a0\n\t", '\'\'""""---   ')
TERM = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found at `start` to `end` of a plain text."""

    label: str
    strength: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """The patterns of one label and strength. A counter voids the cue it overlaps, a veto the label in a sentence."""

    label: str
    strength: str
    cue: re.Pattern[str]
    counter: re.Pattern[str]
    veto: re.Pattern[str]

    def matches(self, text: str) -> Iterator[Match]:
        """Find the cues of a plain text that no counter voids."""
        found = list(self.cue.finditer(text))
        if not found or self.veto.search(text):
            return
        void = [m.span() for m in self.counter.finditer(text)]
        for m in found:
            if not any(start < m.end() and m.start() < end for start, end in void):
                yield Match(self.label, self.strength, m.start(), m.end())


def plain(text: str) -> str:
    """Lower a text's case and straighten its quotes and dashes, character for character, so that offsets hold."""
    clipped = text[:LONGEST].translate(STRAIGHT)
    lowered = clipped.lower()
    if len(lowered) == len(clipped):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in clipped)


def matches(name: str, text: str) -> list[Match]:
    """Find the cues of the list `name` in a plain text, in the order of the list."""
    return [match for cue in lexicon(name) for match in cue.matches(text)]


def first(name: str, label: str, text: str) -> Match | None:
    """Find the first cue of one label of the list `name` in a plain text."""
    found = (match for cue in lexicon(name) if cue.label == label for match in cue.matches(text))
    return min(found, key=lambda match: match.start, default=None)


@cache
def lexicon(name: str) -> tuple[Cue, ...]:
    """Read the cue list `<name>.csv`, label by label in the order of the file."""
    groups: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in rows(name):
        kinds = groups.setdefault((row["label"], row["strength"]), {"cue": [], "counter": [], "veto": []})
        kinds[row["kind"]].append(expand(row["pattern"]))
    return tuple(
        Cue(*key, *(_compile(kinds[kind]) for kind in ("cue", "counter", "veto"))) for key, kinds in groups.items()
    )


@cache
def patterns(module: str) -> dict[str, re.Pattern[str]]:
    """The single patterns of one module of this package, by name, out of `patterns.csv`."""
    return {row["name"]: re.compile(expand(row["pattern"])) for row in rows("patterns") if row["module"] == module}


def rows(name: str) -> list[dict[str, str]]:
    """Read a data file that lies beside this module."""
    return list(csv.DictReader(resources.files("rag.evidence").joinpath(f"{name}.csv").read_text("utf8").splitlines()))


def expand(pattern: str) -> str:
    """Put the terms of `terms.csv` in the place of their names in braces."""
    return TERM.sub(lambda name: _terms()[name[1]], pattern)


@cache
def _terms() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("terms"):
        found[row["name"]] = TERM.sub(lambda name: found[name[1]], row["pattern"])
    return found


def _compile(patterns: list[str]) -> re.Pattern[str]:
    """A cue begins and ends at the edge of a word; it may also end after a blank, before what it looks ahead to.

    No patterns make an expression that matches nowhere.
    """
    edge = r"(?:(?<!\w)|(?!\w))"
    each = [p if p.endswith("*") else f"(?:{p}){edge}" for p in patterns]
    return re.compile(r"(?<![\w-])(?:" + "|".join(each) + ")" if each else r"(?!)")
