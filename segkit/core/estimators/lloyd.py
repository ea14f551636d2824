"""One step of k-means, and many: points to the nearest centres, centres to the means, several sets of centres at once."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

SLICE = 65_536
"""Distances of one slice of the points (256 kB in single precision: it stays in the processor's cache)."""


def assign_all(columns: Array, centres: Array) -> npt.NDArray[np.uint8]:
    """Return the nearest centre of each point for several sets of centres.

    Parameters
    ----------
    columns : numpy.ndarray
        Points as columns, shape (variables, points).
    centres : numpy.ndarray
        Shape (sets, k, variables).

    Returns
    -------
    numpy.ndarray
        Shape (sets, points), numbers from 0 to k − 1.
    """
    return _assign(columns, centres)[0]


def _assign(columns: Array, centres: Array) -> tuple[npt.NDArray[np.uint8], Array]:
    half = 0.5 * (centres**2).sum(axis=2)
    best: Array = half[:, 0, None] - centres[:, 0] @ columns
    labels = np.zeros(best.shape, dtype=np.uint8)
    for j in range(1, centres.shape[1]):
        distance = half[:, j, None] - centres[:, j] @ columns
        closer = distance < best
        # multiplying is several times faster here than assigning through a mask
        np.maximum(labels, closer.astype(np.uint8) * np.uint8(j), out=labels)
        np.minimum(best, distance, out=best)
    return labels, best


def lloyd(columns: Array, weights: Array, centres: Array, steps: int, rest: float = 0.0) -> tuple[Array, Array]:
    """Move all sets of centres until they rest (at most ``steps``); return them with their inertia less a constant.

    A set rests when its centres moved by no more than ``rest`` (sum of squares); at 0 no customer changes segment any more.
    """
    extended = extend(columns)
    centres = centres.copy()
    score = np.full(len(centres), np.inf, dtype=np.float32)
    active = np.arange(len(centres))
    for _ in range(steps):
        before = centres[active]
        score[active], means, mass = step(extended, weights, before)
        for empty, j in np.argwhere(mass == 0):
            # an empty segment restarts at the customer who fits worst
            misfit = _assign(columns, before[[empty]])[1][0] + 0.5 * (columns**2).sum(axis=0)
            means[empty, j] = columns[:, int(np.argmax(misfit))]
        centres[active] = means
        active = active[((means - before) ** 2).sum(axis=(1, 2)) > rest]
        if not len(active):
            break
    return centres, score


def extend(columns: Array) -> Array:
    """Return what `step` works on: points as columns, with a last row of ones."""
    return np.vstack([columns, np.ones((1, columns.shape[1]), dtype=np.float32)])


def step(extended: Array, weights: Array, centres: Array) -> tuple[Array, Array, Array]:
    """Put all points to the nearest centre, and take the means: one step of Lloyd's for several sets of centres.

    A slice of the points at a time goes through all stages, so that what lies between them stays in the processor's cache.

    Parameters
    ----------
    extended : numpy.ndarray
        Points as columns with a last row of ones, shape (variables + 1, points); see `extend`.
    weights : numpy.ndarray
        Customers behind each point, single precision, shape (points,).
    centres : numpy.ndarray
        Shape (sets, k, variables).

    Returns
    -------
    score, means, mass : numpy.ndarray
        For each set half its inertia less a constant, the means (an empty segment keeps its centre), the weight of each.
    """
    sets, k, variables = centres.shape
    flat = centres.reshape(-1, variables)
    planes = np.column_stack([-flat, 0.5 * (flat**2).sum(axis=1)])
    score, sums = np.zeros(sets), np.zeros((sets * k, variables + 1))
    slice_ = min(max(SLICE // len(flat), 512), 16_384)
    for begin in range(0, extended.shape[1], slice_):
        part = slice(begin, begin + slice_)
        points, weight = extended[:, part], weights[part]
        distances = (planes @ points).reshape(sets, k, -1)
        best = distances.min(axis=1)
        inside = distances == best[:, None]
        if np.count_nonzero(inside) > best.size:
            # of equally near centres the first
            inside = np.arange(k)[:, None] == distances.argmin(axis=1)[:, None]
        score += best @ weight
        mine = inside.reshape(sets * k, -1).astype(np.float32)
        # the weights go to the side that has fewer numbers
        if len(mine) <= len(points):
            mine *= weight
            sums += mine @ points.T
        else:
            sums += mine @ (points * weight).T
    mass = sums[:, -1:]
    means = np.divide(sums[:, :-1], mass, out=flat.astype(np.float64), where=mass > 0)
    return score.astype(np.float32), means.reshape(centres.shape).astype(np.float32), mass.reshape(sets, k)
