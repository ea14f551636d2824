"""The questions of notebook 4."""

import ipywidgets as w

from segkit.decisions.profiles import Persona
from segkit.widgets import fields as f
from segkit.widgets.entries import EntryView, per_segment
from segkit.widgets.field import Bound
from segkit.widgets.view import View, localised
from segkit.words.errors import SegkitError, WorkbookError
from segkit.words.numbers import count, percent
from segkit.words.terms import BuyingStage, Evidence, Step
from segkit.workbook.session import Session

FIELDS = (
    ("background", "Background", "Who are they? How do they live or work?"),
    ("motivation", "Motivation", "Why do they buy at all?"),
    ("needs", "Needs", "What must it do for them?"),
    ("jobs_functional", "What they want done", "What they need your product to do"),
    ("jobs_social", "How they want to be seen", "What should others think of them?"),
    ("pains", "What annoys them", "What gets in their way, costs them time or worries them?"),
    ("gains", "What pleases them", "What would delight them?"),
    ("communication", "How to talk to them", "Tone, length, channel, time of day"),
    ("dealing", "How to deal with them well", "What should everybody in the business know?"),
)


@localised
def spread_of(session: Session) -> View:
    """Ask which variable's spread is shown; without a mouse: ``wb.choose("profiles", spread_of="frequency")``."""

    def known() -> dict[str, str]:
        """Return the label of each variable by its name; data that cannot be read have none."""
        try:
            return {v.name: v.label for v in session.results.profiles.spreadable}
        except SegkitError as error:
            view.say("warning", str(error))
            return {}

    def now(labels: dict[str, str]) -> str | None:
        asked = session.personas.spread_of
        return asked if asked in labels else next(iter(labels), None)

    def in_words() -> list[tuple[str, str]]:
        labels = known()
        return [("Spread shown of", labels.get(now(labels) or "", "nothing: no numbers that can be shown"))]

    view = View(session, Step.PROFILES, in_words)
    labels = known()
    options = [(label, name) for name, label in labels.items()]
    shown = view.bound(lambda: now(known()), lambda name: session.choose(Step.PROFILES, spread_of=name), "spread_of")
    return view.put(f.choice("Show the spread of", options, shown))


@localised
def lifetime(session: Session) -> View:
    """Ask how far ahead to look; without a mouse: ``wb.choose("profiles", horizon_months=24, yearly_discount=0.05)``."""

    def in_words() -> list[tuple[str, str, tuple[str, ...]]]:
        asked = session.personas
        return [
            ("How far ahead", count(asked.horizon_months, "month"), ("horizon_months",)),
            ("Discount a year", percent(asked.yearly_discount), ("yearly_discount",)),
        ]

    view = View(session, Step.PROFILES, in_words)
    return view.put(
        f.slider("Months to look ahead", view.at("horizon_months"), low=1, high=60),
        f.share(
            "Discount a year",
            view.at("yearly_discount"),
            expects=lambda: f"later money counts less: {percent(0.1)} is usual, {percent(0.5)} the most",
        ),
    )


@localised
def personas(session: Session) -> w.Widget | EntryView:
    """Ask for a name and a persona card for each segment, one segment at a time."""

    def form(view: EntryView, segment_id: str) -> list[w.Widget]:
        def at(field: str) -> Bound:
            return view.of("personas", segment_id, Persona, field)

        def called() -> str:
            return str(session.results.criteria.segmentation.segments.loc[segment_id, "segment_name"])

        def rename(name: str) -> None:
            others = session.results.criteria.segmentation.segments["segment_name"].drop(segment_id)
            if name in set(others):
                raise WorkbookError(f"Another segment is already called “{name}”.", "Choose a name that tells the two apart.")
            session.write_entry(Step.PROFILES, "labels", segment_id, name=name)

        named = ("labels", f"{session.results.criteria.filed_under} · {segment_id}", "name")
        return [
            f.text("Name of the segment", view.bound(called, rename, *named)),
            f.text("Name of the persona", at("name"), hint="a made-up person who represents the segment"),
            *(f.text(label, at(field), lines=2, hint=hint) for field, label, hint in FIELDS),
            f.term("Stage in the buying journey", BuyingStage, at("stage"), optional=True),
            f.term("Where this card comes from", Evidence, at("evidence")),
        ]

    def in_words() -> list[tuple[str, str]]:
        written = session.entries(Step.PROFILES, "personas")
        names = session.results.criteria.segmentation.segments["segment_name"]
        return [(str(name), written[str(i)].name if str(i) in written else "no persona yet") for i, name in names.items()]

    return per_segment(session, Step.PROFILES, form, in_words)
