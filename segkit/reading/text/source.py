"""From the bytes of a file to UTF-8 text, with the decision stated in words."""

import codecs
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from segkit.reading.text.encoding import CHUNK, SAVE_AS, decide_encoding, no_text
from segkit.words.errors import DataError
from segkit.words.numbers import count

HEAD = 1 << 18
LONGEST_LINE = 4_000_000

PIECE = 1 << 15
"""Bytes looked at in the middle and at the end of a longer file."""

_SEARCHED = 4 << 20
"""So many bytes at the beginning and at the end of a file are searched for blank lines."""

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


@dataclass(frozen=True)
class Source:
    """A text file on disk in UTF-8 without a byte order mark, ready to be read.

    ``text`` is the file's beginning (whole where it is short), ``later`` whole lines from its middle and its end; ``path`` is
    the original where it already is UTF-8, else a copy in the folder given to ``open_text``. ``gaps`` tells whether blank lines
    stand between others.
    """

    name: str
    path: Path
    text: str
    whole: bool
    encoding: str
    later: str = ""
    gaps: bool = False


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
    if not path.is_file():
        raise DataError(
            f"{path.name} is no file but a pipe, a device or a connection of another program.", "Choose a file with your table."
        )
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise DataError(
            f"{path.name}: the file cannot be read ({error.strerror}).",
            "Close it in other programs and check that you are allowed to open it, then choose it again.",
        ) from error
    if not head:
        raise DataError(f"{path.name}: the file is empty.", "Export it again and check that it has rows.")
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            raise DataError(f"{path.name} is {kind}, not a table.", SAVE_AS)


def open_text(path: Path, folder: Path, *, name: str = "", encoding: str = "") -> Source:
    """Decide the encoding of a text file and make it available as UTF-8.

    Parameters
    ----------
    path : Path
        A file that ``check_file`` let pass.
    folder : Path
        Where a copy may be written.
    name : str
        What to call it; empty is its own name.
    encoding : str
        What a person says that its encoding is; empty lets the file tell.

    Raises
    ------
    DataError
        If the bytes are not text, or a line has no end.
    """
    name = name or path.name
    _check_lines(path, name)
    words, codec = decide_encoding(path, name, encoding)
    with path.open("rb") as file:
        head = file.read(HEAD)
    size = path.stat().st_size
    text = codecs.getincrementaldecoder(codec)(errors="replace").decode(head, final=size <= HEAD)
    if not codec.startswith("utf-16") and "\0" in text:
        raise no_text(name)
    if re.match(r"\ufeff?\s*(<!doctype html|<html|<\?xml)", text, re.IGNORECASE):
        raise DataError(f"{name} is a web page or an XML document, not a table.", SAVE_AS)
    if not text.strip("\ufeff \t\r\n\0"):
        raise DataError(f"{name}: the file holds nothing but spaces.", "Export it again and check that it has rows.")
    needs_copy = codec not in ("utf-8", "ascii") or "damaged" in words or "\r" in text.replace("\r\n", "")
    target = _as_utf8(path, codec, folder) if needs_copy else path
    later = _later(target) if size > HEAD else ""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Source(name, target, text, size <= HEAD, words, later, _has_gaps(target))


def _check_lines(path: Path, name: str) -> None:
    """Refuse a line that is longer than any row of a table: it would have to be in memory whole, and more than once."""
    line = length = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            ends = chunk.count(b"\n") or chunk.count(b"\r")
            line += ends
            length = len(chunk) - max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) if ends else length + len(chunk)
            if length > LONGEST_LINE:
                raise DataError(
                    f"{name}: line {count(line + 1)} is longer than {count(LONGEST_LINE)} signs, as no row of a table is.",
                    SAVE_AS,
                )


def _later(path: Path) -> str:
    """Return whole lines from the middle and the end of a UTF-8 file."""
    size = path.stat().st_size
    pieces = []
    with path.open("rb") as file:
        for start in (max(size // 2, HEAD), max(size - PIECE, HEAD)):
            file.seek(start)
            piece = file.read(PIECE).decode("utf-8", "replace").replace("\r\n", "\n")
            lines = piece.split("\n")
            pieces.append("\n".join(lines[1:-1]))
    return "\n".join(pieces).strip("\n")


def _has_gaps(path: Path) -> bool:
    """Tell whether blank lines stand between others."""
    with path.open("rb") as file:
        first = file.read(_SEARCHED).lstrip()
        if (left := file.seek(0, os.SEEK_END) - _SEARCHED) > 0:
            file.seek(left)
            pieces = [first, file.read().rstrip()]
        else:
            pieces = [first.rstrip()]
    return any(gap in piece for gap in (b"\n\n", b"\n\r\n") for piece in pieces)


def _as_utf8(path: Path, codec: str, folder: Path) -> Path:
    """Copy a file to UTF-8 with plain line ends, in pieces."""
    handle, name = tempfile.mkstemp(suffix=".txt", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out, path.open(encoding=codec, errors="replace") as file:
        while chunk := file.read(CHUNK):
            out.write(chunk)
    return Path(name)
