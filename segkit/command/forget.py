"""``segkit forget``: a business removed wholly, and what was removed said."""

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from segkit.command.opened import is_open
from segkit.words.errors import WorkbookError
from segkit.words.numbers import count
from segkit.workbook.book_file import BOOK, DAMAGED, PREVIOUS
from segkit.workbook.faults import REPORT
from segkit.workbook.pseudonyms import KEY_FILE, TABLE_FILE

KINDS = (
    ("choices and their history", (BOOK, PREVIOUS, DAMAGED, "workbook*.json.new")),
    ("data files, with the copies of databases", ("data", "copies")),
    ("notebooks with what they show", ("notebooks", ".ipynb_checkpoints")),
    ("reports, lists and surveys", ("exports",)),
    ("pseudonyms with their key", (KEY_FILE, TABLE_FILE)),
    ("settings and traces of programs", (".jupyter", ".lock", REPORT, ".segkit-*.new", ".gitignore")),
)
"""What the workbook makes in a workspace, by what it is for; the last to go is what tells that this is a workspace."""

OLD_SECONDS = 3600
"""A temporary folder untouched for an hour belongs to a program that was killed."""


@dataclass(frozen=True)
class Found:
    """Something to be removed: what it is, where, and how many files it holds."""

    what: str
    places: tuple[Path, ...]
    files: int

    @property
    def words(self) -> str:
        """Say it in a line."""
        return f"{self.what}: {count(self.files, 'file')} ({', '.join(place.name for place in self.places)})"


def found(folder: Path) -> list[Found]:
    """Return what there is of a business in its workspace.

    Raises
    ------
    WorkbookError
        If the folder is no workspace, or it is open in JupyterLab.
    """
    if not _is_workspace(folder):
        raise WorkbookError(f"{folder} is no workspace of the workbook.", "Nothing was removed. Check the name of the folder.")
    if is_open(folder):
        raise WorkbookError(
            f"The workspace {folder} is open in JupyterLab.",
            "Nothing was removed. Press Ctrl-C in the terminal that opened it, then type the same line again.",
        )
    held = []
    for what, names in KINDS:
        places = tuple(sorted({place for name in names for place in folder.glob(name)}))
        if places:
            held.append(Found(what, places, sum(map(_files, places))))
    return held


def forget(folder: Path) -> list[str]:
    """Remove a business from its workspace, and what killed programs and the kernels of earlier versions left elsewhere.

    Nothing that a link leads to is touched, and nothing that the workbook did not make; what stays is said.

    Returns
    -------
    list of str
        What was removed and what stays, line by line.
    """
    said = []
    for one in found(folder):
        for place in one.places:
            _remove(place)
        said.append(f"Removed {one.words}.")
    stays = sorted(path.name for path in folder.iterdir())
    if stays:
        said.append(f"Left alone, because the workbook did not make it: {', '.join(stays)} (in {folder}).")
    else:
        folder.rmdir()
        said.append(f"Removed the folder {folder}.")
    if left := _forget_temporary(Path(tempfile.gettempdir())):
        said.append(f"Removed {count(left, 'temporary folder')} that a killed program had left.")
    if cells := _forget_cells(Path(os.environ.get("IPYTHONDIR") or Path.home() / ".ipython")):
        said.append(f"Removed {count(cells, 'cell')} of the workbook from the history that IPython kept in earlier versions.")
    return said


def _is_workspace(folder: Path) -> bool:
    if any(True for name in KINDS[0][1] for _ in folder.glob(name)):
        return True
    ignored = folder / ".gitignore"
    return (
        all((folder / name).is_dir() for name in ("data", "exports")) and ignored.is_file() and ignored.read_bytes() == b"*\n"
    )


def _files(place: Path) -> int:
    if place.is_symlink() or not place.is_dir():
        return 1
    return sum(len(names) for _, _, names in os.walk(place))


def _remove(place: Path) -> None:
    if place.is_symlink() or not place.is_dir():
        place.unlink()
    else:
        shutil.rmtree(place)


def _forget_temporary(folder: Path) -> int:
    """Remove what reading left in the temporary folder because it was killed; only one's own, and only what is old."""
    mine = os.getuid() if hasattr(os, "getuid") else None
    gone = 0
    for place in folder.glob("segkit-*"):
        try:
            status = place.lstat()
            if (mine is None or status.st_uid == mine) and time.time() - status.st_mtime > OLD_SECONDS:
                _remove(place)
                gone += 1
        except OSError:
            continue  # gone meanwhile, or in use
    return gone


def _forget_cells(home: Path) -> int:
    """Remove the sessions of the workbook's notebooks from IPython's history, into which the kernels of today write nothing."""
    gone = 0
    for file in home.glob("profile_*/history.sqlite"):
        try:
            with closing(sqlite3.connect(file, timeout=5)) as history, history:
                history.execute("PRAGMA secure_delete = ON")
                gone += _without(history, _sessions(history))
        except sqlite3.Error:
            continue  # not the layout that is known, or in use: nothing of the workbook can be told apart in it
    return gone


def _sessions(history: sqlite3.Connection) -> list[int]:
    asked = "SELECT DISTINCT session FROM history WHERE source LIKE '%open_workbook%'"
    return [number for (number,) in history.execute(asked)]


def _without(history: sqlite3.Connection, sessions: Iterable[int]) -> int:
    gone = 0
    for number in sessions:
        gone += history.execute("DELETE FROM history WHERE session = ?", (number,)).rowcount
        history.execute("DELETE FROM output_history WHERE session = ?", (number,))
        history.execute("DELETE FROM sessions WHERE session = ?", (number,))
    return gone
