"""How many segments, and how far to trust them."""

from dataclasses import dataclass

import pandas as pd

from segkit.terms import Verdict


@dataclass(frozen=True, eq=False)
class HowMany:
    """Evidence for each number of segments.

    Attributes
    ----------
    table : pandas.DataFrame
        Index ``k`` (1 to 8, as far as the data allow); columns ``inertia``, ``gap``, ``gap_se``, ``adjusted_rand`` (median over
        bootstrap pairs), ``adjusted_rand_low``, ``adjusted_rand_high`` (quartiles), ``silhouette`` (simplified, mean),
        ``smallest_share``. NaN where k = 1 has no value.
    pairs : pandas.DataFrame
        Adjusted Rand index of each bootstrap pair: index pair number, one column for each k from 2.
    recommended : int
        Number of segments that the evidence favours (2 or more even if the verdict is none: then only a matter of use).
    reason : str
        One or two sentences for people.
    """

    table: pd.DataFrame
    pairs: pd.DataFrame
    recommended: int
    reason: str


@dataclass(frozen=True, eq=False)
class Trust:
    """How far one segmentation may be trusted.

    ``adjusted_rand`` is the median over bootstrap pairs with its quartiles; ``per_segment`` (index ``segment_id``, column
    ``jaccard``) tells how well each segment is found again; ``reason`` says the verdict in a sentence or two.
    For by-hand and RFM segmentations the cut-points are re-drawn on each bootstrap sample where they depend on the data.
    """

    verdict: Verdict
    reason: str
    adjusted_rand: float | None
    adjusted_rand_low: float | None
    adjusted_rand_high: float | None
    per_segment: pd.DataFrame
