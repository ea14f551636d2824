"""Which states of orders are sales, asked in notebook 2; without a mouse: ``wb.choose("data", statuses=[…])``."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

import ipywidgets as w

from segkit.core.data.privacy import shown
from segkit.core.data.states import State
from segkit.html.notes import note
from segkit.show.data.states import NO_STATES
from segkit.show.redraw import DRAWING, REDRAWING
from segkit.widgets import controls as c
from segkit.widgets.view import View, heading, localised
from segkit.words.errors import SegkitError
from segkit.words.numbers import count, money, shortened
from segkit.words.terms import SaleMeaning, Step
from segkit.workbook.session import Session

NAME = "ask states"


@localised
def meanings(session: Session) -> View:
    """Ask what each state of orders is: a sale, no sale, or a return."""

    def in_words() -> list[tuple[str, str]]:
        chosen = [(s.status, f"taken for: {s.meaning.label.lower()}") for s in session.data_decision.statuses]
        return chosen or [("Order statuses", "all as the workbook read them")]

    view = View(session, Step.DATA, in_words)

    def write(state: str, meaning: SaleMeaning) -> None:
        kept = [dict(s) for s in session.data_decision.statuses if s.status != state]
        view.save(statuses=[*kept, {"status": state, "meaning": meaning}])

    def forget() -> None:
        view.save(statuses=[])

    box: Any = _States(write, forget)
    look: Any = lambda: _states(session)  # noqa: E731
    with DRAWING:
        box.value = look()
    session.watch(NAME, lambda step: REDRAWING.ask(NAME, box, look) if step is Step.DATA else None)
    return view.put(box)


def _states(session: Session) -> tuple[State, ...] | str:
    """Return the states of the orders, or in words why they cannot be told."""
    try:
        return session.results.data.customer_data.states
    except SegkitError as error:
        return str(error)


class _States(w.VBox):  # type: ignore[misc]
    """One list to choose from for each state; its ``value`` are the states, or what stands in their place."""

    def __init__(self, write: Callable[[str, SaleMeaning], None], forget: Callable[[], None]) -> None:
        super().__init__()
        self._write, self._forget = write, forget
        self._value: tuple[State, ...] | str | None = None

    @property
    def value(self) -> tuple[State, ...] | str | None:
        """What is shown now."""
        return self._value

    @value.setter
    def value(self, found: tuple[State, ...] | str) -> None:
        if found == self._value:
            return
        self._value = found
        shown: list[w.Widget] = []
        if isinstance(found, str):  # perhaps because of what was chosen here
            shown = [w.HTML(note("error", found).styled), c.button("Undo my choices of statuses", self._forget)]
        elif not found:
            shown = [w.HTML(note("note", NO_STATES).styled)]
        else:
            for column, states in groupby(found, lambda state: state.column):
                shown += [heading(f"Statuses in the column “{column}”"), *map(self._line, states)]
        self.children = tuple(shown)

    def _line(self, state: State) -> w.Widget:
        def choose(meaning: SaleMeaning) -> None:
            self._write(state.state, meaning)

        pick = c.term(shortened(shown(state.state, state.column), c.LONGEST_LABEL - 1), SaleMeaning, state.meaning, choose)
        amount = "" if state.money is None else f", {money(state.money, decimals=2)} in all"
        counted = w.Label(f"{count(state.rows, 'row')}{amount}; {state.certainty}", layout={"margin": "0 0 6px 236px"})
        return w.VBox([pick, counted])
