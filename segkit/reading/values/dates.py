"""How a column writes its dates: decided for the whole column, then done in the engine."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from segkit.core.data.roles.lexicon import says_date

MONTHS = (
    "jan january janv janvier januar jaenner janner janner enero ene gennaio gen januari janeiro",
    "feb february fev fevr fevrier februar febrero febbraio februari fevereiro",
    "mar march mars marz maerz mrz marzo maart mrt marco",
    "apr april avr avril abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "jun june juin juni junio giugno giu junho",
    "jul july juil juillet juli julio luglio lug julho",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre set sett settembre setembro setiembre",
    "oct october octobre okt oktober octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec december decembre dez dezember dic diciembre dicembre dezembro",
)
"""Names of the months, short and long, in English, German, French, Spanish, Italian, Dutch and Portuguese; no accents."""

NUMBER_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
_NAME = "(" + "|".join(sorted(NUMBER_OF, key=lambda name: (-len(name), name))) + ")"
_MONTH_NAME = re.compile(_NAME)
_NO_DIGITS = str.maketrans("", "", "0123456789")
_WEEKDAY = r"(?:[a-z]{2,10}(?:-feira)?[.,]*\s+)?"
_OF = r"[\s.,/-]*(?:de |del |do |of )?"
_YEAR = r"'?(\d{4}|\d{2})"
_TIME = r"(?:[\st,].*)?"
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T,].*)?$")
_SLASHED = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,].*)?$")
_COMPACT = re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_SORTED_MONTH = re.compile(r"^(?:19|20)\d{2}[-/.](?:0[1-9]|1[0-2])$")
_MONTH = re.compile(r"^(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d{2}$")
_DAY_NAMED = re.compile(rf"^{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|o|a|º|ª|°)?{_OF}{_NAME}\b{_OF}{_YEAR}{_TIME}$")
_NAMED_DAY = re.compile(rf"^{_WEEKDAY}{_NAME}\b[\s.-]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+{_YEAR}{_TIME}$")
_YEAR_NAMED = re.compile(rf"^(\d{{4}})[\s./-]*{_NAME}\b[\s./-]*(\d{{1,2}}){_TIME}$")
_NAMED_MONTH = re.compile(rf"^{_NAME}\b{_OF}{_YEAR}$")
_WEEK = re.compile(r"^(?:19|20)\d{2}-?W(?:0[1-9]|[1-4]\d|5[0-3])(?:-?[1-7])?$")
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d+)?$")
_EPOCH = re.compile(r"^\d{9,10}(?:\.\d+)?$|^\d{12,13}$")

_FIGURES = re.compile(r"[\d.,]+")

LONGEST = 48
"""Letters of the longest date: "Mittwoch, 30. September 2024 14:05:09 GMT+02:00"."""

SERIALS = (7_306, 73_050)
"""Days that a spreadsheet counts from 1899-12-30: from 1920 to 2099."""

WITHOUT_DAY = ("sorted month", "month", "named month", "year")
WORDS = {
    "iso": "with the year first",
    "compact": "as eight digits, year first",
    "slashed": "such as 31/12/2024",
    "named": "with the month's name",
    "week": "as weeks of the year (2024-W03-7)",
    "sorted month": "as months without a day (2024-03)",
    "month": "as months without a day (03/2024)",
    "named month": "as months without a day (Mar-24)",
    "year": "as years alone (2024)",
    "serial": "as a spreadsheet's day numbers (45000 is 2023-03-15)",
    "epoch": "as seconds or milliseconds since 1970",
}


def date_family(text: str) -> str:
    """Return the way in which a cell writes a date, or an empty text."""
    if len(text) > LONGEST or not _DIGIT.search(text):
        return ""
    if match := _ISO.match(text):
        return "iso" if 1 <= int(match[3]) <= 12 and 1 <= int(match[4]) <= 31 else ""
    if match := _SLASHED.match(text):
        first, second = int(match[1]), int(match[3])
        return "slashed" if 1 <= min(first, second) <= 12 and max(first, second) <= 31 else ""
    if _COMPACT.match(text):
        return "compact"
    if _WEEK.match(text):
        return "week"
    if _SORTED_MONTH.match(text):
        return "sorted month"
    if _MONTH.match(text):
        return "month"
    if text[-1:].isdigit() and not re.search(r"[^\W\d_]", text):
        return ""
    return _named_family(folded(text)) if _names_month(text.translate(_NO_DIGITS)) else ""


@lru_cache(4096)
def _names_month(letters: str) -> bool:
    """Tell whether a cell without its digits may name a month: many cells differ in their digits alone ("Product 17")."""
    return _MONTH_NAME.search(folded(letters)) is not None


def _named_family(text: str) -> str:
    if match := _DAY_NAMED.match(text):
        return "named" if 1 <= int(match[1]) <= 31 else ""
    if _NAMED_MONTH.match(text):
        return "named month"
    if match := _NAMED_DAY.match(text) or _YEAR_NAMED.match(text):
        return "named"
    return ""


def folded(text: str) -> str:
    """Return a text in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def number_family(texts: Iterable[str]) -> str:
    """Return how most of some numbers would write dates ("serial" or "epoch"), or an empty text.

    Only for columns whose name, or whose other cells, say that they hold dates.
    """
    cells = [text.strip() for text in texts]
    serial = sum(bool(_SERIAL.match(cell)) and SERIALS[0] <= int(cell[:5]) <= SERIALS[1] for cell in cells)
    epoch = sum(bool(_EPOCH.match(cell)) for cell in cells)
    best, found = max((serial, "serial"), (epoch, "epoch"))
    return found if best and best >= 0.8 * len(cells) else ""


