"""Who bought: the customer's number, or where it is missing or a guest's the e-mail address."""

from dataclasses import dataclass

from segkit.reading.files import KnownFile
from segkit.reading.raw import quoted
from segkit.reading.summary import Column
from segkit.words.numbers import count
from segkit.words.terms import Role

_EMAIL = r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$"
_NOBODY = r"-?0+|-1"
"""Numbers that shop systems give to whoever bought without an account."""

MANY_ADDRESSES = 5
"""A number with so many different e-mail addresses is a guest's, where others have one."""


@dataclass(frozen=True)
class Who:
    """How the customer of each line is told.

    Attributes
    ----------
    sql : str
        SQL of the customer's id.
    texts : str
        SQL of its different texts.
    join : str
        SQL of what the lines are joined with for it; empty as a rule.
    notes : tuple of str
        What was decided on the way.
    """

    sql: str
    texts: str
    join: str = ""
    notes: tuple[str, ...] = ()


def who(file: KnownFile) -> Who:
    """Tell how the customer of each line of a file is known."""
    customer = file.one(Role.CUSTOMER)
    if customer is None:
        return Who("row::varchar", "")
    plain = customer.person_sql()
    texts = f"select {plain} as t from {customer.cells}"
    mail = _addresses(file, customer)
    guests = _guests(file, customer, mail)
    empty = customer.summary.filled < customer.summary.rows
    known = f"case when {plain} not in ({', '.join(map(quoted, guests))}) then {plain} end" if guests else plain
    if mail is None or not (guests or empty):
        return Who(known, texts, notes=_said(file, customer, guests, None))
    address = f"case when regexp_matches({mail.person_sql()}, '{_EMAIL}') then {mail.person_sql()} end"
    file.table.connection.execute(
        f"create or replace temp table people as select mail, min(id) as first_id from "
        f"(select {address} as mail, {known} as id from {file.table.name}) where mail is not null and id is not null "
        "group by mail having count(distinct id) = 1"
    )
    by_mail = f"coalesce({known}, first_id, {address})"
    every = f"{texts} union all select {mail.person_sql()} as t from {mail.cells}"
    join = f"left join people on people.mail = {mail.person_sql()}"
    return Who(by_mail, every, join, _said(file, customer, guests, mail))


def _addresses(file: KnownFile, customer: Column) -> Column | None:
    """Return the column of the customers' e-mail addresses beside their numbers, the fullest of several."""
    found = [c for c in file.columns if c is not customer and c.summary.filled and c.emails]
    return max(found, key=lambda column: column.summary.filled, default=None)


def _guests(file: KnownFile, customer: Column, mail: Column | None) -> list[str]:
    """Return the ids that stand for nobody in particular."""
    run, plain = file.table.connection.execute, customer.person_sql()
    zeros = [
        str(row[0])
        for row in run(
            f"select distinct {plain} as i from {customer.cells} where regexp_full_match({plain}, '{_NOBODY}')"
        ).fetchall()
    ]
    numbered = run(f"select count(*) from {customer.cells} where regexp_full_match({plain}, '0*[12]')").fetchall()[0][0]
    if mail is None:
        return [] if numbered else sorted(zeros)
    if customer.summary.distinct >= customer.summary.rows or customer.emails:
        return []
    addresses = f"count(distinct {mail.person_sql()}) as n"
    query = (
        f"with pairs as (select {plain} as i, {addresses} from {file.table.name} where {plain} is not null group by 1) "
        f"select i from pairs where n >= {MANY_ADDRESSES} and n > 5 * (select median(n) from pairs)"
    )
    many = [str(row[0]) for row in run(query).fetchall()]
    return sorted({*many, *(zero for zero in zeros if zero in many or not numbered)})


def _said(file: KnownFile, customer: Column, guests: list[str], mail: Column | None) -> tuple[str, ...]:
    notes = []
    name, where = customer.summary.name, file.table.file_name
    if guests:
        rows = file.table.connection.execute(
            f"select sum(w) from {customer.cells} where {customer.person_sql()} in ({', '.join(map(quoted, guests))})"
        ).fetchall()[0][0]
        shown = ", ".join(f"“{guest}”" for guest in guests[:3])
        instead = "they are told apart by e-mail address" if mail else "they count as rows without a customer"
        notes.append(
            f"{where}, column “{name}”: {shown} stands for guests, not for one customer ({count(int(rows), 'row')}); {instead}."
        )
    missing = customer.summary.rows - customer.summary.filled
    if mail is not None and missing:
        notes.append(f"{where}: where “{name}” is empty ({count(missing, 'row')}), the e-mail address tells who bought.")
    return tuple(notes)
