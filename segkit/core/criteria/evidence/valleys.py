"""Whether there is hardly anyone on the border between two segments."""

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

DEEP = 0.6
"""Customers on the border, as a share of those around the thinner of the two centres, up to which the border is a valley."""

WINDOW = 0.125
MIDDLE = 5
SPOTS = np.concatenate([np.linspace(0.35, 0.65, MIDDLE), np.linspace(-0.25, 0.25, 9), np.linspace(0.75, 1.25, 9)])


def worst_borders(matrix: Doubles, labels: Labels, weights: Doubles | None = None) -> Doubles:
    """Return for each segment how crowded its most crowded border is (see `border`; at most 2).

    Parameters
    ----------
    matrix : numpy.ndarray
        Prepared customers, shape (customers, variables).
    labels : numpy.ndarray
        Segment of each customer, 0 to k − 1, none empty.
    weights : numpy.ndarray, optional
        Customers behind each row.
    """
    k = int(labels.max()) + 1
    mass = np.ones(len(matrix)) if weights is None else weights
    inside = [labels == j for j in range(k)]
    centres = [np.average(matrix[one], axis=0, weights=mass[one]) for one in inside]
    worst = np.zeros(k)
    for i in range(k):
        for j in range(i + 1, k):
            both = inside[i] | inside[j]
            crowd = min(border(matrix[both], mass[both], centres[i], centres[j]), 2.0)
            worst[i], worst[j] = max(worst[i], crowd), max(worst[j], crowd)
    return worst


def apart(worst: Doubles, shares: Doubles) -> float:
    """Return the share of customers in segments that have a valley on every side."""
    return float(shares[worst <= DEEP].sum())


def border(points: Doubles, weights: Doubles, here: Doubles, there: Doubles) -> float:
    """Return how many customers stand at the emptiest place about half-way between two centres.

    They are counted against the thinner of the two centres' surroundings. The customers of both segments are seen along the
    line that joins the centres (0 the one, 1 the other) through a window an eighth wide, so that counted values do not look
    like gaps. One normal crowd cut in two gives about 1.
    """
    way = there - here
    length = float(way @ way)
    if length == 0:
        return 2.0
    places = (points - here) @ way / length
    heights = np.exp(-0.5 * ((places - SPOTS[:, None]) / WINDOW) ** 2) @ weights
    here_and_there = heights[MIDDLE : MIDDLE + 9].max(), heights[MIDDLE + 9 :].max()
    return float(heights[:MIDDLE].min() / max(min(here_and_there), 1e-12))
