"""One step of k-means, and many: points to the nearest centres, centres to the means, several sets of centres at once.

Who is nearest to two centres alike, as with yes/no answers, would be decided by the last bit of a sum, and that bit by the
order in which a processor's library adds. So points and centres lie on a grid: multiples of a power of two, fine enough to
change nothing (about a ten-millionth of the widest point) and coarse enough that products and sums are exact in double
precision. Then each processor finds the same segments, whatever its library and however many threads.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

SLICE = 32_768
"""Distances of one slice of the points (256 kB: it stays in the processor's cache)."""

BITS = 53
"""Of a number in double precision: no sum of multiples of the grid squared needs more."""


def grid_of(points: Array) -> float:
    """Return the finest grid, a power of two, on which squared distances are exact; points of shape (points, variables)."""
    longest = float((points**2).sum(axis=1).max(initial=0.0))
    return float(2.0 ** np.ceil((np.log2(4 * longest) - BITS) / 2)) if longest > 0 else 1.0


def on_grid(values: Array, grid: float) -> Array:
    """Return the nearest multiples of the grid."""
    return np.rint(values / grid) * grid


def assign_all(columns: Array, centres: Array) -> npt.NDArray[np.uint8]:
    """Return the nearest centre of each point for several sets of centres.

    Parameters
    ----------
    columns : numpy.ndarray
        Points as columns, shape (variables, points), on a grid.
    centres : numpy.ndarray
        Shape (sets, k, variables), on the same grid.

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


def lloyd(columns: Array, weights: Array, centres: Array, steps: int, *, grid: float, rest: float = 0.0) -> tuple[Array, Array]:
    """Move all sets of centres until they rest (at most ``steps``); return them with their inertia less a constant.

    A set rests when its centres moved by no more than ``rest`` (sum of squares); at 0 no customer changes segment any more.
    """
    extended = extend(columns)
    centres = centres.copy()
    score = np.full(len(centres), np.inf)
    active = np.arange(len(centres))
    for _ in range(steps):
        before = centres[active]
        score[active], means, mass = step(extended, weights, before, grid)
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
    return np.vstack([columns, np.ones((1, columns.shape[1]))])


def step(extended: Array, weights: Array, centres: Array, grid: float) -> tuple[Array, Array, Array]:
    """Put all points to the nearest centre, and take the means: one step of Lloyd's for several sets of centres.

    A slice of the points at a time goes through all stages, so that what lies between them stays in the processor's cache.

    Parameters
    ----------
    extended : numpy.ndarray
        Points as columns with a last row of ones, shape (variables + 1, points); see `extend`.
    weights : numpy.ndarray
        Customers behind each point, shape (points,).
    centres : numpy.ndarray
        Shape (sets, k, variables).
    grid : float
        The grid on which points and centres lie, and the means are put (see `grid_of`).

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
        mine = inside.reshape(sets * k, -1).astype(np.float64)
        # the weights go to the side that has fewer numbers
        if len(mine) <= len(points):
            mine *= weight
            sums += mine @ points.T
        else:
            sums += mine @ (points * weight).T
    mass = sums[:, -1:]
    means = np.divide(sums[:, :-1], mass, out=flat.copy(), where=mass > 0)
    return score, on_grid(means, grid).reshape(centres.shape), mass.reshape(sets, k)
