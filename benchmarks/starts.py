"""Whether k-means finds the same smallest sum of squares with every seed on yes/no items, and how long it takes.

Run: python benchmarks/starts.py [--seeds 200] [--runs 300] [--cases 0 1 2 3 4 5]
Customers of overlapping planted segments answer 20 yes/no items. The best known is the smallest of so many runs of
scikit-learn's KMeans (twenty starts each) and of all seeds of ours. Printed are how often a seed is as good as scikit-learn's
best, how often as good as the best known at all, how far the worst is above it, and seconds of the processor for one search.
The last lines are the usual case, numbers of 10,000 customers.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.starts import solve
from segkit.core.estimators.threads import one_thread

CASES = [(600, 4), (1000, 5), (2000, 6), (3000, 5), (1000, 4), (1500, 6)]
SAME = 1 + 1e-9


def answers(n, segments, seed, items=20, apart=0.18):
    rng = np.random.default_rng([77, seed])
    chances = np.clip(0.5 + apart * rng.normal(size=(segments, items)), 0.05, 0.95)
    truth = rng.choice(segments, n, p=rng.dirichlet(np.full(segments, 5.0)))
    return (rng.random((n, items)) < chances[truth]).astype(float)


def numbers(n, seed=0):
    rng = np.random.default_rng([78, seed])
    return 1.6 * rng.normal(size=(5, 8))[rng.integers(5, size=n)] + rng.normal(size=(n, 8))


@one_thread
def ours(points, k, seeds):
    rows = k_means.distinct_rows(points)
    began = time.process_time()
    found = np.array([solve(rows, k, seed=seed).inertia for seed in range(seeds)])
    return found, (time.process_time() - began) / seeds


@one_thread
def theirs(points, k, runs):
    from sklearn.cluster import KMeans

    return min((KMeans(k, n_init=20, random_state=seed).fit(points).inertia_ for seed in range(runs)), default=np.inf)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--cases", type=int, nargs="*", default=list(range(len(CASES))))
    arguments = parser.parse_args()
    print(f"{'customers':>9}{'k':>4}{'scikit-learn':>15}{'best known':>15}{'as good':>9}{'best':>7}{'worst, %':>10}{'s':>7}")
    for case in arguments.cases:
        n, k = CASES[case]
        points = answers(n, k, case)
        found, seconds = ours(points, k, arguments.seeds)
        other = theirs(points, k, arguments.runs)
        best = min(other, found.min())
        good, equal = (found <= other * SAME).mean(), (found <= best * SAME).mean()
        worst = 100 * (found.max() / best - 1)
        print(f"{n:>9,}{k:>4}{other:>15.4f}{best:>15.4f}{good:>9.3f}{equal:>7.3f}{worst:>10.5f}{seconds:>7.2f}", flush=True)
    for k in (4, 8):
        print(f"10,000 customers, eight numbers, k = {k}: {ours(numbers(10_000), k, 3)[1]:.2f} s")


if __name__ == "__main__":
    main()
