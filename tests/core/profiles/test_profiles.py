import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.segmentation import segment
from segkit.core.profiles.index_vs_base import INDEX_COLUMNS, index_of
from segkit.core.profiles.profile import profile
from segkit.decisions.criteria import Band, Criteria
from segkit.words.terms import SMALL_GROUP, Banding, Method
from tests.core.customer_tables import customer_data, shop
from tests.core.parted import parted


@pytest.fixture(scope="module")
def made():
    data = customer_data(shop(400))
    formed = segment(data, Criteria(method=Method.RFM))
    return data, formed, profile(data, formed)


def test_summary_adds_up(made):
    data, formed, tables = made
    summary = tables.summary
    assert list(summary.index) == list(formed.segments.index)
    assert summary["size"].sum() == 400
    assert summary["value"].sum() == pytest.approx(data.revenue)
    assert summary["value_share"].sum() == pytest.approx(1)
    assert (summary["value_mean_low"] < summary["value_mean"]).all()
    assert (summary["value_mean"] < summary["value_mean_high"]).all()


def test_index_is_segment_over_all_customers(made):
    data, formed, tables = made
    row = tables.index.query("segment_id == 'champions' and variable == 'region' and level == 'South'").iloc[0]
    inside = data.customers.loc[formed.segment_of == "champions", "region"].eq("South")
    overall = data.customers["region"].eq("South").mean()
    assert row["value"] == pytest.approx(inside.mean())
    assert row["all"] == pytest.approx(overall)
    assert row["index_vs_base"] == pytest.approx(100 * inside.mean() / overall)
    expected = (inside.mean() - overall) / np.sqrt(overall * (1 - overall) * (1 / len(inside) - 1 / 400))
    assert row["z"] == pytest.approx(expected)
    assert row["n"] == len(inside)


def test_segment_means_weigh_up_to_the_mean_of_all(made):
    _, _, tables = made
    for _, rows in tables.index.query("numeric").groupby("variable"):
        assert np.average(rows["value"], weights=rows["n"]) == pytest.approx(rows["all"].iloc[0])


def test_segmentation_variables_are_never_tested(made):
    _, formed, tables = made
    forming = tables.index["variable"].isin(formed.variables)
    assert tables.index["segmentation_variable"].equals(forming.rename("segmentation_variable"))
    assert tables.index.loc[forming, "p"].isna().all()
    # computed from the same orders, so not tested either
    assert tables.index.query("variable == 'monetary_mean'")["p"].isna().all()
    region = tables.index.query("variable == 'region'")
    assert region["p"].notna().equals(~region["suppressed"].astype(bool)) and region["p"].notna().any()


def test_descriptors_that_do_not_differ_are_rarely_called_different():
    wrong = 0
    for seed in range(10):
        data = customer_data(shop(200, seed=seed)[["region", "age", "share_web_shop"]])
        index = index_of(data, parted(data, np.random.default_rng(seed).choice([*"abcd"], 200)))
        wrong += int((index["p"] < 0.05).any())
    assert wrong <= 2


def test_small_groups_are_not_shown():
    frame = shop(300)
    frame["club"] = np.where(np.arange(300) < 6, "gold", "none")
    data = customer_data(frame)
    bands = (Band(variable="frequency", banding=Banding.OWN, thresholds=(2,)),)
    formed = segment(data, Criteria(method=Method.BY_HAND, by_hand=bands))
    index = profile(data, formed).index
    gold = index.query("level == 'gold'")
    counts = data.customers["club"].eq("gold").groupby(formed.segment_of).sum()
    for _, row in gold.iterrows():
        few = 0 < counts[row["segment_id"]] < SMALL_GROUP
        assert row["suppressed"] == few
        assert np.isnan(row["value"]) == few
        assert np.isnan(row["index_vs_base"]) == few
        assert np.isnan(row["z"]) == few
    assert gold["suppressed"].any()


def test_markers_differ_enough_and_are_few(made):
    _, _, tables = made
    markers = tables.markers
    assert markers.groupby("segment_id").size().max() <= 5
    far = (markers["index_vs_base"] - 100).abs() >= 50
    assert (far | ((markers["value"] - markers["all"]).abs() >= 0.25)).all()
    assert not markers["suppressed"].any()


def test_sentences_have_numbers_and_units(made):
    _, formed, tables = made
    assert list(tables.sentences) == list(formed.segments.index)
    text = tables.sentences["champions"]
    row = tables.summary.loc["champions"]
    assert text.startswith(f"{int(row['size'])} customers (")
    assert " EUR each on average. On average they last ordered " in text
    assert text.endswith(".")


def test_columns_without_money_leave_value_open():
    frame = shop(200)[["share_web_shop", "region", "age"]]
    data = customer_data(frame)
    formed = segment(data, Criteria(method=Method.BY_HAND, by_hand=(Band(variable="region"),)))
    tables = profile(data, formed)
    assert tables.summary["value"].isna().all()
    assert "money" not in " ".join(tables.sentences.values())


def told(segments, **columns):
    data = customer_data(pd.DataFrame(columns), currency="GBP")
    return profile(data, parted(data, segments, ("visits",)))


def test_each_segment_has_its_own_sentences_with_its_own_markers():
    tables = told(
        "a" * 20 + "b" * 24, visits=[1.0] * 20 + [9.0] * 24, monetary_total=[30.0] * 20 + [10.0] * 20 + [2.5] * 4,
        club=["gold"] * 20 + ["tin"] * 24, basket_size=[6.0] * 20 + [2.0] * 24,
    )  # fmt: skip
    assert tables.sentences["a"].startswith(
        "20 customers (45 % of all), who bring in 74 % of the money, 30.00 GBP each on average. "
    )
    for which, apart in tables.apart.items():
        assert tables.sentences[which].endswith(apart)
    assert tables.apart["a"].startswith("What sets them apart: ") and "basket size 6 (all customers: 3.8)" in tables.apart["a"]
    assert "club gold for 100 %" in tables.apart["a"] and "club gold for 0 %" in tables.apart["b"]


def test_what_only_orders_the_markers_is_not_handed_on():
    tables = told("a" * 10 + "b" * 10, visits=[1.0] * 10 + [9.0] * 10)
    assert [*tables.index] == [*tables.markers] == INDEX_COLUMNS


def test_intervals_are_seeded_with_nought_unless_something_else_is_said():
    data = customer_data(pd.DataFrame({"monetary_total": np.random.default_rng(2).lognormal(3, 1, 30)}))
    segments = parted(data, "a" * 30)
    bounds = ["value_mean_low", "value_mean_high"]
    plain, nought, one = (
        profile(data=data, segmentation=segments, **how).summary[bounds] for how in ({}, {"seed": 0}, {"seed": 1})
    )
    pd.testing.assert_frame_equal(plain, nought)
    assert (plain != one).all(axis=None)
