"""How hard k-means is tried, the harder the smaller the data."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from segkit.core.estimators import many, starts
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.starts import solve
from tests.core.customer_tables import planted


def rows(number, customers_each=1.0):
    return k_means.Rows(np.zeros((number, 1)), np.full(number, customers_each), np.arange(number))


@pytest.fixture
def tried(monkeypatch):
    """Instead of searching, note how it would be done."""
    calls = []

    def fit(points, counts, k, **how):
        calls.append((len(points), k, how["starts"]))
        return k_means.Solution(np.zeros((k, 1)), float(10 - len(calls)))

    monkeypatch.setattr(k_means, "fit", fit)
    monkeypatch.setattr(k_means, "polish", lambda points, counts, one: k_means.Solution(one.centres, one.inertia - 0.5))
    return calls


@pytest.mark.parametrize(
    ("number", "k", "expected"),
    [(10_000, 2, 100), (10_001, 2, 50), (20_000, 3, 50), (15_001, 4, 20), (15_000, 4, 50), (9, 2, 100)],
)
def test_the_smaller_the_data_the_more_starts(tried, number, k, expected):
    assert solve(rows(number), k, seed=0).inertia == 9
    assert tried == [(number, k, expected)]


def test_where_most_customers_have_a_twin_the_best_of_three_polished_searches_is_taken(tried):
    assert solve(rows(10, 2.0), 3, seed=0).inertia == 6.5
    assert tried == [(10, 3, 100)] * 3
    tried.clear()
    solve(k_means.Rows(np.zeros((10, 1)), np.array([2.0] * 9 + [1.0]), np.arange(10)), 3, seed=0)
    assert len(tried) == 1


def test_above_twenty_thousand_different_customers_a_sample_is_searched_from_twenty_starts(monkeypatch):
    class Searched(Exception):
        pass

    def fit(whole, k, **how):
        how.pop("rng")
        raise Searched(whole.few_weights.sum(), whole.weights.sum(), k, how)

    monkeypatch.setattr(many, "fit", fit)
    with pytest.raises(Searched) as found:
        solve(k_means.distinct_rows(np.arange(20_001.0)[:, None]), 3, seed=0)
    assert found.value.args == (20_000, 20_001, 3, {"starts": 20, "finalists": 5, "screen": 0, "rest": 0.0})


def test_what_is_sought_on_a_sample_is_as_good_as_what_is_sought_on_all(monkeypatch):
    monkeypatch.setattr(starts, "SAMPLE", 300)
    monkeypatch.setattr(many, "FIRST", 400)
    points = planted(900, segments=3, apart=3, variables=2)[0].to_numpy()
    weights = np.random.default_rng(0).integers(1, 4, 900).astype(float)
    found = solve(k_means.distinct_rows(points, weights), 3, seed=0)
    theirs = KMeans(3, n_init=5, random_state=0).fit(points, sample_weight=weights)
    assert found.inertia <= theirs.inertia_ * 1.001
    away = ((found.centres[:, None] - theirs.cluster_centers_) ** 2).sum(axis=2).min(axis=1)
    assert np.sqrt(away.max()) < 0.05


def test_the_seed_decides_alone():
    points = k_means.distinct_rows(np.random.default_rng(0).normal(size=(40, 2)))
    assert (solve(points, 3, seed=1).centres == solve(points, 3, seed=1).centres).all()
