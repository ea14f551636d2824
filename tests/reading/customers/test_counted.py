"""Orders counted down to customers: dates, money, categories and later periods, on lines small enough to add up by hand."""

import datetime as dt

import pytest

from segkit.reading.customers import counted
from segkit.reading.customers.counted import count_orders
from segkit.words.errors import DataError
from segkit.words.terms import Base, CleaningRule
from tests.reading.engine import known


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture(scope="module")
def count(engine, tmp_path_factory):
    """Return a function that counts orders; a file that several tests begin with is made once."""
    folder, made = tmp_path_factory.mktemp("counted"), {}

    def file(roles, rows, **how):
        key = repr((roles, rows, how))
        if key not in made:
            made[key] = known(engine, folder, roles, rows, name=f"t{len(made)}", **how)
        return made[key]

    def counted_(roles, rows, *, later=None, as_of=None, later_as_of=None, off=(), on=(), same=None, tests=(), **how):
        main = file(roles, rows, **how)
        other = file(roles, later, file_name="later.csv") if later else None
        return count_orders(main, other, as_of, later_as_of, off, on, same or {}, tests, folder)

    return counted_


ROLES = "who:customer order:order day:date sum:amount gain:margin item:product how:channel town:category"
ROWS = [
    ["C2", "A1", "2024-01-10", "10", "4", "green_tea", "web", "Bonn"],
    ["C2", "A1", "2024-01-10", "20", "6", "black tea", "web", "Bonn"],
    ["C2", "A2", "2024-02-20", "30", "10", "green_tea", "shop", "Bonn"],
    ["C1", "A3", "2024-02-25", "5", None, "black tea", "shop", "Ulm"],
    ["C3", "A4", None, "7", "1", "black tea", "shop", "Ulm"],
]


def test_customers_of_order_lines(count):
    found = count(ROLES, ROWS)
    assert list(found.frame.index) == ["C1", "C2"] and found.frame.index.name == "customer_id"
    assert found.frame.loc["C2"].to_dict() == {
        "recency_days": 6, "frequency": 2, "monetary_total": 60, "monetary_mean": 30, "tenure_days": 47,
        "margin_total": 20, "margin_share": 0.333333, "product_variety": 2,
        "main_item": "green_tea", "main_how": "shop", "town": "Bonn",
        "share_item_green_tea": 0.666667, "share_item_black_tea": 0.333333, "share_how_shop": 0.5, "share_how_web": 0.5,
    }  # fmt: skip
    assert (found.as_of, found.first, found.last) == (day("2024-02-26"), day("2024-01-10"), day("2024-02-25"))
    assert (found.orders, found.revenue, found.merged, found.notes) == (3, 65.0, 0, ())
    assert found.ledger.rows_set_aside == {CleaningRule.DATE_UNREADABLE: 1}
    assert found.monthly["revenue"].tolist() == [30, 35] and found.monthly["orders"].tolist() == [1, 2]
    assert set(found.described) == set(found.frame)
    for name, expected in {
        "recency_days": ("Days since last order", Base.BEHAVIOURAL, "days"),
        "frequency": ("Number of orders", Base.BEHAVIOURAL, "orders"),
        "monetary_total": ("Money spent in all", Base.BEHAVIOURAL, "money"),
        "monetary_mean": ("Money per order", Base.BEHAVIOURAL, "money"),
        "tenure_days": ("Days since first order", Base.BEHAVIOURAL, "days"),
        "margin_share": ("Margin as a share of money", Base.BEHAVIOURAL, "share"),
        "product_variety": ("Different products bought", Base.BEHAVIOURAL, "products"),
        "main_item": ("Main item", Base.BEHAVIOURAL, ""),
        "town": ("Town", Base.BEHAVIOURAL, ""),
        "share_item_green_tea": ("Share of money: Green tea", Base.BEHAVIOURAL, "share"),
    }.items():
        assert found.described[name] == expected


def test_money_by_value_of_each_category(count):
    found = count(ROLES, ROWS, bases=[("town", Base.GEOGRAPHIC)])
    assert found.category_money.drop(columns="few").to_numpy().tolist() == [
        ["main_item", "Item", "green_tea", 40, 2], ["main_item", "Item", "black tea", 25, 2],
        ["main_how", "How", "shop", 35, 2], ["main_how", "How", "web", 30, 1],
        ["town", "Town", "Bonn", 60, 2], ["town", "Town", "Ulm", 5, 1],
    ]  # fmt: skip
    assert list(found.category_money) == ["variable", "label", "level", "money", "orders", "few"]
    assert found.year_before.empty and list(found.year_before) == list(found.category_money)
    assert found.described["town"][1] is Base.GEOGRAPHIC


