"""What holds of a history: answers are a person's own one by one, nothing that was said is lost, and acts can be undone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.decisions.goals import Goals
from segkit.decisions.history import answered, replayed
from segkit.decisions.profiles import Profiles
from segkit.decisions.workbook import SCHEMA_VERSION, Workbook
from segkit.words.terms import Attractiveness, GoalReason, Method, Step

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
EXAMPLE = Goals(
    why="The example's reason.",
    business={"name": "Example & Co", "kind": "business", "currency": "EUR"},
    goals=[{"reason": "keep", "measure": "the example's", "baseline": 3}, {"reason": "focus", "measure": "the example's"}],
    break_even={"hours": 60, "yearly_revenue": 499_000},
)
OWN = Goals()


def chosen(book: Workbook, suggestion: Goals, about: str = "own", step: Step = Step.GOALS, **edits: object) -> Workbook:
    before = book.taken(step, suggestion, about)
    return book.with_decision(step, before.revise(**edits), at=NOON, before=before, about=about)


def test_who_changes_one_field_of_an_example_has_not_taken_over_the_others():
    book = chosen(Workbook(), EXAMPLE, business=EXAMPLE.business.revise(name="Mine"))
    book = chosen(book, EXAMPLE, break_even=EXAMPLE.break_even.revise(hours=5))
    assert book.taken(Step.GOALS, EXAMPLE, "own").business == EXAMPLE.business.revise(name="Mine")
    mine = book.taken(Step.GOALS, OWN, "own")
    assert (mine.business.name, mine.business.currency, mine.why, mine.goals) == ("Mine", "", "", ())
    assert (mine.break_even.hours, mine.break_even.yearly_revenue) == (5, None)
    assert set(answered(book.lines(Step.GOALS, "own"))) == {("business", "name"), ("break_even", "hours")}


def test_an_entry_of_a_list_is_answered_by_itself():
    goals = [dict(goal) for goal in EXAMPLE.goals]
    goals[0]["baseline"] = 7
    weights = [{"criterion": c, "weight": 5 if c is Attractiveness.FIT else 3} for c in Attractiveness]
    book = chosen(chosen(Workbook(), EXAMPLE, goals=goals), EXAMPLE, weights=weights)
    assert set(answered(book.lines(Step.GOALS, "own"))) == {("goals", "keep", "baseline"), ("weights", "fit", "weight")}
    mine = book.taken(Step.GOALS, OWN, "own")
    assert [(goal.reason, goal.measure, goal.baseline) for goal in mine.goals] == [(GoalReason.KEEP, "", 7)]


def test_an_entry_taken_away_stays_away_and_one_put_there_is_told_by_what_is_said_in_it():
    book = chosen(Workbook(), EXAMPLE, goals=[dict(EXAMPLE.goals[1])])
    assert [goal.reason for goal in book.taken(Step.GOALS, EXAMPLE, "own").goals] == [GoalReason.FOCUS]
    book = chosen(book, EXAMPLE, goals=[dict(EXAMPLE.goals[1]), {"reason": "price", "target": 4}])
    mine = answered(book.lines(Step.GOALS, "own"))
    assert ("goals", "keep") in mine and ("goals", "price", "target") in mine and ("goals", "price", "measure") not in mine


def test_what_was_said_about_one_set_of_data_is_not_said_about_another():
    book = Workbook()
    card = {"segmentation": "a/1", "segment_id": "s1", "name": "Somebody"}
    book = chosen(book, Profiles(), "coffee_roaster", Step.PROFILES, personas=[card])
    assert book.taken(Step.PROFILES, Profiles(), "own") == Profiles()
    assert book.taken(Step.PROFILES, Profiles(), "coffee_roaster").personas[0].name == "Somebody"
    book = chosen(book, OWN, "coffee_roaster", business={"name": "Mine"})
    assert book.taken(Step.GOALS, OWN, "own").business.name == "Mine", "the business is the same whatever data are in use"


def test_an_answer_that_does_not_fit_the_data_in_use_is_left_out_and_the_others_stay():
    three = [{"reason": reason} for reason in ("keep", "focus", "price")]
    book = chosen(chosen(Workbook(), OWN, goals=three), OWN, smallest_share=0.2)
    other = Goals(goals=[{"reason": "niche"}])
    taken = book.taken(Step.GOALS, other, "own")
    assert taken.smallest_share == 0.2 and [goal.reason for goal in taken.goals] == [GoalReason.NICHE]


GOAL = st.fixed_dictionaries({"reason": st.sampled_from(["keep", "focus", "price"]), "measure": st.sampled_from("ab")})
BUSINESS = st.fixed_dictionaries({}, optional={"name": st.sampled_from("xy"), "size": st.just("solo")})
EDITS = st.one_of(
    st.fixed_dictionaries({"smallest_share": st.sampled_from([0.0, 0.1, 0.2])}),
    st.fixed_dictionaries({"why": st.sampled_from(["", "so", "or so"])}),
    st.fixed_dictionaries({"goals": st.lists(GOAL, max_size=3, unique_by=lambda goal: goal["reason"])}),
    st.fixed_dictionaries({"business": BUSINESS}),
)


def as_sets(goals: Goals) -> object:
    return goals.revise(goals=()), {goal.reason: goal for goal in goals.goals}


@given(st.lists(EDITS, max_size=6), st.sampled_from([OWN, EXAMPLE]))
def test_what_is_read_back_is_what_was_decided_and_every_act_can_be_undone_and_done_again(edits, suggestion):
    book, states = Workbook(), [suggestion]
    for edit in edits:
        after = chosen(book, suggestion, **edit)
        if after.history != book.history:
            book = after
            states.append(states[-1].revise(**edit))
            assert as_sets(book.taken(Step.GOALS, suggestion, "own")) == as_sets(states[-1])
    for state in reversed(states[:-1]):
        book = book.undone(NOON)
        assert as_sets(book.taken(Step.GOALS, suggestion, "own")) == as_sets(state)
    assert book.may_undo is None and not answered(book.lines(Step.GOALS, "own"))
    for state in states[1:]:
        book = book.redone(NOON)
        assert as_sets(book.taken(Step.GOALS, suggestion, "own")) == as_sets(state)
    assert book.may_redo is None
    assert Workbook.model_validate_json(book.model_dump_json()) == book


def test_a_choice_after_an_undo_ends_what_could_be_done_again():
    book = chosen(chosen(Workbook(), OWN, why="one"), OWN, smallest_share=0.3).undone(NOON)
    assert book.may_redo.field == "smallest_share"
    book = chosen(book, OWN, why="two")
    assert book.may_redo is None and book.redone(NOON) == book
    assert [line.act for line in book.history] == ["chose", "chose", "undid", "chose"], "nothing is struck from the history"
    assert book.undone(NOON).taken(Step.GOALS, OWN, "own").why == "one"


def test_a_workbook_of_before_keeps_what_its_history_tells_and_what_was_chosen_about_data():
    old = {
        "schema_version": 1,
        "goals": EXAMPLE.revise(smallest_share=0.2).model_dump(mode="json"),
        "data": {"sample": "", "files": [{"kind": "orders", "path": "mine.csv"}], "why": "from the till"},
        "criteria": {"method": "k_means", "n_segments": 4},
        "history": [
            {"at": NOON, "step": "goals", "field": "smallest_share", "chosen": 0.2, "rejected": 0.05},
            {"at": NOON, "step": "data", "field": "why", "chosen": "from the till", "rejected": ""},
        ],
    }
    book = Workbook.model_validate(old).upgraded(NOON)
    assert book.schema_version == SCHEMA_VERSION
    assert book.taken(Step.GOALS, OWN, "own") == OWN.revise(smallest_share=0.2), "the example's answers stay the example's"
    data = book.taken(Step.DATA, book.data.revise(sample="coffee_roaster", files=[], why="the example's"), "own")
    assert (data.sample, data.files[0].path, data.why) == ("", "mine.csv", "from the till")
    criteria = book.taken(Step.CRITERIA, type(book.criteria)(), "own")
    assert (criteria.method, criteria.n_segments) == (Method.K_MEANS, 4)


@pytest.mark.parametrize("act", ["undone", "redone"])
def test_where_there_is_nothing_to_turn_back_nothing_happens(act):
    assert getattr(Workbook(), act)(NOON) == Workbook()


def test_nothing_is_replayed_where_nobody_answered():
    assert replayed(EXAMPLE, []) is EXAMPLE
