"""From files to customers: which files are read, in which order, with which choices, and what is said meanwhile."""

import datetime as dt
import errno
from pathlib import Path

import duckdb
import pytest

from segkit.core.data.currencies import CurrencyChoice
from segkit.decisions.data import Rate, ReadingChoice, RoleChoice
from segkit.reading import load as module
from segkit.reading.load import inspect_files, load_customers, paths_of
from segkit.words.errors import DataError
from segkit.words.terms import CleaningRule, FileKind, Grain, Role


def test_one_path_or_several():
    assert paths_of("a.csv") == paths_of(Path("a.csv")) == (Path("a.csv"),)
    assert paths_of([Path("a.csv"), "b.csv"]) == (Path("a.csv"), Path("b.csv"))
    assert paths_of([]) == ()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")

    def put(name, text):
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    def orders(name, days):
        lines = [f"A{name}{i},C{i % 5},0{1 + i % 3}/{d:02}/2024,{i}.50,{'x' * (i % 3)}" for i, d in enumerate(days)]
        return put(name, "order_no,client,day,paid,note\n" + "\n".join(lines) + "\n")

    return {
        "orders": orders("one.csv", [4] * 24),
        "later": orders("two.csv", [5] * 24),
        "customers": put("who.csv", "client,born\n" + "".join(f"C{i},{1950 + i}\n" for i in range(5))),
        "contacts": put(
            "told.csv",
            "client,channel,day\n" + "".join(f"C{i % 5},{'web phone'.split()[i % 2]},2024-01-01\n" for i in range(20)),
        ),
    }


@pytest.fixture
def seen(monkeypatch):
    """Record with what files are known and put together, without doing it."""
    found = {"known": [], "assembled": None}

    def know(connection, kind, path, **how):
        found["known"].append((kind, path, how))
        return f"{kind.value} known"

    def put(known, later, **how):
        found["assembled"] = (known, later, how)
        return "assembled"

    monkeypatch.setattr(module, "know_file", know)
    monkeypatch.setattr(module, "assemble", put)
    monkeypatch.setattr(module, "lists_orders", lambda file: False)
    return found


def test_files_are_known_in_the_order_of_their_kinds_with_all_choices(seen):
    said = []
    roles = [RoleChoice(kind=FileKind.ORDERS, column="a", role=Role.DATE)]
    readings = [ReadingChoice(kind=FileKind.ORDERS, skip=1)]
    asked = {FileKind.CONTACTS: "d/c.csv", FileKind.ORDERS: [Path("d/a.csv"), Path("d/b.csv")], FileKind.SURVEY: Path("s.csv")}
    found = load_customers(
        asked, roles=roles, rules_off=[CleaningRule.RETURNED], rules_on=[CleaningRule.OUTLIER], as_of=dt.date(2024, 1, 1),
        day_first=False, readings=readings, currency="€", later=Path("d/l.csv"), later_as_of=dt.date(2024, 2, 1),
        progress=said.append, counting="JPY", rates=[Rate(currency="USD", worth=0.92)], rates_on=dt.date(2024, 1, 31),
    )  # fmt: skip
    assert found == "assembled"
    assert said == ["Reading a.csv, b.csv", "Reading s.csv", "Reading c.csv", "Reading l.csv"]
    assert [(kind, path, how["name"]) for kind, path, how in seen["known"]] == [
        (FileKind.ORDERS, (Path("d/a.csv"), Path("d/b.csv")), "orders_raw"),
        (FileKind.SURVEY, (Path("s.csv"),), "survey_raw"),
        (FileKind.CONTACTS, (Path("d/c.csv"),), "contacts_raw"),
        (FileKind.ORDERS, (Path("d/l.csv"),), "later_raw"),
    ]
    for _, _, how in seen["known"]:
        assert (how["choices"], how["day_first"], how["readings"]) == (roles, False, readings)
    known, later, how = seen["assembled"]
    assert known == {kind: f"{kind.value} known" for kind in (FileKind.ORDERS, FileKind.SURVEY, FileKind.CONTACTS)}
    assert later == "orders known"
    assert how["folder"] == seen["known"][0][2]["folder"] and not how["folder"].exists()
    assert (how["rules_off"], how["rules_on"]) == ([CleaningRule.RETURNED], [CleaningRule.OUTLIER])
    assert how["currency"] == CurrencyChoice("€", "JPY", (("USD", 0.92),), dt.date(2024, 1, 31))
    assert (how["as_of"], how["later_as_of"]) == (dt.date(2024, 1, 1), dt.date(2024, 2, 1))


