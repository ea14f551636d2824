"""Several files of one kind under each other, such as monthly exports: columns matched by name or meaning, overlaps found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from segkit.reading.columns_alike import keys_by_meaning
from segkit.reading.raw import RawTable, drop, store
from segkit.reading.summary import Column, column_formats
from segkit.words.errors import DataError
from segkit.words.numbers import count, date
from segkit.words.terms import FileKind

FILE = "file_"
AGAIN = "again_"


@dataclass(frozen=True)
class Stack:
    """Several files as one table, and what was found when they were put together."""

    table: RawTable
    notes: tuple[str, ...]


def stacked(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[RawTable],
    name: str,
    folder: Path,
    day_first: bool | None,
    kind: FileKind = FileKind.ORDERS,
) -> Stack:
    """Put files under each other in the engine's view ``name``, and drop the single ones.

    Columns are matched by name, capitals and marks aside; those that have no partner of their name, by what they are taken for
    in their files (“UnitPrice” holds what “Price” holds in the file before), or by the values that they share. Rows are
    numbered on through the files. Where files write numbers or dates in different ways, each is read in its own.

    Raises
    ------
    DataError
        If two files have too few columns in common to be of one kind.
    """
    header, places, matched, doubts = _matched(tables, day_first, kind)
    formats = [column_formats(table, day_first) for table in tables]
    selects, notes, begin = [], [], 0
    for number, table in enumerate(tables):
        cells = [
            f"{_cell(formats, places, number, at, k)} as c{k}" if (at := places[number][k]) is not None else f"null as c{k}"
            for k in range(len(header))
        ]
        ((first, last),) = connection.execute(f"select min(row), max(row) from {table.name}").fetchall()
        selects.append(f"select row + {begin} as row, {number} as {FILE}, {', '.join(cells)} from {table.name}")
        if number:
            notes.append(f"The rows of {table.file_name} are numbered from {count(begin + first)} on.")
        begin += int(last)
    store(connection, " union all ".join(selects), [], name, folder)
    for table in tables:
        drop(connection, table.name)
    names = [table.file_name for table in tables]
    said = ", ".join(names) if len(names) <= 3 else f"{names[0]} … {names[-1]} ({len(names)} files)"
    whole = RawTable(connection, name, said, header, sum(table.rows for table in tables), ())
    doubted = tuple(doubt for table in tables for doubt in table.doubts)
    whole = replace(whole, doubts=(*doubted, *doubts))
    return Stack(whole, (*matched, *_column_notes(tables, header, places), *notes))


def _matched(
    tables: Sequence[RawTable], day_first: bool | None, kind: FileKind
) -> tuple[tuple[str, ...], list[list[int | None]], list[str], list[str]]:
    """Return the columns of all files, at which place each file has them (None where it lacks one), notes and doubts."""
    keyed, notes, doubts = keys_by_meaning(tables, day_first, kind)
    header: list[str] = []
    known: list[str] = []
    for table, keys in zip(tables, keyed, strict=True):
        for name, key in zip(table.header, keys, strict=True):
            if key not in known:
                header.append(name)
                known.append(key)
    places = [[keys.index(key) if key in keys else None for key in known] for keys in keyed]
    for table, place in zip(tables[1:], places[1:], strict=True):
        shared = sum(here is not None and there is not None for here, there in zip(place, places[0], strict=True))
        if shared < 0.5 * min(len(table.header), len(tables[0].header)):
            raise DataError(
                f"{table.file_name} and {tables[0].file_name} have only {count(shared, 'column')} in common: "
                f"{', '.join(table.header[:8])} against {', '.join(tables[0].header[:8])}.",
                "Choose files of the same export, or one file only.",
            )
    return tuple(header), places, notes, doubts


def _cell(formats: Sequence[Sequence[Column]], places: list[list[int | None]], number: int, at: int, k: int) -> str:
    """Return SQL of a cell: as it stands, or written in one way for all where the files differ."""
    same = [columns[place] for columns, row in zip(formats, places, strict=True) if (place := row[k]) is not None]
    mine = formats[number][at]
    orders = {
        c.dates.day_first for c in same if c.dates and "slashed" in c.dates.families and (c.dates.proof or c.dates.dotted)
    }
    if mine.dates and len(orders) > 1 and not mine.dates.silent:
        return f"coalesce(strftime({mine.date_sql()}, '%Y-%m-%d'), {mine.engine_name})"
    decimals = {c.numbers.decimal for c in same if c.numbers and not c.dates}
    if mine.numbers and not mine.dates and len(decimals) > 1 and any("." in t or "," in t for t in mine.summary.examples):
        return f"coalesce(cast({mine.number_sql()} as varchar), {mine.engine_name})"
    return mine.engine_name


def _column_notes(tables: Sequence[RawTable], header: Sequence[str], places: list[list[int | None]]) -> list[str]:
    notes = []
    for table, place in zip(tables, places, strict=True):
        lacking = [f"“{name}”" for name, at in zip(header, place, strict=True) if at is None]
        if lacking:
            have = f"{count(len(table.header))} of the {count(len(header), 'column')}"
            notes.append(
                f"{table.file_name} has {have} of all files together; its rows count as having no {', '.join(lacking)}."
            )
    if any([at for at in place if at is not None] != sorted(at for at in place if at is not None) for place in places):
        notes.append("The files have their columns in different orders; they were matched by name.")
    return notes


def mark_overlaps(
    stack: Stack, folder: Path, order: Column | None, customer: Column | None, dates: Column | None
) -> tuple[str, ...]:
    """Mark the rows that stand in a later file too, in a column of the stacked table; return notes with their number.

    With a number of the order, an order (same number, customer and date) counts as its latest file has it. Without one, rows
    that are the same cell by cell count once for each time that the file with most of them has them.
    """
    table = stack.table
    cells = ", ".join(f"c{k}" for k in range(len(table.header)))
    inner = (
        f"select *, hash({cells}) as h_, row_number() over (partition by {FILE}, hash({cells}) order by row) as n_ "
        f"from {table.name}"
    )
    age = _by_age(table, dates)
    again = f"{age} < max({age}) over (partition by h_, n_)"
    if order is not None:
        parts = [order.id_sql(), *([customer.id_sql()] if customer else []), *([dates.date_sql()] if dates else [])]
        by_order = f"{age} < max({age}) over (partition by {', '.join(parts)})"
        again = f"case when {order.id_sql()} is null then {again} else {by_order} end"
    marked = f"select * exclude (place, h_, n_), {again} as {AGAIN} from ({inner}) order by row"
    store(table.connection, marked, [], table.name, folder)
    ((rows,),) = table.connection.execute(f"select count(*) from {table.name} where {AGAIN}").fetchall()
    notes = [_spans(table, dates)] if dates else []
    if rows:
        what = "lines of orders" if order is not None else "rows"
        notes.append(f"The files overlap: {count(rows)} {what} stand in two files; only those in the later file count.")
    return tuple(notes)


def _by_age(table: RawTable, dates: Column | None) -> str:
    """Return SQL of a row's file as a number that grows with the file's last date: names do not sort as months do."""
    if dates is None:
        return FILE
    query = f"select {FILE} from {table.name} group by 1 order by max({dates.date_sql()}) nulls first, {FILE}"
    files = [int(row[0]) for row in table.connection.execute(query).fetchall()]
    return f"list_position({files}, {FILE})"


def _spans(table: RawTable, dates: Column) -> str:
    day = dates.date_sql()
    query = f"select {FILE}, count(*), min({day}), max({day}) from {table.name} group by 1 order by 1"
    found = table.connection.execute(query).fetchall()
    spans = [f"{count(n, 'row')} from {date(low)} to {date(high)}" if low else count(n, "row") for _, n, low, high in found]
    return f"{len(found)} files were put together, one below the other: {'; '.join(spans)}."
