"""Numbers and lists as people write them: 1,234; 12 %; 4.2 orders."""

import math
from collections.abc import Sequence

from segkit.words.numbers import money, percent

__all__ = [
    "capital",
    "counted",
    "described",
    "exact",
    "listed",
    "number",
    "percent",
    "quantity",
    "shortened",
    "threshold",
    "unit_left",
]


def number(value: float) -> str:
    """Write a number with as many digits as a reader can use.

    Examples
    --------
    >>> number(1234.5), number(4.249), number(12.0), number(0.0312)
    ('1,234', '4.2', '12', '0.031')
    """
    if not math.isfinite(value):
        return "not known"
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 1:
        return f"{value:.1f}".removesuffix(".0")
    return "0" if size < 1e-9 else f"{value:.2g}"


def exact(value: float) -> str:
    """Write a threshold without rounding away what it decides (up to six significant digits)."""
    return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:,.6g}"


def threshold(value: float, unit: str, currency: str = "") -> str:
    """Write a threshold with its unit, exactly.

    Examples
    --------
    >>> threshold(114.4, "money", "EUR"), threshold(30, "days"), threshold(0.255, "share")
    ('114.40 EUR', '30 days', '25.5 %')
    """
    if unit == "share":
        return f"{exact(100 * value)} %"
    if unit == "money" or (unit and unit == currency):
        return money(value, currency, 0 if value == int(value) else 2)
    return f"{exact(value)} {unit}".strip()


def quantity(value: float, unit: str, currency: str = "") -> str:
    """Write a number with its unit; the unit ``money`` stands for the currency.

    Examples
    --------
    >>> quantity(1234.5, "money", "EUR"), quantity(4.24, "orders"), quantity(0.6, "share")
    ('1,235 EUR', '4.2 orders', '60 %')
    """
    if unit == "share":
        return percent(value)
    if unit == "money" or (unit and unit == currency):
        return money(value, currency)
    return f"{number(value)} {unit}".strip()


def described(label: str, value: float, unit: str, currency: str = "") -> str:
    """Write a variable with its value: "Total spend 171 €"; a unit that the label already says is left out."""
    return f"{label} {quantity(value, unit_left(label, unit), currency)}"


def unit_left(label: str, unit: str) -> str:
    """Return the unit, or nothing where the label says it already."""
    words = {word.strip(":,.()").casefold() for word in label.split()}
    return "" if unit not in {"share", "money"} and unit.casefold() in words else unit


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> counted(1, "customer"), counted(1200, "customer")
    ('1 customer', '1,200 customers')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def capital(text: str) -> str:
    """Set the first letter large and leave the rest alone."""
    return text[:1].upper() + text[1:]


def shortened(text: str, length: int) -> str:
    """Cut a text to a length, at a word where there is one."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[length // 2 :] else cut}…".replace(",…", "…")
