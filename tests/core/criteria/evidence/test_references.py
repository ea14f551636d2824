"""Customers without segments: what is kept of the real ones, and what is lost."""

import numpy as np
import pytest
from scipy import stats

from segkit.core.criteria.evidence.references import OneHump, gaussian, independent, references, uniform


def rng(seed=0):
    return np.random.default_rng(seed)


LINE = np.column_stack([np.linspace(0, 10, 41), 2 * np.linspace(0, 10, 41) + 5])
"""All on one line, from (0, 5) to (10, 25)."""


def test_even_customers_fill_the_box_along_the_axes_of_the_crowd():
    drawn = uniform(LINE, rng())
    assert drawn.shape == LINE.shape
    assert drawn[:, 1] == pytest.approx(2 * drawn[:, 0] + 5), "a crowd on a line stays on it"
    assert drawn[:, 0].min() > 0 and drawn[:, 0].max() < 10 and np.ptp(drawn[:, 0]) > 8
    assert stats.kstest(uniform(np.repeat(LINE, 20, axis=0), rng())[:, 0] / 10, "uniform").pvalue > 0.01


def test_a_normal_crowd_has_the_means_and_covariances_of_the_real_one():
    values = rng(1).normal(size=(4000, 2)) @ np.array([[2.0, 1.5], [0.0, 0.5]]) + [3, -7]
    values[:40] += 12
    drawn = gaussian(values, rng())
    assert drawn.shape == values.shape
    assert drawn.mean(axis=0) == pytest.approx(values.mean(axis=0), abs=0.15)
    assert np.cov(drawn.T) == pytest.approx(np.cov(values.T), rel=0.1)
    assert abs(stats.kurtosis(drawn[:, 1])) < 0.3 < stats.kurtosis(values[:, 1])


def test_shuffled_variables_keep_their_columns_together_and_their_values():
    values = np.arange(60.0).reshape(20, 3)
    drawn = independent(values, rng(), ["a", "b", "b"])
    assert [sorted(column) for column in drawn.T] == [sorted(column) for column in values.T]
    assert (drawn[:, 2] - drawn[:, 1]).tolist() == [1.0] * 20
    assert (drawn[:, 0] != values[:, 0]).any() and (drawn[:, 1] - drawn[:, 0] != 1).any()


def test_answers_of_yes_and_no_are_told_from_independent_answers_and_all_else_from_one_crowd():
    answers = np.array([[0.0, 1.0], [1.0, 0.0]] * 20)
    *_, third = references(answers, ["a", "b"], rng())
    drawn = third(answers, rng())
    assert drawn.mean(axis=0).tolist() == [0.5, 0.5] and abs(np.corrcoef(drawn.T)[0, 1]) < 0.5
    mixed = np.column_stack([answers[:, 0], np.arange(40.0)])
    first, second, third = references(mixed, ["a", "b"], rng())
    assert (first, second) == (uniform, gaussian)
    drawn = third(mixed[:30], rng())
    assert drawn.shape == (30, 2) and set(drawn[:, 0]) == {0.0, 1.0}


def shares(column, **how):
    """Return how often each value is drawn from one hump fitted to a column."""
    drawn = OneHump(np.array(column, dtype=float)[:, None], rng()).draw(20_000, rng(1)).ravel()
    values, counts = np.unique(drawn, return_counts=True)
    return dict(zip(values.tolist(), (counts / 20_000).tolist(), strict=True))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1, 3, 2], [1, 3, 2]),
        ([4, 2, 1], [4, 2, 1]),
        ([1, 2, 4], [1, 2, 4]),
        # the valley is filled from the side where that costs least: 1 and 2 become 1.5 each
        ([5, 1, 2, 1], [5, 1.5, 1.5, 1]),
        ([1, 2, 1, 5], [1, 1.5, 1.5, 5]),
        ([3, 1, 3], [2, 2, 3]),
    ],
)
def test_a_counted_variable_gets_one_hump_and_stays_as_near_as_it_can(counts, expected):
    drawn = shares(np.repeat(np.arange(len(counts)), np.array(counts) * 2))
    whole = np.array(expected) / sum(expected)
    symmetric = whole[::-1] if counts == [3, 1, 3] else whole
    found = np.array([drawn[float(i)] for i in range(len(counts))])
    assert found == pytest.approx(whole, abs=0.015) or found == pytest.approx(symmetric, abs=0.015)


def test_a_variable_of_sixty_values_is_counted_of_more_measured():
    assert set(shares(np.arange(60))) <= set(range(60))
    measured = shares(np.arange(61))
    assert len(measured) > 1000 and 0 <= min(measured) < max(measured) <= 60


def test_a_measured_variable_keeps_its_shape():
    column = rng(2).exponential(size=3000)
    drawn = OneHump(column[:, None], rng()).draw(5000, rng(1)).ravel()
    for level in (0.1, 0.25, 0.5, 0.75, 0.9):
        assert np.quantile(drawn, level) == pytest.approx(np.quantile(column, level), abs=0.12)


@pytest.mark.parametrize("wanted", [0.0, 0.6, -0.6])
def test_correlations_are_kept_even_of_yes_and_no(wanted):
    hidden = rng(3).multivariate_normal([0, 0], [[1, wanted], [wanted, 1]], 2000)
    values = np.column_stack([hidden[:, 0], hidden[:, 1] > 0.3])
    drawn = OneHump(values, rng()).draw(6000, rng(1))
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(np.corrcoef(values.T)[0, 1], abs=0.06)
    assert drawn[:, 1].mean() == pytest.approx(values[:, 1].mean(), abs=0.03)
