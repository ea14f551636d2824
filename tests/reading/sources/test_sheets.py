"""Spreadsheets: which sheet and which of its tables is read, and how its cells come as text."""

import datetime as dt
import zipfile

import pytest
from python_calamine import PasswordError

from segkit.decisions.data import ReadingChoice
from segkit.reading.sources import sheet_bounds
from segkit.reading.sources import sheets as module
from segkit.reading.sources.sheets import Sheet, _table_of, cell_text, is_workbook, read_sheet, sheet_names
from segkit.words.errors import DataError
from tests.reading.messy import workbook


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "TRUE"), (False, "FALSE"), (5.0, "5"), (-3.0, "-3"), (5.25, "5.25"), (0.1, "0.1"), (7, "7"),
        (" x ", "x"), ("", ""),
        (999999999999999.0, "999999999999999"), (1e15, "1000000000000000.0"), (-1e15, "-1000000000000000.0"),
        (dt.datetime(2024, 2, 29), "2024-02-29"), (dt.datetime(2024, 2, 29, 10, 5), "2024-02-29 10:05:00"),
        (dt.datetime(2024, 2, 29, 0, 0, 1), "2024-02-29 00:00:01"),
        (dt.date(2024, 2, 29), "2024-02-29"), (dt.time(10, 5), "10:05:00"),
    ],
)  # fmt: skip
def test_a_cell_as_text(cell, text):
    assert cell_text(cell) == text


def choice(**told):
    return ReadingChoice(kind="orders", **told)


NAMES = ["name", "town", "spent"]
BODY = [[f"n{i}", f"t{i}", i + 0.5] for i in range(4)]
TEXTS = [[f"n{i}", f"t{i}", f"{i}.5"] for i in range(4)]


def test_a_plain_table_of_a_sheet():
    sheet = _table_of("Sheet", [NAMES, *BODY], None)
    assert (sheet.names, sheet.rows, sheet.said) == ([NAMES], list(enumerate(TEXTS, 1)), ())
    assert sheet.width == 3 and sheet.weight == 12


def test_blank_rows_are_no_rows_and_rows_know_their_place():
    sheet = _table_of("Sheet", [["", "", ""], NAMES, *BODY[:2], ["", " ", ""], *BODY[2:]], None)
    assert [at for at, _ in sheet.rows] == [2, 3, 5, 6] and [row for _, row in sheet.rows] == TEXTS
    assert sheet.said == ()
    empty = _table_of("Sheet", [["", ""]], None)
    assert (empty.rows, empty.width, empty.weight, empty.said) == ([], 0, 0, ())


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ([["Sales", "", ""]], "1 row above the table left out"),
        ([["Sales", "", ""], ["of the till", "", ""], ["", "", ""]], "3 rows above the table left out"),
    ],
)
def test_titles_above_are_left_out(above, said):
    sheet = _table_of("Sheet", [*above, NAMES, *BODY], None)
    assert (sheet.names, [row for _, row in sheet.rows], sheet.said) == ([NAMES], TEXTS, (said,))


def test_a_title_of_two_cells_that_a_blank_row_sets_apart():
    wide = [["a", "b", "c", "d"], *([f"n{i}", "x", i, i] for i in range(4))]
    apart = _table_of("Sheet", [["Shop", "Mainz", "", ""], ["", "", "", ""], *wide], None)
    assert apart.names == [["a", "b", "c", "d"]] and apart.said == ("2 rows above the table left out",)
    close = _table_of("Sheet", [["Shop", "Mainz", "", ""], *wide], None)
    assert close.said == ("1 row above the table left out",), "the names are the words over the columns of numbers"


def test_a_person_tells_what_stands_above_and_whether_there_are_names():
    cells = [["x", "y", "z"], *[NAMES], *BODY]
    sheet = _table_of("Sheet", cells, choice(skip=1))
    assert sheet.names == [NAMES] and sheet.rows[0] == (2, TEXTS[0])
    assert sheet.said == ("1 row above the table left out, as you chose",)
    titled = [["Sales", "", ""], NAMES, *BODY]
    assert _table_of("Sheet", titled, choice(skip=0)).names == [["Sales", "", ""]], "as told, a title or not"
    sheet = _table_of("Sheet", [NAMES, *BODY], choice(header=False))
    assert sheet.names == [] and sheet.rows[0] == (0, NAMES) and sheet.said == ("no row with column names, as you chose",)
    sheet = _table_of("Sheet", BODY, choice(header=True))
    assert sheet.names == [TEXTS[0]] and sheet.said == ("column names in the first row, as you chose",)
    assert _table_of("Sheet", BODY, None).names == []


