"""A look at the text of a workbook before it is opened: how far its cells reach, how long they are, which formulas failed."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from segkit.words.errors import DataError
from segkit.words.numbers import count

_ERROR = re.compile(rb't="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>(#[^<]{1,20})</v>')
_PLACE = re.compile(rb"""<(?:\w+:)?c [^<>]{0,80}?\br=["']([A-Z]{1,9})([0-9]{1,12})["']""")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{8,12})\d*"')
_TEXTS = ("xl/worksheets/", "xl/sharedStrings", "content.xml")

LARGEST = 2 << 30
"""Bytes to which a workbook may unpack: a sheet has a million rows at most."""

PIECE = 1 << 18
"""Bytes read at a time: a cell holds 32,767 signs at most, each in six bytes."""

MOST_CELLS = 20_000_000
"""Cells to which a sheet may reach, where hardly any of them are filled: all lie in memory."""

_FILLED = 0.05
_REMEDY = "Open it, copy the rows of your table into a new file, save it as CSV, and choose that file."


def looked_through(path: Path, file_name: str) -> list[str]:
    """Return what is to be said of formulas that failed, whose cells come out empty; refuse what no table needs.

    Raises
    ------
    DataError
        If the workbook unpacks to far more than a table, a cell is longer than a cell can be, or one stands far out.
    zipfile.BadZipFile
        If it is damaged.
    """
    if not zipfile.is_zipfile(path):
        return []
    failed: Counter[str] = Counter()
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise DataError(
                f"{file_name} unpacks to more than {LARGEST >> 20} MB, far more than a table needs.",
                "Open it, save the table as CSV, and choose that file.",
            )
        for entry in entries:
            if entry.filename.startswith(_TEXTS) and entry.filename.endswith(".xml"):
                _look(archive, entry, file_name, failed)
    return [f"{count(failed.total(), 'formula')} with an error ({', '.join(failed)}) read as empty"] if failed else []


def _look(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file_name: str, failed: Counter[str]) -> None:
    """Look through the text of one sheet."""
    wide = far = filled = 0
    for piece in _pieces(archive, entry, file_name):
        failed.update(mark.decode("utf-8", "replace") for mark in _ERROR.findall(piece))
        if repeated := _REPEATED.search(piece):
            raise DataError(
                f"{file_name}: a row or column in it is repeated {count(int(repeated[1]))} times or more, as no table needs.",
                _REMEDY,
            )
        places = _PLACE.findall(piece)
        filled += len(places)
        far = max([far, *(int(row) for _, row in places)])
        wide = max([wide, *(_number(letters) for letters in {letters for letters, _ in places})])
    if wide * far > MOST_CELLS and filled < _FILLED * wide * far:
        raise DataError(
            f"{file_name}: its cells reach {count(far, 'row')} down and {count(wide, 'column')} across, but only "
            f"{count(filled, 'cell')} {'is' if filled == 1 else 'are'} filled: one stands far out.",
            "Open it, go to the last cell (Ctrl+End), delete what lies beyond your table, save it, and choose it again.",
        )


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file_name: str) -> Iterator[bytes]:
    """Return the text of an entry in pieces, each ending before a cell begins.

    Raises
    ------
    DataError
        If a piece holds no tag at all, so that a cell must be longer than one can be.
    """
    with archive.open(entry) as sheet:
        rest = b""
        while chunk := sheet.read(PIECE):
            if len(chunk) == PIECE and b"<" not in chunk:
                raise DataError(
                    f"{file_name}: a cell in it is longer than {count(PIECE)} signs, where a spreadsheet holds 32,767 at most.",
                    _REMEDY,
                )
            cut = chunk.rfind(b"<c ")
            yield rest + (chunk if cut < 0 else chunk[:cut])
            rest = b"" if cut < 0 else chunk[cut:]
        yield rest


def _number(letters: bytes) -> int:
    """Return the number of a column by its letters."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
