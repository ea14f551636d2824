"""The questions of notebook 1."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as w

from segkit.core.goals.advice import MEASURES
from segkit.core.goals.today import entered
from segkit.decisions.goals import Goal
from segkit.decisions.model import Decision
from segkit.widgets import controls as c
from segkit.widgets import fields as f
from segkit.widgets.field import Bound
from segkit.widgets.market import Offer
from segkit.widgets.view import Row, View, heading, localised
from segkit.words.errors import SegkitError, WorkbookError
from segkit.words.numbers import count, date, number, percent
from segkit.words.regions import Region
from segkit.words.terms import Attractiveness, BusinessSize, CustomerKind, GoalReason, Industry, KnockOut, SegmentAtAll, Step
from segkit.words.typed import as_typed
from segkit.workbook.session import Session

MOST_GOALS = 3


@localised
def business(session: Session) -> View:
    """Ask what business this is."""

    def in_words() -> list[Row]:
        b = session.goals.business
        return [
            ("Name", b.name, ("business", "name")),
            ("Sells to", b.kind.label, ("business", "kind")),
            ("Industry", b.industry.label, ("business", "industry")),
            ("Size", b.size.label, ("business", "size")),
            ("Currency", b.currency, ("business", "currency")),
            ("Figures and dates", f"{b.region.label}: {example()}", ("business", "region")),
        ]

    view = View(session, Step.GOALS, in_words)
    return view.put(
        f.text("Name of your business", view.at("business", "name"), hint="as it should appear in the report"),
        f.term("You sell to", CustomerKind, view.at("business", "kind")),
        Offer(view, "offer business"),
        f.term("Industry", Industry, view.at("business", "industry")),
        f.term("People who work in it", BusinessSize, view.at("business", "size")),
        f.text("Currency of your files", view.at("business", "currency"), expects="a code or sign, such as EUR, £ or $"),
        f.choice(
            "Figures and dates as in",
            [(region.label, region) for region in Region],
            view.at("business", "region"),
            expects=example,
        ),
    )


def example() -> str:
    """Show by example how figures and dates are written."""
    return f"{number(1234.5, 2)} · {percent(0.05)} · {date(dt.date(2026, 3, 31))}"


@localised
def goals(session: Session) -> View:
    """Ask for up to three goals, each with something measurable."""

    def in_words() -> list[Row]:
        return [
            (f"Goal {n}", f"{g.reason.label} ({g.measure or 'no measure yet'})", ("goals", g.reason.value))
            for n, g in enumerate(session.goals.goals, 1)
        ]

    view = View(session, Step.GOALS, in_words)

    def held(place: int) -> Goal | None:
        known = session.goals.goals
        return known[place] if place < len(known) else None

    def write(place: int, **edits: Any) -> None:
        def change(decision: Decision) -> Decision:
            rows = [dict(goal) for goal in decision.goals]  # type: ignore[attr-defined]
            if place >= len(rows):
                if "reason" not in edits:
                    raise WorkbookError("This goal has no reason yet.", "First choose above why you segment.")
                rows.append({})
            now = rows[place if place < len(rows) else -1]
            if "reason" in edits:
                reason = edits["reason"]
                if reason is None:
                    rows.remove(now)
                    return decision.revise(goals=rows)
                if now.get("measure", "") in ("", MEASURES.get(now.get("reason", reason))):
                    now["measure"] = MEASURES[reason]
            now |= edits
            return decision.revise(goals=rows)

        session.change(Step.GOALS, change)

    def at(place: int, field: str) -> Bound:
        def whose() -> Any:
            goal = held(place)
            return None if goal is None else session.answer_to(Step.GOALS, "goals", goal.reason.value, field)

        empty = "" if field == "measure" else None
        return Bound(
            lambda: getattr(goal, field) if (goal := held(place)) else empty,
            lambda value: view.tried(lambda: write(place, **{field: value})),
            whose,
            view.refused,
            session.writing,
        )

    def row(place: int) -> list[w.Widget]:
        fill = c.button(
            "Fill in today's figure and a target from my orders",
            lambda: _fill_in(view, held(place), partial(write, place)),
        )
        fill.layout.margin = f"0 0 8px calc({c.LABEL['description_width']} + 8px)"  # in line with the fields
        return [
            f.term("We segment to", GoalReason, at(place, "reason"), optional=True),
            fill,
            f.text("Measured by", at(place, "measure"), hint="what you would count"),
            f.number("Today's figure", at(place, "baseline")),
            f.number("Target", at(place, "target")),
            f.date("Until", at(place, "by")),
        ]

    further = w.Accordion(
        children=[w.VBox(row(place)) for place in range(1, MOST_GOALS)],
        titles=[f"Goal {place + 1}, if you need it" for place in range(1, MOST_GOALS)],
        selected_index=0 if held(1) else None,
    )
    return view.put(*row(0), further, f.text("Why these goals?", view.at("why"), lines=2))


def _fill_in(view: View, goal: Goal | None, write: Callable[..., None]) -> None:
    """Write down for a goal today's figure and a target, where the orders tell; else say why they do not."""
    if goal is None:
        view.say("tip", "First choose above why you segment.")
        return
    try:
        results = view.session.results.goals
        found, aim = results.today(goal.reason), results.target(goal.reason)
    except SegkitError as error:  # such as a file that cannot be read
        view.say("error", str(error))
        return
    if isinstance(found, str) or aim is None:
        view.say("tip", str(found))
        return
    figures = {"baseline": found.entered, "target": entered(aim.value, found.unit), "by": aim.by}
    if view.do(lambda: write(measure=MEASURES[goal.reason], **figures)):
        view.follow()
        view.say("answer", f"Filled in. {found.said} {aim.said[0]}")


