"""Which signs the bytes of a text stand for: decided from evidence, and said in words."""

import codecs
import re
from collections import Counter
from pathlib import Path

from segkit.words.errors import DataError

CHUNK = 1 << 20
_LOOKED_AT = 1 << 22
_WORDS = 3000
_PIECES = 3
"""So many pieces of a file that have any signs beyond ASCII are looked at."""

_HIGH = bytes(range(128, 256))

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows (Western European)",
    "iso8859-15": "Latin-9 (Western European)",
    "cp850": "DOS (code page 850)",
    "cp437": "DOS (code page 437)",
    "cp1250": "Windows (Central European)",
    "cp1254": "Windows (Turkish)",
    "cp1251": "Windows (Cyrillic)",
    "koi8-r": "KOI8-R (Cyrillic)",
    "cp866": "DOS (Cyrillic)",
    "cp1253": "Windows (Greek)",
    "latin-1": "Latin-1 (Western European)",
}
"""Names for people of the encodings that a person can choose."""

_WESTERN = (
    "äöüßÄÖÜé",
    "éèàâçêîôûùëïœæÉÈÀÂÇÊÎÔŒ«»",
    "áéíóúñüÁÉÍÓÚÑ¿¡",
    "àèéìòùÀÈÉÌÒÙ",
    "ãõáéíóúâêôçàÃÕÁÉÍÓÚÂÊÔÇ",
    "åäöæøéÅÄÖÆØ",
    "éëïèöüÉË",
)
_ICELANDIC = ("áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ",)
_CENTRAL = (
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
    "áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ",
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "ăâîşţĂÂÎŞŢ",
    "čćđšžČĆĐŠŽ",
)
_TURKISH = ("çğıöşüÇĞİÖŞÜ",)
_CYRILLIC = ("".join(map(chr, range(0x410, 0x450))) + "ёЁ№", "".join(map(chr, range(0x410, 0x450))) + "іїєґІЇЄҐ№")
_GREEK = ("".join(map(chr, range(0x391, 0x3CA))) + "άέήίόύώϊϋΐΰΆΈΉΊΌΎΏ",)
_ALPHABETS = (
    ("cp1252", _WESTERN),
    ("iso8859-15", _WESTERN),
    ("cp850", _WESTERN),
    ("cp437", _WESTERN),
    ("cp1250", _CENTRAL),
    ("cp1254", _TURKISH),
    ("cp1252", _ICELANDIC),
    ("cp1251", _CYRILLIC),
    ("koi8-r", _CYRILLIC),
    ("cp866", _CYRILLIC),
    ("cp1253", _GREEK),
)
"""Of those that fit equally well the first is taken."""

_COMMON = "оеаинтсрвлαοιετσνηρς"
"""The commonest letters of the scripts that are confused with each other."""

_SIGNS = "€£°§®©™–—‘’“”„…·²³½«»\u00a0"
"""Signs beside letters that are usual in a table."""

SAVE_AS = "Save the table as CSV or Excel and choose that file."


def no_text(name: str) -> DataError:
    """Refuse a file whose bytes are no text."""
    return DataError(f"{name} is not text: it holds bytes that no table in text form has.", SAVE_AS)


def decide_encoding(path: Path, name: str, chosen: str = "") -> tuple[str, str]:
    """Decide the encoding of a file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What to call it in errors.
    chosen : str
        What a person says it is; empty lets the file tell.

    Returns
    -------
    words : str
        Name for people.
    codec : str
        Name of Python's codec.

    Raises
    ------
    DataError
        If the bytes are no text, or the chosen encoding is unknown.
    """
    with path.open("rb") as file:
        head = file.read(1 << 12)
    if chosen:
        return _as_chosen(chosen, head, name)
    if head.startswith(codecs.BOM_UTF8):
        return "UTF-8", "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16", "utf-16"
    if nulls := head.count(0):
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if nulls > len(head) / 12 and odd > 4 * max(even, 1):
            return "UTF-16", "utf-16-le"
        if nulls > len(head) / 12 and even > 4 * max(odd, 1):
            return "UTF-16", "utf-16-be"
        raise no_text(name)
    if _is_utf8(path):
        return "UTF-8", "utf-8"
    return _one_byte(path)


def _as_chosen(chosen: str, head: bytes, name: str) -> tuple[str, str]:
    try:
        codec = codecs.lookup(chosen).name
        "".encode(codec)
    except (LookupError, UnicodeError) as error:
        raise DataError(
            f"{name}: there is no encoding called “{chosen}”.", f"Choose one of: {', '.join(ENCODINGS)}."
        ) from error
    if codec == "utf-8":
        codec = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else codec
    if codec == "utf-16" and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return f"{ENCODINGS.get(chosen, chosen)}, as you chose", codec


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if not chunk.isascii() or decoder.getstate()[0]:
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _one_byte(path: Path) -> tuple[str, str]:
    """Tell encodings of one byte a sign apart by the letters and words that the high bytes would make."""
    words: Counter[bytes] = Counter()
    single = several = looked = 0
    with path.open("rb") as file:
        while looked < _PIECES and len(words) < _WORDS and (chunk := file.read(_LOOKED_AT)):
            if chunk.isascii():
                continue
            looked += 1
            pairs = re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", chunk)
            several += len(pairs)
            single += len(chunk) - len(chunk.translate(None, _HIGH)) - sum(map(len, pairs))
            words.update(match[0] for match in re.finditer(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*", chunk))
    if several >= 20 * single:
        return f"UTF-8, {single} damaged bytes in it" if single > 1 else "UTF-8, a damaged byte in it", "utf-8"
    usual = words.most_common(_WORDS)
    _, codec = max(
        ((_fit(usual, codec, letters), codec) for codec, sets in _ALPHABETS for letters in sets), key=lambda found: found[0]
    )
    return ENCODINGS[codec], codec


def _fit(words: list[tuple[bytes, int]], codec: str, alphabet: str) -> float:
    """Count signs that a language has, less those that it has not; capitals inside a word and mixed scripts count against."""
    total = 0.0
    other_script = codec in ("cp1251", "koi8-r", "cp866", "cp1253")
    for word, times in words:
        text = word.decode(codec, "replace")
        points = 0.0
        for before, sign in zip(" " + text, text, strict=False):
            if sign.isascii():
                points -= other_script and before in alphabet and sign.isalpha()
                continue
            if len(text) == 1 and (sign in alphabet or sign in "€£"):
                points += 0.5 if sign in "€£" else -0.5
                continue
            points += 0.5 * (sign in _COMMON)
            points += 1 if sign in alphabet else -0.3 if sign in _SIGNS else -1.5
            points -= before.islower() and sign.isupper()
            points -= other_script and before.isascii() and before.isalpha()
        total += points * times
    return total
