"""The segment profile plot: a panel a segment, its means and shares against all customers.

After Dolnicar, Grün, Leisch 2018, section 8: marker variables, those that tell a segment from the others, stand out.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.core.profiles.profile import ProfileTables
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import INK, SegmentLook, segment_looks, wrap
from segkit.words.numbers import MISSING, adding_up, count, listed, number, percent
from segkit.words.terms import SEGMENT_ID, SEGMENT_NAME

MOST = 12
"""Rows in a panel at most."""

COLUMNS = 3
"""Panels side by side at most."""


def row_key(index: pd.DataFrame) -> pd.Series:
    """Return the identity of each row of ``ProfileTables.index``: variable, and level where there is one."""
    return index["variable"].astype(str) + "\x1f" + index["level"].fillna("").astype(str)


def row_labels(index: pd.DataFrame) -> dict[str, str]:
    """Return a label for people for each row identity."""
    level = index["level"].fillna("").astype(str)
    labels = index["label"].astype(str).where(level == "", index["label"].astype(str) + ": " + level)
    return dict(zip(row_key(index), labels, strict=True))


def telling_rows(tables: ProfileTables, most: int = MOST) -> list[str]:
    """Choose which rows to draw: segmentation variables first, then those that mark most segments, then the widest apart.

    Parameters
    ----------
    tables : ProfileTables
        The profiles.
    most : int, optional
        Rows at most.

    Returns
    -------
    list of str
        Row identities in the order in which the table holds them.
    """
    index = tables.index.assign(key=row_key(tables.index))
    marks = row_key(tables.markers).value_counts() if len(tables.markers) else pd.Series(dtype=int)
    ranked = index.groupby("key", sort=False).agg(
        formed=("segmentation_variable", "max"), apart=("index_vs_base", lambda v: float((v - 100).abs().max()))
    )
    known = index["value"].fillna(0.0).ne(0.0).groupby(index["key"]).mean()
    ranked = ranked[
        (known.reindex(ranked.index) > 0.5) | (ranked["formed"].astype(bool))
    ]  # in most panels the rest would be bare
    ranked = ranked[ranked["formed"].astype(bool) | ~(ranked["apart"] < 0.5)]  # what all share tells nobody apart
    ranked["marks"] = marks.reindex(ranked.index).fillna(0)
    ranked["apart"] = ranked["apart"].fillna(-1.0)
    best = ranked.sort_values(["formed", "marks", "apart"], ascending=False, kind="stable").index[:most]
    return [key for key in ranked.index if key in set(best)]


def value_text(value: float, share: bool) -> str:
    """Return a mean or a share as it is printed beside its bar."""
    if np.isnan(value):
        return MISSING
    if share:
        return percent(value)
    return number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)


def draw_profile(ax: Axes, rows: pd.DataFrame, look: SegmentLook, title: str, scale: Sequence[float]) -> None:
    """Draw one segment's panel.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    rows : pandas.DataFrame
        From top to bottom: columns ``value``, ``all``, ``share``, ``marker`` (bool).
    look : SegmentLook
        Colour of the segment.
    title : str
        Its name and size, wrapped.
    scale : Sequence of float
        For each row, the number that fills the panel: the same in all panels, so that panels compare.
    """
    for i, (row, full) in enumerate(zip(rows.itertuples(), scale, strict=True)):
        value, overall, marked = float(row.value), float(row.all), row.marker is True
        if not np.isnan(value):
            ax.barh(
                i, value / full, height=0.62, color=look.colour if marked else "white", edgecolor=look.colour, linewidth=1.1,
                hatch=None if marked else "....", alpha=1.0 if marked else 0.75,
            )  # fmt: skip
        if not np.isnan(overall):
            ax.plot([overall / full] * 2, [i - 0.42, i + 0.42], color=INK, linewidth=1.8)
        place = max(0.0, 0.0 if np.isnan(value) else value / full, 0.0 if np.isnan(overall) else overall / full)
        ax.text(place + 0.04, i, value_text(value, bool(row.share)), va="center", fontsize=7.5,
                fontweight="bold" if marked else "normal")  # fmt: skip
    low = min(0.0, *(float(v) / f for v, f in zip(rows["value"].fillna(0), scale, strict=True)))
    ax.set(xlim=(low * 1.05, 1.42), ylim=(len(rows) - 0.4, -0.6), xticks=[])
    ax.set_title(title, fontsize=8.5)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="y", length=0)


@kept
def segment_profiles(tables: ProfileTables, rows: Sequence[str] | None = None) -> Picture:
    """Return the segment profile plot.

    Parameters
    ----------
    tables : ProfileTables
        The profiles.
    rows : Sequence of str, optional
        Row identities of `row_key`; by default `telling_rows` chooses.
    """
    keys = list(rows) if rows is not None else telling_rows(tables)
    index = tables.index.assign(key=row_key(tables.index))
    marked = set(zip(tables.markers[SEGMENT_ID], row_key(tables.markers), strict=True)) if len(tables.markers) else set()
    index["marker"] = [pair in marked for pair in zip(index[SEGMENT_ID], index["key"], strict=True)]
    labels, segments = row_labels(tables.index), list(tables.summary.index)
    shown = index[index["key"].isin(keys)]
    widest = shown[["value", "all"]].abs().max(axis=1).groupby(shown["key"]).max()
    scale = [float(widest.get(key, 1.0)) or 1.0 for key in keys]
    looks = segment_looks(segments)
    shares = dict(zip(segments, adding_up(tables.summary["share"].to_list()), strict=True))
    columns = min(COLUMNS, len(segments))
    lines = -(-len(segments) // columns)

    def draw(figure: Figure) -> None:
        axes = figure.subplots(lines, columns, sharey=True, squeeze=False)
        for ax in axes.flat[len(segments) :]:
            ax.set_axis_off()
        for ax, segment in zip(axes.flat, segments, strict=False):
            mine = shown[shown[SEGMENT_ID] == segment].set_index("key").reindex(keys)
            name = str(tables.summary.loc[segment, SEGMENT_NAME])
            title = wrap(name, 28, lines=2) + f"\n{percent(shares[segment])} of customers"
            draw_profile(ax, mine, looks[segment], title, scale)
        for ax in axes[:, 0]:
            ax.tick_params(axis="y", labelsize=7.5)
        axes[0, 0].set_yticks(range(len(keys)), [wrap(labels[key], 26, lines=2) for key in keys])

    left_out = len(labels) - len(keys)
    caption = (
        "Each bar shows a segment's average or share; the black line is that of all customers. Every row has its own "
        "scale, the same in all panels. Filled bars mark what sets the segment apart (25 percentage points or half as "
        "much again)."
    )
    if left_out:
        caption += f" {count(left_out, 'row')} that say less {'is' if left_out == 1 else 'are'} left out."
    markers = (
        f"{tables.summary.loc[s, SEGMENT_NAME]}: {listed([labels[k] for k in keys if (s, k) in marked]) or 'no marker'}."
        for s in segments
    )
    return picture(
        draw,
        alt=(f"Small bar charts, one per segment. {' '.join(markers)}"),
        caption=caption,
        height=lines * (62 + 28 * len(keys)),
    )
