"""What notebook 3 shows: the bases compared, three ways to form segments side by side, and how far to trust them."""

import pandas as pd

from segkit.core.customers import CustomerData
from segkit.core.segmentation import Segmentation
from segkit.core.ways import descriptors
from segkit.errors import SegkitError
from segkit.html import Html, note, segments_table, sentence, stacked, table
from segkit.html import verdict as verdict_box
from segkit.numbers import count, number, percent
from segkit.plots import compare_segmentations, how_many_segments, joining_tree, rfm_map, segment_sizes
from segkit.session import Session
from segkit.show.data import shortened
from segkit.show.piece import drawn, piece
from segkit.terms import FREQUENCY, RECENCY_DAYS, TENURE_DAYS, Method


@piece
def bases_compared(session: Session) -> Html:
    """Show strengths and weaknesses of each base, and what this business has of it."""
    overview = session.results.bases.table
    frame = overview.assign(
        base=[label.split(":")[0] for label in overview["label"]],
        yours=[shortened(v + u) or "nothing yet" for v, u in zip(overview["variables"], overview["unusable"], strict=True)],
    )
    return table(
        frame,
        {
            "base": ("Base", None),
            "strength": ("Strength", None),
            "weakness": ("Weakness", None),
            "yours": ("What you have", None),
        },
        "Five ways to look at a customer",
    )


def _formed(session: Session, method: Method) -> Html:
    segmentation = session.results.formed(method)
    shown = segments_table(segmentation.segments, session.results.data.currency, method.label)
    return stacked([shown, *_notes(session, segmentation)])


def _notes(session: Session, segmentation: Segmentation) -> list[Html]:
    """Return what was done to the data on the way, each thing said once, and how fast customers usually come back."""
    about: dict[str, list[str]] = {}
    for text in segmentation.settings.get("notes", ()):
        what, colon, done = text.rpartition(": ")
        about.setdefault(done, []).append(what) if colon else about.setdefault(text, [])
    said = [f"{', '.join(names)}: {done}" if names else done for done, names in about.items()]
    if RECENCY_DAYS in segmentation.variables and (pace := _pace(session.results.data)) is not None:
        often = f"Customers who come back order about every {count(pace, 'day')} (median)."
        said.append(f"{often} A silence shorter than that is ordinary.")
    return [note("note", text) for text in said]


def _pace(data: CustomerData) -> float | None:
    """Return the median number of days between a customer's orders, over those who came back."""
    customers = data.customers
    if not {TENURE_DAYS, RECENCY_DAYS, FREQUENCY} <= set(customers):
        return None
    back = customers[customers[FREQUENCY] > 1]
    gaps = (back[TENURE_DAYS] - back[RECENCY_DAYS]) / (back[FREQUENCY] - 1)
    return float(gaps.median()) if len(gaps) else None


@piece
def by_hand(session: Session) -> Html:
    """Show the pots of the desktop exercise as they fill."""
    segmentation = session.results.formed(Method.BY_HAND)
    return stacked([_formed(session, Method.BY_HAND), drawn(segment_sizes(segmentation.segments))])


@piece
def rfm(session: Session) -> Html:
    """Show the RFM segments and where customers stand."""
    picture = drawn(rfm_map(session.results.data), "Without dates and orders there is no map of recency and frequency.")
    return stacked([_formed(session, Method.RFM), picture])


@piece
def how_many(session: Session) -> Html:
    """Show the evidence for each number of segments."""
    evidence = session.results.how_many
    return stacked([sentence(evidence.reason), drawn(how_many_segments(evidence, session.goals.smallest_share))])


@piece
def way_to_look(session: Session) -> Html:
    """Say which method looks for the segments, and why it suits these variables or does not."""
    method = session.results.found_method
    suggested, why = session.results.suggested_method
    if method is suggested:
        return sentence(why)
    text = f"You chose: {method.label.split(': ')[-1]}. "
    if method is Method.HIERARCHICAL:
        return sentence(f"{text}Look at the tree below: it shows which groups would join next.")
    return stacked([sentence(text), note("tip", f"The variables rather call for another way. {why}")])


@piece
def from_data(session: Session) -> Html:
    """Show the segments found in the data, and the tree where they were cut from one."""
    method = session.results.found_method
    segmentation = session.results.formed(method)
    rest = len(descriptors(session.results.data, segmentation.variables))
    split = f"{count(len(segmentation.variables), 'variable')} formed these segments."
    if rest:
        split += f" The other {rest} only describe them, so they can be compared without going round in circles."
    tree = [drawn(joining_tree(segmentation.tree))] if segmentation.tree else []
    return stacked([_formed(session, method), sentence(split), *tree])


@piece
def what_if(session: Session) -> Html:
    """Show what other decisions on logarithms, scales, outliers and weights would change."""
    found = session.results.what_if
    if not len(found.table):
        return sentence(found.sentence)
    shown = table(
        found.table,
        {
            "decision": ("If you decided otherwise", None),
            "agreement": ("Agreement (1 the same, 0 chance)", lambda v: number(v, 2)),
            "words": ("What that means", None),
        },
        "What these decisions change",
    )
    return stacked([sentence(found.sentence), shown])


@piece
def side_by_side(session: Session) -> Html:
    """Compare the three ways: how many segments, how stable, how much alike."""
    results = session.results
    formed: dict[str, Segmentation] = {}
    rows: list[tuple[str, int | None, float | None, float | None, str]] = []
    for method in (Method.BY_HAND, Method.RFM, results.found_method):
        name = method.label.split(":")[0]
        try:
            segmentation, trust = results.formed(method), results.trust_of(method)
        except SegkitError as error:
            rows.append((name, None, None, None, str(error)))
            continue
        formed[name] = segmentation
        smallest = float(segmentation.segments["share"].min())
        rows.append((name, len(segmentation.segments), smallest, trust.adjusted_rand, trust.verdict.label))
    frame = pd.DataFrame(rows, columns=["way", "segments", "smallest", "stability", "verdict"])
    shown = table(
        frame,
        {
            "way": ("Way", None),
            "segments": ("Segments", count),
            "smallest": ("Smallest segment (share of customers)", percent),
            "stability": ("Stability (0 chance, 1 the same each time)", lambda v: number(v, 2)),
            "verdict": ("Verdict", None),
        },
        "Three ways to split the same customers",
    )
    if len(formed) < 2:
        return shown
    return stacked([shown, drawn(compare_segmentations(formed))])


@piece
def chosen(session: Session) -> Html:
    """Show the segmentation that the person chose."""
    results = session.results
    text = f"Chosen: {results.criteria.method.label}."
    if results.criteria.why:
        text += f" Why: {results.criteria.why}"
    return stacked(
        [sentence(text), segments_table(results.segmentation.segments, results.data.currency, "The chosen segments")]
    )


@piece
def verdict(session: Session) -> Html:
    """Say how far the chosen segments may be trusted."""
    return verdict_box(session.results.trust)
