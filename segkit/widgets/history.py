"""Undo and redo over all notebooks, and the history of choices; without a mouse: ``wb.undo()`` and ``wb.redo()``."""

from typing import Any

import ipywidgets as w

from segkit.show.history import Line, lines
from segkit.widgets import controls as c
from segkit.widgets.view import Row, View, localised
from segkit.words.numbers import count, day_and_month, shortened
from segkit.words.terms import Step
from segkit.workbook.session import Session

NAME = "history"
MOST = 30
"""Acts that the list shows; older ones stand in workbook.json."""


@localised
def turn_back(session: Session) -> View:
    """Offer to take back the latest choice, to make it again, or to go back to an earlier one."""

    def in_words() -> list[Row]:
        held = lines(session.book)
        return [("Choices made", count(sum(line.holds for line in held))), *([("The latest", held[0].words)] if held else [])]

    view = _History(session, Step.GOALS, in_words)
    undo = c.button("Undo", lambda: act(session.undo, "Undone"))
    redo = c.button("Redo", lambda: act(session.redo, "Redone"))
    told = w.Dropdown(options=[("…", 0)], description="Go back to", layout={"width": "560px"})
    go = c.button("Go back to that moment", lambda: back())

    forget = c.button("Forget how it came about …", lambda: ask())

    def forget_past() -> None:
        view.do(session.forget_past)

    def ask() -> None:
        view.ask(
            "This forgets every text that you took out or wrote over, and every choice that you took back, here and in the "
            "earlier copies in your workspace. What holds now stays. It cannot be undone.",
            [("Keep the history", lambda: view.wait("Kept.")), ("Forget it", forget_past)],
        )

    def act(what: Any, said: str) -> None:
        found: list[Any] = []
        if view.do(lambda: found.append(what())) and found[0] is not None:
            view.wait(f"{said}: {Step(found[0].step).label}.")

    def back() -> None:
        if told.value:
            view.do(lambda: session.go_back(told.value))

    def fill(_: object = None) -> None:
        held = lines(session.book)
        undo.disabled, redo.disabled = session.book.may_undo is None, session.book.may_redo is None
        undo.tooltip = f"Undoes: {held_words(held)}" if not undo.disabled else "Nothing to undo"
        told.options = [("choose a moment", 0), *((_moment(line), line.turn) for line in held[:MOST] if line.holds)]
        folded.set_title(0, f"History of your choices: {count(sum(line.holds for line in held))}")

    def held_words(held: list[Line]) -> str:
        return next((line.words for line in held if line.holds), "")

    folded = w.Accordion(
        children=[w.VBox([w.HBox([told, go]), forget])], titles=["History of your choices"], selected_index=None
    )
    session.watch(NAME, fill)
    fill()
    return view.put(w.HBox([undo, redo]), folded)


def _moment(line: Line) -> str:
    at = line.at.astimezone()
    return f"{day_and_month(at)}, {at:%H:%M} {line.step.label}: {shortened(line.words, 60)}"


class _History(View):
    """A view of choices of all steps."""

    def whose(self, path: tuple[str, ...]) -> str:
        """Say whose they are: the history holds a person's own choices only."""
        return "yours"
