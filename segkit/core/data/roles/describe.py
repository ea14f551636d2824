"""Columns that hold nothing together: what they tell about the order or the customer."""

import re
from typing import Protocol

from segkit.core.data.currencies import MOST, looks_like_currencies
from segkit.core.data.roles import customer_money, leaks, lexicon, money_words
from segkit.core.data.roles import single_words as words
from segkit.core.data.roles.columns import ColumnRole, ColumnSummary
from segkit.core.data.roles.key_dates import looks_like_birth
from segkit.core.data.statuses import MOST_STATES, looks_like_states
from segkit.words.terms import Base, FileKind, Role

MAX_LEVELS = 60
"""A column with more different values than this does not describe customers as a category."""


_CANCELLED_ON = re.compile(
    r"cancel|void|storn|annul|anul|geannul|refund|return|delet|erstatt|ruckgab|zuruck|gelosch|rembours|reembols|devol|rimbors|"
    r"terugbeta|geretour"
)


class _Maker(Protocol):
    def __call__(self, role: Role, confidence: float, reason: str) -> ColumnRole: ...


def describes(
    summary: ColumnSummary, kind: FileKind, by_order: bool, found: dict[str, ColumnRole], by_name: dict[str, ColumnSummary]
) -> ColumnRole:
    """Take a column that holds nothing together for what it tells about the order or the customer."""

    def role(role: Role, confidence: float, reason: str) -> ColumnRole:
        return ColumnRole(summary.name, role, base_of(summary, kind, role), confidence, reason)

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
        return role(Role.CONSTANT, 1.0, "the same in every row that is filled in")
    if what := leaks.leak(summary):
        return role(Role.LEAK, 0.9, f"{what}. Choose “category” to use it all the same")
    customer = next((by_name[f.column] for f in found.values() if f.role is Role.CUSTOMER), None)
    place = lexicon.named_base(summary.name) is Base.GEOGRAPHIC
    if lexicon.personal_by_name(summary.name) and not (numeric and summary.distinct <= 10):
        return role(Role.PERSONAL, 0.95, "the column name suggests personal data")
    if what := lexicon.personal_by_content(summary.examples, summary.name):
        return role(Role.PERSONAL, 0.8, f"holds {what}")
    if lexicon.FREE_TEXT.fullmatch(squashed) and not numeric and not (by_order and _holds_states(summary)):
        return role(Role.FREE_TEXT, 0.9, "the column name suggests free text")
    same = customer is not None and summary.distinct == customer.distinct > 20 and summary.filled == customer.filled
    if customer is not None and same and by_order and not place:
        return role(Role.IGNORE, 0.6, f"as many different values as “{customer.name}”: a second identifier for the customer")
    if by_order and place and summary.distinct > MAX_LEVELS:
        return role(
            Role.CATEGORY,
            0.7,
            f"the column name suggests where customers are; {summary.distinct} places are too many to compare",
        )
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
            return role(Role.CANCELLED_ON, 0.9, "the column name suggests when an order was cancelled, and its cells are dates")
        return role(Role.IGNORE, 0.7, "a second date")
    if _holds_states(summary):
        return role(Role.STATUS, 0.85, "its values are order statuses or events, not all of which are sales")
    said, sure, instead = money_words.kind(summary.name) if numeric else (None, 0.0, "")
    if said in (Role.MARGIN, Role.QUANTITY) and said not in taken:
        return role(said, sure, f"the column name suggests “{said.label.lower()}”, and its cells are numbers")
    for suggested, confidence in lexicon.named_role(summary.name):
        if suggested in (Role.STATUS, Role.CHANNEL) and suggested not in taken and summary.distinct <= MAX_LEVELS:
            return role(suggested, confidence, f"the column name suggests “{suggested.label.lower()}”")
        if suggested is Role.PRODUCT and (not numeric or re.search(r"id|no|nr|code|sku", lexicon.squash(summary.name))):
            return role(suggested, confidence, "the column name suggests product or category")
    worded = words.worded_role(summary.name)
    if worded is Role.PRODUCT and (not numeric or not any("." in text for text in summary.examples)):
        return role(Role.PRODUCT, 0.65, "a word in the column name suggests product or category")
    if (
        summary.distinct >= 0.95 * summary.filled
        and summary.distinct > 20
        and not numeric
        and max(map(len, summary.examples)) <= 60
    ):
        return role(Role.IGNORE, 0.6, "different in nearly every row, so it does not describe customers")
    if numeric and (said or instead):
        reason = instead or f"the column name suggests “{said.label.lower() if said else ''}”, which other columns already hold"
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
            return role(Role.AMOUNT, 0.5, "numbers with two decimals, like money")
        if not decimals and Role.QUANTITY not in taken and (summary.maximum or 0) < 100_000:
            return role(Role.QUANTITY, 0.5, "small whole numbers, like quantities")
    return role(Role.IGNORE, 0.6, "a number about the order that the workbook does not need")


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
                "a few numbers that stand for names, not for quantities",
            )
        if kind is not FileKind.SURVEY:
            for suggested, confidence in lexicon.named_role(summary.name):
                discount = suggested is Role.FREQUENCY and "deal" in squashed
                if suggested in (Role.RECENCY, Role.FREQUENCY, Role.MARGIN) and not discount:
                    return role(suggested, confidence, f"the column name suggests “{suggested.label.lower()}”")
            if customer_money.says_money(summary.name):
                return role(Role.AMOUNT, money_words.kind(summary.name)[1], "the column name suggests “amount of money”")
        if is_record_number(summary):
            return role(Role.IGNORE, 0.8, "a different number in each row, so it does not describe customers")
        if _likeliest(summary.name) is Role.FREQUENCY:
            return role(Role.NUMBER, 0.7, "purchases with a discount, which the other purchases already count")
        return role(Role.NUMBER, 0.8, "numbers")
    place = lexicon.named_base(summary.name) is Base.GEOGRAPHIC
    if summary.distinct > MAX_LEVELS and summary.distinct > 0.5 * summary.filled and not place:
        return role(Role.FREE_TEXT, 0.7, f"{summary.distinct} different texts: too many to describe customers by")
    if "channel" in squashed or "kanal" in squashed:
        return role(Role.CHANNEL, 0.8, "the column name suggests a channel")
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
    said = f"; the column name suggests a {base.value} attribute" if base else ""
    return role(Role.CATEGORY, 0.85 if base else 0.65, f"{summary.distinct} different values that recur{said}")


NO_BASE = (
    *(Role.CUSTOMER, Role.ORDER, Role.LEAK, Role.PERSONAL, Role.FREE_TEXT, Role.CONSTANT, Role.IGNORE, Role.STATUS),
    Role.CURRENCY,
)
"""Roles of columns that describe no customer."""


def base_of(summary: ColumnSummary, kind: FileKind, role: Role) -> Base | None:
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
