"""How large the segments are, and how much money each brings."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import ACCENT, SECOND, light_grid, wrap
from segkit.words.numbers import adding_up, count, percent
from segkit.words.terms import SEGMENT_NAME

MOST = 12
"""Segments drawn one by one; the rest are put together in one last bar."""


def draw_sizes(ax: Axes, names: Sequence[str], share: Sequence[float], value_share: Sequence[float] | None) -> None:
    """Draw for each segment its share of customers and, where known, its share of money.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    names : Sequence of str
        Segments from top to bottom.
    share : Sequence of float
        Shares of customers, 0 to 1.
    value_share : Sequence of float or None
        Shares of money, 0 to 1, NaN where they must not be shown; None where money is not known.
    """
    height = 0.7 if value_share is None else 0.36
    pairs = [(0.0 if value_share is None else -height / 2, share, ACCENT, "", "customers")]
    if value_share is not None:
        pairs.append((height / 2, value_share, SECOND, "///", "money"))
    widest = max(float(np.nanmax(values)) for _, values, *_ in pairs)
    for offset, values, colour, hatch, what in pairs:
        places = [i + offset for i in range(len(names))]
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.6}
        ax.barh(places, values, height=height, label=f"share of {what}", **look)  # type: ignore[arg-type]
        for place, value, said in zip(places, values, adding_up(values), strict=True):
            if np.isnan(value):
                continue
            ax.text(value + widest * 0.012, place, percent(said), va="center", fontsize=8)
    ax.set_yticks(range(len(names)), [wrap(name, 30, lines=2) for name in names])
    ax.set(xlim=(0, widest * 1.1), ylim=(len(names) - 0.45, -0.55))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))
    light_grid(ax, "x")
    if value_share is None:
        ax.set_xlabel("Share of customers")
    else:
        ax.figure.legend(loc="outside upper right", ncols=2)


@kept
def segment_sizes(segments: pd.DataFrame, value_share: pd.Series | None = None) -> Picture:
    """Return sizes of segments (or of pots drawn by hand) as paired bars.

    Parameters
    ----------
    segments : pandas.DataFrame
        ``Segmentation.segments`` or ``ProfileTables.summary``: ``segment_name``, ``size``, ``share``, maybe ``value_share``.
    value_share : pandas.Series, optional
        Share of money by ``segment_id``, where the frame has none.
    """
    frame = segments[[SEGMENT_NAME, "size", "share"]].copy()
    money = segments["value_share"] if value_share is None and "value_share" in segments else value_share
    frame["value_share"] = float("nan") if money is None else money.reindex(frame.index)
    has_money = bool(frame["value_share"].notna().any())
    if len(frame) > MOST:
        rest = frame.iloc[MOST - 1 :]
        last = [f"{len(rest)} others together", rest["size"].sum(), rest["share"].sum(), rest["value_share"].sum()]
        frame = pd.concat([frame.iloc[: MOST - 1], pd.DataFrame([last], columns=frame.columns, index=[""])])
    # what is written adds up to all; what is drawn stays exact
    for column in ("share", "value_share"):
        frame[f"{column}_said"] = adding_up(frame[column].to_list())
    alone = frame[frame.index.isin(segments.index)]
    largest = alone.iloc[int(alone["share"].argmax())]
    caption = (
        f"{count(len(segments), 'segment')}, {count(segments['size'].sum(), 'customer')}: "
        f"the largest is “{largest[SEGMENT_NAME]}” with {percent(largest['share_said'])} of customers"
    )
    if has_money:
        if pd.notna(largest["value_share"]):
            caption += f" and {percent(largest['value_share_said'])} of the money"
        richest = alone.loc[alone["value_share"].idxmax()]
        if alone["value_share"].notna().all() and richest[SEGMENT_NAME] != largest[SEGMENT_NAME]:
            caption += f"; most money, {percent(richest['value_share_said'])}, comes from “{richest[SEGMENT_NAME]}”"
    caption += f"; the smallest has {count(segments['size'].min())} customers."
    if has_money and alone["value_share"].isna().any():
        caption += " Money is not shown where it would reveal the spending of a single large customer."
    of_money = [f" and {percent(share)} of money" if pd.notna(share) else "" for share in frame["value_share_said"]]
    rows = [
        f"{r.segment_name} {percent(r.share_said)} of customers{of}" for r, of in zip(frame.itertuples(), of_money, strict=True)
    ]
    return picture(
        lambda figure: draw_sizes(
            figure.subplots(),
            frame[SEGMENT_NAME].tolist(),
            frame["share"].tolist(),
            frame["value_share"].tolist() if has_money else None,
        ),
        alt="Bar chart of segment sizes: " + "; ".join(rows) + ".",
        caption=caption,
        height=90 + (44 if has_money else 30) * len(frame),
    )
