"""Which signs the bytes stand for: each alphabet in each code page that people still save in, and the bounds of each guess."""

import codecs

import pytest

from segkit.reading.text import encoding as module
from segkit.reading.text.encoding import ENCODINGS, _fit, decide_encoding
from segkit.words.errors import DataError

GERMAN = "Müller, Köln, Straße; Jäger, Düsseldorf; Größe, Übung"
FRENCH = "Hélène, Besançon, Nîmes; Noël, dîner, château, élève"
SPANISH = "Muñoz, León, Córdoba; Peña, Málaga, Cádiz, año"
PORTUGUESE = "São João, Conceição, Guimarães, maçã, coração"
NORDIC = "Ålesund, Tromsø, Malmö; Sæther, Ærø, Gävle"
POLISH = "Łódź, Kraków, Gdańsk; Wójcik, Święty, żółty, ćma, źle"
CZECH = "Plzeň, Dvořák, Příbram; Šťastný, žlutý, kůň, děd"
HUNGARIAN = "Győr, Szőke, Nagykőrös; űr, főnök, könyvű, tükörfúró"
TURKISH = "İstanbul, Eskişehir, Muğla; Yıldız, çığ, şişe, ağaç"
RUSSIAN = "Москва, Иванов, Казань; улица, дом, Ольга, ёлка"
UKRAINIAN = "Київ, Львів, Запоріжжя; Їжак, Євген, ґанок"
GREEK = "Αθήνα, Παπαδόπουλος, Θεσσαλονίκη; οδός, Γιώργος, ώρα"
ICELANDIC = "Reykjavík, Guðmundsdóttir, Þórður; Ísafjörður, Akureyri, þýða"


def decided(tmp_path, content, chosen=""):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    return decide_encoding(path, "table.csv", chosen)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GERMAN, "cp1252"), (GERMAN, "cp850"), (FRENCH, "cp1252"), (FRENCH, "cp850"), (SPANISH, "cp1252"), (SPANISH, "cp850"),
        (PORTUGUESE, "cp1252"), (PORTUGUESE, "cp850"), (NORDIC, "cp1252"), (NORDIC, "cp850"), (ICELANDIC, "cp1252"),
        (POLISH, "cp1250"), (CZECH, "cp1250"), (HUNGARIAN, "cp1250"), (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (UKRAINIAN, "cp1251"), (GREEK, "cp1253"),
        (GERMAN + ", 5 €", "iso8859-15"), (GERMAN + ", 5 €", "cp1252"), ("Preis, 5 £", "cp1252"),
    ],
)  # fmt: skip
def test_languages_in_their_code_pages(tmp_path, text, codec):
    assert decided(tmp_path, text.encode(codec)) == (ENCODINGS[codec], codec)