def test_the_largest_of_several_tables_in_a_sheet():
    second = [["", "", ""], ["day", "open", "closed"], *([i, i, i] for i in range(6))]
    sheet = _table_of("Sheet", [NAMES, *BODY, *second], None)
    assert sheet.names == [["day", "open", "closed"]] and sheet.rows[0] == (7, ["0", "0", "0"]) and len(sheet.rows) == 6
    assert sheet.said == ("the largest of 2 tables in the sheet (not read: 4 rows from row 1 on)",)
    sheet = _table_of("Sheet", [*second[1:], ["", "", ""], NAMES, *BODY], None)
    assert len(sheet.rows) == 6 and sheet.said == ("the largest of 2 tables in the sheet (not read: 4 rows from row 9 on)",)


def test_names_that_come_again_below_are_no_row():
    sheet = _table_of("Sheet", [NAMES, *BODY, NAMES, ["x", "y", 9.5]], None)
    assert [row for _, row in sheet.rows] == [*TEXTS, ["x", "y", "9.5"]] and sheet.names == [NAMES]


def test_names_in_two_rows_stay_two():
    sheet = _table_of("Sheet", [["name", "sold", "paid"], ["", "pieces", "euro"], *([f"n{i}", i, i] for i in range(6))], None)
    assert len(sheet.names) == 2 and len(sheet.rows) == 6


@pytest.mark.parametrize(
    ("names", "rows", "width", "weight"),
    [
        ([["a", "b"]], [["1", "2", ""]], 2, 2),
        ([], [["1", "2"]], 2, 1),
        ([["a"]], [["1", "2"], ["1", ""]], 2, 4),
        ([["a"] * 12], [["1"] * 12] * 2, 12, 24),
        ([["a"] * 13], [["1"] * 13] * 2, 13, 24),
        ([["a", "", "c"]], [["1", "", ""]], 3, 3),
        ([], [], 0, 0),
    ],
)
def test_how_much_a_sheet_looks_like_a_table(names, rows, width, weight):
    """Rows × columns, of which twelve count at most; half of that without names."""
    sheet = Sheet("x", names, list(enumerate(rows)), ())
    assert (sheet.width, sheet.weight) == (width, weight)


@pytest.fixture
def book(tmp_path):
    def made(sheets, name="shop.xlsx"):
        path = tmp_path / name
        path.write_bytes(workbook(sheets))
        return path

    return made


SMALL, LARGE = [["c", "d"], ["x", 1]], [["a", "b"], *(["x", i] for i in range(3))]


def test_the_only_sheet(book):
    sheet = read_sheet(book({"Orders": LARGE, "Empty": []}))
    assert (sheet.name, sheet.said, len(sheet.rows)) == ("Orders", ("a spreadsheet",), 3)


def test_the_sheet_that_looks_most_like_a_table_or_the_one_chosen(book):
    path = book({"Few": SMALL, "Orders": LARGE, "Empty": []})
    assert sheet_names(path) == ("Few", "Orders", "Empty")
    sheet = read_sheet(path)
    assert sheet.said == ("sheet “Orders”, which looks most like a table of 2 (not read: “Few”)",) and sheet.name == "Orders"
    sheet = read_sheet(path, choice(table="Few"))
    assert sheet.said == ("sheet “Few”, as you chose (not read: “Orders”)",) and len(sheet.rows) == 1
    with pytest.raises(DataError, match=r"mine has no filled sheet “Empty”; it has “Few”, “Orders”\. Choose one"):
        read_sheet(path, choice(table="Empty"), "mine")
    assert read_sheet(path, choice(skip=1)).said[1] == "1 row above the table left out, as you chose"


def test_a_workbook_without_cells_and_one_that_is_damaged(book, tmp_path):
    with pytest.raises(DataError, match=r"shop\.xlsx: no sheet holds any cells\. Choose the file"):
        read_sheet(book({"Empty": []}))
    path = tmp_path / "broken.xlsx"
    for content in (b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + b"x" * 600):
        path.write_bytes(content)
        assert sheet_names(path) == ()
        with pytest.raises(DataError, match=r"^broken\.xlsx cannot .* is damaged or .*password\. Open it, save"):
            read_sheet(path)


def test_a_workbook_with_a_password(book, monkeypatch):
    def locked(_):
        raise PasswordError("locked")

    path = book({"Orders": LARGE})
    monkeypatch.setattr(module.CalamineWorkbook, "from_path", locked)
    with pytest.raises(DataError, match=r"^mine is protected by a password\. Open it, save it without a password"):
        read_sheet(path, None, "mine")
    assert sheet_names(path) == ()


