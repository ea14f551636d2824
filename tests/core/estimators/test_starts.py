"""How hard k-means is tried, the harder the smaller the data."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from segkit.core.estimators import many, offspring, starts
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.starts import solve
from tests.core.customer_tables import planted


def rows(number, customers_each=1.0):
    return k_means.Rows(np.arange(float(number))[:, None], np.full(number, customers_each), np.arange(number))


@pytest.fixture
def tried(monkeypatch):
    """Instead of searching, note how it would be done."""
    calls = []

    def fit(points, counts, k, **how):
        calls.append((len(points), k, how["starts"]))
        return k_means.Solution(np.zeros((k, 1)), float(10 - len(calls)))

    monkeypatch.setattr(k_means, "fit", fit)
    monkeypatch.setattr(k_means, "polish", lambda points, counts, one: k_means.Solution(one.centres, one.inertia - 0.5))
    monkeypatch.setattr(
        offspring, "search", lambda rows, k, rng: calls.append("crossed") or k_means.Solution(rows.points[:k], 7)
    )
    return calls


@pytest.mark.parametrize(
    ("number", "k", "expected"),
    [(10_000, 2, 100), (10_001, 2, 50), (20_000, 3, 50), (15_001, 4, 20), (15_000, 4, 50), (9, 2, 100)],
)
def test_the_smaller_the_data_the_more_starts(tried, number, k, expected):
    assert solve(rows(number), k, seed=0).inertia == 9
    assert tried == [(number, k, expected)]


@pytest.mark.parametrize(
    ("number", "each", "values", "k", "expected"),
    [
        (10, 2.0, 10, 3, "crossed"),  # most have a twin
        (9, 1.0, 5, 3, "crossed"),  # answers from 1 to 5
        (9, 1.0, 6, 3, (9, 3, 100)),
        (10_000, 2.0, 9, 2, "crossed"),
        (10_001, 2.0, 9, 2, (10_001, 2, 50)),
        (10_001, 1.0, 5, 2, (10_001, 2, 50)),
    ],
)
def test_answers_and_twins_are_crossed_or_polished_where_they_are_many(tried, number, each, values, k, expected):
    points = (np.arange(number) % values).astype(float)[:, None]
    found = solve(k_means.Rows(points, np.full(number, each), np.arange(number)), k, seed=0)
    assert tried == [expected]
    assert found.inertia == (7 if expected == "crossed" else 9 if values == 6 else 8.5)


def test_answers_are_told_by_all_customers_not_only_by_those_looked_at_first():
    points = np.zeros((1000, 2))
    points[1:7, 1] = np.arange(6)
    assert not starts._answers(k_means.Rows(points, np.ones(1000), np.arange(1000)))
    assert starts._answers(k_means.Rows(points[:6], np.ones(6), np.arange(6)))


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
