"""Which categories gained or lost share of the money."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from segkit.core.review.changes import ReviewTables
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import ACCENT, INK, SECOND, light_grid, wrap
from segkit.words.numbers import points

MOST = 12
"""Categories drawn at most."""

_Z95 = 1.959964  # two-sided 95 % of the normal distribution


def half_width(trends: pd.DataFrame) -> pd.Series:
    """Return half of the 95 % interval of each change: 1.96 standard errors, the error being change ÷ z."""
    z = trends["z"].astype(float)
    error = np.abs(np.divide(trends["change"], z, out=np.full(len(trends), np.nan), where=(z != 0) & z.notna()))
    return pd.Series(_Z95 * error, index=trends.index)


def draw_trends(ax: Axes, trends: pd.DataFrame, half: pd.Series) -> None:
    """Draw the change of each category's share of money with its interval.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    trends : pandas.DataFrame
        From top to bottom: ``label``, ``level``, ``change`` (share, 0 to 1).
    half : pandas.Series
        Half of each interval; NaN draws none.
    """
    for i, (row, width) in enumerate(zip(trends.itertuples(), half, strict=True)):
        sure = bool(abs(row.change) > width)
        colour = ACCENT if row.change >= 0 else SECOND
        if not np.isnan(width):
            ax.plot([100 * (row.change - width), 100 * (row.change + width)], [i, i], color=colour, linewidth=2)
        ax.plot(
            [100 * row.change], [i], marker="^" if row.change >= 0 else "v", markersize=8,
            color=colour if sure else "white", markeredgecolor=colour, markeredgewidth=1.6,
        )  # fmt: skip
    reach = 100 * float(np.nanmax(np.abs(trends["change"]) + half.fillna(0))) or 1.0
    for i, row in enumerate(trends.itertuples()):
        ax.text(reach * 1.12, i, points(row.change), va="center", fontsize=8.5)
    ax.axvline(0, color=INK, linewidth=0.9)
    ax.set_yticks(range(len(trends)), [wrap(f"{r.label}: {r.level}", 32, lines=2) for r in trends.itertuples()])
    ax.set(xlim=(-reach * 1.08, reach * 1.62), ylim=(len(trends) - 0.45, -0.55))
    ax.set_xlabel("Change in share of money, in percentage points (line: 95 % confidence range)")
    light_grid(ax, "x")


@kept
def money_trends(review: ReviewTables) -> Picture | None:
    """Return the changes of shares of money as a picture, or None where there are none."""
    if review.trends.empty:
        return None
    trends = review.trends.head(MOST)
    half = half_width(trends)
    sure = trends[np.abs(trends["change"]) > half]
    if len(sure):
        top = sure.loc[sure["change"].abs().idxmax()]
        moved = "gained" if top["change"] > 0 else "lost"
        width = points(half[top.name]).lstrip("+")
        caption = (
            f"{top['level']} ({top['label']}) {moved} most: {points(top['change'])} of the money, give or take {width} (95 "
            f"% confidence range). {len(sure)} of {len(trends)} changes are larger than chance alone explains."
        )
    else:
        caption = "No change is larger than chance alone explains: every 95 % confidence range includes zero."
    caption += f" Compared with {review.trends_since}. Filled dots are beyond chance, hollow ones are not."
    changes = (f"{r.label} {r.level} {points(r.change)}" for r in trends.itertuples())
    alt = f"Changes in share of money: {'; '.join(changes)}."
    return picture(
        lambda figure: draw_trends(figure.subplots(), trends, half), alt=alt, caption=caption, height=90 + 30 * len(trends)
    )
