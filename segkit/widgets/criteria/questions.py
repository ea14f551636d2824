"""The questions of notebook 3."""

from typing import Any

import ipywidgets as w

from segkit.html.criteria.pots import segment_bars
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.show.piece import Piece
from segkit.show.redraw import REDRAWING
from segkit.widgets import controls as c
from segkit.widgets.criteria.by_hand import Pots, band_controls, band_in_words, pots_or_none
from segkit.widgets.criteria.one_customer import Asking, answer_about, numbers
from segkit.widgets.criteria.rfm import Cuts, naming_controls, rfm_in_words
from segkit.widgets.view import View, heading
from segkit.words.errors import SegkitError
from segkit.words.terms import MAX_SEGMENTS, Base, Method, RfmBins, RfmMoney, Scaling, Step
from segkit.workbook.session import Session


def variables(session: Session) -> View:
    """Ask which variables form the segments that are found in the data."""
    labels = dict((value, label) for label, value in session.results.data.variable_options)

    def names() -> tuple[str, ...]:
        return session.results.criteria.variables

    view = View(
        session, Step.CRITERIA, lambda: [("Variables that form the segments", ", ".join(labels.get(v, v) for v in names()))]
    )
    pick = w.SelectMultiple(
        options=session.results.data.variable_options,
        value=[v for v in names() if v in labels],
        description="Variables",
        rows=min(12, max(4, len(labels))),
        style=c.LABEL,
        layout={"width": "100%", "max_width": "760px"},
    )
    pick.observe(lambda change: view.save(variables=change["new"]), names="value")
    return view.put(
        heading("Hold Ctrl (Mac: Cmd) to choose several. Two to five work best; all others only describe the segments."), pick
    )


FOUND = [m for m in Method if m.found]
FROM_DATA = "from_data"


def _found(session: Session) -> Method | None:
    """Return the method chosen to look for segments in the data, or None where it follows the variables."""
    now = session.criteria
    return now.method if now.method.found else now.found_by


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
        view.save(found_by=value, **also)

    options: list[tuple[str, Method | None]] = [(f"As the variables suggest: {short(suggested)}", None)]
    options += [(short(m), m) for m in FOUND]
    return view.put(c.choice("Look for", options, _found(session), choose))


def short(method: Method) -> str:
    """Return what a method that finds segments looks for, in a few words."""
    return method.meaning


WEIGHTS = [("half as much", 0.5), ("as much as the others", 1.0), ("twice as much", 2.0)]


def comparing(session: Session) -> View:
    """Ask how variables are made comparable: long tails, extreme values, scales, and how much each base counts."""

    def in_words() -> list[tuple[str, str]]:
        d = session.criteria
        said = [
            ("Long tails evened out (logarithm)", "yes" if d.log_skewed else "no"),
            ("Extreme values drawn in", "yes" if d.draw_in_outliers else "no"),
            ("Numbers scaled", d.scaling.label),
        ]
        return said + [(f"Weight of {one.block}", f"{one.weight:g}") for one in d.block_weights]

    view = View(session, Step.CRITERIA, in_words)
    now = session.criteria

    def weigh(base: Base, weight: float) -> None:
        others = [one for one in session.criteria.block_weights if one.block != base.value]
        view.save(block_weights=[*others, *([] if weight == 1 else [{"block": base.value, "weight": weight}])])

    def weight(base: Base) -> w.Widget:
        set_ = next((one.weight for one in now.block_weights if one.block == base.value), 1.0)
        options = WEIGHTS if set_ in {v for _, v in WEIGHTS} else [*WEIGHTS, (f"{set_:g} times", set_)]
        return c.choice(f"{base.value.capitalize()} variables count", options, set_, lambda v: weigh(base, v))

    bases = session.results.criteria.bases_in_use
    ticked = [name for name, on in (("log", now.log_skewed), ("in", now.draw_in_outliers)) if on]
    return view.put(
        c.ticks(
            [
                ("Even out long tails, so that a few very large customers do not rule", "log"),
                ("Draw extreme values in, so that a single one does not make a segment of its own", "in"),
            ],
            ticked,
            lambda t: view.save(log_skewed="log" in t, draw_in_outliers="in" in t),
        ),
        c.term("Make numbers comparable", Scaling, now.scaling, view.saver("scaling")),
        *(weight(base) for base in bases if len(bases) > 1),
    )


KNOWN_BEST = "the one known best"


def other_base(session: Session) -> View:
    """Ask which other base the customers are split by, to compare; without a mouse: ``wb.choose("criteria", other_base=…)``."""
    view = View(
        session,
        Step.CRITERIA,
        lambda: [("Another base to compare with", base.label if (base := session.criteria.other_base) else KNOWN_BEST)],
    )
    now, bases = session.criteria.other_base, session.results.comparison.other_bases
    options: list[tuple[str, Base | None]] = [(KNOWN_BEST, None)]
    options += [(base.label, base) for base in Base if base in bases or base is now]
    if len(options) == 1:
        view.say("tip", "Your data know of no other base: bring in where customers live, who they are or what they answered.")
    return view.put(c.choice("Another base to compare with", options, now, view.saver("other_base")))


