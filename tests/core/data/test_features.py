"""The customer's figures, each checked by hand, and equal on every engine at hand."""

import datetime as dt

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from segkit.core.data.cleaning import with_money
from segkit.core.data.features import (
    customer_frame,
    date_of,
    day_of,
    level_money,
    level_shares,
    main_level,
    monthly,
    no_months,
    order_total,
    span,
    with_orders,
)

DAY = day_of(dt.date(2024, 1, 10))
LINES = pd.DataFrame(
    {
        "customer_id": ["b", "a", "a", "a"],
        "order_id": ["1", "2", "2", "3"],
        "day": [DAY, DAY, DAY, DAY + 31],
        "month": [2024 * 12, 2024 * 12, 2024 * 12, 2024 * 12 + 1],
        "amount": [5.0, 10.0, 20.0, 0.3],
        "margin": [1.0, 2.0, 3.0, 0.0],
        "product": ["x", "x", "y", "x"],
        "kind": ["tea", "tea", "coffee", None],
    }
)
AS_OF = dt.date(2024, 3, 1)


def engines():
    yield "pandas", nw.from_native(LINES).lazy()
    yield "duckdb", nw.from_native(duckdb.from_df(LINES)).lazy()


@pytest.fixture(params=["pandas", "duckdb"])
def lines(request):
    return with_orders(with_money(dict(engines())[request.param]))


def test_days_and_dates():
    assert (day_of(dt.date(1970, 1, 2)), date_of(1)) == (1, dt.date(1970, 1, 2))


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_returns_take_money_off_but_are_no_orders_and_no_visits(engine):
    returns = pd.DataFrame(
        {
            "customer_id": ["a", "c"],
            "order_id": ["C3", "C4"],
            "day": [DAY + 40, DAY],
            "month": [2024 * 12 + 1, 2024 * 12],
            "amount": [-10.0, -7.0],
            "margin": [-1.0, -2.0],
            "product": ["x", "z"],
            "kind": ["tea", "tea"],
        }
    )
    both = pd.concat([LINES, returns], ignore_index=True)
    native = both if engine == "pandas" else duckdb.from_df(both)
    lines = with_orders(with_money(nw.from_native(native).lazy()))
    frame = customer_frame(lines, AS_OF)
    assert frame.index.tolist() == ["a", "b", "c"]
    assert frame["frequency"].tolist() == [2, 1, 0]
    assert frame["monetary_total"].round(2).tolist() == [20.3, 5, -7]
    assert frame["monetary_mean"].fillna(-1).tolist() == [10.15, 5, -1]
    assert frame["recency_days"].fillna(-1).tolist() == [20, 51, -1]
    assert frame["margin_total"].tolist() == [4, 1, -2]
    assert frame["product_variety"].tolist() == [2, 1, 0]
    assert order_total(lines) == 3 == monthly(lines)["orders"].sum()
    assert monthly(lines)["revenue"].round(2).tolist() == [28, -9.7]


def test_customer_frame(lines):
    frame = customer_frame(lines, AS_OF)
    assert frame.index.tolist() == ["a", "b"]
    expected = {
        "recency_days": [20, 51],
        "frequency": [2, 1],
        "monetary_total": [30.3, 5],
        "monetary_mean": [15.15, 5],
        "tenure_days": [51, 51],
        "margin_total": [5, 1],
        "margin_share": [0.165017, 0.2],
        "product_variety": [2, 1],
    }
    assert frame.to_dict("list") == expected
    assert set(frame.dtypes.astype(str)) == {"float64"}


@pytest.mark.parametrize(
    ("dropped", "orders"), [([], 3), (["order_id"], 3), (["order_id", "product"], 4), (["order_id", "product", "day"], 4)]
)
def test_orders_without_order_numbers(dropped, orders):
    lines = with_orders(nw.from_native(LINES.drop(columns=dropped)).lazy())
    assert order_total(lines) == orders


def test_span(lines):
    assert span(lines) == (dt.date(2024, 1, 10), dt.date(2024, 2, 10))
    assert span(lines.filter(nw.col("day") < 0)) is None


def test_monthly_fills_empty_months():
    later = LINES.assign(month=[24288, 24288, 24288, 24290])
    table = monthly(with_orders(with_money(nw.from_native(later).lazy())))
    assert table.index.strftime("%Y-%m").tolist() == ["2024-01", "2024-02", "2024-03"]
    assert table["orders"].tolist() == [2, 0, 1]
    assert table["revenue"].tolist() == [35, 0, 0.3]
    assert table["customers"].tolist() == [2, 0, 1]


def test_levels(lines):
    money = level_money(lines, "kind")
    assert money.to_dict("list") == {"level": ["coffee", "tea"], "money": [20, 15], "orders": [1, 2]}
    main, several = main_level(lines, "kind")
    assert (main.to_dict(), several) == ({"a": "coffee", "b": "tea"}, True)
    shares = level_shares(lines, "kind", ["coffee", "tea"]).sort_index()
    assert shares.to_dict("list") == {"coffee": [0.660066, 0], "tea": [0.330033, 1]}


def test_shares_without_money_are_shares_of_rows():
    lines = with_orders(nw.from_native(LINES.drop(columns="amount")).lazy())
    assert level_shares(lines, "kind", ["tea"]).sort_index()["tea"].tolist() == [0.333333, 1]


