"""The question for a database on a server: its address and, never saved, its password."""

from collections.abc import Callable

import ipywidgets as w

from segkit.addresses import called, parted
from segkit.errors import SegkitError
from segkit.numbers import count
from segkit.session import Session
from segkit.widgets import controls as c
from segkit.widgets.view import View, heading


def server(session: Session, view: View, add: Callable[[str], None]) -> w.Widget:
    """Return the controls that connect to a database; ``add`` is told its address, without the password."""
    address = c.text("Address", "", lambda _: None, hint="postgresql://name@server/database")
    password = c.secret("Password (never saved)")

    def connect() -> None:
        typed, secret = address.value, password.value
        bare, _ = parted(typed.strip())
        address.value, password.value = bare, ""  # what stands in a control may be saved with the notebook
        try:
            tables = session.connect(typed, secret)
        except SegkitError as error:
            view.say("error", str(error))
            return
        add(bare)
        view.say("answer", f"Connected: {count(len(tables), 'table')}. Now mark “{called(bare)}” below, as what it holds.")

    def again() -> None:
        view.do(session.read_again)

    return w.VBox(
        [
            heading("A database on a server"),
            w.HTML(
                "PostgreSQL, MySQL or MariaDB: one table is copied into your workspace; on the server nothing is ever changed. "
                "Which table it is can be chosen further down, under “Sheet or table”."
            ),
            address,
            password,
            w.HBox([c.button("Connect", connect), c.button("Copy again", again)]),
            heading("What to work with"),
        ]
    )
