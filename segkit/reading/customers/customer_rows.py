"""A main file with one row a customer: its figures get the workbook's own names."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from segkit.core.data import cleaning, features
from segkit.core.data.currencies import CurrencyChoice
from segkit.core.data.customers import age_at, impossible_ages, impossible_counts, whole_counts
from segkit.core.data.features import date_of, day_of
from segkit.core.data.questions import Doubt
from segkit.reading.customers.attributes import make_rows, read_attributes
from segkit.reading.customers.counted import FIGURES, NO_MONEY, Counted
from segkit.reading.customers.lines import lazy
from segkit.reading.customers.money import in_one_currency, money_in
from segkit.reading.files import KnownFile
from segkit.words.errors import DataError
from segkit.words.terms import FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, TENURE_DAYS, Base, CleaningRule, Role


def count_customer_rows(
    main: KnownFile,
    as_of: dt.date | None,
    rules_off: Collection[CleaningRule],
    rules_on: Collection[CleaningRule],
    currency: CurrencyChoice,
) -> Counted:
    """Take a file with one row a customer as it stands: figures that it has get the workbook's own names.

    Raises
    ------
    DataError
        If no column can be the customer and none describes one.
    """
    keyed = main.one(Role.CUSTOMER) is not None
    if not keyed and len(main.having(Role.AMOUNT, Role.NUMBER, Role.CATEGORY, Role.CHANNEL, Role.RECENCY, Role.FREQUENCY)) < 2:
        raise DataError(
            f"{main.table.file_name}: no column can be the customer; found {', '.join(main.table.header)}.",
            "Choose the column with the customer's number or name.",
        )
    # a customer's figures are sums already: what is in another currency is set aside, and not converted
    said = money_in(main, None, replace(currency, rates=()))
    make_rows(main, "customer_rows", said.columns[0])
    money = in_one_currency(said, "customer_rows")
    on = (*rules_on, CleaningRule.DUPLICATE_ROW) if keyed else rules_on
    applied = cleaning.rules_applied(set(rules_off) - {CleaningRule.OTHER_CURRENCY}, on)
    rows = lazy(main, money.table)
    rules = cleaning.conditions(rows, None, applied, keyed=keyed)
    main.table.connection.execute("drop table if exists marked")
    cleaning.sort_out(rows, rules, applied).to_native().create("marked")
    ledger = cleaning.keep_books(lazy(main, "marked"), rules, applied)
    found = read_attributes(main, "marked")
    days = [series for series in (found.joined, found.last) if series is not None and series.notna().any()]
    if as_of is None and days:
        as_of = date_of(int(max(series.max() for series in days))) + dt.timedelta(days=1)
    counted = Counted(found.frame, dict(found.described), ledger, features.no_months(), NO_MONEY, NO_MONEY, as_of)
    counted.notes, counted.questions, counted.currency = (
        (*found.notes, *map(Doubt, money.notes)),
        money.questions,
        money.currency,
    )
    if days:
        counted.first = date_of(int(min(series.min() for series in days)))
        counted.last = date_of(int(max(series.max() for series in days)))
    if said.columns[0] and currency.rates:
        counted.notes += (
            Doubt(f"{main.table.file_name} has one row per customer: exchange rates are not applied to its sums."),
        )
    _name_figures(counted, found.columns, {role: [n for n, r in found.columns.items() if r.role is role] for role in Role})
    _derive(counted, found.births, found.joined, found.last)
    if not keyed:
        counted.notes += (
            Doubt(f"{main.table.file_name} names no customer: each row is read as one, numbered by its place in the file."),
        )
    return counted


def _name_figures(counted: Counted, columns: Mapping[str, object], having: Mapping[Role, list[str]]) -> None:
    """Derive the workbook's own figures from columns that hold them, or parts of them."""
    frame = counted.frame
    figures: dict[str, pd.Series] = {}
    if names := having[Role.RECENCY]:
        figures[RECENCY_DAYS] = frame.pop(names[0])
        counted.described.pop(names[0])
    if names := having[Role.FREQUENCY]:
        for name in names:
            frame[name], wrong = whole_counts(frame[name])
            if wrong:
                counted.notes += (impossible_counts(wrong, counted.described[name][0]),)
        figures[FREQUENCY] = frame[names].sum(axis=1, min_count=1)
        counted.orders = int(figures[FREQUENCY].sum())
        counted.notes += _sum_note("Number of orders", names, counted)
    if names := having[Role.AMOUNT]:
        figures[MONETARY_TOTAL] = frame[names].sum(axis=1, min_count=1).round(4)
        counted.revenue = float(figures[MONETARY_TOTAL].sum().round(4))
        counted.notes += _sum_note("Money spent in all", names, counted)
    if FREQUENCY in figures and MONETARY_TOTAL in figures:
        orders = figures[FREQUENCY]
        figures[MONETARY_MEAN] = (figures[MONETARY_TOTAL] / orders.where(orders > 0)).round(4)
    for role in (Role.FREQUENCY, Role.AMOUNT):  # a single column would stand there twice
        if len(having[role]) == 1:
            frame.pop(having[role][0])
            counted.described.pop(having[role][0])
    counted.described |= {name: (FIGURES[name][0], Base.BEHAVIOURAL, FIGURES[name][1]) for name in figures}
    own = pd.DataFrame(figures, index=frame.index, dtype="float64")
    counted.frame = pd.concat([own, frame.drop(columns=[n for n in own if n in frame])], axis=1)


def _sum_note(what: str, names: list[str], counted: Counted) -> tuple[str, ...]:
    if len(names) < 2:
        return ()
    return (Doubt(f"“{what}” is the sum of {len(names)} columns: {', '.join(counted.described[name][0] for name in names)}."),)


def _derive(counted: Counted, births: "pd.Series | None", joined: "pd.Series | None", last: "pd.Series | None") -> None:
    """Turn dates into days before the analysis date, and births into ages."""
    frame, as_of = counted.frame, counted.as_of
    if as_of is None:
        return
    if joined is not None:
        frame[TENURE_DAYS] = (day_of(as_of) - joined).astype("float64")
        counted.described[TENURE_DAYS] = ("Days as a customer", Base.BEHAVIOURAL, "days")
    if last is not None and RECENCY_DAYS not in frame:
        frame[RECENCY_DAYS] = (day_of(as_of) - last).astype("float64")
        counted.described[RECENCY_DAYS] = (FIGURES[RECENCY_DAYS][0], Base.BEHAVIOURAL, "days")
    if births is not None:
        ages, impossible = age_at(births, as_of)
        frame["age"] = ages.astype("float64")
        counted.described["age"] = ("Age", Base.DEMOGRAPHIC, "years")
        if impossible:
            counted.notes += (impossible_ages(impossible),)
