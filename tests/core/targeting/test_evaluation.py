from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.segmentation import segment
from segkit.core.profiles.profile import profile
from segkit.core.profiles.summary import summary_of
from segkit.core.targeting.evaluation import evaluate
from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Goals, Weight
from segkit.decisions.targeting import SegmentRating, Targeting
from segkit.words.terms import Attractiveness, KnockOut, Method, Verdict
from tests.core.customer_tables import customer_data, shop
from tests.core.parted import parted


def trusted(formed, verdict=Verdict.CONSTRUCTED, **jaccard):
    again = pd.Series(0.9, index=formed.segments.index)
    for segment_id, value in jaccard.items():
        again[segment_id] = value
    return Trust(verdict, "", 0.9, 0.9, 0.9, again.to_frame("jaccard"))


# Tables small enough to add up by hand.


def weigh(of, *, goals=None, ratings=(), filed_under=None, roles=None, order="", jaccard=None, **columns):
    """Weigh segments named by one letter a customer; each is found again, unless ``jaccard`` says otherwise."""
    data = customer_data(pd.DataFrame({name: np.array(column, dtype=float) for name, column in columns.items()}))
    formed = parted(data, of, order=order)
    given = Targeting(ratings=tuple(SegmentRating(**{"segmentation": "letters"} | one) for one in ratings))
    tables = SimpleNamespace(summary=summary_of(data, formed, 0))
    return evaluate(
        data,
        formed,
        profiles=tables,
        trust=trusted(formed, **jaccard or {}),
        goals=goals or Goals(),
        targeting=given,
        filed_under=filed_under,
    )


def best(ratings, **others):
    return weigh("a" * 5 + "b" * 5 + "c" * 5, ratings=ratings, monetary_total=[1] * 15, **others).sentence


def test_the_most_attractive_segment_is_named_with_its_figures():
    assert best([{"segment_id": "b", "profit": 5, "position": 2}, {"segment_id": "c", "position": 5}]) == (
        "“B” is the most attractive segment that meets your knock-out criteria (3.3 of 5; your position there: 2 of 5)."
    )
    assert best([{"segment_id": "c", "position": 4}]).startswith("“C”"), "of equally attractive ones the best position"
    assert best([]).startswith("“A”"), "then the first in display order"
    assert best([], order="cba").startswith("“C”")


@pytest.mark.parametrize(
    ("jaccard", "first", "left"),
    [({"b": 0.1}, "“A”", " 1 segment fails a"), ({"b": 0.1, "a": 0.1}, "“C”", " 2 segments fail a"), ({}, "“B”", "")],
)
def test_a_segment_that_fails_a_criterion_is_not_recommended_and_counted(jaccard, first, left):
    said = best([{"segment_id": "b", "profit": 5}], jaccard=jaccard)
    assert said.startswith(first) and ("knock-out criterion" in said) == bool(left) and left in said


def test_a_segment_as_valuable_as_the_average_one_scores_three_three_times_four_a_third_two_and_nothing_one():
    money = [3.0] * 5 + [1.0] * 15 + [9.0] * 5 + [0.0] * 5
    table = weigh("a" * 5 + "b" * 15 + "c" * 5 + "d" * 5, monetary_total=money).table
    assert table["value"].tolist() == [15, 15, 45, 0]
    ratios = [0.8, 0.8, 2.4, 0]  # each segment's money against 75 / 4
    assert table["value_score"].tolist() == pytest.approx([1 + 4 * r / (r + 1) for r in ratios])
    table = weigh("a" * 5 + "b" * 5, monetary_total=[1] * 10).table
    assert table["value_score"].tolist() == [3, 3]
    table = weigh("a" * 5 + "b" * 5 + "c" * 5, monetary_total=[4] * 5 + [-2] * 5 + [1] * 5).table
    assert table["value_score"].tolist() == pytest.approx([1 + 4 * 4 / 5, 1, 3]), "less than nothing is nothing"


def test_growth_compares_shares_of_newcomers_who_came_in_the_last_quarter_of_the_window():
    # of 400 days the last hundred: four of ten in "a", one of ten in "b", and nobody knows of the last customer of "b"
    tenure = [0, 50, 99, 100, 101, 200, 300, 400, 140, 133, 100, 101, 110, 400, 200, 130, 140, 120, 400, 200, np.nan]
    table = weigh("a" * 10 + "b" * 11, tenure_days=tenure).table
    assert table["growth"].tolist() == pytest.approx([1 + 4 * 1.6 / 2.6, 1 + 4 * 0.4 / 1.4])


