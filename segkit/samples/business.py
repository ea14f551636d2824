"""Draws a whole sample business: its customers, their orders in both periods, the dirt, and the ids of everyone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from segkit.samples.dice import Dice
from segkit.samples.dirt import OrderDirt, soil_orders, split_twins, test_orders
from segkit.samples.habits import BASELINE_DAYS, FIRST_DATE, LAST_DAY, Trade
from segkit.samples.orders import Customer, Order, baseline_orders, later_orders, new_customer


@dataclass(frozen=True)
class Numbers:
    """Numbers given out one after the other, in a form (of `str.format`)."""

    form: str
    first: int

    def of(self, place: int) -> str:
        """Return the number of the one in that place, from 0."""
        return self.form.format(self.first + place)


@dataclass(frozen=True)
class Plan:
    """What one sample business is drawn from.

    Attributes
    ----------
    nobody, nobody_later : int
        Orders of nobody known, taken from the segment ``nobody_like``; those who never ordered have its traits as well.
    twins : int
        Customers who stand in the files under two ids.
    silent : int
        Customers in the customer file who never ordered.
    erased : int
        Customers who were struck out of the customer file at their own wish, while their orders remain.
    other_dates : tuple of str, int, int, str
        A channel, the first and last day of a stretch in which its dates were written in another way, and that way.
    with_margin : bool
        Whether the order files tell amount and margin.
    discounts : Mapping[str, int]
        Middle discount of a segment in percent: large buyers have bargained.
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
    ids: Numbers
    order_numbers: Numbers
    with_margin: bool = False
    discounts: Mapping[str, int] = field(default_factory=dict)

    def like(self, customer: Customer) -> str:
        """Return the segment whose traits a customer has."""
        return customer.segment if customer.segment in self.trade.sizes else self.nobody_like

    def discount(self, dice: Dice, customer: Customer) -> int:
        """Return a customer's discount in percent."""
        middle = self.discounts.get(customer.segment, 0)
        return min(18, max(0, round(dice.normal(middle, 2.5)))) if middle else 0


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
        customer.customer_id = plan.ids.of(number)
    for customer in everyone:
        if customer.twin_of is not None:
            customer.note = f"same person as {customer.twin_of.customer_id}"
