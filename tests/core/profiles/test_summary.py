"""Size, money and means of segments small enough to add up by hand."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.profiles.summary import summary_of
from tests.core.customer_tables import customer_data
from tests.core.parted import parted

NAN = np.nan
MONEY = ["value", "value_share", "value_mean", "value_mean_low", "value_mean_high"]


def summed(of, order="", seed=0, **columns):
    data = customer_data(pd.DataFrame(columns))
    return summary_of(data, parted(data, of, order=order), seed)


def test_a_table_by_hand():
    table = summed(
        "bbbbbaaaaaa", "ba",
        monetary_total=[10.0] * 5 + [1.0, 2, 3, 4, 0, NAN], recency_days=[1.0, 9, 2, NAN, 4, 5, 6, 7, 8, 9, 30],
        frequency=[1.0, 1, 2, 3, 9, *[2] * 6],
    )  # fmt: skip
    assert table.index.tolist() == ["b", "a"] and table["size"].tolist() == [5, 6]
    assert table["share"].tolist() == pytest.approx([5 / 11, 6 / 11])
    assert table["value"].tolist() == [50, 10] and table["value_share"].tolist() == pytest.approx([5 / 6, 1 / 6])
    assert table["value_mean"].tolist() == pytest.approx([10, 10 / 6]), "who spent nothing counts with nought"
    assert table.loc["b", ["value_mean_low", "value_mean_high"]].tolist() == [10, 10]
    assert 0 <= table.loc["a", "value_mean_low"] < 10 / 6 < table.loc["a", "value_mean_high"] <= 4
    assert table["recency_days"].tolist() == pytest.approx([16 / 4, 65 / 6]) and table["frequency"].tolist() == [16 / 5, 2]


def test_the_money_of_four_customers_is_not_shown_nor_what_would_tell_it():
    table = summed("aaaabbbbbcccccc", monetary_total=[1.0, 2, 3, 4, 5, 6, 7, 8, 9, 2, 2, 2, 2, 2, 2])
    assert table["money_hidden"].tolist() == [True, True, False] and table["value_mean"].isna().tolist() == [True, True, False]
    assert table[["value_mean_low", "value_mean_high"]].isna().all(axis=1).tolist() == [True, True, False]


def test_the_money_of_one_giant_is_not_shown_nor_that_of_the_segment_that_would_tell_it():
    table = summed("aaaaaabbbbbbbcccccccc", monetary_total=[9000.0, 1, 1, 1, 1, 1, *[10.0] * 7, *[20.0] * 8])
    assert table["money_hidden"].tolist() == [True, True, False]


@pytest.mark.parametrize("columns", [{"age": [20.0] * 10}, {"age": [20.0] * 10, "monetary_total": [NAN] * 10}])
def test_without_money_there_is_no_value_and_what_is_not_known_has_no_column(columns):
    table = summed("ab" * 5, **columns)
    assert table[MONEY].isna().all(axis=None) and not {"recency_days", "frequency"} & set(table)


@pytest.mark.parametrize(("money", "share"), [([0.0] * 10, [NAN, NAN]), ([0.05] * 10, [0.5, 0.5]), ([-1.0] * 10, [NAN, NAN])])
def test_shares_of_money_need_money(money, share):
    assert summed("ab" * 5, monetary_total=money)["value_share"].tolist() == pytest.approx(share, nan_ok=True)


def test_infinite_figures_are_not_known():
    assert summed("a" * 5, recency_days=[np.inf, 1, 2, 3, 10])["recency_days"].tolist() == [4]


def test_shares_are_said_in_whole_percents_that_add_up():
    table = summed("a" * 67 + "b" * 67 + "c" * 66, monetary_total=[1.0] * 67 + [3.0] * 67 + [2.0] * 66)
    assert table["share"].tolist() == pytest.approx([0.335, 0.335, 0.33])
    assert table["share_said"].tolist() == [0.34, 0.33, 0.33]
    assert table["value_share"].tolist() == pytest.approx([67 / 400, 201 / 400, 132 / 400])
    assert table["value_share_said"].tolist() == [0.17, 0.5, 0.33]
    without = summed("ab" * 5, age=[20.0] * 10)
    assert without["share_said"].tolist() == [0.5, 0.5] and without["value_share_said"].isna().all()


def test_intervals_hang_on_seed_and_place_and_not_on_the_order_of_rows():
    money = np.random.default_rng(5).lognormal(3, 1, 40)
    bounds = ["value_mean_low", "value_mean_high"]
    one = summed("a" * 20 + "b" * 20, monetary_total=money)
    turned = summed("b" * 20 + "a" * 20, monetary_total=money[::-1])
    pd.testing.assert_frame_equal(one[bounds], turned[bounds])
    assert (one[bounds] != summed("a" * 20 + "b" * 20, seed=1, monetary_total=money)[bounds]).all(axis=None)
    twins = summed("a" * 20 + "b" * 20, monetary_total=[*money[:20], *money[:20]])
    assert twins.loc["a", bounds].tolist() != twins.loc["b", bounds].tolist(), "each segment draws for itself"
