"""Two figures of two groups: "12% on zinc and 4% on placebo" must not come back as "on placebo 12%, on zinc 4%"."""

import re
from collections.abc import Iterator

from rag.check.figures import same_figure
from rag.check.reading import Item, Reading
from rag.check.trace import Trace, carries
from rag.claim import Problem
from rag.text.figures import Figure

AFTER = re.compile(r"\s?(?:\w+ )?(?:of|on|in|with|for|among|taking|given|who)\b", re.IGNORECASE)
"""What joins a figure to the group it is of, where the group stands behind it."""
NAMING = 2
"""Words behind a figure that name its group ("people on placebo") ..."""
MARKING = 3
"""... and among which is what tells it from the other: "patients in the open surgery group"."""
ENDS = re.compile(r"[,;:.()](?!\d)|\b(?:and|but|versus|vs|against|compared|while|than)\b", re.IGNORECASE)


def crossed(found: Trace) -> Iterator[Problem]:
    """Name the figures of two groups that changed places, whether the claim has the groups before or behind them."""
    for one, two in _pairs(found.source):
        first, second = _group(found.source, one), _group(found.source, two)
        ours = [_said(found, figure) for figure in (one, two)]
        mentions = [_mentions(found.claim, group, other) for group, other in ((first, second), (second, first))]
        if None in ours or len(mentions[0]) != 1 or len(mentions[1]) != 1:
            continue
        figures = [figure.start for figure in ours if figure]
        groups = [mention[0].start for mention in mentions]
        if (figures[0] < figures[1]) != (groups[0] < groups[1]):
            yield Problem("number", found.claim.text[:80], found.source.text[one.start : two.end])
            return


def misgrouped(found: Trace) -> Iterator[Problem]:
    """Name a figure told of the other group: "4% on zinc" of "12% on zinc and 4% on placebo"."""
    for one, two in _pairs(found.source):
        groups = _group(found.source, one, MARKING), _group(found.source, two, MARKING)
        for figure, other, own, their in ((one, two, *groups), (two, one, *groups[::-1])):
            if not _said(found, figure) or _said(found, other):
                continue
            if _mentions(found.claim, their, own) and not _mentions(found.claim, own, their):
                yield Problem("number", found.claim.text[:80], found.source.text[one.start : two.end])
                return


def _pairs(reading: Reading) -> Iterator[tuple[Figure, Figure]]:
    """The pairs of figures of one unit, each with its group behind it."""
    found = [figure for figure in reading.figures if AFTER.match(reading.text, figure.end)]
    for one, two in zip(found, found[1:], strict=False):
        if one.unit == two.unit and one.value != two.value:
            yield one, two


def _group(reading: Reading, figure: Figure, size: int = NAMING) -> list[Item]:
    """The first words that name the group: "inulin" for "eleven students on inulin complained"."""
    joined = AFTER.match(reading.text, figure.end)
    start = joined.end() if joined else figure.end
    end = ENDS.search(reading.text, start)
    last = end.start() if end else len(reading.text)
    return [item for item in reading.items if start <= item.start < last and not item.light][:size]


def _said(found: Trace, figure: Figure) -> Figure | None:
    """The one figure of the claim that is this one."""
    same = [ours for ours in found.claim.figures if same_figure(found.claim, ours, figure)]
    return same[0] if len(same) == 1 else None


def _mentions(claim: Reading, group: list[Item], other: list[Item]) -> list[Item]:
    """The items of a claim that name a group and not the other one."""
    return [
        item
        for item in claim.items
        if any(carries(item, one) for one in group) and not any(carries(item, one) for one in other)
    ]
