"""In which currency each row of a file is: said by a column, or by the signs beside the amounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from segkit.core.data import cleaning, currencies
from segkit.core.data.currencies import Counting, CurrencyChoice, Held
from segkit.core.data.questions import Doubt, Question
from segkit.reading.files import KnownFile
from segkit.reading.raw import quoted
from segkit.reading.summary import Column
from segkit.words.errors import DataError
from segkit.words.numbers import count
from segkit.words.terms import Role

MONEY = (Role.AMOUNT, Role.ORDER_TOTAL, Role.PRICE)
_UNSAID = (Role.CONSTANT, Role.CATEGORY, Role.IGNORE, Role.FREE_TEXT)


@dataclass(frozen=True)
class Currencies:
    """The currencies of one file: ``sql`` is a row's (null where it names none), ``held`` counts the rows, the most first."""

    where: str
    held: tuple[Held, ...]
    sql: str

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return sum(bool(one.currency) for one in self.held) > 1


def find_currencies(file: KnownFile) -> Currencies | None:
    """Find out in which currencies a file's money is; None where nothing in it says so."""
    column = _column(file)
    written = _signs(file, next((found for role in MONEY if (found := file.one(role))), None))
    if written and (column is None or written.several):
        return written
    if column is None:
        return None
    return _found(file, f"{file.table.file_name}, column “{column.summary.name}”", _levels(file, column), column.text_sql())


@dataclass(frozen=True)
class MoneyIn:
    """The currencies of the order file and of the later one, decided together.

    ``columns`` are SQL of a row's currency in either file, empty where no row differs from the currency that counts.
    """

    main: KnownFile
    found: tuple[Currencies, ...]
    choice: CurrencyChoice
    columns: tuple[str, str]

    @property
    def where(self) -> str:
        """The columns that name currencies."""
        return " and ".join(one.where for one in self.found)


@dataclass(frozen=True)
class OneCurrency:
    """Rows in one currency: the view ``table`` has ``worth`` where rows differ; ``currency`` is what to print behind money."""

    table: str
    currency: str
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()


def money_in(main: KnownFile, later: KnownFile | None, choice: CurrencyChoice) -> MoneyIn:
    """Find out whether rows of one file, or of two, are in different currencies.

    Raises
    ------
    DataError
        If no row is in the currency that a person chose, and no rate leads to it.
    """
    files = [main] if later is None else [main, later]
    found = {file.table.name: one for file in files if (one := find_currencies(file))}
    held = [each for one in found.values() for each in one.held]
    names = {each.currency for each in held if each.currency}
    if not names or (len(names) == 1 and _decided(main, held, choice).worth == dict.fromkeys(names, 1.0)):
        return MoneyIn(main, tuple(found.values()), choice, ("", ""))
    only = sorted(names)[0] if len(names) == 1 else ""

    def column(file: KnownFile) -> str:
        one = found.get(file.table.name)
        if one is None:
            return quoted(only) if only else "cast(null as varchar)"
        return one.sql if one.several else quoted(one.held[0].currency)

    return MoneyIn(main, tuple(found.values()), choice, (column(main), column(later) if later else ""))


def in_one_currency(said: MoneyIn, table: str) -> OneCurrency:
    """Make a view of lines with their worth in the one currency that counts, and ask where nobody chose it.

    Parameters
    ----------
    said : MoneyIn
        What the files say.
    table : str
        The typed lines, with a column ``currency`` where ``said`` has columns.
    """
    choice, file = said.choice, said.main
    if not said.columns[0]:
        held = [each for one in said.found for each in one.held]
        if not held:
            return OneCurrency(table, choice.printed or currencies.name_of(choice.counts))
        counting = _decided(file, held, choice)
        named = [one for one in held if one.currency]
        notes = currencies.currency_notes(said.where, named, counting, choice)
        rows = sum(one.rows for one in named)
        if (silent := sum(one.rows for one in held) - rows) > rows:
            notes.append(
                Doubt(
                    f"{said.where} names a currency, {counting.currency}, in {count(rows, 'row')} only; "
                    f"the {count(silent, 'row')} that name none count in it too."
                )
            )
        return OneCurrency(table, choice.printed or counting.currency, notes=tuple(notes))
    name = f"{table}_in_one"
    filled = "currency"
    there = file.table.connection.table(table).columns
    if "order_id" in there:  # said in the first line of an order, it holds for all of it
        filled = "coalesce(currency, max(currency) over (partition by order_id))"
    lines = f"select * replace ({filled} as currency) from {table}"
    file.table.connection.execute(f"create or replace view {name} as {lines}")
    held = _held(file, name)
    counting = _decided(file, held, choice)
    worth = _worth_sql(counting, "currency")
    margin = f" replace (margin * {worth} as margin)" if "margin" in there else ""
    file.table.connection.execute(f"create or replace view {name} as select *{margin}, {worth} as worth from ({lines})")
    questions = (currencies.currency_question(said.where, held, counting),) if counting.ask else ()
    printed = choice.printed if currencies.agree(choice.printed, counting.currency) else counting.currency
    return OneCurrency(name, printed, questions, tuple(currencies.currency_notes(said.where, held, counting, choice)))


