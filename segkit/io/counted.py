"""A file of orders counted: rows sorted out by rule, one row a customer, months and categories."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import pandas as pd
import pyarrow as pa

from segkit.core import cleaning, features
from segkit.core.cleaning import Frame, Ledger
from segkit.core.features import day_of
from segkit.errors import DataError
from segkit.io.analysis_date import last_believable
from segkit.io.files import KnownFile
from segkit.io.labels import label_of, level_label, variable_name
from segkit.io.lines import Lines, lazy, make_lines
from segkit.terms import (
    CUSTOMER_ID,
    FREQUENCY,
    MONETARY_MEAN,
    MONETARY_TOTAL,
    RECENCY_DAYS,
    TENURE_DAYS,
    Base,
    CleaningRule,
    Role,
)

FIGURES = {
    RECENCY_DAYS: ("Days since last order", "days"),
    FREQUENCY: ("Number of orders", "orders"),
    MONETARY_TOTAL: ("Money spent in all", "money"),
    MONETARY_MEAN: ("Money per order", "money"),
    TENURE_DAYS: ("Days since first order", "days"),
    features.MARGIN_TOTAL: ("Margin in all", "money"),
    features.MARGIN_SHARE: ("Margin as a share of money", "share"),
    features.PRODUCTS: ("Different products bought", "products"),
}
YEAR = 365
SLACK = 7
"""Days by which the data may fall short of a full year and still be compared with the year before."""

NO_MONEY = pd.DataFrame(
    {
        "variable": pd.Series(dtype="str"),
        "label": pd.Series(dtype="str"),
        "level": pd.Series(dtype="str"),
        "money": pd.Series(dtype="float64"),
        "orders": pd.Series(dtype="int64"),
    }
)


@dataclass(eq=False)
class Counted:
    """The customers of the main file and all that was counted on the way; ``described`` maps columns to (label, base, unit)."""

    frame: pd.DataFrame
    described: dict[str, tuple[str, Base, str]]
    ledger: Ledger
    monthly: pd.DataFrame
    category_money: pd.DataFrame
    year_before: pd.DataFrame
    as_of: dt.date | None
    first: dt.date | None = None
    last: dt.date | None = None
    orders: int | None = None
    revenue: float | None = None
    merged: int = 0
    notes: tuple[str, ...] = ()


def count_orders(
    main: KnownFile,
    later: KnownFile | None,
    as_of: dt.date | None,
    later_as_of: dt.date | None,
    rules_off: Collection[CleaningRule],
    rules_on: Collection[CleaningRule],
    same_person: Mapping[str, str],
    tests: Collection[str],
) -> Counted:
    """Count the customers of a file of orders or order lines.

    Raises
    ------
    DataError
        If no column can be the customer, or none of the dates can be read.
    """
    if main.one(Role.CUSTOMER) is None:
        raise DataError(
            f"{main.table.file_name}: no column can be the customer; found {', '.join(main.table.header)}.",
            "Choose the column with the customer's number or name.",
        )
    alone = later is None and not same_person and not tests
    lines = make_lines(main, "lines", as_view=alone)
    table = "lines"
    as_of, doubt = _as_of(main, "lines", as_of)
    since = None
    if later is not None and as_of is not None:
        table, since, as_of = _later_lines(main, later, as_of, later_as_of)
    merged = _apply_people(main, table, same_person, tests)
    applied = cleaning.rules_applied(rules_off, rules_on)
    frame = cleaning.with_money(lazy(main, table))
    rules = cleaning.conditions(frame, None if as_of is None else day_of(as_of))
    _mark(main, cleaning.sort_out(frame, rules, applied), lines)
    main.table.connection.execute(f"drop {'view' if alone else 'table'} lines")
    main.table.connection.execute(f"drop table if exists {table}")
    marked = lazy(main, "marked")
    ledger = cleaning.keep_books(marked, rules, applied)
    kept = features.with_orders(cleaning.kept(marked))
    customers = features.customer_frame(kept, as_of)
    span = features.span(kept) if as_of is not None else None
    counted = Counted(
        frame=customers,
        described={name: (*FIGURES[name][:1], Base.BEHAVIOURAL, FIGURES[name][1]) for name in customers},
        ledger=ledger,
        monthly=features.monthly(kept),
        category_money=NO_MONEY,
        year_before=NO_MONEY,
        as_of=as_of,
        first=span[0] if span else None,
        last=span[1] if span else None,
        orders=features.order_total(kept),
        revenue=float(customers[MONETARY_TOTAL].sum().round(4)) if MONETARY_TOTAL in customers else None,
        merged=merged,
        notes=(*lines.notes, *([doubt] if doubt else [])),
    )
    _add_categories(counted, main, lines, kept, since)
    if lines.coded:
        ids = main.table.connection.execute(f"select v from {lines.name}_ids order by v").fetchnumpy()["v"]
        counted.frame.index = pd.Index(ids[counted.frame.index.to_numpy()], name=CUSTOMER_ID, dtype="str")
    return counted


def _mark(main: KnownFile, sorted_out: Frame, lines: Lines) -> None:
    """Make the table ``marked``: each line with the rule that it meets, and of its columns only those that are counted."""
    needed = ["row", CUSTOMER_ID, "order_id", "day", "month", "money", "margin", "product", *lines.categories, "row_key"]
    there = sorted_out.collect_schema().names()
    short = ", ".join(f"'{rule.value}'" for rule in CleaningRule)
    chosen = ", ".join(f'"{name}"' for name in needed if name in there)
    query = sorted_out.to_native().sql_query()
    main.table.connection.execute(
        f"create or replace temp table marked as select {chosen}, rule::enum({short}) as rule, met::enum({short}) as met "
        f"from ({query})"
    )


def _as_of(main: KnownFile, table: str, as_of: dt.date | None) -> tuple[dt.date | None, str]:
    """Return the analysis date (as given, or the day after the last believable date; None without dates), and a note on it."""
    date = main.one(Role.DATE)
    if date is None:
        return None, ""
    span = features.span(lazy(main, table))
    if span is None:
        shown = ", ".join(f"“{text}”" for text in date.summary.examples[:3])
        raise DataError(
            f"{main.table.file_name}: none of the dates in column “{date.summary.name}” can be read (such as {shown}).",
            "Choose another column for the date, or write the dates as 2024-12-31.",
        )
    if as_of:
        return as_of, ""
    last, doubt = last_believable(main.table.connection, table, span[1])
    return last + dt.timedelta(days=1), doubt


def _later_lines(main: KnownFile, later: KnownFile, as_of: dt.date, later_as_of: dt.date | None) -> tuple[str, int, dt.date]:
    """Put the later file's lines in place of the main file's from its first date on; the window keeps its length."""
    make_lines(later, "later_lines")
    end, _ = _as_of(later, "later_lines", later_as_of)
    before, after = features.span(lazy(main, "lines")), features.span(lazy(later, "later_lines"))
    if end is None or before is None or after is None:
        raise DataError(f"{later.table.file_name}: no column can be the date.", "Choose the column with the date of the order.")
    since = day_of(after[0])
    start = day_of(end) - (day_of(as_of) - day_of(before[0]))
    connection = main.table.connection
    connection.execute(
        f"create or replace table both_lines as select * from lines where day < {since} and day >= {start} "
        f"union all by name select * from later_lines where day is null or day >= {start}"
    )
    return "both_lines", since, end


def _apply_people(main: KnownFile, table: str, same_person: Mapping[str, str], tests: Collection[str]) -> int:
    """Give people with two ids one, mark the lines of test accounts; return how many ids were merged away."""
    connection = main.table.connection
    if tests:
        connection.register("test_ids", pa.table({"id": sorted(tests)}))
        connection.execute(f"update {table} set test = true where customer_id in (select id from test_ids)")
    if not same_person:
        return 0
    connection.register("same_ids", pa.table({"id": list(same_person), "first_id": list(same_person.values())}))
    connection.execute(f"update {table} set customer_id = first_id from same_ids where {table}.customer_id = same_ids.id")
    return len(same_person)


def _add_categories(counted: Counted, main: KnownFile, lines: Lines, kept: Frame, since: int | None) -> None:
    """Add main values and money shares of the order file's categories, and the money of each of their values."""
    frames, a_year_ago = [], []
    recent, same_months = _periods(counted, kept, since)
    has_money = MONETARY_TOTAL in counted.frame
    products = [column for column in lines.categories.values() if main.role(column).role is Role.PRODUCT]
    for engine_name, column in lines.categories.items():
        role = main.role(column)
        base, words = role.base or Base.BEHAVIOURAL, label_of(column.summary.name)
        main_value, varies = features.main_level(kept, engine_name)
        name = f"main_{variable_name(column.summary.name)}" if varies else variable_name(column.summary.name)
        label = f"Main {words[:1].lower()}{words[1:]}" if varies else words
        counted.frame[name] = main_value.reindex(counted.frame.index).astype("str")
        counted.described[name] = (label, base, "")
        frames.append(features.level_money(recent, engine_name).assign(variable=name, label=words))
        if same_months is not None:
            a_year_ago.append(features.level_money(same_months, engine_name).assign(variable=name, label=words))
        single = len(products) > 1 and column.summary.name == lines.finest  # single products: their groups say more
        if role.role in (Role.PRODUCT, Role.CHANNEL) and not single:
            _add_shares(counted, kept, engine_name, column.summary.name, has_money)
    counted.category_money = _stacked(frames)
    counted.year_before = _stacked(a_year_ago)


