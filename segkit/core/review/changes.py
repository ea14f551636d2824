"""What changed since the segments were drawn."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2

from segkit.core.criteria.bands import equal_count
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import codes, finite, is_number, level_codes
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, listed, percent
from segkit.words.terms import CUSTOMER_ID, RECENCY_DAYS, SMALL_GROUP

Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ReviewTables:
    """A later period against the baseline, cut-points fixed at the baseline.

    Attributes
    ----------
    migration_matrix : pandas.DataFrame
        Customers; rows: segments before plus ``joined``; columns: segments after plus ``left``.
    sizes : pandas.DataFrame
        Index ``segment_id``: ``segment_name``, ``before``, ``after``, ``change`` (customers), ``share_before``,
        ``share_after``, and where orders are dated ``no_order_since`` (customers of before who ordered nothing in the later
        period).
    psi : pandas.DataFrame
        Index: what was compared (``segments`` and each segmentation variable): ``label``, ``psi``, ``threshold`` (the sampling
        threshold),         ``bins``, ``reading`` (words).
    trends : pandas.DataFrame
        Categories (of products or channels) whose share of money changed most: ``variable``, ``label``, ``level``,
        ``share_before``, ``share_after``, ``change``, ``z``.
    trends_since : str
        What the later shares are compared with, in words.
    moved : pandas.DataFrame
        Index ``customer_id``: ``before``, ``after`` (``joined`` / ``left`` included).
    moved_share : float
        Share of customers present in both periods whose segment changed, 0 to 1.
    sentence : str
        Reads it all in two or three sentences.
    """

    migration_matrix: pd.DataFrame
    sizes: pd.DataFrame
    psi: pd.DataFrame
    trends: pd.DataFrame
    trends_since: str
    moved: pd.DataFrame
    moved_share: float
    sentence: str


JOINED, LEFT = "joined", "left"
PSI_BINS = 10
MOST_TRENDS = 10
TREND_Z = 3.0
"""Standard errors from which a change in a category's share is worth a sentence: many categories are looked at."""


def review(before: CustomerData, after: CustomerData, segmentation: Segmentation) -> ReviewTables:
    """Compare a later period with the baseline; thresholds and centres stay as they were drawn at the baseline.

    Parameters
    ----------
    before, after : CustomerData
        The customers when the segments were drawn, and at the later date.
    segmentation : Segmentation
        The segments of ``before``.

    Raises
    ------
    CriteriaError
        If the later data lack a segmentation variable, or hold no customers.
    """
    lacking = [before.variable(v).label for v in segmentation.variables if v not in after.customers]
    if lacking:
        raise CriteriaError(
            f"The later data lack {listed(lacking)}, by which the segments were formed.",
            "Bring a later file with the same columns, mapped the same way.",
        )
    if not len(after.customers):
        raise CriteriaError("The later data hold no customers.", "Bring a file that covers the later period.")
    now = segmentation.assign(after.customers)
    moved = _moved(segmentation.segment_of, now)
    ids = list(segmentation.segments.index)
    matrix = pd.crosstab(moved["before"], moved["after"]).reindex(index=[*ids, JOINED], columns=[*ids, LEFT], fill_value=0)
    matrix.index.name, matrix.columns.name = "before", "after"
    sizes = _sizes(segmentation, now)
    _add_silent(sizes, before, after, segmentation)
    psi = _psi_table(before, after, segmentation, sizes)
    seasons = len(after.year_before) > 0
    trends = _trends(after.year_before if seasons else before.category_money, after.category_money)
    since = "the same months a year before" if seasons else "the whole earlier period, seasons included"
    stayed = moved[(moved["before"] != JOINED) & (moved["after"] != LEFT)]
    share = float((stayed["before"] != stayed["after"]).mean()) if len(stayed) else 0.0
    quiet = int(sizes["no_order_since"].sum()) if "no_order_since" in sizes else None
    reading = _read(segmentation, matrix, psi, share, len(stayed), quiet) + _read_trends(trends, since)
    return ReviewTables(matrix, sizes, psi, trends, since, moved, share, reading)


