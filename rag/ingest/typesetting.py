"""Lines set on a page as the paragraphs they were broken from: by their places, their size, and how they end."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ENDS = re.compile(r"[.!?:\u2026][\"'\u201d\u2019)\]]*$")
_BULLET = re.compile(r"[-\u2013\u2014\u2022*\u25aa\u25cf]\s+\S")
_SOFT = "\u00ad"
_HYPHENS = (_SOFT, "-", "\u2010")
_GAP = 1.35
"""Times the usual distance of lines from which a paragraph ends; paragraphs are set 1.4 and more apart."""
_COLUMN = 24.0
"""Points by which the lines of one column may begin apart."""
_LARGE = 1.2
"""Times the usual size of type from which a line is a headline, whose lines are broken for their looks."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line on a page: places in points, the top counted from the page's upper edge."""

    page: int
    text: str
    left: float
    top: float
    right: float
    size: float


class _Edges:
    """Where the columns of each page end on the right: lines that begin near each other make a column."""

    def __init__(self, rows: Sequence[Row], size: float) -> None:
        """Take the lines, and the usual size of type: headlines run over columns."""
        self._size = size
        self._right: dict[tuple[int, bool, int], float] = {}
        for row in rows:
            for near in (-1, 0, 1):
                place = (row.page, self.large(row), int(row.left // _COLUMN) + near)
                self._right[place] = max(row.right, self._right.get(place, 0.0))

    def large(self, row: Row) -> bool:
        """Whether a line is set as a headline."""
        return row.size > self._size * _LARGE

    def broken(self, row: Row, after: Row) -> bool:
        """Whether a line was broken on purpose: the first word of the next would have stood in it."""
        letter = (row.right - row.left) / len(row.text)
        room = self._right[row.page, self.large(row), int(row.left // _COLUMN)] - row.right
        return room > letter * (len(after.text.split()[0]) + 1)


def paragraphs(rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Set lines, in their order, as paragraphs: the text of each and its last line."""
    edges, words = _Edges(rows, statistics.median([row.size for row in rows] or [0])), _words(rows)
    for paragraph in _paragraphs(rows, edges):
        yield _joined(paragraph, words, edges), paragraph[-1]


def _paragraphs(rows: Sequence[Row], edges: _Edges) -> list[list[Row]]:
    pitch = _pitch(rows)
    found: list[list[Row]] = []
    for row in rows:
        if found and not _begins(found[-1], row, pitch, edges):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance from line to line, in sizes of type."""
    steps = [
        (row.top - before.top) / row.size
        for before, row in zip(rows, rows[1:], strict=False)
        if row.page == before.page and row.size > 0 and 0.5 < (row.top - before.top) / row.size < 3
    ]
    return statistics.median_low(sorted(steps)) if steps else 1.2


def _begins(paragraph: Sequence[Row], row: Row, pitch: float, edges: _Edges) -> bool:
    """Whether a line begins a new paragraph after the one before it."""
    last = paragraph[-1]
    if abs(row.size - last.size) > 0.1 * last.size or _BULLET.match(row.text):
        return True
    ended = bool(_ENDS.search(last.text))
    step = row.top - last.top
    if row.page != last.page or step < 0:
        return ended or not row.text[0].islower() and len(paragraph) == 1
    if abs(step) < 0.5 * row.size:
        return False
    indented = row.left > min(line.left for line in paragraph) + 0.8 * row.size and len(paragraph) > 1
    return step > _GAP * pitch * row.size or (ended and (indented or edges.broken(last, row)))


def _words(rows: Sequence[Row]) -> Counter[str]:
    """The words of the text, without those that are parted at the end of a line."""
    found: Counter[str] = Counter()
    parted = False
    for row in rows:
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", row.text.casefold())
        ends = row.text.endswith(_HYPHENS)
        found.update(words[int(parted) : len(words) - int(ends)])
        parted = ends
    return found


def _joined(paragraph: Sequence[Row], known: Counter[str], edges: _Edges) -> str:
    """A paragraph as one line, but for labels under one another (a masthead, a date): they stay lines."""
    text = paragraph[0].text
    for before, row in zip(paragraph, paragraph[1:], strict=False):
        if not edges.large(row) and not row.text[0].islower() and edges.broken(before, row):
            text += f"\n{row.text}"
            continue
        cut = text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalnum()
        if cut and edges.large(row):
            # Headlines are not hyphenated: the hyphen is the word's own.
            text = f"{text[:-1]}-{row.text}"
        else:
            text = _mended(text, row.text, known) if cut else f"{text} {row.text}"
    return text.replace(_SOFT, "")


def _mended(before: str, after: str, known: Counter[str]) -> str:
    """Join a word that was parted at the end of a line, with its hyphen where it is a compound.

    It is one where the file writes it so elsewhere, or uses both its halves as words, but not the whole.
    """
    head, tail = before[:-1], after
    first = re.search(r"[^\W\d_]*$", head)
    second = re.match(r"[^\W\d_]*", tail)
    one, two = (first.group() if first else "").casefold(), (second.group() if second else "").casefold()
    compound = known[f"{one}-{two}"] or (known[one] and known[two] and not known[one + two])
    lower = tail[:1].islower() and bool(one)
    return head + ("" if lower and not compound else "-") + tail
