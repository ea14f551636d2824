"""RFM: how recently, how often and for how much customers buy; a rule that puts every customer into one named segment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.borders import nearest_borders, say_borders
from segkit.core.criteria.notes import Note
from segkit.core.criteria.rfm.names import LATELY, NAMES, PLAIN, QUIET, Naming, of_ones_own, usual
from segkit.core.criteria.rfm.scores import BINS, Scale, Scales, draw
from segkit.core.data.rhythm import long_silence, usual_gap
from segkit.core.data.values import finite
from segkit.decisions.criteria import Rfm
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, exact, listed, quantity
from segkit.words.terms import FREQUENCY, MONETARY_MEAN, MONETARY_TOTAL, RECENCY_DAYS, SMALL_GROUP, RfmBins, RfmMoney

Doubles = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

MARGIN_TOTAL = "margin_total"
MONEY: Mapping[RfmMoney, tuple[str, str]] = {
    RfmMoney.TOTAL: (MONETARY_TOTAL, "spend"),
    RfmMoney.MEAN: (MONETARY_MEAN, "spend per order"),
    RfmMoney.MARGIN: (MARGIN_TOTAL, "margin"),
}
"""The column that stands for money, and its name."""

AS_IT_COMES = Rfm()
"""Nothing chosen by a person."""


@dataclass(frozen=True)
class RfmRule:
    """RFM with thresholds as they were drawn: recency over all customers, frequency and money over those who came back.

    ``kept`` holds the segments of at least ``SMALL_GROUP`` customers, each cell of another going to the nearest that is kept;
    ``small`` those that hold fewer, but some; ``no_orders`` counts customers who only returned; ``long_after`` are the days of
    silence that are long for the customers of each segment, where the data tell and all of them bear its words out.
    """

    scales: Scales
    chosen: Rfm = AS_IT_COMES
    kept: tuple[str, ...] = ()
    currency: str = ""
    small: tuple[str, ...] = ()
    no_orders: int = 0
    long_after: Mapping[str, float] = field(default_factory=dict)

    def title(self, segment: str) -> tuple[str, str]:
        """Return the name of a segment and what its customers do; words of time only where the rhythm of orders bears them out.

        A silence is long after twice the usual gap between orders (see `segkit.core.data.rhythm`), so that "lately" holds for a
        segment whose longest silence is no longer than that, and "not for long" for one whose shortest is.
        """
        title = self.naming.titles[segment]
        if title != NAMES.get(segment) or segment not in PLAIN:
            return title
        long = self.long_after.get(segment)
        edge = self._recency_from(LATELY[segment] if segment in LATELY else QUIET.get(segment, BINS) + 1)
        if segment == "cooling" or long is None or edge is None:
            return PLAIN[segment]
        return title if (edge <= long if segment in LATELY else edge >= long) else PLAIN[segment]

    @property
    def money(self) -> str:
        """Column that stands for money."""
        return MONEY[self.chosen.money][0]

    @property
    def variables(self) -> tuple[str, ...]:
        """Variables that are used, of recency, frequency and money."""
        return tuple(self.cuts)

    @property
    def cuts(self) -> dict[str, tuple[float, ...]]:
        """Thresholds of each variable that is known; with nested bins those that hold for everybody."""
        return {variable: scale.cuts for variable, scale in self.scales_of(()).items()}

    def scales_of(self, scored: tuple[int, ...]) -> dict[str, Scale]:
        """Return the scale of each known variable for a customer with these scores of recency and frequency."""
        found = {RECENCY_DAYS: self.scales.recency} if self.scales.recency else {}
        for variable, scales, key in (
            (FREQUENCY, self.scales.frequency, scored[:1]),
            (self.money, self.scales.money, scored[:2]),
        ):
            if scales:
                found[variable] = scales.get(key, scales[()])
        return found

    @property
    def naming(self) -> Naming:
        """The naming table in use."""
        known = {"recency": self.scales.recency is not None, "value": bool(self.scales.frequency or self.scales.money)}
        return of_ones_own(self.chosen.names, **known) if self.chosen.names else usual(**known)

    def scores(self, frame: pd.DataFrame) -> tuple[Codes, npt.NDArray[np.bool_]]:
        """Return the scores (customers, 3) and who bought once; an unknown value scores 1."""
        values = [finite(frame[v]) if v in self.cuts else None for v in (RECENCY_DAYS, FREQUENCY, self.money)]
        once = np.zeros(len(frame), dtype=bool) if values[1] is None else values[1] <= 1
        return self.scales.score(values[0], values[1], values[2], len(frame)), once

    def _cells(self, frame: pd.DataFrame) -> pd.Series:
        scored, once = self.scores(frame)
        naming = self.naming
        names = np.array(sorted(naming.titles), dtype=object)
        number = {name: i for i, name in enumerate(names)}
        lookup = np.zeros((2, BINS + 1, BINS + 1, BINS + 1), dtype=np.intp)
        for (one_time, cell), name in naming.table.items():
            lookup[(int(one_time), *cell)] = number[name]
        return pd.Series(names[lookup[once.astype(int), scored[:, 0], scored[:, 1], scored[:, 2]]], index=frame.index)

    def assign(self, frame: pd.DataFrame) -> pd.Series:
        """Put customers into the segments, thresholds as they are."""
        found = self._cells(frame)
        return found.astype(str) if not self.kept else found.map(self.hosts()).astype(str)

    def hosts(self) -> dict[str, str]:
        """Return for each segment of the naming table the one that its customers stand in."""
        order = list(self.naming.titles)
        return {
            name: name
            if name in self.kept
            else min(self.kept, key=lambda kept: (abs(order.index(kept) - order.index(name)), order.index(kept)))
            for name in order
        }

    def segments(self) -> pd.DataFrame:
        """Return name and rule of each segment, from best to lost."""
        kept = [s for s in self.naming.titles if s in self.kept]
        rows = {s: (self.title(s)[0], f"Customers who {self._what(s)}{self._numbers(s)}.") for s in kept}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["segment_name", "rule"])

    def _what(self, segment: str) -> str:
        text, spend = self.title(segment)[1], MONEY[self.chosen.money][1]
        if not self.scales.money:
            return text.replace("orders and spend", "number of orders")
        return text.replace("orders and spend", f"orders and {spend}" if self.scales.frequency else spend)

    def _numbers(self, segment: str) -> str:
        """Say the thresholds in numbers."""
        parts = []
        if segment in LATELY and (at := self._recency_from(LATELY[segment])) is not None:
            parts.append(f"last order less than {exact(at)} days ago")
        if segment in QUIET and (at := self._recency_from(QUIET[segment] + 1)) is not None:
            parts.append(f"last order {exact(at)} days ago or longer")
        high, middle, low = ("8 or more", "4 or 5"), ("5 to 7", "3"), ("under 5", "1 or 2")  # two scores, one
        level = {"champions": high, "cannot_lose": high, "best": high, "loyal": ("5 or more", "3 or more")}
        level |= {"slipping": middle, "middle": middle, "promising": low, "lost": low, "small": low}
        if segment in level:
            both, spend = bool(self.scales.frequency and self.scales.money), MONEY[self.chosen.money][1]
            which = (
                f"scores for orders and {spend}"
                if both
                else "score for orders"
                if self.scales.frequency
                else f"score for {spend}"
            )
            together, alone = level[segment]
            parts.append(f"{which} add up to {together} of 10" if both else f"{which} is {alone} of {BINS}")
        return f": {' and '.join(parts)}" if parts else ""

    def _recency_from(self, score: int) -> float | None:
        """Return the recency below which customers have at least this score; None where no threshold parts them."""
        return self.scales.recency.reached(score) if self.scales.recency else None

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was done on the way: who stands apart, and who stands with others."""
        notes = []
        if self.scales.frequency:
            own = self.chosen.recency or self.chosen.frequency or self.chosen.monetary
            fifths = "" if own else " They run from 1 (the lowest fifth) to 5 (the highest fifth)."
            spend = MONEY[self.chosen.money][1]
            notes.append(f"Customers who bought once are kept apart; scores for orders and {spend} compare the others.{fifths}")
        if self.no_orders:
            who = f"{count(self.no_orders, 'customer')} {'has' if self.no_orders == 1 else 'have'}"
            stand = "it is placed" if self.no_orders == 1 else "they are placed"
            notes.append(f"{who} no order that counts; {self._beside_once(stand)}.")
        if self.small:
            names = listed([f"“{self.title(s)[0]}”" for s in self.small])
            notes.append(f"Fewer than {SMALL_GROUP} customers belong to {names}; they are merged with the nearest segment.")
        return tuple(map(Note, notes))

    def settings(self) -> dict[str, Any]:
        """Return thresholds and kept segments as plain values."""
        plain: dict[str, Any] = {
            "thresholds": {k: list(v) for k, v in self.cuts.items()},
            "scores": {k: list(s.scores) for k, s in self.scales_of(()).items()},
            "segments": list(self.kept),
        }
        if self.chosen != Rfm():
            plain["chosen"] = self.chosen.model_dump(mode="json")
        if self.chosen.bins is RfmBins.NESTED:
            within = ((FREQUENCY, self.scales.frequency), (self.money, self.scales.money))
            plain["nested"] = {v: {"-".join(map(str, k)): list(s.cuts) for k, s in of.items() if k} for v, of in within}
        return plain

    def _beside_once(self, stand: str) -> str:
        """Say where customers without any order stand."""
        segment = self.title(self.hosts()[self.naming.table[True, (1, 1, 1)]])[0]
        return f"{stand} with “{segment}”"

    def why(self, row: pd.DataFrame) -> str:
        """Say why one customer (a frame of one row) is where it is, and how near the border."""
        if FREQUENCY in self.cuts and float(finite(row[FREQUENCY])[0]) < 1:
            return f"This customer has no order that counts: {self._beside_once('such customers are placed')}."
        scored, once = self.scores(row)
        said = []
        spend = MONEY[self.chosen.money][1]
        units = {RECENCY_DAYS: "days", FREQUENCY: "orders", self.money: "money"}
        words = {RECENCY_DAYS: "the last order was {} ago", FREQUENCY: "there are {}", self.money: f"the {spend} is {{}}"}
        for column, variable in enumerate(words):
            if variable in self.cuts:
                value = float(finite(row[variable])[0])
                unit = units[variable][:-1] if value == 1 and variable != self.money else units[variable]
                text = words[variable].format(quantity(value, unit, self.currency)).replace("are 1 order", "is 1 order")
                text = text if np.isfinite(value) else f"{units[variable]} not known"
                apart = bool(once[0]) and variable != RECENCY_DAYS
                said.append(text if apart else f"{text} (score {scored[0, column]} of {BINS})")
        segment = str(self.assign(row).iloc[0])
        apart_text = " Customers who bought only once are kept apart from those who came back." if once[0] else ""
        cuts = {v: scale.cuts for v, scale in self.scales_of(tuple(int(s) for s in scored[0, :2])).items()}
        if FREQUENCY in cuts:
            cuts[FREQUENCY] = tuple(sorted({2.0, *cuts[FREQUENCY]}))
        near = nearest_borders(row, cuts, units, self.assign)
        names = {i: self.title(i)[0] for i in self.naming.titles}
        border = say_borders(near, {self.money: spend}, units, names, self.currency)
        return f"{listed(said)[:1].upper()}{listed(said)[1:]}: such customers {self._what(segment)}.{apart_text} {border}"


