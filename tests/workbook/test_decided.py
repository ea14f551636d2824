"""Decisions as taken, or as suggested until then; and who is told of a change."""

import pytest

from segkit.decisions.criteria import Criteria
from segkit.decisions.data import Data
from segkit.decisions.goals import Goals
from segkit.decisions.profiles import Profiles
from segkit.decisions.review import Review
from segkit.decisions.targeting import Targeting
from segkit.decisions.workbook import DECISIONS
from segkit.samples.catalogue import SAMPLES
from segkit.words.errors import WorkbookError
from segkit.words.terms import Step
from segkit.workbook.decided import Decided

OWN = {"sample": "", "files": [{"kind": "orders", "path": "mine.csv"}]}


@pytest.fixture
def decided(tmp_path):
    return Decided(tmp_path)


def test_until_somebody_decides_the_worked_example_of_the_sample_holds(decided):
    assert not any(decided.is_chosen(step) for step in Step)
    assert decided.data_decision.sample == "coffee_roaster" and decided.sample is SAMPLES["coffee_roaster"]
    example = decided.goals
    assert example.business.name and decided.personas.personas and decided.targeting.plans
    decided.choose("data", sample="packaging_wholesaler")
    assert decided.sample is SAMPLES["packaging_wholesaler"] and decided.goals.business.name != example.business.name
    assert decided.sample_decision("coffee_roaster").sample == "coffee_roaster"


def test_with_own_files_plain_defaults_hold(decided):
    decided.choose("data", **OWN)
    assert decided.sample is None and decided.goals == Goals() and decided.personas == Profiles()
    assert decided.criteria == Criteria() and decided.targeting == Targeting() and decided.review_decision == Review()
    assert decided.suggestion(Step.DATA).sample == "coffee_roaster", "what was rejected is the sample"


def test_each_step_has_its_own_decision(decided):
    for step, kind in DECISIONS.items():
        decided.choose(step, why=f"because of {step}")
        assert decided.is_chosen(step) and isinstance(decided.decision(step), kind)
        assert decided.book.decision(step).why == decided.decision(step).why == f"because of {step}"
    found = (
        decided.goals,
        decided.data_decision,
        decided.criteria,
        decided.personas,
        decided.targeting,
        decided.review_decision,
    )
    assert [type(one) for one in found] == [Goals, Data, Criteria, Profiles, Targeting, Review]
    assert len({one.why for one in found}) == 6


def test_a_change_starts_from_what_was_suggested(decided):
    before = decided.goals
    decided.choose(Step.GOALS, why="new")
    assert decided.goals == before.revise(why="new")


def test_all_that_watch_are_told_even_when_it_cannot_be_saved(decided):
    told = []
    decided.watch("cell", lambda step: told.append(("first", step)))
    decided.watch("cell", lambda step: told.append(("again", step)))
    decided.watch("other", lambda step: told.append(("other", step)))
    decided.choose("goals", why="x")
    assert told == [("again", Step.GOALS), ("other", Step.GOALS)], "a cell that is run again takes its own place"
    with pytest.raises(WorkbookError):
        decided.choose("goals", smallest_share=7)
    assert len(told) == 4
    decided.watch("late", lambda _: decided.watch("later", told.append))
    decided.choose("goals", why="y")
    assert len(told) == 6, "who begins to watch meanwhile is told from the next change on"


def test_there_is_no_such_step(decided):
    with pytest.raises(WorkbookError, match=r"no step called “prices”\. Choose one of: goals, data, criteria, profiles"):
        decided.choose("prices")
