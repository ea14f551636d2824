"""The desktop exercise: one to three attributes cut into bands, crossed, and the pots that hold hardly anyone merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.bands import NOT_KNOWN, codes, finite, level_codes
from segkit.core.naming import LONGEST, WORDS, unique
from segkit.core.wording import capital, counted, listed, quantity, shortened, threshold, unit_left
from segkit.errors import CriteriaError
from segkit.terms import MAX_SEGMENTS, SMALL_GROUP

Codes = npt.NDArray[np.intp]
Cell = tuple[int, ...]

TINY = 0.01
"""Pots with less than this share of customers (or fewer than SMALL_GROUP) are merged into the nearest."""

MOST_LEVELS = 7
"""Levels of a category that stand alone; the rest stand together."""

OTHER = "other"
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

    def rule(self, band: int, currency: str) -> str:
        """Say a band in words: "orders from 3 to under 8"."""
        if band == NOT_KNOWN:
            return f"{self.label} not known"
        if self.levels:
            return f"{self.label} is {self.levels[band]}" if band < len(self.levels) else f"{self.label} is another"
        unit = unit_left(self.label, self.unit)
        low = threshold(self.cuts[band - 1], unit, currency) if band else ""
        high = threshold(self.cuts[band], unit, currency) if band < len(self.cuts) else ""
        text = f"from {low} to under {high}" if low and high else f"{low} or more" if low else f"under {high}"
        return f"{self.label} {text}"

    def short(self, band: int) -> str:
        """Say a band in two or three words."""
        label = shortened(self.label[:1].lower() + self.label[1:], 20)
        if band == NOT_KNOWN:
            return f"{label} not known"
        if self.levels:
            return shortened(self.levels[band], 22) if band < len(self.levels) else f"other {label}"
        if self.size == 2 and self.variable in WORDS:
            return WORDS[self.variable][band]
        if self.size == 1:
            return label
        return f"{STEPS[self.size][band]} {label}"


@dataclass(frozen=True)
class HandRule:
    """Crossed attributes; ``host`` maps every possible pot to the pot it belongs to, ``merged`` are those with customers."""

    attributes: tuple[Attribute, ...]
    host: Mapping[Cell, Cell]
    merged: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    currency: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The attributes' columns."""
        return tuple(a.variable for a in self.attributes)

    def assign(self, frame: pd.DataFrame) -> pd.Series:
        """Put customers into the segments, thresholds as they are."""
        cells = np.stack([a.bands(frame) for a in self.attributes], axis=1)
        if not len(cells):
            return pd.Series([], index=frame.index, dtype=str)
        distinct, inverse = np.unique(cells, axis=0, return_inverse=True)
        ids = np.array([segment_id(self.host[tuple(int(b) for b in cell)]) for cell in distinct], dtype=object)
        return pd.Series(ids[inverse.ravel()], index=frame.index).astype(str)

    def _hosts(self) -> list[Cell]:
        return sorted(set(self.host.values()), reverse=True)

    def segments(self) -> pd.DataFrame:
        """Return name and rule of each segment."""
        hosts = self._hosts()
        made = []
        for cell in hosts:
            parts = [a.short(band) for a, band in zip(self.attributes, cell, strict=True)]
            room = (LONGEST - 2 * (len(parts) - 1)) // len(parts)
            whole = ", ".join(parts)
            made.append(capital(whole if len(whole) <= LONGEST else ", ".join(shortened(p, room) for p in parts)))
        rows = {segment_id(cell): (name, self._rule(cell)) for cell, name in zip(hosts, unique(made), strict=True)}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["segment_name", "rule"])

    def _rule(self, cell: Cell) -> str:
        own = listed([a.rule(band, self.currency) for a, band in zip(self.attributes, cell, strict=True)])
        guests = [c for c in self.merged if self.host[c] == cell]
        taken = f"; also holds {counted(len(guests), 'pot')} too small to stand alone" if guests else ""
        return f"{capital(own)}{taken}."

    def settings(self) -> dict[str, Any]:
        """Return thresholds, levels and merges as plain values."""
        merged = {segment_id(c): segment_id(self.host[c]) for c in self.merged}
        return {
            "thresholds": {a.variable: list(a.cuts) for a in self.attributes if not a.levels},
            "levels": {a.variable: list(a.levels) for a in self.attributes if a.levels},
            "merged": merged,
            "notes": list(self.notes),
        }

    def why(self, row: pd.DataFrame) -> str:
        """Say why one customer (a frame of one row) is where it is."""
        cell = tuple(int(a.bands(row)[0]) for a in self.attributes)
        said = []
        for a, band in zip(self.attributes, cell, strict=True):
            if a.levels or band == NOT_KNOWN:
                value = row[a.variable].iloc[0]
                said.append(f"{a.label} is {'not known' if pd.isna(value) else value}")
            else:
                amount = quantity(float(finite(row[a.variable])[0]), unit_left(a.label, a.unit), self.currency)
                said.append(f"{a.label} is {amount}, which falls in “{a.rule(band, self.currency)}”")
        moved = (
            " Its own pot was too small to stand alone, so it stands with the nearest one." if self.host[cell] != cell else ""
        )
        return f"{capital(listed(said))}.{moved}"


