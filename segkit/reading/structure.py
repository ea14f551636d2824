"""A stretch of a file's rows, for what they show together; and files brought into the shape that all that follows expects."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from segkit.core.data.roles.full_names import full_name
from segkit.core.data.roles.structure import Structure, coded
from segkit.reading.raw import RawTable, store
from segkit.reading.summary import Column
from segkit.words.numbers import listed

STRETCH = 20_000
"""Rows looked at together, from the beginning of the file on."""


def structure_of(table: RawTable, columns: Sequence[Column]) -> Structure:
    """Return the first rows of a table column by column: different texts as numbers, numbers, and days."""
    texts = [f"{column.id_sql()} as t{i}" for i, column in enumerate(columns)]
    numbers = [f"{c.number_sql()} as x{i}" for i, c in enumerate(columns) if c.numbers]
    days = [f"({c.date_sql()} - date '1970-01-01')::int as d{i}" for i, c in enumerate(columns) if c.dates]
    query = f"select {', '.join([*texts, *numbers, *days])} from (from {table.name} limit {STRETCH})"
    found = table.connection.execute(query).fetchnumpy()
    names = [column.summary.name for column in columns]
    return Structure(
        {name: coded(_filled(found[f"t{i}"], None)) for i, name in enumerate(names)},
        {names[i]: _filled(found[f"x{i}"], np.nan).astype(float) for i, c in enumerate(columns) if c.numbers},
        {names[i]: _filled(found[f"d{i}"], -1).astype(np.int64) for i, c in enumerate(columns) if c.dates},
    )


def _filled(values: npt.NDArray[Any], missing: Any) -> npt.NDArray[Any]:
    """Return an array of the engine with something in its gaps."""
    return np.where(np.ma.getmaskarray(values), missing, np.ma.getdata(values))


def filled_down(table: RawTable, order: str, heads: Sequence[str], folder: Path) -> RawTable:
    """Repeat in each line of an order what stands in its first line alone.

    Parameters
    ----------
    table : RawTable
        The file.
    order : str
        Its column with the number of the order.
    heads : sequence of str
        Columns to fill: none of money, which would count several times.
    folder : Path
        Where the texts are written anew.
    """
    key = f"c{table.header.index(order)}"
    places = [table.header.index(name) for name in heads]
    filled = ", ".join(f"coalesce(c{i}, max(c{i}) over (partition by {key})) as c{i}" for i in places)
    query = f"select * exclude (place) replace ({filled}) from {table.name} order by place"
    store(table.connection, query, [], table.name, folder)
    names = listed([f"“{name}”" for name in heads])
    stand, hold = ("stands", "holds") if len(heads) == 1 else ("stand", "hold")
    said = f"{names} {stand} in the first line of an order only and {hold} for all its lines"
    return replace(table, decisions=(*table.decisions, said))


def with_full_names(table: RawTable, names: tuple[str, str], folder: Path) -> RawTable:
    """Add a column of the first and the last name together, by which people are told apart where nothing better does.

    Parameters
    ----------
    table : RawTable
        The file.
    names : (str, str)
        Its columns with the first and with the last name.
    folder : Path
        Where the texts are written anew.
    """
    first, last = (f"trim(c{table.header.index(name)})" for name in names)
    both = f"nullif(trim(concat_ws(' ', {first}, {last})), '') as c{len(table.header)}"
    query = f"select * exclude (place), {both} from {table.name} order by place"
    store(table.connection, query, [], table.name, folder)
    said = (
        f"{table.file_name}: no column numbers the customers, so “{names[0]}” and “{names[1]}” together tell them apart. "
        "Two people of one name count as one; a person whose name is spelled in two ways counts as two."
    )
    return replace(table, header=(*table.header, full_name(*names)), doubts=(*table.doubts, said))


def continued(table: RawTable, folder: Path) -> RawTable:
    """Fill cells down that stand in the first of several lines only, where the first columns are empty together in the others.

    So do reports and merged cells: number, date and customer of an order stand once, its articles below each other.
    """
    width = len(table.header)
    if width < 4 or table.rows < 4:
        return table
    empty = ", ".join(f"count(*) filter (c{i} is null)" for i in range(width))
    counts = table.connection.execute(f"select {empty} from {table.name}").fetchall()[0]
    gaps = counts[0]
    if not 0.1 * table.rows <= gaps <= 0.9 * table.rows:
        return table
    heads = [i for i in range(width) if counts[i] == gaps]
    together = " and ".join(f"c{i} is null" for i in heads)
    full = [i for i in range(width) if counts[i] == 0]
    rows, first = table.connection.execute(
        f"select count(*) filter ({together}), count(*) filter (place = 0 and ({together})) from {table.name}"
    ).fetchall()[0]
    if len(heads) < 3 or not full or rows != gaps or first:
        return table
    filled = ", ".join(f"last_value(c{i} ignore nulls) over (order by place) as c{i}" for i in heads)
    store(
        table.connection,
        f"select * exclude (place) replace ({filled}) from {table.name} order by place",
        [],
        table.name,
        folder,
    )
    names = listed([f"“{table.header[i]}”" for i in heads])
    said = f"{names} stand in the first of several lines only and were repeated in the {gaps} lines below"
    return replace(table, decisions=(*table.decisions, said))
