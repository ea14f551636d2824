"""The order file as typed lines in the engine: what core counts from."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pyarrow as pa

from segkit.core import cleaning
from segkit.core.roles import MAX_LEVELS
from segkit.io.files import KnownFile
from segkit.io.labels import variable_name
from segkit.io.raw import quoted
from segkit.io.summary import Column
from segkit.io.values import is_missing
from segkit.terms import Role

_SORTED_ROWS = 1 << 24
"""Hashes sorted at a time: 128 MB of them."""

CATEGORIES = (Role.PRODUCT, Role.CHANNEL, Role.CATEGORY)


@dataclass(frozen=True)
class Lines:
    """Typed lines in the engine's table or view ``name``.

    ``categories`` maps engine columns to the columns of the file; ``finest`` is the product column with the most values. Where
    ``coded``, the view's ``customer_id`` is a number: the place (from 0) of the customer's id in the table ``name_ids``.
    """

    name: str
    categories: dict[str, Column]
    finest: str
    notes: tuple[str, ...]
    coded: bool = False


def make_lines(file: KnownFile, name: str, *, as_view: bool = False) -> Lines:
    """Turn the texts of an order file into typed columns, in one table of the engine.

    The table has ``row``, ``customer_id`` and, where the file has them, ``order_id``, ``day``, ``month``, ``quantity``,
    ``price``, ``amount``, ``margin``, ``status``, ``product``, ``test``, ``total``, ``again``,
    ``row_key`` and one text column for each category.
    ``row_key`` is the same for rows that are copies of each other, and null for rows that have no copy.

    Parameters
    ----------
    file : KnownFile
        The order file.
    name : str
        Name of the table or view to make.
    as_view : bool
        Make a view, which lives as long as the file's table and takes no memory; numbers stand for customers and products
        where that is shorter.
    """
    connection = file.table.connection
    parts = ["row"]
    customer = file.one(Role.CUSTOMER)
    identity = customer.id_sql() if customer else "row::varchar"
    coded = as_view and customer is not None and customer.summary.distinct <= file.table.rows / 2
    if coded and customer is not None:
        identity = _coded(file, customer, identity, f"{name}_ids")
    parts.append(f"{identity} as customer_id")
    if order := file.one(Role.ORDER):
        whole = as_view and "whole" in order.tidy  # numbers are told apart in half the time
        parts.append(f"{f'{order.engine_name}::bigint' if whole else order.id_sql()} as order_id")
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
        few = as_view and finest.summary.distinct <= file.table.rows / 2
        product = _coded(file, finest, finest.text_sql(), f"{name}_products") if few else finest.text_sql()
        parts.append(f"{product} as product")
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
    copies = _find_copies(file, f"{name}_copies")
    inner = f"select {', '.join(parts)}, row_key from {file.table.name} left join {copies} using (row)"
    days = ", (date_ - date '1970-01-01')::int as day, (year(date_) * 12 + month(date_) - 1)::int as month" if date else ""
    dated = " exclude (date_)" if date else ""
    what = "view" if as_view else "table"
    connection.execute(f"create or replace {what} {name} as select *{dated}{days} from ({inner})")
    return Lines(name, categories, finest.summary.name if products else "", tuple(notes), coded)


def _coded(file: KnownFile, column: Column, text: str, name: str) -> str:
    """Give a column's different values numbers by the alphabet; return SQL of a row's number.

    Numbers take a quarter of the memory of texts, and are told apart in a third of the time.
    """
    run = file.table.connection.execute
    run(
        f"create or replace temp table {name} as select distinct {text} as v from {column.cells} where v is not null order by v"
    )
    run(f"create type {name}_type as enum (select v from {name})")
    return f"enum_code({text}::{name}_type)::int"


def _find_copies(file: KnownFile, name: str) -> str:
    """Make a table of the rows that have exact copies elsewhere, with a ``row_key`` for each group; return its name.

    Rows are compared by a hash of 64 bits. To sort those is several times faster, and takes less memory, than to group by
    them; they come in parts, so that memory stays the same however many rows there are.
    """
    connection, table = file.table.connection, file.table
    cells = ", ".join(column.engine_name for column in file.columns)
    if file.again:  # an overlap is no copy of the line that counts
        cells += f", case when {file.again} then row end"
    parts = 1 + table.rows // _SORTED_ROWS
    rows, keys = [np.empty(0, np.int64)], [np.empty(0, np.uint64)]
    for part in range(parts):
        where = f"where h % {parts} = {part}" if parts > 1 else ""
        query = f"select row, h from (select row::uinteger as row, hash({cells}) as h from {table.name}) {where}"
        found = connection.execute(query).fetchnumpy()
        ordered = np.sort(found["h"])
        twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        if len(twice):
            likely = np.isin(found["h"] >> np.uint64(48), np.unique(twice >> np.uint64(48)))
            row, key = found["row"][likely], found["h"][likely]
            place = np.searchsorted(twice, key).clip(max=len(twice) - 1)
            copied = twice[place] == key
            rows.append(row[copied].astype(np.int64))
            keys.append(key[copied])
    found_copies = pa.table({"row": np.concatenate(rows), "row_key": np.concatenate(keys)})
    connection.register(f"{name}_arrow", found_copies)
    connection.execute(f"create or replace temp table {name} as select * from {name}_arrow")
    connection.unregister(f"{name}_arrow")
    return name


def test_sql(file: KnownFile) -> str:
    """Return SQL that is true where the customer, or personal data, say that the account is for testing.

    Only the different values are looked at: there are far fewer of them than rows.
    """
    found = []
    for column in file.having(Role.PERSONAL, Role.CUSTOMER):
        if column.dates is None:
            texts = file.table.connection.sql(f"select distinct {column.text_sql()} as who from {column.cells}")
            said = nw.from_native(texts).lazy().filter(cleaning.says_test("who")).sort("who").collect(backend="pandas")
            if names := [str(name) for name in said["who"].to_list()]:
                found.append(f"coalesce({column.text_sql()} in ({', '.join(map(quoted, names))}), false)")
    return f"({' or '.join(found)})" if found else "false"


def total_sql(file: KnownFile) -> str:
    """Return SQL that is true in rows of totals: their word stands in the first column, or in place of the customer."""
    words = ", ".join(map(quoted, cleaning.TOTAL_WORDS))
    found = []
    for name, cells in {c.engine_name: c.cells for c in (file.columns[0], file.one(Role.CUSTOMER)) if c}.items():
        query = f"select {name} from {cells} where lower(rtrim(trim({name}), ' :')) in ({words}) order by 1"
        if texts := [str(row[0]) for row in file.table.connection.execute(query).fetchall()]:
            found.append(f"{name} in ({', '.join(map(quoted, texts))})")
    return f"coalesce({' or '.join(found)}, false)" if found else "false"


def one_spelling_sql(file: KnownFile, column: Column) -> tuple[str, int, list[str]]:
    """Return SQL of a category's text in one spelling, the number of its values, and a note where spellings differed."""
    text = column.text_sql()
    if column.summary.distinct > 10 * MAX_LEVELS:
        return text, column.summary.distinct, []
    found = file.table.connection.execute(f"select {column.engine_name}, w from {column.cells}").fetchall()
    counts = {str(level): int(rows) for level, rows in found if not is_missing(str(level))}
    respelt = cleaning.one_spelling(counts)
    if not respelt:
        return text, len(counts), []
    whens = " ".join(f"when {quoted(old)} then {quoted(new)}" for old, new in sorted(respelt.items()))
    rows = sum(counts[old] for old in respelt)
    old = max(respelt, key=lambda text: (counts[text], text))
    note = (
        f"{file.table.file_name}, column “{column.summary.name}”: {rows} rows write a value with other capitals or blanks "
        f"(such as “{old}”); they were read as the commonest spelling (“{respelt[old]}”)."
    )
    return f"(case {column.engine_name} {whens} else {text} end)", len({respelt.get(level, level) for level in counts}), [note]


def lazy(file: KnownFile, name: str) -> cleaning.Frame:
    """Return a table of the engine as a narwhals frame."""
    return nw.from_native(file.table.connection.table(name)).lazy()
