"""Numbers and units of a claim: each must stand in the cited text, with its bound, beside the same words."""

import re
from collections.abc import Iterator

from rag.check.reading import Item, Reading
from rag.check.trace import Trace, carries
from rag.claim import Problem
from rag.text.figures import Figure

REACH = 24
"""Characters before a figure in which its bound stands ("at least", "nearly")."""
PAUSE = re.compile(r"[,;:](?!\d)")
TIMES = frozenset({"hours", "days", "weeks", "months", "years", "minutes"})
ROUNDED = 0.06
"""How far "about" or "over" may be from the figure of the text: "over 2,200" for 2,204, "nearly 10%" for 9.6%."""


def number_problems(found: Trace) -> Iterator[Problem]:
    """Name the figures of a claim that the text does not give, or gives with another bound or for something else."""
    for figure in found.claim.figures:
        places = [
            (reading, other)
            for reading in found.cited
            for other in reading.figures
            if _same(found.claim, figure, other)
        ]
        if not places:
            yield Problem("number", figure.text, _nearest(found, figure))
        elif not any(_bounded_alike(found.claim, figure, *place) for place in places):
            yield Problem("number", _said(found.claim, figure), _said(*places[0]))
        elif not any(_beside(found, figure, *place) for place in places):
            yield Problem("number", _said(found.claim, figure), "")


def _same(claim: Reading, one: Figure, two: Figure) -> bool:
    """Whether a figure of the text is that of the claim, rounded where the claim says so."""
    slack = ROUNDED if _bounds(claim, one) else 1e-9
    if one.share is not None and two.share is not None:
        return abs(one.share - two.share) <= slack * abs(two.share)
    return one.unit == two.unit and abs(one.value - two.value) <= slack * abs(two.value)


def _bounds(reading: Reading, figure: Figure) -> set[str]:
    """The bounds a figure is given with: low, high, about."""
    return {
        cue.kind
        for cue in reading.having("low", "high", "about")
        if 0 <= figure.start - cue.end < REACH and not _between(reading, cue.end, figure)
    } | {
        cue.kind
        for cue in reading.having("low", "high")
        if cue.text.startswith("or ") and 0 <= cue.start - figure.end <= 1
    }


def _between(reading: Reading, end: int, figure: Figure) -> bool:
    return any(end <= other.start < figure.start for other in reading.figures)


def _bounded_alike(claim: Reading, figure: Figure, reading: Reading, other: Figure) -> bool:
    """Whether the claim's bound fits: "over 2,200" holds for 2,204, and never stands for "less than 2,200"."""
    ours, theirs = _bounds(claim, figure) - {"about"}, _bounds(reading, other) - {"about"}
    if theirs:
        return bool(ours & theirs)
    if not ours or figure.value == other.value:
        return not ours or "about" in _bounds(claim, figure)
    return (other.value > figure.value) == ("low" in ours)


def _beside(found: Trace, figure: Figure, reading: Reading, other: Figure) -> bool:
    """Whether the words next to a figure in the claim stand next to it in the text, with no other figure between.

    A length of time goes with the whole sentence and may stand anywhere in it.
    """
    rests = dict(found.pairs)
    index = next(i for i, cited in enumerate(found.cited) if cited is reading)
    near = [item for item in _neighbours(found.claim, figure) if item in rests]
    there = [item for item in near if rests[item].sentence == index]
    if figure.unit in TIMES or not there:
        return figure.unit in TIMES or not near or reading is found.source
    heavy = [item for item in there if not item.light]
    return all(any(carries(item, one) and _adjacent(reading, one, other) for one in reading.items) for item in heavy)


def _neighbours(reading: Reading, figure: Figure) -> tuple[Item, ...]:
    """The next item on either side, with the next that is not light; no figure or comma between."""
    items = [item for item in reading.items if _adjacent(reading, item, figure)]
    items = [
        item
        for item in items
        if not PAUSE.search(reading.text[min(item.end, figure.end) : max(item.start, figure.start)])
    ]
    before = [item for item in items if item.end <= figure.start][::-1]
    after = [item for item in items if item.start >= figure.end]
    return tuple(item for side in (before, after) for n, item in enumerate(side) if n == 0 or item is _heavy(side))


def _heavy(side: list[Item]) -> Item | None:
    return next((item for item in side if not item.light), None)


def _adjacent(reading: Reading, item: Item, figure: Figure) -> bool:
    low, high = min(item.end, figure.end), max(item.start, figure.start)
    return not any(low <= other.start < high and other != figure and other.end <= high for other in reading.figures)


def _said(reading: Reading, figure: Figure) -> str:
    """A figure with the words around it."""
    return reading.text[max(0, figure.start - REACH) : figure.end + REACH].strip()


def _nearest(found: Trace, figure: Figure) -> str:
    """The figure the text gives with the same unit, if any."""
    return next((other.text for other in found.source.figures if other.unit == figure.unit), "")
