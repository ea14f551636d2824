"""Results of notebook 1: where the business stands with its goals, counted from its own orders."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.core.data.rhythm import usual_gap
from segkit.core.goals.break_even import cost
from segkit.core.goals.target import Target, target
from segkit.core.goals.today import Today, today
from segkit.decisions.goals import Goals
from segkit.words.terms import GoalReason
from segkit.workbook.kept import Kept


@dataclass(frozen=True, eq=False)
class GoalResults:
    """The goals held against the orders.

    Attributes
    ----------
    customer_data : CustomerData
        The customers.
    until : callable
        Returns the customers as they were on a day of the past.
    with_later : callable
        Returns the customers as they were on a day, or are, with the orders of the later period; None without one.
    goals : Goals
        The decision of notebook 1.
    kept : Kept
        Results of before.
    """

    customer_data: CustomerData
    until: Callable[[dt.date], CustomerData]
    with_later: Callable[[dt.date | None], CustomerData | None]
    goals: Goals
    kept: Kept

    def today(self, reason: GoalReason) -> Today | str:
        """Return today's figure of a goal, or why the orders do not tell it."""
        data = self.customer_data
        return self.kept.get(f"today {reason}", data, lambda: _figure(reason, data, self.until))

    def later(self, reason: GoalReason) -> Today | str | None:
        """Return the figure after the later period, or why the orders do not tell it; None without a later period."""
        data = self.with_later(None)
        if data is None:
            return None

        def until(day: dt.date) -> CustomerData:
            return self.with_later(day) or data

        return self.kept.get(f"later {reason}", data, lambda: _figure(reason, data, until))

    def target(self, reason: GoalReason) -> Target | None:
        """Return a target for a goal, or None where today's figure is not known."""
        found, data, goals = self.today(reason), self.customer_data, self.goals
        if isinstance(found, str) or data.as_of is None:
            return None
        return target(
            found,
            goals.business,
            data.as_of,
            gap=usual_gap(data.customers),
            margin=goals.break_even.margin,
            cost=cost(goals.break_even),
            currency=data.currency,
        )


def _figure(reason: GoalReason, data: CustomerData, until: Callable[[dt.date], CustomerData]) -> Today | str:
    def customers(day: dt.date) -> pd.DataFrame:
        return until(day).customers

    return today(reason, data.customers, customers, data.first_date, data.as_of, data.currency)
