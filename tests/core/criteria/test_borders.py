"""How close to the border: two numbers whose bands are printed here, and the words for a change."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.borders import Border, nearest_borders, say_borders
from segkit.core.data.values import codes, finite

CUTS = {"frequency": (2.0, 5.0), "monetary_total": (50.0, 200.0)}
UNITS = {"frequency": "orders", "monetary_total": "money", "recency_days": "days"}


def crossed(frame):
    """Put customers into the crossing of the bands: "f1-m2"."""
    f, m = (codes(finite(frame[name]), CUTS[name]) for name in CUTS)
    return pd.Series([f"f{a}-m{b}" for a, b in zip(f, m, strict=True)], index=frame.index)


def near(frequency, money, cuts=CUTS, assign=crossed, units=UNITS):
    row = pd.DataFrame({"frequency": [frequency], "monetary_total": [money], "region": ["North"]}, index=["c1"])
    return {border.variable: border for border in nearest_borders(row, cuts, units, assign)}


@pytest.mark.parametrize(
    ("orders", "change", "segment"),
    [(1, 1, "f1-m1"), (2, -1, "f0-m1"), (3, -2, "f0-m1"), (4, 1, "f2-m1"), (5, -1, "f1-m1"), (9, -5, "f1-m1")],
)
def test_orders_change_by_the_fewest_whole_orders_that_lead_elsewhere(orders, change, segment):
    assert near(orders, 100)["frequency"] == Border("frequency", change, segment)


@pytest.mark.parametrize(
    ("money", "change", "segment"),
    [(10, 40, "f1-m1"), (49.5, 0.5, "f1-m1"), (50, 0, "f1-m0"), (60, -10, "f1-m0"), (195.5, 4.5, "f1-m2"), (200, 0, "f1-m1")],
)
def test_money_changes_up_to_the_threshold_or_to_just_below_it(money, change, segment):
    found = near(3, money)["monetary_total"]
    assert (found.change, found.segment_id) == (pytest.approx(change, abs=1e-9), segment)
    assert found.change != 0


def test_whole_orders_pass_a_threshold_between_two_of_them():
    cuts = {"frequency": (4.5,)}
    for orders, change in ((3, 2), (4, 1), (5, -1), (6, -2)):
        found = near(orders, 100, cuts, lambda frame: (frame["frequency"] >= 4.5).astype(str))
        assert found["frequency"].change == change


def test_a_fraction_of_an_order_is_no_whole_number_and_changes_by_fractions():
    assert near(1.25, 100)["frequency"].change == 0.75
    assert near(1.0, 100, units={})["frequency"].change == 1
    assert near(2.0, 100, units={})["frequency"].change == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("unit", ["days", "orders", "products"])
def test_days_orders_and_products_come_whole(unit):
    assert near(2, 100, units={"frequency": unit})["frequency"].change == -1


def test_a_value_that_is_not_known_has_no_border_and_the_others_keep_theirs():
    found = near(np.nan, 60)
    assert list(found) == ["monetary_total"]
    assert found["monetary_total"].segment_id == "f-1-m0"
    assert near(np.inf, np.nan) == {}


def test_no_threshold_no_border():
    assert near(3, 100, {}) == {} and near(3, 100, {"frequency": ()}) == {}


def test_a_nearer_change_into_the_same_segment_is_no_border():
    def merged(frame):
        return crossed(frame).replace({"f2-m1": "f1-m1"})

    assert near(4, 100, assign=merged)["frequency"] == Border("frequency", -3, "f0-m1")


def test_the_nearest_is_found_in_whichever_order_thresholds_stand():
    for cuts in ((2.0, 5.0), (5.0, 2.0)):
        assert near(4, 100, {"frequency": cuts})["frequency"].change == 1
        assert near(2, 100, {"frequency": cuts})["frequency"].change == -1


LABELS = {
    "frequency": "Orders",
    "recency_days": "Days since last order",
    "monetary_total": "Total spend",
    "age": "Age",
    "tenure": "Years with us",
}
NAMES = {"s1": "Loyal", "s2": "Lost"}


@pytest.mark.parametrize(
    ("variable", "change", "said"),
    [
        ("frequency", 1, "with 1 more order"),
        ("frequency", 2, "with 2 more orders"),
        ("frequency", -1, "with 1 fewer order"),
        ("frequency", -3, "with 3 fewer orders"),
        ("recency_days", 1, "after 1 more day without an order"),
        ("recency_days", 61, "after 61 more days without an order"),
        ("recency_days", -1, "with a last order 1 day later"),
        ("recency_days", -11, "with a last order 11 days later"),
        ("monetary_total", 4.5, "with total spend 4.50 EUR higher"),
        ("monetary_total", -146, "with total spend 146 EUR lower"),
        ("age", 2, "with age 2 years higher"),
        ("tenure", 2, "with years with us 2 higher"),  # the label says the unit already
    ],
)
def test_a_change_is_said_in_the_unit_of_the_variable(variable, change, said):
    units = UNITS | {"age": "years", "tenure": "years"}
    text = say_borders([Border(variable, change, "s1")], LABELS, units, NAMES, "EUR")
    assert text == f"How close to the border: {said} it would be in “Loyal”."


def test_several_borders_are_said_in_one_sentence_and_none_in_another():
    borders = [Border("frequency", 1, "s1"), Border("monetary_total", -10, "s2")]
    assert say_borders(borders, LABELS, UNITS, NAMES, "€") == (
        "How close to the border: with 1 more order it would be in “Loyal”; with total spend €10.00 lower in “Lost”."
    )
    assert say_borders([], LABELS, UNITS, NAMES, "€").startswith("No change of a single figure")
