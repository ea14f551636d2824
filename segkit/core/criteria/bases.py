"""What customers could be told apart by: the bases compared, and the variables and thresholds that the data suggest."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.core.criteria.bands import equal_count, equal_width, finite, natural
from segkit.core.criteria.by_hand.attributes import MOST_LEVELS, Attribute
from segkit.core.criteria.found.preparation import is_number
from segkit.core.data.customers import CustomerData, Variable
from segkit.decisions.criteria import Band, Criteria, HandSegment
from segkit.decisions.model import fingerprint
from segkit.words.errors import CriteriaError
from segkit.words.numbers import capital, listed, percent
from segkit.words.terms import FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, Banding, Base

MOST_SHARES = 16
"""Most shares of categories (such as the web shop's share of a customer's money) suggested beside RFM."""

LEAST_SPREAD = 0.05
"""Standard deviation of a share below which it hardly differs between customers."""

MOST_SUGGESTED = 8
"""Most variables suggested in all: each further one needs more customers and blurs the others."""

ENOUGH_KNOWN = 0.8
"""Share of customers of whom a base must be known to build on it."""

TEXTS = {
    Base.GEOGRAPHIC: (
        "Easy to get, easy to understand, and easy to reach people by.",
        "People in one place seldom want the same things.",
        "postcodes, towns, regions or countries from addresses and deliveries",
    ),
    Base.DEMOGRAPHIC: (
        "Simple to collect, and media are sold by it.",
        "Age or income alone explain little of what people buy.",
        "age, household, education or income from registration, loyalty cards or a survey",
    ),
    Base.PSYCHOGRAPHIC: (
        "Tells why people buy, and so what to say to them.",
        "Must be asked for, is known of few, and is hard to tell of a new customer.",
        "answers to a short survey about interests, values and benefits sought",
    ),
    Base.BEHAVIOURAL: (
        "Uses what customers really did, which foretells best what they will do.",
        "Says nothing of people who have not bought yet, nor why anyone buys.",
        "orders with customer, date and amount; better with products and channels",
    ),
    Base.FIRMOGRAPHIC: (
        "Tells firms apart by what sales can look up before the first call.",
        "Two firms of one industry and size may buy quite differently.",
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


def _read(table: pd.DataFrame) -> str:
    def of(verdict: str) -> list[str]:
        return [Base(base).label.split(":")[0].lower() for base in table.index[table["verdict"] == verdict]]

    said = []
    if of("ready"):
        said.append(f"{capital(listed(of('ready')))} data are there for at least {percent(ENOUGH_KNOWN)} of the customers.")
    if of("in part"):
        shares = [f"{b} ({percent(float(table['known'].loc[b]))})" for b in of("in part")]
        said.append(f"{capital(listed(shares))} data are known of too few to form segments by, but can describe them.")
    if of("missing"):
        said.append(f"There are no usable {listed(of('missing'), 'or')} data.")
    return " ".join(said)


def suggest_variables(data: CustomerData) -> tuple[str, ...]:
    """Suggest the variables for segments found in the data.

    Recency, frequency and money where they exist, and the shares of categories that differ between customers: what and where
    they buy parts them better than RFM alone (both sample businesses: agreement with the planted segments .45 to .65 and .4 to
    .8). Without
    any of these other behavioural numbers, then survey answers, then whatever numbers and categories there are.
    """
    usable = [v for v in data.variables if v.usable and v.name in data.customers]
    rfm = [v.name for v in usable if v.name in {RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL} and v.numeric]
    if MONETARY_TOTAL not in rfm:
        rfm += [v.name for v in usable if v.name == MONETARY_MEAN]
    if len(rfm) >= 2:
        return (*rfm, *_informative_shares(data, usable))
    chosen = list(rfm)
    pools = (
        [v for v in usable if v.base is Base.BEHAVIOURAL and v.numeric],
        [v for v in usable if v.base is Base.PSYCHOGRAPHIC],
        [v for v in usable if v.numeric],
        usable,
    )
    for pool in pools:
        chosen += [v.name for v in pool if v.name not in chosen]
        if len(chosen) >= 2:
            break
    most = MOST_SUGGESTED if pool is not pools[1] else max(MOST_SUGGESTED, 20)
    return tuple(chosen[:most])


def _informative_shares(data: CustomerData, usable: list[Variable]) -> list[str]:
    """Return the shares of a customer's money or orders that differ most between customers."""
    shares = [v.name for v in usable if v.numeric and v.unit == "share" and v.name.startswith("share_")]
    spreads = {name: float(data.customers[name].std()) for name in shares}
    told = sorted((name for name in shares if spreads[name] >= LEAST_SPREAD), key=lambda name: (-spreads[name], name))
    return told[:MOST_SHARES]


