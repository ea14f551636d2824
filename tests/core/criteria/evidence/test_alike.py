"""Whether customers buy alike: numbers of orders against chance, and money against an exponential amount."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.alike import buy_alike, dispersion, spread
from tests.core.customer_tables import customer_data

NAN = np.nan


def orders(further, tenure=None):
    return pd.DataFrame({"frequency": np.array(further) + 1.0} | ({} if tenure is None else {"tenure_days": tenure}))


@pytest.mark.parametrize(
    ("further", "tenure", "expected"),
    [
        # expected 2 each: 4 + 0 + 4 over 6
        ([0, 2, 4], None, 8 / 6),
        # expected by time: 1, 2 and 3
        ([0, 2, 4], [10.0, 20.0, 30.0], 2 / 6),
        # twice the time, twice the orders: nobody differs
        ([2, 4, 6], [1.0, 2.0, 3.0], 0),
        # who has been here no time or is not known does not count
        ([0, 2, 4, 90, 90, NAN, 50], [10.0, 20.0, 30.0, 0.0, NAN, 10.0, -1.0], 2 / 6),
        ([0, 2, 4, NAN, np.inf], None, 8 / 6),
        # no orders at all are no further orders either
        ([-1, 2, 4], None, 8 / 6),
        ([0, 0, 0], None, 1),
        ([NAN, NAN], None, 1),
        ([0, 3], [1.0, 1.0], 1.5),
    ],
)
def test_dispersion_by_hand(further, tenure, expected):
    assert dispersion(orders(further, tenure)) == pytest.approx(expected)


def test_spread_is_standard_deviation_by_mean():
    assert spread(pd.Series([1.0, 1.0, 1.0])) == 0
    # 10 + 2 − .01 · 2 stands in for the largest of two
    assert spread(pd.Series([10.0, 12.0, NAN, np.inf])) == pytest.approx(0.99 / 10.99)
    assert spread(pd.Series([-3.0, 1.0])) == 0 and spread(pd.Series([-1.0, 1.0])) == 0
    assert spread(pd.Series([NAN, NAN])) == 0
    giant = pd.Series([*[10.0, 20.0] * 500, 1e6])
    assert spread(giant) == pytest.approx(5 / 15, rel=0.01), "one giant does not decide"
    assert spread(giant * 0.85) == pytest.approx(spread(giant))


def alike(variables, **columns):
    return buy_alike(customer_data(pd.DataFrame(columns)), variables)


EVEN, UNEVEN = [10.0, 12.0, 10.0, 12.0], [0.0, 0.0, 0.0, 50.0]


@pytest.mark.parametrize(("further", "expected"), [([0, 3], True), ([0, 4], False), ([0, 5], False)])
def test_orders_differ_from_twice_the_variance_that_chance_would_bring(further, expected):
    """Dispersion is half of the larger number: 1.5, 2 and 2.5."""
    assert alike(("frequency",), frequency=np.array(further) + 1.0) is expected


# the largest hundredth drawn in, both (0, 1.98): deviation ÷ mean 1; (1, 9.92): .82
@pytest.mark.parametrize(("money", "expected"), [([0.0, 2.0], False), ([1.0, 10.0], True), (EVEN, True), (UNEVEN, False)])
@pytest.mark.parametrize("name", ["monetary_total", "monetary_mean"])
def test_money_differs_from_as_much_as_an_exponential_amount(name, money, expected):
    assert alike((name,), **{name: money}) is expected


def test_the_total_follows_the_number_of_orders_and_tells_nothing_more():
    same = [3.0] * 4
    assert not alike(("monetary_total",), frequency=same, monetary_total=UNEVEN)
    assert alike(("frequency", "monetary_total"), frequency=same, monetary_total=UNEVEN)
    assert not alike(("frequency", "monetary_mean"), frequency=same, monetary_mean=UNEVEN)
    assert alike(("frequency", "monetary_mean"), frequency=same, monetary_mean=EVEN)


def test_any_amount_of_money_counts_and_tastes_say_nothing():
    from dataclasses import replace

    data = customer_data(pd.DataFrame({"margin": UNEVEN, "visits": UNEVEN}))
    assert buy_alike(data, ("margin", "visits")), "their unit is not known to be money"
    money = tuple(replace(v, unit="money") if v.name == "margin" else v for v in data.variables)
    assert not buy_alike(replace(data, variables=money), ("margin", "visits"))
    assert buy_alike(replace(data, variables=money), ("visits",))
