"""How long "how many segments, and how sure" takes, against a plain loop of scikit-learn, and whether both find the same.

Run: python benchmarks/how_many.py [--customers 10000 100000] [--pairs 40] [--plain-pairs 40]
The plain loop fits KMeans with ten starts to both samples of every bootstrap pair, on all rows, for k = 2 to 8, and puts
all customers into both. Ours is `segkit.core.criteria.evidence.gather.gather`: the same and everything else that the workbook
asks (gap against none, borders, segments within and across). Where the plain loop takes too long, fewer pairs are measured and
multiplied, which is said. With --keep FOLDER what the plain loop found is kept, so that a long one can be made in several runs,
in turns of --seconds. OMP_NUM_THREADS says how many threads each may use; CPU seconds count all of them.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

KS = range(2, 9)
LIMIT = 0.02


def customers(n, seed=0):
    """Five crowds of unequal size that overlap, in eight variables: a number that fits, and numbers that do not."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(5, 8)) * 1.6
    return centres[rng.choice(5, n, p=[0.35, 0.25, 0.2, 0.12, 0.08])] + rng.normal(size=(n, 8))


def standard_error(index):
    """Return the standard error of the median of the pairs' indexes, as if these were normal."""
    return float(1.25 * np.std(index) / np.sqrt(len(index)))


def clock():
    return np.array([time.process_time(), time.perf_counter()])


def plain(matrix, pair, k):
    """Return the index of one pair at one k, and CPU and wall seconds."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    rng = np.random.default_rng([1, pair])
    drawn = [rng.integers(len(matrix), size=len(matrix)) for _ in range(2)]
    began = clock()
    labels = [KMeans(k, n_init=10, random_state=1000 * pair + k).fit(matrix[one]).predict(matrix) for one in drawn]
    return [float(adjusted_rand_score(*labels)), *(clock() - began)]


def plain_loop(n, pairs, seconds, keep):
    """Return {k: [[index, CPU seconds, wall seconds] of each pair]}, as far as the time goes."""
    file = keep / f"plain_{n}.json" if keep else None
    found = {int(k): v for k, v in json.loads(file.read_text()).items()} if file and file.exists() else {k: [] for k in KS}
    matrix, began = customers(n), time.perf_counter()
    for k in (k for _ in range(pairs) for k in KS):
        if len(found[k]) < pairs and len(found[k]) == min(map(len, found.values())) and time.perf_counter() - began < seconds:
            found[k].append(plain(matrix, len(found[k]), k))
            if file:
                file.write_text(json.dumps(found))
    return found


def ours(n, pairs):
    """Return medians by k, CPU and wall seconds, and peak memory in MB; run in a process of its own."""
    from segkit.core.criteria.evidence.gather import gather

    matrix = customers(n)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = clock()
    evidence = gather(matrix, pairs=pairs)
    took = clock() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {int(k): [float(pairs.median()), standard_error(pairs)] for k, pairs in evidence.pairs.items()}
    return {"found": found, "cpu": took[0], "wall": took[1], "peak": peak / 1024, "before": before / 1024}


def alone(n, pairs):
    """Run ours in a fresh process, so that its peak memory is its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--ours", str(n), "--pairs", str(pairs)], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    return found | {"found": {int(k): median for k, median in found["found"].items()}}


def compare(n, pairs, plain_pairs, seconds, keep):
    mine = alone(n, pairs)
    found = plain_loop(n, plain_pairs, seconds, keep)
    print(f"\n{n:,} customers, {pairs} pairs, k = 2 to 8")
    print(f"{'k':>3}{'plain':>9}{'± s.e.':>8}{'pairs':>7}{'ours':>8}{'± s.e.':>8}{'apart':>8}")
    for k, runs in found.items():
        if runs:
            index = np.array(runs)[:, 0]
            middle, error, (median, mine_error) = np.median(index), standard_error(index), mine["found"][k]
            apart = median - middle
            chance = len(index) > 1 and abs(apart) <= LIMIT + 2 * np.hypot(error, mine_error)
            why = "as chance may have it" if chance else "more than chance"
            flag = "" if abs(apart) <= LIMIT else f"  more than {LIMIT}, {why}"
            error = error if len(index) > 1 else np.nan  # one pair has none
            print(f"{k:>3}{middle:>9.3f}{error:>8.3f}{len(index):>7}{median:>8.3f}{mine_error:>8.3f}{apart:>+8.3f}{flag}")
    if any(not runs for runs in found.values()):
        print("The plain loop has not seen every k yet: run again with the same --keep.")
        return
    cpu, wall = (sum(np.mean([run[i] for run in runs]) for runs in found.values()) * pairs for i in (1, 2))
    fewest = min(map(len, found.values()))
    how = "" if fewest >= pairs else f" ({fewest} pairs measured, multiplied)"
    print(f"plain loop: {cpu:,.0f} s CPU, {wall:,.0f} s wall{how}")
    memory = f"peak {mine['peak']:,.0f} MB ({mine['before']:,.0f} with the customers alone)"
    print(f"ours:       {mine['cpu']:,.1f} s CPU, {mine['wall']:,.1f} s wall, {memory}")
    print(f"ratio:      {cpu / mine['cpu']:,.1f} by CPU, {wall / mine['wall']:,.1f} by wall clock", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, nargs="+", default=[10_000])
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--plain-pairs", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=280, help="longest time of one run of the plain loop")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only-plain", action="store_true")
    parser.add_argument("--ours", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.ours:
        print(json.dumps(ours(arguments.ours, arguments.pairs)))
        return
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    for n in arguments.customers:
        if arguments.only_plain:
            plain_loop(n, arguments.plain_pairs, arguments.seconds, arguments.keep)
        else:
            compare(n, arguments.pairs, arguments.plain_pairs, arguments.seconds, arguments.keep)


if __name__ == "__main__":
    main()
