"""The questions of notebook 2 about the survey."""

from segkit.core.survey import questions_for
from segkit.errors import WorkbookError
from segkit.session import Session
from segkit.terms import CustomerKind, Step
from segkit.widgets import controls as c
from segkit.widgets.view import View, heading


def survey(session: Session) -> View:
    """Ask what to ask the customers, and offer to write the survey."""

    def in_words() -> list[tuple[str, str]]:
        return [("Questions for customers", "; ".join(q.short for q in session.survey()) or "none")]

    view = View(session, Step.DATA, in_words)

    def write() -> None:
        try:
            session.write_survey()
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise WorkbookError(
                f"The survey cannot be written ({reason}).", "Close the file if it is open elsewhere, or make room on the disk."
            ) from error

    def act() -> None:
        if view.do(write):
            view.say(
                "answer",
                "Written into exports/survey: survey.html to print or send, questions.csv to paste into a form program, "
                "recipients.csv with whom to ask, and answers.csv to type answers into.",
            )

    def fill() -> None:
        options = [(f"{q.text} ({q.base.label.split(':')[0].lower()})", q.id) for q in questions_for(kind())]
        chosen = c.ticks(options, [q.id for q in session.survey()], view.saver("survey"))
        view.put(heading("Ask your customers"), chosen, c.button("Write the survey now", act))

    def kind() -> CustomerKind:
        return session.goals.business.kind

    asked_of = [kind()]

    def follow(_: Step) -> None:
        if kind() != asked_of[0]:
            asked_of[0] = kind()
            fill()

    session.watch("ask survey", follow)
    view.do(fill)
    view.message.value = view.message.value if "error" in view.message.value else ""
    return view
