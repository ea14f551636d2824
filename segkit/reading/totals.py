"""What stands below a table: totals and remarks, set apart; and whether the total is that of the rows above it."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from segkit.reading.layout import is_sum
from segkit.reading.raw import set_last_rows_aside
from segkit.reading.values.cells import decide_numbers, is_missing
from segkit.words.numbers import money

_LOOKED_AT = 2_000
_A_CENT = 0.01


def end_set_aside(
    connection: duckdb.DuckDBPyConnection, name: str, header: Sequence[str], folder: Path, file_name: str
) -> tuple[list[str], list[str]]:
    """Delete the totals and remarks at the end of a table; return what is to be said, and doubts about the total.

    The last total is compared with the sums of the rows that are left: where no column has its sum there, rows are missing, or
    stand there twice. A column whose total lies within its values holds an average; one that fits, or the number of rows,
    proves all others.
    """
    said, ended = set_last_rows_aside(connection, name, len(header), folder)
    totals = [row for row in ended if is_sum(row)]
    if not totals:
        return said, []
    differ = []
    for i, column in enumerate(header):
        sums = _sums(connection, name, i, totals[-1][i])
        if sums is None:
            continue
        total, found, low, high, rows = sums
        if abs(total - found) <= _A_CENT * max(1, rows / 2) or total == rows:
            return said, []
        if rows > 1 and not low <= total <= high:
            differ.append(
                f"{money(total, decimals=2)} for “{column}”, where the rows above it add up to {money(found, decimals=2)}"
            )
    if not differ:
        return said, []
    word = " ".join(next(cell for cell in totals[-1] if cell).split())[:40]
    doubt = (
        f"{file_name}: the last row, “{word}”, says {'; '.join(differ)}. Rows are missing, or counted twice: export it again."
    )
    return said, [doubt]


def _sums(
    connection: duckdb.DuckDBPyConnection, name: str, i: int, cell: str | None
) -> tuple[float, float, float, float, int] | None:
    """Return the number in a total's cell with sum, least, largest and number of the column's; None where it is none."""
    if cell is None or is_missing(cell):
        return None
    column = f"c{i}"
    texts = connection.execute(f"select {column} from {name} where {column} is not null limit {_LOOKED_AT}").fetchall()
    numbers = decide_numbers([*(text for (text,) in texts), cell])
    if numbers is None or not texts:
        return None
    ((total,),) = connection.execute(f"select {numbers.sql('t')} from (select ?::varchar as t)", [cell]).fetchall()
    value = numbers.sql(column)
    query = f"select sum({value}), min({value}), max({value}), count({value}) from {name}"
    ((found, low, high, rows),) = connection.execute(query).fetchall()
    return None if total is None or not rows else (float(total), float(found), float(low), float(high), int(rows))