def suggest_bands(data: CustomerData) -> tuple[Band, ...]:
    """Suggest two attributes for the desktop exercise: money and recency where they exist, each cut in two halves."""
    usable = [v for v in data.variables if v.usable and v.name in data.customers]
    order = [MONETARY_TOTAL, RECENCY_DAYS, FREQUENCY, MONETARY_MEAN]
    numbers = sorted((v for v in usable if v.numeric), key=lambda v: order.index(v.name) if v.name in order else len(order))
    picked = [Band(variable=v.name) for v in numbers if cut_points(data.customers[v.name], Band(variable=v.name))]
    picked += [Band(variable=v.name) for v in usable if not v.numeric]
    return tuple(picked[:2])


def cut_points(values: pd.Series, band: Band) -> tuple[float, ...]:
    """Return the thresholds of a band over these values, rising: ``lower <= value < upper``.

    Equal values are never torn apart, so fewer thresholds than asked for may come back; a category has none.
    """
    if not is_number(values):
        return ()
    if band.banding is Banding.OWN:
        return band.thresholds
    how = {Banding.EQUAL_COUNT: equal_count, Banding.EQUAL_WIDTH: equal_width, Banding.NATURAL: natural}[band.banding]
    return how(finite(values), band.bands)


def attribute(data: CustomerData, band: Band) -> Attribute:
    """Return an attribute with its thresholds drawn over all customers.

    Raises
    ------
    CriteriaError
        If there is no such variable, or it does not tell customers apart.
    """
    require(data, (band.variable,))
    variable = data.variable(band.variable)
    values = data.customers[band.variable]
    known = pd.Series(finite(values)).dropna() if is_number(values) else values.dropna()
    if known.nunique() < 2:
        what = "is the same for all customers" if len(known) else "has no values at all"
        raise CriteriaError(f"“{variable.label}” {what}.", "Choose an attribute that differs between customers.")
    if is_number(values):
        cuts = cut_points(values, band)
        return Attribute(variable.name, variable.label, variable.unit, cuts=cuts)
    counts = values.astype("string").value_counts()
    order = sorted(counts.index, key=lambda level: (-int(counts[level]), level))
    return Attribute(
        variable.name, variable.label, variable.unit, levels=tuple(order[:MOST_LEVELS]), open_end=len(order) > MOST_LEVELS
    )


def bands_key(bands: Sequence[Band], attributes: Sequence[Attribute]) -> str:
    """Return what stands for some bands: their settings, how many there are, and the levels of categories.

    What a person says about pots is kept under it, so that it never applies to pots that only bear the same number.
    """
    return fingerprint([(b.model_dump(mode="json"), a.size, a.levels) for b, a in zip(bands, attributes, strict=True)])


def said_of(data: CustomerData, criteria: Criteria) -> tuple[HandSegment, ...]:
    """Return what a person said about the pots of the present bands; what was said of others is left out, never lost."""
    key = bands_key(criteria.by_hand, [attribute(data, band) for band in criteria.by_hand])
    return tuple(entry for entry in criteria.pots if entry.bands == key)


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
