"""What frames each notebook: its banner, the choices so far, and the notices of the workspace."""

from segkit.html.notes import Choice, banner, choices, note, sentence
from segkit.html.piece import Html, folded, stacked
from segkit.show.piece import Piece
from segkit.show.redraw import look_around
from segkit.words.addresses import called
from segkit.words.numbers import count, date, readable, short_date
from segkit.words.terms import SegmentAtAll, Step
from segkit.workbook.decided import Answer
from segkit.workbook.session import Session

FROM_FILE = "the day after the last order"

MINUTES = {Step.GOALS: 30, Step.DATA: 40, Step.CRITERIA: 45, Step.PROFILES: 40, Step.TARGETING: 40, Step.REVIEW: 30}


def opening(session: Session, step: Step | str) -> Piece:
    """Show where one is, what must be told, and the choices so far."""
    here = Step(step)
    steps = list(Step)
    place = steps.index(here)
    paths = [f"{number:02d}_{step.value}.ipynb" for number, step in enumerate(steps, 1)]

    def render(session: Session) -> Html:
        answered = [step for step in steps if session.is_chosen(step)]
        head = banner(here, MINUTES[here], paths, answered, _next_up(steps[:place], answered))
        notices = [note("warning", text) for text in session.workspace.notices]
        held = choices_so_far(session, steps[:place])
        mine = sum(choice.whose.startswith("yours") for choice in held)
        so_far = [folded(f"Choices so far: {mine} of {len(held)} are your own", choices(held))] if held else []
        aims = [sentence(text)] if place > 1 and (text := _goals_again(session)) else []
        return stacked([head, *notices, *aims, *so_far])

    look_around(str(session.workspace.folder), session.look_around)
    return Piece(session, render)


def _goals_again(session: Session) -> str:
    """Say the goals once more, with what was written down of them."""
    said = []
    for goal in session.goals.goals:
        figures = [
            f"today {readable(goal.baseline)}" if goal.baseline is not None else "",
            f"target {readable(goal.target)}" if goal.target is not None else "",
            f"by {date(goal.by)}" if goal.by else "",
        ]
        held = ", ".join(filter(None, figures))
        said.append(f"“{goal.reason.label}”" + (f" ({held})" if held else ""))
    return f"Your goals: {'; '.join(said)}." if said else ""


def _next_up(before: list[Step], answered: list[Step]) -> str:
    """Say which earlier step nobody has answered yet, if any."""
    left = [step.label for step in before if step not in answered]
    return f"Still as suggested, because nobody has answered yet: {', '.join(left)}." if left and answered else ""


def choices_so_far(session: Session, steps: list[Step]) -> list[Choice]:
    """Return the main choices of some steps: label, value in words, and whose they are."""
    return [
        Choice(label, value, whose(session.answer_to(step, *path)))
        for step in steps
        for label, value, path in _WORDS[step](session)
    ]


def whose(answer: Answer | None) -> str:
    """Say whose an answer is: "example", "suggested", or "yours, 28 Nov 2026"."""
    if answer is None:
        return ""
    if not answer.yours:
        return answer.whose
    return f"yours, {short_date(answer.at.astimezone())}" if answer.at else "yours"


Row = tuple[str, str, tuple[str, ...]]


def _goals(session: Session) -> list[Row]:
    goals = session.goals
    return [
        ("Business", f"{goals.business.name or 'no name yet'} ({goals.business.kind.value} customers)", ("business",)),
        ("Goals", "; ".join(goal.reason.label for goal in goals.goals) or "none yet", ("goals",)),
        ("Segment at all?", "yes" if goals.segment_at_all is SegmentAtAll.YES else "not now", ("segment_at_all",)),
    ]


def _data(session: Session) -> list[Row]:
    data = session.data_decision
    source = f"the sample “{session.sample.title}”" if session.sample else ", ".join(called(f.path) for f in data.files)
    chosen = ("sample",) if session.sample else ("files",)
    return [("Data", source, chosen), ("Analysis date", date(data.as_of) if data.as_of else FROM_FILE, ("as_of",))]


def _criteria(session: Session) -> list[Row]:
    return [("Segments formed", session.criteria.method.label, ("method",))]


def _profiles(session: Session) -> list[Row]:
    named = [p for p in session.entries(Step.PROFILES, "personas").values() if p.name]
    return [("Personas written", count(len(named)), ("personas",))]


def _targeting(session: Session) -> list[Row]:
    names = session.results.criteria.segmentation.segments["segment_name"]
    targets = [str(names[i]) for i, r in session.entries(Step.TARGETING, "ratings").items() if r.target and i in names.index]
    return [("Target segments", ", ".join(targets) or "none yet", ("ratings",))]


def _review(session: Session) -> list[Row]:
    review = session.review_decision
    return [("Next review", date(review.next_review) if review.next_review else "no date yet", ("next_review",))]


_WORDS = {
    Step.GOALS: _goals,
    Step.DATA: _data,
    Step.CRITERIA: _criteria,
    Step.PROFILES: _profiles,
    Step.TARGETING: _targeting,
    Step.REVIEW: _review,
}
