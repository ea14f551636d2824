"""A file's table as texts inside the engine."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from segkit.io.layout import MOST_LAST_ROWS, is_sum, last_rows

_TYPICAL = 200


@dataclass(frozen=True)
class RawTable:
    """A table ``name`` in the engine: column ``row`` (row of the file) and ``c0``, ``c1`` … (texts; NULL where empty).

    ``decimal`` is the decimal sign that a person chose; empty lets the columns tell.
    """

    connection: duckdb.DuckDBPyConnection
    name: str
    file_name: str
    header: tuple[str, ...]
    rows: int
    decisions: tuple[str, ...]
    decimal: str = ""

    def sample(self, most: int) -> list[tuple[str | None, ...]]:
        """Return up to ``most`` rows, evenly spread over the file."""
        step = max(1, -(-self.rows // most))
        names = ", ".join(f"c{i}" for i in range(len(self.header)))
        query = f"select {names} from {self.name} where rowid % {step} = 0 order by rowid"
        return self.connection.execute(query).fetchall()


def count_rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Return the number of rows of a table."""
    (rows,) = connection.execute(f"select count(*) from {name}").fetchall()[0]
    return int(rows)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"1 {one}" if number == 1 else f"{number:,} {many or one + 's'}"


def set_last_rows_aside(connection: duckdb.DuckDBPyConnection, name: str, width: int) -> list[str]:
    """Delete the totals and remarks at the end of a table, and say so."""
    rows = count_rows(connection, name)
    cells = ", ".join(f"c{i}" for i in range(width))
    least = min(MOST_LAST_ROWS, rows // 3)
    body = connection.execute(f"select {cells} from {name} order by rowid limit {min(_TYPICAL, rows - least)}").fetchall()
    end = connection.execute(f"select {cells} from {name} where rowid >= {rows - least} order by rowid").fetchall()
    found = last_rows(body, end)
    if not found:
        return []
    connection.execute(f"delete from {name} where rowid >= {rows - found}")
    inside = _sums_inside(connection, name, width) if any(map(is_sum, end[-found:])) else 0
    shown = next((cell for row in end[-found:] for cell in row if cell), "")
    said = [f"{counted(found, 'row')} at the end set apart as no data (“{' '.join(shown.split())[:40]}”)"]
    return [*said, f"{counted(inside, 'row')} of sums between the others set apart"] if inside else said


def _sums_inside(connection: duckdb.DuckDBPyConnection, name: str, width: int) -> int:
    """Take out the rows of a table that sum up others; only asked where its last rows do."""
    cells = ", ".join(f"c{i}" for i in range(width))
    empty = " or ".join(f"c{i} is null" for i in range(width))
    found = [
        row[0]
        for row in connection.execute(f"select rowid, {cells} from {name} where {empty}").fetchmany(100_000)
        if is_sum(row[1:])
    ]
    if found:
        listed = ", ".join(map(str, found))
        connection.execute(
            f"create or replace table {name} as select * from {name} where rowid not in ({listed}) order by rowid"
        )
    return len(found)


def distinct_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return distinct names, stripped, with something to call columns that have none."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"Column {position + 1}"
        number = 2
        unique = name
        while unique in taken:
            unique = f"{name} ({number})"
            number += 1
        names.append(unique)
        taken.add(unique)
    return tuple(names)


def said_of_names(cells: Sequence[str]) -> list[str]:
    """Say where names of columns are missing or come twice."""
    plain = [" ".join(cell.split()) for cell in cells]
    missing = sum(not cell for cell in plain)
    twice = list(dict.fromkeys(cell for cell in plain if cell and plain.count(cell) > 1)) if len(plain) < 500 else []
    said = [f"{counted(missing, 'column')} without a name numbered"] if missing else []
    if twice:
        said.append(f"names that come twice numbered ({', '.join(f'“{name}”' for name in twice[:3])})")
    return said
