"""The questions of notebook 6."""

from segkit.widgets import fields as f
from segkit.widgets.controls import NOTHING_CHOSEN
from segkit.widgets.view import Row, View, written
from segkit.words.addresses import called
from segkit.words.numbers import date
from segkit.words.terms import Adjustment, Step
from segkit.workbook.session import Session


@written
def later_period(session: Session) -> View:
    """Ask for the orders of the later period."""

    def in_words() -> list[Row]:
        later = session.later_file()
        return [("Orders of the later period", later.name if later else "none yet", ("later_file",))]

    view = View(session, Step.REVIEW, in_words)
    now = session.review_decision
    first = "The sample's next six months" if session.sample else NOTHING_CHOSEN
    names = sorted({*session.own_files(), *([now.later_file] if now.later_file else [])})
    options = [(first, ""), *((called(name), name) for name in names)]
    return view.put(
        f.choice("Orders of the later period", options, view.at("later_file")),
        f.date("Seen from (may be empty)", view.at("later_as_of")),
    )


@written
def adjust(session: Session) -> View:
    """Ask what to adjust, and when to look again."""

    def in_words() -> list[Row]:
        r = session.review_decision
        return [
            ("We adjust", "; ".join(a.label for a in r.adjustments), ("adjustments",)),
            ("What changes", r.what_changes, ("what_changes",)),
            ("Why", r.why, ("why",)),
            ("Next review", date(r.next_review) if r.next_review else "", ("next_review",)),
        ]

    view = View(session, Step.REVIEW, in_words)
    return view.put(
        f.ticks([(a.label, a) for a in Adjustment], view.at("adjustments")),
        f.text("What changes from now on", view.at("what_changes"), lines=3),
        f.text("Why?", view.at("why"), lines=2),
        f.date("Date of the next review", view.at("next_review")),
    )
