"""The questions of notebook 3."""

from typing import Any

import ipywidgets as w

from segkit.html.piece import Html
from segkit.show.piece import Piece
from segkit.show.redraw import REDRAWING
from segkit.widgets import controls as c
from segkit.widgets import fields as f
from segkit.widgets.criteria.at_a_glance import at_a_glance
from segkit.widgets.criteria.by_hand import Bands, Pots, band_in_words, pots_or_none
from segkit.widgets.criteria.one_customer import COLD, answer_about, numbers
from segkit.widgets.criteria.rfm import cuts, naming_controls, rfm_in_words
from segkit.widgets.view import Asking, Row, View, heading, localised
from segkit.words.errors import SegkitError
from segkit.words.terms import MAX_SEGMENTS, Base, Method, RfmBins, RfmMoney, Scaling, Step
from segkit.words.typed import as_typed
from segkit.workbook.session import Session


@localised
def variables(session: Session) -> View:
    """Ask which variables form the segments that are found in the data."""

    def labels() -> dict[str, str]:
        return {value: label for label, value in session.results.data.variable_options}

    def names() -> tuple[str, ...]:
        return session.results.criteria.variables

    view = View(
        session, Step.CRITERIA, lambda: [("Variables that form the segments", ", ".join(labels().get(v, v) for v in names()))]
    )
    pick = w.SelectMultiple(
        description="Variables",
        style=c.LABEL,
        layout={"width": "100%", "max_width": "760px"},
    )
    busy: list[bool] = []

    def show(_: object = None) -> None:
        """Show what is chosen, here or elsewhere, of what the data in use know."""
        try:
            options, chosen = session.results.data.variable_options, names()
        except SegkitError as error:
            view.say("warning", str(error))
            return
        busy.append(True)
        if pick.options != tuple(options):
            pick.options, pick.rows = options, min(12, max(4, len(options)))
        pick.value = tuple(name for _, name in options if name in chosen)
        busy.clear()

    def choose(change: dict[str, Any]) -> None:
        if not busy:
            view.save(variables=change["new"])

    pick.observe(choose, names="value")
    session.watch("ask variables", lambda step: show() if step in (Step.CRITERIA, Step.DATA) else None)
    show()
    return view.put(
        heading("Hold Ctrl (Mac: Cmd) to choose several. Two to five work best; all the others only describe the segments."),
        pick,
    )


FOUND = [m for m in Method if m.found]
FROM_DATA = "from_data"


def _found(session: Session) -> Method | None:
    """Return the method chosen to look for segments in the data, or None where it follows the variables."""
    now = session.criteria
    return now.method if now.method.found else now.found_by


@localised
def look_for(session: Session) -> View:
    """Ask how to look for segments in the chosen variables."""

    def in_words() -> list[tuple[str, str]]:
        return [
            (
                "Look for",
                short(session.results.criteria.found_method) + ("" if _found(session) else ", as the variables suggest"),
            )
        ]

    view = View(session, Step.CRITERIA, in_words)
    suggested = session.results.criteria.suggested_method[0]

    def choose(value: Method | None) -> None:
        # once segments found in the data are the chosen way, the method that finds them is the same
        also = {"method": value or suggested} if session.criteria.method.found else {}
        session.choose(Step.CRITERIA, found_by=value, **also)

    options: list[tuple[str, Method | None]] = [(f"As the variables suggest: {short(suggested)}", None)]
    options += [(short(m), m) for m in FOUND]
    return view.put(f.choice("Look for", options, view.bound(lambda: _found(session), choose, "found_by")))


def short(method: Method) -> str:
    """Return what a method that finds segments looks for, in a few words."""
    return method.meaning


WEIGHTS = [("half as much", 0.5), ("as much as the others", 1.0), ("twice as much", 2.0)]


