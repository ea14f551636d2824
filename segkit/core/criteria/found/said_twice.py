"""Which variables say the same again: a region that the town tells, an income band beside the income."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.found.preparation import COLLINEAR
from segkit.core.data.values import finite, is_number

Doubles = npt.NDArray[np.float64]

BANDS = 16
"""Bands of equally many customers into which numbers are cut."""

TELLS = 0.8
"""Share of what is uncertain about one variable that another takes away, from which it says the same again (Theil's U)."""

SAMPLE = 5_000
"""Most customers looked at, drawn by a seed."""

RULED_OUT = 20.0
"""Where chance alone would give so many customers both of two yes/no answers and nobody has, logic keeps them apart."""


def said_twice(frame: pd.DataFrame, variables: Sequence[str], *, seed: int = 0) -> dict[str, str]:
    """Find the variables that say again what another says, each with that other.

    Of two such the one stays that tells more of all other variables, its number of levels allowed for (by Schwarz's criterion):
    a town replaces its region only where towns differ within the region.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer.
    variables : sequence of str
        Numbers and categories.
    seed : int, default 0
        Seed of the sample.
    """
    rng = np.random.default_rng([seed, 7])
    drawn = frame.iloc[np.sort(rng.permutation(len(frame))[:SAMPLE])]
    shown = [_levels(drawn[v]) for v in variables]
    count = len(shown)
    told, worth = np.zeros((count, count)), np.zeros((count, count))
    for i in range(count):
        for j in range(i):
            told[i, j], told[j, i], worth[i, j] = _tells(shown[i], shown[j])
            worth[j, i] = worth[i, j]
            if is_number(drawn[variables[i]]) and is_number(drawn[variables[j]]):
                same = abs(drawn[[variables[i], variables[j]]].rank().corr().iloc[0, 1]) > COLLINEAR
                told[i, j] = told[j, i] = max(told[i, j], float(same))
    again: dict[str, str] = {}
    kept = list(range(count))
    same = np.argwhere(np.triu(np.maximum(told, told.T) >= TELLS, 1))
    # the surest pairs first, so that of three that say the same one is left
    for i, j in sorted(same.tolist(), key=lambda pair: -max(told[pair[0], pair[1]], told[pair[1], pair[0]])):
        if i in kept and j in kept:
            others = [o for o in range(count) if o not in (i, j)]
            stay, leave = (i, j) if worth[i, others].sum() >= worth[j, others].sum() else (j, i)
            kept.remove(leave)
            again[variables[leave]] = variables[stay]
    return again


def _levels(values: pd.Series) -> npt.NDArray[np.intp]:
    """Return the level of each customer, numbers in bands; −1 where nothing is known."""
    if not is_number(values):
        return np.asarray(pd.factorize(values, sort=True)[0], dtype=np.intp)
    numbers = finite(values)
    known = ~np.isnan(numbers)
    found = np.full(len(numbers), -1, dtype=np.intp)
    different = np.unique(numbers[known])
    if len(different) > BANDS:
        different = np.unique(np.quantile(numbers[known], np.arange(BANDS) / BANDS))
    found[known] = np.searchsorted(different, numbers[known], side="right") - 1
    return found


def _tells(one: npt.NDArray[np.intp], other: npt.NDArray[np.intp]) -> tuple[float, float, float]:
    """Return which share of the other is told by the one, of the one by the other, and what each is worth for the other.

    The shares are Theil's (1972) uncertainty coefficients less what chance gives (Miller 1955); the worth is the likelihood
    ratio less the price of its degrees of freedom (Schwarz 1978), not below zero.
    """
    both = (one >= 0) & (other >= 0)
    table = np.zeros((one.max(initial=0) + 1, other.max(initial=0) + 1))
    np.add.at(table, (one[both], other[both]), 1)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape, default=0) < 2:
        return 0.0, 0.0, 0.0
    n = table.sum()
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    if table.shape == (2, 2) and (table[np.outer(rows, columns) / n >= RULED_OUT] == 0).any():
        return 1.0, 1.0, 0.0
    shared = _uncertain(rows) + _uncertain(columns) - _uncertain(table.ravel())
    free = (len(rows) - 1) * (len(columns) - 1)
    beyond = max(shared - free / (2 * n), 0.0)
    return beyond / _uncertain(columns), beyond / _uncertain(rows), max(n * shared - free * np.log(n) / 2, 0.0)


def _uncertain(counts: Doubles) -> float:
    """Return the entropy of counts, in nats."""
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())
