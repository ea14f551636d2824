"""The questions of notebook 5."""

from collections.abc import Sequence

import ipywidgets as w

from segkit.decisions.targeting import Plan, SegmentRating
from segkit.html.notes import note
from segkit.show.targeting import targets
from segkit.widgets import fields as f
from segkit.widgets.entries import EntryView, per_segment
from segkit.widgets.field import Bound
from segkit.widgets.view import Row, View, localised
from segkit.words.terms import Channel, Step
from segkit.workbook.session import Session

RATINGS = (
    ("position", "Our position", "How well are you placed to serve it?"),
    ("profit", "Profit", "What is left after costs?"),
    ("ease", "Ease", "How cheap is it to reach and serve?"),
    ("fit", "Fit", "How well does it suit what you stand for?"),
)
PLAN = (
    ("what_to_sell", "What to sell", "Which products or services, from what you have?"),
    ("value_proposition", "Value proposition", "Why you and no one else, in one sentence"),
    ("message", "Message", "The words they would remember"),
    ("offer", "Offer", "The first thing you offer them"),
    ("relationship", "Relationship", "Personal, self-service, club …"),
    ("marketing", "Marketing does", "Who does what by when?"),
    ("sales", "Sales does", "Who does what by when?"),
    ("service", "Service does", "Who does what by when?"),
)
RATED = [("not rated yet", None), ("1: weak", 1), ("2", 2), ("3: average", 3), ("4", 4), ("5: strong", 5)]
DECIDED = [("Not decided yet", None), ("Yes: we target it", True), ("No: served as before", False)]


def _names(session: Session) -> dict[str, str]:
    return {str(i): str(name) for i, name in session.results.criteria.segmentation.segments["segment_name"].items()}


def _placed(rating: SegmentRating) -> str:
    return "our position not rated yet" if rating.position is None else f"our position {rating.position} of 5"


@localised
def ratings(session: Session) -> EntryView:
    """Ask how well the business is placed in each segment, and whether to target it."""

    def form(view: EntryView, segment_id: str) -> Sequence[w.Widget]:
        def at(field: str) -> Bound:
            return view.of("ratings", segment_id, SegmentRating, field)

        rated = [f.choice(f"{label} (1 to 5)", RATED, at(field), expects=question) for field, label, question in RATINGS]
        decided = f.radio("Do we target it?", DECIDED, at("target"))
        missed = str(session.results.targeting.evaluation.table.loc[segment_id, "fails"])
        if not missed:
            return [*rated, decided]
        why = f.text("If yes, why despite this?", at("although"), lines=2, hint=f"It misses: {missed}")
        return [*rated, w.HTML(note("warning", f"It misses: {missed}.").body), decided, why]

    def in_words() -> list[tuple[str, str]]:
        held = session.entries(Step.TARGETING, "ratings")
        words = {None: "not decided yet", True: "target", False: "served as before"}
        return [
            (name, f"{words[held[i].target]}; {_placed(held[i])}" if i in held else "not rated yet")
            for i, name in _names(session).items()
        ]

    return per_segment(session, Step.TARGETING, form, in_words)


@localised
def plans(session: Session) -> EntryView:
    """Ask what to do for each target segment."""

    def form(view: EntryView, segment_id: str) -> Sequence[w.Widget]:
        def at(field: str) -> Bound:
            return view.of("plans", segment_id, Plan, field)

        texts = {field: f.text(label, at(field), lines=2, hint=hint) for field, label, hint in PLAN}
        channel = f.term("Channel", Channel, at("channel"), optional=True)
        budget = f.number("Budget per year", at("budget"))
        order = (
            "what_to_sell",
            "value_proposition",
            "message",
            channel,
            "offer",
            "relationship",
            budget,
            "marketing",
            "sales",
            "service",
        )
        return [texts[part] if isinstance(part, str) else part for part in order]

    def in_words() -> list[tuple[str, str]]:
        held, names = session.entries(Step.TARGETING, "plans"), _names(session)
        return [(names[i], held[i].value_proposition if i in held else "no plan yet") for i in targets(session)]

    return per_segment(
        session,
        Step.TARGETING,
        form,
        in_words,
        which=lambda: targets(session),
        none_yet="Choose a target segment above and its plan opens here.",
    )


@localised
def why_these(session: Session) -> View:
    """Ask why these segments are the targets."""

    def in_words() -> list[Row]:
        return [("Why these targets", session.targeting.why, ("why",))]

    view = View(session, Step.TARGETING, in_words)
    return view.put(
        f.text("Why these targets?", view.at("why"), lines=2, hint=("What spoke for these, and what against the others?"))
    )
