"""What is said of one file: how its values were read, and what a person should know of its columns."""

import re
from collections.abc import Sequence

from segkit.core.data.roles.columns import ColumnRole
from segkit.reading.raw import RawTable
from segkit.reading.summary import Column
from segkit.reading.values.dates import WORDS, DateFormat
from segkit.words.spelling import spaced
from segkit.words.terms import FileKind, Role


def without_money(table: RawTable, kind: FileKind, roles: Sequence[ColumnRole]) -> tuple[str, ...]:
    """Say that a file of orders has no column that could be money."""
    there = {role.role for role in roles}
    priced = {Role.PRICE, Role.QUANTITY} <= there
    if kind is not FileKind.ORDERS or priced or there & {Role.AMOUNT, Role.ORDER_TOTAL}:
        return ()
    return (f"{table.file_name}: no column was read as money, so customers can be told apart only by how often they buy.",)


_BACK = re.compile(r"return|refund|retour|ruck|zuruck|devol|devuel|resi\b|terug")
_PRICE_UNIT = re.compile(r"preiseinheit|price unit|unit of price|prix par|unidad de precio|\bpeinh\b|prijseenheid")


def left_out(table: RawTable, kind: FileKind, columns: Sequence[Column], roles: Sequence[ColumnRole]) -> tuple[str, ...]:
    """Say which columns of an order file change what was sold, and are not taken into account."""
    if kind is not FileKind.ORDERS:
        return ()
    said = []
    if not {role.role for role in roles} & {Role.DATE, Role.RECENCY}:
        said.append(
            f"{table.file_name}: no column was read as the date of the order, so nothing shows how recently a customer bought."
        )
    for column, role in zip(columns, roles, strict=True):
        name, top = spaced(role.column), column.summary.maximum
        if role.role is Role.IGNORE and top and _BACK.search(name) and _QUANTITY.search(name):
            said.append(f"{table.file_name}, column “{role.column}”: items that came back are not deducted from the money.")
        if role.role is Role.IGNORE and top and top > 1 and _PRICE_UNIT.search(name):
            said.append(
                f"{table.file_name}, column “{role.column}”: prices may be for that many items; they were read as prices "
                "for one."
            )
    return tuple(said)


_QUANTITY = re.compile(r"\b(qty|quantity|units|pieces|menge|anzahl|stuck|quantite|cantidad|quantita|aantal|quantidade)\b")


def leak_notes(table: RawTable, roles: Sequence[ColumnRole]) -> tuple[str, ...]:
    """Name the columns that already hold a segment, a score or a forecast."""
    names = [f"“{role.column}”" for role in roles if role.role is Role.LEAK and not role.by_person]
    if not names:
        return ()
    what, it = ("column", "it forms") if len(names) == 1 else ("columns", "they form")
    return (f"{table.file_name}, {what} {', '.join(names)}: already a segment, a score or a forecast; {it} no segments.",)


def _way(dates: DateFormat) -> str:
    """Return the commonest way of writing dates in words."""
    words = WORDS[dates.families[0]]
    return words if dates.day_first else words.replace("31/12/2024", "12/31/2024")


def value_decisions(columns: Sequence[Column]) -> list[str]:
    """Say how numbers and dates were read."""
    said = []
    if any(column.numbers and column.numbers.decimal == "," for column in columns):
        said.append("numbers with a decimal comma")
    elif any(column.numbers for column in columns):
        said.append("numbers with a decimal point")
    dates = [column.dates for column in columns if column.dates]
    ways = list(dict.fromkeys(_way(d) for d in dates))
    if ways:
        said.append("dates " + " and ".join(ways))
    slashed = [d for d in dates if d.families[0] == "slashed" or d.proof]
    if slashed:
        d = max(slashed, key=lambda d: d.proof)
        order, other = ("day first", "month first") if d.day_first else ("month first", "day first")
        if d.proof:
            shown = f" ({_proving(d)})" if d.example else ""
            said.append(f"{order}: {d.proof} of the different dates could not be {other}{shown}")
        elif d.dotted:
            said.append(f"{order}, as is usual with dots")
        else:
            said.append(f"{order}, though nothing in the file proves it")
    return said


def _proving(dates: DateFormat) -> str:
    """Say which date proves the order: "31 cannot be a month, as in 31/12/2024"."""
    first, second = re.findall(r"\d+", dates.example)[:2]
    return f"{first if dates.day_first else second} cannot be a month, as in {dates.example.split()[0].rstrip(',')}"


def date_notes(table: RawTable, columns: Sequence[Column], roles: Sequence[ColumnRole]) -> tuple[str, ...]:
    """Say what a person should check about the dates of one file."""
    notes = []
    for column, role in zip(columns, roles, strict=True):
        if column.dates is None or role.role is not Role.DATE:
            continue
        order, other = ("day", "month") if column.dates.day_first else ("month", "day")
        where = f"{table.file_name}, column “{role.column}”"
        if column.dates.families[0] == "slashed" and column.dates.silent:
            notes.append(
                f"{where}: nothing shows whether 03/04 is the third of April or the fourth of March; "
                f"it was read with the {order} first. If that is wrong, say so beside “Dates such as 03/04/2025”."
            )
        if column.dates.against:
            notes.append(
                f"{where}: {column.dates.against} different dates fit only with the {other} first, although the {order} first "
                "was decided for the column; their rows count as unreadable."
            )
    return tuple(notes)
