"""Rows that a quote, an odd header, a blank row, a sheet or another name of a column could swallow: all are there, or said."""

import random

import duckdb
import pytest

from segkit.reading import read_text_table
from segkit.reading.table import read_table
from tests.conftest import ROOT
from tests.reading.messy import workbook

CASES = ROOT.parent / "shared" / "cases"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a file's content as the workbook does: the table and its rows."""

    def reader(content, name="orders.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with duckdb.connect() as connection:
            table = read_table(connection, path, "t", tmp_path)
            rows = connection.execute("select * exclude (place) from t order by place").fetchall()
        return table, rows

    return reader


@pytest.mark.skipif(not CASES.is_dir(), reason="the small files read wrong are not here (looked in ../shared/cases)")
@pytest.mark.parametrize(
    ("name", "header", "rows"),
    [
        ("header_one_name_more.csv", ("CustomerID", "OrderDate", "Amount"), 40),
        ("header_one_name_more_3rows.csv", ("CustomerID", "OrderDate", "Amount"), 3),
        ("header_stray_quote.csv", ("Customer ID", "Order Date", '"Product', "Amount"), 40),
        ("header_stray_quote_3rows.csv", ("Customer ID", "Order Date", '"Product', "Amount"), 3),
        ("quote_is_text_6rows.csv", ("No", "Firma", "Umsatz"), 6),
        ("blank_rows_at_the_end.csv", ("Customer", "Date", "Amount"), 35),
        ("months_in_sheets.xlsx", ("Order", "Date", "Customer", "Amount"), 60),
        ("header_of_years.csv", ("Group", "2021", "2022", "2023"), 6),
        ("title_two_columns.csv", ("Customer", "Amount"), 20),
        ("notes_above_and_below.xlsx", ("Customer", "City", "Orders", "Newsletter", "Last order"), 40),
        ("plus_pipe_fields.csv", tuple(f"Column {i}" for i in range(1, 6)), 30),
    ],
)
def test_files_that_were_read_wrong(read, name, header, rows):
    table, _ = read((CASES / name).read_bytes(), name)
    assert (table.header, table.rows) == (header, rows)


# Quotes that are plain text.

INCHES = ['2" pipe', '"Big" pipe', '"6 inch', 'hose 3/4"', '"A" is first', "tap"]


@pytest.mark.parametrize("rows", [6, 60, 20_000])
@pytest.mark.parametrize("share", [0.03, 0.5])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_no_quote_of_a_text_swallows_rows(read, rows, share, delimiter):
    dice = random.Random(5)
    cells = [[str(i), dice.choice(INCHES) if dice.random() < share else "bolt", f"{i}.50"] for i in range(rows)]
    text = "\n".join(delimiter.join(row) for row in [["No", "Article", "Sum"], *cells]) + "\n"
    table, found = read(text)
    assert table.rows == rows
    assert [row[1] for row in found] == [row[0] for row in cells] and [row[3] for row in found] == [row[2] for row in cells]


@pytest.mark.parametrize("rows", [8, 3000])
def test_texts_of_several_lines_stay_one_cell(read, rows):
    address = '"Main Street 1, yard\nBonn, 53111\nGermany, EU"'
    text = "id,address,sum\n" + "".join(f"{i},{address if i % 4 == 1 else 'Ulm'},{i}.50\n" for i in range(rows))
    table, found = read(text)
    assert table.rows == rows and found[1][2] == address.strip('"') and found[-1][1] == str(rows - 1)


def test_lines_of_a_text_that_look_like_rows_but_for_their_values(read):
    note = '"first, second\nthird, fourth"'
    text = "id,note,sum\n" + "".join(f"{i},{note if i % 5 == 2 else 'none'},{i}.50\n" for i in range(40))
    table, found = read(text)
    assert table.rows == 40 and found[2][2] == note.strip('"')


# Headers.


@pytest.mark.parametrize("rows", [3, 5000])
@pytest.mark.parametrize(
    ("names", "header"),
    [
        ("id,date,sum,", ("id", "date", "sum")),
        ("id,date,sum,,", ("id", "date", "sum")),
        ("id,,date,sum", ("id", "date", "sum")),
        ("date,sum", ("Column 1", "date", "sum")),  # as R writes a table with its numbers of rows
    ],
)
def test_a_comma_too_many_or_too_few_in_the_header(read, rows, names, header):
    table, found = read(names + "\n" + "".join(f"{i},2024-01-{1 + i % 28:02d},{i}.50\n" for i in range(rows)))
    assert (table.header, table.rows) == (header, rows)
    assert found[0][1:] == ("0", "2024-01-01", "0.50")


def test_a_comma_at_the_end_of_every_row_makes_no_column(read):
    table, _ = read("id,date,sum\n" + "".join(f"{i},2024-01-{i:02d},{i}.50,\n" for i in range(1, 9)))
    assert (table.header, table.rows) == (("id", "date", "sum"), 8)


@pytest.mark.parametrize("rows", [3, 5000])
@pytest.mark.parametrize("names", ['id,""thing",sum', 'id,"thing,sum', 'id,thing",sum', '"id,thing,sum'])
def test_a_stray_quote_in_the_header(read, rows, names):
    table, found = read(names + "\n" + "".join(f'{i},"tea, green",{i}.50\n' for i in range(rows)))
    assert table.rows == rows and found[-1][1:] == (str(rows - 1), "tea, green", f"{rows - 1}.50")


def test_years_and_titles_and_notes(read):
    text = "Our sales,,,\nin euros,,,\n,,,\ngroup,2019,2020,2021\ntea,17,28,9\ncups,5,6,8\npots,7,3,1\n,,,\nwithout tax,,,\n"
    table, found = read(text)
    assert table.header == ("group", "2019", "2020", "2021") and [row[1] for row in found] == ["tea", "cups", "pots"]


@pytest.mark.parametrize("names", [range(1, 13), range(4), range(2019, 2025), (2019, 2021, 2023), (2024, 2023, 2022)])
@pytest.mark.parametrize("rows", [3, 60])
def test_numbers_in_even_steps_are_names(read, names, rows):
    body = [[f"K{i}", *(str((i * 7 + j * j * 13) % 90) for j in range(len(names)))] for i in range(rows)]
    table, _ = read("\n".join(";".join(map(str, row)) for row in [["Kunde", *names], *body]) + "\n")
    assert (table.header, table.rows) == (("Kunde", *map(str, names)), rows)


@pytest.mark.parametrize(
    "rows",
    [
        ["K1;1;2;3", "K2;4;1;5", "K3;2;2;1", "K4;5;3;4"],  # three numbers may follow each other by chance
        ["K1;1;2;3;4", "K2;2;3;4;5", "K3;5;1;1;2", "K4;3;3;2;1"],  # and four, where they do so again
        ["K1;2019;2020", "K2;2019;2021", "K3;2018;2020", "K4;2020;2022"],
    ],
)
def test_numbers_that_are_values_name_nothing(read, rows):
    table, _ = read("\n".join(rows) + "\n")
    assert table.rows == 4


@pytest.mark.parametrize(
    "notes",
    [
        ["Sales report,", "from 2024-01-01,to 2024-12-31"],
        ["Report:,Orders", "From:,2024-01-01", "To:,2024-12-31"],
        ["Shop:,12", "Printed on 31.12.2024,"],
        ["Sales report,", "Year:,2024", ","],
    ],
)
def test_notes_of_two_cells_over_a_table_of_two_columns(read, notes):
    lines = [*notes, "Customer,Amount", *(f"S {i},{i}.50" for i in range(1, 12))]
    table, found = read("\n".join(lines) + "\n")
    assert (table.header, table.rows, found[0][1:]) == (("Customer", "Amount"), 11, ("S 1", "1.50"))


def test_names_that_all_end_in_a_colon(read):
    table, _ = read("Customer:,Amount:\n" + "".join(f"S {i},{i}.50\n" for i in range(1, 12)))
    assert (table.header, table.rows) == (("Customer:", "Amount:"), 11)


# Rows of nothing.


@pytest.mark.parametrize("empty", [";;", ' ;" ";', '"";"";""', "; ;"])
@pytest.mark.parametrize("rows", [9, 4000])
def test_rows_of_separators_are_no_rows(read, empty, rows):
    lines = [f"C{i % 7};2024-01-0{1 + i % 9};{i}.50" for i in range(rows)]
    table, found = read("\n".join(["who;when;sum", *lines, *[empty] * 5]) + "\n")
    assert table.rows == rows and "5 rows of empty cells left out" in table.decisions
    middle = [*lines[:4], empty, *lines[4:]]
    table, found = read("\n".join(["who;when;sum", *middle]) + "\n")
    if empty == ";;":
        assert table.rows == rows and found[-1][3] == f"{rows - 1}.50"


# The end.

PEOPLE_IN_TOWNS = [[f"N{i}", ("Bonn", "Ulm")[i % 2], f"a{i}@shop.example"] for i in range(1, 9)]


def test_notes_below_a_table_of_texts(read):
    notes = [["End of the list"], ["Printed by Anna", "office"]]
    table, _ = read(workbook({"S": [["Name", "Town", "Email"], *PEOPLE_IN_TOWNS, ["", "", ""], *notes]}), "a.xlsx")
    assert table.rows == 8 and "2 rows at the end set apart as not being data (“End of the list”)" in table.decisions
    lines = [["Name", "Town", "Email"], *PEOPLE_IN_TOWNS, [], *notes]
    text = "".join(",".join(row) + "\n" for row in lines)
    assert read(text)[0].rows == 8


@pytest.mark.parametrize("last", [["N9", "Bonn", ""], ["N9", "", "a9@shop.example"], ["N9", "Bonn", "a9@shop.example"]])
@pytest.mark.parametrize("gaps", [1, 2])
def test_rows_below_an_empty_one_stay_where_they_may_be_data(read, last, gaps):
    rows = [
        ["Name", "Town", "Email"],
        *PEOPLE_IN_TOWNS[:4],
        *[["", "", ""]] * (gaps - 1),
        *PEOPLE_IN_TOWNS[4:],
        ["", "", ""],
        last,
    ]
    assert read(workbook({"S": rows}), "a.xlsx")[0].rows == 9


SOLD = "".join(f"S {i};{i % 3};1.{i:03d},50\n" for i in range(1, 21))


@pytest.mark.parametrize(
    ("total", "doubts"),
    [
        ("Gesamt;;20.220,00", ()),
        ("Gesamt;;20.220,01", ()),  # each row rounded to cents
        ("Gesamt;20;", ()),  # the number of rows
        ("Gesamt;21;", ()),
        ("Gesamt;;1.011,00", ()),  # an average
        (
            "Gesamt;;21.220,00",
            (
                "orders.csv: the last row, “Gesamt”, says 21,220.00 for “Betrag”, where the rows above it add up to 20,220.00. "
                "Rows are missing, or counted twice: export it again.",
            ),
        ),
    ],
)
def test_a_total_that_is_not_that_of_the_rows_is_doubted(read, total, doubts):
    table, _ = read("Kunde;Stück;Betrag\n" + SOLD + total + "\n")
    assert (table.rows, table.doubts) == (20, doubts)


# Delimiters of several signs.


@pytest.mark.parametrize("sign", ["+|", "||", "~|~", "::", "|~|", "^^", "@@", "@#@", ";;", "$|$", "-|-", "<|>", "%;%"])
@pytest.mark.parametrize("end", ["", "&|", "##"])
@pytest.mark.parametrize("named", [True, False])
def test_delimiters_of_several_signs(read, sign, end, named):
    rows = [[f"C{i}", f"2024-01-{i:02d}", "" if i % 3 else "Bonn", f"{i}.50"] for i in range(1, 12)]
    names = ["who", "when", "town", "sum"]
    table, found = read("".join(sign.join(row) + end + "\n" for row in ([names] if named else []) + rows))
    assert [list(row[1:]) for row in found] == [[cell or None for cell in row] for row in rows]
    assert table.header == (tuple(names) if named else tuple(f"Column {i}" for i in range(1, 5)))


def test_two_delimiters_around_an_empty_cell_are_two(read):
    table, _ = read("a,b,c\n" + "".join(f"{i},,{i}\n" for i in range(9)))
    assert table.header == ("a", "b", "c")


# Sheets.

MONTH = ["Order", "Date", "Customer", "Amount"]


def month(number, start=0, rows=6, **changed):
    made = [[number * 100 + i, f"2024-{number:02d}-{i + 1:02d}", f"K{i}", 10 + i] for i in range(start, start + rows)]
    return [changed.get("names", MONTH), *made]


def test_a_sheet_a_month(read):
    sheets = {
        "Jan": [["Sales in January"], [], *month(1), ["Total", "", "", 75]],
        "Feb": month(2),
        "Prices": [["a", "b"], [1, 2]],
    }
    table, found = read(workbook(sheets), "a.xlsx")
    assert (table.header, table.rows) == (tuple(MONTH), 12) and found[6][1] == "200"
    assert table.decisions == (
        "2 sheets with the same columns put together, one below the other (“Jan”, “Feb”) (not read: “Prices”), rows "
        "numbered on",
        "1 row at the end of sheets set apart as not being data",
        "2 rows above the table left out",
    )


def test_columns_in_another_order_and_rows_in_two_sheets(read):
    turned = [[row[3], row[0], row[1], row[2]] for row in month(2, start=3)]
    table, found = read(workbook({"Jan": month(2), "Feb": turned}), "a.xlsx")
    assert table.rows == 9 and found[-1][1:] == ("208", "2024-02-09", "K8", "18")
    assert "3 rows that appear in two sheets read once" in table.decisions


def test_the_year_beside_its_months(read):
    table, _ = read(workbook({"Year": [*month(1), *month(2)[1:]], "Jan": month(1), "Feb": month(2)}), "a.xlsx")
    assert table.rows == 12 and table.decisions[0].startswith("sheet “Year”, which looks most like a table of 3")


def test_months_that_only_the_sheets_name(read):
    bare = [["Customer", "Amount"], ["K1", 5], ["K2", 6], ["K3", 7]]
    table, found = read(workbook({"2024-01": bare, "2024-02": [*bare, ["K4", 8]]}), "a.xlsx")
    assert table.header == ("Customer", "Amount", "Sheet") and (table.rows, found[-1][3]) == (7, "2024-02")


PEOPLE = [["Email", "Name"], *([f"a{i}@shop.example", f"N{i}"] for i in range(9))]


def test_a_list_beside_the_whole_counts_once_and_is_said(read):
    table, _ = read(workbook({"VIP": [PEOPLE[0], *PEOPLE[3:6]], "All": PEOPLE}), "a.xlsx")
    assert (table.header, table.rows) == (("Email", "Name"), 9)
    assert table.doubts == ("a.xlsx: all rows of the sheet “VIP” stand in “All” too, and count once.",)


@pytest.mark.parametrize("names", [("January", "February"), ("2023", "2024"), ("Q1 24", "Q2 24"), ("März", "Février")])
def test_the_same_fee_each_month_is_no_copy(read, names):
    fees = [["Customer", "Fee"], *([f"K{i}", 5] for i in range(6))]
    table, _ = read(workbook(dict(zip(names, (fees, fees[:-1]), strict=True))), "a.xlsx")
    assert (table.header, table.rows, table.doubts) == (("Customer", "Fee", "Sheet"), 11, ())


def test_an_unread_sheet_is_doubted(read):
    other = [["Town", "Shops", "Rent"], ["Bonn", 3, 7], ["Ulm", 4, 9], ["Kiel", 5, 2]]
    table, _ = read(workbook({"Orders": month(1), "Shops": other}), "a.xlsx")
    assert table.doubts == (
        "a.xlsx: not read is the sheet “Shops” (3 rows). Save what belongs here as a separate file, and choose the files "
        "together.",
    )


def test_sheets_that_go_on_without_names(read):
    table, found = read(workbook({"Jan": month(1), "Feb": month(2)[1:], "Mar": month(3)[1:]}), "a.xlsx")
    assert (table.header, table.rows, found[-1][1], table.doubts) == (tuple(MONTH), 18, "305", ())
    assert "the sheet “Feb”, which has no names of columns, goes on with “Jan”" in table.decisions
    other = [["Bonn", "Rhine", 3, 7], ["Ulm", "Danube", 4, 9], ["Kiel", "Baltic", 5, 2]]
    table, _ = read(workbook({"Jan": month(1), "Shops": other}), "a.xlsx")
    assert table.rows == 6 and "Shops" in table.doubts[0]


def test_an_unread_table_is_doubted(read):
    first = "who,when,sum\n" + "".join(f"C{i},2024-01-0{i},{i}.50\n" for i in range(1, 9))
    table, _ = read(first + "\ntown,shops\nBonn,3\nUlm,4\n")
    assert table.doubts == (
        "orders.csv: The largest of 2 tables in the file (not read: 2 rows from line 11 on, town, shops …).",
    )


def test_both_doors_give_the_same_cells(read, tmp_path):
    text = 'who;what;sum\nC1;"Big" pipe;3\n;;\nC2;"two\nlines";4\nC3;6";5\n'
    table, rows = read(text)
    names, cells = read_text_table(tmp_path / "orders.csv")
    assert (list(table.header), [list(row[1:]) for row in rows]) == (names, cells)
