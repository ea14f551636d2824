"""Cells of categories that tell of a person: hidden at the source, so that nothing further down can show them."""

from collections.abc import Mapping

from segkit.core.data.privacy import hidden, personal
from segkit.core.data.questions import Doubt
from segkit.reading.files import KnownFile
from segkit.reading.raw import quoted
from segkit.reading.summary import Column
from segkit.words.numbers import count, listed

_SUSPECT = (
    "contains({cell}, '@') or regexp_matches({cell}, '[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:|(\\d+\\.){{3}}\\d|^\\s*[A-Z]{{2}}\\d{{2}}') "
    "or length(regexp_replace({cell}, '[^0-9]', '', 'g')) >= 9"
)
"""What can be personal at all; only such cells are looked at one by one."""


def hidden_cells(file: KnownFile, column: Column) -> tuple[dict[str, str], list[str]]:
    """Return the cells of a category that tell of a person, with what stands in their place, and a doubt."""
    cell = column.engine_name
    query = f"select {cell}, w from {column.cells} where {_SUSPECT.format(cell=cell)} order by 1"
    found: dict[str, str] = {}
    rows: dict[str, int] = {}
    for text, n in file.table.connection.execute(query).fetchall():
        if kind := personal(str(text).strip()):
            found[str(text)] = hidden(kind)
            rows[kind] = rows.get(kind, 0) + int(n)
    if not found:
        return {}, []
    what = listed([count(n, kind, f"{kind}es" if kind.endswith("s") else f"{kind}s") for kind, n in sorted(rows.items())])
    return found, [
        Doubt(
            f"{file.table.file_name}, column “{column.summary.name}”: {what} hidden, because a category is shown to "
            "everybody. Take personal data out of the file, or set the column to “Not used”."
        )
    ]


def hiding_sql(column: Column, hidden_by_cell: Mapping[str, str]) -> str:
    """Return SQL of a category's text with neutral words in place of its hidden cells."""
    text = column.text_sql()
    for words in sorted(set(hidden_by_cell.values())):
        cells = ", ".join(quoted(cell) for cell, shown in sorted(hidden_by_cell.items()) if shown == words)
        text = f"(case when {column.engine_name} in ({cells}) then {quoted(words)} else {text} end)"
    return text
