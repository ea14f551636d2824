"""Regular text files: read by the engine, and checked that no line of theirs is lost and no row lies inside a cell."""

import os
from pathlib import Path

import duckdb

from segkit.reading.headers import has_cells
from segkit.reading.raw import count_rows, new_file, quoted, set_empty_rows_aside, show_stored, store
from segkit.reading.text.dialect import Dialect
from segkit.reading.text.encoding import CHUNK
from segkit.reading.text.plain import write_plain

SIZES = "max_line_size=16000000, buffer_size=32000000"


def load_regular(connection: duckdb.DuckDBPyConnection, path: Path, name: str, dialect: Dialect, folder: Path) -> int:
    """Load a regular file with every parameter decided; return the number of empty rows left out.

    Raises
    ------
    duckdb.InvalidInputException
        If lines of the file are missing from what the engine read, or rows may lie inside cells.
    """
    skip, marks = dialect.skip + dialect.header, dialect.marks
    file = new_file(name, folder)
    if write_plain(path, file, delimiter=marks.delimiter, quote=marks.quote, skip=skip, width=dialect.width):
        show_stored(connection, file, name, first=skip + 1)
        names = ", ".join(f"c{i}" for i in range(dialect.width))
        last = connection.execute(f"select {names} from {name} order by place desc limit 1").fetchone()
        return 0 if last is None or has_cells(last) else set_empty_rows_aside(connection, name, dialect.width, folder)
    file.unlink()
    columns = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(dialect.width)) + "}"
    query = (
        f"select * from read_csv(?, delim=?, quote=?, escape=?, header=false, skip={skip}, auto_detect=false, "
        f"columns={columns}, nullstr='', {SIZES})"
    )
    parameters = [str(path), marks.delimiter, marks.quote, marks.escape or marks.quote]
    store(connection, query, parameters, name, folder, first=skip + 1)
    if (lines := _lines(path) - skip) != count_rows(connection, name) and _loses_rows(connection, name, dialect, lines):
        raise duckdb.InvalidInputException("rows may be lost")
    return set_empty_rows_aside(connection, name, dialect.width, folder)


def _lines(path: Path) -> int:
    """Count the lines of a file, blank ones at its end aside."""
    with path.open("rb") as file:
        lines = sum(block.count(b"\n") for block in iter(lambda: file.read(CHUNK), b""))
        file.seek(-min(file.tell(), CHUNK), os.SEEK_END)
        end = file.read()
    return lines - end[len(end.rstrip(b"\r\n")) :].count(b"\n") + 1


def _loses_rows(connection: duckdb.DuckDBPyConnection, name: str, dialect: Dialect, lines: int) -> bool:
    """Tell whether the lines of a file are not all there, or cells of several lines may be rows that a stray quote took in."""
    width, sign = dialect.width, quoted(dialect.marks.delimiter)
    breaks = " + ".join(f"coalesce(len(c{i}) - len(replace(c{i}, chr(10), '')), 0)" for i in range(width))
    taken = []
    for i in range(width):
        parts = f"list_transform(string_split(c{i}, chr(10)), lambda part: len(part) - len(replace(part, {sign}, '')))"
        inner = f"list_count(list_filter({parts}[2:-2], lambda signs: signs <> {width - 1})) = 0"
        taken.append(f"(contains(c{i}, chr(10)) and {parts}[1] = {width - 1 - i} and {parts}[-1] = {i} and {inner})")
    query = f"select count(*) + coalesce(sum({breaks}), 0), count(*) filter ({' or '.join(taken)}) from {name}"
    ((found, swallowed),) = connection.execute(query).fetchall()
    return bool(found != lines or swallowed)
