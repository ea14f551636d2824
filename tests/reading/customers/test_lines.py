"""Order lines as the engine has them typed: copies found, test accounts and totals marked, categories in one spelling."""

import datetime as dt

import pytest

from segkit.core.data.features import day_of
from segkit.core.data.questions import Doubt
from segkit.reading.customers import lines
from segkit.reading.customers.lines import days_of, make_lines, one_spelling_sql, total_sql
from tests.reading.engine import asked, known


def made(engine, tmp_path, roles, rows, **how):
    """Make lines; return what was made, and the rows of its view as dictionaries."""
    found = make_lines(known(engine, tmp_path, roles, rows, **how), "lines")
    cursor = engine.execute("select * from lines order by row")
    names = [column[0] for column in cursor.description]
    return found, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


WHOLE = "who:customer order:order day:date n:quantity each:price sum:amount gain:margin state:status group:product item:product"
ROWS = [
    ["C1", "A1", "2024-01-05", "2", "1.5", "3", "1", "paid", "tea", "green"],
    ["C1", "A1", "2024-02-06", "1", "2", "2", "0.5", " open ", "tea", "black"],
    [None, "A2", "soon", "x", "2.5", "4.5", None, None, "cups", None],
    ["C2", "A3", "2024-02-06", "1", "2", "2", "0.5", "paid", "cups", "blue"],
]


def test_each_line_is_typed(engine, tmp_path):
    found, rows = made(engine, tmp_path, WHOLE, ROWS)
    assert list(rows[0]) == [
        "row", "customer_id", "order_id", "quantity", "price", "margin", "amount", "meaning", "product", "k_group", "k_item",
        "test", "total", "row_key", "day", "month",
    ]  # fmt: skip
    assert [row["row"] for row in rows] == [2, 3, 4, 5]
    assert [row["customer_id"] for row in rows] == ["C1", "C1", None, "C2"]
    assert [row["order_id"] for row in rows] == ["A1", "A1", "A2", "A3"]
    assert [row["price"] for row in rows] == [1.5, 2, 2.5, 2]
    assert [row["amount"] for row in rows] == [3, 2, 4.5, 2]
    assert [row["margin"] for row in rows] == [1, 0.5, None, 0.5]
    assert [row["meaning"] for row in rows] == [None, "no_sale", None, None]
    assert [row["product"] for row in rows] == ["green", "black", None, "blue"]
    assert [row["k_group"] for row in rows] == ["tea", "tea", "cups", "cups"]
    assert [row["day"] for row in rows] == [
        day_of(dt.date(2024, 1, 5)),
        day_of(dt.date(2024, 2, 6)),
        None,
        day_of(dt.date(2024, 2, 6)),
    ]
    assert [row["month"] for row in rows] == [2024 * 12, 2024 * 12 + 1, None, 2024 * 12 + 1]
    assert not any(row["test"] or row["total"] or row["row_key"] for row in rows)
    assert found.name == "lines" and found.finest == "item" and found.notes == ()
    assert {name: column.summary.name for name, column in found.categories.items()} == {"k_group": "group", "k_item": "item"}
    texts = {name: {row[0] for row in engine.execute(query).fetchall()} for name, query in found.texts.items()}
    assert texts == {"customer_id": {"C1", "C2"}, "order_id": {"A1", "A2", "A3"}, "product": {"green", "black", "blue"}}


def test_a_file_of_little_gives_lines_of_little(engine, tmp_path):
    found, rows = made(engine, tmp_path, "remark:free_text", [["x"], ["y"]])
    assert [list(row) for row in rows] == [["row", "customer_id", "test", "total", "row_key"]] * 2
    assert [row["customer_id"] for row in rows] == ["2", "3"]
    assert (found.finest, found.categories, found.texts) == ("", {}, {})


def test_whole_order_numbers_are_numbers(engine, tmp_path):
    found, rows = made(engine, tmp_path, "who:customer order:order", [["1", "10"], ["2", "11"]])
    assert [(row["customer_id"], row["order_id"]) for row in rows] == [("1", 10), ("2", 11)]
    assert list(found.texts) == ["customer_id"]
    found, rows = made(engine, tmp_path, "who:customer order:order", [["1", "10"], ["2", "011"]])
    assert [row["order_id"] for row in rows] == ["10", "011"] and "order_id" in found.texts


