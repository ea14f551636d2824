"""A piece of HTML that shows itself in a notebook, with plain text for where HTML is not shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from segkit.html.style import STYLE
from segkit.words.visible import visible

_FORMULA = re.compile(r"(?<!<span>)[$\\](?![^<>]*>)")
"""What begins a formula for JupyterLab and for what it exports, wherever HTML shows it; not inside a tag."""


@dataclass(frozen=True)
class Html:
    """A finished piece: everything inside is escaped already, nothing in it acts unseen, and two dollar signs are money.

    Attributes
    ----------
    body : str
        The HTML without style sheet, to be put into another piece or into the report.
    text : str
        The same in plain text.
    """

    body: str
    text: str

    def __post_init__(self) -> None:
        """Let no sign through that acts unseen, from wherever it came."""
        # a sign in an element of its own begins no formula, for MathJax looks for one in text without elements
        object.__setattr__(self, "body", _FORMULA.sub(r"<span>\g<0></span>", visible(self.body)))
        object.__setattr__(self, "text", visible(self.text))

    @property
    def styled(self) -> str:
        """The piece with its style sheet, as a notebook needs it: each output there stands alone."""
        return f'<style>{STYLE}</style><div class="seg">{self.body}</div>'

    def __add__(self, other: "Html") -> "Html":
        """Put two pieces one below the other."""
        return Html(self.body + other.body, f"{self.text}\n{other.text}")

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.styled

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.styled, "text/plain": self.text}


def stacked(pieces: Iterable[Html]) -> Html:
    """Put pieces one below the other."""
    parts = list(pieces)
    return Html("".join(p.body for p in parts), "\n".join(p.text for p in parts))


def folded(title: str, *pieces: Html) -> Html:
    """Return pieces that stay folded under a title until somebody opens them; plain text has them in full."""
    inside = stacked(pieces)
    return Html(
        f'<details class="seg-more-to-know"><summary>{words(title)}</summary>{inside.body}</details>',
        f"{title.strip()}\n{inside.text}",
    )


def words(text: object) -> str:
    """Escape text of a person or a file; its line breaks stay, and no line breaks between a number and its per cent sign."""
    return unbroken(escape(str(text).strip())).replace("\n", "<br>")


def escaped(text: object) -> str:
    """Escape text that goes straight onto a page, without a piece around it."""
    return escape(visible(str(text)))


def unbroken(text: str) -> str:
    """Keep each per cent sign on the line of its number."""
    return re.sub(r"(?<=\d) %", "\u00a0%", text)
