"""Whether the orders tell what comes next, and what can be said where they do not."""

import datetime as dt

import numpy as np

from segkit.core.criteria.comparison.holdout import FEWEST_BACK, FIRST, SHORTEST_DAYS
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import finite
from segkit.core.disclosure import counted
from segkit.words.numbers import capital, count
from segkit.words.numbers import date as in_words
from segkit.words.terms import FREQUENCY, MIN_CUSTOMERS, RECENCY_DAYS, TENURE_DAYS

INSTEAD = "What they have bought so far, at the top of this notebook, is the better guide for now."


def days_to_look_back(data: CustomerData) -> tuple[dt.date, dt.date] | str:
    """Return the days after a third and two thirds of the time covered, or in a sentence why the orders do not tell.

    Parameters
    ----------
    data : CustomerData
        The customers, read as a whole.
    """
    there = {FREQUENCY, RECENCY_DAYS, TENURE_DAYS} <= set(data.customers)
    if not there or data.first_date is None or data.last_date is None or data.as_of is None:
        return (
            "What customers are worth from today on cannot be told from these data: that takes the date of each order. "
            "Add order lines with dates."
        )
    orders = finite(data.customers[FREQUENCY])
    if not (orders > 1).any():
        return (
            "Every customer has bought once, so these data say nothing of later orders: nobody shows how often people come "
            f"back, and any figure would be a guess. {INSTEAD}"
        )
    days = (data.last_date - data.first_date).days
    if days < SHORTEST_DAYS:
        return (
            f"What customers are worth from today on cannot be told yet: the orders cover {count(days, 'day')}, and it takes "
            f"{SHORTEST_DAYS} to see who comes back. {INSTEAD}"
        )
    first = data.first_date
    return first + dt.timedelta(days=int(FIRST / 2 * days)), first + dt.timedelta(days=int(FIRST * days))


def too_few(before: CustomerData, after: CustomerData) -> str:
    """Say why the customers of a day are too few to learn from what they ordered since; empty where they are enough."""
    orders = finite(before.customers[FREQUENCY]) if FREQUENCY in before.customers else np.empty(0)
    held = int((orders >= 1).sum())
    later = after.customers.reindex(before.customers.index)[FREQUENCY]
    back = int((np.nan_to_num(finite(later)) > np.nan_to_num(orders)).sum()) if held else 0
    if held >= MIN_CUSTOMERS and back >= FEWEST_BACK:
        return ""
    bought = f"{capital(counted(held, 'customer'))} had bought by {in_words(before.as_of)}"
    came = f"{counted(back)} of them came back by {in_words(after.as_of)}"
    return f"{bought}, and {came}; it takes {MIN_CUSTOMERS} and {FEWEST_BACK}."