def test_a_mark_at_the_beginning_tells_all(tmp_path):
    text = "Größe,5\n"
    assert decided(tmp_path, text.encode("utf-8-sig")) == ("UTF-8", "utf-8-sig")
    assert decided(tmp_path, codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == ("UTF-16", "utf-16")
    assert decided(tmp_path, codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == ("UTF-16", "utf-16")
    assert decided(tmp_path, text.encode()) == ("UTF-8", "utf-8")
    assert decided(tmp_path, b"plain,5\n") == ("UTF-8", "utf-8")


def nulls(length, even, odd):
    content = bytearray(b"x" * length)
    content[0 : 2 * even : 2] = b"\0" * even
    content[1 : 2 * odd : 2] = b"\0" * odd
    return bytes(content)


@pytest.mark.parametrize(
    ("length", "few", "many", "told"),
    [
        (120, 0, 11, True), (120, 0, 10, False), (24, 0, 5, True), (24, 0, 4, False), (24, 1, 5, True), (24, 1, 4, False),
        (48, 2, 9, True), (48, 2, 8, False), (24, 3, 3, False),
    ],
)  # fmt: skip
def test_utf_16_without_a_mark_has_a_null_beside_most_letters(tmp_path, length, few, many, told):
    for codec, (even, odd) in {"utf-16-le": (few, many), "utf-16-be": (many, few)}.items():
        content = nulls(length, even, odd)
        if told:
            assert decided(tmp_path, content) == ("UTF-16", codec)
        else:
            with pytest.raises(DataError, match=r"table\.csv is not text.*Save the table as CSV or Excel"):
                decided(tmp_path, content)


@pytest.mark.parametrize(("at", "seen"), [(4095, True), (4096, False)])
def test_nulls_are_looked_for_in_the_first_pieces_of_a_file(tmp_path, at, seen):
    content = b"x" * at + b"\0"
    if seen:
        with pytest.raises(DataError, match="is not text"):
            decided(tmp_path, content)
    else:
        assert decided(tmp_path, content) == ("UTF-8", "utf-8")


@pytest.mark.parametrize(
    ("content", "is_utf8"),
    [
        ("aaé".encode(), True), (b"aa\xc3abc", False),
        (b"aa\xc3abc\xa9xx", False), (b"abc\xc3", False), ("abé€🧀x".encode(), True),
        (b"aa\xc3", False), (b"a\xc3(abc", False), (b"abcdef", True),
    ],
)  # fmt: skip
def test_signs_that_lie_across_two_pieces_of_a_file(tmp_path, monkeypatch, content, is_utf8):
    monkeypatch.setattr(module, "CHUNK", 3)
    assert (decided(tmp_path, content)[0] == "UTF-8") is is_utf8


@pytest.mark.parametrize(
    ("whole", "broken", "words"),
    [
        (20, 1, "UTF-8, a damaged byte in it"),
        (19, 1, None),
        (40, 2, "UTF-8, 2 damaged bytes in it"),
        (39, 2, None),
    ],
)
@pytest.mark.parametrize("sign", ["ä", "€", "🧀"])
def test_a_few_damaged_bytes_make_no_other_encoding(tmp_path, whole, broken, words, sign):
    found = decided(tmp_path, f"x{sign},".encode() * whole + b"\xff," * broken)
    assert (found == (words, "utf-8")) if words else "UTF-8" not in found[0]


def test_the_first_pieces_with_signs_beyond_ascii_are_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_LOOKED_AT", 8)
    plain, german, russian = b"abcdefg,", "Müller, ".encode("cp1252"), "Москва, ".encode("cp1251")
    assert decided(tmp_path, plain * 9 + german + plain + german + plain + russian * 30)[1] == "cp1251"
    assert decided(tmp_path, plain * 9 + german * 3 + plain + russian * 30)[1] == "cp1252", "the fourth piece is not looked at"


def test_a_piece_more_is_not_looked_at_where_words_are_enough(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_LOOKED_AT", 8)
    german, russian = "Müller, ".encode("cp1252"), "Москва, ".encode("cp1251")
    assert decided(tmp_path, german + russian * 2)[1] == "cp1251"
    monkeypatch.setattr(module, "_WORDS", 1)
    assert decided(tmp_path, german + russian * 2)[1] == "cp1252"


def test_the_commonest_words_decide(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_WORDS", 1)
    text = "Müller,Müller,".encode("cp1252") + "Москва".encode("cp1251")
    assert decided(tmp_path, text)[1] == "cp1252"


@pytest.mark.parametrize(
    ("word", "codec", "alphabet", "points"),
    [
        ("Müller", "cp1252", "ü", 1),
        ("Müü", "cp1252", "ü", 2),
        ("Müller", "cp1252", "é", -1.5),
        ("a©", "cp1252", "ü", -0.3),
        ("aÜ", "cp1252", "Ü", 0),
        ("AÜ", "cp1252", "Ü", 1),
        ("ü", "cp1252", "ü", -0.5),
        ("€", "cp1252", "ü", 0.5),
        ("£", "cp1252", "ü", 0.5),
        ("©", "cp1252", "ü", -0.3),
        ("¤", "cp1252", "ü", -1.5),
        ("a€", "cp1252", "ü", -0.3),
        ("дом", "cp1251", "дом", 1 + 1.5 + 1),
        ("nо", "cp1251", "о", 0.5),
        ("оn", "cp1251", "о", 0.5),
        ("о5", "cp1251", "о", 1.5),
        ("5о", "cp1251", "о", 1.5),
        ("nо", "koi8-r", "о", 0.5),
        ("nо", "cp866", "о", 0.5),
        ("nο", "cp1253", "ο", 0.5),
        ("дn", "cp1251", "о", -1.5),
        ("nü", "cp1252", "ü", 1),
        ("ün", "cp1252", "ü", 1),
        ("plain", "cp1252", "ü", 0),
    ],
)
def test_points_of_a_word_for_an_alphabet(word, codec, alphabet, points):
    """A letter of the alphabet 1, a common one of its script half more; a sign −0.3, any other −1.5; mixed scripts −1 each."""
    assert _fit([(word.encode(codec), 1)], codec, alphabet) == pytest.approx(points)
    assert _fit([(word.encode(codec), 3)] * 2, codec, alphabet) == pytest.approx(6 * points)


@pytest.mark.parametrize(
    ("chosen", "content", "words", "codec"),
    [
        ("cp1252", b"x\n", "Windows (Western European), as you chose", "cp1252"),
        ("mac-roman", b"x\n", "mac-roman, as you chose", "mac-roman"),
        ("utf-8", b"x\n", "UTF-8, as you chose", "utf-8"),
        ("utf-8", codecs.BOM_UTF8 + b"x\n", "UTF-8, as you chose", "utf-8-sig"),
        ("utf-16", "x\n".encode("utf-16"), "UTF-16, as you chose", "utf-16"),
        ("utf-16", codecs.BOM_UTF16_BE + "x\n".encode("utf-16-be"), "UTF-16, as you chose", "utf-16"),
        ("utf-16", "xy\n".encode("utf-16-le"), "UTF-16, as you chose", "utf-16-le"),
        ("utf-16", "xy\n".encode("utf-16-be"), "UTF-16, as you chose", "utf-16-be"),
        ("utf-16", "äö".encode("utf-16-le") + b"\0\0", "UTF-16, as you chose", "utf-16-le"),
        ("latin-1", codecs.BOM_UTF8, "Latin-1 (Western European), as you chose", "iso8859-1"),
    ],
)
def test_what_a_person_says_is_believed(tmp_path, chosen, content, words, codec):
    assert decided(tmp_path, content, chosen) == (words, codec)


@pytest.mark.parametrize("chosen", ["klingon", "hex", "undefined"])
def test_an_encoding_that_there_is_not(tmp_path, chosen):
    with pytest.raises(DataError) as caught:
        decided(tmp_path, b"x", chosen)
    assert caught.value.what == f"table.csv: there is no encoding called “{chosen}”."
    assert caught.value.remedy.startswith("Choose one of: utf-8, utf-16, cp1252,")