@pytest.mark.parametrize("kind", [FileKind.ORDERS, FileKind.CUSTOMERS, FileKind.SURVEY])
def test_each_main_kind_of_file_is_enough(seen, kind):
    assert load_customers({kind: Path("a.csv")}) == "assembled"
    assert seen["assembled"][1] is None


@pytest.mark.parametrize("files", [{}, {FileKind.CONTACTS: Path("a.csv")}])
@pytest.mark.parametrize("read", [load_customers, inspect_files])
def test_contacts_alone_are_no_customers(seen, files, read):
    with pytest.raises(DataError) as error:
        read(files)
    assert error.value.what == "No file of orders or customers is chosen."


def test_customers_come_out_of_files(files):
    said = []
    asked = {FileKind(kind): files[kind] for kind in ("orders", "customers", "contacts")}
    roles = [RoleChoice(kind=FileKind.ORDERS, column="note", role=Role.IGNORE)]
    data = load_customers(asked, roles=roles, day_first=True, currency="€", later=files["later"], progress=said.append)
    assert list(data.customers.index) == [f"C{i}" for i in range(5)] and data.currency == "€"
    # three days, as the file of April has, that end with the last one of May's
    assert (data.first_date, data.last_date, data.as_of) == (dt.date(2024, 5, 1), dt.date(2024, 5, 3), dt.date(2024, 5, 4))
    assert [r.file_name for r in data.readings] == ["one.csv", "who.csv", "told.csv", "two.csv"]
    assert said[-1] == "Setting rows aside by rule and counting customers" and len(said) == 9  # each of four files, twice


def test_inspecting_tells_how_files_are_read_and_what_columns_are_taken_for(files):
    found = inspect_files({FileKind.ORDERS: files["orders"]}, day_first=False)
    ((kind, (reading, roles, summaries)),) = found.items()
    assert (kind, reading.rows, reading.file_name) == (FileKind.ORDERS, 24, "one.csv")
    assert [r.role for r in roles[:4]] == [Role.ORDER, Role.CUSTOMER, Role.DATE, Role.AMOUNT]
    assert [s.name for s in summaries] == ["order_no", "client", "day", "paid", "note"] and summaries[3].total == 288
    choice = RoleChoice(kind=FileKind.ORDERS, column="note", role=Role.CATEGORY)
    skipped = ReadingChoice(kind=FileKind.ORDERS, skip=1, header=False)
    assert inspect_files({FileKind.ORDERS: files["orders"]}, [choice])[FileKind.ORDERS][1][4].by_person
    assert inspect_files({FileKind.ORDERS: files["orders"]}, readings=[skipped])[FileKind.ORDERS][2][0].name == "Column 1"


# The engine.


def test_the_engine_spills_into_its_folder_and_is_silent():
    told = {}

    def look(connection, folder):
        told["folder"] = folder
        names = ("enable_progress_bar", "temp_directory", "memory_limit")
        return [
            connection.execute("select value from duckdb_settings() where name = ?", [name]).fetchone()[0] for name in names
        ]

    bar, spill, memory = module.with_engine(look)
    assert bar == "false" and spill == str(told["folder"] / "spill") and memory.startswith("381.4")  # 400 MB
    assert not told["folder"].exists() and told["folder"].name.startswith("segkit-")


def given(error_of):
    """Return the memories that were given until it worked or was given up, and what came of it."""
    tries = []

    def work(connection, folder):
        tries.append(connection.execute("select current_setting('memory_limit')").fetchone()[0])
        connections.append(connection)
        if error := error_of(len(tries)):
            raise error
        return "done"

    connections = []
    try:
        outcome = module.with_engine(work)
    except DataError as error:
        outcome = error.what
    for connection in connections:  # all closed
        with pytest.raises(duckdb.ConnectionException):
            connection.execute("select 1")
    return len(tries), outcome


FULL = "The files are too large for the memory and the free disk space of this machine."


def test_what_takes_more_memory_gets_it_once():
    lack = duckdb.OutOfMemoryException("none")
    assert given(lambda n: None) == (1, "done")
    assert given(lambda n: lack if n == 1 else None) == (2, "done")
    assert given(lambda n: lack) == (2, FULL)


@pytest.mark.parametrize("error", [duckdb.IOException("full"), OSError(errno.ENOSPC, "full")])
def test_a_full_disk_is_not_tried_twice(error):
    assert given(lambda n: error) == (1, FULL)


def test_other_errors_of_the_system_are_not_taken_for_a_full_disk():
    with pytest.raises(PermissionError):
        given(lambda n: PermissionError(errno.EACCES, "no"))


def test_the_main_file_is_that_of_orders(files):
    data = load_customers({FileKind.CUSTOMERS: files["customers"], FileKind.ORDERS: files["orders"]})
    assert data.grain is not Grain.CUSTOMER and data.currency == ""
