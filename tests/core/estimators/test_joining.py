"""Ward's tree with weights, by hand and against SciPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import is_valid_linkage, linkage

from segkit.core.estimators.joining import cut, ward

# 0 (two customers), 1 and 10: first 0 and 1 join, whose mean is 1/3, then 10.
TREE = ward(np.array([[0.0], [1.0], [10.0]]), np.array([2.0, 1.0, 1.0]))


def test_the_height_is_the_root_of_twice_the_increase_of_the_sum_of_squares():
    assert TREE[:, [0, 1, 3]].tolist() == [[0, 1, 2], [2, 3, 3]]
    assert TREE[:, 2] == pytest.approx([np.sqrt(2 * 2 / 3), np.sqrt(2 * 3 / 4 * (10 - 1 / 3) ** 2)])


def test_one_point_is_a_tree_without_joins():
    alone = ward(np.array([[5.0, 5.0]]), np.ones(1))
    assert alone.shape == (0, 4) and cut(alone, 1).tolist() == [0]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 4)), min_size=2, max_size=12, unique_by=lambda p: p[:2]
    )
)
def test_weights_are_repeated_customers_whatever_the_points(rows):
    """Equal distances too: of two that are equally near either may be taken first, so the whole sum is compared then."""
    points, weights = np.array(rows, dtype=float)[:, :2], np.array(rows, dtype=float)[:, 2]
    before = weights.copy()
    tree = ward(points, weights)
    assert (weights == before).all()
    assert is_valid_linkage(tree) and tree[-1, 3] == len(points)
    everyone = np.repeat(points, weights.astype(int), axis=0)
    # what all joins add is the whole sum of squares
    assert (tree[:, 2] ** 2 / 2).sum() == pytest.approx(((everyone - everyone.mean(axis=0)) ** 2).sum())
    rng = np.random.default_rng(0)
    shaken = points + rng.normal(scale=1e-3, size=points.shape)
    theirs = linkage(np.repeat(shaken, weights.astype(int), axis=0), "ward")
    assert ward(shaken, weights)[:, 2] == pytest.approx(theirs[-(len(points) - 1) :, 2], rel=1e-6)


def test_a_square_grid_of_equal_distances_comes_to_an_end():
    corners = np.array([[x, y] for x in (0.0, 1.0, 5.0, 6.0) for y in (0.0, 1.0)])
    tree = ward(corners, np.ones(8))
    assert sorted(tree[:, 2].round(6)) == pytest.approx(sorted(linkage(corners, "ward")[:, 2].round(6)))
    assert len({tuple(cut(tree, 2)[:4]), (0, 0, 0, 0)}) == 1 and set(cut(tree, 2)[4:]) == {1}


@pytest.mark.parametrize(("k", "groups"), [(1, [0, 0, 0]), (2, [0, 0, 1]), (3, [0, 1, 2])])
def test_a_cut_undoes_the_last_joins(k, groups):
    assert cut(TREE, k).tolist() == groups


def test_groups_are_numbered_as_they_first_appear():
    tree = ward(np.array([[10.0], [0.0], [11.0], [1.0], [30.0]]), np.ones(5))
    assert cut(tree, 3).tolist() == [0, 1, 0, 1, 2]
    assert cut(tree, 2).tolist() == [0, 0, 0, 0, 1]
    assert cut(tree, 5).tolist() == [0, 1, 2, 3, 4] and cut(tree, 5).dtype == np.intp
