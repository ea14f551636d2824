import numpy as np
import pytest
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_info, threadpool_limits

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.evidence.resampling import at_once, bootstrap
from segkit.core.estimators import many
from segkit.core.estimators import weighted_k_means as k_means
from tests.core.customer_tables import planted


class Halves:
    """Cuts customers in two at the median of their first variable."""

    def __init__(self, points, weights, k, rng):
        self.middle = np.median(np.repeat(points[:, 0], weights.astype(int)))

    def predict(self, points):
        return (points[:, 0] > self.middle).astype(np.intp)


def test_any_way_to_find_segments_can_be_resampled():
    values, _ = planted(300, segments=2, apart=8, variables=1)
    rows = k_means.distinct_rows(values.to_numpy())
    found = bootstrap(rows, [2], pairs=5, seed=0, fit=Halves, whole={2: (rows.points[:, 0] > 4).astype(np.intp)})
    assert found.rand[2].median() > 0.8
    assert found.jaccard[2].shape == (2,) and found.jaccard[2].min() > 0.9


def test_a_segment_that_splits_at_will_is_found_again_worse_than_one_that_stands_apart():
    rng = np.random.default_rng(0)
    values = np.concatenate([rng.normal(size=(400, 2)), rng.normal(size=(200, 2)) + 12])
    rows = k_means.distinct_rows(values)
    labels = k_means.nearest(rows.points, np.array([[-1.0, 0], [1, 0], [12, 12]]))
    within = bootstrap(rows, [3], pairs=10, seed=0, whole={3: labels}).jaccard[3]
    assert within[2] == pytest.approx(1) and within[:2].max() < 0.9


def test_without_a_whole_there_is_nothing_to_find_again():
    rows = k_means.distinct_rows(planted(60)[0].to_numpy())
    assert bootstrap(rows, [2, 3], pairs=2, seed=0).jaccard == {}


def test_centres_sought_among_few_rest_on_all():
    values, _ = planted(40_000, segments=4, apart=3, variables=3)
    everyone = many.many(k_means.distinct_rows(values.to_numpy()))
    sample = many.bootstrapped(everyone, 40_000, np.random.default_rng(0))
    centres = many.fit(sample, 4, starts=10, finalists=3, screen=4000, rest=1e-4, rng=np.random.default_rng(1))
    rows = k_means.distinct_rows(values.to_numpy())
    weights = np.empty(len(rows.points))
    weights[everyone.order] = sample.weights
    at_rest = k_means.refine(rows.points, weights, centres)
    # centres that rest on 8,000 of them stand about .03 off
    assert np.abs(centres - at_rest.centres).max() < 0.004


def test_a_sample_holds_as_many_customers_as_there_are_and_the_few_are_of_it():
    values = np.round(np.random.default_rng(0).normal(size=(30_000, 1)), 1)
    rows = k_means.distinct_rows(values)
    everyone = many.many(rows)
    sample = many.bootstrapped(everyone, 30_000, np.random.default_rng(0))
    assert sample.weights.sum() == 30_000
    assert sample.few_weights.sum() == many.FEW
    assert sample.weights == pytest.approx(rows.counts[everyone.order], rel=0.5, abs=20)


@pytest.mark.slow
def test_many_customers_agree_as_often_as_in_a_plain_loop_over_all_of_them():
    """Five crowds that overlap: medians of ours and of scikit-learn (ten starts, every pair on all rows) at k = 3 and 5."""
    rng = np.random.default_rng(0)
    values = (rng.normal(size=(5, 4)) * 1.6)[rng.choice(5, 24_000, p=[0.35, 0.25, 0.2, 0.12, 0.08])]
    values = values + rng.normal(size=values.shape)
    mine = bootstrap(k_means.distinct_rows(values), [3, 5], pairs=12, seed=0).rand.median()
    for k in (3, 5):
        plain = []
        for _ in range(5):
            drawn = [values[rng.integers(len(values), size=len(values))] for _ in range(2)]
            labels = [KMeans(k, n_init=10, random_state=1).fit(one).predict(values) for one in drawn]
            plain.append(adjusted_rand(cross_table(*labels)))
        assert mine[k] == pytest.approx(np.median(plain), abs=0.02)


def test_products_of_matrices_take_one_thread_each_while_pairs_are_drawn_and_get_theirs_back_afterwards():
    def threads():
        return {one["filepath"]: one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}

    with threadpool_limits(2, "blas"):
        before = threads()
        inner = at_once(lambda _: (threads(), at_once(lambda _: 0, range(2)), threads()), range(3))
        after = threads()
    assert before and after == before
    assert {number for one in inner for found in (one[0], one[2]) for number in found.values()} == {1}
