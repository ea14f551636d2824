from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.rfm.names import LATELY, NAMES, PLAIN, QUIET, naming_table
from segkit.core.criteria.rfm.rule import RfmRule, fit_rfm
from segkit.core.criteria.rfm.scores import Scale, Scales, rfm_scores
from segkit.decisions.criteria import Rfm
from segkit.words.errors import CriteriaError
from segkit.words.terms import MAX_SEGMENTS, RfmBins, RfmMoney
from tests.core.customer_tables import shop

THREE = ["recency_days", "frequency", "monetary_total"]


def test_scores_of_all_995_customers_equal_the_published_ones(real):
    """R package rfm (rsquaredacademy/rfm), analysis date 2006-12-31."""
    published = pd.read_csv(real("rfm_pkg/expected_rfm_2006-12-31.csv"), index_col="customer_id")
    found = rfm_scores(published["recency_days"], published["transaction_count"], published["amount"])
    assert len(published) == 995
    assert (found == published[["R", "F", "M"]]).all(axis=None)


@pytest.mark.parametrize("recency", [True, False])
@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("one_time", [True, False])
def test_naming_table_is_total_and_has_no_dead_name(recency, value, one_time):
    table = naming_table(recency=recency, value=value, one_time=one_time)
    cells = set(product(range(1, 6), repeat=3))
    assert {cell for once, cell in table if not once} == cells
    assert {cell for once, cell in table if once} == (cells if one_time else set())
    names = set(table.values())
    assert names <= set(NAMES)
    assert len(names) <= MAX_SEGMENTS


def test_every_name_can_be_reached():
    reached = set()
    for recency, value, one_time in product([True, False], repeat=3):
        reached |= set(naming_table(recency=recency, value=value, one_time=one_time).values())
    assert reached == set(NAMES)


def test_names_follow_the_scores():
    table = naming_table()
    assert table[False, (5, 5, 5)] == "champions"
    assert table[False, (1, 5, 5)] == "cannot_lose"
    assert table[False, (1, 1, 1)] == "lost"
    assert table[True, (5, 1, 1)] == "new"
    assert table[True, (1, 1, 5)] == "one_time"


def test_better_on_every_score_is_never_a_worse_segment():
    worth = {"champions": 3, "cannot_lose": 3, "loyal": 2, "slipping": 2, "promising": 1, "lost": 1}
    table = naming_table(one_time=False)
    for (_, (r, f, m)), name in table.items():
        for better in ((r, min(f + 1, 5), m), (r, f, min(m + 1, 5))):
            assert worth[table[False, better]] >= worth[name]


def test_one_time_buyers_stand_apart_where_most_bought_once():
    frame = shop(1000, one_time=0.8)
    rule = fit_rfm(frame)
    segment_of = rule.assign(frame)
    once = frame["frequency"] == 1
    assert set(segment_of[once]) == {"new", "one_time"}
    assert not set(segment_of[~once]) & {"new", "one_time"}
    assert list(rule.segments().index) == [name for name in NAMES if name in set(segment_of)]


@pytest.mark.parametrize("columns", [c for n in (1, 2, 3) for c in combinations(THREE, n)])
def test_works_with_whichever_of_the_three_are_known(columns):
    frame = shop(500)[list(columns)]
    rule = fit_rfm(frame)
    segment_of = rule.assign(frame)
    assert set(rule.variables) == set(columns)
    assert segment_of.notna().all()
    assert 2 <= segment_of.nunique() <= MAX_SEGMENTS
    for _, row in rule.segments().iterrows():
        assert row["rule"].endswith(".")
        assert ("spend" in row["rule"]) <= ("monetary_total" in columns)


def test_new_customers_are_assigned_by_the_thresholds_as_they_are():
    frame = shop(800)
    rule = fit_rfm(frame)
    best = pd.DataFrame({"recency_days": [0.0], "frequency": [90.0], "monetary_total": [9e6]})
    assert rule.assign(best).tolist() == ["champions"]
    pd.testing.assert_series_equal(rule.assign(frame.iloc[:7]), rule.assign(frame).iloc[:7])


