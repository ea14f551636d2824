"""Dates as people type them: in words, in figures, or as programs write them."""

import datetime as dt
import re
from typing import NamedTuple

from segkit.words.errors import WorkbookError
from segkit.words.numbers import date, shortened
from segkit.words.regions import MONTHS, writing


class TypedDate(NamedTuple):
    """What was typed, understood: the date, and whether it could have meant another."""

    value: dt.date | None
    unsure: bool = False


def typed_date(text: str) -> TypedDate:
    """Read a date as people write it; an empty text is no date.

    Of figures only, the region tells which is the day and which the month; one above 12 is the day in any case.

    Raises
    ------
    WorkbookError
        If it is none; the text says what would be.

    Examples
    --------
    >>> [str(typed_date(text).value) for text in ("3/4/2026", "2026-04-03", "3 Apr 26", "April 3rd, 2026", "3.4.26")]
    ['2026-04-03', '2026-04-03', '2026-04-03', '2026-04-03', '2026-04-03']
    """
    parts = [part for part in re.split(r"[\s./,\-–−]+", text.casefold()) if part]
    if not parts:
        return TypedDate(None)
    found = _in_words(parts) or _in_figures(parts)
    if found is None:
        such = date(dt.date(2026, 3, 31))
        said = shortened(" ".join(text.split()), 40)
        raise WorkbookError(f"“{said}” is not a date.", f"Type day, month and year, such as {such} or 2026-03-31.")
    return found


def _in_words(parts: list[str]) -> TypedDate | None:
    months = [next((n for n, name in enumerate(MONTHS, 1) if len(p) > 2 and name.casefold().startswith(p)), 0) for p in parts]
    left = [part for part, month in zip(parts, months, strict=True) if not month]
    if len(parts) != 3 or len(left) != 2:
        return None
    day, year = left[::-1] if _is_year(left[0]) else left
    found = _date(re.sub(r"(?<=\d)(st|nd|rd|th)$", "", day), str(max(months)), year)
    return TypedDate(found) if found else None


def _in_figures(parts: list[str]) -> TypedDate | None:
    if len(parts) != 3:
        return None
    order = writing().order
    if _is_year(parts[0]):
        order = "ymd"
    elif _is_year(parts[2]) and order == "ymd":
        order = "dmy"
    read = dict(zip(order, parts, strict=True))
    meant = _date(read["d"], read["m"], read["y"])
    # the year in front is how programs write, and who imitates them does not exchange day and month
    other = None if order == "ymd" else _date(read["m"], read["d"], read["y"])
    if meant is None:
        return TypedDate(other) if other else None
    return TypedDate(meant, other not in (None, meant))


def _is_year(part: str) -> bool:
    return len(part) == 4 and part.isdecimal()


def _date(day: str, month: str, year: str) -> dt.date | None:
    """Return a date, or None where there is no such day; a year of two digits is one of this century."""
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal() and len(year) in (2, 4)):
        return None
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
