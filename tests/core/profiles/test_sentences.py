"""What is said of a segment, from figures made up by hand."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.profiles.sentences import counted_orders, sentences_of

ROW = {
    "size": 120,
    "share": 0.304,
    "share_said": 0.3,
    "value_share": 0.596,
    "value_share_said": 0.6,
    "value_mean": 250.0,
    "recency_days": 14.0,
    "frequency": 2.5,
    "money_hidden": False,
}
UNITS = {"club": "", "age": "years", "web": "share", "basket": "EUR", "recency_days": "days", "frequency": "orders"}
UNITS |= {"monetary_total": "EUR"}
WHO = "120 customers (30 % of all), who bring in 60 % of the money, 250 EUR each on average"


def said(markers=(), without=(), **changes):
    row = pd.Series({name: value for name, value in (ROW | changes).items() if name not in without}, dtype=object)
    columns = ["variable", "label", "level", "value", "all"]
    frame = pd.DataFrame([dict(zip(columns, one, strict=True)) for one in markers], columns=columns)
    return sentences_of(row, frame.astype({"level": "str", "variable": "str"}), UNITS, "EUR")


@pytest.mark.parametrize(
    ("changes", "without", "text"),
    [
        ({}, (), f"{WHO}. On average they last ordered 14 days ago and have placed 2.5 orders."),
        ({"frequency": 1.0}, (), f"{WHO}. On average they last ordered 14 days ago and have placed 1 order."),
        ({}, ("frequency",), f"{WHO}. On average they last ordered 14 days ago."),
        ({"frequency": np.nan}, (), f"{WHO}. On average they last ordered 14 days ago."),
        ({}, ("recency_days",), f"{WHO}. On average they have placed 2.5 orders."),
        ({"recency_days": np.nan}, (), f"{WHO}. On average they have placed 2.5 orders."),
        ({}, ("recency_days", "frequency"), f"{WHO}."),
        ({"recency_days": np.nan, "frequency": np.nan}, (), f"{WHO}."),
        ({"recency_days": np.nan}, ("frequency",), f"{WHO}."),
        ({"value_share": np.nan}, ("recency_days", "frequency"), "120 customers (30 % of all)."),
    ],
)
def test_who_they_are_is_said_as_far_as_it_is_known(changes, without, text):
    assert said(without=without, **changes)[0] == text


def test_money_that_is_nearly_one_customers_own_is_not_told_and_that_is_said():
    who, _ = said(money_hidden=True, value_share=float("nan"))
    assert (
        "What they spend is not shown: it would reveal the spending of a single large customer." in who
        and "bring in" not in who
    )


def test_what_sets_them_apart_has_units_and_the_figure_of_all_customers():
    markers = [
        ("club", "Club", "gold", 0.5, 0.2),
        ("age", "Age in years", "", 61.0, 40.0),
        ("basket", "Basket", "", 120.0, 60.0),
    ]
    assert said(markers)[1] == (
        "What sets them apart: club gold for 50 % (all customers: 20 %), age in years 61 (all customers: 40) and basket "
        "120 EUR (all customers: 60.00 EUR)."
    )
    assert said([("web", "Share of orders by web", "", 0.9, 0.25)])[1].endswith("by web 90 % (all customers: 25 %).")


def test_three_differences_are_said_and_no_fourth():
    markers = [("club", "Club", level, 0.5, 0.2) for level in "vwxy"]
    assert [f"club {level} " in said(markers)[1] for level in "vwxy"] == [True, True, True, False]


@pytest.mark.parametrize("level", ["no", "No", "N", "FALSE", "0", "other"])
def test_a_no_and_the_rest_of_all_levels_tell_nothing(level):
    markers = [("club", "Club", level, 0.9, 0.5), ("club", "Club", "gold", 0.5, 0.2)]
    assert said(markers)[1] == "What sets them apart: club gold for 50 % (all customers: 20 %)."


@pytest.mark.parametrize("variable", ["recency_days", "frequency", "monetary_total"])
def test_what_was_said_already_is_not_said_twice(variable):
    assert said([(variable, "Label", "", 9.0, 3.0)])[1] == ("What sets them apart: nothing beyond what formed the segment.")


@pytest.mark.parametrize(("orders", "text"), [(1, "1 order"), (1.5, "1.5 orders"), (2, "2 orders"), (0, "0 orders")])
def test_a_mean_of_orders_may_be_a_half(orders, text):
    assert counted_orders(orders) == text
