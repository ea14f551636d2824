"""The money of a file of orders: which columns make it, told by their names, by sums that come out, and by what repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from segkit.core.data.roles import money_words
from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.structure import ENOUGH, Numbers, Structure, agree, firsts, sums
from segkit.words.terms import Role

FITS = 0.9
"""From this share of the rows on an identity such as amount = quantity × price holds."""

CLOSE = 0.16
"""A reading that scores no further below the best one is a rival: the person is asked where its money differs."""


NET = 0.004
"""Of two columns of money that are alike in all else the one without tax and discounts is taken."""

UNSURE = 0.62
"""A reading that scores no more is a guess: the person is asked."""


@dataclass(frozen=True)
class Money:
    """One reading of the money of order lines.

    Attributes
    ----------
    label : str
        In words: "“Turnover”", "“Qty” × “Price”".
    roles : mapping of str to Role
        What the columns are taken for that make it.
    score : float
        How much speaks for it.
    why : str
        What speaks for it.
    """

    label: str
    roles: Mapping[str, Role]
    score: float
    why: str


@dataclass(frozen=True, eq=False)
class _Look:
    """The columns of numbers of a file with what their names say, and the structure of its rows."""

    summaries: Mapping[str, ColumnSummary]
    said: Mapping[str, tuple[Role | None, float, str]]
    structure: Structure | None
    order: tuple[str, ...]
    products: Sequence[str]

    def named(self, role: Role) -> list[str]:
        """Return the columns whose names say a role, the surest first."""
        found = [name for name, (said, _, _) in self.said.items() if said is role]
        return sorted(found, key=lambda name: -self.said[name][1])

    def numbers(self, name: str) -> Numbers | None:
        return self.structure.numbers.get(name) if self.structure else None

    def level(self, name: str) -> str:
        """Return of what a column's numbers speak: "row", "order" (repeated in each line), or "head" (in its first line)."""
        return self.structure.level(name, *self.order) if self.structure else "row"


def money_readings(
    summaries: Sequence[ColumnSummary], structure: Structure | None, order: tuple[str, ...], products: Sequence[str]
) -> tuple[Money, ...]:
    """Return the readings of the money of order lines, the likeliest first; none where no column can be money.

    Parameters
    ----------
    summaries : sequence of ColumnSummary
        The columns of numbers that are nothing else yet.
    structure : Structure or None
        What the rows show.
    order : tuple of str
        The columns that tell orders apart, the number of the order first; empty where there is none.
    products : sequence of str
        Columns that name what was bought.
    """
    look = _Look(
        {s.name: s for s in summaries}, {s.name: money_words.kind(s.name) for s in summaries}, structure, order, products
    )
    found = [*_by_amount(look), *_by_product(look), *_by_order(look)]
    if not found:
        found = _without_names(look)
    found = [one for reading in found for one in _less(look, reading)]
    return tuple(sorted(found, key=lambda reading: -reading.score))


def _by_amount(look: _Look) -> list[Money]:
    """Return the readings by a column that holds the money of each line."""
    found = []
    pair = _pair(look)
    for name in look.named(Role.AMOUNT):
        if look.level(name) != "row":
            continue
        s, score, why = look.summaries[name], look.said[name][1] + 0.1, "its name says money"
        score += NET * money_words.says_net(name)
        if pair and look.structure:
            product = _times(look, *pair)
            if agree(look.structure.numbers[name], product) >= FITS:
                score, why = score + 0.15, f"it is “{pair[0]}” × “{pair[1]}”"
        if pair and s.filled < 0.9 * s.rows and all(_is_full(look.summaries[part]) for part in pair):
            score -= 0.4
        found.append(Money(f"“{name}”", {name: Role.AMOUNT} | _with_quantity(look), score, why))
    return found


def _is_full(summary: ColumnSummary) -> bool:
    return summary.numbers >= 0.95 * summary.rows


def _with_quantity(look: _Look) -> dict[str, Role]:
    """Take the quantity and the price along: they say more than nothing, though the money is another column."""
    pair = {name: role for role in (Role.QUANTITY, Role.PRICE) for name in look.named(role)[:1]}
    return pair


def _pair(look: _Look) -> tuple[str, str] | None:
    """Return quantity and price of a line, where both are there."""
    quantities, prices = look.named(Role.QUANTITY), look.named(Role.PRICE)
    prices = [name for name in prices if look.level(name) == "row"] or prices[:1]
    return (quantities[0], prices[0]) if quantities and prices else None


def _times(look: _Look, quantity: str, price: str) -> Numbers:
    assert look.structure is not None
    return look.structure.numbers[quantity] * look.structure.numbers[price]


