"""A file's table as it is written: every row, every cell, names invented only where there are none."""

import zipfile

import pytest

from segkit.reading import read_text_table
from segkit.words.errors import DataError
from tests.reading.messy import workbook


def put(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_text_with_rows_of_any_length(tmp_path):
    text = "town,n\nBonn,1\nUlm\nKiel,3,late\nTotal,4\n"
    assert read_text_table(put(tmp_path, text)) == (
        ["town", "n"],
        [["Bonn", "1"], ["Ulm"], ["Kiel", "3", "late"], ["Total", "4"]],
    )
    assert read_text_table(str(put(tmp_path, text)))[0] == ["town", "n"]


def test_names_are_invented_for_the_widest_row(tmp_path):
    header, rows = read_text_table(put(tmp_path, "Bonn,1\nUlm,2\nKiel,3,5\nHof,4\n"))
    assert header == ["Column 1", "Column 2", "Column 3"] and rows[2] == ["Kiel", "3", "5"]


GROUPED = [["who", "", "what", ""], ["id", "town", "n", "m"], ["C1", "Bonn", 1, 2], ["C2", "Ulm", 3, 4], ["C3", "Kiel", 5, 6]]


def test_a_sheet_with_names_in_two_rows(tmp_path):
    header, rows = read_text_table(put(tmp_path, workbook({"One": GROUPED}), "a.xlsx"))
    assert header == ["who id", "who town", "what n", "what m"] and rows[0] == ["C1", "Bonn", "1", "2"] and len(rows) == 3


def test_a_sheet_without_names(tmp_path):
    header, rows = read_text_table(put(tmp_path, workbook({"One": [["Bonn", 1], ["Ulm", 2], ["Kiel", 3]]}), "a.xlsx"))
    assert header == ["Column 1", "Column 2"] and rows == [["Bonn", "1"], ["Ulm", "2"], ["Kiel", "3"]]


def test_a_sheet_and_a_text_in_an_archive(tmp_path):
    for name, content in (("x.xlsx", workbook({"One": GROUPED})), ("x.csv", "town,n\nBonn,1\nUlm,2\n")):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr(name, content)
        header, rows = read_text_table(tmp_path / "a.zip")
        assert header in (["who id", "who town", "what n", "what m"], ["town", "n"]) and len(rows) in (2, 3)


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(DataError, match="the file is empty"):
        read_text_table(put(tmp_path, ""))