@pytest.mark.parametrize("tenure", [[10] * 4 + [400] * 16, [np.nan] * 20, None])
def test_where_fewer_than_five_are_new_or_nothing_is_known_growth_is_left_in_the_middle(tenure):
    columns = {"frequency": [2] * 20} | ({} if tenure is None else {"tenure_days": tenure})
    assert weigh("ab" * 10, **columns).table["growth"].tolist() == [3, 3]


def test_growth_without_any_newcomer_in_a_segment_is_the_least():
    tenure = [10] * 5 + [400] * 15
    assert weigh("a" * 10 + "b" * 10, tenure_days=tenure).table["growth"].tolist() == pytest.approx([1 + 4 * 2 / 3, 1])


def test_loyalty_compares_orders_beyond_the_first():
    # 3 and 1 further orders a customer, 2 on average; who has no order at all has no further one either
    orders = [4] * 5 + [3, 3, 2, 1, 0]
    assert weigh("a" * 5 + "b" * 5, frequency=orders).table["loyalty"].tolist() == pytest.approx(
        [1 + 4 * 1.5 / 2.5, 2.333333333]
    )


@pytest.mark.parametrize("orders", [[1] * 10, None])
def test_where_nobody_came_back_or_nothing_is_known_loyalty_is_left_in_the_middle(orders):
    columns = {"monetary_total": [1] * 10} | ({} if orders is None else {"frequency": orders})
    assert weigh("ab" * 5, **columns).table["loyalty"].tolist() == [3, 3]


def test_without_money_the_value_is_left_in_the_middle():
    table = weigh("ab" * 5, frequency=[2] * 10).table
    assert table["value_score"].tolist() == [3, 3] and table["value"].isna().all()


RATED = {"segment_id": "a", "position": 4, "profit": 5, "ease": 1, "fit": 2}


@pytest.mark.parametrize(
    ("weights", "attractiveness"),
    [
        ({"profit": 1}, 5),
        ({"profit": 1, "ease": 3}, 2),
        ({"profit": 2, "fit": 1, "ease": 0}, 4),
        ({"value": 2, "profit": 2}, 4),
        ({"growth": 1, "loyalty": 1}, 3),
        ({}, (3 + 3 + 5 + 3 + 1 + 2) / 6),  # nothing weighed: all alike
        ({"ease": 0}, (3 + 3 + 5 + 3 + 1 + 2) / 6),
    ],
)
def test_attractiveness_is_the_weighted_mean(weights, attractiveness):
    goals = Goals(weights=tuple(Weight(criterion=name, weight=weight) for name, weight in weights.items()))
    table = weigh("a" * 5 + "b" * 5, goals=goals, ratings=[RATED], monetary_total=[1] * 10).table
    assert table.loc["a", "attractiveness"] == pytest.approx(attractiveness)
    assert table.loc["a", ["position", "profit", "ease", "fit"]].tolist() == [4, 5, 1, 2]
    assert (table.loc["b", ["attractiveness", "position", "profit", "ease", "fit"]] == 3).all(), "unrated is in the middle"


@pytest.mark.parametrize(("filed", "asked", "counts"), [("letters", None, True), ("x", None, False), ("x", "x", True)])
def test_ratings_count_for_the_segmentation_that_they_were_given_to(filed, asked, counts):
    rating = RATED | {"segmentation": filed}
    table = weigh("ab" * 5, ratings=[rating], filed_under=asked, monetary_total=[1] * 10).table
    assert table.loc["a", "position"] == (4 if counts else 3)


def test_what_a_segment_fails_is_listed_with_it():
    rated = [{"segment_id": "b", "fit": 1}]
    goals = Goals(knock_outs=(KnockOut.DISTINCT, KnockOut.MATCHES_STRENGTHS))
    table = weigh("a" * 5 + "b" * 5, goals=goals, ratings=rated, jaccard={"b": 0.1}, monetary_total=[1] * 10).table
    assert table["passes"].tolist() == [True, False] and table.loc["a", "fails"] == ""
    assert " and does not match" in table.loc["b", "fails"]


# A usual shop.


@pytest.fixture(scope="module")
def made():
    frame = shop(300)
    frame["tenure_days"] = frame["recency_days"] + 30 * (frame["frequency"] - 1)
    data = customer_data(frame)
    formed = segment(data, Criteria(method=Method.RFM))
    return data, formed, profile(data, formed)


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
