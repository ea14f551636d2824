"""Customers without segments, as like the real ones as possible: what a true structure must be told from."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import isotonic_regression
from scipy.special import ndtr, ndtri

Doubles = npt.NDArray[np.float64]

Kind = Callable[[Doubles, np.random.Generator], Doubles]
"""Draws as many customers without segments as there are real ones."""

MOST_VALUES = 60
"""A column of at most so many distinct values counts as counted, not measured."""


def uniform(matrix: Doubles, rng: np.random.Generator) -> Doubles:
    """Draw customers evenly over the box around the data in their principal axes (Tibshirani, Walther, Hastie 2001)."""
    middle = matrix.mean(axis=0)
    axes = np.linalg.svd(matrix - middle, full_matrices=False)[2]
    turned = (matrix - middle) @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    return np.asarray(rng.uniform(low, high, turned.shape) @ axes + middle)


def gaussian(matrix: Doubles, rng: np.random.Generator) -> Doubles:
    """Draw customers from one normal distribution of the same means and covariances."""
    middle = matrix.mean(axis=0)
    _, sizes, axes = np.linalg.svd(matrix - middle, full_matrices=False)
    drawn = rng.standard_normal((len(matrix), len(sizes))) * (sizes / np.sqrt(len(matrix)))
    return np.asarray(drawn @ axes + middle)


def references(matrix: Doubles, blocks: Sequence[object], rng: np.random.Generator) -> tuple[Kind, ...]:
    """Return the kinds of customers without segments that these are to be told from.

    Where all columns are yes/no, the third kind answers each variable independently (the latent class model of one class).

    Parameters
    ----------
    matrix : numpy.ndarray
        Prepared customers, shape (customers, columns).
    blocks : sequence
        For each column the variable that it stands for.
    rng : numpy.random.Generator
        Source of the draws that match the correlations.
    """
    if all(len(np.unique(column)) == 2 for column in matrix.T):
        return uniform, gaussian, partial(independent, blocks=blocks)
    hump = OneHump(matrix, rng)
    return uniform, gaussian, lambda data, source: hump.draw(len(data), source)


def independent(matrix: Doubles, rng: np.random.Generator, blocks: Sequence[object]) -> Doubles:
    """Shuffle each variable on its own: shares stay, whatever ties the answers together is lost."""
    shuffled = np.empty_like(matrix)
    for block in dict.fromkeys(blocks):
        columns = [i for i, b in enumerate(blocks) if b == block]
        shuffled[:, columns] = matrix[rng.permutation(len(matrix))][:, columns]
    return shuffled


class OneHump:
    """Customers from one crowd: each variable spread as in the data but with a single hump, and correlated as in the data.

    Skewed, counted and yes/no variables keep their shape; what is lost is any gap or second hump, and any grouping beyond
    what correlations alone bring about (a Gaussian copula).

    Parameters
    ----------
    matrix : numpy.ndarray
        Shape (customers, variables).
    rng : numpy.random.Generator
        Source of the draws that match the correlations.
    """

    def __init__(self, matrix: Doubles, rng: np.random.Generator) -> None:
        self.quantiles = [_hump(column) for column in matrix.T]
        wanted = _correlations(matrix)
        latent = wanted.copy()
        for _ in range(3):
            self.root = _root(latent)
            drawn = self.draw(4000, rng)
            reached = _correlations(drawn)
            # ties weaken correlations: strengthen the hidden ones until the visible ones match
            stretch = np.divide(wanted, reached, out=np.ones_like(wanted), where=np.abs(reached) > 0.05)
            latent = np.clip(latent * np.clip(stretch, 0.5, 2.0), -0.995, 0.995)
            np.fill_diagonal(latent, 1.0)
        self.root = _root(latent)

    def draw(self, customers: int, rng: np.random.Generator) -> Doubles:
        """Draw so many customers."""
        normal = rng.standard_normal((customers, len(self.root))) @ self.root.T
        levels = ndtr(normal)
        return np.column_stack([inverse(level) for inverse, level in zip(self.quantiles, levels.T, strict=True)])


def _correlations(matrix: Doubles) -> Doubles:
    scores = ndtri((pd.DataFrame(matrix).rank().to_numpy() - 0.5) / len(matrix))
    scores -= scores.mean(axis=0)
    lengths = np.sqrt((scores**2).sum(axis=0))
    found = np.asarray((scores.T @ scores) / np.outer(np.where(lengths > 0, lengths, 1), np.where(lengths > 0, lengths, 1)))
    np.fill_diagonal(found, 1.0)
    return found


def _root(correlations: Doubles) -> Doubles:
    sizes, axes = np.linalg.eigh(correlations)
    root = axes * np.sqrt(np.clip(sizes, 0, None))
    return np.asarray(root / np.sqrt((root**2).sum(axis=1, keepdims=True)))


class _hump:
    """Inverse of a distribution function with one hump, fitted to one column."""

    def __init__(self, column: Doubles) -> None:
        values, counts = np.unique(column, return_counts=True)
        self.counted = len(values) <= MOST_VALUES
        if self.counted:
            self.values = values
            mass = _one_hump(counts.astype(np.float64))
        else:
            edges = np.quantile(column, (0.0, 1.0))
            bins = int(np.clip(2 * len(column) ** (1 / 3), 10, 40))
            self.values = np.linspace(edges[0], edges[1], bins + 1)
            mass = _one_hump(np.histogram(column, self.values)[0].astype(np.float64))
        self.cumulated = np.concatenate([[0.0], np.cumsum(mass / mass.sum())])

    def __call__(self, levels: Doubles) -> Doubles:
        if self.counted:
            return np.asarray(self.values[np.minimum(np.searchsorted(self.cumulated[1:], levels), len(self.values) - 1)])
        return np.interp(levels, self.cumulated, self.values)


def _one_hump(mass: Doubles) -> Doubles:
    """Return the nearest masses that rise to one place and fall from it (least squares, best place of all)."""
    best, error = mass, np.inf
    for peak in range(len(mass)):
        rising = isotonic_regression(mass[: peak + 1]).x
        falling = isotonic_regression(mass[peak:], increasing=False).x
        fitted = np.concatenate([rising[:-1], [max(rising[-1], falling[0])], falling[1:]])
        misfit = float(((fitted - mass) ** 2).sum())
        if misfit < error - 1e-12:
            best, error = fitted, misfit
    return best
