"""The date of an order among the dates of a file: when it was placed, not when it was sent, nor when somebody was born."""

import re

from segkit.core.data.roles import lexicon
from segkit.core.data.roles.columns import ColumnSummary
from segkit.words.terms import FileKind, Role

Found = tuple[ColumnSummary, float, str]

_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?=\D|$|\d{4}(?!\d))")


def says_of_a_person(date: str) -> bool:
    """Tell whether a date's name speaks of a customer (joined, last seen) and not of an order."""
    name = lexicon.squash(date)
    created = "created" in name or "opened" in name  # so are orders, too
    return bool((lexicon.JOINED.search(name) and not created) or lexicon.LAST.search(name))


def as_date(summary: ColumnSummary, named: dict[Role, float], kind: FileKind) -> Found | None:
    """Weigh a column as the date of an order; None where it cannot be."""
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
    elif lexicon.LAST.search(name) or re.search(
        r"ship|deliver|due|paid|return|refund|cancel|liefer|versand|required|updat|modif|expir|valid|export|fallig", name
    ):
        confidence = 0.3
    if summary.filled < 0.5 * summary.rows:
        confidence *= 0.4 + summary.filled / summary.rows
    reason = "the column name and content suggest “date”" if Role.DATE in named else "its cells are dates"
    return summary, confidence, reason


def looks_like_birth(summary: ColumnSummary) -> bool:
    """Tell birth dates by content: years that spread over more than two decades and begin before 1985."""
    years = sorted(int(match[0]) for text in summary.examples if (match := _YEAR.search(text)))
    if len(years) < 10:
        return False
    low, high = years[len(years) // 10], years[-1 - len(years) // 10]
    return high - low >= 20 and low < 1985