def test_the_product_column_with_most_values_is_the_finest_then_the_fullest(engine, tmp_path):
    def finest(*rows):
        return made(engine, tmp_path, "a:product b:product", rows)[0].finest

    assert finest("xx", "yx") == "a" and finest("xx", "xy") == "b"
    assert finest(["x", "x"], ["y", "y"], [None, "y"]) == "b"
    assert finest(["x", "x"], ["y", "y"], ["y", None]) == "a"


def test_categories_have_two_to_sixty_values(engine, tmp_path):
    def kept(number, role="category"):
        rows = [[f"v{i}"] for i in range(number)]
        return list(made(engine, tmp_path, f"Kind:{role}", rows)[0].categories)

    assert [kept(n) for n in (1, 2, 60, 61)] == [[], ["k_kind"], ["k_kind"], []]
    assert kept(2, "channel") == kept(2, "product") == ["k_kind"] and kept(2, "status") == kept(2, "personal") == []


def test_rows_of_a_later_file_too_are_told(engine, tmp_path):
    file = known(engine, tmp_path, "who:customer", [["a"], ["b"], ["a"]])
    marked = type(file)(**{**vars(file), "again": "c0 = 'a'"})
    make_lines(marked, "lines")
    assert asked(engine, "select row, again from lines order by row") == [(2, True), (3, False), (4, True)]
    assert asked(engine, "select count(row_key) from lines") == [0]  # an overlap is no copy
    make_lines(file, "lines")
    assert asked(engine, "select count(row_key) from lines") == [2]


@pytest.mark.parametrize("at_a_time", [1 << 24, 4, 3, 1])
def test_copies_of_a_row_have_one_key(engine, tmp_path, monkeypatch, at_a_time):
    assert lines._SORTED_ROWS == 1 << 24
    monkeypatch.setattr(lines, "_SORTED_ROWS", at_a_time)
    rows = [["a", "1"], ["b", "1"], ["a", "1"], [None, "2"], [None, "2"], ["a", "2"], ["a", "1"]]
    _, found = made(engine, tmp_path, "who:customer n:number", rows)
    keys = [row["row_key"] for row in found]
    assert keys[0] == keys[2] == keys[6] is not None and keys[3] == keys[4] is not None and keys[0] != keys[3]
    assert keys[1] is keys[5] is None
    _, found = made(engine, tmp_path, "who:customer n:number", rows[:2])
    assert [row["row_key"] for row in found] == [None, None]


def test_days_with_their_lines(engine, tmp_path):
    rows = [["2024-01-05"], ["2024-01-06"], ["2024-01-05"], [None], ["2024-1-6"], ["soon"]]
    file = known(engine, tmp_path, "day:date", rows)
    first = day_of(dt.date(2024, 1, 5))
    assert asked(engine, f"select * from {days_of(file)} order by day") == [(first, 2), (first + 1, 2)]


def true_rows(engine, sql):
    return asked(engine, f"select row from t where {sql} order by row")


def test_accounts_for_testing_are_told_by_personal_data_or_the_customer(engine, tmp_path):
    rows = [["C1", "Ann"], ["C2", "Test User"], ["test", "Bob"], [None, None], ["O'Test", "it's a test"]]
    file = known(engine, tmp_path, "who:customer name:personal", rows)
    assert true_rows(engine, lines.test_sql(file)) == [3, 4]
    assert asked(engine, f"select {lines.test_sql(file)} from t order by row") == [False, True, True, False, False]
    assert lines.test_sql(known(engine, tmp_path, "who:customer name:category", rows[:2])) == "false"
    assert lines.test_sql(known(engine, tmp_path, "who:customer name:personal", rows[:1])) == "false"
    born = known(engine, tmp_path, "who:customer born:personal", [["C1", "2024-01-05"], ["C2", "2024-01-06"], ["C3", "test"]])
    assert lines.test_sql(born) == "false"  # a column of dates names nobody


