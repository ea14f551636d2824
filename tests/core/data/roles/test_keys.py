"""The columns that hold a file together, at each bound."""

import pytest

from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.key_dates import looks_like_birth
from segkit.core.data.roles.keys import find_keys
from segkit.words.terms import FileKind, Role


def column(name, distinct=50, examples=("17850", "13047"), *, rows=100, filled=None, numbers=0, dates=0):
    filled = rows if filled is None else filled
    return ColumnSummary(name, rows, filled, distinct, numbers, dates, None, None, None, None, None, tuple(examples))


def day(name, dates=100, examples=("2024-01-05",), **others):
    return column(name, dates=dates, examples=examples, **others)


def keys(*columns, kind=FileKind.ORDERS, taken=()):
    """Name and confidence of each key."""
    return {role: (found[0].name, found[1]) for role, found in find_keys(columns, kind, dict.fromkeys(taken, "")).found.items()}


@pytest.mark.parametrize(
    ("found", "confidence"),
    [
        (day("x", dates=50), 0.5),
        (day("x", dates=49), None),
        (day("order_date", dates=1), 0.9),
        (day("order_date", dates=0), None),
        (day("order_date", dates=0, filled=0), None),
        (day("birthday"), None),
        (day("x", numbers=50, examples=("2024",)), 0.5),
        (day("x", numbers=51, examples=("2024",)), None),
        (day("x", numbers=51, examples=("20240105",)), 0.5),
        (day("order_date", numbers=51, examples=("2024",)), 0.9),
        (day("created at"), 0.9),
        (day("last order"), 0.3),
        (day("shipped"), 0.3),
    ],
)
def test_which_column_is_the_date(found, confidence):
    assert keys(found, taken=[Role.CUSTOMER, Role.ORDER]) == ({Role.DATE: (found.name, confidence)} if confidence else {})


def test_a_date_by_name_and_one_by_content_say_why():
    for name, why in (("order_date", "the column name and content suggest “date”"), ("x", "its cells are dates")):
        assert find_keys([day(name)], FileKind.CUSTOMERS, {Role.CUSTOMER: ""}).found[Role.DATE][2] == why


@pytest.mark.parametrize("kind", [FileKind.CUSTOMERS, FileKind.SURVEY])
def test_since_when_somebody_is_a_customer_is_the_date_of_a_file_of_customers(kind):
    assert keys(day("order_date"), day("member since"), kind=kind, taken=[Role.CUSTOMER]) == {Role.DATE: ("member since", 0.95)}


def test_the_date_of_the_order_comes_before_that_of_shipping():
    assert keys(day("ship_date"), day("order_date"), taken=[Role.CUSTOMER])[Role.DATE] == ("order_date", 0.9)


def test_a_key_that_a_person_chose_is_not_sought():
    columns = column("customer_id"), day("date"), column("order_id")
    assert set(keys(*columns)) == {Role.CUSTOMER, Role.DATE, Role.ORDER}
    for role in (Role.CUSTOMER, Role.DATE, Role.ORDER):
        assert role not in keys(*columns, taken=[role])


def test_only_files_of_orders_have_order_numbers():
    assert Role.ORDER not in keys(column("order_id"), kind=FileKind.CONTACTS)


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_order_numbers_the_one_that_comes_again(turn):
    several = [column("order_id", 50), column("invoice_id", 80)][::turn]
    assert keys(*several)[Role.ORDER] == ("order_id", 0.97)


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_customer_numbers_the_first(turn):
    several = [column("customer_id", 50), column("client_id", 80)][::turn]
    assert keys(*several)[Role.CUSTOMER] == (several[0].name, 0.97)


def test_one_column_is_one_key():
    assert keys(column("id", 100)) == {Role.CUSTOMER: ("id", 0.5)}


@pytest.mark.parametrize(
    ("found", "kind", "confidence"),
    [
        (column("customer_id", 10), FileKind.ORDERS, 0.485),
        (column("customer_id", 11), FileKind.ORDERS, 0.97),
        (column("customer_id", 10, rows=99), FileKind.ORDERS, 0.97),
        (column("customer_id", 10), FileKind.CUSTOMERS, 0.97),
        (column("customer_id", 30, dates=50), FileKind.ORDERS, 0.97),
        (column("customer_id", 30, dates=51), FileKind.ORDERS, None),
        (column("customer_id", 0, filled=0), FileKind.ORDERS, None),
        (column("Sold-to party number", 21), FileKind.ORDERS, 0.92),
        (column("Sold-to party number", 20), FileKind.ORDERS, 0.64),
        (column("Sold-to party number", 21, ["Anna", "Eva"]), FileKind.CUSTOMERS, 0.64),
        (column("uid", 100), FileKind.CUSTOMERS, 0.8),
        (column("uid", 99), FileKind.CUSTOMERS, None),
        (column("plain", 100, ["1.5"]), FileKind.CUSTOMERS, None),
    ],
)
def test_which_column_is_the_customer(found, kind, confidence):
    expected = {Role.CUSTOMER: (found.name, pytest.approx(confidence))} if confidence else {}
    assert keys(found, kind=kind, taken=[Role.DATE, Role.ORDER]) == expected


