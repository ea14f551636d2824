import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.comparison.alternatives import compare, on_base, other_base, value_spread
from segkit.core.criteria.evidence.verdict import trust
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.terms import Base, Method
from tests.core.customer_tables import customer_data, shop

BY_HAND = Criteria(method=Method.BY_HAND)
RFM = Criteria(method=Method.RFM)


@pytest.fixture(scope="module")
def data():
    return customer_data(shop(400), bases={"region": Base.GEOGRAPHIC, "age": Base.DEMOGRAPHIC})


@pytest.fixture(scope="module")
def ways(data):
    formed = {title: (segment(data, c), c) for title, c in {"By hand": BY_HAND, "RFM": RFM}.items()}
    return {title: (one, trust(data, one, c)) for title, (one, c) in formed.items()}


def test_who_moves_and_what_is_gained(data, ways):
    found = compare(data, ways)
    move = found.moves.iloc[0]
    both = pd.crosstab(ways["By hand"][0].segment_of, ways["RFM"][0].segment_of)
    assert 1 - move["moved"] <= both.max(axis=1).sum() / 400
    assert found.agreement["By hand", "RFM"] == move["adjusted_rand"]
    assert found.table["value_spread"].between(0.2, 1).all()
    assert found.table["segments"].tolist() == [len(ways[title][0].segments) for title in found.table.index]
    assert found.sentence.startswith("“By hand” and “RFM” are the two most alike, and yet different splits: ")


def test_nobody_moves_between_a_way_and_itself(data, ways):
    found = compare(data, {"one": ways["RFM"], "the same": ways["RFM"]})
    assert found.moves.iloc[0][["adjusted_rand", "moved", "stream"]].tolist() == [1.0, 0.0, ""]
    assert found.sentence.startswith("“one” and “the same” are nearly the same split: 0 % of customers would move.")


def test_money_between_segments_does_not_depend_on_the_currency(data, ways):
    pounds = customer_data(data.customers.assign(monetary_total=data.customers["monetary_total"] * 0.85))
    assert value_spread(pounds, ways["RFM"][0]) == pytest.approx(value_spread(data, ways["RFM"][0]))
    assert np.isnan(value_spread(customer_data(data.customers[["age"]]), ways["RFM"][0]))


def test_another_base_is_the_best_known_unless_chosen(data):
    taken = ("recency_days", "monetary_total")
    assert other_base(data, RFM, taken) == (Base.GEOGRAPHIC, ("region",))
    assert other_base(data, RFM.revise(other_base="demographic"), taken) == (Base.DEMOGRAPHIC, ("age",))
    assert other_base(data, RFM.revise(other_base="psychographic"), taken) is None
    assert on_base(RFM, ("region",)).variables == ("region",)


def test_a_workbook_of_before_has_no_other_base():
    assert Criteria.model_validate({"method": "rfm"}).other_base is None
