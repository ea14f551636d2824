"""One file as a table of texts inside DuckDB, with every decision of reading it in words."""

import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from segkit.errors import DataError
from segkit.io.dialect import DELIMITERS, Dialect, detect, has_header
from segkit.io.parse import Marks, split_rows
from segkit.io.sheets import is_workbook, read_sheet
from segkit.io.source import Source, check_file, open_text

MAX_COLUMNS = 4000
_REGULAR = Marks(",")


@dataclass(frozen=True)
class RawTable:
    """A view ``name`` in the engine: column ``row`` (row of the file) and ``c0``, ``c1`` … (texts; NULL where empty).

    The texts lie in a Parquet file beside, so that however large a file is, none of it stays in memory; and the engine takes
    each different text of a column once, not once a row.
    """

    connection: duckdb.DuckDBPyConnection
    name: str
    file_name: str
    header: tuple[str, ...]
    rows: int
    decisions: tuple[str, ...]

    def sample(self, most: int) -> list[tuple[str | None, ...]]:
        """Return up to ``most`` rows, evenly spread over the file."""
        step = max(1, -(-self.rows // most))
        names = ", ".join(f"c{i}" for i in range(len(self.header)))
        query = f"select {names} from {self.name} where place % {step} = 0 order by place"
        return self.connection.execute(query).fetchall()


def read_table(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path) -> RawTable:
    """Read a file of any supported kind into the engine.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Where the table is made.
    path : Path
        The file.
    name : str
        Name of the table to make.
    folder : Path
        Where copies in UTF-8 may be written.

    Raises
    ------
    DataError
        If the file is no table, or holds a header and no rows.
    """
    path = Path(path)
    check_file(path)
    if path.suffix.lower() == ".parquet":
        table = _from_parquet(connection, path, name, folder)
    elif is_workbook(path):
        table = _from_sheet(connection, path, name, folder)
    else:
        table = _from_text(connection, path, name, folder)
    if table.rows == 0:
        raise DataError(
            f"{path.name} has a header ({', '.join(table.header[:6])}) but no rows under it.",
            "Export it again with its rows.",
        )
    return table


def read_text_table(path: Path | str) -> tuple[list[str], list[list[str]]]:
    """Read a file's table as written: all cells text, no row cleaned away.

    Returns
    -------
    header : list of str
        Names of the columns; invented ("Column 1") where the file has none.
    rows : list of list of str
        Every row below the header with the cells that it has, be they more or fewer than the header's. Blank lines, and
        titles and remarks above the table, are no rows.

    Raises
    ------
    DataError
        If the file is no table.
    """
    path = Path(path)
    check_file(path)
    if is_workbook(path):
        rows, _ = read_sheet(path)
        header = has_header(rows)
    else:
        with tempfile.TemporaryDirectory(prefix="segkit-") as folder:
            source = open_text(path, Path(folder))
            dialect = detect(source.text, whole=source.whole)
            rows, header = list(_python_rows(source, dialect)), dialect.header
    if header and rows:
        return rows[0], rows[1:]
    return [f"Column {i + 1}" for i in range(max((len(row) for row in rows), default=0))], rows


def _from_text(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path) -> RawTable:
    """Read a text file: in the engine where it is regular, else rewritten by Python first."""
    source = open_text(path, folder)
    dialect = detect(source.text, whole=source.whole)
    marks = dialect.marks
    first = next(_python_rows(source, dialect), [""])
    header = first if dialect.header else [""] * max(dialect.width, len(first))
    said = _in_words(source, dialect)
    try:
        if len(marks.delimiter) != 1 or marks.padded or len(header) != dialect.width:
            raise duckdb.InvalidInputException("not regular")
        rows = _load(connection, source.path, name, folder, dialect, len(header))
    except duckdb.Error:
        clean, width, ragged = _rewritten(source, dialect, len(header), folder)
        header = [*header, *[""] * (width - len(header))]
        if ragged:
            said.append(f"{ragged} rows with more or fewer cells than most, filled up with empty ones")
        regular = Dialect(_REGULAR, 0, dialect.header, width)
        rows = _load(connection, clean, name, folder, regular, width, offset=dialect.skip)
    return RawTable(connection, name, path.name, _names(header), rows, tuple(said))


def _in_words(source: Source, dialect: Dialect) -> list[str]:
    """Say how a text file was read."""
    said = [f"text in {source.encoding}"]
    said.append(f"cells parted by {DELIMITERS[dialect.marks.delimiter]}" if dialect.marks.delimiter else "one column")
    if dialect.marks.quote == "'":
        said.append("texts between apostrophes")
    if dialect.skip:
        said.append(
            "1 line above the table left out" if dialect.skip == 1 else f"{dialect.skip} lines above the table left out"
        )
    said.append("names of the columns in the first line" if dialect.header else "no line with names of columns")
    return said


def _load(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path, dialect: Dialect, width: int, offset: int = 0
) -> int:
    """Load a regular file with every parameter decided; return its number of rows."""
    columns = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width)) + "}"
    skip = dialect.skip + dialect.header
    quote = dialect.marks.quote
    query = (
        f"select * from read_csv(?, delim=?, quote=?, escape=?, header=false, skip={skip}, auto_detect=false, "
        f"columns={columns}, nullstr='', max_line_size=16000000, buffer_size=32000000)"
    )
    parameters = [str(path), dialect.marks.delimiter, quote, dialect.marks.escape or quote]
    return _store(connection, query, parameters, name, folder, skip + offset + 1)


