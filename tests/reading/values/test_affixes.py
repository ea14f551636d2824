"""Signs and codes of currencies and words that multiply: known by what they are, or by how they repeat."""

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.reading.values.affixes import CODES, CURRENCY, SIGNS, currency_among
from segkit.reading.values.cells import decide_numbers


def read(found, cells):
    """Return the number and the currency of each cell."""
    query = f"select {found.sql('x')}, {found.affix_sql('x')} from (select ?::varchar as x)"
    return [duckdb.execute(query, [cell]).fetchall()[0] for cell in cells]


@pytest.mark.parametrize(
    ("cells", "values", "affix"),
    [
        (["AU $20.00", "AU $1,210.50"], [20, 1210.5], "AU $"),  # as eBay writes Australian dollars
        (["US$ 20", "US$5"], [20, 5], "US$"),
        (["C$20.00", "C$1.50"], [20, 1.5], "C$"),
        (["R$ 1.234,56", "R$ 2,50"], [1234.56, 2.5], "R$"),
        (["Rs. 1,200.00", "Rs. 50.25"], [1200, 50.25], "Rs."),
        (["S/ 12.50", "S/ 1,300.00"], [12.5, 1300], "S/"),
        (["৳100.00", "৳1,101.50"], [100, 1101.5], "৳"),
        (["₦1,000", "₦20"], [1000, 20], "₦"),
        (["KSh 1,500", "KSh 200"], [1500, 200], "KSh"),
        (["150.000 đ", "20.000 đ"], [150000, 20000], "đ"),  # a thousand's point: prices in dong have no cents
        (["1,500円", "200円"], [1500, 200], "円"),
        (["Fr. 3.10", "Fr. 2'000.00"], [3.1, 2000], "Fr."),
        (["UGX 12,000", "UGX 500"], [12000, 500], "UGX"),
        (["12.50€-", "-€3.00", "€4.00"], [-12.5, -3, 4], "€"),
        (["R 1,200.50", "R 99.00", "R 5"], [1200.5, 99, 5], "R"),  # not known by name: repeats beside decimals
        (["1.234,00 Lek", "20,00 Lek"], [1234, 20], "Lek"),
    ],
)
def test_a_currency_is_seen_and_taken_off(cells, values, affix):
    found = decide_numbers(cells)
    assert found is not None and found.affix == affix
    assert read(found, cells) == [(value, affix) for value in values]


@pytest.mark.parametrize("sign", SIGNS)
def test_every_currency_symbol_of_unicode_counts(sign):
    found = decide_numbers([f"{sign}100.00", f"{sign}7.50"])
    assert found is not None and read(found, [f"{sign}7.50"]) == [(7.5, sign)]


def test_several_currencies_in_one_column_are_told_apart_row_by_row():
    cells = ["12,50 €", "EUR 3,00", "$4.00", "7"]
    found = decide_numbers(cells)
    assert found is not None and dict(found.affixes) == {"€": 1, "EUR": 1, "$": 1}
    assert read(found, cells) == [(12.5, "€"), (3, "EUR"), (4, "$"), (7, None)]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["25.-", "12.50", "1'200.-"], [25, 12.5, 1200]),  # Swiss prices without cents
        (["25,-", "12,50", "7,--"], [25, 12.5, 7]),  # the same in German and Danish
        (["(12.50)", "3.00"], [-12.5, 3]),
        (["18.3 MM", "1 MM"], [18_300_000, 1_000_000]),
        (["1.2k", "3k", "900"], [1200, 3000, 900]),
        (["$3 m", "$2.5 m"], [3e6, 2.5e6]),
        (["2 bn", "500 m"], [2e9, 5e8]),
        (["4,5 Mio. €", "120 Tsd. €", "1,2 Mrd. €"], [4.5e6, 120e3, 1.2e9]),
        (["12,5 T€", "8,0 T€"], [12500, 8000]),
        (["USD 1.5 million", "USD 3 million"], [1.5e6, 3e6]),
        (["3 lakh", "1.5 crore"], [3e5, 1.5e7]),
    ],
)
def test_signs_for_no_cents_and_words_that_multiply(cells, values):
    found = decide_numbers(cells)
    assert found is not None and [value for value, _ in read(found, cells)] == pytest.approx(values)


@pytest.mark.parametrize(
    "cells",
    [
        ["K00", "K01"], ["#100", "#101"], ["SKU 1", "SKU 2"], ["Firm 1", "Firm 2"], ["INV-12", "INV-13"],  # names with numbers
        ["12.50 CR", "3.00 DR"],  # credit and debit: the sign would be lost
        ["3 m", "4 m"], ["12 mm", "8 mm"],  # metres or millions: nothing tells
        ["10:30", "11:45"], ["1.2.3", "1.2.4"], ["5 of 7", "6 of 7"],
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_stays_text(cells):
    assert decide_numbers(cells) is None


def test_letters_at_the_end_of_article_numbers_multiply_nothing():
    for cells in (["85123A", "84029B", *map(str, range(20_000, 20_020))], ["28023 MM", *map(str, range(10_000, 10_040))]):
        found = decide_numbers(cells)
        assert found is not None and found.multiply == ()


def test_plain_numbers_carry_nothing():
    found = decide_numbers(["1.50", "2"])
    assert found is not None and found.plain and found.affix == "" and read(found, ["2"]) == [(2, None)]


BESIDE = st.sampled_from(
    [*CODES.split()[::20], *SIGNS[:4], "AU", "C", "R", "Rs.", "S/", "kr", "KSh", "K", "km", " ", "\u00a0", ".", "-"]
)


@given(st.lists(st.lists(BESIDE | st.from_regex("[0-9]{1,3}", fullmatch=True), max_size=6).map("".join), min_size=1))
def test_looking_only_for_currencies_that_can_be_there_finds_the_same(cells):
    few = currency_among({re.sub("[0-9]", "", cell) for cell in cells})
    assert len(few) < len(CURRENCY)
    assert [re.findall(few, cell) for cell in cells] == [re.findall(CURRENCY, cell) for cell in cells]
