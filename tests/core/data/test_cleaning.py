"""Rules that set rows aside, on frames small enough to check by eye, and on any frame."""

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.data.cleaning import (
    Ledger,
    RuleCount,
    conditions,
    keep_books,
    kept,
    one_spelling,
    outlier_bound,
    rules_applied,
    says_test,
    sort_out,
    with_money,
)
from segkit.words.terms import CleaningRule

R = CleaningRule


def books(frame, rules_off=(), rules_on=(), as_of_day=100):
    lines = with_money(nw.from_native(pd.DataFrame(frame)).lazy())
    applied = rules_applied(rules_off, rules_on)
    rules = conditions(lines, as_of_day, applied)
    marked = sort_out(lines, rules, applied)
    return keep_books(marked, rules, applied), kept(marked).collect().to_native()


def lines(**columns):
    size = len(next(iter(columns.values())))
    defaults = {"row": range(2, size + 2), "customer_id": ["a"] * size, "day": [1.0] * size, "amount": [10.0] * size}
    return defaults | columns


def test_a_row_counts_under_the_first_rule_it_meets():
    ledger, left = books(lines(customer_id=[None, "a", "a"], day=[None, None, 1.0]))
    assert ledger.rows_set_aside == {R.NO_CUSTOMER: 1, R.DATE_UNREADABLE: 1}
    assert left["row"].tolist() == [4]


def test_a_rule_that_is_off_only_counts_what_it_would_take():
    ledger, left = books(lines(amount=[-5.0, 10.0, -1.0], customer_id=["a", "a", None]), rules_off=[R.RETURNED])
    returned = next(count for count in ledger.counts if count.rule is R.RETURNED)
    assert (returned.rows, returned.money, returned.applied, returned.examples) == (1, -5.0, False, (2,))
    assert ledger.rows_set_aside == {R.NO_CUSTOMER: 1}
    assert len(left) == 2


def test_money_and_examples_of_a_rule():
    ledger, _ = books(lines(amount=[-1.5, 2.0, -3.0, -4.0, -5.0]))
    returned = next(count for count in ledger.counts if count.rule is R.RETURNED)
    assert (returned.rows, returned.money, returned.examples) == (4, -13.5, (2, 4, 5))


def test_an_amount_of_zero_stays_and_a_price_of_zero_goes():
    assert books(lines(amount=[0.0, 1.0]))[0].rows_kept == 2
    frame = lines(price=[0.0, 1.0, -1.0], quantity=[1.0, 1.0, 1.0])
    del frame["amount"]
    assert books(frame)[0].rows_set_aside == {R.RETURNED: 1, R.PRICE_NOT_POSITIVE: 1}


def test_amount_is_quantity_times_price_where_there_is_no_amount():
    frame = with_money(nw.from_native(pd.DataFrame({"quantity": [3.0, None], "price": [0.1, 2.0]})).lazy())
    assert frame.collect().to_native()["money"].fillna(-1).tolist() == [3000, -1]


def test_credit_notes_by_letter_only_among_numbers():
    numbers = books(lines(order_id=["536365", "536366", "C536379"]))[0]
    assert numbers.rows_set_aside == {R.CANCELLED: 1}
    lettered = books(lines(order_id=["C1", "C2", "C3"]))[0]
    assert lettered.rows_kept == 3


@pytest.mark.parametrize(
    "status", ["Cancelled", "canceled", "CANCELLED ", "storniert", "Annulée", "Order cancelled", "cancelado", "annullato"]
)
def test_states_that_cancel(status):
    assert books(lines(status=[status, "shipped"]))[0].rows_set_aside == {R.CANCELLED: 1}


@pytest.mark.parametrize("status", ["Shipped", "On Hold", "completed", "not cancelled", "", None])
def test_states_that_do_not_cancel(status):
    assert books(lines(status=[status, "shipped"]))[0].rows_kept == 2


def test_a_returned_order_is_a_return():
    assert books(lines(status=["returned", "Refunded", "completed"]))[0].rows_set_aside == {R.RETURNED: 2}


def test_rows_after_the_analysis_date():
    assert books(lines(day=[99.0, 100.0, 101.0]))[0].rows_set_aside == {R.DATE_AFTER_AS_OF: 1}


