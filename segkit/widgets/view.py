"""What all views share: a title, controls, a message beside them, and the choice in words for readers without widgets."""

import os
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from segkit.html.notes import Kind, choices, note
from segkit.show.piece import unexpected
from segkit.words.errors import SegkitError
from segkit.words.terms import Step
from segkit.workbook.session import Session


class View:
    """A window on one decision.

    An edit is validated and saved at once; one that does not fit leaves the last good decision and says why.
    The values live in the workspace, never here: after a restart the view shows what is saved.

    Parameters
    ----------
    session : Session
        Whose decision.
    step : Step
        Which decision.
    in_words : callable
        Returns the choice as (label, value) pairs for people.
    """

    def __init__(self, session: Session, step: Step, in_words: Callable[[], Sequence[tuple[str, str]]]) -> None:
        self.session = session
        self.step = step
        self.in_words = in_words
        self.message = w.HTML()
        self.body = w.VBox([])
        self.box = w.VBox([self.body, self.message], layout={"margin": "4px 0 12px 0"})

    @property
    def chosen(self) -> bool:
        """Whether a person has taken what is shown."""
        return self.session.is_chosen(self.step)

    def put(self, *controls: w.Widget) -> "View":
        """Show these controls, top to bottom."""
        self.body.children = controls
        return self

    def save(self, **edits: Any) -> None:
        """Save some fields of the decision, and say how it went."""
        self.do(lambda: self.session.choose(self.step, **edits))

    def saver(self, field: str) -> Callable[[Any], None]:
        """Return a function that saves one field."""
        return lambda value: self.save(**{field: value})

    def say(self, kind: Kind, text: str) -> None:
        """Say something beside the controls."""
        self.message.value = note(kind, text).styled

    def wait(self, text: str) -> None:
        """Say what is being done, until there is more to say."""
        self.message.value = f'<span class="seg-saved" role="status">{escape(text)}</span>'

    def do(self, act: Callable[[], object]) -> bool:
        """Do something that may fail; say in words how it went, and return whether it went well."""
        try:
            act()
        except SegkitError as error:
            self.say("error", str(error))
        except Exception:
            self.say("error", unexpected(self.session))
            if os.environ.get("SEGKIT_STRICT"):
                raise
        else:
            self.wait("Saved.")
            return True
        return False

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        rows = [(label, value, self.chosen) for label, value in self.in_words()]
        words = choices(rows)
        live: dict[str, Any] = self.box._repr_mimebundle_()
        return {**live, "text/html": words.body, "text/plain": "; ".join(f"{label}: {value}" for label, value, _ in rows)}


def heading(text: str) -> w.HTML:
    """Return a small heading between controls."""
    return w.HTML(f'<b style="display:block;margin-top:8px">{escape(text)}</b>')
