"""The same segments at other numbers of segments: which one each comes from, and how much of it stays together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.special import entr

from segkit.core.criteria.evidence.agreement import cross_table
from segkit.core.criteria.naming import LONGEST, unique
from segkit.words.numbers import number

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.integer]

WHOLE = 0.8
"""Segment level stability across solutions from which a segment counts as coming nearly whole from one."""


@dataclass(frozen=True, eq=False)
class Lineage:
    """Solutions of one to k segments, tied together.

    Attributes
    ----------
    segments : pandas.DataFrame
        Index ``k``, ``segment`` (0 to k − 1); columns ``line`` (the number under which a segment goes on through all k: going
        up, each number of segments adds one line), ``share`` (of customers), ``within`` (how well it is found again at this
        k, 0 to 1: see `segkit.core.criteria.evidence.resampling.Resamples`), ``across`` (0 to 1: 1 where all its customers
        come from one segment of the solution before, 0 where they come from all in equal parts). NaN at k = 1.
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
    lines: Labels = np.zeros(1, dtype=np.intp)
    rows = []
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


@dataclass(frozen=True, eq=False)
class Lines:
    """A lineage in the words of the segmentation that was chosen.

    Attributes
    ----------
    lineage : Lineage
        All solutions.
    k : int
        The number of segments chosen.
    names : tuple of str
        For each line its name: that of its segment among the chosen ones; a line that begins later is called after the segment
        that it splits off.
    places : tuple of int
        For each line its place in the order in which the chosen segments are shown; later lines follow.
    order : tuple of int
        The lines from top to bottom: each begins below the one that it splits off, which keeps crossings few.
    """

    lineage: Lineage
    k: int
    names: tuple[str, ...]
    places: tuple[int, ...]
    order: tuple[int, ...]

    @property
    def chosen(self) -> pd.DataFrame:
        """The chosen segments as shown: ``name``, ``share``, ``within``, ``across``, ``line``, ``since`` (its first k)."""
        table = self.lineage.segments.loc[self.k].copy()
        table["name"] = [self.names[line] for line in table["line"]]
        table["since"] = np.maximum(table["line"] + 1, 2)
        return table.iloc[np.argsort([self.places[line] for line in table["line"]])]


@dataclass(frozen=True)
class Glance:
    """The segments of one number of segments in a few words: what a preview needs.

    ``names`` and ``shares`` (of customers, 0 to 1) in the order shown; ``named`` is False where the segments have no names of
    their own yet.
    """

    k: int
    names: tuple[str, ...]
    shares: tuple[float, ...]
    named: bool


def glance(found: Lineage, k: int, lines: Lines | None = None) -> Glance:
    """Return the segments of a solution as far as they are known without computing anything.

    Parameters
    ----------
    found : Lineage
        All solutions.
    k : int
        A number of segments among them.
    lines : Lines, optional
        The names of the lines, where they have been given; without them, or with those of another lineage, the segments are
        numbered by their size.
    """
    table = found.segments.loc[k]
    if lines is not None and lines.lineage is found:
        table = table.iloc[np.argsort([lines.places[line] for line in table["line"]])]
        names = [lines.names[line] for line in table["line"]]
        return Glance(k, tuple(names), tuple(map(float, table["share"])), named=True)
    shares = sorted(map(float, table["share"]), reverse=True)
    return Glance(k, tuple(f"Segment {place}" for place in range(1, k + 1)), tuple(shares), named=False)


def in_words(found: Lineage, k: int, labels: Labels, segments: Labels, names: Sequence[str]) -> Lines:
    """Give the lines the names of the segments chosen.

    Parameters
    ----------
    found : Lineage
        All solutions.
    k : int
        The number of segments chosen.
    labels, segments : numpy.ndarray
        Each customer's segment in the solution of k segments, and its place among the chosen segments.
    names : sequence of str
        Names of the chosen segments in the order shown.
    """
    flat = np.bincount(labels.astype(np.intp) * len(names) + segments, minlength=k * len(names))
    mine, shown = linear_sum_assignment(flat.reshape(k, len(names)), maximize=True)
    table, last = found.segments, max(found.segments.index.get_level_values("k"))
    place = {int(table.loc[(k, s), "line"]): int(p) for s, p in zip(mine, shown, strict=True)}
    called = {line: names[p] for line, p in place.items()}
    root = called.copy()
    for s in set(range(k)) - set(map(int, mine)):  # a handful of customers, who stand with another segment
        line = int(table.loc[(k, s), "line"])
        root[line] = names[int(flat.reshape(k, len(names))[s].argmax())]
        called[line], place[line] = f"a few, with “{root[line]}”", len(names) + line
    order = [0]
    for now in range(2, last + 1):
        line = now - 1
        before = table.loc[now - 1, "line"].to_numpy()
        new = int(np.flatnonzero(table.loc[now, "line"].to_numpy() == line)[0])
        parent = int(before[int(found.flows[now][:, new].argmax())])
        order.insert(order.index(parent) + 1, line)
        # up to the chosen number every line is one of the chosen segments
        root.setdefault(line, root[parent])
        called.setdefault(line, f"split off “{root[line]}”")
        place.setdefault(line, len(names) + line)
    ranked = sorted(place.values())
    told = unique([called[line] for line in range(last)], LONGEST + 12)
    return Lines(found, k, tuple(told), tuple(ranked.index(place[line]) for line in range(last)), tuple(order))


def sentence(lines: Lines) -> str:
    """Read the lineage in two or three sentences."""
    chosen = lines.chosen
    whole = int((chosen["across"] >= WHOLE).sum())
    said = ["Read from left to right."]
    if lines.k > 2:
        said.append(
            f"Of the {lines.k} segments chosen, {whole or 'none'} {'comes' if whole == 1 else 'come'} almost entirely from one "
            f"segment of the {lines.k - 1} before."
        )
    mixed = chosen.loc[chosen["across"].idxmin()]
    if mixed["across"] < WHOLE:
        said.append(f"The most mixed is “{mixed['name']}” ({number(mixed['across'], 2)}; 1 = whole, 0 = evenly mixed).")
    last = max(lines.lineage.flows)
    kept = {line: _kept(lines.lineage, line) for line in chosen["line"] if max(line + 1, 2) < last}
    best = max(kept, key=lambda line: kept[line], default=None)
    if best is not None and kept[best] >= WHOLE:
        said.append(
            f"“{lines.names[best]}” is nearly the same group of customers at every number from {max(best + 1, 2)} to {last}: "
            "the most certain of all."
        )
    elif best is not None:
        said.append("No segment stays the same at every number of segments: where the lines run is a matter of choice.")
    return " ".join(said)


def _kept(found: Lineage, line: int) -> float:
    """Return how much of a line stays the same from one number of segments to the next, at worst: common ÷ in either."""
    worst = 1.0
    for k in range(max(line + 1, 2) + 1, max(found.flows) + 1):
        before = int(np.flatnonzero(found.segments.loc[k - 1, "line"].to_numpy() == line)[0])
        now = int(np.flatnonzero(found.segments.loc[k, "line"].to_numpy() == line)[0])
        flow = found.flows[k]
        both = flow[before, now]
        worst = min(worst, float(both / (flow[before].sum() + flow[:, now].sum() - both)))
    return worst