def test_copies_are_counted_and_set_aside_only_on_demand():
    frame = lines(row_key=[1, 2, 1, 1], amount=[1.0, 5.0, 1.0, 1.0])
    ledger, left = books(frame)
    assert (ledger.counts[-1].rows, ledger.counts[-1].money, ledger.counts[-1].applied, len(left)) == (2, 2.0, False, 4)
    ledger, left = books(frame, rules_on=[R.DUPLICATE_ROW])
    assert (ledger.rows_set_aside, left["row"].tolist()) == ({R.DUPLICATE_ROW: 2}, [2, 3])


@pytest.mark.parametrize(
    ("name", "test"),
    [
        ("Test", True),
        ("test account", True),
        ("Testkunde 3", True),
        ("TEST - do not ship", True),
        ("test@shop.example", True),
        ("me@test.example", True),
        ("anna+test2@shop.example", True),
        ("Testarossa Garage", False),
        ("Greatest Hits Ltd", False),
        ("attest@shop.example", False),
        ("contest@shop.example", False),
        ("Testament Books", False),
        (None, False),
    ],
)
def test_what_says_test(name, test):
    frame = nw.from_native(pd.DataFrame({"who": pd.Series([name, "Miller"], dtype="str")})).lazy()
    assert frame.select(says_test("who")).collect().to_native().iloc[:, 0].tolist() == [test, False]


def test_the_ledger_refuses_books_that_do_not_add_up():
    with pytest.raises(AssertionError, match="does not add up"):
        Ledger(3, 1, (RuleCount(R.RETURNED, 1, None, True, ()),))


def test_one_spelling_takes_the_commonest():
    counts = {"Single origins": 10, "SINGLE ORIGINS": 3, " single  origins": 1, "Gifts": 2}
    assert one_spelling(counts) == {"SINGLE ORIGINS": "Single origins", " single  origins": "Single origins"}


def test_one_huge_line_is_only_counted_unless_a_person_says_otherwise():
    frame = lines(amount=[10.0] * 150 + [60_000.0])
    ledger, left = books(frame)
    outlier = next(count for count in ledger.counts if count.rule is R.OUTLIER)
    assert (outlier.rows, outlier.money, outlier.applied, outlier.examples, len(left)) == (1, 60_000.0, False, (152,), 151)
    ledger, left = books(frame, rules_on=[R.OUTLIER])
    assert (ledger.rows_set_aside, len(left)) == ({R.OUTLIER: 1}, 150)


@pytest.mark.parametrize("amounts", [[10.0, 900.0], [10.0] * 50 + [1000.0], [0.0, 0.0], [-5.0, None], list(range(1, 2000))])
def test_large_is_not_yet_an_outlier(amounts):
    ledger, _ = books(lines(amount=amounts))
    assert next(count for count in ledger.counts if count.rule is R.OUTLIER).rows == 0


def test_rows_dated_before_1970_and_rows_of_totals():
    assert books(lines(day=[-25_567.0, 0.0, 1.0]))[0].rows_set_aside == {R.DATE_BEFORE_1970: 1}
    ledger, _ = books(lines(total=[False, True], customer_id=["a", None]))
    assert ledger.rows_set_aside == {R.TOTAL_ROW: 1}


cells = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from(["a", "b", None]),
        "day": st.sampled_from([1.0, -9.0, 99.0, 101.0, None]),
        "quantity": st.sampled_from([1.0, -1.0, None]),
        "price": st.sampled_from([0.0, 2.5, 9e6, None]),
        "status": st.sampled_from(["cancelled", "shipped", None]),
        "row_key": st.integers(1, 4),
        "total": st.booleans(),
        "again": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(cells, min_size=1, max_size=12), st.sets(st.sampled_from(list(R))), st.sets(st.sampled_from(list(R))))
def test_kept_and_set_aside_is_read_whatever_the_rules(rows, off, on):
    frame = pd.DataFrame(rows).astype(
        {"day": "float64", "quantity": "float64", "price": "float64", "status": "str", "customer_id": "str"}
    )
    frame["row"] = range(2, len(rows) + 2)
    ledger, left = books(frame, off, on)
    assert ledger.rows_kept + sum(ledger.rows_set_aside.values()) == ledger.rows_read == len(rows)
    assert len(left) == ledger.rows_kept
    assert not set(ledger.rows_set_aside) & off
    assert {count.rule for count in ledger.counts} == set(conditions(with_money(nw.from_native(frame).lazy()), 100))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_the_bound_of_outliers_rests_on_the_median_line(amounts):
    frame = with_money(nw.from_native(pd.DataFrame(lines(amount=[float(a) for a in amounts] + [-5.0, 0.0]))).lazy())
    assert outlier_bound(frame) == int(max(0.01 * sum(amounts), 100 * np.median(amounts)) * 10_000)
