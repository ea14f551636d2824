"""Natural breaks (Fisher 1958, Jenks 1977): the bands within which values differ least, exactly and in one go.

Written out, because the bands are few (at most four) and ties must stay together: the common packages either take time that
grows with the square of the customers, or know no weights.
"""

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

EQUAL = 1e-9
"""Sums of squares that differ by less, in parts of the whole, count as equal; then the lower cut is taken."""


def breaks(distinct: Doubles, counts: Doubles, bands: int) -> tuple[int, ...]:
    """Return where to cut distinct values so that the squared distances to the bands' means add up to least.

    Dynamic programming; the best last cut moves up with the number of values, so each round halves its search (n log n).

    Parameters
    ----------
    distinct : numpy.ndarray, shape (n,)
        Rising values.
    counts : numpy.ndarray, shape (n,)
        Customers with each value.
    bands : int
        Bands wanted; no more than there are values.

    Returns
    -------
    tuple of int
        For each band but the first the place of its lowest value.
    """
    n, bands = len(distinct), min(bands, len(distinct))
    if bands < 2:
        return ()
    mean = np.average(distinct, weights=counts)
    z = (distinct - mean) / np.sqrt(np.average((distinct - mean) ** 2, weights=counts))
    sums = _Sums(z, counts)
    best = sums.within(np.zeros(n + 1, dtype=np.intp), np.arange(n + 1))
    cuts = []
    for band in range(2, bands):
        best, cut = _next(sums, best, band)
        cuts.append(cut)
    starts = np.arange(bands - 1, n)
    total = best[starts] + sums.within(starts, np.full(len(starts), n))
    at = int(starts[np.flatnonzero(total <= total.min() + sums.slack)[0]])
    places = [at]
    for cut in reversed(cuts):
        at = int(cut[at])
        places.append(at)
    return tuple(reversed(places))


class _Sums:
    """Running sums, from which the squared distances within any band follow at once."""

    def __init__(self, z: Doubles, counts: Doubles) -> None:
        self.weight, self.first, self.second = (
            np.concatenate([[0.0], np.cumsum(counts * power)]) for power in (np.ones_like(z), z, z * z)
        )
        self.slack = EQUAL * float(self.weight[-1])

    def within(self, start: Places, end: Places) -> Doubles:
        """Return the squared distances to the mean of the values from each start to before each end."""
        weight = self.weight[end] - self.weight[start]
        first = self.first[end] - self.first[start]
        second = self.second[end] - self.second[start]
        spread: Doubles = np.maximum(second - first * first / np.maximum(weight, 1e-300), 0.0)
        return spread


def _next(sums: _Sums, best: Doubles, band: int) -> tuple[Doubles, Places]:
    """Return for each number of values the best sum with one band more, and where its last band starts."""
    n = len(best) - 1
    found, cut = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.intp)
    low, high = np.array([band]), np.array([n])  # ends still to be settled, in stretches
    least, most = np.array([band - 1]), np.array([n])  # where the last band of each may start
    while len(low):
        end = (low + high) // 2
        last = np.minimum(most, end - 1)
        length = last - least + 1
        first = np.cumsum(length) - length
        start = np.arange(length.sum()) - np.repeat(first - least, length)
        total = best[start] + sums.within(start, np.repeat(end, length))
        lowest = np.minimum.reduceat(total, first)
        close = np.flatnonzero(total <= np.repeat(lowest, length) + sums.slack)
        at = start[close[np.searchsorted(close, first)]]
        found[end], cut[end] = lowest, at
        left, right = low < end, end < high
        low, high, least, most = (
            np.concatenate([low[left], end[right] + 1]),
            np.concatenate([end[left] - 1, high[right]]),
            np.concatenate([least[left], at[right]]),
            np.concatenate([at[left], most[right]]),
        )
    return found, cut
