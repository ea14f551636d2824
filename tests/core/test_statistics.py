"""Intervals with draws that are known beforehand, and Holm's correction against its definition."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.statistics import holm, interval


class OneCustomerADraw:
    """Draws the first customer again and again, then the second, and so on: the n-th resampled mean is the n-th value."""

    drawn = 0

    def integers(self, n, size):
        rows, each = size
        assert each == n, "a resample is as large as the group"
        places = (self.drawn + np.arange(rows)) % n
        self.drawn += rows
        return np.broadcast_to(places[:, None], size)


class NeverAsked:
    def integers(self, *_, **__):
        raise LookupError("asked for a draw")


@pytest.mark.parametrize("customers", [500, 6000])
def test_an_interval_holds_the_middle_95_percent_of_five_hundred_resampled_means(customers):
    """Large groups are drawn in pieces, 6,000 customers in two of unequal size: that changes nothing."""
    low, high = interval(np.arange(customers, dtype=float), OneCustomerADraw())
    assert low == pytest.approx(0.025 * 499) and high == pytest.approx(0.975 * 499)  # of the means 0, 1, …, 499


def test_four_values_have_no_interval_and_five_have():
    rng = np.random.default_rng(0)
    assert np.isnan(interval(np.full(4, 7.0), rng)).all()
    assert interval(np.full(5, 7.0), rng) == (7.0, 7.0)


def test_above_twenty_thousand_values_the_interval_is_the_normal_one():
    values = np.array([-1.0] * 10_000 + [0.0] + [1.0] * 10_000)  # standard deviation 1, divided by n − 1
    low, high = interval(2 * values + 3, NeverAsked())
    half = 1.96 * 2 / 20_001**0.5
    assert low == pytest.approx(3 - half, abs=1e-8) and high == pytest.approx(3 + half, abs=1e-8)
    with pytest.raises(LookupError):
        interval(values[:-1], NeverAsked())


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=5, max_size=12), st.sampled_from([0.5, 2.0, 8.0]), st.integers(-9, 9))
def test_an_interval_moves_and_grows_with_its_values(values, times, plus):
    one = interval(np.array(values, dtype=float), np.random.default_rng(1))
    other = interval(times * np.array(values) + plus, np.random.default_rng(1))
    assert other == pytest.approx([times * bound + plus for bound in one])
    assert min(values) <= one[0] <= one[1] <= max(values)


def test_an_interval_covers_the_mean_and_is_seeded():
    values = np.random.default_rng(0).lognormal(3, 1, 400)
    low, high = interval(values, np.random.default_rng(1))
    assert low < values.mean() < high
    assert (low, high) == interval(values, np.random.default_rng(1))


def test_the_interval_of_a_mean_is_that_of_the_textbook_where_values_are_normal():
    values = np.random.default_rng(3).normal(50, 10, 2000)
    low, high = interval(values, np.random.default_rng(4))
    half = 1.96 * values.std(ddof=1) / 2000**0.5
    assert (high - low) / 2 == pytest.approx(half, rel=0.08)


def test_holm_is_the_textbook_one():
    corrected = holm(pd.Series([0.01, np.nan, 0.04, 0.03, 0.005], index=list("abcde")))
    assert corrected.index.tolist() == list("abcde") and np.isnan(corrected["b"])
    assert corrected.dropna().tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_corrected_p_values_are_no_larger_than_one():
    assert holm(pd.Series([0.9, 0.8, 0.2])).tolist() == pytest.approx([1, 1, 0.6])


@pytest.mark.parametrize("unknown", [[], [np.nan, np.nan]])
def test_where_nothing_was_tested_nothing_is_corrected(unknown):
    corrected = holm(pd.Series(unknown, dtype=float))
    assert len(corrected) == len(unknown) and corrected.isna().all() and corrected.dtype == np.float64


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_its_definition(p):
    """Holm 1979: of m values the i-th smallest is multiplied by m − i + 1, and none falls below a smaller one's."""
    ranked = sorted(range(len(p)), key=lambda at: p[at])
    wanted = {at: min(1.0, max((len(p) - i) * p[ranked[i]] for i in range(place + 1))) for place, at in enumerate(ranked)}
    assert holm(pd.Series(p)).tolist() == pytest.approx([wanted[at] for at in range(len(p))])
