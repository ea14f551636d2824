"""What can be asked of a new customer, or looked up: variables with a handful of answers each."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from segkit.core.criteria.bands import equal_count
from segkit.core.data.customers import CustomerData, Variable
from segkit.core.data.values import NOT_KNOWN, Codes, codes, finite, level_codes
from segkit.words.numbers import exact, threshold, unit_left
from segkit.words.terms import SMALL_GROUP, Base
from segkit.words.visible import visible

BANDS = 5
"""Answers to a question about a number: bands of about equally many customers."""

MOST_ANSWERS = 8
"""Kinds of a category that can be ticked by themselves; the rarer ones are "anything else"."""

MOST_KINDS = 20
"""Of a category of more kinds than this most would be "anything else": it is no question."""

MOST_CANDIDATES = 60
"""Variables among which questions are looked for, those that form the segments first."""

ANYTHING_ELSE = "anything else"


@dataclass(frozen=True)
class Question:
    """A variable that is asked about, with its answers.

    Attributes
    ----------
    variable, label : str
        Which column of the customer table, and its name for people.
    forms : bool
        Whether it is one of the variables that form the segments.
    looked_up : bool
        Whether it is about behaviour, which a shop looks up; all else a customer can be asked.
    answers : tuple of str
        What can be ticked.
    cuts : tuple of float
        Of a number: where one answer ends and the next begins, ``lower <= value < upper``.
    levels : tuple of str
        Of a category: the kinds with an answer of their own. A further answer stands for all others, if anybody gave one.
    """

    variable: str
    label: str
    forms: bool
    looked_up: bool
    answers: tuple[str, ...]
    cuts: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether it asks about a number."""
        return not self.levels

    def codes(self, values: pd.Series) -> Codes:
        """Return the place of each customer's answer, ``NOT_KNOWN`` where there is none or it was never given before."""
        found = codes(finite(values), self.cuts) if self.numeric else level_codes(values, self.levels)
        return np.where(found < len(self.answers), found, NOT_KNOWN)


def questions(data: CustomerData, segmentation_variables: tuple[str, ...]) -> tuple[Question, ...]:
    """Return what can be asked, the variables that form the segments first.

    The customer table holds nothing that tells who somebody is, and an answer that fewer than five customers gave stands
    together with others.

    Parameters
    ----------
    data : CustomerData
        One row a customer.
    segmentation_variables : tuple of str
        The variables that form the segments.
    """
    forming = [data.variable(name) for name in segmentation_variables]
    others = [v for v in data.variables if v.usable and v.name in data.customers and v not in forming]
    asked = [_question(data, v, v in forming) for v in (*forming, *others)]
    return tuple(question for question in asked if question is not None)[:MOST_CANDIDATES]


def _question(data: CustomerData, variable: Variable, forms: bool) -> Question | None:
    values = data.customers[variable.name]
    asked = _of_number(values, variable, forms, data.currency) if variable.numeric else _of_kinds(values, variable, forms)
    return asked if asked is not None and len(asked.answers) > 1 else None


def _of_number(values: pd.Series, variable: Variable, forms: bool, currency: str) -> Question | None:
    numbers = finite(values)
    known = numbers[~np.isnan(numbers)]
    distinct = np.unique(known)
    cuts = tuple(float(v) for v in distinct[1:]) if len(distinct) <= BANDS + 1 else equal_count(known, BANDS)
    while cuts and (sizes := np.bincount(codes(known, cuts), minlength=len(cuts) + 1)).min() < SMALL_GROUP:
        few = int(sizes.argmin())
        cuts = (*cuts[: max(few - 1, 0)], *cuts[max(few - 1, 0) + 1 :])
    if not cuts:
        return None
    place = codes(known, cuts)
    unit = unit_left(variable.label, variable.unit)
    # a band of one value is called by it
    alone = [np.unique(known[place == i]) if len(distinct) <= BANDS + 1 else known[:0] for i in range(len(cuts) + 1)]
    bands = bands_said(cuts, unit, currency, whole=bool((known % 1 == 0).all()) and unit != "share")
    answers = [exact(float(one[0])) if len(one) == 1 else band for one, band in zip(alone, bands, strict=True)]
    return Question(variable.name, variable.label, forms, _bought(variable), tuple(answers), cuts=cuts)


def bands_said(cuts: tuple[float, ...], unit: str, currency: str = "", *, whole: bool = False) -> list[str]:
    """Say in words which values each band holds.

    Parameters
    ----------
    cuts : tuple of float
        ``lower <= value < upper``.
    unit, currency : str
        Unit of the values.
    whole : bool, default False
        Whether the values are whole numbers.

    Examples
    --------
    >>> bands_said((2, 3, 10), "orders", whole=True)
    ['up to 1 orders', '2 orders', '3 to 9 orders', '10 orders or more']
    >>> bands_said((0.2, 0.5), "share")
    ['below 20 %', '20 % to below 50 %', '50 % or more']
    """
    written = [threshold(cut, unit, currency) for cut in cuts]
    if not whole:
        between = [f"{low} to below {high}" for low, high in pairwise(written)]
        return [f"below {written[0]}", *between, f"{written[-1]} or more"]
    first = [math.ceil(cut) for cut in cuts]
    last = [threshold(one - 1, unit, currency) for one in first]
    inside = [
        end if high - low == 1 else f"{exact(low)} to {end}"
        for low, high, end in zip(first[:-1], first[1:], last[1:], strict=True)
    ]
    return [f"up to {last[0]}", *inside, f"{written[-1]} or more"]


def _of_kinds(values: pd.Series, variable: Variable, forms: bool) -> Question | None:
    counts = values.astype("string").value_counts()
    if len(counts) > MOST_KINDS:
        return None
    # commonest first; of equally common ones the first in the alphabet, whatever the order of the rows
    order = sorted(counts.index, key=lambda level: (-int(counts[level]), level))
    named = [str(level) for level in order if counts[level] >= SMALL_GROUP and _alike_everywhere(level)]
    levels = tuple(named[:MOST_ANSWERS])
    if not levels:
        return None
    rest = int(counts.sum()) - int(counts[list(levels)].sum())
    if 0 < rest < SMALL_GROUP:  # the rest alone would be a handful
        rest, levels = rest + int(counts[levels[-1]]), levels[:-1]
    if not levels:
        return None
    answers = (*levels, *([ANYTHING_ELSE] if rest else []))
    return Question(variable.name, variable.label, forms, _bought(variable), answers, levels=levels)


def _bought(variable: Variable) -> bool:
    return variable.base is Base.BEHAVIOURAL


def _alike_everywhere(level: str) -> bool:
    """Tell whether every program reads a text as it is written: backslashes mean different things to databases."""
    return "\\" not in level and visible(level) == level and len(level.splitlines()) == 1
