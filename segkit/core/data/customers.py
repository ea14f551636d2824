"""One row a customer: what the rest of the workbook computes from."""

import datetime as dt
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from segkit.core.data.cleaning import Ledger
from segkit.core.data.damage import Finding
from segkit.core.data.market import UNTOLD, Market
from segkit.core.data.questions import Question
from segkit.core.data.roles.columns import ColumnRole, ColumnSummary
from segkit.core.data.states import State
from segkit.core.data.values import finite
from segkit.words.errors import CriteriaError
from segkit.words.numbers import first_few, listed, month, number, percent
from segkit.words.terms import MONETARY_TOTAL, Base, FileKind, Grain


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
    """How one file was read: plain values, one sentence for people, and its first rows, with what tells of somebody hidden."""

    kind: FileKind
    file_name: str
    rows: int
    columns: int
    sentence: str
    roles: tuple[ColumnRole, ...] = ()
    first_rows: tuple[tuple[str, ...], ...] = ()
    """A cell for each of ``roles``."""


Inspected = tuple[Reading, tuple[ColumnRole, ...], tuple[ColumnSummary, ...]]
"""How the files of a kind were read, what each column is taken for, and what was counted in it."""


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
        Index ``customer_id`` (str, sorted, unique); one column for each of ``variables``: float64 for numeric ones, ``str``
        with missing values for the others. Holds no personal data.
    columns : pandas.DataFrame
        One row for each column of each file: file, column, role, base, filled (share), distinct, mean, minimum, maximum, total,
        and ``commonest`` (text such as "Germany 41 %, France 12 %", only for categories). Nothing of personal columns but
        their counts.
    monthly : pandas.DataFrame
        Index month (Timestamp, first day); columns ``orders``, ``revenue``, ``customers``. Empty where there are no dates.
    category_money : pandas.DataFrame
        Money by category of the order file (product, channel, country …): columns ``variable``, ``label``, ``level``,
        ``money``, ``orders``, ``few`` (fewer than five customers have it). Of a later period it covers the later
        orders only. Empty where there are no orders.
    year_before : pandas.DataFrame
        The same of the months a year before a later period, so that seasons compare with themselves. Empty where there is no
        later period or the data do not reach back so far.
    merged_customers : int
        Customers merged into another one because they are the same person under two ids.
    currency : str
        Sign or code to print behind money; empty where unknown.
    notes : tuple of str
        What reading noticed; those to be checked are `segkit.core.data.questions.Doubt`.
    keys : str
        What the customers' keys are where they tell who somebody is ("e-mail addresses", "names"); else empty.
    damage : tuple of Finding
        Signs that a file was damaged before it came here.
    questions : tuple of Question
        What the files did not decide and nobody has confirmed yet, the weightiest first.
    states : tuple of State
        The states of orders, and what each is taken for; empty where the order file has none.
    market : Market
        Signs of whether the customers are firms or consumers.
    inspected : mapping of FileKind to Inspected
        What the columns of each kind of file hold; examples in it may tell of a person.
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
    year_before: pd.DataFrame
    as_of: dt.date | None
    first_date: dt.date | None
    last_date: dt.date | None
    orders: int | None
    revenue: float | None
    currency: str
    notes: tuple[str, ...] = ()
    damage: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    states: tuple[State, ...] = ()
    keys: str = ""
    market: Market = UNTOLD
    inspected: Mapping[FileKind, Inspected] = field(default_factory=dict)

    def variable(self, name: str) -> Variable:
        """Return a variable by its name."""
        return next(v for v in self.variables if v.name == name)


MOST_MISSING = 0.3
"""A variable that a larger share of customers lacks forms no segments."""

USUAL_ORDERS = 5
"""With fewer orders in the usual month, a month without any is nothing to speak of."""

MOST_LEVELS = 40
"""A category with more values than this forms no segments."""


def make_variables(frame: pd.DataFrame, described: Mapping[str, tuple[str, Base, str]]) -> tuple[Variable, ...]:
    """Describe each column of a customer table: label, base, unit, and whether it may form segments.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer.
    described : mapping of str to (label, base, unit)
        One entry for each column of ``frame``.
    """
    variables = []
    for name in frame.columns:
        label, base, unit = described[name]
        column = frame[name]
        numeric = pd.api.types.is_numeric_dtype(column)
        why_not = _why_not(column, numeric)
        variables.append(Variable(name, label, base, numeric, unit, int(column.isna().sum()), not why_not, why_not))
    return tuple(variables)


