"""Tables under each other: columns by name, rows numbered on, each file read in its own way, overlaps marked."""

import duckdb
import pytest

from segkit.reading.stack import mark_overlaps, stacked
from segkit.reading.summary import summarise
from segkit.words.errors import DataError
from tests.reading.engine import asked, raw


@pytest.fixture
def engine():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def stack(engine, tmp_path):
    """Return a function that puts tables, each a header with its rows, under each other."""

    def put(*tables, day_first=None):
        made = [
            raw(engine, tmp_path, header, rows, name=f"f{i}", file_name=f"{'abcdef'[i]}.csv")
            for i, (header, rows) in enumerate(tables)
        ]
        return stacked(engine, made, "t", tmp_path, day_first)

    return put


A = ("Order-No town sum", [["1", "Bonn", "5"], ["2", "Ulm", "6"]])
B = ("sum orderno extra", [["7", "3", "x"], ["8", "4", "y"], ["9", "5", None]])


def test_columns_are_matched_by_name_and_rows_numbered_on(engine, stack):
    found = stack(A, B, A)
    assert found.table.header == ("Order-No", "town", "sum", "extra")
    assert (found.table.name, found.table.rows, found.table.file_name) == ("t", 7, "a.csv, b.csv, c.csv")
    assert asked(engine, "select row, file_, c0, c1, c2, c3 from t order by place") == [
        (2, 0, "1", "Bonn", "5", None), (3, 0, "2", "Ulm", "6", None),
        (5, 1, "3", None, "7", "x"), (6, 1, "4", None, "8", "y"), (7, 1, "5", None, "9", None),
        (9, 2, "1", "Bonn", "5", None), (10, 2, "2", "Ulm", "6", None),
    ]  # fmt: skip
    assert found.notes == (
        "a.csv has 3 of the 4 columns of all files together; its rows count as having no “extra”.",
        "b.csv has 3 of the 4 columns of all files together; its rows count as having no “town”.",
        "c.csv has 3 of the 4 columns of all files together; its rows count as having no “extra”.",
        "The files have their columns in different orders; they were matched by name.",
        "The rows of b.csv are numbered from 5 on.",
        "The rows of c.csv are numbered from 9 on.",
    )


def test_the_single_tables_are_gone(engine, stack):
    stack(A, A)
    assert asked(engine, "select view_name from duckdb_views() where not internal order by 1") == ["t", "t_stored"]


def test_files_of_the_same_columns_need_no_note_on_them(stack):
    assert stack(A, A).notes == ("The rows of b.csv are numbered from 5 on.",)


def test_more_than_three_files_are_named_by_the_first_and_the_last(stack):
    assert stack(A, A, A, A).table.file_name == "a.csv … d.csv (4 files)"


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("a b c d", "a b x y", True),
        ("a b c d", "a x y z", False),
        ("a b c", "a x y", False),
        ("a b", "a x", True),
        ("a b", "a c d e f g", True),
        ("a c d e f g", "a b", True),
        ("a b", "c d", False),
    ],
)
def test_half_of_the_columns_of_the_narrower_file_must_meet(stack, one, other, fits):
    tables = [(header, [list("x" * len(header.split()))]) for header in (one, other)]
    if fits:
        assert stack(*tables).table.rows == 2
    else:
        with pytest.raises(DataError) as error:
            stack(*tables)
        shared = len(set(one.split()) & set(other.split()))
        assert error.value.what.startswith(f"b.csv and a.csv have only {shared} column{'s' * (shared != 1)} in common: ")
        assert f"{', '.join(other.split())} against {', '.join(one.split())}" in error.value.what


def test_a_refusal_shows_eight_names_of_each_file(stack):
    wide = [" ".join(f"{letter}{i}" for i in range(10)) for letter in "xy"]
    with pytest.raises(DataError) as error:
        stack(*((header, [["1"] * 10]) for header in wide))
    assert "y7 against" in error.value.what and error.value.what.endswith("x7.")


