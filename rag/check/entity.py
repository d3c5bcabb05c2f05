"""One thing put in the place of another: beside a word both share, the claim has one word and the sentence another."""

import re
from collections.abc import Iterator

from rag.check.reading import Item, Reading, concepts
from rag.check.trace import Trace, carries
from rag.claim import Problem

JOINT = re.compile(r"\s|-|,?\s(?:and|or)\s", re.IGNORECASE)
"""What may stand between a word and its neighbour."""
TIME = frozenset({"year", "month", "week", "day", "hour"})
"""Concepts that belong to the figure before them."""


def substitutions(found: Trace) -> Iterator[Problem]:
    """Name the words of a claim that took a word's place: "lung metastases" for "liver metastases"."""
    used = {rest.item for _, rest in found.pairs if rest.sentence == found.main}
    for n, item in enumerate(found.claim.items):
        rest = found.rests[n]
        if item.light or rest is None or rest.sentence == found.main:
            continue
        lost = [slot for step in (-1, 1) if (slot := _slot(found, n, step)) and slot not in used and _other(slot, item)]
        if lost:
            yield Problem("entity", item.text, lost[0].text)


def _other(lost: Item, item: Item) -> bool:
    """Whether two items name different things."""
    opposites = {concepts()[name].opposite for name in item.concepts}
    alike = carries(lost, item) or carries(item, lost) or opposites & lost.concepts
    return not (alike or lost.light or lost.concepts & TIME)


def _slot(found: Trace, n: int, step: int) -> Item | None:
    """The item that stands to the carrier of item n's neighbour as item n stands to the neighbour."""
    neighbour = _next(found.claim, n, step)
    rest = found.rests[n + step] if neighbour else None
    if neighbour is None or neighbour.light or rest is None or rest.sentence != found.main:
        return None
    return _next(found.source, found.source.items.index(rest.item), -step)


def _next(reading: Reading, n: int, step: int) -> Item | None:
    """The item beside item n, where only a blank, a hyphen, "and" or "or" is between."""
    if not 0 <= n + step < len(reading.items):
        return None
    first, second = sorted((n, n + step))
    gap = reading.text[reading.items[first].end : reading.items[second].start]
    return reading.items[n + step] if JOINT.fullmatch(gap) else None
