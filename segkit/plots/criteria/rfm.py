"""Recency against frequency, with the mean money in each cell."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from segkit.core.data.customers import CustomerData
from segkit.core.disclosure import WITHHELD, gives_away, how_many, withheld
from segkit.plots.cells import draw_cells
from segkit.plots.picture import Picture, kept, picture
from segkit.words.numbers import MISSING, count, money, money_short
from segkit.words.terms import FREQUENCY, MONETARY_TOTAL, RECENCY_DAYS

NEEDED = (RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL)

FEWEST_CELLS = 3
"""A map of fewer cells that may be shown is a field of dashes."""


def band_edges(values: pd.Series, bands: int = 5) -> tuple[float, ...]:
    """Return rising whole-number cuts that split values into up to ``bands`` bands; ties never fall apart.

    Parameters
    ----------
    values : pandas.Series
        Numbers without missing values.
    bands : int, optional
        Bands wanted; fewer where many values are equal.
    """
    cuts = np.ceil(np.quantile(values, np.arange(1, bands) / bands, method="higher"))
    return tuple(float(c) for c in np.unique(cuts) if values.min() < c <= values.max())


def rfm_cells(customers: pd.DataFrame, recency_cuts: Sequence[float], frequency_cuts: Sequence[float]) -> pd.DataFrame:
    """Count customers and average their money in each cell (``lower <= value < upper``).

    Returns
    -------
    pandas.DataFrame
        Columns ``recency`` and ``frequency`` (number of the band, from the lowest), ``size`` (customers), ``mean`` (money),
        ``shown`` (whether the cell may be shown: see `segkit.core.disclosure`).
    """
    known = customers.dropna(subset=list(NEEDED))
    keys = {
        "recency": np.searchsorted(recency_cuts, known[RECENCY_DAYS], side="right"),
        "frequency": np.searchsorted(frequency_cuts, known[FREQUENCY], side="right"),
    }
    grouped = known.assign(**keys).groupby(["recency", "frequency"])[MONETARY_TOTAL]
    cells = grouped.agg(size="size", mean="mean", one=gives_away).reset_index()
    of_band = [np.flatnonzero(cells[band] == at) for band in ("recency", "frequency") for at in cells[band].unique()]
    cells["shown"] = ~withheld(cells["size"], of_band, cells["one"])
    return cells.drop(columns="one")


def band_names(cuts: Sequence[float], unit: str, lowest: float) -> list[str]:
    """Say in words which whole numbers each band holds: ``1``, ``2–3``, ``4 or more``."""
    starts = [lowest, *cuts]
    names = []
    for start, end in zip(starts, [*cuts, None], strict=True):
        if end is None:
            names.append(f"{count(start)} or more" + (f" {unit}" if unit else ""))
        else:
            span = count(start) if end - start <= 1 else f"{count(start)}–{count(end - 1)}"
            names.append(f"{span} {unit}".strip())
    return names


def draw_rfm(ax: Axes, cells: pd.DataFrame, recency: Sequence[str], frequency: Sequence[str], currency: str) -> None:
    """Draw mean money by band of recency (columns, most recent first) and of frequency (rows, most often on top).

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    cells : pandas.DataFrame
        As `rfm_cells` returns it. Cells that must not be shown bear a dash.
    recency, frequency : Sequence of str
        Names of the bands, from the lowest.
    currency : str
        Sign or code of the money.
    """
    shape = (len(frequency), len(recency))
    mean, texts = np.full(shape, np.nan), [["" for _ in recency] for _ in frequency]
    for r, f, size, value, shown in cells[["recency", "frequency", "size", "mean", "shown"]].itertuples(index=False):
        row = len(frequency) - 1 - f
        if not shown:
            texts[row][r] = MISSING
        else:
            mean[row, r] = value
            texts[row][r] = f"{money_short(value, currency)}\n{count(size)} cust."
    top = float(np.nanmax(mean)) if not np.isnan(mean).all() else 1.0
    draw_cells(ax, mean, texts, list(frequency)[::-1], recency, norm=Normalize(0, top or 1.0), columns_on_top=False)
    ax.set_xlabel("Recency: days since the last order (left is best)")
    ax.set_ylabel("Frequency: orders")


@kept
def rfm_map(
    data: CustomerData, recency_cuts: Sequence[float] | None = None, frequency_cuts: Sequence[float] | None = None
) -> Picture | None:
    """Return recency × frequency with mean money as a picture; None where one is not known or hardly a cell may be shown.

    Parameters
    ----------
    data : CustomerData
        The customers.
    recency_cuts, frequency_cuts : Sequence of float, optional
        Rising cuts (days, orders), for instance those of the RFM segmentation; by default quintiles that keep ties together,
        with customers of one order always a band of their own.
    """
    if any(name not in data.customers for name in NEEDED):
        return None
    known = data.customers.dropna(subset=list(NEEDED))
    if known.empty:
        return None
    days_cuts = tuple(recency_cuts) if recency_cuts is not None else band_edges(known[RECENCY_DAYS])
    order_cuts = tuple(frequency_cuts) if frequency_cuts is not None else tuple(sorted({2.0, *band_edges(known[FREQUENCY])}))
    if frequency_cuts is None and known[FREQUENCY].max() < 2:
        order_cuts = ()
    cells = rfm_cells(data.customers, days_cuts, order_cuts)
    recency = band_names(days_cuts, "days", float(known[RECENCY_DAYS].min()))
    frequency = band_names(order_cuts, "", float(known[FREQUENCY].min()))
    safe = cells[cells["shown"]]
    if len(safe) < FEWEST_CELLS:
        return None
    once = how_many(int((known[FREQUENCY] <= 1).sum()), len(known))
    caption = (
        f"Each cell shows how much its customers spend on average, and how many they are; {once} of "
        f"{count(len(known), 'customer')} bought once."
    )
    best = safe.loc[safe["mean"].idxmax()]
    mean = money(best["mean"], data.currency, 0)
    caption += (
        f" The highest average spend, {mean} per customer, is that of the {count(best['size'])} with "
        f"{frequency[int(best['frequency'])]} orders whose last order is {recency[int(best['recency'])]} ago."
    )
    if missing := len(data.customers) - len(known):
        caption += f" {count(missing, 'customer')} without these figures {'is' if missing == 1 else 'are'} left out."
    if not cells["shown"].all():
        caption += f" {WITHHELD}"
    alt = (
        f"Grid of {len(frequency)} bands of frequency by {len(recency)} bands of recency, coloured by average spend. {caption}"
    )
    return picture(
        lambda figure: draw_rfm(figure.subplots(), cells, recency, frequency, data.currency),
        alt=alt, caption=caption, height=110 + 56 * len(frequency),
    )  # fmt: skip
