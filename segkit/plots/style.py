"""The house style of pictures: colours safe for colour-blind readers, wrapped labels, room around everything."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes

from segkit.words.visible import visible

INK = "#24292f"
SOFT = "#57606a"
LINE = "#d8dee4"
ACCENT = "#0072B2"
SECOND = "#E69F00"
QUIET = "#9aa4ae"

# Okabe and Ito's palette (jfly.uni-koeln.de/color, 2008) without its yellow, too pale on white; grey and brown instead.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#595959", "#8C6D1F")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_HATCHES = ("", "//", "..", "\\\\", "xx")

HOUSE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same letters on every machine
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.titlecolor": INK,
    "grid.color": LINE,
    "grid.linewidth": 0.7,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "hatch.linewidth": 0.8,
    "figure.facecolor": "white",
    "figure.dpi": 200,
    "savefig.dpi": "figure",
    "svg.hashsalt": "segkit",
    "text.parse_math": False,  # two dollar signs are money, not a formula
}


@dataclass(frozen=True)
class SegmentLook:
    """How one segment looks in every picture; the marker or hatch repeats what the colour says."""

    colour: str
    marker: str
    hatch: str


def segment_looks(segment_ids: Sequence[str]) -> dict[str, SegmentLook]:
    """Give each segment its look by its place in the display order.

    Parameters
    ----------
    segment_ids : Sequence of str
        Segments in display order; the same order gives the same looks in every picture.
    """
    return {
        segment: SegmentLook(
            _COLOURS[i % len(_COLOURS)], _MARKERS[i % len(_MARKERS)], _HATCHES[i // len(_COLOURS) % len(_HATCHES)]
        )
        for i, segment in enumerate(segment_ids)
    }


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in house style inside a ``with`` block; matplotlib's own settings are as before afterwards."""
    with mpl.rc_context(HOUSE):  # type: ignore[arg-type]
        yield


def plain(text: object) -> str:
    """Return text that stands as it is, in one line."""
    return visible(" ".join(str(text).split()))


def wrap(text: object, width: int = 22, lines: int = 3) -> str:
    """Return text broken into at most ``lines`` lines of ``width`` letters; what does not fit ends in an ellipsis."""
    return "\n".join(textwrap.wrap(plain(text), width, max_lines=lines, placeholder=" …"))


def light_grid(ax: Axes, axis: str) -> None:
    """Lay a light grid behind the drawing along one axis and drop the ticks of the other."""
    ax.set_axisbelow(True)
    ax.grid(True, axis=axis, color=LINE, linewidth=0.7)  # type: ignore[arg-type]
    ax.tick_params(axis="y" if axis == "x" else "x", length=0)


def ink_on(colour: tuple[float, float, float, float]) -> str:
    """Return black or white, whichever reads better on a colour (relative luminance after WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "black" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "white"
