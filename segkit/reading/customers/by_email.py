"""A further file joined to the main one: by the customer's number, or by e-mail address where that finds more customers."""

from typing import TypeVar

import pandas as pd

from segkit.reading.customers.attributes import Attributes, read_attributes
from segkit.reading.customers.who import Who, who
from segkit.reading.files import KnownFile
from segkit.reading.summary import Column
from segkit.words.terms import CUSTOMER_ID, Grain, Role

Rows = TypeVar("Rows", pd.DataFrame, pd.Series)


def email_column(file: KnownFile) -> Column | None:
    """Return the fullest column of e-mail addresses, or None."""
    found = [column for column in file.having(Role.CUSTOMER, Role.EMAIL, Role.PERSONAL) if column.emails]
    return max(found, key=lambda column: column.summary.filled) if found else None


def attributes_of(file: KnownFile, main: KnownFile) -> Attributes:
    """Read a further file, one row a customer of the main file, by whichever of two keys finds more customers.

    Parameters
    ----------
    file : KnownFile
        A file of customers or of survey answers.
    main : KnownFile
        The file whose customers count.

    The main file's customer ids come back; whom it does not know keeps the key of the further file.
    """
    mail, key = email_column(file), email_column(main)
    customer, main_customer = file.one(Role.CUSTOMER), main.one(Role.CUSTOMER)
    if mail is None or key is None or main_customer is None or (mail is customer and key is main_customer):
        return read_attributes(file)
    by_number = _in_both(file, customer, main, main_customer) if customer else 0
    by_mail = _in_both(file, mail, main, key)
    if by_mail <= by_number:
        return read_attributes(file)
    of_lines = Who(main_customer.person_sql(), "") if main.grain is Grain.CUSTOMER else who(main)
    rows = f"select {key.person_sql()} as mail, {of_lines.sql} as id from {main.table.name} {of_lines.join}"
    query = f"select mail, min(id) from ({rows}) group by mail"
    pairs = main.table.connection.execute(query).fetchall()
    ids = {str(one): str(person) for one, person in pairs if one is not None and person is not None}
    found = read_attributes(file, who=mail)
    note = (
        f"{file.table.file_name}: joined by e-mail address (“{mail.summary.name}” here, “{key.summary.name}” in "
        f"{main.table.file_name}); {by_mail} addresses are in both files. No address is shown."
    )
    births, joined, last = (None if one is None else _renamed(one, ids) for one in (found.births, found.joined, found.last))
    notes = (note, *found.notes)
    return Attributes(
        _renamed(found.frame, ids), found.described, found.columns, births, joined, last, tests=found.tests, notes=notes
    )


def _in_both(file: KnownFile, here: Column, main: KnownFile, there: Column) -> int:
    """Count what two columns of two files have in common."""
    query = (
        f"select count(*) from (select {here.person_sql()} as who from {file.table.name} intersect "
        f"select {there.person_sql()} as who from {main.table.name}) where who is not null"
    )
    (both,) = file.table.connection.execute(query).fetchall()[0]
    return int(both)


def _renamed(rows: Rows, ids: dict[str, str]) -> Rows:
    """Put the main file's customer ids in place of e-mail addresses; of two rows for one customer the first stays."""
    named = rows.set_axis(pd.Index([ids.get(str(i), str(i)) for i in rows.index], name=CUSTOMER_ID), axis=0)
    return named[~named.index.duplicated()].sort_index()
