"""Text files: in the engine where they are regular, else dealt out row by row first."""

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb

from segkit.decisions.data import ReadingChoice
from segkit.reading.headers import filled_cells, has_cells, joined_names
from segkit.reading.layout import Row, Tables
from segkit.reading.raw import (
    MAX_COLUMNS,
    RawTable,
    count_rows,
    cut,
    distinct_names,
    said_of_empty_rows,
    said_of_names,
    store,
    too_wide,
)
from segkit.reading.text.dialect import DELIMITERS, Dialect, Told, detect
from segkit.reading.text.parse import numbered_rows, split_rows
from segkit.reading.text.regular import SIZES, load_regular
from segkit.reading.text.source import Source, open_text
from segkit.reading.totals import end_set_aside
from segkit.words.errors import DataError
from segkit.words.numbers import count

_NAMED = 300
QUOTES = {"double": '"', "single": "'", "none": ""}
"""The sign around texts, by the word for it."""


def told_by(choice: ReadingChoice | None, name: str) -> Told:
    """Return what a person decided about the marks of a text file.

    Raises
    ------
    DataError
        If the delimiter is none that is known.
    """
    if choice is None:
        return Told()
    delimiter = None
    if choice.delimiter:
        signs = {word: sign for sign, word in DELIMITERS.items()} | {sign: sign for sign in DELIMITERS if sign}
        if len(choice.delimiter) <= 3 and not any(sign.isalnum() for sign in choice.delimiter):
            signs[choice.delimiter] = choice.delimiter
        if choice.delimiter not in signs:
            raise DataError(
                f"{name}: “{choice.delimiter}” is not a column separator.", f"Choose one of: {', '.join(DELIMITERS.values())}."
            )
        delimiter = signs[choice.delimiter]
    return Told(delimiter, choice.skip, choice.header, QUOTES.get(choice.quote))


def load_text(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    folder: Path,
    choice: ReadingChoice | None,
    file_name: str,
    *,
    as_written: bool = False,
) -> RawTable:
    """Read a text file into the engine; ``as_written`` leaves names and last rows as they are (see `read_table`)."""
    told = told_by(choice, file_name)
    source = open_text(path, folder, name=file_name, encoding=choice.encoding if choice else "")
    dialect = detect(source.text, whole=source.whole, later=source.later, told=told)
    if dialect.width > MAX_COLUMNS and not as_written:
        raise too_wide(file_name, dialect.width)
    names, _ = _header_and_rows(source, dialect)
    said = _in_words(source, dialect, told)
    try:
        header = _header_of(names, dialect.width, as_written=as_written)
        if not _is_regular(source, dialect, names, header):
            raise duckdb.InvalidInputException("not regular")
        said += said_of_empty_rows(load_regular(connection, source.path, name, dialect, folder))
        said += _repeated_names(connection, name, names[-1] if names else [], folder)
        doubts: list[str] = []
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        header, more, doubts = _load_dealt(connection, source, dialect, name, folder, as_written=as_written)
        said += more
    if not as_written:
        header = _names_of_columns(connection, name, header, folder) if dialect.header else header
        said += said_of_names(header) if dialect.header else []
        ended, differing = end_set_aside(connection, name, distinct_names(header), folder, file_name)
        said += ended
        doubts += differing
    return RawTable(
        connection,
        name,
        file_name,
        tuple(header) if as_written and dialect.header else distinct_names(header),
        count_rows(connection, name),
        tuple(said),
        choice.decimal if choice else "",
        tuple(doubts),
    )


def _header_of(names: list[list[str]], width: int, *, as_written: bool) -> list[str]:
    """Return the names as one row; empty ones that no row has a cell for, such as by a comma too many, are no names."""
    header = joined_names(names, once=not as_written) if names else [""] * width
    while not as_written and len(header) > width and "" in header:
        del header[len(header) - 1 - header[::-1].index("")]
    return header


