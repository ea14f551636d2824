"""The first rows of a file that was taken in, each column with what it is taken for."""

import pandas as pd

from segkit.core.data.customers import Reading
from segkit.html.notes import sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import table
from segkit.words.numbers import count
from segkit.words.terms import Role

MOST = 12
"""Columns shown; used ones come first where there are more."""

_UNUSED = (Role.IGNORE, Role.CONSTANT, Role.FREE_TEXT, Role.PERSONAL)


def first_rows(reading: Reading) -> Html:
    """Return the first rows of a file, under each column's name what it is taken for.

    Parameters
    ----------
    reading : Reading
        How the file was read, with its first rows.
    """
    if not reading.first_rows:
        return Html("", "")
    places = range(len(reading.roles))
    shown = places if len(places) <= MOST else sorted(sorted(places, key=lambda k: reading.roles[k].role in _UNUSED)[:MOST])
    frame = pd.DataFrame([[row[k] for k in shown] for row in reading.first_rows], columns=list(map(str, shown)), dtype=object)
    headers = {str(k): (f"{reading.roles[k].column}\n→ {_taken_for(reading.roles[k].role)}", None) for k in shown}
    caption = f"The first {count(len(frame), 'row')} of {reading.file_name}, and what each column is read as"
    more = len(places) - len(shown)
    rest = [sentence(f"… and {count(more, 'more column')}; notebook 2 lists them all.")] if more else []
    return stacked([table(frame, headers, caption, {name: "left" for name in headers}), *rest])


def _taken_for(role: Role) -> str:
    """Say in few words what a column is taken for: the label without its explanation."""
    return role.label.partition(" (")[0].partition(" that ")[0].lower()
