"""How near one customer is to the border of its segment, in the variable's own unit."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.core.data.values import finite
from segkit.words.numbers import quantity, readable, unit_left
from segkit.words.terms import FREQUENCY, RECENCY_DAYS

WHOLE = {"days", "orders", "products"}
"""Units that come in whole numbers."""


@dataclass(frozen=True)
class Border:
    """The nearest change of one variable that puts a customer into another segment."""

    variable: str
    change: float
    segment_id: str


def nearest_borders(
    row: pd.DataFrame,
    cuts: Mapping[str, Sequence[float]],
    units: Mapping[str, str],
    assign: Callable[[pd.DataFrame], pd.Series],
) -> list[Border]:
    """Return for each variable the smallest change that leads into another segment, where there is one.

    Parameters
    ----------
    row : pandas.DataFrame
        The customer, a frame of one row.
    cuts : mapping of str to sequence of float
        Thresholds of each variable (``lower <= value < upper``).
    units : mapping of str to str
        Unit of each variable: days and orders come in whole numbers.
    assign : callable
        Puts customers into segments.
    """
    tried: list[tuple[str, float, float]] = []
    for variable, thresholds in cuts.items():
        value = float(finite(row[variable])[0])
        if not math.isfinite(value):
            continue
        whole = units.get(variable, "") in WHOLE and value.is_integer()
        for cut in thresholds:
            below = math.ceil(cut) - 1.0 if whole else float(np.nextafter(cut, -math.inf))
            to = (math.ceil(cut) if whole else cut) if cut > value else below
            tried.append((variable, to, to - value))
    if not tried:
        return []
    frame = pd.concat([row] * len(tried), ignore_index=True)
    for variable in cuts:
        changed = [to if name == variable else None for name, to, _ in tried]
        frame[variable] = [float(finite(row[variable])[0]) if to is None else to for to in changed]
    here = str(assign(row).iloc[0])
    found: dict[str, Border] = {}
    for (variable, _, change), segment in zip(tried, assign(frame).astype(str), strict=True):
        if segment != here and (variable not in found or abs(change) < abs(found[variable].change)):
            found[variable] = Border(variable, change, segment)
    return list(found.values())


def say_borders(
    borders: Sequence[Border], labels: Mapping[str, str], units: Mapping[str, str], names: Mapping[str, str], currency: str
) -> str:
    """Say how near the border is: "with 2 more orders it would be in “Loyal”"."""
    if not borders:
        return "No change of a single figure would put it into another segment."
    said: list[str] = []
    for border in borders:
        change, unit = abs(border.change), units.get(border.variable, "")
        more = border.change > 0
        if border.variable == FREQUENCY:
            text = f"with {readable(change)} {'more' if more else 'fewer'} {'order' if change == 1 else 'orders'}"
        elif border.variable == RECENCY_DAYS:
            days = f"{readable(change)} {'more ' if more else ''}{'day' if change == 1 else 'days'}"
            text = f"after {days} without an order" if more else f"with a last order {days} later"
        else:
            label = labels[border.variable]
            amount = quantity(change, unit_left(label, unit), currency)
            text = f"with {label[:1].lower()}{label[1:]} {amount} {'higher' if more else 'lower'}"
        said.append(f"{text}{'' if said else ' it would be'} in “{names[border.segment_id]}”")
    return f"How close to the border: {'; '.join(said)}."
