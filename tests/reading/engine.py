"""Small tables inside the engine, made by hand: what modules of reading start from, without any file."""

from dataclasses import replace

from segkit.core.data.customers import Reading
from segkit.core.data.roles.columns import ColumnRole
from segkit.reading.files import KnownFile
from segkit.reading.raw import RawTable, quoted, store
from segkit.reading.summary import summarise
from segkit.words.terms import FileKind, Grain, Role


def raw(connection, folder, header, rows, name="t", file_name="orders.csv", first=2, decimal=""):
    """Make a table of texts; None is an empty cell. ``header`` is one text with blanks between names, or a list."""
    header = header.split() if isinstance(header, str) else header
    names = ", ".join(f"c{i}" for i in range(len(header)))
    lines = [", ".join("null::varchar" if cell is None else quoted(str(cell)) for cell in row) for row in rows]
    query = f"select * from (values {', '.join(f'({line})' for line in lines)}) v({names})"
    store(connection, query, [], name, folder, first=first)
    return RawTable(connection, name, file_name, tuple(header), len(rows), ("text in UTF-8",), decimal)


def known(connection, folder, roles, rows, *, kind=FileKind.ORDERS, grain=Grain.ORDER_LINE, day_first=None, bases=(), **how):
    """Make a file whose columns are taken for what is said: ``roles`` is "name:role name:role"."""
    pairs = [part.split(":") for part in roles.split()]
    table = raw(connection, folder, [name for name, _ in pairs], rows, **how)
    taken = tuple(ColumnRole(name, Role(role), dict(bases).get(name), 0.9, "by hand") for name, role in pairs)
    reading = Reading(kind, table.file_name, table.rows, len(pairs), "Read as: by hand.")
    return KnownFile(kind, table, summarise(table, day_first), taken, grain, (reading,), ())


def with_role(file, column, **changed):
    """Return a file with something else said of one column's role."""
    return replace(file, roles=tuple(replace(r, **changed) if r.column == column else r for r in file.roles))


def asked(connection, query):
    """Return the rows of a query, or their cells where each has only one."""
    rows = connection.execute(query).fetchall()
    return [row[0] for row in rows] if rows and len(rows[0]) == 1 else rows
