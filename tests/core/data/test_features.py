"""The customer's figures, each checked by hand, and equal on every engine at hand."""

import datetime as dt

import duckdb
import narwhals as nw
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
