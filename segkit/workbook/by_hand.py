"""The desktop exercise without a mouse: see the pots, put them together, take them apart, say what is done for whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.criteria.by_hand.cautions import cautions
from segkit.core.criteria.by_hand.pots import MOST_BY_HAND, Cell, flat, segment_id, sizes_of
from segkit.core.criteria.by_hand.rule import HandRule, rule_from
from segkit.core.criteria.by_hand.thresholds import attribute, bands_key, suggest_bands
from segkit.core.criteria.rule_linter import Lint, lint
from segkit.core.criteria.segmentation import enough, settle
from segkit.core.data.customers import CustomerData
from segkit.core.data.values import finite
from segkit.core.disclosure import dominated, withheld
from segkit.decisions.criteria import Band, Criteria, HandSegment
from segkit.decisions.model import Decision
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count
from segkit.words.terms import MONETARY_TOTAL, Method, Step
from segkit.workbook.decided import Decided


@dataclass(frozen=True)
class Pot:
    """One row of the exercise: a pot, or several that stand together.

    ``pots`` are the ids of what the person sees as one; ``size`` counts its customers with those of ``guests`` tiny pots that
    stand with it; ``money`` and ``money_share`` are None where the data hold no money.
    """

    pots: tuple[str, ...]
    name: str
    rule: str
    action: str
    size: int
    share: float
    money: float | None
    money_share: float | None
    guests: int

    @property
    def id(self) -> str:
        """Identifier of the row, and of the segment that it is or that it becomes a part of."""
        return self.pots[0]


@dataclass(frozen=True)
class PotTable:
    """All pots as they stand, what is to be said about them, and what to put together where they are too many.

    ``suggestion`` is empty where there are seven or fewer.
    """

    pots: tuple[Pot, ...]
    notes: tuple[str, ...]
    suggestion: tuple[tuple[str, ...], ...]
    lint: Lint


@dataclass(frozen=True)
class _Cut:
    """One attribute cut once: kept, so that a change of another one costs nothing here."""

    attribute: Attribute
    codes: npt.NDArray[np.intp]
    cautions: tuple[str, ...]


class Hand:
    """What a person does with the pots of the present bands.

    Parameters
    ----------
    decided : Decided
        Where the choice is kept.
    data : callable
        Returns the customers.
    """

    def __init__(self, decided: Decided, data: Callable[[], CustomerData]) -> None:
        self._decided, self._data = decided, data
        self._of: CustomerData | None = None
        self._known: dict[Band, _Cut] = {}
        self._money: npt.NDArray[np.float64] | None = None

    def bands(self) -> tuple[Band, ...]:
        """Return the attributes of the exercise: as chosen, or as the data suggest."""
        return self._decided.criteria.by_hand or suggest_bands(self._data())

    def table(self, bands: Sequence[Band] | None = None) -> PotTable:
        """Return the pots as they stand, for the bands chosen or for others that are being tried.

        Raises
        ------
        CriteriaError
            If the bands do not tell customers apart.
        """
        with self._decided.writing():
            return self._table(tuple(bands or self.bands()))

    def _table(self, bands: tuple[Band, ...]) -> PotTable:
        rule, places = self._rule(bands)
        counts = np.bincount(places)
        money = None if self._money is None else np.bincount(places, self._money)
        cells = {cell: i for i, cell in enumerate(sorted(rule.grouping.host))}
        total, all_money = int(counts.sum()), 0.0 if money is None else float(money.sum())
        hidden = self._hidden(rule, places, cells)
        entries = {entry.pots: entry for entry in rule.said}
        found: list[Pot] = []
        for row in rule.grouping.rows():
            members = rule.grouping.members(row)
            pots = tuple(sorted(segment_id(cell) for cell in rule.parts(row)))
            size = sum(int(counts[cells[cell]]) for cell in members)
            worth = None if money is None or hidden[len(found)] else sum(float(money[cells[cell]]) for cell in members)
            entry = entries.get(pots)
            share = None if worth is None or all_money <= 0 else worth / all_money
            guests = sum(cell in rule.grouping.tiny for cell in members)
            name = entry.name if entry and entry.name else rule.short(row)
            action = entry.action if entry else ""
            found.append(Pot(pots, name, rule.rule_of(row), action, size, size / total, worth, share, guests))
        return PotTable(
            tuple(found),
            self._notes(bands, rule, len(found)),
            self._suggested(rule),
            lint(rule.lines(), list(rule.grouping.host)),
        )

    def _hidden(self, rule: HandRule, places: npt.NDArray[np.intp], cells: Mapping[Cell, int]) -> npt.NDArray[np.bool_]:
        """Tell for each row whether its money must not be shown, since it is nearly one customer's or gives one away."""
        rows = rule.grouping.rows()
        if self._money is None:
            return np.zeros(len(rows), dtype=bool)
        row_of = np.full(len(cells), -1)
        for cell, row in rule.grouping.row.items():
            row_of[cells[cell]] = rows.index(row)
        of = row_of[places]
        one = dominated(self._money, of, len(rows))
        return withheld(np.bincount(of, minlength=len(rows)), [range(len(rows))], one)

    def _rule(self, bands: tuple[Band, ...]) -> tuple[HandRule, npt.NDArray[np.intp]]:
        data = self._data()
        enough(data)
        bands = settle(data, Criteria(method=Method.BY_HAND, by_hand=bands)).by_hand
        if data is not self._of:
            self._of, self._known = data, {}
            has_money = MONETARY_TOTAL in data.customers and np.isfinite(finite(data.customers[MONETARY_TOTAL])).any()
            self._money = np.nan_to_num(finite(data.customers[MONETARY_TOTAL])) if has_money else None
        for band in bands:
            if band not in self._known:
                made = attribute(data, band)
                said_of = cautions(data.customers[band.variable], band, made, data.currency)
                self._known[band] = _Cut(made, made.bands(data.customers).astype(np.intp), said_of)
        attributes = tuple(self._known[band].attribute for band in bands)
        places = flat([self._known[band].codes for band in bands], attributes)
        said = [e for e in self._decided.criteria.pots if e.bands == bands_key(bands, attributes)]
        return rule_from(sizes_of(places, attributes), attributes, currency=data.currency, said=said), places

    def _notes(self, bands: tuple[Band, ...], rule: HandRule, rows: int) -> tuple[str, ...]:
        notes = [str(note) for note in rule.notes[:1]] if rule.grouping.tiny else []
        key = bands_key(bands, rule.attributes)
        if kept := {entry.bands for entry in self._decided.criteria.pots} - {key}:
            what = count(len(kept), "other choice of bands", "other choices of bands")
            notes.append(f"What you put together under {what} is kept and returns with those bands.")
        for band in bands:
            notes += self._known[band].cautions
        if rows > MOST_BY_HAND:
            notes.append(
                f"{rows} pots are more than {MOST_BY_HAND} segments, the most that anyone can remember and serve "
                "separately. Put some together; until you do, the smallest are merged with their neighbours."
            )
        return tuple(notes)

    @staticmethod
    def _suggested(rule: HandRule) -> tuple[tuple[str, ...], ...]:
        return tuple(rule.grouping.suggestion()) if rule.grouping.folded else ()

    def put_together(self, *pots: str) -> None:
        """Put pots together into one segment, for instance ``wb.hand.put_together("a1-b1", "a1-b2")``.

        Raises
        ------
        CriteriaError
            If there are fewer than two of them, or one does not exist.
        """
        rows = [self._row(pot) for pot in dict.fromkeys(pots)]
        joined = tuple(sorted({pot for row in rows for pot in row.pots}))
        if len({row.id for row in rows}) < 2:
            raise CriteriaError("A single pot cannot be put together.", "Choose at least two.")
        if len(self.table().pots) - len({row.id for row in rows}) < 1:
            raise CriteriaError(
                "All pots together would be one segment with everybody in it.", "Leave at least one pot separate."
            )
        whole = set(joined)
        self._write(lambda kept: [e for e in kept if not (len(e.pots) > 1 and whole & set(e.pots))], [joined])

    def take_apart(self, *pots: str) -> None:
        """Take a segment apart into its pots; it is named by any of these.

        Raises
        ------
        CriteriaError
            If nothing was put together there.
        """
        rows = [self._row(pot) for pot in pots]
        if not any(len(row.pots) > 1 for row in rows):
            raise CriteriaError(
                "There is nothing to take apart: no chosen pot was put together by you.", "Choose one that was."
            )
        gone = {row.pots for row in rows if len(row.pots) > 1}
        self._write(lambda kept: [e for e in kept if e.pots not in gone])

    def start_again(self) -> None:
        """Take all apart that was put together under the present bands; names and actions of single pots stay."""
        self._write(lambda kept: [e for e in kept if len(e.pots) == 1])

    def take_suggestion(self) -> None:
        """Put together what the workbook suggests, so that seven segments are left."""
        if suggested := self.table().suggestion:
            self._write(lambda kept: [e for e in kept if len(e.pots) == 1], suggested)

    def say(self, pot: str, **edits: str) -> None:
        """Say of a segment what it is called and what is done for it: ``wb.hand.say("a2-b1", action="call them")``."""
        pots = self._row(pot).pots
        old = next((e for e in self._said() if e.pots == pots), HandSegment(bands=self._key(), pots=pots))
        new = old.revise(**edits)
        self._write(
            lambda kept: [e for e in kept if e.pots != pots] + ([new] if new.name or new.action or len(pots) > 1 else [])
        )

    def _row(self, pot: str) -> Pot:
        rows = self.table().pots
        for row in rows:
            if pot in row.pots:
                return row
        raise CriteriaError(f"There is no pot “{pot}”.", f"There are: {', '.join(row.id for row in rows)}.")

    def _key(self) -> str:
        bands = self.bands()
        return bands_key(bands, [attribute(self._data(), band) for band in bands])

    def _said(self) -> tuple[HandSegment, ...]:
        key = self._key()
        return tuple(entry for entry in self._decided.criteria.pots if entry.bands == key)

    def _write(
        self, change: Callable[[Iterable[HandSegment]], list[HandSegment]], joined: Sequence[tuple[str, ...]] = ()
    ) -> None:
        key, bands = self._key(), self.bands()

        def write(decision: Decision) -> Decision:
            assert isinstance(decision, Criteria)
            mine = change([entry for entry in decision.pots if entry.bands == key])
            mine += [HandSegment(bands=key, pots=pots) for pots in joined]
            others = [entry for entry in decision.pots if entry.bands != key]
            return decision.revise(by_hand=bands, pots=[*others, *sorted(mine, key=lambda entry: entry.pots)])

        self._decided.change(Step.CRITERIA, write)
