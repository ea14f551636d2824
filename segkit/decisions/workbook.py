"""The workbook: all six decisions of one business, and how they came about.

A decision is never changed in place: ``revise`` returns a validated copy. Nothing here computes from data.
"""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from segkit.decisions.criteria import Criteria
from segkit.decisions.data import Data
from segkit.decisions.goals import Goals
from segkit.decisions.model import Decision, Model, Text
from segkit.decisions.profiles import Profiles
from segkit.decisions.review import Review
from segkit.decisions.targeting import Targeting
from segkit.words.terms import Step

SCHEMA_VERSION = 1
"""Version of the layout of ``workbook.json``; a newer file is refused, never overwritten."""


DECISIONS: dict[Step, type[Decision]] = {
    Step.GOALS: Goals,
    Step.DATA: Data,
    Step.CRITERIA: Criteria,
    Step.PROFILES: Profiles,
    Step.TARGETING: Targeting,
    Step.REVIEW: Review,
}


class HistoryEntry(Model):
    """One line of the history of decisions; lines are added, never changed."""

    at: dt.datetime
    step: Step
    field: str
    chosen: Any
    rejected: Any = None
    why: Text = ""


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

    def decision(self, step: Step) -> Decision | None:
        """Return the decision of a step, or None where none has been taken."""
        decision: Decision | None = getattr(self, step.value)
        return decision

    def with_decision(self, step: Step, decision: Decision, *, at: dt.datetime, before: Decision) -> "Workbook":
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
        """
        old, new = before.model_dump(mode="json"), decision.model_dump(mode="json")
        entries = tuple(
            HistoryEntry(at=at, step=step, field=field, chosen=new[field], rejected=old[field], why=decision.why)
            for field in new
            if new[field] != old[field]
        )
        dumped = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**dumped, step.value: decision, "history": (*self.history, *entries)})