def _periods(counted: Counted, kept: Frame, since: int | None) -> tuple[Frame, Frame | None]:
    """Return the lines whose trends are looked at, and those of the same months a year before where there are any."""
    if since is None:
        return kept, None
    recent = kept.filter(nw.col("day") >= since)
    if counted.first is None or counted.as_of is None or day_of(counted.first) > since - YEAR + SLACK:
        return recent, None
    a_year_ago = (nw.col("day") >= since - YEAR) & (nw.col("day") < day_of(counted.as_of) - YEAR)
    return recent, kept.filter(a_year_ago)


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        return NO_MONEY
    texts = {"variable": "str", "label": "str", "level": "str"}
    return pd.concat(frames, ignore_index=True)[list(NO_MONEY.columns)].astype(texts)


def _add_shares(counted: Counted, kept: Frame, engine_name: str, header: str, has_money: bool) -> None:
    levels = list(features.level_money(kept, engine_name)["level"][: features.SHARES])
    shares = features.level_shares(kept, engine_name, levels).reindex(counted.frame.index)
    for level in levels:
        name = f"share_{variable_name(header)}_{variable_name(str(level))}"
        while name in counted.frame:
            name += "_2"
        counted.frame[name] = shares[level].astype("float64")
        counted.described[name] = (
            f"Share of {'money' if has_money else 'rows'}: {level_label(str(level))}",
            Base.BEHAVIOURAL,
            "share",
        )
