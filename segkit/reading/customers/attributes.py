"""Files with one row a customer (customers, survey) and contacts: what they add to each customer."""

import datetime as dt
import re
from dataclasses import dataclass, field

import pandas as pd

from segkit.core.data.customers import impossible_ages, possible_ages
from segkit.core.data.questions import Doubt
from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.roles.lexicon import BIRTH, LAST, spaced, squash
from segkit.reading.customers.lines import one_spelling_sql, test_sql, total_sql
from segkit.reading.files import KnownFile
from segkit.reading.summary import Column
from segkit.reading.values.labels import label_of, level_label, variable_name
from segkit.words.errors import DataError
from segkit.words.numbers import count
from segkit.words.terms import CUSTOMER_ID, Base, FileKind, Role

NUMERIC = (Role.NUMBER, Role.AMOUNT, Role.FREQUENCY, Role.RECENCY, Role.MARGIN, Role.QUANTITY, Role.PRICE)
TEXTUAL = (Role.CATEGORY, Role.CHANNEL, Role.PRODUCT, Role.STATUS)
_EMAIL = r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$"


@dataclass(eq=False)
class Attributes:
    """What a file says of its customers.

    ``frame`` has one row a customer (index customer_id); ``described`` maps its columns to (label, base, unit) and ``columns``
    to roles; ``births`` holds years of birth, ``joined`` and ``last`` days since 1970-01-01 (any may be None).
    """

    frame: pd.DataFrame
    described: dict[str, tuple[str, Base, str]]
    columns: dict[str, ColumnRole]
    births: pd.Series | None = None
    joined: pd.Series | None = None
    last: pd.Series | None = None
    same_person: dict[str, str] = field(default_factory=dict)
    tests: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def make_rows(file: KnownFile, name: str, currency: str = "") -> None:
    """Make the table ``name`` of rows to sort out: row, customer_id, test, row_key (the customer, else the whole row).

    ``currency`` is SQL of a row's currency; empty where all rows are in one.
    """
    customer = file.one(Role.CUSTOMER)
    identity = customer.person_sql() if customer else "row::varchar"
    key = f"coalesce({identity}, '')" if customer else f"hash({', '.join(column.engine_name for column in file.columns)})"
    file.table.connection.execute(
        f"create or replace table {name} as select row, {identity} as customer_id, {key} as row_key, {test_sql(file)} as test, "
        f"{total_sql(file)} as total{f', {file.again} as again' if file.again else ''}"
        f"{f', {currency} as currency' if currency else ''} from {file.table.name}"
    )


def read_attributes(file: KnownFile, rows: str = "", who: Column | None = None) -> Attributes:
    """Bring a file's describing columns down to one row a customer.

    Parameters
    ----------
    file : KnownFile
        A file with one row a customer.
    rows : str
        A table of the engine with the ``row`` numbers to keep; empty keeps the first row of each customer.
    who : Column, optional
        The column that tells who a row is about; None takes that of the customer.
    """
    connection, table = file.table.connection, file.table.name
    customer = who or file.one(Role.CUSTOMER)
    if customer is None and not rows:
        raise DataError(
            f"{file.table.file_name}: no column can be the customer's number ({', '.join(file.table.header)}).",
            "Choose the column that also appears in the order file.",
        )
    identity = customer.person_sql() if customer else "row::varchar"
    described: dict[str, tuple[str, Base, str]] = {}
    columns: dict[str, ColumnRole] = {}
    notes: list[str] = []
    parts = ["row", f"{identity} as customer_id"]
    for column, role in zip(file.columns, file.roles, strict=True):
        if role.role in NUMERIC + TEXTUAL and not BIRTH.search(squash(role.column)):
            name = variable_name(role.column)
            while name in described or name in ("row", CUSTOMER_ID):
                name += "_2"
            if role.role in NUMERIC:
                text = column.number_sql()
            else:
                text, _, respelt = one_spelling_sql(file, column)
                notes += respelt
            parts.append(f'{text} as "{name}"')
            unit = "money" if role.role in (Role.AMOUNT, Role.MARGIN) else ""
            described[name] = (label_of(role.column), role.base or Base.BEHAVIOURAL, unit)
            columns[name] = role
    special = _special_columns(file)
    parts += [f"{sql} as {name}" for name, sql in special.items()]
    where = f"where row in (select row from {rows} where rule is null)" if rows else ""
    query = (
        f"select * from (select {', '.join(parts)} from {table} {where}) where customer_id is not null "
        "qualify row = min(row) over (partition by customer_id)"
    )
    frame = connection.sql(query).df().drop(columns="row").set_index(CUSTOMER_ID).sort_index()
    births, joined, last = (frame.pop(name) if name in frame else None for name in ("birth_", "joined_", "last_"))
    for name, role in columns.items():
        frame[name] = frame[name].astype("float64") if role.role in NUMERIC else frame[name].astype("str")
    for name, role in columns.items():
        if role.role is Role.NUMBER and re.fullmatch(r"age|alter|edad|eta|leeftijd|idade|age (in )?years", spaced(role.column)):
            frame[name], wrong = possible_ages(frame[name])
            notes += [impossible_ages(wrong)] if wrong else []
    found = Attributes(frame, described, columns, births, joined, last)
    if file.kind is FileKind.CUSTOMERS:
        found.same_person = _same_person(file, identity)
        found.tests = _test_ids(file)
    found.notes = (*notes, *(() if rows else _repeat_notes(file, customer, identity)))  # rows sorted out are in the ledger
    return found


