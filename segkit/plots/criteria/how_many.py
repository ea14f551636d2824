"""The evidence for each number of segments, side by side."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from segkit.core.criteria.evidence.recommendation import HowMany
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import ACCENT, INK, SECOND, light_grid
from segkit.words.numbers import count, number, percent
from segkit.words.terms import SMALL_GROUP


def _dress(ax: Axes, table: pd.DataFrame, recommended: int, title: str) -> None:
    ax.axvspan(recommended - 0.42, recommended + 0.42, color="#fff1d6", zorder=0)
    ax.set_title(title)
    ax.set_xticks(table.index.tolist())
    ax.set_xlim(table.index.min() - 0.6, table.index.max() + 0.6)
    ax.set_xlabel("number of segments")
    for label in ax.get_xticklabels():
        if label.get_text() == str(recommended):
            label.set(fontweight="bold", color=INK)
    light_grid(ax, "y")


def draw_gap(ax: Axes, table: pd.DataFrame, recommended: int) -> None:
    """Draw the gap statistic with its standard error for each number of segments (column ``gap``, ``gap_se``)."""
    known = table.dropna(subset=["gap"])
    ax.errorbar(
        known.index, known["gap"], yerr=known["gap_se"], color=ACCENT, marker="o", markersize=5, capsize=3, linewidth=1.4
    )
    _dress(ax, table, recommended, "Gap to a crowd without\nsegments (higher is better)")


def draw_stability(ax: Axes, table: pd.DataFrame, pairs: pd.DataFrame, recommended: int) -> None:
    """Draw a box of the adjusted Rand index over bootstrap pairs for each number of segments (columns of ``pairs``)."""
    ks = [int(k) for k in pairs.columns]
    boxes = ax.boxplot(
        [pairs[k].dropna().to_numpy() for k in pairs.columns],
        positions=ks, widths=0.6, patch_artist=True, manage_ticks=False, flierprops={"marker": ".", "markersize": 4},
    )  # fmt: skip
    for box in boxes["boxes"]:
        box.set(facecolor="#cfe3f1", edgecolor=ACCENT)
    for line in boxes["medians"]:
        line.set(color=INK, linewidth=1.6)
    ax.set_ylim(min(0.0, float(np.nanmin(pairs.to_numpy(), initial=0.0))), 1.03)
    _dress(ax, table, recommended, "Found again in repeated samples\n(1 = always the same)")


def draw_each(ax: Axes, table: pd.DataFrame, values: pd.Series, recommended: int, title: str) -> None:
    """Draw one ring for each segment at each number of segments, and a line through the lowest of each.

    Parameters
    ----------
    values : pandas.Series
        Index ``k``, ``segment``; from 0 to 1.
    """
    known = values.dropna()
    lowest = known.groupby(level="k").min()
    ax.plot(lowest.index, lowest, color=ACCENT, linewidth=1.2, zorder=1)
    ax.scatter(known.index.get_level_values("k"), known, s=20, facecolor="white", edgecolor=ACCENT, linewidth=1.1, zorder=2)
    ax.set_ylim(0, 1.05)
    _dress(ax, table, recommended, title)


def draw_silhouette(ax: Axes, table: pd.DataFrame, recommended: int) -> None:
    """Draw the mean simplified silhouette (column ``silhouette``)."""
    known = table["silhouette"].dropna()
    ax.plot(known.index, known, color=ACCENT, marker="o", markersize=5, linewidth=1.4)
    ax.set_ylim(0, 1.05)
    _dress(ax, table, recommended, "Closeness to its own centre\n(simplified silhouette)")


def draw_smallest(ax: Axes, table: pd.DataFrame, recommended: int, floor: float | None) -> None:
    """Draw the share of the smallest segment for each number of segments, and the size it should have at least."""
    ax.bar(table.index, table["smallest_share"], color=SECOND, width=0.62)
    if floor:
        ax.axhline(floor, color=INK, linestyle="--", linewidth=1.1)
        ax.text(
            0.98, 0.97, f"dashed: at least\n{percent(floor)} wanted", transform=ax.transAxes, ha="right", va="top", fontsize=8
        )
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))
    _dress(ax, table, recommended, "Smallest segment\n(share of customers)")


@kept
def how_many_segments(how_many: HowMany, smallest_share: float | None = None) -> Picture:
    """Return the six pieces of evidence as one picture, the recommended number marked in each.

    Parameters
    ----------
    how_many : HowMany
        The evidence.
    smallest_share : float, optional
        Share of customers that a segment should have at least (a decision of notebook 1).
    """
    table, k = how_many.table, how_many.recommended

    several, segments = table[table.index > 1], how_many.lineage.segments

    def draw(figure: Figure) -> None:
        axes = figure.subplots(2, 3).ravel()
        draw_gap(axes[0], table, k)
        # One segment is always found again and always whole: there is nothing to draw for it.
        draw_stability(axes[1], several, how_many.pairs, k)
        draw_smallest(axes[2], several, k, smallest_share)
        draw_each(axes[3], several, segments["within"], k, "Each segment found again\n(rings; 1 = all its customers)")
        draw_each(axes[4], several, segments["across"], k, "Each comes from one segment\nof one fewer (1 = wholly)")
        draw_silhouette(axes[5], several, k)

    smallest = percent(table.loc[k, "smallest_share"]) + " of customers"
    if table.loc[k, "smallest_share"] * len(how_many.labels[k]) < SMALL_GROUP - 0.5:
        smallest = f"fewer than {SMALL_GROUP} customers"
    row, pairs = table.loc[k], count(len(how_many.pairs), "pair")
    caption = (
        f"The shaded {k} comes out best. With {count(k, 'segment')}, the same segments come back in "
        f"{pairs} of repeated samples with a typical agreement of {number(row['adjusted_rand'], 2)} "
        "(median adjusted Rand index; "
        f"the middle half lies between {number(row['adjusted_rand_low'], 2)} and {number(row['adjusted_rand_high'], 2)}), "
        f"and the smallest holds {smallest}. Of the customers who "
        "are ever in the segment that "
        f"is hardest to find again, {percent(segments.loc[k, 'within'].min())} are in it both times (mean Jaccard "
        "index). Bars on the gap are standard errors; closeness is measured to the centres of "
        "segments (simplified silhouette), "
        "which flatters a little: compare only its heights."
    )
    medians = "; ".join(f"{i}: {number(v, 2)}" for i, v in table["adjusted_rand"].dropna().items())
    alt = (
        "Six small charts by number of segments: gap statistic, stability, smallest segment, stability of each "
        f"segment within and across numbers of segments, silhouette; {k} is marked. "
        f"Median adjusted Rand index by number of segments: {medians}."
    )
    return picture(draw, alt=alt, caption=caption, height=520)