def _add_silent(sizes: pd.DataFrame, before: CustomerData, after: CustomerData, segmentation: Segmentation) -> None:
    """Count who of the earlier customers ordered nothing in the later period: few fall out of windows that overlap."""
    if before.as_of and after.as_of and RECENCY_DAYS in after.customers:
        bought = after.customers.index[after.customers[RECENCY_DAYS] <= (after.as_of - before.as_of).days]
        silent = segmentation.segment_of[~segmentation.segment_of.index.isin(bought)]
        sizes["no_order_since"] = silent.value_counts().reindex(sizes.index, fill_value=0).astype(int)


def _moved(was: pd.Series, now: pd.Series) -> pd.DataFrame:
    everyone = was.index.union(now.index).sort_values()
    moved = pd.DataFrame({"before": was.reindex(everyone), "after": now.reindex(everyone)}, index=everyone)
    moved["before"] = moved["before"].astype(object).where(moved["before"].notna(), JOINED).astype(str)
    moved["after"] = moved["after"].astype(object).where(moved["after"].notna(), LEFT).astype(str)
    moved.index.name = CUSTOMER_ID
    return moved


def _sizes(segmentation: Segmentation, now: pd.Series) -> pd.DataFrame:
    table = segmentation.segments[["segment_name"]].copy()
    table["before"] = segmentation.segments["size"]
    table["after"] = now.value_counts().reindex(table.index, fill_value=0).astype(int)
    table["change"] = table["after"] - table["before"]
    table["share_before"] = table["before"] / table["before"].sum()
    table["share_after"] = table["after"] / table["after"].sum()
    return table


def population_stability(before: Counts, after: Counts) -> float:
    """Return the population stability index of counts in the same bins: Σ (p − q) · ln(p / q).

    Bins empty in both are left out; a bin empty in one counts as half a customer there, so that the logarithm exists.

    Examples
    --------
    >>> round(population_stability(np.array([50, 50]), np.array([40, 60])), 4)
    0.0405
    """
    used = (before > 0) | (after > 0)
    p, q = (np.where(c[used] > 0, c[used], 0.5) for c in (before, after))
    p, q = p / p.sum(), q / q.sum()
    return float(((p - q) * np.log(p / q)).sum())


def sampling_threshold(before: int, after: int, bins: int) -> float:
    """Return the index that chance alone exceeds once in twenty times: (1/n + 1/m) · χ²(bins − 1), 95th percentile."""
    return float((1 / before + 1 / after) * chi2.isf(0.05, bins - 1)) if bins > 1 else 0.0


def _psi_table(before: CustomerData, after: CustomerData, segmentation: Segmentation, sizes: pd.DataFrame) -> pd.DataFrame:
    rows = {"segments": _psi_row("Segments", sizes["before"].to_numpy(float), sizes["after"].to_numpy(float))}
    for name in segmentation.variables:
        rows[name] = _psi_row(before.variable(name).label, *_binned(before.customers[name], after.customers[name]))
    return pd.DataFrame.from_dict(rows, orient="index")


def _binned(was: pd.Series, now: pd.Series) -> tuple[Counts, Counts]:
    """Count both periods in bins drawn at the baseline: tenths of numbers, levels of categories; "not known" is a bin."""
    if is_number(was):
        cuts = equal_count(finite(was), PSI_BINS)
        return tuple(np.bincount(codes(finite(v), cuts) + 1, minlength=len(cuts) + 2).astype(float) for v in (was, now))  # type: ignore[return-value]
    levels = sorted(set(was.dropna().astype(str)))
    counts = [np.bincount(level_codes(v, levels) + 1, minlength=len(levels) + 2).astype(float) for v in (was, now)]
    return counts[0], counts[1]


