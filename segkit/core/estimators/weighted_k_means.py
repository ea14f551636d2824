"""k-means with weights, many starts at once, and the same answer whatever the order of the rows.

Ten or more starts run together as one set of matrix products; starts that have settled leave the
set. Equal customers are counted once with their number as weight, so a bootstrap sample costs no copied rows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segkit.core.estimators import moves
from segkit.core.estimators.lloyd import assign_all, grid_of, lloyd, on_grid

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

BLOCK = 2_000_000
"""Most distances held at once by one block of starts (16 MB)."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Centres of shape (k, variables) and the weighted sum of squared distances to them."""

    centres: Doubles
    inertia: float

    def predict(self, points: Doubles) -> "Labels":
        """Return the number of the nearest centre of each point."""
        return nearest(points, self.centres)


@dataclass(frozen=True, eq=False)
class Rows:
    """Distinct rows in a fixed order, how many customers stand behind each, and which row each customer is."""

    points: Doubles
    counts: Doubles
    of_customer: Labels


def distinct_rows(matrix: Doubles, weights: Doubles | None = None) -> Rows:
    """Bring the rows of a matrix into an order that depends on their values alone, equal rows counted once.

    Parameters
    ----------
    matrix : numpy.ndarray
        Shape (customers, variables), finite.
    weights : numpy.ndarray, optional
        How many customers stand behind each row; by default one.
    """
    order = np.argsort(matrix[:, 0], kind="stable")
    first = matrix[order, 0]
    if (first[1:] == first[:-1]).any():
        order = np.lexsort(matrix.T[::-1])
    ordered = matrix[order]
    new = np.ones(len(matrix), dtype=bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    of_customer = np.empty(len(matrix), dtype=np.intp)
    of_customer[order] = np.cumsum(new) - 1
    counts = np.bincount(of_customer, weights).astype(np.float64)
    return Rows(ordered[new], counts, of_customer)


def nearest(points: Doubles, centres: Doubles) -> Labels:
    """Return the number of the nearest centre of each point; of equal ones the first."""
    grid = grid_of(np.concatenate([points, centres]))
    labels = assign_all(on_grid(points.T, grid), on_grid(centres[None], grid))[0]
    return np.asarray(labels, dtype=np.intp)


def inertia_of(points: Doubles, weights: Doubles, centres: Doubles) -> float:
    """Return the weighted sum of squared distances of points to their nearest centre, in double precision."""
    labels = nearest(points, centres)
    return float(weights @ ((points - centres[labels]) ** 2).sum(axis=1))


def _plus_plus(columns: Doubles, weights: Doubles, k: int, starts: int, rng: np.random.Generator) -> Doubles:
    """Draw first centres far apart (greedy k-means++, Arthur and Vassilvitskii 2007), all starts at once."""
    n = columns.shape[1]
    trials = 2 + int(np.log(k))
    squares = (columns**2).sum(axis=0)
    cumulated = np.cumsum(weights)
    first = np.minimum(np.searchsorted(cumulated, rng.random(starts) * cumulated[-1], side="right"), n - 1)
    chosen = np.empty((starts, k), dtype=np.intp)
    chosen[:, 0] = first
    closest = np.maximum(squares + squares[first, None] - 2 * (columns[:, first].T @ columns), 0)
    for j in range(1, k):
        cumulated_all = np.cumsum(closest * weights, axis=1)
        draws = rng.random((starts, trials)) * cumulated_all[:, -1:]
        picks = np.stack([np.searchsorted(c, d, side="right") for c, d in zip(cumulated_all, draws, strict=True)])
        picks = np.minimum(picks, n - 1)
        flat = picks.ravel()
        away = np.maximum(squares + squares[flat, None] - 2 * (columns[:, flat].T @ columns), 0).reshape(starts, trials, n)
        np.minimum(away, closest[:, None], out=away)
        best = (away @ weights).argmin(axis=1)
        rows = np.arange(starts)
        chosen[:, j] = picks[rows, best]
        closest = away[rows, best]
    return np.ascontiguousarray(columns[:, chosen].transpose(1, 2, 0))


def refine(points: Doubles, weights: Doubles, centres: Doubles, rest: float = 0.0) -> Solution:
    """Move one set of centres until it rests on these points (see `fit` for ``rest``)."""
    middle = (weights @ points) / weights.sum()
    kept = points - middle
    first = (centres - middle)[None]
    grid = grid_of(np.concatenate([kept, first[0]]))
    columns = np.ascontiguousarray(on_grid(kept.T, grid))
    moved, _ = lloyd(columns, weights, on_grid(first, grid), 300, grid=grid, rest=rest * variance(kept, weights))
    return _settled(kept, weights, moved[0], middle)


def variance(kept: Doubles, mass: Doubles) -> float:
    """Return the mean variance of the columns of centred points."""
    return float(mass @ (kept**2).mean(axis=1) / mass.sum())


def polish(points: Doubles, weights: Doubles, solution: Solution) -> Solution:
    """Move single customers whose move lowers the sum of squares although no centre is nearer (Hartigan and Wong 1979).

    With few distinct rows, as in yes/no surveys, Lloyd's steps stop short of such moves.
    """
    middle = (weights @ points) / weights.sum()
    moved, _ = moves.rest(np.ascontiguousarray((points - middle).T), weights, (solution.centres - middle)[None])
    inertia = inertia_of(points, weights, moved[0] + middle)
    return Solution(moved[0] + middle, inertia) if inertia < solution.inertia else solution


def _settled(kept: Doubles, mass: Doubles, centres: Doubles, middle: Doubles) -> Solution:
    """Return exact means of the segments that the centres make, in double precision."""
    k = len(centres)
    labels = nearest(kept, centres)
    totals = np.bincount(labels, mass, minlength=k)
    sums = np.column_stack([np.bincount(labels, mass * column, minlength=k) for column in kept.T])
    exact = np.where(totals[:, None] > 0, sums / np.maximum(totals, 1e-300)[:, None], centres)
    return Solution(exact + middle, inertia_of(kept, mass, exact))


def fit(
    points: Doubles,
    weights: Doubles,
    k: int,
    *,
    starts: int,
    rng: np.random.Generator,
    finalists: int = 0,
    screen: int = 0,
    rest: float = 0.0,
) -> Solution:
    """Find k centres with the smallest weighted sum of squared distances among many starts.

    Parameters
    ----------
    points : numpy.ndarray
        Shape (points, variables); rows of weight zero are left out.
    weights : numpy.ndarray
        How many customers stand behind each point.
    k : int
        Number of segments, at least 1 and at most the number of distinct points.
    starts : int
        Number of first sets of centres.
    rng : numpy.random.Generator
        Source of the draws.
    finalists : int, default 0
        Only so many of the best starts run on to the end; 0 lets all run on.
    screen : int, default 0
        Where there are more than twice as many points, the starts run on so many drawn ones, and the finalists on all;
        0 lets them run on all.
    rest : float, default 0
        Centres rest when their squared moves add up to less than this share of the mean variance; 0 lets them run until no
        customer changes segment. scikit-learn's default is 0.0001.
    """
    used = weights > 0
    mass = weights[used]
    middle = (mass @ points[used]) / mass.sum()
    kept = points[used] - middle
    if k == 1:
        return Solution(middle[None], float(mass @ (kept**2).sum(axis=1)))
    grid = grid_of(kept)
    columns = np.ascontiguousarray(on_grid(kept.T, grid))
    still = rest * variance(kept, mass)
    centres, score = contenders(
        columns, mass, k, grid=grid, starts=starts, rng=rng, finalists=finalists, screen=screen, still=still
    )
    return _settled(kept, mass, centres[np.argmin(score)], middle)


def contenders(
    columns: Doubles,
    weights: Doubles,
    k: int,
    *,
    grid: float,
    starts: int,
    rng: np.random.Generator,
    finalists: int = 0,
    screen: int = 0,
    still: float = 0.0,
) -> tuple[Doubles, Doubles]:
    """Return the sets of centres that reached the end, and half the inertia of each less a constant.

    Parameters are those of `fit`; ``columns`` are centred points of shape (variables, points) on the ``grid``, ``still`` is the
    sum of squared moves below which centres rest.
    """
    if screen and columns.shape[1] > 2 * screen:
        cumulated = np.cumsum(weights)
        drawn = np.unique(np.searchsorted(cumulated, rng.random(screen) * cumulated[-1], side="right"))
        drawn = np.minimum(drawn, columns.shape[1] - 1)
        few = np.ascontiguousarray(columns[:, drawn])
        centres, score = _search(few, np.ones(few.shape[1]), k, grid, starts, rng, 300, still)
    else:
        centres, score = _search(columns, weights, k, grid, starts, rng, 8 if finalists else 300, still)
    if finalists:
        best = np.argsort(score, kind="stable")[:finalists]
        centres, score = lloyd(columns, weights, centres[best], 300, grid=grid, rest=still)
    return centres, score


def _search(
    columns: Doubles, weights: Doubles, k: int, grid: float, starts: int, rng: np.random.Generator, steps: int, rest: float
) -> tuple[Doubles, Doubles]:
    """Run many starts, a block at a time so that the distances fit into memory."""
    at_once = max(1, min(starts, BLOCK // (columns.shape[1] * 4)))
    found, scores = [], []
    for begin in range(0, starts, at_once):
        first = _plus_plus(columns, weights, k, min(at_once, starts - begin), rng)
        centres, score = lloyd(columns, weights, first, steps, grid=grid, rest=rest)
        found.append(centres)
        scores.append(score)
    return np.concatenate(found), np.concatenate(scores)
