"""Which currency money is in: signs and codes read as one, and one currency counted where a file holds several.

Codes: ISO 4217, list one (active codes; funds, precious metals and test codes left out).
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segkit.core.data.questions import Answer, Doubt, Question
from segkit.words.numbers import count, date, exact, listed, money

_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_TWO_DECIMALS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP "
    "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR "
    "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
    "PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD "
    "TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG"
)

MINOR_UNITS = {
    code: decimals
    for decimals, codes in ((0, _NO_DECIMALS), (2, _TWO_DECIMALS), (3, _THREE_DECIMALS))
    for code in codes.split()
}
"""ISO code of each currency: decimals that its amounts have."""

_WORDS_TOO = frozenset("ALL TRY CUP TOP MOP LAK GEL PEN BAM SOS MAD COP AMD ANG".split())
"""Codes that are words or abbreviations of other things too: alone they tell no currency."""

_SIGNS = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gb£": "GBP", "us$": "USD", "$us": "USD", "a$": "AUD", "au$": "AUD",
    "c$": "CAD", "ca$": "CAD", "cdn$": "CAD", "can$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "nt$": "TWD",
    "sg$": "SGD",
    "r$": "BRL", "mx$": "MXN", "mex$": "MXN", "rd$": "DOP", "j$": "JMD", "tt$": "TTD", "円": "JPY", "jp¥": "JPY", "元": "CNY",
    "cn¥": "CNY", "rmb": "CNY", "₹": "INR", "s/": "PEN", "৳": "BDT", "tk": "BDT", "₦": "NGN", "ksh": "KES", "kshs": "KES",
    "tsh": "TZS", "ush": "UGX", "đ": "VND", "₫": "VND", "₺": "TRY", "tl": "TRY", "₽": "RUB", "руб": "RUB", "₩": "KRW",
    "₪": "ILS", "฿": "THB", "₴": "UAH", "грн": "UAH", "₱": "PHP", "₡": "CRC", "₲": "PYG", "₵": "GHS", "gh₵": "GHS", "₸": "KZT",
    "₼": "AZN", "₾": "GEL", "֏": "AMD", "₮": "MNT", "₭": "LAK", "៛": "KHR", "zł": "PLN", "zl": "PLN", "kč": "CZK", "ft": "HUF",
    "lei": "RON", "лв": "BGN", "fr": "CHF", "sfr": "CHF", "r": "ZAR", "rm": "MYR", "rp": "IDR", "fcfa": "XOF",
}  # fmt: skip
_SHARED = {
    "$": "USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD", "¥": "JPY CNY", "￥": "JPY CNY", "kr": "SEK NOK DKK ISK",
    "rs": "INR PKR LKR NPR MUR SCR", "₨": "INR PKR LKR NPR MUR SCR", "﷼": "IRR SAR OMR QAR YER",
}  # fmt: skip
"""Signs that several currencies share."""

MOST = 60
"""A column with more different values than this tells no currencies."""

MOST_ASKED = 6
KEY = "orders.currency"


def meant_by(text: str) -> frozenset[str]:
    """Return the codes of the currencies that a sign, code or word may mean; none where it is unknown.

    Examples
    --------
    >>> sorted(meant_by("AU $")), sorted(meant_by("usd")), sorted(meant_by("¥"))
    (['AUD'], ['USD'], ['CNY', 'JPY'])
    """
    bare = re.sub(r"[\s.]", "", text).casefold()
    if bare.upper() in MINOR_UNITS:
        return frozenset({bare.upper()})
    if bare in _SIGNS:
        return frozenset({_SIGNS[bare]})
    if (both := re.fullmatch(r"(\W+)([a-z]{3})|([a-z]{3})(\W+)", bare)) and (code := both[2] or both[3]).upper() in MINOR_UNITS:
        return frozenset({code.upper()})
    return frozenset(_SHARED.get(bare, "").split())


def name_of(text: str) -> str:
    """Return one name for all ways to write a currency: its code, or a sign that several share as it is.

    Examples
    --------
    >>> name_of("€"), name_of("eur"), name_of("$"), name_of("Points")
    ('EUR', 'EUR', '$', 'Points')
    """
    meant = meant_by(text)
    return next(iter(meant)) if len(meant) == 1 else " ".join(text.split())


def is_currency(text: str) -> bool:
    """Tell whether a text is a sign, code or word of a currency: known here, or a sign that Unicode files as one."""
    bare = text.strip()
    return bool(meant_by(bare)) or (0 < len(bare) <= 4 and any(unicodedata.category(sign) == "Sc" for sign in bare))


def agree(one: str, other: str) -> bool:
    """Tell whether two signs or codes may mean the same currency: "$" and "CAD" may."""
    return name_of(one) == name_of(other) or bool(meant_by(one) & meant_by(other))


def looks_like_currencies(levels: Mapping[str, int]) -> bool:
    """Tell by content whether a column says in which currency each row is.

    Parameters
    ----------
    levels : mapping of str to int
        Rows of each different value, empty cells left out.
    """
    filled = {text.strip(): rows for text, rows in levels.items() if text.strip()}
    if not filled or len(filled) > MOST:
        return False
    found = {text for text in filled if is_currency(text)}
    if sum(filled[text] for text in found) < 0.95 * sum(filled.values()):
        return False
    # words such as ALL, TOP or TRY, and letters such as R, are currencies only among others that are nothing else
    return any(_nothing_else(text) for text in found)


def _nothing_else(text: str) -> bool:
    code = text.upper() in MINOR_UNITS and text.upper() not in _WORDS_TOO
    return (code and text in (text.upper(), text.lower())) or any(unicodedata.category(sign) == "Sc" for sign in text)


@dataclass(frozen=True)
class CurrencyChoice:
    """What a person said about money: the sign to print, the one currency that counts, and the worth of others in it."""

    printed: str = ""
    counts: str = ""
    rates: tuple[tuple[str, float], ...] = ()
    rates_on: dt.date | None = None


@dataclass(frozen=True)
class Held:
    """A currency that a file holds (empty where rows name none), with its rows and, where counted, their money."""

    currency: str
    rows: int
    money: float | None = None


@dataclass(frozen=True)
class Counting:
    """The currency that counts, and the worth of one unit of each currency in it; what is not there is set aside.

    ``ask`` tells whether nobody decided it and rows are set aside for it.
    """

    currency: str
    worth: Mapping[str, float]
    ask: bool = False


def counted_in(held: Sequence[Held], choice: CurrencyChoice) -> Counting | None:
    """Decide which currency counts.

    Parameters
    ----------
    held : sequence of Held
        What the file holds.
    choice : CurrencyChoice
        What a person said.

    Returns
    -------
    Counting or None
        None where nobody could count in the currency that was chosen: no row is in it, and no rate leads to it.
    """
    named = [one for one in held if one.currency]
    given = {name_of(code): worth for code, worth in choice.rates}
    chosen = choice.counts or next(
        (one.currency for one in named if choice.printed and agree(one.currency, choice.printed)), ""
    )
    if not chosen:
        unrated = [one for one in named if one.currency not in given] or named
        chosen = max(unrated, key=lambda one: one.rows).currency
    same = [one.currency for one in named if agree(one.currency, chosen)]
    # a sign such as "$" is the chosen code only where no row names that code itself
    same = [name_of(chosen)] if name_of(chosen) in same else same[:1]
    rated = {one.currency: given[one.currency] for one in named if one.currency in given}
    worth = rated | dict.fromkeys(same, 1.0)
    if not worth:
        return None
    left = any(one.currency not in worth for one in held if one.rows)
    return Counting(name_of(chosen), dict(sorted(worth.items())), left and not choice.counts)


def currency_question(file_name: str, held: Sequence[Held], counting: Counting) -> Question:
    """Ask which of several currencies counts.

    Parameters
    ----------
    file_name : str
        The file, as people call it.
    held : sequence of Held
        What it holds, with money.
    counting : Counting
        What was taken.
    """
    named = sorted((one for one in held if one.currency), key=lambda one: (-one.rows, one.currency))
    named = [one for one in named if one.currency in counting.worth] + [
        one for one in named if one.currency not in counting.worth
    ]
    rows = sum(one.rows for one in held)

    def answer(one: Held) -> Answer:
        taken = counting.worth.get(one.currency) == 1.0
        there = money(one.money, one.currency, decimals_of(one.currency)) if one.money is not None else "no readable money"
        gives = f"{count(one.rows, 'row')}, {there}; {count(rows - one.rows, 'row')} set aside"
        return Answer(f"only {one.currency}", gives, {"currency": one.currency}, taken)

    return Question(
        KEY,
        "Which currency counts?",
        f"{file_name} holds money in {listed([one.currency for one in named[:MOST_ASKED]])}, which cannot be added up. "
        "Choose one; or say what the others are worth in it, and on which day.",
        tuple(answer(one) for one in named[:MOST_ASKED]),
    )


def currency_notes(where: str, held: Sequence[Held], counting: Counting, choice: CurrencyChoice) -> list[Doubt]:
    """Say what was converted, what was set aside, and where a file contradicts the currency that a person named."""
    notes: list[str] = []
    others = [one for one in held if one.currency not in counting.worth and one.rows]
    if others:
        said = listed([f"{count(one.rows, 'row')} in {one.currency or 'a currency that they do not name'}" for one in others])
        notes.append(
            f"{where}: only {counting.currency} counts; {said} set aside, because different currencies cannot be added up."
        )
    converted = [one for one in held if counting.worth.get(one.currency, 1.0) != 1.0]
    if converted:
        said = listed(
            [f"{one.currency} ({count(one.rows, 'row')}) at {exact(counting.worth[one.currency])}" for one in converted]
        )
        day = f"rates of {date(choice.rates_on)}" if choice.rates_on else "no day was given for these rates"
        notes.append(f"{where}: money was converted to {counting.currency}: {said} ({day}).")
    if choice.printed and not agree(choice.printed, counting.currency):
        notes.append(
            f"{where} says that money is in {counting.currency}, but notebook 1 says {choice.printed}: "
            "correct the currency in notebook 1, or the column."
        )
    return [Doubt(note) for note in notes]


def decimals_of(currency: str) -> int:
    """Return how many decimals amounts of a currency have."""
    return MINOR_UNITS.get(currency, 2)
