"""What tells of an identifiable person, by its content: the one place that is asked before text from a file is shown.

`found_in` and `masked` look at running text, `personal` at a whole cell, `personal_column` at the different cells of a column.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from segkit.core.data.personal import forms, names, numbers, places, telephones
from segkit.core.data.personal.forms import IP, is_ip
from segkit.core.data.personal.names import NAME
from segkit.core.data.personal.places import PLATE
from segkit.core.data.personal.spellings import Found, spelt
from segkit.words.spelling import spaced

KINDS = (
    "e-mail address", "telephone number", "account number", "card number", "VAT number", "identity number", "IP address",
    "place on a map", "birth date", "account name", "street address", "number plate", "name",
)  # fmt: skip
"""All kinds, the surest first: where two overlap, the longer counts, then the earlier here."""

_HIDDEN = re.compile(rf"\(hidden: (?:{'|'.join(KINDS)})\)")
_QUOTED = re.compile(r"“([^“”]{3,80})”")
_MANY = 0.5
_LONGEST = 2_000
"""Of a longer cell no more is ever shown."""
_MOST, _NEARLY_ALL = 0.6, 0.8
_FEW_NAMES = 2
_STAFF = re.compile(
    r"\b(rep|reps|seller|salesperson|sales ?man|served|by|staff|employee|agent|advis[oe]r|consultant|clerk|cashier|manager|"
    r"assistant|waiter|"
    r"teacher|trainer|stylist|therapist|contact|person|owner|verkaufer(in)?|berater(in)?|betreuer(in)?|bearbeiter(in)?|mitarbeiter(in)?|kassierer|ansprechpartner|vendeur|"
    r"vendeuse|conseiller|commercial|vendedor(a)?|atendido|empleado|comercial|venditore|commesso|operatore|verkoper|medewerker|sprzedawca|"
    r"saljare|saelger|vertreter|name|who|wer|qui|quien|chi)\b"
)
_THINGS = re.compile(
    r"\b(product|produkt\w*|produit|producto|prodotto|item|article|artikel\w*|articulo|articolo|sku|model|modell|brand|marke|category|kategorie|"
    r"title|description|beschreibung|bezeichnung|descr|design|style|colou?r|farbe|collection|order|invoice|ref|reference|code|version)\b"
)
_PLACES = re.compile(
    r"\b(country|land|city|town|region|state|province|county|district|stadt|ort|place|ville|pays|ciudad|pais|citta|paese|area|branch|"
    r"filiale|store|shop|location|month|monat|mois|mes|mese|weekday|season|site|suburb|kanton|bundesland)\b"
)


def found_in(text: str, *, plates: bool = False) -> tuple[tuple[str, str], ...]:
    """Return what in a text tells of a person: its kind and the words themselves, in the order of the text.

    >>> found_in("front desk, or jane@shop.example")
    (('e-mail address', 'jane@shop.example'),)
    """
    return tuple((kind, text[start:end]) for start, end, kind in _places_in(text, plates=plates))


def _places_in(text: str, *, plates: bool = False) -> list[Found]:
    if len(text) < 4 or (text.isascii() and text.isalpha()):
        return []
    plain = spelt(text)
    quiet = [match.span() for match in _HIDDEN.finditer(plain.text)]
    all_found = [
        *forms.found(plain.text), *telephones.found(plain.text), *numbers.found(plain.text), *places.found(plain.text),
        *(places.plates(plain.text) if plates else ()),
    ]  # fmt: skip
    kept: list[Found] = []
    for start, end, kind in sorted(all_found, key=lambda one: (one[0] - one[1], KINDS.index(one[2]))):
        if all(end <= a or start >= b for a, b, *_ in (*kept, *quiet)):
            kept.append((start, end, kind))
    return [(*plain.words(start, end), kind) for start, end, kind in sorted(kept)]


def personal(cell: str, column: str = "") -> str:
    """Return the kind of personal data that a whole cell is or holds, or an empty text.

    ``column`` is the name of its column, where known: numbers of articles are written like number plates, and towns and things
    are called like people.

    >>> personal("front desk"), personal("ask jane@shop.example"), personal("203.0.113.7"), personal("Anna Müller")
    ('', 'e-mail address', 'IP address', 'name')
    """
    cell = cell[:_LONGEST].strip()
    if len(cell) < 3:
        return ""
    thing, place = _said_by(column)
    if found := _places_in(cell, plates=not thing):
        return found[0][2]
    if is_ip(cell):
        return IP
    return NAME if not thing and not place and names.is_name(cell) else ""


@lru_cache(maxsize=512)
def _said_by(column: str) -> tuple[bool, bool]:
    """Tell whether a column's name says that it holds things, and that it holds places."""
    said = spaced(column)
    return bool(_THINGS.search(said)), bool(_PLACES.search(said))


