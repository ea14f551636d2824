"""Decision of notebook 1: why the business segments, and what a good segment must be."""

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from segkit.decisions.model import Decision, Model, Share, ShortText, Text
from segkit.words.regions import Region
from segkit.words.terms import Attractiveness, BusinessSize, CustomerKind, GoalReason, Industry, KnockOut, SegmentAtAll


class Business(Model):
    """The business that segments its customers."""

    name: ShortText = ""
    kind: CustomerKind = CustomerKind.CONSUMER
    kind_stands: bool = False
    """Whether a person stands by ``kind`` although their files look otherwise."""
    industry: Industry = Industry.OTHER
    size: BusinessSize = BusinessSize.MICRO
    currency: Annotated[str, Field(max_length=8)] = ""
    region: Region = Region.GB
    """Whose way of writing figures and dates the workbook follows; its words are English everywhere."""


class Goal(Model):
    """One reason to segment, with something measurable."""

    reason: GoalReason
    measure: ShortText = ""
    baseline: float | None = None
    target: float | None = None
    by: dt.date | None = None


class Weight(Model):
    """How much one attractiveness criterion counts, 0 (not at all) to 5 (most)."""

    criterion: Attractiveness
    weight: Annotated[int, Field(ge=0, le=5)]


class BreakEven(Model):
    """What the segmentation costs and what a customer brings, both for one year in the file's currency."""

    hours: Annotated[float, Field(ge=0)] = 40
    hourly_cost: Annotated[float, Field(ge=0)] = 40
    other_cost: Annotated[float, Field(ge=0)] = 500
    yearly_revenue: Annotated[float, Field(ge=0)] | None = None
    margin: Share = 0.3


class Goals(Decision):
    """Decision of notebook 1: why the business segments, and what a good segment must be."""

    business: Business = Business()
    segment_at_all: SegmentAtAll = SegmentAtAll.YES
    goals: Annotated[tuple[Goal, ...], Field(max_length=3)] = ()
    knock_outs: tuple[KnockOut, ...] = (KnockOut.DISTINCT, KnockOut.LARGE_ENOUGH, KnockOut.IDENTIFIABLE, KnockOut.REACHABLE)
    smallest_share: Share = 0.05
    weights: tuple[Weight, ...] = tuple(Weight(criterion=c, weight=3) for c in Attractiveness)
    break_even: BreakEven = BreakEven()
    why_at_all: Text = ""
    """Why to segment, or not; ``why`` tells why these goals."""

    def meant(self, reason: str) -> Any:
        """Return the goals, or the answer whether to segment at all."""
        return self.segment_at_all if reason == "why_at_all" else self.goals

    @model_validator(mode="after")
    def _goals_differ(self) -> Self:
        reasons = [goal.reason for goal in self.goals]
        if len(set(reasons)) < len(reasons):
            raise ValueError("the same goal appears twice; choose different goals")
        return self
