"""The questions of notebook 1."""

from typing import Any

import ipywidgets as w

from segkit.core.goals.advice import MEASURES
from segkit.widgets import controls as c
from segkit.widgets.view import View, heading
from segkit.words.terms import Attractiveness, BusinessSize, CustomerKind, GoalReason, Industry, KnockOut, SegmentAtAll, Step
from segkit.workbook.session import Session

MOST_GOALS = 3


def business(session: Session) -> View:
    """Ask what business this is."""
    now = session.goals.business

    def in_words() -> list[tuple[str, str]]:
        b = session.goals.business
        return [
            ("Name", b.name),
            ("Sells to", b.kind.label),
            ("Industry", b.industry.label),
            ("Size", b.size.label),
            ("Currency", b.currency),
        ]

    view = View(session, Step.GOALS, in_words)

    def saver(field: str) -> c.Save:
        return lambda value: view.save(business=session.goals.business.revise(**{field: value}))

    return view.put(
        c.text("Name of your business", now.name, saver("name")),
        c.term("You sell to", CustomerKind, now.kind, saver("kind")),
        c.term("Industry", Industry, now.industry, saver("industry")),
        c.term("People who work in it", BusinessSize, now.size, saver("size")),
        c.text("Currency of your files", now.currency, saver("currency"), hint="for instance EUR, £ or $"),
    )


def goals(session: Session) -> View:
    """Ask for up to three goals, each with something measurable."""

    def in_words() -> list[tuple[str, str]]:
        return [
            (f"Goal {n}", f"{g.reason.label} ({g.measure or 'no measure yet'})") for n, g in enumerate(session.goals.goals, 1)
        ]

    view = View(session, Step.GOALS, in_words)

    rows: list[dict[str, Any]] = [dict(goal) for goal in session.goals.goals]
    rows += [{} for _ in range(MOST_GOALS - len(rows))]

    def row(place: int) -> list[Any]:
        now = rows[place]

        def write(field: str, value: Any) -> None:
            if field == "reason" and value and now.get("measure", "") in ("", MEASURES.get(now.get("reason", value))):
                now["measure"] = MEASURES[value]
            now[field] = value
            view.save(goals=[entry for entry in rows if entry.get("reason")])
            measure.value = now.get("measure", "")

        measure = c.text("Measured by", now.get("measure", ""), lambda v: write("measure", v))
        return [
            c.term("We segment to", GoalReason, now.get("reason"), lambda v: write("reason", v), optional=True),
            measure,
            c.number("Figure today", now.get("baseline"), lambda v: write("baseline", v)),
            c.number("Target", now.get("target"), lambda v: write("target", v)),
            c.date("Until", now.get("by"), lambda v: write("by", v)),
        ]

    further = w.Accordion(
        children=[w.VBox(row(place)) for place in range(1, MOST_GOALS)],
        titles=[f"Goal {place + 1}, if you need it" for place in range(1, MOST_GOALS)],
        selected_index=0 if rows[1] else None,
    )
    why = c.text("Why these goals?", session.goals.why, view.saver("why"), lines=2)
    return view.put(*row(0), further, why)


def good_segment(session: Session) -> View:
    """Ask, before any result is seen, what a good segment must be."""
    now = session.goals

    def in_words() -> list[tuple[str, str]]:
        g = session.goals
        weights = ", ".join(f"{w.criterion.value} {w.weight}" for w in g.weights)
        return [
            ("A segment should be", "; ".join(k.value.replace("_", " ") for k in g.knock_outs)),
            ("Weights (0 to 5)", weights),
        ]

    view = View(session, Step.GOALS, in_words)

    def weight(criterion: Attractiveness, value: int) -> None:
        weights = {w.criterion: w.weight for w in session.goals.weights} | {criterion: value}
        view.save(weights=[{"criterion": k, "weight": v} for k, v in weights.items()])

    held = {w.criterion: w.weight for w in now.weights}

    def saver(criterion: Attractiveness) -> c.Save:
        return lambda value: weight(criterion, value)

    sliders = [c.slider(k.short, held.get(k, 0), saver(k), low=0, high=5) for k in Attractiveness]
    return view.put(
        heading("A segment should meet these; one that misses any needs a reason"),
        c.ticks([(k.label, k) for k in KnockOut], now.knock_outs, view.saver("knock_outs")),
        c.slider(
            "Smallest share of customers",
            now.smallest_share,
            view.saver("smallest_share"),
            low=0.01,
            high=0.3,
            step=0.01,
            percent=True,
        ),
        heading("What makes one segment more attractive than another? 0 counts nothing, 5 counts most"),
        *sliders,
    )


def break_even(session: Session) -> View:
    """Ask what the segmentation costs, and what a year brings in."""
    now = session.goals.break_even

    def in_words() -> list[tuple[str, str]]:
        b = session.goals.break_even
        return [
            ("Hours a year", f"{b.hours:g}"),
            ("Cost of an hour", f"{b.hourly_cost:g}"),
            ("Other costs a year", f"{b.other_cost:g}"),
            ("Revenue a year", "not given" if b.yearly_revenue is None else f"{b.yearly_revenue:,.0f}"),
            ("Margin", f"{b.margin:.0%}"),
        ]

    view = View(session, Step.GOALS, in_words)

    def saver(field: str) -> c.Save:
        return lambda value: view.save(break_even={**dict(session.goals.break_even), field: value})

    return view.put(
        c.number("Hours a year for all of this", now.hours, saver("hours")),
        c.number("Cost of one hour", now.hourly_cost, saver("hourly_cost")),
        c.number("Other costs a year", now.other_cost, saver("other_cost")),
        c.number("Revenue a year (may be empty)", now.yearly_revenue, saver("yearly_revenue")),
        c.slider("Margin on what you sell", now.margin, saver("margin"), low=0, high=1, step=0.01, percent=True),
    )


def whether(session: Session) -> View:
    """Ask whether to segment at all."""
    now = session.goals
    view = View(
        session, Step.GOALS, lambda: [("Segment at all?", session.goals.segment_at_all.label), ("Why", session.goals.why)]
    )
    return view.put(
        c.radio("Your answer", [(a.label, a) for a in SegmentAtAll], now.segment_at_all, view.saver("segment_at_all")),
        c.text("Why", now.why, view.saver("why"), lines=2),
    )