def test_ties_go_to_the_first_in_the_alphabet(lines):
    tied = LINES.assign(kind=["tea", "tea", "coffee", None], amount=[1.0, 1.0, 1.0, 1.0])
    main, _ = main_level(with_money(nw.from_native(tied).lazy()), "kind")
    assert main["a"] == "coffee"


def plain(**columns):
    """Lines of two customers, with what is given."""
    size = len(next(iter(columns.values())))
    return nw.from_native(pd.DataFrame({"customer_id": ["a", "b"] * (size // 2) + ["a"] * (size % 2)} | columns)).lazy()


def test_only_lines_below_zero_are_returns_and_only_where_they_may_be_kept():
    lines = with_money(plain(amount=[0.0, -1.0, 1.0, None]))
    assert with_orders(lines).collect().to_native()["returned"].tolist() == [False, True, False, False]
    assert "returned" not in with_orders(lines, returns=False).collect_schema().names()
    assert "returned" not in with_orders(plain(day=[1])).collect_schema().names()


def test_without_order_numbers_a_day_of_a_customer_is_an_order_where_there_are_products():
    lines = with_orders(plain(day=[1, 1, 1, 2], product=["x"] * 4))
    assert lines.collect().to_native()["order_key"].tolist() == ["a 1", "b 1", "a 1", "b 2"]
    assert order_total(lines) == 3
    assert "order_key" not in with_orders(plain(day=[1])).collect_schema().names()
    assert "order_key" not in with_orders(plain(product=["x"])).collect_schema().names()


def test_what_is_not_in_the_lines_is_not_in_the_customers():
    assert customer_frame(with_orders(plain(order_id=["1", "2"])), None).columns.tolist() == ["frequency"]
    margins = customer_frame(with_orders(plain(margin=[0.12344, 2.0, 1.0])), None)
    assert margins.to_dict("list") == {"frequency": [2, 1], "margin_total": [1.1234, 2]}


def test_figures_are_rounded_and_shares_of_no_money_are_not_known():
    lines = with_orders(with_money(plain(amount=[1.0, 0.0, 0.0, 0.0, 0.0], margin=[1 / 3, 1.0, 0.0, 0.0, 0.0])))
    frame = customer_frame(lines, None)
    assert frame["monetary_mean"].tolist() == [0.3333, 0]
    assert frame["margin_share"].fillna(-1).tolist() == [0.3333, -1]
    seventh = customer_frame(with_orders(with_money(plain(amount=[7.0, 1.0], margin=[1.0, 0.0]))), None)
    assert seventh["margin_share"].tolist() == [0.142857, 0]


def test_months_run_over_the_turn_of_the_year():
    lines = plain(month=[2023 * 12 + 11, 2024 * 12, 2024 * 12], order_id=["1", "2", "3"])
    table = monthly(with_orders(lines))
    assert table.index.strftime("%Y-%m-%d").tolist() == ["2023-12-01", "2024-01-01"]
    assert table[["orders", "customers"]].to_numpy().tolist() == [[1, 1], [2, 2]]
    assert table["revenue"].isna().all()


def test_without_dates_or_lines_there_are_no_months():
    for lines in (plain(amount=[1.0]), plain(month=[1]).filter(nw.col("month") > 1)):
        table = monthly(with_orders(lines))
        assert table.empty and table.columns.tolist() == no_months().columns.tolist() == ["orders", "revenue", "customers"]


def test_a_month_with_returns_alone_has_revenue_and_no_orders():
    lines = with_orders(with_money(plain(month=[24288, 24289], amount=[5.0, -2.0], order_id=["1", "2"])))
    assert monthly(lines).to_dict("list") == {"orders": [1, 0], "revenue": [5, -2], "customers": [1, 0]}


def test_levels_without_money_count_rows_and_equal_ones_stand_in_order():
    lines = with_orders(plain(kind=["tea", "cups", "tea", "cups", None], order_id=["1", "1", "2", "3", "4"]))
    assert level_money(lines, "kind").to_dict("list") == {"level": ["cups", "tea"], "money": [2, 2], "orders": [2, 2]}
    main, _ = main_level(lines, "kind")
    assert main.sort_index().to_dict() == {"a": "tea", "b": "cups"}


@pytest.mark.parametrize(("customers", "vary"), [(50, False), (49, True)])
def test_a_category_varies_where_more_than_one_customer_in_fifty_has_several_values(customers, vary):
    ids = [f"c{i}" for i in range(customers)]
    frame = pd.DataFrame({"customer_id": [*ids, "c0"], "kind": ["tea"] * customers + ["cups"]})
    assert main_level(nw.from_native(frame).lazy(), "kind")[1] is vary


def test_shares_of_a_customer_without_money_are_not_known():
    lines = with_money(plain(amount=[7.0, 0.0, 0.0], kind=["tea", "tea", "cups"]))
    shares = level_shares(lines, "kind", ["cups", "tea"]).sort_index()
    assert shares.columns.tolist() == ["cups", "tea"]
    assert np.nan_to_num(shares.to_numpy(), nan=-1).tolist() == [[0, 1], [-1, -1]]
    third = level_shares(plain(kind=["tea", "x", "cups", "x", "cups"]), "kind", ["tea"]).sort_index()
    assert third["tea"].tolist() == [0.333333, 0]