def test_a_customer_that_was_never_seen_still_gets_a_segment_that_exists():
    frame = pd.DataFrame({"recency_days": np.r_[np.zeros(20), np.full(20, 400.0)], "frequency": np.full(40, 3.0)})
    rule = fit_rfm(frame)
    assert set(rule.assign(pd.DataFrame({"recency_days": [200.0, np.nan], "frequency": [1.0, np.nan]}))) <= set(rule.kept)


def test_says_when_there_is_nothing_to_score():
    with pytest.raises(CriteriaError) as error:
        fit_rfm(pd.DataFrame({"age": [30.0] * 40}))
    assert str(error.value) == (
        "RFM needs the date of the last order, the number of orders or the money spent, but the data hold none of them. "
        "Choose such a column in notebook 2, or form segments by hand or from the data."
    )


def test_says_when_all_customers_are_alike():
    with pytest.raises(CriteriaError, match="All customers are alike in how recently, how often and for how much they buy"):
        fit_rfm(pd.DataFrame({"recency_days": [9.0] * 40, "frequency": [2.0] * 40, "monetary_total": [5.0] * 40}))


def test_why_names_the_scores():
    frame = shop(400)
    rule = fit_rfm(frame, currency="EUR")
    text = rule.why(pd.DataFrame({"recency_days": [1.0], "frequency": [1.0], "monetary_total": [20.0]}))
    assert text == (
        "The last order was 1 day ago (score 5 of 5), there is 1 order and the spend is 20.00 EUR: such customers bought "
        "once. Customers who bought only once are kept apart from those who came back. How close to "
        "the border: after 61 more days "
        "without an order it would be in “Bought once, longer ago”; with 1 more order in “Small, more recent”."
    )


UP, DOWN = (1, 2, 3, 4, 5), (5, 4, 3, 2, 1)
RECENCY = Scale((10.0, 20.0, 30.0, 40.0), DOWN)
FREQUENCY = {(): Scale((3.0, 4.0, 6.0, 9.0), UP)}
MONEY = {(): Scale((10.0, 20.0, 50.0, 100.0), UP)}
RHYTHM = dict.fromkeys(NAMES, 30.0) | {"one_time": 20.0}
"""Days from which a silence is long for each segment: so that all words of time hold under the thresholds below."""

RULE = RfmRule(Scales(RECENCY, FREQUENCY, MONEY), kept=tuple(NAMES), currency="EUR", long_after=RHYTHM)
UNTOLD = replace(RULE, long_after={})
OWN = Rfm(recency=(10, 20, 30, 40), frequency=(3, 4, 6, 9), monetary=(10, 20, 50, 100))

TYPICAL = {
    "champions": (5, 10, 200), "loyal": (25, 4, 20), "promising": (25, 2, 5), "new": (5, 1, 5),
    "cannot_lose": (35, 10, 200), "slipping": (35, 4, 20), "one_time": (25, 1, 5), "lost": (35, 2, 5),
}  # fmt: skip
"""Days, orders and spend of a customer of each segment, under the thresholds above."""


def people(*rows):
    return pd.DataFrame(rows, columns=THREE, dtype=float)


def crowd(**sizes):
    """Return so many typical customers of each segment."""
    return people(*(TYPICAL[name] for name, n in sizes.items() for _ in range(n)))


def test_each_typical_customer_is_in_its_segment():
    frame = people(*TYPICAL.values())
    assert RULE.assign(frame).tolist() == list(TYPICAL)
    assert replace(RULE, kept=()).assign(frame).tolist() == list(TYPICAL)
    scored, once = RULE.scores(frame)
    assert scored.tolist() == [
        [5, 5, 5], [3, 3, 3], [3, 1, 1], [5, 1, 1], [2, 5, 5], [2, 3, 3], [3, 1, 1], [2, 1, 1]
    ]  # fmt: skip
    assert once.tolist() == [name in ("new", "one_time") for name in TYPICAL]
    assert RULE.assign(frame.set_axis(list("abcdefgh"))).index.tolist() == list("abcdefgh")