def test_orders_without_dates_money_or_categories(count):
    found = count("who:customer order:order", [["C1", "A1"], ["C1", "A2"], ["C2", "A2"]])
    assert found.frame.to_dict() == {"frequency": {"C1": 2, "C2": 1}}
    assert (found.as_of, found.first, found.last, found.revenue, found.orders) == (None, None, None, None, 2)
    assert found.category_money.empty and found.monthly.empty


def test_without_money_rows_are_shared_out(count):
    found = count("who:customer how:channel", [["C1", "a"], ["C1", "a"], ["C1", "b"], ["C2", "b"]])
    assert found.frame.loc["C1", "share_how_a"] == 0.666667
    assert found.described["share_how_a"][0] == "Share of rows: A"


def test_single_products_have_no_shares_where_their_groups_say_more(count):
    rows = [["C1", "tea", "green", "1"], ["C1", "tea", "black", "2"], ["C2", "cups", "blue", "3"]]
    found = count("who:customer group:product item:product sum:amount", rows)
    assert [name for name in found.frame if name.startswith("share_")] == ["share_group_cups", "share_group_tea"]
    only = count("who:customer item:product sum:amount", [[who, item, n] for who, _, item, n in rows])
    assert [name for name in only.frame if name.startswith("share_")] == [
        "share_item_blue", "share_item_black", "share_item_green",
    ]  # fmt: skip


def test_shares_of_the_eight_largest_values_and_names_that_meet(count):
    rows = [["C1", f"way {i}", str(20 - i)] for i in range(10)] + [["C2", "way-0", "30"]]
    found = count("who:customer how:channel sum:amount", rows)
    assert [name for name in found.frame if name.startswith("share_")] == [
        "share_how_way_0", "share_how_way_0_2", *(f"share_how_way_{i}" for i in range(1, 7)),
    ]  # fmt: skip
    assert found.frame.loc["C2", "share_how_way_0"] == 1 and found.frame.loc["C2", "share_how_way_0_2"] == 0


def test_the_analysis_date_that_a_person_gives_holds(count):
    found = count(ROLES, ROWS, as_of=day("2024-02-20"))
    assert found.as_of == day("2024-02-20") and found.frame.loc["C2", "recency_days"] == 0
    assert found.ledger.rows_set_aside == {CleaningRule.DATE_UNREADABLE: 1, CleaningRule.DATE_AFTER_AS_OF: 1}
    assert found.last == day("2024-02-20")


def test_a_date_far_beyond_all_others_is_doubted(count):
    rows = [["C1", f"2024-01-0{i}", "1"] for i in range(1, 9)] + [["C1", "2099-01-01", "1"]]
    found = count("who:customer day:date sum:amount", rows)
    assert found.as_of == day("2024-01-09") and "can hardly be right" in found.notes[0]
    assert count("who:customer day:date sum:amount", rows, as_of=day("2099-12-31")).notes == ()


def test_files_that_cannot_be_counted_are_refused(count):
    with pytest.raises(DataError) as error:
        count("a:order b:amount", [["1", "2"]])
    assert error.value.what == "orders.csv: no column can be the customer; found a, b."
    with pytest.raises(DataError) as error:
        count("who:customer day:date", [["1", f"on day {i}"] for i in "abcd"])
    assert error.value.what == (
        "orders.csv: none of the dates in column “day” can be read (such as “on day a”, “on day b”, “on day c”)."
    )


def test_rules_switched_on_and_off(count):
    rows = [["C1", "A1", "5"], ["C1", "A1", "5"], ["C2", "A2", "-3"], ["C2", "A3", "9"]]
    roles = "who:customer order:order sum:amount"
    assert count(roles, rows).revenue == 19 and count(roles, rows).frame.loc["C2", "monetary_total"] == 9
    assert count(roles, rows, on=[CleaningRule.DUPLICATE_ROW]).revenue == 14
    back = count(roles, rows, off=[CleaningRule.RETURNED])
    assert back.revenue == 16 and back.frame.loc["C2", ["frequency", "monetary_total"]].tolist() == [1, 6] and back.orders == 2


def test_one_person_under_two_numbers_is_one_customer_and_test_accounts_are_none(count):
    found = count(ROLES, ROWS[:4], same={"C2": "C1"})
    assert found.frame["frequency"].to_dict() == {"C1": 3} and found.merged == 1
    tested = count(ROLES, ROWS[:4], tests={"C1"})
    assert list(tested.frame.index) == ["C2"] and tested.ledger.rows_set_aside == {CleaningRule.TEST_ACCOUNT: 1}
    both = count(ROLES, ROWS[:4], same={"C1": "C0"}, tests={"C2"})
    assert list(both.frame.index) == ["C0"] and both.merged == 1


def test_texts_that_share_a_number_stay_texts(count, monkeypatch):
    usual = count(ROLES, ROWS)
    monkeypatch.setattr(counted, "_CODE", "(hash(t) % 1)")
    collided = count(ROLES, ROWS)
    assert usual.frame.equals(collided.frame) and usual.monthly.equals(collided.monthly)


