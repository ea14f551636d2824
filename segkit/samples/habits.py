"""How customers of a planted segment buy: the plain facts from which orders are drawn."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

FIRST_DATE = dt.date(2024, 1, 1)
BASELINE_DAYS = 731
"""2024 and 2025: days 0 to 730."""
LAST_DAY = BASELINE_DAYS + 181 - 1
"""30 June 2026, the end of the later period."""

HOLIDAYS = ((1, 1), (12, 25), (12, 26))
FLAT_YEAR = (1.0,) * 12
WORKING_DAYS = (1.1, 1.1, 1.0, 1.0, 0.8, 0.0, 0.0)


def date_of(day: int) -> dt.date:
    """Return the date of a day counted from FIRST_DATE."""
    return FIRST_DATE + dt.timedelta(days=day)


@dataclass(frozen=True)
class Product:
    """One thing on the price list; ``cents`` is its price at the start, ``cost`` the share of it that the firm pays itself."""

    name: str
    category: str
    cents: int
    popularity: float = 1.0
    cost: float = 0.6
    months: tuple[int, ...] = tuple(range(1, 13))
    from_day: int = 0

    def on_sale(self, day: int) -> bool:
        """Tell whether it can be bought on that day."""
        return day >= self.from_day and date_of(day).month in self.months


@dataclass(frozen=True)
class Habit:
    """Buying habits of one planted segment.

    Attributes
    ----------
    rhythm : {'steady', 'occasional', 'once'}
        Orders at even gaps, on odd days by season, or one order and perhaps another soon after.
    per_year : float
        Orders a year of the middle customer; of rhythm ``once``: expected number of further orders.
    spread : float
        Standard deviation of the logarithm of the personal rate.
    further_lines : float
        Mean number of lines beyond the first of an order.
    pieces : Mapping[str, float]
        Middle quantity of a line by category; 1.15 where a category is not named.
    favours : Mapping[str, float]
        Factors on the popularity of single products.
    starts_before : float
        Share of customers who bought already before the first date.
    """

    rhythm: Literal["steady", "occasional", "once"]
    per_year: float
    spread: float
    further_lines: float
    categories: Mapping[str, float]
    channels: Mapping[str, float]
    months: tuple[float, ...] = FLAT_YEAR
    weekdays: tuple[float, ...] = (1.0,) * 7
    pieces: Mapping[str, float] = field(default_factory=dict)
    favours: Mapping[str, float] = field(default_factory=dict)
    starts_before: float = 0.5

    @cached_property
    def busy(self) -> tuple[float, ...]:
        """Relative likelihood of an order on each day from the first to the last."""
        dates = [date_of(day) for day in range(LAST_DAY + 1)]
        return tuple(self.months[d.month - 1] * self.weekdays[d.weekday()] for d in dates)

    @cached_property
    def busy_year(self) -> float:
        """Sum of ``busy`` over the second year."""
        return steps_of(self.busy[BASELINE_DAYS - 365 : BASELINE_DAYS])[-1]


@dataclass(frozen=True)
class Trade:
    """What a business sells, how its customers buy, and how they change in the later period.

    Attributes
    ----------
    closed : Mapping[str, tuple[int, ...]]
        Weekdays (Monday is 0) on which a channel is closed.
    rises : Mapping[int, int]
        Day → price level from that day on, in percent of the first price.
    moves : Mapping[str, Mapping[str, float]]
        Segment → segment after the baseline (``left`` included) → probability.
    joining : Mapping[str, int]
        Customers who join in the later period, by segment.
    trend : str
        Category that takes off in the later period.
    takes_up : Mapping[str, float]
        Share of each (later) segment that takes the trend up.
    lean : float
        Share of customers who lean towards a second segment: borders between groups of people are never sharp.
    taste : float
        Spread of personal tastes: standard deviation of the logarithm of a category's weight.
    """

    products: tuple[Product, ...]
    habits: Mapping[str, Habit]
    sizes: Mapping[str, int]
    closed: Mapping[str, tuple[int, ...]]
    rises: Mapping[int, int]
    moves: Mapping[str, Mapping[str, float]]
    joining: Mapping[str, int]
    trend: str
    takes_up: Mapping[str, float]
    trend_pieces: float = 1.2
    lean: float = 0.15
    taste: float = 0.6

    @cached_property
    def shelf(self) -> dict[str, tuple[Product, ...]]:
        """Products by category."""
        names = dict.fromkeys(p.category for p in self.products)
        return {name: tuple(p for p in self.products if p.category == name) for name in names}

    def is_open(self, channel: str, day: int) -> bool:
        """Tell whether orders come in on a channel that day: nothing does on New Year's Day and at Christmas."""
        date = date_of(day)
        return (date.month, date.day) not in HOLIDAYS and date.weekday() not in self.closed.get(channel, ())

    def price(self, product: Product, day: int) -> int:
        """Return the list price in cents on a day, raised in steps of ten cents (of one cent below two euros)."""
        level = [percent for since, percent in self.rises.items() if since <= day][-1:] or [100]
        step = 10 if product.cents >= 200 else 1
        return (product.cents * level[0] + 50 * step) // (100 * step) * step


def steps_of(weights: tuple[float, ...]) -> list[float]:
    """Return cumulated weights, as ``Dice.place`` takes them."""
    return list(accumulate(weights))
