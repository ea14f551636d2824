"""One table about all columns of all files, without personal data."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

import pandas as pd

from segkit.core.data.privacy import personal
from segkit.core.data.roles.columns import ColumnRole
from segkit.core.data.roles.describe import MAX_LEVELS
from segkit.reading.files import KnownFile
from segkit.reading.summary import Column
from segkit.words.numbers import percent
from segkit.words.terms import SMALL_GROUP, Role

_SILENT = (Role.PERSONAL, Role.FREE_TEXT, Role.CUSTOMER, Role.ORDER, Role.EMAIL)
_SHOWN = 3
_LONGEST = 200
"""Signs of the longest value that is shown: what is longer is no value that many customers share, but a text."""
_LOOKED_AT = 5_000
"""Rows of a value that nearly always show enough customers, so that the others need not be read."""
COLUMNS = ("file", "column", "role", "base", "filled", "distinct", "mean", "minimum", "maximum", "total", "commonest")


def columns_frame(files: Iterable[KnownFile]) -> pd.DataFrame:
    """Return one row for each column of each file (see ``CustomerData.columns``)."""
    rows = []
    for file in files:
        told = [column for column, role in zip(file.columns, file.roles, strict=True) if _is_told(column, role)]
        enough = _seen_enough(file, told)
        for column, role in zip(file.columns, file.roles, strict=True):
            s = column.summary
            quiet = role.role in _SILENT
            ends = None if quiet or s.minimum is None else _ends(file, column)
            figures = [None] * 4 if ends is None else [s.mean, *ends, s.total]
            base = role.base.value if role.base else ""
            commonest = _commonest(file, column, enough[s.name]) if s.name in enough else ""
            share = s.filled / s.rows  # a file without rows is refused
            rows.append([file.table.file_name, s.name, role.role.value, base, share, s.distinct, *figures, commonest])
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({name: "float64" for name in ("filled", "mean", "minimum", "maximum", "total")})


def _ends(file: KnownFile, column: Column) -> tuple[float, float] | None:
    """Return the mean of the lowest and of the highest numbers of five customers each; None where fewer have one.

    The lowest number alone would be one customer's own.
    """
    rows = f"select {_identity(file)} as who, {column.number_sql()} as x from {file.table.name}"
    ends = []
    for one, way in (("min", "asc"), ("max", "desc")):
        for some in (f"{rows} order by x {way} nulls last limit {_LOOKED_AT}", rows):
            query = f"select {one}(x) as x from ({some}) where x is not null group by who order by 1 {way} limit {SMALL_GROUP}"
            found = [float(x) for (x,) in file.table.connection.execute(query).fetchall()]
            if len(found) == SMALL_GROUP:
                break
        else:
            return None
        ends.append(sum(found) / SMALL_GROUP)
    return ends[0], ends[1]


def _is_told(column: Column, role: ColumnRole) -> bool:
    """Tell whether the commonest values of a column may be shown."""
    summary = column.summary
    measured = summary.minimum is not None and summary.distinct > 12
    return role.role not in _SILENT and not column.dates and not measured and 1 <= summary.distinct <= MAX_LEVELS


def _seen_enough(file: KnownFile, columns: Sequence[Column]) -> dict[str, set[str]]:
    """Return the values of each column that enough customers among the first rows have."""
    seen: dict[str, set[str]] = {column.summary.name: set() for column in columns}
    if columns:
        texts = ", ".join(f"trim({column.engine_name})" for column in columns)
        levels = f"unnest(range({len(columns)})) as k, unnest([{texts}]) as level"
        rows = f"select {_identity(file)} as who, {levels} from (from {file.table.name} limit {_LOOKED_AT})"
        query = f"select k, level from ({rows}) group by all having count(distinct who) >= {SMALL_GROUP}"
        for k, level in file.table.connection.execute(query).fetchall():
            seen[columns[k].summary.name].add(level)
    return seen


def _identity(file: KnownFile) -> str:
    """Return SQL of who a row is about; without a customer each row is one."""
    customer = file.one(Role.CUSTOMER) or file.one(Role.EMAIL)
    return customer.id_sql() if customer else "row"


def _commonest(file: KnownFile, column: Column, seen: Collection[str]) -> str:
    """Return the three commonest values that enough customers have, and their shares of the filled cells."""
    text = f"trim({column.engine_name})"
    query = (
        f"select {text} as level, sum(w) as n, sum(sum(w)) over () as filled from {column.cells} "
        f"where {text} <> '' group by 1 qualify n >= {SMALL_GROUP} order by n desc, level"
    )
    found = file.table.connection.execute(query).fetchall()
    all_seen = file.table.rows <= _LOOKED_AT
    enough = (
        row
        for row in found
        if len(row[0]) <= _LONGEST
        and not personal(row[0], column.summary.name)
        and (row[0] in seen or (not all_seen and enough_customers(file, column, row[0])))
    )
    return ", ".join(f"{level} {percent(n / filled)}" for level, n, filled in islice(enough, _SHOWN))


def enough_customers(file: KnownFile, column: Column, level: str) -> bool:
    """Tell whether a value of a column is had by enough customers to be shown; without a customer each row is one."""
    having = f"select {_identity(file)} as who from {file.table.name} where trim({column.engine_name}) = ?"
    for rows in (f"{having} limit {_LOOKED_AT}", having):
        query = f"select count(distinct who) from ({rows})"
        if file.table.connection.execute(query, [level]).fetchall()[0][0] >= SMALL_GROUP:
            return True
    return False
