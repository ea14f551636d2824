"""How one variable is spread within each segment, and its mean with the range in which it surely lies."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData, Variable, value_of
from segkit.core.data.values import finite, level_codes
from segkit.core.disclosure import Told, dominated, how_many, told, withheld
from segkit.core.profiles.index_vs_base import untested
from segkit.core.statistics import interval
from segkit.words.numbers import count, quantity, unit_left
from segkit.words.terms import MONETARY_TOTAL, SEGMENT_NAME, SMALL_GROUP

Doubles = npt.NDArray[np.float64]

MOST_BLOCKS = 200
"""Blocks of customers by which a segment is drawn: more would not be seen."""


@dataclass(frozen=True, eq=False)
class Spread:
    """One variable within each segment.

    Attributes
    ----------
    label, unit, currency : str
        What people call the variable, and what it is counted in.
    blocks : Told
        Columns ``segment_id``, ``value``, ``customers``: customers in order of the value, put into blocks of `SMALL_GROUP` or
        more, each with its mean, so that no value is that of a single customer.
    means : Told
        Index ``segment_id`` in display order; columns ``segment_name``, ``customers`` (whose value is known), ``mean``,
        ``low``, ``high`` (95 % bootstrap interval; of money the same as in ``ProfileTables.summary``) and ``median`` (the
        mean of the five or six customers in the middle, so that it is nobody's own figure). Segments whose figures would tell
        of single customers are left out (see `segkit.core.disclosure`).
    order : tuple of str
        All segments in display order, those left out too: a segment looks the same here as in every other picture.
    sentence : str
        Reads it, and says how sure it is.
    """

    label: str
    unit: str
    currency: str
    blocks: Told
    means: Told
    order: tuple[str, ...]
    sentence: str


def spreadable(data: CustomerData) -> list[Variable]:
    """Return the variables whose spread can be shown: money first, then all other numbers that may form segments."""
    numbers = [v for v in data.variables if v.numeric and (v.usable or v.name == MONETARY_TOTAL) and v.name in data.customers]
    differing = [v for v in numbers if data.customers[v.name].nunique() > 1]
    return sorted(differing, key=lambda v: v.name != MONETARY_TOTAL)


def spread(data: CustomerData, segmentation: Segmentation, variable: Variable, *, seed: int = 0) -> Spread:
    """Describe how a variable is spread within each segment.

    Parameters
    ----------
    data : CustomerData
        The customers.
    segmentation : Segmentation
        Their segments.
    variable : Variable
        One of `spreadable`.
    seed : int, default 0
        Seed of the bootstrap intervals.
    """
    values = value_of(data) if variable.name == MONETARY_TOTAL else None
    values = pd.Series(finite(data.customers[variable.name]), index=data.customers.index) if values is None else values
    names = segmentation.segments[SEGMENT_NAME]
    of = level_codes(segmentation.segment_of, list(names.index))
    held = values.notna().to_numpy()
    one = dominated(values.to_numpy()[held], of[held], len(names)) if variable.unit == "money" else None
    hidden = withheld(np.bincount(of[held], minlength=len(names)), [range(len(names))], one)
    means, blocks = {}, []
    for place, segment in enumerate(names.index):
        own = np.sort(values.to_numpy(dtype=np.float64)[held & (of == place)])
        if hidden[place] or not len(own):
            continue
        low, high = interval(own, np.random.default_rng([seed, place]))
        means[segment] = (str(names[segment]), len(own), float(own.mean()), low, high, _middle(own))
        blocks.append(_blocks(own).assign(segment_id=segment))
    table = pd.DataFrame.from_dict(
        means, orient="index", columns=[SEGMENT_NAME, "customers", "mean", "low", "high", "median"]
    ).rename_axis("segment_id")
    parts = pd.concat(blocks, ignore_index=True) if blocks else pd.DataFrame(columns=["value", "customers", "segment_id"])
    expected = variable.name in untested(segmentation)
    said = _read(variable, table, values.groupby(segmentation.segment_of), data.currency, expected=expected)
    if expected and len(table) > 1:
        said += (
            " The segments were formed by this or by something counted with it, so it is no discovery that they differ here."
        )
    if (known := int(values.notna().sum())) < len(values):
        said += f" {count(known)} of {count(len(values), 'customer')} have a value."
    left_out = [f"“{names[s]}”" for s in names.index if s not in table.index]
    if left_out:
        said += (
            f" Not shown: {', '.join(left_out)}, where figures would be those of fewer than {SMALL_GROUP} customers or of one "
            "large one, or would give them away."
        )
    blocks_of = told(parts[["segment_id", "value", "customers"]])
    order = tuple(str(s) for s in names.index)
    return Spread(variable.label, variable.unit, data.currency, blocks_of, told(table), order, said)


def _middle(ordered: Doubles) -> float:
    """Return the median, smoothed over `SMALL_GROUP` customers: the plain one may be one customer's own figure."""
    aside = (len(ordered) - SMALL_GROUP) // 2
    return float(ordered[aside : len(ordered) - aside].mean())


def _blocks(ordered: Doubles) -> pd.DataFrame:
    size = max(SMALL_GROUP, -(-len(ordered) // MOST_BLOCKS))
    parts = np.array_split(ordered, len(ordered) // size)
    return pd.DataFrame({"value": [float(part.mean()) for part in parts], "customers": [len(part) for part in parts]})


def _read(variable: Variable, table: pd.DataFrame, by_segment: Any, currency: str, *, expected: bool) -> str:
    """Compare the segment with the highest mean and the next one: on average, and customer by customer.

    Where a difference is ``expected``, since the segments were formed so, chance is no question.
    """
    if not len(table):
        return f"“{variable.label}” is known for too few customers in every segment."

    def amount(value: float) -> str:
        return quantity(value, unit_left(variable.label, variable.unit), currency)

    def average(segment: str) -> str:
        row = table.loc[segment]
        return f"{amount(row['mean'])} on average (95 % confidence range: {amount(row['low'])} to {amount(row['high'])})"

    ranked = table.sort_values(["mean"], ascending=False, kind="stable")
    first = str(ranked.index[0])
    said = f"{variable.label} is highest in “{table.loc[first, SEGMENT_NAME]}”: {average(first)}."
    if len(ranked) < 2:
        return said
    second = str(ranked.index[1])
    apart = float(table.loc[first, "low"]) > float(table.loc[second, "high"])
    meet = "the two ranges overlap, so which of them is ahead may be chance"
    beyond = "the two ranges do not overlap" + ("" if expected else ", so the difference is more than chance")
    sure = beyond if apart else meet
    said += f" Next comes “{table.loc[second, SEGMENT_NAME]}”, {average(second)}: {sure}."
    typical = float(table.loc[first, "median"])
    others = by_segment.get_group(second).dropna()
    above = int((others > typical).sum())
    few = how_many(above, len(others))
    other_order = typical < float(table.loc[second, "median"])
    moved = (
        (" For the typical customers of the two, the order is the other way round: a few extreme ones can move an average.")
        if other_order
        else ""
    )
    return (
        f"{said} Customers differ within each segment, too: {few} of “{table.loc[second, SEGMENT_NAME]}” "
        "have more than the typical customer of "
        f"“{table.loc[first, SEGMENT_NAME]}” ({amount(typical)}, in the middle of the segment)."
        f"{moved}"
    )
