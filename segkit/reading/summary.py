"""What can be counted in each column of a file, before anybody decides what it means."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import duckdb

from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.lexicon import squash
from segkit.reading.different import SAMPLE_ROWS, currencies_in, make_all_cells, make_cells, small
from segkit.reading.raw import RawTable
from segkit.reading.values.cells import MISSING_SQL, NumberFormat, decide_numbers, examples_of, is_missing
from segkit.reading.values.dates import DateFormat, families_of, first_and_second
from segkit.reading.values.no_dates import is_year, with_no_date

_EMAIL = re.compile(r"[^@\s]+\s*@\s*[^@\s]+\.[A-Za-z]{2,}$")


@dataclass(frozen=True)
class Column:
    """One column: its name in the engine, what was counted, and how its numbers and dates are written.

    ``cells`` is SQL of a table of its different filled cells, each with the rows ``w`` that have it (empty until made).
    ``tidy`` names the readings ("text", "id", "number", "date", "whole") that all cells allow without any mending, as was seen
    in that table: row by row there is nothing left to check.
    """

    engine_name: str
    summary: ColumnSummary
    numbers: NumberFormat | None
    dates: DateFormat | None
    cells: str = ""
    tidy: frozenset[str] = field(default=frozenset())
    cents: bool = False
    """Whether its numbers are hundredths of the currency."""

    def text_sql(self) -> str:
        """Return SQL of the stripped text, NULL where the cell stands for nothing."""
        if "text" in self.tidy:
            return self.engine_name
        return _unless_missing(f"trim({self.engine_name})", MISSING_SQL)

    def number_sql(self) -> str:
        """Return SQL of the number, NULL where there is none."""
        if "number" in self.tidy:
            written = f"cast({self.engine_name} as double)"
        else:
            written = self.numbers.sql(self.engine_name) if self.numbers else "cast(null as double)"
        return f"({written} / 100)" if self.cents else written

    def affix_sql(self) -> str:
        """Return SQL of the sign or code of a currency that stands beside the number, NULL where there is none."""
        return self.numbers.affix_sql(self.engine_name) if self.numbers else "cast(null as varchar)"

    def date_sql(self) -> str:
        """Return SQL of the date, NULL where there is none."""
        if "date" in self.tidy:
            return f"cast({self.engine_name} as date)"
        return self.dates.sql(self.engine_name) if self.dates else "cast(null as date)"

    def id_sql(self) -> str:
        """Return SQL of the text as an identifier: leading zeros kept, the ".0" that spreadsheets add removed."""
        if "id" in self.tidy:
            return self.engine_name
        text = f"trim({self.engine_name})"
        whole = f"{text} like '_%.0' and translate({text}, '0123456789', '') = '.'"
        plain = f"(case when {whole} then left({text}, -2) else {text} end)"
        return _unless_missing(text, f"{MISSING_SQL[:-1]}, 'n/a', 'none', '-', '?', 'unknown')", plain)

    @property
    def emails(self) -> bool:
        """Tell whether most cells are e-mail addresses."""
        examples = self.summary.examples
        return sum(bool(_EMAIL.match(text)) for text in examples) > 0.5 * len(examples)

    def person_sql(self) -> str:
        """Return SQL of who a row is about: as ``id_sql``, but capitals in e-mail addresses make no other person."""
        return f"lower(replace(replace({self.id_sql()}, ' @', '@'), '@ ', '@'))" if self.emails else self.id_sql()


def _unless_missing(text: str, missing: str, read: str = "") -> str:
    """Return SQL of a text, or of what is read in it, NULL where it is one of the short words for nothing."""
    return f"(case when length({text}) > 7 or lower({text}) not in {missing} then {read or text} end)"


def summarise(
    table: RawTable, day_first: bool | None = None, before: Sequence[Column] = (), changed: Collection[str] = ()
) -> tuple[Column, ...]:
    """Count every column of a table.

    Parameters
    ----------
    table : RawTable
        The file in the engine.
    day_first : bool, optional
        How a person says that 03/04/2024 is read; None lets the file tell.
    before : sequence of Column
        The columns as they were counted earlier, where only some have changed since.
    changed : collection of str
        Names of those.
    """
    same = {column.summary.name: column for column in before if column.summary.name not in changed}
    formats = column_formats(table, day_first, {name: column.cells for name, column in same.items()})
    counted = {
        column.engine_name: same[name]
        for column in formats
        if (name := column.summary.name) in same and (same[name].numbers, same[name].dates) == (column.numbers, column.dates)
    }
    for group in _alike(table, [column for column in formats if column.engine_name not in counted]):
        counted |= {column.engine_name: column for column in _counted(table, group)}
    return tuple(counted[column.engine_name] for column in formats)


def _alike(table: RawTable, columns: Iterable[Column]) -> list[list[Column]]:
    """Put the columns of a small table together that write alike: to ask the engine takes longer there than to count."""
    groups: dict[object, list[Column]] = {}
    for column in columns:
        any_cell = replace(column, engine_name="c")
        key = (any_cell.number_sql(), any_cell.date_sql()) if small(table) else column.engine_name
        groups.setdefault(key, []).append(column)
    return list(groups.values())


def column_formats(
    table: RawTable, day_first: bool | None = None, made: Mapping[str, str] = MappingProxyType({})
) -> tuple[Column, ...]:
    """Decide how each column of a table writes its numbers and dates, without counting anything yet.

    ``made`` maps columns to the tables of their different cells, where these have been made.
    """
    sample = table.sample(SAMPLE_ROWS)
    texts = [_filled([row[i] for row in sample]) for i in range(len(table.header))]
    if small(table):
        made = dict(zip(table.header, make_all_cells(table), strict=True))
    formats = [decide_numbers(column) for column in texts]
    comma = any(found and found.decimal == "," for found in formats)
    columns = []
    for i, name in enumerate(table.header):
        filled = texts[i]
        families = families_of(name, filled)
        is_date = bool(filled) and sum(families.values()) >= 0.5 * len(filled)
        cells = made.get(name) or (make_cells(table, f"c{i}") if is_date else "")
        dates = _date_format(table, f"c{i}", cells, families, day_first) if is_date else None
        numbers = decide_numbers(filled, comma) if comma else formats[i]
        if table.decimal and numbers:
            numbers = replace(numbers, decimal=table.decimal, plain=False)
        if dates and dates.families[0] != "compact":
            numbers = None  # dots make 31.12.2024 look like a number, and so do day numbers
        if numbers and not numbers.plain:
            cells = cells or make_cells(table, f"c{i}")
            numbers = replace(numbers, currency=currencies_in(table, f"c{i}", cells, filled))
        blank = ColumnSummary(name, table.rows, 0, 0, 0, 0, None, None, None, None, None, examples_of(filled))
        columns.append(Column(f"c{i}", blank, numbers, dates, cells))
    if not any(column.dates for column in columns):
        columns = _years(columns, texts)
    return tuple(_no_date(table, column) for column in _one_order(columns))


def _filled(cells: Sequence[str | None]) -> list[str]:
    """Return the cells that hold something."""
    missing = {cell for cell in set(cells) if cell is None or is_missing(cell)}
    return [cell for cell in cells if cell is not None and cell not in missing]


def _years(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """Take a year for the date of a file that has no better one."""
    found = list(columns)
    for i, column in enumerate(columns):
        if is_year(squash(column.summary.name), texts[i]):
            found[i] = replace(column, numbers=None, dates=DateFormat(("year",), True, 0, 0))
            break
    return found


def _no_date(table: RawTable, column: Column) -> Column:
    """Find the days by which a column says that there is no date."""
    if column.dates is None or not column.cells:
        return column
    return replace(column, dates=with_no_date(table.connection, column.cells, column.engine_name, column.dates))


def _one_order(columns: Sequence[Column]) -> list[Column]:
    """Let a column that does not show which number is the day take the order that another column of the file proves."""
    proven = [c for c in columns if c.dates and c.dates.proof and not c.dates.against]
    orders = {c.dates.day_first for c in proven if c.dates}
    if len(orders) != 1:
        return list(columns)
    (order,) = orders
    name = proven[0].summary.name
    return [
        replace(c, dates=replace(c.dates, day_first=order, borrowed=name)) if c.dates and c.dates.silent else c for c in columns
    ]


def _date_format(table: RawTable, column: str, cells: str, families: dict[str, int], day_first: bool | None) -> DateFormat:
    """Decide day first or month first for the whole column by counting the dates that can only be one."""
    names = tuple(families)
    if names[0] in ("iso", "compact") and "slashed" not in names and table.rows > SAMPLE_ROWS:
        names = (*names, "slashed")  # a few rows written otherwise may hide between the sampled ones
    if "slashed" not in names:
        return DateFormat(names, True if day_first is None else day_first, 0, 0)
    if "iso" not in names and "compact" not in names:
        names = (*names, "iso")
    first, second = first_and_second(column)
    query = (
        f"select count(*) filter ({first} > 12), count(*) filter ({second} > 12), "
        f"count(*) filter (regexp_matches({column}, '^\\s*\\d+\\.')), "
        f"max({column}) filter ({first} > 12), max({column}) filter ({second} > 12) from "
        f"(select {column} from {cells} where not regexp_matches({column}, '^\\s*\\d{{4}}'))"
    )
    day, month, dotted, a_day, a_month = table.connection.execute(query).fetchall()[0]
    decided = day_first if day_first is not None else day >= month
    proof, against = (day, month) if decided else (month, day)
    return DateFormat(names, decided, proof, against, dotted > 0, str((a_day if decided else a_month) or "").strip())


def _counted(table: RawTable, columns: Sequence[Column]) -> list[Column]:
    """Fill in the counts of columns that write alike, from their different cells and how often each comes."""
    run = table.connection.execute
    columns = [column if column.cells else replace(column, cells=make_cells(table, column.engine_name)) for column in columns]
    cells = " union all ".join(f"select {i} as k, w, {c.engine_name} as c from {c.cells}" for i, c in enumerate(columns))
    one = replace(columns[0], engine_name="c", tidy=frozenset())
    broken = "count(*) filter (try_cast(c as bigint)::varchar is distinct from c)"
    whole = {"whole", "text", "id", *(("number",) if one.numbers and one.numbers.plain else ())}
    if not small(table) and run(f"select count(*) > 0 and {broken} = 0 from ({cells})").fetchall()[0][0]:
        # nothing but whole numbers, none padded: many of them are counted faster without any mending
        one = replace(one, tidy=frozenset(whole))
    typed = (
        f"(select k, w, c, {one.text_sql()} as t, {one.id_sql()} as i, {one.number_sql()} as x, {one.date_sql()} as d "
        f"from ({cells}))"
    )
    sums = _grouped(
        run,
        f"count(*), {broken}, coalesce(sum(w) filter (t is not null), 0), coalesce(sum(w) filter (x is not null), 0), "
        "coalesce(sum(w) filter (d is not null), 0), min(x), max(x), sum(w * x), count(*) filter (t is distinct from c), "
        "count(*) filter (i is distinct from c), count(*) filter (x is null), "
        "count(*) filter (d is null or c not like '____-__-__')",
        typed,
        len(columns),
    )
    untidy = any(row[8] for row in sums.values())
    texts = _grouped(run, "count(distinct t)", typed, len(columns)) if untidy else {}
    means = [sums[k][7] / int(sums[k][3]) if k in sums and sums[k][3] else 0.0 for k in range(len(columns))]
    shift = f"([{', '.join('?::double' for _ in means)}])[k + 1]" if len(means) > 1 else "?::double"
    centred = f"(select k, w, x - {shift} as z from {typed} where x is not null)"
    moments = _grouped(run, "sum(w * z * z), sum(w * z * z * z)", centred, len(columns), means) if any(means) else {}
    counted = []
    for k, column in enumerate(columns):
        different, odd, filled, numbers, dates, low, high, total, *mended = sums.get(k, (0,) * 12)
        tidy = {reading for reading, n in zip(("text", "id", "number", "date"), mended, strict=True) if different and not n}
        tidy |= whole if different and not odd else set()
        if not (column.numbers and column.numbers.plain):
            tidy.discard("number")
        distinct = different if "text" in tidy else texts[k][0] if k in texts else 0
        summary = replace(column.summary, filled=int(filled), distinct=distinct, numbers=int(numbers), dates=int(dates))
        if numbers > 0.5 * filled:
            squares, cubes = moments.get(k, (0.0, 0.0))
            spread = (squares / numbers) ** 0.5
            skew = round(cubes / numbers / spread**3, 9) if spread > 0 else None
            mean, total = _rounded(means[k]), _rounded(total)
            summary = replace(summary, minimum=low, maximum=high, mean=mean, total=total, skew=skew)
        counted.append(replace(column, summary=summary, tidy=frozenset(tidy)))
    return counted


def _grouped(
    run: Callable[..., duckdb.DuckDBPyConnection], sums: str, source: str, columns: int, values: Sequence[float] = ()
) -> dict[int, tuple[Any, ...]]:
    """Return sums over the cells of each of some columns, by the column's number ``k``."""
    by = "group by k" if columns > 1 else ""
    rows = run(f"select any_value(k), {sums} from {source} {by}", values).fetchall()
    return {k: tuple(row) for k, *row in rows if k is not None}


def _rounded(value: float) -> float:
    """Cut a float to twelve digits: sums over several threads differ in the last ones, and results must not."""
    return float(f"{value:.12g}")
