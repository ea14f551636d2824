"""How the money is spread over customers."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from segkit.core.data.customers import CustomerData
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import ACCENT, QUIET, SECOND, light_grid
from segkit.words.numbers import count, percent
from segkit.words.terms import MONETARY_TOTAL, SMALL_GROUP

TOP = 0.2
"""Share of best customers that the picture points out."""


def concentration(totals: pd.Series) -> pd.DataFrame:
    """Return cumulative shares of customers and of money, best customers first.

    Parameters
    ----------
    totals : pandas.Series
        Money of each customer; missing values are left out, negative ones count as zero.

    Returns
    -------
    pandas.DataFrame
        Columns ``customers`` and ``money``, both rising from 0 to 1; index: the number of customers, without the first and the
        last few, whose steps would show what a single customer spends.
    """
    ranked = np.sort(totals.dropna().clip(lower=0).to_numpy(dtype=float))[::-1]
    money = np.concatenate([[0.0], np.cumsum(ranked)])
    curve = pd.DataFrame({"customers": np.linspace(0, 1, len(money)), "money": money / money[-1]})
    inside = curve.index.to_series().between(SMALL_GROUP, len(ranked) - SMALL_GROUP)
    return curve[inside | curve.index.isin([0, len(ranked)])]


def draw_lorenz(ax: Axes, curve: pd.DataFrame, top_money: float) -> None:
    """Draw the curve of `concentration`, the even line, and where the best fifth of customers stand.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    curve : pandas.DataFrame
        Columns ``customers`` and ``money`` (0 to 1).
    top_money : float
        Share of money that the best ``TOP`` of customers bring.
    """
    # A curve of thousands of points looks the same with four hundred.
    thin = curve.iloc[np.unique(np.linspace(0, len(curve) - 1, 400).astype(int))]
    ax.plot([0, 1], [0, 1], color=QUIET, linestyle="--", linewidth=1.2)
    ax.text(0.7, 0.66, "if everyone spent the same", color="#57606a", fontsize=8.5, ha="left", va="top")
    ax.plot(thin["customers"], thin["money"], color=ACCENT, linewidth=2.2)
    ax.fill_between(thin["customers"], thin["customers"], thin["money"], color=ACCENT, alpha=0.12, linewidth=0)
    ax.plot([TOP, TOP, 0], [0, top_money, top_money], color=SECOND, linewidth=1.2, linestyle=":")
    ax.plot([TOP], [top_money], marker="o", color=SECOND, markersize=8, markeredgecolor="white")
    # Below the curve there is always room to the right of the point, above it only seldom.
    ax.annotate(
        f"the best {percent(TOP)} of customers\nbring {percent(top_money)} of the money",
        (TOP, top_money), xytext=(0.36, max(top_money - 0.16, 0.12)), fontsize=9, fontweight="bold", va="top",
        arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.8}, backgroundcolor=(1, 1, 1, 0.75),
    )  # fmt: skip
    ax.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="Share of customers, best first", ylabel="Share of money")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))
    light_grid(ax, "both")


@kept
def money_by_customer(data: CustomerData) -> Picture | None:
    """Return the concentration of money as a picture, or None where no customer has money."""
    if MONETARY_TOTAL not in data.customers or not data.customers[MONETARY_TOTAL].gt(0).any():
        return None
    totals = data.customers[MONETARY_TOTAL]
    curve = concentration(totals)
    top_money = float(np.interp(TOP, curve["customers"], curve["money"]))
    half = float(np.interp(0.5, curve["money"], curve["customers"]))
    customers = int(curve.index[-1])
    few = half * customers < SMALL_GROUP
    caption = (
        f"The best {percent(TOP)} of {count(customers, 'customer')} bring {percent(top_money)} of the money, "
        f"and half of the money comes from {f'fewer than {SMALL_GROUP}' if few else percent(half)} of them."
    )
    if missing := int(totals.isna().sum()):
        caption += f" {count(missing, 'customer')} without a figure {'is' if missing == 1 else 'are'} left out."
    alt = f"Curve of cumulative money against customers, best first: {percent(TOP)} of customers bring {percent(top_money)}."
    return picture(
        lambda figure: draw_lorenz(figure.subplots(), curve, top_money), alt=alt, caption=caption, height=380, width=560
    )
