"""Rows that should not count, in files: rows of totals, mistyped years, impossible ages and counts."""

import datetime as dt

import pytest

from segkit.reading.load import load_customers
from segkit.words.terms import CleaningRule, FileKind

HEAD = "order_id,customer_id,order_date,amount\n"


def orders(tmp_path, *extra, rows=60, **options):
    lines = [f"{i},c{i % 20},2024-{1 + i % 12:02d}-{1 + i % 28:02d},{10 + i % 7}.50" for i in range(rows)]
    path = tmp_path / "orders.csv"
    path.write_text(HEAD + "\n".join([*lines, *extra]) + "\n", encoding="utf-8")
    return load_customers({FileKind.ORDERS: path}, **options)


@pytest.mark.parametrize("row", ["Total,,,800.00", ",Summe:,,800.00", "Grand Total,,,800.00"])
def test_totals_at_the_end_are_set_apart_while_reading(tmp_path, row):
    data = orders(tmp_path, row)
    assert data.ledger.rows_read == data.ledger.rows_kept == 60
    assert "1 row at the end set apart as not being data" in data.readings[0].sentence


@pytest.mark.parametrize("row", ["999,TOTAL ,2024-12-31,800.00", "Summe,,,800.00\n999,c1,2024-12-31,1.50"])
def test_rows_of_totals_among_the_orders(tmp_path, row):
    data = orders(tmp_path, row)
    assert data.ledger.rows_set_aside == {CleaningRule.TOTAL_ROW: 1}
    total = next(count for count in data.ledger.counts if count.rule is CleaningRule.TOTAL_ROW)
    assert (total.money, total.examples) == (800.0, (62,))


def test_firms_called_total_stay(tmp_path):
    assert orders(tmp_path, "99,Total Energy Ltd,2024-12-31,8.00").ledger.rows_set_aside == {}


def test_a_mistyped_year_does_not_move_the_analysis_date(tmp_path):
    data = orders(tmp_path, "99,c1,2098-11-30,8.00", "98,c2,1924-12-01,8.00")
    assert data.ledger.rows_set_aside == {CleaningRule.DATE_AFTER_AS_OF: 1, CleaningRule.DATE_BEFORE_1970: 1}
    assert data.as_of == dt.date(2024, 12, 25)
    assert sum("more than a year after all others" in note for note in data.notes) == 1
    assert orders(tmp_path, "99,c1,2098-11-30,8.00", as_of=dt.date(2100, 1, 1)).ledger.rows_set_aside == {}


def test_a_day_that_programs_write_for_no_date_is_none(tmp_path):
    data = orders(tmp_path, "99,c1,2099-12-31,8.00", "98,c2,1900-01-01,8.00")
    assert data.ledger.rows_set_aside == {CleaningRule.DATE_UNREADABLE: 2}
    assert data.as_of == dt.date(2024, 12, 25)
    assert {"1900-01-01", "2099-12-31"} <= set(
        " ".join(f"{f.what} {f.evidence}" for f in data.damage).replace(",", " ").split()
    )


def test_impossible_ages_and_counts_count_as_missing(tmp_path):
    path = tmp_path / "customers.csv"
    rows = [f"{i},{20 + i % 50},{1 + i % 9},{i}.5" for i in range(40)] + ["40,150,3,1.0", "41,30,1.5,1.0", "42,-3,-2,1.0"]
    path.write_text("customer_id,age,number_of_orders,total_spent\n" + "\n".join(rows) + "\n", encoding="utf-8")
    data = load_customers({FileKind.CUSTOMERS: path})
    assert data.customers["age"].isna().sum() == data.customers["frequency"].isna().sum() == 2
    assert "2 customers have an impossible age (below 10 or above 110); it counts as missing." in data.notes
    assert any(note.startswith("2 customers have an impossible number in “Number of orders”") for note in data.notes)
