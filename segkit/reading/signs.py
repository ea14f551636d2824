"""Signs of damage counted in a file: how dates, money, identifiers and letters are spread."""

import re
from dataclasses import replace
from pathlib import Path

from segkit.core.data import damage, doubts
from segkit.core.data.damage import DateSigns, Finding, IdSigns, MoneySigns
from segkit.core.data.roles.lexicon import spaced
from segkit.reading.raw import RawTable
from segkit.reading.summary import Column
from segkit.reading.values.affixes import FACTORS
from segkit.words.terms import Role

LOOKED_AT = 100_000
"""Rows looked at; of larger files every second, third … row."""

_MONEY = (Role.AMOUNT, Role.PRICE)
_POSTCODE = ("zip", "postcode", "postal", "plz", "code postal", "postleitzahl", "cap")
_UNIT = re.compile(r"^[\d.,]+\s*(m|mm|b|B)$")
_LEFT_OF_A_DATE = re.compile(r"^[0-5]?[0-9]:[0-5][0-9][.,][0-9]$")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,.][0-9]{3})+")
_BROKEN = r"Ã[^\x00-\x7FÀ-ÿ]|Ã[\x{80}-\x{BF}]|â€|Â[\x{A0}-\x{BF}]|ï¿½|\x{FFFD}|├[^\x00-\x7F]"


def cut_off(table: RawTable, path: Path) -> str:
    """Return evidence that a text file ends within its last line, or an empty text."""
    if path.suffix.lower() not in (".csv", ".txt", ".tsv", ".tab", "") or table.rows < 20:
        return ""
    with path.open("rb") as file:
        file.seek(-1, 2)
        if file.read(1) in (b"\n", b"\r", b"\x00", b"\x1a"):
            return ""
    names = [f"c{i}" for i in range(len(table.header))]
    filled = ", ".join(f"count({name})" for name in names)
    (counts,) = table.connection.execute(f"select {filled} from {table.name}").fetchall()
    (last,) = table.connection.execute(f"select {', '.join(names)} from {table.name} where place = {table.rows - 1}").fetchall()
    always = [i for i, n in enumerate(counts) if n >= table.rows - 1]
    here = max((i for i, cell in enumerate(last) if cell is not None), default=-1)
    missing = [table.header[i] for i in always if i > here]
    if not missing:
        return ""
    return f"Its last line has no end, and lacks “{'”, “'.join(missing[:3])}”, which all other rows have."


