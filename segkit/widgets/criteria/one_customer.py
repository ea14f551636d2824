"""Why is this customer in its segment? A number is typed or picked, and the answer is in words."""

from typing import Any

import ipywidgets as w

from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.show.piece import Piece
from segkit.show.redraw import REDRAWING
from segkit.widgets import controls as c
from segkit.widgets.view import View, heading
from segkit.words.errors import SegkitError
from segkit.words.numbers import listed
from segkit.words.terms import Step
from segkit.workbook.session import Session

COLD = (
    "Type a customer's number and read why this customer is in its segment, and how near the border. Run the cell to ask; no "
    "number is kept in the notebook."
)


class Asking(View):
    """A view that answers and decides nothing: neither what is asked nor the answer is saved, for both are about one person."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        live: dict[str, Any] = self.box._repr_mimebundle_()
        return {**live, "text/html": sentence(COLD).body, "text/plain": COLD}


def why_customer(session: Session) -> Asking:
    """Ask for a customer's number and answer why it is in its segment; without a mouse: ``wb.why("C0012")``."""
    view = Asking(session, Step.CRITERIA, lambda: [])
    answer = w.HTML()
    typed = w.Combobox(
        placeholder="type a number, or choose an example",
        options=_numbers(session),
        ensure_option=False,
        continuous_update=False,
        **c.look("Customer's number"),
    )

    def render(session: Session) -> Html:
        return _answer(session, typed.value)

    def ask(_: object = None) -> None:
        # the segments may be those of a change of a moment ago: what is above is drawn first
        REDRAWING.ask("ask why customer", answer, lambda: Piece(session, render).html.styled)

    answer.value = Piece(session, render).html.styled
    typed.observe(ask, names="value")
    session.watch("ask why customer", ask)
    view.put(heading("Whom do you want to ask about?"), typed, answer)
    return view


def _numbers(session: Session) -> tuple[str, ...]:
    try:
        return tuple(example.customer_id for example in session.results.criteria.examples)
    except SegkitError:  # said in the answer
        return ()


def _answer(session: Session, typed: str) -> Html:
    """Return whom one might ask about, and the answer about whom one asked."""
    known = session.results.criteria.examples
    of = [f"{one.customer_id} (“{one.segment_name}”{', near a border' if one.near_border else ''})" for one in known]
    hint = sentence(f"For instance {listed(of)}.")
    if not typed.strip():
        return hint
    try:
        return stacked([note("answer", session.why(typed)), hint])
    except SegkitError as error:
        return stacked([note("error", str(error)), hint])
