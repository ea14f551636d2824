"""The desktop exercise: one to three attributes cut into bands and crossed; the pots are put together into segments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from segkit.core.criteria.borders import nearest_borders, say_borders
from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.criteria.by_hand.pots import MOST_BY_HAND, Cell, Grouping, every_cell, flat, group, segment_id, sizes_of
from segkit.core.criteria.naming import LONGEST, unique
from segkit.core.criteria.notes import Note
from segkit.core.criteria.rule_linter import Line
from segkit.core.data.values import NOT_KNOWN, finite
from segkit.decisions.criteria import HandSegment
from segkit.words.errors import CriteriaError
from segkit.words.numbers import capital, count, listed, quantity, shortened, unit_left


@dataclass(frozen=True)
class HandRule:
    """Crossed attributes, the pots that stand together, and what the person says of them."""

    attributes: tuple[Attribute, ...]
    grouping: Grouping
    said: tuple[HandSegment, ...] = ()
    notes: tuple[Note, ...] = ()
    currency: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The attributes' columns."""
        return tuple(a.variable for a in self.attributes)

    def assign(self, frame: pd.DataFrame) -> pd.Series:
        """Put customers into the segments, thresholds as they are."""
        places = flat([a.bands(frame) for a in self.attributes], self.attributes)
        ids = np.array([segment_id(self.grouping.host[cell]) for cell in every_cell(self.attributes)], dtype=object)
        return pd.Series(ids[places], index=frame.index, dtype=object).astype(str)

    def segments(self) -> pd.DataFrame:
        """Return name and rule of each segment, and what is done for its customers where the person said so."""
        hosts = sorted(set(self.grouping.host.values()), reverse=True)
        own = [self._entry(cell) for cell in hosts]
        kept = {entry.name for entry in own if entry and entry.name}
        made = [entry.name if entry and entry.name else self.short(cell) for entry, cell in zip(own, hosts, strict=True)]
        names = unique([f"{name}, others" if name in kept and not (e and e.name) else name for name, e in
                        zip(made, own, strict=True)])  # fmt: skip
        rows = {
            segment_id(cell): (name, self._rule(cell), entry.action if entry else "")
            for cell, name, entry in zip(hosts, names, own, strict=True)
        }
        table = pd.DataFrame.from_dict(rows, orient="index", columns=["segment_name", "rule", "action"])
        return table if table["action"].any() else table.drop(columns="action")

    def parts(self, cell: Cell) -> tuple[Cell, ...]:
        """Return the pots that a person sees as one: the pot alone, or those that were put together."""
        return next((pots for pots in self.grouping.together if cell in pots), (cell,))

    def _entry(self, cell: Cell) -> HandSegment | None:
        pots = tuple(sorted(segment_id(part) for part in self.parts(cell)))
        return next((entry for entry in self.said if entry.pots == pots), None)

    def short(self, cell: Cell) -> str:
        """Name a pot, or pots put together, in a few words."""
        pots = self.parts(cell)
        bands = [sorted({pot[i] for pot in pots}) for i in range(len(self.attributes))]
        if _is_box(pots, bands):
            parts = [text for a, held in zip(self.attributes, bands, strict=True) if (text := a.short_of(held))]
        else:
            parts = [" and ".join(a.short(band) for a, band in zip(self.attributes, pot, strict=True)) for pot in pots[:2]]
            parts = [" / ".join(parts) + (f" +{len(pots) - 2}" if len(pots) > 2 else "")]
        parts = parts or ["all others"]
        room = (LONGEST - 2 * (len(parts) - 1)) // len(parts)
        whole = ", ".join(parts)
        return capital(whole if len(whole) <= LONGEST else ", ".join(shortened(p, room) for p in parts))

    def _rule(self, cell: Cell) -> str:
        text = self.rule_of(cell)
        row_of, host_of = self.grouping.row, self.grouping.host
        tiny = [c for c in self.grouping.tiny if host_of[c] == cell]
        rows = {row_of[c] for c in row_of if host_of[c] == cell and c not in self.grouping.tiny} - {cell}
        if tiny:
            text += f"; also includes {count(len(tiny), 'pot')} too small to stand alone"
        if rows:
            text += f"; also includes {count(len(rows), 'neighbouring pot')}, so that {MOST_BY_HAND} segments are left"
        return f"{text}."

    def rule_of(self, cell: Cell) -> str:
        """Say in words who belongs to a pot, or to pots put together."""
        pots = self.parts(cell)
        bands = [sorted({pot[i] for pot in pots}) for i in range(len(self.attributes))]
        if not _is_box(pots, bands):
            pots_said = [
                " and ".join(a.rule(b, self.currency) for a, b in zip(self.attributes, pot, strict=True)) for pot in pots
            ]
            return capital("; or ".join(pots_said))
        said = [text for a, held in zip(self.attributes, bands, strict=True) if (text := a.rule_of(held, self.currency))]
        return capital(listed(said)) or "All others"

    def lines(self) -> list[Line]:
        """Return the rule table behind the segments, for the linter."""
        codes: dict[str, set[Cell]] = {}
        for cell, host in self.grouping.host.items():
            codes.setdefault(segment_id(host), set()).add(cell)
        return [Line(segment, frozenset(cells)) for segment, cells in sorted(codes.items())]

    def code_of(self, frame: pd.DataFrame) -> pd.Series:
        """Return the pot of each customer."""
        cells = pd.Series(every_cell(self.attributes), dtype=object)
        places = flat([a.bands(frame) for a in self.attributes], self.attributes)
        return pd.Series(cells.to_numpy()[places], index=frame.index)

    def settings(self) -> dict[str, Any]:
        """Return thresholds, levels and merges as plain values."""
        away = (*self.grouping.tiny, *self.grouping.folded)
        return {
            "thresholds": {a.variable: list(a.cuts) for a in self.attributes if not a.levels},
            "levels": {a.variable: list(a.levels) for a in self.attributes if a.levels},
            "together": [[segment_id(cell) for cell in pots] for pots in self.grouping.together],
            "merged": {segment_id(c): segment_id(self.grouping.host[c]) for c in away},
        }

    def why(self, row: pd.DataFrame) -> str:
        """Say why one customer (a frame of one row) is where it is, and how near the border."""
        cell = tuple(int(a.bands(row)[0]) for a in self.attributes)
        said = []
        for a, band in zip(self.attributes, cell, strict=True):
            if a.levels or band == NOT_KNOWN:
                value = row[a.variable].iloc[0]
                said.append(f"{a.label} is {'not known' if pd.isna(value) or band == NOT_KNOWN else value}")
            else:
                amount = quantity(float(finite(row[a.variable])[0]), unit_left(a.label, a.unit), self.currency)
                rule = a.rule(band, self.currency)
                said.append(f"{a.label} is {amount}, which falls in “{rule}”" if rule else f"{a.label} is {amount}")
        cuts = {a.variable: a.cuts for a in self.attributes if not a.levels}
        units = {a.variable: a.unit for a in self.attributes}
        near = nearest_borders(row, cuts, units, self.assign)
        names = {str(i): str(name) for i, name in self.segments()["segment_name"].items()}
        border = say_borders(near, {a.variable: a.label for a in self.attributes}, units, names, self.currency)
        return f"{capital(listed(said))}.{self._moved(cell)} {border}"

    def _moved(self, cell: Cell) -> str:
        row = self.grouping.row.get(cell, cell)
        if row in self.parts(cell) and self.grouping.host.get(row) == row:
            return f" You put its pot together with {count(len(self.parts(cell)) - 1, 'other')}." * (len(self.parts(cell)) > 1)
        if cell in self.grouping.row and row in self.parts(cell):
            return f" There were more than {MOST_BY_HAND} pots, so its own was merged with the nearest one."
        return " Its own pot was too small to stand alone, so it was merged with the nearest one."