@pytest.mark.parametrize(("limit", "fits"), [(0, True), (-1, False)])
def test_a_workbook_may_unpack_to_so_much(book, monkeypatch, limit, fits):
    path = book({"Orders": LARGE})
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    monkeypatch.setattr(sheet_bounds, "LARGEST", size + limit)
    if fits:
        assert read_sheet(path).name == "Orders"
    else:
        with pytest.raises(DataError, match=r"shop\.xlsx unpacks to more than 0 MB, far more than a table needs\. Open it"):
            read_sheet(path)


def test_two_gigabytes_are_more_than_any_sheet_has(book, monkeypatch):
    path = book({"Orders": LARGE})
    entries = [type("Entry", (), {"file_size": 2**30, "filename": "x"})] * 2
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: entries)
    assert sheet_bounds.looked_through(path, "x") == []
    entries.append(type("Entry", (), {"file_size": 1, "filename": "x"}))
    with pytest.raises(DataError, match="more than 2048 MB"):
        sheet_bounds.looked_through(path, "x")


def test_formulas_that_give_an_error_are_counted(book):
    path = book({"Orders": [["a", "b"], ["x", "#N/A"], ["y", 2], ["z", "#REF!"], ["w", "#N/A"]]})
    assert read_sheet(path).said[-1] == "3 formulas with an error (#N/A, #REF!) read as empty"
    one = book({"Orders": [["a", "b"], ["x", "#N/A"], ["y", 2]]})
    assert read_sheet(one).said[-1] == "1 formula with an error (#N/A) read as empty"
    assert read_sheet(book({"Orders": LARGE})).said == ("a spreadsheet",)


ERROR = '<c r="A1" t="e"><f>A1</f><v>#N/A</v></c>'


@pytest.mark.parametrize("shift", [0, 1, 3, 20, len(ERROR) - 1, len(ERROR), len(ERROR) + 1])
def test_an_error_that_lies_across_two_pieces_is_counted_once(tmp_path, shift):
    path = tmp_path / "long.xlsx"
    plain = '<c r="A1"><v>1</v></c>'
    before = plain * ((1 << 20) // len(plain))
    filled = before[: (1 << 20) - len(plain) * 9] + " " * (len(plain) * 9 - shift)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", filled + ERROR + plain + ERROR)
        archive.writestr("xl/other.xml", ERROR)
        archive.writestr("xl/worksheets/sheet1.rels", ERROR)
    assert sheet_bounds.looked_through(path, "x") == ["2 formulas with an error (#N/A) read as empty"]


def test_a_long_piece_without_any_cell_is_passed_on(tmp_path):
    path = tmp_path / "long.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<x/>" * (1 << 18) + ERROR)
    assert sheet_bounds.looked_through(path, "x") == ["1 formula with an error (#N/A) read as empty"]
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    assert sheet_bounds.looked_through(path, "x") == []


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 9, True),
        ("a.csv", b"\xd0\xcf\x11\xe0" + b"x" * 9, True),
        ("a.xlsx", b"PK\x03\x04broken", True),
        ("a.ODS", b"PK\x03\x04broken", True),
        ("a.zip", b"PK\x03\x04broken", False),
        ("a.xlsx", b"a,b\n", False),
    ],
)
def test_a_workbook_is_known_by_its_content(tmp_path, name, content, outcome):
    (tmp_path / name).write_bytes(content)
    assert is_workbook(tmp_path / name) is outcome


@pytest.mark.parametrize(
    ("inside", "outcome"), [("xl/workbook.xml", True), ("xl/workbook.bin", True), ("content.xml", True), ("orders.csv", False)]
)
def test_a_workbook_under_another_name_is_known_by_what_lies_in_it(tmp_path, inside, outcome):
    path = tmp_path / "download"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.xml", "x")
        archive.writestr(inside, "x")
    assert is_workbook(path) is outcome


def test_a_long_list_of_other_tables_is_cut_short():
    more = [row for i in range(20) for row in (["", "", ""], [f"day {i}", "open", "closed"], [1, 2, 3], [4, 5, 6])]
    (said,) = _table_of("Sheet", [NAMES, *BODY, *more], None).said
    assert said.startswith("the largest of 21 tables in the sheet (not read: 2 rows from row 7 on; 2 rows from row 11 on")
    assert len(said.partition("(not read: ")[2].removesuffix(")")) == 300
