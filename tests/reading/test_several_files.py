"""Monthly exports put under each other: matched columns, overlaps counted once, gaps said, every row in the books."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segkit.reading.load import inspect_files, load_customers
from segkit.words.errors import DataError
from segkit.words.terms import CleaningRule, FileKind, Role

START = dt.date(2024, 1, 1)


def lines(first, last, *, status="paid", per_day=2):
    """Order lines of some days: order, customer, day, amount, status; two lines an order."""
    rows = []
    for number in range(first, last):
        day = START + dt.timedelta(days=number)
        for order in range(per_day):
            for item in (1, 2):
                rows.append((f"{1000 + per_day * number + order}", f"c{number % 25}", day, 10.5 * item, status))
    return rows


def write(path, rows, *, head="order_id;customer_id;order_date;amount;status", how="%Y-%m-%d", comma=False, places=range(5)):
    def cell(value):
        if isinstance(value, dt.date):
            return value.strftime(how)
        text = f"{value:.2f}" if isinstance(value, float) else value
        return text.replace(".", ",") if comma and isinstance(value, float) else text

    names = head.split(";")
    table = [";".join(names[p] for p in places), *(";".join(cell(row[p]) for p in places) for row in rows)]
    path.write_text("\n".join(table) + "\n", encoding="utf-8")
    return path


def load(*paths, **options):
    return load_customers({FileKind.ORDERS: paths}, **options)


@pytest.fixture
def months(tmp_path):
    return [write(tmp_path / f"{name}.csv", lines(a, b)) for name, a, b in (("jan", 0, 31), ("feb", 31, 60), ("mar", 60, 91))]


def same(one, other):
    assert one.customers.equals(other.customers)
    assert (one.orders, one.revenue, one.as_of) == (other.orders, other.revenue, other.as_of)


def test_three_months_are_one_file(tmp_path, months):
    data, whole = load(*months), load(write(tmp_path / "whole.csv", lines(0, 91)))
    same(data, whole)
    assert data.ledger.rows_read == 91 * 4 and [r.file_name for r in data.readings] == ["jan.csv", "feb.csv", "mar.csv"]
    assert "3 files were put together, one below the other: 124 rows from 1 January 2024 to 31 January 2024; " in data.notes[2]
    assert data.notes[0] == "The rows of feb.csv are numbered from 127 on."


def test_overlaps_count_once_and_are_in_the_books(tmp_path, months):
    longer = write(tmp_path / "feb_long.csv", lines(25, 62))
    data = load(months[0], longer, months[2])
    same(data, load(*months))
    assert data.ledger.rows_set_aside == {CleaningRule.IN_TWO_FILES: (6 + 2) * 4}
    assert data.ledger.rows_kept + 32 == data.ledger.rows_read
    assert "The files overlap: 32 lines of orders stand in two files; only those in the later file count." in data.notes
    everything = load(months[0], longer, months[2], rules_off=[CleaningRule.IN_TWO_FILES])
    assert everything.revenue > data.revenue
    twice = load(months[0], longer, months[2], rules_on=[CleaningRule.DUPLICATE_ROW])
    same(twice, data)


def test_an_order_that_changed_counts_as_the_later_file_has_it(tmp_path):
    jan = write(tmp_path / "jan.csv", lines(0, 31))
    feb = write(tmp_path / "feb.csv", [*lines(30, 31, status="cancelled"), *lines(31, 60)])
    for data in (load(jan, feb), load(feb, jan)):  # which file is later, its dates tell
        assert data.ledger.rows_set_aside == {CleaningRule.IN_TWO_FILES: 4, CleaningRule.CANCELLED: 4}
    assert data.last_date == dt.date(2024, 2, 29)


def test_numbers_that_begin_anew_are_no_overlap(tmp_path):
    again = [
        (order, customer, day + dt.timedelta(days=31), amount, status) for order, customer, day, amount, status in lines(0, 29)
    ]
    data = load(write(tmp_path / "jan.csv", lines(0, 31)), write(tmp_path / "feb.csv", again))
    assert data.ledger.rows_set_aside == {} and data.ledger.rows_kept == 60 * 4


def test_without_order_numbers_equal_rows_count_as_often_as_in_the_file_with_most(tmp_path):
    rows = lines(0, 31)
    places = [1, 2, 3, 4]  # each line stands there twice: two orders a day by the same customer
    one = write(tmp_path / "a.csv", rows, places=places)
    other = write(tmp_path / "b.csv", rows[60:] + lines(31, 60), places=places)
    data = load(one, other)
    assert data.ledger.rows_set_aside == {CleaningRule.IN_TWO_FILES: len(rows) - 60}
    assert data.ledger.rows_kept == 60 * 4


def test_columns_in_another_order_missing_and_more(tmp_path, months):
    head = "order_id;Customer-ID;order_date;amount;status"
    moved = write(tmp_path / "feb_moved.csv", lines(31, 60), head=head, places=[2, 4, 1, 0, 3])
    same(load(months[0], moved, months[2]), load(*months))
    lacking = write(tmp_path / "feb_less.csv", lines(31, 60), places=[0, 1, 2, 3])
    data = load(months[0], lacking, months[2])
    same(data, load(*months))
    assert "feb_less.csv has 4 of the 5 columns of all files together; its rows count as having no “status”." in data.notes


def test_each_file_is_read_in_its_own_way(tmp_path, months):
    american = write(tmp_path / "feb_us.csv", lines(31, 60), how="%m/%d/%Y")
    german = write(tmp_path / "mar_de.csv", lines(60, 91), how="%d/%m/%Y", comma=True)
    same(load(months[0], american, german), load(*months))


def test_files_of_different_kinds_are_refused(tmp_path, months):
    other = tmp_path / "other.csv"
    other.write_text("a;b;c\n1;2;3\n4;5;6\n", encoding="utf-8")
    with pytest.raises(DataError, match="have only 0 columns in common"):
        load(months[0], other)


def test_gaps_are_said(months):
    notes = load(months[0], months[2]).notes
    assert "No orders at all in February 2024, where months usually have 62. Were you closed, or is an export missing?" in notes
    assert not any("No orders at all" in note for note in load(*months).notes)


def test_roles_of_several_files(months):
    reading, roles, summaries = inspect_files({FileKind.ORDERS: tuple(months)})[FileKind.ORDERS]
    assert [role.role for role in roles[:4]] == [Role.ORDER, Role.CUSTOMER, Role.DATE, Role.AMOUNT]
    assert (reading.rows, summaries[0].rows, reading.file_name) == (364, 364, "jan.csv, feb.csv, mar.csv")


cuts = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), min_size=1, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts, st.sets(st.sampled_from(list(CleaningRule))), st.sets(st.sampled_from(list(CleaningRule))))
def test_kept_and_set_aside_is_read_over_all_files(tmp_path, cuts, off, on):
    paths = [write(tmp_path / f"{i}.csv", lines(a, a + n)) for i, (a, n) in enumerate(cuts)]
    data = load(*paths, rules_off=tuple(off), rules_on=tuple(on))
    read = sum(4 * n for _, n in cuts)
    assert data.ledger.rows_read == read == data.ledger.rows_kept + sum(data.ledger.rows_set_aside.values())
    days = {day for a, n in cuts for day in range(a, a + n)}
    if CleaningRule.IN_TWO_FILES not in off:
        assert data.ledger.rows_kept == 4 * len(days)
