"""Cells of surveys: rows of questions, boxes, several answers in one cell."""

from collections import Counter

import pytest

from segkit.reading.values.answers import is_box, names_below, rows_of_questions, several_answers


def parts(*cells):
    found = several_answers(Counter(cells))
    return found and {part: sum(Counter(cells)[cell] for cell in where) for part, where in found.parts.items()}


def test_several_answers_in_one_cell_are_taken_apart():
    assert parts("Shop, Online", "Online", "Shop", "Market, Shop", "Online", "Market, Online") == {
        "Market": 2, "Online": 4, "Shop": 3,
    }  # fmt: skip
    few = parts(*["Shop, Online", "Online", "Shop", "Market, Online"] * 10)
    assert few == {"Market": 10, "Online": 30, "Shop": 20}
    assert parts("Shop;Online;", "Online;", "Shop;", "Shop;Market;", "Market;") == {"Market": 2, "Online": 2, "Shop": 3}


def test_one_two_is_not_a_decimal_number_where_cells_hold_three_or_always_rise():
    assert parts("1,2", "1", "2,3", "1,2,3", "3") == {"1": 3, "2": 3, "3": 3}
    assert parts("1,2", "1,3", "2,3", "1,4", "2,4", "3", "4", "1") == {"1": 4, "2": 3, "3": 3, "4": 3}
    assert parts("4,5", "3,8", "4,2", "3,9", "4,1", "4") is None  # grades


def test_an_answer_that_holds_a_comma_itself_stays_whole():
    found = parts("Taste, smell, Price", "Taste, smell", "Price", "Price, Service", "Taste, smell, Service", "Service")
    assert found == {"Price": 3, "Service": 3, "Taste, smell": 3}


def test_what_hardly_anybody_wrote_is_other_answers():
    cells = ["Shop, Online"] * 4 + ["Online"] * 4 + ["Shop"] * 4 + ["Shop, at my neighbour's"]
    assert parts(*cells) == {"Online": 8, "Shop": 9, "other answers": 1}


@pytest.mark.parametrize(
    "cells",
    [
        ["Paris, France", "Berlin, Germany", "Lyon, France"],  # a place and its country
        [*["Paris, France", "Paris", "Lyon, France", "Nice, France"] * 5],
        ["Miller, Anna", "Smith, Bob", "Jones, Cy"],
        ["I like it, but it is dear", "Good", "Too far, sadly"],
        ["Jan 5, 2024", "Jan 6, 2024", "Feb 5, 2024"],
        ["Food, drink", "Toys", "Food, drink"],
        ["1.5", "2.5"],
        [],
    ],
)
def test_other_commas_part_nothing(cells):
    assert several_answers(Counter(cells)) is None


@pytest.mark.parametrize(
    ("header", "cells", "rows", "box"),
    [
        ("Where do you buy? Shop", {"Shop": 30}, 60, True),
        ("Where do you buy? Shop", {"Shop": 1}, 60, True),  # the header says it
        ("Shop", {"1": 1}, 60, True),
        ("Column 7", {"Online": 12}, 60, True),
        ("Country", {"France": 60}, 60, False),  # all alike tells nothing
        ("Any remarks?", {"Thank you all": 1}, 60, False),
        ("Where", {"Shop": 30, "Online": 3}, 60, False),
    ],
)
def test_a_box_is_empty_or_holds_one_text(header, cells, rows, box):
    assert is_box(header, cells, rows) is box


def qualtrics():
    """Return the three rows that Qualtrics puts above the answers, less the first, and twelve answers."""
    texts = ["Start Date", "Response Type", "How satisfied are you?"]
    marks = ['{"ImportId":"startDate","timeZone":"America/Denver"}', '{"ImportId":"status"}', '{"ImportId":"QID1"}']
    answers = [[f"2024-05-{day:02} 10:00:00", "IP Address", ["Very satisfied", "Satisfied"][day % 2]] for day in range(1, 13)]
    return [texts, marks, *answers]


def test_rows_of_question_texts_and_marks_of_the_form_are_no_answers():
    rows = qualtrics()
    columns = [Counter(column) for column in zip(*rows, strict=True)]
    assert rows_of_questions(rows[:3], columns) == 2
    answers = rows[2:]
    assert rows_of_questions(answers[:3], [Counter(column) for column in zip(*answers, strict=True)]) == 0


def test_a_respondent_with_a_rare_answer_remains_one():
    rows = [["2024-05-01", "Swiss", "9"], *[[f"2024-05-{day:02}", "French", str(day % 3)] for day in range(2, 20)]]
    assert rows_of_questions(rows[:3], [Counter(column) for column in zip(*rows, strict=True)]) == 0


def test_items_stand_under_their_question():
    header = ["Respondent ID", "How far do you agree?", "Column 3", "Why", "Q3"]
    row = [None, "I try new things", "Price matters", "Open-Ended Response", "How old are you?"]
    assert names_below(header, row) == [
        "Respondent ID", "How far do you agree? I try new things", "How far do you agree? Price matters", "Why",
        "How old are you?",
    ]  # fmt: skip
