"""Enough for what? Each way of forming segments has its own need."""

from dataclasses import replace

import pandas as pd
import pytest

from segkit.core.criteria.found.variables import suggest_variables
from segkit.core.data.sufficiency import sufficiency
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, Method
from tests.core import customer_tables
from tests.made_up import customer_data


def judged(data):
    return sufficiency(data, len(suggest_variables(data)))


def told(data):
    return {one.method: one for one in judged(data)}


def test_plenty_is_enough_for_all_three():
    assert all(one.enough for one in judged(customer_data()))


@pytest.mark.parametrize("customers", [1, 29])
def test_too_few_for_any(customers):
    (only,) = judged(replace(customer_data(), customers=customer_data().customers.head(customers)))
    assert not only.enough and "too few to segment" in only.reason


def test_few_suffice_by_hand_only():
    few = told(replace(customer_data(), customers=customer_data().customers.head(60)))
    assert few[Method.BY_HAND].enough and not few[Method.RFM].enough and not few[Method.K_MEANS].enough
    assert "(70 each)" in few[Method.K_MEANS].reason


def test_without_dates_there_is_no_rfm():
    data = customer_data()
    bare = told(replace(data, customers=data.customers.drop(columns=[RECENCY_DAYS, FREQUENCY])))
    assert bare[Method.RFM].reason == "RFM: no, there are no dates and no numbers of orders."


def of(customers, again=0, variables=2):
    """Judge so many customers, of whom some ordered twice."""
    frame = pd.DataFrame({"recency_days": 1.0, "monetary_total": 5.0, "frequency": [2.0] * again + [1.0] * (customers - again)})
    return sufficiency(customer_tables.customer_data(frame), variables)


def test_thirty_customers_are_the_fewest():
    assert [one.method for one in of(29)] == [Method.BY_HAND] and "29 customers" in of(29)[0].reason
    assert not of(29)[0].enough
    assert [(one.method, one.enough) for one in of(30)] == [
        (Method.BY_HAND, True),
        (Method.RFM, False),
        (Method.K_MEANS, False),
    ]


@pytest.mark.parametrize(("customers", "segments"), [(30, 2), (44, 2), (45, 3), (104, 6), (105, 7), (300, 7)])
def test_by_hand_a_segment_needs_fifteen_customers_and_seven_are_the_most(customers, segments):
    assert f"{customers} customers fill up to {segments} segments" in of(customers)[0].reason


def test_rfm_needs_a_hundred_customers_with_several_orders():
    enough, few = of(200, again=100)[1], of(200, again=99)[1]
    assert enough.enough and enough.reason == "RFM: yes, 100 customers (50 %) ordered more than once."
    assert not few.enough and "each of five scores rests on about 19 customers" in few.reason


@pytest.mark.parametrize(
    ("customers", "variables", "enough"), [(140, 2, True), (139, 2, False), (210, 3, True), (209, 3, False)]
)
def test_segments_from_the_data_need_seventy_customers_for_each_variable(customers, variables, enough):
    found = of(customers, variables=variables)[2]
    assert found.enough is enough
    assert f"{variables} variables ask for about {70 * variables} customers" in found.reason


@pytest.mark.parametrize("variables", [0, 1])
def test_one_variable_forms_no_segments_from_the_data(variables):
    found = of(500, variables=variables)[2]
    assert not found.enough and "fewer than two variables" in found.reason
