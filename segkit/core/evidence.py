"""How many segments do the data favour: stability over bootstrap pairs, and the gap against customers without segments."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core import k_means
from segkit.core.agreement import adjusted_rand, cross_table
from segkit.core.found import SAMPLE, solve
from segkit.core.references import OneHump, gaussian, uniform
from segkit.core.wording import counted, percent
from segkit.errors import CriteriaError
from segkit.terms import MAX_SEGMENTS

Doubles = npt.NDArray[np.float64]

STARTS = 10
"""Starts of each bootstrap fit: with three, the index falls from .975 to .87 at k = 2 (facts.md), which is the search's fault."""

DRAWS = 6
"""Reference data sets of each kind."""

REFERENCE_ROWS = 2000
"""Customers that the gap compares; more do not change it, and cost time."""

STABLE = 0.8
"""Median adjusted Rand index from which segments count as found again."""

SMALLEST = 0.03
"""Share of customers below which the smallest segment speaks against a number of segments."""

CLEAR_GAP = 0.03
"""Gap (difference of logarithms of inertia) below which the data are as evenly spread as customers without segments."""


@dataclass(frozen=True, eq=False)
class HowMany:
    """Evidence for each number of segments.

    Attributes
    ----------
    table : pandas.DataFrame
        Index ``k`` (1 to 8, as far as the data allow); columns ``inertia``, ``gap``, ``gap_se``, ``adjusted_rand`` (median over
        bootstrap pairs), ``adjusted_rand_low``, ``adjusted_rand_high`` (quartiles), ``silhouette`` (simplified, mean),
        ``smallest_share``. NaN where k = 1 has no value. The gap is the smallest of those against three kinds of customers without
        segments: even in a box, one normal crowd, and one crowd with a single hump in each variable.
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


def gather(matrix: Doubles, *, pairs: int = 20, seed: int = 0, most: int = MAX_SEGMENTS) -> HowMany:
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
    gaps = gap(matrix, [1, *ks], seed=seed)
    table = pd.DataFrame(index=pd.RangeIndex(1, ks.stop, name="k"), dtype=np.float64)
    for k in table.index:
        solution = solve(rows, k, seed=seed)
        labels = k_means.nearest(rows.points, solution.centres)
        sizes = np.bincount(labels, rows.counts, minlength=k)
        table.loc[k, "inertia"] = solution.inertia
        table.loc[k, ["gap", "gap_se"]] = gaps.loc[k].to_numpy()
        if k > 1:
            low, middle, high = agreed[k].quantile([0.25, 0.5, 0.75])
            table.loc[k, ["adjusted_rand", "adjusted_rand_low", "adjusted_rand_high"]] = (middle, low, high)
            table.loc[k, "silhouette"] = _silhouette(rows, solution.centres)
        table.loc[k, "smallest_share"] = float(sizes.min() / sizes.sum())
    recommended, reason = recommend(table)
    return HowMany(table, agreed, recommended, reason)


def bootstrap(rows: k_means.Rows, ks: range, *, pairs: int, seed: int) -> pd.DataFrame:
    """Return the adjusted Rand index of bootstrap pairs for each k, as flexclust's ``bootFlexclust`` does.

    Two samples with replacement are drawn, each gets its own segments, all customers are put into both, and the two partitions
    compared. Above `SAMPLE` customers each sample holds so many, and so does the comparison.
    """
    found = np.empty((pairs, len(ks)))
    for pair in range(pairs):
        rng = np.random.default_rng([seed, 7, pair])
        points, counts, first, second = two_samples(rows, rng)
        for column, k in enumerate(ks):
            labels = [k_means.nearest(points, k_means.fit(p, w, k, starts=STARTS, rng=rng).centres) for p, w in (first, second)]
            found[pair, column] = adjusted_rand(cross_table(labels[0], labels[1], counts))
    return pd.DataFrame(found, index=pd.RangeIndex(pairs, name="pair"), columns=pd.Index(list(ks), name="k"))


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
    everyone, first, second = (np.unique(d, return_counts=True) for d in drawn)
    return (
        rows.points[everyone[0]],
        everyone[1].astype(np.float64),
        (rows.points[first[0]], first[1].astype(np.float64)),
        (rows.points[second[0]], second[1].astype(np.float64)),
    )


def gap(matrix: Doubles, ks: list[int], *, seed: int) -> pd.DataFrame:
    """Return gap and its standard error for each k: the smallest against three kinds of customers without segments."""
    rng = np.random.default_rng([seed, 11])
    rows = k_means.distinct_rows(matrix)
    ordered = np.repeat(rows.points, rows.counts.astype(int), axis=0)
    if len(ordered) > REFERENCE_ROWS:
        ordered = ordered[np.sort(rng.choice(len(ordered), REFERENCE_ROWS, replace=False))]
    ordered = ordered[:, ordered.std(axis=0) > 0] if (ordered.std(axis=0) > 0).any() else ordered
    hump = OneHump(ordered, rng)
    kinds = (uniform, gaussian, lambda data, source: hump.draw(len(data), source))
    own = _log_inertia(ordered, ks, rng)
    best, error = np.full(len(ks), np.inf), np.zeros(len(ks))
    for kind in kinds:
        drawn = np.stack([_log_inertia(kind(ordered, rng), ks, rng) for _ in range(DRAWS)])
        gaps = drawn.mean(axis=0) - own
        # the total spread is no sign of segments: compare what k segments take away from it
        gaps -= gaps[0]
        spread = (drawn - drawn[:, :1]).std(axis=0, ddof=1) * np.sqrt(1 + 1 / DRAWS)
        error = np.where(gaps < best, spread, error)
        best = np.minimum(gaps, best)
    return pd.DataFrame({"gap": best, "gap_se": error}, index=pd.Index(ks, name="k"))


def _log_inertia(matrix: Doubles, ks: list[int], rng: np.random.Generator) -> Doubles:
    rows = k_means.distinct_rows(matrix)
    tiny = np.finfo(np.float64).tiny
    inertias = [
        k_means.fit(rows.points, rows.counts, k, starts=STARTS, rng=rng, finalists=3).inertia if k <= len(rows.points) else 0.0
        for k in ks
    ]
    return np.log(np.maximum(inertias, max(inertias[0] * 1e-6, tiny)))


def _silhouette(rows: k_means.Rows, centres: Doubles) -> float:
    away = np.sqrt(np.maximum(((rows.points[:, None, :] - centres[None]) ** 2).sum(axis=2), 0))
    two = np.partition(away, 1, axis=1)[:, :2]
    width = np.divide(two[:, 1] - two[:, 0], two[:, 1], out=np.zeros(len(two)), where=two[:, 1] > 0)
    return float((width * rows.counts).sum() / rows.counts.sum())


def recommend(table: pd.DataFrame) -> tuple[int, str]:
    """Choose the number of segments and say why.

    Among the numbers whose segments are found again (median index at least `STABLE`) and whose smallest holds at least
    `SMALLEST`: the fewest within one standard error of the largest gap. Where none is found again: the most stable.
    """
    several = table.loc[2:]
    large = several[several["smallest_share"] >= SMALLEST]
    large = large if len(large) else several
    stable = large[large["adjusted_rand"] >= STABLE]
    if len(stable) and structured(table):
        best = stable["gap"].idxmax()
        k = int(stable.index[stable["gap"] >= stable.loc[best, "gap"] - stable.loc[best, "gap_se"]][0])
        why = "stand out most from evenly spread customers among the numbers that are found again"
    else:
        k = int(large["adjusted_rand"].round(2).idxmax())
        why = "are found again best, though the data do not call for any number" if not structured(table) else "are found again best"
    row = table.loc[k]
    return k, (
        f"{counted(k, 'segment')} {why}: on repeated samples the agreement is {row['adjusted_rand']:.2f} "
        f"(1 is perfect, 0 is chance), and the smallest holds {percent(float(row['smallest_share']))} of the customers."
    )


def structured(table: pd.DataFrame) -> bool:
    """Tell whether at any number of segments the data are clearly less evenly spread than customers without segments."""
    clear = (table["gap"] > CLEAR_GAP) & (table["gap"] > 2 * table["gap_se"])
    return bool(clear.loc[2:].any())