def find_damage(table: RawTable, columns: tuple[Column, ...], roles: dict[str, Role]) -> list[Finding]:
    """Look for signs of damage in one table.

    Parameters
    ----------
    table : RawTable
        The file, or several under each other.
    columns : tuple of Column
        Its columns.
    roles : dict of str to Role
        What each column is taken for.
    """
    step = -(-table.rows // LOOKED_AT)
    source = table.name
    if step > 1:
        source = f"{table.name}_spread"
        table.connection.execute(f"create or replace temp view {source} as select * from {table.name} where place % {step} = 0")
    having = {role: [c for c in columns if roles[c.summary.name] is role] for role in Role}
    found = _letters(table, source, columns)
    for column in columns:
        found += _words(table, column)
    for column in having[Role.DATE]:
        if column.dates and column.dates.families[0] == "year":
            found += doubts.years_alone(table.file_name, column.summary.name, column.summary.distinct)
        elif column.dates:
            found += damage.damaged_dates(table.file_name, _dates(table, source, column)) or _exchanged(table, source, column)
            found += doubts.no_dates(table.file_name, column.summary.name, _no_dates(table, column))
    for role in _MONEY:
        for column in having[role][:3]:
            found += damage.damaged_money(table.file_name, _money(table, source, column, having))
    places = [c for c in columns if roles[c.summary.name] is Role.CATEGORY and _is_postcode(c)]
    one_country = not any("countr" in spaced(c.summary.name) and c.summary.distinct > 1 for c in columns)
    for column in [*having[Role.CUSTOMER], *having[Role.ORDER], *(places if one_country else [])]:
        found += damage.damaged_ids(table.file_name, _ids(table, source, column))
        found += _grouped(table, column)
    if step > 1:
        table.connection.execute(f"drop view {source}")
        found = [replace(one, evidence=f"{one.evidence} Counted on one row in {step}.") for one in found]
    return [*_blank(table, having), *found]


def _is_postcode(column: Column) -> bool:
    return any(word in spaced(column.summary.name) for word in _POSTCODE)


def _one(table: RawTable, query: str) -> tuple[float, ...]:
    (row,) = table.connection.execute(query).fetchall()
    return tuple(row)


def _blank(table: RawTable, having: dict[Role, list[Column]]) -> list[Finding]:
    keys = [c for role in (Role.CUSTOMER, Role.DATE, *_MONEY) for c in having[role]]
    if len(keys) < 2:
        return []
    empty = " and ".join(f"{column.engine_name} is null" for column in keys)
    (blank,) = _one(table, f"select count(*) from {table.name} where {empty}")
    return damage.blank_rows(table.file_name, table.rows, int(blank))


def _letters(table: RawTable, source: str, columns: tuple[Column, ...]) -> list[Finding]:
    said = [c for c in columns if c.numbers is None and c.dates is None]
    marks = ("Ã", "â€", "Â", "ï¿½", "\ufffd", "├")
    cells = " union all ".join(f"select {c.engine_name} as t from {c.cells}" for c in said if "whole" not in c.tidy)
    any_mark = " or ".join(f"contains(t, '{mark}')" for mark in marks)
    if not cells or not _one(table, f"select count(*) from (select 1 from ({cells}) where {any_mark} limit 1)")[0]:
        return []
    texts = [c.engine_name for c in said]
    quick = [f"contains({name}, '{mark}')" for name in texts for mark in marks]
    joined = f"concat_ws(' ', {', '.join(texts)})"
    query = (
        f"select count(*), min(regexp_extract({joined}, '\\S*(?:{_BROKEN})\\S*')) from {source} "
        f"where ({' or '.join(quick)}) and regexp_matches({joined}, '{_BROKEN}')"
    )
    rows, example = _one(table, query)
    return damage.broken_letters(table.file_name, "", int(rows), str(example or "")[:24])


def _dates(table: RawTable, source: str, column: Column) -> DateSigns:
    assert column.dates is not None
    name = column.engine_name
    query = f"""
        with cells as (select {name}, count(*) as w from {source} where {name} is not null group by 1),
        typed as (select w, trim({name}) as t, {column.date_sql()} as d from cells),
        seen as (select *, regexp_matches(t, '^[0-9]{{4}}[-/.]') as year_first,
            try_cast(regexp_extract(t, '^([0-9]{{1,2}})[-/.][0-9]{{1,2}}[-/.]', 1) as int) as first,
            try_cast(regexp_extract(t, '^[0-9]{{1,2}}[-/.]([0-9]{{1,2}})[-/.]', 1) as int) as second from typed)
        select coalesce(sum(w) filter (d is not null), 0), coalesce(sum(w) filter (d is null), 0),
            coalesce(sum(w) filter (day(d) = 1), 0), coalesce(sum(w) filter (day(d) <= 12), 0),
            count(distinct date_trunc('month', d)), count(distinct d),
            case when coalesce(sum(w) filter (first <= 12 and second <= 12), 0) = 0
                then coalesce(sum(w) filter (first > 12 or second > 12), 0) else 0 end,
            coalesce(sum(w) filter (year_first and day(d) <= 12), 0), coalesce(sum(w) filter (year_first and d is not null), 0)
        from seen"""
    readable, unreadable, first, low, months, days, texts, year_low, year = map(int, _one(table, query))
    name, dayless = column.summary.name, column.dates.without_day
    return DateSigns(name, readable, unreadable, first, low, months, days, texts, year_low, year, dayless)


def _exchanged(table: RawTable, source: str, column: Column) -> list[Finding]:
    query = f"select distinct {column.date_sql()} as d from {source} order by 1"
    dates = [row[0] for row in table.connection.execute(query).fetchall() if row[0] is not None]
    return doubts.exchanged_days(table.file_name, column.summary.name, dates)


def _no_dates(table: RawTable, column: Column) -> dict[str, int]:
    """Count the rows of each day that stands for no date."""
    if column.dates is None or not column.dates.nothing:
        return {}
    day = replace(column.dates, nothing=()).sql(column.engine_name)
    listed = ", ".join(f"date '{one}'" for one in column.dates.nothing)
    query = f"select ({day})::varchar, sum(w)::bigint from {column.cells} where {day} in ({listed}) group by 1 order by 1"
    return dict(table.connection.execute(query).fetchall())


def _words(table: RawTable, column: Column) -> list[Finding]:
    """Tell of words behind numbers, and of cells that are left of dates."""
    name, examples = column.summary.name, column.summary.examples
    if column.numbers and column.numbers.multiply:
        words = {word: FACTORS[word.lower()] for word in column.numbers.multiply}
        return doubts.multiplied(table.file_name, name, words, column.summary.numbers)
    if column.numbers or column.dates or not examples:
        return []
    units = [match[1] for text in examples if (match := _UNIT.match(text))]
    if len(units) >= 0.8 * len(examples):
        return doubts.perhaps_multiplied(table.file_name, name, units[0])
    left = [text for text in examples if _LEFT_OF_A_DATE.match(text)]
    if len(left) < 0.5 * len(examples):
        return []
    query = (
        f"select count(*) from {table.name} where regexp_full_match(trim({column.engine_name}), '{_LEFT_OF_A_DATE.pattern}')"
    )
    (rows,) = _one(table, query)
    return doubts.lost_dates(table.file_name, name, int(rows), left[0])


def _grouped(table: RawTable, column: Column) -> list[Finding]:
    """Tell of signs for thousands in numbers that name something."""
    if "id" in column.tidy and not any(_GROUPED.fullmatch(text) for text in column.summary.examples):
        return []
    query = (
        f"select count(*), min(t) from (select distinct {column.id_sql()} as t from {column.cells}) "
        f"where regexp_full_match(t, '{_GROUPED.pattern}')"
    )
    grouped, example = table.connection.execute(query).fetchall()[0]
    return doubts.grouped_ids(table.file_name, column.summary.name, int(grouped), column.summary.distinct, str(example))


def _money(table: RawTable, source: str, column: Column, having: dict[Role, list[Column]]) -> MoneySigns:
    text, value = f"trim({column.engine_name})", column.number_sql()
    comma, point = f"regexp_matches({text}, '^[^.]*,\\d{{1,2}}\\D*$')", f"regexp_matches({text}, '^[^,]*\\.\\d{{1,2}}\\D*$')"
    whole = f"regexp_matches({text}, '^[^0-9.,]*\\d+[^0-9.,]*$')"
    query = (
        f"select count(*) filter ({comma}), count(*) filter ({point}), count(*) filter ({whole} and {value} <> 0), "
        f"count(*) filter ({comma} or {point}) as decimals, median({value}) filter ({whole} and {value} > 0), "
        f"median({value}) filter (({comma} or {point}) and {value} > 0) from {source} "
        f"group by {_currency(column, having)} order by all"
    )
    by_currency = table.connection.execute(query).fetchall()
    commas, points = (sum(row[i] for row in by_currency) for i in (0, 1))
    # amounts of currencies without decimals are no measure of those that have some: the currency that writes most of them is
    _, _, wholes, decimals, median_whole, median_decimal = max(by_currency, key=lambda row: row[3])
    hundredfold = fits = 0.0
    quantities, prices = having[Role.QUANTITY], having[Role.PRICE]
    if column in having[Role.AMOUNT] and quantities and prices:
        ratio = f"{value} / nullif({quantities[0].number_sql()} * {prices[0].number_sql()}, 0)"
        query = (
            "select count(*) filter (abs(r - 100) < 5 or abs(r - 0.01) < 0.0005), count(*) filter (abs(r - 1) < 0.3) "
            f"from (select {ratio} as r from {source})"
        )
        hundredfold, fits = _one(table, query)
    name = column.summary.name
    return MoneySigns(
        name, int(commas), int(points), int(wholes), int(decimals), median_whole, median_decimal, int(hundredfold), int(fits)
    )


def _currency(column: Column, having: dict[Role, list[Column]]) -> str:
    """Return SQL of what tells the rows of several currencies apart: the sign beside an amount, or a column; else one value."""
    if column.numbers and len(column.numbers.affixes) > 1:
        return column.affix_sql()
    return having[Role.CURRENCY][0].text_sql() if having[Role.CURRENCY] else "true"


def _ids(table: RawTable, source: str, column: Column) -> IdSigns:
    query = f"""
        with ids as (select distinct {column.id_sql()} as t from {source}),
        sized as (select t, length(t) as n, regexp_full_match(t, '[0-9]+') as digits
            from ids where t is not null),
        long as (select max(n) as n from sized where digits)
        select count(*), count(*) filter (regexp_full_match(t, '[0-9][.,]?[0-9]*[eE][+][0-9]+')),
            coalesce((select n from long), 0),
            count(*) filter (digits and sized.n = (select n from long) and t like '0%'),
            count(*) filter (digits and sized.n < (select n from long) and t not like '0%')
        from sized"""
    different, scientific, longest, padded, shorter = map(int, _one(table, query))
    return IdSigns(column.summary.name, different, scientific, longest, padded, shorter, _is_postcode(column))
