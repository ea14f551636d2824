"""How many segments do the data favour: stability over bootstrap pairs, and the gap against customers without segments."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core import k_means
from segkit.core.agreement import adjusted_rand, cross_table
from segkit.core.fits import Fit
from segkit.core.references import Kind, references
from segkit.core.starts import SAMPLE, solve
from segkit.core.valleys import apart, worst_borders
from segkit.core.wording import counted, percent
from segkit.errors import CriteriaError
from segkit.terms import MAX_SEGMENTS

Doubles = npt.NDArray[np.float64]
T = TypeVar("T")

STARTS = 10
"""Starts of each bootstrap fit: with three, the index falls from .975 to .87 at k = 2, which is the search's fault."""

FINALISTS, SCREEN, REST = 3, 4000, 1e-4
"""All ten starts take eight steps (above 8,000 customers on 4,000 drawn ones), the best three go to the end."""

DRAWS = 6
"""Reference data sets of each kind."""

REFERENCE_ROWS = 2000
"""Customers that the gap compares; more do not change it, and cost time."""

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
        bootstrap pairs), ``adjusted_rand_low``, ``adjusted_rand_high`` (quartiles), ``silhouette`` (simplified, mean),
        ``smallest_share``. NaN where k = 1 has no value. The gap is the smallest of those against three kinds of customers
        without segments: even in a box, one normal crowd, and one crowd with a single hump in each variable. Further
        ``border`` (how crowded the most crowded border of a segment is, averaged over customers: near 0 a valley, 1 no
        valley), ``border_null`` (the least crowded to be expected of customers without segments) and ``apart`` (share of
        customers in segments with a valley on every side).
    pairs : pandas.DataFrame
        Adjusted Rand index of each bootstrap pair: index pair number, one column for each k from 2.
    recommended : int
        Number of segments that the evidence favours (2 or more even if the verdict is none: then only a matter of use).
    reason : str
        One or two sentences for people.
    """

    table: pd.DataFrame
    pairs: pd.DataFrame
    recommended: int
    reason: str


def gather(
    matrix: Doubles, *, pairs: int = 20, seed: int = 0, most: int = MAX_SEGMENTS, blocks: Sequence[object] = ()
) -> HowMany:
    """Gather the evidence for every number of segments.

    Parameters
    ----------
    matrix : numpy.ndarray
        Prepared customers, shape (customers, variables).
    pairs : int, default 20
        Bootstrap pairs.
    seed : int, default 0
        Seed of all draws.
    most : int, default 8
        Largest number of segments.
    blocks : sequence, optional
        For each column the variable that it stands for.

    Raises
    ------
    CriteriaError
        If all customers are the same in these variables.
    """
    rows = k_means.distinct_rows(matrix)
    if len(rows.points) < 2:
        raise CriteriaError("All customers are the same in these variables.", "Choose variables in which customers differ.")
    ks = range(2, min(most, len(rows.points)) + 1)
    agreed = bootstrap(rows, ks, pairs=pairs, seed=seed)
    gaps = against_none(matrix, [1, *ks], seed=seed, blocks=blocks)
    table = pd.DataFrame(index=pd.RangeIndex(1, ks.stop, name="k"), dtype=np.float64)
    for k in table.index:
        solution = solve(rows, k, seed=seed)
        labels = k_means.nearest(rows.points, solution.centres)
        sizes = np.bincount(labels, rows.counts, minlength=k)
        table.loc[k, "inertia"] = solution.inertia
        table.loc[k, list(gaps.columns)] = gaps.loc[k].to_numpy()
        if k > 1:
            low, middle, high = agreed[k].quantile([0.25, 0.5, 0.75])
            table.loc[k, ["adjusted_rand", "adjusted_rand_low", "adjusted_rand_high"]] = (middle, low, high)
            table.loc[k, "silhouette"] = _silhouette(rows, solution.centres)
        table.loc[k, "smallest_share"] = float(sizes.min() / sizes.sum())
    recommended, reason = recommend(table)
    return HowMany(table, agreed, recommended, reason)


def bootstrap(rows: k_means.Rows, ks: range, *, pairs: int, seed: int, fit: Fit | None = None) -> pd.DataFrame:
    """Return the adjusted Rand index of bootstrap pairs for each k, as flexclust's ``bootFlexclust`` does.

    Two samples with replacement are drawn, each gets its own segments, all customers are put into both, and the two partitions
    compared. Above `SAMPLE` customers each sample holds so many, and so does the comparison. ``fit`` finds the segments of one
    sample; by default k-means.
    """

    def one(pair: int) -> list[float]:
        rng = np.random.default_rng([seed, 7, pair])
        points, counts, first, second = two_samples(rows, rng)
        agreed = []
        for k in ks:
            labels = [(fit or quick)(*sample, k, rng).predict(points) for sample in (first, second)]
            agreed.append(adjusted_rand(cross_table(labels[0], labels[1], counts)))
        return agreed

    found = np.array(at_once(one, range(pairs))).reshape(pairs, len(ks))
    return pd.DataFrame(found, index=pd.RangeIndex(pairs, name="pair"), columns=pd.Index(list(ks), name="k"))


def quick(points: Doubles, weights: Doubles, k: int, rng: np.random.Generator) -> k_means.Solution:
    """Fit one bootstrap or reference sample: ten starts, the best three to the end."""
    return k_means.fit(points, weights, k, starts=STARTS, finalists=FINALISTS, screen=SCREEN, rest=REST, rng=rng)


def at_once(work: Callable[[int], T], parts: Iterable[int]) -> list[T]:
    """Do independent parts of work on all processors; the order of the results does not depend on them."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(work, parts))


