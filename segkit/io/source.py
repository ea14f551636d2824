"""From the bytes of a file to UTF-8 text, with the decision stated in words."""

import codecs
import gzip
import os
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from segkit.errors import DataError

CHUNK = 1 << 20
HEAD = 1 << 18

_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
}
_SAVE_AS = "Save the table as CSV or Excel and choose that file."


@dataclass(frozen=True)
class Source:
    """A text file on disk in UTF-8 without a byte order mark, ready to be read.

    ``text`` is the file's beginning (whole where it is short); ``path`` is the original where it already is UTF-8, else a
    copy in the folder given to ``open_text``.
    """

    name: str
    path: Path
    text: str
    whole: bool
    encoding: str


def check_file(path: Path) -> None:
    """Refuse what cannot be a table of data.

    Raises
    ------
    DataError
        If the file is missing, is a folder, is empty, may not be read, or is of a kind that holds no table.
    """
    if not path.exists():
        raise DataError(
            f"{path.name}: there is no such file at {path}.", "Check the name and the folder, then choose it again."
        )
    if path.is_dir():
        raise DataError(f"{path.name} is a folder, not a file.", "Choose the file inside it.")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise DataError(
            f"{path.name}: the file may not be read ({error.strerror}).",
            "Close it in other programs and check that you may open it, then choose it again.",
        ) from error
    if not head:
        raise DataError(f"{path.name}: the file is empty.", "Export it again and check that it has rows.")
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            raise DataError(f"{path.name} is {kind}, not a table.", _SAVE_AS)


def open_text(path: Path, folder: Path) -> Source:
    """Decide the encoding of a text file and make it available as UTF-8.

    Parameters
    ----------
    path : Path
        A file that ``check_file`` let pass.
    folder : Path
        Where a copy may be written.

    Raises
    ------
    DataError
        If the bytes are not text.
    """
    path, name = _unpacked(path, folder), path.name
    with path.open("rb") as file:
        head = file.read(HEAD)
    size = path.stat().st_size
    encoding, codec = _encoding(path, head, size)
    text = codecs.getincrementaldecoder(codec)(errors="replace").decode(head, final=size <= HEAD)
    if codec != "utf-16" and "\0" in text:
        raise DataError(f"{name} is not text: it holds bytes that no table in text form has.", _SAVE_AS)
    if re.match(r"\ufeff?\s*(<!doctype html|<html|<\?xml)", text, re.IGNORECASE):
        raise DataError(f"{name} is a web page or an XML document, not a table.", _SAVE_AS)
    if not text.strip("\ufeff \t\r\n\0"):
        raise DataError(f"{name}: the file holds nothing but blanks.", "Export it again and check that it has rows.")
    needs_copy = codec not in ("utf-8", "ascii") or "\r" in text.replace("\r\n", "")
    target = _as_utf8(path, codec, folder) if needs_copy else path
    return Source(name, target, text.replace("\r\n", "\n").replace("\r", "\n"), size <= HEAD, encoding)


def _encoding(path: Path, head: bytes, size: int) -> tuple[str, str]:
    """Return the name for people and Python's codec."""
    if head.startswith(codecs.BOM_UTF8):
        return "UTF-8", "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16", "utf-16"
    nulls = head[:4096].count(0)
    if nulls:
        even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
        if odd > 4 * max(even, 1) and odd > len(head[:4096]) / 8:
            return "UTF-16", "utf-16-le"
        if even > 4 * max(odd, 1) and even > len(head[:4096]) / 8:
            return "UTF-16", "utf-16-be"
        raise DataError(f"{path.name} is not text: it holds bytes that no table in text form has.", _SAVE_AS)
    if _is_utf8(path):
        return "UTF-8", "utf-8"
    return _one_byte(path, size)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if not chunk.isascii() or decoder.getstate()[0]:
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _one_byte(path: Path, size: int) -> tuple[str, str]:
    """Tell Western European Windows text from that of old DOS programs by which letters the high bytes would be."""
    with path.open("rb") as file:
        high = bytes(b for b in file.read(min(size, 4 * CHUNK)) if b > 127)
    if not high:
        return "Windows (Western European)", "cp1252"
    letters = {codec: sum(c.isalpha() for c in high.decode(codec, "replace")) for codec in ("cp1252", "cp437")}
    if letters["cp437"] > 1.5 * letters["cp1252"]:
        return "DOS (code page 437)", "cp437"
    return "Windows (Western European)", "cp1252"


def _as_utf8(path: Path, codec: str, folder: Path) -> Path:
    """Copy a file to UTF-8 with plain line ends, in pieces."""
    handle, name = tempfile.mkstemp(suffix=".txt", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out, path.open(encoding=codec, errors="replace") as file:
        while chunk := file.read(CHUNK):
            out.write(chunk)
    return Path(name)


def _unpacked(path: Path, folder: Path) -> Path:
    """Return the single table inside a zip or gzip file, or the path itself.

    Raises
    ------
    DataError
        If the archive is damaged, holds several tables, or would unpack to far more than a table needs.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    try:
        if magic.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                return _copy_limited(packed, path, folder)  # type: ignore[arg-type]
        if magic == b"PK\x03\x04":
            with zipfile.ZipFile(path) as archive:
                inside = [i for i in archive.infolist() if not i.is_dir() and not i.filename.startswith("__MACOSX")]
                if len(inside) != 1:
                    names = ", ".join(i.filename for i in inside[:5])
                    raise DataError(
                        f"{path.name} holds {len(inside)} files ({names}).", "Unpack it and choose the one to read."
                    )
                with archive.open(inside[0]) as packed:
                    return _copy_limited(packed, path, folder)
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError) as error:
        raise DataError(
            f"{path.name}: the archive cannot be unpacked.", "Unpack it yourself and choose the file inside."
        ) from error
    return path


def _copy_limited(packed: IO[bytes], path: Path, folder: Path) -> Path:
    """Unpack to a file, and stop where the content grows out of all proportion to the archive."""
    limit = max(200 * path.stat().st_size, 64 << 20)
    handle, name = tempfile.mkstemp(suffix=".txt", dir=folder)
    written = 0
    with os.fdopen(handle, "wb") as out:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            if written > limit:
                raise DataError(
                    f"{path.name} unpacks to more than {limit >> 20} MB, far more than its size explains.",
                    "Unpack it yourself and choose the file inside, if you trust it.",
                )
            out.write(chunk)
    return Path(name)
