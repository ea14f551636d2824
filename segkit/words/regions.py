"""How figures and dates are written where a person does business: what the CLDR says of English there, through babel.

The words stay English; a region chooses signs, grouping, the place of a currency and the order of a date. Which one holds is a
decision of the person, never of the machine, so that the same workbook gives the same output everywhere. It holds inside
``with written_in(region):``; outside, and by default, the house's own writing does, which is British.
"""

import datetime as dt
import locale
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache

from segkit.words.labelled import Term

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Region(Term):
    """A country whose way of writing figures and dates the workbook can follow."""

    AU = "AU", "Australia"
    AT = "AT", "Austria"
    BE = "BE", "Belgium"
    BR = "BR", "Brazil"
    BG = "BG", "Bulgaria"
    CA = "CA", "Canada"
    HR = "HR", "Croatia"
    CZ = "CZ", "Czechia"
    DK = "DK", "Denmark"
    EE = "EE", "Estonia"
    FI = "FI", "Finland"
    FR = "FR", "France"
    DE = "DE", "Germany"
    GR = "GR", "Greece"
    HK = "HK", "Hong Kong"
    HU = "HU", "Hungary"
    IN = "IN", "India"
    IE = "IE", "Ireland"
    IT = "IT", "Italy"
    JP = "JP", "Japan"
    LV = "LV", "Latvia"
    LT = "LT", "Lithuania"
    LU = "LU", "Luxembourg"
    MX = "MX", "Mexico"
    NL = "NL", "Netherlands"
    NZ = "NZ", "New Zealand"
    NO = "NO", "Norway"
    PL = "PL", "Poland"
    PT = "PT", "Portugal"
    RO = "RO", "Romania"
    SG = "SG", "Singapore"
    SK = "SK", "Slovakia"
    SI = "SI", "Slovenia"
    ZA = "ZA", "South Africa"
    ES = "ES", "Spain"
    SE = "SE", "Sweden"
    CH = "CH", "Switzerland"
    GB = "GB", "United Kingdom"
    US = "US", "United States"


@dataclass(frozen=True)
class Writing:
    """How figures and dates are written.

    Attributes
    ----------
    decimal, group : str
        What parts decimals, and thousands.
    pairs : bool
        Whether digits beyond the thousands stand in pairs, as in India.
    percent : str
        What stands behind the figure of a percentage.
    money, money_below : str
        An amount, and one below zero: ``¤`` is the currency, ``#`` the figure without its sign.
    long, medium : str
        Dates, in the letters of the CLDR: ``d MMMM y`` is "7 March 2011".
    order : str
        In which order day, month and year stand in a date of figures only: ``dmy``, ``mdy`` or ``ymd``.
    """

    decimal: str = "."
    group: str = ","
    pairs: bool = False
    percent: str = " %"
    money: str = "¤#"
    money_below: str = "−¤#"
    long: str = "d MMMM y"
    medium: str = "d MMM y"
    order: str = "dmy"
    table: Mapping[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", str.maketrans({",": self.group, ".": self.decimal}))

    def figure(self, british: str) -> str:
        """Return a figure (digits, sign and separators, nothing else) that is written the British way."""
        if self.pairs and british.count(",") > 1:
            whole, point, rest = british.partition(".")
            british = re.sub(r"(?<=\d)(?=(?:\d\d)*\d{3}$)", ",", whole.replace(",", "")) + point + rest
        return british.translate(self.table)

    def date(self, day: dt.date, pattern: str) -> str:
        """Return a date in a pattern of letters; months are named in English."""
        parts = {
            "d": str(day.day), "dd": f"{day.day:02}", "M": str(day.month), "MM": f"{day.month:02}",
            "MMM": MONTHS[day.month - 1][:3], "MMMM": MONTHS[day.month - 1], "y": f"{day.year:04}", "yy": f"{day.year:04}",
        }  # fmt: skip
        return re.sub("d+|M+|y+", lambda found: parts[found[0]], pattern)


HOUSE = Writing()
"""British, with a blank before the per cent sign; a test holds the rest against the CLDR."""


@cache
def writing_of(region: Region) -> Writing:
    """Return how a region writes; where the CLDR has no English of a country, its own language's signs with English dates."""
    if region is Region.GB:
        return HOUSE
    from babel.core import Locale, UnknownLocaleError  # late: it takes a tenth of a second that a Briton need not wait

    try:
        english = signs = Locale.parse(f"en_{region}")
    except UnknownLocaleError:
        english, signs = Locale.parse("en_GB"), Locale.parse(f"und_{region}")
    of_numbers, money = signs.number_symbols["latn"], signs.currency_formats["standard"]
    before, below = (f"{money.prefix[sign]}#{money.suffix[sign]}".replace("-", "−") for sign in (0, 1))
    return Writing(
        decimal=of_numbers["decimal"],
        group=of_numbers["group"],
        pairs=signs.decimal_formats[None].grouping == (3, 2),
        percent=signs.percent_formats[None].suffix[0].replace("\u00a0", " "),  # what shows it keeps the two together
        money=before,
        money_below=below,
        long=english.date_formats["long"].pattern,
        medium=english.date_formats["medium"].pattern,
        order="".join(sorted("dmy", key=signs.date_formats["short"].pattern.lower().index)),
    )


_WRITING: ContextVar[Writing] = ContextVar("writing", default=HOUSE)


def writing() -> Writing:
    """Return how figures and dates are written here and now."""
    return _WRITING.get()


@contextmanager
def written_in(region: Region) -> Iterator[None]:
    """Write figures and dates as a region does, inside a ``with`` block."""
    with written_as(writing_of(region)):
        yield


@contextmanager
def written_as(way: Writing) -> Iterator[None]:
    """Write figures and dates in a given way, such as the one of the process that asks, inside a ``with`` block."""
    token = _WRITING.set(way)
    try:
        yield
    finally:
        _WRITING.reset(token)


def region_of_machine(environment: Mapping[str, str] | None = None) -> Region | None:
    """Return the region that the machine is set to, or None where it does not say or it is none that is offered.

    For a first suggestion only: what is shown must never depend on the machine.

    Parameters
    ----------
    environment : mapping of str to str, optional
        Variables to look into; the process's own by default.
    """
    known = os.environ if environment is None else environment
    named = [known.get(name, "") for name in ("LC_ALL", "LC_NUMERIC", "LC_TIME", "LANG")]
    if environment is None and os.name == "nt":
        named.append(
            locale.getlocale()[0] or ""
        )  # "German_Germany"; elsewhere it makes up an American for a machine set to none
    for name in filter(None, named):
        place = name.partition(".")[0].partition("@")[0].replace("-", "_").rpartition("_")[2]
        for region in Region:
            if place in (region.value, region.label):
                return region
    return None
