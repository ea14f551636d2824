"""Each criterion that a segment must meet: at its bound, on either side of it, and only where it was asked for."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.data.roles.columns import ColumnRole
from segkit.core.targeting.must_haves import failed_knock_outs
from segkit.decisions.goals import Goals
from segkit.decisions.targeting import SegmentRating
from segkit.words.terms import FileKind, KnockOut, Role, Verdict
from tests.core.customer_tables import customer_data
from tests.core.parted import parted

SHORT = {
    KnockOut.HOMOGENEOUS: "differ as much",
    KnockOut.DISTINCT: "not distinct",
    KnockOut.LARGE_ENOUGH: "too small",
    KnockOut.MATCHES_STRENGTHS: "does not match",
    KnockOut.REACHABLE: "cannot be reached",
}


def named(*roles):
    """Return what the columns of a file were taken for."""
    return {FileKind.ORDERS: tuple(ColumnRole(f"column {n}", role, None, 1.0, "") for n, role in enumerate(roles))}


NO_NAMES = named(Role.DATE, Role.AMOUNT)


def failing(
    *wanted, of="a" * 5 + "b" * 95, taste=(), variables=("taste",), jaccard=0.9, verdict=Verdict.CONSTRUCTED, smallest=0.05,
    rating=None, roles=None, **columns,
):  # fmt: skip
    """Return what segment "a" fails."""
    taste = list(taste) or list(range(len(of)))
    data = customer_data(pd.DataFrame({"taste": np.array(taste, dtype=float)} | columns), roles=roles or {})
    trust = Trust(verdict, "", None, None, None, pd.DataFrame({"jaccard": {"a": jaccard, "b": 0.9}}))
    goals = Goals(knock_outs=wanted, smallest_share=smallest)
    ratings = None if rating is None else {"a": SegmentRating(segmentation="letters", segment_id="a", **rating)}
    found = failed_knock_outs(data, parted(data, of, variables), trust, goals, ratings)
    assert list(found) == sorted(set(of)), "every segment has its list"
    return found["a"]


@pytest.mark.parametrize(("jaccard", "fails"), [(0.6, False), (0.59, True), (0.0, True), (1.0, False), (np.nan, False)])
def test_a_segment_found_again_by_less_than_six_tenths_is_not_distinct(jaccard, fails):
    """Hennig 2007; where it is not known how well a segment is found again, nothing is held against it."""
    said = failing(KnockOut.DISTINCT, jaccard=jaccard)
    assert len(said) == fails and all(f"({jaccard:.2f} of 1)" in one for one in said)


def test_a_segment_that_nobody_tried_to_find_again_is_not_called_indistinct():
    assert failing(KnockOut.DISTINCT, of="a" * 5 + "c" * 95) == []
    data = customer_data(pd.DataFrame({"taste": [1.0, 2.0]}))
    trust = Trust(Verdict.CONSTRUCTED, "", None, None, None, pd.DataFrame({"jaccard": {"b": 0.1}}))
    assert failed_knock_outs(data, parted(data, "ab"), trust, Goals(knock_outs=(KnockOut.DISTINCT,)))["a"] == []


def test_in_one_crowd_no_segment_is_distinct_however_often_it_is_found_again():
    assert failing(KnockOut.DISTINCT, verdict=Verdict.NONE, jaccard=1.0) == ["not distinct: the customers form one crowd"]


@pytest.mark.parametrize(("small", "fails"), [(4, True), (5, False), (6, False)])
def test_a_segment_of_exactly_the_share_asked_for_is_large_enough(small, fails):
    said = failing(KnockOut.LARGE_ENOUGH, of="a" * small + "b" * (100 - small))
    assert said == (["too small: 4 % of the customers, you asked for 5 %"] if fails else [])


@pytest.mark.parametrize(
    ("small", "of", "said"),
    [(48, 1000, "4.8 % of the customers, you asked for 5.0 %"), (1, 100, "1 % of the customers, you asked for 5 %")],
)
def test_a_segment_just_too_small_reads_smaller_than_what_was_asked_for(small, of, said):
    assert failing(KnockOut.LARGE_ENOUGH, of="a" * small + "b" * (of - small)) == [f"too small: {said}"]


@pytest.mark.parametrize("smallest", [0.25, 0.26])
def test_what_is_large_enough_is_what_the_person_says(smallest):
    assert len(failing(KnockOut.LARGE_ENOUGH, of="a" * 25 + "b" * 75, smallest=smallest)) == (smallest > 0.25)


# variance 9 within "a", and of all customers (12 · 9 + 2 · far²) / 14
@pytest.mark.parametrize(("far", "share"), [(3.9, "91 %"), (4.1, None), (3.0, "100 %"), (9.0, None)])
def test_members_that_vary_nine_tenths_as_much_as_all_customers_do_not_resemble_one_another(far, share):
    said = failing(KnockOut.HOMOGENEOUS, of="a" * 12 + "b" * 2, taste=[-3, 3] * 6 + [-far, far])
    assert len(said) == (share is not None) and all(f"({share} of the variance)" in one for one in said)


def test_exactly_nine_tenths_of_the_variance_is_let_pass(monkeypatch):
    monkeypatch.setattr("segkit.core.targeting.must_haves._spread", lambda *_: 0.9)
    assert failing(KnockOut.HOMOGENEOUS) == []


def test_all_segmentation_variables_count_alike_in_how_much_members_differ_and_one_that_is_the_same_for_all_does_not():
    # as different as all customers in the first, not at all in the second: half of the variance
    columns = {"size": [7.0] * 4 + [1.0, 9.0] * 2, "same": [1.0] * 8}
    both = {"of": "a" * 4 + "b" * 4, "taste": [-3, 3] * 4}
    assert failing(KnockOut.HOMOGENEOUS, variables=("taste", "size", "same"), **both, **columns) == []
    columns["size"] = [1.0, 9.0] * 4
    said = failing(KnockOut.HOMOGENEOUS, variables=("taste", "size", "same"), **both, **columns)
    assert "(100 % of the variance)" in said[0]


@pytest.mark.parametrize(
    ("rating", "fails"),
    [
        ({"position": 1}, True), ({"fit": 1}, True), ({"position": 1, "fit": 5}, True), ({"position": 2, "fit": 2}, False),
        ({"profit": 1, "ease": 1}, False), (None, False), ({"fit": 5}, False), ({"position": 5}, False), ({}, False),
    ],
)  # fmt: skip
def test_a_rating_of_one_for_position_or_fit_is_no_match_and_unrated_is_no_fault(rating, fails):
    assert len(failing(KnockOut.MATCHES_STRENGTHS, rating=rating)) == fails


@pytest.mark.parametrize(
    ("roles", "fails"),
    [
        (NO_NAMES, True),
        (named(Role.DATE, Role.CUSTOMER), False),
        (named(Role.PERSONAL), False),
        (named(Role.CUSTOMER, Role.PERSONAL), False),
        ({}, False),  # nothing is known of the columns
    ],
)
def test_customers_without_number_name_or_address_cannot_be_reached(roles, fails):
    assert len(failing(KnockOut.REACHABLE, roles=roles)) == fails


def test_only_criteria_that_were_asked_for_are_held_against_a_segment_and_all_of_these():
    worst = {
        "of": "a" * 4 + "b" * 96, "taste": [-50, 50] * 50, "jaccard": 0.1, "rating": {"fit": 1}, "roles": NO_NAMES,
    }  # fmt: skip
    assert failing(**worst) == [] and failing(KnockOut.IDENTIFIABLE, **worst) == []
    for criterion, begins in SHORT.items():
        said = failing(criterion, **worst)
        assert len(said) == 1 and begins in said[0]
    assert len(failing(*KnockOut, **worst)) == 5
