"""Numbers and lists as people write them: 1,234; 12 %; 4.2 orders."""

import math
from collections.abc import Sequence


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
    text = f"{value:,.6g}" if 1e-4 <= abs(value) < 1e6 or value == 0 else f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:.6g}"
    return text


def percent(share: float) -> str:
    """Write a share from 0 to 1 as a percentage; small ones are not rounded to nothing.

    Examples
    --------
    >>> percent(0.123), percent(0.004), percent(0.0)
    ('12 %', '0.4 %', '0 %')
    """
    if not math.isfinite(share):
        return "not known"
    if 0 < abs(share) < 0.0005:
        return "under 0.1 %"
    return f"{100 * share:.1f} %" if 0 < abs(share) < 0.01 else f"{100 * share:.0f} %"


def quantity(value: float, unit: str, currency: str = "") -> str:
    """Write a number with its unit; the unit ``money`` stands for the currency."""
    sign = currency if unit == "money" else unit
    if sign in {"share", "%"}:
        return percent(value if sign == "share" else value / 100)
    return f"{number(value)} {sign}".strip()


def described(label: str, value: float, unit: str, currency: str = "") -> str:
    """Write a variable with its value: "Total spend 171 €"; a unit that the label already says is left out."""
    known = unit.casefold() in label.casefold().split() and unit not in {"share", "%"}
    return f"{label} {quantity(value, '' if known else unit, currency)}"


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
