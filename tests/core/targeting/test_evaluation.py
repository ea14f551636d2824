import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.segmentation import segment
from segkit.core.goals.break_even import break_even
from segkit.core.profiles.profile import profile
from segkit.core.targeting.customer_list import customer_list
from segkit.core.targeting.evaluation import evaluate
from segkit.core.targeting.sample_size import arm_size, plan_test
from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import BreakEven, Goals, Weight
from segkit.decisions.targeting import SegmentRating, Targeting
from segkit.words.errors import CriteriaError
from segkit.words.terms import Attractiveness, KnockOut, Method, Verdict
from tests.core.customer_tables import customer_data, shop


@pytest.fixture(scope="module")
def made():
    frame = shop(700)
    frame["tenure_days"] = frame["recency_days"] + 30 * (frame["frequency"] - 1)
    data = customer_data(frame)
    formed = segment(data, Criteria(method=Method.RFM))
    return data, formed, profile(data, formed)


def trusted(formed, verdict=Verdict.CONSTRUCTED, **jaccard):
    again = pd.Series(0.9, index=formed.segments.index)
    for segment_id, value in jaccard.items():
        again[segment_id] = value
    return Trust(verdict, "", 0.9, 0.9, 0.9, again.to_frame("jaccard"))


def test_scores_run_from_one_to_five_and_follow_the_data(made):
    data, formed, tables = made
    table = evaluate(data, formed, tables, trusted(formed), Goals(), Targeting()).table
    scores = table[["value_score", "growth", "profit", "loyalty", "ease", "fit", "attractiveness", "position"]]
    assert scores.min(axis=None) >= 1
    assert scores.max(axis=None) <= 5
    assert table["value_score"].idxmax() == tables.summary["value"].idxmax()
    assert table.loc["new", "loyalty"] == 1
    assert table["value"].sum() == pytest.approx(data.revenue)
    average = 1 + 4 * 1 / 2
    share = tables.summary["value_share"] * len(table)
    assert ((table["value_score"] > average) == (share > 1)).all()


def test_ratings_and_weights_count(made):
    data, formed, tables = made
    rating = SegmentRating(segmentation=formed.key, segment_id="loyal", position=5, profit=5, ease=1, fit=4)
    goals = Goals(weights=(Weight(criterion=Attractiveness.PROFIT, weight=5),))
    table = evaluate(data, formed, tables, trusted(formed), goals, Targeting(ratings=(rating,))).table
    assert table.loc["loyal", ["position", "profit", "ease", "fit", "attractiveness"]].tolist() == [5, 5, 1, 4, 5]
    assert table.loc["new", "attractiveness"] == 3
    elsewhere = evaluate(data, formed, tables, trusted(formed), goals, Targeting(ratings=(rating,)), filed_under="own/x").table
    assert elsewhere.loc["loyal", "position"] == 3


def test_knock_outs_say_why(made):
    data, formed, tables = made
    goals = Goals(knock_outs=tuple(KnockOut), smallest_share=0.1)
    rating = SegmentRating(segmentation=formed.key, segment_id="loyal", fit=1)
    result = evaluate(data, formed, tables, trusted(formed, new=0.4), goals, Targeting(ratings=(rating,)))
    fails = result.table["fails"]
    assert "not distinct: found again only in part (0.40 of 1)" in fails["new"]
    assert "does not match your strengths: you rated position or fit 1" in fails["loyal"]
    small = formed.segments["share"] < 0.1
    assert (fails.str.contains("too small") == small).all()
    assert (result.table["passes"] == (fails == "")).all()


def test_nothing_passes_where_there_is_one_crowd(made):
    data, formed, tables = made
    result = evaluate(data, formed, tables, trusted(formed, Verdict.NONE), Goals(), Targeting())
    assert not result.table["passes"].any()
    assert result.sentence == (
        "No segment meets all your knock-out criteria: loosen them, or choose other criteria for the segments."
    )


def test_break_even_says_what_it_must_bring():
    result = break_even(BreakEven(hours=40, hourly_cost=40, other_cost=500, yearly_revenue=100_000, margin=0.3), "EUR")
    assert (result.cost, result.extra_revenue, result.share_of_revenue) == (2100, pytest.approx(7000), pytest.approx(0.07))
    assert result.sentence == (
        "The work costs 2,100 EUR; at a margin of 30 % it pays once it brings 7,000 EUR more revenue a year, "
        "7 % of what you sell now."
    )
    assert break_even(BreakEven()).share_of_revenue is None
    with pytest.raises(CriteriaError) as error:
        break_even(BreakEven(margin=0))
    assert str(error.value) == (
        "With a margin of 0 % no revenue pays for the work. Enter what is left of each sale after its own costs."
    )


@pytest.mark.parametrize(("rate", "lift", "size"), [(0.03, 0.2, 13_911), (0.03, 0.1, 53_208), (0.10, 0.2, 3_838)])
def test_sizes_of_a_test_equal_the_published_ones(rate, lift, size):
    """Two-sided 5 %, power 80 %."""
    assert plan_test(rate, lift, 0).per_arm == size


def test_a_test_says_what_the_segment_allows():
    assert plan_test(0.1, 0.2, 10_000).sentence == (
        "To tell 12 % from 10 % you need 3,838 customers in each of two groups; the segment has 10,000, "
        "so the test can be done."
    )
    small = plan_test(0.1, 0.2, 1000)
    assert arm_size(0.1, small.detectable_rate) == 500
    assert "tells only a rise to" in small.sentence
    none = plan_test(0.1, 0.2, 30)
    assert none.detectable_rate is None
    assert "too few to tell any lift" in none.sentence


@pytest.mark.parametrize(("rate", "lift"), [(0, 0.2), (1, 0.2), (0.5, 1.0), (0.1, 0), (0.1, -0.2)])
def test_a_test_that_cannot_be_is_refused(rate, lift):
    with pytest.raises(CriteriaError) as error:
        plan_test(rate, lift, 100)
    assert error.value.remedy


def test_list_of_customers(made):
    _, formed, _ = made
    table = customer_list(formed, names={"loyal": "Our regulars"})
    assert list(table.columns) == ["customer_id", "segment_id", "segment_name"]
    assert len(table) == 700
    assert table["customer_id"].is_monotonic_increasing
    assert set(table.loc[table["segment_id"] == "loyal", "segment_name"]) == {"Our regulars"}
    some = customer_list(formed, segments=("new", "loyal"))
    assert set(some["segment_id"]) == {"new", "loyal"}
    assert np.array_equal(some["customer_id"].unique(), some["customer_id"])
