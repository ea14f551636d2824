"""How many segments do the data favour: the evidence for each number, and the one that it recommends."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.evidence.lineage import Lineage
from segkit.words.numbers import count, number, percent

STABLE = 0.8
"""Median adjusted Rand index from which segments count as found again."""


UNRELIABLE = 0.6
"""Median adjusted Rand index below which no number of segments is worth recommending."""


ABOUT = 0.05
"""Difference of median indexes that counts as none."""


SURE, FEW = 0.9, 5
"""Where the data call for no number: the largest up to five whose median index is at least .9."""


SMALLEST = 0.03
"""Share of customers below which the smallest segment speaks against a number of segments."""


CLEAR_BORDER = 0.75
"""Mean crowding of the borders up to which there is a valley at all (two normal crowds 3 standard deviations apart: .65)."""


NATURAL_SHARE = 0.75
"""Share of customers in segments with a valley on every side from which segments count as natural."""


NATURAL_RAND = 0.85
"""Median adjusted Rand index that natural segments reach."""


CLEAR_GAP, CLEAR_ERRORS = 0.03, 3
"""Gap (difference of logarithms of inertia), and the same in standard errors, from which there is more than one crowd."""


@dataclass(frozen=True, eq=False)
class HowMany:
    """Evidence for each number of segments.

    Attributes
    ----------
    table : pandas.DataFrame
        Index ``k`` (1 to 8, as far as the data allow); columns ``inertia``, ``gap``, ``gap_se``, ``adjusted_rand`` (median over
        bootstrap pairs), ``adjusted_rand_low``, ``adjusted_rand_high`` (quartiles), ``silhouette`` (mean; the
        simplified one, which measures to the centres and comes out somewhat higher), ``smallest_share``, ``within`` (of the
        segment that is found again worst, its mean Jaccard index; see `Lineage`). NaN where k = 1 has no value. The gap is the
        smallest of those against three kinds of customers without segments: even in a box, one normal crowd, and one crowd
        with a single hump in each variable. Further
        ``border`` (how crowded the most crowded border of a segment is, averaged over customers: near 0 a valley, 1 no
        valley), ``border_null`` (the least crowded to be expected of customers without segments) and ``apart`` (share of
        customers in segments with a valley on every side).
    pairs : pandas.DataFrame
        Adjusted Rand index of each bootstrap pair: index pair number, one column for each k from 2.
    labels : Mapping[int, numpy.ndarray]
        For each k the segment of each customer (0 to k − 1), in the order of the rows given.
    lineage : Lineage
        The segments of each k: how well each is found again at this k (``within``), and what became of it at the next.
    recommended : int
        Number of segments that the evidence favours (2 or more even if the verdict is none: then only a matter of use).
    reason : str
        One or two sentences for people.
    """

    table: pd.DataFrame
    pairs: pd.DataFrame
    labels: Mapping[int, npt.NDArray[np.uint8]]
    lineage: Lineage
    recommended: int
    reason: str


def recommend(table: pd.DataFrame) -> tuple[int, str]:
    """Choose the number of segments and say why.

    Considered are the numbers whose smallest segment holds at least `SMALLEST`. Of those found again (median index at least
    `STABLE`) first those whose segments are natural: among the most stable, the fewest within one standard error of the largest
    gap. Then the one with the least crowded borders, if these are less crowded than without segments. Then the fewest within
    one standard error of the largest gap (with an index of at least `NATURAL_RAND` if there is one). Without any such sign: the
    largest up to `FEW` that is found again almost always, else the most stable.
    """
    several = table.loc[2:]
    large = several[several["smallest_share"] >= SMALLEST]
    large = large if len(large) else several
    stable = large[large["adjusted_rand"] >= STABLE]
    natural = stable[(stable["apart"] >= NATURAL_SHARE) & (stable["adjusted_rand"] >= NATURAL_RAND) & thinner(stable)]
    thin, tight = stable[thinner(stable)], stable[tighter(stable)]
    if len(natural):
        surest = natural[natural["adjusted_rand"] >= natural["adjusted_rand"].max() - ABOUT]
        k, why = _fewest(surest), "stand apart, with valleys between them"
    elif len(thin):
        k, why = int(thin["border"].idxmin()), "have the least crowded borders among the numbers that are found again"
    elif len(tight):
        surer = tight[tight["adjusted_rand"] >= NATURAL_RAND]
        k = _fewest(surer if len(surer) else tight)
        why = "stand out most from a crowd without groups, among the numbers that are found again"
    else:
        sure = large[(large["adjusted_rand"] >= SURE) & (large.index <= FEW)]
        k = int(sure.index[-1]) if len(sure) else int(large["adjusted_rand"].round(2).idxmax())
        why = "are found again, though the data do not call for any particular number: choose as many as you can serve"
    row = table.loc[k]
    if row["adjusted_rand"] < UNRELIABLE:
        return k, (
            f"No number of segments is found again reliably. {count(k, 'segment')} come out best, with an agreement of "
            f"{number(row['adjusted_rand'], 2)} on repeated samples (1 is perfect, 0 is chance): with other customers, the "
            "lines would "
            "have fallen elsewhere."
        )
    return k, (
        f"{count(k, 'segment')} {why}: on repeated samples the agreement is {number(row['adjusted_rand'], 2)} "
        f"(1 is perfect, 0 is chance), and the smallest holds {percent(float(row['smallest_share']))} of the customers."
    )


def _fewest(table: pd.DataFrame) -> int:
    """Return the fewest segments whose gap is within one standard error of the largest."""
    top = table.loc[table["gap"].idxmax()]
    return int(table.index[table["gap"] >= top["gap"] - top["gap_se"]][0])


def thinner(table: pd.DataFrame) -> pd.Series:
    """Tell for each k whether the borders are clearly less crowded than without segments."""
    return (table["border"] < CLEAR_BORDER) & (table["border"] < table["border_null"])


def tighter(table: pd.DataFrame) -> pd.Series:
    """Tell for each k whether the customers are clearly less evenly spread than without segments."""
    return (table["gap"] > CLEAR_GAP) & (table["gap"] > CLEAR_ERRORS * table["gap_se"])


def structured(table: pd.DataFrame) -> bool:
    """Tell whether there is anything to find: at some number of segments, thinner borders or a clear gap."""
    several = table.loc[2:]
    return bool((thinner(several) | tighter(several)).any())
