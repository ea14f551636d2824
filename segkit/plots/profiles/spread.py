"""How one variable is spread within each segment: every customer's share on the left, the means on the right."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from segkit.core.profiles.spread import Spread
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import SegmentLook, light_grid, segment_looks, wrap
from segkit.words.numbers import money_short, number, percent
from segkit.words.terms import SEGMENT_NAME

WIDE = 20
"""Largest value ÷ smallest from which a logarithmic axis shows more, where all values are above zero."""

DECADES = 300
"""Largest value ÷ smallest up to which a logarithmic axis needs labels between its powers of ten."""

FAR = 3.0
"""Width of all values ÷ width of the middle nine tenths from which the axis leaves the few furthest out."""

_LINES = ("-", "--", "-.", ":")


def draw_shares(ax: Axes, spread: Spread, looks: dict[str, SegmentLook]) -> None:
    """Draw for each segment which share of its customers has at most so much."""
    import seaborn as sns  # late: it takes a second, and only notebook 4 draws with it

    log = _wide(spread.blocks["value"])
    for segment, mine in spread.blocks.groupby("segment_id", sort=False):
        look, place = looks[str(segment)], spread.order.index(str(segment))
        sns.ecdfplot(
            mine, x="value", weights="customers", log_scale=log, ax=ax, color=look.colour, linestyle=_LINES[place % 4],
            linewidth=1.6, marker=look.marker, markersize=4.5, markevery=max(1, len(mine) // 4),
        )  # fmt: skip
    light_grid(ax, "both")
    ax.set(ylabel="share of customers with at most this much", ylim=(0, 1.02))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    edges = None if log else close_up(spread.blocks)
    if edges is not None:
        ax.set_xlim(*edges)
    _scale(ax, spread, spread.blocks["value"], log=log, note="" if edges is None else "a few lie beyond the edge")


def close_up(blocks: pd.DataFrame) -> tuple[float, float] | None:
    """Return the edges of an axis that leaves out the few furthest values, or None where all can be seen together.

    Parameters
    ----------
    blocks : pandas.DataFrame
        See ``Spread.blocks``.
    """
    inner = []
    for _, mine in blocks.groupby("segment_id", sort=False):
        place = (mine["customers"].cumsum() - mine["customers"] / 2) / mine["customers"].sum()
        middle = mine.loc[place.between(0.05, 0.95), "value"]
        # in a small segment the last block of five holds the giant, and more than a twentieth of the customers
        inner.append(middle.drop([mine.index[0], mine.index[-1]], errors="ignore") if len(mine) > 2 else middle)
    shown = pd.concat(inner)
    low, high = float(shown.min()), float(shown.max())
    bottom, top = float(blocks["value"].min()), float(blocks["value"].max())
    if not high > low or top - bottom <= FAR * (high - low):
        return None
    room = 0.25 * (high - low)
    return max(bottom, low - room) - 0.04 * (high - low), min(top, high + room) + 0.04 * (high - low)


def draw_means(ax: Axes, spread: Spread, looks: dict[str, SegmentLook]) -> None:
    """Draw the mean of each segment with the range in which it surely lies."""
    import seaborn as sns

    names = [wrap(name, 24, lines=3) for name in spread.means[SEGMENT_NAME]]
    ids = [str(segment) for segment in spread.means.index]  # two long names may be cut to the same words
    # low, mean and high of each: their median is the mean, and all three together span the range
    figures = pd.DataFrame({"segment": np.repeat(ids, 3), "figure": spread.means[["low", "mean", "high"]].to_numpy().ravel()})
    shown = [looks[segment] for segment in ids]
    sns.pointplot(
        figures, x="figure", y="segment", order=ids, hue="segment", hue_order=ids, estimator="median", errorbar=("pi", 100),
        palette=[look.colour for look in shown], markers=[look.marker for look in shown], linestyle="none", markersize=5,
        err_kws={"linewidth": 1.6}, capsize=0.12, legend=False, ax=ax,
    )  # fmt: skip
    light_grid(ax, "x")
    ax.set(ylabel="")
    ax.set_yticks(range(len(ids)), names)
    ranges = spread.means[["low", "high"]].stack()
    log = _wide(ranges)  # a range that is narrow for a small segment would hide under its sign
    if log:
        ax.set_xscale("log")
    _scale(ax, spread, ranges, log=log)


def _wide(values: pd.Series) -> bool:
    return bool(values.min() > 0 and values.max() > WIDE * values.min())


def _scale(ax: Axes, spread: Spread, values: pd.Series, *, log: bool, note: str = "") -> None:
    unit = spread.currency if spread.unit == "money" else "" if spread.unit == "share" else spread.unit
    label = f"{spread.label} ({unit})" if unit and unit.casefold() not in spread.label.casefold().split() else spread.label
    ax.set_xlabel(wrap(label, 42, lines=2) + (f"\n{note}" if note else ""))
    if log:
        ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if values.max() < DECADES * values.min() else (1,)))
        ax.xaxis.set_minor_formatter(NullFormatter())
    else:
        ax.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, spread.unit)))


def tick(value: float, unit: str) -> str:
    """Write a value at an axis with as many digits as it has, so that even steps look even; thousands as k where that is exact.

    Examples
    --------
    >>> tick(0.025, "share"), tick(0.25, ""), tick(7500, "money"), tick(1250, "money"), tick(102_500, "money")
    ('2.5 %', '0.25', '7.5k', '1,250', '102,500')
    """
    if unit == "share":
        return percent(value, _digits(100 * value))
    size = 1000 ** int(math.log10(abs(value) or 1) // 3) if abs(value) >= 1000 else 1
    short = size > 1 and _digits(value / size) <= (abs(value / size) < 99.95)
    return money_short(value) if short else number(value, _digits(value))


def _digits(value: float) -> int:
    """Return how many decimal places a number has, six at most."""
    return next((digits for digits in range(6) if math.isclose(value, round(value, digits), abs_tol=1e-9)), 6)


@kept
def spread_by_segment(spread: Spread) -> Picture | None:
    """Return the picture of a variable's spread within each segment, or None where no segment has values enough.

    Parameters
    ----------
    spread : Spread
        What is drawn: blocks of customers, and means with their intervals.
    """
    if not len(spread.means):
        return None
    looks = segment_looks(spread.order)

    def draw(figure: Figure) -> None:
        shares, means = figure.subplots(1, 2)
        draw_shares(shares, spread, looks)
        draw_means(means, spread, looks)
        shares.set_title("All customers")
        means.set_title("Average, 95 % confidence range")

    names = ", ".join(spread.means[SEGMENT_NAME])
    return picture(
        draw,
        alt=f"Left a rising line for each segment, right its mean with its range: {spread.label} in {names}.",
        caption=(
            f"{spread.sentence} Colours and symbols are the same on both sides; a steep line means that customers are alike."
        ),
        height=max(300, 110 + 40 * len(spread.means)),
    )
