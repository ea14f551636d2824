"""Which way to split is suggested for which goal, and what is said for and against it."""

from types import SimpleNamespace

import pytest

from segkit.core.criteria.comparison.asked_for import Met
from segkit.core.criteria.comparison.recommended import HABITS, WANTS, recommended
from segkit.words.errors import CriteriaError
from segkit.words.terms import GoalReason, KnockOut, Method, Verdict

ALL = (Method.BY_HAND, Method.RFM, Method.K_MEANS)


def suggested(goal, verdict=Verdict.NATURAL, ways=ALL, met=None):
    asked = []

    def formed(method):
        if method not in ways:
            raise CriteriaError("The data hold no orders.", "Choose another way.")
        return SimpleNamespace(segments=[None] * 4)

    def trust(method):
        asked.append(method)
        return SimpleNamespace(verdict=verdict)

    found = recommended(goal, Method.K_MEANS, formed, trust, lambda method: met or {})
    return found, asked


def test_every_goal_has_a_reason_of_one_kind():
    assert set(HABITS) | set(WANTS) == set(GoalReason) and not set(HABITS) & set(WANTS)


@pytest.mark.parametrize("goal", list(GoalReason))
def test_the_goal_is_named_and_decides(goal):
    found, _ = suggested(goal)
    assert found.method is (Method.K_MEANS if goal in WANTS else Method.RFM)
    assert f"For your goal “{goal.label}” we suggest" in found.why and "4 segments" in found.why


def test_without_a_goal_that_is_said():
    found, asked = suggested(None)
    assert found.method is Method.RFM and found.why.startswith("Notebook 1 names no goal yet.")
    assert asked == []  # what takes long is not computed for a rule


@pytest.mark.parametrize("verdict", [Verdict.NONE, Verdict.CONSTRUCTED])
def test_where_no_groups_are_found_in_the_data_that_is_said(verdict):
    found, _ = suggested(GoalReason.MESSAGE, verdict)
    assert found.method is Method.RFM and "found none that come back" in found.mind
    assert "the right words depend" not in found.why  # what would speak for another way


def test_what_the_data_do_not_hold_is_not_suggested():
    found, _ = suggested(GoalReason.KEEP, ways=(Method.BY_HAND, Method.K_MEANS))
    assert found.method is Method.K_MEANS and "Your data do not hold what would suit this goal better." in found.why
    found, _ = suggested(GoalReason.KEEP, Verdict.NONE, ways=(Method.BY_HAND, Method.K_MEANS))
    assert found.method is Method.BY_HAND
    with pytest.raises(CriteriaError, match="None of the ways can form segments"):
        suggested(GoalReason.KEEP, ways=())


def test_what_was_asked_for_and_is_missed_is_said():
    met = {KnockOut.LARGE_ENOUGH: Met(False, "“New” holds only 1 %."), KnockOut.DISTINCT: Met(True, "Every two differ.")}
    found, _ = suggested(GoalReason.KEEP, met=met)
    assert found.mind.endswith("Of what you asked for in notebook 1 it misses: “New” holds only 1 %.")
