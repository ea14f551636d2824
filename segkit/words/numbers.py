"""Numbers, money, dates and lists as people write them, the same in tables, pictures and sentences.

A value that is missing reads as an en dash. Nothing here depends on the locale of the machine: figures are worked out the
British way, and then written as the region does that the person chose (`segkit.words.regions`).
"""

import datetime as dt
import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from segkit.words.regions import writing

MISSING = "–"
"""What stands in place of a value that is not there."""


def _absent(value: object) -> bool:
    try:
        return value is None or not math.isfinite(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return True


def figure(british: str) -> str:
    """Write a figure in the region's signs that is written the British way, such as ``1,234.5``."""
    return writing().figure(british)


def number(value: float | None, decimals: int = 1) -> str:
    """Return a number with thousands separators, halves rounded up: ``number(1234.25)`` is ``1,234.3``."""
    return MISSING if value is None or _absent(value) else figure(_british(value, decimals))


def _british(value: float, decimals: int) -> str:
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
    return _with_currency(_british(value, decimals), currency)


def money_short(value: float | None, currency: str = "") -> str:
    """Return an amount of money for narrow places: ``money_short(1234567, "€")`` is ``€1.2m``."""
    if value is None or _absent(value):
        return MISSING
    # 0.9995 of a unit already rounds to the next one: 999,950 reads 1.0m, never 1,000k.
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size * 0.9995:
            scaled = value / size
            return _with_currency(_british(scaled, 0 if abs(scaled) >= 99.95 else 1).removesuffix(".0"), currency, letter)
    return _with_currency(_british(value, 0), currency)


def _with_currency(british: str, currency: str, letter: str = "") -> str:
    how, written = writing(), figure(british) + letter
    if not currency:
        return written
    if how.money.startswith("¤#") and any(sign.isalpha() for sign in currency):
        return f"{written} {currency}"  # a code is not glued to the figure as a sign is
    pattern = how.money_below if written.startswith("−") else how.money
    return pattern.replace("#", written.removeprefix("−")).replace("¤", currency)


def percent(share: float | None, decimals: int | None = None) -> str:
    """Return a share (0 to 1) as a percentage: ``percent(0.7462)`` is ``75 %``.

    Shares under 1 % and from 99.5 % keep one decimal: ``0 %`` is none, and ``100 %`` is all.
    """
    if share is None or _absent(share):
        return MISSING
    if decimals is not None:
        return _per_cent(share, decimals)
    if 0.995 <= share < 1 - 1e-9:  # a sum of all shares may fall short of 1 by a rounding
        return _per_cent(share, 1) if share < 0.9995 else f"over {_per_cent(0.999, 1)}"
    if share == 0 or abs(share) >= 0.00995:
        return _per_cent(share, 0)
    return _per_cent(share, 1) if abs(share) >= 0.0005 else f"under {_per_cent(0.001, 1)}"


def _per_cent(share: float, decimals: int) -> str:
    return number(100 * share, decimals) + writing().percent


def in_100(ratio: float) -> str:
    """Return how many of a hundred, or for each hundred: ``in_100(0.962)`` is ``96``."""
    return number(100 * ratio, 0)


def adding_up(shares: Sequence[float]) -> list[float]:
    """Return shares of one whole in whole percents that add up to it (largest remainder), for showing them side by side.

    Shares under 1 %, and what is missing, stay as they are: `percent` shows them with their decimal.

    Examples
    --------
    >>> adding_up([0.195, 0.415, 0.195, 0.195])
    [0.2, 0.42, 0.19, 0.19]
    """
    held = [i for i, share in enumerate(shares) if not _absent(share) and share >= 0.00995]
    exact_percents = {i: 100 * shares[i] for i in held}
    rounded = {i: math.floor(value + 1e-9) for i, value in exact_percents.items()}
    left = math.floor(sum(exact_percents.values()) + 0.5) - sum(rounded.values())
    for i in sorted(held, key=lambda i: (rounded[i] - exact_percents[i], i))[: max(left, 0)]:
        rounded[i] += 1
    # nearly all is not all: what `percent` writes as "99.7 %" stays that
    return [rounded[i] / 100 if i in rounded and not 0.995 <= shares[i] < 1 - 1e-9 else share for i, share in enumerate(shares)]


def percents_apart(share: float, limit: float) -> tuple[str, str]:
    """Write a share and the limit it is held against with as many decimals as tell them apart.

    Examples
    --------
    >>> percents_apart(0.0481, 0.05), percents_apart(0.12, 0.05), percents_apart(0.05, 0.05)
    (('4.8 %', '5.0 %'), ('12 %', '5 %'), ('5 %', '5 %'))
    """
    both = percent(share), percent(limit)
    for decimals in range(4):
        # "1.0 %" and "1 %" are two texts, but one number
        if _size(both[0]) != _size(both[1]) or abs(share - limit) < 1e-12:
            break
        both = percent(share, decimals), percent(limit, decimals)
    return both


def _size(written: str) -> str | float:
    """Return the number that a percentage is written with; the text itself where words stand beside it."""
    how = writing()
    bare = written.removesuffix(how.percent).replace(how.group, "").replace(how.decimal, ".").replace("−", "-")
    return float(bare) if bare.replace(".", "").removeprefix("-").isdigit() else written


def numbers_apart(value: float, limit: float, decimals: int = 2) -> tuple[str, str]:
    """Write a number and the limit it is held against with as many decimals as tell them apart.

    Examples
    --------
    >>> numbers_apart(0.012, 0.008), numbers_apart(0.3, 0.01)
    (('0.012', '0.008'), ('0.30', '0.01'))
    """
    for places in range(decimals, decimals + 5):
        both = number(value, places), number(limit, places)
        if both[0] != both[1] or abs(value - limit) < 1e-12:
            break
    return both


def points(change: float | None) -> str:
    """Return a change of a share in percentage points with its sign: ``points(0.034)`` is ``+3.4 points``."""
    if change is None or _absent(change):
        return MISSING
    text = _british(100 * change, 1)
    return f"{'' if text.startswith('−') or text == '0.0' else '+'}{figure(text)} points"


def days(value: float | None) -> str:
    """Return a span of days in words: ``days(93.06)`` is ``93 days``."""
    return MISSING if _absent(value) else count(value, "day")


def date(value: dt.date | None) -> str:
    """Return a date in words: ``7 March 2011``."""
    return _dated(value, writing().long)


def short_date(value: dt.date | None) -> str:
    """Return a date for narrow places: ``7 Mar 2011``."""
    return _dated(value, writing().medium)


def day_and_month(value: dt.date) -> str:
    """Return a date of about now, for narrow places: ``07 Mar``."""
    return writing().date(value, re.sub(r"\bd\b", "dd", re.sub(r"[\s,./-]*y[\s./-]*", "", writing().medium)))


def _dated(value: dt.date | None, pattern: str) -> str:
    # NaT differs from itself
    return MISSING if value is None or value != value else writing().date(value, pattern)


def month(value: dt.date | None) -> str:
    """Return a month in words: ``March 2011``."""
    return _dated(value, "MMMM y")


def readable(value: float) -> str:
    """Write a number with as many digits as a reader can use.

    Examples
    --------
    >>> readable(1234.5), readable(4.249), readable(12.0), readable(0.0312)
    ('1,235', '4.2', '12', '0.031')
    """
    if not math.isfinite(value):
        return "not known"
    size = abs(value)
    if size >= 100:
        return figure(_british(value, 0).replace("−", "-"))
    if size >= 1:
        return figure(_british(value, 1).removesuffix(".0").replace("−", "-"))
    return "0" if size < 1e-9 else figure(f"{value:.2g}")


def exact(value: float) -> str:
    """Write a threshold without rounding away what it decides (up to six significant digits)."""
    return figure(f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:,.6g}")


def threshold(value: float, unit: str, currency: str = "") -> str:
    """Write a threshold with its unit, exactly.

    Examples
    --------
    >>> threshold(114.4, "money", "EUR"), threshold(30, "days"), threshold(0.255, "share")
    ('114.40 EUR', '30 days', '25.5 %')
    """
    if unit == "share":
        return exact(100 * value) + writing().percent
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
    return f"{readable(value)} {unit}".strip()


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


def first_few(words: Sequence[str], most: int = 5) -> str:
    """Return the first few of some words, and how many more there are.

    Examples
    --------
    >>> first_few(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def capital(text: str) -> str:
    """Set the first letter large and leave the rest alone."""
    return text[:1].upper() + text[1:]


def shortened(text: str, length: int) -> str:
    """Cut a text to a length, at a word where there is one."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[length // 2 :] else cut}…".replace(",…", "…")
