"""Several ways side by side in one place: a tab for each, and what few people need folded under its question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import ipywidgets as w

from segkit.html.piece import Html, folded, stacked, words


class Shown(Protocol):
    """A piece or a view: a widget that lives while a kernel runs, and the same in words."""

    def live(self) -> tuple[w.Widget, Html]:
        """Return both."""


@dataclass(frozen=True)
class Said:
    """A short paragraph between pieces."""

    text: Html

    def live(self) -> tuple[w.Widget, Html]:
        """Return the paragraph."""
        return w.HTML(self.text.styled, layout={"width": "100%"}), self.text


@dataclass(frozen=True)
class Folded:
    """Pieces and views that stay folded under a question until somebody opens them."""

    question: str
    inside: Sequence[Shown]

    def live(self) -> tuple[w.Widget, Html]:
        """Return an accordion that is closed, and its words."""
        box, text = below(self.inside)
        return w.Accordion(children=[box], titles=[self.question], selected_index=None), folded(self.question, text)


def below(shown: Sequence[Shown]) -> tuple[w.Widget, Html]:
    """Return pieces and views one below the other."""
    pairs = [one.live() for one in shown]
    return w.VBox([box for box, _ in pairs]), stacked(text for _, text in pairs)


class Tabs:
    """One tab for each title; without a kernel all of them are read one below the other.

    Parameters
    ----------
    tabs : Sequence of (callable, Sequence of Shown)
        What each tab is called now, and what it holds.
    first : int
        Which one is open at first.
    """

    def __init__(self, tabs: Sequence[tuple[Callable[[], str], Sequence[Shown]]], first: int = 0) -> None:
        self.titles = [title for title, _ in tabs]
        pairs = [below(shown) for _, shown in tabs]
        self.box = w.Tab(children=[box for box, _ in pairs], selected_index=first)
        self.texts = [text for _, text in pairs]
        self.name_tabs()

    def name_tabs(self, _: object = None) -> None:
        """Call each tab what it is called now."""
        self.box.titles = [title() for title in self.titles]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        parts = [
            Html(f"<h4>{words(title())}</h4>{text.body}", f"{title()}\n{text.text}")
            for title, text in zip(self.titles, self.texts, strict=True)
        ]
        all_ = stacked(parts)
        live: dict[str, Any] = self.box._repr_mimebundle_()
        return {**live, "text/html": all_.styled, "text/plain": all_.text}
