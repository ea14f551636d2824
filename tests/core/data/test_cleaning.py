"""Rules that set rows aside, on frames small enough to check by eye, and on any frame."""

import duckdb
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
    credit_notes_by_letter,
    keep_books,
    kept,
    nobody_left,
    outlier_bound,
    rules_applied,
    says_test,
    sort_out,
    with_money,
)
from segkit.core.data.values import one_spelling
from segkit.words.terms import CleaningRule

R = CleaningRule


def books(frame, rules_off=(), rules_on=(), as_of_day=100, **how):
    lines = with_money(frame if isinstance(frame, nw.LazyFrame) else nw.from_native(pd.DataFrame(frame)).lazy())
    applied = rules_applied(rules_off, rules_on)
    rules = conditions(lines, as_of_day, applied, **how)
    marked = sort_out(lines, rules, applied)
    return keep_books(marked, rules, applied), kept(marked).collect().to_native()


def lines(**columns):
    size = len(next(iter(columns.values())))
    defaults = {"row": range(2, size + 2), "customer_id": ["a"] * size, "day": [1.0] * size, "amount": [10.0] * size}
    return defaults | columns


def of(ledger, rule):
    """Rows, money, whether applied, and examples of a rule."""
    count = next(count for count in ledger.counts if count.rule is rule)
    return count.rows, count.money, count.applied, count.examples


def bare(**columns):
    """Lines with row numbers, customers and nothing else but what is given."""
    size = len(next(iter(columns.values())))
    return {"row": range(2, size + 2), "customer_id": ["a"] * size} | columns


def test_one_spelling_takes_the_commonest():
    counts = {"Single origins": 10, "SINGLE ORIGINS": 3, " single  origins": 1, "Gifts": 2}
    assert one_spelling(counts) == {"SINGLE ORIGINS": "Single origins", " single  origins": "Single origins"}


def test_of_equally_common_spellings_one_is_taken_without_spare_blanks():
    assert one_spelling({"tea": 1, "Tea": 1}) == {"Tea": "tea"}
    assert one_spelling({" green  tea ": 5, "Green tea": 2}) == {" green  tea ": "green tea", "Green tea": "green tea"}


def test_which_rules_set_rows_aside():
    assert R.OUTLIER not in rules_applied() and R.DUPLICATE_ROW not in rules_applied() and R.RETURNED in rules_applied()
    assert len(rules_applied()) == len(R) - 2
    assert R.OUTLIER in rules_applied((), [R.OUTLIER]) and R.OUTLIER not in rules_applied([R.OUTLIER], [R.OUTLIER])
    assert R.RETURNED not in rules_applied([R.RETURNED])


def test_the_ledger_refuses_books_that_do_not_add_up():
    with pytest.raises(AssertionError, match="does not add up"):
        Ledger(3, 1, (RuleCount(R.RETURNED, 1, None, True, ()),))


@pytest.mark.parametrize("columns", [{"quantity": [1.0]}, {"price": [1.0]}])
def test_without_amount_or_both_quantity_and_price_there_is_no_money(columns):
    assert with_money(nw.from_native(pd.DataFrame(columns)).lazy()).collect().columns == list(columns)


@pytest.mark.parametrize(
    ("columns", "money"),
    [
        ({"amount": [1.23456, -0.00004]}, [12346, 0]),
        ({"amount": [2.0], "quantity": [3.0], "price": [4.0]}, [20000]),
        ({"quantity": [3.0], "price": [4.0]}, [120000]),
        ({"amount": [9.9e10, 1e11, -1e11, -9.9e10, None]}, [9.9e14, None, None, -9.9e14, None]),
    ],
)
def test_money_is_whole_ten_thousandths_and_absurd_sums_are_unreadable(columns, money):
    found = with_money(nw.from_native(pd.DataFrame(columns)).lazy()).collect().to_native()
    assert found["money"].astype(object).where(found["money"].notna(), None).tolist() == money
    assert set(found) == {*columns, "money"}


@pytest.mark.parametrize(
    ("orders", "letters"),
    [
        (["1", "3", "C2"], True),
        (["1", "C2"], False),
        (["1", "3"], False),
        (["1", "3", None, None, "c9"], True),
        (["C1"], False),
    ],
)
def test_a_letter_marks_a_cancellation_where_more_than_half_the_order_numbers_are_digits(orders, letters):
    frame = nw.from_native(pd.DataFrame({"order_id": pd.Series(orders, dtype="str")})).lazy()
    assert credit_notes_by_letter(frame) is letters


