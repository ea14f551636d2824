"""The signs in known files of whether a business sells to firms or to consumers."""

import re
from collections.abc import Iterable, Iterator

from segkit.core.data.market import Market, Sign, examples, few_domains, is_tax_number, legal_form
from segkit.core.data.roles.full_names import first_and_last, is_full_name
from segkit.core.data.roles.lexicon import BIRTH, squash
from segkit.reading.files import KnownFile
from segkit.reading.summary import Column
from segkit.words.numbers import percent
from segkit.words.terms import Base, CustomerKind, FileKind, Role

_MOST = 5_000
"""Different cells of a column that are looked at."""

_FEW = 10
"""Fewer different cells tell nothing."""

_COMPANY = re.compile(
    r"(billing|shipping|customer|client|kunden)?(company|firm|firma|unternehmen|societe|azienda|empresa|bedrijf|raisonsociale|"
    r"ragionesociale|razonsocial|organi[sz]ation|entreprise|firmen)(name)?"
)
_CONTACT = re.compile(r"contact|ansprech|kontakt")
_NAMES = (Role.CUSTOMER, Role.PERSONAL, Role.CATEGORY, Role.FREE_TEXT)

_ORDERS, _WORTH = 8, 400
"""Orders a customer, and money an order, from which the buying itself resembles that of firms."""


def market_of(files: Iterable[KnownFile], customers: int, orders: int | None, revenue: float | None) -> Market:
    """Gather the signs of whom a business sells to.

    Parameters
    ----------
    files : iterable of KnownFile
        All files in use.
    customers : int
        How many customers they hold.
    orders, revenue : int, float, optional
        Their orders, and the money of these.
    """
    signs: list[Sign] = []
    for file in files:
        if file.kind in (FileKind.ORDERS, FileKind.CUSTOMERS):
            signs += _of_file(file)
    if orders and revenue and customers and orders / customers >= _ORDERS and revenue / orders >= _WORTH:
        signs.append(Sign(CustomerKind.BUSINESS, 1, "a few customers order often and for large amounts"))
    return Market(tuple(dict.fromkeys(signs)))


def _of_file(file: KnownFile) -> Iterator[Sign]:
    company = False
    for column in file.columns:
        role, summary = file.role(column), column.summary
        named = bool(_COMPANY.fullmatch(squash(summary.name)))
        if named and (share := summary.filled / summary.rows) >= 0.7 and summary.distinct >= _FEW:
            company = True
            yield Sign(CustomerKind.BUSINESS, 2, f"the column “{summary.name}” is filled in for {percent(share)} of the rows")
        elif named and share <= 0.1:
            yield Sign(
                CustomerKind.CONSUMER, 1, f"the column “{summary.name}” is filled in for only {percent(share)} of the rows"
            )
        if column.numbers or column.dates or role.role not in (*_NAMES, Role.EMAIL):
            continue
        yield from _of_cells(file, column, role.role)
    bases = [role for role in file.roles if role.base is Base.FIRMOGRAPHIC and role.role in (Role.CATEGORY, Role.NUMBER)]
    if bases:
        yield Sign(CustomerKind.BUSINESS, 1, f"“{bases[0].column}” describes a firm")
    yield from _of_people(file, company=company)


def _of_cells(file: KnownFile, column: Column, role: Role) -> Iterator[Sign]:
    """Look at the different cells of a column of names, numbers for tax, or addresses."""
    if column.summary.distinct < _FEW:
        return
    cell, name = column.engine_name, column.summary.name
    query = (
        f"select distinct trim({cell}) as t from {file.table.name} where {cell} is not null order by hash(t), t limit {_MOST}"
    )
    cells = [str(text) for (text,) in file.table.connection.execute(query).fetchall() if text]
    if column.emails:
        among_five, domains = few_domains(cells)
        if among_five >= 0.5 and domains >= 5 / len(cells):  # with a handful of domains in all they may all be one shop's own
            yield Sign(CustomerKind.CONSUMER, 2, f"{percent(among_five)} of the e-mail addresses are at five mail providers")
        elif domains >= 0.8:
            yield Sign(CustomerKind.BUSINESS, 1, "nearly every e-mail address is at a domain of its own")
        return
    forms = [form for text in cells if (form := legal_form(text))]
    if (share := len(forms) / len(cells)) >= 0.05:
        weight = 2 if share >= 0.2 else 1
        text = f"{percent(share)} of the names in “{name}” read like firms ({examples(forms)})"
        yield Sign(CustomerKind.BUSINESS, weight, text)
    if role is not Role.CUSTOMER and (share := sum(map(is_tax_number, cells)) / len(cells)) >= 0.5:
        filled = column.summary.filled / column.summary.rows
        if filled >= 0.3:
            yield Sign(CustomerKind.BUSINESS, 2, f"“{name}” holds VAT numbers in {percent(filled * share)} of the rows")


def _of_people(file: KnownFile, *, company: bool) -> Iterator[Sign]:
    """Look for what only people have: a birth date, an age, a household; and a first name, where no company is named."""
    born = [column for column in file.columns if BIRTH.search(squash(column.summary.name)) and column.summary.filled]
    told = [role for role in file.roles if role.base is Base.DEMOGRAPHIC and role.role in (Role.CATEGORY, Role.NUMBER)]
    if born or told:
        name = born[0].summary.name if born else told[0].column
        yield Sign(CustomerKind.CONSUMER, 2 if born or len(told) > 1 else 1, f"“{name}” describes people")
    names = first_and_last([name for column in file.columns if not is_full_name(name := column.summary.name)])
    if names and not company and not any(map(_CONTACT.search, map(squash, names))):
        yield Sign(CustomerKind.CONSUMER, 1, f"customers have a “{names[0]}” and a “{names[1]}”")
