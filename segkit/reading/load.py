"""Files in, customers out: the one entry to reading."""

import datetime as dt
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import duckdb

from segkit.core.data.currencies import CurrencyChoice
from segkit.core.data.customers import CustomerData, Inspected
from segkit.decisions.data import Rate, ReadingChoice, RoleChoice, StatusChoice
from segkit.reading.customers.assemble import assemble
from segkit.reading.files import KnownFile, know_file, lists_orders
from segkit.reading.own_process import apart
from segkit.reading.sources.archive import DISK_FULL
from segkit.words.addresses import file_size
from segkit.words.errors import DataError
from segkit.words.terms import CleaningRule, FileKind

MEMORY = ("400MB", "50%")
"""Memory that the engine may take before it spills to disk, and what it may take where that does not suffice."""

T = TypeVar("T")

_ORDER_OF_KINDS = (FileKind.ORDERS, FileKind.CUSTOMERS, FileKind.SURVEY, FileKind.CONTACTS)


@dataclass(frozen=True)
class _Reader:
    """How a person says that files are read: columns taken for something else, which number is the day, and the rest."""

    roles: Sequence[RoleChoice]
    day_first: bool | None
    readings: Sequence[ReadingChoice]
    say: Callable[[str], None] = lambda _: None

    def know(
        self, connection: duckdb.DuckDBPyConnection, kind: FileKind, chosen: Path | Sequence[Path], name: str, folder: Path
    ) -> KnownFile:
        """Read one file, or several of one kind as one, into the engine's table ``name``."""
        paths = paths_of(chosen)
        self.say(f"Reading {', '.join(map(_sized, paths))}")
        return know_file(
            connection,
            kind,
            paths,
            name=name,
            folder=folder,
            choices=self.roles,
            day_first=self.day_first,
            readings=self.readings,
            say=self.say,
        )

    def know_all(
        self, connection: duckdb.DuckDBPyConnection, files: Mapping[FileKind, Path | Sequence[Path]], folder: Path
    ) -> dict[FileKind, KnownFile]:
        """Read the files, the main one first."""
        if not any(kind in files for kind in _ORDER_OF_KINDS[:3]):
            raise DataError(
                "No file of orders or customers is chosen.", "Choose a file with your orders, or one with your customers."
            )
        kinds = [kind for kind in _ORDER_OF_KINDS if kind in files]
        known = {kind: self.know(connection, kind, files[kind], f"{kind.value}_raw", folder) for kind in kinds}
        given = known.get(FileKind.CUSTOMERS)
        if given is None or FileKind.ORDERS in known or not lists_orders(given):
            return known
        as_orders = self._for_orders().know(connection, FileKind.ORDERS, files[FileKind.CUSTOMERS], "listed_raw", folder)
        said = (
            f"{given.table.file_name} was given as a list of customers, but customers come again in it on several days: it "
            "was read as a list of orders. If that is wrong, export one row per customer."
        )
        del known[FileKind.CUSTOMERS]
        return {FileKind.ORDERS: replace(as_orders, notes=(said, *as_orders.notes))} | known

    def _for_orders(self) -> "_Reader":
        """Return the same choices, made for a file of customers, for one of orders."""
        mine = (FileKind.CUSTOMERS, FileKind.ORDERS)
        roles = [c.model_copy(update={"kind": FileKind.ORDERS}) if c.kind in mine else c for c in self.roles]
        readings = [c.model_copy(update={"kind": FileKind.ORDERS}) if c.kind in mine else c for c in self.readings]
        return replace(self, roles=roles, readings=readings)


