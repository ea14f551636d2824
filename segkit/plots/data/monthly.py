"""Orders and revenue, month by month."""

import calendar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from segkit.core.data.customers import CustomerData
from segkit.core.disclosure import withheld
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import ACCENT, SECOND, light_grid, plain
from segkit.words.numbers import count, date, money, money_short, month
from segkit.words.regions import MONTHS
from segkit.words.terms import SMALL_GROUP


def draw_monthly(ax: Axes, values: pd.Series, *, colour: str, title: str, currency: str | None, incomplete: bool) -> None:
    """Draw one bar a month.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    values : pandas.Series
        Index month (Timestamp), one number a month.
    colour, title : str
        Of the bars and the panel.
    currency : str or None
        Sign or code of the money on the axis; None for counts.
    incomplete : bool
        Whether the last month is not yet over; it is then hatched.
    """
    bars = ax.bar(range(len(values)), values.to_numpy(), color=colour, width=0.8)
    if incomplete and len(bars):
        bars[-1].set(hatch="///", facecolor="white", edgecolor=colour)
    step = max(1, -(-len(values) // 12))
    places, labels, year = list(range(0, len(values), step)), [], None
    for place in places:
        at = values.index[place]
        labels.append(MONTHS[at.month - 1][:3] + ("" if at.year == year else f"\n{at.year}"))
        year = at.year
    ax.set_xticks(places, labels)
    ax.set_title(plain(title))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: count(v) if currency is None else plain(money_short(v, currency))))
    light_grid(ax, "y")
    ax.set_ylim(bottom=min(0.0, float(np.nanmin(values.to_numpy(), initial=0.0))))


@kept
def orders_by_month(data: CustomerData) -> Picture | None:
    """Return orders and revenue by month as a picture, or None where the data have no dates."""
    monthly = data.monthly
    if monthly.empty:
        return None
    hidden = withheld(monthly["customers"], [range(len(monthly))])
    shown = monthly.mask(pd.Series(hidden, index=monthly.index))
    last = data.last_date
    incomplete = last is not None and last.day < calendar.monthrange(last.year, last.month)[1]
    has_money = monthly["revenue"].notna().any()

    def draw(figure: Figure) -> None:
        axes = figure.subplots(2 if has_money else 1, 1, sharex=True, squeeze=False)[:, 0]
        draw_monthly(axes[0], shown["orders"], colour=ACCENT, title="Orders", currency=None, incomplete=incomplete)
        if has_money:
            title = f"Revenue ({data.currency})" if data.currency else "Revenue"
            draw_monthly(axes[1], shown["revenue"], colour=SECOND, title=title, currency=data.currency, incomplete=incomplete)

    first_month, last_month = month(monthly.index[0]), month(monthly.index[-1])
    worth = f" worth {money(monthly['revenue'].sum(), data.currency, 0)}" if has_money else ""
    ranked = shown["revenue" if has_money else "orders"].dropna()
    caption = f"From {first_month} to {last_month} there were {count(monthly['orders'].sum(), 'order')}{worth}"
    if len(ranked):
        amount = money(ranked.max(), data.currency, 0) if has_money else count(ranked.max(), "order")
        caption += f"; the strongest month {'shown ' if hidden.any() else ''}was {month(ranked.idxmax())} with {amount}"
    caption += "."
    if hidden.any():
        caption += (
            f" {count(hidden.sum(), 'month')} {'is' if hidden.sum() == 1 else 'are'} left blank, so that no group of fewer "
            f"than {SMALL_GROUP} customers can be worked out."
        )
    if incomplete:
        caption += f" The last bar is hatched: that month is known only up to {date(last)}."
    what = "orders and revenue" if has_money else "orders"
    alt = f"Bar chart of {what} by month, {first_month} to {last_month}: {count(len(monthly), 'month')}."
    return picture(draw, alt=alt, caption=caption, height=400 if has_money else 240)
