"""The workbook: all six decisions of one business, and how they came about.

A decision is never changed in place: ``revise`` returns a validated copy. Nothing here computes from data.
"""

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from segkit.decisions.criteria import Criteria
from segkit.decisions.data import Data
from segkit.decisions.goals import Goals
from segkit.decisions.history import OF_THE_BUSINESS, OWN, HistoryEntry, joined, live, replayed, told
from segkit.decisions.model import Decision, Model
from segkit.decisions.profiles import Profiles
from segkit.decisions.review import Review
from segkit.decisions.targeting import Targeting
from segkit.words.regions import Region
from segkit.words.terms import Step

D = TypeVar("D", bound=Decision)

SCHEMA_VERSION = 4
"""Version of the layout of ``workbook.json``; a newer file is refused, never overwritten."""

WHOLE_HISTORY = 3
"""Last version that kept in each line of the history the whole of what was there before and after."""

WHOLE_DECISIONS = 1
"""Last version that kept decisions whole, without telling what of them a person had answered."""


DECISIONS: dict[Step, type[Decision]] = {
    Step.GOALS: Goals,
    Step.DATA: Data,
    Step.CRITERIA: Criteria,
    Step.PROFILES: Profiles,
    Step.TARGETING: Targeting,
    Step.REVIEW: Review,
}


