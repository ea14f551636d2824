"""What each column of a file is taken for, with a reason and a confidence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from segkit.core.data.currencies import MOST, looks_like_currencies
from segkit.core.data.roles import customer_money, leaks, lexicon, money_words
from segkit.core.data.roles import single_words as words
from segkit.core.data.roles.columns import ColumnRole, ColumnSummary
from segkit.core.data.roles.keys import Found, find_keys, looks_like_birth, says_of_a_person
from segkit.core.data.roles.money import Money, money_readings
from segkit.core.data.roles.structure import Structure
from segkit.core.data.statuses import MOST_STATES, looks_like_states
from segkit.words.terms import Base, FileKind, Grain, Role

MAX_LEVELS = 60
"""A column with more different values than this does not describe customers as a category."""


REPEATED = 0.9
"""In a file of orders without dates customers come again: fewer different ones than this share of the rows."""

_CANCELLED_ON = re.compile(r"cancel|void|storn|annul|anul|geannul")

GUESSED = 0.5
"""Below this confidence a person is asked whether a column is what it is taken for."""

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
            base = _base(by_name[column], kind, role)
            found[column] = ColumnRole(column, role, base, 1.0, "you said so", by_person=True)
    said = {role.role for role in found.values()}
    for column, role in (known or {}).items():
        if column in by_name and column not in found and not (role in said and role in _SINGLE) and by_name[column].filled:
            found[column] = ColumnRole(column, role, _base(by_name[column], kind, role), 0.95, f"{source} has it there")
    taken = {role.role: role.column for role in found.values()}
    free = [summary for summary in summaries if summary.name not in found]
    keys = find_keys(free, kind, taken, structure)
    for role, (summary, confidence, reason) in keys.found.items():
        found[summary.name] = ColumnRole(summary.name, role, _base(summary, kind, role), confidence, reason)
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
            found[summary.name] = _describes(summary, kind, by_order, found, by_name)
            if money and found[summary.name].role is Role.IGNORE and money_words.kind(summary.name)[0] is Role.AMOUNT:
                found[summary.name] = replace(found[summary.name], reason=_not_taken(summary, money[0]))
    if not by_order and kind in (FileKind.ORDERS, FileKind.CUSTOMERS):
        found, money = _spend(_spend_without_a_name(found, by_name), by_name, structure)
    for name in leaks.scores_of_rfm([n for n, role in found.items() if role.role in (Role.NUMBER, Role.CATEGORY)]):
        found[name] = ColumnRole(name, Role.LEAK, None, 0.9, "one of three columns R, F and M: scores, which RFM gives itself")
    return Judged(tuple(found[summary.name] for summary in summaries), keys.rivals, money, keys.restarts)


def _not_taken(summary: ColumnSummary, taken: Money) -> str:
    """Say why a column whose name says money is not the money of its row."""
    part = summary.filled / summary.rows
    gaps = f"stands in {100 * part:.0f} % of the rows only; " if part < 0.95 else ""
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
    values = dict.fromkeys(summary.examples, 1)
    if kind is not FileKind.SURVEY and not numeric and summary.distinct <= MOST and looks_like_currencies(values):
        return role(Role.CURRENCY, 0.9, "its values are currencies")
    if summary.distinct <= 1 and not (by_order and _says_state(summary)):
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


def _says_state(summary: ColumnSummary) -> bool:
    """Tell whether a column holds the state or the end of orders: what all of them have still says what they are."""
    if summary.dates > 0.5 * summary.filled:
        return bool(_CANCELLED_ON.search(lexicon.spaced(summary.name)))
    named = words.worded_role(summary.name) is Role.STATUS or Role.STATUS in dict(lexicon.named_role(summary.name))
    return named or _holds_states(summary)


def _holds_states(summary: ColumnSummary) -> bool:
    """Tell whether what stands in a column are states of orders, of which some are no sales, whatever the column is called."""
    repeated = summary.distinct <= max(1, min(MOST_STATES, summary.filled / 3))
    return repeated and looks_like_states(dict.fromkeys(summary.examples, 1), summary.name)


def _in_orders(
    summary: ColumnSummary, found: dict[str, ColumnRole], by_name: dict[str, ColumnSummary], numeric: bool, role: _Maker
) -> ColumnRole:
    """Take a column of a file of orders for something."""
    taken = {f.role for f in found.values()}
    if summary.dates > 0.5 * summary.filled and not numeric:
        if _CANCELLED_ON.search(lexicon.spaced(summary.name)):
            return role(Role.CANCELLED_ON, 0.9, "its name says when an order was cancelled, and its cells are dates")
        return role(Role.IGNORE, 0.7, "a second date")
    if _holds_states(summary):
        return role(Role.STATUS, 0.85, "what stands in it are states of orders or events, of which not all are sales")
    said, sure, instead = money_words.kind(summary.name) if numeric else (None, 0.0, "")
    if said in (Role.MARGIN, Role.QUANTITY) and said not in taken:
        return role(said, sure, f"its name says “{said.label.lower()}”, and its cells are numbers")
    for suggested, confidence in lexicon.named_role(summary.name):
        if suggested in (Role.STATUS, Role.CHANNEL) and suggested not in taken and summary.distinct <= MAX_LEVELS:
            return role(suggested, confidence, f"its name says “{suggested.label.lower()}”")
        if suggested is Role.PRODUCT and (not numeric or re.search(r"id|no|nr|code|sku", lexicon.squash(summary.name))):
            return role(suggested, confidence, "its name says product or category")
    worded = words.worded_role(summary.name)
    if worded is Role.PRODUCT and (not numeric or not any("." in text for text in summary.examples)):
        return role(Role.PRODUCT, 0.65, "a word in its name says product or category")
    if (
        summary.distinct >= 0.95 * summary.filled
        and summary.distinct > 20
        and not numeric
        and max(map(len, summary.examples)) <= 60
    ):
        return role(Role.IGNORE, 0.6, "different in nearly every row: it describes no customer")
    if numeric and (said or instead):
        reason = instead or f"its name says “{said.label.lower() if said else ''}”, which other columns tell"
        return role(Role.IGNORE, 0.7, reason)
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
                if suggested in (Role.RECENCY, Role.FREQUENCY, Role.MARGIN) and not discount:
                    return role(suggested, confidence, f"its name says “{suggested.label.lower()}”")
            if customer_money.says_money(summary.name):
                return role(Role.AMOUNT, money_words.kind(summary.name)[1], "its name says “amount of money”")
        if is_record_number(summary):
            return role(Role.IGNORE, 0.8, "a number of its own for each row: it describes no customer")
        if _likeliest(summary.name) is Role.FREQUENCY:
            return role(Role.NUMBER, 0.7, "purchases with a discount, which the other purchases already count")
        return role(Role.NUMBER, 0.8, "numbers")
    place = lexicon.named_base(summary.name) is Base.GEOGRAPHIC
    if summary.distinct > MAX_LEVELS and summary.distinct > 0.5 * summary.filled and not place:
        return role(Role.FREE_TEXT, 0.7, f"{summary.distinct} different texts: too many to describe customers by")
    if "channel" in squashed or "kanal" in squashed:
        return role(Role.CHANNEL, 0.8, "its name says channel")
    return _category(summary, role)


_NUMBERS = re.compile(
    r"\b(id|ids|no|nr|number|num|row|record|index|idx|key|code|lfd|pos|guid|uuid|leid|seq|sequence|unnamed|column)\b"
)


def is_record_number(summary: ColumnSummary) -> bool:
    """Tell whether a column numbers the rows of a file: whole, each another, and named so or without a gap."""
    whole = all(re.fullmatch(r"\d+", text) for text in summary.examples)
    if (
        not whole
        or summary.distinct != summary.filled
        or summary.filled < 20
        or summary.minimum is None
        or summary.maximum is None
    ):
        return False
    gapless = summary.maximum - summary.minimum == summary.distinct - 1 and summary.minimum in (0, 1)
    return gapless or bool(_NUMBERS.search(lexicon.spaced(summary.name))) or summary.name.lower().endswith("id")


def _likeliest(name: str) -> Role | None:
    """Return the role that a name suggests first."""
    return next((role for role, _ in lexicon.named_role(name)), None)


def _category(summary: ColumnSummary, role: _Maker) -> ColumnRole:
    """Take a column of a few values for a category: surely where its name tells a segmentation base."""
    base = lexicon.named_base(summary.name)
    said = f"; its name tells a {base.value} attribute" if base else ""
    return role(Role.CATEGORY, 0.85 if base else 0.65, f"{summary.distinct} different values that come again{said}")


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
        f"one of {len(spend)} columns of skewed numbers without negative ones: taken for money spent by product group; "
        "please check"
    )
    return found | {f.column: replace(f, role=Role.AMOUNT, base=Base.BEHAVIOURAL, confidence=0.4, reason=reason) for f in spend}


def _spend(
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


NO_BASE = (
    *(Role.CUSTOMER, Role.ORDER, Role.LEAK, Role.PERSONAL, Role.FREE_TEXT, Role.CONSTANT, Role.IGNORE, Role.STATUS),
    Role.CURRENCY,
)
"""Roles of columns that describe no customer."""


def _base(summary: ColumnSummary, kind: FileKind, role: Role) -> Base | None:
    """Return the segmentation base a column belongs to, None for columns that describe no customer."""
    if role in NO_BASE:
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
