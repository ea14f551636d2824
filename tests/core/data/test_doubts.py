"""Values that were read, though they may mean something else."""

import datetime as dt

import pytest

from segkit.core.data import doubts
from segkit.core.data.doubts import CentSigns
from segkit.words.terms import Severity


def every(step, first, last):
    return [first + dt.timedelta(days=n) for n in range(0, (last - first).days + 1, step)]


def exchanged(days):
    """Exchange day and month of every date up to the 12th, as a spreadsheet of another country does."""
    return [day.replace(day=day.month, month=day.day) if day.day <= 12 else day for day in days]


SHOP = every(1, dt.date(2023, 8, 20), dt.date(2024, 5, 30))
OFFICE = [day for day in every(1, dt.date(2023, 1, 1), dt.date(2023, 12, 31)) if day.weekday() < 5]


@pytest.mark.parametrize("days", [SHOP, every(3, dt.date(2021, 11, 2), dt.date(2023, 7, 1)), OFFICE])
def test_exchanged_days_and_months_are_noticed(days):
    assert doubts.exchanged_days("orders.csv", "Date", days) == []
    (found,) = doubts.exchanged_days("orders.csv", "Date", exchanged(days))
    assert found.severity is Severity.SERIOUS and found.what == "A spreadsheet has swapped days and months."


def test_what_shows_that_days_and_months_were_exchanged():
    (found,) = doubts.exchanged_days("orders.csv", "Date", exchanged(SHOP))
    assert found.evidence.startswith("All dates after the 12th of a month lie between 20 August 2023 and 30 May 2024; ")
    (found,) = doubts.exchanged_days("orders.csv", "Date", exchanged(OFFICE))
    assert " is a Saturday, but " in found.evidence


@pytest.mark.parametrize(
    "days",
    [
        [dt.date(2023, month, 1) for month in range(1, 13)],  # rents: always the first
        [*every(1, dt.date(2024, 1, 13), dt.date(2024, 1, 31)), *[dt.date(2023, month, 3) for month in range(1, 13)]],
        every(7, dt.date(2022, 1, 3), dt.date(2024, 1, 1)),  # Mondays only
        [],
    ],
)
def test_usual_dates_raise_no_doubt(days):
    assert doubts.exchanged_days("orders.csv", "Date", days) == []


@pytest.mark.parametrize(
    ("signs", "asked", "sure"),
    [
        (CentSigns("amount", False, 40, 0, 40, 38, 20), True, False),
        (CentSigns("amount_cents", True, 5, 0, 5, 1, 0), False, True),
        (CentSigns("amount_cents", True, 5, 1, 5, 1, 0), False, False),  # cents have no decimals
        (CentSigns("amount", False, 40, 1, 40, 38, 20), False, False),  # one amount has decimals
        (CentSigns("amount", False, 40, 0, 30, 38, 20), False, False),  # small amounts among them
        (CentSigns("amount", False, 40, 0, 40, 38, 2), False, False),  # round sums, as of machines
        (CentSigns("amount", False, 19, 0, 19, 19, 19), False, False),
        (CentSigns("amount_cents", True, 0, 0, 0, 0, 0), False, False),
    ],
)
def test_whole_amounts_that_end_as_prices_do_may_be_cents(signs, asked, sure):
    assert (bool(doubts.perhaps_cents(signs)), doubts.are_cents(signs)) == (asked, sure)


def test_what_is_said_of_values():
    assert doubts.lost_dates("o.csv", "Date", 0, "") == doubts.no_dates("o.csv", "Date", {}) == []
    assert doubts.multiplied("o.csv", "Revenue", {}, 3) == doubts.grouped_ids("o.csv", "Id", 2, 4, "1,234") == []
    (lost,) = doubts.lost_dates("o.csv", "Date", 12, "00:00.0")
    assert lost.evidence == "12 rows read such as “00:00.0”." and lost.severity is Severity.SERIOUS
    (none,) = doubts.no_dates("o.csv", "Date", {"1970-01-01": 2})
    assert none.evidence.startswith("1970-01-01 (2 rows): ")
    (times,) = doubts.multiplied("o.csv", "Revenue", {"MM": 1e6}, 60)
    assert times.evidence == "“MM” as times 1,000,000, in a column of 60 numbers." and times.severity is Severity.NOTE
    (ids,) = doubts.grouped_ids("o.csv", "Id", 30, 40, "2,024,994")
    assert ids.evidence == "30 of 40 different ones are written such as “2,024,994”."
    (year,) = doubts.years_alone("o.csv", "Year", 3)
    assert year.evidence == "The column holds 3 different years, each read as its first of January."
    (unit,) = doubts.perhaps_multiplied("o.csv", "Length", "m")
    assert "“m” may mean a million" in unit.evidence
