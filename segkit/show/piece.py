"""A piece of a notebook that shows a result: live while a kernel runs, plain HTML everywhere else."""

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from segkit.html.notes import note
from segkit.html.piece import Html, folded
from segkit.words.errors import SegkitError, TooFewCustomersError
from segkit.words.terms import Step
from segkit.workbook.faults import kept
from segkit.workbook.session import Session

if TYPE_CHECKING:
    from segkit.plots.picture import Picture
    from segkit.show.said import Shown

Render = Callable[[Session], Html]


@dataclass(frozen=True)
class Piece:
    """One result, shown: it follows the choices made above it, so that nothing on the page is stale.

    Parameters
    ----------
    session : Session
        Whose result.
    render : callable
        Makes the HTML from the session.
    """

    session: Session
    render: Render

    @property
    def html(self) -> Html:
        """The result as it is now; a fault that a person can mend is said in words in its place."""
        try:
            with self.session.writing():
                return self.render(self.session)
        except TooFewCustomersError as error:
            return note("answer", str(error))
        except SegkitError as error:
            return note("error", str(error))
        except Exception:
            if os.environ.get("SEGKIT_STRICT"):
                raise
            return note("error", unexpected(self.session))

    def live(self) -> "tuple[Shown, Callable[[], Html]]":
        """Return a widget that shows the result and follows the choices, and what tells the result that it shows."""
        from segkit.show.redraw import DRAWING, REDRAWING
        from segkit.show.said import Shown

        with DRAWING:
            live = Shown(self.html)
        name = f"{self.render.__module__}.{self.render.__qualname__}"
        self.session.watch(name, lambda _: REDRAWING.ask(name, live, lambda: self.html, put=live.say))
        return live, lambda: live.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        live, now = self.live()
        html = now()
        view: dict[str, Any] = live._repr_mimebundle_()
        return {**view, "text/html": html.styled, "text/plain": html.text}


def piece(render: Callable[[Session], Html]) -> Callable[[Session], Piece]:
    """Turn a function of the session that returns HTML into a piece for a notebook."""

    @functools.wraps(render)
    def show(session: Session) -> Piece:
        return Piece(session, render)

    return show


def drawn(picture: "Picture | None", otherwise: str = "") -> Html:
    """Return a picture as a piece, or say why there is none."""
    if picture is None:
        return note("note", otherwise)
    return Html(picture.body, f"{picture.alt}\n{picture.caption}")


def to_know(title: str, *pieces: Html) -> Html:
    """Fold what only an analyst asks for, under the words that the notebook explains."""
    return folded(f"For those who want to know more: {title}", *pieces)


def reason(session: Session, step: Step, said: Callable[[Any], str], field: str = "why", lead: str = "Why: ") -> str:
    """Say the reason of a choice in the person's words, or that it was written for another choice; empty without a reason.

    Parameters
    ----------
    session : Session
        Whose reason.
    step : Step
        Which decision.
    said : callable
        Says in words the choice that the reason was written for, from the decision of then.
    field : str
        Where the reason stands in the decision.
    lead : str
        What stands before it.
    """
    held = session.reason(step, field)
    if not held.text or not (held.holds or held.yours):
        return ""  # the example's reason for its own choice is none for another
    if held.holds:
        return f"{lead}{held.text}"
    return f"This reason was written for {said(held.then)}: “{held.text}” Does it still hold?"


def unexpected(session: Session) -> str:
    """Keep of the fault being handled what a developer needs, and return what the person needs."""
    fault = sys.exception()
    assert fault is not None, "called where a fault is handled"
    return kept(session.workspace.folder, fault)
