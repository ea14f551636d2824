"""A file read, its columns counted and taken for something: what every later part starts from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from segkit.core.data.customers import Inspected, Reading
from segkit.core.data.damage import Finding, truncated
from segkit.core.data.roles.columns import GUESSED, ColumnRole
from segkit.core.data.roles.full_names import first_and_last, full_name
from segkit.core.data.roles.guess import Judged, grain_of, judge
from segkit.core.data.roles.structure import Structure
from segkit.decisions.data import ReadingChoice, RoleChoice
from segkit.reading.cents import Cents, without_cents
from segkit.reading.known.exports import KnownExport, recognised
from segkit.reading.raw import RawTable
from segkit.reading.said import date_notes, leak_notes, left_out, value_decisions, without_money
from segkit.reading.signs import cut_off, find_damage
from segkit.reading.stack import AGAIN, mark_overlaps, stacked
from segkit.reading.structure import NoLines, filled_down, in_shape, no_lines, structure_of, with_full_names
from segkit.reading.summary import Column, summarise
from segkit.reading.survey_answers import read_back, role_of
from segkit.reading.table import read_table
from segkit.words.errors import DataError
from segkit.words.numbers import count
from segkit.words.terms import FileKind, Grain, Role

_BLOCKS = "rows that close a block with its sum count as totals rows."
_ONCE = (Role.CUSTOMER, Role.ORDER, Role.DATE)


@dataclass(frozen=True)
class KnownFile:
    """One file with everything decided about it."""

    kind: FileKind
    table: RawTable
    columns: tuple[Column, ...]
    roles: tuple[ColumnRole, ...]
    grain: Grain
    readings: tuple[Reading, ...]
    notes: tuple[str, ...]
    damage: tuple[Finding, ...] = ()
    again: str = ""
    """SQL that is true in rows that stand in a later file too; empty for a single file."""
    judged: Judged = field(default_factory=lambda: Judged(()))
    """What the columns could be taken for almost as well."""
    export: KnownExport | None = None
    """The known system's export that the names of the columns tell."""
    day_first_chosen: bool = False
    """Whether a person said which number of a date is the day."""
    structure: Structure | None = None
    """What the rows show of the columns together."""
    totals: str = ""
    """SQL that is true in rows that hold the sum of others; empty where there are none."""
    takes_off: str = ""
    """SQL that is true in lines that take money off their order; empty where there are none."""
    cents: Cents = field(default_factory=Cents)
    """Whether amounts are hundredths of the currency."""

    @property
    def reading(self) -> Reading:
        """How the file was read; of several files all together."""
        if len(self.readings) == 1:
            return self.readings[0]
        sentence = " ".join(f"{r.file_name}: {r.sentence}" for r in self.readings)
        return Reading(self.kind, self.table.file_name, self.table.rows, len(self.table.header), sentence)

    @property
    def inspected(self) -> Inspected:
        """How it was read, what each column is taken for, and what was counted in it."""
        return self.reading, self.roles, tuple(column.summary for column in self.columns)

    def having(self, *roles: Role) -> list[Column]:
        """Return the columns taken for any of some roles, in the file's order."""
        return [column for column, role in zip(self.columns, self.roles, strict=True) if role.role in roles]

    def one(self, role: Role) -> Column | None:
        """Return the surest column of a role, or None."""
        found = [(r.by_person, r.confidence, -i) for i, r in enumerate(self.roles) if r.role is role]
        return self.columns[-max(found)[2]] if found else None

    def role(self, column: Column) -> ColumnRole:
        """Return what a column is taken for."""
        return self.roles[self.columns.index(column)]


