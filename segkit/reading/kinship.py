"""Files that are brought now, held against those in use: read side by side, and what stands in both counted."""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from segkit.core.data.kinship import Kinship, Orders
from segkit.core.data.roles.lexicon import squash
from segkit.decisions.data import ReadingChoice, RoleChoice
from segkit.reading.files import KnownFile, know_file
from segkit.reading.load import with_engine
from segkit.reading.own_process import apart
from segkit.words.errors import DataError
from segkit.words.terms import FileKind, Role

_NONE = Orders(0, 0, None, None)
_MONEY = (Role.AMOUNT, Role.ORDER_TOTAL, Role.PRICE, Role.QUANTITY)


@apart
def kinship(
    used: Sequence[Path],
    brought: Sequence[Path],
    roles: Sequence[RoleChoice] = (),
    day_first: bool | None = None,
    readings: Sequence[ReadingChoice] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Kinship | None:
    """Count what stands in the order files in use, in those brought, and in both.

    An order is the same where its number, customer and day are; without a number, where customer, day and money are.

    Parameters
    ----------
    used, brought : sequence of Path
        Files of orders.
    roles, day_first, readings
        How a person says that the files in use are read; the others are read so too, where that fits them.
    progress : callable, optional
        Called with a sentence before each stage.

    Returns
    -------
    Kinship or None
        None where what is brought holds no dated orders of customers; nothing but zeros where no orders are in use.

    Raises
    ------
    DataError
        If a file is no table.
    """

    def work(connection: duckdb.DuckDBPyConnection, folder: Path) -> Kinship | None:
        def know(paths: Sequence[Path], name: str, *, chosen: bool) -> KnownFile:
            own = folder / name
            own.mkdir(exist_ok=True)
            how = {"choices": roles, "day_first": day_first, "readings": readings} if chosen else {}
            return know_file(connection, FileKind.ORDERS, list(paths), name=name, folder=own, say=progress, **how)  # type: ignore[arg-type]

        try:
            new = know(brought, "brought", chosen=True)
        except DataError:  # choices made for the columns of the files in use
            new = know(brought, "brought", chosen=False)
        if new.one(Role.CUSTOMER) is None or new.one(Role.DATE) is None:
            return None
        if not used:
            return Kinship(_NONE, _NONE, 0, 0, 0.0)
        old = know(used, "used", chosen=True)
        progress("Comparing it with what is in use")
        return _compared(old, new)

    return with_engine(work, [*used, *brought])


def _compared(old: KnownFile, new: KnownFile) -> Kinship:
    names = [{squash(name) or name for name in file.table.header} for file in (old, new)]
    common = len(names[0] & names[1]) / min(map(len, names))
    told = [role for role in (Role.CUSTOMER, Role.DATE) if old.one(role) and new.one(role)]
    numbered = bool(old.one(Role.ORDER) and new.one(Role.ORDER))
    more = [Role.ORDER] if numbered else [role for role in _MONEY if old.one(role) and new.one(role)]
    keys = [_keys(file, [*more, *told]) for file in (old, new)]
    who = [_keys(file, [Role.CUSTOMER]) for file in (old, new)] if Role.CUSTOMER in told else []
    both, same = _number(old, " intersect ".join(keys)), _number(old, " intersect ".join(who)) if who else 0
    return Kinship(_orders(old, keys[0]), _orders(new, keys[1]), both, same, common)


def _orders(file: KnownFile, keys: str) -> Orders:
    customers = _number(file, _keys(file, [Role.CUSTOMER])) if file.one(Role.CUSTOMER) else 0
    dates, first, last = file.one(Role.DATE), None, None
    if dates:
        query = f"select min({dates.date_sql()}), max({dates.date_sql()}) from {file.table.name}"
        ((first, last),) = file.table.connection.execute(query).fetchall()
    return Orders(_number(file, keys), customers, first, last)


def _keys(file: KnownFile, roles: Sequence[Role]) -> str:
    """Return SQL of the different values that some columns have together, rows without a first one left out."""
    parts = []
    for role in roles:
        column = file.one(role)
        assert column is not None
        sql = column.date_sql() if role is Role.DATE else column.number_sql() if role in _MONEY else column.person_sql()
        parts.append(f"({sql})::varchar")
    return f"select distinct {', '.join(parts)} from {file.table.name} where {parts[0]} is not null"


def _number(file: KnownFile, query: str) -> int:
    ((found,),) = file.table.connection.execute(f"select count(*) from ({query})").fetchall()
    return int(found)
