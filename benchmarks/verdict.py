"""How often the verdict is right: customers with planted segments at three difficulties, and customers without any.

Run: python benchmarks/verdict.py [--seeds 100] [--first 5000] [--customers 800] [--at-once 2]
Prints a table: how often each verdict is given, how often it is one of those that are right, and how well the planted segments
are recovered (adjusted Rand index). Right are for segments 6 and 4.5 standard deviations apart "natural", for 3 "natural" or
"reproducible" (their borders hold customers), for two that overlap into one hump anything but "natural", and for customers
without segments "none". Thresholds were set on seeds below
1,000: report on others.
"""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.evidence.how_many import how_many, with_number
from segkit.core.criteria.evidence.verdict import trust
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.terms import Method, Verdict
from tests.core.customer_tables import customer_data

SEGMENTS = 4


def planted(apart):
    def make(n, rng):
        """Four crowds of unequal size at the corners of a tetrahedron with edges ``apart``, and one variable of noise."""
        corners = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]) * apart / np.sqrt(8)
        truth = rng.choice(SEGMENTS, n, p=[0.4, 0.3, 0.2, 0.1])
        return np.column_stack([corners[truth] + rng.normal(size=(n, 3)), rng.normal(size=n)]), truth

    return make


def uniform(n, rng):
    return rng.uniform(size=(n, 4)), None


def gaussian(n, rng):
    return rng.normal(size=(n, 4)), None


def correlated(n, rng):
    return rng.normal(size=(n, 4)) @ rng.normal(size=(4, 4)), None


def skewed(n, rng):
    """One crowd with long tails, as money and orders have: logarithms are normal and correlated."""
    return np.exp(rng.normal(size=(n, 4)) @ np.linalg.cholesky(np.full((4, 4), 0.4) + 0.6 * np.eye(4)).T), None


def club(n, rng):
    """Members who all order at the same rate and fill the same basket, over two years since they joined."""
    tenure = rng.uniform(60, 730, n)
    further = rng.poisson(tenure / 60)
    last = np.where(further > 0, tenure * rng.beta(1, np.maximum(further, 1)), tenure)
    money = np.array([rng.lognormal(3, 0.5, f + 1).sum() for f in further])
    return np.column_stack([last.round(), further + 1.0, money, tenure.round()]), None


def elongated(n, rng):
    """One crowd six times as long as it is wide, across all variables: to cut it is to cut a stick."""
    return rng.normal(size=(n, 1)) * 3 + rng.normal(size=(n, 4)), None


def overlapping(n, rng):
    """Two crowds 2 standard deviations apart: together they have one hump."""
    values = rng.normal(size=(n, 4))
    values[: n // 2, 0] += 2
    return values, None


def outliers(n, rng):
    """An even square with three customers far away from it."""
    values = rng.uniform(size=(n, 2))
    values[:3] = [[4, 4], [-3, 4], [4, -3]]
    return values, None


def small(n, rng):
    """Two hundred customers in two variables: one crowd in which chance leaves dents."""
    return rng.normal(size=(200, 2)), None


CASES = {
    "planted, 6 sd apart": planted(6),
    "planted, 4.5 sd apart": planted(4.5),
    "planted, 3 sd apart": planted(3),
    "uniform": uniform,
    "one normal crowd": gaussian,
    "one correlated crowd": correlated,
    "one skewed crowd": skewed,
    "one elongated crowd": elongated,
    "two overlapping crowds": overlapping,
    "square, three outliers": outliers,
    "200 customers": small,
    "club, all buy alike": club,
    "club, by RFM": club,
}


def judge(case, n, seed):
    values, truth = CASES[case](n, np.random.default_rng([seed, 5]))
    names = [f"v{i}" for i in range(values.shape[1])]
    if case.startswith("club"):
        names = ["recency_days", "frequency", "monetary_total", "tenure_days"]
    data = customer_data(pd.DataFrame(values, columns=names))
    names = names[:3] if case.startswith("club") else names
    criteria = Criteria(method=Method.RFM if case.endswith("RFM") else Method.K_MEANS, variables=tuple(names), seed=seed)
    evidence = None if case.endswith("RFM") else how_many(data, criteria, seed=seed)
    formed = segment(data, with_number(data, criteria, evidence))
    said = trust(data, formed, criteria, evidence, seed=seed)
    labels = pd.factorize(formed.segment_of, sort=True)[0]
    again = adjusted_rand(cross_table(labels, truth)) if truth is not None else np.nan
    return said.verdict, len(formed.segments), again


def right(case):
    """Return the verdicts that are right for a case."""
    if case == "two overlapping crowds":
        return set(Verdict) - {Verdict.NATURAL}
    if not case.startswith("planted"):
        return {Verdict.NONE}
    return {Verdict.NATURAL, Verdict.REPRODUCIBLE} if case.endswith(" 3 sd apart") else {Verdict.NATURAL}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--first", type=int, default=5000, help="the first seed")
    parser.add_argument("--customers", type=int, default=800)
    parser.add_argument("--cases", nargs="*", default=list(CASES))
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="processes")
    arguments = parser.parse_args()
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    shown = [v for v in Verdict if v is not Verdict.TOO_FEW]
    print(f"{arguments.customers} customers, {arguments.seeds} seeds each from {arguments.first}")
    print(f"{'case':24}" + "".join(f"{v.value:>13}" for v in shown) + f"{'right':>8}{'k':>12}{'ARI':>8}{'s each':>8}")
    with ProcessPoolExecutor(arguments.at_once) as pool:
        for case in arguments.cases:
            began = time.perf_counter()
            results = list(pool.map(partial(judge, case, arguments.customers), seeds))
            verdicts, ks = Counter(r[0] for r in results), Counter(r[1] for r in results)
            ari = np.mean([r[2] for r in results])
            each = (time.perf_counter() - began) / arguments.seeds
            cells = "".join(f"{verdicts[v]:>13}" for v in shown)
            hits = sum(verdicts[v] for v in right(case))
            common = " ".join(f"{k}:{n}" for k, n in ks.most_common(2))
            print(f"{case:24}{cells}{hits:>8}{common:>12}{'' if np.isnan(ari) else f'{ari:.3f}':>8}{each:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