def test_who_has_no_order_counts_as_bought_once_and_who_is_not_known_does_not():
    assert RULE.scores(people((5, 0, 5), (5, 1, 5), (5, 2, 5), (5, np.nan, 5)))[1].tolist() == [True, True, False, False]
    assert RfmRule(Scales(RECENCY)).scores(people((5, 1, 5)))[1].tolist() == [False]


def test_a_segment_that_is_not_kept_stands_with_the_nearest_and_of_two_with_the_better_one():
    hosts = replace(RULE, kept=("champions", "new", "lost")).hosts()
    assert {name: hosts[name] for name in TYPICAL} == {
        "champions": "champions", "loyal": "champions", "promising": "new", "new": "new",
        "cannot_lose": "new", "slipping": "new", "one_time": "lost", "lost": "lost",
    }  # fmt: skip
    assert hosts["best"] == "lost"
    assert replace(RULE, kept=("loyal", "new")).hosts()["promising"] == "loyal"
    kept = replace(RULE, kept=("champions", "new", "lost"))
    assert kept.assign(people(*TYPICAL.values())).tolist() == [hosts[name] for name in TYPICAL]


WORDS = {
    "champions": "bought lately, and are among the best for orders and spend: last order less than 20 days ago and scores for "
                 "orders and spend add up to 8 or more of 10",
    "loyal": "still buy, and are in the middle or higher for orders and spend: last order less than 30 days ago and scores "
             "for orders and spend add up to 5 or more of 10",
    "promising": "bought more than once and not long ago, but still little: last order less than 30 days ago and scores for "
                 "orders and spend add up to under 5 of 10",
    "new": "bought once, lately: last order less than 20 days ago",
    "cannot_lose": "are among the best for orders and spend, but have not bought for long: last order 30 days "
                 "ago or longer and "
                   "scores for orders and spend add up to 8 or more of 10",
    "slipping": "are in the middle for orders and spend, and have not bought for long: last order 30 days ago or longer and "
                "scores for orders and spend add up to 5 to 7 of 10",
    "one_time": "bought once, and not lately: last order 20 days ago or longer",
    "lost": "bought little, and have not bought for long: last order 30 days ago or longer and scores for orders and spend add "
            "up to under 5 of 10",
    "best": "are among the best for orders and spend: scores for orders and spend add up to 8 or more of 10",
    "middle": "are in the middle for orders and spend: scores for orders and spend add up to 5 to 7 of 10",
    "small": "buy little: scores for orders and spend add up to under 5 of 10",
    "once": "bought once",
    "active": "bought lately: last order less than 20 days ago",
    "cooling": "are between the more recent and those who ordered longer ago",
    "quiet": "have not bought for long: last order 30 days ago or longer",
}  # fmt: skip

PLAIN_WORDS = {
    "champions": "are among the best for orders and spend: last order less than 20 days ago and scores for "
                 "orders and spend add "
                 "up to 8 or more of 10",
    "loyal": "are in the middle or higher for orders and spend: last order less than 30 days ago and scores for orders and "
             "spend add up to 5 or more of 10",
    "promising": "bought more than once, but little: last order less than 30 days ago and scores for orders and spend add up "
                 "to under 5 of 10",
    "new": "bought once: last order less than 20 days ago",
    "cannot_lose": "are among the best for orders and spend: last order 30 days ago or longer and scores for orders and spend "
                   "add up to 8 or more of 10",
    "slipping": "are in the middle for orders and spend: last order 30 days ago or longer and scores for orders and spend add "
                "up to 5 to 7 of 10",
    "one_time": "bought once: last order 20 days ago or longer",
    "lost": "bought little: last order 30 days ago or longer and scores for orders and spend add up to under 5 of 10",
    "active": "ordered more recently than the others: last order less than 20 days ago",
    "quiet": "ordered longer ago than the others: last order 30 days ago or longer",
}  # fmt: skip
"""What the rules say where they may not speak of time, and what differs from the above."""


