"""Words by which the lines around an article are told apart, out of `labels.csv`."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources


def labels(kind: str) -> frozenset[str]:
    """Give the words of one kind, folded. Raises KeyError for a kind the file does not have."""
    return _kinds()[kind]


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    with resources.files("rag.ingest").joinpath("labels.csv").open(encoding="utf8") as file:
        rows = list(csv.DictReader(file))
    return {
        kind: frozenset(row["word"] for row in rows if row["kind"] == kind) for kind in {row["kind"] for row in rows}
    }
