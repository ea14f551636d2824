"""How often customers order: the usual gap between two orders, and which silence is long beside it."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.data.values import finite
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, TENURE_DAYS

Doubles = npt.NDArray[np.float64]

LONG = 2.0
"""Usual gaps from which a silence is long: where orders come at random, six in seven gaps are shorter (1 − e⁻² = .86)."""

OWN_ORDERS = 4
"""Orders (three gaps) from which a customer has a rhythm of its own."""

OWN_CUSTOMERS = 20
"""Customers with a rhythm of their own from which a group of customers has one."""


def gaps(customers: pd.DataFrame) -> Doubles | None:
    """Return the mean days between each customer's orders (NaN for who bought once), or None where the data do not tell.

    Parameters
    ----------
    customers : pandas.DataFrame
        One row a customer; days since the last order, days since the first, and number of orders.
    """
    if not {TENURE_DAYS, RECENCY_DAYS, FREQUENCY} <= set(customers):
        return None
    tenure, recency, orders = (finite(customers[name]) for name in (TENURE_DAYS, RECENCY_DAYS, FREQUENCY))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (tenure - recency) / (orders - 1)
    # orders of one day are no rhythm: below a day no silence can be told from the next
    return np.where((orders > 1) & (found >= 0), np.maximum(found, 1.0), np.nan)


def usual_gap(customers: pd.DataFrame) -> float | None:
    """Return the usual days between two orders of a customer (median over those who came back), or None."""
    known = gaps(customers)
    return None if known is None or np.isnan(known).all() else float(np.nanmedian(known))


def long_silence(customers: pd.DataFrame, group: npt.NDArray[np.bool_]) -> float | None:
    """Return the days of silence from which a group of customers is quiet: `LONG` gaps of its own, or of all customers.

    Parameters
    ----------
    customers : pandas.DataFrame
        All customers.
    group : numpy.ndarray of bool
        Who belongs to the group; its own gap counts where `OWN_CUSTOMERS` of them ordered `OWN_ORDERS` times.
    """
    usual, own = usual_gap(customers), gaps(customers)
    if usual is None or own is None:
        return None
    held = own[group & (finite(customers[FREQUENCY]) >= OWN_ORDERS)]
    held = held[~np.isnan(held)]
    return LONG * (float(np.median(held)) if len(held) >= OWN_CUSTOMERS else usual)


def silence(customers: pd.DataFrame) -> Doubles | None:
    """Return how many usual gaps each customer has been silent: its own gap after `OWN_ORDERS` orders, else that of all."""
    usual, own = usual_gap(customers), gaps(customers)
    if usual is None or own is None:
        return None
    enough = finite(customers[FREQUENCY]) >= OWN_ORDERS
    return np.asarray(finite(customers[RECENCY_DAYS]) / np.where(enough & np.isfinite(own), own, usual))
