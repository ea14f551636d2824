"""Categories that rose or fell: shares by hand, z against scipy's chi-square test."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from segkit.core.review.trends import read_trends, trends_of

COLUMNS = ["variable", "label", "level", "share_before", "share_after", "change", "z"]


def sales(levels, variable="product"):
    """Return money and orders by level."""
    rows = [(variable, variable.capitalize(), level, money, orders) for level, (money, orders) in levels.items()]
    return pd.DataFrame(rows, columns=["variable", "label", "level", "money", "orders"])


def test_shares_of_money_and_z_of_orders():
    was = sales({"Rye": (600.0, 60), "Cake": (300.0, 30), "Tea": (100.0, 10)})
    now = sales({"Rye": (600.0, 50), "Cake": (1000.0, 90), "Tea": (400.0, 20)})
    found = trends_of(was, now)
    assert [*found] == COLUMNS and found["level"].tolist() == ["Rye", "Cake", "Tea"], "the largest change first"
    assert found["share_before"].tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert found["share_after"].tolist() == pytest.approx([0.3, 0.5, 0.2])
    assert found["change"].tolist() == pytest.approx([-0.3, 0.2, 0.1])
    for level, orders, later in (("Rye", 60, 50), ("Cake", 30, 90), ("Tea", 10, 20)):
        chi = chi2_contingency([[orders, 100 - orders], [later, 160 - later]], correction=False).statistic
        z = found.set_index("level").loc[level, "z"]
        assert z**2 == pytest.approx(chi) and np.sign(z) == np.sign(later / 160 - orders / 100)


def test_a_category_that_is_new_or_gone_has_no_share_on_the_other_side():
    found = trends_of(sales({"Rye": (50.0, 5), "Tea": (50.0, 5)}), sales({"Rye": (75.0, 6), "Cake": (25.0, 4)})).set_index(
        "level"
    )
    assert found.loc["Cake", ["share_before", "share_after"]].tolist() == [0, 0.25] and found.loc["Cake", "z"] > 0
    assert found.loc["Tea", ["share_before", "share_after"]].tolist() == [0.5, 0] and found.loc["Tea", "z"] < 0


def test_each_variable_is_compared_with_itself_and_only_where_both_periods_have_it():
    was = pd.concat([sales({"Rye": (100.0, 10)}), sales({"Web": (25.0, 3), "Shop": (75.0, 7)}, "channel")])
    now = pd.concat([sales({"Web": (50.0, 5), "Shop": (50.0, 5)}, "channel"), sales({"North": (9.0, 9)}, "region")])
    found = trends_of(was, now)
    assert set(found["variable"]) == {"channel"} and set(found["label"]) == {"Channel"}
    assert found["share_before"].tolist() == [0.75, 0.25]
    assert set(trends_of(was, was)["share_before"]) == {1, 0.75, 0.25}, "shares of each variable add up on their own"


@pytest.mark.parametrize(
    ("was", "now"),
    [({}, {"Rye": (1.0, 1)}), ({"Rye": (1.0, 1)}, {}), ({}, {})],
)
def test_where_a_period_holds_nothing_there_is_no_trend(was, now):
    found = trends_of(sales(was), sales(now))
    assert not len(found) and [*found] == COLUMNS
    assert not len(trends_of(sales({"Rye": (1.0, 1)}), sales({"Web": (1.0, 1)}, "channel")))


def test_a_period_without_money_or_a_single_category_shows_no_change_of_orders():
    found = trends_of(sales({"Rye": (0.0, 0), "Tea": (0.0, 0)}), sales({"Rye": (30.0, 3), "Tea": (10.0, 1)}))
    assert found[["share_before", "z"]].to_numpy().tolist() == [[0, 0], [0, 0]]
    assert found["share_after"].tolist() == [0.75, 0.25]
    free = trends_of(sales({"Rye": (30.0, 3), "Tea": (10.0, 1)}), sales({"Rye": (0.0, 3), "Tea": (0.0, 1)}))
    assert free["share_after"].tolist() == [0, 0] and free["change"].tolist() == [-0.75, -0.25]
    assert trends_of(sales({"Rye": (5.0, 5)}), sales({"Rye": (9.0, 9)}))["z"].tolist() == [0]


def test_ten_categories_are_kept_and_equal_changes_stand_in_the_order_of_the_alphabet():
    levels = [f"L{n:02d}" for n in range(16)]
    was = sales({level: (100.0, 100) for level in reversed(levels)})
    now = sales({level: (150.0 if n % 2 else 50.0, 100) for n, level in enumerate(levels)})
    assert trends_of(was, now)["level"].tolist() == levels[:10]


def trend(level, change, z):
    return dict(zip(COLUMNS, ("product", "Product", level, 0.5, 0.5 + change, change, z), strict=True))


def test_only_what_is_three_standard_errors_apart_is_worth_a_sentence():
    assert read_trends(pd.DataFrame([trend("Rye", 0.2, 2.99), trend("Tea", -0.2, -2.99)]), "then") == ""
    assert (
        read_trends(pd.DataFrame([trend("Rye", 0.2, 3.0)]), "then")
        == " Share of money, against then: Rye rose from 50 % to 70 %."
    )
    assert "Tea fell from 50 % to 30 %" in read_trends(pd.DataFrame([trend("Tea", -0.2, -3.0)]), "then")


def test_the_first_that_rose_and_the_first_that_fell_are_named():
    several = [("Tea", -0.4, -9), ("Rye", 0.3, 0.5), ("Rolls", 0.2, 8), ("Cake", 0.1, 7), ("Jam", -0.1, -6), ("Pie", 0, 5)]
    said = read_trends(pd.DataFrame([trend(*one) for one in several]), "the same months a year before")
    assert said == (
        " Share of money, against the same months a year before: Rolls rose from 50 % to 70 %, and Tea fell from 50 % to 10 %."
    )


def test_a_share_that_stayed_neither_rose_nor_fell():
    assert read_trends(pd.DataFrame([trend("Pie", 0.0, 5.0)]), "then") == ""
    assert "rose" in read_trends(pd.DataFrame([trend("Pie", 0.04, 5.0)]), "then"), "a small rise that is sure is one"
