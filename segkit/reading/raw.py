"""A file's table as texts inside the engine."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from segkit.reading.layout import MOST_LAST_ROWS, is_sum, last_rows
from segkit.words.errors import DataError
from segkit.words.numbers import count

MAX_COLUMNS = 1000
LONGEST_NAME = 300
"""Letters of the longest name of a column: enough for a question of a survey."""
_TYPICAL = 200
Cells = tuple[str | None, ...]


@dataclass(frozen=True)
class RawTable:
    """A view ``name`` in the engine: column ``row`` (row of the file) and ``c0``, ``c1`` … (texts; NULL where empty).

    ``place`` numbers the rows from 0 on, without a gap. The texts lie in a Parquet file beside, so that however large a file
    is, none of it stays in memory; and the engine takes each different text of a column once, not once a row.

    ``decimal`` is the decimal sign that a person chose; empty lets the columns tell. ``decisions`` say how the file was read,
    in pieces of a sentence; ``doubts`` are sentences about what was not read or may be read wrong, which a person should see
    first.
    """

    connection: duckdb.DuckDBPyConnection
    name: str
    file_name: str
    header: tuple[str, ...]
    rows: int
    decisions: tuple[str, ...]
    decimal: str = ""
    doubts: tuple[str, ...] = ()

    def sample(self, most: int) -> list[tuple[str | None, ...]]:
        """Return up to ``most`` rows, evenly spread over the file."""
        step = max(1, -(-self.rows // most))
        names = ", ".join(f"c{i}" for i in range(len(self.header)))
        query = f"select {names} from {self.name} where place % {step} = 0 order by place"
        return self.connection.execute(query).fetchall()


def store(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Sequence[str | None],
    name: str,
    folder: Path,
    *,
    first: int | None = None,
) -> None:
    """Write the rows of a query to a file of the engine's own, and make the view of it in place of any of that name.

    Rows get their places from the file: to number them while reading would keep the engine to one processor.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Where the view is made.
    query : str
        What to write; it may read the view that it replaces, all but its ``place``.
    parameters : sequence of str
        What stands for the question marks of the query.
    name : str
        Name of the view to make.
    folder : Path
        Where the file is written.
    first : int, optional
        Row of the file that the first row is; None where the query has a column ``row``.
    """
    file = new_file(name, folder)
    copy = f"copy ({query}) to {quoted(file)} (format parquet, compression lz4)"
    try:
        connection.execute(copy, parameters)
    except duckdb.OutOfMemoryException:  # rows that overtook others wait in memory: one thread alone overtakes nobody
        connection.execute("set threads = 1")
        try:
            connection.execute(copy, parameters)
        finally:
            connection.execute("reset threads")
    show_stored(connection, file, name, first=first)


def new_file(name: str, folder: Path) -> Path:
    """Make an empty file for the rows of a view."""
    handle, file = tempfile.mkstemp(prefix=f"{name}_", suffix=".parquet", dir=folder)
    os.close(handle)
    return Path(file)


def show_stored(connection: duckdb.DuckDBPyConnection, file: Path, name: str, *, first: int | None) -> None:
    """Make the view ``name`` of the rows in a file of the engine's own (see `store`)."""
    row = "" if first is None else f"file_row_number + {first} as row, "
    connection.execute(
        f"create or replace view {name}_stored as select file_row_number as place, {row}* exclude (file_row_number) "
        f"from read_parquet({quoted(file)}, file_row_number=true)"
    )
    connection.execute(f"create or replace view {name} as select * from {name}_stored")


def cut(connection: duckdb.DuckDBPyConnection, name: str, rows: int) -> None:
    """Leave only so many first rows in a view of stored rows."""
    connection.execute(f"create or replace view {name} as select * from {name}_stored where place < {rows}")