def _by_product(look: _Look) -> list[Money]:
    """Return the readings by quantity and price: the price of a piece, or of all pieces of the line."""
    pair = _pair(look)
    if pair is None:
        prices = look.named(Role.PRICE)
        reason = "the only money in the file, and no quantity to multiply it with"
        return [Money(f"“{prices[0]}”", {prices[0]: Role.AMOUNT}, 0.7, reason)] if prices else []
    quantity, price = pair
    label, both = f"“{quantity}” × “{price}”", {quantity: Role.QUANTITY, price: Role.PRICE}
    known = (look.said[quantity][1] + look.said[price][1]) / 2
    each = Money(label, both, known, "quantity times price of a piece")
    line = Money(f"“{price}”", {quantity: Role.QUANTITY, price: Role.AMOUNT}, known - 0.3, "the price of the whole line")
    for_piece, for_line = _piece_or_line(look, quantity, price)
    if for_line >= 0.8 > for_piece:
        why = f"it grows with “{quantity}” for one and the same product: the price of the line"
        return [replace(line, score=known + 0.1, why=why), replace(each, score=known - 0.3)]
    if for_piece >= 0.8 or money_words.says_one_piece(price):
        return [each]
    several = look.structure.share(quantity, 1.0) if look.structure else 0.0
    return [each, line] if several > 0.02 else [each]


def _piece_or_line(look: _Look, quantity: str, price: str) -> tuple[float, float]:
    """Return how often one product's price stays the same, and how often it grows with the quantity, where quantities differ."""
    if look.structure is None:
        return 0.0, 0.0
    best = (0.0, 0.0)
    for product in look.products:
        groups = look.structure.groups(product)
        numbers, prices = look.structure.numbers[quantity], look.structure.numbers[price]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = prices / numbers
        same = grows = seen = 0
        step = 1 + len(groups.starts) // MOST_PRODUCTS
        for start, size in zip(groups.starts[::step], groups.sizes[::step], strict=True):
            rows = groups.order[start : start + size]
            many = len(np.unique(numbers[rows][~np.isnan(numbers[rows])])) > 1
            if size < 2 or not many:
                continue
            seen += 1
            same += _nearly_one(prices[rows])
            grows += _nearly_one(ratio[rows])
        if seen:
            best = max(best, (same / seen, grows / seen), key=max)
    return best


MOST_PRODUCTS = 300
"""So many products, spread over all of them, show what their prices do."""


def _nearly_one(values: Numbers) -> bool:
    """Tell whether numbers are one and the same but for a few: half of them lie within 1 % of the middle one."""
    known = values[np.isfinite(values)]
    if len(known) < 2:
        return False
    middle = float(np.median(known))
    return bool((np.abs(known - middle) <= 0.01 * abs(middle) + 1e-9).mean() >= 0.7)


def _by_order(look: _Look) -> list[Money]:
    """Return the readings by a total of the whole order, which counts once an order."""
    found = []
    for name in look.named(Role.AMOUNT):
        level = look.level(name)
        if level == "row":
            continue
        where = "in each of its lines" if level == "order" else "in its first line only"
        score = (
            look.said[name][1] + (0.1 if money_words.says_whole_order(name) else 0.0) + NET * money_words.says_net(name) - 0.1
        )
        why = f"the order's total stands {where} and counts once"
        quantity = dict.fromkeys(look.named(Role.QUANTITY)[:1], Role.QUANTITY)
        found.append(Money(f"“{name}”, once an order", {name: Role.ORDER_TOTAL} | quantity, score, why))
        if level == "order" and not money_words.says_whole_order(name) and not _pair(look):
            found.append(Money(f"“{name}”, in each line", {name: Role.AMOUNT}, score - 0.1, "the money of each line"))
    return found


def _without_names(look: _Look) -> list[Money]:
    """Return the readings where no name says money: by sums that come out, else by how the numbers are written."""
    free = [name for name, (role, _, instead) in look.said.items() if role is None and not instead]
    found = []
    if look.structure is not None:
        found = _by_identity(look, free)
    for name in free:
        s = look.summaries[name]
        decimals = sum("." in text or "," in text for text in s.examples) > 0.5 * len(s.examples)
        level = look.level(name)
        if decimals and level == "row" and (s.minimum is None or s.minimum > -1e9):
            found.append(Money(f"“{name}”", {name: Role.AMOUNT}, 0.6, "numbers with decimals, as money is written"))
    return found


