"""Tables inside zip and gzip files: the one to read, unpacked within limits."""

import errno
import gzip
import os
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from segkit.words.errors import DataError

_CHUNK = 1 << 20
_LEAST_LIMIT = 64 << 20
_RATIO = 200
"""A table of repeated texts shrinks to a hundredth at best; beyond this ratio a file is made to fill the disk."""

_TABLES = (
    ".csv",
    ".tsv",
    ".txt",
    ".tab",
    ".dat",
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".xls",
    ".ods",
    ".parquet",
    ".sqlite",
    ".db",
    ".duckdb",
)
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Numbers of the system's errors when there is no room for a file."""

_UNPACK = "Unpack it yourself and choose the file inside"


def unpacked(path: Path, folder: Path, chosen: str = "") -> tuple[Path, list[str]]:
    """Return the table inside a zip or gzip file, unpacked into a folder, and what was decided; any other file as it is.

    Parameters
    ----------
    path : Path
        The file.
    folder : Path
        Where to unpack.
    chosen : str
        Name of the file inside that a person chose; empty takes the largest table.

    Raises
    ------
    DataError
        If the archive is damaged, locked, empty, or unpacks to far more than a table needs.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    try:
        if magic.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                inner = _copy(packed, path, folder, PurePosixPath(path.stem).suffix)  # type: ignore[arg-type]
            return inner, ["unpacked from gzip"]
        if magic in (b"PK\x03\x04", b"PK\x05\x06"):
            return _from_zip(path, folder, chosen)
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise
        raise DataError(f"{path.name}: the archive cannot be unpacked.", f"{_UNPACK}.") from error
    return path, []


def members(path: Path) -> tuple[str, ...]:
    """Return the names of the files in a zip archive; none for any other file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(entry.filename for entry in _inside(archive))
    except (OSError, zipfile.BadZipFile, ValueError):
        return ()


def _inside(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        entry
        for entry in archive.infolist()
        if not entry.is_dir() and not entry.filename.startswith("__MACOSX") and PurePosixPath(entry.filename).name[0] != "."
    ]


def _from_zip(path: Path, folder: Path, chosen: str) -> tuple[Path, list[str]]:
    with zipfile.ZipFile(path) as archive:
        inside = _inside(archive)
        if not inside:
            raise DataError(f"{path.name}: the archive is empty.", "Choose the file that holds your table.")
        tables = [entry for entry in inside if PurePosixPath(entry.filename).suffix.lower() in _TABLES] or inside
        largest = max(tables, key=lambda entry: entry.file_size)
        taken = next(
            (entry for entry in inside if chosen and chosen in (entry.filename, PurePosixPath(entry.filename).name)), largest
        )
        if taken.flag_bits & 1:
            raise DataError(f"{path.name} is protected by a password.", f"{_UNPACK}.")
        with archive.open(taken) as packed:
            inner = _copy(packed, path, folder, PurePosixPath(taken.filename).suffix)
    if len(inside) == 1:
        return inner, [f"“{taken.filename}” out of the archive"]
    others = ", ".join(f"“{entry.filename}”" for entry in inside if entry is not taken)
    why = "as you chose" if taken.filename.endswith(chosen) and chosen else "the largest table"
    return inner, [f"“{taken.filename}” out of the archive, {why} (not read: {others[:300]})"]


def _copy(packed: IO[bytes], path: Path, folder: Path, suffix: str) -> Path:
    """Unpack to a file, and stop where the content grows out of all proportion to the archive."""
    limit = max(_RATIO * path.stat().st_size, _LEAST_LIMIT)
    handle, name = tempfile.mkstemp(suffix=suffix or ".txt", dir=folder)
    written = 0
    with os.fdopen(handle, "wb") as out:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > limit:
                raise DataError(
                    f"{path.name} unpacks to more than {limit >> 20} MB, far more than its size can explain.",
                    f"{_UNPACK}, if you trust it.",
                )
            out.write(chunk)
    return Path(name)
