"""Customers counted twice over, as coloured cells: two segmentations, or the same one before and after."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from segkit.core.disclosure import withheld_table
from segkit.plots.cells import draw_cells
from segkit.words.numbers import MISSING, count, percent


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
    texts = [
        [MISSING if hide else "" if n == 0 else f"{count(n)}\n{percent(s)}" for n, s, hide in zip(*line, strict=True)]
        for line in zip(values, shares, few, strict=True)
    ]
    draw_cells(ax, np.where((values == 0) | few, np.nan, shares), texts, rows, columns, norm=Normalize(0, 1))
