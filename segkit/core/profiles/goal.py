"""Where a goal is decided: today's figure of it, segment by segment."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.values import level_codes
from segkit.core.disclosure import Told, dominated, of_whom, shares_said, told, withheld
from segkit.core.goals.today import Today
from segkit.core.statistics import interval, share_interval
from segkit.words.terms import SEGMENT_ID, SEGMENT_NAME, SMALL_GROUP


def goal_by_segment(segmentation: Segmentation, today: Today, *, seed: int = 0) -> Told:
    """Return today's figure of a goal for each segment.

    Parameters
    ----------
    segmentation : Segmentation
        The segments.
    today : Today
        The figure, with what each customer brings to it.
    seed : int, default 0
        Seed of the intervals.

    Returns
    -------
    Told
        Index ``segment_id``; columns ``segment_name``, ``counted`` (customers who count), ``figure`` (their mean), ``low``,
        ``high`` (95 % interval: bootstrap of a mean, Wilson's of a share), ``share`` (of all that there is to gain: those who
        did not come back, or for money what is spent), and of a share also ``said``, the figure in words. Figures are NaN where
        they would tell of fewer than ``SMALL_GROUP`` customers, or of one large one.
    """
    rng = np.random.default_rng(seed)
    held = today.counted.astype(float)
    segment_of = segmentation.segment_of.reindex(held.index)
    weight = held if today.unit == "money" else 1.0 - held
    rows = []
    for segment_id, name in segmentation.segments[SEGMENT_NAME].items():
        mine = (segment_of == segment_id).to_numpy()
        values = held.to_numpy()[mine]
        known = len(values) >= SMALL_GROUP
        low, high = interval(values, rng) if today.unit == "money" else _share_between(values)
        share = float(weight.to_numpy()[mine].sum() / weight.sum()) if known and weight.sum() > 0 else np.nan
        rows.append((segment_id, name, len(values), float(values.mean()) if known else np.nan, low, high, share))
    columns = [SEGMENT_ID, SEGMENT_NAME, "counted", "figure", "low", "high", "share"]
    table = pd.DataFrame(rows, columns=columns).set_index(SEGMENT_ID)
    of = level_codes(segment_of, list(table.index))
    if today.unit == "money":
        hidden = withheld(table["counted"], [range(len(table))], dominated(held.to_numpy(), of, len(table)))
    else:  # who came back and who did not are groups of their own
        some = np.array([held.to_numpy()[of == place].sum() for place in range(len(table))])
        hidden = of_whom(some, table["counted"])
        table["said"] = shares_said(some, table["counted"])
    few = withheld(table["counted"], [range(len(table))])
    return told(table, (hidden, ["figure", "low", "high", "share"]), (few, ["counted"]))


def _share_between(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the interval of a share, NaN of a handful."""
    if len(values) < SMALL_GROUP:
        return float("nan"), float("nan")
    return share_interval(int(values.sum()), len(values))
