"""Segments weighed against each other, and the list of customers of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.rhythm import LONG, silence
from segkit.core.data.values import finite
from segkit.core.profiles.profile import ProfileTables
from segkit.core.targeting.must_haves import failed_knock_outs
from segkit.decisions.goals import Goals
from segkit.decisions.targeting import SegmentRating, Targeting
from segkit.words.numbers import count, listed, number
from segkit.words.terms import FREQUENCY, SEGMENT_NAME, SMALL_GROUP, TENURE_DAYS, Attractiveness


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Attractiveness and position of each segment.

    ``table``: index ``segment_id``; columns ``segment_name``, ``size``, ``value``, ``attractiveness`` (1 to 5, weighted mean),
    ``position`` (1 to 5), one column for each attractiveness criterion (1 to 5; that of value is ``value_score``, ``value``
    being money), ``passes`` (bool) and ``fails`` (which conditions, in words). Of what nobody has rated, and what the data do
    not tell, NaN.
    ``counted`` are the columns of criteria that make up the attractiveness, ``uncounted`` those weighed but not known of every
    segment that meets the conditions.
    ``sentence`` reads the table.
    """

    table: pd.DataFrame
    counted: tuple[str, ...]
    uncounted: tuple[str, ...]
    sentence: str


Doubles = npt.NDArray[np.float64]


VALUE_SCORE = "value_score"
"""Column of the criterion "value" (1 to 5); ``value`` itself is money."""


NEWCOMER = 0.25
"""A customer whose first order lies in this last part of the window counts as new."""


LITTLE = 0.5
"""Difference of ratings that decides nothing: they are judgements."""


def evaluate(
    data: CustomerData,
    segmentation: Segmentation,
    profiles: ProfileTables,
    trust: Trust,
    goals: Goals,
    targeting: Targeting,
    *,
    filed_under: str | None = None,
) -> Evaluation:
    """Weigh the segments against each other by the criteria that were recorded before any result was seen.

    Value, growth and loyalty are computed; each compares a segment with the average one as 1 + 4 · r / (r + 1), so that as
    much as the average gives 3, three times as much 4, a third 2, and nothing 1. Value: r is the segment's share of money ÷
    the share that each segment would have if all were equal. Growth: r is its share of newcomers (first order in the last
    quarter of the window, and not silent for long since) ÷ that of all customers. Loyalty: r is its mean number of orders
    beyond the first ÷ that of all. Profit, ease, fit and position are the person's ratings; those count that are filed under
    ``filed_under``, by default the segmentation's key. A criterion counts where it is known of every segment that meets the
    conditions, so that segments are compared by the same things.
    """
    ids = list(segmentation.segments.index)
    filed = filed_under or segmentation.key
    given = {r.segment_id: r for r in targeting.ratings if r.segmentation == filed}
    ratings = [given.get(s, SegmentRating(segmentation=filed, segment_id=s)) for s in ids]
    table = profiles.summary.loc[ids, [SEGMENT_NAME, "size", "value"]].copy()
    scores = pd.DataFrame(
        {
            VALUE_SCORE: _scale(profiles.summary.loc[ids, "value_share"].to_numpy(dtype=np.float64) * len(ids)),
            Attractiveness.GROWTH.value: _scale(_newcomers(data, segmentation)),
            Attractiveness.PROFIT.value: [_known(r.profit) for r in ratings],
            Attractiveness.LOYALTY.value: _scale(_further_orders(data, segmentation)),
            Attractiveness.EASE.value: [_known(r.ease) for r in ratings],
            Attractiveness.FIT.value: [_known(r.fit) for r in ratings],
        },
        index=table.index,
    )
    fails = failed_knock_outs(data, segmentation, trust, goals, given)
    passes = np.array([not fails[s] for s in ids])
    weights = {
        VALUE_SCORE if w.criterion is Attractiveness.VALUE else w.criterion.value: float(w.weight) for w in goals.weights
    }
    weighed = [c for c in scores.columns if weights.get(c, 0.0) > 0] or list(scores.columns)
    compared = scores[passes] if passes.any() else scores
    counted = [c for c in weighed if compared[c].notna().all()]
    mass = np.array([weights.get(c, 0.0) or 1.0 for c in counted])
    table["attractiveness"] = scores[counted].to_numpy() @ mass / mass.sum() if counted else np.nan
    table["position"] = [_known(r.position) for r in ratings]
    table = table.join(scores)
    table["passes"] = passes
    table["fails"] = [listed(fails[s]) for s in ids]
    uncounted = tuple(c for c in weighed if c not in counted)
    return Evaluation(table, tuple(counted), uncounted, _read(table, counted))


def _known(rating: int | None) -> float:
    return np.nan if rating is None else float(rating)


def _scale(ratio: Doubles) -> Doubles:
    kept = np.clip(ratio, 0, None)
    return 1 + 4 * kept / (kept + 1)


def _ratio_of_means(values: pd.Series, segmentation: Segmentation) -> Doubles:
    overall = float(values.mean())
    means = values.groupby(segmentation.segment_of).mean().reindex(segmentation.segments.index)
    return means.to_numpy(dtype=np.float64) / overall if overall > 0 else np.full(len(means), np.nan)


def _newcomers(data: CustomerData, segmentation: Segmentation) -> Doubles:
    if TENURE_DAYS not in data.customers:
        return np.full(len(segmentation.segments), np.nan)
    tenure = pd.Series(finite(data.customers[TENURE_DAYS]), index=data.customers.index)
    new = (tenure <= NEWCOMER * float(tenure.max())).astype(float).where(tenure.notna())
    if (quiet := silence(data.customers)) is not None:
        new = new.where(~(quiet > LONG), 0.0)  # who came and has not been seen for long brings no growth
    if new.sum() < SMALL_GROUP:  # so few newcomers tell nothing of any segment
        return np.full(len(segmentation.segments), np.nan)
    return _ratio_of_means(new, segmentation)


def _further_orders(data: CustomerData, segmentation: Segmentation) -> Doubles:
    if FREQUENCY not in data.customers:
        return np.full(len(segmentation.segments), np.nan)
    orders = pd.Series(finite(data.customers[FREQUENCY]), index=data.customers.index)
    return _ratio_of_means((orders - 1).clip(lower=0), segmentation)


def _read(table: pd.DataFrame, counted: Sequence[str]) -> str:
    passing = table[table["passes"]]
    if not len(passing):
        return "No segment meets all your conditions: loosen them, or choose other criteria for the segments."
    left = len(table) - len(passing)
    out = f" {count(left, 'segment')} {'misses' if left == 1 else 'miss'} a condition." if left else ""
    if not counted:
        return f"Nothing is known yet that the segments could be compared by: rate them above.{out}"
    ranked = passing.sort_values(["attractiveness", "position"], ascending=False, kind="stable")
    best = ranked.iloc[0]
    shown = ranked["attractiveness"].round(1)  # as the table beside it says
    near = ranked[shown.max() - shown < LITTLE - 1e-9]
    if len(near) == 1:
        placed = "" if pd.isna(best["position"]) else f"; your position there: {number(best['position'], 0)} of 5"
        return f"“{best[SEGMENT_NAME]}” is the most attractive segment ({number(best['attractiveness'], 1)} of 5{placed}).{out}"
    names = listed([f"“{row[SEGMENT_NAME]}” ({number(row['attractiveness'], 1)} of 5)" for _, row in near.iterrows()])
    return f"{names} are about equally attractive: they are less than half a point apart, which settles nothing.{out}"
