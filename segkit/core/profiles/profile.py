"""What each segment is like, against all customers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData, Variable, value_of
from segkit.core.data.values import finite, level_codes
from segkit.words.numbers import count, listed, percent, quantity, readable, unit_left
from segkit.words.terms import FREQUENCY, INDEX_VS_BASE, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, SMALL_GROUP, TENURE_DAYS

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

OTHER = "other"


@dataclass(frozen=True, eq=False)
class ProfileTables:
    """Profiles of all segments.

    Attributes
    ----------
    summary : pandas.DataFrame
        Index ``segment_id``; columns ``segment_name``, ``size``, ``share``, ``value`` (total money), ``value_share``,
        ``value_mean``, ``value_mean_low``, ``value_mean_high`` (95 % bootstrap interval of the mean), and medians
        ``recency_days``, ``frequency`` where they are known.
    index : pandas.DataFrame
        One row for each segment, variable and level: ``segment_id``, ``variable``, ``label``, ``base`` (segmentation base),
        ``level`` (empty for numbers), ``numeric``, ``share`` (whether the value is a share), ``value`` (share 0 to 1, or
        mean), ``all`` (the same for all customers, this segment included), ``index_vs_base``, ``z``, ``n`` (customers it rests
        on), ``p`` (Holm-corrected; NaN for segmentation variables, which are never tested), ``suppressed`` (fewer than
        SMALL_GROUP customers: value, index and z are NaN), ``segmentation_variable``.
    markers : pandas.DataFrame
        The rows of ``index`` that tell a segment from the others: |difference| of a share ≥ 0.25 or relative difference ≥ 50 %
        (Dolnicar, Grün, Leisch 2018, section 8), strongest first, at most five a segment.
    sentences : dict[str, str]
        ``segment_id`` → one plain sentence that describes the segment.
    """

    summary: pd.DataFrame
    index: pd.DataFrame
    markers: pd.DataFrame
    sentences: dict[str, str]


VALUE_DRAWS = 500
"""Bootstrap samples for the interval of the mean value."""

MOST_LEVELS = 12
"""Levels of a category that are shown; the rest stand together as "other"."""

MARKER_SHARE, MARKER_RELATIVE, MARKERS = 0.25, 0.5, 5
"""Thresholds of marker variables (Dolnicar, Grün, Leisch 2018, section 8), and how many are kept a segment."""

DERIVED = {RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL, MONETARY_MEAN, TENURE_DAYS}
"""Where one of these forms the segments, the others are computed from the same orders and cannot be tested either."""

INDEX_COLUMNS = [
    "segment_id", "variable", "label", "base", "level", "numeric", "share", "value", "all", INDEX_VS_BASE, "z", "n", "p",
    "suppressed", "segmentation_variable",
]  # fmt: skip


def profile(data: CustomerData, segmentation: Segmentation, *, seed: int = 0) -> ProfileTables:
    """Describe each segment against all customers.

    Parameters
    ----------
    data : CustomerData
        The customers.
    segmentation : Segmentation
        Their segments.
    seed : int, default 0
        Seed of the bootstrap intervals.
    """
    summary = _summary(data, segmentation, seed)
    index = _index(data, segmentation)
    markers = _markers(index, data)
    units = {v.name: v.unit for v in data.variables}
    sentences = {
        str(s): _sentence(summary.loc[s], markers[markers["segment_id"] == s], units, data.currency) for s in summary.index
    }
    return ProfileTables(summary, index.drop(columns="effect"), markers.drop(columns="effect"), sentences)


def _summary(data: CustomerData, segmentation: Segmentation, seed: int) -> pd.DataFrame:
    segment_of = segmentation.segment_of
    table = segmentation.segments[["segment_name", "size", "share"]].copy()
    value = value_of(data)
    for column in ("value", "value_share", "value_mean", "value_mean_low", "value_mean_high"):
        table[column] = np.nan
    if value is not None:
        total = float(value.sum())
        for position, segment in enumerate(table.index):
            own = np.sort(value[segment_of == segment].to_numpy())
            low, high = interval(own, np.random.default_rng([seed, position]))
            share = float(own.sum()) / total if total > 0 else np.nan
            table.loc[segment, ["value", "value_share", "value_mean", "value_mean_low", "value_mean_high"]] = (
                float(own.sum()), share, float(own.mean()), low, high,
            )  # fmt: skip
    for name in (RECENCY_DAYS, FREQUENCY):
        if name in data.customers:
            known = pd.Series(finite(data.customers[name]), index=segment_of.index)
            table[name] = known.groupby(segment_of).median().reindex(table.index)
    return table


def interval(values: Doubles, rng: np.random.Generator) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean (percentiles; NaN below ``SMALL_GROUP`` values)."""
    n = len(values)
    if n < SMALL_GROUP:
        return float("nan"), float("nan")
    if n > 20_000:
        # so many that the bootstrap distribution is normal
        half = 1.96 * float(values.std(ddof=1)) / np.sqrt(n)
        return float(values.mean() - half), float(values.mean() + half)
    block = max(1, 2_000_000 // n)
    means = [
        values[rng.integers(n, size=(min(block, VALUE_DRAWS - done), n))].mean(axis=1) for done in range(0, VALUE_DRAWS, block)
    ]
    low, high = np.quantile(np.concatenate(means), (0.025, 0.975))
    return float(low), float(high)


def _index(data: CustomerData, segmentation: Segmentation) -> pd.DataFrame:
    ids = list(segmentation.segments.index)
    labels = level_codes(segmentation.segment_of, ids)
    forming = set(segmentation.variables)
    untested = forming | (DERIVED if forming & DERIVED else set())
    parts = [
        _number_rows(data.customers[v.name], v, labels, ids)
        if v.numeric
        else _level_rows(data.customers[v.name], v, labels, ids)
        for v in data.variables
        if v.name in data.customers and data.customers[v.name].notna().any()
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*INDEX_COLUMNS, "effect"])
    table["segmentation_variable"] = table["variable"].isin(forming)
    table.loc[table["suppressed"].astype(bool), ["value", INDEX_VS_BASE, "z", "effect"]] = np.nan
    p = pd.Series(2 * norm.sf(np.abs(table["z"].to_numpy(dtype=np.float64))), index=table.index)
    table["p"] = holm(p.where(~table["variable"].isin(untested)))
    return table[[*INDEX_COLUMNS, "effect"]]


