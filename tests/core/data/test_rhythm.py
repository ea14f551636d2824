"""How often customers order: gaps that can be worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.data.rhythm import LONG, OWN_CUSTOMERS, OWN_ORDERS, gaps, long_silence, silence, usual_gap


def people(*rows):
    """Return customers, one for each row of (days since the first order, days since the last, number of orders)."""
    return pd.DataFrame(rows, columns=["tenure_days", "recency_days", "frequency"], dtype=float)


def regulars(every, customers=OWN_CUSTOMERS, orders=OWN_ORDERS):
    """Return rows of customers who order every so many days, the last time ten days ago."""
    return [(10 + every * (orders - 1), 10, orders)] * customers


def test_the_gap_of_a_customer_is_the_time_from_first_to_last_order_over_the_orders_after_the_first():
    found = gaps(people((100, 10, 4), (100, 0, 2), (50, 50, 1), (7, 7, 0)))
    assert found[:2].tolist() == [30, 100] and np.isnan(found[2:]).all(), "who bought once has no gap"


def test_orders_of_one_day_or_of_less_than_a_day_apart_count_as_a_day():
    assert gaps(people((20, 20, 2), (20, 20, 9), (21, 20, 3), (22, 20, 3), (23, 20, 3))).tolist() == [1, 1, 1, 1, 1.5]
    assert usual_gap(people((20, 20, 3))) == 1 and long_silence(people((20, 20, 3)), np.array([True])) == 2


def test_what_is_not_known_or_cannot_be_is_no_gap():
    found = gaps(people((np.nan, 5, 3), (50, np.nan, 3), (50, 5, np.nan), (np.inf, 5, 3), (5, 50, 3)))
    assert np.isnan(found).all()
    assert np.isnan(gaps(pd.DataFrame({"tenure_days": [None], "recency_days": [1], "frequency": [2]}, dtype="Float64"))).all()


@pytest.mark.parametrize("without", ["tenure_days", "recency_days", "frequency"])
def test_without_both_dates_and_the_number_of_orders_nothing_is_known(without):
    customers = people((100, 10, 4), (100, 0, 2)).drop(columns=without)
    assert gaps(customers) is None and usual_gap(customers) is None and silence(customers) is None
    assert long_silence(customers, np.array([True, True])) is None


def test_the_usual_gap_is_the_median_over_those_who_came_back():
    assert usual_gap(people((100, 10, 4), (100, 0, 2), (50, 50, 1), (70, 10, 3))) == 30
    assert usual_gap(people((100, 10, 4), (100, 0, 2))) == 65
    assert usual_gap(people((30, 0, 2), (50, np.nan, 2), (900, 900, 1))) == 30


@pytest.mark.parametrize("rows", [[(50, 50, 1)] * 40, [(50, 50, 1), (7, 7, 0), (np.nan, np.nan, 5)], []])
def test_where_nobody_came_back_there_is_no_rhythm(rows):
    customers = people(*rows)
    assert usual_gap(customers) is None and silence(customers) is None
    assert long_silence(customers, np.ones(len(customers), dtype=bool)) is None


def test_a_silence_is_long_after_two_usual_gaps():
    assert LONG == 2
    customers = people((100, 10, 4), (100, 0, 2), (70, 10, 3))
    assert long_silence(customers, np.array([True, False, False])) == 60


@pytest.mark.parametrize(
    ("customers", "orders", "own"), [(20, 4, True), (19, 4, False), (20, 3, False), (30, 12, True), (20, 1, False)]
)
def test_a_group_has_a_rhythm_of_its_own_from_twenty_customers_with_four_orders(customers, orders, own):
    everyone = people(*regulars(5, customers, orders), *regulars(100, 60, 2))
    group = np.arange(len(everyone)) < customers
    assert usual_gap(everyone) == 100
    assert long_silence(everyone, group) == (10 if own else 200)
    assert long_silence(everyone, ~group) == 200


def test_only_those_of_a_group_who_order_often_make_its_rhythm():
    everyone = people(*regulars(5), *regulars(300, 50, 3), *regulars(100, 99, 2))
    assert usual_gap(everyone) == 100
    assert long_silence(everyone, np.arange(len(everyone)) < 70) == 10


def test_one_customer_of_unknown_dates_leaves_the_rhythm_of_its_group():
    everyone = people(*regulars(5, 30), (np.nan, 10, 6), (50, np.nan, 6), *regulars(100, 60, 2))
    assert long_silence(everyone, np.arange(len(everyone)) < 32) == 10


def test_those_whose_gap_is_not_known_are_none_of_the_twenty():
    everyone = people(*regulars(5, 19), (np.nan, 10, 6), *regulars(100, 60, 2))
    assert long_silence(everyone, np.arange(len(everyone)) < 20) == 200


def test_silence_is_counted_in_gaps_of_ones_own_from_four_orders_else_in_usual_ones():
    customers = people(*[(100, 40, 2)] * 5, (60, 30, 4), (60, 30, 3), (90, 90, 1), (80, np.nan, 2), (30, 0, 2))
    assert usual_gap(customers) == 60
    assert silence(customers)[5:] == pytest.approx([3, 0.5, 1.5, np.nan, 0], nan_ok=True)


def test_who_orders_often_but_whose_first_order_is_not_known_is_measured_by_the_others():
    assert silence(people((np.nan, 30, 9), (100, 40, 2))).tolist() == [0.5, pytest.approx(2 / 3)]


def test_the_unit_and_order_of_customers_change_nothing():
    customers = people((100, 10, 4), (100, 0, 2), (70, 10, 3), (50, 50, 1))
    turned = customers.iloc[::-1]
    assert usual_gap(turned) == usual_gap(customers) == 30
    assert silence(turned).tolist() == silence(customers).tolist()[::-1]