def know_file(
    connection: duckdb.DuckDBPyConnection,
    kind: FileKind,
    path: Path | Sequence[Path],
    *,
    name: str,
    folder: Path,
    choices: Sequence[RoleChoice] = (),
    day_first: bool | None = None,
    readings: Sequence[ReadingChoice] = (),
    say: Callable[[str], None] = lambda _: None,
) -> KnownFile:
    """Read a file, or several of one kind as one, count the columns, and take each for something.

    Raises
    ------
    DataError
        If the file is no table, or a person's choices name a column that is not there or one column or key role twice.
    """
    how = next((choice for choice in readings if choice.kind is kind), None)
    paths = [path] if isinstance(path, Path) else list(path)
    if len(paths) == 1:
        tables, stack = [read_table(connection, paths[0], name, folder, how)], None
        table = tables[0]
        cut = truncated(table.file_name, table.rows, cut_off(table, paths[0]))
    else:
        tables = [read_table(connection, one, f"{name}_{i}", _own_folder(folder, i), how) for i, one in enumerate(paths)]
        cut = [f for t, one in zip(tables, paths, strict=True) for f in truncated(t.file_name, t.rows, cut_off(t, one))]
        stack = stacked(connection, tables, name, folder, day_first, kind)
        table = stack.table
    say(f"{count(table.rows, 'row')} read; seeing what each column holds")
    table, asked = read_back(table, folder) if kind is FileKind.SURVEY else (table, {})
    table, blocks = in_shape(table, folder) if kind is FileKind.ORDERS else (table, "")
    mine = [choice for choice in choices if choice.kind is kind]
    names = first_and_last(table.header) if kind is not FileKind.SURVEY else None
    if names and any(choice.column == full_name(*names) for choice in mine):
        table, names = with_full_names(table, names, folder), None
    chosen = _checked(table, mine)
    export = recognised(table.header, kind)
    table, columns, judged, structure = _judged(table, kind, chosen, export, day_first, folder)
    if names and all(role.role not in (Role.CUSTOMER, Role.EMAIL) or role.confidence <= GUESSED for role in judged.roles):
        table = with_full_names(table, names, folder)
        table, columns, judged, structure = _judged(table, kind, chosen, export, day_first, folder)
    tables = [table] if len(tables) == 1 else tables
    roles = tuple(role_of(role, asked) for role in judged.roles)
    aside = no_lines(table, structure, roles) if kind is FileKind.ORDERS else NoLines()
    totals = " or ".join(filter(None, [blocks, aside.sums]))
    columns, cents = without_cents(table, columns, roles, structure, how.cents if how else None)
    values = value_decisions(columns)
    made = tuple(
        Reading(kind, t.file_name, t.rows, len(t.header), "Read as: " + "; ".join([*t.decisions, *values]) + ".")
        for t in tables
    )
    said = [export.sentence if export else "", *[f"{reading.said}." for reading in judged.money[:1] if reading.said]]
    said += [f"{cents.said}." if cents.divided else "", *aside.said, _BLOCKS if blocks else ""]
    notes = (
        *table.doubts,
        *[f"{table.file_name}: {sentence}" for sentence in said if sentence],
        *without_money(table, kind, roles),
        *left_out(table, kind, columns, roles),
        *date_notes(table, columns, roles),
        *leak_notes(table, roles),
    )
    found = [*cut, *find_damage(table, columns, {role.column: role.role for role in roles})]
    grain = grain_of(roles, [column.summary for column in columns], kind)
    known = KnownFile(kind, table, columns, roles, grain, made, notes, tuple(found))
    known = replace(
        known,
        judged=judged,
        structure=structure,
        cents=cents,
        totals=totals,
        takes_off=aside.takes_off,
        export=export,
        day_first_chosen=day_first is not None,
    )
    if stack is None:
        return known
    overlaps = mark_overlaps(stack, folder, known.one(Role.ORDER), known.one(Role.CUSTOMER), known.one(Role.DATE))
    return replace(known, notes=(*stack.notes, *overlaps, *notes), again=AGAIN)


def _judged(
    table: RawTable,
    kind: FileKind,
    chosen: Sequence[tuple[str, Role]],
    export: KnownExport | None,
    day_first: bool | None,
    folder: Path,
) -> tuple[RawTable, tuple[Column, ...], Judged, Structure]:
    """Take each column for something; what stands in the first line of an order alone is repeated in its other lines."""
    known = export.roles if export else {}
    source = f"{export.system}’s export" if export else ""
    columns: tuple[Column, ...] = ()
    heads: list[str] = []
    for repeated in (False, True):
        columns = summarise(table, day_first, columns, heads)
        structure = structure_of(table, columns)
        judged = judge([column.summary for column in columns], kind, chosen, structure, known, source)
        order = next((role.column for role in judged.roles if role.role is Role.ORDER), None)
        if repeated or order is None or kind is not FileKind.ORDERS:
            break
        numbers = {c.summary.name for c in columns if c.numbers}
        heads = [name for name in structure.heads(order) if name not in numbers]
        if not heads:
            break
        table = filled_down(table, order, heads, folder)
    return table, columns, judged, structure


def lists_orders(file: KnownFile) -> bool:
    """Tell whether a file given as customers lists orders: customers come again, and each time on another day."""
    customer, dated = file.one(Role.CUSTOMER), [column for column in file.columns if column.dates]
    if customer is None or file.structure is None or customer.summary.distinct > 0.8 * customer.summary.filled:
        return False
    shares = [file.structure.depends(column.summary.name, customer.summary.name) for column in dated]
    return any(share is not None and share < 0.5 for share in shares)


def _own_folder(folder: Path, number: int) -> Path:
    """Make a folder for the copies of one of several files, so that equal names do not meet."""
    own = folder / f"file_{number}"
    own.mkdir(exist_ok=True)
    return own


def _checked(table: RawTable, choices: Sequence[RoleChoice]) -> list[tuple[str, Role]]:
    chosen: dict[str, Role] = {}
    for choice in choices:
        if choice.column not in table.header:
            raise DataError(
                f"{table.file_name} has no column “{choice.column}”; it has {', '.join(table.header)}.",
                f"Choose one of them for “{choice.role.label}”.",
            )
        if choice.column in chosen and chosen[choice.column] is not choice.role:
            raise DataError(
                f"{table.file_name}: the column “{choice.column}” is mapped twice, "
                f"to “{chosen[choice.column].label}” and to “{choice.role.label}”.",
                "Give it one role.",
            )
        chosen[choice.column] = choice.role
    for role in _ONCE:
        names = [column for column, taken in chosen.items() if taken is role]
        if len(names) > 1:
            raise DataError(
                f"{table.file_name}: {' and '.join(f'“{name}”' for name in names)} are both mapped to “{role.label}”.",
                "Keep one of them.",
            )
    return list(chosen.items())
