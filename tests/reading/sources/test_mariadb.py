"""What MySQL and MariaDB have that others do not: their kinds of columns, their rights, their ways to be addressed."""

import sys

import pyarrow.parquet as pq
import pytest

from segkit.reading.load import load_customers
from segkit.reading.sources import connections, copies
from segkit.words.terms import FileKind
from segkit.workbook.session import Session
from tests.reading.sources.servers import PASSWORD, mariadb, refusal

KINDS = {
    "id": ("int(6) zerofill", "7", "000007"),
    "customer_id": ("varchar(20)", "'00420'", "00420"),
    "amount": ("decimal(12,2)", "12.5", "12.50"),
    "day": ("date", "'2024-02-29'", "2024-02-29"),
    "at": ("datetime", "'2024-02-29 10:00:00'", "2024-02-29 10:00:00"),
    "stamp": ("timestamp null", "'2024-02-29 10:00:00'", "2024-02-29 10:00:00"),
    "clock": ("time", "'10:30'", "10:30:00"),
    "note": ("varchar(60) character set utf8mb4", "'Käse 🧀 für Ålesund'", "Käse 🧀 für Ålesund"),
    "narrow": ("varchar(20) character set latin1", "'Größe'", "Größe"),
    "story": ("longtext", "'two\nlines'", "two\nlines"),
    "nothing": ("varchar(9)", "''", ""),
    "picture": ("blob", "x'00ff10'", "00FF10"),
    "customer_key": ("binary(4)", "x'00ff1022'", "00FF1022"),
    "ticked": ("tinyint(1)", "1", "1"),
    "flag": ("bit(1)", "b'1'", "1"),
    "flags": ("bit(8)", "b'01000001'", "65"),
    "born": ("year", "1984", "1984"),
    "details": ("json", """'{"a": "ü"}'""", '{"a": "ü"}'),
    "size": ("enum('S', 'Größe L')", "'Größe L'", "Größe L"),
    "colours": ("set('red', 'blue')", "'red,blue'", "red,blue"),
    "single": ("float", "1.5", "1.5"),
    "much": ("bigint unsigned", "18446744073709551615", "18446744073709551615"),
    'od`d "name" 100%': ("int", "3", "3"),
    "place": ("point", "point(1, 2)", "POINT(1 2)"),
}


@pytest.fixture(scope="module")
def server():
    with mariadb() as running:
        named = {"`" + name.replace("`", "``") + "`": rest for name, rest in KINDS.items()}
        running.do(
            f"create table kinds ({', '.join(f'{name} {kind}' for name, (kind, *_) in named.items())}) charset utf8mb4",
            f"insert into kinds values ({', '.join(value for _, value, _ in named.values())})",
            "insert into kinds (id) values (8)",
            "create table sales (customer varchar(9), day date, at datetime, total decimal(8,2)) charset utf8mb4",
            "insert into sales select lpad(seq % 40, 4, '0'), if(seq % 10, date '2024-01-01' + interval seq day, 0), "
            "if(seq % 10, timestamp '2024-01-01 9:00' + interval seq day, 0), seq / 8 from seq_1_to_400",
            "create table secret (a int)",
            "create table gone (a int)",
            "create view broken as select * from gone",
            "drop table gone",
            *(f"grant select on {table} to anna" for table in ("kinds", "sales", "broken")),
        )
        yield running


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "_PASSWORDS", {})
    monkeypatch.delenv("MYSQL_PWD", raising=False)
    return Session(tmp_path)


def use(session, address, table):
    session.use_files([{"kind": FileKind.ORDERS, "path": address}], readings=[{"kind": "orders", "table": table}])
    (path,) = session.files()[FileKind.ORDERS]
    return path


@pytest.mark.parametrize("scheme", ["mysql", "mariadb", "mysql+pymysql"])
def test_every_kind_of_column_comes_as_it_stands_there(server, session, scheme):
    filled, empty = pq.read_table(use(session, server.address(password=PASSWORD, scheme=scheme), "kinds")).to_pylist()
    assert filled == {name: text for name, (_, _, text) in KINDS.items()}
    assert empty == dict.fromkeys(KINDS) | {"id": "000008"}


