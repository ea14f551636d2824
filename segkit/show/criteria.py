"""What notebook 3 shows: the bases compared, three ways to form segments side by side, and how far to trust them."""

from segkit.core.customers import CustomerData
from segkit.core.segmentation import Segmentation
from segkit.html import Html, note, segments_table, sentence, stacked, table
from segkit.html import verdict as verdict_box
from segkit.numbers import count
from segkit.plots import how_many_segments, rfm_map, segment_sizes
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
def from_data(session: Session) -> Html:
    """Show the segments found in the data."""
    return _formed(session, Method.K_MEANS)


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