# A later period.

LATER = [
    ["C2", "B1", "2025-01-15", "40", "5", "green_tea", "web", "Bonn"],
    ["C4", "B2", "2025-02-10", "50", "5", "cups", "web", "Kiel"],
    ["C4", "B3", None, "50", "5", "cups", "web", "Kiel"],
    ["C5", "B4", "2024-12-31", "1", "1", "cups", "web", "Kiel"],
]


def test_a_later_file_takes_the_place_of_lines_from_its_first_day_on(count):
    main = [*ROWS[:4], ["C9", "A9", "2025-01-20", "99", "1", "cups", "web", "Bonn"]]  # the later file has that day itself
    found = count(ROLES, main, later=LATER[:2], as_of=day("2025-01-21"))
    # a window of 377 days, from the first order to the analysis date, that ends the day after the last one of the later file
    assert (found.as_of, found.first, found.last) == (day("2025-02-11"), day("2024-02-20"), day("2025-02-10"))
    assert found.frame["monetary_total"].to_dict() == {"C1": 5, "C2": 70, "C4": 50}
    assert found.ledger.rows_read == 4 and found.revenue == 125
    # the later orders only, in all three categories, although one of them has a single value there
    assert found.category_money.groupby("variable")["money"].sum().to_dict() == {"main_how": 90, "item": 90, "town": 90}
    assert found.year_before.empty


def test_the_window_keeps_its_length_to_the_day(count):
    rows = [["C1", "2024-01-01", "1"], ["C2", "2024-01-02", "2"], ["C3", "2024-01-31", "4"]]
    found = count("who:customer day:date sum:amount", rows, later=[["C4", "2024-02-01", "8"]])
    assert found.as_of == day("2024-02-02") and list(found.frame.index) == ["C2", "C3", "C4"]
    longer = count("who:customer day:date sum:amount", rows, later=[["C4", "2024-02-01", "8"]], later_as_of=day("2024-02-10"))
    assert longer.as_of == day("2024-02-10") and list(longer.frame.index) == ["C3", "C4"]
    equal = count("who:customer day:date sum:amount", rows, later=[["C4", "2024-01-31", "8"]])
    assert equal.frame["monetary_total"].to_dict() == {
        "C1": 1,
        "C2": 2,
        "C4": 8,
    }  # a day of both counts as the later one has it


def test_a_later_file_needs_dates(count, engine, tmp_path):
    with pytest.raises(DataError) as error:
        main = known(engine, tmp_path, "who:customer day:date", [["C1", "2024-01-01"]])
        later = known(engine, tmp_path, "who:customer day:number", [["C1", "5"]], name="l", file_name="later.csv")
        count_orders(main, later, None, None, (), (), {}, (), tmp_path)
    assert error.value.what == "later.csv: no column can be the date."
    undated = known(engine, tmp_path, "who:customer", [["C1"]])
    assert list(count_orders(undated, later, None, None, (), (), {}, (), tmp_path).frame.index) == ["C1"]


def yearly(first, how="a"):
    """Lines of 800 days before a later period that begins on 2025-06-01, from a first day on."""
    days = [first, "2024-05-31", "2024-06-01", "2024-06-09", "2024-06-10", "2025-05-01"]
    return [["C1", text, str(2**i), how if i % 2 else "b"] for i, text in enumerate(days)]


def test_the_same_months_a_year_before_are_compared(count):
    roles = "who:customer day:date sum:amount how:channel"
    later = [["C1", "2025-06-01", "100", "a"], ["C1", "2025-06-09", "200", "b"]]
    found = count(roles, yearly("2023-06-20"), later=later, later_as_of=day("2025-06-10"))
    assert found.category_money.set_index("level")["money"].to_dict() == {"a": 100, "b": 200}
    # from 2024-06-01 on, 365 days before the first later day, and before 2024-06-10, 365 days before the analysis date
    assert found.year_before.set_index("level")["money"].to_dict() == {"a": 8, "b": 4}
    assert (found.year_before["variable"] == "how").all() or (found.year_before["variable"] == "main_how").all()


@pytest.mark.parametrize(("first", "compared"), [("2024-06-08", True), ("2024-06-09", False)])
def test_a_year_may_lack_a_week(count, first, compared):
    rows = [["C1", first, "1", "a"], ["C1", "2024-06-11", "2", "b"], ["C1", "2025-05-01", "4", "b"]]
    later = [["C1", "2025-06-01", "100", "a"], ["C2", "2025-06-20", "200", "b"]]
    roles = "who:customer day:date sum:amount how:channel"
    found = count(roles, rows, later=later, as_of=day("2025-06-30"))
    assert (not found.year_before.empty) is compared