@pytest.mark.parametrize(
    ("amounts", "bound"),
    [
        ([1.0] * 3 + [100_000.0] * 2, 2000.03),  # 1 % of all
        ([1.0, 1.0, 3.0, 3.0], 200.0),  # the middle of two
        ([1.0, 2.0, 7.0], 200.0),
        ([-1.0, 0.0, 4.0], 400.0),
        ([-1.0, 0.0], 1e11),
    ],
)
def test_a_line_is_an_outlier_above_one_percent_and_a_hundred_medians(amounts, bound):
    frame = with_money(nw.from_native(pd.DataFrame({"amount": amounts})).lazy())
    assert outlier_bound(frame)[0] == int(bound * 10_000)


def test_without_names_nobody_is_a_test():
    frame = nw.from_native(pd.DataFrame({"row": [1, 2]})).lazy()
    assert not frame.with_columns(t=says_test()).collect().to_native()["t"].any()
    two = nw.from_native(pd.DataFrame({"a": ["Test", "x", None], "b": ["x", "Demo", "x"]}, dtype="str")).lazy()
    assert two.select(t=says_test("a", "b")).collect().to_native()["t"].tolist() == [True, True, False]


def test_where_each_row_is_a_customer_none_lacks_one():
    frame = bare(customer_id=[None, "a"])
    assert [count.rule for count in books(frame, keyed=False)[0].counts] == []
    assert books(frame)[0].rows_set_aside == {R.NO_CUSTOMER: 1}


def test_without_an_analysis_date_no_row_is_after_it():
    ledger, _ = books(lines(day=[1e6, 1.0]), as_of_day=None)
    assert ledger.rows_kept == 2 and R.DATE_AFTER_AS_OF not in {count.rule for count in ledger.counts}


def test_rows_without_money_are_counted_without_money():
    ledger, _ = books(bare(customer_id=["a", None, None], row=[2, 3, 4]))
    assert of(ledger, R.NO_CUSTOMER) == (2, None, True, (3, 4))
    assert (ledger.rows_read, ledger.rows_kept) == (3, 1)
    assert [count.rule for count in ledger.counts] == [R.NO_CUSTOMER]


def test_copies_beyond_the_first_are_counted_with_their_money():
    keys = [1, 1, 2, 2, 3, 3, 4, 4, 5, None, None]
    ledger, _ = books(lines(row_key=keys, amount=[1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 6.0, 6.0]))
    assert of(ledger, R.DUPLICATE_ROW) == (4, 10.0, False, (3, 5, 7))
    assert of(books(lines(row_key=[1, 2]))[0], R.DUPLICATE_ROW) == (0, 0.0, False, ())
    assert of(books(bare(row_key=[1, 1, 1]))[0], R.DUPLICATE_ROW) == (2, None, False, (4,))
    aside, left = books(bare(row_key=[None, 7, None, 7]), rules_on=[R.DUPLICATE_ROW])
    assert of(aside, R.DUPLICATE_ROW) == (1, None, True, (5,)) and left["row"].tolist() == [2, 3, 4]


def test_three_outliers_are_shown_and_all_are_counted():
    ledger, _ = books(lines(amount=[1.0] * 1000 + [1000.0] * 4, meaning=[None] * 1003 + ["returned"]), rules_off=[R.RETURNED])
    assert of(ledger, R.OUTLIER) == (3, 3000.0, False, (1002, 1003, 1004))
    assert of(ledger, R.RETURNED) == (1, 1000.0, False, (1005,))
    ledger, _ = books(lines(amount=[1.0] * 1000 + [1000.0] * 4))
    assert of(ledger, R.OUTLIER) == (4, 4000.0, False, (1002, 1003, 1004))
    assert of(books(lines(amount=[1.0]))[0], R.OUTLIER) == (0, 0.0, False, ())


