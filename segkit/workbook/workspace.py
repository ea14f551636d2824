"""The workspace: a folder of the user's that holds their decisions, notebooks, data and exports."""

import datetime as dt
import errno
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from segkit.decisions.history import OWN
from segkit.decisions.model import Decision
from segkit.decisions.workbook import Workbook
from segkit.words.errors import WorkbookError
from segkit.words.regions import region_of_machine
from segkit.words.terms import Step
from segkit.workbook.book_file import BOOK, DAMAGED, PREVIOUS, DamagedError, current, set_aside, write_book

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
        self.folder = located(folder)
        self.notices: list[str] = []
        self._unsaved: list[Act] = []
        self._seen: tuple[int, int] | None = None
        self._good = Workbook()
        try:
            self._lay()
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
            self._lay()  # the folder may have gone while the notebook was open
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
        self._book, self._good, self._seen = book, book, self._stamp()
        return book

    def forget_past(self) -> None:
        """Forget how the choices came about, here and in the older copies of the workbook; what holds stays as it is."""
        self.do(Workbook.without_past)
        try:
            write_book(self.folder, self._good)  # once more: what was replaced by it now stands in the copy of before
            for damaged in self.folder.glob(DAMAGED):
                damaged.unlink()
        except OSError as error:
            raise cannot("The earlier copies of your choices cannot be removed", self.folder, error) from error

    def _lay(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("data", "exports"):
            (self.folder / name).mkdir(exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")

    def _stamp(self) -> tuple[int, int] | None:
        path = self.folder / BOOK
        try:
            status = path.stat() if path.exists() else path.lstat()  # a link that leads nowhere is there, too
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def _read_or_recover(self) -> Workbook:
        stamp = self._stamp()
        try:
            book = current(self.folder / BOOK)
            if not _holds_choices(book) and _holds_choices(self._last_good()):
                raise DamagedError("it holds no choice, though some were saved")
        except FileNotFoundError:
            book = self._last_good()
            if _holds_choices(book):
                self._tell(self._gone())
        except DamagedError as damage:
            book = self._recovered(damage)
            stamp = self._stamp()
        except OSError as error:
            raise cannot("Your choices cannot be read", self.folder, error) from error
        self._seen, self._good = stamp, book
        return book

    def _recovered(self, damage: DamagedError) -> Workbook:
        """Put aside what is no workbook, and go on from the last good state."""
        book = self._last_good()
        found = _holds_choices(book)
        outcome = "You continue from the last good state." if found else "There is no earlier state, so you start afresh."
        try:
            kept = f"It is kept as {set_aside(self.folder / BOOK).name}."
            if found:
                write_book(self.folder, book, keep_previous=False)
        except OSError as error:
            kept = f"It cannot be set aside ({(error.strerror or 'unknown reason').lower()})."
        self._tell(f"Your workbook file could not be read ({damage}). {kept} {outcome}")
        return book

    def _last_good(self) -> Workbook:
        """Return the state that knows most: what this program read or saved last, or the copy of before the last choice."""
        try:
            previous = current(self.folder / PREVIOUS)
        except (OSError, DamagedError):
            previous = Workbook()
        return max(self._good, previous, key=lambda book: len(book.history))

    def _gone(self) -> str:
        what = f"{BOOK} was" if self.folder.is_dir() else "The folder of your workspace was"
        return (
            f"{what} not there any more ({self.folder}). Your choices are kept, and your next one saves them all there again."
        )

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


def _holds_choices(book: Workbook) -> bool:
    return bool(book.history) or any(book.decision(step) is not None for step in Step)


def _applied(book: Workbook, step: Step, suggestion: Decision, change: Change, about: str, at: dt.datetime) -> Workbook:
    before = book.taken(step, suggestion, about)
    decision = change(before)
    if decision == before:
        return book
    return book.with_decision(step, decision, at=at, before=before, about=about)


def located(folder: Path) -> Path:
    """Return where a workspace lies, in full.

    Raises
    ------
    WorkbookError
        If no folder can have that name, or links lead in a circle.
    """
    try:
        return folder.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # of a loop of links, Python says RuntimeError
        what = "is no name of a folder" if isinstance(error, ValueError) else "is a link that leads in a circle"
        raise WorkbookError(f"“{folder}” {what}.", "Choose another with --workspace.") from error


def begin(folder: Path) -> None:
    """Note, in a workspace where nothing is decided yet, how the machine writes figures and dates; that is suggested then.

    Only then, and only where a person starts: what is shown later must not depend on the machine that shows it.
    """
    region = region_of_machine()
    if region is not None and not _holds_choices((space := Workspace(folder)).book) and space.book.region_found is None:
        space.do(lambda book: book.begun(region))


def now() -> dt.datetime:
    """Return the time to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def cannot(what: str, folder: Path, error: OSError) -> WorkbookError:
    """Say what cannot be written into a workspace, why, and what helps."""
    reason = (error.strerror or "unknown reason").lower()
    remedy = "Allow writing to this folder, or choose another with --workspace."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        remedy = "Free some space on the disk."
    elif error.errno == errno.ELOOP:
        reason = "links that lead in a circle"
    if "choice is" in what:
        remedy += " Your choice is kept in memory: change anything once more afterwards, and both are saved."
    return WorkbookError(f"{what}: {folder} ({reason}).", remedy)