def _by_identity(look: _Look, free: Sequence[str]) -> list[Money]:
    """Return the reading by a column that is the product of two others, the whole one of which is the quantity."""
    assert look.structure is not None
    numbers = {name: look.structure.numbers[name] for name in free if name in look.structure.numbers}
    whole = [
        name
        for name, x in numbers.items()
        if np.nanmax(np.abs(x - np.round(x)), initial=0.0) == 0 and np.nanmax(x, initial=0) > 1
    ]
    for total, x in numbers.items():
        for quantity in whole:
            for price, y in numbers.items():
                if len({total, quantity, price}) == 3 and agree(x, numbers[quantity] * y) >= FITS and not agree(x, y) >= FITS:
                    why = f"it is “{quantity}” × “{price}” in nearly every row"
                    return [Money(f"“{total}”", {total: Role.AMOUNT, quantity: Role.QUANTITY, price: Role.PRICE}, 0.7, why)]
    return []


def _less(look: _Look, reading: Money) -> list[Money]:
    """Take discounts and refunds off where they are not off already; where nothing tells, both readings stay."""
    roles = dict(reading.roles)
    for name in look.named(Role.REFUND):
        if not _is_nothing(look.summaries[name]):
            roles[name] = Role.REFUND
            break
    whole = replace(reading, roles=roles)
    for name in look.named(Role.DISCOUNT):
        if _is_nothing(look.summaries[name]):
            continue
        less = replace(
            whole,
            label=f"{whole.label}, less “{name}”",
            roles=roles | {name: Role.DISCOUNT},
            why=f"{whole.why}, less “{name}”",
        )
        off = _is_off_already(look, reading, name)
        if off is not None:
            return [whole] if off else [less]
        multiplied = not any(role in (Role.AMOUNT, Role.ORDER_TOTAL) for role in roles.values())
        best, other = (less, whole) if multiplied else (whole, less)
        return [best, replace(other, score=best.score - 0.05)]
    return [whole]


def _is_nothing(summary: ColumnSummary) -> bool:
    return not summary.numbers or (summary.minimum == 0 and summary.maximum == 0)


def _is_off_already(look: _Look, reading: Money, discount: str) -> bool | None:
    """Tell whether a discount is off the money already, by sums that come out, else by names; None where nothing tells."""
    amounts = [name for name, role in reading.roles.items() if role is Role.AMOUNT]
    by_total = any(role is Role.ORDER_TOTAL for role in reading.roles.values())
    pair = _pair(look)
    if look.structure is not None and pair and amounts and amounts[0] in look.structure.numbers:
        gross, x, d = (
            _times(look, *pair),
            look.structure.numbers[amounts[0]],
            np.abs(np.nan_to_num(look.structure.numbers[discount])),
        )
        some = np.where(d > 0, x, np.nan)
        if agree(some, gross - d) >= FITS or (d.max(initial=0) <= 1 and agree(some, gross * (1 - d), slack=0.001) >= FITS):
            return True
        if agree(some, gross) >= FITS:
            return False
    tells = _by_totals(look, reading, discount)
    if tells is not None:
        return tells
    if by_total:
        return True
    return {1: True, -1: False}.get(money_words.says_net(amounts[0])) if amounts else None


def _by_totals(look: _Look, reading: Money, discount: str) -> bool | None:
    """Ask the totals of the orders whether the sum of the lines, or that less the discount, comes out."""
    structure, order = look.structure, look.order
    amounts = [name for name, role in reading.roles.items() if role is Role.AMOUNT]
    pair = _pair(look)
    if structure is None or not order or (not amounts and not pair):
        return None
    lines = structure.numbers[amounts[0]] if amounts else _times(look, *pair) if pair else None
    if lines is None:
        return None
    groups = structure.groups(*order)
    gross, d = sums(lines, groups), np.abs(structure.numbers[discount])
    less = firsts(d, groups) if look.level(discount) != "row" else sums(d, groups)
    beside = [
        n
        for n, (_, _, instead) in look.said.items()
        if instead == "money beside the price of the goods" and n in structure.numbers
    ]
    extra = [np.zeros(len(gross)), *(_of_order(look, name, groups) for name in beside)]
    extra.append(np.sum(extra, axis=0))
    for total in look.named(Role.AMOUNT):
        if total in amounts or (look.level(total) == "row" and groups.several >= ENOUGH):
            continue
        t = np.where(np.nan_to_num(less) > 0, firsts(structure.numbers[total], groups), np.nan)
        for more in extra:
            if agree(t, gross - np.nan_to_num(less) + more) >= 0.8:
                return False
            if agree(t, gross + more) >= 0.8:
                return True
    return None


def _of_order(look: _Look, name: str, groups: object) -> Numbers:
    """Return a column's money of each order: once where it is the order's, else the sum of its lines."""
    from segkit.core.data.roles.structure import Groups

    assert isinstance(groups, Groups) and look.structure is not None
    numbers = look.structure.numbers[name]
    return np.nan_to_num(firsts(numbers, groups)) if look.level(name) != "row" else sums(numbers, groups)
