"""Segments planted in numbers and categories together: found by the workbook's defaults, by numbers alone, and by StepMix.

Run: python benchmarks/mixed.py [--seeds 5] [--first 0] [--customers 2000] [--noise 0 3 6] [--apart 0.6]
Five segments that overlap, in six numbers and six categories, and beside them variables that have nothing to do with them
(numbers and categories in turn). All are told the right number of segments. "default" is what the workbook does if nobody
decides anything: it suggests variables and method; "numbers" is k-means of the six numbers, which it did before; StepMix (a
latent class of all variables, ten starts) runs where it is installed. Printed are adjusted Rand indexes with what is planted,
how many planted variables were left out and how much noise was kept, and the seconds that the suggestion took.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.found.variables import suggest_variables
from segkit.core.criteria.found.ways import found_method
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data

SEGMENTS, NUMBERS, CATEGORIES = 5, 6, 6
LEVELS = np.array(list("abcdef"))


def drawn(chances, rng):
    """Draw a level for each row of chances."""
    return LEVELS[(rng.random((len(chances), 1)) > np.cumsum(chances, axis=1)).sum(axis=1).clip(max=chances.shape[1] - 1)]


def planted(n, noise, apart, seed):
    """Return customers and the segment of each; noise is called ``noise_…``."""
    rng = np.random.default_rng([seed, 9])
    truth = rng.choice(SEGMENTS, n, p=rng.dirichlet(np.full(SEGMENTS, 8.0)))
    columns = {}
    for j in range(NUMBERS):
        columns[f"number_{j}"] = apart * rng.normal(size=SEGMENTS)[truth] + rng.normal(size=n)
    for j in range(CATEGORIES):
        chances = rng.dirichlet(np.ones(int(rng.integers(3, 6))), size=SEGMENTS)
        columns[f"kind_{j}"] = drawn(chances[truth], rng)
    for j in range(noise):
        chances = np.tile(rng.dirichlet(np.full(4, 3.0)), (n, 1))
        columns[f"noise_{j}"] = rng.normal(size=n) if j % 2 == 0 else drawn(chances, rng)
    return pd.DataFrame(columns), truth


def agreement(labels, truth):
    return adjusted_rand(cross_table(pd.factorize(labels, sort=True)[0], truth))


def workbook(data, truth, criteria):
    return agreement(segment(data, criteria.revise(n_segments=SEGMENTS)).segment_of, truth)


def stepmix(frame, truth, seed):
    """Return the agreement of StepMix with the planted segments, or NaN where it is not installed."""
    try:
        from stepmix.stepmix import StepMix
        from stepmix.utils import get_mixed_descriptor
    except ImportError:
        return np.nan
    kinds = [name for name in frame if not pd.api.types.is_numeric_dtype(frame[name])]
    coded = frame.assign(**{name: pd.factorize(frame[name], sort=True)[0] for name in kinds})
    numbers = [name for name in frame if name not in kinds]
    items, description = get_mixed_descriptor(coded, continuous=numbers, categorical=kinds)
    model = StepMix(SEGMENTS, measurement=description, n_init=10, random_state=seed, verbose=0, progress_bar=0)
    return agreement(model.fit(items).predict(items), truth)


def compare(n, noise, apart, seed):
    frame, truth = planted(n, noise, apart, seed)
    data = customer_data(frame)
    began = time.process_time()
    names = suggest_variables(data)
    took = time.process_time() - began
    criteria = Criteria(method=found_method(data, Criteria()))
    numbers = tuple(name for name in frame if name.startswith("number"))
    return {
        "default": workbook(data, truth, criteria),
        "numbers": workbook(data, truth, Criteria(method=Method.K_MEANS, variables=numbers)),
        "StepMix": stepmix(frame, truth, seed),
        "left out": sum(name not in names and not name.startswith("noise") for name in frame),
        "noise kept": sum(name.startswith("noise") for name in names),
        "seconds": took,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--customers", type=int, nargs="+", default=[2000])
    parser.add_argument("--noise", type=int, nargs="+", default=[0, 3, 6])
    parser.add_argument("--apart", type=float, default=0.6, help="spread of the segments' means, in standard deviations")
    arguments = parser.parse_args()
    named = "".join(f"{name:>10}" for name in ("default", "numbers", "StepMix", "left out"))
    print(f"{'customers':>9}{'noise':>7}{'seed':>6}{named}{'noise kept':>12}{'s':>7}")
    for n in arguments.customers:
        for noise in arguments.noise:
            rows = []
            for seed in range(arguments.first, arguments.first + arguments.seeds):
                rows.append(compare(n, noise, arguments.apart, seed))
                show(n, noise, seed, rows[-1])
            show(n, noise, "mean", pd.DataFrame(rows).mean())


def show(n, noise, seed, row):
    found = "".join(f"{row[name]:>10.3f}" for name in ("default", "numbers", "StepMix"))
    print(f"{n:>9,}{noise:>7}{seed:>6}{found}{row['left out']:>10g}{row['noise kept']:>12g}{row['seconds']:>7.1f}", flush=True)


if __name__ == "__main__":
    main()
