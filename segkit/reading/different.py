"""The different cells of a table's columns, of which there are far fewer than rows: what is counted, counts them."""

from collections.abc import Iterable

from segkit.reading.raw import RawTable
from segkit.reading.values.affixes import CURRENCY, currency_among

SAMPLE_ROWS = 2000
KINDS_OF_CELLS = 500
"""Different cells without their digits that a column of numbers may have: more tell of something else."""

_NO_DIGITS = str.maketrans("", "", "0123456789")


def small(table: RawTable) -> bool:
    """Tell whether all rows of a table are in its sample."""
    return table.rows <= SAMPLE_ROWS


def make_cells(table: RawTable, column: str) -> str:
    """Make the table of a column's different cells, of which there are far fewer than rows; return its name."""
    cells = f"{table.name}_{column}"
    table.connection.execute(
        f"create or replace temp table {cells} as "
        f"select {column}, count(*) as w from {table.name} where {column} is not null group by 1"
    )
    return cells


def make_all_cells(table: RawTable) -> list[str]:
    """Make the different cells of all columns of a small table at once; return SQL of each column's."""
    names, together = [f"c{i}" for i in range(len(table.header))], f"{table.name}_cells"
    table.connection.execute(
        f"create or replace temp table {together} as select k, c, count(*) as w from (select unnest(range({len(names)})) as k, "
        f"unnest([{', '.join(names)}]) as c from {table.name}) where c is not null group by all"
    )
    return [f"(select c as {name}, w from {together} where k = {i})" for i, name in enumerate(names)]


def currencies_in(table: RawTable, column: str, cells: str, filled: Iterable[str]) -> str:
    """Return a pattern of the currencies that can be in a column; of all, where it has too many kinds of cells to tell."""
    if small(table):
        return currency_among({text.translate(_NO_DIGITS) for text in filled})
    query = f"select distinct translate({column}, '0123456789', '') from {cells} limit {KINDS_OF_CELLS + 1}"
    kinds = [str(kind) for (kind,) in table.connection.execute(query).fetchall()]
    return currency_among(kinds) if len(kinds) <= KINDS_OF_CELLS else CURRENCY
