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
from segkit.io.dialect import BLANKS, DELIMITERS, Dialect, detect, split
from segkit.io.sheets import is_workbook, read_sheet
from segkit.io.source import Source, check_file, open_text

MAX_COLUMNS = 4000


@dataclass(frozen=True)
class RawTable:
    """A table ``name`` in the engine: column ``row`` (row of the file) and ``c0``, ``c1`` … (texts; NULL where empty)."""

    connection: duckdb.DuckDBPyConnection
    name: str
    file_name: str
    header: tuple[str, ...]
    rows: int
    decisions: tuple[str, ...]

    def column(self, header: str) -> str:
        """Return the engine's name of a column of the file."""
        return f"c{self.header.index(header)}"

    def sample(self, most: int) -> list[tuple[str | None, ...]]:
        """Return up to ``most`` rows, evenly spread over the file."""
        step = max(1, -(-self.rows // most))
        names = ", ".join(f"c{i}" for i in range(len(self.header)))
        query = f"select {names} from {self.name} where rowid % {step} = 0 order by rowid"
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
        table = _from_parquet(connection, path, name)
    elif is_workbook(path):
        table = _from_sheet(connection, path, name)
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
        Every row, as wide as the header; cells that the file leaves out are empty texts.

    Raises
    ------
    DataError
        If the file is no table.
    """
    path = Path(path)
    check_file(path)
    with tempfile.TemporaryDirectory() as folder:
        if is_workbook(path):
            rows, _ = read_sheet(path)
            return _header_and_body(rows, Dialect(",", header=_sheet_header(rows)))
        source = open_text(path, Path(folder))
        dialect = detect(source.text)
        rows = list(_python_rows(source, dialect))
    return _header_and_body(rows, dialect)


def _from_text(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path) -> RawTable:
    source = open_text(path, folder)
    dialect = detect(source.text)
    first = split(source.text, dialect.delimiter)[:400]
    header = _names(first[0] if dialect.header else [""] * max(len(row) for row in first))
    decisions = [
        f"text in {source.encoding}",
        f"cells parted by {DELIMITERS[dialect.delimiter]}" if dialect.delimiter else "one column",
    ]
    decisions.append("names of the columns in the first line" if dialect.header else "no line with names of columns")
    try:
        if dialect.delimiter == BLANKS:
            raise duckdb.InvalidInputException("blanks")
        rows = _load(connection, source.path, name, dialect, len(header))
    except duckdb.Error:
        clean, header, ragged = _rewritten(source, dialect, header, folder)
        if ragged:
            decisions.append(f"{ragged} rows with more or fewer cells than the header, filled up with empty ones")
        rows = _load(connection, clean, name, Dialect(",", header=dialect.header), len(header))
    return RawTable(connection, name, path.name, header, rows, tuple(decisions))


def _load(connection: duckdb.DuckDBPyConnection, path: Path, name: str, dialect: Dialect, width: int) -> int:
    columns = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width)) + "}"
    skip = dialect.skip + dialect.header
    connection.execute(
        f"create or replace table {name} as select row_number() over () + {skip} as row, * from read_csv("
        f"?, delim=?, quote='\"', escape='\"', header=false, skip={skip}, auto_detect=false, columns={columns}, nullstr='', "
        "max_line_size=16000000)",
        [str(path), dialect.delimiter or "\x1f"],
    )
    return _count(connection, name)


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    (rows,) = connection.execute(f"select count(*) from {name}").fetchall()[0]
    return int(rows)


def _python_rows(source: Source, dialect: Dialect) -> Iterator[list[str]]:
    """Split the file row by row in Python: slower, and nothing makes it stop."""
    csv.field_size_limit(1 << 30)
    with source.path.open(encoding="utf-8", errors="replace", newline="") as file:
        if dialect.delimiter in (BLANKS, ""):
            for line in file:
                if cells := split(line.rstrip("\r\n"), dialect.delimiter):
                    yield cells[0]
            return
        try:
            yield from (row for row in csv.reader(file, delimiter=dialect.delimiter) if row)
        except csv.Error as error:
            raise DataError(f"{source.name} cannot be split into cells ({error}).", "Save it anew as CSV or Excel.") from error


def _rewritten(source: Source, dialect: Dialect, header: tuple[str, ...], folder: Path) -> tuple[Path, tuple[str, ...], int]:
    """Write the file anew as regular CSV; return its path, the header as wide as its widest row, and the rows that differed."""
    rows = _python_rows(source, dialect)
    width = min(max((len(row) for row in rows), default=1), MAX_COLUMNS)
    header = _names([*header, *[""] * (width - len(header))])
    ragged = 0
    handle, name = tempfile.mkstemp(suffix=".csv", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in _python_rows(source, dialect):
            ragged += len(row) != width
            writer.writerow([*row[:width], *[""] * (width - len(row))])
    return Path(name), header, ragged


def _from_sheet(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> RawTable:
    rows, decisions = read_sheet(path)
    dialect = Dialect(",", header=_sheet_header(rows))
    header, body = _header_and_body(rows, dialect)
    columns = {"row": pa.array(range(1 + dialect.header, len(body) + 1 + dialect.header), pa.int64())}
    for i in range(len(header)):
        columns[f"c{i}"] = pa.array([row[i] or None for row in body], pa.string())
    arrow = pa.table(columns)
    connection.register(f"{name}_arrow", arrow)
    connection.execute(f"create or replace table {name} as select * from {name}_arrow")
    connection.unregister(f"{name}_arrow")
    return RawTable(connection, name, path.name, _names(header), len(body), tuple(decisions))


def _from_parquet(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> RawTable:
    try:
        connection.execute(
            f"create or replace view {name}_file as select * from read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')"
        )
        columns = [str(row[0]) for row in connection.execute(f"describe {name}_file").fetchall()]
        chosen = ", ".join(f'"{column.replace(chr(34), chr(34) * 2)}"::varchar as c{i}' for i, column in enumerate(columns))
        connection.execute(f"create or replace table {name} as select row_number() over () as row, {chosen} from {name}_file")
    except duckdb.Error as error:
        raise DataError(f"{path.name} cannot be read as Parquet.", "Export it again, or as CSV.") from error
    return RawTable(connection, name, path.name, _names(columns), _count(connection, name), ("a Parquet file",))


def _sheet_header(rows: list[list[str]]) -> bool:
    from segkit.io.dialect import has_header

    return has_header(rows)


def _header_and_body(rows: list[list[str]], dialect: Dialect) -> tuple[list[str], list[list[str]]]:
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    if dialect.header and filled:
        return filled[0], filled[1:]
    return [f"Column {i + 1}" for i in range(width)], filled


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