@dataclass(frozen=True)
class DateFormat:
    """How the dates of one column are written.

    ``day_first`` says how 03/04/2024 is read; ``proof`` counts cells that can only be read that way, ``against`` those that
    can only be read the other way, ``example`` is one of the former. ``families`` are the ways of writing found, the
    commonest first. ``borrowed`` names the column whose order a silent one takes over. ``nothing`` are days (such as
    1970-01-01) that stand for no date in this column.
    """

    families: tuple[str, ...]
    day_first: bool
    proof: int
    against: int
    dotted: bool = False
    example: str = ""
    borrowed: str = ""
    nothing: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Tell whether nothing in the column shows which of two numbers is the day."""
        return "slashed" in self.families and not (self.proof or self.against or self.dotted or self.borrowed)

    @property
    def without_day(self) -> bool:
        """Tell whether most cells are months without a day."""
        return self.families[0] in WITHOUT_DAY

    def sql(self, column: str) -> str:
        """Return the SQL expression that turns the text column into DATE, NULL where it cannot be read."""
        # No two of the choices share an expression: the engine would work it out for all rows beforehand.
        choices = [self._family_sql(family, f"trim({column})") for family in self.families]
        found = f"coalesce({', '.join(choices)})" if len(choices) > 1 else choices[0]
        for day in self.nothing:
            found = f"nullif({found}, date '{day}')"
        return found

    def _family_sql(self, family: str, text: str) -> str:
        if family == "iso":
            plain = f"try_cast(translate(regexp_extract({text}, '^[^ T,]*'), '/.', '--') as date)"
            fast = f"when {text} like '____-__-__%' then try_cast(left({text}, 10) as date)"
            return f"(case {fast} when substr({text}, 5, 1) in ('-', '/', '.') then {plain} end)"
        if family == "compact":
            return f"(case when length({text}) = 8 then try_strptime({text}, '%Y%m%d')::date end)"
        if family == "slashed":
            order = "%d/%m/" if self.day_first else "%m/%d/"
            plain = f"translate(regexp_extract({text}, '^[^ T,]*'), '-.', '//')"
            return f"try_strptime({plain}, ['{order}%y', '{order}%Y'])::date"
        if family == "sorted month":
            return f"(case when length({text}) = 7 then try_cast(translate({text}, '/.', '--') || '-01' as date) end)"
        if family == "week":
            plain = f"replace({text}, '-', '')"  # a week without its day is read as its Monday
            return f"try_strptime(case when length({plain}) = 7 then {plain} || '1' else {plain} end, '%GW%V%u')::date"
        if family == "month":
            first = f"try_strptime('1/' || translate({text}, '-.', '//'), '%d/%m/%Y')"
            return f"(case when length({text}) <= 7 then {first}::date end)"
        if family == "year":
            return f"(case when regexp_full_match({text}, '(19|20)[0-9]{{2}}') then try_cast({text} || '-01-01' as date) end)"
        if family == "serial":
            day = f"try_cast(replace({text}, ',', '.') as double)"
            low, high = SERIALS
            return f"(case when {day} between {low} and {high} then date '1899-12-30' + floor({day})::int end)"
        if family == "epoch":
            second = f"try_cast({text} as double)"
            seconds = f"(case when {second} > 1e11 then {second} / 1000 else {second} end)"
            return f"(case when {second} between 1e8 and 5e12 then date '1970-01-01' + floor({seconds} / 86400)::int end)"
        return _named_sql(f"strip_accents(lower({text}))", family)


def _named_sql(text: str, family: str) -> str:
    """Return SQL that reads a date with the name of a month."""

    def part(pattern: re.Pattern[str], group: int) -> str:
        return f"regexp_extract({text}, '{pattern.pattern.replace(chr(39), chr(39) * 2)}', {group})"

    def made(pattern: re.Pattern[str], year: int, month: int, day: int | None) -> str:
        years = f"right('20' || {part(pattern, year)}, 4)"
        number = f"(map([{names}], [{numbers}])[{part(pattern, month)}])"
        days = part(pattern, day) if day else "'1'"
        return f"try_strptime({years} || '-' || {number} || '-' || {days}, '%Y-%m-%d')::date"

    names = ", ".join(f"'{name}'" for name in NUMBER_OF)
    numbers = ", ".join(f"'{number}'" for number in NUMBER_OF.values())
    if family == "named month":
        return made(_NAMED_MONTH, 2, 1, None)
    return f"coalesce({made(_DAY_NAMED, 3, 2, 1)}, {made(_NAMED_DAY, 3, 1, 2)}, {made(_YEAR_NAMED, 1, 2, 3)})"


def date_families(texts: Iterable[str]) -> dict[str, int]:
    """Count the ways in which cells write dates, the commonest first; cells that are no dates are left out."""
    counts: dict[str, int] = {}
    for text, cells in Counter(text.strip() for text in texts).items():
        if family := date_family(text):
            counts[family] = counts.get(family, 0) + cells
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def first_and_second(column: str) -> tuple[str, str]:
    """Return SQL for the first and second number of dates such as 03/04/2024 (NULL where the cell is none)."""
    pattern = r"^\s*([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{2,4}"
    return tuple((f"try_cast(regexp_extract({column}, '{pattern}', {group}) as int)") for group in (1, 2))  # type: ignore[return-value]


def families_of(name: str, filled: Sequence[str]) -> dict[str, int]:
    """Count the ways in which a column writes dates; plain numbers count where its name or its other cells say "date"."""
    families = date_families(filled)
    others = [text for text in filled if _FIGURES.fullmatch(text.strip()) and len(text.strip()) != 8]
    dates = sum(families.values())
    dated = dates >= 0.3 * len(filled) and dates + len(others) >= 0.9 * len(filled)
    if others and (dated or says_date(name)) and (family := number_family(others)):
        families[family] = len(others)
    return dict(sorted(families.items(), key=lambda item: -item[1]))
