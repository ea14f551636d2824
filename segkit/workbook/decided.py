"""What a person decided, or would be advised to decide: read from the workspace, changed, and told to all that watch."""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from segkit.decisions.criteria import Criteria
from segkit.decisions.data import Data
from segkit.decisions.goals import Goals
from segkit.decisions.history import OF_THE_BUSINESS, OWN, HistoryEntry, answered, replayed
from segkit.decisions.history import Path as Path_
from segkit.decisions.model import Decision
from segkit.decisions.profiles import Profiles
from segkit.decisions.review import Review
from segkit.decisions.targeting import Targeting
from segkit.decisions.workbook import DECISIONS, Workbook
from segkit.samples.catalogue import SAMPLES, Sample, sample_folder
from segkit.words.errors import WorkbookError
from segkit.words.regions import Region, written_in
from segkit.words.terms import Step
from segkit.workbook.book_file import read_book
from segkit.workbook.workspace import Workspace, now

D = TypeVar("D", bound=Decision)


class Answer(NamedTuple):
    """Whose an answer is, and since when it is the person's own."""

    whose: Literal["example", "suggested", "yours"]
    at: dt.datetime | None

    @property
    def yours(self) -> bool:
        """Whether a person gave it."""
        return self.whose == "yours"


class Reason(NamedTuple):
    """A reason in a person's words (or the example's), whether its choice still holds, and the decision it was given for."""

    text: str
    holds: bool
    yours: bool
    then: Decision


