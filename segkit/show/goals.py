"""What notebook 1 shows: the goals, what a good segment must be, and whether segmenting pays."""

import datetime as dt

import pandas as pd

from segkit.core.goals.advice import FEWER_IS_BETTER, MEASURES, how_many_goals
from segkit.core.goals.break_even import break_even as compute_break_even
from segkit.decisions.goals import Goal
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import table
from segkit.show.piece import piece, reason
from segkit.words.numbers import capital, date, listed, percent, readable
from segkit.words.terms import KnockOut, SegmentAtAll, Step
from segkit.workbook.session import Session


@piece
def goal_advice(session: Session) -> Html:
    """How many goals suit this business."""
    return note("tip", how_many_goals(session.goals.business)[1])


@piece
def goals(session: Session) -> Html:
    """Show the goals with their measures."""
    decision = session.goals
    name = decision.business.name or "The business"
    if not decision.goals:
        return note(
            "warning",
            "No goal is chosen yet. Without a goal nobody can tell a good segment from a bad one.",
        )
    frame = pd.DataFrame(
        [
            (
                goal.reason.label,
                goal.measure or "not named yet",
                goal.baseline,
                goal.target,
                date(goal.by) if goal.by else "no date yet",
            )
            for goal in decision.goals
        ],
        columns=["goal", "measure", "baseline", "target", "by"],
    )
    shown = table(
        frame,
        {
            "goal": ("Goal", None),
            "measure": ("Measured by", None),
            "baseline": ("Today", readable),
            "target": ("Target", readable),
            "by": ("Until", None),
        },
        f"What {name} wants from its segments",
        {"baseline": "right", "target": "right"},
    )
    advised, _ = how_many_goals(decision.business)
    pieces = [shown, *(note("warning", text) for goal in decision.goals if (text := _doubted(session, goal)))]
    unmeasured = [goal.reason.label for goal in decision.goals if goal.target is None or not goal.measure]
    if unmeasured:
        pieces.append(
            note("warning", f"Not measurable yet: {'; '.join(unmeasured)}. Give each a measure, today's figure and a target.")
        )
    if len(decision.goals) > advised:
        pieces.append(
            note(
                "tip",
                f"{len(decision.goals)} goals are too many for your business ({advised} would suit it). Which would you keep?",
            )
        )
    if why := reason(session, Step.GOALS, lambda then: "; ".join(f"“{g.reason.label}”" for g in then.goals) or "no goals"):
        pieces.append(sentence(why))
    return stacked(pieces)


def _doubted(session: Session, goal: Goal) -> str:
    """Ask about a goal that can hardly be meant so."""
    where = ("goals", goal.reason.value)
    if goal.baseline is not None and goal.target is not None:
        if goal.baseline == goal.target:
            return f"“{goal.reason.label}”: the target is the same as today's figure. What should change?"
        better = goal.target < goal.baseline if goal.reason in FEWER_IS_BETTER else goal.target > goal.baseline
        if goal.measure == MEASURES[goal.reason] and not better:
            return f"“{goal.reason.label}”: the target is worse than today. Are the two figures the right way round?"
    late = goal.by is not None and goal.by < dt.date.today() and session.answer_to(Step.GOALS, *where, "by").yours
    return f"“{goal.reason.label}”: the date you set, {date(goal.by)}, has passed. Set a new one." if late else ""


@piece
def good_segment(session: Session) -> Html:
    """Show what a segment must be, and what makes one attractive."""
    decision = session.goals
    musts = [k.label for k in decision.knock_outs]
    frame = pd.DataFrame(
        [(w.criterion.label, w.weight) for w in sorted(decision.weights, key=lambda w: -w.weight) if w.weight],
        columns=["criterion", "weight"],
    )
    total = max(int(frame["weight"].sum()), 1)
    frame["share"] = frame["weight"] / total
    smallest = f"“Large enough” means at least {percent(decision.smallest_share)} of your customers."
    sized = [sentence(smallest)] if KnockOut.LARGE_ENOUGH in decision.knock_outs else []
    must_list = Html("<ul>" + "".join(f"<li>{m}</li>" for m in musts) + "</ul>", "\n".join(f"- {m}" for m in musts))
    return stacked(
        [
            sentence(
                "A segment should meet all of these. One that misses any is marked, and you target it only with a reason:"
                if musts
                else "You have set no conditions that a segment must meet."
            ),
            must_list,
            *sized,
            table(
                frame,
                {
                    "criterion": ("What makes a segment attractive", None),
                    "weight": ("Weight (0 to 5)", None),
                    "share": ("Counts for", percent),
                },
                "What counts when you compare segments",
            ),
            _by_whom(
                session,
                ("knock_outs", "smallest_share", "weights"),
                "Deciding this before you see any results keeps the choice honest.",
            ),
        ]
    )


@piece
def break_even(session: Session) -> Html:
    """Show what the segmentation must bring to pay for itself."""
    answer = compute_break_even(session.goals.break_even, session.goals.business.currency).sentence
    return stacked([note("answer", answer), _by_whom(session, ("break_even",))])


@piece
def whether(session: Session) -> Html:
    """Show the answer to "should we segment at all?"."""
    decision = session.goals
    if decision.segment_at_all is SegmentAtAll.YES:
        text = "Before looking at the data, the answer is yes: we segment. Notebook 3 shows whether the data bear this out."
    else:
        text = (
            "The answer is: not now. That is sound where customers are few, all want the same, or nobody has the time. "
            "You can still go on to notebook 2 to see what your data say."
        )
    why = reason(session, Step.GOALS, lambda then: f"“{then.segment_at_all.label}”", "why_at_all")
    return stacked([note("answer", f"{text} {why}".strip()), _by_whom(session, ("segment_at_all",))])


def _by_whom(session: Session, answers: tuple[str, ...], otherwise: str = "") -> Html:
    """Say which of some answers are only suggested, and since when the others are the person's own."""
    told = {field: session.answer_to(Step.GOALS, field) for field in answers}
    mine = [answer.at for answer in told.values() if answer.yours]
    if len(mine) == len(told):
        since = f"Yours since {date(max(at for at in mine if at).astimezone().date())}. " if any(mine) else ""
        return sentence(f"{since}{otherwise}") if otherwise else Html("", "")
    by = "the worked example’s" if session.sample else "the workbook’s suggestions"
    if not mine:
        text = f"These answers are {by}; change them as you like."
    else:
        open_ = listed([_CALLED[field] for field, answer in told.items() if not answer.yours])
        text = f"{capital(open_)}: still {by}; the rest is yours."
    # The report says it once; who works in the notebook meets it beside each answer.
    return note("note" if otherwise else "tip", text)


_CALLED = {
    "knock_outs": "what a segment should meet",
    "smallest_share": "the smallest share",
    "weights": "the weights",
    "break_even": "the costs",
    "segment_at_all": "whether to segment",
}
