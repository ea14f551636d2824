"""Whether the same segments come out again on other samples of the same customers."""

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.evidence.agreement import adjusted_rand, best_jaccard, cross_table
from segkit.core.estimators import many
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.starts import SAMPLE
from segkit.core.estimators.threads import one_thread

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
T = TypeVar("T")

STARTS = 10
"""Starts of each bootstrap fit: with three, the index falls from .975 to .87 at k = 2, which is the search's fault."""

FINALISTS, SCREEN, REST = 3, 4000, 1e-4
"""All ten starts take eight steps (above 8,000 customers on 4,000 drawn ones), the best three go to the end."""

SMALL = 2000
"""Up to so many different customers every start goes to the end."""


class Fitted(Protocol):
    """Segments found in one sample, into which any customers can be put."""

    def predict(self, points: Doubles) -> Labels:
        """Return the segment, 0 to k − 1, of each point."""


Fit = Callable[[Doubles, Doubles, int, np.random.Generator], Fitted]
"""Finds segments: takes points, how often each is in the sample, the number of segments, and a source of draws."""


@dataclass(frozen=True, eq=False)
class Resamples:
    """What bootstrap pairs tell.

    Attributes
    ----------
    rand : pandas.DataFrame
        Adjusted Rand index of each pair: index pair number, one column for each k.
    jaccard : Mapping[int, numpy.ndarray]
        For each k how well each segment of the whole is found again: the largest Jaccard index with a segment of a bootstrap
        solution, averaged over the solutions (segment level stability within solutions; Hennig 2007, Dolnicar and Leisch
        2017). Empty where no labels of the whole were given.
    """

    rand: pd.DataFrame
    jaccard: Mapping[int, Doubles]


def bootstrap(
    rows: k_means.Rows,
    ks: Iterable[int],
    *,
    pairs: int,
    seed: int,
    fit: Fit | None = None,
    whole: Mapping[int, Labels] | None = None,
) -> Resamples:
    """Draw bootstrap pairs and compare their segments for each k, as flexclust's ``bootFlexclust`` does.

    Two samples with replacement are drawn, each as large as the whole; each gets its own segments, all customers are put into
    both, and the two partitions compared. Above `SAMPLE` customers the comparison is counted on so many drawn ones.

    Parameters
    ----------
    rows : Rows
        The customers.
    ks : iterable of int
        Numbers of segments.
    pairs : int
        Number of pairs.
    seed : int
        Seed of all draws.
    fit : callable, optional
        Finds the segments of one sample (see `Fit`); above `SAMPLE` customers it gets samples of that size. By default
        k-means, which uses all customers of each sample.
    whole : Mapping[int, numpy.ndarray], optional
        For each k the segment of each of the ``rows`` in the solution whose segments are to be found again.
    """
    ks = list(ks)
    customers = int(rows.counts.sum())
    large = customers > SAMPLE
    everyone = many.many(rows) if large and fit is None else None
    ends = np.cumsum(rows.counts)

    def compared(rng: np.random.Generator) -> tuple[Labels, Doubles]:
        if not large:
            return np.arange(len(rows.points)), rows.counts
        drawn = np.searchsorted(ends, rng.integers(customers, size=SAMPLE), side="right")
        which, times = np.unique(drawn, return_counts=True)
        return which, times.astype(np.float64)

    def found(points: Doubles, rng: np.random.Generator) -> list[Labels]:
        if everyone is not None:
            sample = many.bootstrapped(everyone, customers, rng)
            return [k_means.nearest(points, _sought_among_few(sample, k, rng)) for k in ks]
        weights = rng.multinomial(min(customers, SAMPLE), rows.counts / customers).astype(np.float64)
        drawn, times = rows.points[weights > 0], weights[weights > 0]
        return [(fit or quick)(drawn, times, k, rng).predict(points) for k in ks]

    def one(pair: int) -> tuple[list[float], list[Doubles]]:
        rng = np.random.default_rng([seed, 7, pair])
        which, counts = compared(rng)
        points = rows.points[which]
        first, second = found(points, rng), found(points, rng)
        agreed = [adjusted_rand(cross_table(a, b, counts)) for a, b in zip(first, second, strict=True)]
        again = []
        for k, *both in zip(ks, first, second, strict=True):
            if whole is not None:
                tables = [_table(whole[k][which], labels, counts, int(whole[k].max()) + 1) for labels in both]
                again.append(np.mean([best_jaccard(table) for table in tables], axis=0))
        return agreed, again

    results = at_once(one, range(pairs))
    rand = np.array([agreed for agreed, _ in results]).reshape(pairs, len(ks))
    jaccard = {k: np.mean([again[i] for _, again in results], axis=0) for i, k in enumerate(ks)} if whole else {}
    return Resamples(pd.DataFrame(rand, pd.RangeIndex(pairs, name="pair"), pd.Index(ks, name="k")), jaccard)


def _table(mine: Labels, found: Labels, counts: Doubles, segments: int) -> Doubles:
    """Count customers by segment of the whole (each a row, though there may be nobody) and of a sample's solution."""
    columns = int(found.max()) + 1
    flat = np.bincount(mine * columns + found, counts, minlength=segments * columns)
    return np.asarray(flat.reshape(segments, columns), dtype=np.float64)


def _sought_among_few(sample: many.Sample, k: int, rng: np.random.Generator) -> Doubles:
    return many.fit(sample, k, starts=STARTS, finalists=FINALISTS, screen=SCREEN, rest=REST, rng=rng)


def quick(points: Doubles, weights: Doubles, k: int, rng: np.random.Generator) -> k_means.Solution:
    """Fit one bootstrap or reference sample: ten starts, the best three to the end (of few customers all)."""
    finalists = FINALISTS if len(points) > SMALL else 0
    return k_means.fit(points, weights, k, starts=STARTS, finalists=finalists, screen=SCREEN, rest=REST, rng=rng)


def at_once(work: Callable[[int], T], parts: Iterable[int]) -> list[T]:
    """Do independent parts of work on all processors; the order of the results does not depend on them."""
    with one_thread, ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(work, parts))
