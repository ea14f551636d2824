"""What a cell's text means as a number or a date: decided for a whole column, then done in the engine."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_CURRENCY = r"(?:€|\$|£|¥|₹|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|kr\.?|zł|Fr\.)"
_GAP = " \u00a0\u202f"
_NUMBER = re.compile(
    rf"^{_CURRENCY}?\s*\(?[-+−]?\s*{_CURRENCY}?\s*(?:\d[\d.,'{_GAP}]*|[.,]\d+)(?:[eE][-+]?\d+)?-?\)?\s*(?:%|{_CURRENCY})?$"
)
_PLAIN = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
_ISO = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T].*)?$")
_SLASHED = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,].*)?$")
_COMPACT = re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_MISSING = ("", "null", "nan", "#n/a", "\\n", "nat")

MISSING_SQL = "(" + ", ".join(f"'{word}'" for word in _MISSING) + ")"
"""Texts (in small letters) that stand for nothing. "NA" is not among them: it may be North America."""


def is_missing(text: str) -> bool:
    """Tell whether a cell stands for nothing."""
    return text.strip().lower() in _MISSING


def looks_like(text: str) -> str:
    """Return "empty", "number", "date" or "text"."""
    text = text.strip()
    if is_missing(text):
        return "empty"
    if _COMPACT.match(text) or _date_family(text):
        return "date"
    return "number" if _NUMBER.match(text) and re.search(r"\d", text) else "text"


def _date_family(text: str) -> str:
    if match := _ISO.match(text):
        return "iso" if 1 <= int(match[3]) <= 12 and 1 <= int(match[4]) <= 31 else ""
    if match := _SLASHED.match(text):
        first, second = int(match[1]), int(match[3])
        return "slashed" if 1 <= min(first, second) <= 12 and max(first, second) <= 31 else ""
    return "compact" if _COMPACT.match(text) else ""


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of one column are written; ``plain`` means that no mark has to be removed."""

    decimal: str
    plain: bool

    def sql(self, column: str) -> str:
        """Return the SQL expression that turns the text column into DOUBLE, NULL where it is no number."""
        if self.plain:
            return f"(case when isfinite(try_cast({column} as double)) then try_cast({column} as double) end)"
        kept = f"regexp_replace(trim({column}), '[^0-9,.eE+-]', '', 'g')"
        kept = f"rtrim(replace({kept}, '{'.' if self.decimal == ',' else ','}', ''), '-')"
        kept = f"replace({kept}, ',', '.')"
        sign = f"(case when regexp_matches({column}, '^[^0-9]*[-−(]|-\\s*$') then -1 else 1 end)"
        pattern = _NUMBER.pattern.replace("'", "''")
        return f"(case when regexp_full_match(trim({column}), '{pattern}') then {sign} * abs(try_cast({kept} as double)) end)"


def decide_numbers(texts: Iterable[str], prefer_comma: bool = False) -> NumberFormat | None:
    """Decide how a column writes numbers, or return None where most of its cells are no numbers.

    Parameters
    ----------
    texts : iterable of str
        Filled cells of the column.
    prefer_comma : bool
        What "1.234" means where the column itself does not tell: True takes the comma for the decimal sign.
    """
    cells = Counter(text.strip() for text in texts if not is_missing(text))
    numbers = [cell for cell in cells if _NUMBER.match(cell)]
    if not numbers or sum(cells[cell] for cell in numbers) < 0.8 * cells.total():
        return None
    comma = sum(_decimal_sign(cell) == "," for cell in numbers)
    point = sum(_decimal_sign(cell) == "." for cell in numbers)
    if comma > point:
        return NumberFormat(",", False)
    plain = sum(bool(_PLAIN.match(cell)) for cell in numbers)
    if plain == len(numbers) and not (prefer_comma and not point and any("." in cell for cell in numbers)):
        return NumberFormat(".", True)
    ambiguous_only = comma == point == 0
    return NumberFormat("," if ambiguous_only and prefer_comma else ".", False)


def _decimal_sign(cell: str) -> str:
    """Return the decimal sign that this cell proves, or an empty text."""
    digits = re.sub(r"[^\d.,]", "", cell)
    if "," in digits and "." in digits:
        return "," if digits.rindex(",") > digits.rindex(".") else "."
    for sign, other in ((",", "."), (".", ",")):
        if sign in digits:
            if digits.count(sign) > 1:
                return other
            whole, rest = digits.split(sign)
            return "" if len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0" else sign
    return ""


@dataclass(frozen=True)
class DateFormat:
    """How the dates of one column are written.

    ``day_first`` says how 03/04/2024 is read; ``proof`` counts cells that can only be read that way, ``against`` those that
    can only be read the other way. ``families`` are the ways of writing found, the commonest first.
    """

    families: tuple[str, ...]
    day_first: bool
    proof: int
    against: int
    dotted: bool = False

    @property
    def silent(self) -> bool:
        """Tell whether nothing in the column shows which of two numbers is the day."""
        return "slashed" in self.families and not self.proof and not self.against and not self.dotted

    def sql(self, column: str) -> str:
        """Return the SQL expression that turns the text column into DATE, NULL where it cannot be read."""
        text = f"trim({column})"
        choices = []  # no two of them share an expression: the engine would work it out for all rows beforehand
        for family in self.families:
            if family == "iso":
                plain = f"try_cast(translate(split_part(split_part({text}, ' ', 1), 'T', 1), '/.', '--') as date)"
                fast = f"when {text} like '____-__-__%' then try_cast(left({text}, 10) as date)"
                choices.append(f"(case {fast} when substr({text}, 5, 1) in ('-', '/', '.') then {plain} end)")
            elif family == "compact":
                choices.append(f"(case when length({text}) = 8 then try_strptime({text}, '%Y%m%d')::date end)")
            else:
                order = "%d/%m/" if self.day_first else "%m/%d/"
                plain = f"translate(regexp_extract({text}, '^[^ T,]*'), '-.', '//')"
                choices.append(f"try_strptime({plain}, ['{order}%y', '{order}%Y'])::date")
        return f"coalesce({', '.join(choices)})" if len(choices) > 1 else choices[0]


def date_families(texts: Iterable[str]) -> dict[str, int]:
    """Count the ways in which cells write dates, the commonest first; cells that are no dates are left out."""
    counts: dict[str, int] = {}
    for text in texts:
        if family := _date_family(text.strip()):
            counts[family] = counts.get(family, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def first_and_second(column: str) -> tuple[str, str]:
    """Return SQL for the first and second number of dates such as 03/04/2024 (NULL where the cell is none)."""
    pattern = r"^\s*([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{2,4}"
    return tuple(f"try_cast(regexp_extract({column}, '{pattern}', {group}) as int)" for group in (1, 2))  # type: ignore[return-value]


def as_date(text: str) -> dt.date | None:
    """Return the date of an ISO text, or None."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