def fit_rfm(frame: pd.DataFrame, chosen: Rfm | None = None, *, currency: str = "", weights: Doubles | None = None) -> RfmRule:
    """Draw the thresholds of an RFM segmentation, or take a person's own.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a customer, with some of ``recency_days``, ``frequency``, and the column that stands for money.
    chosen : Rfm, optional
        Bins, money, own thresholds and own names.
    currency : str, optional
        Printed behind money.
    weights : numpy.ndarray, optional
        Weight of each customer (for bootstrap samples).

    Raises
    ------
    CriteriaError
        If none of the three is known, the chosen money is not, or all that are known are the same for everybody.
    """
    chosen = chosen or Rfm()
    money = MONEY[chosen.money][0]
    known = {
        v: finite(frame[v]) for v in (RECENCY_DAYS, FREQUENCY, money) if v in frame and np.isfinite(finite(frame[v])).any()
    }
    if money not in known and chosen.money is not RfmMoney.TOTAL:
        raise CriteriaError(
            f"RFM is set to use “{chosen.money.label}”, but the data hold no {MONEY[chosen.money][1]}.",
            "Choose a column of margins in notebook 2, or pick another measure of money." if chosen.money is RfmMoney.MARGIN
            else "Pick another measure of money.",
        )  # fmt: skip
    if not known:
        raise CriteriaError(
            "RFM needs the date of the last order, the number of orders or the money spent, but the data hold none of them.",
            "Choose such a column in notebook 2, or form segments by hand or from the data.",
        )
    mass = np.ones(len(frame)) if weights is None else weights
    came_back = known[FREQUENCY] > 1 if FREQUENCY in known else np.ones(len(frame), dtype=bool)
    if not (came_back & (mass > 0)).any():
        came_back = np.ones(len(frame), dtype=bool)
    thresholds = (chosen.recency, chosen.frequency, chosen.monetary)
    nested = chosen.bins is RfmBins.NESTED
    three = (known.get(RECENCY_DAYS), known.get(FREQUENCY), known.get(money))
    rule = RfmRule(draw(*three, mass, came_back, nested=nested, thresholds=thresholds), chosen, (), currency)
    if FREQUENCY in known:
        rule = replace(rule, no_orders=int((known[FREQUENCY] < 1).sum()))
    present = set(rule.assign(frame[mass > 0]))
    if len(present) < 2:
        raise CriteriaError(
            "All customers are alike in how recently, how often and for how much they buy, so RFM cannot tell them apart."
            if chosen == Rfm()
            else "With these thresholds and names all customers fall into one RFM segment.",
            "Choose other attributes, by hand or from the data." if chosen == Rfm() else "Change them, or start again.",
        )
    return _with_rhythm(_without_small(rule, frame, mass, present), frame)


