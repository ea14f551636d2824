"""What a server says when it refuses, and what a person is told: the telling part of each, without any server."""

import getpass

import pytest

from segkit.reading.sources.refusals import refused
from segkit.words.addresses import parse

SHOP = "postgresql://anna@db.example.com:5433/shop"
BARE = "mysql://"


def told(error, text=SHOP, **how):
    return refused(parse(text), error if isinstance(error, Exception) else Exception(error), **how)


@pytest.mark.parametrize(
    ("says", "what"),
    [
        ("could not translate host name", "There is no server called “db.example.com”"),
        ("Connection Refused", "No database answers at db.example.com, port 5433"),
        ("Packet sequence number wrong", "What is at db.example.com, port 5433 does not answer as a PostgreSQL database does"),
        ("connection timeout expired", "The server at db.example.com, port 5433 does not answer"),
        ("fe_sendauth: no password supplied", "shop on db.example.com asks for a password"),
        ("Access denied for user 'a'@'b' (using password: NO)", "asks for a password"),
        ("Access denied for user 'a'@'b' (using password: YES)", "refuses the name “anna” or its password"),
        ('role "anna" does not exist', "refuses the name “anna” or its password"),
        ("Access denied for user 'a'@'b' to database 'shop'", "has no database “shop” that “anna” may open"),
        ("no pg_hba.conf entry for host", "lets nobody in from this computer as “anna” to “shop”"),
        ("sorry, too many clients already", "shop on db.example.com has too many visitors"),
        ("does not support SSL", "do not agree on how to encrypt"),
        ("View 'v' references invalid table(s)", "This view in shop on db.example.com is made from tables that are gone"),
        ("permission denied for table x", "“anna” may not read this in shop on db.example.com"),
        ("Lock wait timeout exceeded", "A table in shop on db.example.com is locked"),
        ("canceling statement due to user request", "stopped reading the table, because it took too long"),
        ("invalid byte sequence for encoding", "holds letters in a character encoding that it does not declare"),
        ("something else", "shop on db.example.com cannot be read; it says: “something else”."),
    ],
)
def test_the_answer_of_a_server_in_words(says, what):
    assert what in told(says).what


def test_settings_at_the_end_of_an_address_are_named():
    text = told("invalid connection option", SHOP + "?useSSL=x&y=1").what
    assert text == "The address of shop on db.example.com ends in a setting that cannot be used here (useSSL, y)."


def test_a_password_is_kept_elsewhere_by_each_kind_of_server():
    assert "~/.pgpass or PGPASSWORD" in told("no password supplied").remedy
    assert "keep it in MYSQL_PWD" in told("no password supplied", "mysql://anna@h/shop").remedy


def test_what_an_address_leaves_out_is_what_the_driver_takes(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "zoe")
    assert told("connection refused", BARE).what == "No database answers at this computer."
    assert "no database “zoe” that “zoe”" in told("unknown database", BARE).what
    assert "no database “anna” that “anna”" in told("unknown database", "mysql://anna@h").what
    assert "no database “shop” that “zoe”" in told("unknown database", "mysql://h/shop").what

    def unknown():
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert "refuses the name “nobody”" in told("password authentication failed", BARE).what


class Broken(Exception):
    connection_invalidated = True


@pytest.mark.parametrize(
    ("error", "reading", "lost"),
    [
        ("server Closed the Connection unexpectedly", True, True),
        ("server closed the connection unexpectedly", False, False),
        (Broken("x"), True, True),
        (Broken("x"), False, False),
        ("permission denied", True, False),
    ],
)
def test_a_connection_that_broke_while_reading_is_no_wrong_port(error, reading, lost):
    assert ("broke off before all rows had come" in told(error, reading=reading).what) is lost


def test_outside_of_reading_is_what_one_gets_without_saying_so():
    assert "does not answer as a" in told("gone away").what


class Wrapped(Exception):
    def __init__(self, orig):
        super().__init__("what the library says around it")
        self.orig = orig


def test_the_words_are_the_drivers_own_without_its_number():
    assert told(Exception(2003, "no  such\n thing")).what.endswith("it says: “no such thing”.")
    assert told(Exception("a", "b", "c")).what.endswith("it says: “('a', 'b', 'c')”.")
    assert told(Wrapped(Exception(2003, "the core"))).what.endswith("it says: “the core”.")
    assert told("x" * 300).what.endswith(f"“{'x' * 200}”.")
