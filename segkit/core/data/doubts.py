"""Values that were read, though they may mean something else: what was taken for what, on what evidence, and what helps."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from segkit.core.data.damage import Finding
from segkit.words.numbers import count, date, percent
from segkit.words.terms import Severity

_FEW = 20
"""Different dates, or amounts, below which nothing is concluded from how they are spread."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = dt.timedelta(days=31)


@dataclass(frozen=True)
class CentSigns:
    """How the whole numbers of a column of money end, in numbers of rows."""

    column: str
    named: bool
    """Whether the column's name says cents."""
    whole: int
    decimal: int
    from_100: int
    price_ends: int
    """Ending in 00, 50, 90, 95 or 99."""
    odd_ends: int
    """Ending in 90, 95 or 99: hardly ever written of anything but cents."""


def exchanged_days(file_name: str, column: str, dates: Collection[dt.date]) -> list[Finding]:
    """Tell that days and months were exchanged, although the file writes months by name or the year first.

    Whoever exchanged them could do so only where the day is 12 or below; all others stayed right. So these others say when
    the business was at work, and on which days of the week.

    Parameters
    ----------
    file_name, column : str
        Where the dates stand.
    dates : collection of datetime.date
        The different dates.
    """
    sure = [day for day in dates if day.day > 12]
    loose = {day: day.replace(day=day.month, month=day.day) for day in dates if day.day <= 12 and day.day != day.month}
    if len(sure) < _FEW or len(loose) < _FEW // 2:
        return []
    first, last = min(sure) - _MONTH, max(sure) + _MONTH
    outside = [day for day in loose if not first <= day <= last]
    home = [day for day in outside if first <= loose[day] <= last]
    if len(outside) >= 10 and len(outside) >= 0.1 * len(loose) and len(home) >= 0.95 * len(outside):
        evidence = (
            f"All dates after the 12th of a month lie between {date(min(sure))} and {date(max(sure))}; "
            f"{count(len(outside))} different dates up to the 12th lie more than a month outside, and with day and month "
            "swapped "
            f"{count(len(home))} lie inside."
        )
        return [_exchanged(file_name, column, evidence)]
    for weekday, name in enumerate(_WEEKDAYS):
        usual, here, there = (_share(days, weekday) for days in (sure, loose.keys(), loose.values()))
        if min(len(sure), len(loose)) >= 3 * _FEW and usual <= 0.01 and here >= 0.08 and there <= 0.02:
            evidence = (
                f"Hardly any of {count(len(sure))} different dates after the 12th of a month is a {name}, but "
                f"{percent(here, 0)} of the {count(len(loose))} up to the 12th are; with day and month swapped "
                f"{percent(there, 0)} would be."
            )
            return [_exchanged(file_name, column, evidence)]
    return []


def _share(days: Collection[dt.date], weekday: int) -> float:
    return sum(day.weekday() == weekday for day in days) / max(1, len(days))


def _exchanged(file_name: str, column: str, evidence: str) -> Finding:
    return Finding(
        Severity.SERIOUS, file_name, column, "A spreadsheet has swapped days and months.", evidence,
        "Use the file as your shop exported it, before any spreadsheet opened it, or set its dates to your country.",
    )  # fmt: skip


def lost_dates(file_name: str, column: str, rows: int, example: str) -> list[Finding]:
    """Tell that a spreadsheet kept nothing of the dates but minutes and seconds (``00:00.0``)."""
    if not rows:
        return []
    return [
        Finding(
            Severity.SERIOUS, file_name, column, "A spreadsheet has lost the dates: only minutes and seconds are left.",
            f"{count(rows, 'row')} read such as “{example}”.",
            "Use the file as your shop exported it, before any spreadsheet opened and saved it.",
        )
    ]  # fmt: skip


def no_dates(file_name: str, column: str, rows: Mapping[str, int]) -> list[Finding]:
    """Tell which days were taken for "no date"."""
    if not rows:
        return []
    listed = ", ".join(f"{day} ({count(n, 'row')})" for day, n in rows.items())
    return [
        Finding(
            Severity.WARNING, file_name, column, "Some dates are placeholders; their rows count as undated.",
            f"{listed}: where programs begin or end to count, and no other date lies within a year of it.",
            "Fill in the dates in your shop if you can; otherwise there is nothing to do.",
        )
    ]  # fmt: skip


def years_alone(file_name: str, column: str, years: int) -> list[Finding]:
    """Tell that dates are known to the year only."""
    return [
        Finding(
            Severity.WARNING, file_name, column, "The dates are years alone.",
            f"The column holds {count(years, 'different year')}, each read as its first of January.",
            "Export the full date. Until then, days since the last order are accurate only to the year.",
        )
    ]  # fmt: skip


def multiplied(file_name: str, column: str, words: Mapping[str, float], rows: int) -> list[Finding]:
    """Tell that numbers were multiplied by what stands behind them ("18.3 MM")."""
    if not words:
        return []
    said = ", ".join(f"“{word}” as times {count(factor)}" for word, factor in words.items())
    return [
        Finding(
            Severity.NOTE, file_name, column, "A word behind the numbers multiplies them.",
            f"{said}, in a column of {count(rows, 'number')}.",
            "If it means something else, write the numbers in full.",
        )
    ]  # fmt: skip


def perhaps_multiplied(file_name: str, column: str, word: str) -> list[Finding]:
    """Tell that a column stays text because the word behind its numbers may be a unit or a million."""
    return [
        Finding(
            Severity.WARNING, file_name, column, "Numbers with a word behind them are read as text.",
            f"“{word}” may mean a million or a unit such as metres, and nothing in the column tells which.",
            "Write the numbers in full if they are amounts.",
        )
    ]  # fmt: skip


def are_cents(signs: CentSigns) -> bool:
    """Tell whether the amounts of a column are in cents beyond doubt: its name says so, and all of them are whole."""
    return signs.named and bool(signs.whole) and not signs.decimal


def perhaps_cents(signs: CentSigns) -> str:
    """Say why whole amounts may be in cents, a hundred times too high; an empty text where nothing speaks for it."""
    by_ends = (
        not signs.decimal
        and signs.whole >= _FEW
        and signs.from_100 >= 0.95 * signs.whole
        and signs.price_ends >= 0.8 * signs.whole
        and signs.odd_ends >= 0.2 * signs.whole
    )
    if not by_ends:
        return ""
    ends = f"{count(signs.price_ends)} end in 00, 50, 90, 95 or 99, as cents do"
    return f"All {count(signs.whole)} amounts are whole numbers; {ends}."


def grouped_ids(file_name: str, column: str, grouped: int, different: int, example: str) -> list[Finding]:
    """Tell that numbers that name something are written with signs for thousands."""
    if grouped < 3 or grouped < 0.2 * different:
        return []
    return [
        Finding(
            Severity.WARNING, file_name, column, "A spreadsheet has put thousands separators into numbers that are "
"really names.",
            f"{count(grouped)} of {count(different)} different ones are written such as “{example}”.",
            "Set the column to “Text” and export again; until then it matches no other file.",
        )
    ]  # fmt: skip
