"""What each word of a claim rests on in the sentences it is held against, and whether it is denied there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.check.reading import Item, Reading, concepts

LIGHT = 0.3
"""Weight of a word that carries little by itself, beside 1 for any other."""
FIGURE = 1.5
"""Weight of a figure in choosing the main sentence."""
BORROWED = 0.7
"""Credit of a word that only another sentence than the main one carries."""
PART = 0.9
"""Credit of a word that is carried by one word of a set phrase: "kidneys" by "kidney damage"."""
DENIAL = re.compile(r"\b(?:no|not|none|nothing|nobody|without|never|free)\b|n['’]t\b", re.IGNORECASE)
"""In a set phrase that says the contrary of its words: "no difference"."""
PREFIX = 6
"""Letters two words must share at the beginning to count as one family (estrogen, estrogenic) ..."""
ENDING = 4
"""... and letters that may follow in either."""
IZED = "iz"
"""The end of the stem of a verb in -ise, which is no family of the word it was made from: authorise, author."""


@dataclass(frozen=True, slots=True)
class Rest:
    """An item of a cited sentence (its index) that carries an item of the claim: itself, or by saying the opposite."""

    sentence: int
    item: Item
    opposite: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A claim's items, each with what it rests on; `main` is the index of the sentence that carries most."""

    claim: Reading
    cited: tuple[Reading, ...]
    main: int
    rests: tuple[Rest | None, ...]

    @property
    def pairs(self) -> tuple[tuple[Item, Rest], ...]:
        """The items that are carried, with what carries them."""
        return tuple((item, rest) for item, rest in zip(self.claim.items, self.rests, strict=True) if rest)

    @property
    def untraced(self) -> tuple[Item, ...]:
        """The items nothing carries; light ones may come from nowhere."""
        return tuple(
            item for item, rest in zip(self.claim.items, self.rests, strict=True) if not rest and not item.light
        )

    @property
    def coverage(self) -> float:
        """The share of the claim that is carried, 0..1."""
        weights = [weight(item) for item in self.claim.items]
        credit = [0.0 if not rest else 1.0 if rest.sentence == self.main else BORROWED for rest in self.rests]
        total = sum(weights)
        return sum(w * c for w, c in zip(weights, credit, strict=True)) / total if total else 0.0

    @property
    def order(self) -> float:
        """The share of neighbours in the claim that follow each other in the main sentence too, 0..1."""
        places = [rest.item.start if rest and rest.sentence == self.main else -1 for rest in self.rests]
        pairs = list(zip(places, places[1:], strict=False))
        return sum(0 <= one < two for one, two in pairs) / len(pairs) if pairs else 1.0

    @property
    def source(self) -> Reading:
        """The main sentence."""
        return self.cited[self.main]


def weight(item: Item) -> float:
    """Weigh an item of a claim."""
    return LIGHT if item.light else 1.0


def trace(claim: Reading, cited: Sequence[Reading]) -> Trace:
    """Trace each item of a claim to the cited sentences, the main one first."""
    found = [[carrier(item, reading) for item in claim.items] for reading in cited]
    sums = [
        sum(weight(a) * carries(a, b) for a, b in zip(claim.items, row, strict=True) if b)
        + FIGURE * _shared(claim, reading)
        for row, reading in zip(found, cited, strict=True)
    ]
    main = max(range(len(cited)), key=lambda i: sums[i])
    order = [main, *(i for i in range(len(cited)) if i != main)]
    rests = [_rest(item, [row[n] for row in found], cited, order) for n, item in enumerate(claim.items)]
    return Trace(claim, tuple(cited), main, tuple(rests))


def _rest(item: Item, row: Sequence[Item | None], cited: Sequence[Reading], order: Sequence[int]) -> Rest | None:
    """What an item rests on: the main sentence, even where it says the opposite, before any other."""
    for i in order:
        if (other := row[i]) is not None:
            return Rest(i, other)
        if rest := _contrary(item, cited[i], i):
            return rest
    return None


def _shared(claim: Reading, reading: Reading) -> int:
    return sum(any(one.value == two.value for two in reading.figures) for one in claim.figures)


def carries(item: Item, other: Item) -> float:
    """How well an item of a text carries one of a claim: 1 the same word, less for one concept or family, 0 not."""
    if item.stem == other.stem:
        return 1.0
    if any(concepts()[name].opposite in other.concepts for name in item.concepts):
        return 0.0
    if item.concepts & other.concepts:
        return 0.9
    if item.concepts & other.wider:
        return 0.8
    if other.parts and not item.parts and not DENIAL.search(other.text):
        return PART * max((carries(item, part) for part in other.parts if not part.light), default=0.0)
    return 0.7 if _family(item.stem, other.stem) and not (item.name or other.name) else 0.0


def carrier(item: Item, reading: Reading) -> Item | None:
    """Find the item of a sentence that carries an item of a claim best."""
    best = max(reading.items, key=lambda other: carries(item, other), default=None)
    if best is not None and carries(item, best):
        return best
    carriers = [carrier(part, reading) for part in item.parts if not part.light or item.light]
    return carriers[-1] if carriers and all(carriers) else None


def _contrary(item: Item, reading: Reading, sentence: int) -> Rest | None:
    """Find an item that says the opposite: "fell" for "rose"."""
    for name in sorted(item.concepts):
        opposite = concepts()[name].opposite
        for other in reading.items:
            if opposite and opposite in other.concepts:
                return Rest(sentence, other, name)
    return None


def _family(one: str, two: str) -> bool:
    if not (one.isalpha() and two.isalpha()) or one.endswith(IZED) != two.endswith(IZED):
        return False
    shared = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return shared >= PREFIX and max(len(one), len(two)) - shared <= ENDING
