"""Segments found in the data by k-means, named by what stands out in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core import k_means, many
from segkit.core.naming import names, phrases
from segkit.core.preparation import Column, Preparation, prepare
from segkit.core.wording import capital, counted, described, listed, number, percent, quantity
from segkit.errors import CriteriaError

Doubles = npt.NDArray[np.float64]

SAMPLE = 20_000
"""Above so many customers the starts run on a seeded sample, and the best is then refined on all."""

REST = 1e-4
"""For many customers centres rest when their squared moves add up to less than this share of the mean variance."""

NEAR_BORDER = 0.15
"""A customer whose own centre is less than this share nearer than the next one stands near the border."""


MIDDLE = "Each segment is described by its middle on the scale compared; where a few customers spend much, the mean is higher."


@dataclass(frozen=True)
class Labels:
    """What people call a variable: its label and unit; shares are told apart because high means "mostly"."""

    label: str
    unit: str = ""

    @property
    def share(self) -> bool:
        """Whether the variable is a share from 0 to 1."""
        return self.unit in {"share", "%"}


@dataclass(frozen=True, eq=False)
class FoundRule:
    """Centres of shape (segments, columns) in the prepared matrix, in the order of the segments."""

    preparation: Preparation
    centres: Doubles
    names: tuple[str, ...]
    labels: Mapping[str, Labels]
    currency: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """Segmentation variables."""
        return tuple(dict.fromkeys(column.variable for column in self.preparation.columns))

    @property
    def ids(self) -> tuple[str, ...]:
        """Identifiers of the segments."""
        return tuple(f"s{i + 1}" for i in range(len(self.centres)))

    def assign(self, frame: pd.DataFrame) -> pd.Series:
        """Put customers into the segment with the nearest centre, scaling as it is."""
        if not len(frame):
            return pd.Series([], index=frame.index, dtype=str)
        found = k_means.nearest(self.preparation.matrix(frame), self.centres)
        return pd.Series(np.array(self.ids, dtype=object)[found], index=frame.index).astype(str)

    def segments(self) -> pd.DataFrame:
        """Return name and rule of each segment."""
        rows = {s: (name, self._rule(centre)) for s, name, centre in zip(self.ids, self.names, self.centres, strict=True)}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["segment_name", "rule"])

    def _rule(self, centre: Doubles) -> str:
        parts = [self._typical(column, float(value)) for column, value in zip(self.preparation.columns, centre, strict=True)]
        more = f" and {len(parts) - 6} more" if len(parts) > 6 else ""
        return f"Customers nearest to this one: {', '.join(parts[:6])}{more}."

    def _typical(self, column: Column, value: float) -> str:
        labels = self.labels[column.variable]
        name = labels.label[:1].lower() + labels.label[1:]
        if column.level is not None:
            return f"{name} {column.level} in {percent(min(max(column.back(value), 0), 1))}"
        return described(name, column.back(value), labels.unit, self.currency)

    def settings(self) -> dict[str, Any]:
        """Return centres and scaling as plain values."""
        return {
            "centres": {s: [float(v) for v in centre] for s, centre in zip(self.ids, self.centres, strict=True)},
            "columns": [dict(column) for column in self.preparation.settings()],
            "notes": [MIDDLE, *self.preparation.notes],
        }

    def why(self, row: pd.DataFrame) -> str:
        """Say why one customer (a frame of one row) is where it is, and how near the border."""
        point = self.preparation.matrix(row)[0]
        away = np.sqrt(((self.centres - point) ** 2).sum(axis=1))
        own, second = np.argsort(away, kind="stable")[:2]
        margin = 1 - away[own] / away[second] if away[second] > 0 else 0.0
        place = "near the border with" if margin < NEAR_BORDER else "clearly nearer than to"
        text = (
            f"Of all typical customers, that of “{self.names[own]}” is the nearest (distance {number(float(away[own]))}), "
            f"{place} “{self.names[second]}” ({number(float(away[second]))})."
        )
        return f"{text} {capital(self._differs(row, point, own, second))}"

    def _differs(self, row: pd.DataFrame, point: Doubles, own: int, second: int) -> str:
        gain = (point - self.centres[second]) ** 2 - (point - self.centres[own]) ** 2
        column = self.preparation.columns[int(np.argmax(gain))]
        labels = self.labels[column.variable]
        value = row[column.variable].iloc[0]
        if pd.isna(value):
            shown = "not known (taken as the middle)"
        else:
            shown = str(value) if column.level is not None else quantity(float(value), labels.unit, self.currency)
        return f"what speaks most for it: {labels.label} is {shown}."


def fit_found(
    frame: pd.DataFrame,
    variables: tuple[str, ...],
    k: int,
    *,
    log_skewed: bool = True,
    seed: int = 0,
    labels: Mapping[str, Labels] | None = None,
    value: pd.Series | None = None,
    currency: str = "",
) -> FoundRule:
    """Find k segments by k-means.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer.
    variables : tuple of str
        Segmentation variables.
    k : int
        Number of segments.
    log_skewed : bool, default True
        Compare long-tailed numbers by their logarithm.
    seed : int, default 0
        Seed of the draws.
    labels : Mapping[str, Labels], optional
        Label and unit of each variable for people.
    value : pandas.Series, optional
        Money of each customer; segments are ordered by their total, else by their size.
    currency : str, optional
        Printed behind money.

    Raises
    ------
    CriteriaError
        If there are fewer different customers than segments, or a variable cannot be used.
    """
    told = {v: (labels or {}).get(v, Labels(v.replace("_", " "))) for v in variables}
    preparation = prepare(frame, variables, log_skewed=log_skewed, labels={v: one.label for v, one in told.items()})
    matrix = preparation.matrix(frame)
    rows = k_means.distinct_rows(matrix)
    if len(rows.points) < k:
        raise CriteriaError(
            f"There are only {counted(len(rows.points), 'different customer')} by "
            f"{listed([one.label for one in told.values()])}, too few for {k} segments.",
            "Choose fewer segments, or more variables.",
        )
    centres = solve(rows, k, seed=seed).centres
    label = k_means.nearest(rows.points, centres)[rows.of_customer]
    # a centre nearest to nobody is no segment
    filled = [j for j in range(k) if (label == j).any()]
    worth = np.ones(len(frame)) if value is None else np.nan_to_num(value.to_numpy(dtype=np.float64, na_value=0.0))
    order = sorted(filled, key=lambda j: (-float(worth[label == j].sum()), tuple(centres[j])))
    ordered = centres[order]
    means = np.stack([matrix[label == j].mean(axis=0) for j in order])
    spread = matrix.std(axis=0)
    words = [phrases(c.variable, told[c.variable].label, c.level, told[c.variable].share) for c in preparation.columns]
    made = names((means - matrix.mean(axis=0)) / np.where(spread > 0, spread, 1), words)
    return FoundRule(preparation, ordered, tuple(made), told, currency)


def solve(rows: k_means.Rows, k: int, *, seed: int) -> k_means.Solution:
    """Find the best of many starts; for many customers on a seeded sample, then refined on all.

    Where most customers have a twin, as in yes/no surveys, the best of three searches is taken, each polished.
    """
    rng = np.random.default_rng([seed, k])
    n = len(rows.points)
    if n <= SAMPLE:
        starts = 100 if n * k <= 20_000 else 50 if n * k <= 60_000 else 20
        if 2 * n > rows.counts.sum():
            return k_means.fit(rows.points, rows.counts, k, starts=starts, rng=rng)
        tries = [k_means.fit(rows.points, rows.counts, k, starts=starts, rng=rng) for _ in range(3)]
        return min((k_means.polish(rows.points, rows.counts, one) for one in tries), key=lambda one: one.inertia)
    everyone = many.many(rows)
    drawn = np.repeat(np.arange(n), rng.multinomial(SAMPLE, rows.counts / rows.counts.sum()))
    whole = many.sample(everyone, rows.counts.astype(np.intp), drawn)
    centres = many.fit(whole, k, starts=20, finalists=5, screen=0, rest=0.0, rng=rng)
    return k_means.refine(rows.points, rows.counts, centres, REST)
