"""How far two partitions agree: tables small enough to count, and scikit-learn's index for any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from segkit.core.criteria.evidence.agreement import adjusted_rand, best_jaccard, cross_table, explained

FIRST, SECOND = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])


def test_customers_are_counted_by_both_segments():
    assert cross_table(FIRST, SECOND).tolist() == [[2, 1, 0], [0, 1, 2]]
    assert cross_table(SECOND, FIRST).tolist() == [[2, 0], [1, 1], [0, 2]]
    weights = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.5])
    assert cross_table(FIRST, SECOND, weights).tolist() == [[3, 3, 0], [0, 4, 11.5]]
    assert cross_table(np.array([0, 2]), np.array([1, 0])).tolist() == [[0, 1], [0, 0], [1, 0]]
    many = np.array([200, 3], dtype=np.uint8)
    assert cross_table(many, many)[200, 200] == 1, "small integers do not overflow"


def test_adjusted_rand_index_by_hand():
    # pairs together in both: 1 + 1; in the first 3 + 3, in the second 1 + 1 + 1, of 15: expected 6 · 3 ⁄ 15 = 1.2
    assert adjusted_rand(cross_table(FIRST, SECOND)) == pytest.approx((2 - 1.2) / (4.5 - 1.2))
    assert adjusted_rand(np.array([[5.0]])) == 1
    assert adjusted_rand(np.array([[1.0]])) == 1, "one customer is no pair"
    assert adjusted_rand(np.eye(4)) == 1


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=12))
def test_the_index_is_the_published_one_whatever_the_numbers_of_the_segments(pairs):
    first, second = np.array(pairs).T
    found = adjusted_rand(cross_table(first, second))
    assert found == pytest.approx(adjusted_rand_score(first, second))
    assert adjusted_rand(cross_table(2 - second, first)) == pytest.approx(found)


def test_each_segment_is_found_again_as_well_as_in_its_best_match():
    table = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 2.0], [0.0, 0.0, 0.0]])
    assert best_jaccard(table) == pytest.approx([2 / 3, 2 / 3, 0])
    assert best_jaccard(np.array([[3.0, 1.0], [2.0, 10.0]])) == pytest.approx([3 / 6, 10 / 13])
    assert best_jaccard(np.array([[3.0, 0.0], [0.0, 0.0]])).tolist() == [1, 0]


def test_share_of_the_variance_between_groups():
    # mean 4, squares 9 + 1 + 1 + 9; groups 2 · 2² + 2 · 2²
    assert explained(np.array([1.0, 3.0, 5.0, 7.0]), np.array([0, 0, 2, 2])) == pytest.approx(16 / 20)
    assert explained(np.array([1.0, 3.0, 3.0, 1.0]), np.array([0, 0, 1, 1])) == 0
    assert explained(np.array([1.0, 1.0, 3.0]), np.array([0, 0, 1])) == pytest.approx(1)
    assert explained(np.full(4, 2.0), np.array([0, 0, 1, 1])) == 0
