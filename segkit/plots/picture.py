"""A finished picture: PNG bytes, what it shows in words, and the sentence that reads it."""

import base64
import functools
import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, ParamSpec, TypeVar

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter
from PIL import Image

from segkit.plots.style import house_style
from segkit.words.numbers import figure as in_region
from segkit.words.regions import writing
from segkit.words.visible import visible

WIDTH = 760
"""Width of a picture on a page, in CSS pixels; the PNG holds twice as many."""


P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Picture:
    """A picture for notebook and report alike.

    Attributes
    ----------
    png : bytes
        The image, twice as many pixels as it takes on the page; the same bytes for the same figures.
    alt : str
        What the picture shows, for who cannot see it.
    caption : str
        One or two sentences that read the picture and state its uncertainty.
    width, height : int
        Size on the page in CSS pixels.
    """

    png: bytes = field(repr=False)
    alt: str
    caption: str
    width: int
    height: int

    @property
    def body(self) -> str:
        """The picture as an HTML figure."""
        data = base64.b64encode(self.png).decode("ascii")
        # White behind it and a style of its own: a picture stands readable in a dark theme, and with no style sheet.
        style = f"width:{self.width}px;max-width:100%;height:auto;background:#fff;border-radius:4px"
        return (
            '<figure class="seg-figure" style="margin:0.8em 0">'
            f'<img alt="{escape(self.alt)}" width="{self.width}" height="{self.height}" style="{style}" '
            f'src="data:image/png;base64,{data}">'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.body, "text/plain": f"{self.alt}\n{self.caption}".strip()}


def picture(draw: Callable[[Figure], None], *, alt: str, caption: str, height: float, width: int = WIDTH) -> Picture:
    """Let a function draw on a new figure in house style, and return the picture.

    Parameters
    ----------
    draw : Callable[[Figure], None]
        Draws on the figure it is given.
    alt, caption : str
        See `Picture`.
    height : float
        Height on the page in CSS pixels.
    width : int, optional
        Width on the page in CSS pixels.
    """
    height = round(height)
    figure = drawn(draw, width=width, height=height)
    with house_style(), warnings.catch_warnings():
        # Names in a script that the font lacks show as boxes; they stand in full in the text beside the picture.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from", category=UserWarning)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    # 128 colours hold a flat drawing and make a third of the bytes; no metadata, so that equal pictures are equal files.
    image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, format="png", optimize=True)
    return Picture(out.getvalue(), visible(" ".join(alt.split())), visible(" ".join(caption.split())), width, height)


def drawn(draw: Callable[[Figure], None], *, width: int = WIDTH, height: int = 400) -> Figure:
    """Return a figure in house style on which a function has drawn; belongs to no global list of figures."""
    with house_style():
        figure = Figure(figsize=(width / 100, height / 100), dpi=200, layout="constrained")
        figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)  # type: ignore[union-attr,call-arg]
        FigureCanvasAgg(figure)
        draw(figure)
        for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(_Figures())
    return figure


class _Figures(ScalarFormatter):
    """Matplotlib's own figures at an axis, in the region's signs; it writes no thousands separators."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return in_region(str(super().__call__(x, pos)))


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Keep the last picture that a function made: the next one for the same results costs nothing.

    After each choice all pieces of a notebook are drawn anew, and most of them show what they showed before. Results are never
    changed in place, so the same object is the same result; written otherwise (in another region) it is another picture.
    """
    last: list[tuple[Any, R]] = []

    @functools.wraps(make)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        asked = (args, kwargs, writing())
        found = last[0] if last else None
        if found is None or not _same(found[0], asked):
            found = (asked, make(*args, **kwargs))
            last[:] = [found]
        return found[1]

    return remembered


def _same(one: Any, other: Any) -> bool:
    """Tell whether two arguments are the same objects, or plain values that are equal."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, str | int | float) and one == other
