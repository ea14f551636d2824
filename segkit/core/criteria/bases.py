"""What customers could be told apart by: the segmentation bases compared."""

from dataclasses import dataclass

import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.words.numbers import listed, percent
from segkit.words.terms import Base

ENOUGH_KNOWN = 0.8
"""Share of customers of whom a base must be known to build on it."""


TEXTS = {
    Base.GEOGRAPHIC: (
        "Easy to get, easy to understand, and easy to reach people by.",
        "People in one place seldom want the same things.",
        "postcodes, towns, regions or countries from addresses and deliveries",
    ),
    Base.DEMOGRAPHIC: (
        "Simple to collect, and advertising can be bought by it.",
        "Age or income alone explains little of what people buy.",
        "age, household, education or income from registration, loyalty cards or a survey",
    ),
    Base.PSYCHOGRAPHIC: (
        "Tells why people buy, and so what to say to them.",
        "Has to be asked for, is known for few customers, and is hard to tell for a new one.",
        "answers to a short survey about interests, values and benefits sought",
    ),
    Base.BEHAVIOURAL: (
        "Uses what customers really did, which best predicts what they will do.",
        "Says nothing about people who have not bought yet, nor about why anyone buys.",
        "orders with customer, date and amount; better with products and channels",
    ),
    Base.FIRMOGRAPHIC: (
        "Distinguishes firms by what sales can look up before the first call.",
        "Two firms of the same size and industry may buy quite differently.",
        "industry, size, ownership and location of each firm",
    ),
}
"""For each base its strength, its weakness, and the data it needs (own words, after Dolnicar, Grün, Leisch 2018, chapter 5)."""


@dataclass(frozen=True, eq=False)
class BasesOverview:
    """The segmentation bases compared.

    Attributes
    ----------
    table : pandas.DataFrame
        Index: value of `Base`; columns ``label``, ``strength``, ``weakness``, ``needs`` (data), ``variables`` (labels of the
        usable ones, tuple),
        ``unusable`` (labels, tuple), ``known`` (share of customers of whom at least one usable variable is known, 0 to 1) and
        ``verdict`` ("ready", "in part" or "missing").
    sentence : str
        Reads it in a sentence or two.
    """

    table: pd.DataFrame
    sentence: str


def bases(data: CustomerData) -> BasesOverview:
    """Compare the segmentation bases and say what this business has of each."""
    rows = {}
    for base in Base:
        strength, weakness, needs = TEXTS[base]
        mine = [v for v in data.variables if v.base is base]
        usable = [v for v in mine if v.usable and v.name in data.customers]
        known = float(data.customers[[v.name for v in usable]].notna().any(axis=1).mean()) if usable else 0.0
        rows[base.value] = {
            "label": base.label,
            "strength": strength,
            "weakness": weakness,
            "needs": needs,
            "variables": tuple(v.label for v in usable),
            "unusable": tuple(v.label for v in mine if v not in usable),
            "known": known,
            "verdict": "ready" if known >= ENOUGH_KNOWN else "in part" if known > 0 else "missing",
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    return BasesOverview(table, _read(table))


def _said(base: object) -> str:
    label = Base(str(base)).label
    return label[:1].lower() + label[1:]


def _read(table: pd.DataFrame) -> str:
    def of(verdict: str) -> list[str]:
        return [_said(base) for base in table.index[table["verdict"] == verdict]]

    said = []
    if of("ready"):
        said.append(f"Known for at least {percent(ENOUGH_KNOWN)} of customers: {listed(of('ready'))}.")
    if of("in part"):
        shares = [f"{_said(b)}, {percent(float(table['known'].loc[b]))}" for b in table.index[table["verdict"] == "in part"]]
        said.append(f"Known for too few to form segments, but good for describing them: {'; '.join(shares)}.")
    if of("missing"):
        said.append(f"Nothing usable yet on {listed(of('missing'), 'or')}.")
    return " ".join(said)
