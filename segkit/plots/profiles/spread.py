"""How one variable is spread within each segment: every customer's share on the left, the means on the right."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from segkit.core.profiles.spread import Spread
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import SegmentLook, light_grid, plain, segment_looks, wrap
from segkit.words.numbers import money_short, number, percent
from segkit.words.terms import SEGMENT_NAME

WIDE = 20
"""Largest value ÷ smallest from which a logarithmic axis shows more, where all values are above zero."""

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
    _scale(ax, spread, log=log)


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
    log = _wide(spread.blocks["value"]) and float(spread.means["low"].min()) > 0
    if log:  # as on the left: a range that is narrow for a small segment would hide under its sign
        ax.set_xscale("log")
    _scale(ax, spread, log=log)


def _wide(values: pd.Series) -> bool:
    return bool(values.min() > 0 and values.max() > WIDE * values.min())


def _scale(ax: Axes, spread: Spread, *, log: bool) -> None:
    unit = spread.currency if spread.unit == "money" else "" if spread.unit == "share" else spread.unit
    label = f"{spread.label} ({unit})" if unit and unit.casefold() not in spread.label.casefold().split() else spread.label
    ax.set_xlabel(wrap(plain(label).replace(r"\$", "$"), 42, lines=2))
    if log:
        ax.xaxis.set_minor_formatter(NullFormatter())
    else:
        ax.xaxis.set_major_locator(MaxNLocator(4))

    def said(value: float, _: object) -> str:
        if spread.unit == "share":
            return percent(value)
        if abs(value) >= 1000 and value % 100 == 0:
            return money_short(value)
        # as many places as the mark has: 1.4 and 1.45 must not read the same
        return number(value, next((places for places in range(3) if abs(value - round(value, places)) < 1e-9), 3))

    ax.xaxis.set_major_formatter(FuncFormatter(said))


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
        means.set_title("Mean, with its 95 % range")

    names = ", ".join(spread.means[SEGMENT_NAME])
    return picture(
        draw,
        alt=f"Left a rising line for each segment, right its mean with its range: {spread.label} in {names}.",
        caption=f"{spread.sentence} Colours and signs are the same on both sides; a steep line means that customers are alike.",
        height=max(300, 110 + 40 * len(spread.means)),
    )
