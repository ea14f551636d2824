"""The order file as typed lines in the engine: what core counts from."""

from dataclasses import dataclass

import narwhals as nw

from segkit.core import cleaning
from segkit.core.roles import MAX_LEVELS
from segkit.io.files import KnownFile
from segkit.io.labels import variable_name
from segkit.io.summary import Column
from segkit.terms import Role

CATEGORIES = (Role.PRODUCT, Role.CHANNEL, Role.CATEGORY)


@dataclass(frozen=True)
class Lines:
    """Typed lines in the engine's table ``name``; ``categories`` maps engine columns to the columns of the file."""

    name: str
    categories: dict[str, Column]
    keyed: bool


def make_lines(file: KnownFile, name: str, with_keys: bool = True) -> Lines:
    """Turn the texts of an order file into typed columns, in one table of the engine.

    The table has ``row``, ``customer_id`` and, where the file has them, ``order_id``, ``day``, ``month``, ``quantity``, ``price``,
    ``amount``, ``margin``, ``status``, ``product``, ``test``, ``row_key`` and one text column for each category.
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
    chosen = [column for column in file.having(*CATEGORIES) if 2 <= column.summary.distinct <= MAX_LEVELS]
    categories = {f"k_{variable_name(column.summary.name)}": column for column in chosen}
    parts += [f"{column.text_sql()} as {engine_name}" for engine_name, column in categories.items()]
    who = [column for column in file.having(Role.PERSONAL, Role.CUSTOMER) if column.dates is None]
    parts += [f"{column.text_sql()} as who_{column.engine_name}" for column in who]
    if with_keys:
        parts.append(f"hash({', '.join(column.engine_name for column in file.columns)}) as row_key")
    inner = f"select {', '.join(parts)} from {file.table.name}"
    days = "(date_ - date '1970-01-01')::int as day, (year(date_) * 12 + month(date_) - 1)::int as month, " if date else ""
    hidden = [f"who_{column.engine_name}" for column in who]
    dated = " exclude (date_)" if date else ""
    typed = nw.from_native(connection.sql(f"select *{dated}, {days[:-2] if days else 'null as nothing'} from ({inner})")).lazy()
    typed = typed.with_columns(test=cleaning.says_test(*hidden)).drop(*hidden, *([] if days else ["nothing"]))
    connection.execute(f"drop table if exists {name}")
    typed.to_native().create(name)
    return Lines(name, categories, customer is not None)


def lazy(file: KnownFile, name: str) -> nw.LazyFrame:
    """Return a table of the engine as a narwhals frame."""
    return nw.from_native(file.table.connection.table(name)).lazy()
