"""What stands for "no date", and years that stand for dates."""

import duckdb
import pytest

from segkit.reading.values.dates import DateFormat
from segkit.reading.values.no_dates import is_year, with_no_date


def nothing(cells, family="iso"):
    """Return the days that a column of some cells uses for no date."""
    with duckdb.connect() as engine:
        engine.execute("create table cells (c varchar)")
        engine.executemany("insert into cells values (?)", [[cell] for cell in cells])
        return with_no_date(engine, "cells", "c", DateFormat((family,), True, 0, 0)).nothing


@pytest.mark.parametrize(
    ("cells", "family", "found"),
    [
        (["2024-01-02", "2024-03-04", "1970-01-01 00:00:00"], "iso", ("1970-01-01",)),  # the zero of Unix
        (["2024-01-02", "1970-01-01", "1969-12-31", "9999-12-31"], "iso", ("1969-12-31", "1970-01-01", "9999-12-31")),
        (["31/12/2023", "01/01/1900"], "slashed", ("1900-01-01",)),  # the zero of a spreadsheet
        (["2/3/24", "1/1/70"], "slashed", ("1970-01-01",)),
        (["1/1/0001", "5/6/2023"], "slashed", ("0001-01-01",)),  # the smallest date of .NET
        (["2024-01-02", "2024-03-04"], "iso", ()),
        (["1970-01-01", "1969-06-05", "1984-02-03"], "iso", ()),  # dates of birth: others stand near
        (["1970-01-01"], "iso", ()),  # nothing to compare with
        (["2099-12-31", "2098-12-31"], "iso", ()),
    ],
)
def test_a_day_far_from_all_others_at_which_programs_begin_to_count_is_no_date(cells, family, found):
    assert nothing(cells, family) == found


def test_no_date_is_read_as_nothing():
    dates = DateFormat(("iso",), True, 0, 0, nothing=("1970-01-01", "9999-12-31"))
    cells = ["1970-01-01 00:00", "9999-12-31", "2024-05-06", "0000-00-00", "1900-01-00"]
    found = [
        duckdb.execute(f"select ({dates.sql('x')})::varchar from (select ?::varchar as x)", [c]).fetchall()[0][0] for c in cells
    ]
    assert found == [None, None, "2024-05-06", None, None]


@pytest.mark.parametrize("name", ["year", "giftyear", "fiscalyear", "spendenjahr", "annee", "yearofgift", "ano"])
def test_a_year_stands_for_a_date_where_its_name_says_so(name):
    assert is_year(name, ["2015", "2016 "])
    assert not is_year(name, ["2015", "15000"]) and not is_year(name, [])


@pytest.mark.parametrize("name", ["yearofbirth", "birthyear", "geburtsjahr", "baujahr", "modelyear", "amount", "yearfounded"])
def test_other_years_are_no_dates_of_orders(name):
    assert not is_year(name, ["2015", "2016"])


def test_a_year_is_read_as_its_first_day():
    sql = DateFormat(("year",), True, 0, 0).sql("x")
    found = [
        duckdb.execute(f"select ({sql})::varchar from (select ?::varchar as x)", [c]).fetchall()[0][0]
        for c in ["2015", "15", "20150"]
    ]
    assert found == ["2015-01-01", None, None]
