"""Draws a whole sample business: its customers, their orders in both periods, the dirt, and the numbers on everything."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from segkit.samples.dice import Dice
from segkit.samples.dirt import OrderDirt, soil_orders, split_twins, test_orders
from segkit.samples.habits import BASELINE_DAYS, FIRST_DATE, LAST_DAY, Trade, date_of
from segkit.samples.orders import Customer, Line, Order, baseline_orders, later_orders, new_customer
from segkit.samples.tables import money


@dataclass(frozen=True)
class Plan:
    """What one sample business is drawn from.

    Attributes
    ----------
    nobody, nobody_later : int
        Orders of nobody known, taken from the segment ``nobody_like``.
    twins : int
        Customers who stand in the files under two ids.
    silent : int
        Customers in the customer file who never ordered.
    erased : int
        Customers who were struck out of the customer file at their own wish, while their orders remain.
    other_dates : tuple of str, int, int, str
        A channel, the first and last day of a stretch in which its dates were written in another way, and that way.
    """

    seed: int
    trade: Trade
    nobody_like: str
    nobody: int
    nobody_later: int
    twins: int
    silent: int
    erased: int
    test_days: tuple[int, ...]
    dirt: OrderDirt
    later_dirt: OrderDirt
    other_dates: tuple[str, int, int, str]
    id_form: Callable[[int], str]
    order_form: Callable[[int], str]
    discount: Callable[[Dice, Customer], int] = lambda dice, customer: 0


@dataclass(frozen=True, eq=False)
class Drawn:
    """A drawn business: customers in order of their ids (joiners of the later period last), and the orders of both periods."""

    customers: list[Customer]
    orders: list[Order]
    later: list[Order]


def draw(plan: Plan) -> Drawn:
    """Draw a business; the same plan gives the same business, always."""
    trade = plan.trade
    people = Dice(plan.seed, "customers")
    customers = [new_customer(people, trade, segment) for segment, size in trade.sizes.items() for _ in range(size)]
    joiners = [new_customer(people, trade, s, joins_later=True) for s, size in trade.joining.items() for _ in range(size)]
    for customer in customers + joiners:
        customer.discount = plan.discount(people, customer)
    shop = Dice(plan.seed, "orders")
    orders = [order for c in customers for order in baseline_orders(shop, trade, c)]
    afterwards = Dice(plan.seed, "later orders")
    later = [order for c in customers + joiners for order in later_orders(afterwards, trade, c)]
    soil = Dice(plan.seed, "dirt")
    everyone = customers + _oddities(soil, plan, customers, orders, later)
    orders += _nobodys(soil, plan, plan.nobody, 0, BASELINE_DAYS - 1)
    later += _nobodys(soil, plan, plan.nobody_later, BASELINE_DAYS + 1, LAST_DAY)
    soil_orders(soil, trade, orders, plan.dirt, BASELINE_DAYS - 1)
    soil_orders(soil, trade, later, plan.later_dirt, LAST_DAY)
    test = next(c for c in everyone if c.note == "test account")
    orders += test_orders(soil, trade, test, plan.test_days)
    _number(people, plan, everyone, joiners, orders)
    return Drawn(everyone + joiners, sorted(orders, key=lambda o: o.day), sorted(later, key=lambda o: o.day))


def _oddities(dice: Dice, plan: Plan, customers: list[Customer], orders: list[Order], later: list[Order]) -> list[Customer]:
    """Return second ids, customers who never ordered, and the test account; strike some out of the customer file."""
    twins = split_twins(dice, orders, customers, plan.twins)
    doubled = {twin.twin_of: twin for twin in twins}
    for order in later:
        if order.customer in doubled and dice.chance(0.5):
            order.customer = doubled[order.customer]
    for customer in dice.sample([c for c in customers if c not in doubled], plan.erased):
        customer.listed = False
        customer.note = "erased from customers.csv at their own wish"
    extra = []
    for _ in range(plan.silent + 1):
        like = new_customer(dice, plan.trade, plan.nobody_like)
        like.segment = like.after = "no_orders"
        like.note = "never ordered"
        like.start = dice.whole(30, BASELINE_DAYS - 30)
        extra.append(like)
    extra[-1].note = "test account"
    extra[-1].segment = extra[-1].after = "test_account"
    extra[-1].start = plan.test_days[0]
    for customer in extra:
        customer.takes_up = None
    return twins + extra


def _nobodys(dice: Dice, plan: Plan, how_many: int, first: int, last: int) -> list[Order]:
    orders: list[Order] = []
    while len(orders) < how_many:
        stranger = new_customer(dice, plan.trade, plan.nobody_like)
        stranger.rate = 0.0
        stranger.start = dice.whole(first, last - 8)
        for order in baseline_orders(dice, plan.trade, stranger) if first < BASELINE_DAYS else _visit(dice, plan, stranger):
            if order.channel != "web shop":  # A web shop always knows who orders.
                order.customer = None
                orders.append(order)
    return orders[:how_many]


def _visit(dice: Dice, plan: Plan, stranger: Customer) -> list[Order]:
    stranger.after, stranger.segment = plan.nobody_like, "joined"
    return later_orders(dice, plan.trade, stranger)


def _number(dice: Dice, plan: Plan, everyone: list[Customer], joiners: list[Customer], orders: list[Order]) -> None:
    """Give out dates of joining, and ids in their order."""
    first: dict[Customer, int] = {}
    for order in orders:
        if order.customer is not None:
            first[order.customer] = min(order.day, first.get(order.customer, order.day))
    days = {}
    for customer in everyone:
        since = first.get(customer, customer.start)
        # Most of those who bought from the beginning have been customers for up to five years.
        old = customer.start == 0 and customer.twin_of is None
        days[customer] = -int(1750 * dice.uniform() ** 1.6) - 1 if old else min(since, max(customer.start, since - 3))
        customer.joined = (FIRST_DATE + dt.timedelta(days=days[customer])).isoformat()
    everyone.sort(key=lambda c: days[c])
    for number, customer in enumerate(everyone + joiners):
        customer.customer_id = plan.id_form(number)
    for customer in everyone:
        if customer.twin_of is not None:
            customer.note = f"same person as {customer.twin_of.customer_id}"


def order_rows(plan: Plan, orders: list[Order], first_number: int, with_margin: bool) -> list[tuple[str, ...]]:
    """Return the rows of an order file, in order of the day, with order numbers given out from ``first_number`` on."""
    rows: list[tuple[str, ...]] = []
    for number, order in enumerate(orders, start=first_number):
        who = order.customer.customer_id if order.customer else ""
        head = (plan.order_form(number), _written(plan, order), who)
        for position, line in enumerate(order.lines):
            cells: tuple[str, ...] = (*head, line.product, line.category, str(line.quantity), money(line.cents))
            cells += (*_sums(line), order.channel, order.status) if with_margin else (order.channel, order.status)
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


def truth_rows(plan: Plan, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return what was planted for every customer of the order and customer files."""
    keen = {o.customer for o in drawn.later for line in o.lines if line.category.strip().lower() == plan.trade.trend.lower()}
    return [(c.customer_id, c.segment, c.after, "yes" if c in keen else "no", c.note) for c in drawn.customers]


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
