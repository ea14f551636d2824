"""What else tells segments apart: variables that did not form them, how strongly they differ, and how sure that is."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2_contingency, kruskal

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData, Variable
from segkit.core.data.small_groups import OTHER
from segkit.core.data.values import finite, level_codes
from segkit.core.profiles.index_vs_base import untested
from segkit.core.statistics import holm
from segkit.words.numbers import count, listed
from segkit.words.terms import MONETARY_MEAN, MONETARY_TOTAL, SMALL_GROUP

Labels = npt.NDArray[np.intp]

SURE = 0.05
"""Corrected p-value below which a difference counts as more than chance."""

FEWEST = 30
"""Customers of whom a variable must be known before it is looked at."""

EXPECTED = 5
"""Customers whom chance alone would put into the emptiest cell: the test of counts needs so many (Cochran 1954)."""

STEPS = ((0.1, "hardly"), (0.3, "a little"), (0.5, "clearly"), (np.inf, "strongly"))
"""Words for an effect from 0 to 1 below these bounds (Cohen 1988: .1 small, .3 medium, .5 large)."""

MOST = 3
"""Variables that the sentence names."""

_KIN = re.compile(r"(?:share|main|contacts)_(product|category|channel)")
"""Columns counted from one and the same column of the orders."""


@dataclass(frozen=True, eq=False)
class Descriptors:
    """Variables that did not form the segments, the most telling first.

    Attributes
    ----------
    table : pandas.DataFrame
        Columns ``variable``, ``label``, ``effect`` (0 to 1: Cramér's V of categories, the root of epsilon squared of numbers),
        ``strength`` (the effect in a word), ``n`` (customers who have a value) and ``p`` (chi-square test, or Kruskal and
        Wallis's; Holm-corrected for all that are looked at).
    left_out : int
        Variables known of too few customers, or the same for all.
    sentence : str
        Reads it.
    """

    table: pd.DataFrame
    left_out: int
    sentence: str


def descriptors(data: CustomerData, segmentation: Segmentation) -> Descriptors:
    """Tell which variables that did not form the segments differ between them.

    Left out is what is counted from the same column as a variable that formed them, or is a part of the money that did: it
    would differ by construction.

    Parameters
    ----------
    data : CustomerData
        The customers.
    segmentation : Segmentation
        Their segments.
    """
    ids = list(segmentation.segments.index)
    labels = level_codes(segmentation.segment_of, ids)
    counted_with = untested(segmentation)
    kin = {match[1] for name in segmentation.variables if (match := _KIN.match(name))}
    of_money = not {MONETARY_TOTAL, MONETARY_MEAN}.isdisjoint(segmentation.variables)
    rows, left_out = [], 0
    for variable in data.variables:
        match = _KIN.match(variable.name)
        with_them = variable.name in counted_with or (match and match[1] in kin) or (variable.unit == "money" and of_money)
        if with_them or variable.name not in data.customers:
            continue
        found = _compared(data.customers[variable.name], variable, labels, len(ids)) if len(ids) > 1 else None
        if found is None:
            left_out += 1
        else:
            rows.append((variable.name, variable.label, found[0], strength(found[0]), *found[1:]))
    table = pd.DataFrame(rows, columns=["variable", "label", "effect", "strength", "n", "p"])
    table["p"] = holm(table["p"])
    table = table.sort_values(["effect", "variable"], ascending=[False, True], kind="stable", ignore_index=True)
    return Descriptors(table, left_out, _read(table, left_out))


def strength(effect: float) -> str:
    """Say an effect in a word."""
    return next(word for bound, word in STEPS if effect < bound)


def _compared(values: pd.Series, variable: Variable, labels: Labels, segments: int) -> tuple[float, int, float] | None:
    """Return effect, customers and p-value of one variable; None where too few have a value, or all the same."""
    number = finite(values) if variable.numeric else None
    held = np.isfinite(number) if number is not None else values.notna().to_numpy()
    n, of = int(held.sum()), labels[held]
    if n < FEWEST:
        return None
    if number is not None:
        known = number[held]
        groups = [mine for place in range(segments) if len(mine := known[of == place]) >= SMALL_GROUP]
        if len(groups) < 2 or known.min() == known.max():
            return None
        whole = np.concatenate(groups)
        if whole.min() == whole.max():
            return None
        h, p = kruskal(*groups)
        return float(np.sqrt(min(max(h, 0.0) / (len(whole) - 1), 1.0))), n, float(p)
    counts = _counts(values[held].astype("string"), of, segments)
    if counts is None:
        return None
    chi, p, _, _ = chi2_contingency(counts, correction=False)
    return float(np.sqrt(chi / (counts.sum() * (min(counts.shape) - 1)))), n, float(p)


def _counts(values: "pd.Series[str]", of: Labels, segments: int) -> npt.NDArray[np.int64] | None:
    """Count levels by segment; rare levels are put together until chance alone would fill each cell."""
    by_size = values.value_counts()
    levels = sorted(by_size.index, key=lambda level: (level == OTHER, -int(by_size[level]), level))
    sizes = np.bincount(of, minlength=segments)
    sizes = sizes[sizes > 0]
    if len(sizes) < 2 or len(levels) < 2:
        return None
    enough = EXPECTED * len(values) / int(sizes.min())
    kept = [level for level in levels if by_size[level] >= enough]
    if len(values) - int(by_size[kept].sum()) < enough:  # the rest would be too few: it takes the rarest of the others along
        kept = kept[:-1] if len(kept) < len(levels) else kept
    codes = level_codes(values, kept)  # what is in no level kept is the rest
    table = np.bincount(of * (len(kept) + 1) + codes, minlength=segments * (len(kept) + 1)).reshape(segments, -1)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return table if min(table.shape) > 1 else None


def _read(table: pd.DataFrame, left_out: int) -> str:
    known = f"{count(left_out, 'variable')} known of too few customers, or the same for all, cannot be compared."
    without = f" {known}" if left_out else ""
    if not len(table):
        return f"There is nothing else to compare the segments by.{without}"
    sure = table[(table["p"] < SURE) & (table["effect"] >= STEPS[0][0])]
    others = count(len(table), "other variable")
    if not len(sure):
        differs = "differs" if len(table) == 1 else "differ"
        return f"Nothing else tells the segments apart: {others} {differs} hardly, or no more than chance would bring.{without}"
    told = [f"{label[:1].lower()}{label[1:]} ({word})" for label, word in zip(sure["label"], sure["strength"], strict=True)]
    how_many = "all" if 1 < len(sure) == len(table) else count(len(sure))
    tells = f"{how_many} {'tells' if len(sure) == 1 else 'tell'}"
    most = f", first of all {listed(told[:MOST])}" if len(told) > MOST else f": {listed(told)}"
    rest = len(table) - len(sure)
    hardly = f" The other {count(rest)} {'tells' if rest == 1 else 'tell'} hardly more than chance would." if rest else ""
    return f"Of {others} that did not form the segments, {tells} them apart by more than chance{most}.{hardly}{without}"
