"""Which of the criteria that a person set before any result a segmentation meets, where the data can tell."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import finite
from segkit.decisions.goals import Goals
from segkit.words.numbers import percent, percents_apart
from segkit.words.terms import KnockOut, Method

APART = 0.5
"""Standard deviations of ranks by which two segments must differ in something that did not form them (a medium effect)."""

ALIKE = 0.5
"""Most of the customers' variance that may be left within the segments, in the ranks of what forms them."""

LACKING = 0.2
"""Share of customers without a value from which a segmentation variable no longer tells who belongs where."""


@dataclass(frozen=True)
class Met:
    """Whether a criterion is met (None: the person must judge), and why, in a sentence."""

    met: bool | None
    why: str


def asked_for(data: CustomerData, segmentation: Segmentation, goals: Goals) -> dict[KnockOut, Met]:
    """Hold a segmentation against the knock-out criteria recorded in notebook 1.

    Parameters
    ----------
    data : CustomerData
        The customers.
    segmentation : Segmentation
        What was made of them.
    goals : Goals
        The criteria, and the smallest share that a segment may have.
    """
    judge = {
        KnockOut.LARGE_ENOUGH: lambda: _large(segmentation, goals.smallest_share),
        KnockOut.DISTINCT: lambda: _distinct(data, segmentation),
        KnockOut.HOMOGENEOUS: lambda: _alike(data, segmentation),
        KnockOut.IDENTIFIABLE: lambda: _identifiable(data, segmentation),
        KnockOut.REACHABLE: lambda: Met(None, "Do you have an address, a channel or a place for each segment?"),
        KnockOut.MATCHES_STRENGTHS: lambda: Met(None, "Can you give each segment what it needs?"),
    }
    return {asked: judge[asked]() for asked in KnockOut if asked in goals.knock_outs}


def _large(segmentation: Segmentation, least: float) -> Met:
    small = segmentation.segments[segmentation.segments["share"] < least]
    smallest = segmentation.segments.loc[segmentation.segments["share"].idxmin()]
    holds, asked = percents_apart(float(smallest["share"]), least)
    if small.empty:
        return Met(True, f"The smallest holds {holds}; you asked for {asked}.")
    more = "" if len(small) == 1 else f" ({len(small)} segments are smaller)"
    return Met(False, f"“{smallest['segment_name']}” holds only {holds} of the customers; you asked for {asked}{more}.")


def _ranks(data: CustomerData, names: list[str]) -> pd.DataFrame:
    """Return the variables as ranks with mean 0 and standard deviation 1: no outlier rules, no unit counts."""
    frame = pd.DataFrame({name: finite(data.customers[name]) for name in names}, index=data.customers.index).rank()
    return (frame - frame.mean()) / frame.std(ddof=0).replace(0, np.nan)


def _distinct(data: CustomerData, segmentation: Segmentation) -> Met:
    names = [v.name for v in data.variables if v.numeric and v.usable and v.name not in segmentation.variables]
    if not names:
        return Met(None, "The data hold nothing else to tell them apart by: look at the profiles in notebook 4.")
    means = _ranks(data, names).groupby(segmentation.segment_of).mean().loc[list(segmentation.segments.index)]
    title = segmentation.segments["segment_name"]
    pairs = {
        (str(title[a]), str(title[b])): float(np.nanmax(np.append(np.abs(means.loc[a] - means.loc[b]), 0.0)))
        for a, b in combinations(means.index, 2)
    }
    near = {pair: apart for pair, apart in pairs.items() if apart < APART}
    if not near:
        return Met(True, "Every two differ clearly in something other than what formed them.")
    (a, b), _ = min(near.items(), key=lambda item: item[1])
    more = f" ({len(near)} pairs are that alike)" if len(near) > 1 else ""
    return Met(False, f"“{a}” and “{b}” hardly differ in anything other than what formed them{more}.")


def _alike(data: CustomerData, segmentation: Segmentation) -> Met:
    names = [v for v in segmentation.variables if data.variable(v).numeric]
    if not names:
        return Met(None, "They are formed by categories alone: look at the profiles in notebook 4.")
    ranks = _ranks(data, names)
    within = ranks - ranks.groupby(segmentation.segment_of).transform("mean")
    left = float(np.nanmean((within**2).mean()))
    return Met(left <= ALIKE, f"{percent(left)} of the differences between customers remain within the segments.")


def _identifiable(data: CustomerData, segmentation: Segmentation) -> Met:
    lacking = {v: float(data.customers[v].isna().mean()) for v in segmentation.variables}
    worst = max(lacking, key=lambda v: (lacking[v], v))
    if lacking[worst] > LACKING:
        return Met(
            False, f"{percent(lacking[worst])} of the customers have no “{data.variable(worst).label}”, which forms them."
        )
    by_rule = segmentation.method in (Method.BY_HAND, Method.RFM)
    how = "Thresholds that anyone can apply" if by_rule else "The workbook"
    return Met(True, f"{how} {'put' if by_rule else 'puts'} each customer, new ones too, into exactly one.")
