"""Enough for what? Each way of forming segments has its own need."""

from dataclasses import replace

import pytest

from segkit.core.criteria.found.variables import suggest_variables
from segkit.core.data.sufficiency import sufficiency
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, Method
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
