"""What stands beside the digits of a number: signs and codes of currencies, and words that multiply."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

SIGNS = "$¢£¤¥֏؋฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀৲৳৻૱௹﷼﹩＄￠￡￥￦"
"""Characters that Unicode calls currency symbols (general category Sc)."""

CODES = (
    "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY "
    "COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS "
    "INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU "
    "MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG "
    "SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD "
    "XOF XPF YER ZAR ZMW"
)
"""Codes of ISO 4217 in use, without those that are English words (ALL, CUP, TOP): they need the proof that all others need."""

_THOUSANDTHS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", "د.ك")
"""Currencies with three decimals; in all others three digits behind a sign are a thousand (150.000 đ)."""

_WORDS = (
    "Euro kr. Kr. kr Kr zł Kč Ft lei лв. лв SFr. SFr Sfr. Fr. sFr. fr. Rs. Rs S/. S/ KSh. KSh TSh USh Rp. Rp đ 円 元 圓 원 "
    "руб. руб грн. грн Tk. Tk Bs. B/. RM د.إ ر.س ج.م د.ك"
)
"""Names of money that are no sign and no code."""

_FACTORS: tuple[tuple[float, str], ...] = (
    (1e3, "k tsd tsd. thousand thousands tausend mille 千 t€ teur k€ keur k$"),
    (1e4, "万 萬"),
    (1e5, "lakh lakhs lac lacs"),
    (1e6, "m mm mn mln mln. mio mio. mill. million millions millionen millones milhões milioni miljoen m€ meur mio€ m$"),
    (1e7, "crore crores"),
    (1e8, "億 亿"),
    (1e9, "b bn mrd mrd. mds milliard milliarden milliards mld mld. miljard billion billions mrd€"),
)
FACTORS: Mapping[str, float] = {word: factor for factor, words in _FACTORS for word in words.split()}
"""What a word behind a number multiplies it with, by the word in small letters."""

_MAY_BE_A_UNIT = ("m", "mm", "b", "B")
"""Metres, millimetres and bytes too: they multiply only beside a currency, or beside a word that leaves no doubt."""

_BALANCES = ("cr", "dr", "c", "d", "h", "s")
"""Credit and debit of accounts: to read such a number without them would lose its sign."""

GAP = " \u00a0\u202f\u2009\u2007"
_LANDS = (
    "AR AU BB BD BM BN BS BZ CA CI CL CO CU EC FJ GH GY HK JM KY LR MX NA NT NZ RD SG SI SR TT US UY WS XC ZW "
    "A C D G H J L N R S U Z Bds"
)
"""Letters beside a sign that say whose it is; not K, M and T, which multiply."""


def _currency(whose: Sequence[str], listed: Sequence[str]) -> str:
    """Return a pattern of signs, with letters that say whose they are, and of words for money."""
    land = f"(?:{'|'.join(whose)})"
    sign = rf"(?:{land}\.?[{GAP}]?)?[{SIGNS}]{land}?" if whose else f"[{SIGNS}]"
    words = [re.escape(word) for word in sorted(listed, key=lambda word: (-len(word), word))]
    return f"(?:{'|'.join([sign, *words])})"


CURRENCY = _currency([*_LANDS.split(), *CODES.split()], [*_WORDS.split(), *CODES.split()])
"""Pattern of what is money by itself, for Python and for the engine."""

MAGNITUDE = rf"(?:{'|'.join(re.escape(word) for word in sorted(FACTORS, key=lambda word: (-len(word), word)))})"
"""Pattern of the words that multiply, in small letters."""

_MULTIPLIED = re.compile(rf"[\d.,'’{GAP}]{MAGNITUDE}", re.IGNORECASE)
"""What a number with such a word has somewhere: quick to look for, and few other texts have it."""

_UNKNOWN = re.compile(
    rf"^[-+−–(]?\s*(?P<before>[^\d\s()+−–-][^\d()]{{0,7}}?)??[{GAP}]*[-+−–]?"
    rf"(?:\d{{1,3}}(?:[.,'’ ]\d{{3}})*|\d+)[.,]\d{{1,3}}[{GAP}]*(?P<after>[^\d()]{{1,8}})??[-)]*$"
)


def currency_among(letters: Iterable[str]) -> str:
    """Return a pattern that finds the same as ``CURRENCY`` in cells with these letters: only what can be in them is looked for.

    The whole pattern has a thousand parts; to make it ready takes the engine longer than to read a small file.

    Parameters
    ----------
    letters : iterable of str
        The different cells without their digits.
    """
    text = "\n".join(letters)
    here = [word for word in (*_LANDS.split(), *CODES.split()) if word in text]
    return _currency(here, [word for word in (*_WORDS.split(), *CODES.split()) if word in text])


def currency_of(cell: str) -> str:
    """Return the sign, code or name of a currency in a cell, or an empty text.

    >>> currency_of("AU $10.00"), currency_of("12,50 zł"), currency_of("12 kg")
    ('AU $', 'zł', '')
    """
    found = re.search(CURRENCY, cell)
    return found[0].strip() if found else ""


def has_thousandths(affix: str) -> bool:
    """Tell whether "1.234" may have three decimals beside a currency."""
    return affix in _THOUSANDTHS or not re.fullmatch(CURRENCY, affix)


def unknown_affixes(cells: Mapping[str, int]) -> tuple[str, ...]:
    """Return what stands before or behind the digits of cells and is no known currency, where it repeats like one.

    The evidence: the same few letters, always on one side, beside numbers that have decimals, in two different cells at
    least. Numbers of articles ("SKU 12") have no decimals.
    """
    seen: Counter[str] = Counter()
    for cell in cells:
        match = _UNKNOWN.match(cell)
        if not match or bool(match["before"]) == bool(match["after"]):
            continue
        affix = (match["before"] or match["after"]).strip()
        if affix and affix.lower().strip(". ") not in (*_BALANCES, *FACTORS, "%") and not re.search(r"[/:\d,;@#_]", affix):
            seen[affix] += 1
    return tuple(sorted(affix for affix, different in seen.items() if different >= 2))


def words_that_multiply(cells: Mapping[str, int], rows: int) -> tuple[str, ...]:
    """Return the words behind the numbers of a column that multiply them, as written; none where they may be something else.

    A unit may be one ("3 m"), and so may the end of an article's number ("84029B"): who writes millions writes few digits
    before the word, and does so in many rows.
    """
    likely = [cell for cell in cells if _MULTIPLIED.search(cell)]
    if sum(cells[cell] for cell in likely) < 0.05 * rows:  # to make the whole pattern ready takes longer than a small file
        return ()
    shape = re.compile(
        rf"^(?:{CURRENCY})?[{GAP}]*\(?[-+−–]?[{GAP}]*(?:{CURRENCY})?[{GAP}]*(?P<digits>\d[\d.,'’{GAP}]*|[.,]\d+)(?P<word>{MAGNITUDE})"
        rf"[{GAP}]*(?:{CURRENCY})?\)?$",
        re.IGNORECASE,
    )
    matches = {cell: match for cell in likely if (match := shape.match(cell))}
    long = sum(len(re.match(r"\d*", match["digits"])[0]) > 4 for match in matches.values())  # type: ignore[index]
    if long > 0.1 * len(matches) or sum(cells[cell] for cell in matches) < 0.05 * rows:
        return ()
    found = {match["word"] for match in matches.values()}
    sure = {word for word in found if word not in _MAY_BE_A_UNIT}
    return tuple(sorted(found)) if sure or any(map(currency_of, cells)) else ()
