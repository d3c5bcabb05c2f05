"""Lines that belong to the page and not to the article, told by phrases in `furniture.csv`.

`kind`: line (this line goes), list (a heading: the links under it go too), tail (all that follows goes). `where`: whole
(nothing else stands in the line), start, short (anywhere in a line of 25 words), any (anywhere in a paragraph of 120).
In a phrase `*` stands for a few characters and `{number}` for digits.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from rag.text.words import normal

SHORT, LONG = 25, 120
"""Words of lines told by a word or two, and of notices told by a phrase; a longer paragraph is the article's own."""
_TOKEN = re.compile(r"\w+|[\u00a9#@]")
_KINDS = ("tail", "list", "line")
_TITLED = 4
"""Words after a list heading's phrase from which it is one link ("See also: …") and heads no list."""


def kind(line: str) -> str | None:
    """Tell what a line or paragraph of furniture is: line, list or tail; None for what may be the article's own."""
    plain = normal(line[: SHORT * 40]).strip(" \t\u2022\u00b7|>*_-")
    count = line.count(" ", 0, LONG * 20) + 1
    if not plain or len(line) > LONG * 20 or count > LONG or _telling().isdisjoint(_TOKEN.findall(plain)):
        return None
    for name in _KINDS:
        for where, pattern in _patterns(name):
            if where == "short" and count > SHORT:
                continue
            found = (
                pattern.fullmatch(plain)
                if where == "whole"
                else pattern.match(plain)
                if where == "start"
                else pattern.search(plain)
            )
            if found:
                return "line" if name == "list" and len(plain[found.end() :].split()) >= _TITLED else name
    return None


def about(heading: str, paragraph: str) -> bool:
    """Whether a heading "About …" opens the paragraph in which an organisation presents itself."""
    if not normal(heading).startswith("about "):
        return False
    plain = normal(paragraph[: SHORT * 40])
    return any(pattern.search(plain) for _, pattern in _patterns("company"))


@cache
def _telling() -> frozenset[str]:
    """The longest word of each phrase: a line with none of them matches no phrase, and most lines have none."""
    return frozenset(
        max(_TOKEN.findall(re.sub(r"\*|\{number\}", " ", normal(row["phrase"]))), key=len)
        for row in _rows()
        if row["kind"] in _KINDS
    )


@cache
def _rows() -> Sequence[dict[str, str]]:
    with resources.files("rag.ingest").joinpath("furniture.csv").open(encoding="utf8") as file:
        return list(csv.DictReader(file))


@cache
def _patterns(name: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    rows = [row for row in _rows() if row["kind"] == name]
    wheres = sorted({row["where"] for row in rows}, key=("whole", "start", "short", "any").index)
    return [(where, _joined([r["phrase"] for r in rows if r["where"] == where], where)) for where in wheres]


def _joined(phrases: Sequence[str], where: str) -> re.Pattern[str]:
    body = "|".join(sorted((_expression(phrase) for phrase in phrases), key=len, reverse=True))
    return re.compile(rf"[\"'(\[]*+(?:{body})[\s.:!?>\])|]*+" if where == "whole" else f"(?:{body})")


def _expression(phrase: str) -> str:
    """A phrase as an expression, with word boundaries where it begins or ends with a letter or digit."""
    text = normal(phrase)
    parts = [re.escape(part).replace(r"\ ", r"\s+") for part in re.split(r"(\*|\{number\})", text)]
    body = "".join({r"\*": ".{0,40}?", r"\{number\}": r"\d+"}.get(part, part) for part in parts).replace(":", r"\s*:")
    before = r"(?<!\w)" if text[0].isalnum() else ""
    return before + body + (r"(?!\w)" if text[-1].isalnum() else "")
