"""The files and databases that a workspace works with, and how they are read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from filecmp import cmp
from pathlib import Path
from typing import Any

from segkit.decisions.data import Data, FileChoice
from segkit.decisions.model import Decision
from segkit.reading.beside import lying_in
from segkit.reading.sources.copies import Copies, keep_password
from segkit.samples.catalogue import sample_folder
from segkit.words.addresses import is_address
from segkit.words.errors import DataError, WorkbookError
from segkit.words.terms import FileKind, Step
from segkit.workbook.decided import Decided
from segkit.writing.atomic import write_whole


class Files(Decided):
    """The decisions of one workspace, and the files that they name; for a database on a server stands a copy of its table."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._copies = Copies(self.workspace.folder / "copies")
        self._folder_watchers: dict[str, Callable[[], None]] = {}
        self._lying = self.own_files()

    def choose(self, step: Step | str, **edits: Any) -> None:
        """Take or change a decision without a mouse; the password in an address is kept in memory, never saved."""
        files = edits.get("files", ())
        typed = [dict(file).get("path") for file in files if isinstance(file, Mapping | FileChoice)]
        for place in (*typed, edits.get("later_file")):
            if isinstance(place, str):
                keep_password(place)
        super().choose(step, **edits)

    def files(self) -> dict[FileKind, tuple[Path, ...]]:
        """Return the files in use: of each kind one, or several in the order chosen.

        Raises
        ------
        DataError
            If a chosen file is not there, or a server refuses.
        """
        decision = self.data_decision
        if self.sample:
            return {kind: (sample_folder(self.sample.name) / name,) for kind, name in self.sample.files.items()}
        kinds = dict.fromkeys(choice.kind for choice in decision.files)
        return {kind: tuple(self._path(c.path, kind) for c in decision.files if c.kind is kind) for kind in kinds}

    def later_file(self) -> Path | None:
        """Return the order file of the later period, if there is one."""
        if chosen := self.review_decision.later_file:
            return self._path(chosen, FileKind.ORDERS)
        return sample_folder(self.sample.name) / self.sample.later_file if self.sample else None

    def reading(self) -> AbstractContextManager[None]:
        """Have what reading writes beside lie in the workspace, inside a ``with`` block: it is as private as the files."""
        return lying_in(self.workspace.folder / ".reading")

    def own_files(self) -> tuple[str, ...]:
        """Return the names of the files in the workspace's ``data`` folder."""
        try:
            return tuple(sorted(p.name for p in (self.workspace.folder / "data").iterdir() if p.is_file() and p.name[0] != "."))
        except OSError:  # the folder is gone for the moment: the workspace says so, and makes it again with the next choice
            return ()

    def use_files(self, files: Sequence[Mapping[str, Any]], **edits: Any) -> None:
        """Work with files of one's own; what was decided about the reading of other data does not stay.

        In place of a path, the address of a database on a server will do, such as ``postgresql://anna@db.example.com/shop``:
        its table is copied into the workspace.

        Raises
        ------
        DataError
            If a server refuses; nothing is changed then.
        """
        bare = [dict(file) | {"path": keep_password(str(file["path"]))} for file in files]
        fresh = Data().model_dump() | {"sample": "", "files": bare, "survey": self.data_decision.survey} | edits
        before, new = self._on_servers(self.data_decision), self.data_decision.revise(**fresh)
        for text, table in self._on_servers(new):
            self._copies.of(text, table, again=(text, table) not in before)
        self.change(Step.DATA, lambda _: new)
        self._tidy()

    def connect(self, address: str, password: str = "") -> tuple[str, ...]:
        """Ask a database on a server for its tables: ``wb.connect("postgresql://anna@db.example.com/shop", getpass())``.

        The password is kept in memory until the kernel stops, and nowhere else. Without one the driver looks where it usually
        does: ``PGPASSWORD`` and ``~/.pgpass``, or ``MYSQL_PWD``.

        Raises
        ------
        DataError
            If the server refuses.
        """
        return self._copies.connect(address, password)

    def read_again(self) -> tuple[int, ...]:
        """Copy the tables of servers anew, and return the rows of each; the copies that there are stay where a server refuses.

        Raises
        ------
        DataError
            If a server refuses, or none is in use.
        """
        from segkit.reading.sources.servers import rows_of

        used = self._on_servers(self.data_decision)
        if not used:
            raise DataError("No database on a server is in use.", "Connect to one and choose it first.")
        rows = tuple(rows_of(self._copies.of(text, table, again=True)) for text, table in used)
        self.change(Step.DATA, lambda decision: decision)  # so that all that watch look again
        return rows

    def keep_file(self, name: str, content: bytes) -> str:
        """Put a file into the workspace's ``data`` folder, and return the name that it has there.

        What lies there already, under whatever name, is not kept twice; a file of that name with other content is not
        replaced: the new one is called "orders (2).csv".
        """
        folder, plain = self.workspace.folder / "data", Path(Path(name).name)
        same = (p for p in map(folder.joinpath, self.own_files()) if p.stat().st_size == len(content))
        if twin := next((path.name for path in same if path.read_bytes() == content), ""):
            return twin
        number, free = 1, plain.name
        while (folder / free).exists():
            number += 1
            free = f"{plain.stem} ({number}){plain.suffix}"
        write_whole(folder / free, content)
        return free

    def twin_in_use(self, name: str) -> str:
        """Return the name of a file in use with the same content as one in the ``data`` folder, or an empty text."""
        path = self.workspace.folder / "data" / name
        used = [file.path for file in self.data_decision.files if not is_address(file.path)]
        places = [(one, self.workspace.folder / "data" / one) for one in used]
        return next((one for one, place in places if place.exists() and cmp(path, place, shallow=False)), "")

    def own_path(self, name: str) -> Path:
        """Return where a file in use, or one in the ``data`` folder, lies; raise where it does not."""
        return self._path(name, FileKind.ORDERS)

    def watch_folder(self, name: str, watcher: Callable[[], None]) -> None:
        """Call a function when files come into the ``data`` folder or leave it, for instance dragged there in JupyterLab."""
        self._folder_watchers[name] = watcher

    def look_around(self) -> None:
        """Tell all that watch what changed in the meantime: choices in another notebook, files in the ``data`` folder."""
        super().look_around()
        before, self._lying = self._lying, self.own_files()
        if before != self._lying:
            for watcher in tuple(self._folder_watchers.values()):
                watcher()

    def source_key(self) -> object:
        """Return what tells one choice of data from another."""
        decision = self.data_decision
        return decision.sample, decision.files

    def columns_key(self) -> object:
        """Return what changes when the columns of the data may have: another choice, another way to read it, another copy."""
        return self.source_key(), self.data_decision.readings, self._copies.made

    def tables_in(self, kind: FileKind) -> tuple[str, ...]:
        """Return the names of the sheets or tables in a file, where it can hold several."""
        from segkit.reading.table import tables_in

        paths = self.files().get(kind, ())
        with self.reading():
            return tables_in(paths[0]) if len(paths) == 1 else ()

    def read_as(self, kind: FileKind | str, **edits: Any) -> None:
        """Say how a file is read, for instance ``wb.read_as("orders", delimiter="semicolon", decimal=",", skip=2)``.

        What is left out stays as it was; an empty text, or None, lets the file tell again.

        Raises
        ------
        WorkbookError
            If there is no such kind of file or way to read, or a value does not fit.
        DataError
            If a server refuses, or has no table of that name; nothing is changed then.
        """
        try:
            kind = FileKind(kind)
        except ValueError:
            known = ", ".join(FileKind)
            raise WorkbookError(f"There is no kind of file called “{kind}”.", f"Choose one of: {known}.") from None

        def change(decision: Decision) -> Decision:
            assert isinstance(decision, Data)
            return decision.revise(readings=decision.read_as(kind, **edits))

        for text, table in self._on_servers(change(self.data_decision)):
            self._copies.of(text, table)
        self.change(Step.DATA, change)
        self._tidy()

    def _path(self, chosen: str, kind: FileKind) -> Path:
        if is_address(chosen):
            return self._copies.of(chosen, _table_of(self.data_decision, kind))
        path = Path(chosen) if Path(chosen).is_absolute() else self.workspace.folder / "data" / chosen
        if not path.exists():
            raise DataError(
                f"The file {path.name} is not there any more (looked for it at {path}).",
                "Put it back, or choose another file in notebook 2.",
            )
        return path

    def _on_servers(self, decision: Decision) -> list[tuple[str, str]]:
        """Return address and chosen table of each database that a decision about data names."""
        assert isinstance(decision, Data)
        return [(file.path, _table_of(decision, file.kind)) for file in decision.files if is_address(file.path)]

    def _tidy(self) -> None:
        """Keep only the copies that are in use."""

        def used() -> Iterator[tuple[str, str]]:
            yield from self._on_servers(self.data_decision)
            if is_address(later := self.review_decision.later_file):
                yield later, _table_of(self.data_decision, FileKind.ORDERS)

        self._copies.tidy(used())


def _table_of(decision: Data, kind: FileKind) -> str:
    return next((reading.table for reading in decision.readings if reading.kind is kind), "")
