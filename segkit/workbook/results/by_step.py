"""The results of one workbook, step by step: this file only says which rests on which."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from segkit.core.data.customers import CustomerData
from segkit.core.profiles.lifetime.worth import Terms
from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Goals
from segkit.decisions.profiles import Profiles
from segkit.decisions.targeting import Targeting
from segkit.workbook.kept import Kept
from segkit.workbook.results.criteria.comparison import ComparisonResults
from segkit.workbook.results.criteria.rfm import RfmResults
from segkit.workbook.results.criteria.segments import CriteriaResults
from segkit.workbook.results.data import DataResults
from segkit.workbook.results.goals import GoalResults
from segkit.workbook.results.profiles import ProfileResults
from segkit.workbook.results.review import ReviewResults
from segkit.workbook.results.targeting import TargetingResults


@dataclass(frozen=True, eq=False)
class Results:
    """One object a step; those of notebook 3 are three."""

    goals: GoalResults
    data: DataResults
    criteria: CriteriaResults
    rfm: RfmResults
    comparison: ComparisonResults
    profiles: ProfileResults
    targeting: TargetingResults
    review: ReviewResults

    @classmethod
    def of(
        cls,
        customer_data: CustomerData,
        *,
        until: Callable[[dt.date], CustomerData],
        later: Callable[[], CustomerData | None],
        with_later: Callable[[dt.date | None], CustomerData | None],
        goals: Goals,
        criteria: Criteria,
        personas: Profiles,
        ratings: Targeting,
        business: str,
        kept: Kept,
        margin_known: bool = False,
        orders_until: Callable[[dt.date], CustomerData] | None = None,
    ) -> Self:
        """Build the results from the customers and the decisions; nothing is computed before it is asked for.

        Parameters
        ----------
        customer_data : CustomerData
            The customers, read and cleaned.
        until : callable
            Returns the customers as they were on a day of the past.
        later : callable
            Returns the customers after the later period, or None without one.
        with_later : callable
            Returns the customers of all orders, those of the later period among them, as they are or were on a day.
        goals, criteria, personas, ratings
            The decisions that the results rest on.
        business : str
            Name of the sample, or "own".
        kept : Kept
            Results of before, so that a changed decision recomputes only what rests on it.
        margin_known : bool, default False
            Whether somebody answered what the margin is, so that it is more than the workbook's suggestion.
        orders_until : callable, optional
            Returns the customers as the orders alone tell them, on a day of the past; by default what ``until`` returns.
        """
        data = DataResults(customer_data, until, kept)
        segments = CriteriaResults(data, criteria, personas.labels, business, kept)
        margin = goals.break_even.margin if margin_known else None
        terms = Terms(personas.horizon_months, personas.yearly_discount, margin)
        profiles = ProfileResults(segments, personas.spread_of, terms, orders_until or until)
        return cls(
            GoalResults(customer_data, until, with_later, goals, kept),
            data,
            segments,
            RfmResults(segments),
            ComparisonResults(segments, goals),
            profiles,
            TargetingResults(segments, profiles, goals, ratings),
            ReviewResults(segments, later),
        )