def test_few_customers_are_told():
    found = find_keys([column("customer_id", 10)], FileKind.ORDERS, {}).found
    assert "only 10 different" in found[Role.CUSTOMER][2]


@pytest.mark.parametrize(
    ("found", "confidence"),
    [
        (column("order_id", 2), 0.97),
        (column("order_id", 1), None),
        (column("Voucher number of day", 21, ["A 17", "2024/7"]), 0.7),
        (column("Voucher number of day", 20), None),
        (column("Voucher number of day", 21, ["17", "1.5"]), None),
        (column("Voucher number of day", 21, ["17", "one"]), None),
        (column("ref", 21), 0.6),
        (column("ref", 20), None),
        (column("ref", 21, ["Anna"]), None),
        (column("plain", 21), None),
    ],
)
def test_which_column_is_the_order(found, confidence):
    expected = {Role.ORDER: (found.name, confidence)} if confidence else {}
    assert keys(found, taken=[Role.DATE, Role.CUSTOMER]) == expected


MAILS = ("a@x.example", "b@x.example", "c@x.example")


@pytest.mark.parametrize(
    ("found", "kind", "dated", "confidence"),
    [
        (column("k", 50, MAILS), FileKind.ORDERS, True, 0.72),
        (column("k", 50, MAILS), FileKind.SURVEY, True, None),
        (column("k", 21), FileKind.ORDERS, True, 0.5),
        (column("k", 21), FileKind.CONTACTS, True, 0.5),
        (column("k", 20), FileKind.ORDERS, True, None),
        (column("k", 94), FileKind.ORDERS, True, 0.5),
        (column("k", 95), FileKind.ORDERS, True, None),
        (column("k", 31, rows=3000), FileKind.ORDERS, True, 0.5),
        (column("k", 30, rows=3000), FileKind.ORDERS, True, None),
        (column("k", 50, ["17", "178"]), FileKind.ORDERS, True, 0.4),
        (column("k", 50, ["17", "1.8"]), FileKind.ORDERS, True, None),
        (column("k", 50, ["17", "1,8"]), FileKind.ORDERS, True, None),
        (column("k", 50, []), FileKind.ORDERS, True, None),
        (column("k", 50, filled=99), FileKind.ORDERS, True, None),
        (column("k", 50, dates=50), FileKind.ORDERS, True, 0.5),
        (column("k", 50, dates=51), FileKind.ORDERS, True, None),
        (column("receipt", 50), FileKind.ORDERS, True, None),
        (column("k", 50), FileKind.ORDERS, False, None),
        (column("k", 50), FileKind.CUSTOMERS, True, None),
        (column("k", 100), FileKind.CUSTOMERS, True, 0.5),
        (column("k", 100), FileKind.ORDERS, False, 0.5),
        (column("receipt", 100), FileKind.CUSTOMERS, True, 0.5),
        (column("k", 99), FileKind.CUSTOMERS, True, None),
    ],
)
def test_the_customer_by_content_alone(found, kind, dated, confidence):
    columns = [found, day("date")] if dated else [found]
    expected = (found.name, confidence) if confidence else None
    assert keys(*columns, kind=kind, taken=[Role.ORDER]).get(Role.CUSTOMER) == expected
    if dated:  # said by a person instead of found
        assert keys(found, kind=kind, taken=[Role.ORDER, Role.DATE]).get(Role.CUSTOMER) == expected


def test_the_customer_by_content_is_sought_in_all_columns():
    unfit = column("receipt", 50), column("price", 50, ["1.5"]), column("k", 50)
    assert keys(*unfit, day("date"), taken=[Role.ORDER])[Role.CUSTOMER] == ("k", 0.5)
    assert keys(column("a", 5), column("k", 50, MAILS), day("date"))[Role.CUSTOMER] == ("k", 0.72)
    assert Role.CUSTOMER not in keys(column("a", 5), column("k", 100), kind=FileKind.CUSTOMERS)


@pytest.mark.parametrize(
    ("low", "high", "number", "birth"),
    [
        (1984, 2004, 10, True),
        (1984, 2004, 9, False),
        (1984, 2003, 10, False),
        (1985, 2010, 10, False),
        (1984, 2004, 18, True),
        (1984, 2003, 18, False),
        (1985, 2010, 18, False),
    ],
)
def test_years_of_birth_spread_over_two_decades_and_begin_before_1985(low, high, number, birth):
    """One in ten at either end may be anything."""
    years = [1950, low, *[1990] * (number - 4), high, 2020] if number >= 10 else [1950, *[1990] * (number - 2), 2020]
    assert looks_like_birth(day("d", examples=[f"07.03.{year}" for year in years])) is birth


def test_of_twenty_years_of_birth_two_at_either_end_may_be_anything():
    years = [1950] * 2 + [1984] + [1990] * 14 + [2004] + [2020] * 2
    assert looks_like_birth(day("d", examples=[f"{year}-03-07" for year in years]))
    years[2] = 1985
    assert not looks_like_birth(day("d", examples=[f"{year}-03-07" for year in years]))
