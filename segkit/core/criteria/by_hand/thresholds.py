"""From a band that a person chose, or that the data suggest, to an attribute with its thresholds."""

from collections.abc import Sequence

import pandas as pd

from segkit.core.criteria.bands import equal_count, equal_width, natural
from segkit.core.criteria.by_hand.attributes import MOST_LEVELS, Attribute
from segkit.core.data.customers import CustomerData, require
from segkit.core.data.small_groups import OTHER
from segkit.core.data.values import finite, is_number
from segkit.decisions.criteria import Band, Criteria, HandSegment
from segkit.decisions.model import fingerprint
from segkit.words.errors import CriteriaError
from segkit.words.terms import FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, Banding


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
    named = sorted(counts.index.drop(OTHER, errors="ignore"), key=lambda level: (-int(counts[level]), level))
    levels = tuple(named[:MOST_LEVELS])
    return Attribute(variable.name, variable.label, variable.unit, levels=levels, open_end=len(counts) > len(levels))


def bands_key(bands: Sequence[Band], attributes: Sequence[Attribute]) -> str:
    """Return what stands for some bands: their settings, how many there are, and the levels of categories.

    What a person says about pots is kept under it, so that it never applies to pots that only bear the same number.
    """
    return fingerprint([(b.model_dump(mode="json"), a.size, a.levels) for b, a in zip(bands, attributes, strict=True)])


def said_of(data: CustomerData, criteria: Criteria) -> tuple[HandSegment, ...]:
    """Return what a person said about the pots of the present bands; what was said of others is left out, never lost."""
    key = bands_key(criteria.by_hand, [attribute(data, band) for band in criteria.by_hand])
    return tuple(entry for entry in criteria.pots if entry.bands == key)
