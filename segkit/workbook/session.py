"""One person's work on one business: their decisions, the data, and every result, each computed when first asked for."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segkit.decisions.criteria import Criteria
from segkit.decisions.data import Data
from segkit.decisions.model import Decision
from segkit.reading.own_process import get_ready
from segkit.words.errors import SegkitError, WorkbookError
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, FileKind, Method, Role, Step
from segkit.workbook.faults import said_in_words
from segkit.workbook.files import Files
from segkit.workbook.kept import Kept

if TYPE_CHECKING:
    from segkit.core.data.customers import CustomerData, Inspected
    from segkit.core.data.questions import Question
    from segkit.core.data.roles.columns import ColumnRole
    from segkit.workbook.by_hand import Hand
    from segkit.workbook.results.by_step import Results

_KEPT: dict[Path, Kept] = {}
"""Results by workspace: they outlive a session, so that running a notebook's first cell again loses nothing."""


def open_workbook(folder: str | os.PathLike[str] | None = None) -> "Session":
    """Open the workbook of a workspace.

    Parameters
    ----------
    folder : path, optional
        The workspace. By default what ``SEGKIT_WORKSPACE`` names, else the one that the notebook lies in, else ``workspace``
        beside the notebook's folder.

    Returns
    -------
    Session

    Raises
    ------
    WorkbookError
        If the workspace cannot be made, or the workbook in it was written by a newer version.
    """
    if folder is not None and not str(folder).strip():
        raise WorkbookError("The name of the workspace is empty.", "Name the folder of your business, or leave it out.")
    session = Session(Path(folder) if folder is not None else _find_workspace())
    said_in_words(session.workspace.folder)
    return session


def _find_workspace() -> Path:
    if named := os.environ.get("SEGKIT_WORKSPACE"):
        return Path(named)
    here = Path.cwd()
    for candidate in (here, *here.parents[:2]):
        if (candidate / "workbook.json").exists() or (candidate / "exports").is_dir():
            return candidate
    return (here.parent if here.name == "notebooks" else here) / "workspace"