class Workbook(Model):
    """All six decisions of one business, and how they came about.

    A decision that is None has not been taken yet: the workbook then works with a suggestion and says so.
    """

    schema_version: Annotated[int, Field(ge=1, le=SCHEMA_VERSION)] = SCHEMA_VERSION
    goals: Goals | None = None
    data: Data | None = None
    criteria: Criteria | None = None
    profiles: Profiles | None = None
    targeting: Targeting | None = None
    review: Review | None = None
    history: tuple[HistoryEntry, ...] = ()
    region_found: Region | None = None
    """How the machine wrote on which the workbook was begun: a suggestion, looked up once, for it must not follow machines."""

    def decision(self, step: Step) -> Decision | None:
        """Return the decision of a step as it stood when it was last saved, or None where none has been taken."""
        decision: Decision | None = getattr(self, step.value)
        return decision

    @cached_property
    def _live(self) -> tuple[list[HistoryEntry], list[int]]:
        return live(self.history)

    @property
    def lines_of_all(self) -> list[HistoryEntry]:
        """The lines of the history that still hold, of all steps and whatever data they are about."""
        return self._live[0]

    def lines(self, step: Step, about: str) -> list[HistoryEntry]:
        """Return the lines of the history that still hold for a step, with these data in use."""
        wanted = {None, about}
        return [line for line in self._live[0] if line.step is step and line.about in wanted]

    def taken(self, step: Step, suggestion: D, about: str) -> D:
        """Return what holds for a step: the suggestion, with what a person answered about these data on top.

        Parameters
        ----------
        step : Step
            Which of the six decisions.
        suggestion : Decision
            What the workbook works with where nobody decides.
        about : str
            The data in use: a sample's name, or "own".
        """
        return replayed(suggestion, self.lines(step, about))

    def with_decision(
        self, step: Step, decision: Decision, *, at: dt.datetime, before: Decision, about: str = OWN
    ) -> "Workbook":
        """Return a workbook with one decision replaced and its changes appended to the history.

        Parameters
        ----------
        step : Step
            Which of the six decisions.
        decision : Decision
            The new decision.
        at : datetime.datetime
            When it was taken.
        before : Decision
            What held until now (the earlier decision or the suggestion): what was rejected.
        about : str
            The data in use: a sample's name, or "own".
        """
        old, new = before.model_dump(mode="json"), decision.model_dump(mode="json")
        said, turn = None if step in OF_THE_BUSINESS else about, self._next_turn
        entries = tuple(
            HistoryEntry(
                at=at, step=step, field=field, chosen=chosen, rejected=rejected, why=decision.why, about=said, turn=turn
            )
            for field in new
            if new[field] != old[field]
            for rejected, chosen in [told(field, old[field], new[field])]
        )
        return self._with(history=(*self.history, *entries), **{step.value: decision})

    def upgraded(self, at: dt.datetime) -> "Workbook":
        """Return a workbook of before with a history that tells of all that was answered.

        Earlier workbooks kept decisions whole, so that an example's answers stood among a person's own: of a step that has a
        history only what it tells is the person's; what was chosen about data, and what has no history at all, is kept whole.
        """
        if self.schema_version > WHOLE_DECISIONS:
            return self._with()
        book = self
        for step, kind in DECISIONS.items():
            held, lines = self.decision(step), [line for line in self.history if line.step is step]
            if held is None or (lines and step is not Step.DATA):
                continue
            known = replayed(kind(), lines).model_dump(mode="json")
            entries = tuple(
                HistoryEntry(at=at, step=step, field=field, chosen=value, rejected=known[field])
                for field, value in held.model_dump(mode="json").items()
                if value != known[field]
            )
            book = book._with(history=(*book.history, *entries))
        return book._with()

    def begun(self, region: Region | None) -> "Workbook":
        """Return the workbook with the region that its first machine is set to, which is suggested from then on."""
        return self._with(region_found=region)

    @property
    def may_undo(self) -> HistoryEntry | None:
        """The first line of the act that would be undone next."""
        numbered = [line for line in self._live[0] if line.turn]
        return next((line for line in numbered if line.turn == numbered[-1].turn), None)

    @property
    def may_redo(self) -> HistoryEntry | None:
        """The first line of the act that would be done again next."""
        undone = self._live[1]
        return next((line for line in self.history if undone and line.turn == undone[-1] and line.act == "chose"), None)

    def undone(self, at: dt.datetime) -> "Workbook":
        """Return the workbook without its latest act; nothing is struck from the history, a line is added."""
        return self._turned(self.may_undo, "undid", at)

    def redone(self, at: dt.datetime) -> "Workbook":
        """Return the workbook with the act that was undone last done again."""
        return self._turned(self.may_redo, "redid", at)

    def _turned(self, first: HistoryEntry | None, act: Literal["undid", "redid"], at: dt.datetime) -> "Workbook":
        if first is None:
            return self
        lines = [line for line in self.history if line.turn == first.turn and line.act == "chose"]
        back = act == "undid"
        entries = tuple(
            line.revise(
                at=at,
                turn=self._next_turn,
                act=act,
                of=first.turn,
                chosen=line.rejected if back else line.chosen,
                rejected=line.chosen if back else line.rejected,
            )
            for line in lines
        )
        return self._with(history=(*self.history, *entries))

    def without_past(self) -> "Workbook":
        """Return the workbook as it stands, without how it came about: what was taken back or written over is in it no more.

        Nothing that holds changes; what was answered is still a person's own, since the day of its last change.
        """
        held: dict[tuple[Step, str | None, str], HistoryEntry] = {}
        for line in self._live[0]:
            key = (line.step, line.about, line.field)
            held[key] = joined(held[key], line) if key in held else line
        # a reason comes after what was chosen in the same breath, so that it still speaks of that
        lines = sorted(held.values(), key=lambda line: (line.turn, "why" in line.field))
        kept = tuple(line.revise(turn=0, of=0, act="chose", why="") for line in lines if line.chosen != line.rejected)
        decisions = {
            step.value: replayed(kind(), [line for line in kept if line.step is step])
            for step, kind in DECISIONS.items()
            if self.decision(step) is not None
        }
        return self._with(history=kept, **decisions)

    @property
    def _next_turn(self) -> int:
        return max((line.turn for line in self.history), default=0) + 1

    def _with(self, **edits: Any) -> "Workbook":
        dumped = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**dumped, **edits, "schema_version": SCHEMA_VERSION})
