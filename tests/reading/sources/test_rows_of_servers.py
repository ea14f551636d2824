"""What is copied from a server, tried on a small database that answers in the same words."""

import json
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from segkit.reading.sources import servers as module
from segkit.reading.sources.servers import Copied, _called, _look, _names, _strange, copied, copy_table, rows_of, server_tables
from segkit.words.addresses import parse
from segkit.words.errors import DataError

ADDRESS = parse("mysql://anna@db/shop")
SHOP = (
    "create table orders (customer_id text, day text, total real)",
    "insert into orders values ('01', '2024-01-02', 5.5), ('02', null, 7.25), ('03', '', 1)",
    "create table log (a int)",
    "insert into log values (1)",
    "create table bare (customer int, day text)",
    "create view gone as select * from lost",
)


@pytest.fixture
def shop(monkeypatch):
    """Lend a database in memory, in place of the one on a server."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.connect() as line:
        own = line.connection.dbapi_connection
        own.create_function("database", 0, lambda: "shop")
        own.create_function("st_astext", 1, lambda cell: f"POINT({cell})")
        line.execute(sa.text("attach ':memory:' as information_schema"))
        line.execute(
            sa.text("create table information_schema.columns (table_schema text, table_name text, column_name, data_type)")
        )
        for query in SHOP:
            line.execute(sa.text(query))
        line.commit()

        @contextmanager
        def connected(address, password):
            assert (address, password) == (ADDRESS, "secret")
            yield line

        monkeypatch.setattr(module, "connected", connected)
        yield line
    engine.dispose()


def copy(target, wanted=""):
    copy_table(ADDRESS, wanted, "secret", target)
    return pq.read_table(target).to_pylist()


def test_the_names_of_tables_and_views_in_order(shop):
    assert server_tables(ADDRESS, "secret") == ("bare", "gone", "log", "orders")


def test_the_table_of_orders_is_copied_as_text(shop, tmp_path):
    target = tmp_path / "new" / "shop on db"
    assert copy(target) == [
        {"customer_id": "01", "day": "2024-01-02", "total": "5.5"},
        {"customer_id": "02", "day": None, "total": "7.25"},
        {"customer_id": "03", "day": "", "total": "1.0"},
    ]
    told = copied(target)
    assert told is not None and told.tables == ("bare", "gone", "log", "orders") and rows_of(target) == 3
    (said,) = told.said
    assert said.startswith("a MySQL database; table “orders”, which looks most like orders or customers of 4 (not read: “bare”")
    assert "; copied on " in said
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_table_that_was_chosen(shop, tmp_path):
    assert copy(tmp_path / "c", "log") == [{"a": "1"}]
    assert "table “log”, as you chose" in copied(tmp_path / "c").said[0]
    assert copy(tmp_path / "c", "bare") == [] and rows_of(tmp_path / "c") == 0
    with pytest.raises(DataError, match=r"shop on db has no table “bills”; it has “bare”, “gone”, “log”, “orders”\."):
        copy(tmp_path / "c", "bills")
    assert copied(tmp_path / "c").tables, "the copy that there is stays"
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


def test_a_table_that_cannot_be_read_is_passed_over_unless_it_is_the_only_one(shop, tmp_path):
    assert [t.name for t in _look(shop, {name: (None, name) for name in ("gone", "log")})] == ["log"]
    with pytest.raises(sa.exc.DBAPIError, match="lost"):
        _look(shop, {"gone": (None, "gone")})
    assert _look(shop, {}) == []


def test_a_lost_connection_is_no_table_that_may_not_be_read(shop):
    error = sa.exc.OperationalError("select", {}, Exception("gone away"), connection_invalidated=True)

    class Lost:
        def execute(self, _):
            raise error

    with pytest.raises(sa.exc.OperationalError) as caught:
        _look(Lost(), {"log": (None, "log"), "orders": (None, "orders")})
    assert caught.value is error


def rows(shop, **tables):
    """Make tables of the same telling columns with so many rows, and return how many rows each is taken to have."""
    for name, number in tables.items():
        shop.execute(sa.text(f"create table {name} (customer int, day text)"))
        for _ in range(number):
            shop.execute(sa.text(f"insert into {name} values (1, 'x')"))
    shop.commit()
    return {table.name: table.rows for table in _look(shop, {name: (None, name) for name in tables})}


def test_rows_are_counted_only_where_tables_look_alike(shop):
    assert rows(shop, orders_a=3, orders_b=5) == {"orders_a": 3, "orders_b": 5}
    assert rows(shop, orders_c=3, other=5) == {"orders_c": 1, "other": 1}
    assert rows(shop, orders_d=3) == {"orders_d": 1}
    assert rows(shop, empty_a=0, empty_b=0) == {"empty_a": 0, "empty_b": 0}
    assert rows(shop, orders_e=2, orders_f=4, plain=3) == {"orders_e": 2, "orders_f": 4, "plain": 1}


def test_of_tables_that_look_alike_the_larger_one_is_copied(shop, tmp_path):
    rows(shop, orders_a=2, orders_b=5, orders_c=3)
    shop.execute(sa.text("drop table orders"))
    shop.commit()
    assert len(copy(tmp_path / "c")) == 5


def test_empty_tables_are_not_counted(shop):
    asked = []
    sa.event.listen(shop.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    rows(shop, empty_a=0, empty_b=0)
    assert not any("count" in query for query in asked)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("VARBINARY", "4142"), ("blob", "4142"), ("binary", "4142"), ("tinyblob", "4142"), ("mediumblob", "4142"),
        ("longblob", "4142"), ("vector", "4142"), ("point", "POINT(AB)"), ("Geometry", "POINT(AB)"),
        ("linestring", "POINT(AB)"), ("multipolygon", "POINT(AB)"), ("geomcollection", "POINT(AB)"), ("text", "AB"),
        ("int", "AB"),
    ],
)  # fmt: skip
def test_columns_of_mysql_that_are_no_text_by_themselves(shop, tmp_path, kind, text):
    shop.execute(sa.text("create table strange (a text, b text)"))
    shop.execute(sa.text("insert into strange values ('AB', 'AB')"))
    shop.execute(sa.text("insert into information_schema.columns values ('shop', 'strange', 'a', :k)"), {"k": kind})
    shop.execute(sa.text("insert into information_schema.columns values ('shop', 'strange', 'b', 'text')"))
    shop.execute(sa.text("insert into information_schema.columns values ('other', 'strange', 'b', 'blob')"))
    shop.execute(sa.text("insert into information_schema.columns values ('shop', 'orders', 'b', 'blob')"))
    assert copy(tmp_path / "c", "strange") == [{"a": text, "b": "AB"}]


def test_bits_are_numbers(shop):
    shop.execute(sa.text("insert into information_schema.columns values ('shop', 't', 'a', 'bit'), ('shop', 't', 'b', 'int')"))
    (name, way), *others = _strange(shop, "t").items()
    assert name == "a" and not others
    assert shop.execute(sa.select(way(sa.literal_column("7")))).scalar() == 7


def test_postgresql_puts_every_column_into_words_by_itself(shop, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_names", lambda _: [(None, "log")])
    monkeypatch.setattr(shop.dialect, "name", "postgresql")
    monkeypatch.setattr(module, "_strange", lambda *_: pytest.fail("nobody asks PostgreSQL"))
    assert copy(tmp_path / "c") == [{"a": "1"}]


@pytest.mark.parametrize(
    ("most", "columns", "pieces"),
    [(1, 1, 500), (1_000_000, 10, 50_000), (1_000_000, 50, 20_000), (60_000, 2, 30_000), (2000, 3, 666), (1500, 3, 500)],
)
def test_a_wide_table_comes_in_smaller_pieces(shop, tmp_path, monkeypatch, most, columns, pieces):
    monkeypatch.setattr(module, "MOST_CELLS", most)
    names = tuple(f"c{i}" for i in range(columns))
    shop.execute(sa.text(f"create table wide ({', '.join(names)})"))
    asked = {}
    real = type(shop).execution_options
    monkeypatch.setattr(type(shop), "execution_options", lambda self, **o: asked.update(o) or real(self, **o))
    module._stream(shop, (None, "wide"), names, tmp_path / "w", "told")
    assert asked == {"yield_per": pieces}


def test_a_million_cells_are_held_at_a_time():
    assert module.MOST_CELLS == 1_000_000


def test_rows_come_in_pieces(shop, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_CELLS", 1)
    shop.execute(sa.text("create table many (a)"))
    shop.execute(
        sa.text(
            "insert into many with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200) select * from n"
        )
    )
    assert [int(row["a"]) for row in copy(tmp_path / "c", "many")] == list(range(1, 1201))
    assert pq.ParquetFile(tmp_path / "c").num_row_groups == 3


def test_a_full_disk_is_said_and_leaves_nothing(shop, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    let_go = []
    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    monkeypatch.setattr(type(shop), "invalidate", lambda self: let_go.append(1))
    with pytest.raises(
        DataError, match=r"shop on db: the copy of the table cannot be written \(No space left on device\)\. Free"
    ):
        copy(tmp_path / "c", "log")
    assert list(tmp_path.iterdir()) == [] and let_go == [1]

    def unknown(*_, **__):
        raise OSError("no number")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", unknown)
    with pytest.raises(DataError, match=r"cannot be written \(no number\)"):
        copy(tmp_path / "c", "log")


def test_what_a_copy_says_of_itself(tmp_path):
    path = tmp_path / "c"
    assert copied(path) is None
    path.write_text("no parquet")
    assert copied(path) is None
    table = pa.table({"a": ["1", "2"]})
    pq.write_table(table, path)
    assert copied(path) is None and rows_of(path) == 2
    pq.write_table(table.replace_schema_metadata({"other": "x"}), path)
    assert copied(path) is None
    pq.write_table(table.replace_schema_metadata({"segkit copy": json.dumps({"said": ["x"], "tables": ["a", "b"]})}), path)
    assert copied(path) == Copied(("x",), ("a", "b"))


def test_what_people_call_a_table():
    assert (_called(None, "orders"), _called("web", "orders")) == ("orders", "web.orders")


class Inspector:
    """A PostgreSQL or MySQL with three schemas of its own and one of a person's."""

    default_schema_name = "public"

    def get_schema_names(self):
        return ["web", "pg_temp", "information_schema", "mysql", "sys", "performance_schema", "public", "art"]

    def get_table_names(self, schema):
        return {None: ["b", "a"], "web": ["orders"], "art": ["x"]}.get(schema, ["hidden"])

    def get_view_names(self, schema):
        return ["v"] if schema is None else []

    def get_materialized_view_names(self, schema):
        return ["kept"] if schema == "web" else []


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("postgresql", [(None, "a"), (None, "b"), (None, "v"), ("art", "x"), ("web", "kept"), ("web", "orders")]),
        ("mysql", [(None, "a"), (None, "b"), (None, "v")]),
    ],
)
def test_what_belongs_to_the_server_itself_is_not_seen(monkeypatch, kind, found):
    class Line:
        class dialect:
            name = kind

    monkeypatch.setattr(sa, "inspect", lambda _: Inspector())
    assert _names(Line()) == found