def in_counted_currency(file: KnownFile, money: str, choice: CurrencyChoice) -> tuple[str, str]:
    """Return SQL of a row's money in the currency that counts, null where it has no worth in that, and the currency.

    Where all rows are in one currency the SQL comes back as it is, and no currency.
    """
    found = find_currencies(file)
    counting = currencies.counted_in(found.held, choice) if found and found.several else None
    if found is None or counting is None:
        return money, ""
    return f"({money}) * {_worth_sql(counting, found.sql)}", counting.currency


def _held(file: KnownFile, table: str) -> list[Held]:
    """Count rows and money of each currency."""
    lines = cleaning.with_money(nw.from_native(file.table.connection.table(table)).lazy())
    sums = [nw.len().alias("rows")]
    if "money" in lines.collect_schema().names():
        sums.append((nw.col("money").sum() / cleaning.MONEY_UNIT).alias("money"))
    counted = lines.group_by("currency").agg(*sums).collect(backend="pandas").to_native()
    found = [
        Held(currency if isinstance(currency, str) else "", int(rows), sums[0] if sums else None)
        for currency, rows, *sums in counted.itertuples(index=False)
    ]
    return sorted(found, key=lambda one: (-one.rows, one.currency))


def _decided(file: KnownFile, held: Sequence[Held], choice: CurrencyChoice) -> Counting:
    counting = currencies.counted_in(held, choice)
    if counting is None:
        there = ", ".join(sorted({one.currency for one in held if one.currency}))
        raise DataError(
            f"{file.table.file_name}: no money is in {choice.counts}; it is in {there}.",
            "Choose one of these as the currency that counts, or say what they are worth in yours.",
        )
    return counting


def _worth_sql(counting: Counting, currency: str) -> str:
    """Return SQL of what one unit of a row's currency is worth in the one that counts; null for rows that are set aside."""
    whens = " ".join(f"when {quoted(name)} then {worth!r}" for name, worth in counting.worth.items())
    return f"cast(case {currency} {whens} end as double)"


def _column(file: KnownFile) -> Column | None:
    """Return the column that names the currency of each row: the one called most like the money where there are several."""
    said = file.having(Role.CURRENCY)
    few = [c for c in file.having(*_UNSAID) if not file.role(c).by_person and 1 <= c.summary.distinct <= currencies.MOST]
    found = said or [c for c in few if currencies.looks_like_currencies(_levels(file, c))]
    if not found:
        return None
    amount = next((column.summary.name for role in MONEY if (column := file.one(role))), "")
    words = set(amount.casefold().replace("_", " ").split())
    return max(found, key=lambda c: (len(words & set(c.summary.name.casefold().replace("_", " ").split())), c.summary.filled))


def _levels(file: KnownFile, column: Column) -> dict[str, int]:
    query = f"select {column.text_sql()} as t, sum(w) from {column.cells} where t is not null group by 1 order by 1"
    return {str(text): int(rows) for text, rows in file.table.connection.execute(query).fetchmany(currencies.MOST + 1)}


def _signs(file: KnownFile, money: Column | None) -> Currencies | None:
    """Return the currencies whose signs stand beside the amounts."""
    if money is None or money.numbers is None or money.numbers.plain:
        return None
    beside = money.affix_sql()
    query = f"select {beside} as t, sum(w) from {money.cells} where t is not null group by 1 order by 1"
    found = file.table.connection.execute(query).fetchmany(currencies.MOST + 1)
    levels = {str(text): int(rows) for text, rows in found if currencies.is_currency(str(text))}
    if not levels:
        return None
    return _found(file, f"{file.table.file_name}, column “{money.summary.name}”", levels, beside)


def _found(file: KnownFile, where: str, levels: Mapping[str, int], text: str) -> Currencies | None:
    if not levels or len(levels) > currencies.MOST:
        return None
    rows: dict[str, int] = {}
    for level, number in levels.items():
        rows[currencies.name_of(level)] = rows.get(currencies.name_of(level), 0) + number
    held = [Held(name, number) for name, number in sorted(rows.items(), key=lambda item: (-item[1], item[0]))]
    if (silent := file.table.rows - sum(rows.values())) > 0:
        held.append(Held("", silent))
    whens = " ".join(f"when {quoted(level)} then {quoted(currencies.name_of(level))}" for level in sorted(levels))
    return Currencies(where, tuple(held), f"(case {text} {whens} end)")
