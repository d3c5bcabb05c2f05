"""Words that govern others must be kept: denial, doubt, cause.

Each rule yields problems with the words of the claim and those of the text."""

import re
from collections.abc import Iterator

from rag.check.reading import Cue, Item, Reading, concepts
from rag.check.trace import Trace
from rag.claim import Problem

GOVERNED = 3
"""Items after a cue, in its clause, that it is taken to govern."""
FORWARD = frozenset(
    {"no", "without", "none", "lack", "lacks", "lacked", "lacking", "rather than", "instead of", "nothing"}
)
"""Negations that deny only what comes after them."""
PROOF = re.compile(
    r"\W*(?:\w+\W+)?(?:evidence|proof|signs?|hints?|data|indications?|reason|guarantees?|links?)\b", re.IGNORECASE
)
"""What, if denied, leaves all that is said of it denied: "no evidence that it works"."""
OUTSIDE = re.compile(r"\b(?:at|in|on|for|from|with|who|that|after|over|during|than)\b", re.IGNORECASE)
"""Where what such a word denies ends."""
PAST = re.compile(r"\bhad (?:raised |high |great |\w+ed )?$", re.IGNORECASE)
"""Before a hope that was over when the result was known: "had hoped", "had raised hopes"."""
NEEDED = re.compile(r"\b(?:is|are|be|was|were|will be)\s+(?:still |also |now |badly )?$", re.IGNORECASE)
"""Before "needed" where it speaks of what is to come, not of what somebody had to have."""
ENDS = re.compile(r"\s*(?:$|[.;:,!?)\"”])")
"""The end of a clause."""
YET = re.compile(r"\b(?:yet|so far|until now|still)\b", re.IGNORECASE)
"""Words of a claim that leave open what is to come."""
NOT_AS = re.compile(r"\s(?:as|so)\s\w+", re.IGNORECASE)
"""After a denial that only says less: "not as good"."""
BREAKS = re.compile(r"[;:]|\b(?:but|though|although|while|whereas|however|except)\b", re.IGNORECASE)
"""Where a sentence says a second thing."""
ABILITY = re.compile(
    r"\bhow \w+|\b(?:later|after (?:\w+ ){1,2}(?:hours|days|weeks|months|years))\b|\bcould not\b", re.IGNORECASE
)
"""Where `could` tells what someone was able to do, not what may be."""


def problems(found: Trace) -> tuple[Problem, ...]:
    """Name the governing words that were dropped, added or turned round."""
    rules = (_contraries, _denials, _doubts, _causes)
    return tuple(problem for rule in rules for problem in rule(found))


def governed(reading: Reading, cue: Cue, size: int = GOVERNED) -> tuple[Item, ...]:
    """The items a cue governs: the next of its clause, function words not counted; of a denial that ends its clause, as
    in "women did not", those before it."""
    stops = cue.text in FORWARD and not PROOF.match(reading.text, cue.end)
    stop = OUTSIDE.search(reading.text, cue.end) if stops else None
    end = stop.start() if stop else len(reading.text)
    after = [item for item in reading.items if cue.end <= item.start < end and item.clause == cue.clause]
    if not after and cue.kind == "negation" and ENDS.match(reading.text, cue.end):
        return tuple([item for item in reading.items if item.end <= cue.start and item.clause == cue.clause][-size:])
    return tuple(after[:size])


def denied(reading: Reading) -> frozenset[Item]:
    """The items of a sentence that stand under a negation."""
    return frozenset(item for cue in reading.having("negation") for item in governed(reading, cue))


def _contraries(found: Trace) -> Iterator[Problem]:
    """An item that rests on its opposite, where not just one of the two is denied."""
    ours, theirs = denied(found.claim), [denied(reading) for reading in found.cited]
    for item, rest in found.pairs:
        if rest.opposite and (item in ours) == (rest.item in theirs[rest.sentence]):
            yield Problem(concepts()[rest.opposite].kind or "not_in_text", item.text, rest.item.text)


def _denials(found: Trace) -> Iterator[Problem]:
    """A negation on one side whose words stand without one on the other."""
    claim = found.claim
    for cue in claim.having("negation"):
        pairs = [(item, rest) for item, rest in found.pairs if item in governed(claim, cue)]
        if _not_yet(found, cue) or (NOT_AS.match(claim.text, cue.end) and _lesser(found)):
            continue
        if pairs and not any(rest.opposite or _denies(found.cited[rest.sentence], rest.item) for _, rest in pairs):
            yield Problem("negation", claim.text[cue.start : max(item.end for item, _ in pairs)], pairs[0][1].item.text)
    if claim.having("negation", "implicit"):
        return
    for n, reading in enumerate(found.cited):
        for cue in reading.having("negation"):
            scope = governed(reading, cue)
            pairs = [(item, rest) for item, rest in found.pairs if rest.sentence == n and rest.item in scope]
            if 2 * len({rest.item for _, rest in pairs}) >= len(scope) > 0 and not any(
                rest.opposite for _, rest in pairs
            ):
                yield Problem("negation", pairs[0][0].text, reading.text[cue.start : scope[-1].end])
            elif not pairs and scope and (subject := _asserted(found, n, cue)):
                yield Problem("negation", subject, reading.text[cue.start : scope[-1].end])


