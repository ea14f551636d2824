"""Segments weighed against each other, and the arithmetic of tests and break-even."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Attractiveness and position of each segment.

    ``table``: index ``segment_id``; columns ``segment_name``, ``size``, ``value``, ``attractiveness`` (1 to 5, weighted mean), ``position`` (1 to 5),
    one column for each attractiveness criterion (1 to 5), ``passes`` (bool) and ``fails`` (which knock-out criteria, in words).
    ``sentence`` reads the table.
    """

    table: pd.DataFrame
    sentence: str


@dataclass(frozen=True)
class BreakEvenResult:
    """What the segmentation must bring: ``extra_revenue`` (money a year), ``share_of_revenue`` (None if unknown), ``sentence``."""

    cost: float
    extra_revenue: float
    share_of_revenue: float | None
    sentence: str


@dataclass(frozen=True)
class TestPlan:
    """Customers needed in each arm to see a lift, and what the segment's size allows."""

    __test__ = False

    per_arm: int
    available: int
    detectable_rate: float | None
    sentence: str
