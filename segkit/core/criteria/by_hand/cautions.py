"""What to mind about the bands of one attribute: where steps collapse, ties take a band whole, or values are not known."""

import numpy as np
import pandas as pd

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.data.values import codes, finite
from segkit.decisions.criteria import Band
from segkit.words.numbers import count, listed, percent, quantity, threshold, unit_left
from segkit.words.terms import Banding

NEARLY_ALL = 0.95
"""Share of the customers in one band from which the bands hardly tell customers apart."""


def cautions(values: pd.Series, band: Band, attribute: Attribute, currency: str = "") -> tuple[str, ...]:
    """Return sentences on what a person should know about these bands, each with a remedy.

    Parameters
    ----------
    values : pandas.Series
        The attribute, one value a customer.
    band : Band
        How it is to be cut.
    attribute : Attribute
        How it was cut.
    currency : str, optional
        Printed behind money.
    """
    label = f"“{attribute.label}”"
    if attribute.levels:
        if not attribute.open_end:
            return ()
        alone = float(values.astype("string").isin(attribute.levels).sum() / max(int(values.notna().sum()), 1))
        return (
            f"{label} has {count(int(values.nunique()), 'different value')}: the {len(attribute.levels)} most common "
            f"({percent(alone)} of the customers) stand alone; all others are grouped. Fewer, broader groups in your file "
            "would tell more.",
        )
    numbers = finite(values)
    unit = unit_left(attribute.label, attribute.unit)
    known = numbers[np.isfinite(numbers)]
    said = []
    if infinite := int(np.isinf(pd.to_numeric(values, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)).sum()):
        said.append(f"{label}: {count(infinite, 'infinite value')} counted as not known. Correct them in your file.")
    counts = np.bincount(codes(known, attribute.cuts), minlength=attribute.size)
    fullest = float(counts.max() / max(len(known), 1))
    if band.banding in (Banding.EQUAL_WIDTH, Banding.NATURAL) and fullest >= NEARLY_ALL:
        how = "Equal steps" if band.banding is Banding.EQUAL_WIDTH else "Natural breaks"
        said.append(
            f"{how} of {label} put {percent(fullest)} of the customers into one band, because the range reaches up to "
            f"{quantity(float(known.max()), unit, currency)}. Choose equal numbers of customers, or thresholds of your own."
        )
    if band.banding in (Banding.EQUAL_COUNT, Banding.NATURAL) and attribute.size < band.bands:
        distinct = len(np.unique(known))
        why = f"there are only {distinct} different values" if distinct < band.bands else "many customers have the same value"
        said.append(
            f"{label} falls into {count(attribute.size, 'band')} instead of {band.bands}: {why}, and customers with the "
            "same value always stay together."
        )
    if band.banding is Banding.OWN and len(known):
        outside = [cut for cut in attribute.cuts if cut <= known.min() or cut > known.max()]
        if outside:
            cuts = listed([threshold(cut, unit, currency) for cut in outside])
            span = f"{quantity(float(known.min()), unit, currency)} to {quantity(float(known.max()), unit, currency)}"
            said.append(
                f"No customer lies beyond {cuts} in {label}: its values run from {span}. Choose a threshold in between."
            )
    return tuple(said)
