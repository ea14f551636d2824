"""A file of orders counted: rows sorted out by rule, one row a customer, months and categories."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd

from segkit.core.data import cleaning, features
from segkit.core.data.cleaning import Frame, Ledger, nobody_left
from segkit.core.data.currencies import CurrencyChoice
from segkit.core.data.features import date_of, day_of
from segkit.core.data.privacy import shown as shown_cell
from segkit.core.data.questions import Doubt, Question
from segkit.core.data.states import State
from segkit.decisions.data import StatusChoice
from segkit.reading.customers.lines import Lines, days_of, lazy, make_lines, with_people
from segkit.reading.customers.money import in_one_currency, money_in
from segkit.reading.files import KnownFile
from segkit.reading.raw import store
from segkit.reading.values.analysis_date import last_believable
from segkit.reading.values.labels import label_of, level_label, variable_name
from segkit.words.errors import DataError
from segkit.words.terms import (
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

_CODE = "hash(t)"
"""SQL of the number that stands for a text ``t``."""

NO_MONEY = pd.DataFrame(
    {
        "variable": pd.Series(dtype="str"),
        "label": pd.Series(dtype="str"),
        "level": pd.Series(dtype="str"),
        "money": pd.Series(dtype="float64"),
        "orders": pd.Series(dtype="int64"),
        "few": pd.Series(dtype="bool"),
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
    states: tuple[State, ...] = ()
    questions: tuple[Question, ...] = ()
    currency: str = ""


def count_orders(
    main: KnownFile,
    later: KnownFile | None,
    as_of: dt.date | None,
    later_as_of: dt.date | None,
    rules_off: Collection[CleaningRule],
    rules_on: Collection[CleaningRule],
    same_person: Mapping[str, str],
    tests: Collection[str],
    currency: CurrencyChoice,
    folder: Path,
    statuses: Sequence[StatusChoice] = (),
) -> Counted:
    """Count the customers of a file of orders or order lines.

    Typed lines are written to a file in ``folder``: all that follows reads them several times.

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
    connection = main.table.connection
    said = money_in(main, later, currency)
    lines = make_lines(main, "lines", currency=said.columns[0], statuses=statuses)
    as_of, doubt = _as_of(main, as_of)
    table, since, texts, asked = "lines", None, lines.texts, lines.states.question
    if later is not None and as_of is not None:
        since, as_of, texts, new = _later_lines(main, later, lines, as_of, later_as_of, said.columns[1], statuses)
        table, asked = "both_lines", asked or new
    if same_person or tests:
        table, texts = with_people(connection, table, texts, same_person, tests)
    money = in_one_currency(said, table)
    applied = cleaning.rules_applied(rules_off, rules_on)
    frame = cleaning.with_money(lazy(main, money.table))
    rules = cleaning.conditions(frame, None if as_of is None else day_of(as_of), applied)
    coded = _coded(connection, texts)
    _mark(main, cleaning.sort_out(frame, rules, applied), lines, coded, folder)
    marked = lazy(main, "marked")
    ledger = cleaning.keep_books(marked, rules, applied)
    if ledger.rows_read and not ledger.rows_kept:
        raise DataError(*nobody_left(main.table.file_name, ledger))
    kept = features.with_orders(cleaning.kept(marked), returns=CleaningRule.RETURNED not in applied)
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
        merged=len(same_person),
        notes=(*lines.notes, *map(Doubt, [*([doubt] if doubt else []), *money.notes])),
        states=lines.states.found,
        questions=(*([asked] if asked else []), *money.questions),
        currency=money.currency,
    )
    _add_categories(counted, main, lines, kept, since)
    if CUSTOMER_ID in coded:
        counted.frame = _with_ids(connection, counted.frame, texts[CUSTOMER_ID])
    return counted


def _coded(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, str]) -> set[str]:
    """Return the columns for whose texts numbers can stand: none where two different texts have the same hash.

    Numbers take a fraction of the memory of texts, and are told apart in half the time.
    """
    same = "select count(distinct t) = count(distinct {hash}) from ({texts})"
    return {name for name, query in texts.items() if connection.execute(same.format(hash=_CODE, texts=query)).fetchall()[0][0]}


def _mark(main: KnownFile, sorted_out: Frame, lines: Lines, coded: Collection[str], folder: Path) -> None:
    """Store the view ``marked``: each line with the rule that it meets, and of its columns only those that are counted."""
    needed = ["row", CUSTOMER_ID, "order_id", "day", "month", "money", "margin", "product", *lines.categories, "row_key"]
    there = sorted_out.collect_schema().names()
    chosen = [
        f"case when {name} is not null then {_CODE.replace('t', name)} end as {name}" if name in coded else f'"{name}"'
        for name in [*needed, "rule", "met"]
        if name in there
    ]
    query = sorted_out.to_native().sql_query()
    store(main.table.connection, f"select {', '.join(chosen)} from ({query})", [], "marked", folder)


