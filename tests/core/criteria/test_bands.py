from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.criteria.bands import equal_count, equal_width, natural, own_quantiles, roundest, tie_safe
from segkit.core.criteria.by_hand.thresholds import cut_points
from segkit.core.data.values import NOT_KNOWN, codes, finite
from segkit.decisions.criteria import Band
from segkit.words.terms import Banding

numbers = st.lists(st.integers(-50, 50), min_size=1, max_size=80).map(lambda v: np.array(v, dtype=float))


@given(numbers, st.integers(2, 5))
def test_equal_values_share_a_band_and_no_band_is_empty(values, bands):
    cuts = equal_count(values, bands)
    assert list(cuts) == sorted(set(cuts))
    assert len(cuts) < bands
    assert set(codes(values, cuts)) == set(range(len(cuts) + 1))


@given(numbers, st.integers(2, 5), st.sampled_from([0.01, 3.0, 1000.0]))
def test_unit_and_order_of_the_values_change_nothing(values, bands, factor):
    before = codes(values, equal_count(values, bands))
    after = codes(values[::-1] * factor, equal_count(values[::-1] * factor, bands))
    assert list(before) == list(after[::-1])


@given(numbers)
def test_weights_count_as_repeated_customers(values):
    weights = (np.abs(values) % 3).astype(float)
    if weights.sum():
        assert tie_safe(values, 4, weights) == tie_safe(np.repeat(values, weights.astype(int)), 4)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_roundest_number_lies_in_the_interval(low, width):
    high = low + width
    assert low < roundest(low, high) <= high


def test_one_value_held_by_most_takes_a_band_whole():
    orders = np.array([1.0] * 80 + [2.0] * 12 + [3.0] * 8)
    assert equal_count(orders, 2) == (2.0,)
    assert equal_count(np.ones(9), 4) == ()


def test_equal_width_cuts_the_range():
    assert equal_width(np.array([0.0, 10.0, 4.0]), 4) == (2.5, 5.0, 7.5)
    assert equal_width(np.array([3.0, 3.0]), 3) == ()


def test_missing_and_infinite_values_are_not_known():
    assert list(codes(finite(pd.Series([1.0, np.nan, np.inf, -np.inf])), (0.0,))) == [1, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN]


@pytest.mark.parametrize(
    ("band", "cuts"),
    [
        (Band(variable="v", bands=2), (5.0,)),
        (Band(variable="v", banding=Banding.EQUAL_WIDTH, bands=2), (5.0,)),
        (Band(variable="v", banding=Banding.NATURAL, bands=2), (5.0,)),
        (Band(variable="v", banding=Banding.OWN, thresholds=(2, 7)), (2.0, 7.0)),
    ],
)
def test_cut_points_of_a_band(band, cuts):
    assert cut_points(pd.Series(np.arange(11.0)), band) == cuts


def test_a_category_has_no_cut_points():
    assert cut_points(pd.Series(["a", "b"]), Band(variable="v")) == ()


def within(values, cuts):
    """Return the squared distances to the means of the bands, added up."""
    band = codes(values, cuts)
    return sum(float(((mine := values[band == b]) - mine.mean()).__pow__(2).sum()) for b in set(band.tolist()))


@given(numbers, st.integers(2, 4))
@settings(max_examples=30)
def test_natural_breaks_are_the_best_of_all_cuts_and_tear_no_ties(values, bands):
    cuts = natural(values, bands)
    distinct = np.unique(values)
    assert len(cuts) == min(bands, len(distinct)) - 1
    every = combinations(distinct[1:].tolist(), len(cuts))
    if len(distinct) < 16:
        assert within(values, cuts) == pytest.approx(min(within(values, found) for found in every), abs=1e-6)


@given(numbers, st.integers(2, 4), st.sampled_from([0.01, 3.0, 1000.0]))
@settings(max_examples=30)
def test_unit_and_order_change_no_natural_break(values, bands, factor):
    before = codes(values, natural(values, bands))
    turned = values[::-1] * factor
    assert list(before) == list(codes(turned, natural(turned, bands))[::-1])


