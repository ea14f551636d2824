"""Rows that are no line of an order: the sum of its other rows, or what is taken off it."""

import numpy as np
import numpy.typing as npt

from segkit.core.data.roles.structure import Groups, Numbers, Structure, agree, firsts, sums

MOST_ORDERS = 0.9
"""In this share of the orders of several rows one row must be the sum of the others."""

ENOUGH = 5
"""So many orders must show it."""

ENOUGH_OF_THREE = 3
"""So many orders of three rows or more must be among them."""

_A_CENT = 0.011

Bools = npt.NDArray[np.bool_]


def sum_rows(structure: Structure, order: str, amount: str) -> tuple[str, int] | None:
    """Find the column that marks the rows of sums, and the first row that it marks; None where there are none.

    Parameters
    ----------
    structure : Structure
        What the rows show.
    order : str
        The column with the number of the order.
    amount : str
        The column with the money of a row.

    Returns
    -------
    (str, int) or None
        The rows that have in this column what this row has are sums: once in each order, whatever its other rows hold.
    """
    groups, numbers = structure.groups(order), structure.numbers[amount]
    several = groups.sizes > 1
    if several.sum() < ENOUGH:
        return None
    row_is_sum = _are_sums(groups, np.nan_to_num(numbers))
    if _in_groups(groups, row_is_sum)[several].astype(bool).mean() < MOST_ORDERS:
        return None
    if _is_stated(structure, groups, order, amount):
        return None
    rows = groups.order
    of_three = np.repeat(groups.sizes > 2, groups.sizes)  # of two rows either is the sum of the other where a total is repeated
    if _in_groups(groups, row_is_sum & of_three).astype(bool).sum() < ENOUGH_OF_THREE:
        return None
    for name, codes in structure.codes.items():
        if name in (order, amount) or name in structure.days:
            continue
        found, times = np.unique(codes[rows[row_is_sum]], return_counts=True)
        for code in found[times >= MOST_ORDERS**2 * several.sum()]:  # rarer ones cannot mark the sums of most orders
            marked = codes[rows] == code
            once = _in_groups(groups, marked)[several] == 1
            if once.mean() >= MOST_ORDERS and row_is_sum[marked].mean() >= MOST_ORDERS and marked.mean() < MOST_ORDERS:
                return name, int(rows[marked][0])
    return None


def _is_stated(structure: Structure, groups: Groups, order: str, amount: str) -> bool:
    """Tell whether the file states the sum of all rows of an order as its total: then all of them are lines."""
    whole = sums(structure.numbers[amount], groups)
    stated = [name for name in structure.numbers if name != amount and structure.level(name, order) != "row"]
    return any(agree(firsts(structure.numbers[name], groups), whole, least=ENOUGH) >= MOST_ORDERS for name in stated)


def rows_taken_off(structure: Structure, order: str, amount: str) -> tuple[str, tuple[int, ...]] | None:
    """Find the column that marks the lines which take money off their order, as discounts do, and a row of each such value.

    What came back has been sold before: its article stands in lines of positive money too. A discount never does.

    Parameters
    ----------
    structure, order, amount
        As ``sum_rows`` has them.

    Returns
    -------
    (str, tuple of int) or None
        A column, and for each of its values that marks such lines one row that has it.
    """
    groups, numbers = structure.groups(order), np.nan_to_num(structure.numbers[amount])
    rows = groups.order
    mine = numbers[rows]
    beside = np.repeat(np.add.reduceat((mine > 0).astype(np.int64), groups.starts) > 0, groups.sizes) if len(rows) else mine > 0
    off = (mine < 0) & beside
    if off.sum() < ENOUGH or off.sum() > 0.5 * len(rows):
        return None
    for name, codes in structure.codes.items():
        if name in (order, amount) or name in structure.days or name in structure.numbers:
            continue
        here = codes[rows]
        never_sold = [code for code in np.setdiff1d(here[off], here[~off]) if code >= 0]
        if 0 < len(never_sold) <= _MOST_KINDS and np.isin(here[off], never_sold).mean() >= MOST_ORDERS:
            return name, tuple(int(rows[here == code][0]) for code in never_sold)
    return None


_MOST_KINDS = 10
"""So many kinds of discounts a file has at most."""


def _are_sums(groups: Groups, numbers: Numbers) -> Bools:
    """Tell of each row, group by group, whether it is the sum of the other rows of its group."""
    mine = numbers[groups.order]
    total = np.repeat(np.add.reduceat(mine, groups.starts), groups.sizes)
    return np.asarray(
        (np.abs(2 * mine - total) <= _A_CENT) & (np.abs(mine) > _A_CENT) & (np.repeat(groups.sizes, groups.sizes) > 1)
    )


def _in_groups(groups: Groups, marked: Bools) -> npt.NDArray[np.int64]:
    """Count the marked rows of each group."""
    return np.add.reduceat(marked.astype(np.int64), groups.starts)
