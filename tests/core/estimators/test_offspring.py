"""On yes/no answers the same best partition is found whatever the seed."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from segkit.core.estimators import offspring
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.starts import solve


def answers(n, segments, seed, items=20):
    """Yes/no answers of segments that overlap, as `benchmarks/starts.py` plants them."""
    rng = np.random.default_rng([seed, 77])
    chances = np.clip(0.5 + 0.18 * rng.normal(size=(segments, items)), 0.05, 0.95)
    return (rng.random((n, items)) < chances[rng.integers(segments, size=n)]).astype(float)


def test_every_seed_finds_the_same_sum_of_squares_and_none_of_scikit_learn_is_smaller():
    points = answers(400, 4, seed=1)
    rows = k_means.distinct_rows(points)
    found = [solve(rows, 4, seed=seed).inertia for seed in range(6)]
    assert max(found) <= min(found) * (1 + 1e-9)
    theirs = min(KMeans(4, n_init=20, random_state=seed).fit(points).inertia_ for seed in range(3))
    assert found[0] <= theirs * (1 + 1e-9)


def test_weights_count_as_so_many_customers():
    points = answers(60, 2, seed=2, items=5)
    rows = k_means.distinct_rows(points)
    found = offspring.search(rows, 2, np.random.default_rng(0))
    away = ((points[:, None] - found.centres) ** 2).sum(axis=2).min(axis=1)
    assert found.inertia == pytest.approx(away.sum())
    assert found.inertia <= KMeans(2, n_init=50, random_state=0).fit(points).inertia_ * (1 + 1e-9)


def test_one_segment_is_the_mean_of_all_and_as_many_as_there_are_different_ones_leave_nothing():
    rows = k_means.distinct_rows(np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]))
    assert offspring.search(rows, 1, np.random.default_rng(0)).centres.tolist() == [[0.5, 0.25]]
    assert offspring.search(rows, 3, np.random.default_rng(0)).inertia == pytest.approx(0)


def test_the_seed_decides_alone():
    rows = k_means.distinct_rows(answers(100, 3, seed=3))
    one, again = (offspring.search(rows, 3, np.random.default_rng(4)).centres for _ in range(2))
    assert (one == again).all()
