"""Texts as plain small words, however they are spelt: what names of columns and states are compared by."""

import re
import unicodedata


def folded(text: str) -> str:
    """Return a text in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.replace("ß", "ss")) if not unicodedata.combining(c)).lower()


def spaced(text: str) -> str:
    """Return a text as small words.

    Examples
    --------
    >>> spaced("MntFishProducts"), spaced("Rückzahlung_offen")
    ('mnt fish products', 'ruckzahlung offen')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded(parted)).split())
