"""Believable dirt, planted on purpose and counted: what a till, a web shop and tired people leave in an export.

Each faulty row has exactly one fault that would set it aside, so that the counts are what a right cleaning must find.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass

from segkit.samples.dice import Dice
from segkit.samples.habits import Trade
from segkit.samples.orders import Customer, Line, Order


@dataclass(frozen=True)
class OrderDirt:
    """How much dirt one order file gets (numbers of rows or orders)."""

    cancelled_orders: int
    returned_lines: int
    zero_prices: int
    misspelt_share: float
    misspelt_channel: str
    prices_missing: int = 0
    undated_orders: int = 0
    copied_lines: int = 0


def split_twins(dice: Dice, orders: list[Order], customers: list[Customer], how_many: int) -> list[Customer]:
    """Give some customers a second id, under which a part of their later orders stands; return the second ids."""
    of: dict[Customer, list[Order]] = {}
    for order in orders:
        if order.customer is not None:
            of.setdefault(order.customer, []).append(order)
    often = [c for c in customers if len(of.get(c, ())) >= 5]
    twins = []
    for customer in dice.sample(often, how_many):
        twin = copy.copy(customer)
        twin.twin_of = customer
        customer.doubled = True
        own = sorted(of[customer], key=lambda o: o.day)
        for number, order in enumerate(own[len(own) // 2 :]):
            if number % 2 == 0:
                order.customer = twin
        twin.start = min(o.day for o in own if o.customer is twin)
        twins.append(twin)
    return twins


def soil_orders(dice: Dice, trade: Trade, orders: list[Order], plan: OrderDirt, last_day: int) -> None:
    """Plant the dirt of one order file in place; ``orders`` are those of known and unknown customers, no test account."""
    count: dict[Customer, int] = {}
    for order in orders:
        if order.customer is not None:
            count[order.customer] = count.get(order.customer, 0) + 1
    # Only customers with several orders are touched: nobody may vanish from the file because of planted dirt.
    safe = [o for o in orders if o.customer is not None and count[o.customer] >= 4]
    touched = dice.sample(safe, plan.cancelled_orders + plan.undated_orders)
    undated = set(dice.sample(range(len(touched)), plan.undated_orders))
    for number, order in enumerate(touched):
        if number in undated:
            order.dated = False
        else:
            order.status = "cancelled"
    left = [o for o in orders if o.customer is not None and o.status == "paid" and o.dated and len(o.lines) >= 2]
    faulty = dice.sample(left, plan.zero_prices + plan.prices_missing)
    free = set(dice.sample(range(len(faulty)), plan.zero_prices))
    for number, order in enumerate(faulty):
        order.lines[-1].cents = 0 if number in free else None
    clean = [o for o in safe if o.status == "paid" and o.dated and o not in set(faulty)]
    for order in dice.sample(clean, plan.copied_lines):
        order.copies.add(len(order.lines) - 1)
    early = [o for o in clean if o.day + 25 <= last_day]
    orders.extend(_returned(dice, trade, order) for order in dice.sample(early, plan.returned_lines))
    misspell(dice, orders, plan)


def _returned(dice: Dice, trade: Trade, order: Order) -> Order:
    bought = dice.pick(order.lines)
    line = copy.copy(bought)
    line.quantity = -dice.whole(1, bought.quantity)
    day = order.day + dice.whole(2, 21)
    while not trade.is_open(order.channel, day):
        day += 1
    line.day = day
    return Order(day=day, customer=order.customer, channel=order.channel, lines=[line], status="returned")


WAYS: tuple[Callable[[str], str], ...] = (str.upper, str.lower, lambda text: f"{text} ", lambda text: f" {text}")


def misspell(dice: Dice, orders: list[Order], plan: OrderDirt) -> None:
    """Write some categories of one channel in capitals, in small letters, or with a space before or behind."""
    for order in orders:
        if order.channel == plan.misspelt_channel:
            for line in order.lines:
                if dice.chance(plan.misspelt_share):
                    line.category = dice.pick(WAYS)(line.category)


def test_orders(dice: Dice, trade: Trade, account: Customer, days: tuple[int, ...]) -> list[Order]:
    """Return the orders that someone placed to try the web shop out."""
    goods = [p for p in trade.products if p.from_day == 0 and len(p.months) == 12]
    orders = []
    for day in days:
        product = dice.pick(goods)
        price = trade.price(product, day)
        line = Line(day, product.name, product.category, 1, price, round(price * product.cost))
        orders.append(Order(day=day, customer=account, channel="web shop", lines=[line]))
    return orders
