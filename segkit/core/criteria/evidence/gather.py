"""Evidence for each number of segments around centres: stability over bootstrap pairs, and the gap against none."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial.distance import cdist

from segkit.core.criteria.evidence.against_none import against_none
from segkit.core.criteria.evidence.lineage import lineage
from segkit.core.criteria.evidence.recommendation import HowMany, recommend
from segkit.core.criteria.evidence.resampling import bootstrap
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.starts import SAMPLE, solve
from segkit.core.estimators.threads import one_thread
from segkit.words.errors import CriteriaError
from segkit.words.terms import MAX_SEGMENTS

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

COARSE = 2.0**-16
"""Share of a variable's range below which differences count for nothing."""


@one_thread
def gather(
    matrix: Doubles, *, pairs: int = 20, seed: int = 0, most: int = MAX_SEGMENTS, blocks: Sequence[object] = ()
) -> HowMany:
    """Gather the evidence for every number of segments.

    Parameters
    ----------
    matrix : numpy.ndarray
        Prepared customers, shape (customers, variables).
    pairs : int, default 20
        Bootstrap pairs.
    seed : int, default 0
        Seed of all draws.
    most : int, default 8
        Largest number of segments.
    blocks : sequence, optional
        For each column the variable that it stands for.

    Raises
    ------
    CriteriaError
        If all customers are the same in these variables.
    """
    rows = k_means.distinct_rows(_as_seen(matrix, most))
    solutions: dict[int, k_means.Solution] = {}
    labels: dict[int, Labels] = {}
    for k in range(1, min(most, len(rows.points)) + 1):
        solutions[k] = solve(rows, k, seed=seed)
        labels[k] = k_means.nearest(rows.points, solutions[k].centres)
        if np.bincount(labels[k], minlength=k).min() == 0:
            # a centre that is nearest to nobody: so many segments there are not
            del solutions[k], labels[k]
            break
    ks = range(2, len(labels) + 1)
    if not ks:
        raise CriteriaError(
            "All customers have the same values in these variables.", "Choose variables on which customers differ."
        )
    again = bootstrap(rows, ks, pairs=pairs, seed=seed, whole={k: labels[k] for k in ks})
    table = against_none(matrix, [1, *ks], seed=seed, blocks=blocks)
    table.index = pd.RangeIndex(1, ks.stop, name="k")
    for k, solution in solutions.items():
        sizes = np.bincount(labels[k], rows.counts, minlength=k)
        table.loc[k, ["inertia", "smallest_share"]] = (solution.inertia, float(sizes.min() / sizes.sum()))
        if k > 1:
            low, middle, high = again.rand[k].quantile([0.25, 0.5, 0.75])
            table.loc[k, ["adjusted_rand", "adjusted_rand_low", "adjusted_rand_high"]] = (middle, low, high)
            table.loc[k, ["silhouette", "within"]] = (_silhouette(rows, solution.centres), float(again.jaccard[k].min()))
    recommended, reason = recommend(table)
    of_customer = {k: one.astype(np.uint8)[rows.of_customer] for k, one in labels.items()}
    return HowMany(table, again.rand, of_customer, lineage(labels, rows.counts, again.jaccard), recommended, reason)


def _as_seen(matrix: Doubles, most: int) -> Doubles:
    """Where one customer is so far out that the rest look alike beside it, return them as they look from there."""
    step = np.ptp(matrix, axis=0) * COARSE
    low, high = np.quantile(matrix, (0.01, 0.99), axis=0)
    if (high - low > 100 * step).any():
        return matrix
    coarse = np.round((matrix - matrix.min(axis=0)) / np.where(step > 0, step, 1)) * step + matrix.min(axis=0)
    few = len(k_means.distinct_rows(coarse).points) <= most < len(k_means.distinct_rows(matrix).points)
    return coarse if few else matrix


def _silhouette(rows: k_means.Rows, centres: Doubles) -> float:
    """Return the simplified silhouette: how much nearer the own centre is than the next, averaged over the customers."""
    total = 0.0
    for begin in range(0, len(rows.points), SAMPLE):
        part = slice(begin, begin + SAMPLE)
        two = np.partition(cdist(rows.points[part], centres), 1, axis=1)[:, :2]
        width = np.divide(two[:, 1] - two[:, 0], two[:, 1], out=np.zeros(len(two)), where=two[:, 1] > 0)
        total += float(width @ rows.counts[part])
    return total / float(rows.counts.sum())
