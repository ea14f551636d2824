"""The order file as typed lines in the engine: what core counts from."""

from dataclasses import dataclass

import narwhals as nw

from segkit.core import cleaning
from segkit.core.roles import MAX_LEVELS
from segkit.io.files import KnownFile
from segkit.io.labels import variable_name
from segkit.io.summary import Column
from segkit.io.values import is_missing
from segkit.terms import Role

CATEGORIES = (Role.PRODUCT, Role.CHANNEL, Role.CATEGORY)


@dataclass(frozen=True)
class Lines:
    """Typed lines in the engine's table ``name``.

    ``categories`` maps engine columns to the columns of the file; ``finest`` is the product column with the most values.
    """

    name: str
    categories: dict[str, Column]
    finest: str
    notes: tuple[str, ...]


def make_lines(file: KnownFile, name: str, with_keys: bool = True) -> Lines:
    """Turn the texts of an order file into typed columns, in one table of the engine.

    The table has ``row``, ``customer_id`` and, where the file has them, ``order_id``, ``day``, ``month``, ``quantity``,
    ``price``, ``amount``, ``margin``, ``status``, ``product``, ``test``, ``total``, ``again``,
    ``row_key`` and one text column for each category.
    """
    connection = file.table.connection
    parts = ["row"]
    customer = file.one(Role.CUSTOMER)
    parts.append(f"{customer.id_sql()} as customer_id" if customer else "row::varchar as customer_id")
    if order := file.one(Role.ORDER):
        parts.append(f"{order.id_sql()} as order_id")
    if date := file.one(Role.DATE):
        parts.append(f"{date.date_sql()} as date_")
    for role, engine_name in (
        (Role.QUANTITY, "quantity"),
        (Role.PRICE, "price"),
        (Role.AMOUNT, "amount"),
        (Role.MARGIN, "margin"),
    ):
        if column := file.one(role):
            parts.append(f"{column.number_sql()} as {engine_name}")
    if status := file.one(Role.STATUS):
        parts.append(f"{status.text_sql()} as status")
    products = file.having(Role.PRODUCT)
    if products:
        finest = max(products, key=lambda column: (column.summary.distinct, column.summary.filled))
        parts.append(f"{finest.text_sql()} as product")
    notes: list[str] = []
    categories: dict[str, Column] = {}
    for column in file.having(*CATEGORIES):
        text, levels, note = one_spelling_sql(file, column)
        if 2 <= levels <= MAX_LEVELS:
            engine_name = f"k_{variable_name(column.summary.name)}"
            categories[engine_name] = column
            parts.append(f"{text} as {engine_name}")
            notes += note
    parts.append(f"{test_sql(file)} as test")
    parts.append(f"{total_sql(file)} as total")
    if file.again:
        parts.append(f"{file.again} as again")
    if with_keys:
        own = f", case when {file.again} then row end" if file.again else ""  # an overlap is no copy of the line that counts
        parts.append(f"hash({', '.join(column.engine_name for column in file.columns)}{own}) as row_key")
    inner = f"select {', '.join(parts)} from {file.table.name}"
    days = ", (date_ - date '1970-01-01')::int as day, (year(date_) * 12 + month(date_) - 1)::int as month" if date else ""
    dated = " exclude (date_)" if date else ""
    connection.execute(f"create or replace table {name} as select *{dated}{days} from ({inner})")
    return Lines(name, categories, finest.summary.name if products else "", tuple(notes))


def test_sql(file: KnownFile) -> str:
    """Return SQL that is true where the customer, or personal data, say that the account is for testing.

    Only the different values are looked at: there are far fewer of them than rows.
    """
    found = []
    for column in file.having(Role.PERSONAL, Role.CUSTOMER):
        if column.dates is None:
            texts = file.table.connection.sql(f"select distinct {column.text_sql()} as who from {file.table.name}")
            said = nw.from_native(texts).lazy().filter(cleaning.says_test("who")).sort("who").collect(backend="pandas")
            if names := [str(name) for name in said["who"].to_list()]:
                found.append(f"coalesce({column.text_sql()} in ({', '.join(map(_quoted, names))}), false)")
    return f"({' or '.join(found)})" if found else "false"


def total_sql(file: KnownFile) -> str:
    """Return SQL that is true in rows of totals: their word stands in the first column, or in place of the customer."""
    words = ", ".join(map(_quoted, cleaning.TOTAL_WORDS))
    found = []
    for name in {column.engine_name: 0 for column in (file.columns[0], file.one(Role.CUSTOMER)) if column}:
        query = f"select distinct {name} from {file.table.name} where lower(rtrim(trim({name}), ' :')) in ({words}) order by 1"
        if texts := [str(row[0]) for row in file.table.connection.execute(query).fetchall()]:
            found.append(f"{name} in ({', '.join(map(_quoted, texts))})")
    return f"coalesce({' or '.join(found)}, false)" if found else "false"


def one_spelling_sql(file: KnownFile, column: Column) -> tuple[str, int, list[str]]:
    """Return SQL of a category's text in one spelling, the number of its values, and a note where spellings differed."""
    text = column.text_sql()
    if column.summary.distinct > 10 * MAX_LEVELS:
        return text, column.summary.distinct, []
    query = f"select {column.engine_name}, count(*) from {file.table.name} where {column.engine_name} is not null group by 1"
    found = file.table.connection.execute(query).fetchall()
    counts = {str(level): int(rows) for level, rows in found if not is_missing(str(level))}
    respelt = cleaning.one_spelling(counts)
    if not respelt:
        return text, len(counts), []
    whens = " ".join(f"when {_quoted(old)} then {_quoted(new)}" for old, new in sorted(respelt.items()))
    rows = sum(counts[old] for old in respelt)
    old = max(respelt, key=lambda text: (counts[text], text))
    note = (
        f"{file.table.file_name}, column “{column.summary.name}”: {rows} rows write a value with other capitals or blanks "
        f"(such as “{old}”); they were read as the commonest spelling (“{respelt[old]}”)."
    )
    return f"(case {column.engine_name} {whens} else {text} end)", len({respelt.get(level, level) for level in counts}), [note]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def lazy(file: KnownFile, name: str) -> cleaning.Frame:
    """Return a table of the engine as a narwhals frame."""
    return nw.from_native(file.table.connection.table(name)).lazy()
