"""Copies of tables of servers: made once, made again on request, tidied away; passwords stay in memory."""

import pytest

from segkit.reading.sources import copies as module
from segkit.reading.sources import servers
from segkit.reading.sources.copies import Copies, keep_password
from segkit.words.errors import DataError

SHOP = "postgresql://anna@db.example.com/shop"


@pytest.fixture(autouse=True)
def passwords(monkeypatch):
    known: dict[str, str] = {}
    monkeypatch.setattr(module, "_PASSWORDS", known)
    return known


@pytest.fixture
def asked(monkeypatch):
    """Stand in for a server: writes what it was asked, or refuses."""
    asked = []

    def copy_table(address, table, password, target):
        asked.append((address.text, table, password))
        if password == "wrong":
            raise DataError("It refuses.", "Type it again.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{table} {len(asked)}")

    def server_tables(address, password):
        asked.append((address.text, password))
        return ("orders",)

    monkeypatch.setattr(servers, "copy_table", copy_table)
    monkeypatch.setattr(servers, "server_tables", server_tables)
    return asked


@pytest.mark.parametrize(
    ("typed", "password", "text", "kept"),
    [
        (SHOP, "", SHOP, {}),
        (f" {SHOP} ", "secret", SHOP, {SHOP: "secret"}),
        ("postgresql://anna:within@db.example.com/shop", "", SHOP, {SHOP: "within"}),
        ("postgresql://anna:within@db.example.com/shop", "beside", SHOP, {SHOP: "beside"}),
        ("orders.csv", "secret", "orders.csv", {}),
        ("C:\\orders.csv", "", "C:\\orders.csv", {}),
    ],
)
def test_a_password_is_taken_out_and_kept_in_memory(passwords, typed, password, text, kept):
    assert keep_password(typed, password) == text and passwords == kept


def test_a_password_typed_before_stays_where_none_is_typed_now(passwords):
    keep_password(SHOP, "secret")
    assert keep_password(SHOP) == SHOP and passwords == {SHOP: "secret"}


def test_a_table_is_copied_once_and_again_only_on_request(tmp_path, asked):
    copies = Copies(tmp_path)
    assert copies.connect(SHOP, "secret") == ("orders",)
    first = copies.of(SHOP, "orders")
    assert first.name == "shop on db.example.com" and first.read_text() == "orders 2"
    assert copies.of(SHOP, "orders") == first and copies.made == 1
    assert copies.of(SHOP, "orders", again=True).read_text() == "orders 3" and copies.made == 2
    assert copies.of(SHOP, "customers") != first and copies.of(SHOP) not in (first, copies.of(SHOP, "customers"))
    assert asked == [(SHOP, "secret"), *((SHOP, table, "secret") for table in ("orders", "orders", "customers", ""))]
    assert Copies(tmp_path).of(SHOP, "orders") == first, "another session finds what lies there"


def test_who_refused_is_not_asked_again_until_somebody_asks_for_it(tmp_path, asked):
    copies = Copies(tmp_path)
    keep_password(SHOP, "wrong")
    for _ in range(3):
        with pytest.raises(DataError, match="It refuses"):
            copies.of(SHOP, "orders")
    assert len(asked) == 1 and copies.made == 0
    with pytest.raises(DataError):
        copies.of(SHOP, "customers")
    assert len(asked) == 2, "another table may be open"
    with pytest.raises(DataError):
        copies.of(SHOP, "orders", again=True)
    assert len(asked) == 3
    copies.connect(SHOP, "right")
    assert copies.of(SHOP, "orders").exists() and asked[-1] == (SHOP, "orders", "right")


def test_a_copy_wanted_again_stays_where_the_server_refuses(tmp_path, asked):
    copies = Copies(tmp_path)
    first = copies.of(SHOP)
    keep_password(SHOP, "wrong")
    with pytest.raises(DataError):
        copies.of(SHOP, again=True)
    assert copies.of(SHOP) == first and first.read_text() == " 1" and copies.made == 1


def test_copies_that_nobody_uses_are_deleted(tmp_path, asked):
    copies = Copies(tmp_path)
    kept, gone = copies.of(SHOP, "orders"), copies.of(SHOP, "customers")
    (tmp_path / "a file").write_text("not a copy")
    copies.tidy([(SHOP, "orders")])
    assert kept.exists() and not gone.parent.exists() and (tmp_path / "a file").exists()
    copies.tidy([])
    assert [path.name for path in tmp_path.iterdir()] == ["a file"]
    Copies(tmp_path / "none").tidy([])


def test_the_name_of_a_copy_is_one_that_every_disk_takes(tmp_path):
    copies = Copies(tmp_path)
    assert copies._place("mysql://a@h/sh%2Fo:p.x-y_z", "").name == "sh_o_p.x-y_z on h"
    long = copies._place(f"mysql://a@h/{'x' * 120}", "")
    assert long.name == "x" * 100 and long.parent.parent == tmp_path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HTTP://shop.example.com/a.csv", "is a page on the web, not a database. Download the file"),
        ("ftp://shop.example.com/a.csv", "is a page on the web"),
        ("mssql://anna@db/shop", "is not the address of a database that can be read. Write it as postgresql://"),
        ("orders.csv", "is not the address of a database that can be read"),
    ],
)
def test_what_is_no_address_is_refused(tmp_path, text, words):
    with pytest.raises(DataError, match=words):
        Copies(tmp_path).of(text)
    with pytest.raises(DataError, match=words):
        Copies(tmp_path).connect(text)
