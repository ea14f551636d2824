import numpy as np
import pytest

from segkit.core.criteria.segmentation import segment
from segkit.core.profiles.profile import profile
from segkit.decisions.criteria import Band, Criteria
from segkit.words.terms import SMALL_GROUP, Banding, Method
from tests.core.customer_tables import customer_data, shop


@pytest.fixture(scope="module")
def made():
    data = customer_data(shop(800))
    formed = segment(data, Criteria(method=Method.RFM))
    return data, formed, profile(data, formed)


def test_summary_adds_up(made):
    data, formed, tables = made
    summary = tables.summary
    assert list(summary.index) == list(formed.segments.index)
    assert summary["size"].sum() == 800
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
    expected = (inside.mean() - overall) / np.sqrt(overall * (1 - overall) * (1 / len(inside) - 1 / 800))
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
    assert tables.index.query("variable == 'region'")["p"].notna().all()


def test_descriptors_that_do_not_differ_are_rarely_called_different():
    wrong = 0
    for seed in range(20):
        data = customer_data(shop(400, seed=seed))
        index = profile(data, segment(data, Criteria(method=Method.RFM))).index
        wrong += int((index.query("variable in ['region', 'age', 'share_web_shop']")["p"] < 0.05).any())
    assert wrong <= 4


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
    assert " EUR each on average. The middle one last ordered " in text
    assert text.endswith(".")


def test_columns_without_money_leave_value_open():
    frame = shop(200)[["share_web_shop", "region", "age"]]
    data = customer_data(frame)
    formed = segment(data, Criteria(method=Method.BY_HAND, by_hand=(Band(variable="region"),)))
    tables = profile(data, formed)
    assert tables.summary["value"].isna().all()
    assert "money" not in " ".join(tables.sentences.values())
