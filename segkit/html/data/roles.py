"""What each column of a file is taken for."""

from collections.abc import Mapping, Sequence

import pandas as pd

from segkit.core.data.roles.columns import ColumnRole
from segkit.html.piece import Html, stacked
from segkit.html.tables import table
from segkit.words.numbers import MISSING
from segkit.words.terms import FileKind


def roles_table(roles: Sequence[ColumnRole] | Mapping[FileKind, Sequence[ColumnRole]]) -> Html:
    """Return what each column is taken for, how sure that is, and why.

    Parameters
    ----------
    roles : Sequence of ColumnRole, or Mapping of FileKind to such
        Columns of one file, or of all files (a table each).
    """
    if isinstance(roles, Mapping):
        return stacked(_roles(found, f"{kind.label}: what each column is read as") for kind, found in roles.items())
    return _roles(roles, "What each column is read as")


def _roles(roles: Sequence[ColumnRole], caption: str) -> Html:
    frame = pd.DataFrame(
        [
            (
                r.column,
                r.role.label,
                r.base.value if r.base else MISSING,
                r.certainty,
                r.reason,
            )
            for r in roles
        ],
        columns=["column", "role", "base", "sure", "reason"],
        dtype=object,
    )
    headers = {
        "column": "Column",
        "role": "Read as",
        "base": ("What it tells (segmentation base)"),
        "sure": "How sure",
        "reason": "Why",
    }
    return table(frame, {name: (header, None) for name, header in headers.items()}, caption, rows=len(frame))
