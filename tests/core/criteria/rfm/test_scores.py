"""Scores of recency, frequency and money, on columns short enough to score by hand."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.rfm.scores import BINS, Scale, Scales, draw, drawn, own, rfm_scores

TEN = np.arange(1.0, 11.0)
ONES = np.ones(10)
BACK = np.ones(10, dtype=bool)
FIFTHS = Scale((3, 5, 7, 9), (1, 2, 3, 4, 5))


def test_scores_of_the_r_package_are_fifths_moved_by_one():
    """Type 7: the fifths of 0, 10 … 100 are 20, 40, 60 and 80; the package adds one, so 20 is still in the lowest."""
    values = pd.Series(range(0, 101, 10), index=list("abcdefghijk"))
    up = [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    found = rfm_scores(values, values, values)
    assert found["F"].tolist() == found["M"].tolist() == up
    assert found["R"].tolist() == [6 - score for score in up]
    assert list(found.index) == list("abcdefghijk") and list(found.columns) == ["R", "F", "M"]


def test_each_variable_has_its_own_scores_and_fewer_bins_are_possible():
    a, b, c = pd.Series([1, 2, 3, 4]), pd.Series([4, 3, 2, 1]), pd.Series([1, 4, 1, 4])
    found = rfm_scores(a, b, c, bins=2, offset=0)
    assert found.to_dict("list") == {"R": [2, 2, 1, 1], "F": [2, 2, 1, 1], "M": [1, 2, 1, 2]}
    assert rfm_scores(a, b, c, bins=2, offset=1)["R"].tolist() == [2, 2, 2, 1]


def test_a_threshold_belongs_to_the_band_above_it_and_what_is_not_known_scores_one():
    scale = Scale((10, 20), (5, 3, 2))
    assert scale.score(np.array([9.9, 10, 19, 20, 500, np.nan])).tolist() == [5, 3, 3, 2, 2, 1]
    assert Scale((), (3,)).score(np.array([7.0, np.nan])).tolist() == [3, 1]


@pytest.mark.parametrize(("score", "below"), [(5, 10), (4, 10), (3, 20), (2, 30), (1, 30)])
def test_the_last_threshold_below_which_a_score_is_reached(score, below):
    assert Scale((10, 20, 30), (5, 3, 2, 1)).reached(score) == below


def test_no_threshold_reaches_what_no_band_has():
    assert Scale((10,), (3, 1)).reached(4) is None and Scale((), (5,)).reached(1) is None


def test_fifths_are_drawn_with_as_many_customers_in_each():
    assert drawn(TEN, ONES, low_is_good=False) == FIFTHS
    assert drawn(TEN, ONES, low_is_good=True) == Scale((3, 5, 7, 9), (5, 4, 3, 2, 1))
    assert drawn(TEN, ONES * (TEN <= 5), low_is_good=False) == Scale((2, 3, 4, 5), (1, 2, 3, 4, 5))
    assert drawn(np.ones(9), np.ones(9), low_is_good=False) == Scale((), (3,))
    assert BINS == 5


@pytest.mark.parametrize(
    ("cuts", "scores"), [((7,), (1, 5)), ((7, 8), (1, 3, 5)), ((7, 8, 9), (1, 2, 4, 5)), ((6, 7, 8, 9), (1, 2, 3, 4, 5))]
)
def test_own_thresholds_spread_the_scores_evenly(cuts, scores):
    assert own(cuts, low_is_good=False) == Scale(cuts, scores)
    assert own(cuts, low_is_good=True) == Scale(cuts, scores[::-1])


LOW, HIGH = Scale((10.0,), (5, 1)), Scale((10.0,), (2, 4))


def test_each_variable_is_scored_by_its_scale():
    scales = Scales(LOW, {(): HIGH}, {(): FIFTHS})
    recency, frequency, money = np.array([5.0, 50.0]), np.array([50.0, 5.0]), np.array([1.0, 6.0])
    assert scales.score(recency, frequency, money, 2).tolist() == [[5, 4, 1], [1, 2, 3]]


@pytest.mark.parametrize(
    ("scales", "scored"),
    [
        (Scales(LOW), [1, 1, 1]),
        (Scales(None, {(): HIGH}), [1, 4, 4]),
        (Scales(None, {}, {(): FIFTHS}), [1, 5, 5]),
        (Scales(LOW, {(): HIGH}), [1, 4, 4]),
        (Scales(LOW, {}, {(): FIFTHS}), [1, 5, 5]),
        (Scales(), [1, 1, 1]),
    ],
)
def test_a_variable_that_is_not_known_takes_the_score_of_its_neighbour_or_one(scales, scored):
    value = np.array([50.0])
    assert scales.score(value, value, value, 1).tolist() == [scored]


def test_new_customers_without_a_column_score_one():
    scales = Scales(LOW, {(): HIGH}, {(): FIFTHS})
    assert scales.score(None, None, np.array([9.0]), 1).tolist() == [[1, 1, 5]]
    assert scales.score(np.array([5.0]), np.array([50.0]), None, 1).tolist() == [[5, 4, 1]]


def test_a_scale_stands_under_the_scores_that_a_customer_has_before():
    scales = Scales(
        LOW, {(): HIGH, (5,): Scale((100.0,), (1, 5))}, {(): FIFTHS, (5, 1): Scale((2.0,), (2, 3)), (1, 4): Scale((), (5,))}
    )
    recency, frequency = np.array([5.0, 5.0, 50.0, 50.0]), np.array([50.0, 200.0, 50.0, 5.0])
    money = np.array([2.0, 2.0, 2.0, 2.0])
    assert scales.score(recency, frequency, money, 4).tolist() == [[5, 1, 3], [5, 5, 1], [1, 4, 5], [1, 2, 1]]


def test_recency_is_drawn_over_all_and_orders_and_money_over_those_who_came_back():
    back = TEN > 5
    scales = draw(TEN, TEN, TEN, ONES, back)
    assert scales.recency == Scale((3, 5, 7, 9), (5, 4, 3, 2, 1))
    assert dict(scales.frequency) == dict(scales.money) == {(): Scale((7, 8, 9, 10), (1, 2, 3, 4, 5))}


def test_weights_count_for_all_three():
    weights = ONES * (TEN <= 5)
    scales = draw(TEN, TEN, TEN, weights, BACK)
    assert scales.recency.cuts == scales.frequency[()].cuts == scales.money[()].cuts == (2, 3, 4, 5)


@pytest.mark.parametrize("without", [0, 1, 2])
def test_what_is_not_known_has_no_scale(without):
    given = [TEN, TEN, TEN]
    given[without] = None
    scales = draw(*given, ONES, BACK)
    assert [bool(scales.recency), bool(scales.frequency), bool(scales.money)] == [i != without for i in range(3)]


def test_own_thresholds_are_taken_for_the_variable_they_are_of_and_the_others_are_drawn():
    scales = draw(TEN, TEN, TEN, ONES, BACK, thresholds=((4,), (), ()))
    assert scales.recency == Scale((4,), (5, 1)) and scales.frequency[()] == scales.money[()] == FIFTHS
    scales = draw(TEN, TEN, TEN, ONES, BACK, thresholds=((), (4,), (2, 6)))
    assert scales.recency == Scale((3, 5, 7, 9), (5, 4, 3, 2, 1))
    assert (scales.frequency[()], scales.money[()]) == (Scale((4,), (1, 5)), Scale((2, 6), (1, 3, 5)))


RECENT = np.repeat([10.0, 50.0], 10)
ORDERS = np.arange(2.0, 22.0)
MONEY = np.tile([1.0, 9.0], 10)
TWENTY = np.ones(20)


def test_nested_bins_cut_orders_within_recency_and_money_within_both():
    scales = draw(RECENT, ORDERS, MONEY, TWENTY, TWENTY > 0, nested=True, thresholds=((30,), (), ()))
    assert set(scales.frequency) == {(), (5,), (1,)}
    assert scales.frequency[5,] == Scale((4, 6, 8, 10), (1, 2, 3, 4, 5))
    assert scales.frequency[1,] == Scale((14, 16, 18, 20), (1, 2, 3, 4, 5))
    assert scales.frequency[()].cuts == (6, 10, 14, 18)
    assert set(scales.money) == {(), *((r, f) for r in (1, 5) for f in range(1, 6))}
    assert scales.money[5, 1] == Scale((5,), (2, 4))  # two customers: a quarter and three quarters of the way up
    assert scales.money[()] == Scale((5,), (2, 4))


def test_nested_bins_are_drawn_over_those_who_came_back_and_only_where_there_are_any():
    back = (ORDERS < 7) | (ORDERS > 50)
    scales = draw(RECENT, ORDERS, MONEY, TWENTY, back, nested=True, thresholds=((30,), (), ()))
    assert set(scales.frequency) == {(), (5,)}
    assert scales.frequency[5,].cuts == (3, 4, 5, 6)
    assert set(scales.money) == {(), *((5, f) for f in range(1, 6))}


def test_bins_are_not_nested_unless_asked_for_nor_where_thresholds_are_ones_own():
    assert set(draw(RECENT, ORDERS, MONEY, TWENTY, TWENTY > 0).frequency) == {()}
    own_orders = draw(RECENT, ORDERS, MONEY, TWENTY, TWENTY > 0, nested=True, thresholds=((30,), (7,), ()))
    assert dict(own_orders.frequency) == {(): Scale((7,), (1, 5))}
    assert set(own_orders.money) == {(), (5, 1), (5, 5), (1, 5)}
