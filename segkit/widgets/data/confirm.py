"""What the files do not decide, asked on top of notebook 2; without a mouse: ``wb.answer("orders.customer", 2)``."""

from collections.abc import Callable

import ipywidgets as w

from segkit.core.data.questions import Answer, Question
from segkit.html.notes import note, sentence
from segkit.show.data.questions import MOST, NOTHING, asked, further, in_words
from segkit.show.redraw import DRAWING, REDRAWING
from segkit.widgets.controls import untypeset
from segkit.widgets.view import View, localised
from segkit.words.errors import SegkitError
from segkit.words.terms import Step
from segkit.workbook.session import Session

NAME = "ask confirm"


@localised
def questions(session: Session) -> View:
    """Ask what the files do not decide: each question with its readings, one button each."""

    def said() -> list[tuple[str, str]]:
        found = _open(session)
        return [("Please confirm", found)] if isinstance(found, str) else in_words(found)

    view = _Unanswered(session, Step.DATA, said)

    def answer(key: str, number: int) -> None:
        view.wait("Reading again …")
        view.do(lambda: session.answer(key, number))

    box = _Asked(answer)
    with DRAWING:
        box.value = _open(session)
    session.watch(NAME, lambda step: REDRAWING.ask(NAME, box, lambda: _open(session)) if step is Step.DATA else None)
    return view.put(box)


def _open(session: Session) -> tuple[Question, ...] | str:
    """Return the open questions, or in words why there are none to ask."""
    try:
        return session.questions
    except SegkitError as error:
        return str(error)


class _Unanswered(View):
    """A view of what nobody has chosen yet, whatever else was."""

    def whose(self, path: tuple[str, ...]) -> str:
        """Say whose the answers are: nobody's, for what somebody has answered is asked no more."""
        return "not confirmed yet"


class _Asked(w.VBox):  # type: ignore[misc]
    """Questions with their buttons; its ``value`` are the questions, or what stands in their place."""

    def __init__(self, answer: Callable[[str, int], None]) -> None:
        super().__init__()
        self._answer = answer
        self._value: tuple[Question, ...] | str = ()

    @property
    def value(self) -> tuple[Question, ...] | str:
        """What is asked now."""
        return self._value

    @value.setter
    def value(self, found: tuple[Question, ...] | str) -> None:
        self._value = found
        if isinstance(found, str):
            self.children = (w.HTML(note("error", found).styled),)
        elif not found:
            self.children = (w.HTML(note("answer", NOTHING).styled),)
        else:
            last = [w.HTML(sentence(more).styled)] if (more := further(found)) else []
            self.children = (*(self._question(question) for question in found[:MOST]), *last)

    def _question(self, question: Question) -> w.Widget:
        cells = [
            cell for number, answer in enumerate(question.answers, 1) for cell in self._reading(question.key, number, answer)
        ]
        readings = w.GridBox(cells, layout={"grid_template_columns": "max-content auto", "grid_gap": "0 10px"})
        return w.VBox([w.HTML(asked(question).styled), readings], layout={"margin": "0 0 10px 0"})

    def _reading(self, key: str, number: int, answer: Answer) -> tuple[w.Widget, w.Widget]:
        button = w.Button(
            description=untypeset(f"{number}. {answer.label}"),
            tooltip=f"{answer.label}: {answer.gives}",
            button_style="primary" if answer.taken else "",
            layout={"width": "auto", "min_width": "200px"},
        )
        button.on_click(lambda _: self._answer(key, number))
        return button, w.Label(f"{answer.gives}{' (used for now)' if answer.taken else ''}")
