"""The order file as typed lines in the engine: what core counts from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import narwhals as nw
import numpy as np
import pyarrow as pa

from segkit.core.data import cleaning
from segkit.core.data.questions import Doubt
from segkit.core.data.roles.describe import MAX_LEVELS
from segkit.core.data.values import one_spelling
from segkit.decisions.data import StatusChoice
from segkit.reading.customers.amounts import amount_sql, order_sql, price_sql
from segkit.reading.customers.hidden import hidden_cells, hiding_sql
from segkit.reading.customers.states import States, read_states
from segkit.reading.customers.who import who
from segkit.reading.files import KnownFile
from segkit.reading.overview import enough_customers
from segkit.reading.raw import quoted
from segkit.reading.summary import Column
from segkit.reading.values.cells import is_missing
from segkit.reading.values.labels import variable_name
from segkit.words.numbers import count
from segkit.words.terms import CUSTOMER_ID, Role

_SORTED_ROWS = 1 << 24
"""Hashes sorted at a time: 128 MB of them."""

CATEGORIES = (Role.PRODUCT, Role.CHANNEL, Role.CATEGORY)


@dataclass(frozen=True)
class Lines:
    """Typed lines in the engine's view ``name``.

    ``categories`` maps engine columns to the columns of the file; ``finest`` is the product column with the most values.
    ``texts`` holds, for the view's columns that tell things apart and are only counted, SQL of their different texts.
    """

    name: str
    categories: dict[str, Column]
    finest: str
    notes: tuple[str, ...]
    texts: dict[str, str]
    states: States


def make_lines(
    file: KnownFile,
    name: str,
    *,
    also: Collection[str] = (),
    currency: str = "",
    statuses: Sequence[StatusChoice] = (),
) -> Lines:
    """Turn the texts of an order file into typed columns, in one view of the engine.

    The view has ``row``, ``customer_id`` and, where the file has them, ``order_id``, ``day``, ``month``, ``quantity``,
    ``price``, ``amount``, ``margin``, ``meaning``, ``product``, ``test``, ``total``,
    ``takes_off``, ``again``, ``row_key`` and one text column for each category.
    ``row_key`` is the same for rows that are copies of each other, and null for rows that have no copy.

    Parameters
    ----------
    file : KnownFile
        The order file.
    name : str
        Name of the view to make.
    also : collection of str
        Categories of another file (as the engine has them) that are kept here however few or many values they have.
    currency : str
        SQL of a row's currency, for the column ``currency``; empty where all rows are in one.
    statuses : sequence of StatusChoice
        What states of orders mean, where a person says it.
    """
    connection = file.table.connection
    parts = ["row"]
    texts: dict[str, str] = {}
    person = who(file)
    if person.texts:
        texts["customer_id"] = person.texts
    parts.append(f"{person.sql} as customer_id")
    date = file.one(Role.DATE)
    if key := order_sql(file, person.sql):
        parts.append(f"{key} as order_id")
        order = file.one(Role.ORDER)
        if order and key == order.id_sql():
            texts["order_id"] = f"select {order.id_sql()} as t from {order.cells}"
    if date:
        parts.append(f"{date.date_sql()} as date_")
    for role, engine_name in ((Role.QUANTITY, "quantity"), (Role.PRICE, "price"), (Role.MARGIN, "margin")):
        if column := file.one(role):
            parts.append(f"{column.number_sql()} as {engine_name}")
    amount = amount_sql(file, key)
    if amount:
        parts.append(f"{amount} as amount")
    meant = file.export.statuses if file.export else None
    money = "" if currency else amount or price_sql(file)
    states = read_states(file, statuses, money=money, join=person.join, known=meant)
    if states.sql:
        parts.append(f"{states.sql} as meaning")
    products = file.having(Role.PRODUCT)
    if products:
        finest = max(products, key=lambda column: (column.summary.distinct, column.summary.filled))
        parts.append(f"{finest.text_sql()} as product")
        texts["product"] = f"select {finest.text_sql()} as t from {finest.cells}"
    notes: list[str] = [*map(Doubt, person.notes)]
    categories: dict[str, Column] = {}
    for column in file.having(*CATEGORIES):
        text, levels, note = one_spelling_sql(file, column)
        engine_name = f"k_{variable_name(column.summary.name)}"
        if 2 <= levels <= MAX_LEVELS or engine_name in also:
            categories[engine_name] = column
            parts.append(f"{text} as {engine_name}")
            notes += note
    if currency:
        parts.append(f"{currency} as currency")
    flags = {"test": test_sql(file), "total": total_sql(file), "takes_off": file.takes_off, "again": file.again}
    parts += [f"{sql} as {flag}" for flag, sql in flags.items() if sql]
    copies = _find_copies(file, f"{name}_copies")
    inner = f"select {', '.join(parts)}, row_key from {file.table.name} left join {copies} using (row) {person.join}"
    days = ", (date_ - date '1970-01-01')::int as day, (year(date_) * 12 + month(date_) - 1)::int as month" if date else ""
    dated = " exclude (date_)" if date else ""
    connection.execute(f"create or replace view {name} as select *{dated}{days} from ({inner})")
    return Lines(name, categories, finest.summary.name if products else "", tuple(notes), texts, states)


def with_people(
    connection: duckdb.DuckDBPyConnection, table: str, texts: Mapping[str, str], same: Mapping[str, str], tests: Collection[str]
) -> tuple[str, dict[str, str]]:
    """Give people with two ids one, and mark the lines of test accounts; return the view's name and its different texts."""
    connection.register("tests_arrow", pa.table({"id": pa.array(sorted(tests), pa.string())}))
    pairs = {"id": pa.array(list(same), pa.string()), "first_id": pa.array(list(same.values()), pa.string())}
    connection.register("same_arrow", pa.table(pairs))
    connection.execute("create or replace temp table same_ids as select * from same_arrow")
    connection.execute("create or replace temp table test_ids as select * from tests_arrow")
    connection.unregister("tests_arrow")
    connection.unregister("same_arrow")
    connection.execute(
        f"create or replace view peoples_lines as select * exclude (id, first_id) replace ("
        f"coalesce(first_id, customer_id) as customer_id, test or coalesce(customer_id in (from test_ids), false) as test) "
        f"from {table} left join same_ids on customer_id = id"
    )
    found = dict(texts)
    if CUSTOMER_ID in texts:
        found[CUSTOMER_ID] = f"select coalesce(first_id, t) as t from ({texts[CUSTOMER_ID]}) left join same_ids on t = id"
    return "peoples_lines", found


