"""One customer asked about: who is near a border, and what a mistyped number meant."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.criteria.comparison.one_customer import examples, explain, nearest_number
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Band, Criteria
from segkit.words.terms import Method
from tests.core.criteria.comparison.segmentations import made_up
from tests.core.customer_tables import customer_data


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


@settings(max_examples=30, deadline=None)
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


def parted(at, x, *, variable="x", below="a", above="b"):
    """Part customers at a number, and say by the same rule where others belong."""
    data = customer_data(pd.DataFrame({variable: x}))

    def assign(frame):
        return pd.Series(np.where(frame[variable] < at, below, above), index=frame.index)

    return data, made_up(assign(data.customers).tolist(), variables=(variable,), ids="ab", assign=assign)


def near_border(at, x):
    """Return which of the customers are given as near a border, each asked alone beside all others."""
    data, formed = parted(at, x)
    return [one.customer_id for one in examples(data, formed) if one.near_border]


def test_the_first_of_each_segment_who_stands_clear_and_one_near_the_border():
    # the middle half of 0 to 80 is 40 wide, a twentieth of it 2
    data, formed = parted(40, [39.0, 0.0, 80.0, 20.0, 60.0])
    found = examples(data, formed)
    assert [(one.customer_id, one.segment_name, one.near_border) for one in found] == [
        ("c00001", "Segment a", False), ("c00002", "Segment b", False), ("c00000", "Segment a", True)
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "near"), [(37.0, False), (38.0, True), (41.0, True), (42.0, False)])
def test_near_is_a_twentieth_of_the_middle_half(value, near):
    assert bool(near_border(40, [0.0, 20.0, value, 60.0, 80.0, *[20.0, 60.0] * 5])) is near


def test_whole_numbers_move_by_one_at_least_and_others_by_what_they_differ():
    assert near_border(3, [1.0, 2.0, 4.0, 5.0, 4.0]) == ["c00001"]
    assert near_border(3, [1.0, 2.5, 4.0, 5.0, 4.0]) == []
    assert near_border(3, [1.0, 2.95, 4.0, 5.0, 4.0]) == ["c00001"]


def test_nobody_is_moved_beyond_what_occurs():
    data = customer_data(pd.DataFrame({"x": [0.0, 40.0, 80.0, 100.0]}))
    asked = []

    def assign(frame):
        asked.append(frame["x"].tolist())
        return pd.Series("a", index=frame.index)

    found = examples(data, made_up("aaaa", variables=("x",), assign=assign))
    assert [one.near_border for one in found] == [False]
    # the middle half reaches from 30 to 85: a twentieth is 2.75, three whole ones
    assert asked == [[0, 40, 80, 100], [0, 37, 77, 97], [3, 43, 83, 100]]


def test_kinds_gaps_and_empty_columns_make_no_border():
    frame = pd.DataFrame({"town": list("aabb"), "gone": [np.nan] * 4, "x": [np.nan, 1.0, 2.0, 3.0]})
    data = customer_data(frame)

    def assign(frame):
        return pd.Series(np.where(frame["x"].fillna(2.0) < 2.0, "a", "b"), index=frame.index)

    formed = made_up(assign(frame).tolist(), variables=("town", "gone", "x"), ids="ab", assign=assign)
    found = examples(data, formed)
    assert [(one.customer_id, one.near_border) for one in found] == [("c00001", True), ("c00000", False), ("c00002", True)], (
        "who has no number cannot stand near a border"
    )


def test_of_many_segments_the_first_four_are_shown_or_as_many_as_asked_for():
    data = customer_data(pd.DataFrame({"x": np.arange(12.0)}))
    formed = made_up("ffeeddccbbaa", variables=("x",), ids="abcdef", assign=lambda frame: pd.Series("a", index=frame.index))
    formed.assign.__defaults__ = None
    assert [one.segment_name[-1] for one in examples(data, formed)] == list("abcd")
    assert [one.segment_name[-1] for one in examples(data, formed, most=2)] == ["a", "b"]
    assert [one.customer_id for one in examples(data, formed, most=2)] == ["c00010", "c00008"]
    without = made_up("ffeeddccbbaa", variables=("x",), ids="zab", assign=lambda frame: pd.Series("a", index=frame.index))
    assert [one.segment_name[-1] for one in examples(data, without)] == ["a", "b"]


@pytest.mark.parametrize(("customers", "seen"), [(1000, 1000), (1001, 501), (2000, 1000), (2001, 667)])
def test_among_many_a_thousand_spread_over_all_are_looked_at(customers, seen):
    data = customer_data(pd.DataFrame({"town": ["a", "b"] * (customers // 2) + ["a"] * (customers % 2)}))
    asked = []

    def assign(frame):
        asked.append(frame.index)
        return pd.Series("a", index=frame.index)

    examples(data, made_up(["a"] * customers, variables=("town",), assign=assign))
    assert len(asked[0]) == seen and asked[0][0] == "c00000"


def test_the_reason_of_the_segmentation_is_given_whole():
    data, formed = parted(3, [1.0, 5.0])
    assert explain(data, formed, " c00001\t") == "Customer c00001 is in “Segment b”. Because of c00001."


def test_among_very_many_numbers_the_neighbours_are_compared():
    assert nearest_number("0007.0", ["70", "7", "17"]) == "7"
    assert nearest_number("7", ["70", "007.0", "17"]) == "007.0"
    assert nearest_number("x", [str(n) for n in range(100, 400)]) in {str(n) for n in range(100, 400)}
