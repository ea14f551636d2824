"""States counted, judged and asked about; figures worked out by hand."""

import pytest

from segkit.core.data.states import KEY, Met, State, ask, judge
from segkit.words.terms import SaleMeaning

SALE, NO_SALE, RETURNED = SaleMeaning.SALE, SaleMeaning.NO_SALE, SaleMeaning.RETURNED


def met(*rows, paid=None):
    return [Met(tuple(states), count, money, paid) for *states, count, money in rows]


ONE = met(("paid", 10, 100.0), ("open", 3, 30.0), ("disputed", 2, 50.0), ("cancelled", 1, 9.0), (None, 4, 40.0))


def test_each_state_is_counted_the_commonest_first():
    assert judge(["status"], ONE) == (
        State("status", "paid", 10, 100.0, SALE),
        State("status", "open", 3, 30.0, NO_SALE, sure=False),
        State("status", "disputed", 2, 50.0, SALE, sure=False),
        State("status", "cancelled", 1, 9.0, NO_SALE, cancelled=True),
    )


def test_what_a_person_says_goes_before_all_else():
    states = {s.state: s for s in judge(["status"], ONE, {" Open": SALE, "paid": RETURNED, "gone": SALE}, {"open": RETURNED})}
    assert (states["open"].meaning, states["open"].by_person, states["open"].sure) == (SALE, True, True)
    assert states["paid"].sets_aside == "returned" and states["disputed"].certainty == "please check"
    assert states["open"].certainty == "your choice" and states["cancelled"].certainty == "sure"


@pytest.mark.parametrize(
    ("state", "said", "called"),
    [("cancelled", None, "cancelled"), ("failed", None, "no_sale"), ("refunded", None, "returned"), ("paid", None, ""),
     ("cancelled", SALE, ""), ("cancelled", NO_SALE, "cancelled"), ("cancelled", RETURNED, "returned"),
     ("paid", NO_SALE, "no_sale")],
)  # fmt: skip
def test_what_lines_in_a_state_are_called(state, said, called):
    found = judge(["status"], met((state, 1, 1.0), ("done", 5, 5.0)), {state: said} if said else {})
    assert next(s for s in found if s.state == state).sets_aside == called


def test_a_partial_refund_is_in_doubt_unless_the_file_tells_how_much():
    rows = met(("paid", 9, 90.0), ("partially_refunded", 1, 10.0))
    assert not judge(["status"], rows)[1].sure and judge(["status"], rows, refunds=True)[1].sure
    assert not judge(["status"], met(("paid", 9, 90.0), ("open", 1, 1.0)), refunds=True)[1].sure


def test_states_of_money_and_of_parcels_are_counted_apart():
    rows = met(("paid", "fulfilled", 5, 50.0), ("paid", "unfulfilled", 2, 20.0), ("refunded", "fulfilled", 1, 10.0))
    found = [(s.column, s.state, s.rows, s.money, s.meaning) for s in judge(["Financial Status", "Fulfillment Status"], rows)]
    assert found == [
        ("Financial Status", "paid", 7, 70.0, SALE),
        ("Financial Status", "refunded", 1, 10.0, RETURNED),
        ("Fulfillment Status", "fulfilled", 6, 60.0, SALE),
        ("Fulfillment Status", "unfulfilled", 2, 20.0, SALE),
    ]


def test_without_money_rows_are_counted():
    assert [s.money for s in judge(["status"], met(("paid", 10, None), ("open", 3, None)))] == [None, None]


def test_where_nothing_is_in_doubt_nothing_is_asked():
    rows = met(("paid", 10, 100.0), ("failed", 3, 30.0))
    assert ask(judge(["status"], rows), rows) is None


def test_a_question_lists_the_doubtful_states_and_what_each_reading_gives():
    question = ask(judge(["status"], ONE), ONE)
    assert question.key == KEY and question.text == "Which states of orders count as sales?"
    assert question.why == (
        "The words do not tell whether money came, and stayed: “disputed” (2 rows, 50.00 in all), “open” (3 rows, "
        "30.00 in all)."
    )
    assert [(a.label, a.gives, a.taken) for a in question.answers] == [
        ("“disputed” counts as a sale; “open” is no sale", "16 rows, 190.00 in all as sales", True),
        ("“disputed”, “open” count as sales", "19 rows, 220.00 in all as sales", False),
        ("“disputed”, “open” are no sales", "14 rows, 140.00 in all as sales", False),
    ]
    assert question.taken.edits == {}


def test_an_answer_is_what_the_decision_needs_and_settles_the_question():
    question = ask(judge(["status"], ONE, {"paid": SALE}), ONE)
    for answer in question.answers[1:]:
        said = {edit["status"]: SaleMeaning(edit["meaning"]) for edit in answer.edits["statuses"]}
        assert said["paid"] is SALE
        assert ask(judge(["status"], ONE, said), ONE) is None


def test_each_of_a_few_doubtful_states_can_be_decided_alone():
    rows = met(("paid", 9, 90.0), ("disputed", 2, 50.0), ("closed", 3, 30.0))
    labels = [answer.label for answer in ask(judge(["status"], rows), rows).answers]
    assert labels == [
        "“disputed”, “closed” count as sales",
        "“disputed”, “closed” are no sales",
        "“closed” counts as a sale; “disputed” is no sale",
        "“disputed” counts as a sale; “closed” is no sale",
    ]


def test_rows_that_another_column_sets_aside_count_in_no_reading():
    rows = met(("paid", "open order", 5, 50.0), ("disputed", "cancelled", 2, 20.0), ("disputed", None, 1, 7.0))
    question = ask(judge(["payment", "order"], rows), rows)
    assert [answer.gives for answer in question.answers] == ["6 rows, 57.00 in all as sales", "5 rows, 50.00 in all as sales"]


def test_of_many_doubtful_states_the_question_stays_short():
    rows = met(("paid", 90, 900.0), *((f"word {letter}", 1, 1.0) for letter in "abcdefgh"))
    question = ask(judge(["status"], rows), rows)
    assert len(question.answers) == 2 and question.why.endswith("and 3 more.")
    assert question.answers[0].label == "“word a”, “word b”, “word c” and 5 more count as sales"


@pytest.mark.parametrize("state", ["quote", "cancelled", "7"])
def test_where_no_state_says_that_something_was_sold_the_question_says_so(state):
    rows = met((state, 9, 90.0))
    assert ask(judge(["status"], rows), rows).why == (
        f"No state says for sure that something was sold: “{state}” (9 rows, 90.00 in all)."
    )


def test_a_return_in_doubt_stays_none_when_no_doubtful_state_counts():
    rows = met(("paid", 9, 90.0), ("return requested", 1, 10.0))
    question = ask(judge(["status"], rows), rows)
    assert [(a.label, a.gives) for a in question.answers] == [
        ("“return requested” is a return", "9 rows, 90.00 in all as sales"),
        ("“return requested” counts as a sale", "10 rows, 100.00 in all as sales"),
    ]


def test_without_money_a_question_counts_rows():
    rows = met(("paid", 9, None), ("disputed", 1, None))
    assert [a.gives for a in ask(judge(["status"], rows), rows).answers] == ["10 rows as sales", "9 rows as sales"]
