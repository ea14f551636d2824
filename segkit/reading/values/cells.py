"""What a cell's text means as a number, a date or nothing: decided for a whole column, then done in the engine."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from segkit.reading.values.affixes import (
    CURRENCY,
    FACTORS,
    GAP,
    currency_of,
    has_thousandths,
    unknown_affixes,
    words_that_multiply,
)
from segkit.reading.values.dates import date_family

_APOSTROPHES = "'’´"


def _number(currency: str, magnitude: str = "") -> str:
    """Return the pattern of a number with what may stand beside it."""
    words = f"{magnitude}?[{GAP}]*" if magnitude else ""
    mark = rf"[.,{_APOSTROPHES}{GAP}]"  # thousands come in threes, in India the higher ones in twos: 1,2,3 is no number
    digits = rf"(?:\d{{1,3}}(?:{mark}\d{{2,3}})*{mark}\d{{3}}(?:[.,]\d*)?|\d+(?:[.,]\d*)?|[.,]\d+)"
    return (
        rf"^(?:{currency})?[{GAP}]*\(?[-+−–]?[{GAP}]*(?:{currency})?[{GAP}]*{digits}"
        rf"(?:[eE][-+]?\d+)?[-–—]{{0,2}}\)?[{GAP}]*{words}(?:%|{currency})?[{GAP}]*-?\)?$"
    )


_NUMBER = re.compile(_number(CURRENCY))
_DIGITS = re.compile(r"\d[\d.,]*|[.,]\d+")
_PLAIN = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
_MISSING = ("", "null", "nan", "#n/a", "\\n", "nat")

MISSING_SQL = "(" + ", ".join(f"'{word}'" for word in _MISSING) + ")"
"""Texts (in small letters) that stand for nothing. "NA" is not among them: it may be North America."""


LONGEST = 100
"""Signs of the longest number: no pattern looks at a longer cell, for it could go back and forth in one without end."""


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
    return "number" if len(text) <= LONGEST and _NUMBER.match(text) and re.search(r"\d", text) else "text"


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of one column are written.

    Attributes
    ----------
    decimal : str
        The decimal sign.
    plain : bool
        Whether no mark has to be removed.
    affixes : tuple of (str, int)
        Signs and codes found beside the digits, each with the sampled cells that have it, the commonest first.
    unknown : tuple of str
        Those of them that are no currency known here: they repeat as one does.
    multiply : tuple of str
        Words behind the numbers that multiply them ("MM", "k"), as written.
    currency : str
        Pattern of the known currencies that can be in the column's cells.
    """

    decimal: str
    plain: bool
    affixes: tuple[tuple[str, int], ...] = ()
    unknown: tuple[str, ...] = ()
    multiply: tuple[str, ...] = ()
    currency: str = field(default=CURRENCY, repr=False, compare=False)

    @property
    def affix(self) -> str:
        """The commonest sign or code beside the digits; empty where there is none."""
        return self.affixes[0][0] if self.affixes else ""

    @property
    def _currency(self) -> str:
        return _either(self.currency, self.unknown)

    def affix_sql(self, column: str) -> str:
        """Return the SQL expression of the sign or code that a row writes, NULL where it writes none."""
        if self.plain:
            return "cast(null as varchar)"
        return f"nullif(trim(regexp_extract(trim({column}), {_quoted(self._currency)})), '')"

    def sql(self, column: str) -> str:
        """Return the SQL expression that turns the text column into DOUBLE, NULL where it is no number."""
        if self.plain:
            return f"(case when isfinite(try_cast({column} as double)) then try_cast({column} as double) end)"
        words = _either("", self.multiply)
        beside = f"{words}|{self._currency}" if words else self._currency
        bare = f"regexp_replace(trim({column}), {_quoted(beside)}, '', 'g')"
        kept = f"rtrim(regexp_replace({bare}, '[^0-9,.eE+-]', '', 'g'), '-')"
        other = "." if self.decimal == "," else ","
        # a single other sign with one or two digits behind it can only be a decimal sign: 12.50 among 12,50
        odd = f"regexp_full_match({kept}, '[-+]*\\d*[{other}]\\d{{1,2}}')"
        kept = f"(case when {odd} then {kept} else replace({kept}, '{other}', '') end)"
        kept = f"replace({kept}, ',', '.')"
        # a minus behind a decimal sign stands for no cents: 25.- is 25
        sign = f"(case when regexp_matches({column}, '^[^0-9]*[-−–(]|[^.,–-]-[^0-9]*$') then -1 else 1 end)"
        number = f"{sign} * abs(try_cast({kept} as double)){self._factor_sql(column)}"
        pattern = _quoted(_number(self._currency, words))
        return f"(case when regexp_full_match(trim({column}), {pattern}) then {number} end)"

    def _factor_sql(self, column: str) -> str:
        if not self.multiply:
            return ""
        behind = _quoted(rf"[0-9.,][{GAP}]*({_either('', self.multiply)})")
        word = f"lower(regexp_extract({column}, {behind}, 1))"
        whens = " ".join(f"when {_quoted(w)} then {FACTORS[w]:.0f}" for w in sorted({w.lower() for w in self.multiply}))
        return f" * (case {word} {whens} else 1 end)"


