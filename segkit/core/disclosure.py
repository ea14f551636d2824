"""What figures of a group of customers may be shown: one place decides, for every table, picture, sentence and file.

Three things give somebody away: a group so small that its figures are those of single customers; a group in which one
customer is so large that its money is nearly his; and a total from which all parts but one are known, since the last part is
then known as well. The rules are those of statistical offices (A. Hundepool et al., Statistical Disclosure Control, 2012,
chapter 4): a least number, the p % rule, and secondary suppression.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.words.numbers import count, percent
from segkit.words.terms import SMALL_GROUP

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

GIVES_AWAY = 0.1
"""The second largest customer of a group must not be able to work out the largest one's money closer than this, as a share."""

ROUGHLY = 10 * SMALL_GROUP
"""Customers of whom a tenth are no handful, so that a share may be told roughly."""

WITHHELD = f"A dash hides a figure, so that no group of fewer than {SMALL_GROUP} customers can be worked out."
"""What stands beside a table or picture of which some cells are withheld."""


class Told(pd.DataFrame):  # type: ignore[misc]  # pandas states no types
    """A table of groups of customers that may be shown: `told` makes it, and no table of segments is shown that is no such.

    What is chosen or worked out from it is one as well.
    """

    @property
    def _constructor(self) -> type["Told"]:
        return Told


def told(table: pd.DataFrame, *hidden: tuple[npt.ArrayLike, Sequence[str]]) -> Told:
    """Return a table of groups as it may be shown.

    Parameters
    ----------
    table : pandas.DataFrame
        One row for each group, or for each group and something.
    *hidden : tuple of array-like of bool and sequence of str
        Rows to be withheld, and the columns in which they become NaN.
    """
    shown = table.copy()
    for rows, columns in hidden:
        for column in columns:
            if np.any(rows):
                shown[column] = shown[column].astype(np.float64).mask(np.asarray(rows, dtype=bool))
    return Told(shown)


def how_many(some: int, of: int) -> str:
    """Say how many customers of a group, without counting a handful of them, nor a handful of others.

    Examples
    --------
    >>> [how_many(some, 100) for some in (0, 4, 5, 95, 96, 100)]
    ['none', 'hardly any', '5 %', '95 %', 'nearly all', 'all']
    >>> how_many(4, 9)
    'some'
    """
    if some in (0, of):
        return "all" if some else "none"
    if min(some, of - some) < SMALL_GROUP:
        if of < 4 * SMALL_GROUP:  # a handful of so few may be half of them
            return "some"
        return "hardly any" if some < of - some else "nearly all"
    return percent(some / of)


def counted(some: int, noun: str = "") -> str:
    """Count customers, a handful of them only as such: ``fewer than 5 customers``."""
    return count(some, noun) if some == 0 or some >= SMALL_GROUP else f"fewer than {count(SMALL_GROUP, noun)}"


def of_whom(some: npt.ArrayLike, of: npt.ArrayLike) -> Flags:
    """Return of which groups it must not be shown how many of them it is: who it is and who it is not are groups, too.

    Parameters
    ----------
    some, of : array-like of int, shape (groups,)
        How many, and of how many.
    """
    part, whole = np.asarray(some, dtype=np.int64), np.asarray(of, dtype=np.int64)
    return (whole < SMALL_GROUP) | withheld_table(np.column_stack([part, whole - part]))[:, 0]


def shares_said(some: npt.ArrayLike, of: npt.ArrayLike) -> list[str | None]:
    """Say which share of each group it is.

    Words stand for figures withheld by `of_whom`: ``nearly all`` above nine in ten, ``hardly any`` below one in ten, in
    groups of `ROUGHLY` or more, where a tenth is no handful; else nothing. Figures that only protect another get them, too,
    so that they tell no more than that.

    Parameters
    ----------
    some, of : array-like of int, shape (groups,)
        How many, and of how many.

    Returns
    -------
    list of str or None
        A percentage, words, or None.

    Examples
    --------
    >>> shares_said([30, 99, 3, 4], [60, 100, 400, 12])
    ['50 %', 'nearly all', 'hardly any', None]
    """
    part, whole = np.asarray(some, dtype=np.int64), np.asarray(of, dtype=np.int64)
    each = zip(part.tolist(), whole.tolist(), of_whom(part, whole), strict=True)
    return [_roughly(k, n) if hides else percent(k / n) for k, n, hides in each]


def _roughly(some: int, of: int) -> str | None:
    if of < ROUGHLY or 0.1 <= some / of <= 0.9:
        return None
    return "hardly any" if some < of / 2 else "nearly all"


