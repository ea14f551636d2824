"""What to ask customers, whom, and the answers recognised again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.core.data.survey import (
    AGREEMENT,
    QUESTIONS,
    answers_needed,
    asked_by,
    draw_recipients,
    people_to_ask,
    questions_for,
    scores,
    suggest_questions,
)
from segkit.words.terms import Base, CustomerKind, GoalReason


def test_ids_and_names_are_told_apart():
    assert len({q.id for q in QUESTIONS}) == len({q.short for q in QUESTIONS}) == len({q.text for q in QUESTIONS})


@pytest.mark.parametrize("kind", list(CustomerKind))
def test_what_the_goals_lack_is_asked_and_nothing_twice(kind):
    asked = suggest_questions(kind, {Base.BEHAVIOURAL}, [GoalReason.MESSAGE, GoalReason.FIND_NEW])
    mine = {q.id: q for q in questions_for(kind)}
    assert len(asked) <= 10 and set(asked) <= set(mine)
    bases = {mine[i].base for i in asked}
    assert Base.PSYCHOGRAPHIC in bases and bases & {Base.DEMOGRAPHIC, Base.FIRMOGRAPHIC}
    known = suggest_questions(kind, set(Base), [GoalReason.MESSAGE])
    assert set(known) == {"ask_satisfied", "ask_better"}, "what the data hold already is not asked again"


@pytest.mark.parametrize(("customers", "needed"), [(10_000_000, 385), (1000, 278), (100, 80), (1, 1)])
def test_answers_needed_are_those_of_the_tables_of_sampling(customers, needed):
    assert answers_needed(customers) == needed


@given(st.integers(1, 3000), st.integers(0, 5))
def test_the_lot_is_fair_in_size_and_repeatable(customers, seed):
    ids = [f"c{i}" for i in range(customers)]
    drawn = draw_recipients(ids, seed=seed)
    assert len(drawn) == len(set(drawn)) == people_to_ask(customers) <= customers
    assert drawn == draw_recipients(reversed(ids), seed=seed)


@pytest.mark.parametrize("header", ["ask_price", "I compare prices before I buy.", "3. I compare prices before I buy"])
def test_a_column_is_known_by_id_or_text(header):
    question = asked_by(header)
    assert question is not None and question.id == "ask_price"
    assert asked_by("Price") is None


def test_wordings_of_agreement_have_one_score_each():
    assert [scores()[word] for word in AGREEMENT] == [1, 2, 3, 4, 5]
    assert scores()["5 - strongly agree"] == 5