def days_of(file: KnownFile) -> str:
    """Return SQL of the different days (since 1970-01-01) on which a file's lines are dated, each with its number of lines."""
    date = file.one(Role.DATE)
    assert date is not None, "a file without dates has no days"
    return (
        f"(select ({date.date_sql()} - date '1970-01-01')::int as day, sum(w)::bigint as n from {date.cells} "
        f"where {date.date_sql()} is not null group by 1)"
    )


def _find_copies(file: KnownFile, name: str) -> str:
    """Make a table of the rows that have exact copies elsewhere, with a ``row_key`` for each group; return its name.

    Rows are compared by a hash of 64 bits. To sort those is several times faster, and takes less memory, than to group by
    them; they come in parts, so that memory stays the same however many rows there are.
    """
    connection, table = file.table.connection, file.table
    cells = ", ".join(column.engine_name for column in file.columns)
    if file.again:  # an overlap is no copy of the line that counts
        cells += f", case when {file.again} then row end"
    key, parts = f"hash({cells})", 1 + table.rows // _SORTED_ROWS
    copied = [np.empty(0, np.uint64)]
    for part in range(parts):
        where = f"where h % {parts} = {part}" if parts > 1 else ""
        hashes = connection.execute(f"select h from (select {key} as h from {table.name}) {where}").fetchnumpy()["h"]
        hashes.sort()
        copied.append(np.unique(hashes[1:][hashes[1:] == hashes[:-1]]))
    connection.register(f"{name}_arrow", pa.table({"h": np.concatenate(copied)}))
    found = f"select row, {key} as row_key from {table.name} where {key} in (select h from {name}_arrow)"
    connection.execute(f"create or replace temp table {name} as {found if any(map(len, copied)) else f'{found} limit 0'}")
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
    found = [file.totals] if file.totals else []
    for name, cells in {c.engine_name: c.cells for c in (file.columns[0], file.one(Role.CUSTOMER)) if c}.items():
        query = f"select {name} from {cells} where lower(rtrim(trim({name}), ' :')) in ({words}) order by 1"
        if texts := [str(row[0]) for row in file.table.connection.execute(query).fetchall()]:
            found.append(f"{name} in ({', '.join(map(quoted, texts))})")
    return f"coalesce({' or '.join(found)}, false)" if found else "false"


def one_spelling_sql(file: KnownFile, column: Column) -> tuple[str, int, list[str]]:
    """Return SQL of a category's text in one spelling, the number of its values, and notes on what was changed in it.

    Cells that tell of a person are hidden here, before anything shows them.
    """
    hidden, notes = hidden_cells(file, column)
    text = hiding_sql(column, hidden)
    if column.summary.distinct > 10 * MAX_LEVELS:
        return text, column.summary.distinct, notes
    found = file.table.connection.execute(f"select {column.engine_name}, w from {column.cells}").fetchall()
    counts = {cell: int(rows) for level, rows in found if not is_missing(cell := str(level)) and cell not in hidden}
    respelt = one_spelling(counts)
    levels = len({respelt.get(level, level) for level in counts}) + len(set(hidden.values()))
    if not respelt:
        return text, levels, notes
    whens = " ".join(f"when {quoted(old)} then {quoted(new)}" for old, new in sorted(respelt.items()))
    rows = sum(counts[old] for old in respelt)
    old = max(respelt, key=lambda text: (counts[text], text))
    shown = enough_customers(file, column, respelt[old])
    such, best = (f" (such as “{old}”)", f" (“{respelt[old]}”)") if shown else ("", "")
    note = (
        f"{file.table.file_name}, column “{column.summary.name}”: {count(rows, 'row writes', 'rows write')} a value with "
        f"different capitals or spaces{such}; they were read as the most common spelling{best}."
    )
    return f"(case {column.engine_name} {whens} else {text} end)", levels, [*notes, note]


def lazy(file: KnownFile, name: str) -> cleaning.Frame:
    """Return a table of the engine as a narwhals frame."""
    return nw.from_native(file.table.connection.table(name)).lazy()
