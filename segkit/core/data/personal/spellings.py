"""A text as the patterns read it: full-width signs made plain, signs without a width taken out, each place remembered."""

import unicodedata
from dataclasses import dataclass

_DASHES = str.maketrans({dash: "-" for dash in "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"})


@dataclass(frozen=True)
class Spelt:
    """A text in plain signs; ``places`` maps each of them to its place in the text that people see."""

    text: str
    original: str
    places: tuple[int, ...] | None = None

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where a part of the plain text stands in the original, signs without a width included."""
        if self.places is None or start == end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def spelt(text: str) -> Spelt:
    r"""Return a text in the signs that patterns know.

    >>> spelt("jane\uff20shop\u200b.example").text
    'jane@shop.example'
    """
    if text.isascii():
        return Spelt(text, text)
    plain: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cf", "Mn") or sign == "\u115f":
            continue
        for one in unicodedata.normalize("NFKC", sign).translate(_DASHES):
            digit = unicodedata.decimal(one, None) if not one.isascii() else None
            plain.append(one if digit is None else str(digit))
            places.append(place)
    return Spelt("".join(plain), text, tuple(places))


Found = tuple[int, int, str]
"""From where to where something stands, and its kind."""