def gives_away(money: npt.ArrayLike) -> bool:
    """Tell whether the money of a group is nearly that of one customer (the p % rule).

    Parameters
    ----------
    money : array-like of float
        What each customer of the group brings; missing values and returns beyond purchases count as nothing.

    Examples
    --------
    >>> gives_away([900, 20, 20, 20, 20]), gives_away([500, 120, 90, 60, 30])
    (True, False)
    """
    known = np.sort(np.clip(np.nan_to_num(np.asarray(money, dtype=np.float64)), 0, None))[::-1]
    if not len(known) or known[0] <= 0:
        return False
    return bool(known[2:].sum() < GIVES_AWAY * known[0])


def dominated(money: npt.ArrayLike, group: npt.ArrayLike, groups: int) -> Flags:
    """Tell for each group (numbered from 0) whether its money gives one customer away."""
    amounts, of = np.asarray(money, dtype=np.float64), np.asarray(group)
    return np.array([gives_away(amounts[of == one]) for one in range(groups)], dtype=bool)


def withheld(customers: npt.ArrayLike, totals: Sequence[npt.ArrayLike], also: npt.ArrayLike | None = None) -> Flags:
    """Return which of some cells must not be shown, so that no group under five customers can be worked out.

    Parameters
    ----------
    customers : array-like of int, shape (cells,)
        Customers of each cell. Cells of one to four are withheld; empty ones are no secret.
    totals : sequence of array-like of int
        Which cells add up to something that is known elsewhere: their places, one sequence for each known total.
    also : array-like of bool, shape (cells,), optional
        Cells withheld for another reason, such as one customer who has nearly all the money.

    Returns
    -------
    numpy.ndarray of bool, shape (cells,)
        Where somebody withheld stands in a total, at least two cells of it are withheld, together of five customers or more,
        and none follows from the totals by addition and subtraction.
    """
    counts = np.asarray(customers, dtype=np.int64).ravel()
    hidden = (counts > 0) & (counts < SMALL_GROUP)
    if also is not None:
        hidden |= np.asarray(also, dtype=bool).ravel()
    sums = np.zeros((len(totals), len(counts)), dtype=bool)
    for row, places in enumerate(totals):
        sums[row, np.asarray(places, dtype=np.intp)] = True
    sums = sums[sums @ counts >= SMALL_GROUP]  # a smaller total is itself not shown anywhere
    while (more := _one_more(counts, hidden, sums)) is not None:
        hidden[more] = True
    return hidden


def _one_more(counts: npt.NDArray[np.int64], hidden: Flags, sums: Flags) -> int | None:
    """Return a cell that protects one that could still be worked out; None where none could."""
    inside, held = sums & hidden, counts > 0
    alone, few = inside.sum(axis=1) == 1, inside.any(axis=1) & ((inside * counts).sum(axis=1) < SMALL_GROUP)
    # an empty cell protects another, but makes no few more
    open_ = (alone & (sums & ~hidden).any(axis=1)) | (few & (sums & ~hidden & held).any(axis=1))
    if not open_.any():
        told = np.zeros(len(counts), dtype=bool)
        told[_told(hidden, sums)] = True
        more = (sums & ~hidden).any(axis=1)
        open_ = (sums & told).any(axis=1) & more
        if not open_.any():  # all of its own totals is hidden: others that are tied to them
            open_ = inside.any(axis=1) & more & told.any()
        if not open_.any():
            return None
    # the cell that helps in most totals, and of these the smallest that holds anybody
    helps = sums[open_].sum(axis=0)
    return int(min(np.flatnonzero((helps > 0) & ~hidden), key=lambda i: (-helps[i], counts[i] == 0, counts[i], i)))


def _told(hidden: Flags, sums: Flags) -> list[int]:
    """Return the withheld cells that the known totals determine: whose own row follows from the totals' rows."""
    places = np.flatnonzero(hidden)
    known = sums[:, places][sums[:, places].any(axis=1)].astype(np.float64)
    if not len(known):
        return []
    basis = np.linalg.svd(known, full_matrices=False)
    span = basis.Vh[basis.S > 1e-9]
    # a cell is determined where the totals' rows hold its unit vector: the projection leaves it as it is
    return [int(places[i]) for i in np.flatnonzero((span**2).sum(axis=0) > 1 - 1e-9)]


def withheld_table(counts: npt.ArrayLike, also: npt.ArrayLike | None = None) -> Flags:
    """Return which cells of a table of customers with known totals of rows and columns must not be shown.

    Parameters
    ----------
    counts : array-like of int, shape (rows, columns)
        Customers.
    also : array-like of bool, shape (rows, columns), optional
        Cells withheld for another reason.

    Examples
    --------
    >>> withheld_table([[3, 20, 30], [40, 50, 60]]).astype(int)
    array([[1, 1, 0],
           [1, 1, 0]])
    """
    table = np.asarray(counts)
    places = np.arange(table.size).reshape(table.shape)
    return withheld(table, [*places, *places.T], also).reshape(table.shape)
