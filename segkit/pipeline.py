"""Decisions and data in, results out: the one path for notebooks, command line, tests and reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pandas as pd

from segkit.core import criteria as criteria_
from segkit.core import knock_outs, rfm_table, stability, targeting, ways
from segkit.core import profiles as profiles_
from segkit.core import review as review_
from segkit.core import segmentation as segmentation_
from segkit.core.consequences import Consequences, consequences
from segkit.core.customers import CustomerData
from segkit.core.knock_outs import Met
from segkit.core.profiles import ProfileTables
from segkit.core.review import ReviewTables
from segkit.core.rfm import MONEY, RfmRule
from segkit.core.rule_linter import Lint
from segkit.core.segmentation import Segmentation
from segkit.core.stability import HowMany, Trust
from segkit.core.targeting import Evaluation
from segkit.decisions import Criteria, Goals, Profiles, Targeting
from segkit.errors import CriteriaError, TooFewCustomersError
from segkit.terms import (
    FREQUENCY,
    MONETARY_TOTAL,
    RECENCY_DAYS,
    SEGMENT_ID,
    SEGMENT_NAME,
    Base,
    KnockOut,
    Method,
    RfmMoney,
    Verdict,
)

T = TypeVar("T")


class Kept:
    """Results by name, each computed again only when what it rests on has changed."""

    def __init__(self) -> None:
        self._results: dict[str, tuple[object, Any]] = {}

    def get(self, name: str, rests_on: object, compute: Callable[[], T]) -> T:
        """Return the result of that name for these inputs, computing it where need be."""
        kept = self._results.get(name)
        if kept is None or kept[0] != rests_on:
            kept = (rests_on, compute())
            self._results[name] = kept
        result: T = kept[1]
        return result


@dataclass(frozen=True, eq=False)
class Results:
    """Every result of one workbook, computed when first asked for.

    Attributes
    ----------
    business : str
        Name of the sample, or "own": what a person writes about a segment is filed under it, and never shown for another's.
    data : CustomerData
        The customers, read and cleaned.
    later : callable
        Returns the customers after the later period, or None without one.
    goals, criteria, profiles, targeting
        The decisions that the results rest on.
    kept : Kept
        Results of before, so that a changed decision recomputes only what rests on it.
    """

    business: str
    data: CustomerData
    later: Callable[[], CustomerData | None]
    goals: Goals
    criteria: Criteria
    personas: Profiles
    targeting: Targeting
    kept: Kept

    @property
    def plain_criteria(self) -> Criteria:
        """The criteria without the person's reason, which changes no result."""
        return self.criteria.revise(why="")

    @property
    def bases(self) -> criteria_.BasesOverview:
        """What this business knows by segmentation base."""
        return self.kept.get("bases", self.data, lambda: criteria_.bases(self.data))

    @property
    def found_method(self) -> Method:
        """How segments are found in the data: as chosen, or as the variables suggest."""
        return ways.found_method(self.data, self.plain_criteria)

    @property
    def suggested_method(self) -> tuple[Method, str]:
        """How to look for segments in the variables chosen or suggested, and why."""
        return ways.suggest_method(self.data, self.criteria.variables or criteria_.suggest_variables(self.data))

    @property
    def bases_in_use(self) -> tuple[Base, ...]:
        """Bases of the variables that form the segments found in the data."""
        names = self.criteria.variables or criteria_.suggest_variables(self.data)
        held = {v.base for v in self.data.variables if v.name in names}
        return tuple(base for base in Base if base in held)

    @property
    def how_many(self) -> HowMany:
        """Evidence for each number of segments found in the data."""
        return self._how_many(self.found_method)

    def _how_many(self, method: Method) -> HowMany:
        criteria = self.criteria.used_by(method).revise(n_segments=None)
        compute = lambda: stability.how_many(self.data, criteria, seed=criteria.seed)  # noqa: E731
        return self.kept.get(f"how many {method}", (self.data, criteria), compute)

    @property
    def what_if(self) -> Consequences:
        """What other decisions on the variables would change in the segments found in the data."""
        formed = self.formed(self.found_method)
        criteria = self.plain_criteria.revise(method=self.found_method, n_segments=len(formed.segments))
        return self.kept.get("what if", formed, lambda: consequences(self.data, criteria, formed))

    def formed(self, method: Method) -> Segmentation:
        """Form the segments by one method, under their computed names.

        Raises
        ------
        TooFewCustomersError
            If there are too few customers to segment.
        CriteriaError
            If the criteria form no segments with these data.
        """
        segmentation_.enough(self.data)
        criteria = self.criteria.used_by(method)
        if method.found and criteria.n_segments is None:
            criteria = criteria.revise(n_segments=self._how_many(method).recommended)
        return self.kept.get(f"formed {method}", (self.data, criteria), lambda: segmentation_.segment(self.data, criteria))

    def asked_for(self, method: Method) -> dict[KnockOut, Met]:
        """Hold one way to split against the criteria that were set in notebook 1."""
        formed, goals = self.formed(method), self.goals
        rests_on = (formed, goals.knock_outs, goals.smallest_share)
        return self.kept.get(f"asked for {method}", rests_on, lambda: knock_outs.asked_for(self.data, formed, goals))

    @property
    def rfm_rule(self) -> RfmRule:
        """The fitted RFM rule: its scales and its naming table."""
        rule = self.formed(Method.RFM).rule
        assert isinstance(rule, RfmRule)
        return rule

    @property
    def rfm_checked(self) -> Lint:
        """What the linter says of the naming table."""
        rule = self.rfm_rule
        return self.kept.get("rfm checked", (self.data, rule), lambda: rfm_table.checked(rule, self.data.customers))

    @property
    def rfm_money(self) -> dict[RfmMoney, str]:
        """What can stand for money in RFM, with its column."""
        return {kind: column for kind, (column, _) in MONEY.items() if column in self.data.customers}

    @property
    def filed_under(self) -> str:
        """Where a person's words about the segments of this segmentation are filed."""
        return f"{self.business}/{self.formed(self.criteria.method).key}"

    @property
    def segmentation(self) -> Segmentation:
        """The chosen segmentation, under the names that the person gave."""
        formed = self.formed(self.criteria.method)
        names = {e.segment_id: e.name for e in self.personas.labels if e.segmentation == self.filed_under and e.name}
        return self.kept.get("segmentation", (formed, names), lambda: renamed(formed, names))

    def trust_of(self, method: Method) -> Trust:
        """How far the segments of one method may be trusted."""
        formed = self.formed(method)
        criteria = self.plain_criteria.revise(method=method)
        evidence = self._how_many(method) if method.found else None
        compute = lambda: stability.trust(self.data, formed, criteria, evidence, seed=criteria.seed)  # noqa: E731
        return self.kept.get(f"trust {method}", formed, compute)

    @property
    def trust(self) -> Trust:
        """How far the chosen segments may be trusted."""
        return self.trust_of(self.criteria.method)

    @property
    def profiles(self) -> ProfileTables:
        """What each segment is like."""
        segmentation = self.segmentation
        return self.kept.get("profiles", segmentation, lambda: profiles_.profile(self.data, segmentation))

    @property
    def evaluation(self) -> Evaluation:
        """The segments weighed against each other."""
        segmentation, profiles, trust = self.segmentation, self.profiles, self.trust
        goals, rated = self.goals.revise(why=""), self.targeting.revise(why="", plans=())
        filed = self.filed_under
        compute = lambda: targeting.evaluate(  # noqa: E731
            self.data, segmentation, profiles, trust, goals, rated, filed_under=filed
        )
        return self.kept.get("evaluation", (segmentation, goals, rated), compute)

    @property
    def review(self) -> ReviewTables | None:
        """What the later period changed, or None without one."""
        after = self.later()
        if after is None:
            return None
        segmentation = self.segmentation
        return self.kept.get("review", (segmentation, after), lambda: review_.review(self.data, after, segmentation))

    @property
    def customer_list(self) -> pd.DataFrame:
        """Columns ``customer_id``, ``segment_id``, ``segment_name``; one row a customer, in order of ``customer_id``."""
        return targeting.customer_list(self.segmentation)


