"""Who moved where between two periods."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from segkit.core.disclosure import WITHHELD, counted, how_many, withheld_table
from segkit.core.review.changes import ReviewTables
from segkit.core.review.migration import JOINED, LEFT, largest_move
from segkit.plots.crossing import draw_crossing
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import INK
from segkit.words.numbers import capital, count
from segkit.words.terms import SEGMENT_NAME


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
    words = {**names, JOINED: "new customers", LEFT: "dropped out of the period"}
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
    both = int(present.to_numpy().sum())
    moved = how_many(round(review.moved_share * both), both) if both else "none"
    caption = f"{capital(moved)} of the {count(both, 'customer')} of both periods changed segment."
    if (move := largest_move(matrix)) is not None:
        a, b, customers = move
        caption += f" The largest move: {count(customers)} from “{names.get(a, a)}” to “{names.get(b, b)}”."
    if LEFT in matrix.columns:
        caption += f" {capital(counted(int(matrix[LEFT].sum())))} have dropped out of the period counted"
        caption += f", {counted(int(matrix.loc[JOINED].sum()))} are new." if JOINED in matrix.index else "."
    caption += (
        " Framed cells are those who stayed; the lines between segments are those of the earlier period. In rows with few "
        "customers, percentages swing by chance."
    )
    caption += f" {WITHHELD}" if withheld_table(matrix).any() else ""
    alt = f"Table of customers by segment before (rows) and after (columns), {len(matrix)} by {len(matrix.columns)}. {caption}"
    return picture(
        lambda figure: draw_migration(figure.subplots(), matrix, names), alt=alt, caption=caption, height=120 + 44 * len(matrix)
    )
