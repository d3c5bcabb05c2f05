"""How far a claim reaches: the whole and the part, "only", who is marked off, what was added; none may be widened."""

import re
from collections.abc import Iterator

from rag.check.overclaim import governed
from rag.check.reading import Item
from rag.check.trace import Trace
from rag.claim import Problem

SOLE = ("only", "solely", "exclusively")
"""Words that leave all others out."""
EMPHATIC = re.compile(r"(?:\s(?:a|an|the|about|around|some|after|for|in|at)){0,2}\s$")
"""Between "only" and a figure that it makes light of."""
LESS = ("most", "any", "at all")
"""Words among those for the whole that say less than all."""
MARKED = re.compile(r"\s(?:who|whose|with|taking|on|aged|under|over|between)\b", re.IGNORECASE)
"""After a group: what marks it off."""
AMONG = re.compile(r"\b(?:in|among|for)\s(?:the\s|those\s)?$", re.IGNORECASE)
"""Before a group that a result is told of."""


def widened(found: Trace) -> Iterator[Problem]:
    """Name what reaches further in a claim than in the text."""
    for rule in (_wholes, _alone, _unmarked, _additions):
        yield from rule(found)


def _wholes(found: Trace) -> Iterator[Problem]:
    """All or most where the text says some, or says nothing of the kind."""
    given = {cue.text for reading in found.cited for cue in reading.having("wholly")}
    for cue in found.claim.having("wholly"):
        if (
            cue.text in given
            or any(cue.text == "most" or other.text not in LESS for other in found.source.having("wholly"))
            or (cue.text == "any" and found.claim.having("negation"))
        ):
            continue
        partly = found.source.having("partly")
        yield Problem("scope", cue.text, partly[0].text if partly else "")


def _unmarked(found: Trace) -> Iterator[Problem]:
    """A group that lost what marks it off: "women" for "in women who took hormones"."""
    source = found.source
    for item, rest in found.pairs:
        if rest.sentence != found.main or "people" not in rest.item.wider:
            continue
        marked = MARKED.match(source.text, rest.item.end)
        if not marked or not AMONG.search(source.text[: rest.item.start]) or MARKED.match(found.claim.text, item.end):
            continue
        by = [
            one
            for one in source.items
            if one.start >= marked.end() and one.clause == rest.item.clause and not one.light
        ]
        used = {other.item for _, other in found.pairs if other.sentence == found.main}
        if by and not any(one in used for one in by[:2]) and not _marked_before(found, item):
            yield Problem("scope", item.text, source.text[rest.item.start : by[0].end])


def _marked_before(found: Trace, item: Item) -> bool:
    """Whether a word that counts stands right before a group, and marks it off in another way: "older women"."""
    n = found.claim.items.index(item)
    return n > 0 and found.claim.text[found.claim.items[n - 1].end : item.start] == " "


def _alone(found: Trace) -> Iterator[Problem]:
    """Only some, or only one, where the text says nothing of others; "only 12 people" makes light of a figure."""
    claim = found.claim
    if claim.having("negation") or any(reading.having("only", "negation", "implicit") for reading in found.cited):
        return
    for cue in claim.having("only"):
        gaps = (claim.text[cue.end : figure.start] for figure in claim.figures if figure.start > cue.end)
        if cue.text in SOLE and not any(EMPHATIC.fullmatch(gap) for gap in gaps):
            yield Problem("scope", cue.text, "")


def _additions(found: Trace) -> Iterator[Problem]:
    """A treatment given on top of another that lost its partner."""
    source, claim = found.source, found.claim
    if claim.having("addon"):
        return
    for cue in source.having("addon"):
        partner = [item for item in governed(source, cue, 2) if not item.light and item.start >= cue.end]
        kept = [rest for _, rest in found.pairs if rest.sentence == found.main and rest.item.clause == cue.clause]
        if partner and len(kept) >= 3 and not any(rest.item in partner for rest in kept):
            yield Problem("scope", claim.text[:80], source.text[cue.start : partner[-1].end])
