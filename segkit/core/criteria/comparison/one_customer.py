"""One customer asked about: why it is in its segment, whom one might ask about, and what a mistyped number may have meant."""

import difflib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import finite, is_number
from segkit.words.errors import CriteriaError
from segkit.words.terms import SEGMENT_NAME

LOOKED_AT = 1_000
"""Customers among whom one near a border is sought: evenly spread over all, in the order of their numbers."""

A_LITTLE = 0.05
"""Share of a variable's middle half by which a customer is moved to see whether it stands near a border."""

NEIGHBOURS = 40
"""Numbers before and after a mistyped one, in alphabetical order, that are compared with it."""


@dataclass(frozen=True)
class Example:
    """A customer worth asking about: its number, the name of its segment, and whether a border is near."""

    customer_id: str
    segment_name: str
    near_border: bool


def explain(data: CustomerData, segmentation: Segmentation, customer_id: str) -> str:
    """Say in words why a customer is in its segment, and how near the border.

    Raises
    ------
    CriteriaError
        If there is no such customer.
    """
    customer_id = customer_id.strip()
    if customer_id not in data.customers.index:
        near = nearest_number(customer_id, data.customers.index)
        raise CriteriaError(
            f"There is no customer “{customer_id}”. The nearest number is “{near}”.",
            "Take a number from the list of customers, written the same way.",
        )
    name = segmentation.segments.loc[str(segmentation.segment_of.loc[customer_id]), SEGMENT_NAME]
    return f"Customer {customer_id} is in “{name}”. {segmentation.why(data.customers.loc[[customer_id]])}"


def nearest_number(typed: str, known: Iterable[str]) -> str:
    """Return the number that was most probably meant: written alike but for case, blanks and zeros, else most like it.

    Compared are its neighbours in alphabetical order, read from the front and from the back: of a hundred thousand numbers a
    few dozen, so that the answer comes at once.
    """
    numbers = sorted(map(str, known))
    meant = _bare(typed)
    near: set[str] = set()
    for key in (str, _bare, lambda number: _bare(number)[::-1]):
        ordered = sorted((key(number), number) for number in numbers)
        place = bisect_left(ordered, (key(typed), ""))
        near |= {number for _, number in ordered[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS]}

    def likeness(number: str) -> tuple[bool, float]:
        return _bare(number) == meant, difflib.SequenceMatcher(None, meant, _bare(number)).ratio()

    return max(sorted(near), key=likeness)


def _bare(number: str) -> str:
    return "".join(number.casefold().split()).removesuffix(".0").lstrip("0")


def examples(data: CustomerData, segmentation: Segmentation, most: int = 4) -> list[Example]:
    """Return a few customers worth asking about: the first of each of the first segments, and one who stands near a border.

    Parameters
    ----------
    data : CustomerData
        The customers.
    segmentation : Segmentation
        Their segments, by any method.
    most : int, default 4
        Most examples that stand clear of the borders.
    """
    order = sorted(segmentation.segment_of.index)
    names, of = segmentation.segments[SEGMENT_NAME], segmentation.segment_of.loc[order]
    frame = data.customers.loc[order[:: -(-len(order) // LOOKED_AT)]]
    near = frame.index[_shaky(frame, segmentation)]
    firsts = [of.index[of == segment][0] for segment in names.index[:most] if (of == segment).any()]
    clear = [of.index[(of == of[one]) & ~of.index.isin(near)][:1] for one in firsts]
    chosen = [str(mine[0]) if len(mine) else str(one) for mine, one in zip(clear, firsts, strict=True)]
    return [Example(one, str(names[of[one]]), one in near) for one in [*chosen, *[str(n) for n in near if n not in chosen][:1]]]


def _shaky(frame: pd.DataFrame, segmentation: Segmentation) -> npt.NDArray[np.bool_]:
    """Tell which customers would be elsewhere if one of their numbers were a little different."""
    here = segmentation.assign(frame).to_numpy()
    found = np.zeros(len(frame), dtype=bool)
    for variable in segmentation.variables:
        if not is_number(frame[variable]):
            continue
        values = finite(frame[variable])
        known = values[np.isfinite(values)]
        if not len(known):
            continue
        whole = bool((known % 1 == 0).all())
        step = float(np.subtract(*np.quantile(known, (0.75, 0.25)))) * A_LITTLE
        step = max(round(step), 1) if whole else step
        for moved in (values - step, values + step):
            # no number leaves the range that occurs: there are no negative days or orders
            there = segmentation.assign(frame.assign(**{variable: np.clip(moved, known.min(), known.max())})).to_numpy()
            found |= (there != here) & np.isfinite(values)
    return found
