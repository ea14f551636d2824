"""Where a business stands with its goal: today's figure, counted from its own orders where they can tell."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from segkit.words.numbers import count, date, money, percent
from segkit.words.terms import FREQUENCY, MONETARY_TOTAL, RECENCY_DAYS, TENURE_DAYS, GoalReason

Unit = Literal["share", "money", "count"]

YEAR = dt.timedelta(days=365)
QUARTER = dt.timedelta(days=91)
HALF_YEAR = dt.timedelta(days=182)

FEWEST = 20
"""Customers below which a figure of today says too little to set a target by."""

NEEDS: dict[GoalReason, dt.timedelta] = {
    GoalReason.KEEP: 2 * YEAR,
    GoalReason.WIN_BACK: YEAR + QUARTER,
    GoalReason.GROW_VALUE: YEAR,
    GoalReason.FIND_NEW: HALF_YEAR + 2 * QUARTER,
}
"""How long orders must reach back for the figure of each goal that orders can tell."""

NOT_TOLD: dict[GoalReason, str] = {
    GoalReason.MESSAGE: "Your file does not say whom you wrote to and who answered: count both in your next mailing.",
    GoalReason.CHANNEL: "Your file does not say what each channel costs: add up a quarter's costs and orders of each.",
    GoalReason.PRODUCT: "Only you know which products are new: mark them, and add up their sales.",
    GoalReason.PRICE: "Take the margin from your accounts: your file holds sales, not what they cost you.",
    GoalReason.SERVICE: "Your file holds no complaints: count them for a month.",
    GoalReason.BUDGET: "Your file does not say what you spend on marketing: write it down beside the sales that it brings.",
    GoalReason.NICHE: "There is no niche yet: once you have chosen a segment in notebook 5, its money is today's figure.",
    GoalReason.FOCUS: "Your file holds no hours: write them down for two weeks.",
}
"""Why orders do not tell today's figure of the other goals, and what to count instead."""


@dataclass(frozen=True, eq=False)
class Today:
    """Today's figure of a goal.

    Attributes
    ----------
    reason : GoalReason
        The goal.
    unit : {"share", "money", "count"}
        A share of customers (0 to 1), money a customer, or a number of customers.
    counted : pandas.Series of float
        What each customer who counts brings to the figure, index ``customer_id``: their mean, or for a number their sum, is it.
    worth : float or None
        Money a year that one more customer (or for money one more unit of it with each customer) is worth; None without money.
    said : str
        The figure in a sentence.
    """

    reason: GoalReason
    unit: Unit
    counted: "pd.Series[float]"
    worth: float | None
    said: str

    @property
    def value(self) -> float:
        """The figure itself."""
        return float(self.counted.sum() if self.unit == "count" else self.counted.mean())

    @property
    def entered(self) -> float:
        """The figure as the form of notebook 1 holds it: a share in per cent, rounded to what is worth saying."""
        return entered(self.value, self.unit)


def entered(value: float, unit: Unit) -> float:
    """Return a figure as the form of notebook 1 holds it."""
    return round(100 * value, 1) if unit == "share" else float(round(value)) if unit == "count" else round(value, 2)


def written(value: float, unit: Unit, currency: str = "") -> str:
    """Write a figure with its unit."""
    return percent(value) if unit == "share" else money(value, currency) if unit == "money" else count(value)


