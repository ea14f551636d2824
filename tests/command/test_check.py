"""``segkit check``: reads only, says what it found in words or as JSON, and refuses with a reason."""

import json

import pytest

from segkit.command.check import asked, in_words
from segkit.command.cli import main
from segkit.core.data.noticed import plain
from segkit.core.data.questions import Answer, Question

ORDERS = "Order;Date;Customer;Amount\n1;2024-01-02;Ann;10,00\n2;2024-01-03;Bob;20,50\n3;2024-01-03;;5,00\n"
WHO = Question(
    "orders.customer",
    "Who is the customer?",
    "Both columns could name them.",
    (
        Answer("by DealerRef", "35 customers", taken=True),
        Answer("by ArticleRef", "5 customers", {"roles": [("ArticleRef", "customer")]}),
    ),
)


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def test_what_was_found_is_said_in_words(orders, capsys):
    before = sorted(orders.parent.rglob("*"))
    assert main(["check", "--orders", str(orders)]) == 0
    said = capsys.readouterr().out
    assert "3 rows read, 2 kept.\nSet aside: 1 × No customer named.\n" in said
    assert "2 customers, 2 orders, 30.50 in all, from 2 January 2024 to 3 January 2024.\n" in said
    assert "  Date of the order: “Date” (sure: the column name and content suggest “date”)\n" in said
    assert sorted(orders.parent.rglob("*")) == before, "it reads only"


def test_what_was_found_is_said_as_json(orders, capsys):
    assert main(["check", "--orders", str(orders), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rows_read"], found["customers"], found["revenue"], found["questions"]) == (3, 2, 30.5, [])


def test_choices_change_what_is_found(orders, capsys):
    typed = ["--map", "amount=Order", "--map", "ignore=Amount", "--delimiter", "semicolon", "--json"]
    assert main(["check", "--orders", str(orders), *typed]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["revenue"] == 3.0
    assert "columns separated by semicolon, as you chose" in found["read"][0]["how"]


def test_quote_marks_that_are_plain_text_can_be_said(tmp_path, capsys):
    path = tmp_path / "tools.csv"
    rows = [f'7,2024-01-0{day},"{day} inch" pipe"s,12.50' for day in range(1, 6)]
    path.write_text("Customer,Date,Article,Amount\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert main(["check", "--orders", str(path), "--quote", "none", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["rows_read"] == 5
    assert "quote marks are plain text, as you chose" in found["read"][0]["how"]


@pytest.mark.parametrize("name", ["there_is_none.csv", "empty.csv"])
def test_what_is_no_table_is_refused_with_2(name, tmp_path, capsys):
    (tmp_path / "empty.csv").write_text("Customer,Date\n", encoding="utf-8")
    assert main(["check", "--orders", str(tmp_path / name)]) == 2
    assert capsys.readouterr().out.startswith("Refused: ")
    assert main(["check", "--orders", str(tmp_path / name), "--json"]) == 2
    assert set(json.loads(capsys.readouterr().out)) == {"refused", "remedy"}


def test_without_a_file_there_is_nothing_to_check(capsys):
    assert main(["check"]) == 1
    assert capsys.readouterr().err == "No file is named.\nName one with --orders, --customers, --survey or --contacts.\n"


def test_unanswered_questions_are_said_with_their_readings():
    assert asked([plain(WHO)]) == [
        "",
        "Please confirm (orders.customer): Who is the customer?",
        "  Both columns could name them.",
        "  1. by DealerRef: 35 customers (used for now)",
        "  2. by ArticleRef: 5 customers",
    ]


def test_a_refusal_names_the_way_out():
    assert in_words({"refused": "Nobody is named.", "remedy": "Export it with customers."}) == [
        "Refused: Nobody is named.",
        "Export it with customers.",
    ]
