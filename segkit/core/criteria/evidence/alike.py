"""Whether customers all buy alike, or differ more than chance alone would make them differ."""

import numpy as np
import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.core.data.values import finite
from segkit.words.terms import FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, TENURE_DAYS

DISPERSION = 2.0
"""Variance of the number of further orders ÷ what it would be if all came back at the same rate, from which they differ."""

SPREAD = 1.0
"""Standard deviation ÷ mean of money from which customers differ: that of a purely random, exponential amount."""


def buy_alike(data: CustomerData, variables: tuple[str, ...]) -> bool:
    """Tell whether nothing in these variables shows that customers buy differently from one another.

    Orders have a yardstick of chance: if all came back at the same rate, their numbers would vary as Poisson numbers do, given
    how long each has been a customer. Money has none in a customer table; it counts as different when it varies more than
    exponential amounts. Other variables (tastes, answers, places) say nothing of buying.
    """
    units = {v.name: v.unit for v in data.variables}
    amounts = [v for v in variables if units.get(v) == "money" or v in {MONETARY_TOTAL, MONETARY_MEAN}]
    if FREQUENCY in variables:
        if dispersion(data.customers) >= DISPERSION:
            return False
        # the total follows the number of orders, so it tells nothing more
        amounts = [v for v in amounts if v == MONETARY_MEAN]
    return all(spread(data.customers[v]) < SPREAD for v in amounts)


def dispersion(customers: pd.DataFrame) -> float:
    """Return how much more the numbers of further orders vary than at one rate for all (1: not at all)."""
    further = finite(customers[FREQUENCY]) - 1
    exposed = finite(customers[TENURE_DAYS]) if TENURE_DAYS in customers else np.ones(len(further))
    held = np.isfinite(further) & np.isfinite(exposed) & (exposed > 0)
    further, exposed = np.maximum(further[held], 0), exposed[held]
    if not len(further) or further.sum() == 0:
        return 1.0
    expected = exposed * further.sum() / exposed.sum()
    return float(((further - expected) ** 2).sum() / expected.sum())


def spread(values: pd.Series) -> float:
    """Return the standard deviation ÷ mean, the largest hundredth drawn in; 0 where there is none."""
    known = finite(values)
    known = known[np.isfinite(known)]
    if not len(known) or known.mean() <= 0:
        return 0.0
    known = np.minimum(known, np.quantile(known, 0.99))
    return float(known.std() / known.mean())
