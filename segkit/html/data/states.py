"""The states of orders, counted, with what each is taken for."""

from collections.abc import Sequence

import pandas as pd

from segkit.core.data.privacy import shown
from segkit.core.data.states import State
from segkit.core.disclosure import withheld
from segkit.html.piece import Html
from segkit.html.tables import Format, table
from segkit.words.numbers import count, money


def states_table(states: Sequence[State], currency: str = "") -> Html:
    """Return the states of orders with their rows and money, what each is taken for, and how sure that is.

    Parameters
    ----------
    states : sequence of State
        All states of the order file.
    currency : str, optional
        Sign or code of the money.
    """
    frame = pd.DataFrame(
        [(shown(s.state, s.column), s.column, s.rows, s.money, s.meaning.label, s.certainty) for s in states],
        columns=["state", "column", "rows", "money", "meaning", "sure"],
    )
    whole = [(frame["column"] == name).to_numpy().nonzero()[0] for name in frame["column"].unique()]
    hidden = withheld(frame["rows"], whole)
    frame.loc[hidden, "money"] = float("nan")
    columns: dict[str, tuple[str, Format | None]] = {"state": ("State", None)}
    if frame["column"].nunique() > 1:
        columns["column"] = ("Column", None)
    columns["rows"] = ("Rows", count)
    if frame["money"].notna().any():
        columns["money"] = (f"Money ({currency})" if currency else "Money", lambda value: money(value, decimals=2))
    columns |= {"meaning": ("Read as", None), "sure": ("How sure", None)}
    hides = bool(hidden.any()) and "money" in columns
    return table(frame, columns, "Order statuses", {"money": "right"}, rows=len(frame), hides=hides)