@apart
def load_customers(
    files: Mapping[FileKind, Path | Sequence[Path]],
    *,
    roles: Sequence[RoleChoice] = (),
    rules_off: Sequence[CleaningRule] = (),
    rules_on: Sequence[CleaningRule] = (),
    as_of: dt.date | None = None,
    day_first: bool | None = None,
    readings: Sequence[ReadingChoice] = (),
    currency: str = "",
    later: Path | None = None,
    later_as_of: dt.date | None = None,
    statuses: Sequence[StatusChoice] = (),
    counting: str = "",
    rates: Sequence[Rate] = (),
    rates_on: dt.date | None = None,
    confirmed: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
) -> CustomerData:
    """Read files, set rows aside by rule, and count down to one row a customer.

    Parameters
    ----------
    files : mapping of FileKind to Path or sequence of Path
        One file of each kind, or several, put under each other. The main file is the first of orders, customers, survey.
    roles : sequence of RoleChoice
        Columns that a person takes for something else.
    rules_off, rules_on : sequence of CleaningRule
        Rules that a person switched off or on.
    as_of : datetime.date, optional
        Analysis date; by default the day after the last readable date.
    day_first : bool, optional
        Whether 03/04 is the third of April; None lets the evidence in the file decide.
    readings : sequence of ReadingChoice
        How a person says that files are read; what they leave out, the files tell.
    currency : str
        Sign to print behind money.
    later : Path, optional
        Order file of a later period: its lines replace those of the main file from its first date on, and the window keeps its
        length and ends at ``later_as_of``.
    later_as_of : datetime.date, optional
        Analysis date of the later period; by default the day after its last date.
    statuses : sequence of StatusChoice
        What states of orders mean, where a person says it.
    counting : str
        The one currency that counts, where a person chose it; empty lets the files tell.
    rates : sequence of Rate
        Worth of other currencies in that one; money is converted.
    rates_on : datetime.date, optional
        Day of these rates.
    confirmed : collection of str
        Keys of the questions that a person has answered: they are not asked again.
    progress : callable, optional
        Called with a sentence before each stage.

    Raises
    ------
    DataError
        If a file is no table, no column can be the customer, or no date can be read.
    """
    say = progress or (lambda _: None)
    reader = _Reader(roles, day_first, readings, say)

    def work(connection: duckdb.DuckDBPyConnection, folder: Path) -> CustomerData:
        known = reader.know_all(connection, files, folder)
        data = assemble(
            known,
            reader.know(connection, FileKind.ORDERS, later, "later_raw", folder) if later else None,
            rules_off=rules_off,
            rules_on=rules_on,
            as_of=as_of,
            later_as_of=later_as_of,
            currency=CurrencyChoice(currency, counting, tuple((r.currency, r.worth) for r in rates), rates_on),
            folder=folder,
            say=say,
            statuses=statuses,
        )
        return replace(data, questions=tuple(q for q in data.questions if q.key not in confirmed)) if confirmed else data

    return with_engine(work, [*_all(files), *([later] if later else [])])


@apart
def inspect_files(
    files: Mapping[FileKind, Path | Sequence[Path]],
    roles: Sequence[RoleChoice] = (),
    day_first: bool | None = None,
    readings: Sequence[ReadingChoice] = (),
    progress: Callable[[str], None] | None = None,
) -> dict[FileKind, Inspected]:
    """Return how each file was read, what each column is taken for, and what was counted in it.

    Raises
    ------
    DataError
        If a file is no table, or a choice names a column that is not there.
    """

    def work(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[FileKind, Inspected]:
        known = _Reader(roles, day_first, readings, progress or (lambda _: None)).know_all(connection, files, folder)
        return {kind: file.inspected for kind, file in known.items()}

    return with_engine(work, _all(files))


def _connect(folder: Path, memory: str, opens: Iterable[Path] = ()) -> duckdb.DuckDBPyConnection:
    """Open an engine that keeps its tables compressed in memory, spills into the folder, and shows no bar of its own.

    It reaches no network and no files but those in the folder and those that it is given to open.
    """
    connection = duckdb.connect(":memory:")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set temp_directory = ?", [str(folder / "spill")])
    connection.execute(f"set memory_limit = '{memory}'")
    connection.execute("attach ':memory:' as work (compress)")
    connection.execute("use work")
    named = [str(path.absolute()) for path in opens] + [str(path) for path in opens]
    connection.execute("set allowed_directories = ?", [[str(folder)]])
    connection.execute("set allowed_paths = ?", [[name + more for name in named for more in ("", ".wal")]])
    connection.execute("set enable_external_access = false")
    return connection


def with_engine(work: Callable[[duckdb.DuckDBPyConnection, Path], T], opens: Iterable[Path] = ()) -> T:
    """Do something with an engine and a folder for its copies, both gone afterwards; with more memory where it takes more.

    Raises
    ------
    DataError
        If memory and the disk together do not suffice.
    """
    named, lacking = tuple(opens), Exception()
    for memory in MEMORY:
        with tempfile.TemporaryDirectory(prefix="segkit-") as folder:
            connection = _connect(Path(folder), memory, named)
            try:
                return work(connection, Path(folder))
            except duckdb.OutOfMemoryException as error:
                lacking = error
            except (duckdb.IOException, OSError) as error:
                if isinstance(error, OSError) and error.errno not in DISK_FULL:
                    raise
                lacking = error
                break
            finally:
                connection.close()
    raise DataError(
        "The files are too large for the memory and the free disk space of this machine.",
        "Free some disk space, or export fewer columns or a shorter time.",
    ) from lacking


def _all(files: Mapping[FileKind, Path | Sequence[Path]]) -> list[Path]:
    return [path for chosen in files.values() for path in paths_of(chosen)]


def _sized(path: Path) -> str:
    return f"{path.name} ({file_size(path.stat().st_size)})" if path.exists() else path.name


def paths_of(chosen: Path | str | Sequence[Path]) -> tuple[Path, ...]:
    """Return one path or several as a tuple."""
    return (Path(chosen),) if isinstance(chosen, str | Path) else tuple(map(Path, chosen))
