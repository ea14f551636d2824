"""Where reading writes what it needs beside a file: a folder of its own, gone afterwards."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import psutil

PREFIX = "segkit-"
_PLACE: ContextVar[Path | None] = ContextVar("place", default=None)


@contextmanager
def lying_in(folder: Path) -> Iterator[None]:
    """Have what reading writes beside lie in a folder, such as one of the workspace, inside a ``with`` block."""
    token = _PLACE.set(folder)
    try:
        yield
    finally:
        _PLACE.reset(token)


def place() -> Path | None:
    """Return the folder in which what is written beside lies here and now; None is that of the system."""
    return _PLACE.get()


@contextmanager
def private_folder(within: Path | None = None) -> Iterator[Path]:
    """Make a folder for copies of what is read, gone afterwards; those that killed programs left behind are removed too."""
    where = within or Path(tempfile.gettempdir())
    try:
        where.mkdir(parents=True, exist_ok=True)
    except OSError:  # a workspace that cannot be written to is read all the same
        where = Path(tempfile.gettempdir())
    for left in where.glob(f"{PREFIX}*-*"):
        number = left.name.split("-")[1]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=where))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if within is not None:
            with contextlib.suppress(OSError):
                where.rmdir()
