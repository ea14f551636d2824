"""How each variable spreads over the customers: many small pictures."""

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from segkit.core.data.customers import CustomerData, Variable
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import ACCENT, INK, light_grid, wrap
from segkit.words.numbers import count, money, money_short, number, percent
from segkit.words.terms import SMALL_GROUP

MOST = 9
"""Variables shown at most."""

COLUMNS = 3
_BARS = 12
_REACH = 0.95
"""Share of customers that the bars cover; the last bar takes the rest, so that a few giants do not flatten all others."""


def bars(values: "pd.Series[float]") -> tuple[list[tuple[float, float]], list[int], bool]:
    """Return the bars of a histogram: their limits, customers in each, and whether the last one is open to the right.

    Parameters
    ----------
    values : pandas.Series of float
        One a customer; missing ones are left out.

    Returns
    -------
    limits : list of (float, float)
        Lower and upper limit of each bar; the upper one of an open bar is only where it is drawn to.
    customers : list of int
        Customers in each bar.
    is_open : bool
        Whether the last bar also holds all larger values.
    """
    known = values.dropna()
    low, top = float(known.min()), float(known.max())
    whole = bool((known == known.round()).all())
    reach = float(known.quantile(_REACH))
    is_open = top > low + 1.5 * (reach - low) and reach > low and not (whole and top - low < _BARS)
    if whole:  # bars of uneven numbers of whole values would look like a comb
        step = max(1, -(-(int(reach if is_open else top) - int(low) + 1) // _BARS))
        edges = np.arange(low, (reach if is_open else top) + step, step) - 0.5
        edges = edges if edges[-1] > (reach if is_open else top) else np.append(edges, edges[-1] + step)
    else:
        edges = np.linspace(low, reach if is_open else top, _BARS + 1)
    counted, _ = np.histogram(known, edges)
    limits, counts = [(float(a), float(b)) for a, b in pairwise(edges)], [int(n) for n in counted]
    if is_open:
        limits.append((float(edges[-1]), float(2 * edges[-1] - edges[-2])))
        counts.append(int((known > edges[-1]).sum()))
    return limits, counts, is_open


def draw_numbers(ax: Axes, values: "pd.Series[float]", unit: str) -> None:
    """Draw the histogram of a numeric variable with its median; a bar of very few customers is left out."""
    limits, counts, is_open = bars(values)
    total = max(sum(counts), 1)
    for place, ((low, high), customers) in enumerate(zip(limits, counts, strict=True)):
        if customers >= SMALL_GROUP:
            last = is_open and place == len(counts) - 1
            ax.bar(
                (low + high) / 2, customers / total, width=0.92 * (high - low), color=ACCENT, alpha=0.45 if last else 0.9,
                hatch="///" if last else None, edgecolor="white",
            )  # fmt: skip
    middle = float(values.median())
    ax.axvline(middle, color=INK, linewidth=1.3, linestyle="--")
    ax.xaxis.set_major_locator(MaxNLocator(4, integer=unit not in ("money", "share")))
    shown = (lambda v, _: money_short(v)) if unit == "money" else (lambda v, _: _short(v, unit))
    ax.xaxis.set_major_formatter(FuncFormatter(shown))


def _short(value: float, unit: str) -> str:
    return percent(value) if unit == "share" else number(value, 0 if abs(value) >= 10 or value == round(value) else 1)


def draw_levels(ax: Axes, values: "pd.Series[str]") -> None:
    """Draw the shares of a category's commonest values; values of very few customers are left out."""
    shares = values.dropna().value_counts()
    total = max(int(shares.sum()), 1)
    top = shares[shares >= SMALL_GROUP][:5]
    ax.barh(range(len(top)), top / total, color=ACCENT, alpha=0.9, height=0.7)
    for i, customers in enumerate(top):
        ax.text(customers / total + 0.02, i, percent(customers / total), va="center", fontsize=7.5)
    ax.set_yticks(range(len(top)), [wrap(level, 14, lines=1) for level in top.index], fontsize=7.5)
    ax.set(ylim=(4.6, -0.6), xlim=(0, max(1.3 * float(top.max() / total), 0.1) if len(top) else 1), xticks=[])
    ax.spines["bottom"].set_visible(False)


def _chosen(data: CustomerData) -> list[Variable]:
    """Return which variables to draw: those that may form segments first, numbers before categories."""
    ranked = sorted(data.variables, key=lambda v: (not v.usable, not v.numeric))
    return [v for v in ranked if v.name in data.customers and data.customers[v.name].nunique() > 1][:MOST]


@kept
def distributions(data: CustomerData) -> Picture | None:
    """Return how the main variables spread over the customers as a picture, or None where nothing varies."""
    shown = _chosen(data)
    if not shown:
        return None
    lines = -(-len(shown) // COLUMNS)

    def draw(figure: Figure) -> None:
        axes = figure.subplots(lines, COLUMNS, squeeze=False)
        for ax in axes.flat[len(shown) :]:
            ax.set_axis_off()
        for ax, variable in zip(axes.flat, shown, strict=False):
            values = data.customers[variable.name]
            unit = f" ({data.currency})" if variable.unit == "money" and data.currency else ""
            ax.set_title(wrap(variable.label + unit, 28, lines=2), fontsize=8.5)
            if variable.numeric:
                draw_numbers(ax, values, variable.unit)
                ax.yaxis.set_major_locator(MaxNLocator(3))
                ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))
                ax.tick_params(labelsize=7.5)
                light_grid(ax, "y")
            else:
                draw_levels(ax, values)

    alt = "Small bar charts of how customers are spread: " + "; ".join(_in_words(v, data) for v in shown) + "."
    return picture(draw, alt=alt, caption=_caption(data, shown), height=30 + 165 * lines)


def _in_words(variable: Variable, data: CustomerData) -> str:
    values = data.customers[variable.name].dropna()
    if variable.numeric:
        return f"{variable.label}, median {_figure(float(values.median()), variable, data)}"
    shares = values.value_counts()
    shares = shares[shares >= SMALL_GROUP]
    return f"{variable.label}" + (f", most often {shares.index[0]}" if len(shares) else "")


def _figure(value: float, variable: Variable, data: CustomerData) -> str:
    return money(value, data.currency, decimals=0) if variable.unit == "money" else _short(value, variable.unit)


def _caption(data: CustomerData, shown: list[Variable]) -> str:
    """Read the picture: the most lopsided variable in figures, and how to look at a panel."""
    said = (
        f"Each panel shows all {count(len(data.customers), 'customer')}: the height is the share of customers, the dashed "
        "line a typical customer (the median: half lie below it), the hatched last bar all larger values."
    )
    numbers = [v for v in shown if v.numeric and v.unit == "money"] or [v for v in shown if v.numeric]
    for variable in numbers[:1]:
        values = data.customers[variable.name]
        mean, middle = float(values.mean()), float(values.median())
        if middle > 0 and mean > 1.3 * middle:
            said += (
                f" {variable.label}: the average is {_figure(mean, variable, data)}, but half of the customers are at or "
                f"below {_figure(middle, variable, data)}; a few large ones pull the average up."
            )
    return f"{said} Values of fewer than five customers are left out."