Sample = tuple[Doubles, Doubles]


def two_samples(rows: k_means.Rows, rng: np.random.Generator) -> tuple[Doubles, Doubles, Sample, Sample]:
    """Draw two bootstrap samples as points with weights; return also the points and counts to compare on."""
    customers = int(rows.counts.sum())
    if customers <= SAMPLE:
        shares = rows.counts / customers
        first, second = (rng.multinomial(customers, shares).astype(np.float64) for _ in range(2))
        return rows.points, rows.counts, (rows.points, first), (rows.points, second)
    ends = np.cumsum(rows.counts)
    drawn = [np.searchsorted(ends, rng.integers(customers, size=SAMPLE), side="right") for _ in range(3)]
    everyone, one, other = (np.unique(d, return_counts=True) for d in drawn)
    samples = [(rows.points[which], times.astype(np.float64)) for which, times in (everyone, one, other)]
    return (*samples[0], samples[1], samples[2])


def against_none(matrix: Doubles, ks: list[int], *, seed: int, blocks: Sequence[object] = ()) -> pd.DataFrame:
    """Compare the customers with customers without segments, for each k.

    Returns
    -------
    pandas.DataFrame
        Index ``k``; columns ``gap``, ``gap_se``, ``border``, ``border_null``, ``apart`` as in `HowMany`.
    """
    rng = np.random.default_rng([seed, 11])
    rows = k_means.distinct_rows(matrix)
    ordered = np.repeat(rows.points, rows.counts.astype(int), axis=0)
    if len(ordered) > REFERENCE_ROWS:
        ordered = ordered[np.sort(rng.choice(len(ordered), REFERENCE_ROWS, replace=False))]
    varying = ordered.std(axis=0) > 0
    ordered = ordered[:, varying] if varying.any() else ordered
    blocks = [block for block, kept in zip(blocks or range(len(varying)), varying, strict=True) if kept]
    kinds = references(ordered, blocks, rng)
    own, border, far = _looks(ordered, ks, rng)
    gaps, error, expected = np.full(len(ks), np.inf), np.zeros(len(ks)), np.full(len(ks), np.inf)
    for number, kind in enumerate(kinds):
        drawn = at_once(partial(_reference, kind, ordered, ks, (seed, 11, number)), range(DRAWS))
        inertias, borders = np.stack([d[0] for d in drawn]), np.stack([d[1] for d in drawn])
        # the total spread is no sign of segments: compare what k segments take away from it
        inertias = inertias - inertias[:, :1]
        difference = inertias.mean(axis=0) - (own - own[0])
        spread = inertias.std(axis=0, ddof=1) * np.sqrt(1 + 1 / DRAWS)
        error = np.where(difference < gaps, spread, error)
        gaps = np.minimum(difference, gaps)
        expected = np.minimum(expected, borders.mean(axis=0) - 3 * borders.std(axis=0, ddof=1))
    columns = {"gap": gaps, "gap_se": error, "border": border, "border_null": expected, "apart": far}
    return pd.DataFrame(columns, index=pd.Index(ks, name="k"))


