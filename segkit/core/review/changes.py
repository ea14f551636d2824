"""What changed since the segments were drawn."""

from dataclasses import dataclass

import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.disclosure import Told, counted, how_many
from segkit.core.review.migration import JOINED, LEFT, add_silent, largest_stream, moved_of, sizes_of, sizes_told
from segkit.core.review.population_stability import stability_table
from segkit.core.review.trends import read_trends, trends_of
from segkit.words.errors import CriteriaError
from segkit.words.numbers import capital, count, listed, numbers_apart


@dataclass(frozen=True, eq=False)
class ReviewTables:
    """A later period against the baseline, cut-points fixed at the baseline.

    Attributes
    ----------
    migration_matrix : pandas.DataFrame
        Customers; rows: segments before plus ``joined``; columns: segments after plus ``left``.
    sizes : Told
        Index ``segment_id``: ``segment_name``, ``before``, ``after``, ``change`` (customers), ``share_before``,
        ``share_after``, and where orders are dated ``no_order_since`` (customers of before who ordered nothing in the later
        period). Figures are NaN where they would tell of a handful of customers.
    psi : pandas.DataFrame
        Index: what was compared (``segments`` and each segmentation variable): ``label``, ``psi``, ``threshold`` (the sampling
        threshold), ``bins``, ``reading`` (words).
    trends : pandas.DataFrame
        Categories (of products or channels) whose share of money changed most: ``variable``, ``label``, ``level``,
        ``share_before``, ``share_after``, ``change``, ``z``.
    trends_since : str
        What the later shares are compared with, in words.
    moved : pandas.DataFrame
        Index ``customer_id``: ``before``, ``after`` (``joined`` / ``left`` included).
    moved_share : float
        Share of customers present in both periods whose segment changed, 0 to 1.
    sentence : str
        Reads it all in two or three sentences.
    """

    migration_matrix: pd.DataFrame
    sizes: Told
    psi: pd.DataFrame
    trends: pd.DataFrame
    trends_since: str
    moved: pd.DataFrame
    moved_share: float
    sentence: str


def review(before: CustomerData, after: CustomerData, segmentation: Segmentation) -> ReviewTables:
    """Compare a later period with the baseline; thresholds and centres stay as they were drawn at the baseline.

    Parameters
    ----------
    before, after : CustomerData
        The customers when the segments were drawn, and at the later date.
    segmentation : Segmentation
        The segments of ``before``.

    Raises
    ------
    CriteriaError
        If the later data lack a segmentation variable, or hold no customers.
    """
    lacking = [before.variable(v).label for v in segmentation.variables if v not in after.customers]
    if lacking:
        raise CriteriaError(
            f"The later data lack {listed(lacking)}, on which the segments were based.",
            "Bring a later file with the same columns, mapped the same way.",
        )
    if not len(after.customers):
        raise CriteriaError("The later data hold no customers.", "Bring a file that covers the later period.")
    now = segmentation.assign(after.customers)
    moved = moved_of(segmentation.segment_of, now)
    ids = list(segmentation.segments.index)
    matrix = pd.crosstab(moved["before"], moved["after"]).reindex(index=[*ids, JOINED], columns=[*ids, LEFT], fill_value=0)
    matrix.index.name, matrix.columns.name = "before", "after"
    sizes = sizes_of(segmentation, now)
    add_silent(sizes, before, after, segmentation)
    psi = stability_table(before, after, segmentation, sizes)
    seasons = len(after.year_before) > 0
    trends = trends_of(after.year_before if seasons else before.category_money, after.category_money)
    since = "the same months a year before" if seasons else "the whole earlier period, seasons included"
    stayed = moved[(moved["before"] != JOINED) & (moved["after"] != LEFT)]
    share = float((stayed["before"] != stayed["after"]).mean()) if len(stayed) else 0.0
    quiet = int(sizes["no_order_since"].sum()) if "no_order_since" in sizes else None
    reading = _read(segmentation, matrix, psi, share, len(stayed), quiet) + read_trends(trends, since)
    return ReviewTables(matrix, sizes_told(sizes), psi, trends, since, moved, share, reading)


def _read(
    segmentation: Segmentation, matrix: pd.DataFrame, psi: pd.DataFrame, share: float, stayed: int, quiet: int | None
) -> str:
    said = []
    if stayed:
        said.append(
            f"Of {count(stayed, 'customer')} seen in both periods {how_many(round(share * stayed), stayed)} changed segment"
            f"{largest_stream(segmentation, matrix)}."
        )
    joined = int(matrix.loc[JOINED].sum())
    if joined:
        said.append(f"{capital(counted(joined, 'customer'))} joined.")
    if quiet is not None:
        said.append(f"{capital(counted(quiet, 'customer'))} from the earlier period ordered nothing in the later one.")
    segments = psi.loc["segments"]
    index, chance = numbers_apart(segments["psi"], segments["threshold"])
    said.append(
        f"The mix of segments shows {segments['reading']} (stability index {index}; chance alone accounts for up to {chance})."
    )
    return " ".join(said)
