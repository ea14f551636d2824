"""One attribute of the desktop exercise: its bands, and how they are said in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.naming import WORDS, level_name
from segkit.core.data.values import NOT_KNOWN, codes, finite, level_codes
from segkit.words.numbers import listed, shortened, threshold, unit_left

Codes = npt.NDArray[np.intp]

MOST_LEVELS = 7
"""Levels of a category that stand alone; the rest stand together."""

NOUNS = {"monetary_total": "spend", "monetary_mean": "spend per order", "tenure_days": "time as a customer"}
"""Shorter words for the variables that every order file gives."""

OWN_STEPS = {
    "recency_days": {
        3: ("most recent", "in between", "longest ago"),
        4: ("most recent", "more recent", "longer ago", "longest ago"),
    },
    "frequency": {
        3: ("few orders", "some orders", "many orders"),
        4: ("fewest orders", "few orders", "many orders", "most orders"),
    },
}
"""Words for their bands where "low" and "high" would be odd."""

STEPS = {2: ("low", "high"), 3: ("low", "middle", "high"), 4: ("lowest", "lower", "higher", "highest")}


@dataclass(frozen=True)
class Attribute:
    """One attribute and its bands: thresholds of a number, or the levels of a category (the last may be "other")."""

    variable: str
    label: str
    unit: str
    cuts: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()
    open_end: bool = False
    """Whether levels beyond ``levels`` exist and stand together as "other"."""

    @property
    def size(self) -> int:
        """Number of bands, the one for "not known" left out."""
        return len(self.levels) + self.open_end if self.levels else len(self.cuts) + 1

    def bands(self, frame: pd.DataFrame) -> Codes:
        """Return the band of each customer from 0, or ``NOT_KNOWN``."""
        if not self.levels:
            return codes(finite(frame[self.variable]), self.cuts)
        found = level_codes(frame[self.variable], self.levels)
        # a level never seen before is not known where there are no others to stand with
        return found if self.open_end else np.where(found == len(self.levels), NOT_KNOWN, found)

    @property
    def ordered(self) -> bool:
        """Whether its bands stand in an order, so that some are nearer to one another than others."""
        return not self.levels

    def rule(self, band: int, currency: str) -> str:
        """Say a band in words: "orders from 3 to under 8"."""
        if band == NOT_KNOWN:
            return f"{self.label} not known"
        if self.levels:
            return f"{self.label} is {self.levels[band]}" if band < len(self.levels) else f"{self.label} is another"
        return self._between(band, band, currency)

    def _between(self, first: int, last: int, currency: str) -> str:
        unit = unit_left(self.label, self.unit)
        low = threshold(self.cuts[first - 1], unit, currency) if first else ""
        high = threshold(self.cuts[last], unit, currency) if last < len(self.cuts) else ""
        text = f"from {low} to under {high}" if low and high else f"{low} or more" if low else f"under {high}"
        return f"{self.label} {text}" if low or high else ""

    def rule_of(self, bands: Sequence[int], currency: str) -> str:
        """Say several bands in words; nothing where these are all that there are."""
        if set(bands) >= set(range(self.size)):
            return ""
        known = [band for band in bands if band != NOT_KNOWN]
        if self.ordered and len(known) > 1 and known == list(range(known[0], known[-1] + 1)):
            said = [self._between(known[0], known[-1], currency)]
            return listed(said + [self.rule(NOT_KNOWN, currency)] * (NOT_KNOWN in bands), "or")
        return listed([self.rule(band, currency) for band in bands], "or")

    def short_of(self, bands: Sequence[int]) -> str:
        """Say several bands in a few words; nothing where these are all that there are."""
        return "" if set(bands) >= set(range(self.size)) else " or ".join(self.short(band) for band in bands)

    def short(self, band: int) -> str:
        """Say a band in two or three words."""
        label = shortened(self.label[:1].lower() + self.label[1:], 20)
        if band == NOT_KNOWN:
            return f"{label} not known"
        if self.levels:
            return shortened(level_name(label, self.levels[band]), 24) if band < len(self.levels) else f"other {label}"
        if self.size == 2 and self.variable in WORDS:
            return WORDS[self.variable][band]
        if self.size == 1:
            return label
        if own := OWN_STEPS.get(self.variable, {}).get(self.size):
            return own[band]
        return f"{STEPS[self.size][band]} {NOUNS.get(self.variable, label)}"
