"""The first question of all: look at the sample, or use a file of one's own."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from segkit.decisions.data import STACKED
from segkit.widgets import controls as c
from segkit.widgets.view import Row, View, written
from segkit.words.addresses import called
from segkit.words.errors import SegkitError
from segkit.words.numbers import count, listed
from segkit.words.terms import RECENCY_DAYS, FileKind, Step
from segkit.workbook.session import Session

if TYPE_CHECKING:
    from segkit.core.data.customers import CustomerData

LARGEST = "8 MB"


@written
def begin(session: Session) -> View:
    """Ask whether to look at the sample first, or to begin with a file of one's own."""

    def in_words() -> list[Row]:
        return [("Data", in_use(session), ("sample",))]

    view = View(session, Step.DATA, in_words)
    now = w.HTML()

    def show(_: object = None) -> None:
        now.value = f"<b>You are looking at {in_use(session)}.</b>"

    def sample() -> None:
        name = session.data_decision.sample or "coffee_roaster"
        if session.data_decision.sample or view.do(lambda: session.change(Step.DATA, lambda _: session.sample_decision(name))):
            view.say("tip", "Everything is filled in for the sample. Look around, try things; when you bring your own file, "
                            "nothing of the sample stays.")  # fmt: skip

    show()
    session.watch("ask begin", show)
    return view.put(
        now,
        w.HBox(
            [c.button("Look at the sample first", sample), upload(session, view, lambda: None)],
            layout={"flex_flow": "row wrap"},
        ),
    )


def in_use(session: Session) -> str:
    """Name the data in use: the sample business, or the files."""
    if session.sample:
        return f"the sample “{session.sample.title}”"
    return listed([called(file.path) for file in session.data_decision.files])


def upload(session: Session, view: View, looked: Callable[[], None]) -> w.FileUpload:
    """Return the button that takes a file from a person's computer, puts it to use, and says as what it was read."""
    button = w.FileUpload(description=f"Use my own file (up to {LARGEST})", multiple=True, layout={"width": "auto"})

    def take(change: dict[str, Any]) -> None:
        names = [one["name"] for one in change["new"]]
        if not names:
            return
        view.wait(f"Reading {listed(names)} …")

        def keep() -> None:
            for one in change["new"]:
                session.keep_file(one["name"], bytes(one["content"]))

        told: list[str] = []
        taken = view.do(keep) and view.do(lambda: told.append(into_use(session, names)))
        button.value = ()  # what stands in a control may be saved with the notebook
        looked()
        if taken:
            view.say("answer", told[0])

    button.observe(take, names="value")
    return button


def into_use(session: Session, names: Sequence[str]) -> str:
    """Put files into use: as orders where they can be read as such, else as a list of customers; say as what, and how much.

    Raises
    ------
    SegkitError
        If they can be read as neither; they stay in use as orders then, so that the reading can be mended.
    """
    held = {file.path for file in session.data_decision.files} if not session.sample else set()
    fresh = [name for name in names if name not in held]
    if not fresh:
        return f"{listed(list(names))} {'is' if len(names) == 1 else 'are'} in use already."
    kept = [dict(file) for file in session.data_decision.files] if not session.sample else []
    faults: list[SegkitError] = []
    for kind in (FileKind.ORDERS, FileKind.CUSTOMERS):
        if kind not in STACKED and (len(fresh) > 1 or any(file["kind"] is kind for file in kept)):
            continue
        session.use_files([*kept, *({"kind": kind, "path": name} for name in fresh)])
        try:
            data = session.results.data.customer_data
        except SegkitError as error:
            faults.append(error)
            continue
        if kind is FileKind.ORDERS and not kept and _one_row_each(data):
            continue  # no dates, and nobody stands there twice: a list of customers
        rows = count(sum(one.rows for one in data.readings), "row")
        return (
            f"In use now: {listed(fresh)}, taken for {kind.label.lower()}: {rows}, {count(len(data.customers), 'customer')}. "
            "Notebook 2 shows how each column was read, and lets you change it."
        )
    session.use_files([*kept, *({"kind": FileKind.ORDERS, "path": name} for name in fresh)])
    if faults:
        raise faults[0]
    return f"In use now: {listed(fresh)}, taken for {FileKind.ORDERS.label.lower()}."


def _one_row_each(data: "CustomerData") -> bool:
    return RECENCY_DAYS not in data.customers and sum(one.rows for one in data.readings) == len(data.customers)
