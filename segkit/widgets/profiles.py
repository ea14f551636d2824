"""The questions of notebook 4."""

from collections.abc import Callable
from itertools import chain

import ipywidgets as w

from segkit.core.profiles.typing_tool.card import ScoreCard
from segkit.core.profiles.typing_tool.sentences import NOT_ASKED, of_rule, why
from segkit.core.profiles.typing_tool.tool import Found, OwnRule, TypingTool, Untold
from segkit.decisions.profiles import Persona
from segkit.html.notes import note, sentence
from segkit.html.piece import Html
from segkit.show.piece import Piece
from segkit.show.redraw import REDRAWING
from segkit.widgets import controls as c
from segkit.widgets import fields as f
from segkit.widgets.entries import EntryView, per_segment
from segkit.widgets.field import Bound
from segkit.widgets.view import Asking, View, heading, localised
from segkit.words.errors import SegkitError, WorkbookError
from segkit.words.numbers import count, percent
from segkit.words.terms import SEGMENT_NAME, BuyingStage, Evidence, Step
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


COLD = (
    "Answer the questions for one new customer to read the segment, or “unsure”, and why. Run the cell to answer; no answer is "
    "kept in the notebook."
)


@localised
def new_customer(session: Session) -> Asking:
    """Ask the questions that tell a segment about one new customer, and answer with the segment and why."""
    view = Asking(session, Step.PROFILES, COLD)
    answer, asked = w.HTML(), w.VBox()
    given: list[int] = []
    laid: list[ScoreCard] = []

    def now() -> Found | None:
        try:
            return session.results.profiles.typing_tool
        except SegkitError:  # said in the answer
            return None

    def render(session: Session) -> Html:
        return _answer(session, session.results.profiles.typing_tool, tuple(given))

    def say(place: int, value: int) -> None:
        given[place] = value
        answer.value = Piece(session, render).html.styled

    def lay(tool: Found | None) -> None:
        """Put the questions of a tool, none of them answered, in place of those of before."""
        cards = [tool.card] if isinstance(tool, TypingTool) else []
        if cards != laid:
            laid[:], given[:] = cards, [-1] * sum(len(card.questions) for card in cards)
            asked.children = tuple(
                chain.from_iterable(_field(card, place, say) for card in cards for place in range(len(given)))
            )
        answer.value = Piece(session, render).html.styled

    lay(now())
    # another segmentation asks other questions
    session.watch("ask new customer", lambda _: REDRAWING.ask("ask new customer", answer, now, put=lay))
    view.put(asked, answer)
    return view


def _field(card: ScoreCard, place: int, say: Callable[[int, int], None]) -> tuple[w.Widget, w.Widget]:
    question = card.questions[place]
    options = [(NOT_ASKED, -1), *((text, i) for i, text in enumerate(question.answers))]
    return heading(f"{place + 1}. {question.label}"), c.choice(
        f"Answer to question {place + 1}", options, -1, lambda value: say(place, value)
    )


def _answer(session: Session, tool: Found, given: tuple[int, ...]) -> Html:
    if isinstance(tool, Untold):
        return note("answer", tool.because)
    if isinstance(tool, OwnRule):
        return note("answer", of_rule(tool))
    names = session.results.criteria.segmentation.segments[SEGMENT_NAME]
    if len(given) != len(tool.card.questions) or all(place < 0 for place in given):
        return sentence("Answer the questions to read the segment.")
    return note("answer", why(tool.card, given, {str(i): str(name) for i, name in names.items()}))
