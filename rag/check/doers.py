"""Who led, paid for or approved: a deed keeps the one it is told of, and is not borrowed from a sentence on another."""

import re
from collections.abc import Iterator

from rag.check.kinds import kinds
from rag.check.reading import Item, Reading
from rag.check.trace import Trace, carries
from rag.claim import Problem

DEEDS = (
    re.compile(r"(?:led|leads|headed|heads|ran|directed|directs)(?: by)?", re.IGNORECASE),
    re.compile(r"(?:funded|funds|paid|pays|financed|sponsored|sponsors|bankrolled)(?: for| by)?", re.IGNORECASE),
    re.compile(r"(?:own|owns|owned|holds|hold)(?: by| the rights)?", re.IGNORECASE),
    re.compile(r"(?:recommends|recommended|endorses|endorsed)(?: by)?", re.IGNORECASE),
)
"""Forms of to lead, to pay, to own and to recommend that are verbs, where their concepts have nouns too."""
BY = re.compile(r"(?<=by)(?=\s)|\s(?:\w+ly\s|in part\s|for\s)?by\b", re.IGNORECASE)
ENDS = re.compile(r"[,;:.()](?!\d)")
ASIDE = re.compile(r"(?:\b(?:who|which|that)|,)\s(?:\w+ly\s|also\s|has\s|had\s)?$", re.IGNORECASE)
"""Before a verb whose doer stands before the clause or what is set between commas: "A, a charity, paid"."""
EVENTS = frozenset({"approve", "reject", "stop", "withdraw"})
"""Concepts of what happens to one treatment and not to the next."""
OTHER = re.compile(r"\b(?:another|other|older|earlier|previous|different|rival|second|separate|competing)\b", re.I)


def misattributed(found: Trace) -> Iterator[Problem]:
    """Name who is said to have led or paid where the sentence names somebody else: "funded by A, led by B"."""
    for item, rest in found.pairs:
        reading = found.cited[rest.sentence]
        if rest.opposite or _deed(item) is None:
            continue
        alike = [other for other in reading.items if _deed(other) == _deed(item)]
        theirs = [doer for other in alike for doer in _doers(reading, other)]
        ours = _doers(found.claim, item)
        if ours and theirs and not _alike(ours, theirs):
            yield Problem("entity", " ".join(doer.text for doer in ours), " ".join(doer.text for doer in theirs))


def borrowed(found: Trace) -> Iterator[Problem]:
    """Name what happened to another treatment: "approved" out of a sentence that tells of an older drug."""
    for item, rest in found.pairs:
        reading = found.cited[rest.sentence]
        if rest.sentence == found.main or rest.opposite or not item.concepts & EVENTS:
            continue
        ours = [one for one in found.claim.items if one.end <= item.start and not one.light]
        theirs = [one for one in reading.items if one.end <= rest.item.start and not one.light]
        shared = any(carries(one, two) for one in ours for two in theirs)
        other = OTHER.search(reading.text[: rest.item.start]) and not OTHER.search(found.claim.text)
        named = [one for one in theirs if "drug" in kinds(one) and not any(carries(two, one) for two in ours)]
        if ours and theirs and (named or other) and not (shared and not other):
            yield Problem("entity", f"{ours[-1].text} {item.text}", f"{theirs[-1].text} {rest.item.text}")


def _alike(ours: list[Item], theirs: list[Item]) -> bool:
    """Whether two groups of words name one doer: where both have names, one of these; a university is no institute."""
    named = [[item for item in doers if item.text[:1].isupper() and not kinds(item)] for doers in (ours, theirs)]
    if all(named):
        return any(one.stem == two.stem for one in named[0] for two in named[1])
    return any(carries(one, two) for one in ours for two in theirs)


def _deed(item: Item) -> int | None:
    return next((n for n, forms in enumerate(DEEDS) if forms.fullmatch(item.text)), None)


def _doers(reading: Reading, verb: Item) -> list[Item]:
    """Those who do it: after "by" up to the next pause or deed, else before the verb in its clause."""
    if by := BY.match(reading.text, verb.end):
        after = [item for item in reading.items if item.start >= by.end()]
        pause = ENDS.search(reading.text, by.end())
        deed = next((item.start for item in after if _deed(item) is not None), len(reading.text))
        end = min(pause.start() if pause else len(reading.text), deed)
        return [item for item in after if item.start < end and not item.light]
    before = [item for item in reading.items if item.end <= verb.start and not item.light]
    aside = ASIDE.search(reading.text[: verb.start])
    return before if aside else [item for item in before if item.clause == verb.clause]
