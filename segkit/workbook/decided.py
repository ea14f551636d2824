"""What a person decided, or would be advised to decide: read from the workspace, changed, and told to all that watch."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from segkit.decisions.criteria import Criteria
from segkit.decisions.data import Data
from segkit.decisions.goals import Goals
from segkit.decisions.model import Decision
from segkit.decisions.profiles import Profiles
from segkit.decisions.review import Review
from segkit.decisions.targeting import Targeting
from segkit.decisions.workbook import DECISIONS, Workbook
from segkit.samples.catalogue import SAMPLES, Sample, sample_folder
from segkit.words.errors import WorkbookError
from segkit.words.terms import Step
from segkit.workbook.workspace import Workspace, read_book

D = TypeVar("D", bound=Decision)


class Decided:
    """The decisions of one workspace.

    A decision that a person has not taken is replaced by a suggestion: the sample's worked example, or plain defaults.
    """

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self._watchers: dict[str, Callable[[Step], None]] = {}

    @property
    def book(self) -> Workbook:
        """All six decisions as saved."""
        return self.workspace.book

    def is_chosen(self, step: Step) -> bool:
        """Tell whether a person has taken this decision."""
        return self.book.decision(step) is not None

    def decision(self, step: Step) -> Decision:
        """Return the decision of a step as taken, or else the suggestion."""
        return self.book.decision(step) or self.suggestion(step)

    def suggestion(self, step: Step) -> Decision:
        """Return what the workbook works with until a person decides."""
        default = DECISIONS[step]()
        sample = default.sample if isinstance(default, Data) else self.data_decision.sample
        if not sample:
            return self._suggested_criteria() if step is Step.CRITERIA else default
        return _worked_example(sample).decision(step) or default

    def _suggested_criteria(self) -> Criteria:
        """Return the suggestion where there is no worked example; who knows the data can do better."""
        return Criteria()

    @property
    def goals(self) -> Goals:
        """Decision of notebook 1."""
        return self._typed(Step.GOALS, Goals)

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
            self.workspace.decide(step, self.suggestion(step), change)
        finally:
            for watcher in tuple(self._watchers.values()):
                watcher(step)

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
