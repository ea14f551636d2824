"""Files and databases in: from bytes to customers."""

from pathlib import Path
from typing import TYPE_CHECKING

from segkit.reading.own_process import apart

if TYPE_CHECKING:
    import duckdb


@apart
def read_text_table(path: Path | str) -> tuple[list[str], list[list[str]]]:
    """Read a file's table as written: all cells text, no row cleaned away.

    Returns
    -------
    header : list of str
        Names of the columns; invented ("Column 1") where the file has none, joined with a blank where they stand in several
        rows.
    rows : list of list of str
        Every row below the header with the cells that it has, be they more or fewer than the header's. Blank lines, rows of
        empty cells, titles and remarks above the table, and other tables in the file, are no rows; totals and remarks at its
        end are.

    Raises
    ------
    DataError
        If the file is no table.

    Notes
    -----
    It is the workbook's own reader, asked to leave out what makes columns and data of a table (see `read_table`).
    """
    from segkit.reading.load import with_engine
    from segkit.reading.table import read_table

    def work(connection: "duckdb.DuckDBPyConnection", folder: Path) -> tuple[list[str], list[list[str]]]:
        table = read_table(connection, Path(path), "table_", folder, as_written=True)
        found = connection.execute("select * exclude (place, row) from table_ order by place")
        counted = [column[0] for column in found.description or []][:1] == ["cells"]
        rows = [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()]
        return list(table.header), [row[1 : 1 + int(row[0])] for row in rows] if counted else rows

    return with_engine(work, [Path(path)])