def _with_rhythm(rule: RfmRule, frame: pd.DataFrame) -> RfmRule:
    """Say for each segment which silence is long for its customers, unless they do not bear its words out themselves."""
    if usual_gap(frame) is None:  # as in each of the samples that a verdict draws: nobody asks for names there
        return rule
    segment_of, silent = rule.assign(frame).to_numpy(), finite(frame[RECENCY_DAYS])
    known = {}
    for s in rule.naming.titles:
        mine, long = silent[segment_of == s], long_silence(frame, segment_of == s)
        # a segment may also hold some of another one that is too small to stand alone
        if long is not None and not (mine > long if s in LATELY else mine < long).any():
            known[s] = long
    return replace(rule, long_after=known)


def _without_small(rule: RfmRule, frame: pd.DataFrame, mass: Doubles, present: set[str]) -> RfmRule:
    """Keep the segments that hold customers enough; the others stand with the nearest."""
    order = list(rule.naming.titles)
    kept = [name for name in order if name in present]
    small: list[str] = []
    while len(kept) > 2:
        sizes = pd.Series(mass).groupby(replace(rule, kept=tuple(kept)).assign(frame).to_numpy()).sum()
        if sizes.min() >= SMALL_GROUP:
            break
        least = min(kept, key=lambda name: (float(sizes[name]), name))
        kept.remove(least)
        small.append(least)
    return replace(rule, kept=tuple(kept), small=tuple(name for name in order if name in small))
