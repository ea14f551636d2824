"""What notebook 1 shows: the goals, what a good segment must be, and whether segmenting pays."""

import pandas as pd

from segkit.core.goals.advice import how_many_goals
from segkit.core.goals.break_even import break_even as compute_break_even
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import table
from segkit.show.piece import piece
from segkit.words.numbers import date, number, percent
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
            "baseline": ("Today", lambda v: number(v)),
            "target": ("Target", lambda v: number(v)),
            "by": ("Until", None),
        },
        f"What {name} wants from its segments",
        {"baseline": "right", "target": "right"},
    )
    advised, _ = how_many_goals(decision.business)
    pieces = [shown]
    unmeasured = [goal.reason.label for goal in decision.goals if goal.target is None or not goal.measure]
    if unmeasured:
        pieces.append(
            note(
                "warning", f"Not measurable yet: {'; '.join(unmeasured)}. Give each a measure, a figure of today and a target."
            )
        )
    if len(decision.goals) > advised:
        pieces.append(
            note(
                "tip",
                f"{len(decision.goals)} goals are more than suit your business ({advised}). Which would you keep?",
            )
        )
    if decision.why:
        pieces.append(sentence(f"Why: {decision.why}"))
    return stacked(pieces)


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
                else "You set no condition that a segment must meet."
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
            _by_whom(session, "This was written down before any result was seen. That keeps the choice honest."),
        ]
    )


@piece
def break_even(session: Session) -> Html:
    """Show what the segmentation must bring to pay for itself."""
    answer = compute_break_even(session.goals.break_even, session.goals.business.currency).sentence
    return stacked([note("answer", answer), _by_whom(session)])


@piece
def whether(session: Session) -> Html:
    """Show the answer to "should we segment at all?"."""
    decision = session.goals
    if decision.segment_at_all is SegmentAtAll.YES:
        text = "The answer before any look at the data is yes: we segment. Notebook 3 says whether the data bear it out."
    else:
        text = (
            "The answer is: not now. That is sound where customers are few, all want the same, or nobody has the time. "
            "You can still go on to notebook 2 to see what your data say."
        )
    return stacked([note("answer", f"{text} Why: {decision.why}" if decision.why else text), _by_whom(session)])


def _by_whom(session: Session, otherwise: str = "") -> Html:
    """Say that something is only suggested, where nobody has chosen it."""
    if session.is_chosen(Step.GOALS):
        return sentence(otherwise) if otherwise else Html("", "")
    by = "It belongs to the worked example" if session.sample else "The workbook suggests it"
    # The report says it once; who works in the notebook meets it beside each answer.
    return note("note" if otherwise else "tip", f"{by}; nobody has confirmed it yet.")
