"""Segments put together by hand, one letter a customer, for tests whose right values are worked out on paper."""

from collections.abc import Iterable

import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.words.terms import Method


def parted(
    data: CustomerData, of: Iterable[str], variables: tuple[str, ...] = (), order: str = "", later: Iterable[str] = ()
) -> Segmentation:
    """Put each customer into the segment of its letter; the segment's name is the capital letter.

    ``order`` is the display order (that of the alphabet by default); ``later`` gives the segments of other customers, in the
    order in which these come.
    """
    segment_of = pd.Series(list(of), index=data.customers.index, dtype="str", name="segment_id")
    sizes = segment_of.value_counts()
    ids = list(order) or sorted(sizes.index)
    table = pd.DataFrame(
        {
            "segment_name": [i.upper() for i in ids],
            "size": [int(sizes[i]) for i in ids],
            "share": [int(sizes[i]) / len(segment_of) for i in ids],
        },
        index=pd.Index(ids, name="segment_id"),
    )

    def assign(others: pd.DataFrame) -> pd.Series:
        return pd.Series(list(later), index=others.index, dtype="str", name="segment_id")

    return Segmentation("letters", Method.BY_HAND, variables, segment_of, table, {}, (), assign, lambda _: "By its letter.")
