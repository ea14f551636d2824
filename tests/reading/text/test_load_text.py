"""A text file as a table in the engine: regular or not, the same rows, and in words what was decided."""

import duckdb
import pytest

from segkit.decisions.data import ReadingChoice
from segkit.reading import read_text_table
from segkit.reading.text import load_text as module
from segkit.reading.text.dialect import Told
from segkit.reading.text.load_text import load_text, told_by
from segkit.words.errors import DataError


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as made:
        made.execute("set threads = 1")
        yield made


@pytest.fixture
def load(connection, tmp_path):
    """Return a function that reads a text: the header, each row with its number in the file, and what was decided."""

    def made(content, **choice):
        path = tmp_path / "shop.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        told = ReadingChoice(kind="orders", **choice) if choice else None
        table = load_text(connection, path, "t", tmp_path, told, "shop.csv")
        assert (table.name, table.file_name, table.decimal) == ("t", "shop.csv", choice.get("decimal", ""))
        rows = connection.execute("select * exclude (place) from t order by place").fetchall()
        assert table.rows == len(rows)
        return table.header, rows, table.decisions

    return made


PLAIN = "name,town\nAnn,Bonn\nBo,\nCy,Kiel\n"
FIRST = "column names in the first line"


def test_a_regular_file(load):
    header, rows, said = load(PLAIN)
    assert header == ("name", "town")
    assert rows == [(2, "Ann", "Bonn"), (3, "Bo", None), (4, "Cy", "Kiel")]
    assert said == ("text in UTF-8", "columns separated by comma", FIRST)


@pytest.mark.parametrize("content", ["Größe,5\n" * 3, "a,5\nb,6\nc,7\n"])
def test_a_file_without_names(load, content):
    header, rows, said = load(content)
    assert header == ("Column 1", "Column 2") and [row[0] for row in rows] == [1, 2, 3]
    assert said == ("text in UTF-8", "columns separated by comma", "no line with column names")


QUOTED = 'name,town\n"Ann ""A""","Bonn, old"\nBo,\n'
ESCAPED = 'name,town\n"Ann \\"A\\" Lee","Bonn, old"\n"Bo",""\n'


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        (QUOTED, [(2, 'Ann "A"', "Bonn, old"), (3, "Bo", None)]),
        (ESCAPED, [(2, 'Ann "A" Lee', "Bonn, old"), (3, "Bo", None)]),
    ],
)
def test_quotes_are_read_by_the_engine_and_by_hand_alike(load, monkeypatch, content, cells):
    def refused(*_):
        raise AssertionError("the file is regular")

    with monkeypatch.context() as patch:
        patch.setattr(module, "_load_dealt", refused)
        assert load(content)[1] == cells
    monkeypatch.setattr(module, "load_regular", lambda *_: (_ for _ in ()).throw(duckdb.InvalidInputException("no")))
    assert load(content)[:2] == (("name", "town"), cells)


def test_where_memory_is_short_nothing_is_tried_in_another_way(load, monkeypatch):
    monkeypatch.setattr(module, "load_regular", lambda *_: (_ for _ in ()).throw(duckdb.OutOfMemoryException("full")))
    with pytest.raises(duckdb.OutOfMemoryException):
        load(PLAIN)


def test_lines_above_and_how_many_names(load):
    text = "Sales\nof the year\n\nname,town,pieces\nAnn,Bonn,2\nBo,Ulm,3\n"
    header, rows, said = load(text)
    assert (header, rows) == (("name", "town", "pieces"), [(5, "Ann", "Bonn", "2"), (6, "Bo", "Ulm", "3")])
    assert "3 lines above the table left out" in said
    header, rows, said = load(text, skip=3)
    assert rows[0] == (5, "Ann", "Bonn", "2") and "3 lines above the table left out, as you chose" in said
    header, rows, said = load(PLAIN, header=False)
    assert header == ("Column 1", "Column 2") and rows[0] == (1, "name", "town")
    assert said[-1] == "no line with column names, as you chose"
    assert load(PLAIN, header=True)[2][-1] == FIRST + ", as you chose"
    assert "1 line above the table left out" in load("Sales\nname,town,pieces\nAnn,Bonn,2\nBo,Ulm,3\n")[2]


def test_names_in_two_lines_are_joined(load):
    lines = "".join(f"n{i},{i},{i}.5\n" for i in range(6))
    header, rows, said = load("name,sold,sold\n,pieces,euro\n" + lines)
    assert header == ("name", "sold pieces", "sold euro") and rows[0] == (3, "n0", "0", "0.5") and len(rows) == 6
    assert "column names in the first 2 lines" in said


def test_names_that_repeat_themselves_in_two_lines_stand_once(load):
    lines = "".join(f"n{i},{i},{i}.5\n" for i in range(6))
    assert load("name,sold,paid\nname,sold,paid\n" + lines)[0] == ("name", "sold", "paid")
    assert load("name,sold,paid\n\nname,sold,paid\n" + lines)[0] == ("name", "sold", "paid"), "a gap between: dealt row by row"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PLAIN.replace(",", ";"), "columns separated by semicolon"),
        ("town\nBonn\nBad Ems\n", "one column"),
        ("name    town     no\nAnn     Bonn     12.50\nBo      Kiel      7.20\n", "columns separated by runs of spaces"),
    ],
)
def test_the_sign_between_cells_is_said(load, content, words):
    assert load(content)[2][1] == words


