"""The money of a file of orders: which columns make it, told by their names, by sums that come out, and by what repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from segkit.core.data.roles import money_words
from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.money_look import GOODS, Look
from segkit.core.data.roles.money_sums import FEWEST, FITS, Sum, is_goods_less, is_off_already, is_taxed, sums_that_come_out
from segkit.core.data.roles.structure import Numbers, Structure, agree
from segkit.words.terms import Role

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
    said : str
        What a person should know of it: which other column holds the same with postage, tax or fees.
    """

    label: str
    roles: Mapping[str, Role]
    score: float
    why: str
    said: str = ""

    @property
    def base(self) -> str:
        """The column that holds the money, ``GOODS`` where quantity and price make it."""
        return next((name for name, role in self.roles.items() if role in (Role.AMOUNT, Role.ORDER_TOTAL)), GOODS)


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
    look = Look({s.name: s for s in summaries}, structure, order, products)
    found = [*_by_amount(look), *_by_product(look), *_by_order(look)]
    if not found:
        found = [*_by_fee(look), *_without_names(look)]
    sums = sums_that_come_out(look)
    found = [_without_tax(look, _explained(sums, one)) for reading in found for one in _less(look, sums, reading)]
    return tuple(sorted(found, key=lambda reading: -reading.score))


def _by_amount(look: Look) -> list[Money]:
    """Return the readings by a column that holds the money of each line."""
    found = []
    pair = look.pair
    for name in look.named(Role.AMOUNT):
        if look.level(name) != "row" or look.is_nothing(name) or _is_flag(look.summaries[name]):
            continue
        s, score, why = look.summaries[name], look.said[name][1] + 0.1, "the column name suggests money"
        score += NET * money_words.says_net(name)
        if (s.maximum or 0) <= 0 and (s.minimum or 0) < 0 and len(look.named(Role.AMOUNT)) > 1:
            score -= 0.4  # all below zero: what was paid for something, such as a fee
        if pair and look.structure:
            if look.goods is not None and agree(look.structure.numbers[name], look.goods) >= FITS:
                score, why = score + 0.15, f"it is “{pair[0]}” × “{pair[1]}”"
            elif less := next((d for d in look.named(Role.DISCOUNT) if is_goods_less(look, name, d)), ""):
                score, why = score + 0.15, f"it is “{pair[0]}” × “{pair[1]}”, less “{less}”"
        if pair and s.filled < 0.9 * s.rows and all(_is_full(look.summaries[part]) for part in pair):
            score -= 0.4
        found.append(Money(f"“{name}”", {name: Role.AMOUNT} | _with_quantity(look), score, why))
    return found


def _is_flag(summary: ColumnSummary) -> bool:
    """Tell whether a column says yes or no by 1 and 0: "paid" is no money then."""
    return summary.distinct == 2 and (summary.minimum, summary.maximum) == (0, 1)


def _is_full(summary: ColumnSummary) -> bool:
    return summary.numbers >= 0.95 * summary.rows


def _with_quantity(look: Look) -> dict[str, Role]:
    """Take the quantity and the price along: they say more than nothing, though the money is another column."""
    return {name: role for role in (Role.QUANTITY, Role.PRICE) for name in look.named(role)[:1]}


def _by_product(look: Look) -> list[Money]:
    """Return the readings by quantity and price: the price of a piece, or of all pieces of the line."""
    pair = look.pair
    if pair is None:
        prices = look.named(Role.PRICE)
        reason = "the only money in the file, and no quantity to multiply it by"
        return [Money(f"“{prices[0]}”", {prices[0]: Role.AMOUNT}, 0.7, reason)] if prices else []
    quantity, price = pair
    label, both = f"“{quantity}” × “{price}”", {quantity: Role.QUANTITY, price: Role.PRICE}
    known = (look.said[quantity][1] + look.said[price][1]) / 2
    each = Money(label, both, known, "quantity times price per item")
    line = Money(f"“{price}”", {quantity: Role.QUANTITY, price: Role.AMOUNT}, known - 0.3, "the price of the whole line")
    for_piece, for_line = _piece_or_line(look, quantity, price)
    if for_line >= 0.8 > for_piece:
        why = f"it grows with “{quantity}” for the same product: the price of the line"
        return [replace(line, score=known + 0.1, why=why), replace(each, score=known - 0.3)]
    if for_piece >= 0.8 or money_words.says_one_piece(price):
        return [each]
    several = look.structure.share(quantity, 1.0) if look.structure else 0.0
    return [each, line] if several > 0.02 else [each]


def _piece_or_line(look: Look, quantity: str, price: str) -> tuple[float, float]:
    """Return how often a product's price stays the same, and how often it grows with the quantity, where that differs."""
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


def _by_order(look: Look) -> list[Money]:
    """Return the readings by a total of the whole order, which counts once an order."""
    found = []
    for name in look.named(Role.AMOUNT):
        level = look.level(name)
        if level == "row" or look.is_nothing(name):
            continue
        where = "in each of its lines" if level == "order" else "in its first line only"
        score = (
            look.said[name][1] + (0.1 if money_words.says_whole_order(name) else 0.0) + NET * money_words.says_net(name) - 0.1
        )
        why = f"the order's total appears {where} and counts once"
        quantity = dict.fromkeys(look.named(Role.QUANTITY)[:1], Role.QUANTITY)
        found.append(Money(f"“{name}”, once per order", {name: Role.ORDER_TOTAL} | quantity, score, why))
        if level == "order" and not money_words.says_whole_order(name) and not look.pair:
            found.append(Money(f"“{name}”, in each line", {name: Role.AMOUNT}, score - 0.1, "the money of each line"))
    return found


