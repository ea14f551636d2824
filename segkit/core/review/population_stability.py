"""The population stability index, with the threshold that chance alone exceeds once in twenty times."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtri

from segkit.core.criteria.bands import equal_count
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import codes, finite, is_number, level_codes

Counts = npt.NDArray[np.float64]


PSI_BINS = 10


def population_stability(before: Counts, after: Counts) -> float:
    """Return the population stability index of counts in the same bins: Σ (p − q) · ln(p / q).

    Bins empty in both are left out; a bin empty in one counts as half a customer there, so that the logarithm exists.

    Examples
    --------
    >>> round(population_stability(np.array([50, 50]), np.array([40, 60])), 4)
    0.0405
    """
    used = (before > 0) | (after > 0)
    p, q = (np.where(c[used] > 0, c[used], 0.5) for c in (before, after))
    p, q = p / p.sum(), q / q.sum()
    return float(((p - q) * np.log(p / q)).sum())


def sampling_threshold(before: int, after: int, bins: int) -> float:
    """Return the index that chance alone exceeds once in twenty times: (1/n + 1/m) · χ²(bins − 1), 95th percentile."""
    return float((1 / before + 1 / after) * chdtri(bins - 1, 0.05)) if bins > 1 else 0.0


def stability_table(before: CustomerData, after: CustomerData, segmentation: Segmentation, sizes: pd.DataFrame) -> pd.DataFrame:
    """Compare segments and segmentation variables before and after; see `segkit.core.review.changes.ReviewTables`."""
    rows = {"segments": _psi_row("Segments", sizes["before"].to_numpy(float), sizes["after"].to_numpy(float))}
    for name in segmentation.variables:
        rows[name] = _psi_row(before.variable(name).label, *_binned(before.customers[name], after.customers[name]))
    return pd.DataFrame.from_dict(rows, orient="index")


def _binned(was: pd.Series, now: pd.Series) -> tuple[Counts, Counts]:
    """Count both periods in bins drawn at the baseline: tenths of numbers, levels of categories; "not known" is a bin."""
    if is_number(was):
        cuts = equal_count(finite(was), PSI_BINS)
        return tuple(np.bincount(codes(finite(v), cuts) + 1, minlength=len(cuts) + 2).astype(float) for v in (was, now))  # type: ignore[return-value]
    levels = sorted(set(was.dropna().astype(str)))
    counts = [np.bincount(level_codes(v, levels) + 1, minlength=len(levels) + 2).astype(float) for v in (was, now)]
    return counts[0], counts[1]


def _psi_row(label: str, was: Counts, now: Counts) -> dict[str, object]:
    bins = int(((was > 0) | (now > 0)).sum())
    psi = population_stability(was, now)
    threshold = sampling_threshold(int(was.sum()), int(now.sum()), bins)
    if psi <= threshold:
        reading = "no more change than chance alone would bring"
    elif psi < 0.1:
        reading = "a small change"
    else:
        reading = "a clear change" if psi < 0.25 else "a large change"
    return {"label": label, "psi": psi, "threshold": threshold, "bins": bins, "reading": reading}
