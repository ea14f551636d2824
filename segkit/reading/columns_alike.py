"""Which columns of several files are the same: by name, by what they are taken for, or by the values that they share."""

from collections.abc import Sequence
from itertools import product

from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.roles.guess import infer_roles
from segkit.core.data.roles.lexicon import squash
from segkit.reading.raw import RawTable
from segkit.reading.summary import summarise
from segkit.words.terms import FileKind, Role

KEYS = (Role.CUSTOMER, Role.EMAIL, Role.ORDER, Role.DATE, Role.AMOUNT, Role.PRICE, Role.QUANTITY, Role.ORDER_TOTAL)
"""Roles whose column one file may not lack unnoticed."""

_SURE, _LIKELY = 0.65, 0.5
_OTHERS = (Role.PRODUCT, Role.DISCOUNT, Role.REFUND, Role.CURRENCY, Role.STATUS, Role.CANCELLED_ON, Role.CHANNEL, Role.MARGIN)
"""Further roles that say what a column is; the rest only describe."""

_COMING_AGAIN = (Role.CUSTOMER, Role.EMAIL, Role.PRODUCT)
"""Roles whose values come again in another file of the business: they tell a column whose name says nothing."""

_SHARED, _LESS_SHARED, _DIFFERENT = 0.5, 0.25, 10


def keys_by_meaning(
    tables: Sequence[RawTable], day_first: bool | None, kind: FileKind
) -> tuple[list[list[str]], list[str], list[str]]:
    """Return the keys by which columns are matched, with notes on what was matched by meaning and doubts on what was not.

    Roles are only asked for where names differ. A column without a partner gets the key of the one column of the first file
    that has none either and is taken for the same, or shares most of its values.
    """
    keyed = [_keys(table) for table in tables]
    notes, doubts = [], []
    for number, table in enumerate(tables[1:], 1):
        first, mine = keyed[0], keyed[number]
        if not set(first) ^ set(mine):
            continue
        judged, others = _judged(table, day_first, kind), _judged(tables[0], day_first, kind)
        roles, theirs = _from(judged, _SURE), _from(others, _SURE)
        for partners, why in ((_of_one_role, ""), (_sharing_values, "they share most of their values")):
            free = {at: theirs[at] for at, key in enumerate(first) if key not in mine}
            over = {at: roles[at] for at, key in enumerate(mine) if key not in first}
            for at, place in partners(tables[0], table, free, over):
                mine[at] = first[place]
                one, other = table.header[at], tables[0].header[place]
                notes.append(
                    f"{table.file_name}, column “{one}”: put together with “{other}” of {tables[0].file_name}; "
                    f"{why or f'both are read as “{roles[at].label}”'}."
                )
        here = {
            name: role for name, key, role in zip(table.header, mine, _from(judged, _LIKELY), strict=True) if key not in first
        }
        there = {
            name: role
            for name, key, role in zip(tables[0].header, first, _from(others, _LIKELY), strict=True)
            if key not in mine
        }
        doubts += _doubts(table.file_name, tables[0].file_name, here, there)
    return keyed, notes, doubts


def _doubts(file: str, first: str, here: dict[str, Role], there: dict[str, Role]) -> list[str]:
    """Say which columns that matter stand in one of two files only."""
    needed, more = ([name for name, role in left.items() if role in KEYS] for left in (there, here))
    if not needed and not more:
        return []
    if here and there:
        return [
            f"{file} has {_listed(more or list(here))} where {first} has {_listed(needed or list(there))}: nothing shows "
            "whether they are the same, and each counts in its own file only. Give them the same name, if they are."
        ]
    lacking, having = (file, first) if needed else (first, file)
    return [f"{lacking} has no column for {_listed(needed or more)} of {having}; its rows count as having no."]


def _listed(names: Sequence[str]) -> str:
    more = " …" if len(names) > 5 else ""
    return ", ".join(f"“{name}”" for name in names[:5]) + more


def _of_one_role(_first: RawTable, _table: RawTable, free: dict[int, Role], over: dict[int, Role]) -> list[tuple[int, int]]:
    """Return the columns, each with its partner in the first file, of a role that either file has once among those left."""
    return [
        (at, place)
        for (at, role), (place, other) in product(over.items(), free.items())
        if role is other
        and role in (*KEYS, *_OTHERS)
        and list(over.values()).count(role) == list(free.values()).count(role) == 1
    ]


def _sharing_values(first: RawTable, table: RawTable, free: dict[int, Role], over: dict[int, Role]) -> list[tuple[int, int]]:
    """Return the columns whose name says nothing and that share most of their values with one column of the first file only."""
    found = []
    for place, role in free.items():
        if role not in _COMING_AGAIN:
            continue
        shares = {at: _share(first, place, table, at) for at, other in over.items() if other not in (*KEYS, *_OTHERS)}
        best = max(shares, key=lambda at: shares[at], default=None)
        if best is None or shares[best] < _SHARED or any(shares[at] > _LESS_SHARED for at in shares if at != best):
            continue
        found.append((best, place))
    taken = [at for at, _ in found]
    return [pair for pair in found if taken.count(pair[0]) == 1]


def _share(first: RawTable, place: int, table: RawTable, at: int) -> float:
    """Return which share of the different values of the column that has fewer the other has too; 0 where there are few."""
    ((one, other, both),) = first.connection.execute(
        f"with a as (select distinct trim(c{place}) v from {first.name} where c{place} is not null), "
        f"b as (select distinct trim(c{at}) v from {table.name} where c{at} is not null) "
        "select (select count(*) from a), (select count(*) from b), (select count(*) from a join b using (v))"
    ).fetchall()
    return both / min(one, other) if min(one, other) >= _DIFFERENT else 0.0


def _judged(table: RawTable, day_first: bool | None, kind: FileKind) -> tuple[ColumnRole, ...]:
    """Return what each column of a single file is taken for."""
    return tuple(infer_roles([column.summary for column in summarise(table, day_first)], kind))


def _from(roles: Sequence[ColumnRole], least: float) -> list[Role]:
    """Return roles that are as sure as this, and what is only guessed as nothing."""
    return [role.role if role.confidence >= least else Role.IGNORE for role in roles]


def _keys(table: RawTable) -> list[str]:
    keys: list[str] = []
    for name in table.header:
        key = squash(name) or name
        while key in keys:
            key += "'"
        keys.append(key)
    return keys
