"""From which day to look back: the day after the last date that is believable."""

import datetime as dt

import duckdb

from segkit.core.data.features import date_of
from segkit.words.numbers import count, date

GAP = 366
"""Days without any order after which a few later dates are taken for mistyped."""

FEW = 0.001


def last_believable(connection: duckdb.DuckDBPyConnection, days: str, last: dt.date) -> tuple[dt.date, str]:
    """Return the last day that is not far beyond all others, and a note where later ones were left out.

    A single order "of 2099" would else make every customer look long gone. Dates are left out where more than a year without
    any order lies before them and they are at most three rows or one in a thousand.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        The engine.
    days : str
        SQL of the different ``day`` and the number ``n`` of their lines.
    last : datetime.date
        The last day of all.
    """
    query = (
        "with gaps as (select day, n, day - lag(day) over (order by day) as gap, lag(day) over (order by day) as before, "
        "sum(n) over (order by day desc) as beyond, sum(n) over () as total "
        f"from {days}) "
        f"select before, beyond from gaps where gap > {GAP} and beyond <= greatest(3, {FEW} * total) "
        "and beyond < 0.5 * total order by day limit 1"
    )
    found = connection.execute(query).fetchall()
    if not found:
        return last, ""
    before, rows = date_of(int(found[0][0])), int(found[0][1])
    return before, (
        f"{count(rows, 'row')} of more than a year after all others (up to {date(last)}) can hardly be right: the analysis "
        f"date is the day after {date(before)}, the last of the others. If they are right, set the analysis date yourself."
    )