def test_apostrophes_and_chosen_signs_are_said(load):
    said = load("name,town\n'Ann, A','Bonn'\n'Bo, B','Ulm'\n")[2]
    assert "texts between apostrophes" in said
    header, _, said = load(PLAIN, delimiter="semicolon")
    assert header == ("name,town",) and said[1] == "columns separated by semicolon, as you chose"
    assert load(PLAIN, delimiter=",")[2][1] == "columns separated by comma, as you chose"
    assert load(PLAIN, delimiter="none")[2][1] == "one column, as you chose"
    assert load("Größe,5\nKäse,7\n".encode("cp1252"), encoding="cp1252", decimal=",")[2][0].startswith("text in Windows")


def test_a_delimiter_that_is_none(load):
    with pytest.raises(DataError) as caught:
        load(PLAIN, delimiter="dot")
    assert caught.value.what == "shop.csv: “dot” is not a column separator."
    assert caught.value.remedy.startswith("Choose one of: comma, semicolon, tab,")


def test_what_a_person_told():
    assert told_by(None, "f") == told_by(ReadingChoice(kind="orders"), "f") == Told()
    chosen = ReadingChoice(kind="orders", delimiter="tab", skip=2, header=False)
    assert told_by(chosen, "f") == Told("\t", 2, False)
    assert told_by(ReadingChoice(kind="orders", delimiter="|"), "f") == Told("|")
    assert told_by(ReadingChoice(kind="orders", delimiter="runs of spaces"), "f") == Told("blanks")


TABLE = "name,town,pieces\n" + "".join(f"n{i},t{i},{i}\n" for i in range(6))


def test_rows_that_are_not_as_wide_as_most(load):
    header, rows, said = load(TABLE + "short,one\nlong,t,1,more\n" + "z,t,9\n" * 3)
    assert header == ("name", "town", "pieces", "Column 4")
    assert rows[5:8] == [(7, "n5", "t5", "5", None), (8, "short", "one", None, None), (9, "long", "t", "1", "more")]
    assert "2 rows with more or fewer cells than most, filled up with empty ones" in said
    assert "1 column without a name numbered" in said
    assert "1 row with more or fewer cells than most, filled up with empty ones" in load(TABLE + "a,b\n" + "z,t,9\n" * 3)[2]


def test_more_names_than_cells(load):
    header, rows, said = load("name,town,pieces,note\n" + "".join(f"n{i},t{i},{i}\n" for i in range(6)))
    assert header == ("name", "town", "pieces", "note") and rows[0] == (2, "n0", "t0", "0", None)
    assert not any("more or fewer" in sentence for sentence in said)


def test_blank_lines_are_no_rows_and_change_no_number(load):
    assert load("name,town\nAnn,Bonn\n\nBo,Ulm\n")[1] == [(2, "Ann", "Bonn"), (4, "Bo", "Ulm")]


def test_padded_cells(load):
    assert load("name, town\nAnn, Bonn\nBo, Ulm\nCy, Kiel\n")[1][0] == (2, "Ann", "Bonn")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_names_that_come_again_below(load, gap):
    header = TABLE.split("\n")[0] + "\n"
    again = gap + header + "x,y,7\n"
    _, rows, said = load(TABLE + again)
    assert [row[1] for row in rows] == [*(f"n{i}" for i in range(6)), "x"]
    assert "1 line that repeats the names left out" in said
    _, rows, said = load(TABLE + again * 2)
    assert [row[1] for row in rows] == [*(f"n{i}" for i in range(6)), "x", "x"]
    assert "2 lines that repeat the names left out" in said


def test_where_the_names_come_again_above_all_rows(load):
    _, rows, _ = load("name,town,pieces\na,b,1\nname,town,pieces\n" + "".join(f"n{i},t{i},{i}\n" for i in range(6)))
    assert [row[:2] for row in rows[:2]] == [(2, "a"), (4, "n0")] and len(rows) == 7


