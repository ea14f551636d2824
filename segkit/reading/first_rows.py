"""The first rows of each file, for a person to recognise it by; whatever tells of somebody is hidden at the source."""

from collections.abc import Iterable
from dataclasses import replace

from segkit.core.data.customers import Reading
from segkit.core.data.privacy import shown, told_by
from segkit.core.data.roles.full_names import is_full_name
from segkit.core.data.roles.lexicon import personal_by_name
from segkit.reading.files import KnownFile
from segkit.reading.stack import FILE
from segkit.reading.summary import Column
from segkit.words.numbers import shortened
from segkit.words.terms import Role

ROWS = 5
HIDDEN = "(hidden)"
_LONGEST = 60
_LOOKED_AT = 500
"""Signs of a cell that are looked at, of which so many fewer are shown that none of what is hidden is cut in two."""
_SILENT = (Role.PERSONAL, Role.FREE_TEXT, Role.EMAIL)


def with_first_rows(file: KnownFile) -> Iterable[Reading]:
    """Return how each file of a kind was read, with its first rows: a cell for each of its columns.

    A notebook may be saved or lent with what its widgets show, so no cell here tells who somebody is.
    """
    cells = ", ".join(column.engine_name for column in file.columns)
    several = len(file.readings) > 1
    for number, reading in enumerate(file.readings):
        only = f"where {FILE} = {number}" if several else ""
        query = f"select {cells} from {file.table.name} {only} order by row limit {ROWS}"
        rows = file.table.connection.execute(query).fetchall()
        names = [column.summary.name for column in file.columns]
        silent = [_is_silent(file, column) for column in file.columns]
        cells_shown = tuple(tuple(map(_cell, row, names, silent)) for row in rows)
        yield replace(reading, roles=file.roles, first_rows=cells_shown)


def telling_key(column: Column) -> str:
    """Return what the keys in a column are where they tell who somebody is ("names"), or an empty text."""
    name = column.summary.name
    return told_by(column.summary.examples) or ("names" if personal_by_name(name) or is_full_name(name) else "")


def _is_silent(file: KnownFile, column: Column) -> bool:
    role = file.role(column).role
    return role in _SILENT or (role is Role.CUSTOMER and bool(telling_key(column)))


def _cell(text: str | None, column: str, silent: bool) -> str:
    plain = " ".join((text or "")[:_LOOKED_AT].split())
    if not plain:
        return ""
    return HIDDEN if silent else shortened(shown(plain, column), _LONGEST)
