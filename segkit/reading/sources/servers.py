"""Databases on servers (PostgreSQL, MySQL, MariaDB): one table copied to a file, in pieces, all cells as text.

A table is copied once, and everything later reads the copy: the six notebooks and the report see the same rows, need no
password, and work without a connection. The packages that this takes are optional: who reads files only never needs them.
"""

import datetime as dt
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from segkit.reading.sources.connections import connected
from segkit.reading.sources.databases import Table, pick
from segkit.words.addresses import Address
from segkit.words.errors import DataError
from segkit.words.numbers import date

if TYPE_CHECKING:
    import sqlalchemy as sa

MOST_CELLS = 1_000_000
"""Cells held in memory at a time."""

_MARK = b"segkit copy"
_SHAPES = "geometry point linestring polygon multipoint multilinestring multipolygon geometrycollection geomcollection".split()
_SYSTEM = ("information_schema", "mysql", "performance_schema", "sys")


@dataclass(frozen=True)
class Copied:
    """What was decided when a table was copied, and the names of the tables beside it."""

    said: tuple[str, ...]
    tables: tuple[str, ...]


def copied(path: Path) -> Copied | None:
    """Return what a copy says of itself; None for any other Parquet file."""
    try:
        mark = (pq.read_schema(path).metadata or {}).get(_MARK)
    except (OSError, pa.ArrowException):
        return None
    if mark is None:
        return None
    told = json.loads(mark)
    return Copied(tuple(told["said"]), tuple(told["tables"]))


def rows_of(copy: Path) -> int:
    """Return how many rows a copy has."""
    return int(pq.read_metadata(copy).num_rows)


def server_tables(address: Address, password: str) -> tuple[str, ...]:
    """Return the names of the tables and views that may be chosen on a server.

    Raises
    ------
    DataError
        If the server refuses, or the packages for it are missing.
    """
    with connected(address, password) as connection:
        return tuple(_called(schema, name) for schema, name in _names(connection))


def copy_table(address: Address, wanted: str, password: str, target: Path) -> None:
    """Copy one table of a server to a Parquet file of texts; a file of that name is replaced only when all rows have come.

    Parameters
    ----------
    address : Address
        Where the database is.
    wanted : str
        Name of the table, with its schema where that is not the usual one; empty takes the one that looks most like orders.
    password : str
        Empty lets the driver look where it usually does (``PGPASSWORD``, ``~/.pgpass``, ``MYSQL_PWD``).
    target : Path
        The file.

    Raises
    ------
    DataError
        If the server refuses or breaks off, there is no such table, or the disk is full.
    """
    beside = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with connected(address, password) as connection:
            names = {_called(*name): name for name in _names(connection)}
            tables = _look(connection, {name: names[name] for name in ([wanted] if wanted else names) if name in names})
            taken, said = pick(tables, wanted, address.name, tuple(names))
            whole = f"a {address.kind} database; {said}; copied on {date(dt.date.today())}"
            _stream(connection, names[taken.name], taken.columns, beside, json.dumps({"said": [whole], "tables": list(names)}))
        os.replace(beside, target)
    except OSError as error:
        raise DataError(
            f"{address.name}: the copy of the table cannot be written ({error.strerror or error}).",
            "Free some space on the disk of your workspace, then choose the table again.",
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _stream(
    connection: "sa.Connection", name: tuple[str | None, str], columns: tuple[str, ...], target: Path, told: str
) -> None:
    """Write all rows of a table in pieces; the server puts each cell into words, so that no type is strange."""
    import sqlalchemy as sa

    strange = {} if connection.dialect.name == "postgresql" else _strange(connection, name[1])
    found = [strange[column](sa.column(column)) if column in strange else sa.column(column) for column in columns]
    cells = [sa.cast(cell, sa.Text).label(f"c{i}") for i, cell in enumerate(found)]
    rows = max(500, min(50_000, MOST_CELLS // len(columns)))
    schema = pa.schema([(column, pa.string()) for column in columns], {_MARK: told.encode()})
    query = sa.select(*cells).select_from(_table(name))
    with (
        connection.execution_options(yield_per=rows).execute(query) as result,
        pq.ParquetWriter(target, schema, compression="zstd") as out,
    ):
        try:
            for piece in result.partitions():
                arrays = [pa.array(column, pa.string()) for column in zip(*piece, strict=True)]
                out.write_table(pa.Table.from_arrays(arrays, schema=schema))
        except BaseException:
            connection.invalidate()  # a driver would wait for all other rows before it lets go
            raise


def _strange(connection: "sa.Connection", table: str) -> dict[str, Callable[["sa.ColumnElement[Any]"], Any]]:
    """Return the columns of a MySQL table that do not turn into text by themselves, and how each does; PostgreSQL has none.

    Bytes taken for letters would come out as question marks, and two customers' keys as one.
    """
    import sqlalchemy as sa

    ways: dict[str, Callable[[sa.ColumnElement[Any]], Any]] = {
        **dict.fromkeys(("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector"), sa.func.hex),
        **dict.fromkeys(_SHAPES, sa.func.st_astext),
        "bit": lambda cell: cell + sa.literal_column("0"),
    }
    query = "select column_name, data_type from information_schema.columns where table_schema = database() and table_name = :t"
    found = connection.execute(sa.text(query), {"t": table}).fetchall()
    return {column: ways[kind.lower()] for column, kind in found if kind.lower() in ways}


def _names(connection: "sa.Connection") -> list[tuple[str | None, str]]:
    """Return schema (None for the usual one) and name of each table and view, in order."""
    import sqlalchemy as sa

    inspector = sa.inspect(connection)
    usual = inspector.default_schema_name
    others = [s for s in inspector.get_schema_names() if s != usual] if connection.dialect.name == "postgresql" else []
    found: list[tuple[str | None, str]] = []
    for schema in (None, *(s for s in sorted(others) if s not in _SYSTEM and not s.startswith("pg_"))):
        names = {*inspector.get_table_names(schema), *inspector.get_view_names(schema)}
        if connection.dialect.name == "postgresql":
            names.update(inspector.get_materialized_view_names(schema))
        found += [(schema, name) for name in sorted(names)]
    return found


def _look(connection: "sa.Connection", names: dict[str, tuple[str | None, str]]) -> list[Table]:
    """Look at the tables that may be read: their columns, and the rows of those that look alike."""
    import sqlalchemy as sa

    found, last = [], None
    for called, name in names.items():
        try:
            columns = tuple(connection.execute(sa.select(sa.text("*")).select_from(_table(name)).limit(0)).keys())
            filled = connection.execute(sa.select(sa.literal(1)).select_from(_table(name)).limit(1)).first() is not None
        except sa.exc.DBAPIError as error:
            if error.connection_invalidated:
                raise
            last = error
            connection.rollback()
            continue
        if columns:
            found.append(Table(called, columns, int(filled)))
    if last is not None and not found:
        raise last
    best = max((table.weight for table in found), default=(0, 0))
    alike = [table for table in found if table.weight == best]
    if len(alike) < 2 or best[0] < 0:
        return found
    counts = {t.name: connection.execute(sa.select(sa.func.count()).select_from(_table(names[t.name]))).scalar() for t in alike}
    return [Table(t.name, t.columns, int(counts.get(t.name) or t.rows)) for t in found]


def _table(name: tuple[str | None, str]) -> Any:
    import sqlalchemy as sa

    return sa.table(name[1], schema=name[0])


def _called(schema: str | None, name: str) -> str:
    return f"{schema}.{name}" if schema else name
