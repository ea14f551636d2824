"""Connections that can only read, with a driver that writes down what it is asked."""

import sys

import pytest
import sqlalchemy as sa

from segkit.reading.sources import connections as module
from segkit.reading.sources.connections import _engine, _stream_that_may_break, _stumbled, connected
from segkit.words.addresses import parse
from segkit.words.errors import DataError

POSTGRES = "postgresql://anna@db.example.com:5433/shop"
MYSQL = "mysql://anna@db.example.com/shop"


@pytest.fixture
def made(monkeypatch):
    """Return what an engine is made of."""
    monkeypatch.delenv("MYSQL_PWD", raising=False)
    real = sa.create_engine

    def of(text, password="", silence=120):
        kept = {}

        def create(url, **options):
            kept.update(options, url=url)
            return real(url, **options)

        monkeypatch.setattr(sa, "create_engine", create)
        engine = _engine(parse(text), password, parse(text).kind == "PostgreSQL", silence)
        return kept, engine

    return of


def test_a_driver_waits_for_postgresql_so_long_and_no_longer(made):
    kept, _ = made(POSTGRES, "secret")
    assert kept["url"].render_as_string() == "postgresql+psycopg://anna@db.example.com:5433/shop"
    assert kept["connect_args"] == {
        "connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 15, "keepalives_count": 6,
        "client_encoding": "utf8", "password": "secret",
    }  # fmt: skip
    assert kept["hide_parameters"] and kept["poolclass"] is sa.NullPool
    assert "password" not in made(POSTGRES)[0]["connect_args"], "the driver looks for it where it usually does"


def test_a_driver_waits_for_mysql_so_long_and_no_longer(made, monkeypatch):
    kept, engine = made(MYSQL, "sécret", silence=7)
    assert str(kept["url"]) == "mysql+pymysql://anna@db.example.com/shop"
    assert kept["connect_args"] == {"connect_timeout": 10, "read_timeout": 7, "password": "sécret".encode()}
    assert engine.dialect._sscursor.__name__ == "Stream"
    assert made(MYSQL)[0]["connect_args"]["password"] == b""
    monkeypatch.setenv("MYSQL_PWD", "from there")
    assert made(MYSQL)[0]["connect_args"]["password"] == b"from there"
    assert made(MYSQL, "typed")[0]["connect_args"]["password"] == b"typed"


def test_an_address_goes_to_the_driver_part_by_part(made):
    url = made("mariadb://h/shop?charset=latin1")[0]["url"]
    assert (url.drivername, url.username, url.host, url.port) == ("mariadb+pymysql", None, "h", None)
    assert (url.database, dict(url.query)) == ("shop", {"charset": "latin1"})
    assert made("postgresql://")[0]["url"].host is None and made("postgresql://")[0]["url"].database is None


class Line:
    """A connection that writes down what it is asked, and refuses what it is told to."""

    def __init__(self, refuse=""):
        self.asked, self.options, self.refuse = [], {}, refuse

    def connect(self):
        if self.refuse == "connect":
            raise sa.exc.OperationalError("", {}, Exception("connection refused"))
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execution_options(self, **options):
        self.options |= options
        return self

    def execute(self, query):
        self.asked.append(str(query))

    def commit(self):
        self.asked.append("commit")


@pytest.fixture
def line(monkeypatch):
    """Put such a connection in place of the driver's; return it, and the patience of each engine made."""

    def put(refuse=""):
        made, waits = Line(refuse), []
        monkeypatch.setattr(module, "_engine", lambda address, password, postgres, silence: waits.append(silence) or made)
        return made, waits

    return put


def test_postgresql_is_asked_for_nothing_but_reading(line):
    made, waits = line()
    with connected(parse(POSTGRES), "") as connection:
        assert connection is made
    assert made.asked == ["set datestyle = 'ISO'", "set lock_timeout = '10s'", "commit"]
    assert made.options == {"postgresql_readonly": True} and waits == [120]


def test_mysql_is_asked_for_nothing_but_reading_and_first_whether_it_is_there(line):
    made, waits = line()
    with connected(parse(MYSQL), ""):
        pass
    assert made.asked == ["set session transaction read only", "set lock_wait_timeout = 10", "commit"]
    assert made.options == {} and waits == [120, 10]


