"""Ranks to figures: nDCG@10, recall@10, and whether a difference could be chance."""

import math
from collections.abc import Sequence

import numpy as np

TOP = 10
RESAMPLES = 10_000


def first(names: Sequence[str]) -> list[str]:
    """The first ten different documents."""
    return list(dict.fromkeys(names))[:TOP]


def ndcg(names: Sequence[str], answers: frozenset[str]) -> float:
    """nDCG@10 where an answer counts one and everything else nothing."""
    gain = sum(1 / math.log2(place + 2) for place, name in enumerate(first(names)) if name in answers)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(TOP, len(answers))))


def recall(names: Sequence[str], answers: frozenset[str]) -> float:
    """Share of the answers among the first ten."""
    return len(answers & set(first(names))) / len(answers)


def bootstrap(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """The mean difference over the same questions, and the 95% interval of 10,000 resamples, the same in each run."""
    apart = np.array(ours) - np.array(theirs)
    drawn = np.random.default_rng(0).integers(0, len(apart), (RESAMPLES, len(apart)))
    low, high = np.quantile(apart[drawn].mean(axis=1), [0.025, 0.975])
    return float(apart.mean()), float(low), float(high)