def method(session: Session) -> View:
    """Ask which of the three ways to use, and how many segments; how large each would be is seen at once."""

    def in_words() -> list[tuple[str, str]]:
        d = session.criteria
        rows = [("Segments formed", d.method.label), ("Why", d.why)]
        if d.method.found:
            rows.insert(1, ("Number of segments", str(d.n_segments) if d.n_segments else "as the evidence says"))
        return rows

    view = View(session, Step.CRITERIA, in_words)
    now = session.criteria
    numbers: list[tuple[str, int | None]] = [("as the evidence says", None)]
    numbers += [(str(k), k) for k in range(2, MAX_SEGMENTS + 1)]
    preview = w.HTML(at_a_glance(session, now.n_segments))

    def take(k: int | None) -> None:
        preview.value = at_a_glance(session, k)  # before it is saved: what follows takes longer
        view.save(n_segments=k)

    how_many = c.choice("Number of segments", numbers, now.n_segments, take)
    about = w.VBox([how_many, preview])

    def choose(value: Method | str) -> None:
        way = session.results.criteria.found_method if value == FROM_DATA else value
        about.layout.display = None if value == FROM_DATA else "none"
        view.save(method=way)

    def follow(step: Step) -> None:
        # evidence and names may come with the pieces above, which are drawn first
        if step in (Step.CRITERIA, Step.DATA):
            REDRAWING.ask("ask method", preview, lambda: at_a_glance(session, session.criteria.n_segments), pale=False)

    session.watch("ask method", follow)
    about.layout.display = None if now.method.found else "none"
    ways: list[tuple[str, Method | str]] = [(m.label, m) for m in Method if not m.found]
    ways.append(("From the data: the segments found above", FROM_DATA))
    return view.put(
        c.radio("Form the segments", ways, FROM_DATA if now.method.found else now.method, choose),
        about,
        c.text("Why this way?", now.why, view.saver("why"), lines=2, hint="What spoke for it, and what against the others?"),
    )


def at_a_glance(session: Session, k: int | None) -> str:
    """Return how large each segment would be at k segments, from what is known already: nothing is computed for it."""
    try:
        results = session.results
        seen = results.criteria.glance(k)
    except SegkitError as error:
        return note("error", str(error)).styled
    if seen is None:
        return sentence("How large each segment would be will be shown once the evidence above has been gathered.").styled
    customers = len(results.data.customer_data.customers)
    bars = segment_bars(seen.names, [round(share * customers) for share in seen.shares])
    said = f"{seen.k} segments"
    if k is None:
        said += ", as the evidence says"
    elif k > seen.k:
        said = f"There are no {k} segments in these data: at most {seen.k}"
    later = "" if seen.named else " Their names follow."
    return stacked([sentence(f"{said}. How many customers each would hold:{later}"), bars]).styled


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
            bands = session.criteria.revise(by_hand=[band for band in rows if band.get("variable")]).by_hand
            pots.draw(session.hand.table(bands or None))
        except SegkitError as error:
            view.say("error", str(error))
            return
        pots.act(lambda: session.choose(Step.CRITERIA, by_hand=bands))

    controls = band_controls(session, view, tried)
    pots.refresh()
    session.watch("ask by hand", lambda step: pots.refresh() if step in (Step.CRITERIA, Step.DATA) else None)
    return view.put(*controls, *pots.controls)


def rfm(session: Session) -> View:
    """Ask how RFM scores; without a mouse: ``wb.choose("criteria", rfm={"bins": "nested", "recency": (30, 90, 180)})``."""
    view = View(session, Step.CRITERIA, lambda: rfm_in_words(session))

    def save(**edits: Any) -> None:
        view.do(lambda: session.choose(Step.CRITERIA, rfm=session.criteria.rfm.revise(**edits)))
        cuts.refresh()

    cuts = Cuts(session, save)
    now = session.criteria.rfm
    money = [(m.label, m) for m in RfmMoney if m in session.results.rfm.money or m is now.money]
    session.watch("ask rfm", lambda step: cuts.refresh() if step in (Step.CRITERIA, Step.DATA) else None)
    return view.put(
        c.term("Scores compare a customer", RfmBins, now.bins, lambda v: save(bins=v)),
        c.choice("Money is", money, now.money if money else None, lambda v: save(money=v)),
        heading("Where the scores are cut. Type over a number to set your own; scores run from 1 (worst) to 5 (best)"),
        cuts.grid,
        cuts.said,
        w.HBox([c.button("Back to the thresholds that the data give", lambda: save(recency=(), frequency=(), monetary=()))]),
        naming_controls(session, view),
    )


def why_customer(session: Session) -> Asking:
    """Ask for a customer's number and answer why it is in its segment; without a mouse: ``wb.why("C0012")``."""
    view = Asking(session, Step.CRITERIA, lambda: [])
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
    view.put(heading("Whom do you want to ask about?"), typed, answer)
    return view
