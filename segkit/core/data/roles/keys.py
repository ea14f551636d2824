"""The columns that hold a file together: customer, order, date."""

import re
from collections.abc import Sequence

from segkit.core.data.roles import lexicon
from segkit.core.data.roles import single_words as words
from segkit.core.data.roles.columns import ColumnSummary
from segkit.words.terms import FileKind, Role

Found = tuple[ColumnSummary, float, str]


def find_keys(free: Sequence[ColumnSummary], kind: FileKind, taken: set[Role]) -> dict[Role, Found]:
    """Find the columns that hold a file together: customer, order, date."""
    keys: dict[Role, Found] = {}
    wanted = [Role.CUSTOMER, Role.DATE] + ([Role.ORDER] if kind is FileKind.ORDERS else [])
    for role in wanted:
        if role in taken:
            continue
        used = {found[0].name for found in keys.values()}
        candidates = [entry for summary in free if summary.name not in used and (entry := _as_key(summary, role, kind))]
        if candidates:
            coarser = role is Role.ORDER  # of two numbers the one that comes again: an order has several lines
            keys[role] = max(candidates, key=lambda entry: (entry[1], -entry[0].distinct if coarser else 0))
    if Role.CUSTOMER not in keys and Role.CUSTOMER not in taken:
        used = {found[0].name for found in keys.values()}
        rest = [summary for summary in free if summary.name not in used]
        if guess := _customer_by_content(rest, kind, dated=Role.DATE in keys or Role.DATE in taken):
            keys[Role.CUSTOMER] = guess
    return keys


def _as_key(summary: ColumnSummary, role: Role, kind: FileKind) -> Found | None:
    """Weigh a column as customer, order or date; None where it cannot be."""
    if not summary.filled:
        return None
    named = dict(reversed(lexicon.named_role(summary.name)))
    if role is Role.DATE:
        return _as_date(summary, named, kind)
    if summary.dates > 0.5 * summary.filled or (role is Role.ORDER and summary.distinct < 2):
        return None
    if role in named:
        few = role is Role.CUSTOMER and kind is FileKind.ORDERS and summary.distinct <= 10 and summary.rows >= 100
        confidence = named[role] * (0.5 if few else 1)
        why = f", though it has only {summary.distinct} different values" if few else ""
        return summary, confidence, f"its name says “{role.label.lower()}”{why}"
    if summary.distinct > 20 and words.worded_role(summary.name) is role and _numbered(summary):
        return summary, 0.92 if role is Role.CUSTOMER else 0.7, f"words in its name say “{role.label.lower()}”"
    if role is Role.ORDER and summary.distinct > 20 and lexicon.names_in_numbers(summary.name) and _numbered(summary):
        return summary, 0.6, "numbers as documents have, under a general name"
    if role is Role.CUSTOMER and lexicon.squash(summary.name) in ("id", "userid", "uid", "respondentid", "no", "nr"):
        if summary.distinct == summary.rows:
            return summary, 0.8, "a number of its own for each row"
    return None


def _numbered(summary: ColumnSummary) -> bool:
    """Tell whether the cells look like numbers of documents: one word with digits in it."""
    return all(re.fullmatch(r"(\S+ )?\S*\d\S*", text) and not re.search(r"\d[.,]\d", text) for text in summary.examples)


def _as_date(summary: ColumnSummary, named: dict[Role, float], kind: FileKind) -> Found | None:
    if summary.dates < 0.5 * summary.filled and not (Role.DATE in named and summary.dates):
        return None
    name = lexicon.squash(summary.name)
    if lexicon.BIRTH.search(name) or looks_like_birth(summary):
        return None
    if summary.numbers > 0.5 * summary.filled and Role.DATE not in named and not all(len(t) == 8 for t in summary.examples):
        return None
    confidence = named.get(Role.DATE, 0.5)
    if kind is not FileKind.ORDERS and lexicon.JOINED.search(name):
        confidence = 0.95
    elif lexicon.LAST.search(name) or re.search(r"ship|deliver|due|paid|return|liefer|versand|required", name):
        confidence = 0.3
    reason = "its name and its content say “date”" if Role.DATE in named else "its cells are dates"
    return summary, confidence, reason


def looks_like_birth(summary: ColumnSummary) -> bool:
    """Tell birth dates by content: years that spread over more than two decades and begin before 1985."""
    years = sorted(int(match[0]) for text in summary.examples if (match := re.search(r"(19|20)\d\d", text)))
    if len(years) < 10:
        return False
    low, high = years[len(years) // 10], years[-1 - len(years) // 10]
    return high - low >= 20 and low < 1985


def _customer_by_content(rest: Sequence[ColumnSummary], kind: FileKind, dated: bool) -> Found | None:
    """Guess the customer where no name tells: an identifier that comes again (orders) or never does (one row each)."""
    for summary in rest:
        if "e-mail addresses" == lexicon.personal_by_content(summary.examples) and kind is not FileKind.SURVEY:
            return summary, 0.6, "e-mail addresses, and no other column names the customer"
    by_order = dated and kind in (FileKind.ORDERS, FileKind.CONTACTS)
    for summary in rest:
        decimals = any("." in text or "," in text for text in summary.examples)
        if by_order and words.names_a_document(summary.name):
            continue
        if decimals or summary.dates > 0.5 * summary.filled or summary.filled < summary.rows or not summary.examples:
            continue
        if by_order and summary.distinct > max(20, 0.01 * summary.rows) and summary.distinct < 0.95 * summary.rows:
            padded = all(len(text) == len(summary.examples[0]) for text in summary.examples)
            return summary, 0.6 if padded else 0.4, "an identifier whose values come again, as customers do"
        if not by_order and summary.distinct == summary.rows and summary is rest[0]:
            return summary, 0.5, "the first column, and different in every row"
    return None
