"""Customers counted twice over, as coloured cells: two segmentations, or the same one before and after."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from segkit.core.disclosure import withheld_table
from segkit.plots.cells import draw_cells
from segkit.words.numbers import MISSING, count, percent
from segkit.words.terms import SMALL_GROUP


def draw_crossing(ax: Axes, counts: pd.DataFrame, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Draw counts with their share of the row; of small cells, and of those that would give them away, only a dash.

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
    few = withheld_table(values)
    # of fifty or more, one in ten may be five: words for the rest give nobody away
    most = few & (shares >= 0.9) & (totals >= 10 * SMALL_GROUP)
    texts = np.where(few, np.where(most, "nearly\nall", MISSING), "").astype(object)
    for i, j in zip(*np.nonzero(~few & (values > 0)), strict=True):
        texts[i, j] = f"{count(values[i, j])}\n{percent(shares[i, j])}"
    draw_cells(ax, np.where((values == 0) | few, np.nan, shares), texts.tolist(), rows, columns, norm=Normalize(0, 1))
