"""A look ahead: whether segments formed on a first period tell what their customers buy in the next one."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.evidence.agreement import explained
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import finite, level_codes
from segkit.core.disclosure import Told, dominated, of_whom, shares_said, told, withheld
from segkit.core.estimators.threads import one_thread
from segkit.core.statistics import interval
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, number, percent
from segkit.words.numbers import date as in_words
from segkit.words.terms import FREQUENCY, MIN_CUSTOMERS, MONETARY_TOTAL, SEGMENT_NAME

Doubles = npt.NDArray[np.float64]

FIRST = 2 / 3
"""Share of the time covered that is the first period."""

SHORTEST_DAYS = 180
"""Days that the data must cover, so that both periods hold more than a season's chance."""

FEWEST_BACK = 20
"""Customers of the first period who must have bought in the next one."""

SHUFFLES, SHUFFLES_OF_MANY, MANY = 999, 199, 20_000
"""Times that the segments are dealt out anew by chance, and how often above so many customers."""

SURE = 0.05
"""Share of the shuffles that may do as well before what the segments tell counts as chance."""

LITTLE = 0.05
"""Share of the differences explained below which the segments tell little, though surely something."""


@dataclass(frozen=True, eq=False)
class Holdout:
    """What segments of the first period tell of the next.

    Attributes
    ----------
    table : Told
        Index ``segment_id``; columns ``segment_name``, ``size`` (customers of the first period), ``again`` (share who bought in
        the next), ``again_said`` (the same in words), ``spent`` (money a customer in the next period, mean), ``spent_low``,
        ``spent_high`` (95 % bootstrap interval). Figures are NaN where they would tell of a handful of customers or of one
        large one.
    explained : float
        Share of the differences between customers in what they spent next that lies between segments (eta squared of the
        logarithm of 1 + money ÷ median of those who bought), 0 to 1.
    by_chance : float
        The same, on average, where the segments are dealt out by chance.
    p : float
        Share of such deals that explain as much or more (permutation test; the segments as formed count as one of them).
    cut, until : datetime.date
        Last day of the first period, and of the next.
    sentence : str
        Reads it.
    """

    table: Told
    explained: float
    by_chance: float
    p: float
    cut: dt.date
    until: dt.date
    sentence: str


def cut_date(data: CustomerData) -> dt.date:
    """Return the last day of the first period: two thirds of the time that the data cover.

    Raises
    ------
    CriteriaError
        If there is not enough history.
    """
    if data.first_date is None or data.last_date is None or not {FREQUENCY, MONETARY_TOTAL} <= set(data.customers):
        raise CriteriaError(
            "Without dated orders and their money there is no later period to look at.",
            "Add order lines with dates and amounts.",
        )
    days = (data.last_date - data.first_date).days
    if days < SHORTEST_DAYS:
        raise CriteriaError(
            f"There is not enough history: the orders cover {count(days, 'day')}, and this needs {SHORTEST_DAYS}.",
            "Come back with half a year of orders or more.",
        )
    return data.first_date + dt.timedelta(days=int(FIRST * days))


def bought_since(first: CustomerData, whole: CustomerData) -> pd.DataFrame:
    """Return what each customer of the first period bought after it: ``orders`` and ``money``, index ``customer_id``.

    Parameters
    ----------
    first, whole : CustomerData
        The same files, read up to the cut and as a whole.

    Raises
    ------
    CriteriaError
        If there are too few customers in the first period, or too few of them came back.
    """
    columns = [FREQUENCY, MONETARY_TOTAL]
    before = first.customers[columns].astype(float).fillna(0.0)
    after = whole.customers.reindex(before.index)[columns].astype(float).fillna(0.0)
    since = (after - before).clip(lower=0.0).set_axis(["orders", "money"], axis=1)
    back = int((since["orders"] > 0).sum())
    if len(before) < MIN_CUSTOMERS or back < FEWEST_BACK:
        raise CriteriaError(
            f"There is not enough history: {count(len(before), 'customer')} bought in the first two thirds of the time, "
            f"and {back} of them again in the last third.",
            f"This needs {MIN_CUSTOMERS}, and {FEWEST_BACK} of them again: come back with orders over a longer period.",
        )
    return since


