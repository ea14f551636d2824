"""Buying histories: repeat orders, the time of the last one, and the time known, each different one once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.data.values import finite
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, TENURE_DAYS

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

WEEK = 7.0
"""Days in the unit of time of the models."""


@dataclass(frozen=True, eq=False)
class Histories:
    """What the models of buying know of customers; equal histories are kept once, with the number of their customers.

    Attributes
    ----------
    repeats : numpy.ndarray of float, shape (histories,)
        Orders after the first.
    last : numpy.ndarray of float, shape (histories,)
        Weeks from the first order to the last; 0 where there was one.
    known : numpy.ndarray of float, shape (histories,)
        Weeks from the first order to the analysis date.
    customers : numpy.ndarray of float, shape (histories,)
        Customers of each.
    of : numpy.ndarray of int, shape (customers,)
        Place of each customer's history; −1 where there is none.
    """

    repeats: Doubles
    last: Doubles
    known: Doubles
    customers: Doubles
    of: Places

    def each(self, values: Doubles) -> Doubles:
        """Return for each customer the value of its history; 0 for those who have none."""
        return np.where(self.of >= 0, np.append(values, 0.0)[self.of], 0.0)

    def at_most(self, most: int, *, seed: int = 0) -> "Histories":
        """Return as many histories as that, drawn at random, so that very many customers take no longer to fit."""
        if len(self.repeats) <= most:
            return self
        some = np.sort(np.random.default_rng(seed).permutation(len(self.repeats))[:most])
        return Histories(
            self.repeats[some], self.last[some], self.known[some], self.customers[some], np.empty(0, dtype=np.intp)
        )


def histories(customers: pd.DataFrame) -> Histories:
    """Return the buying histories of a table of customers.

    Parameters
    ----------
    customers : pandas.DataFrame
        One row a customer; number of orders, days since the last one and since the first.

    Notes
    -----
    Orders of one day are one purchase to the models. Where a customer has more orders than there are days between the first
    and the last, the days count; who ordered on one day only has bought once.
    """
    orders, recency, tenure = (finite(customers[name]) for name in (FREQUENCY, RECENCY_DAYS, TENURE_DAYS))
    there = (orders >= 1) & (recency >= 0) & (tenure >= recency)
    days = tenure[there] - recency[there]
    rows = np.column_stack([np.minimum(np.round(orders[there]) - 1, days), days, tenure[there]])
    rows[rows[:, 0] == 0, 1] = 0.0
    unique, place, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    of = np.full(len(customers), -1, dtype=np.intp)
    of[there] = place.ravel()
    return Histories(unique[:, 0], unique[:, 1] / WEEK, unique[:, 2] / WEEK, counts.astype(np.float64), of)
