"""How much segments tell of what customers spend: to be found in the data is one thing, to be of use another."""

import numpy as np

from segkit.core.criteria.evidence.agreement import explained
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData, value_of
from segkit.core.data.values import finite, level_codes
from segkit.words.numbers import percent
from segkit.words.terms import Verdict

SOME_USE = 0.1
"""Share of the differences in spending from which segments tell something of it."""


def value_spread(data: CustomerData, segmentation: Segmentation) -> float:
    """Return the share of the differences in money between customers that lies between segments (eta squared of logarithms)."""
    money = value_of(data)
    if money is None:
        return float("nan")
    amounts = finite(money)
    some = amounts[amounts > 0]
    scale = float(np.median(some)) if len(some) else 1.0
    compared = np.sign(amounts) * np.log1p(np.abs(amounts) / scale)
    return explained(compared, level_codes(segmentation.segment_of, list(segmentation.segments.index)))


def useful(data: CustomerData, segmentation: Segmentation, verdict: Verdict) -> str:
    """Say how much the segments tell of what customers spend: to be found in the data is one thing, to be of use another."""
    spread = value_spread(data, segmentation)
    if np.isnan(spread) or verdict is Verdict.NONE:
        return ""
    held = f"They explain {percent(spread)} of the differences in spending between customers"
    if spread >= SOME_USE:
        return f" {held}."
    if verdict is Verdict.NATURAL:
        return f" {held}: natural does not yet mean useful. Use them only if they tell you something else that you can act on."
    return f" {held}, which is little: use them only if they tell you something else that you can act on."
