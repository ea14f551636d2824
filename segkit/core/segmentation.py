"""Customers put into segments: by hand, by RFM, or by k-means; new customers are assigned the same way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segkit.terms import Method


@dataclass(frozen=True, eq=False)
class Segmentation:
    """A partition of all customers.

    Attributes
    ----------
    key : str
        Fingerprint of the method and its settings (not of the data): names and personas are filed under it.
    segment_of : pandas.Series
        ``segment_id`` of each customer, index ``customer_id``; total: every customer has exactly one.
    segments : pandas.DataFrame
        Index ``segment_id`` in display order (most valuable first; RFM: from best to lost). Columns ``segment_name`` (a computed
        default, unique), ``size`` (customers), ``share`` (0 to 1), ``rule`` (how a customer gets in, in plain words).
        No segment is empty.
    settings : Mapping[str, Any]
        Plain values that reproduce it: thresholds, centres, scaling.
    assign : Callable[[pandas.DataFrame], pandas.Series]
        Puts other customers (same columns) into these segments, cut-points and centres as they are.
    """

    key: str
    method: Method
    variables: tuple[str, ...]
    segment_of: pd.Series
    segments: pd.DataFrame
    settings: Mapping[str, Any]
    assign: Callable[[pd.DataFrame], pd.Series]
