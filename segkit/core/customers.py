"""One row a customer: what the rest of the workbook computes from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from segkit.core.cleaning import Ledger
from segkit.core.roles import ColumnRole
from segkit.terms import Base, FileKind, Grain


@dataclass(frozen=True)
class Variable:
    """One column of the customer table.

    ``usable`` tells whether it may form segments (it varies, and enough customers have it); ``why_not`` says in words
    what stands against it. ``missing`` counts customers without a value.
    """

    name: str
    label: str
    base: Base
    numeric: bool
    unit: str
    missing: int
    usable: bool
    why_not: str = ""


@dataclass(frozen=True)
class Reading:
    """How one file was read: plain values, and one sentence for people."""

    kind: FileKind
    file_name: str
    rows: int
    columns: int
    sentence: str


@dataclass(frozen=True)
class Join:
    """How a second file met the main one, counted both ways."""

    kind: FileKind
    matched: int
    only_main: int
    only_here: int


@dataclass(frozen=True, eq=False)
class CustomerData:
    """All that was read, cleaned and counted, down to one row a customer.

    Attributes
    ----------
    customers : pandas.DataFrame
        Index ``customer_id`` (str, sorted, unique); one column for each of ``variables``: float64 for numeric ones, ``str`` with
        missing values for the others. Holds no personal data.
    columns : pandas.DataFrame
        One row for each column of each file: file, column, role, base, filled (share), distinct, mean, minimum, maximum, total,
        and ``commonest`` (text such as "Germany 41 %, France 12 %", only for categories). Nothing of personal columns but their counts.
    monthly : pandas.DataFrame
        Index month (Timestamp, first day); columns ``orders``, ``revenue``, ``customers``. Empty where there are no dates.
    category_money : pandas.DataFrame
        Money by category of the order file (product, channel, country …): columns ``variable``, ``label``, ``level``, ``money``, ``orders``. Of a later
        period it covers the later orders only. Empty where there are no orders.
    merged_customers : int
        Customers merged into another one because they are the same person under two ids.
    currency : str
        Sign or code to print behind money; empty where unknown.
    """

    customers: pd.DataFrame
    variables: tuple[Variable, ...]
    grain: Grain
    readings: tuple[Reading, ...]
    roles: Mapping[FileKind, tuple[ColumnRole, ...]]
    columns: pd.DataFrame
    ledger: Ledger
    joins: tuple[Join, ...]
    merged_customers: int
    monthly: pd.DataFrame
    category_money: pd.DataFrame
    as_of: dt.date | None
    first_date: dt.date | None
    last_date: dt.date | None
    orders: int | None
    revenue: float | None
    currency: str
    notes: tuple[str, ...] = ()

    def variable(self, name: str) -> Variable:
        """Return a variable by its name."""
        return next(v for v in self.variables if v.name == name)
