"""Several ways to split the same customers, side by side: who moves, and how sure each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.evidence.usefulness import SOME_USE, value_spread
from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import level_codes
from segkit.core.disclosure import withheld_table
from segkit.decisions.criteria import Criteria
from segkit.words.numbers import count, percent
from segkit.words.terms import SEGMENT_NAME, Base, Method, Verdict

MOST = 8
"""Most variables of another base that form an alternative."""

ALIKE = 0.8
"""Adjusted Rand index from which two ways split the customers nearly alike."""


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Ways to split the same customers, compared.

    Attributes
    ----------
    table : pandas.DataFrame
        Index: title of the way; columns ``segments``, ``smallest`` (share of customers), ``adjusted_rand`` (stability),
        ``verdict`` (label), ``value_spread`` (share of the differences in money between customers that lies between segments,
        of logarithms; NaN without money).
    agreement : Mapping[tuple[str, str], float]
        Adjusted Rand index of each two.
    moves : pandas.DataFrame
        One row for each two: ``one``, ``other``, ``adjusted_rand``, ``moved`` (share of customers who would be grouped with
        others: each segment set against the one that shares most with it, none twice), ``stream`` (the largest group that
        moves, in words).
    sentence : str
        Reads it.
    """

    table: pd.DataFrame
    agreement: Mapping[tuple[str, str], float]
    moves: pd.DataFrame
    sentence: str


def compare(data: CustomerData, ways: Mapping[str, tuple[Segmentation, Trust]]) -> Alternatives:
    """Set several segmentations of the same customers side by side.

    Parameters
    ----------
    data : CustomerData
        The customers.
    ways : Mapping[str, tuple[Segmentation, Trust]]
        Title for people → segments, and how far they may be trusted.
    """
    rows = {title: _row(data, segmentation, trust) for title, (segmentation, trust) in ways.items()}
    table = pd.DataFrame.from_dict(rows, orient="index")
    moves = pd.DataFrame([_move(a, ways[a][0], b, ways[b][0]) for a, b in combinations(ways, 2)])
    agreement = {(r.one, r.other): float(r.adjusted_rand) for r in moves.itertuples()}
    return Alternatives(table, agreement, moves, _read(table, moves))


def _row(data: CustomerData, segmentation: Segmentation, trust: Trust) -> dict[str, object]:
    return {
        "segments": len(segmentation.segments),
        "smallest": float(segmentation.segments["share"].min()),
        "adjusted_rand": np.nan if trust.adjusted_rand is None else trust.adjusted_rand,
        "verdict": trust.verdict.label,
        "value_spread": value_spread(data, segmentation),
    }


def _move(one: str, first: Segmentation, other: str, second: Segmentation) -> dict[str, object]:
    codes = [level_codes(s.segment_of.reindex(first.segment_of.index), list(s.segments.index)) for s in (first, second)]
    crossed = cross_table(codes[0], codes[1])
    rows, columns = linear_sum_assignment(crossed, maximize=True)
    away = crossed.copy()
    away[rows, columns] = 0
    told = np.where(withheld_table(crossed), 0, away)
    i, j = np.unravel_index(int(told.argmax()), told.shape)
    stream = ""
    if told[i, j]:
        names = first.segments[SEGMENT_NAME].iloc[int(i)], second.segments[SEGMENT_NAME].iloc[int(j)]
        stream = f"{count(int(told[i, j]), 'customer')} from “{names[0]}” to “{names[1]}”"
    return {
        "one": one,
        "other": other,
        "adjusted_rand": adjusted_rand(crossed),
        "moved": float(away.sum() / crossed.sum()),
        "stream": stream,
    }


def _read(table: pd.DataFrame, moves: pd.DataFrame) -> str:
    said = []
    if len(moves):
        nearest = moves.loc[moves["adjusted_rand"].idxmax()]
        alike = "nearly the same split" if nearest["adjusted_rand"] >= ALIKE else "the two most alike, and yet different splits"
        said.append(
            f"“{nearest['one']}” and “{nearest['other']}” are {alike}: {percent(nearest['moved'])} of "
            "customers would change groups."
        )
    spread = table["value_spread"].dropna()
    if len(spread) > 1:
        title = str(spread.idxmax())
        said.append(f"“{title}” separates customers best by spending: it explains {percent(spread[title])} of the differences.")
    idle = (table["verdict"] == Verdict.NATURAL.label) & (table["value_spread"] < SOME_USE)
    said += [
        f"“{way}” is natural, but explains only {percent(held)} of these differences: natural does not yet mean useful."
        for way, held in table.loc[idle, "value_spread"].items()
    ]
    return " ".join(said)


def other_base(data: CustomerData, criteria: Criteria, taken: tuple[str, ...]) -> tuple[Base, tuple[str, ...]] | None:
    """Return another base than the one that forms the segments, and its variables; None where the data know of none.

    Parameters
    ----------
    data : CustomerData
        The customers.
    criteria : Criteria
        ``other_base`` is the person's choice; where it is open, the base whose variables are known of most customers, one of
        several variables before one that has a single one.
    taken : tuple of str
        Variables that form the segments already.
    """
    pools, mine = other_bases(data, taken), {v.base for v in data.variables if v.usable and v.name in taken}
    known = {
        base: float(data.customers[list(names)].notna().to_numpy().mean())
        for base, names in pools.items()
        if base is criteria.other_base or (criteria.other_base is None and base not in mine)
    }
    if not known:
        return None
    best = max(known, key=lambda base: (len(pools[base]) > 1, round(known[base], 2), len(pools[base])))
    return best, pools[best][:MOST]


def other_bases(data: CustomerData, taken: tuple[str, ...]) -> dict[Base, tuple[str, ...]]:
    """Return the bases that variables other than those taken are of, each with these variables."""
    usable = [v for v in data.variables if v.usable and v.name in data.customers and v.name not in taken]
    return {base: names for base in Base if (names := tuple(v.name for v in usable if v.base is base))}


def on_base(criteria: Criteria, names: tuple[str, ...]) -> Criteria:
    """Return criteria that find segments by these variables, as many as the evidence favours."""
    return criteria.revise(method=Method.K_MEANS, variables=names, n_segments=None, by_hand=())
