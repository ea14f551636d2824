"""What can be counted in each column of a file, before anybody decides what it means."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from segkit.core.roles import ColumnSummary
from segkit.io.table import RawTable
from segkit.io.values import MISSING_SQL, DateFormat, NumberFormat, date_families, decide_numbers, first_and_second, is_missing

SAMPLE_ROWS = 2000
EXAMPLES = 60


@dataclass(frozen=True)
class Column:
    """One column: its name in the engine, what was counted, and how its numbers and dates are written.

    ``cells`` is the engine's table of its different filled cells, each with the rows ``w`` that have it. ``tidy`` names the
    readings ("text", "id", "number", "date", "whole") that all cells allow without any mending, as was seen in that table: row
    by row there is nothing left to check.
    """

    engine_name: str
    summary: ColumnSummary
    numbers: NumberFormat | None
    dates: DateFormat | None
    cells: str = ""
    tidy: frozenset[str] = field(default=frozenset())

    def text_sql(self) -> str:
        """Return SQL of the stripped text, NULL where the cell stands for nothing."""
        if "text" in self.tidy:
            return self.engine_name
        return _unless_missing(f"trim({self.engine_name})", MISSING_SQL)

    def number_sql(self) -> str:
        """Return SQL of the number, NULL where there is none."""
        if "number" in self.tidy:
            return f"cast({self.engine_name} as double)"
        return self.numbers.sql(self.engine_name) if self.numbers else "cast(null as double)"

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
        plain = f"(case when {text} like '%.0' then regexp_replace({text}, '^(\\d+)\\.0+$', '\\1') else {text} end)"
        return _unless_missing(plain, f"{MISSING_SQL[:-1]}, 'n/a', 'none', '-', '?', 'unknown')")


def _unless_missing(text: str, missing: str) -> str:
    """Return SQL of a text, NULL where it is one of the short words for nothing."""
    return f"(case when length({text}) > 7 or lower({text}) not in {missing} then {text} end)"


def summarise(table: RawTable, day_first: bool | None = None) -> tuple[Column, ...]:
    """Count every column of a table.

    Parameters
    ----------
    table : RawTable
        The file in the engine.
    day_first : bool, optional
        How a person says that 03/04/2024 is read; None lets the file tell.
    """
    sample = table.sample(SAMPLE_ROWS)
    texts = [
        [cell for row in sample if (cell := row[i]) is not None and not is_missing(cell)] for i in range(len(table.header))
    ]
    formats = [decide_numbers(column) for column in texts]
    comma = any(found and found.decimal == "," for found in formats)
    columns = []
    for i, name in enumerate(table.header):
        filled = texts[i]
        families = date_families(filled)
        is_date = bool(filled) and sum(families.values()) >= 0.5 * len(filled)
        _make_cells(table, f"c{i}")
        dates = _date_format(table, f"c{i}", families, day_first) if is_date else None
        numbers = decide_numbers(filled, comma) if comma else formats[i]
        blank = ColumnSummary(name, table.rows, 0, 0, 0, 0, None, None, None, None, None, _examples(filled))
        columns.append(_counted(table, Column(f"c{i}", blank, numbers, dates, f"{table.name}_c{i}")))
    return tuple(columns)


def _examples(texts: Iterable[str]) -> tuple[str, ...]:
    different = list(dict.fromkeys(text.strip() for text in texts))
    step = max(1, len(different) // EXAMPLES)
    return tuple(different[::step][:EXAMPLES])


def _date_format(table: RawTable, column: str, families: dict[str, int], day_first: bool | None) -> DateFormat:
    """Decide day first or month first for the whole column by counting the dates that can only be one."""
    names = tuple(families)
    if "slashed" not in names and table.rows > SAMPLE_ROWS:
        names = (*names, "slashed")  # a few rows written otherwise may hide between the sampled ones
    if "iso" not in names and "compact" not in names:
        names = (*names, "iso")
    first, second = first_and_second(column)
    query = (
        f"select count(*) filter ({first} > 12), count(*) filter ({second} > 12), "
        f"count(*) filter (regexp_matches({column}, '^\\s*\\d+\\.')) from "
        f"(select {column} from {table.name}_{column} where not regexp_matches({column}, '^\\s*\\d{{4}}'))"
    )
    day, month, dotted = table.connection.execute(query).fetchall()[0]
    decided = day_first if day_first is not None else (day > month if day != month else True)
    proof, against = (day, month) if decided else (month, day)
    return DateFormat(names, decided, proof, against, dotted > 0)


def _make_cells(table: RawTable, column: str) -> None:
    """Make the table of a column's different cells: there are far fewer of them than rows."""
    table.connection.execute(
        f"create or replace temp table {table.name}_{column} as "
        f"select {column}, count(*) as w from {table.name} where {column} is not null group by 1"
    )


def _counted(table: RawTable, column: Column) -> Column:
    """Fill in the counts of one column, from its different cells and how often each comes."""
    name, run = column.engine_name, table.connection.execute
    odd = f"try_cast({name} as bigint)::varchar is distinct from {name}"
    cells, broken = run(f"select count(*), count(*) filter ({odd}) from {column.cells}").fetchall()[0]
    whole = ("whole", "text", "id", *(("number",) if column.numbers and column.numbers.plain else ()))
    if (
        cells and not broken
    ):  # nothing but whole numbers, none of them padded: they need no mending to be seen for what they are
        column = replace(column, tidy=frozenset(whole))
    typed = (
        f"(select w, {name} as c, {column.text_sql()} as t, {column.id_sql()} as i, {column.number_sql()} as x, "
        f"{column.date_sql()} as d from {column.cells})"
    )
    filled, numbers, dates, low, high, total, *mended = run(f"""
        select coalesce(sum(w) filter (t is not null), 0), coalesce(sum(w) filter (x is not null), 0),
            coalesce(sum(w) filter (d is not null), 0), min(x), max(x), sum(w * x),
            count(*) filter (t is distinct from c), count(*) filter (i is distinct from c), count(*) filter (x is null),
            count(*) filter (d is null or c not like '____-__-__')
        from {typed}""").fetchall()[0]
    tidy = {reading for reading, odd in zip(("text", "id", "number", "date"), mended, strict=True) if cells and not odd}
    tidy |= column.tidy
    if not (column.numbers and column.numbers.plain):
        tidy.discard("number")
    distinct = cells if "text" in tidy else run(f"select count(distinct t) from {typed}").fetchall()[0][0]
    summary = replace(column.summary, filled=int(filled), distinct=distinct, numbers=int(numbers), dates=int(dates))
    if numbers > 0.5 * filled:
        centred = f"(select w, x - ?::double as z from {typed} where x is not null)"
        squares, cubes = run(f"select sum(w * z * z), sum(w * z * z * z) from {centred}", [total / int(numbers)]).fetchall()[0]
        spread = (squares / numbers) ** 0.5
        skew = round(cubes / numbers / spread**3, 9) if spread > 0 else None
        summary = replace(
            summary, minimum=low, maximum=high, mean=_rounded(total / int(numbers)), total=_rounded(total), skew=skew
        )
    return replace(column, summary=summary, tidy=frozenset(tidy))


def _rounded(value: float) -> float:
    """Cut a float to twelve digits: sums over several threads differ in the last ones, and results must not."""
    return float(f"{value:.12g}")
