"""One customer asked about, whatever the method: examples, reasons and the names given."""

import pytest

from segkit.core.criteria.comparison.one_customer import examples, explain
from segkit.core.criteria.segmentation import renamed, segment
from segkit.decisions.criteria import Band, Criteria
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data, shop

NUMBERS = ("frequency", "monetary_total", "recency_days")
ALL = [
    Criteria(method=Method.BY_HAND, by_hand=(Band(variable="monetary_total"), Band(variable="recency_days"))),
    Criteria(method=Method.RFM),
    Criteria(method=Method.K_MEANS, variables=NUMBERS, n_segments=3),
    Criteria(method=Method.LATENT_CLASS, variables=(*NUMBERS, "region"), n_segments=3),
    Criteria(method=Method.HIERARCHICAL, variables=NUMBERS, n_segments=3),
]


@pytest.fixture(scope="module")
def data():
    return customer_data(shop(300))


@pytest.fixture(scope="module", params=ALL, ids=lambda criteria: criteria.method.value)
def formed(request, data):
    return segment(data, request.param)


def test_examples_are_of_different_segments_and_one_stands_near_a_border(data, formed):
    found = examples(data, formed)
    *clear, near = found
    assert near.near_border and len(clear) >= 2
    assert len({one.segment_name for one in clear}) == len(clear)
    for one in found:
        assert formed.segments.loc[formed.segment_of[one.customer_id], "segment_name"] == one.segment_name
        assert explain(data, formed, one.customer_id).startswith(f"Customer {one.customer_id} is in “{one.segment_name}”.")


def test_examples_do_not_depend_on_the_order_of_the_rows(data, formed):
    mixed = customer_data(data.customers.sample(frac=1, random_state=1))
    assert examples(mixed, formed) == examples(data, formed)


def test_a_reason_uses_the_names_that_the_person_gave_even_if_two_were_swapped(data, formed):
    first, second = formed.segments.index[:2]
    old = formed.segments["segment_name"]
    swapped = renamed(formed, {first: old[second], second: old[first]})
    for customer in data.customers.index[:5]:
        before, after = explain(data, formed, customer), explain(data, swapped, customer)
        said = before.replace(f"“{old[first]}”", "“#”").replace(f"“{old[second]}”", f"“{old[first]}”")
        assert after == said.replace("“#”", f"“{old[second]}”")


def test_a_number_that_does_not_exist_is_answered_with_the_nearest_one(data, formed):
    real = data.customers.index[7]
    with pytest.raises(CriteriaError) as error:
        explain(data, formed, f" {real.lower()}x ")
    assert str(error.value) == (
        f"There is no customer “{real.lower()}x”. The nearest number is “{real}”. "
        "Take a number from the list of customers, written the same way."
    )
    assert explain(data, formed, f" {real} ").startswith(f"Customer {real} ")
