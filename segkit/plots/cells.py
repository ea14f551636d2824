"""A table drawn as coloured cells with the figure printed in each: colour is never the only sign."""

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap, Normalize

from segkit.plots.style import ink_on, plain, wrap

Grid = npt.NDArray[np.float64]

SEQUENTIAL = ListedColormap(mpl.colormaps["Blues"](np.linspace(0.04, 0.92, 256)), "segkit_blues")
DIVERGING = ListedColormap(mpl.colormaps["PuOr_r"](np.linspace(0.12, 0.88, 256)), "segkit_purple_orange")


def draw_cells(
    ax: Axes,
    colour: Grid,
    texts: Sequence[Sequence[str]],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    norm: Normalize,
    cmap: Colormap = SEQUENTIAL,
    columns_on_top: bool = True,
) -> None:
    """Draw coloured cells with a text in each.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    colour : array, shape (rows, columns)
        Number that colours each cell; NaN leaves it white.
    texts : Sequence of Sequence of str, shape (rows, columns)
        What stands in each cell.
    rows, columns : Sequence of str
        Labels; long ones are wrapped.
    norm, cmap
        How numbers become colours.
    columns_on_top : bool, optional
        Labels of the columns above (as in a table) or below (as on an axis).
    """
    many = len(columns) > 7
    ax.imshow(np.ma.masked_invalid(colour), cmap=cmap, norm=norm, aspect="auto", interpolation="nearest")
    for i, line in enumerate(texts):
        for j, text in enumerate(line):
            ink = "black" if np.isnan(colour[i, j]) else ink_on(cmap(float(norm(colour[i, j]))))
            lines = "\n".join(plain(part) for part in text.split("\n"))
            ax.text(j, i, lines, ha="center", va="center", color=ink, fontsize=7.5 if many else 8.5, linespacing=1.25)
    ax.set_xticks(
        range(len(columns)),
        [wrap(c, 10 if many else 14, lines=4) for c in columns],
        fontsize=7.5 if many else 8.5,
        rotation=90 if len(columns) > 10 else 0,
    )
    ax.set_yticks(range(len(rows)), [wrap(r, 26, lines=3) for r in rows])
    ax.tick_params(length=0, top=False, bottom=False, labeltop=columns_on_top, labelbottom=not columns_on_top)
    ax.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    ax.grid(True, which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="minor", length=0)
    ax.spines[:].set_visible(False)
