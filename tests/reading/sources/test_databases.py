"""Database files: which table looks like orders or customers, and how its cells come as text."""

import sqlite3
from contextlib import closing

import duckdb
import pytest

from segkit.decisions.data import ReadingChoice
from segkit.reading.sources import databases as module
from segkit.reading.sources.databases import Table, database_tables, is_database, load_database, pick
from segkit.words.errors import DataError


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as made:
        made.execute("set threads = 1")
        yield made


@pytest.fixture
def load(connection, tmp_path):
    def made(path, **choice):
        told = ReadingChoice(kind="orders", **choice) if choice else None
        table = load_database(connection, path, "t", tmp_path, told, "shop.db")
        assert (table.name, table.file_name) == ("t", "shop.db")
        rows = connection.execute("select * exclude (place) from t order by place").fetchall()
        assert table.rows == len(rows)
        return table, rows

    return made


@pytest.fixture
def sqlite(tmp_path):
    def made(*queries, name="shop.db"):
        path = tmp_path / name
        with closing(sqlite3.connect(path)) as base, base:
            for query in queries:
                base.execute(query)
        return path

    return made


@pytest.fixture
def duck(tmp_path):
    def made(*queries):
        path = tmp_path / "shop.duckdb"
        with duckdb.connect(path) as base:
            for query in queries:
                base.execute(query)
        return path

    return made


SHOP = (
    "create table orders (customer_id text, day date, total real)",
    "insert into orders values ('01', '2024-01-02', 5.0), ('', null, 7.25)",
    "create table log (a int, b int)",
    "insert into log values (1, 2), (3, 4), (5, 6)",
    "create view big as select * from orders where total > 6",
)


def test_a_kind_is_told_by_the_first_bytes(sqlite, duck, tmp_path):
    assert is_database(sqlite(*SHOP)) == "SQLite" and is_database(duck(*SHOP)) == "DuckDB"
    (tmp_path / "x").write_bytes(b"SQLite format 3")
    assert is_database(tmp_path / "x") == ""
    (tmp_path / "x").write_bytes(b"12345678DUCK")
    assert is_database(tmp_path / "x") == "DuckDB"
    (tmp_path / "x").write_bytes(b"1234567DUCK8")
    assert is_database(tmp_path / "x") == ""


def test_tables_and_views_by_name(sqlite, duck, tmp_path):
    assert database_tables(sqlite(*SHOP)) == ("log", "orders")
    path = duck(*SHOP, "create schema web", "create table web.orders (a int)")
    assert database_tables(path) == ("log", "orders", "web.orders")
    (tmp_path / "x.db").write_bytes(b"SQLite format 3\0" + b"x" * 2000)
    assert database_tables(tmp_path / "x.db") == ()
    (tmp_path / "x.db").write_bytes(b"12345678DUCK")
    assert database_tables(tmp_path / "x.db") == ()


@pytest.mark.parametrize("kind", ["SQLite", "DuckDB"])
def test_the_table_of_orders_is_read_as_text(sqlite, duck, load, kind):
    table, rows = load(sqlite(*SHOP) if kind == "SQLite" else duck(*SHOP))
    assert table.header == ("customer_id", "day", "total") and table.decimal == ""
    assert rows == [(1, "01", "2024-01-02", "5" if kind == "SQLite" else "5.0"), (2, None, None, "7.25")]
    assert table.decisions == (
        f"a {kind} database",
        "table “orders”, which looks most like orders or customers of 3 (not read: “log”, the view “big”)",
    )
    table, rows = load(sqlite(*SHOP, name="b.db") if kind == "SQLite" else duck(), table="log", decimal=",")
    assert rows == [(1, "1", "2"), (2, "3", "4"), (3, "5", "6")] and table.decimal == ","
    assert table.decisions[1] == "table “log”, as you chose (not read: “orders”, the view “big”)"


def test_a_table_in_another_schema(duck, load):
    path = duck("create schema web", "create table web.orders (customer int)", "insert into web.orders values (7)")
    table, rows = load(path)
    assert rows == [(1, "7")] and table.decisions[1] == "table “web.orders”"


def test_strange_cells_and_names(sqlite, load):
    path = sqlite(
        'create table "my ""orders""" ("a b", a, "", "a b ")',
        "insert into \"my \"\"orders\"\"\" values (x'4bc3a4', x'', ' x ', 1.5), (cast(x'ff41' as text), 1e3, 2, null)",
    )
    table, rows = load(path)
    assert rows == [(1, "Kä", None, "x", "1.5"), (2, "\ufffdA", "1000", "2", None)]
    assert table.header == ("a b", "a", "Column 3", "a b (2)")