@one_thread
def holdout(first: CustomerData, whole: CustomerData, segmentation: Segmentation, *, seed: int = 0) -> Holdout:
    """Tell whether segments of the first period differ in what their customers bought in the next.

    Parameters
    ----------
    first, whole : CustomerData
        The same files, read up to the cut and as a whole.
    segmentation : Segmentation
        Segments formed on ``first``.
    seed : int, default 0
        Seed of the intervals and of the shuffles.

    Raises
    ------
    CriteriaError
        If there is not enough history.
    """
    since = bought_since(first, whole)
    ids = list(segmentation.segments.index)
    segment_of = segmentation.segment_of.reindex(since.index)
    table = segmentation.segments[[SEGMENT_NAME, "size"]].copy()
    for position, segment in enumerate(ids):
        mine = since[segment_of == segment]
        money = np.sort(finite(mine["money"]))
        low, high = interval(money, np.random.default_rng([seed, 19, position]))
        table.loc[segment, ["spent", "spent_low", "spent_high"]] = (money.mean() if len(mine) else np.nan, low, high)
    bought, of = (since["orders"] > 0).to_numpy(), np.asarray(level_codes(segment_of, ids))
    came = np.bincount(of[bought], minlength=len(ids))
    table["again"], table["again_said"] = came / table["size"], shares_said(came, table["size"])
    hidden = withheld(table["size"], [range(len(ids))], dominated(finite(since["money"]), of, len(ids)))
    shown = told(table, (of_whom(came, table["size"]), ["again"]), (hidden, ["spent", "spent_low", "spent_high"]))
    order = np.lexsort((np.asarray(since.index.astype(str)),))
    values = _compared(finite(since["money"]))[order]
    labels = of[order]
    share = explained(values, labels)
    rng = np.random.default_rng([seed, 23])
    times = SHUFFLES if len(values) <= MANY else SHUFFLES_OF_MANY
    shuffled = np.array([explained(rng.permutation(values), labels) for _ in range(times)])
    p = float((1 + (shuffled >= share - 1e-12).sum()) / (1 + times))
    cut, until = cut_date(whole), whole.last_date
    assert until is not None
    chance = float(shuffled.mean())
    return Holdout(shown, share, chance, p, cut, until, _read(table, share, chance, p, cut, until))


def _compared(money: Doubles) -> Doubles:
    """Return money as it is compared: by logarithm, so that a few large customers do not decide alone."""
    some = money[money > 0]
    return np.log1p(money / np.median(some)) if len(some) else money


def _read(table: pd.DataFrame, share: float, chance: float, p: float, cut: dt.date, until: dt.date) -> str:
    when = f"Segments formed on orders up to {in_words(cut)}, then followed up to {in_words(until)}:"
    by_chance = f"groups made at random explain {percent(chance)} on average"
    if p > SURE:
        return (
            f"{when} they do not tell you who will buy how much next. They explain {percent(share)} of the differences, and "
            f"{by_chance} (p = {number(p, 2)}). Use them to talk to people, not to plan sales."
        )
    known = table.dropna(subset=["again_said"])
    little = ", which is little" if share < LITTLE else ""
    if len(known) < 2:
        return f"{when} they explain {percent(share)} of the differences in what customers spent next; {by_chance}."
    best, least = known.loc[known["again"].idxmax()], known.loc[known["again"].idxmin()]
    return (
        f"{when} of “{best[SEGMENT_NAME]}” {best['again_said']} bought again, of “{least[SEGMENT_NAME]}” "
        f"{least['again_said']}. The segments explain {percent(share)} of the differences between customers in what they "
        f"spent next{little}; {by_chance} (p = {number(p, 3)})."
    )
