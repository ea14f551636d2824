"""Buttons that write what leaves the workbook."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from segkit.handover.lists import write_lists, write_moved
from segkit.handover.typing_tool import HOLDS, write_typing_tool
from segkit.show.written import written
from segkit.widgets import controls as c
from segkit.widgets.view import View, localised
from segkit.words.errors import WorkbookError
from segkit.words.terms import SEGMENT_NAME, Step
from segkit.workbook.session import Session


@localised
def lists(session: Session) -> View:
    """Offer to write the lists of customers."""
    view = View(session, Step.TARGETING, lambda: [("Lists of customers", "written to exports/lists when you press the button")])

    def act() -> None:
        if view.do(lambda: written_or_why("lists", lambda: write_lists(session))):
            names = session.results.criteria.segmentation.segments[SEGMENT_NAME]
            exports = session.workspace.folder / "exports"
            files = [(exports / "lists" / f"{segment_id}.csv", f"only “{name}”") for segment_id, name in names.items()]
            files.insert(0, (exports / "segments.csv", "all customers with their segment"))
            view.show(written(session, "The lists are written.", files))

    return view.put(c.button("Write the lists now", act))


@localised
def typing_tool(session: Session) -> View:
    """Offer to write the questions that tell a segment, for paper and for other programs."""
    where = "written to exports/typing_tool when you press the button"
    view = View(session, Step.PROFILES, lambda: [("The questions that tell a segment", where)])

    def act() -> None:
        files: list[Path] = []
        if view.do(lambda: written_or_why("form", lambda: files.extend(write_typing_tool(session)))):
            view.show(written(session, "The questions are written.", [(file, HOLDS[file.name]) for file in files]))

    return view.put(c.button("Write the form, and the same for programs", act))


@localised
def moved(session: Session) -> View:
    """Offer to write the customers after the later period, each with its segment of now and of before."""
    view = View(
        session, Step.REVIEW, lambda: [("Customers with their segment", "written to exports/review when you press the button")]
    )

    def act() -> None:
        if view.do(lambda: written_or_why("list", lambda: write_moved(session))):
            file = session.workspace.folder / "exports" / "review" / "customers.csv"
            holds = "every customer with the current segment, the previous one, and whether they stayed, moved, joined or left"
            view.show(written(session, "The list is written.", [(file, holds)]))

    return view.put(c.button("Write the customers with their current segment", act))


@localised
def report(session: Session) -> View:
    """Offer to write the report."""
    view = View(session, Step.REVIEW, lambda: [("Report", "written to exports/report.html when you press the button")])

    def write() -> None:
        # A process of its own: it runs all six notebooks in a fresh kernel, which this one cannot do while it runs a cell.
        command = [sys.executable, "-m", "segkit", "report", "--workspace", str(session.workspace.folder)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            raise WorkbookError("The report was not written.", " ".join(lines[-3:]))

    def act() -> None:
        view.say("note", "Writing the report: all six notebooks are run once more, which takes about a minute.")
        if view.do(write):
            file = session.workspace.folder / "exports" / "report.html"
            view.show(
                written(session, "The report is written. Send the file to your colleagues.", [(file, "the whole report")])
            )

    return view.put(c.button("Write the report now", act))


def written_or_why(what: str, write: Callable[[], object]) -> None:
    """Write something; where that fails, say so and what helps."""
    try:
        write()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise WorkbookError(
            f"The {what} cannot be written ({reason}).",
            "Close the file if it is open elsewhere, or free some space on the disk.",
        ) from error