def test_zero_dates_are_set_aside_and_nothing_else(server, session):
    path = use(session, server.address(password=PASSWORD), "sales")
    copy = pq.read_table(path).to_pydict()
    assert [(len(copy["day"]),)] == server.do("select count(*) from sales") == [(400,)]
    assert sorted(set(copy["customer"]))[:2] == ["0000", "0001"], "leading zeros belong to an id"
    assert copy["day"].count("0000-00-00") == copy["at"].count("0000-00-00 00:00:00") == 40
    data = load_customers({FileKind.ORDERS: path})
    assert (data.ledger.rows_read, data.ledger.rows_kept, len(data.customers)) == (400, 360, 36)


def test_keys_in_bytes_stay_apart(server, session):
    server.do("create table bytes (customer binary(2), day date)", "grant select on bytes to anna")
    server.do("insert into bytes values (x'ff01', '2024-01-01'), (x'fe01', '2024-01-02')")
    assert pq.read_table(use(session, server.address(password=PASSWORD), "bytes"))["customer"].to_pylist() == ["FF01", "FE01"]


def test_tables_without_any_right_are_not_seen(server, session):
    text = refusal(use, session, server.address(password=PASSWORD), "secret")
    assert text.startswith("shop on 127.0.0.1 has no table “secret”; it has “broken”, ")
    assert refusal(use, session, server.address(), "broken") == (
        "This view in shop on 127.0.0.1 is made from tables that are gone or that it may not read. Choose another table, "
        "or ask whoever runs the database to repair the view."
    )


def test_an_address_without_a_database_or_a_name(server, session):
    for end in ("", "/"):
        address = server.address(scheme="mysql").removesuffix("/shop") + end
        assert refusal(session.connect, address, PASSWORD) == (
            f"The address {address} names no database. Write the name of yours at its end, as in mysql://name@server/database."
        )
    text = refusal(session.connect, f"mysql://127.0.0.1:{server.port}/shop", PASSWORD)
    assert "refuses the name" in text and "“nobody”" not in text, "the driver takes the name of the person at this computer"


@pytest.mark.parametrize("password", ["wr\u00f6ng\u20ac", "\u043f\u0430\u0440\u043e\u043b\u044c"])
def test_passwords_of_all_letters(server, session, password):
    assert "refuses the name “anna” or its password" in refusal(session.connect, server.address(), password)
    server.do(f"create or replace user zoe identified by '{password}'", "grant select on shop.sales to zoe")
    assert session.connect(server.address(user="zoe"), password) == ("sales",)


@pytest.mark.parametrize("setting", ["charset=klingon", "port=x", "read_timeout=x", "ssl_ca=/none.pem", "cursorclass=x"])
def test_settings_that_the_driver_stumbles_over(server, session, setting):
    assert refusal(session.connect, server.address(f"shop?{setting}"), PASSWORD) == (
        f"The address of shop on 127.0.0.1 ends in a setting that cannot be used here ({setting.partition('=')[0]}). Leave "
        "out the “?” and what follows it, or ask whoever runs the database what belongs there."
    )


def test_a_way_to_log_in_that_takes_one_more_package(server, session, monkeypatch):
    monkeypatch.setitem(sys.modules, "nacl", None)
    monkeypatch.setattr(connections.importlib.util, "find_spec", lambda name: name)
    server.do("install soname 'auth_ed25519'", f"create user ed identified via ed25519 using password('{PASSWORD}')")
    assert refusal(session.connect, server.address(user="ed"), PASSWORD) == (
        "Databases on MariaDB servers are read by packages that are not installed here. Run this line in a cell of its own, "
        'then restart the kernel: %pip install "sqlalchemy>=2.0" "pymysql[ed25519]>=1.2"'
    )