def test_rows_in_batches_stay_in_order(sqlite, load, monkeypatch):
    monkeypatch.setattr(module, "_BATCH", 2)
    path = sqlite("create table orders (a)", *(f"insert into orders values ({i})" for i in range(5)))
    assert load(path)[1] == [(i + 1, str(i)) for i in range(5)]


def test_nothing_is_left_open_in_the_engine(sqlite, duck, load, connection):
    load(sqlite(*SHOP))
    load(duck(*SHOP))
    with pytest.raises(DataError):
        load(duck(), table="none")
    assert connection.execute("select count(*) from duckdb_databases() where not internal").fetchone() == (1,)
    assert connection.execute("select count(*) from duckdb_tables()").fetchone() == (0,)


def test_a_database_of_damage_and_one_that_is_held(load, tmp_path, monkeypatch):
    path = tmp_path / "x.db"
    for head, kind in ((b"SQLite format 3\0", "SQLite"), (b"12345678DUCK", "DuckDB")):
        path.write_bytes(head + b"x" * 2000)
        with pytest.raises(DataError, match=rf"shop\.db cannot be read as a {kind} database: it is damaged or protected"):
            load(path)

    def fails(text):
        def read(*_):
            raise sqlite3.OperationalError(text)

        return read

    path.write_bytes(b"SQLite format 3\0")
    monkeypatch.setattr(module, "_from_sqlite", fails("database is Locked"))
    with pytest.raises(DataError, match=r"another program has it open\. Close it in other programs"):
        load(path)
    monkeypatch.setattr(module, "_from_sqlite", fails("Out of memory"))
    with pytest.raises(sqlite3.OperationalError):
        load(path)


@pytest.mark.parametrize(
    ("name", "columns", "rows", "weight"),
    [
        ("x", ("a",), 5, (0, 5)),
        ("x", ("a",), 0, (-1, 0)),
        ("orders", ("customer_id", "order_date", "total"), 0, (-1, 0)),
        ("x", ("order_no",), 5, (1, 5)),
        ("x", ("Order_No", "KUNDE", "Datum", "Betrag"), 5, (4, 5)),
        ("Orders", ("a",), 1, (1, 1)),
        ("customers", ("a",), 5, (1, 5)),
        ("customer_orders", ("a",), 5, (1, 5)),
        ("dates", ("a",), 5, (0, 5)),
        ("orders", ("order_id", "client", "created", "price"), 9, (5, 9)),
        ("x", ("data", "ordine"), 2, (2, 2)),
        ("x", ("datax",), 2, (0, 2)),
        ("x", ("sent_at", "a"), 2, (1, 2)),
    ],
)
def test_how_much_a_table_looks_like_orders_or_customers(name, columns, rows, weight):
    """One point for each kind of telling column, one for a telling name; tables without rows come last of all."""
    assert Table(name, columns, rows).weight == weight


ORDERS, LOG, EMPTY = Table("orders", ("a",), 1), Table("log", ("a",), 99), Table("customers", ("customer", "date"), 0)


@pytest.mark.parametrize(
    ("tables", "wanted", "names", "taken", "said"),
    [
        ([LOG, ORDERS, EMPTY], "", (), "orders",
         "table “orders”, which looks most like orders or customers of 3 (not read: “log”, “customers”)"),
        ([LOG, ORDERS], "log", (), "log", "table “log”, as you chose (not read: “orders”)"),
        ([ORDERS], "", (), "orders", "table “orders”"),
        ([ORDERS], "orders", ("log", "orders"), "orders", "table “orders”, as you chose (not read: “log”)"),
        ([ORDERS, LOG], "", ("log", "orders", "x"), "orders",
         "table “orders”, which looks most like orders or customers of 3 (not read: “log”, “x”)"),
    ],
)  # fmt: skip
def test_a_table_is_picked_and_the_others_named(tables, wanted, names, taken, said):
    assert pick(tables, wanted, "shop", names) == (next(t for t in tables if t.name == taken), said)


def test_no_table_and_none_of_that_name():
    with pytest.raises(DataError, match=r"shop: the database holds no tables\. Choose the file"):
        pick([], "", "shop")
    with pytest.raises(DataError, match=r"shop: the database holds no tables\. Choose the file"):
        pick([], "bills", "shop")
    with pytest.raises(DataError, match=r"shop has no table “bills”; it has “log”\. Choose one of them"):
        pick([LOG], "bills", "shop")


def test_a_dozen_names_are_listed():
    many = [Table(f"t{i:02d}", ("a",), 1) for i in range(20)]
    with pytest.raises(DataError, match=r"it has “t00”, .*, “t11”\. Choose"):
        pick(many, "bills", "shop")
    assert pick(many, "t00", "shop")[1].endswith("“t10”, “t11”)") and pick(many, "t19", "shop")[1].endswith("“t11”)")