def test_natural_breaks_find_the_gaps_of_many_values():
    rng = np.random.default_rng(5)
    values = np.concatenate([rng.uniform(start, start + 1, 20_000) for start in (0, 3, 9, 10.5)])
    cuts = natural(values, 4)
    assert all(low <= cut <= high for cut, low, high in zip(cuts, (1, 4, 10), (3, 9, 10.5), strict=True))


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (0, 7, 5), (0, 10, 10), (0, 12, 10), (10, 25, 20), (0, 60, 50), (12, 15, 15), (15.5, 17.5, 16), (16.5, 17.5, 17),
        (97.2, 103.9, 100), (1999.5, 2041, 2000), (0.12, 0.19, 0.15), (0.00312, 0.0034, 0.0034), (3.14159, 3.1416, 3.1416),
        (1e9 + 1, 1e9 + 3, 1e9 + 2), (-3.9, -3.1, -3.5), (-103.9, -97.2, -100), (-5, 12, 0), (-1, 1, 1), (-7, -0.4, -5),
    ],
)  # fmt: skip
def test_the_roundest_number_is_a_multiple_of_the_largest_one_two_or_five(low, high, found):
    assert roundest(low, high) == found


def test_the_roundest_number_of_an_empty_interval_is_its_end():
    assert (roundest(5, 5), roundest(6, 5)) == (5, 5)


@pytest.mark.parametrize(
    ("values", "bins", "cuts", "bands"),
    [
        (range(1, 11), 5, (3, 5, 7, 9), (0, 1, 2, 3, 4)),
        (range(1, 11), 2, (6,), (0, 1)),
        ([1, 1, 2, 3, 3], 2, (2,), (0, 1)),  # the middle of the only 2 falls on the border: it goes up
        ([1] * 8 + [4, 5], 5, (4,), (2, 4)),
        ([1] * 3 + [8] * 7, 4, (5,), (0, 2)),
        ([7] * 9, 5, (), (2,)),
        ([7] * 9, 4, (), (2,)),
        ([np.nan, np.inf], 5, (), (2,)),
        ([], 2, (), (1,)),
    ],
)
def test_each_value_goes_to_the_bin_in_which_the_middle_of_its_customers_falls(values, bins, cuts, bands):
    assert tie_safe(np.array(values, dtype=float), bins) == (cuts, bands)


def test_a_customer_of_no_weight_is_not_there():
    values = np.array([1, 2.5, 9])
    assert tie_safe(values, 2, np.array([1.0, 0.0, 1.0])) == tie_safe(values[[0, 2]], 2) == ((5,), (0, 1))
    assert tie_safe(np.array([1, np.nan, 9]), 2, np.array([1.0, 5.0, 1.0])) == ((5,), (0, 1))
    assert tie_safe(values, 5, np.zeros(3)) == ((), (2,))


def test_the_highest_value_has_the_last_bin_however_little_it_weighs():
    assert tie_safe(np.array([1.0, 2.0]), 5, np.array([1.0, 1e-12])) == ((2,), (2, 4))


def test_thresholds_are_round_numbers_between_neighbours():
    assert equal_count(np.array([3.0, 4.0, 11.0, 17.0, np.nan]), 2) == (10,)
    assert equal_count(np.array([9.0, 11.0, 17.0, 18.0]), 2, np.array([1.0, 1.0, 1.0, 1.0])) == (15,)
    assert natural(np.array([9, 11, 17, 18, np.nan, np.inf, -np.inf]), 2) == (15,)
    assert natural(np.array([9.0, 11.0, 17.0, 18.0, 18.0, 18.0]), 3) == (10, 15)


def test_natural_breaks_weigh_a_value_by_its_customers():
    assert natural(np.array([0.0, 4.0, 9.0]), 2) == (5,)
    assert natural(np.array([0.0] * 100 + [4.0, 9.0]), 2) == (4,)


def test_equal_width_leaves_out_what_is_not_known():
    assert equal_width(np.array([np.nan, 0.0, 10.0, np.inf]), 3) == (3.33333333, 6.66666667)
    assert equal_width(np.array([np.nan]), 3) == equal_width(np.array([]), 3) == ()
    assert equal_width(np.array([-3.0, 1.0]), 2) == (-1,)


def test_own_quantiles_are_of_type_7_plus_an_offset():
    """Hyndman and Fan 1996: type 7 goes in a straight line between neighbours, the smallest at 0 and the largest at 1."""
    assert own_quantiles(np.arange(9.0), 4, 1.0) == (3, 5, 7)
    assert own_quantiles(np.array([1.0, 2.0, 3.0, 4.0]), 2, 0.5) == (3,)
    assert own_quantiles(np.array([0.0, 10.0]), 5, 0.0) == pytest.approx((2, 4, 6, 8))
