"""The tree of how groups of customers join, with the cut that makes the segments."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from segkit.core.criteria.found.tree import Tree
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import INK, light_grid, segment_looks, wrap
from segkit.words.numbers import count

BRANCH = 15
"""Height of one branch on the page, in CSS pixels."""


def draw_tree(ax: Axes, tree: Tree) -> None:
    """Draw joins as bridges from right (customers) to left (all), and name the segments that the cut makes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    tree : Tree
        The tree, cut short.
    """
    looks = list(segment_looks(tree.names).values())
    for feet, heights, segment in zip(tree.across, tree.heights, tree.segment, strict=True):
        ax.plot(heights, feet, color=INK if segment < 0 else looks[segment].colour, linewidth=1.5)
    places = 5 + 10.0 * np.arange(len(tree.branch_size))
    for place, segment in zip(places, tree.branch_segment, strict=True):
        look = looks[segment]
        ax.plot([0], [place], marker=look.marker, markersize=4.5, color=look.colour, clip_on=False, linestyle="")
    ax.axvline(tree.cut, color=INK, linestyle="--", linewidth=1.2)
    middles, names = [], []
    for i, name in enumerate(_sized(tree)):
        mine = places[tree.branch_segment == i]
        middles.append(float(mine.mean()))
        names.append(wrap(name, 34, lines=2 if len(mine) > 1 else 1))
    ax.yaxis.tick_right()
    ax.tick_params(axis="y", pad=8)
    ax.set_yticks(middles, names)
    ax.set(ylim=(places[-1] + 6, -1), xlim=(float(tree.heights.max()) * 1.04, 0))
    ax.spines["left"].set_visible(False)
    light_grid(ax, "x")
    ax.set_xlabel("how unlike the joined groups are (further left: less alike)")


def _sized(tree: Tree) -> list[str]:
    """Return the names of the segments with their numbers of customers."""
    sizes = [round(float(tree.branch_size[tree.branch_segment == i].sum())) for i in range(len(tree.names))]
    return [f"{name} ({count(size)})" for name, size in zip(tree.names, sizes, strict=True)]


@kept
def joining_tree(tree: Tree) -> Picture:
    """Return the tree of a hierarchical segmentation as a picture.

    Parameters
    ----------
    tree : Tree
        The tree, cut short.
    """

    def draw(figure: Figure) -> None:
        draw_tree(figure.subplots(), tree)

    first = "small groups of similar customers" if tree.grouped else "customers"
    alt = (
        f"A tree that joins {count(len(tree.branch_size), 'branch', 'branches')} of {first} step by step into one. A dashed "
        f"line cuts it into {count(len(tree.names), 'segment')} with their numbers of customers: {'; '.join(_sized(tree))}."
    )
    return picture(draw, alt=alt, caption=tree.sentence, height=70 + BRANCH * len(tree.branch_size))
