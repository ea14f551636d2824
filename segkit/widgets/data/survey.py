"""The questions of notebook 2 about the survey."""

from segkit.core.data.survey import questions_for
from segkit.handover.survey import questions, write_survey
from segkit.widgets import controls as c
from segkit.widgets.export import unwritten
from segkit.widgets.view import View, heading
from segkit.words.errors import SegkitError
from segkit.words.terms import CustomerKind, Step
from segkit.workbook.session import Session


def survey(session: Session) -> View:
    """Ask what to ask the customers, and offer to write the survey."""

    def in_words() -> list[tuple[str, str]]:
        return [("Questions for customers", "; ".join(q.short for q in questions(session)) or "none")]

    view = View(session, Step.DATA, in_words)

    def write() -> None:
        try:
            write_survey(session)
        except OSError as error:
            raise unwritten("survey", error) from error

    def act() -> None:
        if view.do(write):
            view.say(
                "answer",
                "Written into exports/survey: survey.html to print or send, questions.csv to paste into a form program, "
                "recipients.csv with whom to ask, and answers.csv to type answers into.",
            )

    def fill() -> None:
        try:
            asked = [q.id for q in questions(session)]
        except SegkitError as error:  # the data cannot be read; said where they are shown, too
            view.say("error", str(error))
            return
        options = [(f"{q.text} ({q.base.label.split(':')[0].lower()})", q.id) for q in questions_for(kind())]
        chosen = c.ticks(options, asked, view.saver("survey"))
        view.put(heading("Ask your customers"), chosen, c.button("Write the survey now", act))

    def kind() -> CustomerKind:
        return session.goals.business.kind

    asked_of = [kind()]

    def follow(_: Step) -> None:
        if kind() != asked_of[0]:
            asked_of[0] = kind()
            fill()

    session.watch("ask survey", follow)
    fill()
    return view