def _store(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: list[str], name: str, folder: Path, first: int
) -> int:
    """Write the rows of a query to a file of the engine's own, and make the view of it; return how many rows there are.

    Rows get their numbers from the file: to number them while reading would keep the engine to one processor.
    """
    file = folder / f"{name}.parquet"
    copy = f"copy ({query}) to '{_quoted(file)}' (format parquet, compression lz4)"
    try:
        connection.execute(copy, parameters)
    except duckdb.OutOfMemoryException:  # rows that overtook others wait in memory: one thread alone overtakes nobody
        connection.execute("set threads = 1")
        try:
            connection.execute(copy, parameters)
        finally:
            connection.execute("reset threads")
    connection.execute(
        f"create or replace view {name} as select file_row_number as place, file_row_number + {first} as row, "
        f"* exclude (file_row_number) from read_parquet('{_quoted(file)}', file_row_number=true)"
    )
    (rows,) = connection.execute(f"select count(*) from read_parquet('{_quoted(file)}')").fetchall()[0]
    return int(rows)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _python_rows(source: Source, dialect: Dialect) -> Iterator[list[str]]:
    """Split the file row by row in Python: slower, and nothing makes it stop."""
    with source.path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        lines = (line.rstrip("\r\n").removeprefix("\ufeff") for line in file)
        for _ in range(dialect.skip):
            next(lines, None)
        yield from split_rows(lines, dialect.marks, dialect.width)


def _rewritten(source: Source, dialect: Dialect, width: int, folder: Path) -> tuple[Path, int, int]:
    """Write the file anew as regular CSV; return its path, the width of its widest row, and how many rows differed."""
    width = min(max(width, *(len(row) for row in _python_rows(source, dialect))), MAX_COLUMNS)
    ragged = 0
    handle, name = tempfile.mkstemp(suffix=".csv", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in _python_rows(source, dialect):
            ragged += len(row) != dialect.width
            writer.writerow([*row[:width], *[""] * (width - len(row))])
    return Path(name), width, ragged


def _from_sheet(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path) -> RawTable:
    rows, decisions = read_sheet(path)
    header = has_header(rows)
    width = max(len(row) for row in rows)
    body = rows[1:] if header else rows
    columns = {}
    for i in range(width):
        columns[f"c{i}"] = pa.array([row[i] or None if i < len(row) else None for row in body], pa.string())
    connection.register(f"{name}_arrow", pa.table(columns))
    _store(connection, f"select * from {name}_arrow", [], name, folder, 1 + header)
    connection.unregister(f"{name}_arrow")
    names = [*rows[0], *[""] * (width - len(rows[0]))] if header else [""] * width
    return RawTable(connection, name, path.name, _names(names), len(body), tuple(decisions))


def _from_parquet(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path) -> RawTable:
    try:
        whole = f"select * from read_parquet('{_quoted(path)}')"
        columns = [str(row[0]) for row in connection.execute(f"describe {whole}").fetchall()]
        chosen = ", ".join(f'"{column.replace(chr(34), chr(34) * 2)}"::varchar as c{i}' for i, column in enumerate(columns))
        rows = _store(connection, f"select {chosen} from ({whole})", [], name, folder, 1)
    except duckdb.Error as error:
        raise DataError(f"{path.name} cannot be read as Parquet.", "Export it again, or as CSV.") from error
    return RawTable(connection, name, path.name, _names(columns), rows, ("a Parquet file",))


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return distinct names, stripped, with something to call columns that have none."""
    names: list[str] = []
    for position, cell in enumerate(cells):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"Column {position + 1}"
        number = 2
        unique = name
        while unique in names:
            unique = f"{name} ({number})"
            number += 1
        names.append(unique)
    return tuple(names)
