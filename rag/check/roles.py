"""Who did what to whom: who acts and who is acted on, and the two sides of a comparison, keep their places."""

import re
from collections.abc import Iterator

from rag.check.reading import Cue, Item, Reading, concepts
from rag.check.trace import Trace
from rag.claim import Problem

ACTS = frozenset(
    {
        "rise", "fall", "cause", "prevent", "protect", "harm", "block", "activate", "kill", "help", "affect", "replace",
        "remove", "restore", "treatment", "fight", "encourage", "attack", "better", "worse", "slow", "support",
    }
)  # fmt: skip
"""Concepts of verbs with one that acts and one acted on."""
CAUSES = ("causal", "effect")
BEHIND = re.compile(r"(?:because|due|owing|thanks|attributed|stems?|came|comes|explained|result)\b", re.IGNORECASE)
"""Words of cause behind which the one that acts stands: "because of A", "due to A"."""
BY = re.compile(r"\s(?:\w+\s){0,4}?by\b", re.IGNORECASE)
"""What follows a verb where the one that acts comes after it: "was slowed by"."""
NOUN = re.compile(r"\b(?:a|an|the|of|in|their|its|no|any|was|were|is|are|be|been|\w+ly)\s$")
"""Before a word that is no verb there."""
THAN = re.compile(r"\b(?:than|compared (?:with|to)|versus|vs\.?|as against)\b", re.IGNORECASE)


def swapped(found: Trace) -> Iterator[Problem]:
    """Name what stands in the claim where the sentence has the other: "A lowers B" for "B lowers A"."""
    pairs = {item: rest.item for item, rest in found.pairs if rest.sentence == found.main and not rest.opposite}
    for left, right, there, turned in (*_acted(found, pairs), *_compared(found)):
        ours = next((item for item in left[::-1] if item in pairs and not item.light), None)
        theirs = next((item for item in right if item in pairs and not item.light), None)
        if ours is None or theirs is None:
            continue
        first, last = (pairs[ours], pairs[theirs]) if turned else (pairs[theirs], pairs[ours])
        if first.end <= there[0] and last.start >= there[1]:
            start, end = _around(found, there)
            yield Problem("entity", found.claim.text[ours.start : theirs.end], found.source.text[start:end])
            return


def _around(found: Trace, there: tuple[int, int]) -> tuple[int, int]:
    """From the item before a place of the sentence to the one after it."""
    before = [item.start for item in found.source.items if item.end <= there[0]]
    after = [item.end for item in found.source.items if item.start >= there[1]]
    return (before or [there[0]])[-1], (after or [there[1]])[0]


Sides = tuple[list[Item], list[Item], tuple[int, int], bool]
"""The items on either side of a word in the claim, where its like stands in the sentence, and whether only one of the
two is said the other way round ("was caused by")."""


def _acted(found: Trace, pairs: dict[Item, Item]) -> Iterator[Sides]:
    claim, source = found.claim, found.source
    for verb, other in pairs.items():
        if not verb.concepts & ACTS or _noun(claim, verb) or _noun(source, other):
            continue
        turned = _turned(claim, verb.end) != _turned(source, other.end)
        clause = [item for item in claim.items if item.clause == verb.clause]
        left = [item for item in clause if item.end <= verb.start]
        yield left, [item for item in clause if item.start >= verb.end][:2], (other.start, other.end), turned
    for cue in claim.having(*CAUSES):
        for theirs in source.having(*CAUSES):
            left = [item for item in claim.items if item.end <= cue.start and item.clause == cue.clause]
            right = [item for item in claim.items if item.start >= cue.end]
            yield left, right[:2], (theirs.start, theirs.end), _behind(claim, cue) != _behind(source, theirs)


def _compared(found: Trace) -> Iterator[Sides]:
    """The sides of "than"; where the word of comparison is the contrary one, they may change places."""
    ours, theirs = THAN.search(found.claim.text), THAN.search(found.source.text)
    turned = any(rest.opposite and concepts()[rest.opposite].kind == "number" for _, rest in found.pairs)
    if ours and theirs and not turned:
        before = [item for item in found.claim.items if item.end <= ours.start()]
        after = [item for item in found.claim.items if item.start >= ours.end()]
        yield before[-1:], after[:2], theirs.span(), False


def _behind(reading: Reading, cue: Cue) -> bool:
    return bool(BEHIND.match(cue.text)) or _turned(reading, cue.end)


def _turned(reading: Reading, end: int) -> bool:
    """Whether the one that acts comes after the verb that ends there."""
    return bool(BY.match(reading.text, end))


def _noun(reading: Reading, verb: Item) -> bool:
    """Whether the verb is used as a noun: "a reduction in", "the growth of", "less pain"."""
    before = NOUN.search(reading.text[: verb.start])
    return bool(before or re.match(r"\s(?:in|of|to|than)\b", reading.text[verb.end :]))
