"""Customers compared with customers without segments: how evenly spread they are, and how crowded the borders."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.evidence.references import Kind, references
from segkit.core.criteria.evidence.resampling import at_once, quick
from segkit.core.criteria.evidence.valleys import borders as borders_between
from segkit.core.estimators import weighted_k_means as k_means

Doubles = npt.NDArray[np.float64]

DRAWS = 6
"""Reference data sets of each kind."""

REFERENCE_ROWS = 2000
"""Customers that the gap compares; more do not change it, and cost time."""


def against_none(matrix: Doubles, ks: list[int], *, seed: int, blocks: Sequence[object] = ()) -> pd.DataFrame:
    """Compare the customers with customers without segments, for each k.

    Returns
    -------
    pandas.DataFrame
        Index ``k``; columns ``gap``, ``gap_se``, ``border``, ``border_null``, ``apart`` as in `HowMany`.
    """
    rng = np.random.default_rng([seed, 11])
    rows = k_means.distinct_rows(matrix)
    ordered = np.repeat(rows.points, rows.counts.astype(int), axis=0)
    if len(ordered) > REFERENCE_ROWS:
        ordered = ordered[np.sort(rng.choice(len(ordered), REFERENCE_ROWS, replace=False))]
    varying = ordered.std(axis=0) > 0
    ordered = ordered[:, varying] if varying.any() else ordered
    blocks = [block for block, kept in zip(blocks or range(len(varying)), varying, strict=True) if kept]
    kinds = references(ordered, blocks, rng)
    own, border, far = _looks(ordered, ks, rng)
    gaps, error, expected = np.full(len(ks), np.inf), np.zeros(len(ks)), np.full(len(ks), np.inf)
    for number, kind in enumerate(kinds):
        drawn = at_once(partial(_reference, kind, ordered, ks, (seed, 11, number)), range(DRAWS))
        inertias, borders = np.stack([d[0] for d in drawn]), np.stack([d[1] for d in drawn])
        # the total spread is no sign of segments: compare what k segments take away from it
        inertias = inertias - inertias[:, :1]
        difference = inertias.mean(axis=0) - (own - own[0])
        spread = inertias.std(axis=0, ddof=1) * np.sqrt(1 + 1 / DRAWS)
        error = np.where(difference < gaps, spread, error)
        gaps = np.minimum(difference, gaps)
        expected = np.minimum(expected, borders.mean(axis=0) - 3 * borders.std(axis=0, ddof=1))
    columns = {"gap": gaps, "gap_se": error, "border": border, "border_null": expected, "apart": far}
    return pd.DataFrame(columns, index=pd.Index(ks, name="k"))


def _reference(kind: Kind, matrix: Doubles, ks: list[int], key: tuple[int, ...], draw: int) -> tuple[Doubles, Doubles, Doubles]:
    rng = np.random.default_rng([*key, draw])
    return _looks(kind(matrix, rng), ks, rng)


def _looks(matrix: Doubles, ks: list[int], rng: np.random.Generator) -> tuple[Doubles, Doubles, Doubles]:
    """Return for each k the logarithm of the inertia, how crowded the borders are, and who is apart."""
    rows = k_means.distinct_rows(matrix)
    logs, borders, far = np.empty(len(ks)), np.full(len(ks), np.nan), np.full(len(ks), np.nan)
    total = float(rows.counts.sum())
    whole = 0.0
    for i, k in enumerate(ks):
        if k > len(rows.points):
            logs[i], borders[i], far[i] = logs[i - 1], borders[i - 1], far[i - 1]
            continue
        solution = quick(rows.points, rows.counts, k, rng)
        whole = solution.inertia if k == 1 else whole
        logs[i] = np.log(max(solution.inertia, whole * 1e-6, np.finfo(np.float64).tiny))
        if k > 1:
            labels = np.unique(k_means.nearest(rows.points, solution.centres), return_inverse=True)[1]
            shares = np.bincount(labels, rows.counts) / total
            seen = borders_between(rows.points, labels, rows.counts)
            borders[i], far[i] = float(seen.crowd @ shares), seen.apart(shares)
    return logs, borders, far