def _reference(kind: Kind, matrix: Doubles, ks: list[int], key: tuple[int, ...], draw: int) -> tuple[Doubles, Doubles, Doubles]:
    rng = np.random.default_rng([*key, draw])
    return _looks(kind(matrix, rng), ks, rng)


def _looks(matrix: Doubles, ks: list[int], rng: np.random.Generator) -> tuple[Doubles, Doubles, Doubles]:
    """Return for each k the logarithm of the inertia, how crowded the borders are, and who is apart."""
    rows = k_means.distinct_rows(matrix)
    logs, borders, far = np.empty(len(ks)), np.full(len(ks), np.nan), np.full(len(ks), np.nan)
    total = float(rows.counts.sum())
    whole = 0.0
    for i, k in enumerate(ks):
        if k > len(rows.points):
            logs[i], borders[i], far[i] = logs[i - 1], borders[i - 1], far[i - 1]
            continue
        solution = quick(rows.points, rows.counts, k, rng)
        whole = solution.inertia if k == 1 else whole
        logs[i] = np.log(max(solution.inertia, whole * 1e-6, np.finfo(np.float64).tiny))
        if k > 1:
            labels = np.unique(k_means.nearest(rows.points, solution.centres), return_inverse=True)[1]
            shares = np.bincount(labels, rows.counts) / total
            worst = worst_borders(rows.points, labels, rows.counts)
            borders[i], far[i] = float(worst @ shares), apart(worst, shares)
    return logs, borders, far


def _silhouette(rows: k_means.Rows, centres: Doubles) -> float:
    away = np.sqrt(np.maximum(((rows.points[:, None, :] - centres[None]) ** 2).sum(axis=2), 0))
    two = np.partition(away, 1, axis=1)[:, :2]
    width = np.divide(two[:, 1] - two[:, 0], two[:, 1], out=np.zeros(len(two)), where=two[:, 1] > 0)
    return float((width * rows.counts).sum() / rows.counts.sum())


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
        k, why = _fewest(surest), "stand well apart"
    elif len(thin):
        k, why = int(thin["border"].idxmin()), "have the least crowded borders among the numbers that are found again"
    elif len(tight):
        surer = tight[tight["adjusted_rand"] >= NATURAL_RAND]
        k = _fewest(surer if len(surer) else tight)
        why = "differ most from evenly spread customers among the numbers that are found again"
    else:
        sure = large[(large["adjusted_rand"] >= SURE) & (large.index <= FEW)]
        k = int(sure.index[-1]) if len(sure) else int(large["adjusted_rand"].round(2).idxmax())
        why = "are found again, though the data do not call for any number: choose as many as you can serve"
    row = table.loc[k]
    if row["adjusted_rand"] < UNRELIABLE:
        return k, (
            f"No number of segments is found again reliably. {counted(k, 'segment')} come out best, with an agreement of "
            f"{row['adjusted_rand']:.2f} on repeated samples (1 is perfect, 0 is chance): do not build on them."
        )
    return k, (
        f"{counted(k, 'segment')} {why}: on repeated samples the agreement is {row['adjusted_rand']:.2f} "
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
