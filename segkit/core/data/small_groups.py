"""Values that fewer than five customers have: joined to "other" in one place, before anything is shown or computed from."""

from dataclasses import replace

import pandas as pd

from segkit.core.data.customers import CustomerData, Variable, make_variables
from segkit.words.numbers import count, listed
from segkit.words.terms import SMALL_GROUP

OTHER = "other"

_BY_VALUE = ("share_", "contacts_")
"""Names of the variables that hold one value's share of money, or its contacts, begin so."""

_NAMED = 5
"""Variables that the note names one by one."""


def without_small_groups(data: CustomerData) -> CustomerData:
    """Return the data with all values of categories that fewer than five customers have joined to "other", and a note on it.

    A variable that is about one such value alone (its share of a customer's money, the contacts over one channel) is left out.
    """
    categories = [v for v in data.variables if not v.numeric and v.name in data.customers]
    rare = {v.name: values for v in categories if (values := _rare(data.customers[v.name]))}
    alone = [v for v in data.variables if v.name.startswith(_BY_VALUE) and v.name in data.customers and _few(data, v)]
    money, joined = _joined_money(data.category_money)
    before, _ = _joined_money(data.year_before)
    if not (rare or alone or joined):
        return data
    customers = data.customers.drop(columns=[v.name for v in alone])
    customers = customers.assign(**{name: _joined(customers[name], values) for name, values in rare.items()})
    left_out = {v.name for v in alone}
    variables = tuple(_again(v, customers) if v.name in rare else v for v in data.variables if v.name not in left_out)
    numbers = {v.label: len(rare[v.name]) for v in categories if v.name in rare}
    numbers |= {label: n for label, n in joined.items() if not any(label.lower() in known.lower() for known in numbers)}
    return replace(
        data,
        customers=customers,
        variables=variables,
        category_money=money,
        year_before=before,
        notes=(*data.notes, _said(numbers, len(alone))),
    )


def _rare(column: "pd.Series[str]") -> list[str]:
    """Return the values to be joined: those of very few customers, and more until together they are no small group."""
    counts = {str(level): int(n) for level, n in column.value_counts().items()}
    others = sum(n for level, n in counts.items() if level.casefold() == OTHER)
    named = sorted((n, level) for level, n in counts.items() if level.casefold() != OTHER)
    joined, held = [], others
    for n, level in named:
        if n >= SMALL_GROUP and (held >= SMALL_GROUP or held == 0):
            break
        joined.append(level)
        held += n
    return sorted(joined)


def _few(data: CustomerData, variable: Variable) -> bool:
    return int((data.customers[variable.name].fillna(0) != 0).sum()) < SMALL_GROUP


def _joined(column: "pd.Series[str]", rare: list[str]) -> "pd.Series[str]":
    own = next((str(level) for level in column.dropna().unique() if str(level).casefold() == OTHER), OTHER)
    return column.mask(column.isin(rare), own).astype(column.dtype)


def _again(variable: Variable, customers: pd.DataFrame) -> Variable:
    """Describe a variable anew, now that some of its values stand together."""
    (made,) = make_variables(customers[[variable.name]], {variable.name: (variable.label, variable.base, variable.unit)})
    if not made.usable and customers[variable.name].nunique() == 1:
        return replace(made, why_not="each of its values belongs to fewer than five customers")
    return made


def _joined_money(money: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return money by category with its small groups together, and their number by the category's label."""
    if "few" not in money or not money["few"].any():
        return money, {}
    joined = money["few"].groupby(money["label"], sort=False).sum()
    # the smallest of the others goes along: what a handful of customers spent must not be what is left of the whole
    beside = money[~money["few"] & money["variable"].isin(money.loc[money["few"], "variable"])]
    beside = beside.sort_values(["orders", "money", "level"], kind="stable").drop_duplicates("variable").index
    few = money["few"] | money.index.isin(beside)
    together = money.assign(level=money["level"].mask(few, OTHER), few=False)
    place = {name: i for i, name in enumerate(dict.fromkeys(money["variable"]))}
    summed = together.groupby(["variable", "label", "level", "few"], as_index=False, sort=False)[["money", "orders"]].sum()
    summed = summed.assign(place=summed["variable"].map(place)).sort_values(
        ["place", "money", "level"], ascending=[True, False, True], ignore_index=True
    )
    return summed[list(money.columns)], {str(label): int(n) for label, n in joined.items() if n}


def _said(numbers: dict[str, int], alone: int) -> str:
    shown = [f"{count(n)} in “{label}”" for label, n in list(numbers.items())[:_NAMED]]
    more = [f"others in {count(len(numbers) - _NAMED, 'further column')}"] if len(numbers) > _NAMED else []
    text = f"Values shared by fewer than five customers are grouped as “{OTHER}”: {listed([*shown, *more])}." if numbers else ""
    left = f"{count(alone, 'variable')} about one such value alone {'is' if alone == 1 else 'are'} left out." if alone else ""
    return f"{text} {left}".strip()
