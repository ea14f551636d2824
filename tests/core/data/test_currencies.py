"""Signs and codes read as currencies, and one currency counted where a file holds several."""

import datetime as dt

import pytest

from segkit.core.data.currencies import (
    MINOR_UNITS,
    Counting,
    CurrencyChoice,
    Held,
    agree,
    counted_in,
    currency_notes,
    currency_question,
    is_currency,
    looks_like_currencies,
    name_of,
)

MIXED = [Held("EUR", 30, 300.0), Held("JPY", 10, 16000.0)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *[
            ("AU $", "AUD"),
            ("US$", "USD"),
            ("C$", "CAD"),
            ("S/", "PEN"),
            ("৳", "BDT"),
            ("₦", "NGN"),
            ("KSh", "KES"),
            ("đ", "VND"),
        ],
        *[
            ("円", "JPY"),
            ("Fr.", "CHF"),
            ("R$", "BRL"),
            ("zł", "PLN"),
            ("eur", "EUR"),
            ("€", "EUR"),
            ("$USD", "USD"),
            ("Kč", "CZK"),
        ],
        *[("$", "$"), ("kr", "kr"), ("Rs.", "Rs."), ("¥", "¥")],
    ],
)
def test_a_sign_is_read_as_a_code_where_only_one_currency_has_it(written, name):
    assert name_of(written) == name and is_currency(written)


def test_decimals_are_those_of_iso_4217():
    assert [MINOR_UNITS[code] for code in ("EUR", "JPY", "KWD", "CLP", "TND")] == [2, 0, 3, 0, 3]
    assert len(MINOR_UNITS) > 150 and all(len(code) == 3 for code in MINOR_UNITS)


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ({"EUR": 5}, True),
        ({"EUR": 30, "JPY": 10}, True),
        ({"usd": 3, "cad": 4}, True),
        ({"$": 10, "€": 4}, True),
        ({"EUR": 30, "ALL": 10}, True),
        ({"ALL": 40}, False),
        ({"TOP": 4, "TRY": 9}, False),
        ({"USA": 4, "GBR": 9, "CAN": 3}, False),
        ({"R": 10, "S": 4}, False),
        ({"Eur": 3, "Usd": 2}, False),
        ({"EUR": 10, "Card": 10}, False),
        ({f"EUR{n}": 1 for n in range(80)}, False),
        ({}, False),
    ],
)
def test_a_column_of_currencies_is_known_by_its_content(levels, found):
    assert looks_like_currencies(levels) is found


def test_signs_that_several_currencies_share_contradict_none_of_them():
    assert agree("$", "CAD") and agree("€", "EUR") and agree("kr", "SEK")
    assert not agree("$", "EUR") and not agree("USD", "CAD") and not agree("£", "€")


def test_the_currency_of_most_rows_counts_until_a_person_chooses():
    assert counted_in(MIXED, CurrencyChoice()) == Counting("EUR", {"EUR": 1.0}, ask=True)
    assert counted_in(MIXED, CurrencyChoice(printed="¥")) == Counting("JPY", {"JPY": 1.0}, ask=True)
    assert counted_in(MIXED, CurrencyChoice(counts="JPY")) == Counting("JPY", {"JPY": 1.0}, ask=False)
    assert counted_in(MIXED, CurrencyChoice(counts="GBP")) is None


def test_with_rates_all_is_counted_and_nothing_asked():
    assert counted_in(MIXED, CurrencyChoice(rates=(("¥", 0.006),))) == Counting("EUR", {"EUR": 1.0}, ask=True)
    rated = CurrencyChoice(rates=(("JPY", 0.006),), rates_on=dt.date(2024, 1, 31))
    counting = counted_in(MIXED, rated)
    assert counting == Counting("EUR", {"EUR": 1.0, "JPY": 0.006}, ask=False)
    assert currency_notes("orders.csv", MIXED, counting, rated) == [
        "orders.csv: money was converted to EUR: JPY (10 rows) at 0.006 (rates of 31 January 2024)."
    ]
    everything = CurrencyChoice(counts="GBP", rates=(("EUR", 0.85), ("JPY", 0.005)))
    assert counted_in(MIXED, everything) == Counting("GBP", {"EUR": 0.85, "JPY": 0.005}, ask=False)


def test_a_shared_sign_is_the_chosen_currency_unless_rows_name_that_itself():
    assert counted_in([Held("$", 9), Held("EUR", 2)], CurrencyChoice(counts="USD")).worth == {"$": 1.0}
    assert counted_in([Held("$", 9), Held("USD", 2)], CurrencyChoice(counts="USD")).worth == {"USD": 1.0}


def test_the_question_gives_rows_and_money_of_each_currency_and_never_a_sum():
    question = currency_question("orders.csv", MIXED, counted_in(MIXED, CurrencyChoice()))
    assert question.key == "orders.currency"
    assert [(a.label, a.gives, a.edits, a.taken) for a in question.answers] == [
        ("only EUR", "30 rows, 300.00 EUR; 10 rows set aside", {"currency": "EUR"}, True),
        ("only JPY", "10 rows, 16,000 JPY; 30 rows set aside", {"currency": "JPY"}, False),
    ]


def test_a_currency_that_contradicts_the_persons_word_is_said():
    choice = CurrencyChoice(printed="£")
    counting = counted_in([Held("EUR", 3)], choice)
    (note,) = currency_notes("orders.csv", [Held("EUR", 3)], counting, choice)
    assert note.startswith("orders.csv says that money is in EUR, but notebook 1 says £: ")
    assert currency_notes("orders.csv", [Held("EUR", 3)], counting, CurrencyChoice(printed="€")) == []
