"""One file as a table of texts inside DuckDB, with every decision of reading it in words."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from segkit.core.data.privacy import shown_file
from segkit.decisions.data import ReadingChoice
from segkit.reading.headers import joined_names
from segkit.reading.own_process import apart
from segkit.reading.raw import (
    MAX_COLUMNS,
    RawTable,
    count_rows,
    distinct_names,
    identifier,
    quoted,
    said_of_names,
    store,
    too_wide,
)
from segkit.reading.sources.archive import members, unpacked
from segkit.reading.sources.databases import database_tables, is_database, load_database
from segkit.reading.sources.servers import copied
from segkit.reading.sources.sheets import is_workbook, read_sheet, sheet_names
from segkit.reading.text.load_text import load_text
from segkit.reading.text.source import check_file
from segkit.reading.totals import end_set_aside
from segkit.words.errors import DataError
from segkit.words.numbers import shortened


def read_table(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    folder: Path,
    choice: ReadingChoice | None = None,
    *,
    as_written: bool = False,
) -> RawTable:
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
        Where the texts, and copies in UTF-8, are written.
    choice : ReadingChoice, optional
        What a person decided about the reading; the file tells the rest.
    as_written : bool
        Whether names stay as they are in a text file or a spreadsheet (twice the same, or none), totals and remarks at its end
        stay rows, and there need be no rows. The view has a column ``cells`` where rows differ in their number of cells.

    Raises
    ------
    DataError
        If the file is no table, holds a header and no rows, or changes while it is read.
    """
    path = Path(path)
    check_file(path)
    before = _stamp(path)
    table = _read(connection, path, name, folder, choice, as_written)
    if _stamp(path) != before:
        raise DataError(
            f"{path.name} changed while it was being read: another program is still writing it.",
            "Wait until it has finished, then run this again.",
        )
    if table.rows == 0 and not as_written:
        raise DataError(
            f"{path.name} has a header ({', '.join(shortened(name, 60) for name in table.header[:6])}) but no rows under it.",
            "Export it again with its rows.",
        )
    return table


@apart
def tables_in(path: Path) -> tuple[str, ...]:
    """Return the names among which a person can choose: sheets, tables of a database, or files in an archive.

    Raises
    ------
    DataError
        If the file cannot be opened.
    """
    check_file(path)
    if is_workbook(path):
        return sheet_names(path)
    if is_database(path):
        return database_tables(path)
    copy = copied(path)
    return copy.tables if copy else members(path)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    folder: Path,
    choice: ReadingChoice | None,
    as_written: bool,
) -> RawTable:
    """Read a file by its kind, which its content tells."""
    said: list[str] = []
    inner, called = path, shown_file(path.name)
    if not is_workbook(path):
        inner, said = unpacked(path, folder, choice.table if choice else "")
        check_file(inner)
    with inner.open("rb") as file:
        magic = file.read(4)
    if magic == b"PAR1":
        table = _from_parquet(connection, inner, name, folder, called)
    elif is_workbook(inner):
        within = choice.model_copy(update={"table": ""}) if choice and inner is not path else choice
        table = _from_sheet(connection, inner, name, folder, within, called, as_written=as_written)
    elif is_database(inner):
        table = load_database(connection, inner, name, folder, choice, called)
    else:
        table = load_text(connection, inner, name, folder, choice, called, as_written=as_written)
    return replace(table, decisions=(*said, *table.decisions)) if said else table


def _from_sheet(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    folder: Path,
    choice: ReadingChoice | None,
    file_name: str,
    *,
    as_written: bool,
) -> RawTable:
    sheet = read_sheet(path, choice, file_name)
    width = sheet.width
    if width > MAX_COLUMNS:
        raise too_wide(file_name, width)
    columns = {"row": pa.array([at + 1 for at, _ in sheet.rows], pa.int64())}
    for i in range(width):
        columns[f"c{i}"] = pa.array([cells[i] or None if i < len(cells) else None for _, cells in sheet.rows], pa.string())
    connection.register(f"{name}_arrow", pa.table(columns))
    store(connection, f"select * from {name}_arrow", [], name, folder)
    connection.unregister(f"{name}_arrow")
    names = joined_names(sheet.names, once=not as_written)
    header, said, doubts = [*names, *[""] * width][:width], [*sheet.said], [*sheet.doubts]
    if not as_written:
        ended, differing = end_set_aside(connection, name, distinct_names(header), folder, file_name)
        said += [*(said_of_names(header) if names else []), *ended]
        doubts += differing
    unique = tuple(header) if as_written and names else distinct_names(header)
    rows, decimal = count_rows(connection, name), choice.decimal if choice else ""
    return RawTable(connection, name, file_name, unique, rows, tuple(said), decimal, tuple(doubts))


def _from_parquet(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path, file_name: str) -> RawTable:
    try:
        whole = f"select * from read_parquet({quoted(path)})"
        columns = [str(row[0]) for row in connection.execute(f"describe {whole}").fetchall()]
        if len(columns) > MAX_COLUMNS:
            raise too_wide(file_name, len(columns))
        chosen = ", ".join(f"{identifier(column)}::varchar as c{i}" for i, column in enumerate(columns))
        store(connection, f"select {chosen} from ({whole})", [], name, folder, first=1)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise DataError(f"{file_name} cannot be read as Parquet.", "Export it again, or as CSV.") from error
    copy = copied(path)
    said = copy.said if copy else ("a Parquet file",)
    return RawTable(connection, name, file_name, distinct_names(columns), count_rows(connection, name), said)
