"""How a variable is spread within each segment: values by hand, and what must not change whatever the customers are."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap

from segkit.core.disclosure import how_many
from segkit.core.profiles.profile import profile
from segkit.core.profiles.spread import spread, spreadable
from tests.core.customer_tables import customer_data
from tests.core.parted import parted
from tests.made_up import customer_data as many_customers
from tests.made_up import segmentation


def of_money(values, of, formed_by=()):
    data = customer_data(pd.DataFrame({"monetary_total": values}))
    return spread(data, parted(data, of, formed_by), data.variable("monetary_total"))


def test_a_table_small_enough_to_check_by_eye():
    found = of_money([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 20, 100, 100, 100, 100, 100], "a" * 10 + "b" * 5)
    assert found.blocks.to_numpy().tolist() == [["a", 3.0, 5], ["a", 10.0, 5], ["b", 100.0, 5]]
    assert found.blocks.index.tolist() == [0, 1, 2]
    assert found.means["mean"].tolist() == [6.5, 100.0] and found.means["median"].tolist() == [5.5, 100.0]
    assert found.means.loc["b", ["low", "high"]].tolist() == [100.0, 100.0]
    low, high = found.means.loc["a", ["low", "high"]]
    assert found.sentence == (
        "Total spend is highest in “B”: 100 EUR on average (95 % confidence range: 100 EUR to 100 EUR). Next comes “A”, "
        f"6.50 EUR on average (95 % confidence range: {low:.2f} EUR to {high:.2f} EUR): the two ranges do not overlap, so the "
        "difference is more than chance. Customers differ within each segment, too: none of “A” have more than the typical "
        "customer of “B” (100 EUR, in the middle of the segment)."
    )


def test_the_interval_is_about_that_of_scipy():
    values = np.random.default_rng(1).lognormal(3, 1, 400)
    row = of_money(values, "a" * 400).means.loc["a"]
    other = bootstrap((values,), np.mean, method="percentile", rng=np.random.default_rng(2)).confidence_interval
    assert row["low"] == pytest.approx(other.low, rel=0.03) and row["high"] == pytest.approx(other.high, rel=0.03)


def test_money_has_the_figures_of_the_table_beside_it():
    data, formed = many_customers(), segmentation(5)
    found = spread(data, formed, data.variable("monetary_total"))
    summary = profile(data, formed).summary
    pd.testing.assert_frame_equal(
        found.means[["mean", "low", "high"]],
        summary[["value_mean", "value_mean_low", "value_mean_high"]].set_axis(["mean", "low", "high"], axis=1),
        check_names=False,
    )


def test_ranges_that_meet_are_not_sold_as_a_difference():
    values = np.tile([10.0, 20, 30, 40, 50], 8)
    assert "the two ranges overlap, so which of them is ahead may be chance" in of_money(values, "ab" * 20).sentence


def test_a_handful_who_have_more_is_not_counted_out():
    said = of_money([*[1.0] * 97, 500, 500, 500, *[100.0] * 50], "a" * 100 + "b" * 50).sentence
    assert "hardly any of “A” have more" in said and "3 %" not in said


def test_a_segment_of_very_few_is_left_out_and_named():
    found = of_money([*range(1, 11), *range(20, 40), 777, 778, 779, 780], "a" * 10 + "c" * 20 + "b" * 4)
    assert list(found.means.index) == ["c"] and set(found.blocks["segment_id"]) == {"c"}
    assert " Not shown: “A”, “B”, where figures would be" in found.sentence and "77" not in found.sentence


def test_money_comes_first_and_what_is_no_number_or_the_same_for_all_never():
    data = many_customers()
    names = [v.name for v in spreadable(data)]
    assert names[0] == "monetary_total" and set(names) == {"monetary_total", "recency_days", "frequency", "age_years"}
    same = replace(data, customers=data.customers.assign(frequency=1.0))
    assert "frequency" not in [v.name for v in spreadable(same)]
    few = replace(data, variables=tuple(replace(v, usable=False) for v in data.variables))
    assert [v.name for v in spreadable(few)] == ["monetary_total"], "no others that may not form segments"


customers = st.lists(st.tuples(st.floats(-1e6, 1e6), st.sampled_from("abc")), min_size=15, max_size=60)


@settings(max_examples=8, deadline=None)
@given(customers, st.randoms(use_true_random=False))
def test_blocks_hold_everybody_show_nobody_and_know_no_order(rows, random):
    values, of = [value for value, _ in rows], [letter for _, letter in rows]
    found = of_money(values, of)
    shown = found.blocks.groupby("segment_id")["customers"].sum()
    assert shown.to_dict() == {s: of.count(s) for s in shown.index} and len(found.means) == len(shown)
    assert (found.blocks["customers"] >= 5).all()
    for segment, mine in found.blocks.groupby("segment_id"):
        own = [value for value, letter in rows if letter == segment]
        assert np.average(mine["value"], weights=mine["customers"]) == pytest.approx(np.mean(own), rel=1e-9, abs=1e-6)
        assert (np.diff(mine["value"]) >= -1e-9).all()
    random.shuffle(rows)
    again = of_money([value for value, _ in rows], [letter for _, letter in rows])
    pd.testing.assert_frame_equal(again.blocks, found.blocks)
    pd.testing.assert_frame_equal(again.means, found.means)


def test_twice_the_money_is_twice_the_spread():
    values = np.random.default_rng(3).lognormal(3, 1, 60)
    one, two = of_money(values, "ab" * 30), of_money(2 * values, "ab" * 30)
    assert two.blocks["value"].to_numpy() == pytest.approx(2 * one.blocks["value"].to_numpy())
    figures = ["mean", "low", "high", "median"]
    assert two.means[figures].to_numpy() == pytest.approx(2 * one.means[figures].to_numpy())


def test_the_middle_is_nobody_s_own_figure():
    found = of_money([1.0, 2, 40, 1000, 2000, *[1.0] * 9], "a" * 5 + "b" * 9)
    assert found.means.loc["a", "median"] == pytest.approx(3043 / 5)
    assert "40.00" not in found.sentence and "40 EUR" not in found.sentence


def test_means_in_another_order_than_the_typical_customers_are_said():
    said = of_money([*[10.0] * 99, 1e6, *[100.0] * 100], "a" * 100 + "b" * 100).sentence
    assert said.endswith("order is the other way round: a few extreme ones can move an average.")
    assert "in the other order" not in of_money([*[10.0] * 100, *[100.0] * 100], "a" * 100 + "b" * 100).sentence


def test_what_formed_the_segments_is_no_discovery():
    data, formed = many_customers(), segmentation(5)
    said = {name: spread(data, formed, data.variable(name)).sentence for name in ("monetary_total", "age_years")}
    # formed by recency and orders, of which money is counted from the same orders
    assert "no discovery" in said["monetary_total"] and "no discovery" not in said["age_years"]
    values, of = [*range(1, 21), *range(100, 120)], "a" * 20 + "b" * 20
    assert "the two ranges do not overlap, so the difference is more than chance." in of_money(values, of).sentence
    told = of_money(values, of, ("frequency",)).sentence
    assert "the two ranges do not overlap. " in told and "more than chance" not in told, "one or the other, never both"


def test_a_segment_left_out_keeps_its_place_among_the_looks():
    found = of_money([777.0, 778, 779, 780, *range(1, 11), *range(20)], "a" * 4 + "b" * 10 + "c" * 20)
    assert found.order == ("a", "b", "c") and list(found.means.index) == ["c"]


def test_customers_without_a_value_are_counted_but_money_that_is_missing_is_none_as_in_the_table():
    frame = pd.DataFrame({"age": [np.nan] * 8 + [*range(20, 52)], "monetary_total": [np.nan] * 8 + [*range(1, 33)]})
    data = customer_data(frame)
    ages = spread(data, parted(data, "a" * 40), data.variable("age"))
    assert ages.means.loc["a", "customers"] == 32 and ages.sentence.endswith("32 of 40 customers have a value.")
    money = spread(data, parted(data, "a" * 40), data.variable("monetary_total"))
    assert money.means.loc["a", "customers"] == 40 and "have a value" not in money.sentence


@pytest.mark.parametrize(
    ("customers", "blocks", "smallest"), [(9, 1, 9), (10, 2, 5), (1000, 200, 5), (1001, 166, 6), (1200, 200, 6)]
)
def test_a_segment_is_drawn_in_two_hundred_blocks_at_most_and_none_of_fewer_than_five(customers, blocks, smallest):
    found = of_money(np.arange(customers, dtype=float), "a" * customers).blocks
    assert [*found] == ["segment_id", "value", "customers"]
    assert len(found) == blocks and found["customers"].min() == smallest and found["customers"].sum() == customers


@pytest.mark.parametrize(
    ("money", "middle"),
    [
        ([1, 2, 3, 4, 10], 4.0),  # all five
        ([1, 2, 3, 4, 10, 100], 20.0),  # all six
        ([0, 1, 2, 3, 4, 10, 100], 4.0),  # five in the middle
        ([0, 1, 2, 3, 4, 10, 100, 999], 20.0),
        ([-5, 0, 1, 2, 3, 4, 10, 100, 999], 4.0),
    ],
)
def test_the_typical_customer_is_the_mean_of_the_five_or_six_in_the_middle(money, middle):
    assert of_money([float(m) for m in money], "a" * len(money)).means.loc["a", "median"] == middle


def test_segments_of_the_same_money_meet_and_nobody_has_more_than_the_typical_customer():
    said = of_money([7.0] * 12, "ab" * 6).sentence
    assert "highest in “A”" in said and "Next comes “B”" in said, "the first in display order"
    assert "the two ranges overlap" in said and "none of “B” have more" in said


def test_ranges_are_compared_from_the_lower_bound_of_the_first_to_the_upper_one_of_the_next():
    values = [*[10.0] * 20, *[12.0] * 20, 100.0, *[11.0] * 19, 300.0, *[18.0] * 19]
    found = of_money(values, "a" * 20 + "b" * 20 + "c" * 20 + "d" * 20)
    rows = found.means.loc[["d", "c"]]
    assert rows.loc["d", "low"] <= rows.loc["c", "high"] and rows.loc["d", "low"] > rows.loc["c", "low"]
    assert (
        "highest in “D”" in found.sentence and "Next comes “C”" in found.sentence and "the two ranges overlap" in found.sentence
    )


def test_all_who_have_more_than_the_typical_customer_are_counted():
    values = [*[50.0] * 20, *[*[60.0] * 8, *[1.0] * 12]]
    assert (
        "40 % of “B” have more than the typical customer of “A” (50.00 EUR," in of_money(values, "a" * 20 + "b" * 20).sentence
    )


def test_one_segment_alone_is_compared_with_nobody():
    alone = of_money([float(v) for v in range(10)], "a" * 10, ("monetary_total",)).sentence
    assert alone.startswith("Total spend is highest in “A”: 4.50 EUR on average")
    assert "Next" not in alone and "no discovery" not in alone
    assert "no discovery" in of_money([float(v) for v in range(10)], "ab" * 5, ("monetary_total",)).sentence


def test_where_nobody_has_enough_values_no_figure_is_said():
    found = of_money([777.0] * 8, "ab" * 4)
    assert not len(found.means) and not len(found.blocks) and [*found.blocks] == ["segment_id", "value", "customers"]
    assert found.sentence == (
        "“Total spend” is known for too few customers in every segment. Not shown: “A”, “B”, where figures would "
        "be those of fewer than 5 customers or of one large one, or would give them away."
    )


def test_intervals_are_seeded_with_nought_unless_something_else_is_said():
    data = customer_data(pd.DataFrame({"monetary_total": np.random.default_rng(2).lognormal(3, 1, 30)}))
    segments, money = parted(data, "a" * 30), data.variable("monetary_total")
    bounds = ["low", "high"]
    plain, nought, one = (
        spread(data=data, segmentation=segments, variable=money, **how).means[bounds] for how in ({}, {"seed": 0}, {"seed": 1})
    )
    pd.testing.assert_frame_equal(plain, nought)
    assert (plain != one).all(axis=None)


def test_a_spread_knows_what_it_is_counted_in():
    data = customer_data(pd.DataFrame({"recency_days": range(10)}), currency="GBP")
    found = spread(data, parted(data, "ab" * 5, order="ba"), data.variable("recency_days"))
    assert (found.label, found.unit, found.currency, found.order) == ("Days since last order", "days", "GBP", ("b", "a"))
    assert found.means.index.name == "segment_id" and found.means["segment_name"].tolist() == ["B", "A"]


def test_infinite_figures_are_not_known():
    data = customer_data(pd.DataFrame({"age": [np.inf, *range(20, 30)]}))
    found = spread(data, parted(data, "a" * 11), data.variable("age"))
    assert found.means.loc["a", "customers"] == 10 and found.sentence.endswith("10 of 11 customers have a value.")


@pytest.mark.parametrize(("some", "of"), [(1, 5), (4, 8), (4, 9), (5, 9), (6, 10), (4, 19), (15, 19)])
def test_of_fewer_than_twenty_customers_a_handful_is_neither_hardly_any_nor_nearly_all(some, of):
    assert how_many(some, of) == "some"


@pytest.mark.parametrize(("some", "said"), [(0, "none"), (1, "hardly any"), (4, "hardly any"), (5, "25 %"), (15, "75 %"),
                                            (16, "nearly all"), (19, "nearly all"), (20, "all")])  # fmt: skip
def test_of_twenty_customers_a_handful_is_hardly_any_and_all_but_a_handful_nearly_all(some, said):
    assert how_many(some, 20) == said
