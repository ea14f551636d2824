"""How many starts k-means needs so that the optimum is found, whatever the seed."""

import numpy as np

from segkit.core import k_means

SAMPLE = 20_000
"""Above so many customers the starts run on a seeded sample, and the best is then refined on all."""


def solve(rows: k_means.Rows, k: int, *, seed: int) -> k_means.Solution:
    """Find the best of many starts; for many customers on a seeded sample, then refined on all.

    Where most customers have a twin, as in yes/no surveys, the best of three searches is taken, each polished.
    """
    rng = np.random.default_rng([seed, k])
    n = len(rows.points)
    if n <= SAMPLE:
        starts = 100 if n * k <= 20_000 else 50 if n * k <= 60_000 else 20
        if 2 * n > rows.counts.sum():
            return k_means.fit(rows.points, rows.counts, k, starts=starts, rng=rng)
        tries = [k_means.fit(rows.points, rows.counts, k, starts=starts, rng=rng) for _ in range(3)]
        return min((k_means.polish(rows.points, rows.counts, one) for one in tries), key=lambda one: one.inertia)
    drawn = rng.multinomial(SAMPLE, rows.counts / rows.counts.sum()).astype(np.float64)
    first = k_means.fit(rows.points, drawn, k, starts=20, rng=rng, finalists=5)
    return k_means.refine(rows.points, rows.counts, first.centres)
