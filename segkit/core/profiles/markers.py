"""Marker variables: what tells a segment from the others."""

import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.words.terms import INDEX_VS_BASE

MARKER_SHARE, MARKER_RELATIVE, MARKERS = 0.25, 0.5, 5
"""Thresholds of marker variables (Dolnicar, Grün, Leisch 2018, section 8), and how many are kept a segment."""


def markers_of(index: pd.DataFrame, data: CustomerData) -> pd.DataFrame:
    """Return the rows of the index that tell a segment from the others, strongest first."""
    relative = (index[INDEX_VS_BASE] / 100 - 1).abs() >= MARKER_RELATIVE
    shares = {v.name for v in data.variables if v.unit == "share"}
    is_share = ~index["numeric"].astype(bool) | index["variable"].isin(shares)
    far = is_share & ((index["value"] - index["all"]).abs() >= MARKER_SHARE)
    # a difference that chance alone may bring is no marker
    sure = index["z"].abs() >= 2
    found = index[(relative | far) & sure & ~index["suppressed"].astype(bool)].copy()
    found["strength"] = -found["effect"].abs()
    found["place"] = found["segment_id"].map({s: i for i, s in enumerate(dict.fromkeys(index["segment_id"]))})
    found = found.sort_values(["place", "strength", "variable", "level"], kind="stable")
    return found.groupby("segment_id", sort=False).head(MARKERS).drop(columns=["strength", "place"]).reset_index(drop=True)
