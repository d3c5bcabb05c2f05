"""A claim that copies a sentence but for a few words: what the changed words lost or gained of what governs the rest.

Where the rest is the same, one word is the whole lie: "not" left out, "could" made "will", "some" made "all".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rag.check.overclaim import past
from rag.check.reading import Cue, Item, Reading, concepts
from rag.check.trace import Trace, carries
from rag.claim import Problem
from rag.text.words import Word, normal, words

COPIED = 0.6
"""Share of a claim's words that stand in the sentence in the same order, for it to be a copy."""
GAP = 4
"""Words that were left out at one place; more are a part of the sentence that was not retold."""
LOST = {
    "negation": "negation", "possible": "certainty", "ongoing": "certainty", "planned": "certainty", "partly": "scope",
    "only": "scope", "addon": "scope",
}  # fmt: skip
"""Kinds of words that must not go, and the fault it is."""
GAINED = {"negation": "negation", "sure": "certainty", "causal": "causation", "wholly": "scope", "only": "scope"}
"""Kinds of words that must not come."""
KEPT = ("possible", "ongoing", "planned")
"""Kinds of which one in a clause is enough."""

UNDER_WAY = re.compile(r"\b(?:is|are) (?:being |now |still )?\w+ing\b")
"""Something that goes on, said by the verb alone."""
NOT = re.compile(r"\b(?:not|no|never|cannot|nor|neither|none)\b|n['’]t\b", re.IGNORECASE)
"""A denial inside a set phrase ("do not respond") is read with the phrase, so it is looked for by itself."""
TAIL = re.compile(r"(?:and|but|so|which|while)\b", re.IGNORECASE)
"""How a further clause begins."""
PARTLY = ("most", "any")
"""Words among those for the whole that say less than all."""

Change = tuple[tuple[int, int], tuple[int, int]]
"""Where words changed, in the claim and in the sentence."""


def reworded(found: Trace) -> Iterator[Problem]:
    """Name what governs the rest and was dropped, added or changed in what is otherwise a copy."""
    changes = _changes(found.claim.text, found.source.text)
    ours = [_within(found.claim, span) for span, _ in changes]
    theirs = [_lost(found, change) for change in changes]
    came, went = _counted(ours), _counted(theirs)
    turned = any(rest.opposite and _touched(item, changes) for item, rest in found.pairs)
    for kind, fault in LOST.items():
        if went[kind] > came[kind] and not (kind == "negation" and (turned or came["implicit"])):
            yield Problem(fault, found.claim.text[:80], _first(theirs, kind).text)
    for kind, fault in GAINED.items():
        if came[kind] > went[kind] and not (kind == "negation" and (turned or went["implicit"])):
            yield Problem(fault, _said(found.claim, _first(ours, kind)), "")
    yield from _undenied(found, changes)
    yield from _promised(found, ours, theirs)
    yield from _others(found, changes)
    yield from _added(found, changes)


def _undenied(found: Trace, changes: Sequence[Change]) -> Iterator[Problem]:
    """Name a set phrase with a denial in it that lost the denial and kept its words."""
    for here, there in changes:
        denied = NOT.search(found.source.text, *there)
        kept = NOT.search(found.claim.text, *here) or _within_kinds(found.claim, here, ("negation", "implicit"))
        if denied and not kept:
            phrase = next((item for item in found.source.items if item.start <= denied.start() < item.end), None)
            if phrase and not any(item.concepts & phrase.concepts for item in found.claim.items):
                yield Problem("negation", found.claim.text[:80], phrase.text)


def _within_kinds(reading: Reading, span: tuple[int, int], kinds: Sequence[str]) -> bool:
    return any(cue.kind in kinds for cue in _within(reading, span))


def _promised(found: Trace, ours: Sequence[Sequence[Cue]], theirs: Sequence[Sequence[Cue]]) -> Iterator[Problem]:
    """Name a "will" where the sentence plans nothing there, and an "all" where it says most."""
    for came, went in zip(ours, theirs, strict=True):
        planned = any(cue.kind == "planned" for cue in went)
        for cue in came:
            if cue.text == "will" and not planned:
                yield Problem("certainty", _said(found.claim, cue), went[0].text if went else "")
            if cue.kind == "wholly" and cue.text not in PARTLY and any(other.text in PARTLY for other in went):
                yield Problem("scope", _said(found.claim, cue), went[0].text)


