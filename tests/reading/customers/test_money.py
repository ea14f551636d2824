"""Money of several currencies: one counts, the others are set aside or converted, and never added up."""

import datetime as dt

import pytest

from segkit.core.data.questions import Question
from segkit.decisions.data import Rate
from segkit.reading.load import load_customers
from segkit.words.errors import DataError
from segkit.words.terms import CleaningRule, FileKind


def rows_of(*parts):
    """Return order lines: (how many, currency cell, amount cell); each order is another customer's."""
    return [(number, currency, amount) for many, currency, amount in parts for number in range(many)]


def orders(folder, rows, *, header="Order,Date,Customer,Currency,Total", name="orders.csv"):
    lines = [
        f"{place},2024-{1 + place % 9:02d}-11,K{place % 20:02d},{currency},{amount}"
        for place, (_, currency, amount) in enumerate(rows)
    ]
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return {FileKind.ORDERS: path}


def signed(folder, amounts):
    lines = [f'{place},2024-{1 + place % 9:02d}-11,K{place % 20:02d},"{amount}"' for place, amount in enumerate(amounts)]
    path = folder / "signed.csv"
    path.write_text("\n".join(["Order,Date,Customer,Total", *lines]) + "\n", encoding="utf-8")
    return {FileKind.ORDERS: path}


MIXED = rows_of((30, "EUR", "10.00"), (10, "JPY", "1600"))


def test_several_currencies_are_asked_and_the_commonest_counts(tmp_path):
    data = load_customers(orders(tmp_path, MIXED))
    assert (data.revenue, data.currency, data.orders) == (300.0, "EUR", 30)
    assert data.ledger.rows_set_aside == {CleaningRule.OTHER_CURRENCY: 10}
    (aside,) = [one for one in data.ledger.counts if one.rule is CleaningRule.OTHER_CURRENCY]
    assert aside.money is None, "sixteen thousand of what?"
    (question,) = data.questions
    assert isinstance(question, Question) and question.key == "orders.currency"
    assert [answer.gives for answer in question.answers] == [
        "30 rows, 300.00 EUR; 10 rows set aside",
        "10 rows, 16,000 JPY; 30 rows set aside",
    ]


def test_a_chosen_currency_counts_and_is_not_asked_again(tmp_path):
    data = load_customers(orders(tmp_path, MIXED), counting="JPY")
    assert (data.revenue, data.currency, data.questions) == (16000.0, "JPY", ())
    assert load_customers(orders(tmp_path, MIXED), confirmed=["orders.currency"]).questions == ()


def test_what_the_business_prints_counts_first(tmp_path):
    data = load_customers(orders(tmp_path, MIXED), currency="¥")
    assert (data.revenue, data.currency) == (16000.0, "¥")
    assert data.questions[0].taken.label == "only JPY"


def test_rates_convert_and_are_said_with_their_day(tmp_path):
    rates = [Rate(currency="JPY", worth=0.006)]
    data = load_customers(orders(tmp_path, MIXED), rates=rates, rates_on=dt.date(2024, 1, 31))
    assert (data.revenue, data.currency, data.questions) == (396.0, "EUR", ())  # 300 + 16,000 × .006
    assert any(note.endswith("JPY (10 rows) at 0.006 (rates of 31 January 2024).") for note in data.notes)


def test_no_rule_switched_off_adds_up_currencies(tmp_path):
    off = [CleaningRule.OTHER_CURRENCY]
    assert load_customers(orders(tmp_path, MIXED), rules_off=off).revenue == 300.0
    assert load_customers(orders(tmp_path, MIXED), rules_off=[*off, CleaningRule.AMOUNT_UNREADABLE]).revenue == 300.0


def test_a_currency_that_no_row_has_is_refused(tmp_path):
    with pytest.raises(DataError, match="no money is in GBP; it is in EUR, JPY"):
        load_customers(orders(tmp_path, MIXED), counting="GBP")


@pytest.mark.parametrize("named", ["Currency", "Ccy", "c4"])
@pytest.mark.parametrize("written", ["USD", "usd", "US$"])
def test_one_currency_is_named_by_its_column_whatever_that_is_called(tmp_path, named, written):
    files = orders(
        tmp_path, rows_of((20, written, "12.50"), (20, written, "13.00")), header=f"Order,Date,Customer,{named},Total"
    )
    data = load_customers(files)
    assert (data.currency, data.revenue, data.questions, data.ledger.rows_set_aside) == ("USD", 510.0, (), {})


@pytest.mark.parametrize(
    ("amounts", "currency", "revenue"),
    [
        (["€12.50", "€13.00"] * 20, "EUR", 510.0),
        (["12,50 zł", "13,00 zł"] * 20, "PLN", 510.0),
        (["$12.50", "$13.00"] * 20, "$", 510.0),
    ],
)
def test_one_currency_is_named_by_the_signs_beside_the_amounts(tmp_path, amounts, currency, revenue):
    data = load_customers(signed(tmp_path, amounts))
    assert (data.currency, data.revenue, data.questions) == (currency, revenue, ())


