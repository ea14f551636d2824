"""What is typed is read as the region writes it; what a field shows is read back as the same value, in every region."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.words.errors import WorkbookError
from segkit.words.numbers import date, money, number
from segkit.words.regions import Region, written_in
from segkit.words.typed import LARGEST, as_typed, as_typed_percent, typed_number, typed_percent
from segkit.words.typed_dates import typed_date

REGIONS = list(Region)
APRIL, MARCH = dt.date(2026, 4, 3), dt.date(2026, 3, 4)


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=20, deadline=None)
@given(value=st.floats(-LARGEST, LARGEST).map(lambda value: float(f"{value:.15g}")))
def test_what_a_field_shows_is_read_back_as_the_same_number(region, value):
    with written_in(region):
        assert typed_number(as_typed(value)).value == value


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=20, deadline=None)
@given(percent=st.decimals(0, 100, places=4))
def test_what_a_field_shows_is_read_back_as_the_same_percentage(region, percent):
    with written_in(region):
        found = typed_percent(as_typed_percent(float(percent) / 100))
    assert found.value == pytest.approx(float(percent) / 100, abs=1e-9)


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=20, deadline=None)
@given(day=st.dates(dt.date(1000, 1, 1)))
def test_what_a_field_shows_is_read_back_as_the_same_date(region, day):
    with written_in(region):
        assert typed_date(date(day)) == (day, False)


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=20, deadline=None)
@given(value=st.floats(-1e9, 1e9), currency=st.sampled_from(["EUR", "€", "CHF", "kr", ""]))
def test_money_that_was_copied_from_a_table_is_read_as_it_was_written(region, value, currency):
    with written_in(region):
        assert typed_number(money(value, currency, 2)).value == pytest.approx(value, abs=0.0051)


@pytest.mark.parametrize(
    ("region", "typed", "value"),
    [
        ("GB", "1.500", 1.5), ("GB", "1,500", 1500), ("US", "1.500", 1.5), ("DE", "1.500", 1500), ("DE", "1,500", 1.5),
        ("CH", "1.500", 1.5), ("CH", "1,500", 1500), ("SE", "1.500", 1500), ("SE", "1,500", 1.5), ("FR", "1,500", 1.5),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_means_what_it_means_there_and_is_said(region, typed, value):
    with written_in(Region(region)):
        assert typed_number(typed) == (value, True)


@pytest.mark.parametrize("typed", ["1.234,50", "1,234.50", "1’234.50", "1 234,50", "1234,50 EUR"])
@pytest.mark.parametrize("region", ["GB", "DE", "CH", "IN"])
def test_what_has_one_meaning_has_it_everywhere(region, typed):
    with written_in(Region(region)):
        assert typed_number(typed) == (1234.5, False)


@pytest.mark.parametrize(("typed", "value"), [("12,34,567", 1234567), ("12,34,567.5", 1234567.5), ("1,00,000", 100000)])
def test_pairs_of_digits_are_read_as_in_india(typed, value):
    assert typed_number(typed).value == value


@pytest.mark.parametrize("typed", ["1,2,3", "12,34,56", "1.234,56.7", "1,234,5"])
def test_figures_in_odd_groups_are_none(typed):
    with pytest.raises(WorkbookError, match="is not a number"):
        typed_number(typed)


def test_a_fault_shows_what_would_do_there():
    with written_in(Region.DE), pytest.raises(WorkbookError, match=r"such as 1\.500 or 12,5\."):
        typed_number("many")
    with (
        written_in(Region.US),
        pytest.raises(WorkbookError, match=r"“soon” is not a date\. .* such as March 31, 2026 or 2026-03-31\."),
    ):
        typed_date("soon")


@pytest.mark.parametrize(
    ("region", "typed", "meant", "unsure"),
    [
        ("GB", "03/04/2026", APRIL, True), ("US", "03/04/2026", MARCH, True), ("DE", "3.4.26", APRIL, True),
        ("SE", "26-04-03", APRIL, False), ("SE", "03/04/2026", APRIL, True), ("US", "2026-04-03", APRIL, False),
        ("US", "25/12/2026", dt.date(2026, 12, 25), False), ("GB", "12/25/2026", dt.date(2026, 12, 25), False),
        ("GB", "4/4/2026", dt.date(2026, 4, 4), False), ("GB", "3rd April 2026", APRIL, False),
        ("GB", "Apr 3, 26", APRIL, False), ("GB", "2026 April 3", APRIL, False), ("DE", " 3 – 4 – 2026 ", APRIL, True),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_written_there(region, typed, meant, unsure):
    with written_in(Region(region)):
        assert typed_date(typed) == (meant, unsure)


@pytest.mark.parametrize(
    "typed",
    ["tomorrow", "31/02/2026", "3 April", "April 2026", "3/4", "1/2/3/4", "13/13/2026", "3 4 20260", "May May 2026", "x" * 300],
)  # fmt: skip
def test_what_is_no_date_is_refused_in_words(typed):
    with pytest.raises(
        WorkbookError, match=r"is not a date\. Type day, month and year, such as 31 March 2026 or 2026-03-31\."
    ) as caught:
        typed_date(typed)
    assert len(str(caught.value)) < 140


def test_nothing_typed_is_no_date():
    assert typed_date("  ") == (None, False)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_date_or_refused_in_words(text):
    try:
        typed_date(text)
    except WorkbookError as error:
        assert "Traceback" not in str(error)


def test_a_number_in_a_table_has_no_meaning_of_its_own_in_a_field():
    with written_in(Region.DE):
        assert typed_number(number(1234.5, 2)).value == 1234.5
