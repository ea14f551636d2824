"""Whether customers are firms or consumers, told by several signs together; where these disagree, it is not told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from segkit.words.numbers import listed
from segkit.words.terms import CustomerKind

_LEAD = 2
"""Weight by which one side must outweigh the other: one strong sign, or two weak ones, with nothing against them."""

_FORMS = re.compile(
    r"(?<![\w.])(?:g?mbh|ug|ohg|kgaa|gbr|e\. ?k\.|e\. ?kfm\.|e\. ?v\.|ltd|limited|llc|l\.l\.c|llp|plc|inc|incorporated|corp|"
    r"corporation|s\.?a\.?r\.?l|eurl|s\.?a\.?s\.?u|s\.r\.l|srl|s\.p\.a|s\.l\.u?|s\.a|lda|ltda|b\.?v|n\.v|v\.?o\.?f|oyj?|aps|a/s|"
    r"sp\. ?z ?o\. ?o|s\.r\.o|a\.s|d\.o\.o|kft|zrt|oü|uab|pty|pvt|k\.k|co\. ?kg|& co|and co|& sons?|& söhne|et fils)(?![\w])",
    re.IGNORECASE,
)
_LAST = re.compile(r"\w[^\n]* (AG|KG|SA|AB|AS|SE|SL|SC|NV|SAS|SpA|SPA|eG|Co|CO|Hnos|Cia)\.?$")
"""Short forms that are words or initials elsewhere: only in these letters, at the end of a longer name."""

_TAX = re.compile(
    r"(?:ATU\d{8}|BE[01]?\d{9}|BG\d{9,10}|CHE\d{9}(?:MWST|TVA|IVA)?|CY\d{8}[A-Z]|CZ\d{8,10}|DE\d{9}|DK\d{8}|EE\d{9}|EL\d{9}|"
    r"ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}|FR[A-Z0-9]{2}\d{9}|GB\d{9}(?:\d{3})?|HR\d{11}|HU\d{8}|IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}|"
    r"IT\d{11}|LT(?:\d{9}|\d{12})|LU\d{8}|LV\d{11}|MT\d{8}|NL\d{9}B\d{2}|NO\d{9}(?:MVA)?|PL\d{10}|PT\d{9}|RO\d{6,10}|SE\d{12}|"
    r"SI\d{8}|SK\d{10})"
)


@dataclass(frozen=True)
class Sign:
    """One thing that speaks for firms or for consumers: how much (1 weak, 2 strong), and in words for people."""

    kind: CustomerKind
    weight: int
    text: str


@dataclass(frozen=True)
class Market:
    """All signs that a business's files hold of whom it sells to."""

    signs: tuple[Sign, ...] = ()

    @property
    def kind(self) -> CustomerKind | None:
        """Whom the business sells to, or None where the files do not tell."""
        firms, people = self._weight(CustomerKind.BUSINESS), self._weight(CustomerKind.CONSUMER)
        if abs(firms - people) < _LEAD:
            return None
        return CustomerKind.BUSINESS if firms > people else CustomerKind.CONSUMER

    @property
    def why(self) -> str:
        """What tells it, in words; empty where it is not told."""
        return listed([sign.text for sign in self.signs if sign.kind is self.kind])

    def _weight(self, kind: CustomerKind) -> int:
        return sum(sign.weight for sign in self.signs if sign.kind is kind)


UNTOLD = Market()


def legal_form(name: str) -> str:
    """Return the word by which a name reads like a firm's, as a rule its legal form, or an empty text.

    >>> legal_form("Huber Bau GmbH"), legal_form("Land of Toys Inc."), legal_form("Volvo AB"), legal_form("Ana Costa")
    ('GmbH', 'Inc', 'AB', '')
    """
    if found := _FORMS.search(name):
        return found.group()
    return last[1] if (last := _LAST.match(name)) else ""


def is_tax_number(cell: str) -> bool:
    """Tell whether a cell is written like a VAT number of a firm in Europe, signs and blanks aside.

    >>> is_tax_number("DE 123 456 789"), is_tax_number("NL123456789B01"), is_tax_number("DE1234")
    (True, True, False)
    """
    return bool(_TAX.fullmatch(re.sub(r"[\s.-]", "", cell).upper()))


def few_domains(addresses: Iterable[str]) -> tuple[float, float]:
    """Return what share of e-mail addresses lies at the five commonest domains, and how many domains there are an address."""
    domains: dict[str, int] = {}
    for address in addresses:
        domain = address.rpartition("@")[2].strip().lower()
        domains[domain] = domains.get(domain, 0) + 1
    total = sum(domains.values())
    if not total:
        return 0.0, 0.0
    return sum(sorted(domains.values(), reverse=True)[:5]) / total, len(domains) / total


def examples(forms: Sequence[str]) -> str:
    """Return the commonest of such words, as they are written."""
    counts: dict[str, int] = {}
    for form in forms:
        counts[form] = counts.get(form, 0) + 1
    return listed(sorted(counts, key=lambda form: (-counts[form], form))[:3], "or")
