"""Numbers and dates: decided for a column, done in the engine."""

import datetime as dt

import duckdb
import pytest

from segkit.io.values import DateFormat, NumberFormat, date_families, decide_numbers, looks_like


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


ALL = ("iso", "slashed", "compact")


@pytest.mark.parametrize("day_first", [True, False])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", (2024, 3, 5)),
        ("2024-3-5", (2024, 3, 5)),
        ("2024/03/05 10:11", (2024, 3, 5)),
        ("2024-03-05T10:11:12Z", (2024, 3, 5)),
        (" 2024-03-05 08:26:00.000 ", (2024, 3, 5)),
        ("20240305", (2024, 3, 5)),
        ("2024-02-30", None),
        ("05.13.2024", "month"),
        ("13/05/2024 0:00", "day"),
        ("13-05-24", "day"),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text, expected, day_first):
    if isinstance(expected, str):
        day, month = (13, 5) if (expected == "day") == day_first else (None, None)
        expected = (2024, month, day) if day else None
    found = read(DateFormat(ALL, day_first, 1, 0).sql("x"), text)
    assert found == (dt.date(*expected) if expected else None)


def test_ambiguous_dates_follow_the_column():
    assert read(DateFormat(ALL, True, 1, 0).sql("x"), "03/04/2024") == dt.date(2024, 4, 3)
    assert read(DateFormat(ALL, False, 1, 0).sql("x"), "03/04/2024") == dt.date(2024, 3, 4)


def test_when_a_column_is_silent():
    assert DateFormat(("slashed",), True, 0, 0).silent
    assert not DateFormat(("slashed",), True, 3, 0).silent
    assert not DateFormat(("slashed",), True, 0, 0, dotted=True).silent
    assert not DateFormat(("iso",), True, 0, 0).silent


def test_families_the_commonest_first():
    assert date_families(["01/02/2024", "2024-01-02", "2024-01-03", "x"]) == {"iso": 2, "slashed": 1}


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "empty"), ("NA", "text"), ("1.5", "number"), ("20240105", "date"), ("5/1/24", "date"), ("99999999", "number")],
)
def test_looks_like(text, kind):
    assert looks_like(text) == kind
