"""Whether there is hardly anyone on the border between two segments."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

DEEP = 0.75
"""Customers on the border, as a share of those around the thinner of the two centres, up to which the border is a valley."""

EVEN = 0.55
"""The same as a share of those around both centres (their geometric mean), a standard error of the count added: a small segment
beside a large one has a shallow side by nature, two of a size have not (two normal crowds of a size: 3.7 standard deviations
apart, and further where there are few customers)."""

WINDOW = 0.125
MIDDLE = 5
SPOTS = np.concatenate([np.linspace(0.35, 0.65, MIDDLE), np.linspace(-0.25, 0.25, 9), np.linspace(0.75, 1.25, 9)])


@dataclass(frozen=True, eq=False)
class Borders:
    """How crowded the borders between segments are.

    Attributes
    ----------
    crowd : numpy.ndarray
        For each segment how crowded its most crowded border is, beside the thinner centre (at most 2).
    even : numpy.ndarray
        The same beside both centres.
    nearest : tuple of int
        The two segments with the most crowded border.
    between : float
        Share of the customers of these two who stand in the middle half of the way from one centre to the other. One normal
        crowd cut in two has .31 of them there, an even one .25.
    """

    crowd: Doubles
    even: Doubles
    nearest: tuple[int, int]
    between: float

    def apart(self, shares: Doubles) -> float:
        """Return the share of customers in segments that have a valley on every side; ``shares`` are those of the segments."""
        return float(shares[(self.crowd <= DEEP) & (self.even <= EVEN)].sum())


def borders(matrix: Doubles, labels: Labels, weights: Doubles | None = None) -> Borders:
    """Look at the borders between all segments.

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
    crowd, even = np.zeros(k), np.zeros(k)
    nearest, most, between = (0, 0), -1.0, 0.0
    for i in range(k):
        for j in range(i + 1, k):
            both = inside[i] | inside[j]
            thin, mean, middle = border(matrix[both], mass[both], centres[i], centres[j])
            crowd[[i, j]] = np.maximum(crowd[[i, j]], min(thin, 2.0))
            even[[i, j]] = np.maximum(even[[i, j]], min(mean, 2.0))
            if mean > most:
                nearest, most, between = (i, j), mean, middle
    return Borders(crowd, even, nearest, between)


def border(points: Doubles, weights: Doubles, here: Doubles, there: Doubles) -> tuple[float, float, float]:
    """Return how many customers stand at the emptiest place about half-way between two centres.

    They are counted against the thinner of the two centres' surroundings, and against both. The customers of both segments are
    seen along the line that joins the centres (0 the one, 1 the other) through a window an eighth wide, so that counted values
    do not look like gaps. One normal crowd cut in two gives about 1. The third figure is the share of them who stand in the
    middle half of the way.
    """
    way = there - here
    length = float(way @ way)
    if length == 0:
        return 2.0, 2.0, 1.0
    places = (points - here) @ way / length
    seen = np.exp(-0.5 * ((places - SPOTS[:, None]) / WINDOW) ** 2)
    heights = seen @ weights
    here_and_there = heights[MIDDLE : MIDDLE + 9].max(), heights[MIDDLE + 9 :].max()
    emptiest = int(heights[:MIDDLE].argmin())
    lowest, error = float(heights[emptiest]), float(np.sqrt(seen[emptiest] ** 2 @ weights))
    between = float(weights[(places > 0.25) & (places < 0.75)].sum() / weights.sum())
    thin, mean = min(here_and_there), float(np.sqrt(here_and_there[0] * here_and_there[1]))
    return lowest / max(thin, 1e-12), (lowest + error) / max(mean, 1e-12), between
