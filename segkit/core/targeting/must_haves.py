"""The criteria that a segment must meet, set before any result, and those that it fails."""

from collections.abc import Mapping

import numpy as np

from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.found.preparation import prepare
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.decisions.goals import Goals
from segkit.decisions.targeting import SegmentRating
from segkit.words.numbers import number, percent, percents_apart
from segkit.words.terms import KnockOut, Role, Verdict

FOUND_AGAIN = 0.6
"""Mean Jaccard index below which a segment is not found again (Hennig 2007), and so not distinct."""


HALF_ALIKE = 0.9
"""Variance within a segment, as a share of that of all customers, above which its members do not resemble one another."""


def failed_knock_outs(
    data: CustomerData,
    segmentation: Segmentation,
    trust: Trust,
    goals: Goals,
    ratings: Mapping[str, SegmentRating] | None = None,
) -> dict[str, list[str]]:
    """Return for each segment in words the knock-out criteria that it fails; what is not rated fails none."""
    given = ratings or {}
    plain = SegmentRating(segmentation=segmentation.key, segment_id="")
    ids = [str(s) for s in segmentation.segments.index]
    return {s: _fails(data, segmentation, trust, goals, s, given.get(s, plain)) for s in ids}


def _fails(
    data: CustomerData, segmentation: Segmentation, trust: Trust, goals: Goals, segment: str, rating: SegmentRating
) -> list[str]:
    """Return in words the knock-out criteria that a segment fails; each has a rule, so each is identifiable."""
    wanted = set(goals.knock_outs)
    said = []
    if KnockOut.DISTINCT in wanted:
        again = float(trust.per_segment["jaccard"].get(segment, np.nan))
        if trust.verdict is Verdict.NONE:
            said.append("not distinct: the customers form one crowd")
        elif again < FOUND_AGAIN:
            said.append(f"not distinct: found again only in part ({number(again, 2)} of 1)")
    share = float(segmentation.segments.loc[segment, "share"])
    if KnockOut.LARGE_ENOUGH in wanted and share < goals.smallest_share:
        holds, asked = percents_apart(share, goals.smallest_share)
        said.append(f"too small: {holds} of the customers, you asked for {asked}")
    if KnockOut.HOMOGENEOUS in wanted and (left := _spread(data, segmentation, segment)) > HALF_ALIKE:
        said.append(f"its members differ as much as customers in general do ({percent(left)} of the variance)")
    if KnockOut.MATCHES_STRENGTHS in wanted and 1 in (rating.position, rating.fit):
        said.append("does not match your strengths: you rated position or fit 1")
    if KnockOut.REACHABLE in wanted and _unreachable(data):
        said.append("cannot be reached: the data hold neither customer numbers, names nor addresses")
    return said


def _spread(data: CustomerData, segmentation: Segmentation, segment: str) -> float:
    varying = tuple(v for v in segmentation.variables if data.customers[v].nunique() > 1)
    matrix = prepare(data.customers, varying).matrix(data.customers)
    inside = matrix[(segmentation.segment_of == segment).to_numpy()]
    return float(inside.var(axis=0).sum() / matrix.var(axis=0).sum())


def _unreachable(data: CustomerData) -> bool:
    """Tell whether the data name no customer at all; where columns are unknown, nothing is held against the segment."""
    roles = {column.role for columns in data.roles.values() for column in columns}
    return bool(roles) and not roles & {Role.CUSTOMER, Role.PERSONAL}
