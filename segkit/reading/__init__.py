"""Files and databases in: from bytes to customers."""

from pathlib import Path


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
    from segkit.reading.as_written import table_as_written

    return table_as_written(Path(path))
