"""One table written as each kind of file that is read: CSV, Parquet, XLSX, SQLite, with the types that each has."""

import datetime as dt
import sqlite3
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.reading.messy import workbook

Cell = str | float | dt.date | None
KINDS = ("csv", "parquet", "xlsx", "sqlite")
_DAY_0 = dt.date(1899, 12, 30)


def write(path: Path, names: list[str], rows: list[list[Cell]]) -> Path:
    """Write a table as its path's suffix says."""
    if path.suffix == ".csv":
        lines = [";".join(names), *(";".join("" if cell is None else str(cell) for cell in row) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    elif path.suffix == ".parquet":
        columns = [list(column) for column in zip(*rows, strict=True)]
        mixed = [len({type(cell) for cell in column if cell is not None}) > 1 for column in columns]
        plain = [
            [c if c is None else str(c) for c in column] if odd else column for column, odd in zip(columns, mixed, strict=True)
        ]
        pq.write_table(pa.table(plain, names=names), path)
    elif path.suffix == ".xlsx":
        cells = [[_in_sheet(cell) for cell in row] for row in rows]
        path.write_bytes(workbook({"Orders": [list(names), *cells]}))
    else:
        with sqlite3.connect(path) as base:
            marked = ", ".join(f'"{name}"' for name in names)
            base.execute(f"create table orders ({marked})")
            cells = [[cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row] for row in rows]
            base.executemany(f"insert into orders values ({', '.join('?' * len(names))})", cells)
        base.close()
    return path


def _in_sheet(cell: Cell) -> object:
    if cell is None:
        return ""
    return ((cell - _DAY_0).days,) if isinstance(cell, dt.date) else cell
