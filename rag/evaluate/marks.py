"""Marks: how well one row did on one measure. A metric is the mean of its marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """How well (0..1) a row of a gold set did on a metric."""

    metric: str
    row: str
    score: float


@dataclass(frozen=True, slots=True)
class Metric:
    """The mean of its marks (0..1), how many there were, and the rows that fell short."""

    name: str
    value: float
    rows: int
    missed: tuple[str, ...]


def metrics(marks: Iterable[Mark]) -> Iterator[Metric]:
    """Gather marks into metrics, in the order in which each metric first came."""
    by_name: dict[str, list[Mark]] = {}
    for mark in marks:
        by_name.setdefault(mark.metric, []).append(mark)
    for name, found in by_name.items():
        missed = tuple(dict.fromkeys(mark.row for mark in found if mark.score < 1))
        yield Metric(name, sum(mark.score for mark in found) / len(found), len(found), missed)
