"""Figures, money, per cent and dates as each region writes them, held against the CLDR."""

import datetime as dt
import re
from decimal import Decimal
from threading import Thread

import pytest
from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.words.numbers import (
    count,
    date,
    day_and_month,
    exact,
    money,
    money_short,
    month,
    number,
    percent,
    percents_apart,
    points,
    quantity,
    readable,
    short_date,
    threshold,
)  # fmt: skip
from segkit.words.regions import HOUSE, Region, region_of_machine, writing, written_in

DAY = dt.date(2026, 3, 4)
REGIONS = list(Region)


def locale_of(region, of_dates=False):
    try:
        return Locale.parse(f"en_{region}")
    except UnknownLocaleError:
        return Locale.parse("en_GB" if of_dates else f"und_{region}")


@pytest.mark.parametrize(
    ("region", "expected"),  # a number, a code, a sign, a short amount, shares, dates, a change
    [
        ("GB", ["1,234,567.5", "−1,234 EUR", "−£1,234.50", "£1.2m", "5 %", "under 0.1 %",
                "4 March 2026", "4 Mar 2026", "+3.4 points"]),
        ("US", ["1,234,567.5", "−1,234 EUR", "−£1,234.50", "£1.2m", "5%", "under 0.1%",
                "March 4, 2026", "Mar 4, 2026", "+3.4 points"]),
        ("DE", ["1.234.567,5", "−1.234 EUR", "−1.234,50 £", "1,2m £", "5 %", "under 0,1 %",
                "4 March 2026", "4 Mar 2026", "+3,4 points"]),
        ("CH", ["1’234’567.5", "EUR−1’234", "£−1’234.50", "£ 1.2m", "5%", "under 0.1%",
                "4 March 2026", "4 Mar 2026", "+3.4 points"]),
        ("IN", ["12,34,567.5", "−1,234 EUR", "−£1,234.50", "£1.2m", "5%", "under 0.1%",
                "4 March 2026", "4 Mar 2026", "+3.4 points"]),
        ("FR", ["1 234 567,5", "−1 234 EUR", "−1 234,50 £", "1,2m £", "5%", "under 0,1%",
                "4 March 2026", "4 Mar 2026", "+3,4 points"]),
    ],
)  # fmt: skip
def test_each_region_writes_as_people_there_do(region, expected):
    with written_in(Region(region)):
        found = [
            number(1234567.5), money(-1234, "EUR"), money(-1234.5, "£", 2), money_short(1234567, "£"), percent(0.05),
            percent(0.0001), date(DAY), short_date(DAY), points(0.034),
        ]  # fmt: skip
    assert [" ".join(text.split()) for text in found] == expected


def test_what_stays_in_words_or_has_a_unit_follows_too():
    with written_in(Region.DE):
        assert threshold(25.5, "money", "€").split() == ["25,50", "€"] and quantity(4.24, "orders") == "4,2 orders"
        assert exact(1234.5) == "1.234,5" and readable(0.0312) == "0,031" and count(1200, "order") == "1.200 orders"
        assert percents_apart(0.0481, 0.05) == ("4,8 %", "5,0 %") and percents_apart(0.05, 0.05) == ("5 %", "5 %")
        assert percent(0.9996) == "over 99,9 %" and month(DAY) == "March 2026" and day_and_month(DAY) == "04 Mar"
    with written_in(Region.US):
        assert day_and_month(DAY) == "Mar 04" and percents_apart(0.0481, 0.05) == ("4.8%", "5.0%")


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=20, deadline=None)
@given(value=st.floats(-1e12, 1e12), decimals=st.integers(0, 3))
def test_a_figure_is_the_one_that_babel_writes_with_a_true_minus(region, value, decimals):
    with written_in(Region.GB):
        exactly = Decimal(number(value, decimals).replace(",", "").replace("−", "-"))
    with written_in(region):
        found = number(value, decimals)
    pattern = locale_of(region).decimal_formats[None].pattern.partition(".")[0]
    places = f".{'0' * decimals}" if decimals else ""
    assert found == format_decimal(exactly, pattern + places, locale=locale_of(region)).replace("-", "−")


@pytest.mark.parametrize("region", REGIONS)
@settings(max_examples=20, deadline=None)
@given(day=st.dates(dt.date(1000, 1, 1)))
def test_a_date_is_the_one_that_babel_writes_with_months_of_three_letters(region, day):
    dates = locale_of(region, of_dates=True)
    with written_in(region):
        assert date(day) == format_date(day, "long", dates)
        assert short_date(day) == re.sub(r"(?<=[A-Z][a-z]{2})[a-z]", "", format_date(day, "medium", dates))


def test_the_houses_own_writing_is_the_british_one_but_for_a_blank_before_the_per_cent_sign():
    british = locale_of(Region.GB)
    signs = british.number_symbols["latn"]
    assert (HOUSE.decimal, HOUSE.group, HOUSE.order) == (signs["decimal"], signs["group"], "dmy")
    assert (HOUSE.long, HOUSE.medium) == tuple(british.date_formats[name].pattern for name in ("long", "medium"))
    assert british.percent_formats[None].suffix[0] == "%" and HOUSE.percent == " %"


def test_a_region_is_called_as_babel_calls_it():
    assert {r.value: r.label for r in Region} == {
        r.value: Locale("en").territories[r.value].replace("Hong Kong SAR China", "Hong Kong") for r in Region
    }


def test_a_writing_holds_inside_its_block_and_in_no_other_thread():
    seen = []
    with written_in(Region.DE):
        other = Thread(target=lambda: seen.append(writing()))
        other.start()
        other.join()
        assert number(0.5) == "0,5"
    assert number(0.5) == "0.5" and seen == [HOUSE]


@pytest.mark.parametrize(
    ("environment", "region"),
    [
        ({"LANG": "de_AT.UTF-8"}, Region.AT), ({"LANG": "en_GB.UTF-8", "LC_ALL": "sv_SE"}, Region.SE),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "de_DE@euro"}, Region.DE), ({"LC_NUMERIC": "German_Germany.1252"}, Region.DE), ({"LANG": "xx_XX"}, None),
        ({"LANG": "en-US"}, Region.US), ({"LANG": ""}, None), ({}, None),
    ],
)  # fmt: skip
def test_the_machine_says_its_region_or_nothing(environment, region):
    assert region_of_machine(environment) is region
