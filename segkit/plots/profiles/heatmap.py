"""The index of every segment on every variable: 100 is average."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm

from segkit.core.disclosure import WITHHELD
from segkit.core.profiles.profile import ProfileTables
from segkit.plots.cells import DIVERGING, draw_cells
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.profiles.profile import row_key, row_labels, telling_rows
from segkit.words.numbers import MISSING, count, listed, number
from segkit.words.terms import INDEX_VS_BASE, RECENCY_DAYS, SEGMENT_ID, SEGMENT_NAME

MOST = 20
"""Rows at most."""

SURE = 2.0
"""Standard errors from which a segment's figure is called the furthest from average."""

FULL = 3.0
"""Index of three times (or a third of) the average takes the full colour."""


def draw_index(ax: Axes, index: pd.DataFrame, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Draw the index of each variable (rows) in each segment (columns).

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    index : pandas.DataFrame, shape (rows, columns)
        Index against the base, 100 is average; NaN where suppressed, drawn as an en dash on white.
    rows, columns : Sequence of str
        Labels.
    """
    values = index.to_numpy(dtype=float)
    # Half and double stand equally far from 100, so colours run on a logarithmic scale; an index of 0 takes the last colour.
    colour = np.where(np.isnan(values), np.nan, np.clip(values, 100 / FULL, 100 * FULL))
    texts = [[MISSING if np.isnan(v) else number(v, 0) for v in line] for line in values]
    draw_cells(ax, colour, texts, rows, columns, norm=LogNorm(100 / FULL, 100 * FULL), cmap=DIVERGING)


@kept
def index_heatmap(tables: ProfileTables, rows: Sequence[str] | None = None) -> Picture:
    """Return the index of segments by variables as a picture.

    Parameters
    ----------
    tables : ProfileTables
        The profiles.
    rows : Sequence of str, optional
        Row identities (`segkit.plots.profiles.profile.row_key`); by default the most telling ones, twenty at most.
    """
    keys = list(rows) if rows is not None else telling_rows(tables, MOST)
    wide = tables.index.assign(key=row_key(tables.index)).pivot(index="key", columns=SEGMENT_ID, values=INDEX_VS_BASE)
    wide = wide.reindex(index=keys, columns=list(tables.summary.index))
    labels = row_labels(tables.index)
    names = {str(s): str(name) for s, name in tables.summary[SEGMENT_NAME].items()}
    caption = (
        "An index of 100 is the average of all customers, 200 is twice as much, 50 is half; orange is above average, "
        "purple below."
    )
    z = tables.index.assign(key=row_key(tables.index)).pivot(index="key", columns=SEGMENT_ID, values="z").reindex_like(wide)
    far = (np.log(wide.clip(lower=1.0) / 100)).abs().where(z.abs() >= SURE).stack()  # no chance figure of a small segment
    if len(far.dropna()):
        key, segment = far.idxmax()
        caption += f" Furthest from average: {labels[key]} in “{names[str(segment)]}” ({number(wide.loc[key, segment], 0)})."
    if RECENCY_DAYS in set(tables.index.set_index(row_key(tables.index)).loc[keys, "variable"]):
        caption += " Of days since the last order, fewer is better."
    if wide.isna().to_numpy().any():
        caption += f" {WITHHELD} It also stands where nobody has a value."
    if left_out := len(labels) - len(keys):
        caption += f" {count(left_out, 'row')} that say less {'is' if left_out == 1 else 'are'} left out."
    caption += " In small segments the index swings further by chance."
    alt = f"Table of {len(keys)} variables by {len(names)} segments, coloured by index: {listed(list(names.values()))}."
    return picture(
        lambda figure: draw_index(figure.subplots(), wide, [labels[k] for k in keys], list(names.values())),
        alt=alt, caption=caption, height=90 + 30 * len(keys),
    )  # fmt: skip