def test_columns_whose_names_differ_in_marks_only_stay_apart(engine, stack):
    table = (["sum", "Sum!", "€"], [["1", "2", "3"]])
    assert stack(table, table).table.header == ("sum", "Sum!", "€")
    assert asked(engine, "select c0, c1, c2 from t") == [("1", "2", "3")] * 2


def cells(engine, stack, *files, day_first=None):
    """Return the cells of one column, of several files."""
    stack(*(("x", [[cell] for cell in file]) for file in files), day_first=day_first)
    return asked(engine, "select c0 from t order by place")


def test_days_and_months_of_each_file_are_read_in_its_own_order(engine, stack):
    german, american = ["31/12/2024", "01/02/2024", "soon"], ["12/31/2024", "01/02/2024"]
    silent = ["03/04/2024"]
    assert cells(engine, stack, german, american, silent) == [
        "2024-12-31", "2024-02-01", "soon", "2024-12-31", "2024-01-02", "03/04/2024",
    ]  # fmt: skip
    assert cells(engine, stack, german, german, silent) == [*german, *german, *silent]
    assert cells(engine, stack, ["03.04.2024"], american) == ["2024-04-03", "2024-12-31", "2024-01-02"]
    assert cells(engine, stack, silent, american) == [*silent, *american]
    assert cells(engine, stack, german, american, day_first=True)[:2] == german[:2]


def test_decimal_signs_of_each_file_are_read_in_its_own_way(engine, stack):
    comma, point, whole = ["1,50", "2,75", "3,00"], ["1.50", "1,234.00"], ["3", "4"]
    assert cells(engine, stack, comma, point) == ["1.5", "2.75", "3.0", "1.5", "1234.0"]
    assert cells(engine, stack, comma, whole) == ["1.5", "2.75", "3.0", "3", "4"]
    assert cells(engine, stack, comma, comma) == [*comma, *comma]
    assert cells(engine, stack, point, whole) == [*point, *whole]
    five = ["1,50", "2,50", "3,50", "4,50", "free"]
    assert cells(engine, stack, five, point)[:5] == ["1.5", "2.5", "3.5", "4.5", "free"]
    assert cells(engine, stack, comma, ["31.12.2024", "30.12.2024"])[:3] == comma


# Overlaps.


def overlaps(engine, tmp_path, stack, *files, header="order who day sum"):
    """Return which rows stand in a later file too, and the notes."""
    found = stack(*((header, rows) for rows in files))
    columns = {c.summary.name: c for c in summarise(found.table)}
    notes = mark_overlaps(found, tmp_path, *(columns.get(name) for name in ("order", "who", "day")))
    assert "again_" in [row[0] for row in engine.execute("describe t").fetchall()]
    return asked(engine, "select row from t where again_ order by row"), notes


JAN = [["A1", "C1", "2024-01-01", "5"], ["A2", "C1", "2024-01-02", "5"], ["A2", "C1", "2024-01-02", "6"]]
FEB = [["A2", "C1", "2024-01-02", "7"], ["A3", "C2", "2024-02-03", "5"]]


def test_an_order_counts_as_the_latest_file_has_it(engine, tmp_path, stack):
    rows, notes = overlaps(engine, tmp_path, stack, JAN, FEB)
    assert rows == [3, 4]
    assert notes == (
        "2 files were put together, one below the other: 3 rows from 1 January 2024 to 2 January 2024; 2 rows from 2 "
        "January 2024 to 3 February 2024.",
        "The files overlap: 2 lines of orders stand in two files; only those in the later file count.",
    )


def test_which_file_is_later_its_dates_tell_and_not_its_place(engine, tmp_path, stack):
    assert overlaps(engine, tmp_path, stack, FEB, JAN)[0] == [6, 7]


def test_numbers_of_another_customer_or_day_are_other_orders(engine, tmp_path, stack):
    other = [["A1", "C9", "2024-01-01", "5"], ["A2", "C1", "2024-01-09", "5"]]
    rows, notes = overlaps(engine, tmp_path, stack, JAN, other)
    assert rows == [] and len(notes) == 1
    without = [[order, day, money] for order, _, day, money in JAN], [["A1", "2024-01-01", "5"], ["A2", "2024-01-09", "5"]]
    assert overlaps(engine, tmp_path, stack, *without, header="order day sum")[0] == [2]