@pytest.mark.parametrize("segment", NAMES)
def test_the_rule_of_a_segment_says_its_thresholds(segment):
    table = RULE.segments()
    assert list(table.index) == list(NAMES)
    name = "In between" if segment == "cooling" else NAMES[segment][0]
    assert table.loc[segment].tolist() == [name, f"Customers who {WORDS[segment]}."]


@pytest.mark.parametrize("segment", NAMES)
def test_where_no_rhythm_is_known_the_rule_of_a_segment_says_its_place_alone(segment):
    said = (WORDS | PLAIN_WORDS)[segment]
    assert UNTOLD.segments().loc[segment].tolist() == [(NAMES | PLAIN)[segment][0], f"Customers who {said}."]


EDGES = dict.fromkeys(("champions", "new", "active", "one_time"), 20) | dict.fromkeys(
    ("loyal", "promising", "cannot_lose", "slipping", "lost", "quiet"), 30
)
"""Days at which each segment whose name speaks of time begins or ends, under the thresholds above."""


@pytest.mark.parametrize("segment", EDGES)
def test_a_name_says_lately_up_to_a_silence_that_is_long_and_gone_quiet_from_there(segment):
    edge, lately = EDGES[segment], segment in LATELY
    assert lately != (segment in QUIET)
    spoken = {long: replace(RULE, long_after={segment: long}).title(segment) for long in (edge - 0.5, edge, edge + 0.5)}
    timely, plain = NAMES[segment], PLAIN[segment]
    assert list(spoken.values()) == ([plain, timely, timely] if lately else [timely, timely, plain])


@pytest.mark.parametrize("segment", NAMES)
def test_a_place_between_two_and_what_no_threshold_parts_is_never_called_by_time(segment):
    assert RULE.title("cooling") == PLAIN["cooling"] != NAMES["cooling"]
    without = RfmRule(Scales(Scale((), (3,)), FREQUENCY, MONEY), long_after=RHYTHM)
    assert without.title(segment) == (NAMES | PLAIN)[segment]


def test_a_person_names_its_segments_as_it_likes():
    own = RfmRule(Scales(RECENCY, FREQUENCY, MONEY), Rfm(names=[{"name": "Slipping away", "recency": (1, 2)}]))
    assert own.title("own_1") == ("Slipping away", "score recency 1 to 2 of 5")
    assert own.title("rest") == ("Everyone else", "match no line of the table") and own.title("new") == PLAIN["new"]


def rhythmic(every, customers=300, orders=5):
    """Customers who order about ``every`` so many days and have been silent from 1 to 100 days; a third spends little."""
    rng = np.random.default_rng(7)
    recency = 1 + np.arange(customers) % 100
    number = orders + np.arange(customers) % 4
    return pd.DataFrame(
        {
            "recency_days": recency.astype(float),
            "frequency": number.astype(float),
            "monetary_total": rng.permutation(np.linspace(5, 500, customers)),
            "tenure_days": recency + every * (number - 1.0),
        }
    )


def test_who_orders_every_65_days_does_not_slip_away_after_31_and_who_orders_every_5_does():
    quantile = Rfm(recency=(11, 21, 31, 41))
    slow, quick = fit_rfm(rhythmic(65), quantile), fit_rfm(rhythmic(5), quantile)
    assert slow.long_after["champions"] == 130 and quick.long_after["slipping"] == 10
    assert "slipping" not in slow.long_after, "its customers do not bear the words out"
    assert slow.segments().loc["slipping"].tolist() == [
        "Middle, longer ago",
        "Customers who are in the middle for orders and spend: last order 31 days ago or longer and scores for orders and "
        "spend add up to 5 to 7 of 10.",
    ]
    assert quick.segments().loc["slipping"].tolist() == [
        "Slipping away",
        "Customers who are in the middle for orders and spend, and have not bought for long: last order 31 days ago or longer "
        "and scores for orders and spend add up to 5 to 7 of 10.",
    ]
    assert slow.title("champions") == NAMES["champions"] and quick.title("champions") == PLAIN["champions"]


