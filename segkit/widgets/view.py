"""What all views share: a title, controls, a message beside them, and the choice in words for readers without widgets."""

import datetime as dt
import functools
import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import ipywidgets as w

from segkit.decisions.model import Decision, Model
from segkit.html.notes import Kind, choices, note, sentence
from segkit.html.piece import Html, escaped
from segkit.show.frame import whose
from segkit.show.piece import unexpected
from segkit.show.redraw import REDRAWING
from segkit.show.said import Form
from segkit.widgets.controls import button
from segkit.widgets.field import Bound, fields
from segkit.words.errors import SegkitError
from segkit.words.terms import Step
from segkit.workbook.session import Session

Row = tuple[str, str] | tuple[str, str, tuple[str, ...]]
"""A choice in words: label, value, and where the answer stands in the decision."""

V = TypeVar("V")


def localised(question: Callable[[Session], V]) -> Callable[[Session], V]:
    """Let a question be put with figures and dates as its workbook writes them."""

    @functools.wraps(question)
    def put(session: Session) -> V:
        with session.writing():
            return question(session)

    return put


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
        Returns the choice as (label, value) pairs for people, or (label, value, path): the path tells whose the answer is.
    """

    def __init__(self, session: Session, step: Step, in_words: Callable[[], Sequence[Row]]) -> None:
        self.session = session
        self.step = step
        self.in_words = in_words
        self.message = w.HTML(layout={"width": "100%"})
        self.fault = ""
        self.body = w.VBox([])
        self.ways = w.HBox(layout={"flex_flow": "row wrap"})
        self.working = w.HBox(layout={"flex_flow": "row wrap", "align_items": "center"})
        self.box = Form([self.body, self.message, self.ways, self.working], layout={"margin": "4px 0 12px 0"})

    def put(self, *controls: w.Widget) -> "View":
        """Show these controls, top to bottom; fields among them follow what is decided elsewhere."""
        self.body.children = controls
        if any(True for _ in fields(self.body)):
            self.session.watch(self.name, lambda _: self.follow())
        return self

    @property
    def name(self) -> str:
        """What tells the view from others: a cell that is run again takes the place of its former self."""
        return f"fields {self.step} {self.in_words.__module__}.{self.in_words.__qualname__}"

    def follow(self) -> None:
        """Let all fields show what is saved now."""
        for field in fields(self.body):
            try:
                field.refresh()
            except SegkitError as error:  # said where the results are shown, too
                self.say("warning", str(error))

    def at(self, *path: str) -> Bound:
        """Return the answer at a path of the decision, such as ``"business", "name"``, for a field to show and save."""

        def get() -> Any:
            value: Any = self.session.decision(self.step)
            for part in path:
                value = getattr(value, part)
            return value

        def change(decision: Model, value: Any, left: tuple[str, ...]) -> Model:
            part, *rest = left
            return decision.revise(**{part: change(getattr(decision, part), value, tuple(rest)) if rest else value})

        def save(value: Any) -> str:
            return self.tried(lambda: self.session.change(self.step, lambda d: cast(Decision, change(d, value, path))))

        return Bound(get, save, lambda: self.session.answer_to(self.step, *path), self.refused, self.session.writing)

    def bound(self, get: Callable[[], Any], save: Callable[[Any], object], *path: str) -> Bound:
        """Return an answer that is not kept in one place of the decision; ``path`` tells whose it is."""
        whose = (lambda: self.session.answer_to(self.step, *path)) if path else (lambda: None)
        return Bound(get, lambda value: self.tried(lambda: save(value)), whose, self.refused, self.session.writing)

    def save(self, **edits: Any) -> None:
        """Save some fields of the decision, and say how it went."""
        self.do(lambda: self.session.choose(self.step, **edits))

    def saver(self, field: str) -> Callable[[Any], None]:
        """Return a function that saves one field."""
        return lambda value: self.save(**{field: value})

    def tried(self, act: Callable[[], object]) -> str:
        """Do something that may fail for a field, which says itself what does not fit; return that, or an empty text."""
        if self.do(act):
            return ""
        self.refused()
        return self.fault

    def refused(self) -> None:
        """Say that a field holds what is not saved."""
        self.wait("One answer is not saved: see the marked field.")

    def say(self, kind: Kind, text: str) -> None:
        """Say something beside the controls."""
        self.show(note(kind, text))

    def show(self, said: Html) -> None:
        """Show a finished piece beside the controls."""
        self.ways.children = ()
        self.message.value = said.styled

    def ask(self, text: str, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Ask something beside the controls, with a button for each way to go on, the likeliest first.

        Whatever is said next takes the place of the question.
        """
        self.say("warning", text)
        self.ways.children = tuple(button(label, act) for label, act in ways)
        self.ways.children[0].button_style = "primary"

    def wait(self, text: str) -> None:
        """Say what is being done, until there is more to say."""
        self.ways.children = ()
        self.message.value = f'<span class="seg-saved" role="status">{escaped(text)}</span>'

    def drawing(self, done: int, most: int, now: str) -> None:
        """Say how far the results are that this choice made stale, with a button that stops them."""
        if done == most:
            self.working.children = ()
            return
        if not self.working.children:
            self.working.children = (w.HTML(), button("Stop", self.stop))
            self.working.add_class("seg-working")
        what = f" Now: “{now}”." if now else ""
        said = f"Updating the results on this page: {done} of {most} are ready.{what}"
        self.working.children[0].value = f'<span class="seg-saved" role="status">{escaped(said)}</span>'

    def stop(self) -> None:
        """Stop working out results, and offer to go on."""
        REDRAWING.stop()
        said = "Stopped. Anything greyed out still shows your earlier choice; your new one is saved."
        self.working.children = (
            w.HTML(f'<span class="seg-saved" role="status">{escaped(said)}</span>'),
            button("Go on", self.go_on),
        )

    def go_on(self) -> None:
        """Work out the results after all."""
        self.working.children = ()
        REDRAWING.go_on()

    def do(self, act: Callable[[], object]) -> bool:
        """Do something that may fail; say in words how it went, and return whether it went well."""
        self.fault = ""
        try:
            with self.session.writing():
                act()
        except SegkitError as error:
            self.fault = str(error)
            self.say("error", self.fault)
        except Exception:
            self.fault = unexpected(self.session)
            self.say("error", self.fault)
            if os.environ.get("SEGKIT_STRICT"):
                raise
        else:
            self.wait(f"Saved at {dt.datetime.now():%H:%M:%S}.")
            REDRAWING.tell(self.drawing)
            return True
        return False

    def whose(self, path: tuple[str, ...]) -> str:
        """Say whose an answer is: the example's, the workbook's suggestion, or the person's own."""
        return whose(self.session.answer_to(self.step, *path))

    @property
    def words(self) -> Html:
        """What is chosen now, and by whom, for readers without widgets."""
        try:
            with self.session.writing():
                rows = [(row[0], row[1], self.whose(row[2] if len(row) > 2 else ())) for row in self.in_words()]
        except SegkitError as error:  # said where the results are shown, too
            return note("warning", str(error))
        return Html(choices(rows, "What is chosen here").body, "; ".join(f"{label}: {value}" for label, value, _ in rows))

    def live(self) -> tuple[w.Widget, Callable[[], Html]]:
        """Return the controls, and what tells the choice in words."""
        self.box.say(self.words)
        name = f"words {self.step} {self.in_words.__module__}.{self.in_words.__qualname__}"
        # by the thread that draws results, after these: some words rest on them, and nobody waits for the words
        self.session.watch(name, lambda _: REDRAWING.ask(name, self.box, lambda: self.words, pale=False, put=self.box.say))
        return self.box, lambda: self.box.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        box, now = self.live()
        live: dict[str, Any] = box._repr_mimebundle_()
        return {**live, "text/html": now().styled, "text/plain": now().text}


class Asking(View):
    """A view that answers and decides nothing: neither what is asked nor the answer is saved, for both are about one person.

    Parameters
    ----------
    session : Session
        By whose segments it is answered.
    step : Step
        In which notebook.
    cold : str
        What there is to ask, for readers without widgets.
    """

    def __init__(self, session: Session, step: Step, cold: str) -> None:
        super().__init__(session, step, lambda: [])
        self.cold = cold

    @property
    def words(self) -> Html:
        """What there is to ask, for readers without widgets."""
        return sentence(self.cold)


def heading(text: str) -> w.HTML:
    """Return a small heading between controls."""
    return w.HTML(f'<b style="display:block;margin-top:8px">{escaped(text)}</b>')
