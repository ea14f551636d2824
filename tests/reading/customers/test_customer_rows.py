"""A file with one row a customer: its figures get the workbook's own names and are right by hand."""

import datetime as dt

import pytest

from segkit.core.data.currencies import CurrencyChoice
from segkit.reading.customers.customer_rows import count_customer_rows
from segkit.words.errors import DataError
from segkit.words.terms import Base, CleaningRule, FileKind, Grain
from tests.reading.engine import known


@pytest.fixture
def count(engine, tmp_path):
    def counted(roles, rows, *, as_of=None, off=(), on=(), **how):
        file = known(
            engine, tmp_path, roles, rows, kind=FileKind.CUSTOMERS, grain=Grain.CUSTOMER, file_name="people.csv", **how
        )
        return count_customer_rows(file, as_of, off, on, CurrencyChoice())

    return counted


def test_figures_get_the_workbooks_own_names(count):
    found = count("who:customer since:recency orders:frequency spent:amount town:category",
                  [["C2", "10", "4", "10", "Bonn"], ["C1", "20", "0", "5", "Ulm"], ["C3", None, None, None, None]])  # fmt: skip
    assert list(found.frame.columns) == ["recency_days", "frequency", "monetary_total", "monetary_mean", "town"]
    assert found.frame.loc["C2"].tolist() == [10, 4, 10, 2.5, "Bonn"]
    assert found.frame.loc["C1"].tolist()[:3] == [20, 0, 5] and found.frame.loc["C1"].isna()["monetary_mean"]
    assert found.frame.loc["C3"].isna().all()
    assert (found.orders, found.revenue, found.as_of, found.first, found.last) == (4, 15.0, None, None, None)
    assert found.described == {
        "recency_days": ("Days since last order", Base.BEHAVIOURAL, "days"),
        "frequency": ("Number of orders", Base.BEHAVIOURAL, "orders"),
        "monetary_total": ("Money spent in all", Base.BEHAVIOURAL, "money"),
        "monetary_mean": ("Money per order", Base.BEHAVIOURAL, "money"),
        "town": ("Town", Base.BEHAVIOURAL, ""),
    }
    assert found.notes == () and found.merged == 0
    assert found.monthly.empty and found.category_money.empty and found.year_before.empty
    assert (found.ledger.rows_read, found.ledger.rows_kept) == (3, 3)


def test_several_columns_of_orders_or_money_are_added_up_and_stay(count):
    found = count("who:customer web:frequency shop:frequency wine:amount tea:amount",
                  [["C1", "1", "2", "5.25", "1"], ["C2", None, "3", None, None]])  # fmt: skip
    assert found.frame.loc["C1"].to_dict() == {
        "frequency": 3, "monetary_total": 6.25, "monetary_mean": 2.0833, "web": 1, "shop": 2, "wine": 5.25, "tea": 1,
    }  # fmt: skip
    assert found.frame.loc["C2", "frequency"] == 3 and found.frame.isna().loc["C2", "monetary_total"]
    assert (found.orders, found.revenue) == (6, 6.25)
    assert found.notes == (
        "“Number of orders” is the sum of 2 columns: Web, Shop.", "“Money spent in all” is the sum of 2 columns: Wine, Tea.",
    )  # fmt: skip
    assert set(found.described) == set(found.frame)


def test_money_without_orders_and_orders_without_money(count):
    found = count("who:customer spent:amount", [["C1", "5.123456"]])
    assert found.frame.loc["C1"].to_dict() == {"monetary_total": 5.1235} and (found.orders, found.revenue) == (None, 5.1235)
    found = count("who:customer n:frequency", [["C1", "5"]])
    assert found.frame.loc["C1"].to_dict() == {"frequency": 5} and (found.orders, found.revenue) == (5, None)
    found = count("who:customer n:number", [["C1", "5"]])
    assert found.frame.loc["C1"].to_dict() == {"n": 5} and (found.orders, found.revenue) == (None, None)


def test_impossible_numbers_of_orders_count_as_missing(count):
    found = count("who:customer n:frequency", [["C1", "5"], ["C2", "1.5"], ["C3", "-1"]])
    assert found.frame["frequency"].isna().tolist() == [False, True, True] and found.orders == 5
    assert found.notes[0].startswith("2 customers have an impossible number in “N”")


def test_a_column_that_bears_the_name_of_a_figure_gives_way_to_it(count):
    found = count("who:customer frequency:number orders:frequency", [["C1", "9", "4"]])
    assert found.frame.loc["C1"].to_dict() == {"frequency": 4}