@pytest.mark.parametrize("every", [1, 5, 10, 11, 16, 20, 40, 65, 200])
def test_names_of_time_are_true_of_every_customer_at_any_rhythm(every):
    """Each has a rhythm of its own: who is said to have bought lately has been silent for two gaps at most, and so on."""
    frame = rhythmic(every)
    rule = fit_rfm(frame, Rfm(recency=(11, 21, 31, 41)))
    segment_of, gaps = rule.assign(frame), frame["recency_days"] / every
    assert set(rule.kept) == {"champions", "loyal", "promising", "cannot_lose", "slipping", "lost"}
    said = {s for s in rule.kept if rule.title(s) == NAMES[s]}
    begins = {"champions": 21} | dict.fromkeys(("loyal", "promising"), 31)
    assert said == {s for s, days in begins.items() if days <= 2 * every} | {
        s for s in rule.kept if s in QUIET and 31 >= 2 * every
    }
    assert all((gaps[segment_of == s] < 2).all() if s in LATELY else (gaps[segment_of == s] >= 2).all() for s in said)
    names = rule.segments()["segment_name"]
    assert names.is_unique and len(names) == len(rule.kept)


def test_the_rhythm_of_a_segment_counts_where_it_has_one():
    often, seldom = rhythmic(5), rhythmic(60).assign(monetary_total=lambda f: f["monetary_total"] / 1000, frequency=4.0)
    frame = pd.concat([often, seldom.assign(tenure_days=seldom["recency_days"] + 180)], ignore_index=True)
    rule = fit_rfm(frame, Rfm(recency=(11, 21, 31, 41)))
    assert rule.title("cannot_lose") == NAMES["cannot_lose"], "the best order every 5 days"
    assert rule.long_after["cannot_lose"] == 10 and "lost" not in rule.long_after
    assert rule.title("lost") == PLAIN["lost"], "the small ones every 60 days"


@pytest.mark.parametrize(
    ("scales", "chosen", "segment", "text"),
    [
        (Scales(RECENCY, FREQUENCY), Rfm(), "champions", "number of orders: last order less than 20 days ago and score for "
                                                         "orders is 4 or 5 of 5."),
        (Scales(RECENCY, {}, MONEY), Rfm(), "champions", "spend: last order less than 20 days ago and score for spend is 4 or "
                                                         "5 of 5."),
        (Scales(None, {}, MONEY), Rfm(money=RfmMoney.MARGIN), "middle", "for margin: score for margin is 3 of 5."),
        (Scales(None, FREQUENCY, MONEY), Rfm(money=RfmMoney.MEAN), "best", "orders and spend per order: scores for orders and "
                                                                          "spend per order add up to 8 or more of 10."),
        (Scales(Scale((), (3,)), FREQUENCY), Rfm(), "loyal", "number of orders: score for orders is 3 or more of 5."),
        (Scales(Scale((7.0,), (5, 1)), FREQUENCY), Rfm(), "one_time", "last order 7 days ago or longer."),
        (Scales(RECENCY, {}, MONEY), Rfm(), "lost", "last order 30 days ago or longer and score for spend is 1 or 2 of 5."),
    ],
)  # fmt: skip
def test_the_rule_of_a_segment_says_only_what_is_known(scales, chosen, segment, text):
    assert RfmRule(scales, chosen, kept=(segment,)).segments().loc[segment, "rule"].endswith(text)


def test_only_segments_that_are_kept_are_shown_in_the_order_from_best_to_lost():
    assert list(replace(RULE, kept=("lost", "champions")).segments().index) == ["champions", "lost"]


def noted(rule):
    return list(map(str, rule.notes))


