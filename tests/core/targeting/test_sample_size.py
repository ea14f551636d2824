"""How many customers a test needs: published sizes, and the least rise that so many can tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from segkit.core.targeting.sample_size import TestPlan, arm_size, percent_fine, plan_test
from segkit.words.errors import CriteriaError


@pytest.mark.parametrize(("rate", "lift", "size"), [(0.03, 0.2, 13_911), (0.03, 0.1, 53_208), (0.10, 0.2, 3_838)])
def test_sizes_of_a_test_equal_the_published_ones(rate, lift, size):
    """Two-sided 5 %, power 80 %."""
    plan = plan_test(rate, lift, 0)
    assert isinstance(plan, TestPlan) and plan.per_arm == size and plan.available == 0


def test_more_certainty_asks_for_more_customers():
    """(2.5758 + 1.2816)² · (.5 · .5 + .6 · .4) / .1², two-sided 1 %, power 90 %."""
    assert arm_size(rate=0.5, other=0.6, alpha=0.01, power=0.9) == 729


def test_a_test_is_possible_from_twice_the_size_of_a_group():
    plan = plan_test(0.1, 0.2, 2 * 3838)
    assert plan.sentence == (
        "To tell 12 % from 10 % you need 3,838 customers in each of two groups; the segment has 7,676, so the test can be run."
    )
    assert "so the test can be run" in plan_test(0.1, 0.2, 2 * 3838 + 1).sentence
    less = plan_test(0.1, 0.2, 2 * 3838 - 1).sentence
    assert "so the test can be run" not in less and "can only detect a rise to 12 % or more" in less


@settings(max_examples=25, deadline=None)
@given(st.floats(0.02, 0.5), st.integers(20, 5000))
def test_the_least_rate_that_can_be_told_needs_just_so_many_customers(rate, half):
    found = plan_test(rate, 1e-3, 2 * half).detectable_rate
    if found is None:
        assert arm_size(rate, 1.0) > half
        return
    assert rate < found <= 1
    needed = (norm.isf(0.025) + norm.isf(0.2)) ** 2 * (rate * (1 - rate) + found * (1 - found)) / (found - rate) ** 2
    assert needed == pytest.approx(half)
    assert plan_test(rate, 1e-3, 2 * half + 1).detectable_rate == found, "nobody is halved"


def test_nineteen_customers_in_a_group_can_tell_nothing_and_twenty_can():
    assert plan_test(0.1, 0.2, 39).detectable_rate is None
    assert "39, too few to detect any effect" in plan_test(0.1, 0.2, 39).sentence
    twenty = plan_test(0.1, 0.2, 40)
    assert arm_size(0.1, twenty.detectable_rate) == 20
    assert f"can only detect a rise to {percent_fine(twenty.detectable_rate)} or more" in twenty.sentence


@pytest.mark.parametrize(("rate", "tells"), [(0.6, True), (0.7, True), (0.75, False), (0.9, False)])
def test_where_the_rate_is_high_already_not_even_all_customers_would_be_a_rise_that_shows(rate, tells):
    """Twenty a group: 7.849 · .6 · .4 is less than 20 · .4², and 7.849 · .75 · .25 more than 20 · .25²."""
    assert (plan_test(rate, 0.05, 40).detectable_rate is not None) == tells


@pytest.mark.parametrize(
    ("rate", "lift", "what"),
    [
        (0, 0.2, "A response rate of 0"), (1, 0.2, "A response rate of 1"), (-0.1, 0.2, "A response rate of -0.1"),
        (0.5, 1.0, "A lift of 1 on 50 %"), (0.1, 0, "A lift of 0"), (0.1, -0.2, "A lift of -0.2"),
    ],
)  # fmt: skip
def test_a_test_that_cannot_be_is_refused(rate, lift, what):
    with pytest.raises(CriteriaError) as error:
        plan_test(rate, lift, 100)
    assert str(error.value).startswith(f"{what} ") and error.value.remedy


@pytest.mark.parametrize(("rate", "lift"), [(0.5, 0.98), (0.001, 0.2), (0.98, 0.01), (0.2, 0.001), (0.05, 1.5)])
def test_whatever_leaves_a_rate_between_nought_and_all_can_be_planned(rate, lift):
    assert plan_test(rate, lift, 100).per_arm > 0


@pytest.mark.parametrize(("share", "text"), [(0.12, "12 %"), (0.036, "3.6 %"), (0.1, "10 %"), (0.1234, "12.3 %")])
def test_response_rates_have_one_decimal_where_there_is_one(share, text):
    assert percent_fine(share) == text
