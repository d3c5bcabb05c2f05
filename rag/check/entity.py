"""One thing put in the place of another: beside a word both share, the claim has one word and the sentence another."""

import re
from collections.abc import Iterator

from rag.check.kinds import kinds
from rag.check.reading import Item, Reading, concepts
from rag.check.trace import Trace, carries
from rag.claim import Problem

JOINT = re.compile(r"['’]?\s|-|,?\s(?:and|or)\s", re.IGNORECASE)
"""What may stand between a word and its neighbour."""
LOOSE = re.compile(r"(?:\s|-|['’]s?|of|the|a|an|its|their|his|her|this|these|for|in|by|with|and|or|,)*", re.IGNORECASE)
"""What may stand between a word and the two it is between."""
ALIAS = re.compile(r"\s|\s?[,(]\s?(?:or|called|named|known as)?\s?|\sof\s|\scalled\s", re.IGNORECASE)
"""What stands between two names of one thing: "the drug X", "X (Y)", "an injection of X"."""
ANYWHERE = frozenset({"institution", "outlet", "group"})
"""Kinds that are compared in every sentence a claim needs; others only in the main one, as topics recur in all."""
BODIES = frozenset({"institution", "outlet"})
"""Kinds that do the same deeds as their like, so that one from another sentence may be put to a deed in this one."""
TIME = frozenset({"year", "month", "week", "day", "hour"})
"""Concepts that belong to the figure before them."""


def substitutions(found: Trace) -> Iterator[Problem]:
    """Name the words of a claim that took a word's place: "lung metastases" for "liver metastases"."""
    used = {rest.item for _, rest in found.pairs if rest.sentence == found.main}
    for n, item in enumerate(found.claim.items):
        rest = found.rests[n]
        if item.light or rest is None:
            continue
        if lost := [slot for slot in _slots(found, n, used) if _other(slot, item) and not _alias(found, item, slot)]:
            yield Problem("entity", item.text, lost[0].text)


def misnamed(found: Trace) -> Iterator[Problem]:
    """Name the illness, drug, institution, outlet, group, organ or place that the sentence has another of."""
    for n, reading in enumerate(found.cited):
        used = {rest.item for _, rest in found.pairs if rest.sentence == n}
        if not _needed(found, n):
            continue
        for item, rest in zip(found.claim.items, found.rests, strict=True):
            if item.light or (rest and rest.sentence == n):
                continue
            for kind in kinds(item) if n == found.main else kinds(item) & ANYWHERE:
                theirs = [other for other in reading.items if kind in kinds(other)]
                if theirs and not any(other in used or not _other(other, item) for other in theirs):
                    told = rest is None or kind in BODIES or any(_retold(reading, other, used) for other in theirs)
                    if told and not any(_alias(found, item, other) for other in theirs):
                        yield Problem("entity", item.text, theirs[0].text)


def joined(found: Trace) -> Iterator[Problem]:
    """Name a name put together out of two: "Nordic Medicine" from an institute that is Nordic and a medicine."""
    for n, (one, two) in enumerate(zip(found.claim.items, found.claim.items[1:], strict=False)):
        gap = found.claim.text[one.end : two.start]
        rests = found.rests[n], found.rests[n + 1]
        if gap != " " or not (one.start and one.text[:1].isupper() and two.text[:1].isupper()) or None in rests:
            continue
        if not any(_side_by_side(reading, one, two) for reading in found.cited):
            yield Problem("entity", found.claim.text[one.start : two.end], rests[0].item.text if rests[0] else "")


def _side_by_side(reading: Reading, one: Item, two: Item) -> bool:
    """Whether a sentence has the like of two items with at most one other between, in either order."""
    first, second = ([n for n, item in enumerate(reading.items) if carries(x, item)] for x in (one, two))
    return any(abs(a - b) <= 2 for a in first for b in second)


def _needed(found: Trace, n: int) -> bool:
    """Whether a sentence is the main one, or carries a word that counts and that no other does."""
    return n == found.main or any(rest.sentence == n and not item.light for item, rest in found.pairs)


def _retold(reading: Reading, item: Item, used: set[Item]) -> bool:
    """Whether a claim uses a word that counts right beside an item: else it does not retell that part of the sentence,
    and a word it has from another sentence took no place there."""
    n = reading.items.index(item)
    return any(not one.light and one in used for one in reading.items[max(0, n - 1) : n + 2] if one is not item)


def _slots(found: Trace, n: int, used: set[Item]) -> list[Item]:
    """The unused items of the main sentence that stand where item n stands in the claim."""
    rest = found.rests[n]
    if rest is not None and rest.sentence != found.main:
        slots = [slot for step in (-1, 1) if (slot := _slot(found, n, step)) and slot not in used]
        if slots:
            return slots
    between = _between(found, n)
    return [between] if between is not None and between not in used else []


def _other(lost: Item, item: Item) -> bool:
    """Whether two items name different things."""
    opposites = {concepts()[name].opposite for name in item.concepts}
    alike = carries(lost, item) or carries(item, lost) or opposites & lost.concepts
    return not (alike or lost.light or lost.concepts & TIME)


def _alias(found: Trace, item: Item, lost: Item) -> bool:
    """Whether some cited sentence gives the two as names of one thing."""
    for reading in found.cited:
        for one, two in zip(reading.items, reading.items[1:], strict=False):
            pair = (carries(item, one) and carries(lost, two)) or (carries(item, two) and carries(lost, one))
            if pair and ALIAS.fullmatch(reading.text[one.end : two.start]):
                return True
    return False


def _slot(found: Trace, n: int, step: int) -> Item | None:
    """The item that stands to the carrier of item n's neighbour as item n stands to the neighbour."""
    neighbour = _next(found.claim, n, step)
    rest = found.rests[n + step] if neighbour else None
    if neighbour is None or neighbour.light or rest is None or rest.sentence != found.main:
        return None
    return _next(found.source, found.source.items.index(rest.item), -step)


def _between(found: Trace, n: int) -> Item | None:
    """The one item of the main sentence between the carriers of item n's two neighbours."""
    if not 0 < n < len(found.rests) - 1:
        return None
    before, after = found.rests[n - 1], found.rests[n + 1]
    if before is None or after is None or before.sentence != found.main or after.sentence != found.main:
        return None
    source, claim = found.source, found.claim
    one, two = source.items.index(before.item), source.items.index(after.item)
    near = all(_loose(claim, k) for k in (n - 1, n))
    if two - one != 2 or not near or not all(_loose(source, k) for k in (one, one + 1)):
        return None
    return source.items[one + 1]


def _loose(reading: Reading, n: int) -> bool:
    return bool(LOOSE.fullmatch(reading.text[reading.items[n].end : reading.items[n + 1].start]))


def _next(reading: Reading, n: int, step: int) -> Item | None:
    """The item beside item n, where only a blank, a hyphen, "and" or "or" is between."""
    if not 0 <= n + step < len(reading.items):
        return None
    first, second = sorted((n, n + step))
    gap = reading.text[reading.items[first].end : reading.items[second].start]
    return reading.items[n + step] if JOINT.fullmatch(gap) else None
