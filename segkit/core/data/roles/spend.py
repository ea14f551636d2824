"""What customers spent, in a file with one row a customer, chosen among its columns of money."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from segkit.core.data.roles import customer_money, lexicon, money_words
from segkit.core.data.roles.columns import GUESSED, ColumnRole, ColumnSummary
from segkit.core.data.roles.describe import MAX_LEVELS
from segkit.core.data.roles.money import Money
from segkit.core.data.roles.structure import Structure, agree
from segkit.words.terms import Base, Role


def spend_without_a_name(found: dict[str, ColumnRole], by_name: dict[str, ColumnSummary]) -> dict[str, ColumnRole]:
    """Take skewed amounts for spend by product group where no column says money: the likeliest reading, of low confidence."""
    if any(f.role in (Role.AMOUNT, Role.FREQUENCY, Role.RECENCY) for f in found.values()):
        return found

    def like_spend(f: ColumnRole) -> bool:
        s = by_name[f.column]
        known = lexicon.named_base(f.column) in (Base.DEMOGRAPHIC, Base.FIRMOGRAPHIC, Base.GEOGRAPHIC)
        return (
            f.role is Role.NUMBER
            and not known
            and not money_words.kind(f.column)[2]
            and s.minimum is not None
            and s.minimum >= 0
            and (s.skew or 0) > 1
            and s.distinct > MAX_LEVELS
        )

    spend = [f for f in found.values() if like_spend(f)]
    if len(spend) < 3:
        return found
    reason = (
        f"one of {len(spend)} columns of skewed numbers with no negatives: read as money spent by product group; please check"
    )
    return found | {f.column: replace(f, role=Role.AMOUNT, base=Base.BEHAVIOURAL, confidence=0.4, reason=reason) for f in spend}


_TURNOVER = re.compile(r"\b(turnover|revenue|sales|\w*umsatz|chiffre d affaires|ca|facturacion|fatturato|omzet|faturamento)\b")


_LAST_ORDER = re.compile(
    r"\b(last|recent|letzte\w*|dernier\w*|ultim\w*|laatste) (order|purchase|invoice|sale|kauf|bestellung|auftrag|rechnung|"
    r"achat|commande|facture|compra|pedido|factura|acquisto|ordine|fattura|aankoop|bestelling|encomenda)"
)
_OF_THE_FIRM = re.compile(r"\bannual|\byearly|jahres|annuel|anual|annuo|jaar")


def _says_turnover(name: str) -> bool:
    """Tell whether a name says turnover, and not that of a firm in a year."""
    return bool(_TURNOVER.search(lexicon.spaced(name))) and not _OF_THE_FIRM.search(lexicon.spaced(name))


def spend_by_evidence(
    found: dict[str, ColumnRole], by_name: Mapping[str, ColumnSummary], structure: Structure | None
) -> dict[str, ColumnRole]:
    """Take turnover for money spent where orders are counted beside it, and a value that is orders times their average.

    Without that the first may be a firm's own turnover, and the second a forecast.
    """
    roles = {f.role for f in found.values()}
    counted = [f.column for f in found.values() if f.role is Role.FREQUENCY]
    bought = counted or any(_LAST_ORDER.search(lexicon.spaced(f.column)) for f in found.values())
    if roles & {Role.AMOUNT, Role.ORDER_TOTAL} or not bought:
        return found
    free = [f.column for f in found.values() if f.role in (Role.NUMBER, Role.LEAK) and not f.by_person]
    numbers = [name for name in free if by_name[name].numbers]
    spent = {name: "turnover, with orders counted beside it" for name in numbers if _says_turnover(name)}
    for name, average, times in product(numbers, numbers, counted):
        if name != average and _multiplied(structure, name, times, average):
            spent[name] = f"it is “{times}” × “{average}”"
    return found | {
        name: replace(found[name], role=Role.AMOUNT, base=Base.BEHAVIOURAL, confidence=0.8, reason=why)
        for name, why in spent.items()
    }


def _multiplied(structure: Structure | None, total: str, times: str, average: str) -> bool:
    """Tell whether a column is the product of two others, to what rounding the average leaves."""
    if structure is None or not {total, times, average} <= set(structure.numbers):
        return False
    return agree(structure.numbers[total], structure.numbers[times] * structure.numbers[average], slack=0.01) >= 0.95


def chosen_spend(
    found: dict[str, ColumnRole], by_name: Mapping[str, ColumnSummary], structure: Structure | None
) -> tuple[dict[str, ColumnRole], tuple[Money, ...]]:
    """Choose among several columns of money that customers spent; return the readings there are."""
    named = [f for f in found.values() if f.role is Role.AMOUNT]
    if any(f.by_person or f.confidence >= 0.95 for f in named):
        return found, ()
    if named and named[0].confidence < GUESSED:
        names = [f.column for f in named]
        return found, (Money(f"the sum of {len(names)} columns", dict.fromkeys(names, Role.AMOUNT), 0.4, named[0].reason),)
    readings = customer_money.spend_readings([by_name[f.column] for f in named], structure)
    if not readings:
        return found, ()
    aside = f"money is {readings[0].label}: {readings[0].why}"
    others = {
        f.column: replace(f, role=Role.NUMBER, confidence=0.6, reason=aside) for f in named if f.column not in readings[0].roles
    }
    return found | others, readings
