"""What tells of an identifiable person wherever it stands: e-mail addresses, telephone, account and IP numbers."""

import ipaddress
import re
from collections.abc import Sequence

E_MAIL, TELEPHONE, ACCOUNT, IP = "e-mail address", "telephone number", "account number", "IP address"

_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Only ways of writing that a figure, a date or a customer number seldom has; what they find must hold enough digits, too.
_PHONE = re.compile(
    r"(?<![\w.,:/+-])(?:"
    r"(?:\+|00)\d{1,3}(?:[ \u00a0./-]?\(?\d{1,5}\)?){2,6}"  # +44 20 7946 0000
    r"|\(0?\d{2,5}\)[ \u00a0./-]?\d{3,4}(?:[ \u00a0./-]?\d{2,5}){0,3}"  # (020) 7946 0000, (555) 555-0100
    r"|0\d{2,5}[ \u00a0/-]\d{3,8}(?:[ \u00a0/-]?\d{2,5}){0,3}"  # 020 7946 0000, 030/5550100
    r"|0\d{9,10}"  # 02079460000
    r"|\d{3}[.-]\d{3}[.-]\d{4}"  # 555-555-0100
    r")(?![\w%])"
)
_PHONE_DIGITS = 9
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|(\d+(?:\.\d+){3})(?::\d+)?(?:/\d+)?")
_SMALL = 32
"""Versions and outline numbers ("1.2.10.3") are written like IP addresses, but all their parts are small."""


def found_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return what in a text tells of a person: its kind and the words themselves, in the order of the text.

    >>> found_in("front desk, or jane@shop.example")
    (('e-mail address', 'jane@shop.example'),)
    """
    found = [(match.start(), E_MAIL, match.group()) for match in _MAIL.finditer(text)]
    found += [
        (match.start(), TELEPHONE, match.group())
        for match in _PHONE.finditer(text)
        if sum(letter.isdigit() for letter in match.group()) >= _PHONE_DIGITS
    ]
    return tuple((kind, words) for _, kind, words in sorted(found))


def personal(cell: str) -> str:
    """Return the kind of personal data that a whole cell is or holds, or an empty text.

    >>> personal("front desk"), personal("ask jane@shop.example"), personal("203.0.113.7")
    ('', 'e-mail address', 'IP address')
    """
    if is_ip(cell):
        return IP
    if is_account(cell):
        return ACCOUNT
    return next((kind for kind, _ in found_in(cell)), "")


def hidden(kind: str) -> str:
    """Return what stands in place of personal data."""
    return f"(hidden: {kind})"


def masked(text: str) -> str:
    """Return a text in which nothing tells of a person any more; all else stays as it is.

    >>> masked("Ask jane@shop.example, Mondays")
    'Ask (hidden: e-mail address), Mondays'
    """
    while found := found_in(text):
        for kind, words in found:
            text = text.replace(words, hidden(kind))
    return text


def is_ip(cell: str) -> bool:
    """Tell whether a cell holds nothing but IP addresses (several parted by commas; ports and masks allowed)."""
    parts = [part.strip() for part in cell.split(",")]
    return all(_one_ip(part) for part in parts) and any(parts)


def _one_ip(text: str) -> bool:
    if bare := _PORT.fullmatch(text):
        text = bare[1] or bare[2]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return isinstance(address, ipaddress.IPv6Address) or max(address.packed) >= _SMALL


def is_account(cell: str) -> bool:
    """Tell whether a cell is an international account number: its check digits are right (ISO 13616).

    >>> is_account("GB82 WEST 1234 5698 7654 32"), is_account("GB83 WEST 1234 5698 7654 32")
    (True, False)
    """
    text = "".join(cell.split())
    if not _IBAN.fullmatch(text):
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def told_by(keys: Sequence[str]) -> str:
    """Return what the keys of customers are where they tell who somebody is ("e-mail addresses", "names"), or an empty text.

    A key of two or more words without a digit reads as a name, of a person or a firm; both are kept out of what leaves.
    """
    if not keys:
        return ""
    for kind, plural in ((E_MAIL, "e-mail addresses"), (TELEPHONE, "telephone numbers")):
        if sum(personal(key) == kind for key in keys) >= 0.5 * len(keys):
            return plural
    named = sum(bool(re.fullmatch(r"[^\W\d_][^\d_]*[ ,][^\d_]*[^\W\d_]\.?", key.strip())) for key in keys)
    return "names" if named >= 0.5 * len(keys) else ""
