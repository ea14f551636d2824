import numpy as np
import pandas as pd

from segkit.core.profiles.typing_tool.questions import ANYTHING_ELSE, questions
from segkit.words.terms import Base
from tests.core.customer_tables import customer_data, shop


def asked(frame, forming=(), **how):
    return {question.variable: question for question in questions(customer_data(frame, **how), tuple(forming))}


def test_numbers_are_asked_in_bands_that_each_value_falls_into_once():
    frame = shop(600)
    question = asked(frame)["recency_days"]
    place = question.codes(frame["recency_days"])
    assert 3 <= len(question.answers) <= 5 and question.numeric and question.looked_up
    for i, (low, high) in enumerate(zip((-np.inf, *question.cuts), (*question.cuts, np.inf), strict=True)):
        assert ((frame["recency_days"] >= low) & (frame["recency_days"] < high) == (place == i)).all()
    # whole numbers are written without overlap, and the unit once
    first, last = int(question.cuts[0]), int(question.cuts[-1])
    assert question.answers[0] == f"up to {first - 1} days" or question.answers[0] == f"up to {first - 1}"
    assert question.answers[-1].startswith(f"{last}") and question.answers[-1].endswith("or more")
    assert question.codes(pd.Series([np.nan, 1e9, -5.0])).tolist() == [-1, len(question.answers) - 1, 0]


def test_a_number_of_few_values_is_asked_value_by_value():
    question = asked(pd.DataFrame({"beds": [1.0, 2, 4, 4] * 30}))["beds"]
    assert question.answers == ("1", "2", "4") and question.cuts == (2, 4)


def test_no_answer_is_that_of_a_handful():
    few = pd.DataFrame({"beds": [1.0] * 60 + [2.0] * 4 + [3.0] * 60, "kind": ["a"] * 70 + ["b"] * 50 + ["c"] * 4})
    found = asked(few)
    # two beds stand with one or with three; the rare kind with the rarer of the others
    assert len(found["beds"].answers) == 2
    assert found["kind"].answers == ("a", ANYTHING_ELSE) and found["kind"].codes(few["kind"]).max() == 1
    assert "rare" not in asked(pd.DataFrame({"rare": [f"k{i}" for i in range(124)]}))
    assert "alone" not in asked(pd.DataFrame({"alone": [0.0] * 120 + [1.0] * 4}))


def test_kinds_stand_the_commonest_first_and_what_is_new_is_not_known():
    frame = pd.DataFrame({"kind": ["b"] * 40 + ["a"] * 40 + ["c"] * 45})
    question = asked(frame)["kind"]
    assert question.answers == question.levels == ("c", "a", "b") and not question.numeric and not question.looked_up
    assert question.codes(pd.Series(["b", "new", None, "c"])).tolist() == [2, -1, -1, 0]
    many = asked(pd.DataFrame({"kind": [f"k{i % 12:02d}" for i in range(240)]}))["kind"]
    assert len(many.answers) == 9 and many.answers[-1] == ANYTHING_ELSE
    assert many.codes(pd.Series(["k11", "never seen"])).tolist() == [8, 8]


def test_texts_that_databases_read_differently_have_no_answer_of_their_own():
    frame = pd.DataFrame({"kind": ["a\\b"] * 40 + ["a"] * 40 + ["two\nlines"] * 40})
    assert asked(frame)["kind"].answers == ("a", ANYTHING_ELSE)


def test_what_forms_the_segments_comes_first_and_what_may_not_be_used_not_at_all():
    frame = shop(300).assign(same=1.0)
    found = questions(customer_data(frame, bases={"age": Base.DEMOGRAPHIC}), ("age", "region"))
    assert [q.variable for q in found][:2] == ["age", "region"] and [q.forms for q in found][:3] == [True, True, False]
    assert "same" not in [q.variable for q in found]
    assert [q.looked_up for q in found][:3] == [False, False, True]
