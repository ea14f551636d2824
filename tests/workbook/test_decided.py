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
from segkit.workbook.session import Session

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


def test_the_examples_answers_and_reasons_never_reach_own_data_in_whatever_order(tmp_path):
    session = Session(tmp_path)
    example = session.goals
    session.choose("goals", business=example.business.revise(name="Hearth Bakery"))
    session.choose("criteria", n_segments=3)
    session.choose("targeting", ratings=session.targeting.ratings)
    assert session.answer_to(Step.GOALS, "business", "name").yours
    assert session.answer_to(Step.GOALS, "business", "currency").whose == "example"
    lines = "".join(f"C{n % 40},2025-{1 + n % 12:02d}-03,{5 + n}\n" for n in range(120))
    (tmp_path / "data" / "mine.csv").write_text(f"customer,date,amount\n{lines}", encoding="utf-8")
    session.use_files([{"kind": "orders", "path": "mine.csv"}])
    goals = session.goals
    assert (goals.business.name, goals.business.currency, goals.why, goals.goals) == ("Hearth Bakery", "", "", ())
    assert goals.break_even.yearly_revenue is None
    assert (session.criteria.n_segments, session.criteria.why, session.criteria.variables) == (None, "", ())
    assert session.targeting.ratings == () and session.targeting.why == "" and session.review_decision.why == ""
    assert session.answer_to(Step.GOALS, "business", "industry").whose == "suggested"
    session.change(Step.DATA, lambda _: session.sample_decision("coffee_roaster"))
    assert session.goals == example.revise(business=example.business.revise(name="Hearth Bakery"))
    assert session.criteria.n_segments == 3, "what was chosen for the sample is there when it is back"


def test_a_reason_holds_as_long_as_the_choice_it_was_written_for(tmp_path):
    session = Session(tmp_path)
    assert session.reason(Step.CRITERIA).holds and not session.reason(Step.CRITERIA).yours
    session.choose("criteria", method="rfm")
    assert not session.reason(Step.CRITERIA).holds, "the example's reason was for its own way"
    session.choose("criteria", why="we know it")
    assert session.reason(Step.CRITERIA)[:3] == ("we know it", True, True)
    session.choose("criteria", method="by_hand")
    held = session.reason(Step.CRITERIA)
    assert (held.text, held.holds, held.then.method) == ("we know it", False, "rfm")
    session.undo()
    assert session.reason(Step.CRITERIA).holds
    session.choose("criteria", method="by_hand", why="simpler")
    assert session.reason(Step.CRITERIA)[:2] == ("simpler", True), "chosen and explained in one breath"


def test_undo_reaches_over_all_notebooks_and_tells_them(tmp_path):
    one, other = Session(tmp_path), Session(tmp_path)
    one.choose("goals", smallest_share=0.2)
    other.choose("review", what_changes="less post")
    told = []
    one.watch("mine", told.append)
    assert one.undo().step is Step.REVIEW and told == [Step.REVIEW]
    assert one.review_decision == other.review_decision != one.review_decision.revise(what_changes="less post")
    assert (one.undo().field, one.undo()) == ("smallest_share", None)
    assert (one.redo().field, one.redo().step, one.redo()) == ("smallest_share", Step.REVIEW, None)
    assert Session(tmp_path).review_decision.what_changes == "less post"
