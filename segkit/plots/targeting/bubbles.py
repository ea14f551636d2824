"""The segment evaluation plot: attractiveness against our position, value as the bubble's area.

After Dolnicar, Grün, Leisch 2018, section 10.
"""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from segkit.core.targeting.evaluation import Evaluation
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import INK, QUIET, ink_on, light_grid, segment_looks, wrap
from segkit.words.numbers import listed, money_short, number

_LARGEST = 2600.0  # area of the largest bubble in square points
_SMALLEST = 200.0  # a bubble must hold its number


def number_places(points: Sequence[tuple[float, float]], near: float = 0.5, apart: float = 0.3) -> list[tuple[float, float]]:
    """Return where to write each bubble's number: inside it, or in a column beside a crowd of bubbles.

    Parameters
    ----------
    points : Sequence of tuple of float
        Centres of the bubbles.
    near : float, optional
        Bubbles that are nearer than this to another one in both directions form a crowd.
    apart : float, optional
        Distance between the numbers in a column.
    """
    crowds: list[list[int]] = []
    for i, (x, y) in enumerate(points):
        close = [c for c in crowds if any(abs(points[j][0] - x) < near and abs(points[j][1] - y) < near for j in c)]
        crowds = [c for c in crowds if c not in close] + [[*(j for c in close for j in c), i]]
    places = list(points)
    for crowd in crowds:
        if len(crowd) > 1:
            column = sorted(crowd, key=lambda j: points[j][1])
            right = max(points[j][0] for j in crowd) + 0.8
            side = right if right < 5.3 else min(points[j][0] for j in crowd) - 0.8
            middle = sum(points[j][1] for j in crowd) / len(crowd)
            lowest = max(0.7, min(middle - apart * (len(crowd) - 1) / 2, 5.3 - apart * (len(crowd) - 1)))
            for place, j in enumerate(column):
                places[j] = (side, lowest + apart * place)
    return places


def draw_bubbles(ax: Axes, table: pd.DataFrame) -> None:
    """Draw one numbered bubble a segment.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    table : pandas.DataFrame
        ``Evaluation.table``; the number in a bubble is the segment's place in it.
    """
    looks = segment_looks(list(table.index))
    places_in_list = {str(segment): place for place, segment in enumerate(table.index, 1)}
    values = table["value"].fillna(0.0).clip(lower=0.0)
    top = float(values.max()) or 1.0
    table = table[table["position"].notna() & table["attractiveness"].notna()]
    points = list(zip(table["position"].astype(float), table["attractiveness"].astype(float), strict=True))
    ax.axhline(3, color=QUIET, linewidth=0.9, linestyle="--")
    ax.axvline(3, color=QUIET, linewidth=0.9, linestyle="--")
    places = number_places(points)
    for i, (segment, row) in enumerate(table.iterrows()):
        number_ = str(places_in_list[str(segment)])
        area = max(_SMALLEST, _LARGEST * values[segment] / top)
        look, out = looks[str(segment)], not bool(row["passes"])
        x, y = points[i]
        fill, edge = ("white", look.colour) if out else (look.colour, "white")
        bubble = ax.scatter([x], [y], s=area, color=fill, edgecolors=edge, alpha=0.92, zorder=3 - values[segment] / top)
        bubble.set(linewidth=1.8 if out else 0.8, linestyle="--" if out else "-")
        if places[i] == points[i]:
            ink = "black" if out else ink_on((*(int(look.colour[j : j + 2], 16) / 255 for j in (1, 3, 5)), 1.0))  # type: ignore[arg-type]
            ax.text(x, y, number_, ha="center", va="center", color=ink, fontweight="bold", zorder=5)
        else:  # in a crowd, the number stands beside it and a line leads to its bubble
            ax.plot(
                [x, places[i][0] - 0.1 * (1 if places[i][0] > x else -1)], [y, places[i][1]], color=INK, linewidth=0.8, zorder=4
            )
            ax.scatter([x], [y], s=9, color=INK, zorder=4)
            ax.text(*places[i], number_, ha="center", va="center", fontweight="bold", zorder=5)
    ax.set(xlim=(0.5, 5.5), ylim=(0.5, 5.5), xticks=range(1, 6), yticks=range(1, 6))
    ax.set_xlabel("Our position: how well we can serve it (1 weak to 5 strong)")
    ax.set_ylabel("Attractiveness (1 low to 5 high)")
    light_grid(ax, "both")


def draw_key(ax: Axes, table: pd.DataFrame, currency: str) -> None:
    """Write which number is which segment, with its value; what misses a condition, or is not rated, says so."""
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    step = min(0.13, 0.98 / max(len(table), 1))
    for i, row in enumerate(table.itertuples()):
        name = wrap(row.segment_name, 24, lines=2)
        worth = "" if pd.isna(row.value) else f"  {money_short(float(row.value), currency)}"
        out = "" if row.passes else "\nmisses a condition"
        out += "\nnot drawn: not rated yet" if pd.isna(row.position) or pd.isna(row.attractiveness) else ""
        ax.text(0.0, 0.99 - i * step, str(i + 1), fontweight="bold", va="top", fontsize=8.5)
        ax.text(0.09, 0.99 - i * step, f"{name}{worth}{out}", va="top", fontsize=8, linespacing=1.15)


@kept
def evaluation_bubbles(evaluation: Evaluation, currency: str = "") -> Picture:
    """Return attractiveness × position as a picture, the bubbles' areas standing for value."""
    table = evaluation.table

    def draw(figure: object) -> None:
        chart, key = figure.subplots(1, 2, width_ratios=[2.1, 1])  # type: ignore[attr-defined]
        draw_bubbles(chart, table)
        draw_key(key, table, currency)

    ahead = [str(r.segment_name) for r in table.itertuples() if r.passes and r.attractiveness >= 3 and r.position >= 3]
    drawn = table[table["position"].notna() & table["attractiveness"].notna()]
    failing = [str(r.segment_name) for r in drawn.itertuples() if not r.passes]
    caption = (
        f"Look at the upper right first: {listed([f'“{n}”' for n in ahead])}."
        if ahead
        else "No segment that meets the conditions is both attractive (3 or more) and within our strengths (3 or more)."
    )
    if failing:
        caption += f" Dashed bubbles miss a condition from step 1: {listed([f'“{n}”' for n in failing])}."
    unrated = [str(r.segment_name) for r in table.itertuples() if pd.isna(r.position)]
    unknown = [str(r.segment_name) for r in table.itertuples() if pd.notna(r.position) and pd.isna(r.attractiveness)]
    for names, why in ((unrated, "our position is not rated yet"), (unknown, "not all that counts is rated yet")):
        caption += f" Not drawn, because {why}: {listed([f'“{n}”' for n in names])}." if names else ""
    caption += " The larger the bubble, the more money. Ratings are judgements: a difference of half a point settles nothing."
    rows = (
        f"{r.segment_name}: attractiveness {number(r.attractiveness)}, position {number(r.position)}"
        for r in table.itertuples()
    )
    alt = f"Bubble chart of attractiveness against position. {'; '.join(rows)}."
    return picture(draw, alt=alt, caption=caption, height=max(400, 60 + 46 * len(table)))
