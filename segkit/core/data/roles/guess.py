"""What each column of a file is taken for, with a reason and a confidence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from segkit.core.data.roles import leaks, lexicon
from segkit.core.data.roles import single_words as words
from segkit.core.data.roles.columns import ColumnRole, ColumnSummary
from segkit.core.data.roles.keys import find_keys, looks_like_birth
from segkit.words.terms import Base, FileKind, Grain, Role

MAX_LEVELS = 60
"""A column with more different values than this does not describe customers as a category."""


def infer_roles(
    summaries: Sequence[ColumnSummary], kind: FileKind, choices: Iterable[tuple[str, Role]] = ()
) -> tuple[ColumnRole, ...]:
    """Take each column of a file for something, from its name and its content.

    Parameters
    ----------
    summaries : sequence of ColumnSummary
        The file's columns.
    kind : FileKind
        What the file is for.
    choices : iterable of (str, Role)
        What a person says: always wins.

    Returns
    -------
    tuple of ColumnRole
        One for each column, in the file's order.
    """
    found: dict[str, ColumnRole] = {}
    by_name = {summary.name: summary for summary in summaries}
    for column, role in choices:
        if column in by_name:
            base = _base(by_name[column], kind, role)
            found[column] = ColumnRole(column, role, base, 1.0, "you said so", by_person=True)
    taken = {role.role for role in found.values()}
    free = [summary for summary in summaries if summary.name not in found]
    for role, columns in find_keys(free, kind, taken).items():
        summary, confidence, reason = columns
        found[summary.name] = ColumnRole(summary.name, role, _base(summary, kind, role), confidence, reason)
    by_order = is_by_order(found.values(), by_name, kind)
    for summary in free:
        if summary.name not in found:
            found[summary.name] = _describes(summary, kind, by_order, found, by_name)
    if not by_order and kind in (FileKind.ORDERS, FileKind.CUSTOMERS):
        found = _spend_without_a_name(found, by_name)
    elif by_order:
        found = _only_a_price(found)
    for name in leaks.scores_of_rfm([n for n, role in found.items() if role.role in (Role.NUMBER, Role.CATEGORY)]):
        found[name] = ColumnRole(name, Role.LEAK, None, 0.9, "one of three columns R, F and M: scores, which RFM gives itself")
    return tuple(found[summary.name] for summary in summaries)


def is_by_order(roles: Iterable[ColumnRole], summaries: dict[str, ColumnSummary], kind: FileKind) -> bool:
    """Tell whether the rows of a file are orders or order lines, not customers."""
    if kind is FileKind.CONTACTS:
        return True
    if kind is not FileKind.ORDERS:
        return False
    columns = {role.role: role for role in roles}
    if Role.ORDER in columns:
        return True
    if Role.DATE not in columns:
        return False
    if Role.CUSTOMER not in columns:
        return True
    customer = summaries[columns[Role.CUSTOMER].column]
    return not (customer.distinct == customer.filled == customer.rows)


def grain_of(roles: Sequence[ColumnRole], summaries: Sequence[ColumnSummary], kind: FileKind) -> Grain:
    """Tell what one row of a file stands for."""
    by_name = {summary.name: summary for summary in summaries}
    if not is_by_order(roles, by_name, kind):
        return Grain.CUSTOMER
    order = next((by_name[role.column] for role in roles if role.role is Role.ORDER), None)
    if order is not None:
        return Grain.ORDER if order.distinct >= 0.999 * order.filled else Grain.ORDER_LINE
    return Grain.ORDER_LINE if any(role.role is Role.PRODUCT for role in roles) else Grain.ORDER


class _Maker(Protocol):
    def __call__(self, role: Role, confidence: float, reason: str) -> ColumnRole: ...


def _describes(
    summary: ColumnSummary, kind: FileKind, by_order: bool, found: dict[str, ColumnRole], by_name: dict[str, ColumnSummary]
) -> ColumnRole:
    """Take a column that holds nothing together for what it tells about the order or the customer."""

    def role(role: Role, confidence: float, reason: str) -> ColumnRole:
        return ColumnRole(summary.name, role, _base(summary, kind, role), confidence, reason)

    squashed, numeric = lexicon.squash(summary.name), summary.numbers > 0.5 * summary.filled
    if summary.filled == 0:
        return role(Role.CONSTANT, 1.0, "empty in every row")
    if lexicon.BIRTH.search(squashed) and (summary.dates > 0.5 * summary.filled or not numeric):
        return role(Role.PERSONAL, 0.95, "birth dates: only the age is used")
    if summary.dates > 0.5 * summary.filled and looks_like_birth(summary) and not by_order:
        return role(Role.PERSONAL, 0.8, "looks like birth dates: only the age is used")
    if summary.distinct <= 1:
        return role(Role.CONSTANT, 1.0, "the same in every filled row")
    if what := leaks.leak(summary):
        return role(Role.LEAK, 0.9, f"{what}. Take it for a category to use it all the same")
    customer = next((by_name[f.column] for f in found.values() if f.role is Role.CUSTOMER), None)
    place = lexicon.named_base(summary.name) is Base.GEOGRAPHIC
    if lexicon.personal_by_name(summary.name) and not (numeric and summary.distinct <= 10):
        return role(Role.PERSONAL, 0.95, "its name says personal data")
    if what := lexicon.personal_by_content(summary.examples):
        return role(Role.PERSONAL, 0.8, f"holds {what}")
    if lexicon.FREE_TEXT.fullmatch(squashed) and not numeric:
        return role(Role.FREE_TEXT, 0.9, "its name says free text")
    same = customer is not None and summary.distinct == customer.distinct > 20 and summary.filled == customer.filled
    if customer is not None and same and by_order and not place:
        return role(Role.IGNORE, 0.6, f"as many different values as “{customer.name}”: a second name for the customer")
    if by_order and place and summary.distinct > MAX_LEVELS:
        return role(Role.CATEGORY, 0.7, f"its name says where customers are; {summary.distinct} places are too many to compare")
    if by_order:
        return _in_orders(summary, found, by_name, numeric and not place, role)
    return _in_customers(summary, kind, numeric, role)


def _in_orders(
    summary: ColumnSummary, found: dict[str, ColumnRole], by_name: dict[str, ColumnSummary], numeric: bool, role: _Maker
) -> ColumnRole:
    """Take a column of a file of orders for something."""
    taken = {f.role for f in found.values()}
    if summary.dates > 0.5 * summary.filled and not numeric:
        return role(Role.IGNORE, 0.7, "a second date")
    for suggested, confidence in lexicon.named_role(summary.name):
        is_number = suggested in (Role.QUANTITY, Role.PRICE, Role.AMOUNT, Role.MARGIN)
        if suggested is Role.AMOUNT and numeric and (why := _no_amount(summary, by_name)):
            return role(Role.IGNORE, 0.7, why)
        if is_number and numeric and suggested not in taken:
            return role(suggested, confidence, f"its name says “{suggested.label.lower()}”, and its cells are numbers")
        if suggested in (Role.STATUS, Role.CHANNEL) and suggested not in taken and summary.distinct <= MAX_LEVELS:
            return role(suggested, confidence, f"its name says “{suggested.label.lower()}”")
        if suggested is Role.PRODUCT and (not numeric or re.search(r"id|no|nr|code|sku", lexicon.squash(summary.name))):
            return role(suggested, confidence, "its name says product or category")
    worded = words.worded_role(summary.name)
    if worded in (Role.QUANTITY, Role.PRICE, Role.AMOUNT, Role.MARGIN) and numeric and worded not in taken:
        why = _no_amount(summary, by_name) if worded is Role.AMOUNT else ""
        return role(Role.IGNORE, 0.6, why) if why else role(worded, 0.65, f"a word in its name says “{worded.label.lower()}”")
    if worded is Role.PRODUCT and (not numeric or not any("." in text for text in summary.examples)):
        return role(Role.PRODUCT, 0.65, "a word in its name says product or category")
    if numeric:
        return _unnamed_number(summary, taken, role)
    if summary.distinct <= MAX_LEVELS:
        return _category(summary, role)
    if max(map(len, summary.examples), default=0) > 60:
        return role(Role.FREE_TEXT, 0.7, "long texts, nearly all different")
    return role(Role.IGNORE, 0.6, f"{summary.distinct} different values: too many to describe customers by")


def _unnamed_number(summary: ColumnSummary, taken: set[Role], role: _Maker) -> ColumnRole:
    """Take a number without a telling name for the quantity or the money, where the file has no names at all."""
    if re.fullmatch(r"Column \d+", summary.name):
        decimals = sum("." in text or "," in text for text in summary.examples)
        if decimals > 0.5 * len(summary.examples) and Role.AMOUNT not in taken:
            return role(Role.AMOUNT, 0.5, "numbers with two decimals, as money is written")
        if not decimals and Role.QUANTITY not in taken and (summary.maximum or 0) < 100_000:
            return role(Role.QUANTITY, 0.5, "small whole numbers, as quantities are")
    return role(Role.IGNORE, 0.6, "a number of the order that the workbook has no use for")


def _in_customers(summary: ColumnSummary, kind: FileKind, numeric: bool, role: _Maker) -> ColumnRole:
    """Take a column of a file with one row a customer for something."""
    if summary.dates > 0.5 * summary.filled and not numeric:
        return role(Role.DATE, 0.4, "its cells are dates")
    squashed = lexicon.squash(summary.name)
    if numeric:
        coded = re.search(r"channel|region|code|zip|plz|post|segment|group|class|type|kategorie|category|cluster", squashed)
        if coded:
            if summary.distinct > MAX_LEVELS:
                return role(Role.CATEGORY, 0.7, "numbers that are codes, not quantities")
            return role(
                Role.CHANNEL if "channel" in squashed else Role.CATEGORY,
                0.7,
                "few numbers that stand for names, not for quantities",
            )
        if kind is not FileKind.SURVEY:
            for suggested, confidence in lexicon.named_role(summary.name):
                discount = suggested is Role.FREQUENCY and "deal" in squashed
                if suggested in (Role.RECENCY, Role.FREQUENCY, Role.AMOUNT, Role.MARGIN) and not discount:
                    return role(suggested, confidence, f"its name says “{suggested.label.lower()}”")
        if _likeliest(summary.name) is Role.FREQUENCY:
            return role(Role.NUMBER, 0.7, "purchases with a discount, which the other purchases already count")
        return role(Role.NUMBER, 0.8, "numbers")
    place = lexicon.named_base(summary.name) is Base.GEOGRAPHIC
    if summary.distinct > MAX_LEVELS and summary.distinct > 0.5 * summary.filled and not place:
        return role(Role.FREE_TEXT, 0.7, f"{summary.distinct} different texts: too many to describe customers by")
    if "channel" in squashed or "kanal" in squashed:
        return role(Role.CHANNEL, 0.8, "its name says channel")
    return _category(summary, role)


def _likeliest(name: str) -> Role | None:
    """Return the role that a name suggests first."""
    return next((role for role, _ in lexicon.named_role(name)), None)


def _category(summary: ColumnSummary, role: _Maker) -> ColumnRole:
    """Take a column of a few values for a category: surely where its name tells a segmentation base."""
    base = lexicon.named_base(summary.name)
    said = f"; its name tells a {base.value} attribute" if base else ""
    return role(Role.CATEGORY, 0.85 if base else 0.65, f"{summary.distinct} different values that come again{said}")


def _no_amount(summary: ColumnSummary, by_name: dict[str, ColumnSummary]) -> str:
    """Return in words why a column whose name says money is not the money of its row, or an empty text."""
    if lexicon.side_money(summary.name) and words.worded_role(summary.name) is not Role.AMOUNT:
        return "money beside the price of the goods"

    def full(role: Role) -> bool:
        return any(_likeliest(name) is role and s.numbers >= 0.95 * s.rows for name, s in by_name.items())

    if summary.filled < 0.9 * summary.rows and full(Role.QUANTITY) and full(Role.PRICE):
        share = f"{100 * summary.filled / summary.rows:.0f} %"
        return f"stands in {share} of the rows only, quantity and price in all: money is quantity times price"
    return ""


def _only_a_price(found: dict[str, ColumnRole]) -> dict[str, ColumnRole]:
    """Take a price for the money where there is no amount, and no quantity to multiply it with."""
    roles = {f.role: f for f in found.values()}
    if Role.PRICE not in roles or roles.keys() & {Role.AMOUNT, Role.QUANTITY} or roles[Role.PRICE].by_person:
        return found
    price = roles[Role.PRICE]
    reason = "the only money in the file, and no quantity to multiply it with"
    return found | {price.column: replace(price, role=Role.AMOUNT, confidence=0.6, reason=reason)}


def _spend_without_a_name(found: dict[str, ColumnRole], by_name: dict[str, ColumnSummary]) -> dict[str, ColumnRole]:
    """Take skewed amounts for spend by product group where no column says money: the likeliest reading, of low confidence."""
    if any(f.role in (Role.AMOUNT, Role.FREQUENCY, Role.RECENCY) for f in found.values()):
        return found

    def like_spend(f: ColumnRole) -> bool:
        s = by_name[f.column]
        known = lexicon.named_base(f.column) in (Base.DEMOGRAPHIC, Base.FIRMOGRAPHIC, Base.GEOGRAPHIC)
        return (
            f.role is Role.NUMBER
            and not known
            and s.minimum is not None
            and s.minimum >= 0
            and (s.skew or 0) > 1
            and s.distinct > MAX_LEVELS
        )

    spend = [f for f in found.values() if like_spend(f)]
    if len(spend) < 3:
        return found
    reason = (
        f"one of {len(spend)} columns of skewed numbers without negative ones: taken for money spent by product group; "
        "please check"
    )
    return found | {f.column: replace(f, role=Role.AMOUNT, base=Base.BEHAVIOURAL, confidence=0.4, reason=reason) for f in spend}


def _base(summary: ColumnSummary, kind: FileKind, role: Role) -> Base | None:
    """Return the segmentation base a column belongs to, None for columns that describe no customer."""
    if role in (Role.CUSTOMER, Role.ORDER, Role.LEAK, Role.PERSONAL, Role.FREE_TEXT, Role.CONSTANT, Role.IGNORE, Role.STATUS):
        return None
    if role not in (Role.NUMBER, Role.CATEGORY):
        return Base.BEHAVIOURAL
    if kind is FileKind.SURVEY and lexicon.tells(summary.name, Base.PSYCHOGRAPHIC):
        return Base.PSYCHOGRAPHIC
    if named := lexicon.named_base(summary.name):
        return named
    few = {text.strip().lower() for text in summary.examples}
    if kind is FileKind.SURVEY or (few and few <= {"yes", "no", "ja", "nein", "oui", "non", "true", "false", "y", "n"}):
        return Base.PSYCHOGRAPHIC
    return Base.BEHAVIOURAL if kind in (FileKind.ORDERS, FileKind.CONTACTS) else Base.DEMOGRAPHIC
