"""Names of people: a given name and a family name of Europe or North America, as the lists of the library Faker have them.

Only cells that are nothing but a name are judged: in running text too many words are names as well.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from segkit.words.spelling import folded

NAME = "name"

_COUNTRIES = (
    "en_US en_GB en_IE en_CA fr_FR fr_CA fr_BE fr_CH de_DE de_AT de_CH it_IT es_ES es_MX nl_NL nl_BE pl_PL pt_PT sv_SE da_DK "
    "no_NO fi_FI cs_CZ hu_HU tr_TR"
).split()
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|herr|frau|hr|fr|m|mme|mlle|monsieur|madame|sr|sra|srta|don|dona|sig|sigra|signor|"
    r"signora|dott|pan|pani|dhr|mevr|ing|rev|dipl)$"
)
_BETWEEN = frozenset(
    "van von de der den del della di da do dos das du des la le el y e i zu af av ter ten te bin al mac o".split()
)
_PARTICLES = frozenset("van von der den ter ten af zu".split())
_SUFFIX = frozenset("jr sr ii iii iv phd md".split())
_WORDS = frozenset(
    "north south east west central park street road house green black white gold golden silver red blue small large big "
    "long short new old young price sale hope summer winter spring may april june august july march beach city town hill "
    "field fields lake river bay wood woods bush stone forest garden gardens island valley springs falls county state "
    "university college school church hotel inn cafe bar shop store market club bank trust group center centre office "
    "london york paris berlin rome milan day week christmas easter light dark box bag set card cards ring case cup glass "
    "table lamp chair clock heart rose lily iris violet daisy pearl ruby amber olive ginger pepper sugar honey basil "
    "rosemary sage coffee tea wine beer apple cherry berry bean rice fish bird horse lamb wolf fox bear lion king queen "
    "prince duke bishop major sergeant general virginia carolina georgia dakota florida texas montana nevada victoria "
    "jersey mexico zealand america ireland england france germany denmark holland spain israel jordan chad austin houston "
    "denver dallas orlando lincoln madison jackson san santa saint santo st customer client premium basic standard classic "
    "first second third retail wholesale web phone email mail direct sales service marketing other none unknown best good "
    "love free vintage".split()
)
_LONG = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_SHAPE = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’-])*\.?")


def is_name(cell: str) -> bool:
    """Tell whether a cell is the full name of a person: a known given name and a known family name.

    >>> is_name("Anna Müller"), is_name("Schmidt, Peter"), is_name("Virginia Beach"), is_name("Garden table")
    (True, True, False, False)
    """
    words = _words(cell)
    if len(words) < 2:
        return False
    given, family, _ = _lists()
    plain = [word for word in words if word not in _WORDS]
    if len(plain) < len(words):
        return False
    nobles = {folded(part) for part in cell.split()[1:-1]} & _PARTICLES
    if nobles and words[0] in given:
        return True  # Anna Maria van Dyk: no list has all the names of places
    firsts, lasts = [w in given for w in words], [w in family for w in words]
    return any(firsts[i] and lasts[j] for i in range(len(words)) for j in range(len(words)) if i != j)


def may_be_name(cell: str) -> bool:
    """Tell whether a cell could be a name where its neighbours are: a few capitalised words, one of them a name, or a title."""
    words = _words(cell)
    if not words or any(word in _WORDS for word in words):
        return False
    given, family, _ = _lists()
    if len(words) == 1:
        return words[0] in given or _titled(cell)
    return any(word in given or word in family for word in words) or _titled(cell)


def is_given_name(cell: str) -> bool:
    """Tell whether a cell is one word, and a given name, perhaps with the first letter of a family name behind it."""
    words = _words(cell)
    return len(words) == 1 and words[0] in _lists()[0] and words[0] not in _WORDS


def reads_like_name(cell: str) -> bool:
    """Tell whether a cell is a given name and more words that no list need know."""
    words = _words(cell)
    if len(words) < 2 or any(word in _WORDS for word in words):
        return False
    return words[0] in _lists()[0] or ("," in cell and words[-1] in _lists()[0])


def begins_with_one(word: str) -> bool:
    """Tell whether a word begins with a given name: "annalang"."""
    low = folded(word)
    return any(low[:n] in _lists()[0] and low[:n] not in _WORDS for n in range(4, min(len(low), 14) + 1))


def _titled(cell: str) -> bool:
    parts = cell.split()
    return len(parts) > 1 and bool(_TITLE.match(folded(parts[0]).rstrip(".")))


def _words(cell: str) -> list[str]:
    """Return the words of what is written like a name, in small letters; none where it is not."""
    cell = cell.strip()
    if not 2 < len(cell) <= 60 or not _SHAPE.fullmatch(cell):
        return []
    parts = [part for part in re.split(r"[ ,.]+", cell) if part]
    if len(parts) > 7 or not any(part[0].isupper() for part in parts):
        return []
    words: list[str] = []
    for part in parts:
        low = folded(part).replace("’", "'").replace("ł", "l").replace("ø", "o")
        if low in _BETWEEN or low in _SUFFIX or (not words and _TITLE.match(low)):
            continue
        if not part[0].isupper() and cell != cell.lower():
            return []
        if len(low) > 1:
            words += [low] if low in _lists()[2] else [piece for piece in re.split(r"[-']", low) if len(piece) > 1]
    return words if len(words) <= 5 else []


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return given names, family names, and both, in small letters without accents."""
    given: set[str] = set()
    family: set[str] = set()
    for country in _COUNTRIES:
        for attribute, name in _listed(country):
            (family if "last_name" in attribute else given).add(name)
    return frozenset(given), frozenset(family), frozenset(given | family)


def _listed(country: str) -> Iterator[tuple[str, str]]:
    from faker.providers import person  # takes a while to load, and few files ask for it

    try:
        provider = import_module(f"{person.__name__}.{country}").Provider
    except ImportError:  # a country that this version has no list of
        return
    for attribute, names in vars(provider).items():
        if re.search(r"(first|last)_names", attribute) and isinstance(names, tuple | list | dict):
            for name in names:
                for spelling in dict.fromkeys((str(name), str(name).translate(_LONG))):
                    low = folded(spelling).replace("ł", "l").replace("ø", "o")
                    whole = [word for word in low.split() if word not in _BETWEEN]
                    yield from ((attribute, word) for word in (low, *whole) if len(word) > 2)
