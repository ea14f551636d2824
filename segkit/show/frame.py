"""What frames each notebook: its banner, the choices so far, and the notices of the workspace."""

from segkit.html.notes import banner, choices, note
from segkit.html.piece import Html, stacked
from segkit.show.piece import Piece
from segkit.words.addresses import called
from segkit.words.numbers import count, date
from segkit.words.terms import SegmentAtAll, Step
from segkit.workbook.session import Session

FROM_FILE = "the day after the last order"

MINUTES = {Step.GOALS: 30, Step.DATA: 40, Step.CRITERIA: 45, Step.PROFILES: 40, Step.TARGETING: 40, Step.REVIEW: 30}


def opening(session: Session, step: Step | str) -> Piece:
    """Show where one is, what must be told, and the choices so far."""
    here = Step(step)
    steps = list(Step)
    place = steps.index(here)

    def path(other: int) -> str | None:
        return f"{other + 1:02d}_{steps[other].value}.ipynb" if 0 <= other < len(steps) else None

    def render(session: Session) -> Html:
        head = banner(here, MINUTES[here], path(place - 1), path(place + 1))
        notices = [note("warning", text) for text in session.workspace.notices]
        return stacked([head, *notices, choices(choices_so_far(session, steps[:place]))])

    return Piece(session, render)


def choices_so_far(session: Session, steps: list[Step]) -> list[tuple[str, str, bool]]:
    """Return the main choices of some steps: label, value in words, and whether a person made them."""
    rows: list[tuple[str, str, bool]] = []
    for step in steps:
        rows += [(label, value, session.is_chosen(step) and value != FROM_FILE) for label, value in _WORDS[step](session)]
    return rows


def _goals(session: Session) -> list[tuple[str, str]]:
    goals = session.goals
    return [
        ("Business", f"{goals.business.name or 'no name yet'} ({goals.business.kind.value} customers)"),
        ("Goals", "; ".join(goal.reason.label for goal in goals.goals) or "none yet"),
        ("Segment at all?", "yes" if goals.segment_at_all is SegmentAtAll.YES else "not now"),
    ]


def _data(session: Session) -> list[tuple[str, str]]:
    data = session.data_decision
    source = f"the sample “{session.sample.title}”" if session.sample else ", ".join(called(f.path) for f in data.files)
    return [("Data", source), ("Analysis date", date(data.as_of) if data.as_of else FROM_FILE)]


def _criteria(session: Session) -> list[tuple[str, str]]:
    return [("Segments formed", session.criteria.method.label)]


def _profiles(session: Session) -> list[tuple[str, str]]:
    named = [p for p in session.entries(Step.PROFILES, "personas").values() if p.name]
    return [("Personas written", count(len(named)))]


def _targeting(session: Session) -> list[tuple[str, str]]:
    names = session.results.criteria.segmentation.segments["segment_name"]
    targets = [str(names[i]) for i, r in session.entries(Step.TARGETING, "ratings").items() if r.target and i in names.index]
    return [("Target segments", ", ".join(targets) or "none yet")]


def _review(session: Session) -> list[tuple[str, str]]:
    review = session.review_decision
    return [("Next review", date(review.next_review) if review.next_review else "no date yet")]


_WORDS = {
    Step.GOALS: _goals,
    Step.DATA: _data,
    Step.CRITERIA: _criteria,
    Step.PROFILES: _profiles,
    Step.TARGETING: _targeting,
    Step.REVIEW: _review,
}