def _special_columns(file: KnownFile) -> dict[str, str]:
    """Return SQL of birth (year, with the day's fraction where known), joining and last date, where the file has them."""
    special: dict[str, str] = {}
    for column, role in zip(file.columns, file.roles, strict=True):
        if role.role in (Role.CUSTOMER, Role.IGNORE):
            continue
        name = squash(role.column)
        born = BIRTH.search(name) or "birth" in role.reason
        if born and column.dates and column.summary.dates > column.summary.numbers:
            special.setdefault("birth_", f"(year({column.date_sql()}) + (dayofyear({column.date_sql()}) - 1) / 366.0)")
        elif born and column.numbers:
            special.setdefault("birth_", column.number_sql())
        elif role.role is Role.DATE and column.dates and file.kind is not FileKind.SURVEY:
            special.setdefault("last_" if LAST.search(name) else "joined_", f"({column.date_sql()} - date '1970-01-01')")
    return special


def _same_person(file: KnownFile, identity: str) -> dict[str, str]:
    """Map ids to the smallest id with the same e-mail address (spaces and capitals aside)."""
    emails = [column for column in file.having(Role.PERSONAL, Role.EMAIL) if column.emails]
    if not emails:
        return {}
    folded = f"lower(replace({emails[0].engine_name}, ' ', ''))"
    query = (
        f"select {folded} as mail, list(distinct {identity} order by {identity}) as ids from {file.table.name} "
        f"where regexp_matches({folded}, '{_EMAIL}') and {identity} is not null "
        f"group by 1 having count(distinct {identity}) > 1"
    )
    pairs: dict[str, str] = {}
    for _, ids in file.table.connection.execute(query).fetchall():
        first, *others = sorted(ids, key=lambda i: (0, int(i), i) if i.isdigit() else (1, 0, i))
        pairs |= dict.fromkeys(others, first)
    return pairs


def _test_ids(file: KnownFile) -> frozenset[str]:
    make_rows(file, "test_rows")
    query = "select distinct customer_id from test_rows where test and customer_id is not null"
    return frozenset(str(row[0]) for row in file.table.connection.execute(query).fetchall())


def _repeat_notes(file: KnownFile, customer: Column | None, identity: str) -> tuple[str, ...]:
    if customer is None:
        return ()
    query = f"select count(*), count({identity}), count(distinct {identity}) from {file.table.name}"
    rows, named, different = file.table.connection.execute(query).fetchall()[0]
    notes = []
    if named > different:
        again = count(named - different, "row repeats", "rows repeat")
        notes.append(Doubt(f"{file.table.file_name}: {again} a customer; each customer's first row was used."))
    if rows > named:
        notes.append(_unnamed(file, rows - named))
    return tuple(notes)


def contact_counts(file: KnownFile, as_of: dt.date | None) -> Attributes:
    """Count contacts by channel for each customer, up to the analysis date where both are dated."""
    customer, channel = file.one(Role.CUSTOMER), file.one(Role.CHANNEL)
    if customer is None or channel is None:
        missing = "customer" if customer is None else "channel"
        raise DataError(
            f"{file.table.file_name}: no column can be the {missing} ({', '.join(file.table.header)}).",
            f"Choose the column of the {missing}.",
        )
    date = file.one(Role.DATE)
    until = f"where coalesce({date.date_sql()} <= date '{as_of}', true)" if date and as_of else ""
    text, _, notes = one_spelling_sql(file, channel)
    query = (
        f"select {customer.person_sql()} as customer_id, {text} as channel, count(*)::double as n "
        f"from {file.table.name} {until} group by all having customer_id is not null and channel is not null"
    )
    counts = file.table.connection.sql(query).df()
    wide = counts.pivot(index=CUSTOMER_ID, columns="channel", values="n").fillna(0.0).sort_index()
    order = wide.sum().sort_values(ascending=False, kind="stable").index[:12]
    frame, described = pd.DataFrame(index=wide.index), {}
    frame["contacts_total"] = wide.sum(axis=1)
    described["contacts_total"] = ("Contacts in all", Base.BEHAVIOURAL, "contacts")
    for level in order:
        name = f"contacts_{variable_name(str(level))}"
        frame[name] = wide[level]
        described[name] = (f"Contacts: {level_label(str(level))}", Base.BEHAVIOURAL, "contacts")
    frame["main_contact_channel"] = wide.idxmax(axis=1).astype("str")
    described["main_contact_channel"] = ("Main contact channel", Base.BEHAVIOURAL, "")
    return Attributes(frame, described, {}, notes=(*notes, *_no_repeats(file, customer)))


def _no_repeats(file: KnownFile, customer: Column) -> tuple[str, ...]:
    missing = file.table.rows - customer.summary.filled
    return (_unnamed(file, missing),) if missing else ()


def _unnamed(file: KnownFile, rows: int) -> Doubt:
    unnamed = count(rows, "row names no customer and was", "rows name no customer and were")
    return Doubt(f"{file.table.file_name}: {unnamed} not used.")
