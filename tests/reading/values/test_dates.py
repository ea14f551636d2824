"""Dates: the way in which a column writes them, and what day each cell is."""

import datetime as dt

import duckdb
import pytest

from segkit.reading.values import dates
from segkit.reading.values.dates import (
    MONTHS,
    NUMBER_OF,
    DateFormat,
    date_families,
    date_family,
    first_and_second,
    number_family,
)


def read(sql, text):
    return read_all(sql, [text])[0]


def read_all(sql, texts):
    found = duckdb.execute(f"select {sql} from (select unnest(?::varchar[]) as x, unnest(range(?)) as i) order by i",
                           [texts, len(texts)]).fetchall()  # fmt: skip
    return [day for (day,) in found]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("2024-01-01", "iso"), ("2024-12-31", "iso"), ("2024/1/1", "iso"), ("2024.12.31 10:00", "iso"),
        ("2024-01-01T10", "iso"), ("2024-00-10", ""), ("2024-13-10", ""), ("2024-10-00", ""),
        ("2024-10-32", ""), ("2024-01/01", ""),
        ("1/1/2024", "slashed"), ("31/12/24", "slashed"), ("12/31/2024", "slashed"), ("31/31/2024", ""), ("12/32/2024", ""),
        ("0/12/2024", ""), ("12/0/2024", ""), ("13/13/2024", ""), ("12/12/2024", "slashed"), ("12-12.2024", ""),
        ("20240131", "compact"), ("20241301", ""), ("18991231", ""), ("20240132", ""),
        ("2024-03", "sorted month"), ("2024-00", ""), ("03/2024", "month"), ("12.1999", "month"), ("13/2024", ""),
        ("3 May 2024", "named"), ("31 May 2024", "named"), ("0 May 2024", ""), ("32 May 2024", ""), ("1 May 2024", "named"),
        ("May 3, 2024", "named"), ("May-24", "named month"), ("2024-May-03", "named"), ("May", ""), ("5", ""), ("12345", ""),
        ("Mittwoch, 30. September 2024 14:05:09 GMT+02:00", "named"),
        ("Mittwoch, 30. September 2024 14:05:09 GMT+02:00  ", ""),  # too long for a date
    ],
)  # fmt: skip
def test_the_way_in_which_a_cell_writes_a_date(text, family):
    assert date_family(text) == family


def test_the_longest_date_has_48_letters():
    text = "Mittwoch, 30. September 2024 14:05:09 GMT+02:00"
    assert len(text) == dates.LONGEST - 1
    assert [date_family(text + "0" * more) for more in (1, 2)] == ["named", ""]


@pytest.mark.parametrize(
    ("cells", "family"),
    [
        ([], ""),
        (["7306"], ""),
        (["07305"], ""),
        (["07306"], "serial"),
        (["73050", " 73050.5 "], "serial"),
        (["73051"], ""),
        (["12345,75"], "serial"),
        (["45000"] * 4 + ["7"], "serial"),
        (["45000"] * 3 + ["7"], ""),
        (["171000000"], "epoch"),
        (["17100000"], ""),
        (["1710000000.5"], "epoch"),
        (["171000000000"], "epoch"),
        (["17100000000"], ""),
        (["1710000000"] * 4 + ["45000"], "epoch"),
        (["1710000000"] * 3 + ["45000"], ""),
    ],
)
def test_numbers_that_would_be_dates(cells, family):
    assert number_family(cells) == family


def test_months_without_a_day():
    for family in ("sorted month", "month", "named month"):
        assert DateFormat((family,), True, 0, 0).without_day
        assert DateFormat((family, "iso"), True, 0, 0).without_day
        assert not DateFormat(("iso", family), True, 0, 0).without_day
    assert not DateFormat(("slashed",), True, 0, 0).without_day


def test_a_column_is_silent_where_nothing_shows_its_order():
    assert DateFormat(("slashed",), True, 0, 0).silent and DateFormat(("iso", "slashed"), True, 0, 0).silent
    for shown in ({"proof": 1}, {"against": 1}, {"dotted": True}, {"borrowed": "day"}):
        assert not DateFormat(**{"families": ("slashed",), "day_first": True, "proof": 0, "against": 0} | shown).silent
    assert not DateFormat(("iso", "compact"), True, 0, 0).silent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/04/2024", (3, 4)),
        (" 3.4.24 10:00", (3, 4)),
        ("31-12-2024", (31, 12)),
        ("2024-03-04", (None, None)),
        ("x", (None,) * 2),
    ],
)
def test_the_two_numbers_of_a_date(text, expected):
    assert tuple(read(sql, text) for sql in first_and_second("x")) == expected


@pytest.mark.parametrize(
    ("families", "text", "expected"),
    [
        (("compact",), "20240305", (2024, 3, 5)),
        (("compact",), "2024-03-05", None),
        (("compact",), "202403051", None),
        (("iso",), "20240305", None),
        (("slashed",), "3/4/24", (2024, 4, 3)),
        (("slashed",), "2024-03-05", None),
        (("slashed", "iso"), "2024-03-05", (2024, 3, 5)),
        (("sorted month",), "2024.03", (2024, 3, 1)),
        (("sorted month",), "2024-03-05", None),
        (("month",), "3/2024", (2024, 3, 1)),
        (("month",), "12.2024", (2024, 12, 1)),
        (("serial",), "45000", (2023, 3, 15)),
        (("serial",), "45000,75", (2023, 3, 15)),
        (("serial",), "7306", (1920, 1, 1)),
        (("serial",), "73050", (2099, 12, 31)),
        (("serial",), "73051", None),
        (("serial",), "7305", None),
        (("epoch",), "1710000000000", (2024, 3, 9)),
        (("epoch",), "86399999", None),
    ],
)
def test_each_way_of_writing_gives_its_day(families, text, expected):
    assert read(DateFormat(families, True, 0, 0).sql("x"), text) == (dt.date(*expected) if expected else None)


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
NAMED_DATES = [
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
]


@pytest.fixture(scope="module")
def read_named():
    """Return the day of each text: one question to the engine, which takes long to see what is asked."""
    texts = [text for text, _, _ in NAMED_DATES]
    return dict(zip(texts, read_all(DateFormat(NAMED, True, 0, 0).sql("x"), texts), strict=True))


@pytest.mark.parametrize(("text", "family", "expected"), NAMED_DATES)
def test_months_by_name_and_months_without_a_day(read_named, text, family, expected):
    assert (list(date_families([text])) or [""])[0] == family
    assert read_named[text] == (dt.date(*expected) if expected else None)


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