def renamed(segmentation: Segmentation, names: Mapping[str, str]) -> Segmentation:
    """Return the segmentation under the names that a person gave.

    Raises
    ------
    CriteriaError
        If two segments would bear the same name.
    """
    segments = segmentation.segments.copy()
    segments[SEGMENT_NAME] = [names.get(str(i), name) for i, name in zip(segments.index, segments[SEGMENT_NAME], strict=True)]
    twins = segments.loc[segments[SEGMENT_NAME].duplicated(), SEGMENT_NAME]
    if len(twins):
        raise CriteriaError(f"Two segments are called “{twins.iloc[0]}”.", "Give one of them another name in notebook 4.")
    return replace(segmentation, segments=segments)


def summary(results: Results) -> dict[str, Any]:
    """Return the figures of a workbook as plain values (JSON without NaN), for machines and tests."""
    data, customers = results.data, results.data.customers
    means = {
        column: _figure(customers[column].mean()) for column in (RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL) if column in customers
    }
    return {
        "rows_read": data.ledger.rows_read,
        "rows_kept": data.ledger.rows_kept,
        "rows_set_aside": {rule.value: count for rule, count in data.ledger.rows_set_aside.items()},
        "customers": len(customers),
        "orders": data.orders,
        "revenue": _figure(data.revenue),
        "currency": data.currency,
        "first_date": _day(data.first_date),
        "last_date": _day(data.last_date),
        "as_of": _day(data.as_of),
        "means": means,
        "segmentation": _segmentation_summary(results),
    }


def _segmentation_summary(results: Results) -> dict[str, Any]:
    try:
        segmentation, trust, profiles = results.segmentation, results.trust, results.profiles
    except TooFewCustomersError as error:
        return {"verdict": Verdict.TOO_FEW.value, "reason": str(error), "segments": []}
    except CriteriaError as error:
        return {"verdict": Verdict.NONE.value, "reason": str(error), "segments": []}
    segments = [
        {
            SEGMENT_ID: str(segment_id),
            SEGMENT_NAME: row[SEGMENT_NAME],
            "size": int(row["size"]),
            "share": _figure(row["share"]),
            "value": _figure(row.get("value")),
            "value_share": _figure(row.get("value_share")),
        }
        for segment_id, row in profiles.summary.iterrows()
    ]
    return {
        "method": segmentation.method.value,
        "variables": list(segmentation.variables),
        "key": segmentation.key,
        "stability": {
            "adjusted_rand": _figure(trust.adjusted_rand),
            "low": _figure(trust.adjusted_rand_low),
            "high": _figure(trust.adjusted_rand_high),
        },
        "verdict": trust.verdict.value,
        "reason": trust.reason,
        "segments": segments,
    }


def _figure(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), 6)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
