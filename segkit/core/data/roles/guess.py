"""What each column of a file is taken for, with a reason and a confidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from segkit.core.data.roles import leaks, lexicon, money_words
from segkit.core.data.roles import single_words as words
from segkit.core.data.roles.columns import ColumnRole, ColumnSummary
from segkit.core.data.roles.describe import base_of, describes
from segkit.core.data.roles.key_dates import Found, says_of_a_person
from segkit.core.data.roles.keys import find_keys
from segkit.core.data.roles.money import Money, money_readings
from segkit.core.data.roles.spend import chosen_spend, spend_by_evidence, spend_without_a_name
from segkit.core.data.roles.structure import Structure
from segkit.words.numbers import percent
from segkit.words.terms import Base, FileKind, Grain, Role

REPEATED = 0.9
"""In a file of orders without dates customers come again: fewer different ones than this share of the rows."""

_MONEY = (Role.AMOUNT, Role.PRICE, Role.ORDER_TOTAL)


@dataclass(frozen=True)
class Judged:
    """What the columns of a file are taken for, and what they could be taken for almost as well.

    Attributes
    ----------
    roles : tuple of ColumnRole
        One for each column, in the file's order.
    customers : tuple of (ColumnSummary, float, str)
        Other columns that would do for the customer.
    money : tuple of Money
        The readings of the money of orders, the likeliest first; empty where a person or a known export decides.
    restarts : bool
        Whether the numbers of orders begin anew each day, till or customer.
    """

    roles: tuple[ColumnRole, ...]
    customers: tuple[Found, ...] = ()
    money: tuple[Money, ...] = ()
    restarts: bool = False


def infer_roles(
    summaries: Sequence[ColumnSummary], kind: FileKind, choices: Iterable[tuple[str, Role]] = ()
) -> tuple[ColumnRole, ...]:
    """Take each column of a file for something, from its name and its content alone (see ``judge``)."""
    return judge(summaries, kind, choices).roles


def judge(
    summaries: Sequence[ColumnSummary],
    kind: FileKind,
    choices: Iterable[tuple[str, Role]] = (),
    structure: Structure | None = None,
    known: Mapping[str, Role] | None = None,
    source: str = "",
) -> Judged:
    """Take each column of a file for something: by its name, its content, and what the rows show of all columns together.

    Parameters
    ----------
    summaries : sequence of ColumnSummary
        The file's columns.
    kind : FileKind
        What the file is for.
    choices : iterable of (str, Role)
        What a person says: always wins.
    structure : Structure, optional
        What the rows show; without it names and content decide alone.
    known : mapping of str to Role, optional
        What a known export has in its columns.
    source : str
        What that export is called.
    """
    found: dict[str, ColumnRole] = {}
    by_name = {summary.name: summary for summary in summaries}
    for column, role in choices:
        if column in by_name:
            base = base_of(by_name[column], kind, role)
            found[column] = ColumnRole(column, role, base, 1.0, "you said so", by_person=True)
    said = {role.role for role in found.values()}
    for column, role in (known or {}).items():
        if column in by_name and column not in found and not (role in said and role in _SINGLE) and by_name[column].filled:
            found[column] = ColumnRole(column, role, base_of(by_name[column], kind, role), 0.95, f"{source} has it there")
    taken = {role.role: role.column for role in found.values()}
    free = [summary for summary in summaries if summary.name not in found]
    keys = find_keys(free, kind, taken, structure)
    for role, (summary, confidence, reason) in keys.found.items():
        found[summary.name] = ColumnRole(summary.name, role, base_of(summary, kind, role), confidence, reason)
    addresses = next((role for role in found.values() if role.role is Role.EMAIL), None)
    if addresses and not any(role.role is Role.CUSTOMER for role in found.values()):
        found[addresses.column] = replace(addresses, role=Role.CUSTOMER, base=None)
    by_order = is_by_order(found.values(), by_name, kind)
    money: tuple[Money, ...] = ()
    if by_order and kind is FileKind.ORDERS and not {role.role for role in found.values()} & set(_MONEY):
        money = _money_of(found, free, structure, keys.restarts)
        found |= {name: role for name, role in _taken_money(money).items() if name not in found}
    for summary in free:
        if summary.name not in found:
            found[summary.name] = describes(summary, kind, by_order, found, by_name)
            if money and found[summary.name].role is Role.IGNORE and money_words.kind(summary.name)[0] is Role.AMOUNT:
                found[summary.name] = replace(found[summary.name], reason=_not_taken(summary, money[0]))
    if not by_order and kind in (FileKind.ORDERS, FileKind.CUSTOMERS):
        found = spend_by_evidence(found, by_name, structure)
        found, money = chosen_spend(spend_without_a_name(found, by_name), by_name, structure)
    found |= _ages_at_last_purchase(found) if not by_order else {}
    for name in leaks.scores_of_rfm([n for n, role in found.items() if role.role in (Role.NUMBER, Role.CATEGORY)]):
        found[name] = ColumnRole(name, Role.LEAK, None, 0.9, "one of three columns R, F and M: scores, which RFM gives itself")
    return Judged(tuple(found[summary.name] for summary in summaries), keys.rivals, money, keys.restarts)


def _ages_at_last_purchase(found: Mapping[str, ColumnRole]) -> dict[str, ColumnRole]:
    """Put aside the figures of a table with recency and T: there recency is the age at the last purchase, money a mean."""
    if not any(lexicon.squash(name) == "t" for name in found):
        return {}
    aside = {
        Role.RECENCY: "with T beside it: the age at the last purchase, not the days since",
        Role.AMOUNT: "a mean per order",
    }
    recent = any(role.role is Role.RECENCY for role in found.values())
    return {
        name: replace(role, role=Role.NUMBER, confidence=0.5, reason=aside[role.role])
        for name, role in found.items()
        if recent and role.role in aside and not role.by_person
    }


def _not_taken(summary: ColumnSummary, taken: Money) -> str:
    """Say why a column whose name says money is not the money of its row."""
    part = summary.filled / summary.rows
    gaps = f"appears in only {percent(part, 0)} of the rows; " if part < 0.95 else ""
    return f"{gaps}money is {taken.label}"


_SINGLE = (Role.CUSTOMER, Role.ORDER, Role.DATE, Role.AMOUNT, Role.ORDER_TOTAL, Role.QUANTITY, Role.PRICE)


def _money_of(
    found: Mapping[str, ColumnRole], free: Sequence[ColumnSummary], structure: Structure | None, restarts: bool
) -> tuple[Money, ...]:
    """Return the readings of the money of orders, from the columns of numbers that hold nothing together."""
    numeric = [
        s for s in free
        if s.name not in found and s.filled and s.numbers > 0.5 * s.filled and not leaks.leak(s)
        and not lexicon.personal_by_name(s.name) and lexicon.named_base(s.name) is not Base.GEOGRAPHIC
    ]  # fmt: skip
    wanted = (Role.ORDER, Role.DATE, Role.CUSTOMER) if restarts else (Role.ORDER,)
    columns = {role.role: role.column for role in found.values()}
    order = tuple(columns[role] for role in wanted if role in columns) if Role.ORDER in columns else ()
    products = [s.name for s in free if s.name not in found and s.filled and _says_product(s)]
    return money_readings(numeric, structure, order, products)


def _says_product(summary: ColumnSummary) -> bool:
    return words.worded_role(summary.name) is Role.PRODUCT or any(
        r is Role.PRODUCT for r, _ in lexicon.named_role(summary.name)
    )


def _taken_money(readings: Sequence[Money]) -> dict[str, ColumnRole]:
    """Return the roles of the columns that make the money by the likeliest reading."""
    if not readings:
        return {}
    best = readings[0]
    confidence = round(max(0.3, min(best.score - 0.1, 0.95)), 2)
    return {
        name: ColumnRole(name, role, Base.BEHAVIOURAL, confidence, f"money is {best.label}: {best.why}")
        for name, role in best.roles.items()
    }


def is_by_order(roles: Iterable[ColumnRole], summaries: dict[str, ColumnSummary], kind: FileKind) -> bool:
    """Tell whether the rows of a file are orders or order lines, not customers."""
    if kind is FileKind.CONTACTS:
        return True
    if kind is not FileKind.ORDERS:
        return False
    columns = {role.role: role for role in roles}
    if Role.ORDER in columns:
        return True
    if Role.CUSTOMER not in columns:
        return Role.DATE in columns
    customer = summaries[columns[Role.CUSTOMER].column]
    alone = customer.distinct == customer.filled == customer.rows
    if Role.DATE not in columns:
        return customer.distinct < REPEATED * customer.filled
    return not alone or not (says_of_a_person(columns[Role.DATE].column))


def grain_of(roles: Sequence[ColumnRole], summaries: Sequence[ColumnSummary], kind: FileKind) -> Grain:
    """Tell what one row of a file stands for."""
    by_name = {summary.name: summary for summary in summaries}
    if not is_by_order(roles, by_name, kind):
        return Grain.CUSTOMER
    order = next((by_name[role.column] for role in roles if role.role is Role.ORDER), None)
    if order is not None:
        return Grain.ORDER if order.distinct >= 0.999 * order.filled else Grain.ORDER_LINE
    return Grain.ORDER_LINE if any(role.role is Role.PRODUCT for role in roles) else Grain.ORDER