def test_without_dates_the_file_put_last_counts(engine, tmp_path, stack):
    rows, notes = overlaps(
        engine, tmp_path, stack, *([[r[0], r[1], r[3]] for r in file] for file in (JAN, FEB)), header="order who sum"
    )
    assert rows == [3, 4]
    assert notes == ("The files overlap: 2 lines of orders stand in two files; only those in the later file count.",)
    assert overlaps(engine, tmp_path, stack, [["A1", "C1", "5"]], [["A2", "C1", "5"]], header="order who sum") == ([], ())


def test_without_order_numbers_equal_rows_count_as_often_as_in_the_file_with_most(engine, tmp_path, stack):
    x, y, z = ["C1", "2024-01-01", "5"], ["C1", "2024-01-01", "6"], ["C2", "2024-02-01", "5"]
    rows, notes = overlaps(engine, tmp_path, stack, [x, x, y], [x, z], header="who day sum")
    assert rows == [2] and notes[1].startswith("The files overlap: 1 rows stand")


def test_lines_without_their_order_number_are_compared_cell_by_cell(engine, tmp_path, stack):
    lost, other = [None, "C1", "2024-01-01", "5"], [None, "C1", "2024-01-01", "6"]
    assert overlaps(engine, tmp_path, stack, [*JAN, lost, other], [*FEB, lost])[0] == [3, 4, 5]


def test_a_file_without_readable_dates_has_no_span_and_is_the_earliest(engine, tmp_path, stack):
    undated = [[order, who, None, money] for order, who, _, money in JAN[:1]]
    rows, notes = overlaps(engine, tmp_path, stack, JAN, undated)
    assert notes == ("2 files were put together, one below the other: 3 rows from 1 January 2024 to 2 January 2024; 1 row.",)
    assert rows == []


# Columns of other names.

SOLD = [[f"{i // 2}", f"2024-01-{1 + i % 28:02d}", f"C{i % 12:03d}", f"{5 + i % 7}.50"] for i in range(60)]
NEXT = [[f"{100 + i // 2}", f"2024-02-{1 + i % 28:02d}", f"C{i % 12:03d}", f"{5 + i % 7}.50"] for i in range(60)]


def test_a_name_that_says_nothing_is_told_by_the_values(stack):
    found = stack(("Order Date Customer Price", SOLD), ("Order Date who Price", NEXT))
    assert found.table.header == ("Order", "Date", "Customer", "Price") and found.table.doubts == ()
    assert found.notes[0] == "b.csv, column “who”: put together with “Customer” of a.csv; they share most of their values."


def test_amounts_are_never_told_by_the_values_alone_and_what_is_lost_is_doubted(stack):
    found = stack(("Order Date Customer Price", SOLD), ("Order Date Customer zz", NEXT))
    assert found.table.header == ("Order", "Date", "Customer", "Price", "zz")
    assert found.table.doubts == (
        "b.csv has “zz” where a.csv has “Price”: nothing shows whether they are the same, and each counts in its own file "
        "only. Give them the same name, if they are.",
    )


@pytest.mark.parametrize("turned", [False, True])
def test_a_file_that_lacks_what_matters_is_doubted(stack, turned):
    whole, less = ("Order Date Customer Price", SOLD), ("Order Date Price", [[a, b, d] for a, b, _, d in NEXT])
    found = stack(*((less, whole) if turned else (whole, less)))
    one, other = ("a", "b") if turned else ("b", "a")
    assert found.table.doubts == (f"{one}.csv has no column for “Customer” of {other}.csv; its rows count as having no.",)


def test_other_people_are_no_partner(stack):
    others = [[a, b, f"X{c}", d] for a, b, c, d in NEXT]
    found = stack(("Order Date Customer Price", SOLD), ("Order Date who Price", others))
    assert found.table.header[-1] == "who" and len(found.table.doubts) == 1
