"""What to ask customers, whom, and the answers recognised again."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.data.scales import agreement_score
from segkit.core.data.survey import (
    AGREEMENT,
    QUESTIONS,
    answers_needed,
    asked_by,
    draw_recipients,
    people_to_ask,
    question,
    questions_for,
    suggest_questions,
)
from segkit.words.terms import Base, CustomerKind, GoalReason, Role


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


@settings(max_examples=25, deadline=None)
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


def test_the_answers_of_the_form_are_scored_one_to_five():
    assert [agreement_score(word) for word in AGREEMENT] == [1, 2, 3, 4, 5]
    assert agreement_score("5 - strongly agree") == 5


def test_what_the_answers_to_a_question_are():
    assert question("ask_price").role is Role.NUMBER
    assert question("ask_age").role is Role.CATEGORY
    assert question("ask_better").role is Role.FREE_TEXT
    assert {q.id for q in QUESTIONS if q.role is Role.FREE_TEXT} == {"ask_better"}


MINDS = ("ask_quality", "ask_price", "ask_new", "ask_local", "ask_advice", "ask_quick", "ask_gift")
ALWAYS = ("ask_satisfied", "ask_better")


@pytest.mark.parametrize(
    ("kind", "known", "reasons", "asked"),
    [
        (CustomerKind.CONSUMER, (), [GoalReason.MESSAGE], MINDS + ALWAYS),
        (CustomerKind.CONSUMER, (), [], MINDS + ALWAYS),
        (CustomerKind.CONSUMER, (), [GoalReason.KEEP], MINDS + ALWAYS),
        (CustomerKind.CONSUMER, (Base.PSYCHOGRAPHIC,), [GoalReason.MESSAGE], ALWAYS),
        (
            CustomerKind.CONSUMER,
            (),
            [GoalReason.FIND_NEW, GoalReason.MESSAGE],
            (*MINDS[:5], "ask_age", "ask_household", "ask_distance", *ALWAYS),
        ),
        (
            CustomerKind.CONSUMER,
            (Base.BEHAVIOURAL,),
            [GoalReason.CHANNEL],
            ("ask_channel", "ask_occasion", "ask_news", *ALWAYS),
        ),
        (CustomerKind.BUSINESS, (Base.GEOGRAPHIC,), [GoalReason.FIND_NEW], ("ask_employees", "ask_decides", *ALWAYS)),
    ],
)
def test_which_questions_are_suggested(kind, known, reasons, asked):
    """Bases take turns, so that eight statements do not push out the three questions about who and where; ten in all."""
    assert suggest_questions(kind, known, reasons) == asked


def test_the_number_of_answers_is_the_smallest_that_keeps_the_margin():
    """The margin of a share of one half without replacement: 1.96 √(¼/n · (N − n)/(N − 1)), Cochran 1977."""

    def margin(asked, customers):
        return 1.959964 * math.sqrt(0.25 / asked * (customers - asked) / (customers - 1))

    for customers in (*range(2, 1500), 5_000, 100_000):
        asked = answers_needed(customers)
        assert margin(asked, customers) <= 0.05
        assert asked == 1 or margin(asked - 1, customers) > 0.05


def test_a_closer_answer_needs_more():
    assert (answers_needed(10**9, 0.1), answers_needed(10**9, 0.03), answers_needed(0)) == (97, 1068, 0)


@pytest.mark.parametrize(("customers", "ask"), [(10_000_000, 1925), (5_000, 1785), (1_000, 1_000), (0, 0)])
def test_one_in_five_of_those_asked_answers(customers, ask):
    assert people_to_ask(customers) == ask


def test_whom_the_lot_draws_is_sorted_and_changes_with_the_seed():
    ids = [f"c{i:04d}" for i in range(3000, 0, -1)]
    one, other = draw_recipients(ids, seed=1), draw_recipients(ids, seed=2)
    assert one == sorted(one) and set(one) < set(ids) and one != other


@pytest.mark.parametrize("header", ["Q12 Compares prices", "question 3 - I compare prices before I buy", "7 ask price"])
def test_a_number_before_a_question_does_not_hide_it(header):
    assert asked_by(header).id == "ask_price"


@pytest.mark.parametrize(
    ("word", "score"),
    [
        ("not at all", 1),
        ("2 disagree", 2),
        ("neutral", 3),
        ("4: agree", 4),
        ("1 - strongly disagree", 1),
        ("Plutôt d’accord", 4),
    ],
)
def test_other_wordings_of_agreement(word, score):
    assert agreement_score(word) == score


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.id)
def test_a_question_is_a_sentence_and_its_short_name_is_none(one):
    assert one.id.startswith("ask_") and one.text[-1] in ".?" and one.short[-1] not in ".?"
    assert len(one.short) <= len(one.text)
