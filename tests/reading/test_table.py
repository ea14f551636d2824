"""A file of any kind as a table of texts: what its content says it is, its rows numbered as in the file."""

import os
import sqlite3
import zipfile

import duckdb
import pytest

from segkit.decisions.data import ReadingChoice
from segkit.reading import table as module
from segkit.reading.table import read_table, tables_in
from segkit.words.errors import DataError
from segkit.words.terms import FileKind
from tests.reading.messy import workbook

TEXT = "town,n\nBonn,1\nUlm,\n"


@pytest.fixture
def read(engine, tmp_path):
    """Return a function that writes a file and reads it: names, rows with their numbers, decisions."""

    def reader(content, name="a.csv", **choice):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = read_table(engine, path, "t", tmp_path, ReadingChoice(kind=FileKind.ORDERS, **choice) if choice else None)
        assert (found.name, found.file_name, found.connection) == ("t", name, engine)
        rows = engine.execute("select * exclude (place) from t order by place").fetchall()
        assert found.rows == len(rows)
        return found, rows

    return reader


def test_text(read):
    found, rows = read(TEXT)
    assert (found.header, rows, found.decimal) == (("town", "n"), [(2, "Bonn", "1"), (3, "Ulm", None)], "")
    assert read(TEXT, decimal=",")[0].decimal == ","


BOOK = {
    "One": [["Sales", "", ""], ["town", "n", ""], ["Bonn", 1, "x"], ["Ulm", 2, ""], ["Kiel", 3, "y"]],
    "Two": [["a"], ["b"]],
}


def test_a_sheet(read, engine):
    found, rows = read(workbook(BOOK), "a.xlsx")
    assert found.header == ("town", "n", "Column 3")
    assert rows == [(3, "Bonn", "1", "x"), (4, "Ulm", "2", None), (5, "Kiel", "3", "y")]
    assert "1 column without a name numbered" in found.decisions and found.decimal == ""
    with pytest.raises(duckdb.CatalogException):  # what was handed over is let go
        engine.execute("select * from t_arrow")
    assert read(workbook(BOOK), "a.xlsx", decimal=",", table="One")[0].decimal == ","


def test_totals_at_the_end_of_a_sheet_are_set_apart(read):
    rows = [["town", "n", "m"], *([f"Town {i}", i, i] for i in range(5)), ["Total", "", 10]]
    found, kept = read(workbook({"One": rows}), "a.xlsx")
    assert found.decisions[-1] == "1 row at the end set apart as not being data (“Total”)" and len(kept) == 5


def test_a_sheet_without_names(read):
    found, rows = read(workbook({"One": [["Bonn", 1], ["Ulm", 2], ["Kiel", 3]]}), "a.xlsx")
    assert found.header == ("Column 1", "Column 2") and [row[0] for row in rows] == [1, 2, 3]
    assert not any("without a name numbered" in said for said in found.decisions)


def test_a_sheet_in_an_archive_is_chosen_by_the_archives_table(read, tmp_path):
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("book.xlsx", workbook(BOOK))
    content = (tmp_path / "made.zip").read_bytes()
    found, rows = read(content, "a.zip", table="book.xlsx")
    assert len(rows) == 3 and "“book.xlsx” out of the archive" in found.decisions[0]


def test_a_workbook_too_wide_is_refused(read, monkeypatch):
    monkeypatch.setattr(module, "MAX_COLUMNS", 3)
    assert len(read(workbook(BOOK), "a.xlsx")[1]) == 3
    monkeypatch.setattr(module, "MAX_COLUMNS", 2)
    with pytest.raises(DataError, match="3 columns"):
        read(workbook(BOOK), "a.xlsx")


@pytest.fixture(scope="module")
def parquet(tmp_path_factory):
    path = tmp_path_factory.mktemp("parquet") / "made.parquet"
    query = "select * from (values ('Bonn', 1.5, date '2024-01-05'), (null, 2, null)) v(town, \"the sum\", \"town \")"
    duckdb.execute(f"copy ({query}) to '{path}' (format parquet)")
    return path.read_bytes()


def test_parquet(read, parquet):
    found, rows = read(parquet, "a.parquet")
    assert found.header == ("town", "the sum", "town (2)") and found.decisions == ("a Parquet file",)
    assert rows == [(1, "Bonn", "1.5", "2024-01-05"), (2, None, "2.0", None)]
    with pytest.raises(DataError) as error:
        read(parquet[:4] + b"junk" * 9, "a.parquet")
    assert error.value.what == "a.parquet cannot be read as Parquet."


def test_want_of_memory_is_not_taken_for_a_broken_parquet_file(read, parquet, monkeypatch):
    def lack(*_, **__):
        raise duckdb.OutOfMemoryException("none left")

    monkeypatch.setattr(module, "store", lack)
    with pytest.raises(duckdb.OutOfMemoryException):
        read(parquet, "a.parquet")


def test_a_database(read, tmp_path):
    path = tmp_path / "made.db"
    with sqlite3.connect(path) as base:
        base.execute("create table shops (town text, n int)")
        base.executemany("insert into shops values (?, ?)", [("Bonn", 1), ("Ulm", 2)])
    base.close()
    found, rows = read(path.read_bytes(), "a.db")
    assert found.header == ("town", "n") and [row[1:] for row in rows] == [("Bonn", "1"), ("Ulm", "2")]
    assert tables_in(tmp_path / "a.db") == ("shops",)


def test_names_to_choose_from(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook(BOOK))
    assert tables_in(tmp_path / "a.xlsx") == ("One", "Two")
    (tmp_path / "a.csv").write_text(TEXT)
    assert tables_in(tmp_path / "a.csv") == ()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x.csv", TEXT)
        archive.writestr("y.csv", TEXT)
    assert tables_in(tmp_path / "a.zip") == ("x.csv", "y.csv")
    with pytest.raises(DataError, match="there is no such file"):
        tables_in(tmp_path / "b.csv")


def test_names_without_rows_are_refused(read):
    with pytest.raises(DataError) as error:
        read("a,b,c,d,e,f,g\n")
    assert error.value.what == "a.csv has a header (a, b, c, d, e, f) but no rows under it."


@pytest.mark.parametrize("change", ["longer", "touched", "gone"])
def test_a_file_that_changes_while_it_is_read_is_refused(read, tmp_path, monkeypatch, change):
    usual = module._read

    def meanwhile(connection, path, *rest):
        found = usual(connection, path, *rest)
        if change == "longer":
            stamp = path.stat()
            path.write_text(TEXT + "Kiel,3\n")
            os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        elif change == "touched":
            os.utime(path, ns=(1, 1))
        else:
            path.unlink()
        return found

    monkeypatch.setattr(module, "_read", meanwhile)
    with pytest.raises(DataError) as error:
        read(TEXT)
    assert error.value.what == "a.csv changed while it was being read: another program is still writing it."
