"""Lists of customers by segment, for mail tools and spreadsheets."""

from pathlib import Path

from segkit.words.errors import CriteriaError, TooFewCustomersError, WorkbookError
from segkit.words.terms import SEGMENT_ID
from segkit.workbook.session import Session
from segkit.writing.atomic import write_together
from segkit.writing.tables import csv_bytes, write_csv


def lists_there(session: Session) -> tuple[Path, ...]:
    """Return the lists that were written before: none of an earlier segmentation stays behind."""
    exports = session.workspace.folder / "exports"
    return tuple(path for path in (exports / "segments.csv", *(exports / "lists").glob("*.csv")) if path.exists())


def lists(session: Session) -> dict[Path, bytes]:
    """Return the list of all customers and one for each segment, each with the place where it belongs.

    Raises
    ------
    TooFewCustomersError
        If there are no segments, because there are too few customers.
    """
    exports = session.workspace.folder / "exports"
    customers = session.results.targeting.customer_list
    each = {exports / "lists" / f"{name}.csv": csv_bytes(mine) for name, mine in customers.groupby(SEGMENT_ID)}
    return {exports / "segments.csv": csv_bytes(customers), **each}


def write_lists(session: Session) -> Path:
    """Write ``exports/segments.csv`` with all customers and one list for each segment; return the folder of the lists.

    Raises
    ------
    TooFewCustomersError
        If there are no segments, because there are too few customers.
    OSError
        If the disk is full or read-only.
    """
    before = lists_there(session)
    try:
        files = lists(session)
    except (TooFewCustomersError, CriteriaError):
        write_together({}, without=before)
        raise
    write_together(files, without=before)
    return session.workspace.folder / "exports" / "lists"


def write_moved(session: Session) -> Path:
    """Write ``exports/review/customers.csv``: all customers after the later period with their segment of now and of before.

    Raises
    ------
    WorkbookError
        If there is no later period.
    OSError
        If the disk is full or read-only.
    """
    customers = session.results.review.customer_list
    if customers is None:
        raise WorkbookError("There is no later period yet.", "First choose a file of later orders, further up in notebook 6.")
    return write_csv(customers, session.workspace.folder / "exports" / "review" / "customers.csv")
