"""Files and databases in: from bytes to customers."""

import tempfile
from pathlib import Path


def read_text_table(path: Path | str) -> tuple[list[str], list[list[str]]]:
    """Read a file's table as written: all cells text, no row cleaned away.

    Returns
    -------
    header : list of str
        Names of the columns; invented ("Column 1") where the file has none, joined with a blank where they stand in several
        rows.
    rows : list of list of str
        Every row below the header with the cells that it has, be they more or fewer than the header's. Blank lines, titles and
        remarks above the table, and other tables in the file, are no rows; totals and remarks at its end are.

    Raises
    ------
    DataError
        If the file is no table.
    """
    from segkit.reading.layout import joined_names
    from segkit.reading.sources.archive import unpacked
    from segkit.reading.sources.sheets import is_workbook, read_sheet
    from segkit.reading.text.load_text import text_rows
    from segkit.reading.text.source import check_file

    path = Path(path)
    check_file(path)
    with tempfile.TemporaryDirectory(prefix="segkit-") as folder:
        inner = path if is_workbook(path) else unpacked(path, Path(folder))[0]
        if is_workbook(inner):
            sheet = read_sheet(inner, file_name=path.name)
            header, rows = joined_names(sheet.names), [cells[: sheet.width] for _, cells in sheet.rows]
            header = header[: sheet.width]
        else:
            header, rows = text_rows(inner, Path(folder))
    if header:
        return header, rows
    return [f"Column {i + 1}" for i in range(max((len(row) for row in rows), default=0))], rows
