"""How many starts k-means needs so that the optimum is found, whatever the seed."""

import numpy as np

from segkit.core.estimators import many, offspring
from segkit.core.estimators import weighted_k_means as k_means

SAMPLE = 20_000
"""Above so many customers the starts run on a seeded sample, and the best is then refined on all."""

FEW_VALUES = 5
"""Where no variable has more different values, as in surveys, very many partitions are nearly as good as the best."""

CROSSED = 20_000
"""Customers times segments up to which the best partitions of answers are crossed with each other."""

REST = 1e-4
"""For many customers centres rest when their squared moves add up to less than this share of the mean variance."""


def solve(rows: k_means.Rows, k: int, *, seed: int) -> k_means.Solution:
    """Find the best of many starts; for many customers on a seeded sample, then refined on all.

    Of answers, and where most customers have a twin, many partitions are nearly as good as the best, and starts alone miss it:
    the best are crossed (see `segkit.core.estimators.offspring`), or of many customers polished.
    """
    rng = np.random.default_rng([seed, k])
    n = len(rows.points)
    if n <= SAMPLE:
        rough = 2 * n <= rows.counts.sum() or _answers(rows)
        if rough and n * k <= CROSSED:
            return offspring.search(rows, k, rng)
        starts = 100 if n * k <= 20_000 else 50 if n * k <= 60_000 else 20
        found = k_means.fit(rows.points, rows.counts, k, starts=starts, rng=rng)
        return k_means.polish(rows.points, rows.counts, found) if rough else found
    everyone = many.many(rows)
    counts = rows.counts[everyone.order]
    drawn = np.repeat(np.arange(n), rng.multinomial(SAMPLE, counts / counts.sum()))
    whole = many.sample(everyone, counts.astype(np.intp), drawn)
    centres = many.fit(whole, k, starts=20, finalists=5, screen=0, rest=0.0, rng=rng)
    return k_means.refine(rows.points, rows.counts, centres, REST)


def _answers(rows: k_means.Rows) -> bool:
    """Tell whether all variables have few different values; a look at the first customers often answers."""
    for few in (rows.points[:: max(len(rows.points) // 50, 1)], rows.points):
        if any(len(np.unique(column)) > FEW_VALUES for column in few.T):
            return False
    return True
