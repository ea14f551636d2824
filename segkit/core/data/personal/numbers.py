"""Numbers that an office or a bank gives to one person or firm: their check digits must be right."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module

from segkit.core.data.personal.spellings import Found

ACCOUNT, CARD, TAX, NATIONAL = "account number", "card number", "VAT number", "identity number"

_IBAN = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{1,4}){3,9}(?![A-Za-z0-9-])")
_CARD = re.compile(r"(?<![\w.,+-])\d(?:[ -]?\d){12,18}(?![\w%]|[.,]\d)")
_ISSUED = re.compile(
    r"4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|"
    r"6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}|(?:5018|5020|5038|6304|6759|676[1-3])\d{8,15}"
)
_VAT = re.compile(
    r"(?<![A-Za-z0-9])(?:CHE|[A-Z]{2})[ -]?[A-Z]?[0-9](?:[ .-]?[0-9A-Z+*]){6,12}(?: ?(?:MWST|TVA|IVA|MVA))?(?![A-Za-z0-9])"
)

_SHAPES: tuple[tuple[str, str], ...] = (
    (r"\d{3}[- ]\d{2}[- ]\d{4}", "us.ssn us.itin"),
    (r"[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] ?\d\d ?\d\d ?\d\d ?[A-Da-d]", ""),  # UK NINO
    (r"[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]", "it.codicefiscale"),
    (r"\d{8}[- ]?[A-Z]|[XYZKLM][- ]?\d{7}[- ]?[A-Z]|\d{2}\.\d{3}\.\d{3}[- ]?[A-Z]", "es.dni es.nie es.nif"),
    (r"[A-HJNPQRSUVW][- ]?\d{7}[- ]?[0-9A-J]", "es.cif"),
    (r"[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d", "fr.nir"),
    (r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d", "ch.ssn"),
    (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn"),
    (r"\d{6}-\d{4}", "dk.cpr se.personnummer"),
    (r"(?:19|20)\d{6}[- ]?\d{4}|\d{6}\+\d{4}", "se.personnummer"),
    (r"\d{6}[-+A]\d{3}[0-9A-Z]", "fi.hetu"),
    (r"\d{11}|\d{6} \d{5}", "pl.pesel no.fodselsnummer"),
    (r"\d{2} \d{3} \d{3} \d{3}", "de.idnr"),
    (r"\d{3}[- ]\d{3}[- ]\d{3}", "ca.sin"),
    (r"\d{4} \d{6}", "at.vnr"),
    (r"\d{7}[A-W][A-IW]?", "ie.pps"),
    (r"\d{2}/\d{3}/\d{4,5}|\d{3}/\d{3}/\d{4,5}", "de.stnr"),
    (r"\d{3}-\d{3}-\d{2}-\d{2}", "pl.nip"),
    (r"\d{3} \d{3} \d{3} \d{5}", "fr.siret"),
    (r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d", "mx.curp"),
    (r"[A-ZÑ&]{3,4}-?\d{6}-?[0-9A-Z]{3}", "mx.rfc"),
    (r"\d{8} \d [A-Z]{2}\d|\d{9}[A-Z]{2}\d|\d{8}[- ]\d[- ][A-Z]{2}\d", "pt.cc"),
    (r"\d{2}-\d{7}", "us.ein"),
)
_ALL_SHAPES = re.compile(
    "(?<![A-Za-z0-9.,+-])(?:"
    + "|".join(f"(?P<s{i}>{shape})" for i, (shape, _) in enumerate(_SHAPES))
    + ")(?![A-Za-z0-9%-]|[.,]\\d|\\s?[€$£%])"
)
_BARE = {
    9: ("nl.bsn", "ca.sin", "pt.nif", "gb.vat", "fr.siren"), 10: ("pl.nip", "gb.nhs", "gb.utr", "dk.cpr", "at.vnr",
    "se.personnummer"), 11: ("de.idnr", "be.nn", "it.iva", "pl.pesel", "no.fodselsnummer"), 14: ("fr.siret",), 13: ("ch.ssn",),
    15: ("fr.nir",), 8: ("es.dni", "dk.cvr"),
}  # fmt: skip
_SAID = re.compile(
    r"\b(?:bsn|sin|nif|ssn|nhs|utr|nip|cpr|svnr|sv-nr|steuer-?id(?:nr)?|steuernummer|idnr|tax id|tin|vat|ust-?id(?:nr)?|iva|"
    r"p?iva|siren|siret|nino|ni no|pesel|personnummer|passport|pass(?:port)?(?: ?(?:no|nr))?|ausweis\w*)\b"
    r"[.:#]*\s*(?:no|nr)?[.:]*\s*([A-Z]{0,3}\d[\dA-Z .-]{6,16})",
    re.IGNORECASE,
)


def found(text: str) -> Iterator[Found]:
    """Return such numbers in a text, with their places."""
    if sum(map(str.isdigit, text)) < 5:
        return
    for match in _IBAN.finditer(text):
        words = match.group().rstrip()
        if end := _account(words):
            yield match.start(), match.start() + end, ACCOUNT
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _ISSUED.fullmatch(digits) and _valid("luhn", digits):
            yield match.start(), match.end(), CARD
    for match in _VAT.finditer(text):
        if is_vat(match.group()):
            yield match.start(), match.end(), TAX
    for match in _ALL_SHAPES.finditer(text):
        which = next(i for i in range(len(_SHAPES)) if match[f"s{i}"] is not None)
        names = _SHAPES[which][1].split()
        if not names or any(_valid(name, match.group()) for name in names):
            yield match.start(), match.end(), NATIONAL
    for match in _SAID.finditer(text):
        yield match.start(1), match.end(1), NATIONAL


def _account(words: str) -> int:
    """Return how much of some words is an account number; what is written behind it may look like more of it."""
    for end in range(len(words), 14, -1):
        if words[end - 1 : end + 1].isalnum() or end == len(words):
            compact = re.sub(r"[ -]", "", words[:end]).upper()
            if 15 <= len(compact) <= 34 and (end == len(words) or words[end] in " -") and checked(compact):
                return end
    return 0


def checked(compact: str) -> bool:
    """Tell whether the check digits of an international account number are right (ISO 13616)."""
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1


def is_vat(text: str) -> bool:
    """Tell whether a text is a VAT number with its country before it, in the European Union, Britain, Switzerland, Norway."""
    bare = re.sub(r"[ .-]", "", text)
    if bare.startswith("CHE"):
        return _valid("ch.uid", re.sub(r"(MWST|TVA|IVA)$", "", bare)) or _valid("ch.vat", bare)
    if bare.startswith("GB"):
        return _valid("gb.vat", bare)
    if bare.startswith("NO"):
        return _valid("no.mva", bare)
    return _valid("eu.vat", bare)


def same_kind(cells: Sequence[str]) -> bool:
    """Tell whether bare numbers are all of one kind that an office gives out: each passes the check, which chance does not.

    One number in ten passes most checks by chance, so there must be six different ones that all do.
    """
    bare = [re.sub(r"[ .-]", "", cell) for cell in cells]
    if len(set(bare)) < 6 or len({len(cell) for cell in bare}) != 1:
        return False
    return any(all(_valid(name, cell) for cell in bare) for name in _BARE.get(len(bare[0]), ()))


def _valid(name: str, text: str) -> bool:
    try:
        return bool(_check(name)(text))
    except (ValueError, KeyError, IndexError):  # some checks stumble over what is no number at all
        return False


@cache
def _check(name: str) -> Callable[[str], bool]:
    import stdnum  # as all that checks, only where something looks like a number to check

    check: Callable[[str], bool] = import_module(f"{stdnum.__name__}.{name}").is_valid
    return check