def test_rows_of_totals_have_their_word_first_or_in_place_of_the_customer(engine, tmp_path):
    rows = [["1", "C1", "x"], ["Total", None, "x"], ["2", " SUMME : ", "x"], ["3", None, "total"], ["Total Ltd", "C4", "x"]]
    file = known(engine, tmp_path, "nr:order who:customer town:category", rows)
    assert true_rows(engine, total_sql(file)) == [3, 4]
    assert asked(engine, f"select {total_sql(file)} from t order by row") == [False, True, True, False, False]
    assert total_sql(known(engine, tmp_path, "nr:order who:customer", [["1", "C1"]])) == "false"
    assert true_rows(engine, total_sql(known(engine, tmp_path, "nr:order town:category", [["Total", "x"], ["1", "Sum"]]))) == [
        2
    ]


def spelt(engine, tmp_path, cells):
    file = known(engine, tmp_path, "town:category", [[cell] for cell in cells])
    sql, levels, notes = one_spelling_sql(file, file.columns[0])
    return asked(engine, f"select {sql} from t order by row"), levels, notes


def test_one_spelling_for_values_that_differ_in_capitals_and_blanks(engine, tmp_path):
    assert spelt(engine, tmp_path, ["Bonn", "Ulm", None, "NULL"]) == (["Bonn", "Ulm", None, None], 2, [])
    cells, levels, (note,) = spelt(engine, tmp_path, [*["Bonn"] * 5, "BONN", "bonn", "bonn", "Ulm", "ulm", "Ulm", "Kiel"])
    assert (cells, levels) == (["Bonn"] * 8 + ["Ulm"] * 3 + ["Kiel"], 3)
    assert note == (
        "orders.csv, column “town”: 4 rows write a value with different capitals or spaces (such as “bonn”); they were "
        "read as the most common spelling (“Bonn”)."
    )


def test_the_example_of_a_spelling_is_not_shown_where_few_customers_have_the_value(engine, tmp_path):
    (note,) = spelt(engine, tmp_path, ["Law firm Bonn", "Law firm Bonn", "LAW FIRM BONN", "Ulm"])[2]
    assert note == (
        "orders.csv, column “town”: 1 row writes a value with different capitals or spaces; they were read as the most "
        "common spelling."
    )


@pytest.mark.parametrize("others", [3, 700])
def test_cells_that_tell_of_a_person_are_hidden_and_their_place_is_named(engine, tmp_path, others):
    cells = ["jane@shop.example", "ring 020 7946 0123", " bob@shop.example ", "203.0.113.7"]
    shown, levels, notes = spelt(engine, tmp_path, [*cells, "front desk", *(f"Ward {i}" for i in range(others))])
    mail, phone, ip = "(hidden: e-mail address)", "(hidden: telephone number)", "(hidden: IP address)"
    assert shown[:6] == [mail, phone, mail, ip, "front desk", "Ward 0"]
    assert others > 3 or levels == 7
    assert notes == [
        "orders.csv, column “town”: 1 IP address, 2 e-mail addresses and 1 telephone number hidden, because a category is "
        "shown to everybody. Take personal data out of the file, or set the column to “Not used”."
    ]
    assert isinstance(notes[0], Doubt)


def test_codes_and_versions_tell_of_nobody(engine, tmp_path):
    cells = ["1.2.10.3", "EAN 4006381333931", "DE12 is a code", "10:30:00", "@home", "2024-01-05 10:30:00"]
    assert spelt(engine, tmp_path, cells) == (cells, len(cells), [])


def test_columns_of_very_many_values_are_taken_as_they_are_spelt(engine, tmp_path):
    many = [f"v{i}" for i in range(598)]
    assert spelt(engine, tmp_path, [*many, "Bonn", "BONN"])[1:][0] == 599
    cells, levels, notes = spelt(engine, tmp_path, [*many, "Bonn", "BONN", "bonn"])
    assert (cells[-3:], levels, notes) == (["Bonn", "BONN", "bonn"], 601, [])