class Session(Files):
    """What a notebook, the command line and the tests talk to: decisions, files and results.

    Results are kept as long as the decisions and files that they rest on stay the same.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._results = _KEPT.setdefault(self.workspace.folder, Kept())
        self.say: Callable[[str], None] = lambda _: None

    @contextmanager
    def telling(self, say: Callable[[str], None]) -> Iterator[None]:
        """Have said in a few words what is being read, while it is: large files take seconds."""
        before, self.say = self.say, lambda text: say(f"{text} …")
        try:
            yield
        finally:
            self.say = before

    @property
    def _kept(self) -> Kept:
        self._results.region = self.region
        return self._results

    # What computes is imported when it is first asked for: the first notebook comes up without it.

    @cached_property
    def hand(self) -> "Hand":
        """The desktop exercise without a mouse."""
        from segkit.workbook.by_hand import Hand

        return Hand(self, lambda: self.results.data.customer_data)

    def _suggested_criteria(self) -> Criteria:
        """Suggest RFM where there are orders to count, else segments found in what there is."""
        from segkit.core.criteria.found.variables import suggest_variables
        from segkit.core.criteria.found.ways import suggest_method

        try:
            data = self._load("data", None)
        except SegkitError:  # said where the data are shown
            return Criteria()
        if {RECENCY_DAYS, FREQUENCY} & set(data.customers.columns):
            return Criteria(method=Method.RFM)
        method = self._kept.get("suggested method", data, lambda: suggest_method(data, suggest_variables(data))[0])
        return Criteria(method=method)

    def write_entry(self, step: Step, field: str, segment_id: str, **edits: Any) -> None:
        """Write about one segment of the present segmentation: its name, persona, rating or plan."""
        key = self.results.criteria.filed_under

        def change(decision: Decision) -> Decision:
            entries = [dict(entry) for entry in getattr(decision, field)]
            mine = next((e for e in entries if (e["segmentation"], e["segment_id"]) == (key, segment_id)), None)
            if mine is None:
                mine = {"segmentation": key, "segment_id": segment_id}
                entries.append(mine)
            mine.update(edits)
            return decision.revise(**{field: entries})

        self.change(step, change)

    def entries(self, step: Step, field: str) -> dict[str, Any]:
        """Return what was written about each segment of the present segmentation, by ``segment_id``."""
        key = self.results.criteria.filed_under
        return {e.segment_id: e for e in getattr(self.decision(step), field) if e.segmentation == key}

    # What the files do not decide

    @property
    def questions(self) -> "tuple[Question, ...]":
        """What the files do not decide and nobody has confirmed yet, the weightiest first."""
        return self.results.data.customer_data.questions

    def answer(self, key: str, number: int = 0) -> None:
        """Answer a question, for instance ``wb.answer("orders.customer", 2)``; without a number the reading taken is confirmed.

        Parameters
        ----------
        key : str
            Names the question.
        number : int
            Which of its readings, counted from 1.

        Raises
        ------
        WorkbookError
            If no such question is open, or it has no such reading; nothing is changed then.
        """
        question = next((question for question in self.questions if question.key == key), None)
        if question is None:
            open_ones = ", ".join(question.key for question in self.questions)
            raise WorkbookError(
                f"No question “{key}” is open.", f"Open are: {open_ones}." if open_ones else "There is nothing to confirm."
            )
        if not 0 <= number <= len(question.answers):
            raise WorkbookError(f"“{key}” has no reading {number}.", f"Choose a number from 1 to {len(question.answers)}.")
        answer = question.answers[number - 1] if number else question.taken

        def change(decision: Decision) -> Decision:
            assert isinstance(decision, Data)
            return decision.answering(key, answer.edits)

        self.change(Step.DATA, change)

    # Results

    def why(self, customer_id: str) -> str:
        """Say why a customer is in its segment and how near the border, for instance ``wb.why("C0012")``.

        Raises
        ------
        TooFewCustomersError
            If there are too few customers to segment.
        CriteriaError
            If there is no such customer, or there are no segments.
        """
        from segkit.core.criteria.comparison.one_customer import explain

        results = self.results
        with self.writing():
            return explain(results.data.customer_data, results.criteria.segmentation, customer_id)

    def inspected(self) -> "dict[FileKind, list[tuple[ColumnRole, str]]]":
        """Return for each file what its columns are taken for, with a few examples of what stands in them."""
        from segkit.core.data.privacy import shown

        private = (Role.PERSONAL, Role.FREE_TEXT, Role.EMAIL)
        return {
            kind: [
                (role, "" if role.role in private else ", ".join(shown(text, summary.name) for text in summary.examples[:3]))
                for role, summary in zip(roles, summaries, strict=True)
            ]
            for kind, (_, roles, summaries) in self._inspect().items()
        }

    def read_how(self) -> dict[FileKind, str]:
        """Return for each file in a sentence how it was read."""
        return {kind: reading.sentence for kind, (reading, _, _) in self._inspect().items()}

    def _inspect(self) -> "Mapping[FileKind, Inspected]":
        """Return what the reading of the customers knew already; where they cannot be counted, look at the files alone."""
        from segkit.reading.load import inspect_files

        try:
            return self._load("data", None).inspected
        except SegkitError:  # said where the data are shown
            pass

        files, decision = self.files(), self.data_decision
        rests_on = (_stamps(chain.from_iterable(files.values())), decision.roles, decision.day_first, decision.readings)

        def inspect() -> "Mapping[FileKind, Inspected]":
            with self.reading():
                return inspect_files(files, decision.roles, decision.day_first, decision.readings, self.say)

        return self._kept.get("inspected", rests_on, inspect)

    @property
    def results(self) -> "Results":
        """All results for the decisions and files as they are now."""
        from segkit.workbook.results.by_step import Results

        return Results.of(
            self._load("data", None),
            until=self._until,
            later=self._later,
            with_later=self._with_later,
            goals=self.goals,
            criteria=self.criteria,
            personas=self.personas,
            ratings=self.targeting,
            business=self.about,
            kept=self._kept,
            margin_known=self.answer_to(Step.GOALS, "break_even", "margin").whose != "suggested",
            orders_until=lambda day: self._load("orders until", None, until=day, only=FileKind.ORDERS),
        )

    def _later(self) -> "CustomerData | None":
        later = self.later_file()
        return self._load("later data", later) if later else None

    def _until(self, day: dt.date) -> "CustomerData":
        return self._load("data until", None, until=day)

    def _with_later(self, day: dt.date | None) -> "CustomerData | None":
        later = self.later_file()
        if later is None or FileKind.ORDERS not in self.files():
            return None
        return self._load("orders and later ones" + (" until" if day else ""), None, until=day, more=later)

    def _load(
        self,
        name: str,
        later: Path | None,
        until: dt.date | None = None,
        more: Path | None = None,
        only: FileKind | None = None,
    ) -> "CustomerData":
        if self._kept.known(name) is None:
            get_ready()
        from segkit.core.data.small_groups import without_small_groups
        from segkit.reading.load import load_customers
        from segkit.workbook.pseudonyms import pseudonymised

        files, decision = self.files(), self.data_decision.revise(why="", survey=None)
        files = {only: files[only]} if only in files else files
        currency = self.sample.currency if self.sample else self.goals.business.currency
        later_as_of = self.review_decision.later_as_of if later or more else None
        as_of = until or (later_as_of if more else decision.as_of)
        if more:
            files = files | {FileKind.ORDERS: (*files[FileKind.ORDERS], more)}
        rests_on = (
            _stamps([*chain.from_iterable(files.values()), *([later] if later else [])]),
            decision,
            currency,
            later_as_of,
            until,
        )

        def load() -> "CustomerData":
            with self.reading():
                data = load_customers(
                    files,
                    roles=decision.roles,
                    rules_off=decision.rules_off,
                    rules_on=decision.rules_on,
                    as_of=as_of,
                    day_first=decision.day_first,
                    readings=decision.readings,
                    currency=currency,
                    later=later,
                    later_as_of=later_as_of if later else None,
                    statuses=decision.statuses,
                    counting=decision.currency,
                    rates=decision.rates,
                    rates_on=decision.rates_on,
                    confirmed=decision.confirmed,
                    progress=self.say,
                )
            data = without_small_groups(data)
            return pseudonymised(data, self.workspace.folder) if decision.pseudonyms else data

        return self._kept.get(name, rests_on, load)


def _stamps(paths: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Tell files apart from what they were before: by path, size and time of change."""
    return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths)
