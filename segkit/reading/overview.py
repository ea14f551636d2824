"""One table about all columns of all files, without personal data."""

from collections.abc import Iterable

import pandas as pd

from segkit.core.data.roles.guess import MAX_LEVELS
from segkit.reading.files import KnownFile
from segkit.reading.summary import Column
from segkit.words.numbers import percent
from segkit.words.terms import Role

_SILENT = (Role.PERSONAL, Role.FREE_TEXT, Role.CUSTOMER, Role.ORDER)
COLUMNS = ("file", "column", "role", "base", "filled", "distinct", "mean", "minimum", "maximum", "total", "commonest")


def columns_frame(files: Iterable[KnownFile]) -> pd.DataFrame:
    """Return one row for each column of each file (see ``CustomerData.columns``)."""
    rows = []
    for file in files:
        for column, role in zip(file.columns, file.roles, strict=True):
            s = column.summary
            quiet = role.role in _SILENT
            figures = [None] * 4 if quiet else [s.mean, s.minimum, s.maximum, s.total]
            base = role.base.value if role.base else ""
            commonest = "" if quiet or column.dates or (s.minimum is not None and s.distinct > 12) else _commonest(file, column)
            share = s.filled / s.rows  # a file without rows is refused
            rows.append([file.table.file_name, s.name, role.role.value, base, share, s.distinct, *figures, commonest])
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({name: "float64" for name in ("filled", "mean", "minimum", "maximum", "total")})


def _commonest(file: KnownFile, column: Column) -> str:
    """Return the three commonest values and their shares of the filled cells."""
    if not 1 <= column.summary.distinct <= MAX_LEVELS:
        return ""
    text = f"trim({column.engine_name})"
    query = (
        f"select {text} as level, sum(w) as n, sum(sum(w)) over () as filled from {column.cells} "
        f"where {text} <> '' group by 1 order by n desc, level limit 3"
    )
    found = file.table.connection.execute(query).fetchall()
    return ", ".join(f"{level} {percent(n / filled)}" for level, n, filled in found)
