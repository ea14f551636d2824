"""The list of customers with their segments."""

import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.words.terms import CUSTOMER_ID, SEGMENT_ID, SEGMENT_NAME


def customer_list(
    segmentation: Segmentation, names: dict[str, str] | None = None, segments: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """List customers with their segment, in the order of their numbers.

    Parameters
    ----------
    segmentation : Segmentation
        The segments.
    names : dict of str to str, optional
        Names that the person gave to segments, by ``segment_id``.
    segments : tuple of str, optional
        Only these segments; None lists all.

    Returns
    -------
    pandas.DataFrame
        Columns ``customer_id``, ``segment_id``, ``segment_name``.
    """
    called = segmentation.segments[SEGMENT_NAME].to_dict() | (names or {})
    kept = segmentation.segment_of if segments is None else segmentation.segment_of[segmentation.segment_of.isin(segments)]
    kept = kept.sort_index(kind="stable")
    return pd.DataFrame(
        {CUSTOMER_ID: kept.index.astype(str), SEGMENT_ID: kept.to_numpy(), SEGMENT_NAME: kept.map(called).to_numpy()}
    )
