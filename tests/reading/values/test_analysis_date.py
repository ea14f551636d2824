"""A few dates far beyond all others do not decide from which day to look back."""

import pytest

from segkit.core.data.features import date_of
from segkit.reading.values.analysis_date import last_believable


def last(engine, lines):
    """Return the number of the last believable day, and the note, of lines by day."""
    days = "(select * from (values " + ", ".join(f"({day}, {n})" for day, n in lines.items()) + ") v(day, n))"
    found, note = last_believable(engine, days, date_of(max(lines)))
    assert (found == date_of(max(lines))) is (note == "")
    return (found - date_of(0)).days, note


TEN = dict.fromkeys(range(19_000, 19_010), 1)


def test_a_date_is_left_out_where_more_than_a_year_lies_before_it(engine):
    assert last(engine, TEN) == (19_009, "")
    assert last(engine, TEN | {19_009 + 366: 1}) == (19_375, "")
    found, note = last(engine, TEN | {19_009 + 367: 1})
    assert found == 19_009
    assert note.startswith("1 row of more than a year after all others (up to 19 January 2023) ")
    assert "the day after 17 January 2022" in note


@pytest.mark.parametrize(
    ("usual", "late", "left_out"),
    [
        (100, 3, True),
        (100, 4, False),
        (3_996, 4, True),  # one in a thousand
        (3_995, 4, False),
        (4_000, 5, False),
        (4_995, 5, True),
        (10_000, 11, False),
        (2, 1, True),
        (1, 1, False),  # half of all rows are no slip
        (4, 3, True),
        (3, 3, False),
    ],
)
def test_three_rows_or_one_in_a_thousand_are_a_slip(engine, usual, late, left_out):
    found, note = last(engine, {19_000: usual, 25_000: late})
    assert (found == 19_000) is left_out
    assert not left_out or note.startswith(f"{late} row")


def test_dates_of_several_far_years_are_left_out_together(engine):
    found, note = last(engine, TEN | {25_000: 1, 30_000: 2})
    assert found == 19_009 and note.startswith("3 rows of more than a year after all others")
    assert last(engine, TEN | {25_000: 2, 30_000: 2})[0] == 25_000


def test_a_gap_in_the_middle_of_many_dates_is_none_of_ours(engine):
    assert last(engine, {18_000: 50, 19_000: 50, 19_001: 50})[0] == 19_001
