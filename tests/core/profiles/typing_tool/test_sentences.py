from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.core.disclosure import told
from segkit.core.profiles.typing_tool.card import ScoreCard
from segkit.core.profiles.typing_tool.held_out import Outcome
from segkit.core.profiles.typing_tool.questions import Question
from segkit.core.profiles.typing_tool.sentences import asked, at_once, how_known, in_short, of_rule, when_unsure, why
from segkit.core.profiles.typing_tool.tool import AtOnce, OwnRule, TypingTool
from segkit.core.profiles.typing_tool.weights import Weights

BEDS = Question("beds", "Beds", True, False, ("1", "2 or more"), cuts=(2.0,))
ORDERS = Question("orders", "Orders", True, True, ("up to 3", "4 or more"), cuts=(4.0,))
CARD = ScoreCard(
    (BEDS, ORDERS),
    ("s1", "s2"),
    Weights(np.array([0.0, 0.0]), (np.array([[2000.0, 0], [0, 500]]), np.array([[0.0, 0], [0, 5000]]))),
    693,
)
NAMES = {"s1": "Inns", "s2": "Hotels"}


def outcome(right, unsure, wrong):
    said = np.array([0] * right + [-1] * unsure + [1] * wrong)
    return Outcome(np.where(said < 0, 0, said), said, np.zeros(len(said), dtype=int))


def tool(right=(0.8, 0.96, 0.97), questions=2, **changed):
    rows = [(i, share, share - 0.01, share + 0.01, "…") for i, share in enumerate(right, 1)]
    curve = pd.DataFrame(rows, columns=["questions", "right", "low", "high", "asked"])
    card = replace(CARD, questions=CARD.questions[:questions])
    made = TypingTool(card, card, curve, outcome(93, 4, 3), outcome(9, 1, 0), told(pd.DataFrame()), 0.41, None, 1000, 1000)
    return replace(made, **changed)


def test_how_often_it_is_right_with_its_range_and_what_no_question_would_do():
    assert in_short(tool()) == (
        "2 questions put 96 of 100 new customers into the right segment (95 to 97, with 95 % confidence); without any "
        "question, naming the largest segment would be right for 41 of 100."
    )
    one = in_short(tool((0.80, 0.81), questions=1))
    assert one.startswith("1 question puts 80 of 100") and one.endswith("More questions hardly help: 2 would reach 81 of 100.")
    assert in_short(tool((0.7, 0.8))).endswith("There are no more questions to ask.")


def test_questions_that_wait_for_orders_are_said_to():
    assert asked(tool()).startswith("The questions: “Beds” and “Orders”. 1 of them can be looked up, but only once")
    assert asked(tool(questions=1)) == "The question: “Beds”."


def test_what_can_be_asked_before_the_first_order_is_said_for_what_it_is_worth():
    assert at_once(tool()) == ""
    assert at_once(tool(at_once=AtOnce((BEDS,), 0.55, 0.52, 0.58))) == (
        "What can be asked before the first order (“Beds”) puts 55 of 100 into the right segment (52 to 58)."
    )
    assert at_once(tool(at_once=AtOnce((BEDS,), 0.43, 0.40, 0.46))).endswith(
        "43 of 100 into the right segment (40 to 46), no more than without any question: what somebody buys has to be seen "
        "first."
    )


def test_right_wrong_and_unsure_are_of_one_hundred():
    assert when_unsure(outcome(927, 38, 35)).endswith(
        "Of 100 new customers 93 are named rightly, 3 wrongly, and of 4 it is unsure."
    )


def test_a_draw_of_customers_is_said():
    assert "3,000 of 12,000 customers, drawn at random," in how_known(tool(customers=3000, drawn_from=12000))
    assert "drawn" not in how_known(tool())


def test_a_rule_is_a_tool_without_error():
    assert "“Orders” and “Spend” tell the segment" in of_rule(OwnRule(("Orders", "Spend")))
    assert "“Orders” tells the segment" in of_rule(OwnRule(("Orders",)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((0, 0), "“Inns”: it is 7.4 times as likely as “Hotels”, the next. What speaks most for it: Beds, 1."),
        (
            (1, 1),
            "“Hotels”: it is more than 100 times as likely as “Inns”, the next. What speaks most for it: Orders, 4 or more.",
        ),
        (
            (1, -1),
            "Unsure: “Hotels” or “Inns”. “Hotels” is only 1.6 times as likely as “Inns”. 1 answer is not known, which makes "
            "this less sure.",
        ),
    ],
)
def test_one_customer_is_named_or_unsure_with_the_reason(given, said):
    assert why(CARD, given, NAMES) == said


def test_equal_segments_are_said_to_be_equally_likely():
    assert why(CARD, (-1, 0), NAMES).startswith("Unsure: “Inns” or “Hotels”. “Inns” is as likely as “Hotels”. 1 answer")
