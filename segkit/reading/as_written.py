"""A file's table as written (see ``segkit.reading.read_text_table``)."""

from pathlib import Path

import duckdb

from segkit.reading.load import with_engine
from segkit.reading.own_process import apart
from segkit.reading.table import read_table


@apart
def table_as_written(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and every row with the cells that it has.

    Raises
    ------
    DataError
        If the file is no table.
    """

    def work(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[list[str], list[list[str]]]:
        table = read_table(connection, path, "table_", folder, as_written=True)
        found = connection.execute("select * exclude (place, row) from table_ order by place")
        counted = [column[0] for column in found.description or []][:1] == ["cells"]
        rows = [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()]
        return list(table.header), [row[1 : 1 + int(row[0])] for row in rows] if counted else rows

    return with_engine(work, [path])