def test_notes_say_who_stands_apart_and_that_scores_are_fifths_unless_thresholds_are_ones_own():
    text = "Customers who bought once are kept apart; scores for orders and spend compare the others."
    fifths = " They run from 1 (the lowest fifth) to 5 (the highest fifth)."
    assert noted(RULE) == [text + fifths]
    for own in (Rfm(recency=(1,)), Rfm(frequency=(1,)), Rfm(monetary=(1,))):
        assert noted(replace(RULE, chosen=own)) == [text]
    assert noted(replace(RULE, chosen=Rfm(money=RfmMoney.MARGIN)))[0].startswith(text.replace("spend", "margin"))
    assert noted(RfmRule(Scales(RECENCY, {}, MONEY), kept=tuple(NAMES))) == []


@pytest.mark.parametrize(
    ("number", "who"),
    [
        (1, "1 customer has no order that counts; it is placed"),
        (2, "2 customers have no order that counts; they are placed"),
    ],
)
def test_notes_count_who_has_no_order(number, who):
    assert noted(replace(RULE, no_orders=number))[1:] == [f"{who} with “Bought once, long ago”."]
    kept = replace(RULE, no_orders=number, kept=("champions", "new"))
    assert noted(kept)[1:] == [f"{who} with “New”."]


def test_notes_name_the_segments_that_hold_too_few():
    assert noted(replace(RULE, small=("loyal", "new")))[1] == (
        "Fewer than 5 customers belong to “Loyal” and “New”; they are merged with the nearest segment."
    )


def test_settings_hold_thresholds_scores_and_segments_as_plain_values():
    plain = {
        "thresholds": {"recency_days": [10, 20, 30, 40], "frequency": [3, 4, 6, 9], "monetary_total": [10, 20, 50, 100]},
        "scores": {"recency_days": [5, 4, 3, 2, 1], "frequency": [1, 2, 3, 4, 5], "monetary_total": [1, 2, 3, 4, 5]},
        "segments": ["new", "lost"],
    }
    rule = replace(RULE, kept=("new", "lost"))
    assert rule.settings() == plain
    chosen = Rfm(money=RfmMoney.MARGIN)
    found = replace(rule, chosen=chosen).settings()
    assert found["chosen"] == chosen.model_dump(mode="json") and "nested" not in found
    assert list(found["thresholds"]) == ["recency_days", "frequency", "margin_total"]


NESTED = RfmRule(
    Scales(
        RECENCY,
        FREQUENCY | {(5,): Scale((20.0,), (1, 5))},
        MONEY | {(5, 1): Scale((500.0,), (1, 5)), (3, 3): Scale((70.0,), (2, 4))},
    ),
    Rfm(bins=RfmBins.NESTED), kept=tuple(NAMES), currency="EUR", long_after=RHYTHM,
)  # fmt: skip


def test_nested_thresholds_are_part_of_the_settings():
    assert NESTED.settings()["nested"] == {"frequency": {"5": [20]}, "monetary_total": {"5-1": [500], "3-3": [70]}}
    assert NESTED.settings()["chosen"]["bins"] == "nested"


def test_the_scale_of_a_customer_is_that_under_its_scores_or_that_of_all():
    assert NESTED.cuts == RULE.cuts
    assert {v: s.cuts for v, s in NESTED.scales_of((5, 1)).items()} == {
        "recency_days": RECENCY.cuts, "frequency": (20,), "monetary_total": (500,)
    }  # fmt: skip
    assert NESTED.scales_of((3, 3))["frequency"] == FREQUENCY[()] and NESTED.scales_of((3, 3))["monetary_total"].cuts == (70,)
    assert NESTED.scales_of((4, 4))["monetary_total"] == MONEY[()]
    assert RfmRule(Scales(RECENCY)).variables == ("recency_days",)
    assert RfmRule(Scales(None, {}, MONEY), Rfm(money=RfmMoney.MEAN)).variables == ("monetary_mean",)


def why(rule, *values):
    return rule.why(people(values))


