"""What the rows of a file show of its columns, whatever they are called: what depends on what, and what stands only once.

All is counted on a stretch of rows that lie together in the file, so that the lines of an order are there side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

ENOUGH = 3
"""So many groups of several rows must there be before they say anything."""

HOLDS = 0.95
"""From this share of its groups on a dependence holds: files have errors."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Rows that share the values of some columns.

    Attributes
    ----------
    order : array of int, shape (n_rows,)
        Rows group by group, in the order of the file within each; rows without a value are left out.
    starts : array of int, shape (n_groups,)
        Where in ``order`` each group begins.
    """

    order: Codes
    starts: Codes

    @cached_property
    def sizes(self) -> Codes:
        """Rows of each group."""
        return np.diff(np.append(self.starts, len(self.order)))

    @property
    def several(self) -> int:
        """Number of groups with more than one row."""
        return int((self.sizes > 1).sum())

    def _counted(self, codes: Codes) -> tuple[Codes, npt.NDArray[np.bool_]]:
        """Return for each group the filled cells, and whether they differ."""
        if not len(self.starts):
            return np.empty(0, np.int64), np.empty(0, bool)
        mine = codes[self.order]
        filled = np.add.reduceat((mine >= 0).astype(np.int64), self.starts)
        high = np.maximum.reduceat(mine, self.starts)
        low = np.minimum.reduceat(np.where(mine >= 0, mine, np.iinfo(np.int64).max), self.starts)
        return filled, (filled > 1) & (low != high)

    def one_value(self, codes: Codes) -> tuple[int, int]:
        """Return how many groups have the column filled in several rows, and in how many of them it has one value."""
        filled, differs = self._counted(codes)
        several = filled > 1
        return int(several.sum()), int((several & ~differs).sum())

    def first_only(self, codes: Codes) -> tuple[int, int]:
        """Return in how many groups of several rows a column is filled in the first alone, and in how many further down."""
        if not len(self.starts):
            return 0, 0
        mine = codes[self.order] >= 0
        first = mine[self.starts]
        filled = np.add.reduceat(mine.astype(np.int64), self.starts)
        several = self.sizes > 1
        return int((several & first & (filled == 1)).sum()), int((several & (filled > first)).sum())


@dataclass(frozen=True, eq=False)
class Structure:
    """A stretch of a file's rows, column by column.

    Attributes
    ----------
    codes : mapping of str to array of int, shape (n_rows,)
        For each column a number for each different text; -1 where the cell stands for nothing.
    numbers : mapping of str to array of float, shape (n_rows,)
        The columns of numbers; nan where a cell is none.
    days : mapping of str to array of int, shape (n_rows,)
        The columns of dates as a number for each day; -1 where there is none.
    """

    codes: Mapping[str, Codes]
    numbers: Mapping[str, Numbers]
    days: Mapping[str, Codes]
    _groups: dict[tuple[str, ...], Groups] = field(default_factory=dict, repr=False)

    @property
    def rows(self) -> int:
        """Number of rows looked at."""
        return len(next(iter(self.codes.values()), ()))

    def of(self, name: str) -> Codes:
        """Return the codes of a column: of its days where it holds dates."""
        return self.days[name] if name in self.days else self.codes[name]

    def groups(self, *names: str) -> Groups:
        """Return the rows that share the values of some columns."""
        if names not in self._groups:
            key = self.of(names[0])
            for name in names[1:]:
                other = self.of(name)
                key = np.where((key < 0) | (other < 0), -1, key * (other.max(initial=0) + 1) + other)
                key = np.where(key < 0, -1, np.unique(key, return_inverse=True)[1])
            order = np.argsort(key, kind="stable")
            order = order[np.searchsorted(key[order], 0) :]
            begins = np.flatnonzero(np.diff(key[order], prepend=-1) != 0)
            self._groups[names] = Groups(order, begins)
        return self._groups[names]

    def depends(self, column: str, *on: str) -> float | None:
        """Return the share of groups of several rows with the same ``on`` in which a column has one value; None for too few."""
        several, one = self.groups(*on).one_value(self.of(column))
        return one / several if several >= ENOUGH else None

    def holds(self, column: str, *on: str) -> bool | None:
        """Tell whether a column depends on others; None where too few rows say anything of it."""
        share = self.depends(column, *on)
        return None if share is None else share >= HOLDS

    def same_parts(self, one: str, other: str) -> bool:
        """Tell whether two columns tell the same things apart, as a customer's number and name do."""
        here, there = self.codes[one], self.codes[other]
        both = (here >= 0) & (there >= 0)
        if not both.any():
            return False
        pairs = len(np.unique(here[both] * (there.max(initial=0) + 1) + there[both]))
        parts = (len(np.unique(here[both])), len(np.unique(there[both])))
        return pairs <= 1.02 * min(parts)

    def heads(self, order: str) -> tuple[str, ...]:
        """Return the columns that stand in the first line of an order alone and hold for the whole of it.

        There are any only where at least one column shows it clearly: filled in the first of several lines, in most orders.
        """
        groups = self.groups(order)
        if groups.several < ENOUGH:
            return ()
        found = {name: groups.first_only(codes) for name, codes in self.codes.items() if name != order}
        clear = any(first >= 0.8 * groups.several and not later for first, later in found.values())
        return tuple(name for name, (first, later) in found.items() if clear and first and later <= 0.02 * first)

    def level(self, column: str, *order: str) -> str:
        """Return of what the cells of a column speak: "row", "order" (repeated in each line), or "head" (in its first line)."""
        if not order or any(name not in self.codes for name in (column, *order)):
            return "row"
        if column in self.heads(order[0]):
            return "head"
        codes = self.codes[column]
        constant = len(np.unique(codes[codes >= 0])) <= 1
        share = self.depends(column, *order)
        return "order" if share is not None and share >= 0.98 and not constant else "row"

    def share(self, column: str, value_over: float) -> float:
        """Return the share of a column's numbers that are above a value."""
        numbers = self.numbers[column]
        known = numbers[~np.isnan(numbers)]
        return float((known > value_over).mean()) if len(known) else 0.0


