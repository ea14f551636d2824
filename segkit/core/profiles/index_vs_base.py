"""Each segment against all customers: the index, its z-score, and p-values of descriptors."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData, Variable
from segkit.core.data.small_groups import OTHER
from segkit.core.data.values import finite, level_codes
from segkit.core.disclosure import Told, dominated, told, withheld, withheld_table
from segkit.core.statistics import holm
from segkit.words.terms import FREQUENCY, INDEX_VS_BASE, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, SMALL_GROUP, TENURE_DAYS

Doubles = npt.NDArray[np.float64]


Labels = npt.NDArray[np.intp]


MOST_LEVELS = 12
"""Levels of a category that are shown; the rest stand together as "other"."""


DERIVED = {RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL, MONETARY_MEAN, TENURE_DAYS}
"""Where one of these forms the segments, the others are computed from the same orders and cannot be tested either."""


INDEX_COLUMNS = [
    "segment_id", "variable", "label", "base", "level", "numeric", "share", "value", "all", INDEX_VS_BASE, "z", "n", "p",
    "suppressed", "segmentation_variable",
]  # fmt: skip


def untested(segmentation: Segmentation) -> set[str]:
    """Return the variables in which the segments differ because they were formed so: a test of them would find nothing out."""
    forming = set(segmentation.variables)
    return forming | (DERIVED if forming & DERIVED else set())


def index_of(data: CustomerData, segmentation: Segmentation) -> Told:
    """Return one row for each segment, variable and level; see `segkit.core.profiles.profile.ProfileTables`."""
    ids = list(segmentation.segments.index)
    labels = level_codes(segmentation.segment_of, ids)
    forming = set(segmentation.variables)
    parts = [
        _number_rows(data.customers[v.name], v, labels, ids)
        if v.numeric
        else _level_rows(data.customers[v.name], v, labels, ids)
        for v in data.variables
        if v.name in data.customers and _known(data.customers[v.name], v).any()
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*INDEX_COLUMNS, "effect"])
    table["segmentation_variable"] = table["variable"].isin(forming)
    table = told(table, (table["suppressed"], ["value", INDEX_VS_BASE, "z", "effect"]))
    p = pd.Series(2 * ndtr(-np.abs(table["z"].to_numpy(dtype=np.float64))), index=table.index)
    table["p"] = holm(p.where(~table["variable"].isin(untested(segmentation))))
    shown: Told = table[[*INDEX_COLUMNS, "effect"]]
    return shown


def _rows(variable: Variable, level: str, ids: list[str], **columns: Any) -> pd.DataFrame:
    fixed = {
        "variable": variable.name,
        "label": variable.label,
        "base": variable.base.value,
        "level": level,
        "numeric": variable.numeric,
        "share": not variable.numeric or variable.unit == "share",
    }
    return pd.DataFrame({"segment_id": ids, **fixed, **columns})


def _known(values: pd.Series, variable: Variable) -> npt.NDArray[np.bool_]:
    return np.isfinite(finite(values)) if variable.numeric else values.notna().to_numpy()


def _number_rows(values: pd.Series, variable: Variable, labels: Labels, ids: list[str]) -> pd.DataFrame:
    held = _known(values, variable)
    known, inside = finite(values)[held], labels[held]
    n = np.bincount(inside, minlength=len(ids))
    total, mean = len(known), float(known.mean())
    # the standard deviation of equal numbers may be a rounding error, and what is divided by it a finding
    differ = known.min() < known.max()
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.bincount(inside, known, minlength=len(ids)) / n
        effect = (means - mean) / known.std() if differ else np.zeros(len(ids))
        # the segment is part of the base, so the difference varies by 1/n − 1/N
        z = effect / np.sqrt(1 / n - 1 / total)
    ratio = mean > 0 and float(known.min()) >= 0
    index = 100 * means / mean if ratio else np.full(len(ids), np.nan)
    z = np.where(np.isfinite(z), z, 0.0)
    one = dominated(known, inside, len(ids)) if variable.unit == "money" else None
    hidden = withheld(n, [range(len(ids))], one) | (n < SMALL_GROUP)
    return _rows(variable, "", ids, value=means, all=mean, **{INDEX_VS_BASE: index}, z=z, n=n, suppressed=hidden, effect=effect)


def _level_rows(values: pd.Series, variable: Variable, labels: Labels, ids: list[str]) -> pd.DataFrame:
    text = values.astype("string")
    held = _known(values, variable)
    counts = text.value_counts()
    order = sorted(counts.index, key=lambda level: (level == OTHER, -int(counts[level]), level))
    shown = order if len(order) <= MOST_LEVELS else order[: MOST_LEVELS - 1]
    codes = level_codes(text[held], shown)
    rest = len(order) > len(shown)
    levels = [*shown, OTHER] if rest else shown
    table = np.bincount(labels[held] * len(levels) + codes, minlength=len(ids) * len(levels)).reshape(len(ids), len(levels))
    n = table.sum(axis=1)
    base = table.sum(axis=0) / n.sum()
    hidden = withheld_table(table)
    parts = []
    for column, level in enumerate(levels):
        share = float(base[column])
        with np.errstate(invalid="ignore", divide="ignore"):
            value = table[:, column] / n
            effect = (value - share) / np.sqrt(share * (1 - share)) if share < 1 else np.zeros(len(ids))
            z = effect / np.sqrt(1 / n - 1 / n.sum())
        few = (n < SMALL_GROUP) | hidden[:, column]
        z = np.where(np.isfinite(z), z, 0.0)
        index = {INDEX_VS_BASE: 100 * value / share}
        parts.append(_rows(variable, level, ids, value=value, all=share, **index, z=z, n=n, suppressed=few, effect=effect))
    return pd.concat(parts)
