from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.segmentation import segment
from segkit.core.profiles.profile import profile
from segkit.core.profiles.summary import summary_of
from segkit.core.targeting.evaluation import _read, evaluate
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


def rated(profit="", **others):
    """Return ratings of segments "a", "b" and so on: one figure a segment and question; a blank is not rated."""
    given = {what: said.ljust(3) for what, said in ({"profit": profit} | others).items()}
    return [
        {"segment_id": one} | {what: int(said[i]) for what, said in given.items() if said[i] != " "}
        for i, one in enumerate("abc")
    ]


def best(ratings, **others):
    return weigh("a" * 5 + "b" * 5 + "c" * 5, ratings=ratings, monetary_total=[1] * 15, **others).sentence


def asking(**weights):
    """Return goals that weigh these criteria and no others."""
    return Goals(weights=tuple(Weight(criterion=name, weight=weight) for name, weight in weights.items()))


def test_the_most_attractive_segment_is_named_with_its_figures():
    assert best(rated("151", position=" 2 ")) == ("“B” is the most attractive segment (4.0 of 5; your position there: 2 of 5).")
    assert best(rated("151", position="5 5")) == "“B” is the most attractive segment (4.0 of 5)."


def test_segments_less_than_half_a_point_apart_are_about_equally_attractive():
    thirds = asking(profit=1, ease=1, fit=1)
    assert best(rated("343", ease="333", fit="332"), goals=thirds) == (
        "“B” (3.3 of 5) and “A” (3.0 of 5) are about equally attractive: they are less than half a point apart, which "
        "settles nothing."
    )
    halves = asking(profit=1, ease=1)
    assert best(rated("343", ease="333"), goals=halves) == "“B” is the most attractive segment (3.5 of 5)."


def test_half_a_point_between_the_figures_that_are_shown_is_half_a_point():
    table = pd.DataFrame({"segment_name": ["A", "B"], "passes": True, "attractiveness": [3.66, 3.24], "position": np.nan})
    assert _read(table, ["value"]) == "“A” is the most attractive segment (3.7 of 5)."
    near = table.assign(attractiveness=[3.64, 3.16])  # 3.6 and 3.2
    assert "about equally attractive" in _read(near, ["value"])


def test_of_equally_attractive_ones_the_best_position_stands_first_and_then_the_order_of_display():
    equal = "“{}” (3.0 of 5), “{}” (3.0 of 5) and “{}” (3.0 of 5) are about equally attractive: "
    assert best(rated(position="224")).startswith(equal.format("C", "A", "B"))
    assert best([]).startswith(equal.format("A", "B", "C"))
    assert best([], order="cba").startswith(equal.format("C", "B", "A"))


@pytest.mark.parametrize(
    ("jaccard", "said"),
    [
        ({"b": 0.1}, "“A” is the most attractive segment (4.0 of 5). 1 segment misses a condition."),
        ({"b": 0.1, "a": 0.1}, "“C” is the most attractive segment (3.0 of 5). 2 segments miss a condition."),
        ({}, "“B” is the most attractive segment (5.0 of 5)."),
    ],
)
def test_a_segment_that_misses_a_condition_is_not_recommended_and_counted(jaccard, said):
    assert best(rated("453"), goals=asking(profit=1), jaccard=jaccard) == said


def test_what_nobody_rated_is_not_three():
    table = weigh("a" * 5 + "b" * 5 + "c" * 5, ratings=rated("4  ", fit=" 2 "), monetary_total=[1] * 15).table
    assert table["profit"].tolist() == pytest.approx([4, np.nan, np.nan], nan_ok=True)
    assert table["fit"].tolist() == pytest.approx([np.nan, 2, np.nan], nan_ok=True)
    assert table[["position", "ease"]].isna().all(axis=None)
    assert table["attractiveness"].tolist() == [3, 3, 3], "by value alone, the same for all"


