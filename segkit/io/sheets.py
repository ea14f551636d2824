"""Spreadsheets: the sheet that holds the table, all cells as text."""

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from segkit.errors import DataError
from segkit.io.dialect import rows_above

_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a spreadsheet, by its content rather than its name."""
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    if not magic.startswith(b"PK\x03\x04"):
        return False
    if path.suffix.lower() in _SUFFIXES:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return any(name in ("xl/workbook.xml", "xl/workbook.bin", "content.xml") for name in names)


def read_sheet(path: Path) -> tuple[list[list[str]], list[str]]:
    """Return the rows of the fullest sheet and the decisions taken, in words.

    Raises
    ------
    DataError
        If the workbook cannot be opened (damaged, or protected by a password) or holds no cells.
    """
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=True)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise DataError(
            f"{path.name} cannot be opened as a spreadsheet: it is damaged or protected by a password.",
            "Open it, save it without a password, and choose it again.",
        ) from error
    filled = [(sum(any(cell != "" for cell in row) for row in rows), name, rows) for name, rows in sheets]
    filled = [entry for entry in filled if entry[0]]
    if not filled:
        raise DataError(f"{path.name}: no sheet holds any cells.", "Choose the file that holds your table.")
    _, name, rows = max(filled, key=lambda entry: entry[0])
    decisions = ["a spreadsheet" if len(filled) == 1 else f"sheet “{name}”, the fullest of {len(filled)}"]
    texts = [row for cells in rows if any(row := [cell_text(cell) for cell in cells])]
    above = rows_above(texts, len(texts[0]))
    if above:
        decisions.append("1 row above the table left out" if above == 1 else f"{above} rows above the table left out")
    return texts[above:], decisions


def cell_text(cell: Any) -> str:
    """Return a cell of a spreadsheet as text: whole numbers without ".0", dates in ISO form."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == dt.time() else cell.strftime("%Y-%m-%d %H:%M:%S")
    return str(cell).strip()
