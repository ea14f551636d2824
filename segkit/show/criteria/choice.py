"""What notebook 3 shows of the choice: a suggestion, what was asked for, the way chosen, and how far to trust it."""

import pandas as pd

from segkit.core.criteria.comparison.asked_for import Met
from segkit.core.data.customers import value_of
from segkit.html.criteria.verdict import verdict as verdict_box
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.segments import segments_table
from segkit.html.tables import Format, table
from segkit.plots.profiles.sizes import segment_sizes
from segkit.show.piece import drawn, piece, reason
from segkit.words.errors import SegkitError
from segkit.words.numbers import date
from segkit.words.terms import KnockOut, Method, Step
from segkit.workbook.session import Session


@piece
def recommended(session: Session) -> Html:
    """Suggest one way to split, in two sentences and one picture."""
    results = session.results
    found = results.comparison.recommended
    chosen = results.criteria.chosen.method
    same = found.method is chosen or (found.method.found and chosen.found)
    choice = "You have chosen this way." if same else f"You have chosen another: {chosen.short}."
    if not session.answer_to(Step.CRITERIA, "method").yours:
        whose = "The worked example goes this way." if same else f"The worked example goes another: {chosen.short}."
        choice = f"{whose} You choose further down." if session.sample else "You choose further down."
    formed = results.criteria.named(found.method)
    value = value_of(results.data.customer_data)
    share = None
    if value is not None and (total := value.sum()) > 0:
        share = value.groupby(formed.segment_of).sum() / total
    picture = segment_sizes(formed.segments, share)
    return stacked([sentence(found.why), sentence(found.mind), drawn(picture), sentence(choice)])


@piece
def asked_for(session: Session) -> Html:
    """Hold each way to split against the criteria of notebook 1, which were recorded before any result."""
    results, goals = session.results, session.goals
    ways: dict[str, dict[KnockOut, Met]] = {}
    for method in (Method.BY_HAND, Method.RFM, results.criteria.found_method):
        try:
            ways[method.short] = results.comparison.asked_for(method)
        except SegkitError:  # said where this way is shown
            continue
    if not ways or not goals.knock_outs:
        return note("note", "In notebook 1 you set no criteria that a segment must meet.")
    said = {True: "Yes", False: "No", None: "You judge"}
    frame = pd.DataFrame(
        {way: [f"{said[met[k].met]}. {met[k].why}" for k in met] for way, met in ways.items()},
        index=pd.Index([k.label for k in next(iter(ways.values()))], name="asked"),
    ).reset_index()
    headers: dict[str, tuple[str, Format | None]] = {"asked": ("A segment should meet", None)}
    shown = table(frame, headers | {way: (way, None) for way in ways}, "What you asked for in notebook 1")
    return stacked([shown, sentence(_recorded(session))])


def _recorded(session: Session) -> str:
    """Say when the criteria were recorded, and whether any segments had been chosen by then."""
    history = session.book.history
    mine = [place for place, e in enumerate(history) if e.step is Step.GOALS and e.field in ("knock_outs", "smallest_share")]
    if not mine:
        left = session.answer_to(Step.GOALS, "business").yours or session.answer_to(Step.GOALS, "goals").yours
        own = "You left them as suggested" if left else "They are as the workbook suggested them"
        return f"{own}: no later change is recorded."
    split = [place for place, e in enumerate(history) if e.step is Step.CRITERIA]
    when = f"Recorded on {date(history[mine[-1]].at.date())}"
    if split and mine[-1] > split[0]:
        return (
            f"{when}, after the first choice of segments: bear in mind that criteria set after seeing results tend to "
            "favour them."
        )
    return f"{when}, before any segments were chosen."


@piece
def chosen(session: Session) -> Html:
    """Show the segmentation that the person chose."""
    results = session.results
    text = f"Chosen: {results.criteria.chosen.method.label}."
    if why := reason(session, Step.CRITERIA, lambda then: f"“{then.method.label}”"):
        text += f" {why}"
    return stacked(
        [
            sentence(text),
            segments_table(results.criteria.segmentation.segments, results.data.customer_data.currency, "The chosen segments"),
        ]
    )


@piece
def verdict(session: Session) -> Html:
    """Say how far the chosen segments may be trusted."""
    return verdict_box(session.results.criteria.trust)