@localised
def comparing(session: Session) -> View:
    """Ask how variables are made comparable: long tails, extreme values, scales, and how much each base counts."""

    def in_words() -> list[tuple[str, str]]:
        d = session.criteria
        said = [
            ("Long tails evened out (logarithm)", "yes" if d.log_skewed else "no"),
            ("Extreme values reined in", "yes" if d.draw_in_outliers else "no"),
            ("Numbers scaled", d.scaling.label),
        ]
        return said + [(f"Weight of {one.block}", as_typed(one.weight)) for one in d.block_weights]

    view = View(session, Step.CRITERIA, in_words)

    def weigh(base: Base, weight: float) -> None:
        others = [one for one in session.criteria.block_weights if one.block != base.value]
        weights = [*others, *([] if weight == 1 else [{"block": base.value, "weight": weight}])]
        session.choose(Step.CRITERIA, block_weights=weights)

    def weight(base: Base) -> w.Widget:
        def held() -> float:
            return next((one.weight for one in session.criteria.block_weights if one.block == base.value), 1.0)

        options = WEIGHTS if held() in {v for _, v in WEIGHTS} else [*WEIGHTS, (f"{as_typed(held())} times", held())]
        bound = view.bound(held, lambda v: weigh(base, v), "block_weights")
        return f.choice(f"{base.value.capitalize()} variables count", options, bound)

    def ticked() -> list[str]:
        now = session.criteria
        return [name for name, on in (("log", now.log_skewed), ("in", now.draw_in_outliers)) if on]

    def tick(chosen: tuple[str, ...]) -> None:
        session.choose(Step.CRITERIA, log_skewed="log" in chosen, draw_in_outliers="in" in chosen)

    bases = session.results.criteria.bases_in_use
    return view.put(
        f.ticks(
            [
                ("Even out long tails, so that a few very large customers do not dominate", "log"),
                ("Rein in extreme values, so that a single one does not become a segment of its own", "in"),
            ],
            view.bound(ticked, tick, "log_skewed"),
        ),
        f.term("Make numbers comparable", Scaling, view.at("scaling")),
        *(weight(base) for base in bases if len(bases) > 1),
    )


KNOWN_BEST = "what is known best"


@localised
def other_base(session: Session) -> View:
    """Ask which other base the customers are split by, to compare; without a mouse: ``wb.choose("criteria", other_base=…)``."""
    view = View(
        session,
        Step.CRITERIA,
        lambda: [("Something else to compare with", base.label if (base := session.criteria.other_base) else KNOWN_BEST)],
    )
    now, bases = session.criteria.other_base, session.results.comparison.other_bases
    options: list[tuple[str, Base | None]] = [(KNOWN_BEST, None)]
    options += [(base.label, base) for base in Base if base in bases or base is now]
    if len(options) == 1:
        view.say(
            "tip", "Your data hold nothing else to split by: add where customers live, who they are or what they answered."
        )
    return view.put(f.choice("Something else to compare with", options, view.at("other_base")))


@localised
def method(session: Session) -> View:
    """Ask which of the three ways to use, and how many segments; how large each would be is seen at once."""

    def in_words() -> list[Row]:
        d = session.criteria
        rows: list[Row] = [("Segments formed", d.method.label, ("method",)), ("Why", d.why, ("why",))]
        if d.method.found:
            number = str(d.n_segments) if d.n_segments else "as the evidence suggests"
            rows.insert(1, ("Number of segments", number, ("n_segments",)))
        return rows

    view = View(session, Step.CRITERIA, in_words)
    now = session.criteria
    numbers: list[tuple[str, int | None]] = [("as the evidence suggests", None)]
    numbers += [(str(k), k) for k in range(2, MAX_SEGMENTS + 1)]
    preview = w.HTML(at_a_glance(session, now.n_segments))

    def take(k: int | None) -> None:
        preview.value = at_a_glance(session, k)  # before it is saved: what follows takes longer
        session.choose(Step.CRITERIA, n_segments=k)

    how_many = f.choice("Number of segments", numbers, view.bound(lambda: session.criteria.n_segments, take, "n_segments"))
    about = w.VBox([how_many, preview])

    def choose(value: Method | str) -> None:
        way = session.results.criteria.found_method if value == FROM_DATA else value
        about.layout.display = None if value == FROM_DATA else "none"
        session.choose(Step.CRITERIA, method=way)

    def formed() -> Method | str:
        now = session.criteria.method
        return FROM_DATA if now.found else now

    def follow(step: Step) -> None:
        # evidence and names may come with the pieces above, which are drawn first
        if step in (Step.CRITERIA, Step.DATA):
            about.layout.display = None if session.criteria.method.found else "none"
            REDRAWING.ask("ask method", preview, lambda: at_a_glance(session, session.criteria.n_segments), pale=False)

    session.watch("ask method", follow)
    about.layout.display = None if now.method.found else "none"
    ways: list[tuple[str, Method | str]] = [(m.label, m) for m in Method if not m.found]
    ways.append(("From the data: the segments found above", FROM_DATA))
    return view.put(
        f.radio("Form the segments", ways, view.bound(formed, choose, "method")),
        about,
        f.text("Why this way?", view.at("why"), lines=2, hint="What spoke for it, and what against the others?"),
    )


