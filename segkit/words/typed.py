"""Numbers and percentages as people type them: with currency, unit, and the signs of several countries.

What two countries read differently is read as the region does that holds here (`segkit.words.regions`).
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from segkit.words.errors import WorkbookError
from segkit.words.numbers import figure
from segkit.words.regions import writing

LARGEST = 1e12
"""No figure of a business that this is made for comes near it: whoever types more has slipped on the keyboard."""

_PARTS = re.compile(r"([^\d+\-−–]*?)([-+−–]?\s*[.,]?\d[\d.,\s'’]*)(.*)")
"""What stands before a number, the number, and what stands behind it."""

_MINUS = "−–"


class Typed(NamedTuple):
    """What was typed, understood: the value, and whether it could have meant something else."""

    value: float | None
    unsure: bool = False


def typed_number(text: str) -> Typed:
    """Read a number as people write it; an empty text is no number.

    One sign that parts the last three digits could mean two things: the region's decimal sign parts decimals, any other
    thousands.

    Raises
    ------
    WorkbookError
        If it is none; the text says what would be.

    Examples
    --------
    >>> [typed_number(text).value for text in ("1 500", "1.500,00", "1500 EUR", "£1,500", "12,5", "−3")]
    [1500.0, 1500.0, 1500.0, 1500.0, 12.5, -3.0]
    """
    bare = " ".join(text.split())
    if not bare:
        return Typed(None)
    bare = re.sub(r"^([-−–])(\D*[^\d\s.,+\-−–])", r"\2\1", bare)  # −£5, as the workbook itself writes
    parts = _PARTS.fullmatch(bare)
    digits = (parts[2] if parts else "").strip().translate({ord(sign): "-" for sign in _MINUS})
    digits = re.sub(r"(?<=\d)[ '’](?=\d{3}(?!\d))|(?<=-) ", "", digits)
    value, unsure = _value(digits)
    if value is None or parts is None or not (_is_unit(parts[1]) and _is_unit(parts[3])):
        raise WorkbookError(f"“{_short(bare)}” is not a number.", f"Type digits, such as {as_typed(1500)} or {as_typed(12.5)}.")
    if abs(value) > LARGEST:
        raise WorkbookError(f"“{_short(bare)}” is too large.", f"Check the digits; up to {as_typed(LARGEST)} is possible.")
    return Typed(value, unsure)


def typed_percent(text: str) -> Typed:
    """Read a percentage and return the share: "5", "5 %" and "5.0" are .05; a number below 1 without % could mean either.

    Raises
    ------
    WorkbookError
        If it is no number.

    Examples
    --------
    >>> [typed_percent(text).value for text in ("5", "5 %", "12,5%", "100")]
    [0.05, 0.05, 0.125, 1.0]
    """
    value, unsure = typed_number(text)
    if value is None:
        return Typed(None)
    return Typed(value / 100, unsure or ("%" not in text and 0 < value < 1))


def typed_numbers(text: str) -> tuple[float, ...]:
    """Read numbers separated by semicolons or lines.

    Raises
    ------
    WorkbookError
        If one is none.

    Examples
    --------
    >>> typed_numbers("100; 500"), typed_numbers("")
    ((100.0, 500.0), ())
    """
    try:
        found = [typed_number(part).value for part in text.replace("\n", ";").split(";")]
    except WorkbookError:
        raise WorkbookError(
            f"“{_short(' '.join(text.split()))}” is not a list of numbers.",
            f"Separate the numbers by semicolons, for instance: {as_typed(100)}; {as_typed(500)}.",
        ) from None
    return tuple(number for number in found if number is not None)


def as_typed(value: float) -> str:
    """Write a number in full, as a person would type it: ``as_typed(1500)`` is ``1,500``; it is read back as the same.

    Examples
    --------
    >>> as_typed(1500.0), as_typed(0.5), as_typed(-0.00001)
    ('1,500', '0.5', '-0.00001')
    """
    # fifteen digits are what a float holds for sure; never 1e-05, which nobody types
    return figure(f"{Decimal(f'{value:.15g}'):,f}")


def as_typed_percent(share: float) -> str:
    """Write a share in percent, as a person would type it: ``as_typed_percent(0.125)`` is ``12.5 %``."""
    return as_typed(round(share * 100, 6)) + writing().percent


def _is_unit(text: str) -> bool:
    """Tell whether a text beside a number is a currency, a unit or a percent sign: letters and such signs only."""
    return all(sign.isalpha() or sign in " %.'" or unicodedata.category(sign) == "Sc" for sign in text)


def _value(digits: str) -> tuple[float | None, bool]:
    match = re.fullmatch(r"([-+]?)(\d[\d.,]*|[.,]\d+)", digits)
    if match is None:
        return None, False
    sign, number = -1.0 if match[1] == "-" else 1.0, match[2].rstrip(".,")
    points, commas = number.count("."), number.count(",")
    unsure = False
    if points and commas:
        decimal = max(number.rindex("."), number.rindex(","))
        mark = number[decimal]
        if number.count(mark) > 1:
            return None, False
        other = "," if mark == "." else "."
        if not _grouped(number[:decimal], other) or not number[decimal + 1 :].isdecimal():
            return None, False
        number = number.replace(other, "").replace(mark, ".")
    elif points > 1 or commas > 1:
        mark = "." if points else ","
        if not _grouped(number, mark):
            return None, False
        number = number.replace(mark, "")
    elif points or commas:
        mark = "." if points else ","
        unsure = re.fullmatch(rf"[1-9]\d{{0,2}}\{mark}\d{{3}}", number) is not None
        number = number.replace(mark, "" if unsure and mark != writing().decimal else ".")
    return sign * float(number), unsure


def _grouped(whole: str, mark: str) -> bool:
    """Tell whether a mark parts a whole number into thousands, or as in India, where what stands beyond them comes in pairs."""
    return re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})+|\d{{1,2}}(\{mark}\d\d)*\{mark}\d{{3}}", whole) is not None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
