"""The texts of a table lie in a file beside, which the engine reads: cut, written anew, and read by one thread in need."""

import duckdb
import pytest

from segkit.reading.raw import cut, drop, store
from segkit.reading.table import read_table
from segkit.reading.text import load_text as text_module


@pytest.fixture
def engine():
    with duckdb.connect() as connection:
        yield connection


def rows(connection, name="t"):
    return connection.execute(f"select place, row, c0 from {name} order by place").fetchall()


def test_rows_are_numbered_from_the_first_one_of_the_file(engine, tmp_path):
    store(engine, "select unnest(['a', 'b', 'c']) as c0", [], "t", tmp_path, first=2)
    assert rows(engine) == [(0, 2, "a"), (1, 3, "b"), (2, 4, "c")]


def test_a_view_is_cut_and_stored_from_itself_and_keeps_its_rows(engine, tmp_path):
    store(engine, "select unnest(['a', 'b', 'c', 'd', 'e']) as c0", [], "t", tmp_path, first=2)
    cut(engine, "t", 4)
    store(engine, "select * exclude (place) from t where c0 <> ? order by place", ["b"], "t", tmp_path)
    assert rows(engine) == [(0, 2, "a"), (1, 4, "c"), (2, 5, "d")]
    cut(engine, "t", 1)
    assert rows(engine) == [(0, 2, "a")]


def test_a_dropped_view_leaves_nothing_in_the_engine(engine, tmp_path):
    store(engine, "select 'a' as c0", [], "t", tmp_path, first=1)
    drop(engine, "t")
    assert engine.execute("select count(*) from duckdb_views() where not internal").fetchall() == [(0,)]


class Short:
    """An engine that has too little memory to copy by several threads."""

    def __init__(self, connection, times):
        self.connection, self.times, self.said = connection, times, []

    def execute(self, query, *parameters):
        self.said.append(query)
        if query.startswith("copy") and self.times:
            self.times -= 1
            raise duckdb.OutOfMemoryException("too many threads")
        return self.connection.execute(query, *parameters)


def test_what_does_not_fit_in_memory_is_written_by_one_thread(engine, tmp_path):
    short = Short(engine, 1)
    store(short, "select 'a' as c0", [], "t", tmp_path, first=1)
    assert rows(engine) == [(0, 1, "a")]
    assert [said for said in short.said if "threads" in said] == ["set threads = 1", "reset threads"]


def test_want_of_memory_is_not_taken_for_an_irregular_file(engine, tmp_path, monkeypatch):
    path = tmp_path / "orders.csv"
    path.write_text("customer,amount\n" + "".join(f'"C{i}",{i}\n' for i in range(9)))
    monkeypatch.setattr(text_module, "_load_dealt", lambda *_: pytest.fail("dealt out row by row"))
    with pytest.raises(duckdb.OutOfMemoryException):
        read_table(Short(engine, 2), path, "t", tmp_path)