def today(
    reason: GoalReason,
    now: pd.DataFrame,
    until: Callable[[dt.date], pd.DataFrame],
    first: dt.date | None,
    as_of: dt.date | None,
    currency: str = "",
) -> Today | str:
    """Return today's figure of a goal, or why the orders do not tell it, and what to do instead.

    Parameters
    ----------
    reason : GoalReason
        The goal.
    now : pandas.DataFrame
        One row a customer, counted up to the analysis date.
    until : callable
        Returns the same table as it was on a day of the past.
    first, as_of : datetime.date or None
        The day of the first order, and the analysis date.
    currency : str
        Sign or code of the money.
    """
    if reason in NOT_TOLD:
        return NOT_TOLD[reason]
    if as_of is None or first is None or not {FREQUENCY, RECENCY_DAYS, TENURE_DAYS} <= set(now):
        return "Your file holds no dated orders, so you need to count today's figure yourself."
    if as_of - first < NEEDS[reason]:
        needs, covered = (count(time.days // 30, "month") for time in (NEEDS[reason], as_of - first))
        return f"This needs orders of {needs}; yours cover {covered}. Count it yourself until then."
    if reason is GoalReason.GROW_VALUE and MONETARY_TOTAL not in now:
        return "Your file holds no money, so you need to work out yourself what a customer spends."
    figure = _FIGURES[reason](now, until, as_of, currency)
    if len(figure.counted) < FEWEST:
        return f"Only {count(len(figure.counted), 'customer')} would count: too few to say where you stand."
    return figure


def _since(now: pd.DataFrame, before: pd.DataFrame, column: str) -> "pd.Series[float]":
    """Return what each customer of now has of a column beyond what it had before."""
    old = before[column].astype(float).reindex(now.index).fillna(0.0)
    return (now[column].astype(float).fillna(0.0) - old).clip(lower=0.0)


def _spent(now: pd.DataFrame, before: pd.DataFrame, who: "pd.Series[bool]", times: float = 1.0) -> float | None:
    """Return what these customers spent since on average, ``times`` a year; None where no money is known."""
    if MONETARY_TOTAL not in now or MONETARY_TOTAL not in before or not who.any():
        return None
    return times * float(_since(now, before, MONETARY_TOTAL)[who[who].index].mean())


def _keep(now: pd.DataFrame, until: Callable[[dt.date], pd.DataFrame], as_of: dt.date, currency: str) -> Today:
    before = until(as_of - YEAR)
    base = before.index[before[RECENCY_DAYS].astype(float) <= YEAR.days].intersection(now.index)
    again = _since(now, before, FREQUENCY).loc[base] > 0
    said = (
        f"Of {count(len(base), 'customer')} who bought in the year up to {date(as_of - YEAR)}, {percent(float(again.mean()))} "
        "bought again in the year after."
    )
    return Today(GoalReason.KEEP, "share", again.astype(float), _spent(now, before, again), said)


def _win_back(now: pd.DataFrame, until: Callable[[dt.date], pd.DataFrame], as_of: dt.date, currency: str) -> Today:
    before = until(as_of - QUARTER)
    quiet = before.index[before[RECENCY_DAYS].astype(float) > YEAR.days].intersection(now.index)
    back = _since(now, before, FREQUENCY).loc[quiet] > 0
    said = (
        f"Of {count(len(quiet), 'customer')} who had been quiet for a year by {date(as_of - QUARTER)}, "
        f"{count(int(back.sum()))} ordered again in the quarter after."
    )
    return Today(GoalReason.WIN_BACK, "count", back.astype(float), _spent(now, before, back, 4.0), said)


def _grow_value(now: pd.DataFrame, until: Callable[[dt.date], pd.DataFrame], as_of: dt.date, currency: str) -> Today:
    bought = now.index[now[RECENCY_DAYS].astype(float) <= YEAR.days]
    spent = _since(now, until(as_of - YEAR), MONETARY_TOTAL).loc[bought]
    said = (
        f"{count(len(bought), 'customer')} bought in the year up to {date(as_of)}; they spent "
        f"{money(float(spent.mean()), currency)} each on average, and half of them no more than "
        f"{money(float(spent.median()), currency)}."
    )
    return Today(GoalReason.GROW_VALUE, "money", spent, float(len(bought)), said)


def _find_new(now: pd.DataFrame, until: Callable[[dt.date], pd.DataFrame], as_of: dt.date, currency: str) -> Today:
    before = until(as_of - HALF_YEAR)
    new = before.index[before[TENURE_DAYS].astype(float) <= QUARTER.days].intersection(now.index)
    again = now.loc[new, FREQUENCY].astype(float) > 1
    said = (
        f"Of {count(len(new), 'customer')} who first bought in the quarter up to {date(as_of - HALF_YEAR)}, "
        f"{count(int(again.sum()))} had ordered again half a year later."
    )
    return Today(GoalReason.FIND_NEW, "count", again.astype(float), _spent(now, before, again, 4.0), said)


_FIGURES = {
    GoalReason.KEEP: _keep,
    GoalReason.WIN_BACK: _win_back,
    GoalReason.GROW_VALUE: _grow_value,
    GoalReason.FIND_NEW: _find_new,
}