def agree(one: Numbers, other: Numbers, *, slack: float = 0.0, least: int = 10) -> float:
    """Return the share of rows in which two columns of numbers are equal to the cent, or within a share ``slack`` of them.

    Rows in which either is missing, or both are zero, say nothing; with fewer than ``least`` that do, the share is 0.
    """
    known = ~np.isnan(one) & ~np.isnan(other) & ((one != 0) | (other != 0))
    if known.sum() < min(least, max(3, len(one) // 4)):
        return 0.0
    a, b = one[known], other[known]
    return float((np.abs(a - b) <= 0.011 + slack * np.abs(b)).mean())


def sums(numbers: Numbers, groups: Groups) -> Numbers:
    """Return the sum of a column in each group; missing cells count as nothing."""
    return np.add.reduceat(np.nan_to_num(numbers)[groups.order], groups.starts) if len(groups.starts) else np.empty(0)


def firsts(numbers: Numbers, groups: Groups) -> Numbers:
    """Return the first filled number of a column in each group; nan where there is none."""
    if not len(groups.starts):
        return np.empty(0)
    mine = numbers[groups.order]
    places = np.where(np.isnan(mine), len(mine), np.arange(len(mine)))
    at = np.minimum.reduceat(places, groups.starts)
    ends = np.append(groups.starts[1:], len(mine))
    return np.where(at < ends, np.append(mine, np.nan)[np.minimum(at, len(mine))], np.nan)


def coded(texts: "Sequence[str | None] | npt.NDArray[np.generic]") -> Codes:
    """Return a number for each different text, -1 for none."""
    import pandas as pd

    codes, _ = pd.factorize(np.asarray(texts, dtype=object))
    return np.asarray(codes, dtype=np.int64)