def personal_column(cells: Sequence[str], column: str = "") -> str:
    """Return what most of the different cells of a column are, where that tells of people ("name"); else an empty text."""
    cells = [cell.strip() for cell in cells if cell.strip()]
    if not cells:
        return ""
    kinds = [kind for cell in cells if (kind := personal(cell, column))]
    if len(kinds) >= _MANY * len(cells) and len(cells) >= _FEW_NAMES:
        return max(sorted(set(kinds)), key=kinds.count)
    if sum(map(forms.is_handle, cells)) >= _MANY * len(cells) and len(cells) >= _FEW_NAMES:
        return forms.HANDLE
    said = spaced(column)
    if _THINGS.search(said):
        return ""
    if numbers.same_kind(cells):
        return numbers.NATIONAL
    if _PLACES.search(said):
        return ""
    likely = sum(map(names.may_be_name, cells))
    if _STAFF.search(said) and likely >= _MANY * len(cells):
        return NAME
    given = sum(names.is_given_name(cell) for cell in cells)
    full = sum(map(names.reads_like_name, cells))
    return NAME if len(cells) >= 3 and (given >= _NEARLY_ALL * len(cells) or full >= _MOST * len(cells)) else ""


def plural(kind: str) -> str:
    """Return the plural of a kind.

    >>> plural("e-mail address"), plural("place on a map"), plural("name")
    ('e-mail addresses', 'places on a map', 'names')
    """
    first, *rest = kind.split(" on ")
    return " on ".join([f"{first}{'es' if first.endswith('s') else 's'}", *rest])


def like_a_name(cell: str) -> bool:
    """Tell whether a cell is perhaps the name of a person: enough among names of people."""
    return names.may_be_name(cell)


def hidden(kind: str) -> str:
    """Return what stands in place of personal data."""
    return f"(hidden: {kind})"


def masked(text: str) -> str:
    """Return a text in which nothing tells of a person any more; all else stays as it is. Cells in quotation marks count whole.

    >>> masked("Ask jane@shop.example, Mondays"), masked("a value such as “Anna Müller”")
    ('Ask (hidden: e-mail address), Mondays', 'a value such as “(hidden: name)”')
    """
    text = mask_words(text)
    return _QUOTED.sub(lambda quote: f"“{hidden(NAME)}”" if names.is_name(quote[1]) else quote[0], text)


def mask_words(text: str, own: Sequence[str] = ()) -> str:
    """Return a text without what tells of a person; what is also in one of the ``own`` texts stays."""
    parts, last = [], 0
    for start, end, kind in _places_in(text):
        if not any(text[start:end] in one for one in own):
            parts += [text[last:start], hidden(kind)]
            last = end
    return "".join([*parts, text[last:]]) if parts else text


def shown(cell: str, column: str = "") -> str:
    """Return a cell as it may be shown as an example: all of it hidden where it is personal."""
    kind = personal(cell, column)
    return hidden(kind) if kind else cell


def shown_file(name: str) -> str:
    """Return the name of a file as outputs may show it: without people's names and addresses.

    >>> shown_file("orders of Anna Müller 2024.csv"), shown_file("orders_may_2024.csv")
    ('orders of (hidden: name) 2024.csv', 'orders_may_2024.csv')
    """
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    parts = re.split(r"([ _.,-]+)", mask_words(stem))
    for i in range(len(parts) - 3, -1, -2):
        if i + 2 < len(parts) and names.is_name(f"{parts[i].capitalize()} {parts[i + 2].capitalize()}"):
            parts[i : i + 3] = [hidden(NAME)]
    return f"{''.join(parts)}{dot}{ending}"


def told_by(keys: Sequence[str]) -> str:
    """Return what the keys of customers are where they tell who somebody is ("e-mail addresses", "names"), or an empty text.

    A key of two or more words without a digit reads as a name, of a person or a firm; both are kept out of what leaves.
    """
    if not keys:
        return ""
    kinds = [kind for key in keys if (kind := personal(key, "code")) not in ("", NAME, PLATE)]
    if len(kinds) >= _MANY * len(keys):
        return plural(max(sorted(set(kinds)), key=kinds.count))
    named = sum(bool(re.fullmatch(r"[^\W\d_][^\d_]*[ ,][^\d_]*[^\W\d_]\.?", key.strip())) for key in keys)
    return "names" if named >= _MANY * len(keys) else ""
