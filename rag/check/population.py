"""Who was studied: people, animals or tissue may not change places, nor be left out where the text names animals."""

import re
from collections.abc import Iterator

from rag.check.reading import Item, Reading
from rag.check.trace import Trace
from rag.claim import Problem

TISSUE = re.compile(
    r"\s*(?:and \w+ )?(?:tumou?rs?|cells?|tissues?|models?|samples?|blood|organoids?|cell lines?|skin|neurons?)\b",
    re.IGNORECASE,
)
"""After "human": not a living person."""
LABORATORY = frozenset({"lab", "cell", "immunecell", "sample"})


def species_problems(found: Trace) -> Iterator[Problem]:
    """Name people written for animals, animals written for people, and animals left out."""
    source, claim = found.source, found.claim
    animals, people = _animals(source), _people(source)
    ours, theirs = _people(claim), _animals(claim)
    if ours and animals and not people:
        yield Problem("species", ours[0].text, animals[0].text)
    elif theirs and people and not animals and not _elsewhere(found):
        yield Problem("species", theirs[0].text, people[0].text)
    elif animals and not people and not theirs and not _laboratory(claim):
        yield Problem("species", claim.text[:80], animals[0].text)
    elif (ours or theirs) and not (animals or people) and _dishes(source) and not _laboratory(claim):
        yield Problem("species", (ours or theirs)[0].text, _dishes(source)[0].text)
    yield from _untested(found)


def _untested(found: Trace) -> Iterator[Problem]:
    """Name who was brought in from a sentence that only plans or denies a test in them."""
    claim = found.claim
    for item, rest in found.pairs:
        reading = found.cited[rest.sentence]
        cues = reading.having("negation", "planned")
        told = claim.having("negation", "planned", "possible", "ongoing", "implicit")
        if rest.sentence != found.main and living(item) and cues and not told and not _living(found.source):
            yield Problem("species", item.text, cues[0].text)
            return


def _living(reading: Reading) -> list[Item]:
    return [*_animals(reading), *_people(reading)]


def _dishes(reading: Reading) -> list[Item]:
    return [item for item in reading.items if "lab" in item.concepts]


def living(item: Item) -> bool:
    """Whether an item names people or animals."""
    return bool(item.wider & {"people", "animal"})


def _animals(reading: Reading) -> list[Item]:
    return [item for item in reading.items if "animal" in item.wider]


def _people(reading: Reading) -> list[Item]:
    return [item for item in reading.items if "people" in item.wider and not TISSUE.match(reading.text, item.end)]


def _elsewhere(found: Trace) -> bool:
    return any(_animals(reading) for reading in found.cited)


def _laboratory(reading: Reading) -> bool:
    return any(item.concepts & LABORATORY for item in reading.items)
