"""Words that say which way something went: one list, for answers that say yes and for articles set side by side."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rag.text.words import stem


@cache
def ways() -> Mapping[str, str]:
    """Return the direction of each stem that tells one: up, down, better or worse."""
    return {stem(word): row["direction"] for row in _rows() for word in row["words"].split()}


@cache
def ways_of_things() -> Mapping[str, str]:
    """Return the direction, up or down, of each word before what goes that way: "fewer attacks"."""
    return {word: row["direction"] for row in _rows() if row["things"] for word in row["words"].split()}


def _rows() -> list[dict[str, str]]:
    with resources.files("rag.text").joinpath("directions.csv").open(encoding="utf8") as file:
        return list(csv.DictReader(file))
