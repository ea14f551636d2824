"""Spreadsheets: the sheet that holds the table, all cells as text."""

import datetime as dt
import zipfile
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from segkit.decisions.data import ReadingChoice
from segkit.reading.headers import header_rows, joined_names, rows_above
from segkit.reading.layout import Row, Tables
from segkit.reading.sources.sheet_bounds import looked_through
from segkit.reading.sources.sheets_alike import Sheet, alike, going_on, uncopied, under_each_other, used
from segkit.words.errors import DataError
from segkit.words.numbers import count

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


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets; none where it cannot be opened."""
    try:
        return tuple(CalamineWorkbook.from_path(str(path)).sheet_names)
    except (CalamineError, OSError, ValueError):
        return ()


def read_sheet(path: Path, choice: ReadingChoice | None = None, file_name: str = "") -> Sheet:
    """Return the table of the sheet that looks most like one, or of the sheet that a person chose.

    Raises
    ------
    DataError
        If the workbook cannot be opened (damaged, or protected by a password), holds no cells, or has no such sheet.
    """
    file_name = file_name or path.name
    try:
        errors = looked_through(path, file_name)
        book = CalamineWorkbook.from_path(str(path))
        sheets = [(name, _cells(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except PasswordError as error:
        raise DataError(
            f"{file_name} is protected by a password.", "Open it, save it without a password, and choose it again."
        ) from error
    except (CalamineError, OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
        raise DataError(
            f"{file_name} cannot be opened as a spreadsheet: it is damaged or protected by a password.",
            "Open it, save it without a password, and choose it again.",
        ) from error
    filled = [(name, cells) for name, cells in sheets if any(map(_is_filled, cells))]
    if not filled:
        raise DataError(f"{file_name}: no sheet holds any cells.", "Choose the file that holds your table.")
    wanted = choice.table if choice else ""
    if wanted and wanted not in dict(filled):
        raise DataError(
            f"{file_name} has no filled sheet “{wanted}”; it has {', '.join(f'“{name}”' for name, _ in filled)}.",
            "Choose one of them.",
        )
    found = [_table_of(name, cells, choice) for name, cells in filled if not wanted or name == wanted]
    group = max(alike(found := going_on(found)), key=lambda sheets: sum(sheet.weight for sheet in sheets))
    left = [sheet for sheet in found if sheet not in group]
    best = uncopied(group) if len(group) > 1 else group
    doubts = (*_doubts(file_name, left), *_copied(file_name, group, best))
    names = [name for name, _ in filled if name not in {sheet.name for sheet in best}]
    others = f" (not read: {', '.join(f'“{name}”' for name in names)})" if names else ""
    if len(best) > 1:
        return under_each_other(best, others, doubts, errors)
    if not others:
        said = "a spreadsheet"
    elif wanted:
        said = f"sheet “{best[0].name}”, as you chose{others}"
    else:
        said = f"sheet “{best[0].name}”, which looks most like a table of {len(filled)}{others}"
    return replace(best[0], said=(said, *best[0].said, *errors), doubts=(*best[0].doubts, *doubts))


def _cells(sheet: CalamineSheet) -> list[list[Any]]:
    """Return a sheet's cells; a value in merged cells that span rows stands for all of them."""
    cells = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in cells[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = cells[top][left]
    return cells


def _is_filled(row: list[Any]) -> bool:
    """Tell whether a row holds anything: a sheet whose last cell stands far down has a million that do not."""
    return row.count("") < len(row)


def _doubts(file_name: str, left: list[Sheet]) -> tuple[str, ...]:
    """Name the sheets that are not read although they hold tables."""
    named = [f"“{sheet.name}” ({count(len(sheet.rows), 'row')})" for sheet in left if len(sheet.rows) > 2 and sheet.width > 1]
    return (
        (
            f"{file_name}: not read {'are the sheets' if len(named) > 1 else 'is the sheet'} {', '.join(named)}. Save what "
            "belongs here as a separate file, and choose the files together.",
        )
        if named
        else ()
    )


def _copied(file_name: str, group: list[Sheet], read: list[Sheet]) -> tuple[str, ...]:
    """Name the sheets that are not read because their rows stand in others too."""
    named = [f"“{sheet.name}”" for sheet in group if sheet not in read and sheet.rows]
    if not named:
        return ()
    what = f"the sheet {named[0]}" if len(named) == 1 else f"the sheets {', '.join(named)}"
    return (f"{file_name}: all rows of {what} stand in {', '.join(f'“{sheet.name}”' for sheet in read)} too, and count once.",)


def _table_of(name: str, cells: list[list[Any]], choice: ReadingChoice | None) -> Sheet:
    """Return the largest table of a sheet."""
    rows = [(at, [cell_text(cell) for cell in row]) for at, row in enumerate(cells) if _is_filled(row)]
    rows = [(at, row) for at, row in rows if any(row)]
    skip = choice.skip if choice else None
    rows = [row for row in rows if row[0] >= (skip or 0)]
    texts = [row for _, row in rows]
    apart = [i > 0 and rows[i][0] > rows[i - 1][0] + 1 for i in range(len(rows))]
    width = Counter(map(used, texts)).most_common(1)[0][0] if texts else 0
    above = rows_above([row[: max(used(row), 1)] if used(row) < width else row[:width] for row in texts], width, apart)
    above = 0 if skip is not None else above
    told = choice.header if choice else None
    named = header_rows(texts[above:]) if told is None else int(told)
    names, body = texts[above : above + named], rows[above + named :]
    tables = Tables(joined_names(names), len(texts[0]) if texts else 0)
    dealt: dict[int, list[Row]] = {}
    for number, at, row in tables.deal(body):
        dealt.setdefault(number, []).append((at, row))
    largest = tables.largest()
    parts, _ = tables.parts_of(largest)
    said = _said(rows[above][0] if above else 0, skip, told, tables, largest)
    chosen = names if largest == 0 else [tables.names[largest]]
    return Sheet(name, chosen, [row for part in parts for row in dealt.get(part, [])], tuple(said))


def _said(above: int, skip: int | None, told: bool | None, tables: Tables, largest: int) -> list[str]:
    said = []
    if above or skip:
        said.append(f"{count(skip or above, 'row')} above the table left out{', as you chose' if skip else ''}")
    if told is not None:
        said.append(("column names in the first row" if told else "no row with column names") + ", as you chose")
    others = [number for number in tables.different() if number != largest]
    if others:
        named = "; ".join(f"{count(tables.rows[i], 'row')} from row {tables.begins[i] + 1} on" for i in others)
        said.append(f"the largest of {len(others) + 1} tables in the sheet (not read: {named[:300]})")
    return said


def cell_text(cell: Any) -> str:
    """Return a cell of a spreadsheet as text: whole numbers without ".0", dates in ISO form."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == dt.time() else cell.strftime("%Y-%m-%d %H:%M:%S")
    return str(cell).strip()
