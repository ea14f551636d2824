"""Any text file as a table: the messy ones that exist, any table in any dialect, and any bytes at all."""

import csv
import io
import json
import string

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from segkit.reading import read_text_table
from segkit.words.errors import DataError
from tests.conftest import REAL

MESSY = REAL / "messy"
SPECTRUM = sorted((MESSY / "csv-spectrum" / "csvs").glob("*.csv"))
OTHERS = sorted(path for path in MESSY.rglob("*") if path.is_file() and "csv-spectrum" not in path.parts)


def table(tmp_path, content, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_text_table(path)


@pytest.mark.skipif(
    not SPECTRUM, reason="real data are not here: messy/csv-spectrum (looked in ../shared/real beside the project)"
)
@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.stem)
def test_csv_spectrum_cell_by_cell(path):
    truth = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
    truth = [truth] if isinstance(truth, dict) else truth
    header, rows = read_text_table(path)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    if path.stem == "location_coordinates":  # its JSON holds another telephone number than its CSV
        assert [row.pop("Contact Phone Number") for row in (*found, *truth)] == ["2095257564", "1234567890"]
    assert found == [{key: value.replace("\r\n", "\n") for key, value in row.items()} for row in truth]


@pytest.mark.skipif(not OTHERS, reason="real data are not here: messy (looked in ../shared/real beside the project)")
@pytest.mark.parametrize(
    ("name", "header", "rows"),
    [
        ("bom.csv", ["id", "name"], 2),
        ("latin1.csv", ["id", "name"], 2),
        ("table.tsv", ["id", "name"], 3),
        ("delimiter.csv", ["id", "name"], 2),
        ("doublequote.csv", None, 5),
        ("wide.csv", None, 3),
        ("table-10x10k.csv", None, 9_999),
        ("skip-rows-before-headers.csv", ["id", "name"], 2),
        ("matrix-with-comment.csv", ["f1", "f2", "f3", "f4"], 4),
        ("without-headers.csv", ["Column 1", "Column 2"], 3),
        ("without-rows.csv", ["id", "name"], 0),
        ("Таблица.csv", ["id", "name"], 2),
    ],
)
def test_shapes_of_messy_files(name, header, rows):
    found, body = read_text_table(MESSY / "frictionless" / name)
    assert len(body) == rows
    assert header is None or found == header


BASE = [["name", "town", "spent"], *([f"n{i}", f"t {i}", f"{i}.50"] for i in range(12))]


def written(rows, end="\n", **options):
    out = io.StringIO()
    csv.writer(out, lineterminator=end, **options).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
def test_delimiters_line_ends_and_encodings(tmp_path, end, delimiter, encoding):
    rows = [*BASE, ["é", "Zürich", "1.00"]]
    assert table(tmp_path, written(rows, end, delimiter=delimiter).encode(encoding)) == (rows[0], rows[1:])


def test_dos_text(tmp_path):
    rows = [*BASE, ["Müller", "Düsseldorf", "1.00"], ["Löhr", "Köln", "2.00"]]
    assert table(tmp_path, written(rows).encode("cp437")) == (rows[0], rows[1:])


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('x,stray " quote,1', ["x", 'stray " quote', "1"]),
        ('x,"not "escaped" inside",1', ["x", 'not "escaped" inside', "1"]),
        ('"x"",town,1', ['x"', "town", "1"]),
        ('x,"never closed,1', ["x", '"never closed', "1"]),
        ('x,"with, comma",1', ["x", "with, comma", "1"]),
        ('x,"two\nlines",1', ["x", "two\nlines", "1"]),
        ('x,"said ""yes""",1', ["x", 'said "yes"', "1"]),
        ("x;town;1", ["x", "town", "1"]),
        ("x,town", ["x", "town"]),
        ("x,town,1,more", ["x", "town", "1", "more"]),
        ('"x" , "town" , "1"', ["x", "town", "1"]),
    ],
)
def test_one_bad_row_stays_one_row(tmp_path, text, row):
    lines = written(BASE).splitlines()
    header, rows = table(tmp_path, "\n".join([*lines[:6], text, *lines[6:]]) + "\n")
    if text.startswith('"x" ,'):
        rows = [[cell.strip(' "') for cell in cells] for cells in rows]
    assert (header, rows) == (BASE[0], [*BASE[1:6], row, *BASE[6:]])


