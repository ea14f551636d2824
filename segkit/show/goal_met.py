"""Where each goal of notebook 1 is met again: its figure of today, a target, by segment, among the targets, and since then."""

from collections.abc import Iterator
from functools import partial

from segkit.core.goals.advice import MEASURES
from segkit.core.goals.target import by_chance, difference
from segkit.core.goals.today import Today, Unit, written
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, folded, stacked
from segkit.html.tables import Align, Format, ranges, table
from segkit.show.piece import piece
from segkit.words.numbers import adding_up, count, listed, percent
from segkit.words.terms import SEGMENT_NAME, GoalReason, Step
from segkit.workbook.session import Session

HEADS: dict[GoalReason, tuple[str, str]] = {
    GoalReason.KEEP: ("Bought in the year before", "Bought again"),
    GoalReason.WIN_BACK: ("Quiet for a year", "Ordered again"),
    GoalReason.GROW_VALUE: ("Bought in the last year", "Average spend"),
    GoalReason.FIND_NEW: ("New in that quarter", "Ordered again"),
}
"""What the columns of a goal's figures are called: who counts, and the figure."""


@piece
def where_we_stand(session: Session) -> Html:
    """Say today's figure of each goal, from the orders where they tell it, and suggest a target with its money."""
    if not session.goals.goals:
        return note("tip", "Once you have picked a goal, today's figure appears here.")
    results = session.results.goals
    parts = []
    for goal in session.goals.goals:
        found, target = results.today(goal.reason), results.target(goal.reason)
        if isinstance(found, str):
            parts.append(sentence(f"“{goal.reason.label}”: {found}"))
            continue
        said = [f"“{goal.reason.label}” today: {written(found.value, found.unit, _currency(session))}. {found.said}"]
        if goal.measure and goal.measure != MEASURES[goal.reason]:
            said.append(f"This is not quite the figure that you wrote down; it measures: {MEASURES[goal.reason]}.")
        parts.append(sentence(" ".join(said)))
        if target is not None:
            aim, *sure = target.said
            parts += [sentence(aim), folded("What that is worth, and how sure it is", *map(sentence, sure))]
    return stacked(parts)


def _currency(session: Session) -> str:
    return session.results.data.customer_data.currency


def _told(session: Session) -> Iterator[Today]:
    """Return the goals whose figure of today the orders tell."""
    for goal in session.goals.goals:
        found = session.results.goals.today(goal.reason)
        if isinstance(found, Today):
            yield found


@piece
def by_segment(session: Session) -> Html:
    """Show today's figure of each goal by segment: where there is most to gain."""
    if not session.goals.goals:
        return note("tip", "Once you have picked a goal in notebook 1, this shows in which segments it is decided.")
    parts = []
    for today in _told(session):
        currency = _currency(session)
        frame = session.results.profiles.goal(today)
        unit: Unit = "money" if today.unit == "money" else "share"
        how = partial(written, unit=unit, currency=currency)
        frame = frame.assign(between=ranges(frame["low"], frame["high"], how), share=adding_up(frame["share"].to_list()))
        who, figure = HEADS[today.reason]
        gain = "Share of what is spent" if today.unit == "money" else "Share of those who did not"
        columns: dict[str, tuple[str, Format | None]] = {
            SEGMENT_NAME: ("Segment", None),
            "counted": (who, count),
            **({"said": (figure, None)} if "said" in frame else {"figure": (figure, how)}),
            "between": ("95 % confidence range", None),
            "share": (gain, percent),
        }
        hides = bool((frame["share"].isna() & (frame["counted"] != 0)).any())
        side: dict[str, Align] = {"said": "right", "between": "right"}
        shown = table(frame, columns, f"Goal: {today.reason.label}", side, rows=len(frame), hides=hides)
        known = frame["share"].dropna()
        if known.empty:
            parts.append(shown)
            continue
        most = frame.loc[known.idxmax()]
        of = "is spent by" if today.unit == "money" else "of those who did not are in"
        read = f"Most, {percent(most['share'])}, {of} “{most[SEGMENT_NAME]}”. Where ranges overlap, segments may not differ."
        parts += [shown, sentence(read)]
    return stacked(parts) if parts else note("note", "None of your goals has a figure that can be counted from the orders.")


@piece
def in_targets(session: Session) -> Html:
    """Say how much of each goal lies in the segments that are targets."""
    targets = [segment for segment, rating in session.entries(Step.TARGETING, "ratings").items() if rating.target]
    parts = []
    for today in _told(session):
        frame = session.results.profiles.goal(today)
        mine = frame.loc[[i for i in frame.index if i in targets]]
        if mine.empty:
            continue
        of = "of what is spent" if today.unit == "money" else "of those it is about who did not come back"
        said = f"Your goal “{today.reason.label}”: {listed(list(mine[SEGMENT_NAME]))} hold {percent(mine['share'].sum())} {of}."
        parts.append(sentence(said))
    return stacked(parts) if parts else note("tip", "Once you have chosen targets, this says how much of your goal they hold.")


@piece
def since_then(session: Session) -> Html:
    """Say how each goal stands after the later period, beside the figure that it started from and the target."""
    parts = []
    for goal in session.goals.goals:
        later = session.results.goals.later(goal.reason)
        if later is None:
            return note("tip", "This appears once you have chosen a later period above.")
        if isinstance(later, str):
            parts.append(sentence(f"“{goal.reason.label}”: {later}"))
            continue
        before = session.results.goals.today(goal.reason)
        currency = _currency(session)
        said = f"“{goal.reason.label}”: now {written(later.value, later.unit, currency)}"
        if isinstance(before, Today):
            said += f", before {written(before.value, before.unit, currency)}{_more_than_chance(before, later, currency)}"
        if goal.target is not None and goal.measure == MEASURES[goal.reason]:
            aimed = goal.target / 100 if later.unit == "share" else goal.target
            said += f"; your target is {written(aimed, later.unit, currency)}"
        season = " The two quarters may fall in different seasons: bear that in mind." if later.unit == "count" else ""
        parts.append(sentence(f"{said}. {later.said}{season}"))
    return stacked(parts) if parts else note("note", "There is no goal in notebook 1 to look at.")


def _more_than_chance(before: Today, later: Today, currency: str) -> str:
    """Say whether a figure has moved by more than chance alone would."""
    chance = by_chance(before)
    moved = abs(later.value - before.value) > chance
    return f" ({'more' if moved else 'no more'} than chance alone could move it, {difference(chance, before, currency)})"
