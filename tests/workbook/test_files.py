"""The files of a workspace: found, said to be gone, read as told; those of servers copied, with a server that only pretends."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segkit.decisions.data import FileChoice
from segkit.reading.sources import copies, servers
from segkit.words.errors import DataError, WorkbookError
from segkit.words.terms import FileKind, Step
from segkit.workbook.files import Files

SHOP, BARE = "postgresql://anna@db/shop", "postgresql://anna@db/bare"


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


@pytest.fixture
def asked(monkeypatch):
    """Stand in for a server with tables of three rows; it refuses the table "closed"."""
    asked = []

    def copy_table(address, table, password, target):
        asked.append((address.text, table, password))
        if table == "closed":
            raise DataError("It refuses.", "Ask for the right.")
        target.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table({"a": ["1"] * 3}), target)

    monkeypatch.setattr(servers, "copy_table", copy_table)
    monkeypatch.setattr(servers, "server_tables", lambda address, password: (address.name, password))
    monkeypatch.setattr(copies, "_PASSWORDS", {})
    return asked


def one(path, kind="orders"):
    return {"kind": kind, "path": path}


def put(files, *names):
    for name in names:
        files.keep_file(name, name.encode())


def held(files):
    return len([path for path in (files.workspace.folder / "copies").rglob("*") if path.is_file()])


def test_the_sample_has_its_files_and_those_of_the_later_period(files):
    assert all(path.exists() for paths in files.files().values() for path in paths)
    assert files.later_file().exists() and FileKind.ORDERS in files.files()


def test_own_files_by_kind_in_the_order_chosen(files, tmp_path):
    put(files, "b.csv", "a.csv", "c.csv")
    elsewhere = tmp_path / "else.csv"
    elsewhere.write_text("x")
    files.use_files([one("b.csv"), one("c.csv", "customers"), one("a.csv"), one(str(elsewhere), "survey")])
    data = files.workspace.folder / "data"
    assert files.files() == {
        FileKind.ORDERS: (data / "b.csv", data / "a.csv"),
        FileKind.CUSTOMERS: (data / "c.csv",),
        FileKind.SURVEY: (elsewhere,),
    }
    assert list(files.files()) == [FileKind.ORDERS, FileKind.CUSTOMERS, FileKind.SURVEY]
    assert files.later_file() is None
    (data / "a.csv").unlink()
    with pytest.raises(
        DataError, match=r"The file a\.csv is not there any more \(looked for it at .*data.a\.csv\)\. Put it back"
    ):
        files.files()


def test_a_later_file_of_ones_own(files):
    put(files, "later.csv")
    files.choose("review", later_file="later.csv")
    assert files.later_file() == files.workspace.folder / "data" / "later.csv"


def test_own_files_are_listed_by_name(files):
    put(files, "b.csv", "a.csv", ".hidden")
    (files.workspace.folder / "data" / "folder").mkdir()
    assert files.own_files() == ("a.csv", "b.csv")


def test_a_file_is_kept_once_and_never_replaced(files):
    assert files.keep_file("in/../mine.csv", b"a") == "mine.csv"
    assert files.keep_file("mine.csv", b"a") == files.keep_file("a copy.csv", b"a") == "mine.csv"
    assert files.own_files() == ("mine.csv",)
    assert files.keep_file("mine.csv", b"b") == "mine (2).csv", "nothing is overwritten, and nothing is refused"
    assert (files.workspace.folder / "data" / "mine.csv").read_bytes() == b"a"


def test_another_file_is_another_source(files):
    put(files, "a.csv", "b.csv")
    keys = [files.source_key()]
    for name in ("a.csv", "b.csv"):
        files.use_files([one(name)])
        keys.append(files.source_key())
    assert len(set(keys)) == 3
    columns = files.columns_key()
    files.choose("data", why="a reason")
    assert files.columns_key() == columns and files.source_key() == keys[-1]
    files.read_as("orders", skip=1)
    assert files.columns_key() != columns and files.source_key() == keys[-1]


def test_own_files_keep_the_questions_of_the_survey_and_nothing_else_about_reading(files):
    put(files, "a.csv")
    files.choose("data", why="sample", day_first=True, survey=["age"])
    files.use_files([one("a.csv")], as_of="2025-01-31")
    found = files.data_decision
    assert (found.why, found.day_first, found.survey, str(found.as_of), found.sample) == ("", None, ("age",), "2025-01-31", "")


def test_how_a_file_is_read_is_said_bit_by_bit_and_taken_back(files):
    put(files, "a.csv")
    files.use_files([one("a.csv"), one("a.csv", "customers")])
    files.read_as("orders", delimiter="semicolon")
    files.read_as(FileKind.CUSTOMERS, skip=2)
    files.read_as("orders", decimal=",")
    told = {reading.kind: reading for reading in files.data_decision.readings}
    assert (told[FileKind.ORDERS].delimiter, told[FileKind.ORDERS].decimal, told[FileKind.CUSTOMERS].skip) == (
        "semicolon",
        ",",
        2,
    )
    files.read_as("orders", delimiter="", decimal="")
    assert [reading.kind for reading in files.data_decision.readings] == [FileKind.CUSTOMERS]
    with pytest.raises(WorkbookError, match=r"no kind of file called “prices”\. Choose one of: orders, customers, survey"):
        files.read_as("prices", skip=1)


def test_tables_are_listed_of_one_file_that_can_hold_several(files):
    import duckdb

    path = files.workspace.folder / "data" / "shop.duckdb"
    with duckdb.connect(path) as base:
        base.execute("create table one (a int)")
        base.execute("create table two (a int)")
    put(files, "a.csv", "b.csv")
    files.use_files([one("shop.duckdb"), one("a.csv", "contacts"), one("b.csv", "contacts")])
    assert files.tables_in(FileKind.ORDERS) == ("one", "two")
    assert files.tables_in(FileKind.CONTACTS) == files.tables_in(FileKind.SURVEY) == ()


def test_a_database_on_a_server_is_copied_when_it_is_chosen(files, asked):
    files.use_files([one("postgresql://anna:secret@db/shop")], readings=[{"kind": "orders", "table": "sales"}])
    assert asked == [(SHOP, "sales", "secret")] and files.data_decision.files[0].path == SHOP
    (path,) = files.files()[FileKind.ORDERS]
    assert path.name == "shop on db" and len(asked) == 1 and held(files) == 1
    files.use_files([one(SHOP)], readings=[{"kind": "orders", "table": "sales"}])
    assert len(asked) == 1, "chosen before, not copied again"
    files.use_files([one(SHOP)])
    assert asked[-1] == (SHOP, "", "secret") and held(files) == 1, "another table, and the copy of the first is gone"
    files.use_files([one(BARE)])
    files.use_files([one(SHOP)])
    assert [text for text, *_ in asked] == [SHOP, SHOP, BARE, SHOP] and held(files) == 1


def test_a_choice_of_before_that_comes_back_is_copied_anew(files, asked):
    files.use_files([one(SHOP)])
    files.choose("review", later_file=SHOP)
    files.use_files([one(BARE)])
    assert held(files) == 2, "the later period still needs it"
    files.use_files([one(SHOP)])
    assert [text for text, *_ in asked] == [SHOP, BARE, SHOP]
    assert files.later_file() == files.files()[FileKind.ORDERS][0] and held(files) == 1


def test_a_server_that_refuses_changes_nothing(files, asked):
    put(files, "a.csv")
    files.use_files([one("a.csv")])
    before = files.data_decision
    with pytest.raises(DataError, match="It refuses"):
        files.use_files([one(SHOP)], readings=[{"kind": "orders", "table": "closed"}])
    assert files.data_decision == before
    files.use_files([one(SHOP)])
    with pytest.raises(DataError, match="It refuses"):
        files.read_as("orders", table="closed")
    assert files.data_decision.readings == ()
    files.read_as("orders", table="sales")
    assert asked[-1][1] == "sales" and held(files) == 1
    files.read_as("orders", decimal=",")
    assert asked[-1][1] == "sales" and len(asked) == 3, "who refused is not asked again by itself"


def test_each_kind_has_its_own_table(files, asked):
    tables = [{"kind": "customers", "table": "people"}, {"kind": "orders", "table": "sales"}]
    files.use_files([one(SHOP), one(SHOP, "customers"), one(SHOP, "survey")], readings=tables)
    assert [table for _, table, _ in asked] == ["sales", "people", ""] and len(set(files.files().values())) == 3


def test_tables_are_copied_again_on_request(files, asked):
    with pytest.raises(DataError, match=r"No database on a server is in use\. Connect to one and choose it first"):
        files.read_again()
    files.use_files([one(SHOP), one(SHOP, "customers")], readings=[{"kind": "customers", "table": "people"}])
    told, key = [], files.columns_key()
    files.watch("cell", told.append)
    assert files.read_again() == (3, 3) and len(asked) == 4 and told == [Step.DATA]
    assert files.columns_key() != key, "other rows may have come"


def test_a_password_typed_into_a_choice_is_kept_in_memory_only(files, asked):
    files.choose("data", sample="", files=[one("postgresql://anna:secret@db/shop"), FileChoice(kind="customers", path="c.csv")])
    files.choose("review", later_file="postgresql://anna:later@db/bare")
    assert copies._PASSWORDS == {SHOP: "secret", BARE: "later"}
    assert b"secret" not in (files.workspace.folder / "workbook.json").read_bytes()
    with pytest.raises(WorkbookError):
        files.choose("data", files=["postgresql://anna:x@db/shop"])
    with pytest.raises(WorkbookError):
        files.choose("review", later_file=7)
    assert files.connect("postgresql://anna@db/shop") == ("shop on db", "secret")
    assert files.connect(SHOP, "typed") == ("shop on db", "typed")
