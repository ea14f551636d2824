"""Numbers and dates: decided for a column, done in the engine."""

import datetime as dt

import duckdb
import pytest

from segkit.reading.values.cells import NumberFormat, decide_numbers, looks_like
from segkit.reading.values.dates import MONTHS, NUMBER_OF, DateFormat, date_families, number_family


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


NAMED = ("named", "named month", "sorted month", "month")


@pytest.mark.parametrize(
    ("text", "family", "expected"),
    [
        ("3 Mär 2024", "named", (2024, 3, 3)),
        ("3. März 2024", "named", (2024, 3, 3)),
        ("03-Mar-24", "named", (2024, 3, 3)),
        ("Mar 3, 2024", "named", (2024, 3, 3)),
        ("March 3rd, 2024 2:05 PM", "named", (2024, 3, 3)),
        ("Sun, 3 Mar 2024 10:00:00 +0100", "named", (2024, 3, 3)),
        ("Sonntag, 3. März 2024", "named", (2024, 3, 3)),
        ("1er août 2024", "named", (2024, 8, 1)),
        ("12 déc. 2023", "named", (2023, 12, 12)),
        ("3 de marzo de 2024", "named", (2024, 3, 3)),
        ("15 ENE 2024", "named", (2024, 1, 15)),
        ("3 luglio 2024", "named", (2024, 7, 3)),
        ("12 gen 2024", "named", (2024, 1, 12)),
        ("3 maart 2024", "named", (2024, 3, 3)),
        ("21 mrt 2024", "named", (2024, 3, 21)),
        ("3 de março de 2024", "named", (2024, 3, 3)),
        ("9 out 2024", "named", (2024, 10, 9)),
        ("2024-Mar-03", "named", (2024, 3, 3)),
        ("3/Mar/2024", "named", (2024, 3, 3)),
        ("31 Feb 2024", "named", None),
        ("Mar-24", "named month", (2024, 3, 1)),
        ("März 2024", "named month", (2024, 3, 1)),
        ("dezembro de 2023", "named month", (2023, 12, 1)),
        ("2024-03", "sorted month", (2024, 3, 1)),
        ("03/2024", "month", (2024, 3, 1)),
        ("3.2024", "month", (2024, 3, 1)),
        ("Marcus 12", "", None),
        ("Mar", "", None),
        ("May Fair 2024", "", None),
        ("2024-13", "", None),
    ],
)
def test_months_by_name_and_months_without_a_day(text, family, expected):
    assert (list(date_families([text])) or [""])[0] == family
    found = read(DateFormat(NAMED, True, 0, 0).sql("x"), text)
    assert found == (dt.date(*expected) if expected else None)


def test_every_name_of_a_month_is_read():
    sql = DateFormat(("named",), True, 0, 0).sql("x")
    texts = [f"2 {name.title()} 2024" for name in NUMBER_OF]
    found = duckdb.execute(f"select {sql} from (select unnest(?::varchar[]) as x)", [texts]).fetchall()
    assert [day for (day,) in found] == [dt.date(2024, number, 2) for number in NUMBER_OF.values()]
    assert len(NUMBER_OF) == len({name for names in MONTHS for name in names.split()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03.04.2024 14:05", (2024, 4, 3)),
        ("3/4/24 2:05 PM", (2024, 4, 3)),
        ("3/4/2024, 14:05:09", (2024, 4, 3)),
        ("2024-04-03T14:05:09+02:00", (2024, 4, 3)),
        ("2024-04-03 14:05:09.123 UTC", (2024, 4, 3)),
        ("2024-04-03T14:05Z", (2024, 4, 3)),
    ],
)
def test_times_attached(text, expected):
    assert read(DateFormat(ALL, True, 1, 0).sql("x"), text) == dt.date(*expected)


@pytest.mark.parametrize(
    ("cells", "family", "expected"),
    [
        (["45000", "45001.5"], "serial", (2023, 3, 15)),
        (["1710000000"], "epoch", (2024, 3, 9)),
        (["1710000000000"], "epoch", (2024, 3, 9)),
        (["2024", "2023"], "", None),
        (["99999"], "", None),
    ],
)
def test_numbers_that_are_dates(cells, family, expected):
    assert number_family(cells) == family
    if family:
        assert read(DateFormat((family,), True, 0, 0).sql("x"), cells[0]) == dt.date(*expected)


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
