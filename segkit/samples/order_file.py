"""Writes drawn orders as the rows of an order file, and counts the dirt in them."""

from segkit.samples.business import Plan
from segkit.samples.habits import date_of
from segkit.samples.orders import Line, Order
from segkit.samples.tables import money


def order_rows(plan: Plan, orders: list[Order], earlier: int) -> list[tuple[str, ...]]:
    """Return the rows of an order file, in order of the day; so many ``earlier`` orders have a number already."""
    rows: list[tuple[str, ...]] = []
    for number, order in enumerate(orders, start=earlier):
        who = order.customer.customer_id if order.customer else ""
        head = (plan.order_numbers.of(number), _written(plan, order), who)
        for position, line in enumerate(order.lines):
            cells: tuple[str, ...] = (*head, line.product, line.category, str(line.quantity), money(line.cents))
            cells += (*_sums(line), order.channel, order.status) if plan.with_margin else (order.channel, order.status)
            rows += [cells] * (2 if position in order.copies else 1)
    return rows


def _sums(line: Line) -> tuple[str, str]:
    if line.cents is None:
        return "", ""
    return money(line.quantity * line.cents), money(line.quantity * (line.cents - line.cost))


def _written(plan: Plan, order: Order) -> str:
    channel, first, last, form = plan.other_dates
    if not order.dated:
        return ""
    other = order.channel == channel and first <= order.day <= last
    return date_of(order.day).strftime(form) if other else date_of(order.day).isoformat()


def order_dirt(plan: Plan, orders: list[Order]) -> dict[str, int]:
    """Count the rows of each fault in one order file."""
    categories = set(plan.trade.shelf)
    channel, first, last, _ = plan.other_dates
    lines = [(order, line) for order in orders for line in order.lines]
    copies = sum(len(order.copies) for order in orders)
    copied = [(o, line) for o in orders for i, line in enumerate(o.lines) if i in o.copies]
    both = lines + copied
    return {
        "no_customer": sum(o.customer is None for o, _ in both),
        "test_account": sum(o.customer is not None and o.customer.note == "test account" for o, _ in both),
        "date_unreadable": sum(not o.dated for o, _ in both),
        "cancelled": sum(o.status == "cancelled" for o, _ in both),
        "returned": sum(line.quantity < 0 for _, line in both),
        "price_not_positive": sum(line.cents == 0 for _, line in both),
        "amount_unreadable": sum(line.cents is None for _, line in both),
        "duplicate_row": copies,
        "dates_in_another_format": sum(o.dated and o.channel == channel and first <= o.day <= last for o, _ in both),
        "category_spelt_differently": sum(line.category not in categories for _, line in both),
    }
