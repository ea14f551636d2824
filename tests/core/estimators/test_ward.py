import numpy as np
import pytest
from scipy.cluster.hierarchy import is_valid_linkage, linkage
from sklearn.cluster import AgglomerativeClustering

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
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