def test_why_says_values_scores_and_how_near_the_border_is():
    assert why(RULE, 25, 5, 60) == (
        "The last order was 25 days ago (score 3 of 5), there are 5 orders (score 3 of 5) and the spend is 60.00 EUR (score 4 "
        "of 5): such customers still buy, and are in the middle or higher for orders and spend. How "
        "close to the border: after 5 "
        "more days without an order it would be in “Slipping away”; with 4 fewer orders in “Bought once, long ago”; with spend "
        "50.00 EUR lower in “Coming up”."
    )


def test_why_speaks_of_time_only_where_a_rhythm_is_known():
    assert why(UNTOLD, 25, 5, 60) == (
        "The last order was 25 days ago (score 3 of 5), there are 5 orders (score 3 of 5) and the spend is 60.00 EUR (score 4 "
        "of 5): such customers are in the middle or higher for orders and spend. How close to the border: after 5 more days "
        "without an order it would be in “Middle, longer ago”; with 4 fewer orders in “Bought once, longer ago”; with spend "
        "50.00 EUR lower in “Small, more recent”."
    )


def test_why_says_of_nested_bins_the_border_under_the_scores_of_the_customer():
    text = why(NESTED, 5, 8, 60)
    assert "(score 5 of 5), there are 8 orders (score 1 of 5) and the spend is 60.00 EUR (score 1 of 5)" in text
    assert text.endswith(
        "after 5 more days without an order it would be in “Champions”; with 7 fewer orders in “New”; "
        "with spend 440 EUR higher in “Loyal”."
    )
    assert "with 1 more order in “Champions”" in why(NESTED, 5, 19, 600)


def test_why_says_of_who_bought_once_that_they_stand_apart_and_gives_no_scores_of_theirs():
    text = why(RULE, 1, 1, 60)
    assert text.startswith(
        "The last order was 1 day ago (score 5 of 5), there is 1 order and the spend is 60.00 EUR: such customers bought once, "
        "lately. Customers who bought only once are kept apart from those who came back. How close "
        "to the border: after 19 more days without an "
        "order it would be in “Bought once, long ago”; with 1 more order in "
    )
    assert "stands apart" not in why(RULE, 1, 2, 60)


def test_why_says_what_is_not_known():
    assert why(RULE, np.nan, 2, np.nan).startswith(
        "Days not known (score 1 of 5), there are 2 orders (score 1 of 5) and money not"
    )
    assert why(RfmRule(Scales(None, {}, MONEY), kept=tuple(NAMES)), 1, 1, 1).startswith(
        "The spend is 1.00 (score 1 of 5): such"
    )


@pytest.mark.parametrize(("orders", "none"), [(0, True), (1, False)])
def test_why_says_that_there_is_no_order(orders, none):
    said = why(RULE, 5, orders, 5) == (
        "This customer has no order that counts: such customers are placed with “Bought once, long ago”."
    )
    assert said == none


def test_orders_and_money_are_cut_over_those_who_came_back():
    rows = [(5 + 10 * (i % 3), 1, 1000 + i) for i in range(10)] + [(5 + 10 * (i % 3), 2 + i, 1 + i) for i in range(10)]
    rule = fit_rfm(people(*rows))
    assert rule.cuts["frequency"] == (4, 6, 8, 10) and rule.cuts["monetary_total"] == (3, 5, 7, 9)


def test_where_nobody_came_back_money_is_cut_over_all():
    rows = [(5 + 10 * (i % 3), 1, 1 + i) for i in range(10)]
    assert fit_rfm(people(*rows)).cuts["monetary_total"] == (3, 5, 7, 9)
    back = [(5, 9, 77)] * 2
    weights = np.r_[np.ones(10), np.zeros(2)]
    assert fit_rfm(people(*rows, *back), weights=weights).cuts["monetary_total"] == (3, 5, 7, 9)


def test_without_the_number_of_orders_everybody_counts():
    frame = people(*[(5 + 10 * (i % 3), 1, 1 + i) for i in range(10)])[["recency_days", "monetary_total"]]
    assert fit_rfm(frame).cuts["monetary_total"] == (3, 5, 7, 9)


