"""Several ways side by side in one place: a tab for each, and what few people need folded under its question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import ipywidgets as w

from segkit.html.piece import Html, folded, stacked, words
from segkit.show.redraw import REDRAWING
from segkit.show.said import Form
from segkit.workbook.session import Session


class Part(Protocol):
    """A piece or a view: a widget that lives while a kernel runs, and what tells the same in words."""

    def live(self) -> tuple[w.Widget, Callable[[], Html]]:
        """Return both."""


@dataclass(frozen=True)
class Paragraph:
    """A few sentences between pieces."""

    text: Html

    def live(self) -> tuple[w.Widget, Callable[[], Html]]:
        """Return the paragraph."""
        return w.HTML(self.text.styled, layout={"width": "100%"}), lambda: self.text


@dataclass(frozen=True)
class Folded:
    """Pieces and views that stay folded under a question until somebody opens them."""

    question: str
    inside: Sequence[Part]

    def live(self) -> tuple[w.Widget, Callable[[], Html]]:
        """Return an accordion that is closed, and what tells its words."""
        box, text = below(self.inside)
        return w.Accordion(children=[box], titles=[self.question], selected_index=None), lambda: folded(self.question, text())


def below(parts: Sequence[Part]) -> tuple[w.Widget, Callable[[], Html]]:
    """Return pieces and views one below the other."""
    pairs = [part.live() for part in parts]
    return w.VBox([box for box, _ in pairs]), lambda: stacked(text() for _, text in pairs)


class Tabs:
    """One tab for each title; without a kernel all of them are read one below the other.

    Parameters
    ----------
    session : Session
        Whose choices the tabs follow.
    name : str
        What tells these tabs from others.
    tabs : Sequence of (callable, Sequence of Part)
        What each tab is called now, and what it holds.
    first : int
        Which one is open at first.
    """

    def __init__(
        self, session: Session, name: str, tabs: Sequence[tuple[Callable[[], str], Sequence[Part]]], first: int = 0
    ) -> None:
        self.titles = [title for title, _ in tabs]
        pairs = [below(parts) for _, parts in tabs]
        self.tabs = w.Tab(children=[box for box, _ in pairs], selected_index=first)
        self.tabs.add_class("seg-tabs")
        self.texts = [text for _, text in pairs]
        self.box = Form([self.tabs])
        self.follow()
        # after what the tabs hold is in its place
        session.watch(name, lambda _: REDRAWING.ask(name, self.box, lambda: None, pale=False, put=self.follow))

    def follow(self, _: object = None) -> None:
        """Call each tab what it is called now, and keep in words what they hold."""
        self.tabs.titles = [title() for title in self.titles]
        named = zip(self.tabs.titles, (text() for text in self.texts), strict=True)
        self.box.say(stacked(Html(f"<h4>{words(title)}</h4>{text.body}", f"{title}\n{text.text}") for title, text in named))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        live: dict[str, Any] = self.box._repr_mimebundle_()
        return {**live, "text/html": self.box.html.styled, "text/plain": self.box.html.text}
