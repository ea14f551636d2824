"""Cells of categories that tell of a person: hidden at the source, so that nothing further down can show them."""

from collections.abc import Mapping

from segkit.core.data.personal.names import NAME
from segkit.core.data.privacy import hidden, like_a_name, personal, personal_column, plural
from segkit.core.data.questions import Doubt
from segkit.reading.files import KnownFile
from segkit.reading.raw import quoted
from segkit.reading.summary import Column
from segkit.words.numbers import count, listed
from segkit.words.terms import SMALL_GROUP

_SUSPECT = "regexp_matches({cell}, '[@\uff20\ufe6b:°]|\\d|\\p{{L}}[ ,._(\\[{{-]+\\p{{L}}')"
"""What can be personal at all; only such cells are looked at one by one."""

_MANY = 5_000
"""Of more different values, those in fewer rows than a small group are not looked at: they are shown nowhere by themselves."""


def hidden_cells(file: KnownFile, column: Column) -> tuple[dict[str, str], list[str]]:
    """Return the cells of a category that tell of a person, with what stands in their place, and a doubt."""
    cell = column.engine_name
    found: dict[str, str] = {}
    rows: dict[str, int] = {}
    name = column.summary.name
    names = personal_column(column.summary.examples, name) == NAME
    suspect = "true" if names else f"({_SUSPECT.format(cell=cell)})"
    if column.summary.distinct > _MANY:
        suspect += f" and w >= {SMALL_GROUP}"
    query = f"select {cell}, w from {column.cells} where {suspect} order by 1"
    for text, n in file.table.connection.execute(query).fetchall():
        if kind := personal(str(text), name) or (NAME if names and like_a_name(str(text)) else ""):
            found[str(text)] = hidden(kind)
            rows[kind] = rows.get(kind, 0) + int(n)
    if not found:
        return {}, []
    what = listed([count(n, kind, plural(kind)) for kind, n in sorted(rows.items())])
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