def _is_regular(source: Source, dialect: Dialect, names: list[list[str]], header: list[str]) -> bool:
    """Tell whether the engine can read a file: one delimiter of one sign, as many names as cells, no line that is no row."""
    marks = dialect.marks
    single = len(marks.delimiter) == 1 and not marks.padded and not marks.end
    whole = not any("\n" in cell for row in names for cell in row)
    return single and whole and len(header) == dialect.width and not source.gaps


def _names_of_columns(connection: duckdb.DuckDBPyConnection, name: str, header: list[str], folder: Path) -> list[str]:
    """Leave out columns at the end that have neither name nor cells, and put names over their cells.

    Some programs write no name over the number of the row, so that all names stand one cell too far left.
    """
    wide = len(header)
    while len(header) > 2 and not header[-1].strip():
        last, rows = len(header) - 1, count_rows(connection, name)
        query = f"select count(c{last}), count(distinct c0) from {name}"
        ((filled, different),) = connection.execute(query).fetchall()
        if filled:
            alone = all(cell.strip() for cell in header[:-1]) and filled >= 0.95 * rows and different == rows > 2
            header = ["", *header[:-1]] if alone else header
            break
        header = header[:-1]
    if empty := [f"c{i}" for i in range(len(header), wide)]:
        store(connection, f"select * exclude (place, {', '.join(empty)}) from {name} order by place", [], name, folder)
    return header


def _header_and_rows(source: Source, dialect: Dialect) -> tuple[list[list[str]], Iterator[Row]]:
    """Return the rows that hold names, and the rows below them."""
    rows = _rows(source, dialect)
    named = ((at, cells) for at, cells in rows if has_cells(cells))
    names = [cells for _, (_, cells) in zip(range(dialect.header), named, strict=False)]
    return names, rows


def _rows(source: Source, dialect: Dialect) -> Iterator[Row]:
    """Split the file row by row in Python: slower, and nothing makes it stop."""
    with source.path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        lines = (line.rstrip("\r\n").removeprefix("\ufeff") for line in file)
        for _ in range(dialect.skip):
            next(lines, None)
        for at, cells in numbered_rows(lines, dialect.marks, dialect.width):
            yield at + dialect.skip, cells


def _in_words(source: Source, dialect: Dialect, told: Told) -> list[str]:
    """Say how a text file was read."""
    chosen = ", as you chose"
    said = [f"text in {source.encoding}"]
    sign = dialect.marks.delimiter
    parted = f"columns separated by {DELIMITERS.get(sign, f'“{sign}”')}" if sign else "one column"
    said.append(parted + (chosen if told.delimiter is not None else ""))
    quoted_by = {"'": "texts between apostrophes", "": "quote marks are plain text", '"': "texts between quote marks"}
    if told.quote is not None:
        said.append(quoted_by[told.quote] + chosen)
    elif dialect.marks.quote == "'":
        said.append(quoted_by["'"])
    if dialect.skip:
        above = f"{count(dialect.skip, 'line')} above the table left out"
        said.append(above + _table_above(source, dialect) + (chosen if told.skip is not None else ""))
    if dialect.header > 1:
        names = f"column names in the first {dialect.header} lines"
    else:
        names = "column names in the first line" if dialect.header else "no line with column names"
    return [*said, names + (chosen if told.header is not None else "")]


def _table_above(source: Source, dialect: Dialect) -> str:
    """Name a table among the lines above the one that is read."""
    rows = list(split_rows(source.text.split("\n")[: dialect.skip], dialect.marks))
    widths = Counter(len(cells) for cells in rows if filled_cells(cells) > 1)
    width, rows_of_it = widths.most_common(1)[0] if widths else (0, 0)
    if rows_of_it < 3:
        return ""
    first = next(cells for cells in rows if len(cells) == width)
    return f", another table among them (not read: {', '.join(first[:3])} …)"