def _is_box(pots: Sequence[Cell], bands: Sequence[Sequence[int]]) -> bool:
    """Tell whether some pots are all combinations of some bands of each attribute."""
    return len(pots) == int(np.prod([len(held) for held in bands]))


def fit_by_hand(
    frame: pd.DataFrame, attributes: Sequence[Attribute], *, currency: str = "", said: Sequence[HandSegment] = ()
) -> HandRule:
    """Cross the attributes, put pots together as the person said, and merge those that hold hardly anyone (see `group`).

    Raises
    ------
    CriteriaError
        If no attribute tells customers apart, or all pots are put together into one.
    """
    attributes = tuple(attributes)
    sizes = sizes_of(flat([a.bands(frame) for a in attributes], attributes), attributes)
    return rule_from(sizes, attributes, currency=currency, said=said)


def rule_from(
    sizes: Mapping[Cell, int], attributes: tuple[Attribute, ...], *, currency: str = "", said: Sequence[HandSegment] = ()
) -> HandRule:
    """Return the rule for pots that are counted already; raises as `fit_by_hand`."""
    if len(sizes) < 2:
        raise CriteriaError(
            f"All customers fall into one pot by {listed([a.label for a in attributes])}.",
            "Choose another attribute, or set thresholds between the smallest and the largest value.",
        )
    grouping = group(sizes, attributes, [entry.pots for entry in said])
    if len(set(grouping.host[cell] for cell in sizes)) < 2:
        raise CriteriaError("All pots are put together into one.", "Take some of them apart, or start again.")
    notes: list[Note] = []
    for cells, why in (
        (grouping.tiny, "so that no segment is tiny"),
        (grouping.folded, f"so that at most {MOST_BY_HAND} segments are left"),
    ):
        if cells:
            first = {pot: pots[0] for pots in grouping.together for pot in pots}
            who = [c for c, row in grouping.row.items() if (first.get(c, c) if cells is grouping.tiny else row) in cells]
            customers = count(sum(sizes[c] for c in who), "customer")
            notes.append(Note(f"{count(len(cells), 'pot')} with {customers} in all were merged with the nearest pot, {why}."))
    return HandRule(attributes, grouping, tuple(said), tuple(notes), currency)
