"""Database files (SQLite, DuckDB): the table that looks like orders or customers, all cells as text."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from segkit.decisions.data import ReadingChoice
from segkit.reading.raw import MAX_COLUMNS, RawTable, count_rows, distinct_names, identifier, quoted, store, too_wide
from segkit.reading.sources.sheets import cell_text
from segkit.words.errors import DataError
from segkit.words.numbers import count

_BATCH = 50_000
_NAMED = 12
_AS_CSV = "Export its rows as CSV, and choose that file."
_LONGEST = 16 << 20
_SQLITE_TABLES = (
    "select name, type = 'table' and sql like 'create table%' from sqlite_master "
    "where type in ('table', 'view') and name not like 'sqlite_%' order by name"
)
_DUCKDB_TABLES = (
    "select schema_name, table_name, true from duckdb_tables() where database_name = ? union all "
    "select schema_name, view_name, false from duckdb_views() where database_name = ? and not internal order by all"
)
_TELLING = (
    r"order|invoice|sale|receipt|transaction|bestell|rechnung|auftrag|facture|commande|pedido|factura|ordine|fattura",
    r"customer|client|kund|klant|member|buyer|user|contact|company|cliente",
    r"date|time|datum|day|fecha|data\b|created|_at\b",
    r"amount|total|price|value|revenue|betrag|preis|summe|montant|prix|importe|precio|qty|quantity|menge",
)


@dataclass(frozen=True)
class Table:
    """One table of a database, by its name in SQL, and how many rows it has."""

    name: str
    columns: tuple[str, ...]
    rows: int

    @property
    def weight(self) -> tuple[int, int]:
        """How much it looks like orders or customers: telling names first, then the number of rows."""
        words = " ".join(self.columns).lower()
        telling = sum(bool(re.search(pattern, words)) for pattern in _TELLING)
        telling += any(re.search(pattern, self.name.lower()) for pattern in _TELLING[:2])
        return (telling if self.rows else -1, self.rows)


def is_database(path: Path) -> str:
    """Return "SQLite", "DuckDB", or an empty text where a file is no database."""
    with path.open("rb") as file:
        head = file.read(16)
    if head == b"SQLite format 3\0":
        return "SQLite"
    return "DuckDB" if head[8:12] == b"DUCK" else ""


def database_tables(path: Path) -> tuple[str, ...]:
    """Return the names of a database's tables; none where it cannot be opened."""
    try:
        if is_database(path) == "SQLite":
            with closing(_opened(path)) as source:
                return tuple(name for name, stored in source.execute(_SQLITE_TABLES).fetchall() if stored)
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(path)} as base (read_only)")
            found = connection.execute(_DUCKDB_TABLES, ["base", "base"]).fetchall()
            return tuple(_called(schema, name) for schema, name, stored in found if stored)
    except (sqlite3.Error, duckdb.Error):
        return ()


def load_database(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path, choice: ReadingChoice | None, file_name: str
) -> RawTable:
    """Read one table of a database file into the engine.

    Raises
    ------
    DataError
        If the file is damaged or locked, holds no filled table, or has no such table.
    """
    kind = is_database(path)
    wanted = choice.table if choice else ""
    try:
        read = _from_sqlite if kind == "SQLite" else _from_duckdb
        taken, said = read(connection, path, name, folder, wanted, file_name)
    except duckdb.OutOfMemoryException:
        raise
    except (sqlite3.Error, duckdb.Error) as error:
        if "memory" in str(error).lower():
            raise
        if "too big" in str(error).lower():
            raise DataError(
                f"{file_name}: a cell in it is longer than {count(_LONGEST)} signs, as no cell of a table is.", _AS_CSV
            ) from error
        if "authori" in str(error).lower() or "prohibited" in str(error).lower():
            raise DataError(
                f"{file_name}: reading its table would run what the database itself computes, which is not done.", _AS_CSV
            ) from error
        why = "another program has it open" if "lock" in str(error).lower() else "it is damaged or protected"
        raise DataError(
            f"{file_name} cannot be read as a {kind} database: {why}.",
            "Close it in other programs, or export the table as CSV, and choose it again.",
        ) from error
    rows = count_rows(connection, name)
    decimal = choice.decimal if choice else ""
    return RawTable(connection, name, file_name, distinct_names(taken.columns), rows, (f"a {kind} database", said), decimal)


