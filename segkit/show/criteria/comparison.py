"""What notebook 3 shows to compare: segments at every number of segments, ways to split side by side, and a look ahead."""

import pandas as pd

from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import ranges, table
from segkit.plots.criteria.across import segments_across
from segkit.plots.criteria.comparison import compare_segmentations
from segkit.show.piece import drawn, piece, to_know
from segkit.words.numbers import adding_up, count, money, number, percent
from segkit.workbook.session import Session


def _by_chance(share: float) -> str:
    """Say a share that may be tiny, without calling it nothing."""
    return f"under {percent(0.001)}" if 0 < share < 0.001 else percent(share, 1)


def _whole(share: float) -> str:
    """Say how whole a segment comes from one segment of the solution before."""
    return "whole" if share >= 0.9 else "nearly whole" if share >= 0.8 else "mostly" if share >= 0.5 else "mixed"


@piece
def across(session: Session) -> Html:
    """Show what becomes of each segment at other numbers of segments."""
    lines = session.results.criteria.lines
    chosen = lines.chosen
    frame = chosen.assign(share=adding_up(chosen["share"].to_list()), comes=[_whole(share) for share in chosen["across"]])
    shown = table(
        frame,
        {
            "name": ("Segment", None),
            "share": ("Share of customers", percent),
            "within": ("Found again (1 = all its customers, 0 = never)", lambda v: number(v, 2)),
            "since": ("Present from this many segments on", count),
            "comes": (f"Comes from one of {lines.k - 1}" if lines.k > 2 else "Comes from all customers", None),
            "across": ("(1 = whole, 0 = mixed)", lambda v: number(v, 2)),
        },
        f"The {lines.k} segments, and how sure each is",
    )
    return stacked([drawn(segments_across(lines)), to_know("how sure each segment is", shown)])


@piece
def side_by_side(session: Session) -> Html:
    """Compare ways to split the same customers: size, stability, spread of money, and who moves."""
    results = session.results
    formed, refused = results.comparison.ways
    if not formed:
        return stacked([note("answer", text) for text in refused.values()])
    compared = results.comparison.alternatives
    frame = compared.table.rename_axis("way").reset_index()
    shown = table(
        frame,
        {
            "way": ("Way", None),
            "segments": ("Segments", count),
            "smallest": ("Smallest segment (share of customers)", percent),
            "adjusted_rand": ("Stability (1 = the same each time, 0 = chance)", lambda v: number(v, 2)),
            "verdict": ("Verdict", None),
            "value_spread": ("Differences in spending it explains", percent),
        },
        "The same customers, split in several ways",
    )
    pieces = [shown, *(note("note", why if why.startswith(title) else f"{title}: {why}") for title, why in refused.items())]
    if len(formed) < 2:
        return stacked(pieces)
    moves = compared.moves.assign(both=[f"{m.one} / {m.other}" for m in compared.moves.itertuples()])
    moved = table(
        moves,
        {
            "both": ("Ways", None),
            "adjusted_rand": ("Agreement (1 = the same, 0 = chance)", lambda v: number(v, 2)),
            "moved": ("Customers who would change groups", percent),
            "stream": ("Largest group that moves", None),
        },
        "Who changes groups from one way to another",
    )
    titles = [results.criteria.chosen.method.short]
    titles = [*titles, *(title for title in formed if title not in titles)] if titles[0] in formed else list(formed)
    picture = compare_segmentations(
        {title: formed[title][0] for title in titles}, compared.agreement, against=titles[0]
    )  # fmt: skip
    more = to_know("who changes groups, in full", moved, drawn(picture))
    return stacked([*pieces, sentence(compared.sentence), more])


@piece
def look_ahead(session: Session) -> Html:
    """Show whether segments of the first two thirds of the time tell what customers bought in the last third."""
    results = session.results
    found = results.comparison.holdouts
    if not found:
        return note("note", "None of the ways could be formed from the first two thirds of the period alone.")
    mine = results.criteria.chosen.method.short
    mine = mine if mine in found else next(iter(found))
    chosen, currency = found[mine], results.data.customer_data.currency
    frame = chosen.table.assign(
        between=ranges(chosen.table["spent_low"], chosen.table["spent_high"], lambda end: money(end, currency))
    )
    detail = table(
        frame,
        {
            "segment_name": ("Segment", None),
            "size": ("Customers then", count),
            "again_said": ("Bought again", None),
            "spent": ("Spent next, per customer", lambda v: money(v, currency)),
            "between": ("95 % confidence range", None),
        },
        f"{mine}: what its segments did next",
        {"again_said": "right", "between": "right"},
        hides=bool(frame[["again_said", "spent"]].isna().any(axis=None)),
    )
    rows = [(title, one.explained, one.by_chance, one.p) for title, one in found.items()]
    ways = table(
        pd.DataFrame(rows, columns=["way", "explained", "chance", "p"]),
        {
            "way": ("Way", None),
            "explained": ("Differences in later spending it explains", lambda v: percent(v, 1)),
            "chance": ("Random groups explain", _by_chance),
            "p": ("How often chance does as well (p)", lambda v: number(v, 3)),
        },
        "How well each way looks ahead",
    )
    return stacked([sentence(chosen.sentence), detail, to_know("how well every way looks ahead", ways)])
