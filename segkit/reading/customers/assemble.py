"""Known files put together: rows sorted out, customers counted, further files joined."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from segkit.core.data.currencies import CurrencyChoice
from segkit.core.data.customers import CustomerData, Join, age_at, impossible_ages, make_variables, missing_months
from segkit.core.data.damage import Finding, unmatched_by_zeros
from segkit.core.data.features import day_of
from segkit.core.data.questions import Doubt
from segkit.decisions.data import StatusChoice
from segkit.reading.customers.asked import questions_of
from segkit.reading.customers.attributes import Attributes, contact_counts
from segkit.reading.customers.by_email import attributes_of
from segkit.reading.customers.counted import Counted, count_orders
from segkit.reading.customers.customer_rows import count_customer_rows
from segkit.reading.customers.market import market_of
from segkit.reading.files import KnownFile
from segkit.reading.first_rows import telling_key, with_first_rows
from segkit.reading.overview import columns_frame
from segkit.words.terms import TENURE_DAYS, Base, CleaningRule, FileKind, Grain, Role

_MAIN = (FileKind.ORDERS, FileKind.CUSTOMERS, FileKind.SURVEY)


def assemble(
    known: Mapping[FileKind, KnownFile],
    later: KnownFile | None,
    *,
    rules_off: Sequence[CleaningRule],
    rules_on: Sequence[CleaningRule],
    as_of: dt.date | None,
    later_as_of: dt.date | None,
    currency: CurrencyChoice,
    folder: Path,
    say: Callable[[str], None],
    statuses: Sequence[StatusChoice] = (),
) -> CustomerData:
    """Put known files together into one row a customer (see ``load_customers``)."""
    main = next(known[kind] for kind in _MAIN if kind in known)
    people = (FileKind.CUSTOMERS, FileKind.SURVEY)
    others = {kind: attributes_of(file, main) for kind, file in known.items() if file is not main and kind in people}
    overview = columns_frame(known.values())
    say("Setting rows aside by rule and counting customers")
    customers = others.get(FileKind.CUSTOMERS)
    same = customers.same_person if customers else {}
    tests = customers.tests if customers else frozenset()
    if main.grain is Grain.CUSTOMER:
        counted = count_customer_rows(main, as_of, rules_off, rules_on, currency)
    else:
        counted = count_orders(main, later, as_of, later_as_of, rules_off, rules_on, same, tests, currency, folder, statuses)
    if FileKind.CONTACTS in known:
        others[FileKind.CONTACTS] = contact_counts(known[FileKind.CONTACTS], counted.as_of)
    joins: list[Join] = []
    notes: list[str] = [Doubt(note) for file in known.values() for note in file.notes]
    found = [finding for file in [*known.values(), *([later] if later else [])] for finding in file.damage]
    for kind, attributes in others.items():
        found += _zeros(known[kind].table.file_name, counted.frame.index, attributes.frame.index)
        joins.append(_join(counted, kind, attributes, same))
        notes += attributes.notes
    readings = [reading for file in [*known.values(), *([later] if later else [])] for reading in with_first_rows(file)]
    notes += map(Doubt, missing_months(counted.monthly))
    frame = counted.frame
    return CustomerData(
        customers=frame,
        variables=make_variables(frame, counted.described),
        grain=main.grain,
        readings=tuple(readings),
        roles={kind: file.roles for kind, file in known.items()},
        columns=overview,
        ledger=counted.ledger,
        joins=tuple(joins),
        merged_customers=counted.merged,
        monthly=counted.monthly,
        category_money=counted.category_money,
        year_before=counted.year_before,
        as_of=counted.as_of,
        first_date=counted.first,
        last_date=counted.last,
        orders=counted.orders,
        revenue=counted.revenue,
        currency=counted.currency,
        notes=tuple(dict.fromkeys([*notes, *counted.notes])),
        damage=tuple(found),
        states=counted.states,
        questions=(*questions_of(main, currency), *counted.questions),
        keys=_telling_keys(frame.index, known.values()),
        inspected={kind: file.inspected for kind, file in known.items()},
        market=market_of(known.values(), len(frame), counted.orders, counted.revenue),
    )


def _join(counted: Counted, kind: FileKind, attributes: Attributes, same: Mapping[str, str]) -> Join:
    """Add a file's columns to the customers and count the join both ways."""
    frame = _one_row_a_person(attributes.frame, same, add=kind is FileKind.CONTACTS)
    main = counted.frame.index
    here = frame.index
    joined = frame.reindex(main)
    if kind is FileKind.CONTACTS:  # whom nobody contacted has had no contacts
        numeric = joined.columns[joined.dtypes == "float64"]
        joined[numeric] = joined[numeric].fillna(0.0)
    if attributes.births is not None and counted.as_of is not None:
        ages, impossible = age_at(
            attributes.births.groupby(_persons(attributes.births.index, same)).first().reindex(main), counted.as_of
        )
        joined["age"] = ages.astype("float64")
        counted.described["age"] = ("Age", Base.DEMOGRAPHIC, "years")
        if impossible:
            counted.notes += (impossible_ages(impossible),)
    if attributes.joined is not None and counted.as_of is not None and TENURE_DAYS not in counted.frame:
        joined[TENURE_DAYS] = (day_of(counted.as_of) - attributes.joined.reindex(main)).astype("float64")
        counted.described[TENURE_DAYS] = ("Days as a customer", Base.BEHAVIOURAL, "days")
    for name in joined.columns:
        known = counted.frame.get(name)
        column = joined[name]
        counted.frame[name] = column if known is None or known.dtype != column.dtype else column.where(column.notna(), known)
        counted.described[name] = attributes.described.get(name, counted.described.get(name, (name, Base.BEHAVIOURAL, "")))
    return Join(kind, int(main.isin(here).sum()), int((~main.isin(here)).sum()), int((~here.isin(main)).sum()))