def pick(
    tables: Sequence[Table], wanted: str, file_name: str, names: Sequence[str] = (), views: Sequence[str] = ()
) -> tuple[Table, str]:
    """Choose a table, and say which were not read.

    Parameters
    ----------
    tables : sequence of Table
        What was looked at.
    wanted : str
        The name that a person chose; empty takes the table that looks most like orders or customers.
    file_name : str
        What the database is called.
    names : sequence of str
        All tables by name, where not all were looked at.
    views : sequence of str
        What the database computes when it is asked; it is never run, because it may ask for anything.

    Raises
    ------
    DataError
        If there is no table, or none of that name.
    """
    if wanted in views:
        raise DataError(
            f"{file_name}: “{wanted}” is a view, which the database computes when it is asked. That is not run here.", _AS_CSV
        )
    names = names or [table.name for table in tables]
    listed = ", ".join(f"“{name}”" for name in names[:_NAMED])
    if wanted and names and wanted not in names:
        raise DataError(f"{file_name} has no table “{wanted}”; it has {listed}.", "Choose one of them.")
    if not tables:
        only = f"nothing but views ({', '.join(views[:_NAMED])}), which are not run here" if views else "no tables"
        remedy = _AS_CSV if views else "Choose the file that holds your table."
        raise DataError(f"{file_name}: the database holds {only}.", remedy)
    best = next((table for table in tables if table.name == wanted), None) or max(tables, key=lambda table: table.weight)
    left = [f"“{name}”" for name in names[:_NAMED] if name != best.name]
    others = ", ".join([*left, *(f"the view “{name}”" for name in views[:_NAMED])])
    why = "as you chose" if wanted else f"which looks most like orders or customers of {len(names) + len(views)}"
    if len(best.columns) > MAX_COLUMNS:
        raise too_wide(f"{file_name}: the table “{best.name}”", len(best.columns))
    return best, f"table “{best.name}”, {why} (not read: {others})" if others else f"table “{best.name}”"


def _opened(path: Path) -> sqlite3.Connection:
    source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=2)
    source.text_factory = lambda text: text.decode("utf-8", "replace")
    source.execute("pragma trusted_schema = off")
    source.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    source.set_authorizer(_is_allowed)
    return source


def _is_allowed(action: int, one: str | None, _other: str | None, _base: str | None, through: str | None) -> int:
    """Allow a database to hand out the rows of its tables, and nothing that it would compute."""
    plain = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION) and through is None
    pragma = action == sqlite3.SQLITE_PRAGMA and one == "table_info"
    return sqlite3.SQLITE_OK if plain or pragma else sqlite3.SQLITE_DENY


def _called(schema: str, table: str) -> str:
    return table if schema == "main" else f"{schema}.{table}"


def _from_sqlite(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path, wanted: str, file_name: str
) -> tuple[Table, str]:
    """Read through the standard library: the engine's own reader is an extension from the network."""
    with closing(_opened(path)) as source:
        tables, found = [], source.execute(_SQLITE_TABLES).fetchall()
        for table in (table for table, stored in found if stored):
            columns = tuple(row[1] for row in source.execute(f"pragma table_info({identifier(table)})").fetchall())
            (rows,) = source.execute(f"select count(*) from {identifier(table)}").fetchone()
            tables.append(Table(table, columns, rows))
        taken, said = pick(tables, wanted, file_name, views=[name for name, stored in found if not stored])
        types = ", ".join(f"c{i} varchar" for i in range(len(taken.columns)))
        connection.execute(f"create or replace table {name}_batches ({types})")
        cursor = source.execute(f"select * from {identifier(taken.name)}")
        while batch := cursor.fetchmany(_BATCH):
            cells = {f"c{i}": pa.array([_text(row[i]) for row in batch], pa.string()) for i in range(len(taken.columns))}
            connection.register(f"{name}_arrow", pa.table(cells))
            connection.execute(f"insert into {name}_batches select * from {name}_arrow")
            connection.unregister(f"{name}_arrow")
    store(connection, f"select * from {name}_batches", [], name, folder, first=1)
    connection.execute(f"drop table {name}_batches")
    return taken, said


def _text(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace") or None
    return cell_text(cell) or None


def _from_duckdb(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path, wanted: str, file_name: str
) -> tuple[Table, str]:
    source = f"{name}_base"
    connection.execute(f"attach {quoted(path)} as {source} (read_only)")
    try:
        tables, places = [], {}
        found = connection.execute(_DUCKDB_TABLES, [source, source]).fetchall()
        for schema, table in ((schema, table) for schema, table, stored in found if stored):
            place = f"{source}.{identifier(schema)}.{identifier(table)}"
            columns = tuple(str(row[0]) for row in connection.execute(f"describe {place}").fetchall())
            called = _called(schema, table)
            places[called] = place
            tables.append(Table(called, columns, count_rows(connection, place)))
        views = [_called(schema, name) for schema, name, stored in found if not stored]
        taken, said = pick(tables, wanted, file_name, views=views)
        cells = ", ".join(f"nullif({identifier(column)}::varchar, '') as c{i}" for i, column in enumerate(taken.columns))
        store(connection, f"select {cells} from {places[taken.name]}", [], name, folder, first=1)
    finally:
        connection.execute(f"detach {source}")
    return taken, said