def drop(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Take a view of stored rows away."""
    connection.execute(f"drop view {name}")
    connection.execute(f"drop view {name}_stored")


def too_wide(file_name: str, width: int) -> DataError:
    """Say that a file has more columns than a table of customers can have."""
    return DataError(
        f"{file_name} has {count(width)} columns; a table of orders or customers has at most {count(MAX_COLUMNS)}.",
        "Leave out the columns that say nothing about customers, and choose it again.",
    )


def quoted(text: Path | str) -> str:
    """Return a text, such as a path, as SQL has it."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return the name of a table or column as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def count_rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Return the number of rows of a table."""
    (rows,) = connection.execute(f"select count(*) from {name}").fetchall()[0]
    return int(rows)


def set_last_rows_aside(
    connection: duckdb.DuckDBPyConnection, name: str, width: int, folder: Path
) -> tuple[list[str], list[Cells]]:
    """Delete the totals and remarks at the end of a table; return what is to be said, and their cells."""
    rows = count_rows(connection, name)
    cells = ", ".join(f"c{i}" for i in range(width))
    least = min(MOST_LAST_ROWS, rows // 2)
    body = connection.execute(
        f"select {cells} from {name} where place < {min(_TYPICAL, rows - least)} order by place"
    ).fetchall()
    numbered = connection.execute(f"select row, {cells} from {name} where place >= {rows - least} order by place").fetchall()
    end = [row[1:] for row in numbered]
    found = last_rows(body, end, _apart(connection, name, numbered))
    if not found:
        return [], []
    cut(connection, name, rows - found)
    inside = _sums_inside(connection, name, width, folder) if any(map(is_sum, end[-found:])) else 0
    shown = next((cell for row in end[-found:] for cell in row if cell), "")
    said = [f"{count(found, 'row')} at the end set apart as not being data (“{' '.join(shown.split())[:40]}”)"]
    said += [f"{count(inside, 'row')} of sums between the others set apart"] if inside else []
    return said, end[-found:]


def _apart(connection: duckdb.DuckDBPyConnection, name: str, end: Sequence[tuple[Any, ...]]) -> int | None:
    """Return which of the last rows follows on empty ones, where it is the only one in the table that does."""
    gaps = [at for at in range(1, len(end)) if end[at][0] > end[at - 1][0] + 1]
    if len(gaps) != 1:
        return None
    ((first, last, rows),) = connection.execute(f"select min(row), max(row), count(*) from {name}").fetchall()
    return gaps[0] if last - first + 1 - rows == end[gaps[0]][0] - end[gaps[0] - 1][0] - 1 else None


def _sums_inside(connection: duckdb.DuckDBPyConnection, name: str, width: int, folder: Path) -> int:
    """Take out the rows of a table that sum up others; only asked where its last rows do."""
    cells = ", ".join(f"c{i}" for i in range(width))
    empty = " or ".join(f"c{i} is null" for i in range(width))
    found = [
        row[0]
        for row in connection.execute(f"select place, {cells} from {name} where {empty}").fetchmany(100_000)
        if is_sum(row[1:])
    ]
    if found:
        listed = ", ".join(map(str, found))
        others = f"select * exclude (place) from {name} where place not in ({listed}) order by place"
        store(connection, others, [], name, folder)
    return len(found)


def set_empty_rows_aside(connection: duckdb.DuckDBPyConnection, name: str, width: int, folder: Path) -> int:
    """Take out the rows of a table that hold nothing, and return how many there were."""
    empty = " and ".join(f"(c{i} is null or trim(c{i}) = '')" for i in range(width))
    ((found,),) = connection.execute(f"select count(*) from {name} where {empty}").fetchall()
    if found:
        store(connection, f"select * exclude (place) from {name} where not ({empty}) order by place", [], name, folder)
    return int(found)


def said_of_empty_rows(rows: int) -> list[str]:
    """Say how many rows held nothing."""
    return [f"{count(rows, 'row')} of empty cells left out"] if rows else []


def distinct_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return distinct names, stripped and of a length to be read, with something to call columns that have none."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells):
        name = _readable(cell) or f"Column {position + 1}"
        number = 2
        unique = name
        while unique in taken:
            unique = f"{name} ({number})"
            number += 1
        names.append(unique)
        taken.add(unique)
    return tuple(names)


def _readable(cell: str) -> str:
    name = " ".join(cell.replace("\ufeff", "").split())
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def said_of_names(cells: Sequence[str]) -> list[str]:
    """Say where names of columns are missing, come twice, or are too long to be shown."""
    plain = [" ".join(cell.split()) for cell in cells]
    missing = sum(not cell for cell in plain)
    twice = list(dict.fromkeys(cell for cell in plain if cell and plain.count(cell) > 1)) if len(plain) < 500 else []
    said = [f"{count(missing, 'column')} without a name numbered"] if missing else []
    if long := sum(len(cell) > LONGEST_NAME for cell in plain):
        said.append(f"{count(long, 'name')} of columns cut to {LONGEST_NAME} letters")
    if twice:
        said.append(f"repeated names numbered ({', '.join(f'“{name}”' for name in twice[:3])})")
    return said