@localised
def good_segment(session: Session) -> View:
    """Ask, before any result is seen, what a good segment must be."""

    def in_words() -> list[Row]:
        g = session.goals
        weights = ", ".join(f"{weight.criterion.value} {weight.weight}" for weight in g.weights)
        return [
            ("A segment should be", "; ".join(k.value.replace("_", " ") for k in g.knock_outs), ("knock_outs",)),
            ("Smallest share of customers", percent(g.smallest_share), ("smallest_share",)),
            ("Weights (0 to 5)", weights, ("weights",)),
        ]

    view = View(session, Step.GOALS, in_words)

    def weight(criterion: Attractiveness) -> Bound:
        def held() -> dict[Attractiveness, int]:
            return {weight.criterion: weight.weight for weight in session.goals.weights}

        def save(value: int) -> None:
            weights = held() | {criterion: value}
            session.choose(Step.GOALS, weights=[{"criterion": k, "weight": v} for k, v in weights.items()])

        return view.bound(lambda: held().get(criterion, 0), save, "weights", criterion.value)

    return view.put(
        heading("Every segment should meet these; one that does not needs a reason"),
        f.ticks([(k.label, k) for k in KnockOut], view.at("knock_outs")),
        f.share("Smallest share of customers", view.at("smallest_share"), expects=lambda: f"usually {percent(0.05)}"),
        heading("What makes one segment more attractive than another? 0 = ignore, 5 = most important"),
        *(f.slider(k.short, weight(k), low=0, high=5) for k in Attractiveness),
    )


@localised
def break_even(session: Session) -> View:
    """Ask what the segmentation costs, and what a year brings in."""

    def in_words() -> list[Row]:
        b = session.goals.break_even
        revenue = "not given" if b.yearly_revenue is None else count(b.yearly_revenue)
        return [
            ("Hours per year", as_typed(b.hours), ("break_even", "hours")),
            ("Cost per hour", as_typed(b.hourly_cost), ("break_even", "hourly_cost")),
            ("Other costs per year", as_typed(b.other_cost), ("break_even", "other_cost")),
            ("Revenue per year", revenue, ("break_even", "yearly_revenue")),
            ("Margin", percent(b.margin), ("break_even", "margin")),
        ]

    view = View(session, Step.GOALS, in_words)
    return view.put(
        f.number("Hours per year for all of this", view.at("break_even", "hours"), expects="everybody’s hours added together"),
        f.number("Cost per hour", view.at("break_even", "hourly_cost"), expects="wage including all on-costs"),
        f.number("Other costs per year", view.at("break_even", "other_cost"), expects="printing, postage, software"),
        f.number("Revenue per year (optional)", view.at("break_even", "yearly_revenue")),
        f.share(
            "Margin on what you sell",
            view.at("break_even", "margin"),
            expects=lambda: f"what is left of every 100 in sales, such as {percent(0.3)}",
        ),
    )


@localised
def whether(session: Session) -> View:
    """Ask whether to segment at all."""
    view = View(
        session,
        Step.GOALS,
        lambda: [
            ("Segment at all?", session.goals.segment_at_all.label, ("segment_at_all",)),
            ("Why", session.goals.why_at_all, ("why_at_all",)),
        ],
    )
    return view.put(
        f.radio("Your answer", [(a.label, a) for a in SegmentAtAll], view.at("segment_at_all")),
        f.text("Why?", view.at("why_at_all"), lines=2),
    )
