"""Numbers, money and dates in words, British style, the same in tables, pictures and sentences.

A value that is missing reads as an en dash. Nothing here depends on the locale of the machine.
"""

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal

MISSING = "–"
"""What stands in place of a value that is not there."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _absent(value: object) -> bool:
    try:
        return value is None or not math.isfinite(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return True


def number(value: float | None, decimals: int = 1) -> str:
    """Return a number with thousands separators, halves rounded up: ``number(1234.25)`` is ``1,234.3``."""
    if value is None or _absent(value):
        return MISSING
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{rounded:,.{decimals}f}"
    return text.removeprefix("-") if rounded == 0 else text.replace("-", "−")


def count(value: float | None, one: str = "", many: str = "") -> str:
    """Return a whole number, with a noun if one is given: ``count(1200, "order")`` is ``1,200 orders``.

    Parameters
    ----------
    value : float or None
        How many.
    one, many : str, optional
        The noun in singular and plural; the plural defaults to singular + "s".
    """
    text = number(value, 0)
    if not one:
        return text
    return f"{text} {one if text == '1' else many or one + 's'}"


def money(value: float | None, currency: str = "", decimals: int | None = None) -> str:
    """Return an amount of money; a sign (£, €) stands before it, a code (EUR) behind it.

    Parameters
    ----------
    value : float or None
        Amount in the file's currency.
    currency : str, optional
        Sign or code; empty where unknown.
    decimals : int, optional
        Decimal places; by default two below 100 and none from 100 on.
    """
    if value is None or _absent(value):
        return MISSING
    if decimals is None:
        decimals = 2 if abs(value) < 100 and value != 0 else 0
    return _with_currency(number(value, decimals), currency)


def money_short(value: float | None, currency: str = "") -> str:
    """Return an amount of money for narrow places: ``money_short(1234567, "€")`` is ``€1.2m``."""
    if value is None or _absent(value):
        return MISSING
    # 0.9995 of a unit already rounds to the next one: 999,950 reads 1.0m, never 1,000k.
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size * 0.9995:
            scaled = value / size
            return _with_currency(number(scaled, 0 if abs(scaled) >= 99.95 else 1).removesuffix(".0") + letter, currency)
    return _with_currency(number(value, 0), currency)


def _with_currency(text: str, currency: str) -> str:
    if not currency:
        return text
    if any(letter.isalpha() for letter in currency):
        return f"{text} {currency}"
    return f"−{currency}{text[1:]}" if text.startswith("−") else f"{currency}{text}"


def percent(share: float | None, decimals: int | None = None) -> str:
    """Return a share (0 to 1) as a percentage: ``percent(0.7462)`` is ``75 %``.

    Shares under 1 % and from 99.5 % keep one decimal: ``0 %`` is none, and ``100 %`` is all.
    """
    if share is None or _absent(share):
        return MISSING
    if decimals is not None:
        return f"{number(100 * share, decimals)} %"
    if 0.995 <= share < 1 - 1e-9:  # a sum of all shares may fall short of 1 by a rounding
        return f"{number(100 * share, 1)} %" if share < 0.9995 else "over 99.9 %"
    if share == 0 or abs(share) >= 0.00995:
        return f"{number(100 * share, 0)} %"
    return f"{number(100 * share, 1)} %" if abs(share) >= 0.0005 else "under 0.1 %"


def points(change: float | None) -> str:
    """Return a change of a share in percentage points with its sign: ``points(0.034)`` is ``+3.4 points``."""
    if change is None or _absent(change):
        return MISSING
    text = number(100 * change, 1)
    return f"{text if text.startswith('−') or text == '0.0' else '+' + text} points"


def days(value: float | None) -> str:
    """Return a span of days in words: ``days(93.06)`` is ``93 days``."""
    return MISSING if _absent(value) else count(value, "day")


def date(value: dt.date | None) -> str:
    """Return a date in words: ``7 March 2011``."""
    if value is None or value != value:  # NaT differs from itself
        return MISSING
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: dt.date | None) -> str:
    """Return a month in words: ``March 2011``."""
    return MISSING if value is None or value != value else f"{MONTHS[value.month - 1]} {value.year}"


def joined(parts: list[str] | tuple[str, ...]) -> str:
    """Return words joined as a sentence joins them: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
