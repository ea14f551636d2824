"""One customer asked about: examples, reasons under the names given, and numbers that do not exist."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.core.criteria.comparison.one_customer import examples, explain, nearest_number
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
    for customer in data.customers.index[:20]:
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("c0012", "C0012"),
        ("12", "0012"),
        ("17850.0", "17850"),
        ("C 0012", "C0012"),
        ("X0012", "C0012"),
        ("C0O12", "C0012"),
    ],
)
def test_what_a_mistyped_number_meant(typed, meant):
    others = [f"C{n:04d}" for n in range(100, 400)] if meant.startswith("C") else ["99", "17", "55555"]
    assert nearest_number(typed, [*others, meant]) == meant


@given(st.lists(st.text(max_size=6), min_size=1, max_size=30, unique=True), st.text(max_size=6))
def test_any_text_is_answered_with_a_number_that_exists(known, typed):
    assert nearest_number(typed, known) in known
    assert nearest_number(typed, known[::-1]) == nearest_number(typed, known)


def test_where_all_stand_clear_no_border_is_claimed():
    frame = pd.DataFrame({"monetary_total": np.repeat([10.0, 1000.0], 30)}, index=[f"C{n:02d}" for n in range(60)])
    data = customer_data(frame)
    formed = segment(
        data, Criteria(method=Method.BY_HAND, by_hand=(Band(variable="monetary_total", banding="own", thresholds=(500,)),))
    )
    # half of the spread apart: a twentieth of it leads nowhere
    assert [one.near_border for one in examples(data, formed)] == [False, False]
