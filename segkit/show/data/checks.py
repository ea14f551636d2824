"""Whether the data are sound, complete, up to date and enough: one answer or warning each."""

from collections.abc import Sequence

from segkit.core.data.customers import CustomerData
from segkit.core.data.damage import Finding
from segkit.core.data.sufficiency import Sufficiency
from segkit.html.notes import Kind, note
from segkit.html.piece import Html
from segkit.words.numbers import count, date, percent

STALE_DAYS = 183
"""An export older than half a year no longer tells who is a customer today."""


def damaged(found: Finding) -> Html:
    """Say in what way a file was damaged before it came here, on what evidence, and what helps."""
    where = f"{found.file_name}, column “{found.column}”" if found.column else found.file_name
    return note("warning", f"{where}: {found.what} {found.evidence} {found.remedy}")


def accurate(data: CustomerData) -> Html:
    """Say how many rows were set aside, and whether that is many."""
    aside = sum(data.ledger.rows_set_aside.values())
    share = aside / data.ledger.rows_read if data.ledger.rows_read else 0.0
    rows = count(data.ledger.rows_read, "row")
    text = f"Accurate? {count(aside)} of {rows} ({percent(share)}) were set aside by the rules above."
    if share > 0.3:
        return note("warning", f"{text} That is a lot: look at the examples and ask whoever made the export.")
    return note("answer", f"{text} Only your books can tell you whether the rest is right: compare the main figures with them.")


def complete(data: CustomerData) -> Html:
    """Say how much is known of the customers, and what is missing."""
    gaps = [(v.label, v.missing / max(len(data.customers), 1)) for v in data.variables if v.missing]
    if not gaps:
        return note("answer", "Complete? Yes: each customer has a value for each variable.")
    worst = sorted(gaps, key=lambda gap: -gap[1])[:3]
    listed = "; ".join(f"{label} (missing for {percent(share)})" for label, share in worst)
    return note(
        "answer",
        f"Complete? There are gaps in {count(len(gaps))} of {count(len(data.variables), 'variable')}, above all: {listed}.",
    )


def up_to_date(data: CustomerData) -> Html:
    """Say how old the last order is."""
    if data.last_date is None or data.as_of is None:
        return note(
            "warning",
            "Up to date? Your file has no order dates, so the workbook cannot tell how old it is. Make a note of when it "
            "was created.",
        )
    days = (data.as_of - data.last_date).days
    text = f"Up to date? The last order is from {date(data.last_date)}, {count(days, 'day')} before the analysis date."
    if days > STALE_DAYS:
        return note("warning", f"{text} That is old: export again before you act on it.")
    return note("answer", f"{text} Check that this is close to today; if not, export again before you act on the results.")


def enough(told: Sequence[Sufficiency]) -> Html:
    """Say for which ways of forming segments the data are enough."""
    kind: Kind = "answer" if all(one.enough for one in told) else "warning"
    text = "Enough? " + " ".join(one.reason for one in told)
    return note(kind, text)