@pytest.mark.parametrize(
    ("first", "copied", "other", "read"),
    [
        (6, 6, 0, "once"),
        (6, 4, 0, "once"),
        (6, 3, 0, "all"),
        (6, 4, 1, "all"),
        (5, 3, 0, "once"),
        (4, 2, 0, "all"),
        (1, 1, 0, "once"),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_table_that_stands_there_twice_is_read_once(load, first, copied, other, read, gap):
    """More than half of the first rows come again below their names, in the same order, and nothing else does."""
    lines = [f"n{i},t{i},{i or ''}\n" for i in range(first)]
    content = "name,town,pieces\n" + "".join(lines) + gap + "name,town,pieces\n" + "".join(lines[:copied]) + "x,y,7\n" * other
    _, rows, said = load(content)
    assert len(rows) == (first if read == "once" else first + copied + other)
    assert ("the table appears in the file twice: read once" in said) is (read == "once")
    assert any("repeats the names left out" in sentence for sentence in said) is (read == "all")


def test_one_column_never_repeats_its_name(load):
    _, rows, _ = load("town\nBonn\ntown\nUlm\n")
    assert [row[1] for row in rows] == ["Bonn", "town", "Ulm"]


def test_the_largest_of_several_tables_is_read(load):
    other = "\nproduct,price,stock\n" + "".join(f"p{i},{i}.5,{i}\n" for i in range(9))
    header, rows, said = load(TABLE + other)
    assert header == ("product", "price", "stock") and rows[0] == (10, "p0", "0.5", "0") and len(rows) == 9
    assert said[-1] == "the largest of 2 tables in the file (not read: 6 rows from line 1 on, name, town, pieces …)"
    header, rows, said = load(other[1:] + "\n" + TABLE + "\nday,open,closed\n1,2,3\n4,5,6\n")
    assert header == ("product", "price", "stock") and len(rows) == 9
    assert said[-1] == (
        "the largest of 3 tables in the file (not read: 6 rows from line 12 on, name, town, pieces …; "
        "2 rows from line 20 on, day, open, closed …)"
    )


def test_a_wider_table_beside_the_largest_costs_no_cell(load):
    wide = "\nday,a,b,c,d\n1,2,3,4,5\n6,7,8,9,10\n"
    header, rows, _ = load(TABLE + wide)
    assert header == ("name", "town", "pieces") and rows[0] == (2, "n0", "t0", "0") and len(rows) == 6


@pytest.mark.parametrize(("above", "named"), [(2, False), (3, True)])
def test_a_table_among_the_lines_above_is_named(load, above, named):
    skipped = "day,open,closed,note\n" + "1,2,3,\n" * (above - 1)
    table = "".join(f"n{i},t{i},{i}\n" for i in range(6))
    (sentence,) = (s for s in load(f"only\n{skipped}{table}", skip=above + 1)[2] if "above the table" in s)
    first = ", another table among them (not read: day, open, closed …)" if named else ""
    assert sentence == f"{above + 1} lines above the table left out{first}, as you chose"


def test_a_table_may_be_so_wide(load, monkeypatch):
    with pytest.raises(DataError, match=r"shop\.csv has 1,001 columns; .* at most 1,000\. Leave out the columns"):
        load((",".join(["1"] * 1001) + "\n") * 2)
    monkeypatch.setattr(module, "MAX_COLUMNS", 3)
    assert len(load(TABLE)[0]) == 3
    with pytest.raises(DataError, match="has 4 columns"):
        load("a,b,c,d\n1,2,3,4\n")


@pytest.mark.parametrize(("width", "fits"), [(30, True), (31, False)])
def test_one_row_may_be_ten_times_as_wide(load, monkeypatch, width, fits):
    monkeypatch.setattr(module, "MAX_COLUMNS", 3)
    content = TABLE + ",".join("x" * width) + "\n" + "z,t,9\n" * 3
    if fits:
        assert len(load(content)[0]) == 30
    else:
        with pytest.raises(DataError, match=r"has 31 columns"):
            load(content)


def test_nothing_is_left_behind_but_the_rows(load, tmp_path):
    load(QUOTED + "\nx\n")
    load(QUOTED)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".csv" and path.name != "shop.csv"]
    assert all(path.stat().st_size for path in tmp_path.glob("*.parquet"))


def test_rows_as_written(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TABLE + "short\n\nday,open\n1,2\n3,4\n", encoding="utf-8")
    names, rows = read_text_table(path)
    assert names == ["name", "town", "pieces"] and rows[0] == ["n0", "t0", "0"]
    assert rows[6] == ["short"] and len(rows) == 7
    path.write_text(TABLE + TABLE.replace("n", "m", 1).replace("m", "n", 1) + "x,y,9\n", encoding="utf-8")
    assert len(read_text_table(path)[1]) == 13


def test_a_long_list_of_other_tables_is_cut_short(load):
    others = "".join(f"\nday {i},open,closed\n1,2,3\n5,6,7\n" for i in range(9))
    said = load(TABLE + others)[2][-1]
    assert said.startswith(
        "the largest of 10 tables in the file (not read: 2 rows from line 9 on, day 0, open, closed …; 2 rows"
    )
    assert len(said.partition("(not read: ")[2].removesuffix(")")) == 300


def test_titles_above_are_no_table(load):
    (sentence,) = (s for s in load("Sales\nof the\nyear\n" + TABLE)[2] if "above the table" in s)
    assert sentence == "3 lines above the table left out"


def test_two_names_that_come_again(load):
    _, rows, said = load("name,town\nAnn,Bonn\nBo,Ulm\nname,town\nCy,Kiel\n")
    assert [row[1] for row in rows] == ["Ann", "Bo", "Cy"] and "1 line that repeats the names left out" in said


def test_totals_at_the_end_are_set_apart(load):
    _, rows, said = load(TABLE + "Total,,15\n")
    assert len(rows) == 6 and said[-1] == "1 row at the end set apart as not being data (“Total”)"
