"""Lists of customers by segment, for mail tools and spreadsheets."""

from pathlib import Path

from segkit.words.errors import WorkbookError
from segkit.words.terms import SEGMENT_ID
from segkit.workbook.session import Session
from segkit.writing.tables import write_csv


def write_lists(session: Session) -> Path:
    """Write ``exports/segments.csv`` with all customers and one list for each segment; return the folder of the lists.

    Raises
    ------
    TooFewCustomersError
        If there are no segments, because there are too few customers.
    OSError
        If the disk is full or read-only.
    """
    exports = session.workspace.folder / "exports"
    lists = exports / "lists"
    for old in (exports / "segments.csv", *lists.glob("*.csv")):
        old.unlink(missing_ok=True)  # no list of an earlier segmentation stays behind
    customers = session.results.targeting.customer_list
    write_csv(customers, exports / "segments.csv")
    for segment_id, mine in customers.groupby(SEGMENT_ID):
        write_csv(mine, lists / f"{segment_id}.csv")
    return lists


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
