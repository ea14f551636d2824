"""RFM: how recently, how often and for how much customers buy; scores, and a naming table without overlaps or gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.bands import NOT_KNOWN, codes, finite, own_quantiles, tie_safe
from segkit.core.wording import exact, listed, quantity
from segkit.errors import CriteriaError
from segkit.terms import FREQUENCY, MONETARY_TOTAL, RECENCY_DAYS, SMALL_GROUP

Doubles = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Cell = tuple[int, int, int]

BINS = 5
"""Scores run from 1 (worst) to 5 (best)."""

NAMES: Mapping[str, tuple[str, str]] = {
    "champions": ("Champions", "bought lately, and are among the best in orders and spend"),
    "loyal": ("Loyal", "still buy, and stand in the middle or higher in orders and spend"),
    "promising": ("Coming up", "bought more than once and not long ago, but still little"),
    "new": ("New", "bought once, lately"),
    "cannot_lose": ("Best gone quiet", "are among the best in orders and spend, but have not bought for long"),
    "slipping": ("Slipping away", "stand in the middle in orders and spend, and have not bought for long"),
    "one_time": ("Bought once, long ago", "bought once, and not lately"),
    "lost": ("Small and gone quiet", "bought little, and have not bought for long"),
    "best": ("Best", "are among the best in orders and spend"),
    "middle": ("Middle", "stand in the middle in orders and spend"),
    "small": ("Small", "buy little"),
    "once": ("Bought once", "bought once"),
    "active": ("Active", "bought lately"),
    "cooling": ("Cooling off", "bought a while ago"),
    "quiet": ("Gone quiet", "have not bought for long"),
}
"""Name of each segment, and what its customers do; in the order of display."""


def rfm_scores(
    recency: pd.Series, frequency: pd.Series, monetary: pd.Series, *, bins: int = BINS, offset: float = 1.0
) -> pd.DataFrame:
    """Score customers as R package ``rfm`` does: quantiles of type 7 plus one, ``lower <= x < upper``.

    Parameters
    ----------
    recency, frequency, monetary : pandas.Series
        Days since the last order, number of orders, money; one row a customer, no missing values.
    bins : int, default 5
        Number of scores.
    offset : float, default 1
        What is added to each quantile; 1 is the package's rule.

    Returns
    -------
    pandas.DataFrame
        Columns ``R``, ``F``, ``M``: 1 (worst) to ``bins`` (best).
    """
    columns = {}
    for name, values, low_is_good in (("R", recency, True), ("F", frequency, False), ("M", monetary, False)):
        numbers = finite(values)
        band = codes(numbers, own_quantiles(numbers, bins, offset))
        columns[name] = bins - band if low_is_good else band + 1
    return pd.DataFrame(columns, index=recency.index)


def segment_of_cell(cell: Cell, *, recency: bool = True, value: bool = True, one_time: bool = False) -> str:
    """Return the segment of one cell of scores: total, so that every cell has exactly one.

    Parameters
    ----------
    cell : tuple of int
        Scores of recency, frequency and money, 1 to 5; of a missing one any number.
    recency, value : bool
        Whether recency, and whether frequency or money, are known.
    one_time : bool, default False
        Whether these customers bought once.
    """
    r, fm = cell[0], cell[1] + cell[2]
    if not value and not one_time:
        return "active" if r >= 4 else "cooling" if r == 3 else "quiet"
    if not recency:
        return "once" if one_time else "best" if fm >= 8 else "middle" if fm >= 5 else "small"
    if one_time:
        return "new" if r >= 4 else "one_time"
    if r >= 3:
        return "champions" if r >= 4 and fm >= 8 else "loyal" if fm >= 5 else "promising"
    return "cannot_lose" if fm >= 8 else "slipping" if fm >= 5 else "lost"


def naming_table(*, recency: bool = True, value: bool = True, one_time: bool = True) -> dict[tuple[bool, Cell], str]:
    """Return the whole table: (bought once, cell) → segment; 125 cells, 125 more for one-time buyers."""
    scores = range(1, BINS + 1)
    cells: list[Cell] = list(product(scores, scores, scores))
    return {
        (once, cell): segment_of_cell(cell, recency=recency, value=value, one_time=once)
        for once in ((False, True) if one_time else (False,))
        for cell in cells
    }


@dataclass(frozen=True)
class RfmRule:
    """RFM with thresholds as they were drawn: recency over all customers, frequency and money over those who came back.

    ``cuts`` holds the rising thresholds of each variable that is known, ``bins`` the score (1 to 5) of each band between them;
    ``kept`` the segments that hold at least ``SMALL_GROUP`` customers, each cell of another going to the nearest that is kept;
    ``small`` those that hold fewer, but some.
    """

    cuts: Mapping[str, tuple[float, ...]]
    bins: Mapping[str, tuple[int, ...]]
    kept: tuple[str, ...]
    currency: str = ""
    small: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """Variables that are used, of recency, frequency and money."""
        return tuple(self.cuts)

    def scores(self, frame: pd.DataFrame) -> tuple[Codes, npt.NDArray[np.bool_]]:
        """Return the scores (customers, 3) and who bought once; an unknown value scores 1."""
        scored = np.ones((len(frame), 3), dtype=np.intp)
        for column, variable in enumerate((RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL)):
            if variable in self.cuts:
                scored[:, column] = self._scored(frame, variable)
        if FREQUENCY not in self.cuts:
            scored[:, 1] = scored[:, 2]
        elif MONETARY_TOTAL not in self.cuts:
            scored[:, 2] = scored[:, 1]
        once = finite(frame[FREQUENCY]) <= 1 if FREQUENCY in self.cuts else np.zeros(len(frame), dtype=bool)
        return scored, once

    def _scored(self, frame: pd.DataFrame, variable: str) -> Codes:
        band = codes(finite(frame[variable]), self.cuts[variable])
        scored = np.array(self.bins[variable], dtype=np.intp)[band]
        scored[band == NOT_KNOWN] = 1
        return scored

    def _cells(self, frame: pd.DataFrame) -> pd.Series:
        scored, once = self.scores(frame)
        table = np.array(sorted(NAMES), dtype=object)
        number = {name: i for i, name in enumerate(table)}
        known = {"recency": RECENCY_DAYS in self.cuts, "value": FREQUENCY in self.cuts or MONETARY_TOTAL in self.cuts}
        lookup = np.zeros((2, BINS + 1, BINS + 1, BINS + 1), dtype=np.intp)
        for (one_time, cell), name in naming_table(**known).items():
            lookup[(int(one_time), *cell)] = number[name]
        return pd.Series(table[lookup[once.astype(int), scored[:, 0], scored[:, 1], scored[:, 2]]], index=frame.index)

    def assign(self, frame: pd.DataFrame) -> pd.Series:
        """Put customers into the segments, thresholds as they are."""
        found = self._cells(frame)
        order = list(NAMES)
        if not self.kept:
            return found.astype(str)
        nearest = {
            name: min(self.kept, key=lambda kept: (abs(order.index(kept) - order.index(name)), order.index(kept)))
            for name in order
        }
        return found.map(lambda name: name if name in self.kept else nearest[name]).astype(str)

    def segments(self) -> pd.DataFrame:
        """Return name and rule of each segment, from best to lost."""
        rows = {s: (NAMES[s][0], f"Customers who {self._what(s)}{self._numbers(s)}.") for s in NAMES if s in self.kept}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["segment_name", "rule"])

    def _what(self, segment: str) -> str:
        text = NAMES[segment][1]
        if MONETARY_TOTAL not in self.cuts:
            return text.replace("orders and spend", "number of orders")
        return text.replace("orders and spend", "spend") if FREQUENCY not in self.cuts else text

    def _numbers(self, segment: str) -> str:
        """Say the thresholds in numbers."""
        parts = []
        recent = {"champions": 4, "new": 4, "active": 4, "loyal": 3, "promising": 3}
        quiet = {"cannot_lose": 2, "slipping": 2, "lost": 2, "quiet": 2, "one_time": 3}
        if segment in recent and (at := self._recency_from(recent[segment])) is not None:
            parts.append(f"last order less than {exact(at)} days ago")
        if segment in quiet and (at := self._recency_from(quiet[segment] + 1)) is not None:
            parts.append(f"last order {exact(at)} days ago or longer")
        level = {"champions": "8 or more", "cannot_lose": "8 or more", "best": "8 or more"}
        level |= {"loyal": "5 or more", "slipping": "5 to 7", "middle": "5 to 7"}
        level |= {"promising": "under 5", "lost": "under 5", "small": "under 5"}
        if segment in level:
            both = FREQUENCY in self.cuts and MONETARY_TOTAL in self.cuts
            which = (
                "scores for orders and spend" if both else "score for orders" if FREQUENCY in self.cuts else "score for spend"
            )
            parts.append(f"{which} {'add up to' if both else 'doubled is'} {level[segment]} of 10")
        return f": {' and '.join(parts)}" if parts else ""

    def _recency_from(self, score: int) -> float | None:
        """Return the recency below which customers have at least this score; None where no threshold parts them."""
        if RECENCY_DAYS not in self.cuts:
            return None
        reached = [
            cut for cut, bin_below in zip(self.cuts[RECENCY_DAYS], self.bins[RECENCY_DAYS], strict=False) if bin_below >= score
        ]
        return reached[-1] if reached else None

    def settings(self) -> dict[str, Any]:
        """Return thresholds and kept segments as plain values."""
        notes = []
        if FREQUENCY in self.cuts:
            notes.append(
                "Customers who bought once stand apart; scores for orders and spend compare those who came back. They run "
                "from 1 (the lowest fifth) to 5 (the highest fifth)."
            )
        if self.small:
            names = listed([f"“{NAMES[s][0]}”" for s in self.small])
            notes.append(f"Fewer than {SMALL_GROUP} customers belong to {names}; they stand with the nearest segment.")
        scores = {k: list(v) for k, v in self.bins.items()}
        return {
            "thresholds": {k: list(v) for k, v in self.cuts.items()},
            "scores": scores,
            "segments": list(self.kept),
            "notes": notes,
        }

    def why(self, row: pd.DataFrame) -> str:
        """Say why one customer (a frame of one row) is where it is."""
        scored, once = self.scores(row)
        said = []
        for column, (variable, unit, words) in enumerate(
            (
                (RECENCY_DAYS, "days", "the last order was {} ago"),
                (FREQUENCY, "orders", "there are {}"),
                (MONETARY_TOTAL, "money", "the spend is {}"),
            )
        ):
            if variable in self.cuts:
                value = float(finite(row[variable])[0])
                amount = quantity(value, "order" if unit == "orders" and value == 1 else unit, self.currency)
                text = words.format(amount).replace("are 1 order", "is 1 order") if np.isfinite(value) else f"{unit} not known"
                apart = bool(once[0]) and variable != RECENCY_DAYS
                said.append(text if apart else f"{text} (score {scored[0, column]} of {BINS})")
        segment = str(self.assign(row).iloc[0])
        apart_text = " Whoever bought once stands apart from those who came back." if once[0] else ""
        return f"{listed(said)[:1].upper()}{listed(said)[1:]}: such customers {self._what(segment)}.{apart_text}"


def fit_rfm(frame: pd.DataFrame, *, currency: str = "", weights: Doubles | None = None) -> RfmRule:
    """Draw the thresholds of an RFM segmentation.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer, with some of ``recency_days``, ``frequency``, ``monetary_total``.
    currency : str, optional
        Printed behind money.
    weights : numpy.ndarray, optional
        Weight of each customer (for bootstrap samples).

    Raises
    ------
    CriteriaError
        If none of the three is known, or all that are known are the same for everybody.
    """
    known = {v: finite(frame[v]) for v in (RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL) if v in frame and frame[v].notna().any()}
    if not known:
        raise CriteriaError(
            "RFM needs the date of the last order, the number of orders or the money spent, and the data hold none of them.",
            "Map such a column in notebook 2, or form segments by hand or from the data.",
        )
    mass = np.ones(len(frame)) if weights is None else weights
    came_back = known[FREQUENCY] > 1 if FREQUENCY in known else np.ones(len(frame), dtype=bool)
    if not (came_back & (mass > 0)).any():
        came_back = np.ones(len(frame), dtype=bool)
    cuts, bins = {}, {}
    for v, values in known.items():
        cuts[v], code = tie_safe(values, BINS, mass if v == RECENCY_DAYS else mass * came_back)
        bins[v] = tuple(BINS - c if v == RECENCY_DAYS else c + 1 for c in code)
    rule = RfmRule(cuts, bins, (), currency)
    present = set(rule.assign(frame[mass > 0]))
    if len(present) < 2:
        raise CriteriaError(
            "All customers are alike in how recently, how often and for how much they buy, so RFM cannot tell them apart.",
            "Choose other attributes, by hand or from the data.",
        )
    kept = [name for name in NAMES if name in present]
    small: list[str] = []
    while len(kept) > 2:
        sizes = pd.Series(mass).groupby(RfmRule(cuts, bins, tuple(kept)).assign(frame).to_numpy()).sum()
        if sizes.min() >= SMALL_GROUP:
            break
        least = min(kept, key=lambda name: (float(sizes[name]), name))
        kept.remove(least)
        small.append(least)
    return RfmRule(cuts, bins, tuple(kept), currency, tuple(name for name in NAMES if name in small))
