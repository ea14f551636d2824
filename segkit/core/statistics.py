"""Statistics that more than one step needs: intervals of a mean and of a share, and p-values corrected for their number."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import binomtest

from segkit.words.terms import SMALL_GROUP

Doubles = npt.NDArray[np.float64]

DRAWS = 500
"""Bootstrap samples for the interval of a mean."""


def interval(values: Doubles, rng: np.random.Generator) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean (percentiles; NaN below ``SMALL_GROUP`` values)."""
    n = len(values)
    if n < SMALL_GROUP:
        return float("nan"), float("nan")
    if n > 20_000:
        # so many that the bootstrap distribution is normal
        half = 1.96 * float(values.std(ddof=1)) / np.sqrt(n)
        return float(values.mean() - half), float(values.mean() + half)
    block = 2_000_000 // n  # draws at a time, for the sake of memory
    means = [values[rng.integers(n, size=(min(block, DRAWS - done), n))].mean(axis=1) for done in range(0, DRAWS, block)]
    low, high = np.quantile(np.concatenate(means), (0.025, 0.975))
    return float(low), float(high)


def share_interval(some: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share (Wilson 1927), which is sound at none and all, too.

    Examples
    --------
    >>> tuple(round(end, 3) for end in share_interval(95, 100))
    (0.888, 0.978)
    """
    found = binomtest(some, of).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def holm(p: pd.Series) -> pd.Series:
    """Correct p-values for their number (Holm 1979); NaN stays NaN and does not count.

    Examples
    --------
    >>> [round(v, 3) for v in holm(pd.Series([0.01, 0.04, 0.03]))]
    [0.03, 0.06, 0.06]
    """
    known = p.dropna().sort_values(kind="stable")
    factors = np.arange(len(known), 0, -1)
    corrected = np.minimum(np.maximum.accumulate(known.to_numpy() * factors), 1.0)
    return pd.Series(corrected, index=known.index, dtype=np.float64).reindex(p.index)