def day(text):
    return dt.date.fromisoformat(text)


def test_dates_become_days_before_the_day_after_the_last_one(count):
    found = count("who:customer joined:date last_order:date",
                  [["C1", "2024-01-01", "2024-03-01"], ["C2", "2024-02-01", None]])  # fmt: skip
    assert (found.as_of, found.first, found.last) == (day("2024-03-02"), day("2024-01-01"), day("2024-03-01"))
    assert found.frame["tenure_days"].tolist() == [61, 30]
    assert found.frame.loc["C1", "recency_days"] == 1 and found.frame.isna().loc["C2", "recency_days"]
    assert found.described["tenure_days"] == ("Days as a customer", Base.BEHAVIOURAL, "days")
    assert found.described["recency_days"] == ("Days since last order", Base.BEHAVIOURAL, "days")
    given = count("who:customer joined:date", [["C1", "2024-01-01"]], as_of=day("2024-12-31"))
    assert given.as_of == day("2024-12-31") and given.frame["tenure_days"].tolist() == [365]
    assert str(given.frame["tenure_days"].dtype) == "float64"
    undated = count("who:customer joined:date n:number", [["C1", "soon", "1"]])
    assert undated.as_of is None and "tenure_days" not in undated.frame


def test_recency_that_the_file_gives_goes_before_dates(count):
    found = count("who:customer days:recency last_order:date", [["C1", "7", "2024-03-01"]])
    assert found.frame.loc["C1"].to_dict() == {"recency_days": 7}


def test_births_become_ages_where_there_is_an_analysis_date(count):
    rows = [["C1", "1980", "2024-03-01"], ["C2", "1880", "2024-03-01"]]
    found = count("who:customer birth_year:number joined:date", rows)
    assert found.frame.loc["C1", "age"] == 44 and found.frame.isna().loc["C2", "age"]
    assert found.described["age"] == ("Age", Base.DEMOGRAPHIC, "years") and str(found.frame["age"].dtype) == "float64"
    assert found.notes == ("1 customer has an impossible age (below 10 or above 110); it counts as missing.",)
    fine = count("who:customer birth_year:number joined:date", rows[:1])
    assert fine.notes == ()
    assert "age" not in count("who:customer birth_year:number n:number", [["C1", "1980", "1"]]).frame


def test_a_customers_row_counts_once_and_rows_are_in_the_books(count):
    rows = [["C1", "1"], ["C1", "1"], [None, "3"], ["Total", "9"], ["test", "1"], ["C2", "2"]]
    found = count("who:customer n:number", rows)
    assert found.frame["n"].to_dict() == {"C1": 1, "C2": 2}
    assert found.ledger.rows_set_aside == {
        CleaningRule.TOTAL_ROW: 1, CleaningRule.NO_CUSTOMER: 1, CleaningRule.TEST_ACCOUNT: 1, CleaningRule.DUPLICATE_ROW: 1,
    }  # fmt: skip
    kept = count("who:customer n:number", rows, off=[CleaningRule.TEST_ACCOUNT])
    assert "test" in kept.frame.index


def test_rows_that_name_nobody_are_a_customer_each(count):
    rows = [["Bonn", "1"], ["Bonn", "1"], ["Ulm", "2"]]
    found = count("town:category n:number", rows)
    assert found.frame["town"].to_dict() == {"2": "Bonn", "3": "Bonn", "4": "Ulm"}
    assert found.ledger.rows_set_aside == {}
    assert found.notes == ("people.csv names no customer: each row is read as one, numbered by its place in the file.",)
    once = count("town:category n:number", rows, on=[CleaningRule.DUPLICATE_ROW])
    assert list(once.frame.index) == ["2", "4"]


@pytest.mark.parametrize("roles", ["a:category b:number", "a:channel b:amount", "a:recency b:frequency"])
def test_two_columns_that_describe_are_enough_to_take_rows_for_customers(count, roles):
    assert len(count(roles, [["1", "2"], ["3", "4"]]).frame) == 2


@pytest.mark.parametrize("roles", ["a:category b:personal", "a:number b:leak", "a:free_text b:ignore"])
def test_rows_that_describe_nobody_are_refused(count, roles):
    with pytest.raises(DataError) as error:
        count(roles, [["1", "2"], ["3", "4"]])
    assert error.value.what == "people.csv: no column can be the customer; found a, b."
