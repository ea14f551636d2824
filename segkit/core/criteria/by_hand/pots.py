"""Pots of the desktop exercise: how many customers fall into each, and which pots stand together as one segment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.data.values import NOT_KNOWN
from segkit.words.terms import SMALL_GROUP

Codes = npt.NDArray[np.intp]
Cell = tuple[int, ...]

TINY = 0.01
"""Pots with less than this share of customers (or fewer than SMALL_GROUP) are merged into the nearest."""

MOST_BY_HAND = 7
"""Most segments of the desktop exercise: one action each, and nobody remembers more."""


def segment_id(cell: Cell) -> str:
    """Return the identifier of a pot: a letter for each attribute, the number of the band (0: not known)."""
    return "-".join(f"{letter}{band + 1}" for letter, band in zip("abc", cell, strict=False))


def every_cell(attributes: Sequence[Attribute]) -> list[Cell]:
    """Return all pots that there can be, those of customers without a value too, in the order of `flat`."""
    return list(product(*(range(NOT_KNOWN, a.size) for a in attributes)))


def flat(bands: Sequence[Codes], attributes: Sequence[Attribute]) -> Codes:
    """Return for each customer the place of its pot in `every_cell`, from its band of each attribute."""
    shape = tuple(a.size + 1 for a in attributes)
    return np.asarray(np.ravel_multi_index(tuple(band + 1 for band in bands), shape), dtype=np.intp)


def sizes_of(places: Codes, attributes: Sequence[Attribute]) -> dict[Cell, int]:
    """Count the customers of each pot that holds any."""
    cells = every_cell(attributes)
    counts = np.bincount(places, minlength=len(cells))
    return {cells[i]: int(counts[i]) for i in np.flatnonzero(counts)}


@dataclass(frozen=True)
class Grouping:
    """Which pots stand together.

    Attributes
    ----------
    host : Mapping of cell to cell
        For every pot that there can be, the pot whose name its segment bears.
    row : Mapping of cell to cell
        The same for pots with customers before segments above seven are put together: what the person can still decide on.
    together : tuple of tuple of cell
        Pots that the person put together.
    tiny, folded : tuple of cell
        Rows that hold hardly anyone and stand with the nearest; rows that do so because there were more than seven.
    """

    host: Mapping[Cell, Cell]
    row: Mapping[Cell, Cell]
    together: tuple[tuple[Cell, ...], ...]
    tiny: tuple[Cell, ...]
    folded: tuple[Cell, ...]

    def members(self, row: Cell) -> list[Cell]:
        """Return the pots with customers that stand in one row."""
        return [cell for cell, at in self.row.items() if at == row]

    def rows(self) -> list[Cell]:
        """Return the rows, the highest bands first."""
        return sorted(set(self.row.values()), reverse=True)

    def suggestion(self) -> list[tuple[str, ...]]:
        """Return the pots to put together, by their ids, so that the segments are those that stand now, seven at most."""
        joined: dict[Cell, set[Cell]] = {}
        for cell in self.row:
            own = next((pots for pots in self.together if cell in pots), ())
            joined.setdefault(self.host[cell], set()).update((cell, *own))
        return sorted(tuple(sorted(map(segment_id, cells))) for cells in joined.values() if len(cells) > 1)


def group(sizes: Mapping[Cell, int], attributes: Sequence[Attribute], together: Iterable[Sequence[str]] = ()) -> Grouping:
    """Put pots together: those that the person chose, then those that hold hardly anyone, then down to seven.

    The smallest goes to the nearest (fewest bands away), again and again, until every segment holds at least 1 % of the
    customers and 5 of them, and at most ``MOST_BY_HAND`` are left.

    Parameters
    ----------
    sizes : mapping of cell to int
        Customers of each pot that holds any.
    attributes : sequence of Attribute
        What the cells count.
    together : iterable of sequences of str
        Ids of the pots that the person put together; pots that do not exist are left out.
    """
    cells = every_cell(attributes)
    by_id = {segment_id(cell): cell for cell in cells}
    chosen = [tuple(sorted(by_id[pot] for pot in pots if pot in by_id)) for pots in together]
    chosen = sorted(pots for pots in chosen if len(pots) > 1 and any(pot in sizes for pot in pots))
    first = {cell: pots[0] for pots in chosen for cell in pots}
    row = {cell: first.get(cell, cell) for cell in sorted(sizes)}
    floor = max(SMALL_GROUP, TINY * sum(sizes.values()))
    row, tiny = _fold(row, sizes, attributes, lambda least, _: least < floor, to_largest=True)
    host, folded = _fold(row, sizes, attributes, lambda _, left: left > MOST_BY_HAND, to_largest=False)
    held = sorted(sizes, key=lambda cell: (-sizes[cell], cell))
    empty = [cell for cell in cells if cell not in sizes]
    if empty:
        nearest = steps(empty, held, attributes).argmin(axis=1)
        for cell, place in zip(empty, nearest, strict=True):
            mates = [c for pots in chosen if cell in pots for c in pots if c in sizes]
            host[cell] = host[mates[0] if mates else held[place]]
    return Grouping(host, row, tuple(chosen), tuple(tiny), tuple(folded))


def _fold(
    row: Mapping[Cell, Cell],
    sizes: Mapping[Cell, int],
    attributes: Sequence[Attribute],
    goes_on: Callable[[int, int], bool],
    *,
    to_largest: bool,
) -> tuple[dict[Cell, Cell], list[Cell]]:
    """Let the smallest row stand with the nearest for as long as ``goes_on(its customers, rows left)``.

    Rows are as far apart as their pots on average. Of equally near ones the largest takes it, where
    that is asked for, or else the smallest, so that the segments stay of like size.
    """
    cells = list(row)
    names = sorted(set(row.values()))
    of = np.array([names.index(row[cell]) for cell in cells], dtype=np.intp)
    member = (of[:, None] == np.arange(len(names))).astype(np.float64)
    pots = member.sum(axis=0)
    apart = member.T @ steps(cells, cells, attributes) @ member / np.outer(pots, pots)
    held = (member.T @ np.array([sizes[cell] for cell in cells], dtype=np.float64)).astype(np.int64)
    left, at, gone = list(range(len(names))), np.arange(len(names)), []
    while len(left) > 2:
        least = min(left, key=lambda i: (held[i], i))
        if not goes_on(int(held[least]), len(left)):
            break
        left.remove(least)
        target = min(left, key=lambda i: (round(apart[least, i], 9), -held[i] if to_largest else held[i], i))
        both = pots[target] + pots[least]
        apart[target] = apart[:, target] = (pots[target] * apart[target] + pots[least] * apart[least]) / both
        pots[target] = both
        held[target] += held[least]
        at[at == least] = target
        gone.append(names[least])
    return {cell: names[at[i]] for cell, i in zip(cells, of, strict=True)}, gone


def steps(cells: Sequence[Cell], others: Sequence[Cell], attributes: Sequence[Attribute]) -> npt.NDArray[np.int64]:
    """Return how many bands apart pots are; of a category, or without a value, any two bands are one step apart."""
    these, those = np.array(cells, dtype=np.int64)[:, None, :], np.array(others, dtype=np.int64)[None, :, :]
    counted = np.array([a.ordered for a in attributes]) & (these != NOT_KNOWN) & (those != NOT_KNOWN)
    return np.asarray(np.where(counted, np.abs(these - those), these != those).sum(axis=2), dtype=np.int64)