def test_a_refusal_is_said_in_words(line):
    line("connect")
    for text in (POSTGRES, MYSQL):
        with pytest.raises(DataError, match="No database answers at db"), connected(parse(text), ""):
            pass


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (sa.exc.OperationalError("", {}, Exception("gone away")), "broke off before all rows had come"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), "letters in a character encoding that it does not declare"),
    ],
)
def test_what_breaks_while_rows_come_is_said_in_words(line, error, words):
    line()
    with pytest.raises(DataError, match=words), connected(parse(POSTGRES), ""):
        raise error


@pytest.mark.parametrize(
    "error", [AttributeError("x"), OSError("x"), ValueError("x"), LookupError("x"), TypeError("x"), RuntimeError()]
)
def test_a_fault_of_ones_own_while_reading_stays_what_it_is(line, error):
    line()
    with pytest.raises(type(error)) as caught, connected(parse(POSTGRES), ""):
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    "error", [AttributeError("x"), OSError("x"), ValueError("x"), LookupError("x"), TypeError("x"), RuntimeError("x")]
)
def test_a_driver_that_stumbles_over_the_address_is_said_in_words(monkeypatch, error):
    def stumbles(*_):
        raise error

    monkeypatch.setattr(module, "_engine", stumbles)
    with pytest.raises(DataError, match=r"cannot be read; it says: “x”"), connected(parse(POSTGRES), ""):
        pass
    with (
        pytest.raises(DataError, match=r"ends in a setting that cannot be used here \(a\)"),
        connected(parse(POSTGRES + "?a=1"), ""),
    ):
        pass


def test_a_mysql_address_names_its_database(line):
    line()
    with pytest.raises(DataError, match=r"The address mysql://anna@h names no database\. Write the name of yours at its end"):
        with connected(parse("mysql://anna@h"), ""):
            pass
    with connected(parse("postgresql://anna@h"), ""):
        pass


@pytest.mark.parametrize(
    ("text", "missing", "package"),
    [(POSTGRES, "psycopg", "psycopg[binary]>=3.2"), (MYSQL, "pymysql", "pymysql>=1.2"), (MYSQL, "sqlalchemy", "pymysql>=1.2")],
)
def test_packages_that_are_missing(line, monkeypatch, text, missing, package):
    line()
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None if name == missing else name)
    with pytest.raises(DataError, match="read by packages that are not installed here") as caught, connected(parse(text), ""):
        pass
    assert caught.value.remedy.endswith(f'%pip install "sqlalchemy>=2.0" "{package}"')
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None if name in (missing, "pip") else name)
    with pytest.raises(DataError) as caught, connected(parse(text), ""):
        pass
    assert caught.value.remedy.endswith(f'!uv pip install --python "{sys.executable}" "sqlalchemy>=2.0" "{package}"')


@pytest.mark.parametrize(("wanted", "package"), [("cryptography", "pymysql[rsa]>=1.2"), ("pynacl", "pymysql[ed25519]>=1.2")])
def test_a_way_to_log_in_that_takes_one_more_package(wanted, package):
    error = RuntimeError(f"'{wanted}' package is required for this")
    assert package in _stumbled(parse(MYSQL + "?a=1"), error).remedy
    assert "it says: “'other' package is required”" in _stumbled(parse(MYSQL), RuntimeError("'other' package is required")).what


@pytest.mark.parametrize(("open_", "left"), [(False, False), (True, True)])
def test_a_closed_connection_is_not_asked_for_the_rest_of_the_rows(monkeypatch, open_, left):
    from pymysql.cursors import SSCursor

    class Place:
        open = open_

    class Result:
        unbuffered_active = True

    closed = []
    monkeypatch.setattr(SSCursor, "close", lambda self: closed.append(self))
    cursor = _stream_that_may_break()(Place())
    cursor.close()
    result = cursor._result = Result()
    cursor.close()
    assert result.unbuffered_active is left and len(closed) == 2
    cursor.connection, result.unbuffered_active = None, True
    cursor.close()
    assert result.unbuffered_active
    cursor._result = None
