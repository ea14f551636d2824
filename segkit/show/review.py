"""What notebook 6 shows: who moved, what is new, and whether the segments still hold."""

import functools
from collections.abc import Callable

import pandas as pd

from segkit.core.review.changes import ReviewTables
from segkit.decisions.review import Review
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import Format, table
from segkit.plots.review.migration import migration as migration_picture
from segkit.plots.review.trends import money_trends
from segkit.show.piece import Piece, drawn, piece, reason
from segkit.words.numbers import count, date, numbers_apart, percent
from segkit.words.terms import Step
from segkit.workbook.session import Session

NO_LATER = (
    "There is no later period yet. In three months or so, export your orders again, put the file into the “data” folder of "
    "your workspace, and choose it in notebook 6. Then it shows who moved."
)


def of_review(render: Callable[[Session, ReviewTables], Html]) -> Callable[[Session], Piece]:
    """Turn a function of the review into a piece; without a later period it only says that something will stand here."""

    @piece
    @functools.wraps(render)
    def show(session: Session) -> Html:
        review = session.results.review.changes
        return (
            note("tip", "This appears once you have chosen a later period above.")
            if review is None
            else render(session, review)
        )

    return show


@piece
def later_period(session: Session) -> Html:
    """Say what the later period is, and read it in a few sentences; without one, how to get one."""
    review = session.results.review.changes
    if review is None:
        return note("answer", NO_LATER)
    after = session.results.review.later()
    assert after is not None
    period = f"Later period read in: orders up to {date(after.last_date)}, as of {date(after.as_of)}." if after.as_of else ""
    return stacked([sentence(period), note("answer", review.sentence)])


@of_review
def migration(session: Session, review: ReviewTables) -> Html:
    """Draw the migration matrix: segments before, segments after."""
    return drawn(migration_picture(review))


@of_review
def sizes(session: Session, review: ReviewTables) -> Html:
    """Show how each segment grew or shrank."""
    columns: dict[str, tuple[str, Format | None]] = {
        "segment_name": ("Segment", None),
        "before": ("Customers before", count),
        "after": ("Customers after", count),
        "change": ("Change", _signed),
        "share_before": ("Share before", percent),
        "share_after": ("Share after", percent),
    }
    if "no_order_since" in review.sizes:
        columns["no_order_since"] = ("Of the earlier ones, ordered nothing since", count)
    hides = bool(review.sizes.isna().any(axis=None))
    return table(review.sizes, columns, "Who grew, who shrank", rows=len(review.sizes), hides=hides)


@of_review
def shifts(session: Session, review: ReviewTables) -> Html:
    """Show whether the customers have changed more than chance would."""
    said = [numbers_apart(p, t, 3) for p, t in zip(review.psi["psi"], review.psi["threshold"], strict=True)]
    frame = review.psi.assign(psi=[p for p, _ in said], threshold=[t for _, t in said])
    columns: dict[str, tuple[str, Format | None]] = {
        "label": ("What was compared", None),
        "psi": ("Size of the change (population stability index)", None),
        "threshold": ("Chance alone accounts for up to", None),
        "reading": ("What that means", None),
    }
    return table(frame, columns, "Have the customers changed?", {"psi": "right", "threshold": "right"}, rows=len(frame))


@of_review
def trends(session: Session, review: ReviewTables) -> Html:
    """Draw what customers buy more or less of than before."""
    return drawn(money_trends(review), "The order files hold no products or channels, so no trend can be seen.")


@piece
def decision(session: Session) -> Html:
    """Show what the person decided after the review."""
    review = session.review_decision
    rows = [
        ("What we adjust", "; ".join(a.label for a in review.adjustments) or "nothing decided yet"),
        ("What changes from now on", review.what_changes or "not written yet"),
        ("Next review", date(review.next_review) if review.next_review else "no date yet"),
        ("Why", reason(session, Step.REVIEW, _adjusted, lead="") or "not written yet"),
    ]
    shown = table(
        pd.DataFrame(rows, columns=["what", "value"]),
        {"what": ("Decision", None), "value": ("Answer", None)},
        "After this review",
    )
    if review.next_review is None:
        return stacked(
            [
                shown,
                note(
                    "tip", "Set the date of the next review now. Segments that nobody looks at again are stale within a year."
                ),
            ]
        )
    return shown


def _adjusted(then: Review) -> str:
    return "; ".join(f"“{a.label}”" for a in then.adjustments) or "no adjustment"


def _signed(value: float) -> str:
    return f"+{count(value)}" if value > 0 else count(value)
