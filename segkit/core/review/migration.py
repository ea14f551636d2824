"""Who moved: segments before and after, who joined, who left, and who ordered nothing since."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.disclosure import Told, of_whom, told, withheld, withheld_table
from segkit.words.numbers import count
from segkit.words.terms import CUSTOMER_ID, RECENCY_DAYS, SEGMENT_ID, SEGMENT_NAME

JOINED, LEFT = "joined", "left"


def add_silent(sizes: pd.DataFrame, before: CustomerData, after: CustomerData, segmentation: Segmentation) -> None:
    """Count who of the earlier customers ordered nothing in the later period: few fall out of windows that overlap."""
    if before.as_of and after.as_of and RECENCY_DAYS in after.customers:
        bought = after.customers.index[after.customers[RECENCY_DAYS] <= (after.as_of - before.as_of).days]
        silent = segmentation.segment_of[~segmentation.segment_of.index.isin(bought)]
        sizes["no_order_since"] = silent.value_counts().reindex(sizes.index, fill_value=0).astype(int)


def moved_of(was: pd.Series, now: pd.Series) -> pd.DataFrame:
    """Return the segment of each customer before and after, ``joined`` and ``left`` included."""
    everyone = was.index.union(now.index).sort_values()
    moved = pd.DataFrame({"before": was.reindex(everyone), "after": now.reindex(everyone)}, index=everyone)
    moved["before"] = moved["before"].astype(object).where(moved["before"].notna(), JOINED).astype(str)
    moved["after"] = moved["after"].astype(object).where(moved["after"].notna(), LEFT).astype(str)
    moved.index.name = CUSTOMER_ID
    return moved


def sizes_of(segmentation: Segmentation, now: pd.Series) -> pd.DataFrame:
    """Return size and share of each segment before and after."""
    table = segmentation.segments[["segment_name"]].copy()
    table["before"] = segmentation.segments["size"]
    table["after"] = now.value_counts().reindex(table.index, fill_value=0).astype(int)
    table["change"] = table["after"] - table["before"]
    table["share_before"] = table["before"] / table["before"].sum()
    table["share_after"] = table["after"] / table["after"].sum()
    return table


def largest_stream(segmentation: Segmentation, matrix: pd.DataFrame) -> str:
    """Name the largest stream between two segments."""
    stream = largest_move(matrix)
    if stream is None:
        return ""
    names = segmentation.segments["segment_name"]
    return f", the largest group ({count(stream[2])}) from “{names[stream[0]]}” to “{names[stream[1]]}”"


def largest_move(matrix: pd.DataFrame) -> tuple[str, str, int] | None:
    """Return the largest stream between two segments that may be shown: from, to, customers; None where there is none."""
    flows = matrix.mask(withheld_table(matrix), 0).drop(index=JOINED, errors="ignore").drop(columns=LEFT, errors="ignore")
    moves = {(a, b): int(flows.loc[a, b]) for a in flows.index for b in flows.columns if a != b}
    best = max(moves, key=lambda pair: moves[pair], default=None)
    return None if best is None or not moves[best] else (*best, moves[best])


def sizes_told(sizes: pd.DataFrame) -> Told:
    """Return sizes before and after as they may be shown."""
    after = withheld(sizes["after"], [range(len(sizes))])
    silent = of_whom(sizes["no_order_since"], sizes["before"]) if "no_order_since" in sizes else after
    return told(sizes, (after, ["after", "change", "share_after"]), (silent, [c for c in sizes if c == "no_order_since"]))


def moved_list(moved: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """List customers with their segment of now and of before, in the order of their numbers.

    Parameters
    ----------
    moved : pandas.DataFrame
        See ``ReviewTables.moved``.
    names : mapping of str to str
        What the segments are called, by ``segment_id``.

    Returns
    -------
    pandas.DataFrame
        Columns ``customer_id``, ``segment_id`` and ``segment_name`` (empty for who left), ``segment_before`` (a name, empty for
        who joined) and ``change``: stayed, moved, joined or left.
    """
    before, after = moved["before"], moved["after"]
    change = np.select([before == JOINED, after == LEFT, before == after], [JOINED, LEFT, "stayed"], "moved")
    return pd.DataFrame(
        {
            CUSTOMER_ID: moved.index.astype(str),
            SEGMENT_ID: after.where(after != LEFT, "").to_numpy(),
            SEGMENT_NAME: after.map(names).fillna("").to_numpy(),
            "segment_before": before.map(names).fillna("").to_numpy(),
            "change": change,
        }
    )
