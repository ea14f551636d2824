"""What a file does not decide, as questions with the figures that each reading gives."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from segkit.core.data.currencies import CurrencyChoice
from segkit.core.data.questions import Answer, Question
from segkit.core.data.roles.columns import GUESSED, ColumnRole
from segkit.core.data.roles.money import CLOSE, UNSURE, Money
from segkit.reading.customers.amounts import amount_sql, order_sql
from segkit.reading.customers.money import in_counted_currency
from segkit.reading.files import KnownFile
from segkit.words.numbers import count, date, number
from segkit.words.terms import FileKind, Grain, Role

_READINGS = 4
"""So many readings a question shows at most."""

SAME = 0.005
"""Readings whose money differs by less than this share are one."""

_MONEY_ROLES = (Role.AMOUNT, Role.PRICE, Role.ORDER_TOTAL, Role.DISCOUNT, Role.REFUND)

Total = tuple[float, str]
"""A sum of money, and how it is said."""


def questions_of(file: KnownFile, currency: CurrencyChoice) -> tuple[Question, ...]:
    """Return what a person should confirm about a main file, the weightiest first."""
    found = [_customer(file), _money(file, currency), _cents(file, currency), _dates(file)]
    return tuple(question for question in found if question is not None)


def _customer(file: KnownFile) -> Question | None:
    """Ask who the customer is, where another column would do as well or no name says it."""
    chosen = file.one(Role.CUSTOMER)
    if chosen is None or file.role(chosen).by_person or file.grain is Grain.CUSTOMER:
        return None
    rivals = file.judged.customers
    role = file.role(chosen)
    if not rivals and role.confidence > GUESSED:
        return None
    answers = [
        Answer(f"by “{role.column}”", _people(file, role.column), {"roles": ((role.column, Role.CUSTOMER),)}, taken=True)
    ]
    for summary, _, _ in rivals[: _READINGS - 1]:
        answers.append(Answer(f"by “{summary.name}”", _people(file, summary.name), {"roles": ((summary.name, Role.CUSTOMER),)}))
    if not rivals:
        aside = {"roles": ((role.column, Role.IGNORE),)}
        answers.append(
            Answer(
                "no column names the customer", "customers cannot be told apart: export the orders with their customers", aside
            )
        )
    why = (
        f"“{role.column}” was used: {role.reason}."
        if not rivals
        else "More than one column could be the customer, and they give different customers."
    )
    return Question(f"{file.kind.value}.customer", "Who is the customer?", why, tuple(answers))


def _people(file: KnownFile, name: str) -> str:
    column = next(column for column in file.columns if column.summary.name == name)
    query = f"select count(distinct {column.person_sql()}) from {column.cells}"
    return count(int(file.table.connection.execute(query).fetchall()[0][0]), "customer")


def _money(file: KnownFile, currency: CurrencyChoice) -> Question | None:
    """Ask what the money is, where two readings are near each other and differ, or where no name says money."""
    readings = [r for r in file.judged.money if r.score >= file.judged.money[0].score - CLOSE]
    if not readings or (len(readings) == 1 and readings[0].score > UNSURE):
        return None
    sums = [_total(file, reading, currency) for reading in readings]
    shown = _different(list(zip(readings, sums, strict=True)))[:_READINGS]
    best = readings[0]
    if len(shown) < 2 and best.score > UNSURE:
        return None
    answers = [
        Answer(reading.label, gives, {"roles": _edits(reading, best)}, taken=reading is best) for reading, (_, gives) in shown
    ]
    if len(shown) < 2:
        aside = {"roles": tuple((name, Role.NUMBER if file.grain is Grain.CUSTOMER else Role.IGNORE) for name in best.roles)}
        answers.append(Answer("there is no money in this file", "segments without money", aside))
    why = (
        "The columns can be read in more than one way."
        if len(shown) > 1
        else f"No column says that it is money; {best.label} was used: {best.why}."
    )
    return Question(f"{file.kind.value}.money", "What is the money?", why, tuple(answers))


def _cents(file: KnownFile, currency: CurrencyChoice) -> Question | None:
    """Ask whether whole amounts are hundredths of the currency, where their ends suggest it."""
    if not file.cents.why:
        return None
    names = file.cents.columns
    roles = {role.column: role.role for role in file.roles if role.role in _MONEY_ROLES}
    now = Money("", roles, 1.0, "")
    divided = replace(file, columns=tuple(replace(c, cents=c.summary.name in names) for c in file.columns))
    whole, hundredths = _total(file, now, currency), _total(divided, now, currency)
    answers = (
        Answer("whole amounts", whole[1], {"reading": {"cents": False}}, taken=True),
        Answer("amounts in cents, to be divided by 100", hundredths[1], {"reading": {"cents": True}}),
    )
    return Question(f"{file.kind.value}.cents", "Are the amounts in cents?", file.cents.why, answers)


def _edits(reading: Money, best: Money) -> tuple[tuple[str, Role], ...]:
    """Return all roles of a reading, and nothing for the columns that only the other one needs."""
    return (*reading.roles.items(), *((name, Role.IGNORE) for name in best.roles if name not in reading.roles))


def _different(found: Sequence[tuple[Money, Total]]) -> list[tuple[Money, Total]]:
    """Leave out readings that give the same money as one before them."""
    kept: list[tuple[Money, Total]] = []
    for reading, (total, gives) in found:
        if all(abs(total - other) > SAME * max(abs(total), abs(other)) for _, (other, _) in kept):
            kept.append((reading, (total, gives)))
    return kept


def _total(file: KnownFile, reading: Money, currency: CurrencyChoice) -> Total:
    """Return the sum of the money of all rows by a reading, in the one currency that counts, and how it is said."""
    roles = tuple(_as_read(role, reading.roles) for role in file.roles)
    other = replace(file, roles=roles)
    if file.grain is Grain.CUSTOMER:
        expressions = [f"coalesce({c.number_sql()}, 0)" for c in other.having(Role.AMOUNT)]
        sql = " + ".join(expressions) or "0"
    else:
        customer = other.one(Role.CUSTOMER)
        sql = amount_sql(other, order_sql(other, customer.person_sql() if customer else "''"))
        quantity, price = other.one(Role.QUANTITY), other.one(Role.PRICE)
        if not sql and quantity and price:
            sql = f"{quantity.number_sql()} * {price.number_sql()}"
    sql, counted = in_counted_currency(other, sql or "0", currency)
    query = f"select coalesce(sum(m), 0) from (select {sql} as m from {file.table.name})"
    total = float(f"{file.table.connection.execute(query).fetchall()[0][0]:.10g}")
    return total, f"{number(total, 2)} in all rows" + (f" whose money counts, in {counted}" if counted else "")


def _as_read(role: ColumnRole, roles: Mapping[str, Role]) -> ColumnRole:
    if role.column in roles:
        return replace(role, role=roles[role.column])
    return replace(role, role=Role.IGNORE) if role.role in _MONEY_ROLES else role


def _dates(file: KnownFile) -> Question | None:
    """Ask which number of 03/04 is the day, where nothing in the file shows it."""
    column = file.one(Role.DATE)
    if column is None or column.dates is None or column.dates.families[0] != "slashed" or not column.dates.silent:
        return None
    if file.kind is not FileKind.ORDERS or file.day_first_chosen:
        return None
    answers = []
    for day_first in (column.dates.day_first, not column.dates.day_first):
        dates = replace(column.dates, day_first=day_first)
        query = f"select min(d), max(d) from (select {dates.sql(column.engine_name)} as d from {column.cells})"
        low, high = file.table.connection.execute(query).fetchall()[0]
        words = "the day first: 03/04 is 3 April" if day_first else "the month first: 03/04 is 4 March"
        span = f"orders from {date(low)} to {date(high)}" if low else "no date can be read"
        answers.append(Answer(words, span, {"day_first": day_first}, taken=day_first is column.dates.day_first))
    why = f"Every number in “{column.summary.name}” could be a day and a month."
    return Question(f"{file.kind.value}.dates", "Which comes first in your dates, the day or the month?", why, tuple(answers))
