"""Days by which a column says that there is no date, and years in place of dates: told by what stands around them."""

import re
from collections.abc import Iterable
from dataclasses import replace

import duckdb

from segkit.reading.values.dates import DateFormat

_NO_DATES = (
    "0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1969-12-31", "1970-01-01",
    "2099-12-31", "2999-12-31", "9999-01-01", "9999-12-31",
)  # fmt: skip
"""Days with which programs begin or end to count. Any of them may be a real date too."""

_YEARS = ("0001", "1753", "1899", "1900", "1904", "1969", "1970", "2099", "2999", "9999")


def with_no_date(connection: duckdb.DuckDBPyConnection, cells: str, column: str, dates: DateFormat) -> DateFormat:
    """Return how a column writes its dates, with the days that stand for no date.

    1970-01-01 among orders of 2024 is where a program begins to count; among dates of birth it is a birthday. So a day stands
    for no date where no other date of the column lies within a year of it.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        The engine.
    cells : str
        Its table of the column's different cells.
    column : str
        The column.
    dates : DateFormat
        How it writes its dates.
    """
    listed = ", ".join(f"date '{day}'" for day in _NO_DATES)
    named = " or ".join(f"contains({column}, '{year}')" for year in _YEARS)
    if not dates.families[0] == "iso":
        named += f" or regexp_matches({column}, '[^0-9](69|70)([^0-9]|$)')"
    if not connection.execute(f"select count(*) from {cells} where {named}").fetchall()[0][0]:
        return dates
    day = dates.sql(column)
    query = f"select distinct {day} as d from {cells} where ({named}) and {day} in ({listed}) order by 1"
    found = [row[0] for row in connection.execute(query).fetchall()]
    if not found:
        return dates
    days = ", ".join(f"(date '{one}')" for one in found)
    query = (
        f"with others as materialized (select {day} as d from {cells} where {day} not in ({listed})) "
        f"select n.d::varchar from (values {days}) n(d) where (select count(*) from others) > 0 and not exists "
        "(select 1 from others o where abs(o.d - n.d) <= 366) order by 1"
    )
    return replace(dates, nothing=tuple(str(row[0]) for row in connection.execute(query).fetchall()))


_YEAR_ALONE = re.compile(r"^(?:19|20)\d{2}$")
_OTHER_YEARS = re.compile(
    r"birth|born|geb|naiss|nacim|nasc|found|grund|establ|buil|bau|bouw|model|vintage|jahrgang|construc|graduat"
)
_SAYS_YEAR = re.compile(r"^(year|yr|fy|jahr|annee|anno|ano|jaar)|(year|yr|fy|jahr|annee|anno|ano|jaar)$")


def is_year(name: str, texts: Iterable[str]) -> bool:
    """Tell whether a column holds years in which something happened: its name (in small letters) and its cells say so."""
    cells = [text.strip() for text in texts]
    return bool(cells and _SAYS_YEAR.search(name) and not _OTHER_YEARS.search(name) and all(map(_YEAR_ALONE.match, cells)))
