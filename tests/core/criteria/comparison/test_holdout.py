import datetime as dt

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.comparison.holdout import bought_since, cut_date, holdout
from segkit.core.criteria.evidence.agreement import explained
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.numbers import percent
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data

BY_HAND = Criteria(method=Method.BY_HAND, by_hand=({"variable": "monetary_total"},))


def periods(customers=400, seed=0, *, told=True):
    """Customers who order at a rate of their own, or whose next orders have nothing to do with the first ones."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(1.0, 1.0, customers) + 0.05
    before = 1 + rng.poisson(4 * rate)
    after = rng.poisson(2 * (rate if told else rng.permutation(rate)))
    basket = rng.lognormal(3, 0.3, customers)
    index = pd.Index([f"c{i:04d}" for i in range(customers)], dtype="str")
    first = pd.DataFrame({"frequency": before.astype(float), "monetary_total": before * basket}, index=index)
    whole = pd.DataFrame({"frequency": (before + after) * 1.0, "monetary_total": (before + after) * basket}, index=index)
    newcomers = pd.DataFrame({"frequency": 1.0, "monetary_total": 50.0}, index=[f"n{i}" for i in range(30)])
    return customer_data(first), customer_data(pd.concat([whole, newcomers]))


def test_eta_squared_by_hand():
    values, labels = np.array([1.0, 3.0, 6.0, 10.0]), np.array([0, 0, 1, 1])
    # mean 5, total 46; group means 2 and 8: between 2 · 9 + 2 · 9 = 36
    assert explained(values, labels) == pytest.approx(36 / 46)
    assert explained(np.ones(4), labels) == 0


def test_segments_that_look_ahead():
    first, whole = periods()
    found = holdout(first, whole, segment(first, BY_HAND))
    assert found.p == 0.001
    assert found.explained > 0.1 > found.by_chance
    assert (found.table["spent_low"] < found.table["spent"]).all() and (found.table["spent"] < found.table["spent_high"]).all()
    assert found.table["size"].sum() == 400
    assert found.cut == dt.date(2025, 5, 1) and found.until == dt.date(2025, 12, 31)
    best, least = found.table["again"].max(), found.table["again"].min()
    assert found.sentence == (
        "Segments formed on orders up to 1 May 2025, looked at again from there to 31 December 2025: of “High spend” "
        f"{percent(best)} bought again, of “Low spend” {percent(least)}. The segments explain "
        f"{percent(found.explained)} of the differences between customers in what they spent next; dealt out by chance they "
        f"explain {percent(found.by_chance)} on average (p = 0.001)."
    )


def test_where_the_past_tells_nothing_chance_does_as_well():
    p = []
    for seed in range(12):
        first, whole = periods(seed=seed, told=False)
        whole.customers["monetary_total"] = first.customers["monetary_total"].reindex(whole.customers.index).fillna(50.0)
        rng = np.random.default_rng(seed)
        whole.customers["monetary_total"] += rng.lognormal(3, 1, len(whole.customers)) * rng.integers(
            2, size=len(whole.customers)
        )
        found = holdout(first, whole, segment(first, BY_HAND), seed=seed)
        p.append(found.p)
    assert np.mean(np.array(p) <= 0.05) <= 0.25
    assert "they do not tell who buys how much next" in found.sentence


def test_what_was_bought_since():
    first, whole = periods(60)
    since = bought_since(first, whole)
    assert list(since.index) == list(first.customers.index)
    later = whole.customers["frequency"].reindex(since.index) - first.customers["frequency"]
    assert since["orders"].tolist() == later.tolist()


def test_order_of_customers_changes_nothing():
    first, whole = periods(120)
    found = holdout(first, whole, segment(first, BY_HAND))
    mixed = customer_data(first.customers.sample(frac=1, random_state=1))
    again = holdout(mixed, whole, segment(mixed, BY_HAND))
    assert (again.explained, again.p) == (pytest.approx(found.explained), found.p)
    pd.testing.assert_frame_equal(found.table, again.table)


def test_not_enough_history():
    first, whole = periods()
    short = customer_data(whole.customers, first_date=dt.date(2025, 11, 1))
    with pytest.raises(CriteriaError) as error:
        cut_date(short)
    assert str(error.value) == (
        "There is not enough history: the orders cover 60 days, and this needs 180. "
        "Come back with half a year of orders or more."
    )
    with pytest.raises(CriteriaError) as error:
        cut_date(customer_data(whole.customers.drop(columns="monetary_total")))
    assert str(error.value) == (
        "Without dated orders and their money there is no later period to look into. Bring order lines with dates and amounts."
    )
    with pytest.raises(CriteriaError) as error:
        bought_since(first, first)
    assert str(error.value) == (
        "There is not enough history: 400 customers bought in the first two thirds of the time, and 0 of them again "
        "in the last third. This needs 30 and 20: come back with a longer time of orders."
    )
