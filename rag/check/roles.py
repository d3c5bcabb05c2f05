"""Who did what to whom: who acts and who is acted on, and the two sides of a comparison, keep their places."""

import re
from collections.abc import Iterator

from rag.check.reading import Cue, Item, Reading, concepts
from rag.check.trace import Trace, carries
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

EQUAL = re.compile(
    r"(?<!twice )(?<!times )(?<!half )(?<!not )\bas (?:well|good|effective|safe|often|common|much|many|likely) as\b"
    r"|\bequally\b|\b(?:no|not any|without) (?:\w+ )?differences?\b|\b(?:did|do|does) not (?:\w+ )?differ\b"
    r"|\bthe same\b|\bno (?:better|worse)\b",
    re.IGNORECASE,
)
"""Words for no difference."""
AS = re.compile(r"\bas (?:much|many|often|likely)(?: \w+)? as\b", re.IGNORECASE)
DIFFERENT = frozenset({"better", "worse", "rise", "fall", "strong", "weak", "fast", "slow", "exceed"})
"""Concepts of words that tell a difference."""


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


def levelled(found: Trace) -> Iterator[Problem]:
    """Name a difference where the text has none ("as good as"), and one of the side it is told against: "placebo eased
    pain more" for "the gel eased pain more than placebo"."""
    claim = found.claim
    more = [(item, rest) for item, rest in found.pairs if item.concepts & DIFFERENT and not rest.opposite]
    if not more or claim.having("negation") or EQUAL.search(claim.text):
        return
    for n, reading in enumerate(found.cited):
        own = [item for item, rest in found.pairs if rest.sentence == n and not item.light and item not in dict(more)]
        equal = EQUAL.search(reading.text)
        told = any(rest.sentence == n and not _in(equal, rest.item) for _, rest in more) if equal else True
        if own and equal and not told or (equal and THAN.search(claim.text) and not THAN.search(reading.text)):
            yield Problem("negation", more[0][0].text, equal[0] if equal else "")
            return
    yield from _against(found, more[0][0])


def _against(found: Trace, more: Item) -> Iterator[Problem]:
    """A claim without a comparison whose subject stands only behind "than" in its sentence."""
    than = THAN.search(found.source.text) or AS.search(found.source.text)
    if not than or THAN.search(found.claim.text) or found.claim.figures:
        return
    for item, rest in found.pairs:
        behind = rest.sentence == found.main and rest.item.start >= than.end() and not item.light
        before = any(carries(item, one) for one in found.source.items if one.end <= than.start())
        if behind and not before and item.end <= more.start:
            yield Problem("entity", item.text, found.source.text[than.start() : rest.item.end])
            return


def _in(match: re.Match[str] | None, item: Item) -> bool:
    return bool(match and match.start() <= item.start < match.end())


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
