"""From kept order lines to one row a customer: each figure defined once, for any engine that narwhals drives."""

import datetime as dt
from collections.abc import Collection, Sequence

import narwhals as nw
import pandas as pd

from segkit.core.data.cleaning import MONEY_UNIT, Frame
from segkit.words.terms import CUSTOMER_ID, FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, SMALL_GROUP, TENURE_DAYS

EPOCH = dt.date(1970, 1, 1)
SHARES = 8
"""Levels of a category whose share of a customer's money becomes a variable."""

LOOKED_AT = 100_000
"""Lines among which most values of a category show that enough customers have them."""

PRODUCTS = "product_variety"
MARGIN_TOTAL = "margin_total"
MARGIN_SHARE = "margin_share"


def day_of(date: dt.date) -> int:
    """Return a date as days since 1970-01-01."""
    return (date - EPOCH).days


def date_of(day: int) -> dt.date:
    """Return the date of a number of days since 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(day))


def with_orders(lines: Frame, *, returns: bool = True) -> Frame:
    """Add ``order_key``, by which orders are told apart, and ``returned``, true in lines below zero.

    The key is the order number; without one each row is an order where the file has no product column (no key is added then),
    else each day on which a customer bought.

    Parameters
    ----------
    lines : narwhals.LazyFrame
        Kept lines, any engine.
    returns : bool
        False where the rule for returns is applied: then no kept line is below zero, and ``returned`` is not added.
    """
    columns = set(lines.collect_schema().names())
    if returns and "money" in columns:
        lines = lines.with_columns(returned=(nw.col("money") < 0).fill_null(False))
    if "order_id" in columns:
        return lines.with_columns(order_key=nw.col("order_id"))
    if "product" in columns and "day" in columns:
        return lines.with_columns(order_key=nw.concat_str([nw.col(CUSTOMER_ID), nw.col("day").cast(nw.String)], separator=" "))
    return lines


def orders_counted(lines: Frame) -> nw.Expr:
    """Return what counts the orders of a group of lines."""
    return nw.col("order_key").n_unique() if "order_key" in lines.collect_schema().names() else nw.len()


def purchases(lines: Frame) -> Frame:
    """Return the lines without those below zero: a return takes money off, but is no order and no visit.

    Such lines can be there only where the person keeps returns (notebook 2); else the lines come back as they are.
    """
    return lines.filter(~nw.col("returned")) if "returned" in lines.collect_schema().names() else lines


def by_customer(lines: Frame) -> Frame:
    """Return one row a customer: ``orders``; where known ``first`` and ``last`` (days), ``money``, ``margin``, ``products``.

    Money and margin are net of the returns among the lines; whoever only returned has no orders and no days.
    """
    bought = purchases(lines)
    if bought is lines:
        return _figures(lines)
    sums = [name for name in ("money", "margin") if name in lines.collect_schema().names()]
    net = _figures(lines).select(CUSTOMER_ID, *sums)
    return net.join(_figures(bought).drop(*sums), on=CUSTOMER_ID, how="left")


def _figures(lines: Frame) -> Frame:
    columns = set(lines.collect_schema().names())
    figures = [orders_counted(lines).alias("orders")]
    if "day" in columns:
        figures += [nw.col("day").min().alias("first"), nw.col("day").max().alias("last")]
    if "money" in columns:
        figures.append(nw.col("money").sum().alias("money"))
    if "margin" in columns:
        lines = lines.with_columns(margin=(nw.col("margin") * MONEY_UNIT).round(0))
        figures.append(nw.col("margin").sum().alias("margin"))
    if "product" in columns:
        figures.append(nw.col("product").n_unique().alias("products"))
    return lines.group_by(CUSTOMER_ID).agg(*figures)


def customer_frame(lines: Frame, as_of: dt.date | None) -> pd.DataFrame:
    """Return the customers of kept lines: index ``customer_id``, columns in the workbook's own words and units.

    Parameters
    ----------
    lines : narwhals.LazyFrame
        Kept lines, any engine.
    as_of : datetime.date or None
        Analysis date; None where the lines have no dates.
    """
    raw = by_customer(lines).collect(backend="pandas").to_native().set_index(CUSTOMER_ID).sort_index()
    frame = pd.DataFrame(index=raw.index)
    if as_of is not None:
        frame[RECENCY_DAYS] = (day_of(as_of) - raw["last"]).astype("float64")
    frame[FREQUENCY] = raw["orders"].astype("float64").fillna(0.0)
    if "money" in raw:
        frame[MONETARY_TOTAL] = raw["money"].astype("float64") / MONEY_UNIT
        frame[MONETARY_MEAN] = (frame[MONETARY_TOTAL] / frame[FREQUENCY].where(frame[FREQUENCY] > 0)).round(4)
    if as_of is not None:
        frame[TENURE_DAYS] = (day_of(as_of) - raw["first"]).astype("float64")
    if "margin" in raw:
        frame[MARGIN_TOTAL] = raw["margin"].astype("float64") / MONEY_UNIT
        if MONETARY_TOTAL in frame:
            frame[MARGIN_SHARE] = (frame[MARGIN_TOTAL] / frame[MONETARY_TOTAL].where(frame[MONETARY_TOTAL] > 0)).round(6)
    if "products" in raw:
        frame[PRODUCTS] = raw["products"].astype("float64").fillna(0.0)
    return frame


def span(lines: Frame) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last date of some lines, or None where there is none."""
    found = lines.select(first=nw.col("day").min(), last=nw.col("day").max()).collect(backend="pandas").row(0)
    return None if pd.isna(found[0]) else (date_of(found[0]), date_of(found[1]))


