"""Many customers: sought among a few, brought to rest on all."""

import numpy as np
import pytest

from segkit.core.estimators import many
from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.many import bootstrapped, sample
from segkit.core.estimators.many import many as prepared
from tests.core.customer_tables import planted

ROWS = k_means.Rows(np.array([[0.0, 0.0], [2.0, 0.0], [8.0, 4.0]]), np.array([1.0, 2.0, 1.0]), np.array([0, 1, 1, 2]))


def test_customers_are_centred_shuffled_and_counted():
    made = prepared(ROWS)
    assert made.middle.tolist() == [3, 1]
    # variances (9 + 2·1 + 25)/4 = 9 and (1 + 2·1 + 9)/4 = 3
    assert made.spread == pytest.approx(6)
    assert sorted(made.order.tolist()) == [0, 1, 2]
    assert np.abs(made.extended[:2].T - (ROWS.points[made.order] - [3, 1])).max() < 1e-6
    assert (made.extended[2] == 1).all()
    assert (made.extended[:2] / made.grid % 1 == 0).all()
    # each customer's point, in the new order
    assert ROWS.points[made.order][made.of_draw].tolist().count([2.0, 0.0]) == 2 and len(made.of_draw) == 4


def test_where_no_two_customers_are_equal_a_customer_is_a_point():
    rows = k_means.distinct_rows(np.array([[3.0], [1.0], [2.0]]))
    assert prepared(rows).of_draw is None
    order = prepared(k_means.distinct_rows(np.arange(50.0)[:, None])).order
    assert order.tolist() != list(range(50))


def test_a_bootstrap_sample_has_as_many_customers_and_its_few_come_first(monkeypatch):
    monkeypatch.setattr(many, "FEW", 3)
    for rows, customers in ((ROWS, 4), (k_means.distinct_rows(np.arange(9.0)[:, None]), 9)):
        made = prepared(rows)
        drawn = bootstrapped(made, customers, np.random.default_rng(0))
        assert drawn.weights.sum() == customers and len(drawn.weights) == len(rows.points)
        assert drawn.few_weights.sum() == 3 and drawn.few.shape == (made.extended.shape[0], len(drawn.few_weights))
    draws = np.random.default_rng(0).integers(4, size=4)
    again = bootstrapped(prepared(ROWS), 4, np.random.default_rng(0))
    assert again.weights.tolist() == np.bincount(prepared(ROWS).of_draw[draws], minlength=3).tolist()


def test_the_few_are_counted_by_point():
    made = prepared(ROWS)
    put = sample(made, np.array([1, 2, 1]), np.array([2, 0, 2]))
    assert put.many is made and put.weights.tolist() == [1, 2, 1]
    assert put.few_weights.tolist() == [1, 2] and (put.few == made.extended[:, [0, 2]]).all()


def test_sets_whose_centres_lie_within_a_distance_count_as_the_same():
    one = np.array([[0.0, 0.0], [10.0, 0.0]])
    up, one_up = np.array([0.0, 1.0]), np.array([[0.0, 0.0], [0.0, 4.0]])
    sets = np.stack([one, one[::-1] + 2 * up, one + 2.1 * up, one + one_up, one])
    assert many._different(sets, 4.0).tolist() == sets[[0, 2, 3]].tolist()
    assert len(many._different(sets[:1], 4.0)) == 1


def crowds(customers=3000, apart=2.5):
    """Overlapping crowds, shuffled customers: where they are cut depends on all."""
    return k_means.distinct_rows(planted(customers, segments=3, apart=apart, variables=2, seed=4)[0].to_numpy())


@pytest.mark.parametrize("k", [2, 3])
def test_centres_rest_on_all_although_they_are_sought_among_a_few(monkeypatch, k):
    """Those that rest on 300 of 3,000 stand about a tenth of a standard deviation off."""
    monkeypatch.setattr(many, "FIRST", 1000)
    rows = crowds()
    made = prepared(rows)
    whole = sample(made, rows.counts[made.order].astype(np.intp), np.arange(300))
    found = many.fit(whole, k, starts=8, finalists=3, screen=0, rest=0.0, rng=np.random.default_rng(0))
    best = k_means.fit(rows.points, rows.counts, k, starts=8, rng=np.random.default_rng(1))
    away = np.sqrt(((found[:, None] - best.centres) ** 2).sum(axis=2).min(axis=1))
    few = k_means.fit(rows.points[made.order[:300]], np.ones(300), k, starts=8, rng=np.random.default_rng(1))
    few_away = np.sqrt(((few.centres[:, None] - best.centres) ** 2).sum(axis=2).min(axis=1))
    assert away.max() < 0.03 < few_away.max()
    assert k_means.inertia_of(rows.points, rows.counts, found) <= best.inertia * 1.0005