def _why_not(column: "pd.Series[Any]", numeric: bool) -> str:
    """Return in words what stands against forming segments by a column, or an empty text."""
    known = column.dropna()
    if known.empty:
        return "no customer has a value"
    if known.nunique() == 1:
        return "the same for every customer"
    share = len(known) / len(column)
    if share < 1 - MOST_MISSING:
        return f"only {percent(share, 0)} of customers have it"
    if not numeric and known.nunique() > MOST_LEVELS:
        return f"{known.nunique()} different values: too many to form segments by"
    if len(column) >= 30 and (known != known.mode().iloc[0]).sum() < 5:
        return "nearly the same for every customer"
    return ""


def missing_months(monthly: pd.DataFrame) -> list[str]:
    """Return a note about months without orders between months with many, or nothing.

    Parameters
    ----------
    monthly : pandas.DataFrame
        See ``CustomerData.monthly``.
    """
    empty = monthly.index[monthly["orders"] == 0]
    usual = monthly.loc[monthly["orders"] > 0, "orders"].median()
    if not len(empty) or usual < USUAL_ORDERS or len(empty) > 0.5 * len(monthly):
        return []
    shown = first_few([month(one) for one in empty], 3)
    usually = f"where months usually have {number(usual, 0)}"
    return [f"No orders at all in {shown}, {usually}. Were you closed, or is an export missing?"]


def age_at(births: "pd.Series[float]", as_of: dt.date) -> "tuple[pd.Series[float], int]":
    """Return ages in whole years at a date, and how many were impossible (below 10 or above 110) and are missing now.

    Parameters
    ----------
    births : pandas.Series of float
        Years of birth; a fraction is the part of the year that had passed at birth.
    as_of : datetime.date
        Analysis date.
    """
    day = (as_of.timetuple().tm_yday - 1) / 366
    dated = births % 1 > 0
    ages = (as_of.year - births).where(~dated, (as_of.year + day - births) // 1)
    possible = ages.between(10, 110)
    return ages.where(possible), int((births.notna() & ~possible).sum())


def possible_ages(ages: "pd.Series[float]") -> "tuple[pd.Series[float], int]":
    """Return ages given in years without impossible ones (below 10 or above 110), and how many those were."""
    possible = ages.between(10, 110)
    return ages.where(possible), int((ages.notna() & ~possible).sum())


def whole_counts(counts: "pd.Series[float]") -> "tuple[pd.Series[float], int]":
    """Return numbers of orders without impossible ones (negative, or no whole number), and how many those were."""
    possible = (counts >= 0) & (counts % 1 == 0)
    return counts.where(possible), int((counts.notna() & ~possible).sum())


def impossible_counts(number: int, label: str) -> str:
    """Return the note about impossible numbers of orders."""
    who = "1 customer has" if number == 1 else f"{number} customers have"
    return f"{who} an impossible number in “{label}” (below zero, or not a whole number); it counts as missing."


def impossible_ages(number: int) -> str:
    """Return the note about impossible ages."""
    who = "1 customer has" if number == 1 else f"{number} customers have"
    return f"{who} an impossible age (below 10 or above 110); it counts as missing."


def require(data: CustomerData, variables: tuple[str, ...]) -> None:
    """Check that the data hold these variables.

    Raises
    ------
    CriteriaError
        If one is not there; the text names the nearest one that is.
    """
    held = [v.name for v in data.variables if v.name in data.customers]
    for name in variables:
        if name not in held:
            near = difflib.get_close_matches(name, held, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {listed(held[:8])}{' …' if len(held) > 8 else ''}."
            raise CriteriaError(f"There is no variable “{name}” in these data.", hint)


def value_of(data: CustomerData) -> pd.Series | None:
    """Return the money of each customer, or None where the data hold none."""
    if MONETARY_TOTAL not in data.customers or not np.isfinite(finite(data.customers[MONETARY_TOTAL])).any():
        return None
    return pd.Series(np.nan_to_num(finite(data.customers[MONETARY_TOTAL])), index=data.customers.index)
