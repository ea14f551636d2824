"""Draws customers and their orders from habits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from segkit.samples.dice import Dice
from segkit.samples.habits import BASELINE_DAYS, LAST_DAY, Habit, Product, Trade, date_of, steps_of


@dataclass(eq=False)
class Customer:
    """One planted customer; filled while the sample is drawn, internal to the generator."""

    segment: str
    after: str
    start: int
    stop: int
    rate: float
    size: float
    discount: int
    categories: dict[str, float]
    channels: dict[str, float]
    favourites: dict[str, Product]
    takes_up: int | None = None
    note: str = ""
    twin_of: "Customer | None" = None
    doubled: bool = False
    """Stands in the files under a second id as well."""
    listed: bool = True
    """Stands in the customer file."""
    customer_id: str = ""
    joined: str = ""


@dataclass(eq=False)
class Line:
    """One line of an order."""

    day: int
    product: str
    category: str
    quantity: int
    cents: int | None
    cost: int


@dataclass(eq=False)
class Order:
    """One order of one customer, or of nobody known."""

    day: int
    customer: Customer | None
    channel: str
    lines: list[Line]
    status: str = "paid"
    dated: bool = True
    copies: set[int] = field(default_factory=set)
    """Indexes of lines that stand twice in the file."""


def new_customer(dice: Dice, trade: Trade, segment: str, *, joins_later: bool = False) -> Customer:
    """Draw one customer of a segment with tastes of their own."""
    habit = trade.habits[segment]
    other, weight = habit, 0.0
    if dice.chance(trade.lean):
        other, weight = (
            trade.habits[dice.choose({s: n for s, n in trade.sizes.items() if s != segment})],
            dice.uniform(0.15, 0.5),
        )
    rate = habit.per_year * dice.factor(habit.spread)
    if other.rhythm != "once" != habit.rhythm:
        rate *= (other.per_year / habit.per_year) ** (weight / 2)
    customer = Customer(
        segment="joined" if joins_later else segment,
        after=segment if joins_later else dice.choose(trade.moves[segment]),
        start=_start(dice, habit, joins_later),
        stop=LAST_DAY,
        rate=rate,
        size=dice.factor(0.45),
        discount=0,
        categories=_blend(dice, habit.categories, other.categories, weight, trade.taste),
        channels=_blend(dice, habit.channels, other.channels, weight, trade.taste),
        favourites={},
    )
    for category, products in trade.shelf.items():
        customer.favourites[category] = dice.choose({p: p.popularity * habit.favours.get(p.name, 1.0) for p in products})
    up = dice.uniform()
    if up < trade.takes_up.get(customer.after, 0.0):
        # It starts with a few in late January and has reached most of them by the end of April.
        customer.takes_up = BASELINE_DAYS + min(170, max(15, round(dice.normal(65, 28))))
    if customer.after == "left" and habit.rhythm == "steady" and dice.chance(0.35):
        # Some of those who leave have begun to fall silent already before the year is over.
        customer.stop = BASELINE_DAYS - dice.whole(15, 110)
        customer.start = min(customer.start, customer.stop - 150)
    return customer


def _start(dice: Dice, habit: Habit, joins_later: bool) -> int:
    if joins_later:
        return dice.whole(BASELINE_DAYS + 1, LAST_DAY - 20)
    if habit.rhythm == "once":
        return dice.place(steps_of(habit.busy[: BASELINE_DAYS - 1]))
    if dice.chance(habit.starts_before):
        return 0
    return dice.place(steps_of(habit.busy[: BASELINE_DAYS - 60]))


def _blend(dice: Dice, own: Mapping[str, float], other: Mapping[str, float], weight: float, sd: float) -> dict[str, float]:
    """Return personal weights: a segment's, leaning towards another's, with personal taste on top."""
    keys = list(dict.fromkeys([*own, *other]))
    return {k: ((1 - weight) * own.get(k, 0.0) + weight * other.get(k, 0.0)) * dice.factor(sd) for k in keys}


def baseline_orders(dice: Dice, trade: Trade, customer: Customer) -> list[Order]:
    """Draw the orders of the two years; every customer has at least one."""
    habit = trade.habits[customer.segment]
    days = _days(dice, habit, customer, customer.start, min(customer.stop, BASELINE_DAYS - 1), at_least=1)
    return [_order(dice, trade, habit, customer, day) for day in days]


def later_orders(dice: Dice, trade: Trade, customer: Customer) -> list[Order]:
    """Draw the orders of the later period, by the habits of the segment the customer has moved to."""
    if customer.after == "left":
        return []
    habit = trade.habits[customer.after]
    joins = customer.segment == "joined"
    first = max(customer.start, BASELINE_DAYS + 1)
    if habit.rhythm == "once" and not joins:
        days = [dice.whole(first, LAST_DAY)] if dice.chance(0.05) else []
    else:
        if customer.after != customer.segment and not joins:
            customer.rate = habit.per_year * dice.factor(habit.spread)
            customer.categories = _blend(dice, habit.categories, customer.categories, 0.2, 0.4)
            customer.channels = _blend(dice, habit.channels, customer.channels, 0.2, 0.4)
        days = _days(dice, habit, customer, first, LAST_DAY, at_least=int(joins))
    return [_order(dice, trade, habit, customer, day) for day in days]


def _days(dice: Dice, habit: Habit, customer: Customer, first: int, last: int, at_least: int) -> list[int]:
    if habit.rhythm == "once":
        days = [first]
        for _ in range(dice.poisson(customer.rate)):
            days.append(min(last, days[-1] + dice.whole(4, 150)))
        return days
    if habit.rhythm == "occasional":
        steps = steps_of(habit.busy[first : last + 1])
        # The rate is that of a whole year: half a year without the season brings far less than half of it.
        count = max(at_least, dice.poisson(customer.rate * steps[-1] / habit.busy_year))
        return sorted(first + dice.place(steps) for _ in range(count))
    gap, days = 365.25 / customer.rate, []
    day = first + gap * dice.uniform() * (0.2 if at_least and customer.segment == "joined" else 1.0)
    while day <= last:
        days.append(int(day))
        month = date_of(int(day)).month
        skipped = 2.0 if dice.chance(0.07) else 1.0
        day += max(1.0, gap * skipped * dice.factor(0.22) / habit.months[month - 1])
    return days or [min(last, first + 3)] * at_least


def _order(dice: Dice, trade: Trade, habit: Habit, customer: Customer, day: int) -> Order:
    channel = dice.choose(customer.channels)
    end = BASELINE_DAYS - 1 if day < BASELINE_DAYS else LAST_DAY
    while day < end and not (trade.is_open(channel, day) and habit.weekdays[date_of(day).weekday()]):
        day = min(end, day + dice.whole(1, 3))
    if not trade.is_open(channel, day):
        channel = "web shop"
    lines: dict[str, Line] = {}
    for _ in range(1 + dice.poisson(habit.further_lines)):
        product = _product(dice, trade, habit, customer, day)
        if product.name not in lines:
            lines[product.name] = _line(dice, trade, habit, customer, product, day)
    return Order(day=day, customer=customer, channel=channel, lines=list(lines.values()))


def _product(dice: Dice, trade: Trade, habit: Habit, customer: Customer, day: int) -> Product:
    keen = customer.takes_up is not None and day >= customer.takes_up and dice.chance(0.6)
    category = trade.trend if keen else dice.choose(customer.categories)
    on_sale = [p for p in trade.shelf[category] if p.on_sale(day)]
    if not on_sale:
        on_sale = [p for p in trade.products if p.on_sale(day) and p.category != trade.trend]
    favourite = customer.favourites[category]
    # People come back for what they had last time: half of all lines are the favourite of the category.
    if favourite in on_sale and dice.chance(0.5):
        return favourite
    return dice.choose({p: p.popularity * habit.favours.get(p.name, 1.0) for p in on_sale})


def _line(dice: Dice, trade: Trade, habit: Habit, customer: Customer, product: Product, day: int) -> Line:
    middle = trade.trend_pieces if product.category == trade.trend else habit.pieces.get(product.category, 1.15)
    size = customer.size if middle > 1.5 else 1.0
    quantity = max(1, round(middle * size * dice.factor(0.35)))
    full = trade.price(product, day)
    cents = max(1, full * (100 - customer.discount) // 100)
    cost = round(full * product.cost * dice.uniform(0.97, 1.03))
    return Line(day=day, product=product.name, category=product.category, quantity=quantity, cents=cents, cost=cost)