def test_signs_of_several_currencies_are_asked(tmp_path):
    data = load_customers(signed(tmp_path, ["€12.50"] * 30 + ["$20.00"] * 10))
    assert (data.currency, data.revenue) == ("EUR", 375.0)
    assert [answer.label for answer in data.questions[0].answers] == ["only EUR", "only $"]


def test_amounts_without_a_sign_among_those_of_one_currency_are_in_it(tmp_path):
    data = load_customers(signed(tmp_path, ["€12.50"] * 30 + ["20.00"] * 10))
    assert (data.currency, data.revenue, data.questions) == ("EUR", 575.0, ())


def test_a_currency_in_the_first_line_of_an_order_holds_for_all_of_it(tmp_path):
    lines = ["Order,Date,Customer,Currency,Product,Price,Quantity"]
    for order in range(40):
        code = "EUR" if order % 4 else "SEK"
        head = f"{order},2024-0{1 + order % 9}-11,K{order % 20:02d}"
        lines += [f"{head},{code},P{order % 3},11.00,1", f"{head},,P{order % 2},10.00,2"]
    path = tmp_path / "lines.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = load_customers({FileKind.ORDERS: path})
    assert (data.currency, data.revenue, data.orders) == ("EUR", 930.0, 30)
    assert data.ledger.rows_set_aside == {CleaningRule.OTHER_CURRENCY: 20}


def test_rows_that_name_no_currency_among_several_are_set_aside_and_said(tmp_path):
    data = load_customers(orders(tmp_path, [*MIXED, *rows_of((3, "", "10.00"))]))
    assert data.revenue == 300.0
    assert any("3 rows in a currency that they do not name" in note for note in data.notes)


def test_what_a_person_says_stays_and_a_contradiction_is_said(tmp_path):
    data = load_customers(orders(tmp_path, rows_of((40, "USD", "12.50"))), currency="£")
    assert data.currency == "£"
    assert any("says that money is in USD, but notebook 1 says £" in note for note in data.notes)
    data = load_customers(orders(tmp_path, rows_of((40, "USD", "12.50"))), currency="$")
    assert data.currency == "$" and not any("notebook 1" in note for note in data.notes)


def test_a_later_file_in_another_currency_is_set_aside(tmp_path):
    first = orders(tmp_path, rows_of((40, "EUR", "10.00")))
    later = tmp_path / "later.csv"
    rows = [f"{90 + n},2024-{10 + n % 2}-05,K{n:02d},{'GBP' if n % 2 else 'EUR'},10.00" for n in range(20)]
    later.write_text("Order,Date,Customer,Currency,Total\n" + "\n".join(rows) + "\n", encoding="utf-8")
    data = load_customers(first, later=later)
    assert data.ledger.rows_set_aside == {CleaningRule.OTHER_CURRENCY: 10}
    assert (data.currency, data.questions[0].taken.label) == ("EUR", "only EUR")


def test_customers_with_sums_in_several_currencies_are_not_added_up(tmp_path):
    path = tmp_path / "customers.csv"
    rows = [f"K{n:02d},{'EUR' if n % 4 else 'JPY'},{n * 3 % 17},{100 + n}.50" for n in range(40)]
    path.write_text("Customer,Currency,Orders,Total spent\n" + "\n".join(rows) + "\n", encoding="utf-8")
    files = {FileKind.CUSTOMERS: path}
    euros = sum(100.5 + n for n in range(40) if n % 4)
    for off in ((), (CleaningRule.OTHER_CURRENCY,)):
        data = load_customers(files, rules_off=off)
        assert (data.currency, data.revenue, len(data.customers)) == ("EUR", euros, 30)
    assert data.questions[0].key == "orders.currency"


def test_what_a_reading_of_the_money_gives_is_counted_in_one_currency(tmp_path):
    rows = rows_of((30, "EUR", "10.25,31.00"), (10, "JPY", "1600,2500"))
    files = orders(tmp_path, rows, header="Order,Date,Customer,Currency,Total,Amount")
    for rates, gives in (([], {"307.50", "930.00"}), ([Rate(currency="JPY", worth=0.01)], {"467.50", "1,180.00"})):
        (question,) = [one for one in load_customers(files, rates=rates).questions if one.key == "orders.money"]
        assert {answer.gives for answer in question.answers} == {
            f"{total} in all rows whose money counts, in EUR" for total in gives
        }


@pytest.mark.parametrize("plain", ["10,50", "10.50"])
def test_a_sign_in_a_few_rows_is_not_silently_that_of_all_others(tmp_path, plain):
    data = load_customers(signed(tmp_path, [plain] * 40 + [f"{plain} $"] * 3))
    assert (data.revenue, data.currency) == (451.5, "$")
    (note,) = [one for one in data.notes if "$" in one]
    assert note == "signed.csv, column “Total” names a currency, $, in 3 rows only; the 40 rows that name none count in it too."
    assert not any("name none" in one for one in load_customers(signed(tmp_path, ["$10.50"] * 40 + ["10.50"] * 3)).notes)
