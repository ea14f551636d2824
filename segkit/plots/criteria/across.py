"""Segments at every number of segments, and where their customers come from."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from segkit.core.criteria.evidence.lineage import Lines, sentence
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import INK, QUIET, SOFT, ink_on, segment_looks, wrap
from segkit.words.numbers import number, percent

LETTERS = "ABCDEFGH"
HALF = 0.2
"""Half the width of a segment's box, the step from one number of segments to the next being 1."""

ROOM = 0.02
"""Room between two boxes, as a share of the height of all."""

THIN = 0.012
"""Shares of all customers below which a ribbon is left out: many hair lines hide the wide ones."""


def draw_lines(ax: Axes, lines: Lines) -> None:
    """Draw one column of segments for each number of segments; ribbons between are as wide as shared customers.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    lines : Lines
        Segments of every number of segments.
    """
    table, flows = lines.lineage.segments, lines.lineage.flows
    last = max(flows)
    colours = _colours(lines)
    ax.add_patch(Rectangle((lines.k - 0.3, -0.03), 0.6, 1.3, color="#fff1d6", zorder=0, linewidth=0))
    spots: dict[int, dict[int, tuple[float, float]]] = {}
    for k in range(2, last + 1):
        column = table.loc[k]
        spots[k], top = {}, 0.0
        for line in lines.order:
            if line < k:
                share = float(column.loc[column["line"] == line, "share"].iloc[0])
                spots[k][line] = (top, top + share)
                top += share + ROOM
        for segment, row in column.iterrows():
            line = int(row["line"])
            low, high = spots[k][line]
            ax.add_patch(Rectangle((k - HALF, low), 2 * HALF, high - low, facecolor=colours[line], edgecolor="white", zorder=3))
            text = _text(line, high - low, float(row["across"]) if k > 2 else None)
            dark = ink_on(to_rgba(colours[line]))
            ax.text(k, (low + high) / 2, text, ha="center", va="center", fontsize=7, linespacing=1.05, color=dark, zorder=4)
            if k > 2:
                _ribbons(ax, k, int(str(segment)), flows[k], lines, spots, colours)
    ax.set(xlim=(1.6, last + 0.4), ylim=(1.0 + ROOM * (last - 1) + 0.02, -0.03))
    ax.set_xticks(range(2, last + 1))
    ax.set_xlabel("number of segments")
    ax.set_yticks([])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0)
    for tick in ax.get_xticklabels():
        if tick.get_text() == str(lines.k):
            tick.set(fontweight="bold", color=INK)


def _colours(lines: Lines) -> list[str]:
    looks = segment_looks([str(i) for i in range(len(lines.names))])
    return [looks[str(place)].colour for place in lines.places]


def _text(line: int, room: float, across: float | None) -> str:
    """Return the letter of a line, and how whole it comes from one segment before, as far as there is room."""
    if across is None or room <= 0.035:
        return LETTERS[line] if room > 0.02 else ""
    return LETTERS[line] + ("\n" if room > 0.075 else " ") + number(across, 2)


def _ribbons(
    ax: Axes,
    k: int,
    segment: int,
    flow: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    lines: Lines,
    spots: dict[int, dict[int, tuple[float, float]]],
    colours: list[str],
) -> None:
    """Draw the ribbons that enter one segment from the solution before."""
    table, total = lines.lineage.segments, flow.sum()
    parents = table.loc[k - 1, "line"].to_numpy()
    children = table.loc[k, "line"].to_numpy()
    target = int(children[segment])
    rank = {line: i for i, line in enumerate(lines.order)}
    for parent in np.argsort([rank[int(line)] for line in parents]):
        source = int(parents[parent])
        share = flow[parent, segment] / total
        if share < THIN:
            continue
        above = sum(flow[parent, c] for c in range(len(children)) if rank[int(children[c])] < rank[target]) / total
        before = sum(flow[p, segment] for p in range(len(parents)) if rank[int(parents[p])] < rank[source]) / total
        left, right = spots[k - 1][source][0] + above, spots[k][target][0] + before
        way = np.linspace(0, 1, 24)
        bend = way * way * (3 - 2 * way)
        x = k - 1 + HALF + way * (1 - 2 * HALF)
        upper = left + (right - left) * bend
        outline = np.concatenate([np.column_stack([x, upper]), np.column_stack([x, upper + share])[::-1]])
        ax.add_patch(Polygon(outline, closed=True, facecolor=colours[source], alpha=0.35, linewidth=0, zorder=1))


def draw_names(ax: Axes, lines: Lines) -> None:
    """List letter, colour and name of each line: first the chosen segments in their order, then those that split off later."""
    colours = _colours(lines)
    ax.set(xlim=(0, 1), ylim=(len(lines.names), 0))
    ax.axis("off")
    for line in sorted(range(len(lines.names)), key=lambda one: lines.places[one]):
        place = lines.places[line] + 0.5
        ax.add_patch(Rectangle((0.0, place - 0.2), 0.1, 0.4, facecolor=colours[line], clip_on=False))
        ax.text(0.05, place, LETTERS[line], ha="center", va="center", fontsize=7.5, color="white", fontweight="bold")
        chosen = lines.places[line] < lines.k
        text = wrap(lines.names[line], 27, lines=3)
        ax.text(0.14, place, text, va="center", fontsize=7.5, color=INK if chosen else SOFT, linespacing=1.05)


@kept
def segments_across(lines: Lines) -> Picture:
    """Return the segment level stability across solutions as a picture (Dolnicar and Leisch 2017).

    Parameters
    ----------
    lines : Lines
        Segments of every number of segments, under the names of the chosen ones.
    """
    last = max(lines.lineage.flows)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=[3.1, 1])
        draw_lines(left, lines)
        left.set_title("Each column: all customers, split into that many segments", color=INK)
        draw_names(right, lines)
        left.spines["bottom"].set_color(QUIET)

    chosen = lines.chosen
    parts = [
        f"{row['name']} ({LETTERS[int(row['line'])]}) {percent(row['share'])} of customers, {number(row['across'], 2)}"
        for _, row in chosen.iterrows()
    ]
    alt = (
        f"Columns of segments for 2 to {last} segments, joined by ribbons as wide as the customers they share. With the chosen "
        f"{lines.k}, share of customers and how whole each comes from the column before (1 = whole, 0 = mixed): "
        f"{'; '.join(parts)}."
    )
    caption = (
        f"{sentence(lines)} The number in a box says how much of the segment comes from one segment of the column before "
        f"(1 = whole, 0 = evenly mixed); ribbons of less than {percent(THIN)} of customers are not drawn."
    )
    return picture(draw, alt=alt, caption=caption, height=430)
