"""The little language cues are written in, turned into bounded regular expressions over plain clauses.

A pattern is a row of elements: `word`, `two_words`, `stem*`, `@slot` (slots.csv), alternatives `a|b`, an optional
`(a|b)`, up to three filling words `~`, up to four other words `..`, up to eight `...`, the beginning `^` and the end
`$` of a clause, the question mark `?`.
"""

import csv
import re
from functools import cache
from importlib import resources

from rag.safety.matching import plain

SLOT = re.compile(r"@([a-z]+)")
GAPS = {"..": r"(?:\S+ ){0,4}?", "...": r"(?:\S+ ){0,8}?"}
ENDS = {"^": "^", "$": r"(?:\? )?$", "?": r"\? "}


def rows(name: str) -> list[dict[str, str]]:
    """Read a data file of this package."""
    return list(csv.DictReader(resources.files("rag.safety").joinpath(name).read_text(encoding="utf8").splitlines()))


@cache
def slots() -> dict[str, tuple[str, ...]]:
    """The words of each slot, in all languages."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("slots.csv"):
        found[row["slot"]] = (*found.get(row["slot"], ()), *(word.strip() for word in row["words"].split("|")))
    return found


def _spaced(item: str) -> str:
    return plain(item.replace("*", " ").replace("_", " "))


@cache
def phrases(element: str) -> tuple[str, ...]:
    """Every plain phrase an element stands for, an open end with a star. Raises KeyError for a slot there is not."""
    found: list[str] = []
    for item in element.split("|"):
        named = SLOT.search(item)
        if named:
            before, after = _spaced(item[: named.start()]), _spaced(item[named.end() :])
            inner = (phrase for word in slots()[named[1]] for phrase in phrases(word))
            found += (" ".join(f"{before} {phrase} {after}".split()) for phrase in inner)
        elif item in ENDS:
            found.append(item)
        else:
            found.append("*" * item.startswith("*") + _spaced(item) + "*" * item.endswith("*"))
    return tuple(dict.fromkeys(found))


def _option(phrase: str) -> str:
    if phrase in ENDS:
        return ENDS[phrase]
    before, after = r"\S*" * phrase.startswith("*"), r"\S*" * phrase.endswith("*")
    return before + re.escape(phrase.strip("*")) + after + " "


def _group(element: str) -> str:
    longest_first = sorted(phrases(element), key=len, reverse=True)
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


@cache
def beginnings(pattern: str) -> tuple[frozenset[str], ...]:
    """For each element that must be there, the words or stems it can begin with: a cheap look before the pattern."""
    elements = (element for element in pattern.split() if element not in GAPS and element != "~")
    musts = (element for element in elements if not element.startswith("("))
    firsts = (frozenset(phrase.split()[0] for phrase in phrases(element)) for element in musts)
    return tuple(words for words in firsts if not any(word in ("^", "$") or word.startswith("*") for word in words))


@cache
def slot(name: str) -> re.Pattern[str]:
    """A slot as a pattern of its own."""
    return compiled(f"@{name}")