def _others(found: Trace, changes: Sequence[Change]) -> Iterator[Problem]:
    """Name people, animals or cells that took each other's place."""
    for here, there in changes:
        for item in _items(found.claim, here):
            for other in _items(found.source, there):
                if not carries(item, other) and _foreign(item, other):
                    yield Problem("species", item.text, other.text)


def _added(found: Trace, changes: Sequence[Change]) -> Iterator[Problem]:
    """Name a clause put behind a copy whose words rest on copied ones, or on none: "it helped, and helps for years" of
    "it helped this year". One word does not say two things; and a new statement is more than another word for one."""
    left = [there for _, there in changes]
    for here, there in changes:
        said = found.claim.text[here[0] : here[1]]
        if there[0] < there[1] or not TAIL.match(said) or found.claim.text[here[1] :].strip(" .!"):
            continue
        for item, rest in zip(found.claim.items, found.rests, strict=True):
            inside = here[0] <= item.start < here[1] and not item.light
            copied = rest is None or rest.sentence == found.main
            if inside and copied and not (rest and any(start <= rest.item.start < end for start, end in left)):
                yield Problem("not_in_text", said, rest.item.text if rest else found.source.text[:80])
                return


def _foreign(item: Item, other: Item) -> bool:
    """Whether one names people and the other animals or cells, or the two are contrary groups."""
    opposite = any(concepts()[name].opposite in other.concepts for name in item.concepts)
    kinds = [{"people", "animal", "cell"} & one.wider for one in (item, other)]
    return all(kinds) and (opposite or not kinds[0] & kinds[1])


def _changes(claim: str, source: str) -> list[Change]:
    """Where a copy differs from its sentence, but for what it leaves off behind the last pause; nothing for no copy."""
    ours, theirs = words(claim), words(source)
    matcher = SequenceMatcher(None, [normal(w.text) for w in ours], [normal(w.text) for w in theirs], autojunk=False)
    if sum(block.size for block in matcher.get_matching_blocks()) < COPIED * len(ours):
        return []
    changes = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        whole = j2 - j1 <= GAP + i2 - i1
        ended = (
            i1 == i2 and j2 == len(theirs) and 0 < j1 and set(",;") & set(source[theirs[j1 - 1].end : theirs[j1].start])
        )
        if tag != "equal" and (whole or i2 > i1) and not ended:
            changes.append((_span(ours, i1, i2), _span(theirs, j1, j2 if whole else j1)))
    return changes


def _span(tokens: Sequence[Word], begin: int, end: int) -> tuple[int, int]:
    if begin < end:
        return tokens[begin].start, tokens[end - 1].end
    place = tokens[begin - 1].end if begin else 0
    return place, place


def _lost(found: Trace, change: Change) -> list[Cue]:
    """The cues of the sentence's words that were changed, but for doubt that the claim has in the same clause."""
    here, there = change
    clause = max((item.clause for item in found.claim.items if item.start <= here[0]), default=0)
    left = {cue.kind for cue in found.claim.cues if cue.clause == clause and not here[0] <= cue.start < here[1]}
    if {cue.kind for cue in _within(found.claim, here)} & {"done", "ongoing"}:
        left = set()
    elif UNDER_WAY.search(found.claim.text):
        left.add("ongoing")
    cues = [cue for cue in _within(found.source, there) if not past(found.source, cue)]
    return [cue for cue in cues if cue.kind not in KEPT or cue.kind not in left]


def _within(reading: Reading, span: tuple[int, int]) -> list[Cue]:
    return [cue for cue in reading.cues if cue.start < span[1] and span[0] < cue.end]


def _items(reading: Reading, span: tuple[int, int]) -> list[Item]:
    return [item for item in reading.items if item.start < span[1] and span[0] < item.end]


def _touched(item: Item, changes: Sequence[Change]) -> bool:
    return any(item.start < end and start < item.end for (start, end), _ in changes)


def _first(cues: Sequence[Sequence[Cue]], kind: str) -> Cue:
    return next(cue for found in cues for cue in found if cue.kind == kind)


def _said(reading: Reading, cue: Cue) -> str:
    return reading.text[cue.start : cue.end]


def _counted(cues: Sequence[Sequence[Cue]]) -> Counter[str]:
    return Counter(kind for found in cues for kind in {cue.kind for cue in found})
