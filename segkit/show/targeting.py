"""What notebook 5 shows: the segments weighed, the plan for each target, and what a test would need."""

from collections.abc import Mapping

import pandas as pd

from segkit.core.targeting.evaluation import Evaluation
from segkit.core.targeting.sample_size import plan_test
from segkit.decisions.targeting import Plan, Targeting
from segkit.html.criteria.verdict import one_crowd
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import Format, table
from segkit.html.targeting.plan_card import plan_card
from segkit.plots.targeting.bubbles import evaluation_bubbles
from segkit.show.piece import drawn, piece, reason
from segkit.words.numbers import count, listed, number
from segkit.words.terms import Step, Verdict
from segkit.workbook.session import Session

RESPONSE, LIFT = 0.05, 0.2
"""Response without and relative gain with a segment's own message, for a first idea of the size of a test."""


@piece
def knock_outs(session: Session) -> Html:
    """Show which segments meet the conditions recorded in notebook 1."""
    evaluation = session.results.targeting.evaluation.table
    if not session.goals.knock_outs:
        return note("note", "In step 1 you set no conditions that a segment must meet.")
    frame = evaluation.assign(
        answer=[
            "meets them all" if ok else f"misses: {why}"
            for ok, why in zip(evaluation["passes"], evaluation["fails"], strict=True)
        ]
    )
    shown = table(
        frame,
        {"segment_name": ("Segment", None), "size": ("Customers", count), "answer": ("Your conditions", None)},
        "The segments against the conditions from step 1",
        rows=len(frame),
    )
    asked = f"You asked of every segment: {'; '.join(k.label[:1].lower() + k.label[1:] for k in session.goals.knock_outs)}."
    left = (
        ""
        if evaluation["passes"].all()
        else (" A segment that misses one is not dropped: you decide, and your reason is kept.")
    )
    return stacked([sentence(f"{asked}{left}"), shown])


@piece
def evaluation(session: Session) -> Html:
    """Show attractiveness against position."""
    evaluation = session.results.targeting.evaluation
    known = {c: label for c, label in CRITERIA.items() if evaluation.table[c].notna().any()}
    columns: dict[str, tuple[str, Format | None]] = {"segment_name": ("Segment", None)}
    columns |= {c: (f"{label} (1 to 5)", lambda v: number(v, 1)) for c, label in known.items()}
    columns |= {
        "attractiveness": ("Attractiveness (weighted, 1 to 5)", lambda v: number(v, 1)),
        "position": ("Our position (1 to 5)", lambda v: number(v, 1)),
    }
    crowd = [one_crowd("weighed")] if session.results.criteria.trust.verdict is Verdict.NONE else []
    lacking = "Our position is" if evaluation.table["position"].isna().all() else "What counts is"
    waiting = f"{lacking} not rated yet, so there is no chart of attractiveness against position."
    drawable = (evaluation.table["position"].notna() & evaluation.table["attractiveness"].notna()).any()
    return stacked(
        [
            *crowd,
            drawn(evaluation_bubbles(evaluation, session.results.data.customer_data.currency))
            if drawable
            else note("warning", waiting),
            sentence(evaluation.sentence),
            table(evaluation.table, columns, "How the segments compare", rows=len(evaluation.table)),
            *[sentence(text) for text in _basis(evaluation, known)],
        ]
    )


CRITERIA = {"value_score": "Value", "growth": "Growth", "profit": "Profit", "loyalty": "Loyalty", "ease": "Ease", "fit": "Fit"}

COMPUTED = {
    "value_score": "value from its share of all spending",
    "growth": "growth from its share of customers who joined in the last quarter of the period and have not gone quiet",
    "loyalty": "loyalty from its orders beyond each customer's first",
}
"""What the criteria that data tell are computed from."""


def _basis(evaluation: Evaluation, known: Mapping[str, str]) -> list[str]:
    """Say what the scores are computed from, and which do not count."""
    told = [words for c, words in COMPUTED.items() if c in known]
    said = [
        f"Computed from your data: {listed(told)}. 3 is as much as the average segment has, 4 is three times as much, 2 is "
        "a third."
    ]
    rated = [label for c, label in CRITERIA.items() if c in known and c not in COMPUTED]
    rests = listed([label.lower() for label in [*rated, "our position"]])
    said.append(f"Your own ratings: {rests}; “–” means not rated yet.")
    if evaluation.uncounted:
        left = listed([CRITERIA[c].lower() for c in evaluation.uncounted])
        said.append(f"Not counted in attractiveness, because it is not known for every segment: {left}.")
    return said if told else said[1:]


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
    written, written_ratings = session.entries(Step.TARGETING, "plans"), session.entries(Step.TARGETING, "ratings")
    cards = [
        plan_card(
            written.get(i) or Plan(segmentation=results.criteria.filed_under, segment_id=i),
            str(segments.loc[i, "segment_name"]),
            results.data.customer_data.currency,
            int(segments.loc[i, "size"]),
        )
        for i in chosen
    ]
    for i in chosen:
        if missed := str(results.targeting.evaluation.table.loc[i, "fails"]):
            name, why = segments.loc[i, "segment_name"], written_ratings[i].although
            text = f"“{name}” is a target although it misses a condition from step 1 ({missed})."
            cards.append(sentence(f"{text} Why: {why}") if why else note("warning", f"{text} Write down why, or drop it."))

    def targets_then(then: Targeting) -> str:
        mine = [r.segment_id for r in then.ratings if r.target and r.segmentation == results.criteria.filed_under]
        return listed([f"“{segments.loc[i, 'segment_name']}”" for i in mine if i in segments.index]) or "other targets"

    if why := reason(session, Step.TARGETING, targets_then, lead="Why these: "):
        cards.append(sentence(why))
    left = [str(name) for i, name in segments["segment_name"].items() if i not in chosen]
    if left:
        cards.append(sentence(f"Not targeted: {', '.join(left)}. They are served as before, without a plan of their own."))
    return stacked(cards)


@piece
def test_size(session: Session) -> Html:
    """Say for each target how large a test would have to be."""
    chosen = targets(session)
    if not chosen:
        return note("tip", "Choose a target segment first; then the workbook tells you how large a test it needs.")
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
            "available": ("Customers", count),
            "per_arm": ("Customers needed in each half", count),
            "reading": ("What that means", None),
        },
        "If 5 in 100 answer today, and the new message wins one more in 100",
    )


@piece
def lists(session: Session) -> Html:
    """Say how many customers stand on each list."""
    segments = session.results.criteria.segmentation.segments
    frame = segments.assign(file=[f"{segment_id}.csv" for segment_id in segments.index])
    return table(
        frame,
        {"segment_name": ("Segment", None), "size": ("Customers on the list", count), "file": ("File in exports/lists", None)},
        "Lists for the shop or mailing software",
        rows=len(frame),
    )