def order_total(lines: Frame) -> int:
    """Return the number of distinct orders in some lines."""
    bought = purchases(lines)
    return int(bought.select(n=orders_counted(bought)).collect(backend="pandas").row(0)[0])


def monthly(lines: Frame) -> pd.DataFrame:
    """Return orders, revenue and customers by month (index: first day of the month); months without orders have zeros."""
    columns = set(lines.collect_schema().names())
    if "month" not in columns:
        return no_months()
    bought = purchases(lines)
    figures = [orders_counted(bought).alias("orders"), nw.col(CUSTOMER_ID).n_unique().alias("customers")]
    revenue = [nw.col("money").sum().alias("revenue")] if "money" in columns else []
    if bought is lines:
        whole_months = lines.group_by("month").agg(*figures, *revenue)
    else:
        counts = bought.group_by("month").agg(*figures)
        whole_months = lines.group_by("month").agg(*revenue).join(counts, on="month", how="left")
    found = whole_months.collect(backend="pandas").to_native().fillna({"orders": 0, "customers": 0})
    if found.empty:
        return no_months()
    found["month"] = pd.to_datetime([f"{m // 12:04d}-{m % 12 + 1:02d}-01" for m in found["month"].astype(int)])
    found = found.set_index("month").sort_index()
    found["revenue"] = found["revenue"].astype("float64") / MONEY_UNIT if "revenue" in found else float("nan")
    whole = pd.date_range(found.index[0], found.index[-1], freq="MS", name="month")
    return found.reindex(whole, fill_value=0)[["orders", "revenue", "customers"]].astype("float64")


def no_months() -> pd.DataFrame:
    """Return the table of months of a file without dates."""
    empty = pd.DatetimeIndex([], name="month")
    return pd.DataFrame({"orders": [], "revenue": [], "customers": []}, index=empty, dtype="float64")


def _weight(lines: Frame) -> nw.Expr:
    return nw.col("money").sum() if "money" in lines.collect_schema().names() else nw.len()


def level_money(lines: Frame, column: str) -> pd.DataFrame:
    """Return ``level``, ``money`` and ``orders`` of each value of a category column, the largest first."""
    has_money = "money" in lines.collect_schema().names()
    known = lines.filter(~nw.col(column).is_null())
    figures = [_weight(lines).alias("money"), orders_counted(lines).alias("orders")]
    found = known.group_by(column).agg(*figures).collect(backend="pandas").to_native().rename(columns={column: "level"})
    found["money"] = found["money"].astype("float64") / (MONEY_UNIT if has_money else 1)
    found["orders"] = found["orders"].astype("int64")
    return found.sort_values(["money", "level"], ascending=[False, True], ignore_index=True)


def few_levels(lines: Frame, column: str, levels: Collection[str], rows: int) -> list[str]:
    """Return the values of a category that fewer customers have than a group must have to be shown.

    Most values show enough of them within the first lines; only for the others all lines are read.

    Parameters
    ----------
    lines : narwhals.LazyFrame
        Kept lines, any engine.
    column : str
        The category.
    levels : collection of str
        The values that are asked about.
    rows : int
        Number of the lines.
    """
    known = lines.filter(~nw.col(column).is_null()).select(CUSTOMER_ID, column)

    def customers(some: Frame) -> pd.DataFrame:
        counted = some.group_by(column).agg(nw.col(CUSTOMER_ID).n_unique().alias("customers"))
        found: pd.DataFrame = counted.collect(backend="pandas").to_native()
        return found

    first = customers(known.head(LOOKED_AT))
    enough = first.loc[first["customers"] >= SMALL_GROUP, column].tolist()
    if set(levels) <= set(enough):
        return []
    others = first if rows <= LOOKED_AT else customers(known.filter(~nw.col(column).is_in(enough)) if enough else known)
    return sorted(others.loc[others["customers"] < SMALL_GROUP, column].tolist())


def main_level(lines: Frame, column: str) -> tuple[pd.Series, bool]:
    """Return each customer's main value of a category, by money or rows, and whether some customers have several."""
    known = lines.filter(~nw.col(column).is_null())
    sums = known.group_by(CUSTOMER_ID, column).agg(_weight(lines).alias("weight"))
    best = sums.with_columns(top=nw.col("weight").max().over(CUSTOMER_ID), levels=nw.len().over(CUSTOMER_ID))
    first = best.filter(nw.col("weight") == nw.col("top")).group_by(CUSTOMER_ID)
    found = first.agg(nw.col(column).min(), nw.col("levels").max()).collect(backend="pandas").to_native().set_index(CUSTOMER_ID)
    return found[column].astype("str"), bool((found["levels"] > 1).mean() > 0.02)


def level_shares(lines: Frame, column: str, levels: Sequence[str]) -> pd.DataFrame:
    """Return the share (0 to 1) of each customer's money, or rows, that goes to each of some levels."""
    has_money = "money" in lines.collect_schema().names()
    weight = nw.col("money") if has_money else nw.lit(1)
    marked = lines.with_columns(
        all_=weight,
        **{f"share_{i}": nw.when(nw.col(column) == level).then(weight).otherwise(0) for i, level in enumerate(levels)},
    )
    sums = [nw.col(name).sum() for name in ("all_", *(f"share_{i}" for i in range(len(levels))))]
    found = (
        marked.group_by(CUSTOMER_ID).agg(*sums).collect(backend="pandas").to_native().set_index(CUSTOMER_ID).astype("float64")
    )
    total = found.pop("all_")
    shares = found.div(total.where(total > 0), axis=0).round(6)
    return shares.set_axis(list(levels), axis=1)
