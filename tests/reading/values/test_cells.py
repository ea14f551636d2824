"""Numbers: decided for a column, done in the engine."""

import duckdb
import pytest

from segkit.reading.values.cells import MISSING_SQL, NumberFormat, decide_numbers, is_missing, looks_like


def read(sql, text):
    return duckdb.execute(f"select {sql} from (select ?::varchar as x)", [text]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("cells", "decimal", "values"),
    [
        (["1", "2.50", "-3"], ".", [1, 2.5, -3]),
        (["1,50", "2,00"], ",", [1.5, 2]),
        (["1.234,56", "0,5"], ",", [1234.56, 0.5]),
        (["1,234.56", "12"], ".", [1234.56, 12]),
        (["1 234,56", "7,1"], ",", [1234.56, 7.1]),
        (["1'234.50", "3.10"], ".", [1234.5, 3.1]),
        (["€ 12,90", "3,00 €"], ",", [12.9, 3]),
        (["$1,000", "($2,500.10)"], ".", [1000, -2500.1]),
        (["12.50-", "3.25"], ".", [-12.5, 3.25]),
        (["1.5e3", "2"], ".", [1500, 2]),
        (["1,234", "5,678"], ".", [1234, 5678]),
        (["EUR 12,50", "7,00 EUR"], ",", [12.5, 7]),
        (["12.50 USD", "US$ 3.10", "1,200.00"], ".", [12.5, 3.1, 1200]),
        (["1\u202f234,56", "1\u2009234,00 €", "12\u00a0345,60"], ",", [1234.56, 1234, 12345.6]),
        (["1’234.50", "Fr. 3.10", "CHF 2'000.00"], ".", [1234.5, 3.1, 2000]),
        (["12,50- €", "10,00 €-", "−3,00", "(4,50 €)"], ",", [-12.5, -10, -3, -4.5]),
        (["12,5 %", "3,25%"], ",", [12.5, 3.25]),
        (["1 250 Kč", "99,90 zł", "12 kr"], ",", [1250, 99.9, 12]),
        (["1.234.567", "2,50"], ",", [1234567, 2.5]),
        (["12,50", "7,25", "1.300,10", "9.99"], ",", [12.5, 7.25, 1300.1, 9.99]),
    ],
)
def test_numbers(cells, decimal, values):
    found = decide_numbers(cells)
    assert found is not None and found.decimal == decimal
    assert [read(found.sql("x"), cell) for cell in cells] == pytest.approx(values)


def test_the_rest_of_the_file_decides_what_a_column_leaves_open():
    assert decide_numbers(["1.234", "5.678"], prefer_comma=True) == NumberFormat(",", False)
    assert decide_numbers(["1.234", "5.678"]) == NumberFormat(".", True)


@pytest.mark.parametrize("cells", [["S10_1678", "S12"], ["Paris"], [], ["", "NULL"], ["1-2-3", "4-5"]])
def test_no_numbers(cells):
    assert decide_numbers(cells) is None


@pytest.mark.parametrize("text", ["nan", "inf", "-infinity", "abc", "", "1e999"])
def test_what_is_no_number_is_missing(text):
    assert read(NumberFormat(".", True).sql("x"), text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "empty"), ("NA", "text"), ("1.5", "number"), ("20240105", "date"), ("5/1/24", "date"), ("99999999", "number")],
)
def test_looks_like(text, kind):
    assert looks_like(text) == kind


@pytest.mark.parametrize("text", ["", " ", "null", " NULL ", "nan", "NaN", "#N/A", "\\N", "NaT"])
def test_words_for_nothing(text):
    assert is_missing(text) and looks_like(text) == "empty"
    assert read(f"lower(trim(x)) in {MISSING_SQL}", text)


@pytest.mark.parametrize("text", ["NA", "0", "-", "n/a", "none", "nil"])
def test_words_that_may_mean_something(text):
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("3 May 2024", "date"), ("2024-01-05", "date"), ("Mar-24", "text"), ("03/2024", "text"), ("€", "text"), ("€ 5", "number"),
     (" 5 ", "number"), ("5 %", "number"), ("5 pieces", "text"), ("A5", "text")],
)  # fmt: skip
def test_kinds_of_cells(text, kind):
    assert looks_like(text) == kind


@pytest.mark.parametrize(
    ("cell", "decimal", "plain"),
    [
        ("123.456", ",", False),  # may be a hundred and twenty-three thousand
        ("1.234", ",", False),
        ("1234.567", ".", True),
        (".123", ".", True),
        ("0.123", ".", True),
        ("12.34", ".", True),
        ("12.3456", ".", True),
        ("12", ".", True),
        ("1.234.567", ",", False),
        ("1,234,567", ".", False),
        ("1,234", ",", False),
        ("0,123", ",", False),
        ("1,23", ",", False),
        ("1.234,5", ",", False),
        ("1,234.5", ".", False),
        ("5 €", ",", False),
    ],
)
def test_what_one_cell_proves_beside_columns_with_a_comma(cell, decimal, plain):
    found = decide_numbers([cell], prefer_comma=True)
    assert found is not None and (found.decimal, found.plain) == (decimal, plain)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["1.50", "1.234", "2,5", "3,5"], NumberFormat(",", False)),
        (["1.50", "2.50", "2,5", "3,5"], NumberFormat(".", False)),  # as many of both
        (["1,234", "5"], NumberFormat(".", False)),
        (["1", "2", "3", "4", "x"], NumberFormat(".", True)),
        (["1", "2", "3", "x"], None),
        (["1", "1", "1", "1", "x"], NumberFormat(".", True)),  # rows count, not different cells
        (["1", "2", "3", "4", "x", "", "NULL"], NumberFormat(".", True)),
        (["1.50", "5 €"], NumberFormat(".", False, (("€", 1),))),
        ([" 1 "], NumberFormat(".", True)),
    ],
)
def test_most_cells_decide_for_a_column(cells, found):
    assert decide_numbers(cells) == found


def test_a_cell_that_proves_a_point_outweighs_what_the_file_prefers():
    assert decide_numbers(["1.234", "1.5"], prefer_comma=True) == NumberFormat(".", True)
    assert decide_numbers(["1.234", "5"], prefer_comma=True) == NumberFormat(",", False)
    assert decide_numbers(["2,5", "1.5"], prefer_comma=True) == NumberFormat(".", False)
    assert decide_numbers(["7", "5"], prefer_comma=True) == NumberFormat(".", True)
