"""The same segments at other numbers of segments: which one each comes from, and how much of it stays together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.special import entr

from segkit.core.agreement import cross_table

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Lineage:
    """Solutions of one to k segments, tied together.

    Attributes
    ----------
    segments : pandas.DataFrame
        Index ``k``, ``segment`` (0 to k − 1); columns ``line`` (the number under which a segment goes on through all k: going
        up, each number of segments adds one line), ``share`` (of customers), ``within`` (how well it is found again at this
        k, 0 to 1: see `segkit.core.resampling.Resamples`), ``across`` (0 to 1: 1 where all its customers come from one
        segment of the solution before, 0 where they come from all in equal parts). NaN at k = 1.
    flows : Mapping[int, numpy.ndarray]
        For each k from 2 the customers by segment at the number before (rows) and at k (columns).
    """

    segments: pd.DataFrame
    flows: Mapping[int, Doubles]


def lineage(labels: Mapping[int, Labels], counts: Doubles, within: Mapping[int, Doubles]) -> Lineage:
    """Tie solutions together: segments that share most customers are the same line (assignment after Kuhn 1955).

    Parameters
    ----------
    labels : Mapping[int, numpy.ndarray]
        For k = 1, 2, … without a gap the segment, 0 to k − 1, of each row.
    counts : numpy.ndarray
        Customers behind each row.
    within : Mapping[int, numpy.ndarray]
        For each k from 2 how well each segment is found again.
    """
    flows: dict[int, Doubles] = {}
    rows, lines = [], np.zeros(1, dtype=np.intp)
    for k in sorted(labels):
        across = np.full(k, np.nan)
        if k > 1:
            flows[k] = _crossed(labels[k - 1], labels[k], counts, k)
            across = stays_together(flows[k])
            lines = _carried_on(lines, flows[k])
        shares = np.bincount(labels[k], counts, minlength=k) / counts.sum()
        again = within.get(k, np.full(k, np.nan))
        rows += [(k, s, int(lines[s]), float(shares[s]), float(again[s]), float(across[s])) for s in range(k)]
    table = pd.DataFrame(rows, columns=["k", "segment", "line", "share", "within", "across"]).set_index(["k", "segment"])
    return Lineage(table, flows)


def stays_together(flow: Doubles) -> Doubles:
    """Return the segment level stability across solutions of each column (Dolnicar and Leisch 2017).

    It is 1 − H ÷ log(number of parents), H being the entropy of the shares in which a segment's customers come from the
    segments of the solution before; 1 where there is one parent only.

    Parameters
    ----------
    flow : numpy.ndarray
        Customers by segment of the solution before (rows) and by segment (columns).
    """
    parents = len(flow)
    totals = flow.sum(axis=0)
    shares = np.divide(flow, totals, out=np.zeros_like(flow), where=totals > 0)
    if parents == 1:
        return np.ones(flow.shape[1])
    return np.asarray(np.clip(1 - entr(shares).sum(axis=0) / np.log(parents), 0, 1))


def _crossed(before: Labels, now: Labels, counts: Doubles, k: int) -> Doubles:
    table = np.zeros((k - 1, k))
    found = cross_table(before, now, counts)
    table[: found.shape[0], : found.shape[1]] = found
    return table


def _carried_on(lines: Labels, flow: Doubles) -> Labels:
    """Return the line of each segment: that of the parent with whom it shares most, the one left over begins a new line."""
    parents, children = linear_sum_assignment(flow, maximize=True)
    carried = np.full(flow.shape[1], len(lines), dtype=np.intp)
    carried[children] = lines[parents]
    return carried
