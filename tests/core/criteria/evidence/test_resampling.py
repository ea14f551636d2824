import os
import threading

import numpy as np
import pytest
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_info, threadpool_limits

from segkit.core.criteria.evidence import resampling
from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.evidence.resampling import at_once, bootstrap, quick
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


class Parted:
    """Parts customers at a place that is known, whatever the sample."""

    def __init__(self, place):
        self.place = place

    def predict(self, points):
        return (points[:, 0] > self.place).astype(np.intp)


TEN = k_means.distinct_rows(np.arange(10.0)[:, None])
HALVES = {2: np.repeat([0, 1], 5)}


def test_what_every_sample_finds_is_compared_with_the_whole_by_hand():
    found = bootstrap(TEN, [2], pairs=3, seed=0, fit=lambda *_: Parted(5.5), whole=HALVES)
    assert found.rand[2].tolist() == [1, 1, 1] and found.rand.index.tolist() == [0, 1, 2]
    # 0 to 4 within 0 to 5, and 6 to 9 within 5 to 9
    assert found.jaccard[2] == pytest.approx([5 / 6, 4 / 5])


def test_two_samples_of_a_pair_are_compared_with_each_other_and_both_with_the_whole():
    places = iter([5.5, 6.5])
    found = bootstrap(TEN, [2], pairs=1, seed=0, fit=lambda *_: Parted(next(places)), whole=HALVES)
    assert found.rand.loc[0, 2] == pytest.approx(adjusted_rand(np.array([[6.0, 0.0], [1.0, 3.0]])))
    assert found.jaccard[2] == pytest.approx([(5 / 6 + 5 / 7) / 2, (4 / 5 + 3 / 5) / 2])


def test_customers_count_and_not_their_different_kinds():
    rows = k_means.distinct_rows(np.repeat([0.0, 1.0, 2.0], [6, 2, 2])[:, None])
    places = iter([0.5, 1.5])
    found = bootstrap(rows, [2], pairs=1, seed=0, fit=lambda *_: Parted(next(places)), whole={2: np.array([0, 1, 1])})
    assert found.rand.loc[0, 2] == pytest.approx(adjusted_rand(np.array([[6.0, 0.0], [2.0, 2.0]])))
    assert found.jaccard[2] == pytest.approx([(1 + 6 / 8) / 2, (1 + 2 / 4) / 2])


def test_a_segment_that_a_sample_misses_altogether_is_not_found_again():
    found = bootstrap(
        TEN, [2, 3], pairs=1, seed=0, fit=lambda *_: Parted(99), whole=HALVES | {3: np.repeat([0, 1, 2], [5, 3, 2])}
    )
    assert found.jaccard[2] == pytest.approx([0.5, 0.5]) and found.jaccard[3] == pytest.approx([0.5, 0.3, 0.2])
    assert found.rand.columns.tolist() == [2, 3]


def test_samples_are_as_large_as_the_whole_and_follow_the_seed():
    rows = k_means.distinct_rows(np.repeat([0.0, 1.0, 2.0, 3.0], [40, 1, 20, 39])[:, None])

    def drawn(seed, pairs=1):
        seen = []

        def note(points, weights, k, rng):
            seen.append((points.ravel().tolist(), weights.tolist(), k))
            return Parted(1.5)

        bootstrap(rows, [2, 3], pairs=pairs, seed=seed, fit=note)
        return seen

    first = drawn(0)
    assert [k for *_, k in first] == [2, 3, 2, 3]
    assert first[0][:2] == first[1][:2] and first[0] != first[2], "one sample for all numbers of segments, another for its twin"
    for points, weights, _ in first:
        assert sum(weights) == 100 and min(weights) > 0 and len(points) == len(weights)
        assert dict(zip(points, weights, strict=True))[0.0] == pytest.approx(40, abs=20)
    assert drawn(0) == first != drawn(1)


def test_of_very_many_customers_twenty_thousand_are_drawn_and_compared():
    rows = k_means.distinct_rows(np.repeat([0.0, 1.0, 9.0], [12_000, 8_000, 4_000])[:, None])
    sizes, places = [], iter([0.5, 5.0])

    def note(points, weights, k, rng):
        sizes.append(weights.sum())
        return Parted(next(places))

    found = bootstrap(rows, [2], pairs=1, seed=0, fit=note, whole={2: np.array([0, 0, 1])})
    assert sizes == [20_000, 20_000]
    thousands = np.array([[12.0, 0.0], [8.0, 4.0]])
    assert found.rand.loc[0, 2] == pytest.approx(adjusted_rand(thousands * 20 / 24 * 1000), abs=0.01)
    assert found.jaccard[2] == pytest.approx([(12 / 20 + 1) / 2, (4 / 12 + 1) / 2], abs=0.01)
    plain = bootstrap(rows, [2], pairs=1, seed=0, whole={2: np.array([0, 0, 1])})
    assert plain.rand.loc[0, 2] == 1 and plain.jaccard[2].tolist() == [1, 1]


@pytest.mark.parametrize(("points", "finalists"), [(2000, 0), (2001, 3)])
def test_of_few_customers_every_start_goes_to_the_end(monkeypatch, points, finalists):
    asked = {}
    monkeypatch.setattr(resampling.k_means, "fit", lambda *_, **how: asked.update(how))
    quick(np.zeros((points, 1)), np.ones(points), 2, np.random.default_rng(0))
    assert asked.pop("rng") is not None
    assert asked == {"starts": 10, "finalists": finalists, "screen": 4000, "rest": 1e-4}


def test_results_come_in_the_order_of_the_parts():
    gate = threading.Event()

    def work(part):
        if part:
            gate.set()
        return part, gate.wait(5) if part == 0 else True

    assert at_once(work, [0, 1, 2] if (os.cpu_count() or 1) > 1 else [1, 2]) in (
        [(0, True), (1, True), (2, True)],
        [(1, True), (2, True)],
    )


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
