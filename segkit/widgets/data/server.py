"""The question for a database on a server: its address and, never saved, its password."""

from collections.abc import Callable

import ipywidgets as w

from segkit.widgets import controls as c
from segkit.widgets.view import View
from segkit.words.addresses import called, is_address, parted
from segkit.words.errors import DataError
from segkit.words.numbers import count
from segkit.words.terms import FileKind, Step
from segkit.workbook.session import Session


def server(session: Session, add: Callable[[str], None]) -> w.Widget:
    """Return the controls that connect to a database; ``add`` is told its address, without the password."""
    in_use = next((file.path for file in session.data_decision.files if is_address(file.path)), "")
    address = c.text("Address", in_use, lambda _: None, hint="postgresql://name@server/database")
    password = c.secret("Password (never saved)")
    view = View(session, Step.DATA, list)

    def knock() -> tuple[str, ...]:
        typed, secret = address.value.strip(), password.value
        bare, _ = parted(typed)
        address.value, password.value = bare, ""  # what stands in a control may be saved with the notebook
        if not typed:
            raise DataError("There is no address yet.", "Type it above, such as postgresql://name@server/database.")
        view.wait("Asking the server …")
        return session.connect(typed, secret)

    def connect() -> None:
        tables: list[str] = []
        if view.do(lambda: tables.extend(knock())):
            add(address.value)
            view.say(
                "note",
                f"Connected: {count(len(tables), 'table')}. Now select “{called(address.value)}” below, under "
                f"“{FileKind.ORDERS.label}” or whatever else it holds.",
            )

    def again() -> None:
        rows: list[int] = []

        def copy() -> None:
            if password.value:
                knock()
            view.wait("Copying …")
            rows.extend(session.read_again())

        if view.do(copy):
            view.say("note", f"Copied again: {count(sum(rows), 'row')}.")

    view.put(
        w.HTML(
            '<div style="line-height:1.5;max-width:860px">For orders that are kept in PostgreSQL, MySQL or MariaDB. '
            "One table is copied into your workspace; on the server nothing is ever changed. The table that looks most like "
            "orders is taken; another can be chosen further down, under “how the table is read”.</div>"
        ),
        address,
        password,
        w.HBox([c.button("Connect", connect), c.button("Copy again", again)]),
    )
    return w.Accordion(children=[view.box], titles=["A database on a server"], selected_index=0 if in_use else None)
