from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.rfm.names import NAMES, naming_table
from segkit.core.criteria.rfm.rule import fit_rfm
from segkit.core.criteria.rfm.scores import rfm_scores
from segkit.words.errors import CriteriaError
from segkit.words.terms import MAX_SEGMENTS
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
        "RFM needs the date of the last order, the number of orders or the money spent, and the data hold none of them. "
        "Map such a column in notebook 2, or form segments by hand or from the data."
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
        "once, lately. Whoever bought once stands apart from those who came back. How near the border: after 61 more days "
        "without an order it would be in “Bought once, long ago”; with 1 more order in “Coming up”."
    )
