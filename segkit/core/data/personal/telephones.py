"""Telephone numbers, as countries write them; what is written without a sign of its own must be in use in a country."""

import re
from collections.abc import Iterator

from segkit.core.data.personal.spellings import Found

TELEPHONE = "telephone number"

_B = r"[ \u00a0./-]"
# Only ways of writing that a figure, a date or a customer number seldom has; what they find must hold enough digits, too.
_SURE = re.compile(
    r"(?<![\w.,:/+-])(?:tel:)?(?:"
    rf"\(?(?:\+|00)\s?\(?\d{{1,3}}\)?(?:{_B}{{0,3}}\(?\d{{1,5}}\)?){{2,7}}"  # +44 20 7946 0000, (+33) 1 23 45 67 89
    r"|\+\d{8,15}"
    rf"|(?:1{_B})?\(0?\d{{2,5}}\){_B}{{0,2}}\d{{3,4}}(?:{_B}?\d{{2,5}}){{0,3}}"  # (020) 7946 0000, (555) 555-0100
    r"|0\d{2,5}[ \u00a0/-]\s?\d{3,8}(?:[ \u00a0/-]?\d{2,5}){0,3}"  # 020 7946 0000, 030/5550100
    rf"|0\d(?:{_B}\d\d){{4}}|0\d{{2,3}}{_B}\d{{2,3}}(?:{_B}\d{{2,3}}){{1,3}}|0\d{_B}\d{{3,4}}{_B}\d{{3,4}}"  # 01 23 45 67 89
    r"|0\d{9,10}"  # 02079460000
    rf"|(?:1{_B})?\d{{3}}[.-]\d{{3}}[.-]\d{{4}}"  # 555-555-0100
    r")(?![\w%])(?!\s?[€$£%])"
)
_DIGITS, _MOST = 9, 17
_TRIED = re.compile(
    r"(?<![\w.,:/+-])(?<!\d )(?:[2-9]\d{2} \d{3} \d{4}|1[ -]\d{3}[ -]\d{3}[ -]\d{4}"
    r"|[5-9]\d{2}[ -]\d{3}[ -]\d{3}|[2-9]\d(?:[ .]\d\d){3}"
    r"|0\d{1,4}[/-]\d{4,8}|0\d{1,3}[ /-]\d{2,4}(?:[ -]\d{2,5}){1,3}"  # 06 698 12345, 08-465 004 12
    r"|[6-9]\d{2}(?:[ .-]\d\d){3}|\d{3}[ -]\d{7}|[2-9]\d{3} \d{4})(?![\w%])(?! ?[€$£%]| \d|[.,]\d)"
)
_OPEN = {10: ("US", "CA", "MX"), 11: ("US", "CA"), 9: ("ES", "PL", "PT", "CZ", "CH", "FR"), 8: ("DK", "NO")}
"""Countries that write numbers without a zero or a plus before them, by the digits of these."""
_WITH_ZERO = ("GB", "FR", "IT", "NL", "SE", "CH", "AT", "BE", "FI", "IE", "DE")
_CALLED = re.compile(
    r"\b(?:tel|phone|telephone|mobile?|mob|cell|fax|handy|fon|telefon\w*|tél|téléphone|portable|móvil|cellulare|komórka|call|ring|"
    r"whatsapp|sms)\b[.:]*\s*((?:\+|\(|\d)[\d\s()./-]{5,18}\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<=[ /-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b")
_DATE = re.compile(r"\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d\d")


def found(text: str) -> Iterator[Found]:
    """Return the telephone numbers in a text, with their places."""
    if sum(map(str.isdigit, text)) < 7:
        return
    for match in _SURE.finditer(text):
        if _DIGITS <= _digits(match.group()) <= _MOST and not _COMPACT.search(match.group()):
            yield match.start(), match.end(), TELEPHONE
    for match in _CALLED.finditer(text):
        if 7 <= _digits(match[1]) <= 15 and not _DATE.fullmatch(match[1]):
            yield match.start(1), match.end(1), TELEPHONE
    for match in _TRIED.finditer(text):
        if match.group()[0] == "0":
            if _digits(match.group()) >= _DIGITS and not _DATE.match(match.group()) and in_use(match.group(), _WITH_ZERO):
                yield match.start(), match.end(), TELEPHONE
        elif in_use(match.group(), _OPEN.get(_digits(match.group()), ())):
            yield match.start(), match.end(), TELEPHONE


def in_use(text: str, regions: tuple[str, ...]) -> bool:
    """Tell whether a number is one that a country gives out."""
    import phonenumbers  # takes a while to load, and few files ask for it

    for region in dict.fromkeys(regions):
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(text, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
