"""From the bytes of a file to UTF-8: what is refused, what is copied, and what is looked at of a long file."""

import pytest

from segkit.reading.text import source as module
from segkit.reading.text.source import check_file, open_text
from segkit.words.errors import DataError


@pytest.fixture
def file(tmp_path):
    def made(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return made


@pytest.fixture
def opened(file, tmp_path):
    def made(content, **how):
        folder = tmp_path / "copies"
        folder.mkdir(exist_ok=True)
        return open_text(file(content), folder, **how)

    return made


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("%PDF-1.7", " is a PDF document, not a table"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"Rar!\x1a\x07", "is a RAR archive"),
        (b"MZ\x90\0", "is a program"),
    ],
)
def test_what_is_no_table_is_refused(file, content, words):
    with pytest.raises(DataError, match=f"^table.csv.*{words}"):
        check_file(file(content))


def test_a_file_that_is_not_there_a_folder_and_a_closed_file(file, tmp_path, monkeypatch):
    with pytest.raises(DataError, match=r"none\.csv: there is no such file at .*none\.csv\. Check the name"):
        check_file(tmp_path / "none.csv")
    with pytest.raises(DataError, match=r"is a folder, not a file\. Choose the file inside it"):
        check_file(tmp_path)
    path = file("a,b\n")
    check_file(path)
    monkeypatch.setattr(type(path), "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(DataError, match=r"cannot be read \(Permission denied\)\. Close it in other programs"):
        check_file(path)


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", "\ufeff <HTML>", '\n<?xml version="1.0"?>', "<html>"])
def test_a_web_page_is_refused(opened, text):
    with pytest.raises(DataError, match=r"^table\.csv is a web page or an XML document"):
        opened(text)


def test_markup_inside_a_table_is_no_web_page(opened):
    assert opened("name,note\nAnn,<html>\n").whole


@pytest.mark.parametrize("content", [" \t\r\n", "\ufeff\n\n", b"\xff\xfe \0\n\0"])
def test_nothing_but_blanks_is_refused(opened, content):
    with pytest.raises(DataError, match=r"^table\.csv: the file holds nothing but spaces"):
        opened(content)


def test_bytes_that_no_text_has_are_refused_wherever_they_are_met(opened):
    with pytest.raises(DataError, match="mine is not text"):
        opened("x" * 5000 + "\0", name="mine")


def test_a_null_that_stands_in_utf_16_is_part_of_it(opened):
    assert opened("a,b\0\n".encode("utf-16")).text == "a,b\0\n"


@pytest.mark.parametrize(
    ("content", "how", "text", "words", "copied"),
    [
        ("Größe,5\n", {}, "Größe,5\n", "UTF-8", False),
        ("a,b\r\n1,2\r\n", {}, "a,b\n1,2\n", "UTF-8", False),
        ("a,b\r1,2\r", {}, "a,b\n1,2\n", "UTF-8", True),
        ("a,b\r\n1,2\r", {}, "a,b\n1,2\n", "UTF-8", True),
        ("\ufeffa,b\n", {}, "a,b\n", "UTF-8", True),
        ("Müller,5\n".encode("cp1252"), {}, "Müller,5\n", "Windows (Western European)", True),
        ("a,b\n".encode("utf-16"), {}, "a,b\n", "UTF-16", True),
        ("a,b\n", {"encoding": "ascii"}, "a,b\n", "ascii, as you chose", False),
        ("Größe\n", {"encoding": "ascii"}, "Gr\ufffd\ufffd\ufffd\ufffde\n", "ascii, as you chose", False),
        ("ä," * 20 + "\n", {}, "ä," * 20 + "\n", "UTF-8", False),
        ("ä,".encode() * 20 + b"\xff\n", {}, "ä," * 20 + "\ufffd\n", "UTF-8, a damaged byte in it", True),
        ("ä,".encode() * 20 + b"\xc3", {}, "ä," * 20 + "\ufffd", "UTF-8, a damaged byte in it", True),
    ],
)
def test_text_comes_as_utf_8_and_is_copied_only_where_it_is_not(opened, content, how, text, words, copied):
    found = opened(content, **how)
    assert (found.name, found.text, found.whole, found.encoding, found.later) == ("table.csv", text, True, words, "")
    assert (found.path.parent.name == "copies") is copied
    if copied:
        assert found.path.read_bytes() == text.encode()


def test_a_copy_in_many_pieces_is_whole(opened, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 3)
    text = "Größe,5\r\nKäse,7\r\n"
    assert opened(text.encode("cp1252")).path.read_bytes() == text.replace("\r\n", "\n").encode()


@pytest.mark.parametrize(("size", "whole"), [(20, True), (21, False)])
def test_a_short_file_is_there_whole(opened, monkeypatch, size, whole):
    monkeypatch.setattr(module, "HEAD", 20)
    found = opened("a,b\n" * 4 + "x" * (size - 16))
    assert (found.whole, found.text) == (whole, "a,b\n" * 4 + "xxxx")


def test_a_sign_cut_off_by_the_end_of_the_beginning_is_left_out(opened, monkeypatch):
    monkeypatch.setattr(module, "HEAD", 20)
    assert opened("a" * 19 + "ä,b\n").text == "a" * 19


def test_whole_lines_from_the_middle_and_the_end_of_a_long_file(opened, monkeypatch):
    monkeypatch.setattr(module, "HEAD", 20)
    monkeypatch.setattr(module, "PIECE", 20)
    lines = [f"{i:04d}" for i in range(40)]  # 5 bytes a line, 200 in all: pieces from 100 and from 180 on
    assert opened("\n".join(lines) + "\n").later == "0021\n0022\n0023\n0037\n0038\n0039"
    assert opened("\r\n".join(lines) + "\r\n").later == "0021\n0022\n0037\n0038\n0039", (
        "6 bytes a line: from 120 and from 220 on"
    )
    assert opened("\n".join(lines[:9])).later == "\n".join(["0005\n0006\n0007"] * 2), "44 bytes: from 22 and from 24 on"
    assert opened("\n".join(lines[:5])).later == "", "24 bytes: nothing whole lies behind the beginning"


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("a\nb\n", False), ("a\n\nb\n", True), ("a\r\n\r\nb\r\n", True), ("\n\na\nb\n\n\n", False),
        ("\r\n\r\na\r\n\r\n", False), ("a\n \nb\n", False),
    ],
)  # fmt: skip
def test_blank_lines_between_others_are_noticed(opened, text, gaps):
    assert opened(text).gaps is gaps