def _psi_row(label: str, was: Counts, now: Counts) -> dict[str, object]:
    bins = int(((was > 0) | (now > 0)).sum())
    psi = population_stability(was, now)
    threshold = sampling_threshold(int(was.sum()), int(now.sum()), bins)
    if psi <= threshold:
        reading = "no more change than chance brings"
    elif psi < 0.1:
        reading = "a small change"
    else:
        reading = "a clear change" if psi < 0.25 else "a large change"
    return {"label": label, "psi": psi, "threshold": threshold, "bins": bins, "reading": reading}


def _trends(was: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Compare each category's share of money; z compares its share of orders (two proportions, pooled)."""
    columns = ["variable", "label", "level", "share_before", "share_after", "change", "z"]
    keys = ["variable", "label", "level"]
    both = set(was["variable"]) & set(now["variable"]) if len(was) and len(now) else set()
    if not both:
        return pd.DataFrame(columns=columns)
    table = was[was["variable"].isin(both)].merge(
        now[now["variable"].isin(both)], on=keys, how="outer", suffixes=("_before", "_after"), sort=True
    )
    figures = ["money_before", "money_after", "orders_before", "orders_after"]
    table[figures] = table[figures].astype(float).fillna(0.0)
    totals = table.groupby("variable")[figures].transform("sum")
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = table[figures] / totals
        pooled = (table["orders_before"] + table["orders_after"]) / (totals["orders_before"] + totals["orders_after"])
        error = np.sqrt(pooled * (1 - pooled) * (1 / totals["orders_before"] + 1 / totals["orders_after"]))
        z = (shares["orders_after"] - shares["orders_before"]) / error
    table["share_before"], table["share_after"] = shares["money_before"].fillna(0.0), shares["money_after"].fillna(0.0)
    table["change"] = table["share_after"] - table["share_before"]
    table["z"] = z.where(np.isfinite(z), 0.0)
    order = table.assign(size=-table["change"].abs()).sort_values(["size", *keys], kind="stable")
    return order[columns].head(MOST_TRENDS).reset_index(drop=True)


def _read(
    segmentation: Segmentation, matrix: pd.DataFrame, psi: pd.DataFrame, share: float, stayed: int, quiet: int | None
) -> str:
    said = []
    if stayed:
        said.append(
            f"Of {count(stayed, 'customer')} seen in both periods {percent(share)} changed segment"
            f"{_stream(segmentation, matrix)}."
        )
    joined = int(matrix.loc[JOINED].sum())
    if joined:
        said.append(f"{count(joined, 'customer')} joined.")
    if quiet is not None:
        said.append(f"{count(quiet, 'customer')} of the earlier ones ordered nothing in the later period.")
    segments = psi.loc["segments"]
    said.append(
        f"The mix of segments shows {segments['reading']} (stability index {segments['psi']:.2f}; chance alone stays below "
        f"{segments['threshold']:.2f})."
    )
    return " ".join(said)


def _read_trends(trends: pd.DataFrame, since: str) -> str:
    """Name the category that gained most and the one that lost most, where chance does not explain it."""
    clear = trends[trends["z"].abs() >= TREND_Z]
    said = []
    for one, how in ((clear[clear["change"] > 0].head(1), "rose"), (clear[clear["change"] < 0].head(1), "fell")):
        for _, row in one.iterrows():
            said.append(f"{row['level']} {how} from {percent(row['share_before'])} to {percent(row['share_after'])}")
    return f" Share of money, against {since}: {', and '.join(said)}." if said else ""


def _stream(segmentation: Segmentation, matrix: pd.DataFrame) -> str:
    """Name the largest stream between two segments."""
    ids = list(segmentation.segments.index)
    flows = matrix.loc[ids, ids].to_numpy().copy()
    np.fill_diagonal(flows, 0)
    if flows.max() < SMALL_GROUP:
        return ""
    i, j = np.unravel_index(int(flows.argmax()), flows.shape)
    names = segmentation.segments["segment_name"]
    return f", the largest stream ({flows[i, j]:,}) from “{names.iloc[int(i)]}” to “{names.iloc[int(j)]}”"
