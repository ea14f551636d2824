"""Sums that come out in a file of orders: which column holds the goods, which one tax, postage or fees with them."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from segkit.core.data.roles import money_words
from segkit.core.data.roles.money_look import GOODS, Look
from segkit.core.data.roles.structure import Numbers, agree
from segkit.words.terms import Role

FITS = 0.9
"""From this share of the rows on an identity such as amount = quantity × price holds."""

FEWEST = 3
"""So many rows at least must bear a sum out."""

TAX = (1.02, 1.3)
"""Rates of value added tax: amounts with it are so many times those without."""

_RATES = 4
"""So many different rates a business meets at most."""

_ENOUGH = 10
"""So many rows must show that one column is another with tax."""

_MOST_PARTS = 4
_MOST_COLUMNS = 7
_LOOKED_AT = 2_000


@dataclass(frozen=True)
class Sum:
    """One sum that comes out order by order: ``total`` is ``part`` with what is added to it, less what is taken off."""

    total: str
    part: str
    added: tuple[str, ...]
    taken_off: tuple[str, ...]


def sums_that_come_out(look: Look) -> tuple[Sum, ...]:
    """Return for each two columns of money the smallest sum that makes one out of the other.

    Tax, postage, tips and surcharges are added; discounts, refunds and fees taken off.
    """
    beside = [name for name in look.summaries if _sign(look, name) and not look.is_nothing(name)][:_MOST_COLUMNS]
    values = {name: np.abs(of)[:_LOOKED_AT] * _sign(look, name) for name in beside if (of := look.by_order(name)) is not None}
    names = [*look.named(Role.AMOUNT)[:6], *([GOODS] if look.goods is not None else [])]
    money = {name: of[:_LOOKED_AT] for name in names if (of := look.by_order(name)) is not None}
    found = []
    for total in money:
        for part in money:
            if total not in (part, GOODS) and (one := _smallest(total, part, money, values)):
                found.append(one)
    return tuple(found)


def _sign(look: Look, name: str) -> int:
    role, _, instead = look.said[name]
    if role in (Role.DISCOUNT, Role.REFUND) or instead == money_words.FEE:
        return -1
    return 1 if instead == money_words.EXTRA else 0


def _smallest(total: str, part: str, money: dict[str, Numbers], values: dict[str, Numbers]) -> Sum | None:
    """Return the sum with the fewest columns between two, all of which are needed; None where none comes out."""
    difference = money[total] - money[part]
    known = np.abs(money[total]) > 0
    for size in range(1, _MOST_PARTS + 1):
        for chosen in combinations(values, size):
            more = np.sum([values[name] for name in chosen], axis=0)
            there = known & (np.abs(more) > 0)
            if there.sum() >= FEWEST and _equal(difference[known], more[known]) and _equal(difference[there], more[there]):
                added = tuple(name for name in chosen if values[name].max(initial=0) > 0)
                return Sum(total, part, added, tuple(name for name in chosen if name not in added))
    return None


def _equal(one: Numbers, other: Numbers) -> bool:
    return bool((np.abs(one - other) <= 0.021).mean() >= FITS)


def is_off_already(look: Look, sums: tuple[Sum, ...], base: str, discount: str) -> bool | None:
    """Tell whether a discount is off the money already; None where nothing tells.

    Parameters
    ----------
    look : Look
        The file.
    sums : tuple of Sum
        What comes out in it.
    base : str
        The column of money, or ``GOODS``.
    discount : str
        The column of the discount.
    """
    for one in sums:
        if discount in one.taken_off and base in (one.total, one.part):
            return base == one.total
    for one in sums:  # without the discount: both are before it, or both after it
        if base == one.part and GOODS != base and not one.taken_off and one.total in _after(sums, discount):
            return True
    if base != GOODS and (told := is_goods_less(look, base, discount)) is not None:
        return told
    if (told := _by_usual_price(look, base, discount)) is not None:
        return told
    if base == GOODS:
        return None
    if look.level(base) != "row":
        return True
    return {1: True, -1: False}.get(money_words.says_net(base))


def _after(sums: tuple[Sum, ...], discount: str) -> set[str]:
    return {one.total for one in sums if discount in one.taken_off}


def is_goods_less(look: Look, base: str, discount: str) -> bool | None:
    """Hold the money of a line against quantity times price, in the lines that have a discount: True where it is less that."""
    goods, x, d = look.goods, look.rows_of(base), look.rows_of(discount)
    if goods is None or x is None or d is None:
        return None
    less = np.abs(np.nan_to_num(d))
    some = np.where(less > 0, x, np.nan)
    part = any(  # a share, or a percentage
        less.max(initial=0) <= whole and agree(some, goods * (1 - less / whole), slack=0.001, least=FEWEST) >= FITS
        for whole in (1, 100)
    )
    if part or agree(some, goods - less, least=FEWEST) >= FITS:
        return True
    return False if agree(some, goods, least=FEWEST) >= FITS else None


def _by_usual_price(look: Look, base: str, discount: str) -> bool | None:
    """Hold the price of a piece against that product's usual one, in the lines that have a discount of their own."""
    x, d = look.rows_of(base), look.rows_of(discount)
    structure, quantities = look.structure, look.named(Role.QUANTITY)
    if structure is None or x is None or d is None or look.level(discount) == "order" or not look.products:
        return None
    pieces = structure.numbers[quantities[0]] if quantities else np.ones(len(x))
    less = np.abs(np.nan_to_num(d))
    with np.errstate(divide="ignore", invalid="ignore"):
        each, off = x / pieces, less / pieces
    usual = np.full(len(x), np.nan)
    groups = structure.groups(max(look.products, key=lambda name: int(structure.codes[name].max(initial=0))))
    for start, size in zip(groups.starts, groups.sizes, strict=True):
        rows = groups.order[start : start + size]
        plain = rows[(less[rows] == 0) & np.isfinite(each[rows])]
        if len(plain):
            usual[rows] = np.median(each[plain])
    some = np.where((less > 0) & np.isfinite(each), usual, np.nan)
    if agree(some, each, slack=0.002, least=FEWEST) >= 0.7:
        return False
    return True if agree(some, each + off, slack=0.002, least=FEWEST) >= 0.7 else None


def is_taxed(gross: Numbers, net: Numbers) -> bool:
    """Tell whether one column is another with tax: by one rate, or by few, in nearly every row."""
    known = (np.abs(net) >= 1) & np.isfinite(gross) & np.isfinite(net)
    if known.sum() < _ENOUGH:
        return False
    ratio = gross[known] / net[known]
    rates, rows = np.unique(np.round(ratio, 2), return_counts=True)
    usual = np.argsort(-rows)[:_RATES]
    low, high = TAX
    fits = [rows[i] for i in usual if low <= rates[i] <= high or rates[i] == 1]
    return bool(sum(fits) >= 0.95 * known.sum() and (ratio > low).mean() >= 0.5)
