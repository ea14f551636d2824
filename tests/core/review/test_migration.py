"""Who moved, left, joined and kept quiet: counted by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from segkit.core.review.migration import add_silent, largest_stream, moved_of, sizes_of
from tests.core.customer_tables import customer_data
from tests.core.parted import parted


def named(**segments):
    return pd.Series(segments, dtype="str")


def formed(of):
    return parted(customer_data(pd.DataFrame({"visits": np.arange(len(of), dtype=float)})), of)


def test_each_customer_has_a_segment_before_and_after_or_joined_or_left():
    moved = moved_of(named(m="a", k="b", l="a"), named(l="b", k="b", z="a"))
    assert moved.index.tolist() == ["k", "l", "m", "z"] and moved.index.name == "customer_id"
    assert moved.to_numpy().tolist() == [["b", "b"], ["a", "b"], ["a", "left"], ["joined", "a"]]


def test_sizes_and_shares_before_and_after():
    now = pd.Series([*"aaaaac"], dtype="str")
    sizes = sizes_of(formed("aabbbbbc"), now)
    assert sizes["segment_name"].tolist() == ["A", "B", "C"]
    assert sizes["before"].tolist() == [2, 5, 1] and sizes["after"].tolist() == [5, 0, 1]
    assert sizes["change"].tolist() == [3, -5, 0]
    assert sizes["share_before"].tolist() == [2 / 8, 5 / 8, 1 / 8]
    assert sizes["share_after"].tolist() == pytest.approx([5 / 6, 0, 1 / 6])


def silent(later, *, before_at=dt.date(2026, 1, 1), after_at=dt.date(2026, 4, 1), column="recency_days"):
    """Return who ordered nothing within ninety days; ``later`` gives days since the last order, by customer."""
    before = customer_data(pd.DataFrame({"visits": [1.0] * 6}), as_of=before_at)
    segments = parted(before, "aaabbc")
    after = customer_data(pd.DataFrame({column: later.values()}, index=pd.Index([*later], dtype="str")), as_of=after_at)
    sizes = sizes_of(segments, segments.segment_of)
    add_silent(sizes, before, after, segments)
    return sizes


def test_who_did_not_order_between_the_two_dates_is_silent_and_so_is_who_is_gone():
    later = {"c00000": 89.0, "c00001": 90.0, "c00002": 91.0, "c00003": 400.0, "c00005": 0.0, "new": 3.0, "older": 300.0}
    assert silent(later)["no_order_since"].tolist() == [1, 2, 0]


@pytest.mark.parametrize("unknown", [{"before_at": None}, {"after_at": None}, {"column": "visits"}])
def test_without_dates_nobody_is_called_silent(unknown):
    assert "no_order_since" not in silent({"c00000": 1.0, "c00001": 2.0}, **unknown)


def stream(flows):
    of = "abc"[: len(flows)]
    return largest_stream(formed(of), pd.DataFrame(flows, index=[*of], columns=[*of]))


@pytest.mark.parametrize(
    ("flows", "said"),
    [
        ([[900, 0, 20], [0, 800, 5], [40, 0, 700]], ", the largest group (40) from “C” to “A”"),
        ([[900, 1, 2], [3, 800, 5], [4, 2, 700]], ""),  # five would tell of the three beside them
        ([[900, 1, 2], [3, 800, 4], [4, 2, 700]], ""),  # four are too few to be named
        ([[0, 1200, 0], [9, 9, 9], [0, 0, 9]], ", the largest group (1,200) from “A” to “B”"),
        ([[0, 0, 0], [0, 0, 0], [6, 0, 0]], ", the largest group (6) from “C” to “A”"),
        ([[50]], ""),
    ],
)
def test_the_largest_stream_between_two_segments_is_named_not_those_who_stayed(flows, said):
    assert stream(flows) == said


def test_who_joined_or_left_is_no_stream():
    flows = pd.DataFrame([[9, 1, 70], [2, 9, 80], [60, 50, 0]], index=["a", "b", "joined"], columns=["a", "b", "left"])
    assert largest_stream(formed("ab"), flows) == ""