def test_apostrophes_as_quotes(tmp_path):
    rows = [[cell + ", or so" for cell in row] for row in BASE]
    assert table(tmp_path, written(rows, quotechar="'")) == (rows[0], rows[1:])


def test_backslash_escapes(tmp_path):
    rows = [["a", "b"], *([f'the "{i}", said', str(i)] for i in range(9))]
    text = written(rows, doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL)
    assert table(tmp_path, text) == (rows[0], rows[1:])


def test_comma_and_blank(tmp_path):
    text = "\n".join(", ".join(f'"{cell}"' for cell in row) for row in BASE)
    assert table(tmp_path, text) == (BASE[0], BASE[1:])


def test_titles_above_the_table_are_left_out(tmp_path):
    assert table(tmp_path, "Sales of the year\nprinted by the till\n\n" + written(BASE)) == (BASE[0], BASE[1:])


def test_blank_lines_are_no_rows(tmp_path):
    assert table(tmp_path, "\n" + written(BASE).replace("n3", "\n\nn3") + "\n\n") == (BASE[0], BASE[1:])


def test_one_column(tmp_path):
    assert table(tmp_path, "town\nBonn\nBad Ems\n") == (["town"], [["Bonn"], ["Bad Ems"]])


def test_a_web_page_is_no_table(tmp_path):
    with pytest.raises(DataError) as error:
        table(tmp_path, "<!DOCTYPE html><html></html>")
    assert str(error.value) == (
        "table.csv is a web page or an XML document, not a table. Save the table as CSV or Excel and choose that file."
    )


CELL = st.text(string.ascii_letters + string.digits + " ,;\"'\n.-äß€", max_size=12)
DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "quoting": st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(2, 6).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=4, max_size=9)),
    DIALECTS,
)
def test_any_table_with_quoted_texts_comes_back(tmp_path, rows, dialect):
    header = [f"name {i}" for i in range(len(rows[0]))]
    assume(all(any(cell.strip() for cell in row) for row in rows))
    out = io.StringIO()
    csv.writer(out, **dialect).writerows([header, *rows])
    path = tmp_path / "any.csv"
    path.write_bytes(out.getvalue().encode())
    assert read_text_table(path) == (header, rows)


WORD = st.text("abcdefghijkäöéß", min_size=1, max_size=8)
FULL_DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "quotechar": st.sampled_from(['"', "'"]),
        "lineterminator": st.sampled_from(["\n", "\r\n", "\r"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    }
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(WORD, WORD, st.integers(0, 10**6), st.dates()), min_size=8, max_size=20),
    FULL_DIALECTS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    st.sampled_from(["", "Sales of the year", "# made by the till"]),
    st.booleans(),
)
def test_any_table_of_a_shop_comes_back_from_any_dialect(tmp_path, rows, dialect, encoding, title, named):
    cells = [[who, f"{what}, large", f"{pieces}", day.isoformat()] for who, what, pieces, day in rows]
    header = ["who", "what", "pieces", "day"]
    out = io.StringIO()
    csv.writer(out, **dialect).writerows([header, *cells] if named else cells)
    end = dialect["lineterminator"]
    path = tmp_path / "any.csv"
    path.write_bytes((title + end * 2 * bool(title) + out.getvalue()).encode(encoding))
    assert read_text_table(path) == (header if named else [f"Column {i}" for i in range(1, 5)], cells)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=200).map(str.encode), st.text("\",;\n\t \\'a1", max_size=80).map(str.encode)
    )
)
@example(b"\x1c")
def test_no_bytes_break_the_reader(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        header, rows = read_text_table(path)
    except DataError as error:
        assert error.what and error.remedy
    else:
        assert all(isinstance(cell, str) for row in (header, *rows) for cell in row)