def _either(pattern: str, texts: Iterable[str]) -> str:
    """Return a pattern of any of some texts, the longest first, or else of what the first argument says."""
    parts = [re.escape(text).replace("\\ ", " ") for text in sorted(texts, key=lambda text: (-len(text), text))]
    return "(?:" + "|".join([*([pattern] if pattern else []), *parts]) + ")" if parts else pattern


def _quoted(pattern: str) -> str:
    return "'" + pattern.replace("'", "''") + "'"


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
    short = [cell for cell in cells if len(cell) <= LONGEST]
    numbers = [cell for cell in short if _NUMBER.match(cell)]
    unknown: tuple[str, ...] = ()
    multiply: tuple[str, ...] = ()
    if len(numbers) < len(cells):
        rest = {cell: cells[cell] for cell in short if not _NUMBER.match(cell)}
        unknown = unknown_affixes(rest)
        multiply = words_that_multiply(rest, cells.total())
        either = re.compile(_number(_either(CURRENCY, unknown), _either("", multiply)))
        numbers = [cell for cell in short if either.match(cell)]
    if not numbers or sum(cells[cell] for cell in numbers) < 0.8 * cells.total():
        return None
    found = NumberFormat(".", False, _affixes({cell: cells[cell] for cell in numbers}, unknown), unknown, multiply)
    signs = Counter(map(_decimal_sign, numbers))
    comma, point = signs[","], signs["."]
    if comma > point:
        return replace(found, decimal=",")
    if comma == point == 0 and (sign := _only_thousands(numbers)):
        return replace(found, decimal="," if sign == "." else ".")
    plain = sum(bool(_PLAIN.match(cell)) for cell in numbers)
    if plain == len(numbers) and not (prefer_comma and not point and any("." in cell for cell in numbers)):
        return replace(found, plain=True)
    ambiguous_only = comma == point == 0
    grouped = bool(found.affix) and not has_thousandths(found.affix) and any(re.search(r"\d\.\d{3}", cell) for cell in numbers)
    return replace(found, decimal="," if ambiguous_only and (prefer_comma or grouped) else ".")


def _only_thousands(numbers: Sequence[str]) -> str:
    """Return the sign that can only part thousands, or an empty text: whatever is below a thousand is written without it.

    Such a column holds "192" and "1.316", but never "1316", "0.316" or "1.3": decimals would not wait for the thousand.
    """
    parted = [match for cell in numbers if (match := _PARTED.search(cell))]
    plain = [match[0] for cell in numbers if not _PARTED.search(cell) and (match := _DIGITS.search(cell))]
    signs = {match[1] for match in parted}
    if len(signs) != 1 or min(len(parted), len(plain)) < _SIGNS_AT_LEAST or len(parted) + len(plain) < len(numbers):
        return ""
    hundreds = sum(len(digits) == 3 for digits in plain)
    return signs.pop() if all(len(digits) <= 3 for digits in plain) and hundreds >= 0.5 * len(plain) else ""


_PARTED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}([.,])\d{3}(?![\d.,])")
_SIGNS_AT_LEAST = 3
"""So many different numbers with, and without, a sign must show what it parts."""


def _affixes(cells: Mapping[str, int], unknown: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Count what stands beside the digits, the commonest first."""
    counts: Counter[str] = Counter()
    for cell, rows in cells.items():
        if not cell.isascii() or not _PLAIN.match(cell):
            affix = currency_of(cell) or next((text for text in unknown if text in cell), "")
            if affix:
                counts[affix] += rows
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _decimal_sign(cell: str) -> str:
    """Return the decimal sign that this cell proves, or an empty text."""
    found = _DIGITS.search(re.sub(rf"(?<=\d)[{_APOSTROPHES}{GAP}](?=\d)", "", cell))
    digits = found[0].rstrip(".,") if found else ""
    if "," in digits and "." in digits:
        return "," if digits.rindex(",") > digits.rindex(".") else "."
    for sign, other in ((",", "."), (".", ",")):
        if sign in digits:
            if digits.count(sign) > 1:
                return other
            whole, rest = digits.split(sign)
            return "" if len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0" else sign
    return ""


EXAMPLES = 60
LONGEST_EXAMPLE = 300
"""Signs of an example that are kept: enough to tell what a column holds, and few enough for any pattern to look at."""


def examples_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return different texts, evenly spread over the file, for people and for telling what a column holds."""
    different = list(dict.fromkeys(text.strip()[:LONGEST_EXAMPLE] for text in texts))
    step = max(1, len(different) // EXAMPLES)
    return tuple(different[::step][:EXAMPLES])
