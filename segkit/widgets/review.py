"""The questions of notebook 6."""

from segkit.widgets import controls as c
from segkit.widgets.view import View
from segkit.words.addresses import called
from segkit.words.terms import Adjustment, Step
from segkit.workbook.session import Session


def later_period(session: Session) -> View:
    """Ask for the orders of the later period."""

    def in_words() -> list[tuple[str, str]]:
        later = session.later_file()
        return [("Orders of the later period", later.name if later else "none yet")]

    view = View(session, Step.REVIEW, in_words)
    now = session.review_decision
    first = "The sample's next six months" if session.sample else c.NOTHING_CHOSEN
    names = sorted({*session.own_files(), *([now.later_file] if now.later_file else [])})
    options = [(first, ""), *((called(name), name) for name in names)]
    return view.put(
        c.choice("Orders of the later period", options, now.later_file, view.saver("later_file")),
        c.date("Seen from (may be empty)", now.later_as_of, view.saver("later_as_of")),
    )


def adjust(session: Session) -> View:
    """Ask what to adjust, and when to look again."""

    def in_words() -> list[tuple[str, str]]:
        r = session.review_decision
        return [
            ("We adjust", "; ".join(a.label for a in r.adjustments)),
            ("What changes", r.what_changes),
            ("Next review", r.next_review.isoformat() if r.next_review else ""),
        ]

    view = View(session, Step.REVIEW, in_words)
    now = session.review_decision
    return view.put(
        c.ticks([(a.label, a) for a in Adjustment], now.adjustments, view.saver("adjustments")),
        c.text("What changes from now on", now.what_changes, view.saver("what_changes"), lines=3),
        c.text("Why", now.why, view.saver("why"), lines=2),
        c.date("Date of the next review", now.next_review, view.saver("next_review")),
    )
