"""The suites by name, and their floors: a metric may rise above its floor and never fall below it."""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.evaluate import answers, appraisals, claims, gold
from rag.evaluate.marks import Mark, Metric, metrics

SUITES: dict[str, Callable[[], Iterator[Mark]]] = {
    "appraise": appraisals.marks,
    "questions": answers.questions,
    "check": claims.marks,
    "safety": answers.safety,
}
FLOORS = gold.GOLD / "floors.json"
PLACES = 4
"""Decimal places of a floor; it is rounded down, so that the run it was raised to is above it."""
Floors = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Held:
    """A metric of a suite beside its floor, None where it has none yet."""

    suite: str
    metric: Metric
    floor: float | None

    @property
    def fell(self) -> bool:
        """Whether the metric is below its floor."""
        return self.floor is not None and self.metric.value < self.floor


def run(suite: str, floors: Path = FLOORS) -> Iterator[Held]:
    """Run one suite of the gold sets and hold each metric against its floor."""
    known = read_floors(floors).get(suite, {})
    return (Held(suite, metric, known.get(metric.name)) for metric in metrics(SUITES[suite]()))


def raise_floors(found: list[Held], path: Path = FLOORS) -> None:
    """Raise each floor to what was measured; none is lowered."""
    floors = read_floors(path)
    for held in found:
        measured = math.floor(held.metric.value * 10**PLACES) / 10**PLACES
        suite = floors.setdefault(held.suite, {})
        suite[held.metric.name] = max(measured, suite.get(held.metric.name, 0.0))
    path.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf8")


def read_floors(path: Path = FLOORS) -> Floors:
    """Read the floors, suite by suite; none where the file is not there yet."""
    floors: Floors = json.loads(path.read_text(encoding="utf8")) if path.is_file() else {}
    return floors