class Decided:
    """The decisions of one workspace.

    A decision that a person has not taken is replaced by a suggestion: the sample's worked example, or plain defaults.
    """

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self._watchers: dict[str, Callable[[Step], None]] = {}
        self._told = len(self.workspace.book.history)
        self._taken: dict[Step, tuple[Workbook, str, Decision, Decision]] = {}
        self._wrote = self.region

    @property
    def book(self) -> Workbook:
        """All six decisions as saved."""
        return self.workspace.book

    @property
    def about(self) -> str:
        """Which data the choices are about: a sample's name, or "own"."""
        return self.data_decision.sample or OWN

    def is_chosen(self, step: Step) -> bool:
        """Tell whether a person has answered any question of a step, for the data in use."""
        return self.answer_to(step).yours

    def answer_to(self, step: Step, *path: str) -> "Answer":
        """Tell whose an answer is: a person's own with its time, the example's, or the workbook's suggestion.

        Parameters
        ----------
        step : Step
            Which decision.
        *path : str
            Where the answer stands in it, such as ``"business", "name"``; without it, any answer of the step.
        """
        mine = self._answered(step)
        near = [at for where, at in mine.items() if where[: len(path)] == path or path[: len(where)] == where]
        if near:
            return Answer("yours", max(near))
        return Answer("example" if self.sample and path != ("business", "region") else "suggested", None)

    def decision(self, step: Step) -> Decision:
        """Return the decision of a step: the suggestion, with what the person answered on top."""
        book, suggestion = self.book, self.suggestion(step)
        about = "" if step in OF_THE_BUSINESS else self.about
        known = self._taken.get(step)
        if known is None or known[0] is not book or known[1] != about or known[2] != suggestion:
            known = self._taken[step] = (book, about, suggestion, book.taken(step, suggestion, about))
        return known[3]

    def reason(self, step: Step, field: str = "why") -> "Reason":
        """Return a reason, and whether the choice that it was written for still holds."""
        decision, suggestion = self.decision(step), self.suggestion(step)
        text = str(getattr(decision, field))
        lines = self.book.lines(step, self.about)
        written = max((n for n, line in enumerate(lines, 1) if line.field == field), default=0)
        while 0 < written < len(lines) and lines[written].turn == lines[written - 1].turn != 0:
            written += 1  # what was answered in the same breath belongs to it
        then = replayed(suggestion, lines[:written])
        holds = not text or then.meant(field) == decision.meant(field)
        return Reason(text, holds, written > 0, then)

    def _answered(self, step: Step) -> Mapping[Path_, dt.datetime]:
        return answered(self.book.lines(step, "" if step in OF_THE_BUSINESS else self.about))

    def suggestion(self, step: Step) -> Decision:
        """Return what the workbook works with until a person decides."""
        default = DECISIONS[step]()
        sample = default.sample if isinstance(default, Data) else self.data_decision.sample
        if not sample:
            suggested = self._suggested_criteria() if step is Step.CRITERIA else default
        else:
            suggested = _worked_example(sample).decision(step) or default
        region = self.book.region_found
        if isinstance(suggested, Goals) and region:
            return suggested.revise(business=suggested.business.revise(region=region))
        return suggested

    def _suggested_criteria(self) -> Criteria:
        """Return the suggestion where there is no worked example; who knows the data can do better."""
        return Criteria()

    @property
    def goals(self) -> Goals:
        """Decision of notebook 1."""
        return self._typed(Step.GOALS, Goals)

    @property
    def region(self) -> Region:
        """Whose way of writing figures and dates holds in this workbook."""
        return self.goals.business.region

    def writing(self) -> AbstractContextManager[None]:
        """Write figures and dates as this workbook does, inside a ``with`` block: the door to all that is shown or computed."""
        return written_in(self.region)

    @property
    def data_decision(self) -> Data:
        """Decision of notebook 2."""
        return self._typed(Step.DATA, Data)

    @property
    def criteria(self) -> Criteria:
        """Decision of notebook 3."""
        return self._typed(Step.CRITERIA, Criteria)

    @property
    def personas(self) -> Profiles:
        """Decision of notebook 4."""
        return self._typed(Step.PROFILES, Profiles)

    @property
    def targeting(self) -> Targeting:
        """Decision of notebook 5."""
        return self._typed(Step.TARGETING, Targeting)

    @property
    def review_decision(self) -> Review:
        """Decision of notebook 6."""
        return self._typed(Step.REVIEW, Review)

    def _typed(self, step: Step, kind: type[D]) -> D:
        decision = self.decision(step)
        assert isinstance(decision, kind)
        return decision

    def choose(self, step: Step | str, **edits: Any) -> None:
        """Take or change a decision without a mouse, for instance ``wb.choose("criteria", method="rfm", why="we know it")``.

        Raises
        ------
        WorkbookError
            If there is no such step or field, a value does not fit (nothing happens then), or it cannot be saved.
        """
        try:
            step = Step(step)
        except ValueError:
            known = ", ".join(Step)
            raise WorkbookError(f"There is no step called “{step}”.", f"Choose one of: {known}.") from None
        self.change(step, lambda decision: decision.revise(**edits))

    def change(self, step: Step, change: Callable[[Decision], Decision]) -> None:
        """Change a decision by a function of what is saved, save it, and tell all that watch."""
        try:
            self.workspace.decide(step, self.suggestion(step), change, self.about)
        finally:
            self._tell(step)

    def undo(self) -> HistoryEntry | None:
        """Take back the latest choice, in whichever notebook it was made; return it, or None where there is none."""
        return self._turn(self.book.may_undo, Workbook.undone)

    def redo(self) -> HistoryEntry | None:
        """Make the choice again that was taken back last; return it, or None where there is none."""
        return self._turn(self.book.may_redo, Workbook.redone)

    def go_back(self, turn: int) -> None:
        """Take back every choice that was made after one; ``turn`` is its number in the history."""
        while (latest := self.book.may_undo) is not None and latest.turn > turn:
            self.undo()

    def forget_past(self) -> None:
        """Forget how the choices came about: texts taken out again, and all that was written over; what holds stays."""
        try:
            self.workspace.forget_past()
        finally:
            for step in Step:
                self._tell(step)

    def _turn(self, entry: HistoryEntry | None, act: Callable[[Workbook, dt.datetime], Workbook]) -> HistoryEntry | None:
        if entry is not None:
            at = now()
            try:
                self.workspace.do(lambda book: act(book, at))
            finally:
                self._tell(entry.step)
        return entry

    def look_around(self) -> None:
        """Tell all that watch what another notebook, or the command line, has changed in the meantime."""
        history = self.book.history
        new, self._told = history[self._told :], len(history)
        for step in dict.fromkeys(entry.step for entry in new):
            self._tell(step)

    def _tell(self, step: Step) -> None:
        self._told = len(self.book.history)
        before, self._wrote = self._wrote, self.region
        steps = (step,) if before is self._wrote else tuple(Step)  # other signs and dates stand in what any step shows
        with self.writing():
            for watcher in tuple(self._watchers.values()):
                for one in steps:
                    watcher(one)

    def watch(self, name: str, watcher: Callable[[Step], None]) -> None:
        """Call a function after each change of a decision; a cell that is run again takes the place of its former self."""
        self._watchers[name] = watcher

    def sample_decision(self, name: str) -> Decision:
        """Return the data decision of a sample's worked example."""
        return _worked_example(name).data or Data(sample=name)

    @property
    def sample(self) -> Sample | None:
        """The sample business in use, or None with own files."""
        name = self.data_decision.sample
        return SAMPLES[name] if name else None


@cache
def _worked_example(sample: str) -> Workbook:
    return read_book(sample_folder(sample) / SAMPLES[sample].example_file)
