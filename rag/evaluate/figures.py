"""The figures of the last evaluation, kept beside the code for the page about the app, with what each means."""

import csv
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from rag.evaluate.suites import PLACES, Held

FIGURES = Path(__file__).with_name("figures.json")
SUITES = {
    "questions": "Answers to questions",
    "appraise": "Reading the evidence of an article",
    "check": "Checking sentences against their source",
    "safety": "Messages that need care",
}
"""The suites in words, in the order in which the page tells of them."""
Kept = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: of how many rows which share (0..1) was right, and what that means in plain words."""

    suite: str
    metric: str
    title: str
    means: str
    value: float
    rows: int


def keep(found: Iterable[Held], path: Path = FIGURES) -> None:
    """Write what was measured in place of what is kept of the same measures; it is rounded down, as a floor is."""
    kept = _kept(path)
    for held in found:
        value = math.floor(held.metric.value * 10**PLACES) / 10**PLACES
        kept.setdefault(held.suite, {})[held.metric.name] = {"value": value, "rows": held.metric.rows}
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf8")


def figures(path: Path = FIGURES) -> Iterator[Figure]:
    """Give the kept figures that have words, in the order of `measures.csv`."""
    kept = _kept(path)
    for row in measures():
        found = kept.get(row["suite"], {}).get(row["metric"])
        if found:
            yield Figure(row["suite"], row["metric"], row["title"], row["means"], found["value"], int(found["rows"]))


def measures() -> list[dict[str, str]]:
    """Read what each measure means."""
    with resources.files("rag.evaluate").joinpath("measures.csv").open(encoding="utf8") as file:
        return list(csv.DictReader(file))


def _kept(path: Path) -> Kept:
    kept: Kept = json.loads(path.read_text(encoding="utf8")) if path.is_file() else {}
    return kept