@pytest.mark.parametrize(
    ("at", "size", "gaps"),
    [
        (2, 40, True),
        (8, 40, True),
        (9, 40, False),
        (20, 40, False),
        (29, 40, False),
        (30, 40, True),
        (36, 40, True),
        (10, 20, True),
    ],
)
def test_blank_lines_are_looked_for_at_both_ends_of_a_long_file(opened, monkeypatch, at, size, gaps):
    monkeypatch.setattr(module, "_SEARCHED", 10)
    content = bytearray(b"x" * size)
    content[at : at + 2] = b"\n\n"
    assert opened(bytes(content)).gaps is gaps


def test_a_file_just_as_long_as_what_is_searched_has_no_gap_at_its_end(opened, monkeypatch):
    monkeypatch.setattr(module, "_SEARCHED", 10)
    assert not opened("xxxxxxxx\n\n").gaps and not opened("\n\nxxxxxxx\n\n").gaps
    assert opened("xxxxxxxx\n\nx").gaps


def test_a_quarter_of_a_megabyte_is_looked_at_and_two_pieces_more(opened):
    assert opened("a,b\n" * (1 << 16)).whole
    assert not opened("a,b\n" * (1 << 16) + "x").whole
    later = opened("a,b\n" * (1 << 17)).later
    assert later == "\n".join(["a,b"] * 2 * (8192 - 1)), "of 32 kB each all lines but the first, which may be half a one"


@pytest.mark.parametrize(("at", "gaps"), [((4 << 20) - 2, True), (4 << 20, False), ((4 << 20) + 2, True)])
def test_blank_lines_are_looked_for_in_four_megabytes_at_either_end(tmp_path, at, gaps):
    content = bytearray(b"x") * ((8 << 20) + 2)
    content[at : at + 2] = b"\n\n"
    (path := tmp_path / "long.csv").write_bytes(content)
    assert module._has_gaps(path) is gaps