def test_money_and_examples_of_a_rule():
    ledger, _ = books(lines(amount=[-1.5, 2.0, -3.0, -4.0, -5.0]))
    returned = next(count for count in ledger.counts if count.rule is R.RETURNED)
    assert (returned.rows, returned.money, returned.examples) == (4, -13.5, (2, 4, 5))


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


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"test": [True, False]}, R.TEST_ACCOUNT),
        ({"again": [True, False]}, R.IN_TWO_FILES),
        ({"total": [True, False]}, R.TOTAL_ROW),
        ({"day": [-1.0, 0.0]}, R.DATE_BEFORE_1970),
        ({"day": [None, 0.0]}, R.DATE_UNREADABLE),
        ({"quantity": [-1.0, 0.0]}, R.RETURNED),
        ({"amount": [-0.01, 0.0]}, R.RETURNED),
        ({"price": [0.0, 0.01]}, R.PRICE_NOT_POSITIVE),
        ({"amount": [None, 0.0]}, R.AMOUNT_UNREADABLE),
    ],
)
def test_each_rule_at_its_bound(columns, rule):
    assert books(bare(**columns))[0].rows_set_aside == {rule: 1}


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_a_row_of_which_nothing_is_known_meets_only_the_rules_for_what_is_missing(engine):
    frame = pd.DataFrame(
        {
            "row": [2, 3], "customer_id": ["a", "a"], "day": [None, 1.0], "order_id": [None, "7"], "meaning": [None, None],
            "quantity": [None, 1.0], "price": [None, 1.0], "amount": [None, 1.0],
        }
    ).astype({"meaning": "str", "order_id": "str"})  # fmt: skip
    native = frame if engine == "pandas" else duckdb.from_df(frame)
    off = [R.DATE_UNREADABLE, R.AMOUNT_UNREADABLE]
    ledger, _ = books(nw.from_native(native).lazy(), off, [R.OUTLIER])
    assert (ledger.rows_kept, ledger.rows_set_aside) == (2, {})
    assert of(ledger, R.DATE_UNREADABLE)[0] == 1 and of(ledger, R.AMOUNT_UNREADABLE)[0] == 0


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


@pytest.mark.parametrize(("meaning", "rule"), [("cancelled", R.CANCELLED), ("no_sale", R.NOT_A_SALE), ("returned", R.RETURNED)])
def test_what_the_states_of_a_line_say_sets_it_aside(meaning, rule):
    assert books(lines(meaning=[meaning, None, ""]))[0].rows_set_aside == {rule: 1}
    assert books(lines(meaning=[meaning, None]), [rule])[0].rows_kept == 2


def test_where_no_row_is_left_it_is_said_by_which_rules_and_how_to_mend_it():
    ledger, _ = books(lines(meaning=["cancelled", "no_sale", "no_sale"]))
    assert nobody_left("orders.csv", ledger) == (
        "orders.csv: all 3 rows are set aside (Cancelled order or credit note: 1 and Not a sale (unpaid, failed, a draft, a "
        "view or a cart): 2), so no customer is left.",
        "Switch a rule off, choose another column for what it looks at, or say which order statuses count as sales.",
    )


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


def test_order_numbers_that_are_numbers_have_no_letters():
    assert books(lines(order_id=[1, 2]))[0].rows_kept == 2


cells = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from(["a", "b", None]),
        "day": st.sampled_from([1.0, -9.0, 99.0, 101.0, None]),
        "quantity": st.sampled_from([1.0, -1.0, None]),
        "price": st.sampled_from([0.0, 2.5, 9e6, None]),
        "meaning": st.sampled_from(["cancelled", "no_sale", "returned", None]),
        "row_key": st.integers(1, 4),
        "total": st.booleans(),
        "again": st.booleans(),
    }
)


@settings(max_examples=8, deadline=None)
@given(st.lists(cells, min_size=1, max_size=12), st.sets(st.sampled_from(list(R))), st.sets(st.sampled_from(list(R))))
def test_kept_and_set_aside_is_read_whatever_the_rules(rows, off, on):
    frame = pd.DataFrame(rows).astype(
        {"day": "float64", "quantity": "float64", "price": "float64", "meaning": "str", "customer_id": "str"}
    )
    frame["row"] = range(2, len(rows) + 2)
    ledger, left = books(frame, off, on)
    assert ledger.rows_kept + sum(ledger.rows_set_aside.values()) == ledger.rows_read == len(rows)
    assert len(left) == ledger.rows_kept
    assert not set(ledger.rows_set_aside) & off
    assert {count.rule for count in ledger.counts} == set(conditions(with_money(nw.from_native(frame).lazy()), 100))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_the_bound_of_outliers_rests_on_the_median_line(amounts):
    frame = with_money(nw.from_native(pd.DataFrame(lines(amount=[float(a) for a in amounts] + [-5.0, 0.0]))).lazy())
    assert outlier_bound(frame)[0] == int(max(0.01 * sum(amounts), 100 * np.median(amounts)) * 10_000)