def _with_ids(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, texts: str) -> pd.DataFrame:
    """Put the customers' ids in place of the numbers that stood for them, in the order of the alphabet."""
    found = connection.execute(f"select distinct t, {_CODE} as code from ({texts}) where t is not null order by t").fetchnumpy()
    place = pd.Index(frame.index).get_indexer(found["code"])
    frame = frame.take(place[place >= 0])
    frame.index = pd.Index(found["t"][place >= 0], name=CUSTOMER_ID, dtype="str")
    return frame


def _as_of(main: KnownFile, as_of: dt.date | None) -> tuple[dt.date | None, str]:
    """Return the analysis date (as given, or the day after the last believable date; None without dates), and a note on it."""
    date = main.one(Role.DATE)
    if date is None:
        return None, ""
    span = _span(main)
    if span is None:
        shown = ", ".join(f"“{shown_cell(text, date.summary.name)}”" for text in date.summary.examples[:3])
        raise DataError(
            f"{main.table.file_name}: none of the dates in column “{date.summary.name}” can be read (such as {shown}).",
            "Choose another column for the date, or write the dates as 2024-12-31.",
        )
    if as_of:
        return as_of, ""
    last, doubt = last_believable(main.table.connection, days_of(main), span[1])
    return last + dt.timedelta(days=1), doubt


def _span(file: KnownFile) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last date of a file, or None where none can be read."""
    first, last = file.table.connection.execute(f"select min(day), max(day) from {days_of(file)}").fetchall()[0]
    return None if first is None else (date_of(first), date_of(last))


def _later_lines(
    main: KnownFile,
    later: KnownFile,
    lines: Lines,
    as_of: dt.date,
    later_as_of: dt.date | None,
    currency: str,
    statuses: Sequence[StatusChoice],
) -> tuple[int, dt.date, dict[str, str], Question | None]:
    """Put the later file's lines in place of the main file's from its first date on; the window keeps its length.

    Makes the view ``both_lines``; returns the first day of the later file, its analysis date, the different texts of both, and
    what is asked about its states.
    """
    others = make_lines(later, "later_lines", also=lines.categories, currency=currency, statuses=statuses)
    end, _ = _as_of(later, later_as_of)
    before, after = _span(main), _span(later) if end is not None else None
    if end is None or before is None or after is None:
        raise DataError(f"{later.table.file_name}: no column can be the date.", "Choose the column with the date of the order.")
    since = day_of(after[0])
    start = day_of(end) - (day_of(as_of) - day_of(before[0]))
    main.table.connection.execute(
        f"create or replace view both_lines as select * from lines where day < {since} and day >= {start} "
        f"union all by name select * from later_lines where day is null or day >= {start}"
    )
    # a column that only one file can number stays text in both
    texts = {name: f"{query} union all {others.texts[name]}" for name, query in lines.texts.items() if name in others.texts}
    return since, end, texts, others.states.question


def _add_categories(counted: Counted, main: KnownFile, lines: Lines, kept: Frame, since: int | None) -> None:
    """Add main values and money shares of the order file's categories, and the money of each of their values."""
    frames: list[pd.DataFrame] = []
    a_year_ago: list[pd.DataFrame] = []
    recent, same_months = _periods(counted, kept, since)
    products = [column for column in lines.categories.values() if main.role(column).role is Role.PRODUCT]
    for engine_name, column in lines.categories.items():
        role = main.role(column)
        base, words = role.base or Base.BEHAVIOURAL, label_of(column.summary.name)
        main_value, varies = features.main_level(kept, engine_name)
        name = f"main_{variable_name(column.summary.name)}" if varies else variable_name(column.summary.name)
        label = f"Main {words[:1].lower()}{words[1:]}" if varies else words
        counted.frame[name] = main_value.reindex(counted.frame.index).astype("str")
        counted.described[name] = (label, base, "")
        now = features.level_money(recent, engine_name)
        before = None if same_months is None else features.level_money(same_months, engine_name)
        shown = {*now["level"], *(before["level"] if before is not None else ())}
        few = features.few_levels(kept, engine_name, shown, counted.ledger.rows_kept)
        for money, found in ((frames, now), (a_year_ago, before)):
            if found is not None:
                money.append(found.assign(variable=name, label=words, few=found["level"].isin(few)))
        single = len(products) > 1 and column.summary.name == lines.finest  # single products: their groups say more
        if role.role in (Role.PRODUCT, Role.CHANNEL) and not single:
            whole = now if recent is kept else features.level_money(kept, engine_name)
            _add_shares(counted, kept, engine_name, column.summary.name, list(whole["level"][: features.SHARES]))
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


def _add_shares(counted: Counted, kept: Frame, engine_name: str, header: str, levels: Sequence[str]) -> None:
    """Add the shares of customers' money, or rows, that go to some levels."""
    of = "money" if MONETARY_TOTAL in counted.frame else "rows"
    shares = features.level_shares(kept, engine_name, levels).reindex(counted.frame.index)
    for level in levels:
        name = f"share_{variable_name(header)}_{variable_name(str(level))}"
        while name in counted.frame:
            name += "_2"
        counted.frame[name] = shares[level].astype("float64")
        counted.described[name] = (
            f"Share of {of}: {level_label(str(level))}",
            Base.BEHAVIOURAL,
            "share",
        )