def _telling_keys(customers: "pd.Index[str]", files: Iterable[KnownFile]) -> str:
    """Return what the keys of customers are where they tell who somebody is, in any of the files; else an empty text."""
    if customers.str.contains("@").any():  # where a number is missing, an address may stand in for it
        return "e-mail addresses"
    columns = [file.one(Role.CUSTOMER) or file.one(Role.EMAIL) for file in files]
    return next((what for column in columns if column and (what := telling_key(column))), "")


def _zeros(file_name: str, main: "pd.Index[str]", here: "pd.Index[str]") -> list[Finding]:
    """Tell whether more customers would be in both files if leading zeros were put back."""
    bare = [{str(i).lstrip("0") for i in index if str(i).isdigit()} for index in (main, here)]
    others = len({i for i in main if not str(i).isdigit()} & set(here))
    return unmatched_by_zeros(file_name, int(main.isin(here).sum()), others + len(bare[0] & bare[1]))


def _persons(index: "pd.Index[str]", same: Mapping[str, str]) -> "pd.Index[str]":
    return pd.Index([same.get(i, i) for i in index], name=index.name)


def _one_row_a_person(frame: pd.DataFrame, same: Mapping[str, str], *, add: bool) -> pd.DataFrame:
    """Merge the rows of people with two ids: contacts are added up, other gaps filled from the second row."""
    if not same:
        return frame
    persons = _persons(frame.index, same)
    ordered = (
        frame.assign(own_=[i not in same for i in frame.index])
        .sort_values("own_", ascending=False, kind="stable")
        .drop(columns="own_")
    )
    persons = _persons(ordered.index, same)
    groups = ordered.groupby(persons)
    if not add:
        return groups.first().astype(frame.dtypes)
    numeric = [name for name in frame.columns if frame[name].dtype == "float64"]
    return groups.first().astype(frame.dtypes).assign(**{name: groups[name].sum() for name in numeric})