def _by_fee(look: Look) -> list[Money]:
    """Return the readings by a fee, where a file has no other money: a school's or a club's."""
    fees = [name for name, (_, _, instead) in look.said.items() if instead == money_words.FEE and not look.is_nothing(name)]
    return [Money(f"“{name}”", {name: Role.AMOUNT}, 0.66, "the only money in the file") for name in fees[:1]]


def _without_names(look: Look) -> list[Money]:
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
            found.append(Money(f"“{name}”", {name: Role.AMOUNT}, 0.6, "numbers with decimals, like money"))
    return found


def _by_identity(look: Look, free: Sequence[str]) -> list[Money]:
    """Return the reading by a column that is the product of two others, the whole one of which is the quantity."""
    assert look.structure is not None
    numbers = {name: look.structure.numbers[name] for name in free if name in look.structure.numbers}
    whole = [
        name
        for name, x in numbers.items()
        if np.nanmax(np.abs(x - np.round(x)), initial=0.0) == 0 and np.nanmax(x, initial=0) > 1
    ]
    numbers = {name: x for name, x in numbers.items() if np.nanmax(x, initial=-np.inf) > np.nanmin(x, initial=np.inf)}
    for total, x in numbers.items():
        for quantity in whole:
            for price, y in numbers.items():
                if (
                    quantity in numbers
                    and len({total, quantity, price}) == 3
                    and agree(x, numbers[quantity] * y) >= FITS
                    and not agree(x, y) >= FITS
                ):
                    why = f"it is “{quantity}” × “{price}” in nearly every row"
                    return [Money(f"“{total}”", {total: Role.AMOUNT, quantity: Role.QUANTITY, price: Role.PRICE}, 0.7, why)]
    return []


def _less(look: Look, sums: tuple[Sum, ...], reading: Money) -> list[Money]:
    """Take discounts and refunds off where they are not off already; where nothing tells, both readings stay."""
    roles = dict(reading.roles)
    for name in look.named(Role.REFUND):
        if not look.is_nothing(name) and not _is_flag(look.summaries[name]):
            roles[name] = Role.REFUND
            break
    whole = replace(reading, roles=roles)
    if not set(roles.values()) & {Role.REFUND} and (back := _looks_given_back(look, reading)):
        less = replace(
            whole, label=f"{whole.label}, less “{back}”", roles=roles | {back: Role.REFUND}, score=whole.score - 0.05,
            why=f"“{back}” is nothing in most rows, and never more than that",
        )  # fmt: skip
        return [*_discounted(look, sums, whole), less]
    return _discounted(look, sums, whole)


def _looks_given_back(look: Look, reading: Money) -> str:
    """Return a column of which no name tells anything, and whose numbers look like refunds; else an empty text.

    Such a column is zero or empty in most rows, never above the money of its row, and all of it in some.
    """
    money = look.rows_of(reading.base)
    if look.structure is None or money is None:
        return ""
    for name, (role, _, _) in look.said.items():
        if role is not None or name in reading.roles or _is_flag(look.summaries[name]):
            continue
        back = np.nan_to_num(look.structure.numbers[name])
        some = back != 0
        most = some.mean() < 0.5 and some.sum() >= FEWEST
        whole = int((np.abs(back - money) <= 0.011)[some].sum())
        cents = bool((back[some] % 1 != 0).any())  # small counts are below any money
        if most and cents and (back >= 0).all() and (back[some] <= money[some] + 0.011).all() and whole >= 2:
            return name
    return ""


def _discounted(look: Look, sums: tuple[Sum, ...], whole: Money) -> list[Money]:
    """Take a discount off where it is not off already; where nothing tells, both readings stay."""
    for name in sorted(look.named(Role.DISCOUNT), key=money_words.says_share):  # what was taken off in money is exact
        if look.is_nothing(name) or money_words.says_postage(name):
            continue
        less = replace(
            whole,
            label=f"{whole.label}, less “{name}”",
            roles=dict(whole.roles) | {name: Role.DISCOUNT},
            why=f"{whole.why}, less “{name}”",
        )
        off = is_off_already(look, sums, whole.base, name)
        if off is not None:
            return [whole] if off else [less]
        return [less, replace(whole, score=less.score - 0.05)]
    return [whole]


def _without_tax(look: Look, reading: Money) -> Money:
    """Put a reading back whose money is another column's with tax on it: a few rates explain every row."""
    base = reading.base
    numbers = look.structure.numbers if look.structure else {}
    for name in look.named(Role.AMOUNT) if base in numbers else ():
        if name != base and name in numbers and look.level(name) == look.level(base) and is_taxed(numbers[base], numbers[name]):
            return replace(reading, score=reading.score - 0.3)
        if name != base and name in numbers and look.level(name) == look.level(base) and is_taxed(numbers[name], numbers[base]):
            said = f"money is {reading.label}; “{name}” is that with tax"
            return replace(reading, said=reading.said or said)
    return reading


def _explained(sums: tuple[Sum, ...], reading: Money) -> Money:
    """Put a reading back whose money is another column's with tax, postage or fees: the goods count."""
    more = [one for one in sums if one.total == reading.base and one.part != reading.base]
    fees = any(money_words.kind(name)[2] == money_words.FEE for one in more for name in one.taken_off)
    extras = any(one.added for one in more)
    goods = next((one for one in sums if one.part == reading.base and (one.added or one.taken_off)), None)
    said = ""
    if goods is not None:
        parts = [f"with “{name}”" for name in goods.added] + [f"less “{name}”" for name in goods.taken_off]
        said = f"money is {reading.label}; “{goods.total}” is that {', '.join(parts)}"
    return replace(reading, score=reading.score - (0.4 if fees else 0.3 if extras else 0.0), said=said)