def test_what_is_not_known_of_every_segment_does_not_count_for_any():
    result = weigh("a" * 5 + "b" * 5 + "c" * 5, ratings=rated("5 1", ease="543"), monetary_total=[1] * 15)
    assert result.counted == ("value_score", "ease") and result.uncounted == ("growth", "profit", "loyalty", "fit")
    assert result.table["attractiveness"].tolist() == [4, 3.5, 3]


def test_what_is_not_known_of_a_segment_that_misses_a_condition_counts_for_the_others():
    result = weigh("a" * 5 + "b" * 5 + "c" * 5, ratings=rated("5 1"), monetary_total=[1] * 15, jaccard={"b": 0.1})
    assert result.counted == ("value_score", "profit") and "profit" not in result.uncounted
    assert result.table["attractiveness"].tolist() == pytest.approx([4, np.nan, 2], nan_ok=True)
    assert result.sentence == "“A” is the most attractive segment (4.0 of 5). 1 segment misses a condition."


def test_what_is_not_weighed_is_neither_counted_nor_missing():
    result = weigh("a" * 5 + "b" * 5 + "c" * 5, goals=asking(profit=1, ease=0, fit=2), ratings=rated("543"), taste=[1] * 15)
    assert (result.counted, result.uncounted) == (("profit",), ("fit",))
    assert result.table["attractiveness"].tolist() == [5, 4, 3]


def test_where_nothing_is_known_nothing_is_compared():
    result = weigh("a" * 5 + "b" * 5, taste=[1] * 10)
    assert result.table["attractiveness"].isna().all() and result.counted == ()
    assert result.uncounted == ("value_score", "growth", "profit", "loyalty", "ease", "fit")
    assert result.sentence == "Nothing is known yet that the segments could be compared by: rate them above."
    out = weigh("a" * 5 + "b" * 5, taste=[1] * 10, jaccard={"a": 0.1}).sentence
    assert out == "Nothing is known yet that the segments could be compared by: rate them above. 1 segment misses a condition."


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
def test_where_fewer_than_five_are_new_or_nothing_is_known_growth_is_not_known(tenure):
    columns = {"frequency": [2] * 20} | ({} if tenure is None else {"tenure_days": tenure})
    result = weigh("ab" * 10, **columns)
    assert result.table["growth"].isna().all() and "growth" in result.uncounted


# Of 400 days the last hundred are new. Those of long standing order every ten days, so that twenty days are long.
SILENT, ACTIVE, LASTING = (90, 80, 2), (90, 5, 3), (400, 10, 40)


def grown(*rows):
    """Return the growth of segments of ten customers each: (days since the first order, since the last, orders)."""
    columns = {
        name: np.repeat([row[i] for row in rows], 10) for i, name in enumerate(("tenure_days", "recency_days", "frequency"))
    }
    return weigh("".join(letter * 10 for letter in "abcdef"[: len(rows)]), **columns).table["growth"].tolist()


def test_newcomers_who_have_gone_quiet_are_no_growth():
    assert grown(SILENT, ACTIVE, LASTING, LASTING) == pytest.approx([1, 1 + 4 * 4 / 5, 1, 1])
    assert grown((90, 90, 1), ACTIVE, LASTING, LASTING) == pytest.approx([1, 1 + 4 * 4 / 5, 1, 1]), "bought once, long ago"


def test_newcomers_are_quiet_after_more_than_two_usual_gaps():
    assert grown((40, 20, 3), ACTIVE, LASTING, LASTING)[0] == pytest.approx(1 + 4 * 2 / 3)
    assert grown((41, 21, 3), ACTIVE, LASTING, LASTING)[0] == 1
    often = grown((31, 13, 4), ACTIVE, LASTING, LASTING)
    assert often[0] == 1, "who ordered every six days is quiet after thirteen"


