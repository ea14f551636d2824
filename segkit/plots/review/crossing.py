"""Customers counted twice over: two segmentations against each other, or the same one before and after."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.review.changes import ReviewTables
from segkit.plots.cells import draw_cells
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import INK, wrap
from segkit.words.numbers import count, listed, number, percent
from segkit.words.terms import SEGMENT_NAME, SMALL_GROUP

JOINED, LEFT = "joined", "left"


def draw_crossing(ax: Axes, counts: pd.DataFrame, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Draw counts with their share of the row; cells of one to four customers show only that they are few.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    counts : pandas.DataFrame, shape (rows, columns)
        Customers.
    rows, columns : Sequence of str
        Labels.
    """
    values = counts.to_numpy(dtype=float)
    totals = values.sum(axis=1, keepdims=True)
    shares = np.divide(values, totals, out=np.zeros_like(values), where=totals > 0)
    few = (values > 0) & (values < SMALL_GROUP)
    texts = [
        ["" if n == 0 else f"<{SMALL_GROUP}" if hide else f"{count(n)}\n{percent(s)}" for n, s, hide in zip(*line, strict=True)]
        for line in zip(values, shares, few, strict=True)
    ]
    draw_cells(ax, np.where((values == 0) | few, np.nan, shares), texts, rows, columns, norm=Normalize(0, 1))


@kept
def compare_segmentations(
    segmentations: Mapping[str, Segmentation],
    adjusted_rand: Mapping[tuple[str, str], float] | None = None,
    against: str | None = None,
) -> Picture:
    """Return segmentations of the same customers against each other, pair by pair.

    Parameters
    ----------
    segmentations : Mapping[str, Segmentation]
        Title for people → segmentation.
    adjusted_rand : Mapping[tuple[str, str], float], optional
        Adjusted Rand index of a pair of titles, printed where given.
    against : str, optional
        Title of the one that all others are set against; by default each is set against each.
    """
    if len(segmentations) < 2:
        raise ValueError("it takes two segmentations to compare")
    pairs = [pair for pair in combinations(segmentations, 2) if against is None or against in pair]
    tables = [_counts(segmentations[a], segmentations[b]) for a, b in pairs]
    agreement = dict(adjusted_rand or {})

    def draw(figure: Figure) -> None:
        axes = figure.subplots(len(pairs), 1, squeeze=False, height_ratios=[len(t) + 1.6 for t in tables])[:, 0]
        for ax, (a, b), table in zip(axes, pairs, tables, strict=True):
            draw_crossing(ax, table, _names(segmentations[a]), _names(segmentations[b]))
            ax.set_title(wrap(f"Rows: {a}. Columns: {b}.", 58, lines=2), pad=10)

    sentences = []
    for (a, b), table in zip(pairs, tables, strict=True):
        hit = float(table.max(axis=1).sum() / table.to_numpy().sum())
        rand = agreement.get((a, b), agreement.get((b, a)))
        sentences.append(
            f"Who knows a customer's segment in “{a}” guesses the one in “{b}” rightly for {percent(hit)} of customers"
            + ("." if rand is None else f" (adjusted Rand index {number(rand, 2)}; 1 is the same split, 0 is chance).")
        )
    alt = "Tables of customers by segment in two segmentations: " + listed([f"{a} against {b}" for a, b in pairs]) + "."
    height = sum(95 + 40 * len(table) for table in tables)
    return picture(draw, alt=alt, caption=" ".join(sentences), height=height)


def _names(segmentation: Segmentation) -> list[str]:
    return [str(name) for name in segmentation.segments[SEGMENT_NAME]]


def _counts(a: Segmentation, b: Segmentation) -> pd.DataFrame:
    table = pd.crosstab(a.segment_of, b.segment_of.reindex(a.segment_of.index))
    return table.reindex(index=a.segments.index, columns=b.segments.index, fill_value=0)


def draw_migration(ax: Axes, matrix: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Draw who moved where; cells of customers who stayed are framed.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    matrix : pandas.DataFrame
        ``ReviewTables.migration_matrix``.
    names : Mapping[str, str]
        ``segment_id`` → name.
    """
    words = {**names, JOINED: "new customers", LEFT: "no longer in the window"}
    rows, columns = [words.get(r, str(r)) for r in matrix.index], [words.get(c, str(c)) for c in matrix.columns]
    draw_crossing(ax, matrix, rows, columns)
    for i, segment in enumerate(matrix.index):
        if segment in matrix.columns:
            j = matrix.columns.get_loc(segment)
            ax.add_patch(Rectangle((j - 0.47, i - 0.46), 0.94, 0.92, fill=False, edgecolor=INK, linewidth=1.4))
    ax.set_ylabel("before")
    ax.set_xlabel("after")
    ax.xaxis.set_label_position("top")


@kept
def migration(review: ReviewTables) -> Picture:
    """Return the migration matrix as a picture: customers and their share of the row."""
    matrix, names = review.migration_matrix, review.sizes[SEGMENT_NAME].to_dict()
    present = matrix.drop(index=JOINED, errors="ignore").drop(columns=LEFT, errors="ignore")
    moves = present.stack()
    moves = moves[[a != b for a, b in moves.index]]
    both = count(present.to_numpy().sum(), "customer")
    caption = f"{percent(review.moved_share)} of the {both} of both periods changed segment."
    if len(moves) and moves.max() >= SMALL_GROUP:
        a, b = moves.idxmax()
        caption += f" The largest move: {count(moves.max())} from “{names.get(a, a)}” to “{names.get(b, b)}”."
    if LEFT in matrix.columns:
        caption += f" {count(matrix[LEFT].sum())} are no longer in the window"
        caption += f", {count(matrix.loc[JOINED].sum())} are new." if JOINED in matrix.index else "."
    caption += (
        " Frames hold those who stayed; cut-points are those of the earlier period. "
        "Percentages of rows with few customers swing by chance."
    )
    alt = f"Table of customers by segment before (rows) and after (columns), {len(matrix)} by {len(matrix.columns)}. {caption}"
    return picture(
        lambda figure: draw_migration(figure.subplots(), matrix, names), alt=alt, caption=caption, height=120 + 44 * len(matrix)
    )
