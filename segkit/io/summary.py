"""What can be counted in each column of a file, before anybody decides what it means."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from segkit.core.roles import ColumnSummary
from segkit.io.table import RawTable
from segkit.io.values import MISSING_SQL, DateFormat, NumberFormat, date_families, decide_numbers, first_and_second, is_missing

SAMPLE_ROWS = 2000
EXAMPLES = 60
EXACT_UP_TO = 3_000_000
"""Tables with more rows than this get their numbers of different values estimated (within about 2 %)."""


@dataclass(frozen=True)
class Column:
    """One column: its name in the engine, what was counted, and how its numbers and dates are written."""

    engine_name: str
    summary: ColumnSummary
    numbers: NumberFormat | None
    dates: DateFormat | None

    def text_sql(self) -> str:
        """SQL of the stripped text, NULL where the cell stands for nothing."""
        text = f"trim({self.engine_name})"
        return f"(case when lower({text}) not in {MISSING_SQL} then {text} end)"

    def number_sql(self) -> str:
        """SQL of the number, NULL where there is none."""
        return self.numbers.sql(self.engine_name) if self.numbers else "cast(null as double)"

    def date_sql(self) -> str:
        """SQL of the date, NULL where there is none."""
        return self.dates.sql(self.engine_name) if self.dates else "cast(null as date)"

    def id_sql(self) -> str:
        """SQL of the text as an identifier: leading zeros kept, the ".0" that spreadsheets add removed."""
        text = f"regexp_replace(trim({self.engine_name}), '^(\\d+)\\.0+$', '\\1')"
        return f"(case when lower({text}) not in {MISSING_SQL[:-1]}, 'n/a', 'none', '-', '?', 'unknown') then {text} end)"


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
    texts = [[row[i] for row in sample if row[i] is not None] for i in range(len(table.header))]
    comma = any((found := decide_numbers(column)) and found.decimal == "," for column in texts)
    columns = []
    for i, name in enumerate(table.header):
        filled = [text for text in texts[i] if text is not None and not is_missing(text)]
        families = date_families(filled)
        is_date = bool(filled) and sum(families.values()) >= 0.5 * len(filled)
        dates = _date_format(table, f"c{i}", families, day_first) if is_date else None
        numbers = decide_numbers(filled, comma)
        blank = ColumnSummary(name, table.rows, 0, 0, 0, 0, None, None, None, None, None, _examples(filled))
        columns.append(Column(f"c{i}", blank, numbers, dates))
    return _counted(table, columns)


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
        f"(select distinct {column} from {table.name} where not regexp_matches({column}, '^\\s*\\d{{4}}'))"
    )
    day, month, dotted = table.connection.execute(query).fetchall()[0]
    decided = day_first if day_first is not None else (day > month if day != month else True)
    proof, against = (day, month) if decided else (month, day)
    return DateFormat(names, decided, proof, against, dotted > 0)


def _counted(table: RawTable, columns: list[Column]) -> tuple[Column, ...]:
    """Fill in the counts, all columns in one pass over the table."""
    distinct = "count(distinct {})" if table.rows <= EXACT_UP_TO else "approx_count_distinct({})"
    parts = []
    for column in columns:
        text, number = column.text_sql(), column.number_sql() if column.numbers else "cast(null as double)"
        date = f"count({column.date_sql()})" if column.dates else "0"
        parts += [f"count({text})", distinct.format(text), f"count({number})", date]
        parts += [f"{f}({number})" if column.numbers else "null" for f in ("min", "max", "avg", "sum", "skewness")]
    found = table.connection.execute(f"select {', '.join(parts)} from {table.name}").fetchall()[0]
    filled = []
    for i, column in enumerate(columns):
        full, different, numbers, dates, *numeric = found[9 * i : 9 * i + 9]
        known = [_rounded(value) if numbers > 0.5 * full else None for value in numeric]
        summary = replace(
            column.summary,
            filled=full,
            distinct=different,
            numbers=numbers,
            dates=dates,
            minimum=known[0],
            maximum=known[1],
            mean=known[2],
            total=known[3],
            skew=known[4],
        )
        filled.append(replace(column, summary=summary))
    return tuple(filled)


def _rounded(value: float | None) -> float | None:
    """Cut a float to twelve digits: sums over several threads differ in the last ones, and results must not."""
    return None if value is None else float(f"{value:.12g}")
