"""A test on the past: what each way of reckoning would have expected of the last part of the time, beside what came."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.core.data.features import MARGIN_TOTAL
from segkit.core.data.values import finite
from segkit.core.profiles.lifetime.bg_nbd import BG_NBD, MBG_NBD
from segkit.core.profiles.lifetime.buying import Fitted, fit
from segkit.core.profiles.lifetime.gamma_gamma import fit_spend
from segkit.core.profiles.lifetime.histories import histories
from segkit.core.profiles.lifetime.pace import follow
from segkit.core.profiles.lifetime.pareto_nbd import PARETO_NBD
from segkit.words.terms import FREQUENCY, MONETARY_TOTAL, TENURE_DAYS, Base

Doubles = npt.NDArray[np.float64]

PLAIN = "The plain way"
SAME_RATE = "Same rate as before"
MODELS = (BG_NBD, MBG_NBD, PARETO_NBD)


@dataclass(frozen=True, eq=False)
class Expected:
    """Orders and money (None where no money is known) for each customer of the first period, shape (customers,)."""

    orders: Doubles
    money: Doubles | None


@dataclass(frozen=True, eq=False)
class Past:
    """The same files as they were on two days of the past, and as they are.

    Attributes
    ----------
    earlier, first, whole : CustomerData
        Read up to a third and two thirds of the time covered, and as a whole. The plain way needs the earliest to be tested.
    """

    earlier: CustomerData
    first: CustomerData
    whole: CustomerData

    @property
    def before(self) -> float:
        """Days between the first two."""
        return _days(self.earlier, self.first)

    @property
    def days(self) -> float:
        """Days between the last two: those of the test."""
        return _days(self.first, self.whole)

    def came(self) -> Expected:
        """Return what each customer of the first period ordered since."""
        before, after = self.first.customers, self.whole.customers.reindex(self.first.customers.index)
        column = money_column(self.whole.customers)
        return Expected(_more(before, after, FREQUENCY), None if column is None else _more(before, after, column))


def with_what_stays(then: CustomerData, whole: CustomerData) -> CustomerData:
    """Return the customers as orders alone tell them on a day of the past, with what is known of them besides behaviour."""
    stays = [v.name for v in whole.variables if v.base is not Base.BEHAVIOURAL and v.name not in then.customers]
    return replace(then, customers=then.customers.join(whole.customers[stays]))


def _days(one: CustomerData, other: CustomerData) -> float:
    assert one.as_of is not None and other.as_of is not None, "orders that are split by a day have dates"
    return float((other.as_of - one.as_of).days)


def _more(before: pd.DataFrame, after: pd.DataFrame, column: str) -> Doubles:
    return np.maximum(np.nan_to_num(finite(after[column])) - np.nan_to_num(finite(before[column])), 0.0)


def money_column(customers: pd.DataFrame) -> str | None:
    """Return the column that tells what orders bring: their margin, else what is spent; None without money."""
    return next((name for name in (MARGIN_TOTAL, MONETARY_TOTAL) if name in customers and customers[name].notna().any()), None)


def per_order(customers: pd.DataFrame) -> Doubles | None:
    """Return what an order of each customer has brought so far, at least 0; None without money."""
    column = money_column(customers)
    if column is None:
        return None
    orders = finite(customers[FREQUENCY])
    return np.maximum(np.nan_to_num(finite(customers[column])), 0.0) / np.maximum(np.nan_to_num(orders), 1.0)


def plain(past: Past) -> Expected:
    """Return what the plain way expects of the time of the test, knowing nothing of it."""
    followed = follow(past.earlier.customers, past.first.customers, past.before)
    customers = past.first.customers
    orders = followed.course().orders(followed.bands.of(customers), past.days)
    return _priced(orders, per_order(customers))


def same_rate(past: Past) -> Expected:
    """Return what would come if every customer went on ordering again at the rate so far."""
    customers = past.first.customers
    orders, tenure = finite(customers[FREQUENCY]), np.maximum(finite(customers[TENURE_DAYS]), 1.0)
    found = np.maximum(np.nan_to_num((orders - 1) / tenure), 0.0) * past.days
    return _priced(found, per_order(customers))


def modelled(past: Past) -> dict[str, tuple[Fitted, Expected]]:
    """Return each model of buying fitted to the first period, and what it expects of the time of the test.

    Money is by gamma-gamma where at least two customers have spent something, so that there is something to fit.
    """
    customers = past.first.customers
    known = histories(customers)
    price = per_order(customers)
    if price is not None and (price > 0).sum() > 1:
        orders = np.maximum(np.nan_to_num(finite(customers[FREQUENCY])), 1.0)
        price = fit_spend(orders[price > 0], price[price > 0]).per_order(orders, price)
    found = {}
    for model in MODELS:
        fitted = fit(model, known)
        orders = fitted.orders(known, past.days)
        found[model.name] = fitted, _priced(orders, price)
    return found


def _priced(orders: Doubles, price: Doubles | None) -> Expected:
    return Expected(orders, None if price is None else orders * price)
