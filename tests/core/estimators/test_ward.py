import numpy as np
import pytest
from scipy.cluster.hierarchy import is_valid_linkage, linkage
from sklearn.cluster import AgglomerativeClustering

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.estimators import ward as module
from segkit.core.estimators.joining import cut, ward
from segkit.core.estimators.ward import WardSegments
from tests.core.customer_tables import planted


def test_is_the_tree_of_scipy_and_the_cut_of_scikit_learn():
    points = np.random.default_rng(0).normal(size=(150, 3))
    tree = ward(points, np.ones(150))
    assert is_valid_linkage(tree)
    theirs = linkage(points, "ward")
    assert tree[:, 2] == pytest.approx(theirs[:, 2])
    assert (tree[:, [0, 1, 3]] == theirs[:, [0, 1, 3]]).all()
    for k in (1, 2, 5, 150):
        labels = AgglomerativeClustering(k).fit_predict(points)
        assert adjusted_rand(cross_table(cut(tree, k), labels)) == 1


def test_weights_stand_for_repeated_customers():
    rng = np.random.default_rng(1)
    points, times = rng.normal(size=(40, 2)), rng.integers(1, 5, 40)
    whole = linkage(np.repeat(points, times, axis=0), "ward")
    assert ward(points, times.astype(float))[:, 2] == pytest.approx(whole[-39:, 2])


def test_many_customers_are_grouped_first_and_still_found():
    values, truth = planted(3000, segments=4, apart=6, variables=3)
    found = WardSegments(4).fit(values.to_numpy())
    assert found.grouped_ and len(found.leaves_) <= 200
    assert found.leaf_sizes_.sum() == 3000
    assert adjusted_rand(cross_table(found.labels_, truth)) > 0.97
    small = WardSegments(4).fit(values.to_numpy()[:300])
    assert not small.grouped_ and len(small.leaves_) == 300


def test_cuts_are_nested():
    found = WardSegments(2).fit(np.random.default_rng(2).normal(size=(200, 2)))
    for k in range(2, 8):
        table = cross_table(found.cut(k + 1), found.cut(k))
        assert ((table > 0).sum(axis=1) == 1).all()


POINTS = np.array([[0.0], [1.0], [10.0], [11.0], [12.0], [40.0]])


def test_segments_by_hand_the_one_of_most_weight_first():
    found = WardSegments(3).fit(POINTS)
    assert found.labels_.tolist() == [1, 1, 0, 0, 0, 2]
    assert found.cluster_centers_.tolist() == [[11], [0.5], [40]]
    assert found.leaves_.tolist() == POINTS.tolist() and found.leaf_sizes_.tolist() == [1] * 6
    assert found.leaf_labels_.tolist() == [1, 1, 0, 0, 0, 2]
    assert found.cut(2).tolist() == [0, 0, 0, 0, 0, 1] and found.cut(1).tolist() == [0] * 6
    assert found.predict([[-7.0], [5.4], [5.6], [25.9], [26.1]]).tolist() == [1, 1, 0, 0, 2]


def test_weight_makes_a_segment_the_first_and_moves_its_mean():
    found = WardSegments(3).fit(POINTS, sample_weight=[1, 5, 1, 1, 1, 1])
    assert found.labels_.tolist() == [0, 0, 1, 1, 1, 2]
    assert found.cluster_centers_.ravel() == pytest.approx([5 / 6, 11, 40])
    assert found.leaf_sizes_.tolist() == [1, 5, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("most", "groups", "segments", "leaves"), [(6, 3, 2, 6), (5, 3, 2, 3), (3, 2, 4, 4), (2, 2, 6, 6), (5, 1, 3, 3)]
)
def test_above_so_many_customers_small_groups_are_leaves_as_many_as_segments_at_least(most, groups, segments, leaves):
    found = WardSegments(segments, most_leaves=most, groups=groups).fit(POINTS)
    assert len(found.leaves_) <= leaves and found.grouped_ is (len(found.leaves_) < 6)
    assert found.leaf_sizes_.sum() == 6 and (found.leaf_sizes_ > 0).all()
    assert len(found.leaves_) == leaves or found.grouped_


def test_small_groups_are_means_of_their_customers_and_count_their_weight():
    points = np.array([[x + d] for x in (0.0, 100.0, 200.0, 300.0) for d in (0.0, 1.0, 2.0)])
    found = WardSegments(4, most_leaves=5, groups=12).fit(points, sample_weight=[1, 1, 4] * 4)
    assert sorted(found.leaf_sizes_.tolist()) == [1] * 8 + [4] * 4
    centres = module.small_groups(points, np.array([1.0, 1.0, 4.0] * 4), 4, seed=0)
    nearest = module.nearest_of(points, centres)
    for j in set(nearest.tolist()):
        own = nearest == j
        assert centres[j, 0] == pytest.approx(np.average(points[own, 0], weights=np.array([1.0, 1.0, 4.0] * 4)[own]))


def test_of_many_customers_a_sample_makes_the_small_groups(monkeypatch):
    points = np.arange(40.0)[:, None]
    weights = np.array([1e-9] * 30 + [1.0] * 10)
    monkeypatch.setattr(module, "SAMPLE", 19)
    few = module.small_groups(points, weights, 2, seed=0)
    assert (few > 29).all()  # who weighs next to nothing is not drawn
    monkeypatch.setattr(module, "SAMPLE", 20)
    everyone = module.small_groups(points, np.ones(40), 40, seed=0)
    assert sorted(everyone.ravel().tolist()) == pytest.approx(list(range(40)))


@pytest.mark.parametrize("block", [1, 3, 7, 4_000_000])
def test_the_nearest_leaf_whatever_the_size_of_a_block(monkeypatch, block):
    monkeypatch.setattr(module, "BLOCK", block)
    assert module.nearest_of(POINTS, np.array([[0.0], [11.0], [30.0]])).tolist() == [0, 0, 1, 1, 1, 2]


def test_defaults_are_those_of_the_documentation():
    assert WardSegments().get_params() == {"n_segments": 2, "most_leaves": 1000, "groups": 200, "random_state": 0}
