"""Which of the criteria of notebook 1 a segmentation meets: ten customers whose ranks can be counted."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.comparison.asked_for import asked_for
from segkit.decisions.goals import Goals
from segkit.words.terms import KnockOut, Method
from tests.core.criteria.comparison.segmentations import made_up
from tests.core.customer_tables import customer_data

HALVES = "aaaaabbbbb"
UP = [float(i) for i in range(10)]
ALIKE = [0.0, 9.0, 1.0, 8.0, 4.5, 4.5, 2.0, 7.0, 3.0, 6.0]


def judged(knock_out, segments, smallest_share=0.05, **columns):
    data = customer_data(pd.DataFrame(columns or {"x": UP[: len(segments.segment_of)]}))
    found = asked_for(data, segments, Goals(knock_outs=(knock_out,), smallest_share=smallest_share))
    assert list(found) == [knock_out]
    return found[knock_out]


def test_only_what_was_asked_for_is_answered_in_the_usual_order():
    data = customer_data(pd.DataFrame({"x": UP}))
    goals = Goals(knock_outs=(KnockOut.REACHABLE, KnockOut.LARGE_ENOUGH, KnockOut.MATCHES_STRENGTHS))
    found = asked_for(data, made_up(HALVES, variables=("x",)), goals)
    assert list(found) == [KnockOut.LARGE_ENOUGH, KnockOut.MATCHES_STRENGTHS, KnockOut.REACHABLE]
    assert [one.met for one in found.values()] == [True, None, None]
    assert "channel" in found[KnockOut.REACHABLE].why and "needs" in found[KnockOut.MATCHES_STRENGTHS].why


@pytest.mark.parametrize(
    ("segment_of", "least", "met", "why"),
    [
        ("aaaabbbbbb", 0.4, True, "The smallest holds 40 %; you asked for 40 %."),
        ("a" * 48 + "b" * 952, 0.05, False, "“Segment a” holds only 4.8 % of the customers; you asked for 5.0 %."),
        ("a" * 52 + "b" * 948, 0.05, True, "The smallest holds 5.2 %; you asked for 5.0 %."),
        ("aaaabbbbbb", 0.41, False, "“Segment a” holds only 40 % of the customers; you asked for 41 %."),
        (
            "aaabbccccc",
            0.35,
            False,
            "“Segment b” holds only 20 % of the customers; you asked for 35 % (2 segments are smaller).",
        ),
    ],
)
def test_each_segment_must_be_large_enough(segment_of, least, met, why):
    found = judged(KnockOut.LARGE_ENOUGH, made_up(segment_of), least)
    assert (found.met, found.why) == (met, why)


def test_segments_must_differ_in_something_besides_what_formed_them():
    halves = made_up(HALVES, variables=("x",))
    assert judged(KnockOut.DISTINCT, halves, x=UP, y=UP).met is True
    assert judged(KnockOut.DISTINCT, halves, x=UP, y=UP[::-1]).met is True
    nothing = judged(KnockOut.DISTINCT, halves, x=UP, y=ALIKE)
    assert (
        nothing.met is False
        and nothing.why == "“Segment a” and “Segment b” hardly differ in anything other than what formed them."
    )
    assert judged(KnockOut.DISTINCT, halves, x=UP, y=ALIKE, z=UP).met is True, "one thing is enough"
    for columns in ({"x": UP}, {"x": UP, "town": list(HALVES)}, {"x": UP, "same": [1.0] * 10}):
        assert judged(KnockOut.DISTINCT, halves, **columns).met is None


@pytest.mark.parametrize(("shift", "met"), [(0, False), (1, False), (2, True)])
def test_half_a_standard_deviation_of_ranks_tells_two_segments_apart(shift, met):
    """Eight customers, ranks 1 to 8 of deviation 2.29; means of the halves differ by nothing, one and two: .44 and .87."""
    ranks = {0: [1, 4, 6, 7, 2, 3, 5, 8], 1: [1, 3, 6, 6.5, 2, 4, 5, 8], 2: [1, 3, 4, 6, 2, 5, 7, 8]}[shift]
    values = {0: [1, 4, 6, 7, 2, 3, 5, 8], 1: [1, 4, 5, 6, 2, 3, 7, 8], 2: ranks}[shift]
    found = judged(KnockOut.DISTINCT, made_up("aaaabbbb", variables=("x",)), x=UP[:8], y=[10.0**v for v in values])
    assert found.met is met


def test_of_several_pairs_the_most_alike_is_named():
    three = made_up("aaaabbbbcccc", variables=("x",))
    y = [1.0, 4.0, 6.0, 7.0, 2.0, 3.0, 5.0, 8.0, 9.0, 10.0, 11.0, 12.0]
    found = judged(KnockOut.DISTINCT, three, x=list(map(float, range(12))), y=y)
    assert found.why == "“Segment a” and “Segment b” hardly differ in anything other than what formed them."
    all_alike = judged(KnockOut.DISTINCT, three, x=list(map(float, range(12))), y=[1.0, 2.0, 3.0, 4.5] * 3)
    assert all_alike.why.endswith("other than what formed them (3 pairs are that alike).")


def test_members_must_resemble_one_another_in_what_forms_the_segments():
    # ranks of two halves in order: within each 2 of 8.25 are left
    found = judged(KnockOut.HOMOGENEOUS, made_up(HALVES, variables=("x",)), x=UP)
    assert found.met is True and found.why.startswith("24 % of the differences")
    giant = judged(KnockOut.HOMOGENEOUS, made_up(HALVES, variables=("x",)), x=[*UP[:9], 1e9])
    assert giant == found, "an outlier is a rank like any other"
    mixed = judged(KnockOut.HOMOGENEOUS, made_up("ababababab", variables=("x",)), x=UP)
    assert mixed.met is False and mixed.why.startswith("97 % of")
    both = judged(KnockOut.HOMOGENEOUS, made_up(HALVES, variables=("x", "y")), x=UP, y=ALIKE)
    assert both.met is False and both.why.startswith("62 % of")
    kinds = judged(KnockOut.HOMOGENEOUS, made_up(HALVES, variables=("town",)), town=list(HALVES))
    assert kinds.met is None


def test_half_of_the_differences_may_be_left():
    # 1 and 2 apart, 0 and 3 together: of 5 ⁄ 4 there remain (.5 + .5) ⁄ 4 and more; two equal pairs leave exactly half
    pairs = judged(KnockOut.HOMOGENEOUS, made_up("abcc", variables=("x", "y")), x=[1.0, 1.0, 2.0, 2.0], y=[1.0, 1.0, 1.0, 2.0])
    assert pairs.met is True
    exact = judged(KnockOut.HOMOGENEOUS, made_up("aabb", variables=("x", "y")), x=[1.0, 1.0, 2.0, 2.0], y=[1.0, 2.0, 1.0, 2.0])
    assert exact.met is True and exact.why.startswith("50 % of")


@pytest.mark.parametrize(("missing", "met"), [(2, True), (3, False)])
def test_who_belongs_where_must_be_known_of_four_customers_in_five(missing, met):
    y = [np.nan] * missing + UP[missing:]
    found = judged(KnockOut.IDENTIFIABLE, made_up(HALVES, variables=("x", "y")), x=UP, y=y)
    assert found.met is met
    if not met:
        assert found.why == "30 % of the customers have no “Y”, which forms them."
    worse = judged(KnockOut.IDENTIFIABLE, made_up(HALVES, variables=("x", "y")), x=[np.nan] * 4 + UP[4:], y=y)
    assert worse.why.startswith("40 % of the customers have no “X”")


@pytest.mark.parametrize(
    ("method", "how"),
    [
        (Method.BY_HAND, "Thresholds that anyone can apply put each"),
        (Method.RFM, "Thresholds that anyone can apply put each"),
        (Method.K_MEANS, "The workbook puts each"),
    ],
)
def test_by_a_rule_anyone_can_tell_who_belongs_where(method, how):
    assert judged(KnockOut.IDENTIFIABLE, replace(made_up(HALVES, variables=("x",)), method=method)).why.startswith(how)
