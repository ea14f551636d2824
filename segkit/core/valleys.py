"""Whether there is hardly anyone on the border between two segments."""

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

DEEP = 0.6
"""Customers on the border, as a share of those around the thinner of the two centres, up to which the border is a valley."""


def apart(matrix: Doubles, labels: Labels) -> float:
    """Return the share of customers in segments that have a valley on every side.

    Parameters
    ----------
    matrix : numpy.ndarray
        Prepared customers, shape (customers, variables).
    labels : numpy.ndarray
        Segment of each customer, 0 to k − 1.
    """
    k = int(labels.max()) + 1
    centres = np.stack([matrix[labels == j].mean(axis=0) for j in range(k)])
    shut = np.ones(k, dtype=bool)
    for i in range(k):
        for j in range(i + 1, k):
            if border(matrix[labels == i], matrix[labels == j], centres[i], centres[j]) > DEEP:
                shut[i] = shut[j] = False
    return float(shut[labels].mean())


def border(first: Doubles, second: Doubles, here: Doubles, there: Doubles) -> float:
    """Return how many customers stand half-way between two centres, against the thinner of the two centres' surroundings.

    The customers of both segments are seen along the line that joins the centres (0 the one, 1 the other); those between .375
    and .625 are counted against those as wide around each centre. One normal crowd cut in two gives more than 1.
    """
    way = there - here
    length = float(way @ way)
    if length == 0:
        return np.inf
    places = np.concatenate([(first - here) @ way, (second - here) @ way]) / length
    # smooth over an eighth, so that counted values do not look like gaps
    between = _density(places, 0.5)
    return between / max(min(_densest(places, -0.25, 0.25), _densest(places, 0.75, 1.25)), 1e-12)


def _density(places: Doubles, at: float, width: float = 0.125) -> float:
    return float(np.exp(-0.5 * ((places - at) / width) ** 2).sum())


def _densest(places: Doubles, low: float, high: float) -> float:
    return max(_density(places, at) for at in np.linspace(low, high, 9))
