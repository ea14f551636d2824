"""The workspace: a folder of the user's that holds their decisions, notebooks, data and exports."""

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from segkit.decisions.history import OWN
from segkit.decisions.model import Decision, in_words
from segkit.decisions.workbook import SCHEMA_VERSION, Workbook
from segkit.words.errors import WorkbookError
from segkit.words.regions import region_of_machine
from segkit.words.terms import Step
from segkit.writing.atomic import write_whole

BOOK = "workbook.json"
PREVIOUS = "workbook.previous.json"
LOCK_SECONDS = 10

Change = Callable[[Decision], Decision]
Act = Callable[[Workbook], Workbook]


class Workspace:
    """Decisions on disk: read, changed and saved so that a kill at any instant leaves a readable workbook.

    Parameters
    ----------
    folder : Path
        The workspace; made if it is not there.

    Attributes
    ----------
    notices : list of str
        What the person must be told, in sentences: a file that was set aside, a choice that is not saved yet.

    Raises
    ------
    WorkbookError
        If the folder cannot be made, or the workbook was written by a newer version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.notices: list[str] = []
        self._unsaved: list[Act] = []
        self._seen: tuple[int, int] | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in ("data", "exports"):
                (self.folder / name).mkdir(exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
        except OSError as error:
            if not (self.folder / BOOK).exists():
                raise cannot("The workspace folder cannot be made", self.folder, error) from error
            self.notices.append(f"{cannot('The workspace is read-only', self.folder, error)}")
        self._book = self._read_or_recover()

    @property
    def book(self) -> Workbook:
        """The workbook as it stands on disk now, with choices that could not be saved yet on top."""
        if self._stamp() != self._seen:
            self._book = self._read_or_recover()
            for act in self._unsaved:
                self._book = act(self._book)
        return self._book

    @property
    def unsaved(self) -> int:
        """Number of choices that are kept in memory because they could not be saved."""
        return len(self._unsaved)

    def decide(self, step: Step, suggestion: Decision, change: Change, about: str = OWN) -> Workbook:
        """Change one decision and save it; other notebooks' changes in the meantime are kept.

        Parameters
        ----------
        step : Step
            Which decision.
        suggestion : Decision
            What holds where none has been taken yet.
        change : callable
            Takes the decision as it is on disk, returns the new one.
        about : str
            The data in use: a sample's name, or "own".

        Raises
        ------
        WorkbookError
            If the change is not valid (nothing happens then), or cannot be saved (it is kept and saved with the next).
        """
        at = now()
        return self.do(lambda book: _applied(book, step, suggestion, change, about, at))

    def do(self, act: Act) -> Workbook:
        """Change the workbook and save it; what cannot be saved is kept and saved with the next change."""
        self._book = act(self.book)
        self._unsaved.append(act)
        return self.save()

    def save(self) -> Workbook:
        """Save what is not saved yet."""
        try:
            with FileLock(self.folder / ".lock", timeout=LOCK_SECONDS):
                book = self._read_or_recover()
                for act in self._unsaved:
                    book = act(book)
                write_book(self.folder, book)
        except Timeout as error:
            raise WorkbookError(
                "Your choice is not saved yet: another notebook has been saving to this workspace for a while.",
                "It is kept in memory. Change anything once more in a moment, and both are saved.",
            ) from error
        except OSError as error:
            raise cannot("Your choice is not saved yet", self.folder, error) from error
        self._unsaved.clear()
        self._book, self._seen = book, self._stamp()
        return book

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = (self.folder / BOOK).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def _read_or_recover(self) -> Workbook:
        path = self.folder / BOOK
        stamp = self._stamp()
        if stamp is None:
            book = self._previous() or Workbook()
        else:
            try:
                book = _current(path)
            except _Damaged as damage:
                aside = _set_aside(path)
                previous = self._previous()
                outcome = (
                    "You continue from the last good state." if previous else "There is no earlier state, so you start afresh."
                )
                self.notices.append(f"Your workbook file could not be read ({damage}). It is kept as {aside.name}. {outcome}")
                book = previous or Workbook()
                if previous:
                    write_book(self.folder, previous, keep_previous=False)
                stamp = self._stamp()
        self._seen = stamp
        return book

    def _previous(self) -> Workbook | None:
        try:
            return _current(self.folder / PREVIOUS)
        except (OSError, _Damaged):
            return None


class _Damaged(Exception):
    """The file is there, but it is no workbook."""


def read_book(path: Path) -> Workbook:
    """Read a workbook file.

    Raises
    ------
    WorkbookError
        If a newer version of the workbook wrote it.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _Damaged("it is not text") from error
    except ValueError as error:
        raise _Damaged("it breaks off or is not JSON") from error
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise WorkbookError(
            f"{path.name} was written by a newer version of the workbook (layout {version}, this one knows {SCHEMA_VERSION}).",
            "Update the workbook and open it again; nothing was changed.",
        )
    try:
        return Workbook.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        raise _Damaged(in_words(error)[:200]) from error


def _current(path: Path) -> Workbook:
    book = read_book(path)
    if book.schema_version == SCHEMA_VERSION:
        return book
    return book.upgraded(dt.datetime.fromtimestamp(int(path.stat().st_mtime), dt.UTC))


def write_book(folder: Path, book: Workbook, *, keep_previous: bool = True) -> None:
    """Write beside, flush to disk, then rename: the old file or the new one is there at every instant."""
    path = folder / BOOK
    if keep_previous and path.exists():
        write_whole(folder / PREVIOUS, path.read_bytes())
    write_whole(path, (book.model_dump_json(indent=2) + "\n").encode())


def _applied(book: Workbook, step: Step, suggestion: Decision, change: Change, about: str, at: dt.datetime) -> Workbook:
    before = book.taken(step, suggestion, about)
    decision = change(before)
    if decision == before:
        return book
    return book.with_decision(step, decision, at=at, before=before, about=about)


def begin(folder: Path) -> None:
    """Note, in a workspace where nothing is decided yet, how the machine writes figures and dates; that is suggested then.

    Only then, and only where a person starts: what is shown later must not depend on the machine that shows it.
    """
    region = region_of_machine()
    if region is not None and not (folder / BOOK).exists():
        Workspace(folder).do(lambda book: book.begun(region))


def now() -> dt.datetime:
    """Return the time to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"workbook.damaged-{number}.json")).exists():
        number += 1
    os.replace(path, aside)
    return aside


def cannot(what: str, folder: Path, error: OSError) -> WorkbookError:
    """Say what cannot be written into a workspace, why, and what helps."""
    reason = (error.strerror or "unknown reason").lower()
    full = "space" in reason
    remedy = "Free some space on the disk." if full else "Allow writing to this folder, or choose another with --workspace."
    if "choice" in what:
        remedy += " Your choice is kept in memory: change anything once more afterwards, and both are saved."
    return WorkbookError(f"{what}: {folder} ({reason}).", remedy)
