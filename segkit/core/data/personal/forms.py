"""E-mail addresses, names of accounts, IP addresses, places on the map and days of birth: told by their form alone."""

import ipaddress
import re
from collections.abc import Iterator

from segkit.core.data.personal import names
from segkit.core.data.personal.spellings import Found

E_MAIL, HANDLE, IP = "e-mail address", "account name", "IP address"
PLACE, BIRTH = "place on a map", "birth date"

_AT = r"(?:\s?@\s?|\s?[(\[{<]\s?(?:at|@|arroba|chez)\s?[)\]}>]\s?|[ _](?:at|arroba)[ _])"
_DOT = r"(?:\.|\s\.|\s?[(\[{]\s?(?:dot|punkt|point|punto|\.)\s?[)\]}]\s?| dot )"
_MAIL = re.compile(
    rf"(?<![\w.+'-])(?:mailto:)?[\w.+'-]*\w(?:\"|){_AT}\w[\w-]*(?:{_DOT}[\w-]+)*{_DOT}(?!\d)\w[\w-]*\w(?![\w@])", re.IGNORECASE
)
_LIKE_AT = re.compile(r"[ _(\[{<](?:at|arroba|chez)[ _)\]}>]", re.IGNORECASE)
_LIKE_DOT = re.compile(r"\w\.\w|\b(?:dot|point|punkt|punto)\b", re.IGNORECASE)
_QUOTED_MAIL = re.compile(r"\"[^\"\s@]+\"@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.@/+-])@[A-Za-z_]\w(?:[\w.]{0,28}\w)?(?![\w@])")
_PERSONAL_HANDLE = re.compile(r"[\d_.]|[a-z][A-Z]")
"""Signs that "@coffee" and "@home" lack, which name a thing or a place."""
_V4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}(?![\w:])")
_SMALL = 32
"""Versions and outline numbers ("1.2.10.3") are written like IP addresses, but all their parts are small."""
_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|(\d+(?:\.\d+){3})(?::\d+)?(?:/\d+)?")
_DEGREES = re.compile(
    r"(?<![\w.,+-])(?P<a>[+-]?\d{1,2}[.,]\d{4,15})\s?°?\s?[NS]?"
    r"(?:\s?[,;/|]\s?|\s+)(?P<b>[+-]?\d{1,3}[.,]\d{4,15})\s?°?\s?[EWO]?(?![\w.])"
)
_MINUTES = re.compile(
    r"\d{1,2}\s?°\s?\d{1,2}\s?['′]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:\"|″|'')\s?)?[NS][\s,;]*"
    r"\d{1,3}\s?°\s?\d{1,2}\s?['′]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:\"|″|'')\s?)?[EWO]\b"
)
_DAY = (
    r"(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|"
    r"\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?,?\s(?:de\s)?(?:19|20)\d\d|[^\W\d_]{3,9}\.?\s\d{1,2},?\s(?:19|20)\d\d)"
)
_BORN = re.compile(
    r"(?:\b(?:born|birth\s?(?:date|day)?|date of birth|d\.?o\.?b\.?|geb(?:oren|urtsdatum|urtstag)?|née?s?|naissance|"
    r"nacid[oa]|nacimiento|fecha de nacimiento|nat[oa]|nascita|nascid[oa]|nascimento|urodz\w*|ur|född|"
    r"født|syntynyt|narozen[aý]?)\b|(?<!\S)\*)"
    rf"[.:]?\s?(?:on|am|le|el|il|op|dnia|den|em|a)?[.:]?\s?{_DAY}(?!\d)",
    re.IGNORECASE,
)


def found(text: str) -> Iterator[Found]:
    """Return what of these kinds stands in a text, with its place."""
    if "@" in text or (_LIKE_AT.search(text) and _LIKE_DOT.search(text)):
        for pattern, kind in ((_QUOTED_MAIL, E_MAIL), (_MAIL, E_MAIL)):
            yield from ((match.start(), match.end(), kind) for match in pattern.finditer(text))
        for match in _HANDLE.finditer(text):
            if _PERSONAL_HANDLE.search(match.group()) or names.begins_with_one(match.group()[1:]):
                yield match.start(), match.end(), HANDLE
    if text.count(".") >= 3 or ":" in text:
        for match in (*_V4.finditer(text), *_V6.finditer(text)):
            if len(match.group()) > 5 and one_ip(match.group()):
                yield match.start(), match.end(), IP
    if sum(map(str.isdigit, text)) < 4:
        return
    for match in _DEGREES.finditer(text):
        a, b = (abs(float(part.replace(",", "."))) for part in (match["a"], match["b"]))
        if a <= 90 and b <= 180:
            yield match.start(), match.end(), PLACE
    if "°" in text:
        yield from ((match.start(), match.end(), PLACE) for match in _MINUTES.finditer(text))
    yield from ((match.start(), match.end(), BIRTH) for match in _BORN.finditer(text))


def is_handle(cell: str) -> bool:
    """Tell whether a cell is nothing but the name of an account, as "@coffee": one alone may be a thing, many are accounts."""
    return bool(_HANDLE.fullmatch(cell))


def is_ip(cell: str) -> bool:
    """Tell whether a cell holds nothing but IP addresses (several parted by commas; ports and masks allowed)."""
    parts = [part.strip() for part in cell.split(",")]
    return all(one_ip(part) for part in parts) and any(parts)


def one_ip(text: str) -> bool:
    """Tell whether a text is one IP address."""
    if "." not in text and ":" not in text:
        return False
    if bare := _PORT.fullmatch(text):
        text = bare[1] or bare[2]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return isinstance(address, ipaddress.IPv6Address) or max(address.packed) >= _SMALL
