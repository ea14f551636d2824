import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.words.numbers import count, date, days, listed, money, money_short, month, number, percent, points


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (number(1234.25), "1,234.3"),
        (number(-0.04), "0.0"),
        (number(-1234.5, 0), "−1,235"),
        (count(1), "1"),
        (count(1, "order"), "1 order"),
        (count(1200, "order"), "1,200 orders"),
        (count(2, "child", "children"), "2 children"),
        (money(1234.5, "EUR"), "1,235 EUR"),
        (money(1234.5, "£"), "£1,235"),
        (money(-12.5, "£"), "−£12.50"),
        (money(99.9), "99.90"),
        (money(0, "EUR"), "0 EUR"),
        (money(1234.5, "EUR", 2), "1,234.50 EUR"),
        (money_short(999, "€"), "€999"),
        (money_short(999_950, "€"), "€1m"),
        (money_short(1_234_567, "EUR"), "1.2m EUR"),
        (money_short(-4_400, "€"), "−€4.4k"),
        (money_short(123_456), "123k"),
        (percent(0.7462), "75 %"),
        (percent(0.004), "0.4 %"),
        (percent(0.0001), "under 0.1 %"),
        (percent(0), "0 %"),
        (percent(0.998), "99.8 %"),
        (percent(0.99996), "over 99.9 %"),
        (percent(sum([0.1] * 10)), "100 %"),
        (percent(0.12345, 1), "12.3 %"),
        (points(0.034), "+3.4 points"),
        (points(-0.034), "−3.4 points"),
        (points(0.0), "0.0 points"),
        (days(1), "1 day"),
        (days(93.06), "93 days"),
        (date(dt.date(2011, 3, 7)), "7 March 2011"),
        (month(dt.date(2011, 3, 7)), "March 2011"),
        (listed(["a"]), "a"),
        (listed(["a", "b", "c"]), "a, b and c"),
        (listed([]), ""),
    ],
)
def test_reads_as_people_write(text, expected):
    assert text == expected


@pytest.mark.parametrize("write", [number, count, money, money_short, percent, points, days])
@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_what_is_missing_is_a_dash(write, value):
    assert write(value) == "–"


def test_a_missing_date_is_a_dash():
    assert date(None) == "–" and month(None) == "–"


@given(st.floats(-1e12, 1e12))
def test_short_money_keeps_its_size(value):
    text = money_short(value).replace("−", "-").replace(",", "")
    factor = next((f for letter, f in (("bn", 1e9), ("m", 1e6), ("k", 1e3)) if text.endswith(letter)), 1.0)
    assert float(text.rstrip("bnmk")) * factor == pytest.approx(value, rel=0.06, abs=0.51)
