import pytest

from segkit.core.goals.advice import MEASURES, how_many_goals
from segkit.decisions.goals import Business
from segkit.words.terms import BusinessSize, CustomerKind, GoalReason


def test_each_reason_has_a_measure_of_its_own():
    assert set(MEASURES) == set(GoalReason)
    assert len(set(MEASURES.values())) == len(GoalReason)


@pytest.mark.parametrize(
    ("size", "goals", "begins"),
    [
        (BusinessSize.SOLO, 1, "1 goal suits"),
        (BusinessSize.MICRO, 1, "1 goal suits"),
        (BusinessSize.SMALL, 2, "Up to 2 goals suit"),
        (BusinessSize.MEDIUM, 3, "Up to 3 goals suit"),
        (BusinessSize.LARGE, 3, "Up to 3 goals suit"),
    ],
)
@pytest.mark.parametrize("kind", list(CustomerKind))
def test_larger_businesses_carry_more_goals_and_a_small_one_that_sells_to_firms_is_told_to_be_patient(
    kind, size, goals, begins
):
    number, said = how_many_goals(Business(size=size, kind=kind))
    assert number == goals and said.startswith(f"{begins} your business: ")
    assert ("Firms buy rarely" in said) == (kind is CustomerKind.BUSINESS and goals == 1)
