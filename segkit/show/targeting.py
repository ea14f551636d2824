"""What notebook 5 shows: the segments weighed, the plan for each target, and what a test would need."""

import pandas as pd

from segkit.core.targeting.sample_size import plan_test
from segkit.decisions.targeting import Plan
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.segments import size
from segkit.html.tables import Format, table
from segkit.html.targeting.plan_card import plan_card
from segkit.plots.targeting.bubbles import evaluation_bubbles
from segkit.show.piece import drawn, piece
from segkit.words.numbers import count, number
from segkit.words.terms import Step
from segkit.workbook.session import Session

RESPONSE, LIFT = 0.05, 0.2
"""Response without and relative gain with a segment's own message, for a first idea of the size of a test."""


@piece
def knock_outs(session: Session) -> Html:
    """Show which segments meet the conditions recorded in notebook 1."""
    evaluation = session.results.targeting.evaluation.table
    frame = evaluation.assign(
        answer=[
            "meets them all" if ok else f"misses: {why}"
            for ok, why in zip(evaluation["passes"], evaluation["fails"], strict=True)
        ]
    )
    return table(
        frame,
        {"segment_name": ("Segment", None), "size": ("Customers", size), "answer": ("Our conditions for a segment", None)},
        "The conditions set in step 1, before any segment was seen",
        rows=len(frame),
    )


@piece
def evaluation(session: Session) -> Html:
    """Show attractiveness against position."""
    evaluation = session.results.targeting.evaluation
    names = {"value_score": "Value", "growth": "Growth", "profit": "Profit", "loyalty": "Loyalty", "ease": "Ease", "fit": "Fit"}
    columns: dict[str, tuple[str, Format | None]] = {"segment_name": ("Segment", None)}
    columns |= {
        name: (f"{label} (1 to 5)", lambda v: number(v, 1)) for name, label in names.items() if name in evaluation.table
    }
    columns |= {
        "attractiveness": ("Attractiveness (weighted, 1 to 5)", lambda v: number(v, 1)),
        "position": ("Our position (1 to 5)", lambda v: number(v, 1)),
    }
    rated = session.entries(Step.TARGETING, "ratings")
    unrated = "Profit, ease, fit and our position are not rated yet: they stand at 3 of 5 for each segment."
    return stacked(
        [
            drawn(evaluation_bubbles(evaluation, session.results.data.customer_data.currency)),
            sentence(evaluation.sentence) if rated else note("warning", unrated),
            table(evaluation.table, columns, "How the segments compare", rows=len(evaluation.table)),
        ]
    )


def targets(session: Session) -> list[str]:
    """Return the ids of the segments chosen as targets, in display order."""
    ratings = session.entries(Step.TARGETING, "ratings")
    ids = [str(i) for i in session.results.criteria.segmentation.segments.index]
    return [i for i in ids if i in ratings and ratings[i].target]


@piece
def plans(session: Session) -> Html:
    """Show the plan for each target segment."""
    chosen = targets(session)
    if not chosen:
        return note("warning", "No target segment is chosen yet.")
    results = session.results
    segments = results.criteria.segmentation.segments
    written = session.entries(Step.TARGETING, "plans")
    cards = [
        plan_card(
            written.get(i) or Plan(segmentation=results.criteria.filed_under, segment_id=i),
            str(segments.loc[i, "segment_name"]),
            results.data.customer_data.currency,
            int(segments.loc[i, "size"]),
        )
        for i in chosen
    ]
    if session.targeting.why:
        cards.append(sentence(f"Why these: {session.targeting.why}"))
    left = [str(name) for i, name in segments["segment_name"].items() if i not in chosen]
    if left:
        cards.append(sentence(f"Not targeted: {', '.join(left)}. They are served as before, without a plan of their own."))
    return stacked(cards)


@piece
def test_size(session: Session) -> Html:
    """Say for each target how large a test would have to be."""
    chosen = targets(session)
    if not chosen:
        return note("tip", "Choose a target segment first; then the workbook says how large a test it needs.")
    segments = session.results.criteria.segmentation.segments
    rows = []
    for i in chosen:
        plan = plan_test(RESPONSE, LIFT, int(segments.loc[i, "size"]))
        rows.append((segments.loc[i, "segment_name"], plan.available, plan.per_arm, plan.sentence))
    frame = pd.DataFrame(rows, columns=["segment", "available", "per_arm", "reading"])
    return table(
        frame,
        {
            "segment": ("Segment", None),
            "available": ("Customers", size),
            "per_arm": ("Needed in each half", count),
            "reading": ("What that means", None),
        },
        "If 5 in 100 answer today, and the new message wins one more of them",
    )


@piece
def lists(session: Session) -> Html:
    """Say how many customers stand on each list."""
    segments = session.results.criteria.segmentation.segments
    frame = segments.assign(file=[f"{segment_id}.csv" for segment_id in segments.index])
    return table(
        frame,
        {"segment_name": ("Segment", None), "size": ("Customers on its list", size), "file": ("File in exports/lists", None)},
        "Lists for the shop or mailing program",
        rows=len(frame),
    )
