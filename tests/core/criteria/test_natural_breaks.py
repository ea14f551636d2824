"""Natural breaks, against sums of squares worked out by hand and against trying every way to cut."""

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from segkit.core.criteria.natural_breaks import breaks


def cut(values, bands, counts=None):
    counts = [1] * len(values) if counts is None else counts
    return breaks(np.array(values, dtype=float), np.array(counts, dtype=float), bands)


def squares(values, counts):
    """Return exactly the squared distances to the mean, each value as often as it is counted."""
    mean = Fraction(sum(v * c for v, c in zip(values, counts, strict=True)), sum(counts))
    return sum(c * (v - mean) ** 2 for v, c in zip(values, counts, strict=True))


def best_of_all(values, counts, bands):
    """Return the best cuts of all that there are; of equally good ones that with the lowest last cut, then the one before."""
    n = len(values)

    def total(cuts):
        edges = [0, *cuts, n]
        return sum(squares(values[a:b], counts[a:b]) for a, b in pairwise(edges))

    return min(combinations(range(1, n), min(bands, n) - 1), key=lambda cuts: (total(cuts), cuts[::-1]))


@pytest.mark.parametrize(
    ("values", "bands", "cuts"),
    [
        ([1, 2, 3, 10, 11, 12], 2, (3,)),
        ([1, 2, 10, 11, 20, 21], 3, (2, 4)),
        ([1, 2, 10, 11, 20, 21, 40, 41], 4, (2, 4, 6)),
        ([0, 4, 9], 2, (2,)),  # 0 and 4 differ by 8 in all, 4 and 9 by 12.5
        ([0, 100, 101, 102], 2, (1,)),
        ([0, 1, 2, 100], 2, (3,)),
    ],
)
def test_bands_are_cut_where_the_gaps_are(values, bands, cuts):
    assert cut(values, bands) == cuts


def test_each_customer_counts():
    assert cut([0, 4, 9], 2, [100, 1, 1]) == (1,)  # 0 and 4 differ by 16 · 100 / 101 in all, 4 and 9 by 12.5


@pytest.mark.parametrize(("bands", "cuts"), [(1, ()), (2, (1,)), (3, (1, 2)), (4, (1, 2)), (9, (1, 2))])
def test_there_are_no_more_bands_than_values(bands, cuts):
    assert cut([5, 6, 7], bands) == cuts


def test_a_single_value_is_not_cut():
    assert cut([5], 3, [40]) == ()


def test_of_equally_good_cuts_the_lower_is_taken():
    assert cut([1, 2, 3], 2) == (1,)
    assert cut([1, 2, 3, 10, 11, 12], 3) == (1, 3)
    assert cut([1, 2, 3, 4, 5, 6, 7], 3) == best_of_all([1, 2, 3, 4, 5, 6, 7], [1] * 7, 3) == (2, 4)


@pytest.mark.parametrize(("more", "cuts"), [(1.9e-9, (1,)), (2.1e-9, (2,))])
def test_sums_that_differ_by_a_thousand_millionth_part_count_as_equal(more, cuts):
    # the squares of all are 3 in standard deviations of 0.8165; cutting low is worse by 1.5 · more
    assert cut([0, 1, 2 + more], 2) == cuts


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.integers(1, 6)), min_size=2, max_size=9, unique_by=lambda pair: pair[0]),
    st.integers(2, 5),
)
@example([(n, 1) for n in range(9)], 4)
@example([(n * n, 1 + n % 3) for n in range(9)], 5)
@settings(max_examples=30, deadline=None)
def test_no_way_to_cut_is_better(pairs, bands):
    values, counts = map(list, zip(*sorted(pairs), strict=True))
    assert cut(values, bands, counts) == best_of_all(values, counts, bands)


def test_values_far_from_zero_are_cut_like_those_near_it():
    values = [0, 3, 4, 9, 20, 22, 31]
    for bands in (2, 3, 4):
        assert cut([1e9 + v for v in values], bands) == cut(values, bands) == best_of_all(values, [1] * 7, bands)


@pytest.mark.parametrize("part", [0.001, 1000.0])
def test_customers_counted_in_parts_or_in_thousands_change_nothing(part):
    values, counts = [0, 3, 4, 9, 20, 22, 31], [5, 1, 2, 8, 1, 1, 3]
    for bands in (2, 3, 4):
        assert cut(values, bands, [part * c for c in counts]) == best_of_all(values, counts, bands)
