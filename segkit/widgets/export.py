"""Buttons that write what leaves the workbook."""

import subprocess
import sys

from segkit.handover.lists import write_lists
from segkit.widgets import controls as c
from segkit.widgets.view import View, written
from segkit.words.errors import WorkbookError
from segkit.words.terms import Step
from segkit.workbook.session import Session


@written
def lists(session: Session) -> View:
    """Offer to write the lists of customers."""
    view = View(
        session, Step.TARGETING, lambda: [("Lists of customers", "written to exports/lists when the button is pressed")]
    )

    def write() -> None:
        try:
            write_lists(session)
        except OSError as error:
            raise unwritten("lists", error) from error

    def act() -> None:
        if view.do(write):
            view.say("answer", "Written: exports/segments.csv with all customers, and one file a segment in exports/lists.")

    return view.put(c.button("Write the lists now", act))


@written
def report(session: Session) -> View:
    """Offer to write the report."""
    view = View(session, Step.REVIEW, lambda: [("Report", "written to exports/report.html when the button is pressed")])

    def write() -> None:
        # A process of its own: it runs all six notebooks in a fresh kernel, which this one cannot do while it runs a cell.
        command = [sys.executable, "-m", "segkit", "report", "--workspace", str(session.workspace.folder)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            raise WorkbookError("The report was not written.", " ".join(lines[-3:]))

    def act() -> None:
        view.say("note", "Writing the report: all six notebooks are run once more. That takes about a minute.")
        if view.do(write):
            view.say(
                "answer", "Written: exports/report.html. Open it from the folder on the left, or send it to your colleagues."
            )

    return view.put(c.button("Write the report now", act))


def unwritten(what: str, error: OSError) -> WorkbookError:
    """Say that something could not be written, and what helps."""
    reason = (error.strerror or "unknown reason").lower()
    return WorkbookError(
        f"The {what} cannot be written ({reason}).", "Close the file if it is open elsewhere, or make room on the disk."
    )