def _asserted(found: Trace, n: int, cue: Cue) -> str:
    """What a claim tells of that a sentence only denies something of: "sleep got better" for "sleep did not change"."""
    reading = found.cited[n]
    own = [item for item, rest in found.pairs if rest.sentence == n and not item.light and not rest.opposite]
    before = [i for i in reading.items if i.end <= cue.start and i.clause == cue.clause and not i.light]
    told = [item for item, rest in found.pairs if rest.sentence == n and rest.item in before and item in own]
    whole = len(reading.having("negation")) == 1 + reading.text.lower().count("nor ") and not BREAKS.search(
        reading.text
    )
    return told[0].text if before and whole and len(told) == len(own) == len(before) else ""


def _not_yet(found: Trace, cue: Cue) -> bool:
    """Whether a claim says "not yet" of what is to come or under way."""
    return bool(YET.search(found.claim.text)) and bool(found.source.having("ongoing", "planned", "possible"))


def _lesser(found: Trace) -> bool:
    """Whether the sentence has less, worse or weaker: what is not as much."""
    return any(item.concepts & {"fall", "worse", "weak", "small"} for item in found.source.items)


def _denies(reading: Reading, item: Item) -> bool:
    """Whether an item's clause is denied; "no" and "without" deny only what follows them."""
    cues = [cue for cue in reading.having("negation", "implicit") if cue.clause == item.clause]
    if any("none" in other.concepts and other.clause == item.clause for other in reading.items):
        return True
    return any(cue.kind == "implicit" or cue.start < item.start or cue.text not in FORWARD for cue in cues)


def _doubts(found: Trace) -> Iterator[Problem]:
    """Doubt or a plan that became a fact, and strong words of the claim's own."""
    source, claim = found.source, found.claim
    kept = {rest.item.clause for _, rest in found.pairs if rest.sentence == found.main}
    doubts = [
        cue
        for cue in source.having("possible", "planned")
        if {cue.clause, cue.clause + 1} & kept and not past(source, cue)
    ]
    ours = claim.having("possible", "planned")
    if doubts and not ours and not (claim.having("negation") and YET.search(claim.text)):
        yield Problem("certainty", claim.text[:80], doubts[0].text)
    elif (
        doubts
        and ours
        and all(cue.text in ("will", "would", "going to") for cue in ours)
        and not any(cue.kind == "planned" for cue in doubts)
    ):
        yield Problem("certainty", ours[0].text, doubts[0].text)
    elif claim.having("done") and source.having("ongoing", "planned") and not source.having("done"):
        yield Problem("certainty", claim.having("done")[0].text, source.having("ongoing", "planned")[0].text)
    given = {cue.text for reading in found.cited for cue in reading.having("sure")}
    ungoverned = [
        cue for cue in claim.having("sure") if not any(item.start <= cue.start < item.end for item in denied(claim))
    ]
    for cue in ungoverned:
        if cue.text not in given:
            yield Problem("certainty", cue.text, "")


def past(source: Reading, cue: Cue) -> bool:
    """Whether a word of doubt tells what was hoped, needed or could be done before, not what may be."""
    before = source.text[: cue.start]
    if cue.text == "needed":
        return not NEEDED.search(before)
    hoped = cue.text.startswith("hope") and PAST.search(before)
    return bool(hoped) or (cue.text == "could" and bool(ABILITY.search(source.text)))


def _causes(found: Trace) -> Iterator[Problem]:
    """A cause where the text has a link or a sequence, and a cause the text names for something else."""
    claim = found.claim
    causal = [i for i, reading in enumerate(found.cited) if _causal(reading, "causal")]
    causal = causal or [i for i, reading in enumerate(found.cited) if _causal(reading, "effect")]
    said = (
        {cue.text for reading in found.cited for cue in reading.having("causal")} if claim.having("negation") else set()
    )
    for cue in claim.having("causal"):
        if cue.text in said:
            continue
        if not causal:
            yield Problem("causation", cue.text, _relation(found))
            return
        pairs = [rest for item, rest in found.pairs if item in governed(claim, cue, 2) and not item.light]
        if pairs and not any(rest.sentence in causal for rest in pairs):
            yield Problem("causation", cue.text, _relation(found))
            return
    weak, source = claim.having("effect"), found.source
    if (
        weak
        and source.having("association", "sequence")
        and not source.having("causal", "effect")
        and not claim.having("association", "sequence")
    ):
        yield Problem("causation", weak[0].text, _relation(found))
    elif source.having("association") and not claim.having("association", "possible") and _effect(claim):
        yield Problem("causation", claim.text[:80], _relation(found))


def _causal(reading: Reading, kind: str) -> bool:
    """Whether a sentence names a cause that it does not deny in the same breath."""
    negations = {cue.clause for cue in reading.having("negation")}
    return any(cue.clause not in negations for cue in reading.having(kind))


def _effect(claim: Reading) -> bool:
    return any(
        item.concepts & {"rise", "fall", "prevent", "protect", "harm", "cause"} and not item.light
        for item in claim.items
    )


def _relation(found: Trace) -> str:
    cues = found.source.having("association", "sequence")
    return cues[0].text if cues else ""
