"""The questions of notebook 6."""

from functools import partial

from segkit.widgets import fields as f
from segkit.widgets.controls import NOTHING_CHOSEN
from segkit.widgets.own_file import OwnFile
from segkit.widgets.view import Row, View, localised
from segkit.words.addresses import called
from segkit.words.numbers import date
from segkit.words.terms import Adjustment, Step
from segkit.workbook.session import Session
from segkit.workbook.taking import Way, go_on_later, take_later


@localised
def later_period(session: Session) -> View:
    """Ask for the orders of the later period."""

    def in_words() -> list[Row]:
        later = session.later_file()
        return [("Orders of the later period", later.name if later else "none yet", ("later_file",))]

    view = View(session, Step.REVIEW, in_words)

    def idle() -> list[str]:
        used = [file.path for file in session.data_decision.files]
        return [name for name in session.own_files() if name not in (*used, session.review_decision.later_file)]

    def fill() -> None:
        """Ask anew: the names of the files are fixed in a list once it is made."""
        now = session.review_decision
        first = "The sample's next six months" if session.sample else NOTHING_CHOSEN
        names = sorted({*session.own_files(), *([now.later_file] if now.later_file else [])})
        options = [(first, ""), *((called(name), name) for name in names)]
        view.put(
            own,
            f.choice("Orders of the later period", options, view.at("later_file")),
            f.date("As of (optional)", view.at("later_as_of")),
        )

    own = OwnFile(
        session,
        view,
        partial(take_later, session),
        partial(go_on_later, session),
        lambda _: {Way.LEAVE: "Leave it out", Way.ADD: "Use it all the same"},
        name="later own file",
        idle=idle,
        after=fill,
    )
    session.watch_folder("later lists", fill)
    fill()
    return view


@localised
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
