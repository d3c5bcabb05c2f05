"""What sort of thing a word names (`kinds.csv`): a drug, an illness, an institution, an outlet, a group, a place."""

from collections.abc import Mapping
from functools import cache

from rag.check.reading import Item, fold, rows
from rag.text.words import normal, stem

SHORTEST = 6
"""Letters of a word that is judged by its ending: "statin" and "arthritis", not "dose" or "soma"."""


@cache
def _known(how: str) -> Mapping[str, str]:
    found = [(row["kind"], row["form"]) for row in rows("kinds.csv") if row["how"] == how]
    return {(fold(stem(form)) if how == "word" else form): kind for kind, form in found}


@cache
def _ended(word: str) -> str | None:
    plain = word[:-1] if word.endswith("s") and not word.endswith(("is", "us")) else word
    long = len(plain) >= SHORTEST
    return next((kind for end, kind in _known("ending").items() if long and plain.endswith(end)), None)


@cache
def kinds(item: Item) -> frozenset[str]:
    """Return what an item names, nothing where the list has neither the word, its ending nor its meaning."""
    found = {_known("concept")[name] for name in item.concepts if name in _known("concept")}
    for part in item.parts or (item,):
        if kind := _known("word").get(part.stem) or _ended(normal(part.text)):
            found.add(kind)
    return frozenset(found)