def _repeated_names(connection: duckdb.DuckDBPyConnection, name: str, names: list[str], folder: Path) -> list[str]:
    """Take out lines that repeat the names further down, and what follows the first where it only repeats the rows above."""
    if filled_cells(names) < 2:
        return []
    met = " and ".join(f"c{i} is not distinct from ?" for i in range(len(names)))
    values = [cell or None for cell in names]
    found = [at for (at,) in connection.execute(f"select place from {name} where {met} order by place", values).fetchall()]
    if not found:
        return []
    first, rows = found[0], count_rows(connection, name)
    same = " and ".join(f"a.c{i} is not distinct from b.c{i}" for i in range(len(names)))
    query = f"select count(*) from {name} a join {name} b on a.place = b.place + {first + 1} where {same}"
    (copied,) = connection.execute(query).fetchall()[0]
    if len(found) == 1 and copied == rows - first - 1 and copied > 0.5 * first:
        cut(connection, name, first)
        return ["the table appears in the file twice: read once"]
    others = f"select * exclude (place) from {name} where not ({met}) order by place"
    store(connection, others, values, name, folder)
    return [f"{count(len(found), 'line')} that repeat{'s' if len(found) == 1 else ''} the names left out"]


def _load_dealt(
    connection: duckdb.DuckDBPyConnection, source: Source, dialect: Dialect, name: str, folder: Path, *, as_written: bool
) -> tuple[list[str], list[str], list[str]]:
    """Deal an irregular file out to its tables and load the largest; return its names, what was decided and what is doubted.

    As written, the column ``cells`` tells how many cells each row has.
    """
    names, rows = _header_and_rows(source, dialect)
    tables = Tables(_header_of(names, dialect.width, as_written=as_written) if names else [], dialect.width)
    handle, clean = tempfile.mkstemp(suffix=".csv", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for number, at, cells in tables.deal(rows):
            writer.writerow([number, at + 1, len(cells), *cells])
    largest = tables.largest()
    parts, copies = tables.parts_of(largest)
    # there may be more names than any row has cells
    wide = max(len(tables.names[largest]), *(tables.widest[part] for part in parts))
    width = max(wide, *tables.widest)
    if width > 10 * MAX_COLUMNS:
        raise too_wide(source.name, width)
    header = [*tables.names[largest], *[""] * (wide - len(tables.names[largest]))]
    if as_written and tables.names[largest]:
        header = tables.names[largest]
    texts = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
    columns = "{'part': 'INT', 'row': 'BIGINT', 'cells': 'INT', " + texts + "}"
    taken = ", ".join(f"c{i}" for i in range(wide))
    query = (
        f"select row, {'cells, ' * as_written}{taken} from read_csv(?, delim=',', quote='\"', escape='\"', header=false, "
        f"auto_detect=false, columns={columns}, nullstr='', {SIZES}, null_padding=true, parallel=false) "
        f"where part in ({', '.join(map(str, parts))})"
    )
    store(connection, query, [str(clean)], name, folder)
    Path(clean).unlink()
    unread = _unread_tables(tables, largest)
    doubts = [f"{source.name}: {unread[0].upper()}{unread[1:]}."] if unread else []
    return header, [*_said_of_tables(tables, parts, copies), *([unread] if unread else [])], doubts


def _said_of_tables(tables: Tables, parts: list[int], copies: int) -> list[str]:
    said = said_of_empty_rows(tables.empty)
    if ragged := sum(tables.ragged[part] for part in parts):
        said.append(f"{count(ragged, 'row')} with more or fewer cells than most, filled up with empty ones")
    if len(parts) > 1:
        said.append(f"{count(len(parts) - 1, 'line')} that repeat{'s' if len(parts) == 2 else ''} the names left out")
    if copies:
        said.append("the table appears in the file twice: read once")
    return said


def _unread_tables(tables: Tables, largest: int) -> str:
    """Name the tables of a file that are not read."""
    others = [number for number in tables.different() if number != largest]
    named = "; ".join(
        f"{count(tables.rows[i], 'row')} from line {tables.begins[i] + 1} on, {', '.join(tables.names[i][:3])} …"
        for i in others
    )
    return f"the largest of {len(others) + 1} tables in the file (not read: {named[:_NAMED]})" if others else ""