def segment_id(cell: Cell) -> str:
    """Return the identifier of a pot: a letter for each attribute, the number of the band (0: not known)."""
    return "-".join(f"{letter}{band + 1}" for letter, band in zip("abc", cell, strict=False))


def fit_by_hand(frame: pd.DataFrame, attributes: Sequence[Attribute], *, currency: str = "") -> HandRule:
    """Cross the attributes and merge the pots that hold hardly anyone.

    The smallest pot goes to the nearest (fewest bands away; of equally near ones the largest), again and again, until every
    pot holds at least 1 % of the customers and 5 of them, and at most ``MAX_SEGMENTS`` are left.

    Raises
    ------
    CriteriaError
        If no attribute tells customers apart.
    """
    attributes = tuple(attributes)
    cells = np.stack([a.bands(frame) for a in attributes], axis=1)
    distinct, counts = np.unique(cells, axis=0, return_counts=True)
    sizes = {tuple(int(b) for b in cell): int(n) for cell, n in zip(distinct, counts, strict=True)}
    if len(sizes) < 2:
        raise CriteriaError(
            f"All customers fall into one pot by {listed([a.label for a in attributes])}.",
            "Choose another attribute, or set thresholds between the smallest and the largest value.",
        )
    host, merged = _merge(sizes, attributes, len(frame))
    notes = []
    if merged:
        customers = sum(sizes[cell] for cell in merged)
        notes.append(
            f"{counted(len(merged), 'pot')} with {counted(customers, 'customer')} in all stood with the nearest pot, "
            f"so that at most {MAX_SEGMENTS} segments are left and none is tiny."
        )
    for cell in product(*(range(-1, a.size) for a in attributes)):
        if cell not in host:
            host[cell] = host[_nearest(cell, sizes, attributes)]
    return HandRule(attributes, host, tuple(merged), tuple(notes), currency)


def _merge(sizes: Mapping[Cell, int], attributes: Sequence[Attribute], customers: int) -> tuple[dict[Cell, Cell], list[Cell]]:
    left = dict(sizes)
    host = {cell: cell for cell in sizes}
    merged = []
    floor = max(SMALL_GROUP, TINY * customers)
    while len(left) > 2:
        smallest = min(left, key=lambda cell: (left[cell], cell))
        if left[smallest] >= floor and len(left) <= MAX_SEGMENTS:
            break
        size = left.pop(smallest)
        target = _nearest(smallest, left, attributes)
        left[target] += size
        host = {cell: target if at == smallest else at for cell, at in host.items()}
        merged.append(smallest)
    return host, merged


def _nearest(cell: Cell, sizes: Mapping[Cell, int], attributes: Sequence[Attribute]) -> Cell:
    def steps(other: Cell) -> int:
        apart = 0
        for a, here, there in zip(attributes, cell, other, strict=True):
            ordered = not a.levels and NOT_KNOWN not in (here, there)
            apart += abs(here - there) if ordered else int(here != there)
        return apart

    return min(sizes, key=lambda other: (steps(other), -sizes[other], other))
