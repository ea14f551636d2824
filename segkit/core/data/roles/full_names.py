"""First name and last name in two columns: together they tell who bought, where nothing better does."""

import re
from collections.abc import Sequence

from segkit.core.data.roles.lexicon import spaced

_WHOSE = r"( (billing|customer|buyer|guest|kunde|client|cliente|klant))?"
_FIRST = re.compile(
    rf"\b((first|given|fore) ?name|vorname|prenom|nombre|nome|voornaam|fornavn|fornamn|etunimi|imie|rufname){_WHOSE}$"
)
_LAST = re.compile(
    rf"\b((last|family) ?name|sur ?name|nachname|familienname|zuname|nom( de famille)?|apellidos?|cognome|sobrenome|apelido|"
    rf"achternaam|familienaam|efternavn|etternavn|efternamn|sukunimi|nazwisko){_WHOSE}$"
)
_OTHERS = re.compile(r"\b(ship|deliver|liefer|versand|recipient|emergency|notfall|partner|staff|agent|teacher|owner|employee)")
_BETWEEN = " + "


def first_and_last(header: Sequence[str]) -> tuple[str, str] | None:
    """Return the columns of the first and the last name of who buys; None where one is missing or they are several.

    Examples
    --------
    >>> first_and_last(("No", "Prénom", "Nom", "Total"))
    ('Prénom', 'Nom')
    >>> first_and_last(("No", "Delivery first name", "Delivery last name"))
    """
    named = [(name, spaced(name)) for name in header]
    firsts = [name for name, text in named if _FIRST.search(text) and not _OTHERS.search(text)]
    lasts = [name for name, text in named if _LAST.search(text) and not _OTHERS.search(text)]
    return (firsts[0], lasts[0]) if len(firsts) == len(lasts) == 1 else None


def full_name(first: str, last: str) -> str:
    """Return what the column of both together is called."""
    return f"{first}{_BETWEEN}{last}"


def is_full_name(column: str) -> bool:
    """Tell whether a column was made of a first and a last name."""
    return first_and_last(column.split(_BETWEEN)) is not None
