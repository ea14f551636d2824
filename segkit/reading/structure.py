"""A stretch of a file's rows, for what they show together; and files brought into the shape that all that follows expects."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.roles.full_names import full_name
from segkit.core.data.roles.structure import Structure, coded
from segkit.core.data.roles.sum_rows import rows_taken_off, sum_rows
from segkit.core.data.statuses import meaning_of
from segkit.reading.raw import RawTable, quoted, store
from segkit.reading.summary import Column
from segkit.words.numbers import first_few, listed
from segkit.words.terms import Role, SaleMeaning

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
    said = f"{names} {stand} only in the first line of an order and {hold} for all its lines"
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
        "Two people with the same name count as one; a person whose name is spelled in two ways counts as two."
    )
    return replace(table, header=(*table.header, full_name(*names)), doubts=(*table.doubts, said))


@dataclass(frozen=True)
class NoLines:
    """Rows that are no lines of orders, as SQL that is true in them, empty where there are none; and what is said of them."""

    sums: str = ""
    takes_off: str = ""
    said: tuple[str, ...] = ()


def no_lines(table: RawTable, structure: Structure, roles: Sequence[ColumnRole]) -> NoLines:
    """Find the rows that hold the sum of their order's other rows, and those that take money off it."""
    columns = {role.role: role.column for role in roles}
    order, amount = columns.get(Role.ORDER), columns.get(Role.AMOUNT)
    if not order or not amount or amount not in structure.numbers or order not in structure.codes:
        return NoLines()
    sums, whole, off, less = "", "", "", ""
    if found := sum_rows(structure, order, amount):
        sums, which = _marked(table, found[0], _texts(table, found[0], found[1:]))
        whole = f"rows {which} hold the sum of the other rows of their order, and count as totals rows"
    elif taken := rows_taken_off(structure, order, amount):
        texts = _texts(table, *taken)
        off, which = _marked(table, taken[0], texts)
        known = [meaning_of(text)[0] for text in texts if text]
        if SaleMeaning.RETURNED in known or SaleMeaning.NO_SALE in known:
            return NoLines()
        less = f"lines {which} reduce their order, as discounts do; they are not returns"
    return NoLines(sums, off, tuple(f"{said}." for said in (whole, less) if said))


def _texts(table: RawTable, name: str, rows: Sequence[int]) -> list[str | None]:
    cell = f"c{table.header.index(name)}"
    query = f"select {cell} from {table.name} where place in ({', '.join(map(str, rows))}) order by place"
    return [text for (text,) in table.connection.execute(query).fetchall()]


def _marked(table: RawTable, name: str, texts: Sequence[str | None]) -> tuple[str, str]:
    """Return SQL of the rows that have one of some texts in a column, and how these are called."""
    cell = f"c{table.header.index(name)}"
    if None in texts:
        return f"({cell} is null)", f"without “{name}”"
    known = [text for text in texts if text is not None]
    shown = first_few([f"“{text}”" for text in known])
    return f"coalesce({cell} in ({', '.join(map(quoted, known))}), false)", f"with {shown} in “{name}”"


def in_shape(table: RawTable, folder: Path) -> tuple[RawTable, str]:
    """Bring a report's rows into the shape of a list; return the table, and SQL that is true in rows of subtotals.

    Parameters
    ----------
    table : RawTable
        A file of orders.
    folder : Path
        Where texts are written anew.
    """
    counts = _empty_cells(table)
    sums = _subtotals(table, counts)
    return (table, sums) if sums else (_continued(table, counts, folder), "")


def _subtotals(table: RawTable, counts: Sequence[int]) -> str:
    """Return SQL that is true in rows that close a block with the sum of its rows; empty where there are none.

    They lack what the rows above them have, as the number of the order and the article, and hold the sum of a column since the
    last such row. ``counts`` are the empty cells of each column.
    """
    for gaps in sorted({n for n in counts if FEWEST_BLOCKS <= n <= 0.5 * table.rows and counts.count(n) > 1}):
        lacking = " and ".join(f"c{i} is null" for i, n in enumerate(counts) if n == gaps)
        full = [i for i, n in enumerate(counts) if n < gaps]
        if full and _are_closed_by_sums(table, lacking, full):
            return f"({lacking})"
    return ""


def _are_closed_by_sums(table: RawTable, lacking: str, full: Sequence[int]) -> bool:
    """Tell whether rows that lack some cells hold, in one of some columns, the sum of the rows since the last such row."""
    numbers = [
        f"coalesce(try_cast(c{i} as double), try_cast(replace(replace(c{i}, '.', ''), ',', '.') as double)) as x{i}"
        for i in full
    ]
    before = f"count(*) filter (where {lacking}) over (order by place rows between unbounded preceding and 1 preceding)"
    columns = f"({lacking}) as closes, coalesce({before}, 0) as block, {', '.join(numbers)}"
    rows = f"select {columns} from (from {table.name} limit {STRETCH})"
    parts = ", ".join(f"abs(sum(x{i}) filter (not closes) - max(x{i}) filter (closes)) <= 0.011 as fits{i}" for i in full)
    blocks = f"select {parts} from ({rows}) group by block having count(*) filter (closes) = 1 and count(*) > 1"
    fits = ", ".join(f"count(*) filter (fits{i})" for i in full)
    closed, *fitting = table.connection.execute(f"select count(*), {fits} from ({blocks})").fetchall()[0]
    return int(closed) >= FEWEST_BLOCKS and int(max(fitting)) >= 0.9 * int(closed)


def _empty_cells(table: RawTable) -> tuple[int, ...]:
    """Count the empty cells of each column."""
    empty = ", ".join(f"count(*) filter (c{i} is null)" for i in range(len(table.header)))
    return tuple(map(int, table.connection.execute(f"select {empty} from {table.name}").fetchall()[0]))


FEWEST_BLOCKS = 3
"""So many blocks at least must end with their sum."""


def _continued(table: RawTable, counts: Sequence[int], folder: Path) -> RawTable:
    """Fill cells down that stand in the first of several lines only, where the first columns are empty together in the others.

    So do reports and merged cells: number, date and customer of an order stand once, its articles below each other.
    """
    width = len(table.header)
    if width < 4 or table.rows < 4:
        return table
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
