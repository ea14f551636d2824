"""What is typical of segments found in the data: means in the variables' own units, and names that these bear out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.found.columns import Column, Preparation
from segkit.core.criteria.naming import Feature, Name, names
from segkit.core.data.small_groups import OTHER
from segkit.core.data.values import finite
from segkit.words.numbers import described, percent, quantity, unit_left

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Labels:
    """What people call a variable: its label and unit.

    ``asked`` says that its values are answers, which mean little by themselves; ``yes_no`` that they are 0 and 1, so that 1
    means yes (of a code 1 among 1 and 2 nobody knows).
    """

    label: str
    unit: str = ""
    asked: bool = False
    yes_no: bool = False

    @property
    def share(self) -> bool:
        """Whether the variable is a share from 0 to 1."""
        return self.unit == "share"


def figure(column: Column, value: float, labels: Mapping[str, Labels], currency: str) -> str:
    """Say a mean of a column with what it is of: "gifts 76 % of money", "region North in 20 %", "orders 4.2"."""
    told = labels[column.variable]
    name = told.label[:1].lower() + told.label[1:]
    if column.level is not None:
        return f"{name} {column.level} in {bare_figure(column, value, labels, currency)}"
    if told.label.startswith("Share of ") and ": " in told.label:
        # "gifts 76 % of money" reads faster than "share of money: gifts 76 %"
        of, what = told.label.removeprefix("Share of ").split(": ", 1)
        return f"{what} {bare_figure(column, value, labels, currency)} of {of}"
    return described(name, value, told.unit, currency)


def bare_figure(column: Column, value: float, labels: Mapping[str, Labels], currency: str) -> str:
    """Say a mean of a column alone: "76 %", "4.2"."""
    if column.level is not None:
        return percent(value)
    told = labels[column.variable]
    return quantity(value, unit_left(told.label, told.unit), currency)


def named(
    matrix: Doubles,
    preparation: Preparation,
    centres: Doubles,
    typical: Doubles,
    told: Mapping[str, Labels],
    silent: Sequence[float | None],
    currency: str,
) -> list[Name]:
    """Name the segments: where they stand out on the scale compared, in words that their figures bear out."""
    columns, spread = preparation.columns, matrix.std(axis=0)
    levels = Counter(column.level for column in columns)
    features = [
        Feature(
            c.variable,
            told[c.variable].label,
            c.level,
            told[c.variable].share,
            # the same answer to several questions tells nothing without the question
            told[c.variable].asked or levels[c.level] > 1,
            told[c.variable].yes_no,
        )
        for c in columns
    ]
    everyone = typical[-1]
    words = [
        [f.word(value, all_, quiet) for f, value, all_ in zip(features, row, everyone, strict=True)]
        for row, quiet in zip(typical[:-1], silent, strict=True)
    ]
    z = (centres - matrix.mean(axis=0)) / np.where(spread > 0, spread, 1)
    # a word that the figures contradict (their mean lies on the other side than their place on the scale) is not said, nor is
    # the rest of a category, which stands for nothing
    rest = [str(c.level).casefold() == OTHER for c in columns]
    words = [
        ["" if rest[i] or (row[i] > 0) != (typical[k, i] > everyone[i]) else word for i, word in enumerate(said)]
        for k, (row, said) in enumerate(zip(z, words, strict=True))
    ]
    figures = [[figure(c, value, told, currency) for c, value in zip(columns, row, strict=True)] for row in typical[:-1]]
    return names(z, words, figures)


def typical_of(frame: pd.DataFrame, preparation: Preparation, held: npt.NDArray[np.bool_]) -> Doubles:
    """Return the mean of each column over some customers in its own unit, of those whose value is known."""
    means = []
    for column in preparation.columns:
        values = frame[column.variable][held]
        known = (
            finite(values)
            if column.level is None
            else values.dropna().astype("string").eq(column.level).to_numpy(dtype=np.float64)
        )
        known = np.sort(known[~np.isnan(known)])
        means.append(float(known.mean()) if len(known) else np.nan)
    return np.array(means)
