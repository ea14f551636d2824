"""One table about all columns of all files, without personal data."""

from collections.abc import Iterable
from itertools import islice

import pandas as pd

from segkit.core.data.privacy import personal
from segkit.core.data.roles.describe import MAX_LEVELS
from segkit.reading.files import KnownFile
from segkit.reading.summary import Column
from segkit.words.numbers import percent
from segkit.words.terms import SMALL_GROUP, Role

_SILENT = (Role.PERSONAL, Role.FREE_TEXT, Role.CUSTOMER, Role.ORDER, Role.EMAIL)
_SHOWN = 3
_LOOKED_AT = 5_000
"""Rows of a value that nearly always show enough customers, so that the others need not be read."""
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
    """Return the three commonest values that enough customers have, and their shares of the filled cells."""
    if not 1 <= column.summary.distinct <= MAX_LEVELS:
        return ""
    text = f"trim({column.engine_name})"
    query = (
        f"select {text} as level, sum(w) as n, sum(sum(w)) over () as filled from {column.cells} "
        f"where {text} <> '' group by 1 qualify n >= {SMALL_GROUP} order by n desc, level"
    )
    found = file.table.connection.execute(query).fetchall()
    enough = (row for row in found if not personal(row[0]) and enough_customers(file, column, row[0]))
    return ", ".join(f"{level} {percent(n / filled)}" for level, n, filled in islice(enough, _SHOWN))


def enough_customers(file: KnownFile, column: Column, level: str) -> bool:
    """Tell whether a value of a column is had by enough customers to be shown; without a customer each row is one."""
    customer = file.one(Role.CUSTOMER) or file.one(Role.EMAIL)
    identity = customer.id_sql() if customer else "row"
    having = f"select {identity} as who from {file.table.name} where trim({column.engine_name}) = ?"
    for rows in (f"{having} limit {_LOOKED_AT}", having):
        query = f"select count(distinct who) from ({rows})"
        if file.table.connection.execute(query, [level]).fetchall()[0][0] >= SMALL_GROUP:
            return True
    return False