def holm(p: pd.Series) -> pd.Series:
    """Correct p-values for their number (Holm 1979); NaN stays NaN and does not count.

    Examples
    --------
    >>> [round(v, 3) for v in holm(pd.Series([0.01, 0.04, 0.03]))]
    [0.03, 0.06, 0.06]
    """
    known = p.dropna().sort_values(kind="stable")
    factors = np.arange(len(known), 0, -1)
    corrected = np.minimum(np.maximum.accumulate(known.to_numpy() * factors), 1.0) if len(known) else np.array([])
    return pd.Series(corrected, index=known.index, dtype=np.float64).reindex(p.index)


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


def _number_rows(values: pd.Series, variable: Variable, labels: Labels, ids: list[str]) -> pd.DataFrame:
    numbers = finite(values)
    held = ~np.isnan(numbers)
    known, inside = numbers[held], labels[held]
    n = np.bincount(inside, minlength=len(ids))
    total, mean, spread = (
        len(known),
        float(known.mean()) if held.any() else np.nan,
        float(known.std()) if held.any() else np.nan,
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.bincount(inside, known, minlength=len(ids)) / n
        effect = (means - mean) / spread if spread > 0 else np.zeros(len(ids))
        # the segment is part of the base, so the difference varies by 1/n − 1/N
        z = effect / np.sqrt(1 / n - 1 / total)
    ratio = mean > 0 and float(known.min()) >= 0
    index = 100 * means / mean if ratio else np.full(len(ids), np.nan)
    z = np.where(np.isfinite(z), z, 0.0)
    return _rows(
        variable, "", ids, value=means, all=mean, **{INDEX_VS_BASE: index}, z=z, n=n, suppressed=n < SMALL_GROUP, effect=effect
    )


def _level_rows(values: pd.Series, variable: Variable, labels: Labels, ids: list[str]) -> pd.DataFrame:
    text = values.astype("string")
    held = text.notna().to_numpy()
    counts = text.value_counts()
    order = sorted(counts.index, key=lambda level: (-int(counts[level]), level))
    shown = order if len(order) <= MOST_LEVELS else order[: MOST_LEVELS - 1]
    codes = level_codes(text[held], shown)
    rest = len(order) > len(shown)
    levels = [*shown, OTHER] if rest else shown
    table = np.bincount(labels[held] * len(levels) + codes, minlength=len(ids) * len(levels)).reshape(len(ids), len(levels))
    n = table.sum(axis=1)
    base = table.sum(axis=0) / n.sum()
    parts = []
    for column, level in enumerate(levels):
        share = float(base[column])
        with np.errstate(invalid="ignore", divide="ignore"):
            value = table[:, column] / n
            effect = (value - share) / np.sqrt(share * (1 - share)) if 0 < share < 1 else np.zeros(len(ids))
            z = effect / np.sqrt(1 / n - 1 / n.sum())
        few = (n < SMALL_GROUP) | ((table[:, column] > 0) & (table[:, column] < SMALL_GROUP))
        z = np.where(np.isfinite(z), z, 0.0)
        index = {INDEX_VS_BASE: 100 * value / share}
        parts.append(_rows(variable, level, ids, value=value, all=share, **index, z=z, n=n, suppressed=few, effect=effect))
    return pd.concat(parts, ignore_index=True)


def _markers(index: pd.DataFrame, data: CustomerData) -> pd.DataFrame:
    relative = (index[INDEX_VS_BASE] / 100 - 1).abs() >= MARKER_RELATIVE
    shares = {v.name for v in data.variables if v.unit == "share"}
    is_share = ~index["numeric"].astype(bool) | index["variable"].isin(shares)
    far = is_share & ((index["value"] - index["all"]).abs() >= MARKER_SHARE)
    # a difference that chance alone may bring is no marker
    sure = index["z"].abs() >= 2
    found = index[(relative | far) & sure & ~index["suppressed"].astype(bool)].copy()
    found["strength"] = -found["effect"].abs()
    found["place"] = found["segment_id"].map({s: i for i, s in enumerate(dict.fromkeys(index["segment_id"]))})
    found = found.sort_values(["place", "strength", "variable", "level"], kind="stable")
    return found.groupby("segment_id", sort=False).head(MARKERS).drop(columns=["strength", "place"]).reset_index(drop=True)


def _sentence(row: pd.Series, markers: pd.DataFrame, units: dict[str, str], currency: str) -> str:
    if row["size"] < SMALL_GROUP:
        return f"Fewer than {SMALL_GROUP} customers: too few to describe without showing single people."
    parts = [f"{count(int(row['size']), 'customer')} ({percent(row['share'])} of all)"]
    if np.isfinite(row["value_share"]):
        money = quantity(float(row["value_mean"]), "money", currency)
        parts.append(f"who bring {percent(row['value_share'])} of the money, {money} each on average")
    said = [", ".join(parts)]
    if RECENCY_DAYS in row and np.isfinite(row[RECENCY_DAYS]):
        said.append(f"The middle one last ordered {readable(row[RECENCY_DAYS])} days ago")
        if FREQUENCY in row and np.isfinite(row[FREQUENCY]):
            said[-1] += f" and has placed {counted_orders(float(row[FREQUENCY]))}"
    elif FREQUENCY in row and np.isfinite(row[FREQUENCY]):
        said.append(f"The middle one has placed {counted_orders(float(row[FREQUENCY]))}")
    said_above = markers["variable"].isin({RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL})
    no = markers["level"].str.casefold().isin({"no", "n", "false", "0"})
    told = markers[~said_above & ~no & (markers["level"] != OTHER)].head(3)
    if len(told):
        said.append(f"What sets them apart: {listed([_marker_words(one, units, currency) for _, one in told.iterrows()])}")
    else:
        said.append("What sets them apart: nothing beyond what formed the segment")
    return ". ".join(said) + "."


def counted_orders(orders: float) -> str:
    """Write a number of orders that may be a half."""
    return f"{readable(orders)} order{'' if orders == 1 else 's'}"


def _marker_words(row: pd.Series, units: dict[str, str], currency: str) -> str:
    if row["level"]:
        return f"{row['label']} {row['level']} {percent(row['value'])} (all customers {percent(row['all'])})"
    unit = unit_left(row["label"], units[row["variable"]])
    return f"{row['label']} {quantity(row['value'], unit, currency)} (all customers {quantity(row['all'], unit, currency)})"
