"""The file that keeps a workbook: read with suspicion, written whole."""

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from segkit.decisions.differences import packed, unpacked
from segkit.decisions.model import in_words
from segkit.decisions.workbook import SCHEMA_VERSION, WHOLE_HISTORY, Workbook
from segkit.words.errors import WorkbookError
from segkit.writing.atomic import write_whole

BOOK = "workbook.json"
PREVIOUS = "workbook.previous.json"
DAMAGED = "workbook.damaged-*.json"

LARGEST = 200_000_000
"""Bytes above which a file is no workbook: years of choices take a hundredth of it."""


class DamagedError(Exception):
    """Something is there, but it is no workbook; the text says what it is."""


def read_book(path: Path) -> Workbook:
    """Read a workbook file.

    Raises
    ------
    WorkbookError
        If a newer version of the workbook wrote it.
    DamagedError
        If it is no workbook.
    OSError
        If it is not there, or may not be read.
    """
    if os.path.lexists(path) and not path.is_file():  # a pipe would be waited for without end
        kind = "a folder" if path.is_dir() else "a link that leads nowhere" if path.is_symlink() else "not a plain file"
        raise DamagedError(f"it is {kind}")
    if path.stat().st_size > LARGEST:
        raise DamagedError("it is far too large")
    raw = _parsed(path.read_bytes())
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise WorkbookError(
            f"{path.name} was written by a newer version of the workbook (layout {version}, this one knows {SCHEMA_VERSION}).",
            "Update the workbook and open it again; nothing was changed.",
        )
    try:
        if isinstance(raw, dict) and isinstance(version, int) and version > WHOLE_HISTORY:
            raw["history"] = unpacked(raw.get("history", ()))
        book = Workbook.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        raise DamagedError(in_words(error)[:200]) from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedError("its history does not fit together") from error
    if version is None:  # every version has written it: without it anything with braces would be an empty workbook
        raise DamagedError("it does not say which layout it has")
    return book


def _parsed(content: bytes) -> Any:
    """Read JSON in any of the encodings that an editor may have saved it in, with or without a mark in front."""
    try:
        return json.loads(content.decode(json.detect_encoding(content)))
    except UnicodeDecodeError as error:
        raise DamagedError("it is not text") from error
    except RecursionError as error:
        raise DamagedError("it is nested deeper than any workbook") from error
    except ValueError as error:
        raise DamagedError("it breaks off or is not JSON") from error


def current(path: Path) -> Workbook:
    """Read a workbook file of this or an earlier version, as this one keeps it."""
    book = read_book(path)
    if book.schema_version == SCHEMA_VERSION:
        return book
    return book.upgraded(dt.datetime.fromtimestamp(int(path.stat().st_mtime), dt.UTC))


def write_book(folder: Path, book: Workbook, *, keep_previous: bool = True) -> None:
    """Write beside, flush to disk, then rename: the old file or the new one is there at every instant."""
    path, previous = folder / BOOK, folder / PREVIOUS
    for place in (path, previous):
        if place.is_dir():
            set_aside(place)
    if keep_previous and path.is_file():
        write_whole(previous, path.read_bytes())
    write_whole(path, as_kept(book))


def as_kept(book: Workbook) -> bytes:
    """Return what the file of a workbook holds."""
    plain = book.model_dump(mode="json")
    plain["history"] = packed(plain["history"])
    return (json.dumps(plain, indent=2, ensure_ascii=False) + "\n").encode()


def set_aside(path: Path) -> Path:
    """Give a file that is no workbook another name, and return that."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"workbook.damaged-{number}.json")):
        number += 1
    os.replace(path, aside)
    return aside