@localised
def by_hand(session: Session) -> View:
    """Ask for one to three attributes, where to cut them, and which pots stand together.

    Without a mouse: ``wb.choose("criteria", by_hand=[…])``, ``wb.hand.put_together("a1-b1", "a1-b2")``, ``wb.hand.take_apart``,
    ``wb.hand.start_again`` and ``wb.hand.say("a2-b1", name="…", action="…")``.
    """

    def in_words() -> list[tuple[str, str]]:
        rows = [(f"Attribute {n}", band_in_words(session, band)) for n, band in enumerate(session.hand.bands(), 1)]
        together = [pot for pot in pots_or_none(session) if len(pot.pots) > 1]
        return rows + [(f"Put together: {pot.name}", ", ".join(pot.pots)) for pot in together]

    view = View(session, Step.CRITERIA, in_words)
    pots = Pots(session, view)

    def tried(rows: list[dict[str, Any]]) -> None:
        """Show the pots at once, then save: the pictures below take longer."""
        try:
            wanted = session.criteria.revise(by_hand=[band for band in rows if band.get("variable")]).by_hand
            pots.draw(session.hand.table(wanted or None))
        except SegkitError as error:
            view.say("error", str(error))
            return
        pots.act(lambda: session.choose(Step.CRITERIA, by_hand=wanted))

    bands = Bands(session, view, tried)

    def follow(step: Step) -> None:
        if step in (Step.CRITERIA, Step.DATA):
            bands.follow()
            pots.refresh()

    pots.refresh()
    session.watch("ask by hand", follow)
    return view.put(*bands.controls, *pots.controls)


@localised
def rfm(session: Session) -> View:
    """Ask how RFM scores; without a mouse: ``wb.choose("criteria", rfm={"bins": "nested", "recency": (30, 90, 180)})``."""
    view = View(session, Step.CRITERIA, lambda: rfm_in_words(session))

    def as_drawn() -> None:
        view.do(lambda: session.choose(Step.CRITERIA, rfm=session.criteria.rfm.revise(recency=(), frequency=(), monetary=())))

    now = session.criteria.rfm
    money = [(m.label, m) for m in RfmMoney if m in session.results.rfm.money or m is now.money]
    return view.put(
        f.term("Scores compare a customer", RfmBins, view.at("rfm", "bins")),
        f.choice("Money means", money, view.at("rfm", "money")),
        heading("Where one score ends and the next begins, from 1 (worst) to 5 (best). Type over the numbers to set your own"),
        cuts(session, view),
        c.button("Back to the thresholds from the data", as_drawn),
        naming_controls(session, view),
    )


@localised
def why_customer(session: Session) -> Asking:
    """Ask for a customer's number and answer why it is in its segment; without a mouse: ``wb.why("C0012")``."""
    view = Asking(session, Step.CRITERIA, COLD)
    answer = w.HTML()
    typed = w.Combobox(
        placeholder="type a number, or choose an example",
        options=numbers(session),
        ensure_option=False,
        continuous_update=False,
        **c.look("Customer's number"),
    )

    def render(session: Session) -> Html:
        return answer_about(session, typed.value)

    def ask(_: object = None) -> None:
        # the segments may be those of a change of a moment ago: what is above is drawn first
        REDRAWING.ask("ask why customer", answer, lambda: Piece(session, render).html.styled)

    answer.value = Piece(session, render).html.styled
    typed.observe(ask, names="value")
    session.watch("ask why customer", ask)
    view.put(heading("Which customer do you want to ask about?"), typed, answer)
    return view
