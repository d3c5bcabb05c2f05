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
TIMES = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 365 / 12, "years": 365.0}
"""Units of time, in days."""
MONTH = 0.015
"""How far two lengths of time in other units may be apart: 12 months or 52 weeks are a year, 4 weeks are no month."""
ROUNDED = 0.06
"""How far "about" or "over" may be from the figure of the text: "over 2,200" for 2,204, "nearly 10%" for 9.6%."""


def number_problems(found: Trace) -> Iterator[Problem]:
    """Name the figures of a claim that the text does not give, or gives with another bound or for something else."""
    for figure in found.claim.figures:
        if _article(found, figure):
            continue
        places = [
            (reading, other)
            for reading in found.cited
            for other in reading.figures
            if same_figure(found.claim, figure, other)
        ]
        if not places:
            yield Problem("number", figure.text, _nearest(found, figure))
        elif _count(found.claim, figure) > max(1, sum(_count(reading, figure) for reading in found.cited)):
            yield Problem("number", _said(found.claim, figure), "")
        elif not any(_bounded_alike(found.claim, figure, *place) for place in places):
            yield Problem("number", _said(found.claim, figure), _said(*places[0]))
        elif not any(_beside(found, figure, *place) and _labelled(found, *place) for place in places):
            yield Problem("number", _said(found.claim, figure), "")


def lasts(found: Trace, item: Item) -> bool:
    """Whether "a year" stands for a length of time the text gives as a figure: 52 weeks, 12 months."""
    unit = f"{item.text.lower().split()[-1]}s"
    if unit not in TIMES or not re.search(r"(?:\ba|\bone|\bthe)(?:\s\w+)?$", found.claim.text[: item.end].lower()):
        return False
    one = Figure(1.0, unit, item.start, item.end, item.text)
    return any(same_figure(found.claim, one, other) for reading in found.cited for other in reading.figures)


def _article(found: Trace, figure: Figure) -> bool:
    """Whether "one patient" stands for "a patient"."""
    after = [(item, rest) for item, rest in found.pairs if item.start >= figure.end][:1]
    return figure.text.lower() == "one" and any(
        re.search(r"\b(?:an?|this)\s$", found.cited[rest.sentence].text[: rest.item.start]) for _, rest in after
    )


def _count(reading: Reading, figure: Figure) -> int:
    """How often a plain count is given: "nine of the nine" is more than "four of the nine" gives."""
    return sum(figure.unit is None and one.unit is None and one.value == figure.value for one in reading.figures)


def same_figure(claim: Reading, one: Figure, two: Figure) -> bool:
    """Whether a figure of the text is that of the claim, rounded where the claim says so."""
    slack = ROUNDED if _bounds(claim, one) and _rounder(one, two) else 1e-9
    if one.share is not None and two.share is not None:
        return abs(one.share - two.share) <= slack * abs(two.share)
    if one.unit in TIMES and two.unit in TIMES and one.unit != two.unit:
        ours, theirs = one.value * TIMES[one.unit], two.value * TIMES[two.unit]
        return abs(ours - theirs) <= max(slack, MONTH) * theirs
    return one.unit == two.unit and abs(one.value - two.value) <= slack * abs(two.value)


def _rounder(one: Figure, two: Figure) -> bool:
    """Whether the claim's figure has fewer digits that count: 2,200 for 2,204, never 11.17 for 11.7."""
    digits = [len(f"{figure.value:g}".replace(".", "").strip("0")) for figure in (one, two)]
    return digits[0] <= digits[1]


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
    """Whether the word before a figure in the claim, and one after it, stand next to it in the text, with no other
    figure between; or the figure before it is the same, or its bound is. "23 adults with gout" may be "23 adults of 60
    to 75 with gout".

    A length of time goes with the whole sentence and may stand anywhere in it.
    """
    rests = dict(found.pairs)
    index = next(i for i, cited in enumerate(found.cited) if cited is reading)
    near = [item for side in _sides(found.claim, figure) for item in side if item in rests]
    there = [item for item in near if rests[item].sentence == index]
    if figure.unit in TIMES or not there:
        return figure.unit in TIMES or not near or reading is found.source
    bound = _bounds(found.claim, figure) & _bounds(reading, other) - {"about"}
    if bound or _after_the_same(found.claim, figure, reading, other):
        return True
    before, after = ([item for item in side if item in there] for side in _sides(found.claim, figure))
    stand = {item: _stands_by(reading, item, rests[item].item, other) for item in there}
    named = all(stand[item] for item in before if not item.light)
    return named and (any(stand[item] for item in after) or all(item.light for item in after))


def _stands_by(reading: Reading, item: Item, rest: Item, other: Figure) -> bool:
    """Whether what carries an item stands next to a figure."""
    return any((one is rest or carries(item, one)) and _adjacent(reading, one, other) for one in reading.items)


def _after_the_same(claim: Reading, figure: Figure, reading: Reading, other: Figure) -> bool:
    """Whether one figure comes right before both: "4 points out of 100", "4 points on a scale of 100"."""
    ours, theirs = _before(claim, figure, 0), _before(reading, other, 1)
    return ours is not None and theirs is not None and same_figure(claim, ours, theirs)


def _before(reading: Reading, figure: Figure, most: int) -> Figure | None:
    """The figure before another one, where at most so many words that count are between."""
    last = max((one for one in reading.figures if one.end <= figure.start), key=lambda one: one.end, default=None)
    if last is None:
        return None
    between = [item for item in reading.items if last.end <= item.start < figure.start and not item.light]
    return last if len(between) <= most else None


def _labelled(found: Trace, reading: Reading, other: Figure) -> bool:
    """Whether the claim speaks of what a figure in brackets stands behind: "nausea (38% versus 12%)"."""
    bracket = reading.text.rfind("(", 0, other.start)
    if bracket < 0 or ")" in reading.text[bracket : other.start]:
        return True
    label = [item for item in reading.items if bracket - 2 <= item.end <= bracket and not item.light]
    return not label or any(carries(item, one) for item in found.claim.items for one in label)


def _sides(reading: Reading, figure: Figure) -> tuple[tuple[Item, ...], ...]:
    """The items before a figure and after it: the next and the next heavy one; no figure or comma between."""
    items = [item for item in reading.items if _adjacent(reading, item, figure)]
    items = [
        item
        for item in items
        if not PAUSE.search(reading.text[min(item.end, figure.end) : max(item.start, figure.start)])
    ]
    before = [item for item in items if item.end <= figure.start][::-1]
    after = [item for item in items if item.start >= figure.end]
    return tuple(
        tuple(item for n, item in enumerate(side) if n == 0 or item is _heavy(side)) for side in (before, after)
    )


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
