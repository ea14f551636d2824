import datetime as dt
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segkit.words.numbers import (
    adding_up,
    count,
    date,
    days,
    listed,
    money,
    money_short,
    month,
    number,
    numbers_apart,
    percent,
    percents_apart,
    points,
    readable,
)


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
        (readable(1234.5), "1,235"),
        (readable(-1234.5), "-1,235"),
        (readable(4.25), "4.3"),
        (readable(-4.25), "-4.3"),
        (readable(4.04), "4"),
        (readable(99.96), "100"),
        (readable(0.0312), "0.031"),
        (readable(0.0), "0"),
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


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ([0.195, 0.415, 0.195, 0.195], [0.20, 0.42, 0.19, 0.19]),
        ([1 / 3] * 3, [0.34, 0.33, 0.33]),
        ([0.125] * 8, [0.13] * 4 + [0.12] * 4),
        ([0.5, 0.5], [0.5, 0.5]),
        ([1.0], [1.0]),
        ([0.1] * 10, [0.1] * 10),
        ([0.604, 0.392, 0.004], [0.61, 0.39, 0.004]),
        ([0.996, 0.004], [0.996, 0.004]),
        ([0.26, math.nan, 0.27], [0.26, math.nan, 0.27]),
        ([1.2, -0.2], [1.2, -0.2]),
        ([], []),
    ],
)
def test_shares_side_by_side_add_up(shares, shown):
    assert adding_up(shares) == pytest.approx(shown, nan_ok=True)


PARTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


@given(PARTS)
def test_shares_of_a_whole_add_up_to_it_and_each_is_right_within_a_point(parts):
    shares = [part / sum(parts) for part in parts]
    shown = adding_up(shares)
    rounded = [i for i, share in enumerate(shares) if 0.00995 <= share < 0.995 or share == 1]
    total = 100 * sum(shares[i] for i in rounded)
    assert abs(sum(round(100 * shown[i]) for i in rounded) - total) <= 0.5 + 1e-6
    if len(rounded) == len(shares):
        assert sum(round(100 * share) for share in shown) == 100
    for i, (share, said) in enumerate(zip(shares, shown, strict=True)):
        assert abs(said - share) < 0.01 if i in rounded else said == share
        assert said > 0 or share == 0, "what is there is never shown as nothing"
        assert percent(said) == f"{round(100 * said)} %" or i not in rounded


@given(PARTS)
def test_shares_side_by_side_keep_their_order_and_equal_ones_differ_by_a_point_at_most_the_first_first(parts):
    shares = [part / sum(parts) for part in parts]
    shown = adding_up(shares)
    pairs = [(a, b) for b in range(len(shares)) for a in range(b)]
    assert all(shown[a] >= shown[b] for a, b in pairs if shares[a] >= shares[b])
    assert all(shown[a] <= shown[b] for a, b in pairs if shares[a] < shares[b])
    assert all(shown[a] - shown[b] <= 0.0101 for a, b in pairs if shares[a] == shares[b])


@pytest.mark.parametrize(
    ("share", "limit", "said"),
    [
        (0.12, 0.05, ("12 %", "5 %")),
        (0.0481, 0.05, ("4.8 %", "5.0 %")),
        (0.04996, 0.05, ("4.996 %", "5.000 %")),
        (0.0496, 0.05, ("4.96 %", "5.00 %")),
        (0.05, 0.05, ("5 %", "5 %")),
        (0.1 + 0.2, 0.3, ("30 %", "30 %")),
        (0.004, 0.05, ("0.4 %", "5 %")),
        (0.0096, 0.01, ("0.96 %", "1.00 %")),
    ],
)
def test_a_share_and_its_limit_are_told_apart_by_decimals(share, limit, said):
    assert percents_apart(share, limit) == said


@given(st.floats(0, 1), st.floats(0, 1))
def test_different_shares_never_read_alike(share, limit):
    said = percents_apart(share, limit)
    assert said[0] != said[1] or abs(share - limit) <= 1e-5
    assert all(text.endswith(" %") for text in said)


@given(st.integers(0, 100), st.integers(-99, 99))
@example(1, -4)
def test_shares_that_differ_by_a_hundredth_of_a_point_are_told_apart_the_right_way(whole, hundredths):
    share, limit = max(whole / 100 + hundredths / 10_000, 0), whole / 100
    one, other = (
        float(text.removesuffix(" %").replace("under 0.1", "0.05").replace("over 99.9", "99.95"))
        for text in percents_apart(share, limit)
    )
    assert (one < other) == (share < limit) and (one > other) == (share > limit)


@pytest.mark.parametrize(
    ("value", "limit", "decimals", "said"),
    [
        (0.3, 0.01, 2, ("0.30", "0.01")),
        (0.012, 0.008, 2, ("0.012", "0.008")),
        (0.0121, 0.0119, 3, ("0.0121", "0.0119")),
        (0.1, 0.1, 2, ("0.10", "0.10")),
        (0.1, 0.1, 3, ("0.100", "0.100")),
        (1234.5, 2.0, 2, ("1,234.50", "2.00")),
        (-0.004, 0.004, 2, ("−0.004", "0.004")),
    ],
)
def test_a_number_and_its_limit_are_told_apart_by_decimals(value, limit, decimals, said):
    assert numbers_apart(value, limit, decimals) == said


@given(st.floats(-100, 100), st.floats(-100, 100), st.integers(0, 3))
def test_different_numbers_never_read_alike_and_the_larger_reads_larger(value, limit, decimals):
    said = numbers_apart(value, limit, decimals)
    one, other = (float(text.replace("−", "-")) for text in said)
    if said[0] == said[1]:
        assert abs(value - limit) <= 10.0 ** -(decimals + 4)
    else:
        assert (one < other) == (value < limit)


@pytest.mark.parametrize("value", [math.nan, None])
def test_what_is_not_known_is_not_compared(value):
    assert numbers_apart(value, 0.1) == ("–", "0.10")
    assert percents_apart(value, 0.1) == ("–", "10 %")
