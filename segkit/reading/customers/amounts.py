"""The money of each line in SQL, and what tells orders apart."""

from segkit.core.data.roles.money_words import says_percent
from segkit.reading.files import KnownFile
from segkit.reading.summary import Column
from segkit.words.terms import Role


def order_sql(file: KnownFile, customer: str) -> str:
    """Return SQL of the number of the order, with its day and customer where numbers begin anew; empty where there is none.

    Parameters
    ----------
    file : KnownFile
        A file of orders.
    customer : str
        SQL of the customer.
    """
    order = file.one(Role.ORDER)
    if order is None:
        return ""
    if file.judged.restarts:
        date = file.one(Role.DATE)
        parts = [order.id_sql(), *([date.date_sql()] if date else []), customer]
        joined = ", ".join(f"coalesce(({part})::varchar, '')" for part in parts)
        return f"(case when {order.id_sql()} is not null then concat_ws(' ', {joined}) end)"
    # numbers are told apart in half the time
    return f"{order.engine_name}::bigint" if "whole" in order.tidy else order.id_sql()


def amount_sql(file: KnownFile, order: str) -> str:
    """Return SQL of the money of a line, or an empty text where it is quantity times price, or there is none.

    What stands once an order (a total, a discount) counts once: a total in the order's first line, a discount or a refund in
    its largest, which can bear it.
    """
    amount, total = file.one(Role.AMOUNT), file.one(Role.ORDER_TOTAL)
    minus = [column for role in (Role.DISCOUNT, Role.REFUND) if (column := file.one(role))]
    by_price = price_sql(file)
    if amount is not None:
        base = amount.number_sql()
    elif by_price and not minus:
        return ""
    elif by_price:
        base = by_price
    elif total is not None:
        base = _once(file, total, order)
    else:
        return ""
    taken_off = [_taken_off(file, column, order, base) for column in minus]
    return f"({' - '.join([base, *taken_off])})" if minus else base


def _taken_off(file: KnownFile, column: Column, order: str, base: str) -> str:
    """Return SQL of what a discount or refund takes off the money of a line."""
    number = f"coalesce(abs({column.number_sql()}), 0)"
    if whole := _whole_of(column):
        return f"{base} * {number} / {whole}"
    by_line = file.one(Role.AMOUNT) or price_sql(file)
    if not by_line and (total := file.one(Role.ORDER_TOTAL)) and _level(file, total) != "row":
        return f"case when {base} <> 0 then {number} else 0 end"  # both stand once an order: where the total does
    if not order or _level(file, column) == "row":
        return number
    largest = f"arg_max(row, {base}) over (partition by {order})"
    return f"(case when row = {largest} then max({number}) over (partition by {order}) else 0 end)"


def price_sql(file: KnownFile) -> str:
    """Return SQL of quantity times price, or an empty text where one of them is missing."""
    quantity, price = file.one(Role.QUANTITY), file.one(Role.PRICE)
    return f"({quantity.number_sql()} * {price.number_sql()})" if quantity and price else ""


def _whole_of(column: Column) -> float:
    """Return what a discount is a part of: 1 for shares (.05), 100 for percentages (5), 0 where it is money."""
    summary = column.summary
    if summary.minimum is None or summary.maximum is None or summary.minimum < 0:
        return 0
    if summary.maximum <= 1:
        return 1
    marked = says_percent(summary.name) or any("%" in text for text in summary.examples)
    return 100 if summary.maximum <= 100 and marked else 0


def _level(file: KnownFile, column: Column) -> str:
    order = file.one(Role.ORDER)
    if order is None or file.structure is None:
        return "row"
    keys = [order, *(c for role in (Role.DATE, Role.CUSTOMER) if file.judged.restarts and (c := file.one(role)))]
    return file.structure.level(column.summary.name, *(key.summary.name for key in keys))


def _once(file: KnownFile, column: Column, order: str) -> str:
    """Return SQL of a number in one line of its order, 0 in the others."""
    number = column.number_sql()
    if not order or _level(file, column) == "row":
        return number
    if _level(file, column) == "head":
        return f"coalesce({number}, 0)"
    return f"(case when row = min(row) over (partition by {order}) then {number} else 0 end)"
