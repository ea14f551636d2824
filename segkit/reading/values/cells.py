"""What a cell's text means as a number, a date or nothing: decided for a whole column, then done in the engine."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from segkit.reading.values.dates import date_family

_CODES = (
    "EUR USD GBP CHF SEK NOK DKK PLN CZK HUF RON BGN CAD AUD NZD JPY CNY INR BRL MXN ZAR TRY ISK UAH ILS AED SGD HKD KRW THB"
)
_CURRENCY = (
    rf"(?:€|(?:US|[ACR]|NZ|HK|S)?\$|£|¥|₹|₺|₽|₩|₪|฿|{_CODES.replace(' ', '|')}|Euro|[kK]r\.?|zł|Kč|Ft|lei|лв\.?|S?[Ff]r\.)"
)
_GAP = " \u00a0\u202f\u2009\u2007"
_APOSTROPHES = "'’´"
_NUMBER = re.compile(
    rf"^{_CURRENCY}?\s*\(?[-+−–]?\s*{_CURRENCY}?\s*(?:\d[\d.,{_APOSTROPHES}{_GAP}]*|[.,]\d+)(?:[eE][-+]?\d+)?-?\)?[{_GAP}]*"
    rf"(?:%|{_CURRENCY})?[{_GAP}]*-?\)?$"
)
_PLAIN = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
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
    if date_family(text) in ("iso", "slashed", "compact", "named"):  # months may be the header of a wide table
        return "date"
    return "number" if _NUMBER.match(text) and re.search(r"\d", text) else "text"


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of one column are written; ``plain`` means that no mark has to be removed."""

    decimal: str
    plain: bool

    def sql(self, column: str) -> str:
        """Return the SQL expression that turns the text column into DOUBLE, NULL where it is no number."""
        if self.plain:
            return f"(case when isfinite(try_cast({column} as double)) then try_cast({column} as double) end)"
        pattern, currency = (text.replace("'", "''") for text in (_NUMBER.pattern, _CURRENCY))
        bare = f"regexp_replace(trim({column}), '{currency}', '', 'g')"
        kept = f"rtrim(regexp_replace({bare}, '[^0-9,.eE+-]', '', 'g'), '-')"
        other = "." if self.decimal == "," else ","
        # a single other sign with one or two digits behind it can only be a decimal sign: 12.50 among 12,50
        odd = f"regexp_full_match({kept}, '[-+]*\\d*[{other}]\\d{{1,2}}')"
        kept = f"(case when {odd} then {kept} else replace({kept}, '{other}', '') end)"
        kept = f"replace({kept}, ',', '.')"
        sign = f"(case when regexp_matches({column}, '^[^0-9]*[-−–(]|-[^0-9]*$') then -1 else 1 end)"
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