def test_a_weight_counts_as_so_many_customers():
    rng = np.random.default_rng(3)
    frame = shop(60, seed=3)[THREE]
    weights = rng.integers(0, 4, 60)
    by_weight = fit_rfm(frame, weights=weights.astype(float))
    repeated = fit_rfm(frame.loc[np.repeat(frame.index, weights)].reset_index(drop=True))
    assert (by_weight.scales, by_weight.kept, by_weight.small) == (repeated.scales, repeated.kept, repeated.small)


def test_who_has_no_order_at_all_is_counted():
    assert fit_rfm(people((5, 0, -3), (9, 0, -3), (5, 1, 3), (50, np.nan, 3), (9, 2, 3), (9, 4, 5))).no_orders == 2


def test_what_holds_nothing_but_infinities_is_not_known():
    rows = [(5 + 10 * (i % 3), np.inf, 1 + i) for i in range(10)]
    assert fit_rfm(people(*rows)).variables == ("recency_days", "monetary_total")


@pytest.mark.parametrize(
    ("sizes", "kept", "small"),
    [
        (dict.fromkeys(TYPICAL, 5), list(TYPICAL), []),
        ({"champions": 9, "loyal": 4, "promising": 9}, ["champions", "promising"], ["loyal"]),
        ({"champions": 9, "loyal": 5, "promising": 9}, ["champions", "loyal", "promising"], []),
        ({"champions": 9, "loyal": 3, "promising": 2, "lost": 9}, ["champions", "loyal", "lost"], ["promising"]),
        ({"champions": 9, "loyal": 2, "promising": 2, "lost": 9}, ["champions", "lost"], ["loyal", "promising"]),
        ({"champions": 1, "lost": 1}, ["champions", "lost"], []),
        ({"champions": 1, "loyal": 1, "lost": 50}, ["loyal", "lost"], ["champions"]),
        ({"new": 1, "cannot_lose": 2, "champions": 3, "slipping": 50}, ["champions", "slipping"], ["new", "cannot_lose"]),
    ],
)
def test_a_segment_of_fewer_than_five_stands_with_the_nearest_the_smallest_first(sizes, kept, small):
    rule = fit_rfm(crowd(**sizes), OWN, currency="€")
    assert (list(rule.kept), list(rule.small), rule.currency) == (kept, small, "€")
    assert rule.cuts["frequency"] == (3, 4, 6, 9)


def test_small_is_meant_by_weight():
    sizes = {"champions": 9, "loyal": 4, "promising": 9}
    assert fit_rfm(crowd(**sizes), OWN, weights=np.full(22, 2.0)).small == ()
    assert fit_rfm(crowd(**sizes), OWN, weights=np.r_[np.full(13, 1.0), np.zeros(9)]).kept == ("champions", "loyal")


def test_own_thresholds_by_which_all_are_alike_are_refused_in_other_words():
    with pytest.raises(CriteriaError) as error:
        fit_rfm(crowd(champions=9), OWN)
    assert str(error.value) == (
        "With these thresholds and names all customers fall into one RFM segment. Change them, or start again."
    )
    with pytest.raises(CriteriaError, match="Choose other attributes, by hand or from the data"):
        fit_rfm(crowd(champions=9))


@pytest.mark.parametrize(
    ("money", "remedy"),
    [(RfmMoney.MEAN, "Pick another measure of money."), (RfmMoney.MARGIN, "Choose a column of margins in notebook 2, or")],
)
def test_money_that_is_not_there_is_refused_unless_it_is_the_usual_one(money, remedy):
    frame = crowd(champions=9, lost=9)[["recency_days", "frequency"]]
    with pytest.raises(CriteriaError) as error:
        fit_rfm(frame, Rfm(money=money))
    assert error.value.remedy.startswith(remedy)
    assert fit_rfm(frame).variables == ("recency_days", "frequency")