def test_where_no_rhythm_is_known_every_newcomer_counts():
    assert grown((90, 90, 1), (400, 400, 1)) == pytest.approx([1 + 4 * 2 / 3, 1])


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
def test_where_nobody_came_back_or_nothing_is_known_loyalty_is_not_known(orders):
    columns = {"monetary_total": [1] * 10} | ({} if orders is None else {"frequency": orders})
    result = weigh("ab" * 5, **columns)
    assert result.table["loyalty"].isna().all() and "loyalty" in result.uncounted


def test_without_money_the_value_is_not_known():
    result = weigh("ab" * 5, frequency=[2] * 10)
    assert result.table[["value_score", "value"]].isna().all(axis=None) and "value_score" in result.uncounted


RATED = {"segment_id": "a", "position": 4, "profit": 5, "ease": 1, "fit": 2}
MIDDLING = {"segment_id": "b", "position": 3, "profit": 3, "ease": 3, "fit": 3}


@pytest.mark.parametrize(
    ("weights", "attractiveness"),
    [
        ({"profit": 1}, 5),
        ({"profit": 1, "ease": 3}, 2),
        ({"profit": 2, "fit": 1, "ease": 0}, 4),
        ({"value": 2, "profit": 2}, 4),
        ({"profit": 1, "growth": 5}, 5),  # growth is not known
        ({}, (3 + 5 + 1 + 2) / 4),  # nothing weighed: all alike
        ({"ease": 0}, (3 + 5 + 1 + 2) / 4),
    ],
)
def test_attractiveness_is_the_weighted_mean(weights, attractiveness):
    table = weigh("a" * 5 + "b" * 5, goals=asking(**weights), ratings=[RATED, MIDDLING], monetary_total=[1] * 10).table
    assert table.loc["a", "attractiveness"] == pytest.approx(attractiveness)
    assert table.loc["a", ["position", "profit", "ease", "fit"]].tolist() == [4, 5, 1, 2]
    assert (table.loc["b", ["attractiveness", "position", "profit", "ease", "fit"]] == 3).all()


@pytest.mark.parametrize(("filed", "asked", "counts"), [("letters", None, True), ("x", None, False), ("x", "x", True)])
def test_ratings_count_for_the_segmentation_that_they_were_given_to(filed, asked, counts):
    rating = RATED | {"segmentation": filed}
    table = weigh("ab" * 5, ratings=[rating], filed_under=asked, monetary_total=[1] * 10).table
    assert table.loc["a", "position"] == 4 if counts else np.isnan(table.loc["a", "position"])


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
    assert scores[["value_score", "growth", "loyalty", "attractiveness"]].notna().all(axis=None)
    assert scores[["profit", "ease", "fit", "position"]].isna().all(axis=None), "nobody has rated them"
    assert table["value_score"].idxmax() == tables.summary["value"].idxmax()
    assert table.loc["new", "loyalty"] == 1
    assert table["value"].sum() == pytest.approx(data.revenue)
    average = 1 + 4 * 1 / 2
    share = tables.summary["value_share"] * len(table)
    assert ((table["value_score"] > average) == (share > 1)).all()


def test_ratings_and_weights_count(made):
    data, formed, tables = made
    rating = SegmentRating(segmentation=formed.key, segment_id="loyal", position=5, profit=5, ease=1, fit=4)
    others = [SegmentRating(segmentation=formed.key, segment_id=s, profit=3) for s in formed.segments.index if s != "loyal"]
    goals = Goals(weights=(Weight(criterion=Attractiveness.PROFIT, weight=5),))
    table = evaluate(data, formed, tables, trusted(formed), goals, Targeting(ratings=(rating, *others))).table
    assert table.loc["loyal", ["position", "profit", "ease", "fit", "attractiveness"]].tolist() == [5, 5, 1, 4, 5]
    assert table.loc["new", "attractiveness"] == 3
    elsewhere = evaluate(data, formed, tables, trusted(formed), goals, Targeting(ratings=(rating,)), filed_under="own/x").table
    assert np.isnan(elsewhere.loc["loyal", "position"])


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
    assert result.sentence == ("No segment meets all your conditions: loosen them, or choose other criteria for the segments.")
