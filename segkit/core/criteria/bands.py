"""Where an attribute is cut: thresholds that never tear equal customers apart, and codes for the bands between them."""

import math

import numpy as np

from segkit.core.criteria.natural_breaks import breaks
from segkit.core.data.values import Doubles


def roundest(low: float, high: float) -> float:
    """Return the number with the fewest digits in the interval (low, high].

    Examples
    --------
    >>> roundest(97.2, 103.9), roundest(2, 3), roundest(0.12, 0.19)
    (100.0, 3.0, 0.15)
    """
    if not low < high:
        return high
    start = math.ceil(math.log10(max(abs(low), abs(high))))
    for digits in range(start, start - 18, -1):
        for step in (5.0, 2.0, 1.0):
            unit = step * 10.0 ** (digits - 1)
            candidate = float(f"{math.floor(high / unit) * unit:.12g}")
            if low < candidate <= high:
                return candidate
    return high


def equal_count(values: Doubles, bands: int, weights: Doubles | None = None) -> tuple[float, ...]:
    """Cut into bands of about equally many customers; equal values always share a band.

    A value held by most customers takes one band whole and others vanish: fewer thresholds than asked for may come back.

    Parameters
    ----------
    values : numpy.ndarray
        One number a customer; NaN is left out.
    bands : int
        Number of bands wanted.
    weights : numpy.ndarray, optional
        Weight of each customer.

    Returns
    -------
    tuple of float
        Rising thresholds, at most ``bands − 1``: ``lower <= value < upper``. Each is the roundest number between two
        neighbouring values.
    """
    return tie_safe(values, bands, weights)[0]


def tie_safe(values: Doubles, bins: int, weights: Doubles | None = None) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Cut as `equal_count` and say which of the bins each band is: 0 to ``bins − 1``, one more entry than thresholds.

    Each distinct value goes to the bin in which the middle of its customers falls.
    """
    held = np.isfinite(values) if weights is None else np.isfinite(values) & (weights > 0)
    if not held.any():
        return (), (bins // 2,)
    distinct, inverse = np.unique(values[held], return_inverse=True)
    counts = np.bincount(inverse, None if weights is None else weights[held])
    middle = (np.cumsum(counts) - counts / 2) / counts.sum()
    # a middle that falls exactly on a border goes up: that is what "lower <= value" says
    code = np.minimum(np.floor(middle * bins + 1e-9), bins - 1).astype(int)
    rises = np.flatnonzero(np.diff(code) > 0)
    cuts = tuple(roundest(float(distinct[i]), float(distinct[i + 1])) for i in rises)
    return cuts, tuple(int(code[i]) for i in [*rises, len(code) - 1])


def equal_width(values: Doubles, bands: int) -> tuple[float, ...]:
    """Cut the range from the smallest to the largest value into steps of the same width."""
    known = values[np.isfinite(values)]
    if not len(known) or known.min() == known.max():
        return ()
    low, high = float(known.min()), float(known.max())
    return tuple(float(f"{low + (high - low) * i / bands:.9g}") for i in range(1, bands))


def natural(values: Doubles, bands: int) -> tuple[float, ...]:
    """Cut where the values leave gaps: the bands within which they differ least (see `segkit.core.criteria.natural_breaks`)."""
    distinct, counts = np.unique(values[np.isfinite(values)], return_counts=True)
    places = breaks(distinct, counts.astype(np.float64), bands)
    return tuple(roundest(float(distinct[i - 1]), float(distinct[i])) for i in places)


def own_quantiles(values: Doubles, bins: int, offset: float) -> tuple[float, ...]:
    """Quantiles of type 7 plus an offset, as R package ``rfm`` cuts (rsquaredacademy/rfm, MIT)."""
    return tuple(float(q) + offset for q in np.quantile(values, np.arange(1, bins) / bins))
