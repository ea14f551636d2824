"""How many starts k-means needs so that the optimum is found, whatever the seed."""

import numpy as np

from segkit.core.estimators import many
from segkit.core.estimators import weighted_k_means as k_means

SAMPLE = 20_000
"""Above so many customers the starts run on a seeded sample, and the best is then refined on all."""

REST = 1e-4
"""For many customers centres rest when their squared moves add up to less than this share of the mean variance."""


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
    everyone = many.many(rows)
    counts = rows.counts[everyone.order]
    drawn = np.repeat(np.arange(n), rng.multinomial(SAMPLE, counts / counts.sum()))
    whole = many.sample(everyone, counts.astype(np.intp), drawn)
    centres = many.fit(whole, k, starts=20, finalists=5, screen=0, rest=0.0, rng=rng)
    return k_means.refine(rows.points, rows.counts, centres, REST)
