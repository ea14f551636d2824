import datetime as dt

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.reading.customers import counted
from segkit.reading.load import load_customers
from segkit.reading.table import read_table
from segkit.reading.text import plain
from segkit.reading.text import regular as text_module
from segkit.words.errors import DataError
from segkit.words.terms import FileKind


def write(tmp_path, content, *, delimiter=",", quote='"', skip=1, width=3):
    path, out = tmp_path / "t.csv", tmp_path / "t.parquet"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if not plain.write_plain(path, out, delimiter=delimiter, quote=quote, skip=skip, width=width):
        return None
    return [tuple(row.values()) for row in pq.read_table(out).to_pylist()]


def test_rows_come_in_their_order_with_nothing_for_empty_cells(tmp_path, monkeypatch):
    monkeypatch.setattr(plain, "BLOCK", 7)
    found = write(tmp_path, "a,b,c\n" + "".join(f"{i},,x{i}\n" for i in range(50)))
    assert found == [(str(i), None, f"x{i}") for i in range(50)]


@pytest.mark.parametrize(
    "content",
    [
        'a,b,c\n1,2,"3"\n',
        "a,b,c\n1,2,3\n4,5\n",
        "a,b,c\n1,2,3\n\n4,5,6\n",
        "a,b,c\n1,2,3\n4,5,6,7\n",
        "a,b,c\n1,2\r3,4,5\n",
        b"a,b,c\n1,2,\xff\xfe\n",
    ],
    ids=["quote", "too few cells", "blank line", "too many cells", "carriage return", "no UTF-8"],
)
def test_what_is_not_plain_is_refused(tmp_path, content):
    assert write(tmp_path, content) is None


def test_windows_line_ends_and_a_last_line_without_end(tmp_path):
    assert write(tmp_path, "a,b,c\r\n1,2,3\r\n4,5,6") == [("1", "2", "3"), ("4", "5", "6")]


CELLS = st.text(st.characters(exclude_characters=',"\r\n\0', exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=8)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=30))
def test_both_ways_of_reading_give_the_same(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("both")
    path = folder / "t.csv"
    path.write_text("one,two,three\n" + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8", newline="")

    def outcome():
        with duckdb.connect() as connection:
            try:
                table = read_table(connection, path, "t", folder)
            except DataError as error:
                return str(error)
            return table.header, table.decisions, connection.execute("select * from t order by place").fetchall()

    usual = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "write_plain", lambda *_, **__: False)
        assert outcome() == usual


def orders(tmp_path, customers):
    path = tmp_path / "orders.csv"
    lines = [f"{c},2024-01-{1 + i % 28:02d},P{i % 7},{10 + i}" for i, c in enumerate(customers)]
    path.write_text("customer,date,product,amount\n" + "\n".join(lines) + "\n")
    return load_customers({FileKind.ORDERS: path}, as_of=dt.date(2024, 2, 1))


def test_numbers_stand_for_texts_only_where_they_tell_them_apart(tmp_path, monkeypatch):
    names = [f"C{i % 37:03d}" for i in range(200)]
    usual = orders(tmp_path, names)
    monkeypatch.setattr(counted, "_CODE", "(hash(t) % 5)")
    collided = orders(tmp_path, names)
    pd.testing.assert_frame_equal(usual.customers, collided.customers)
    pd.testing.assert_frame_equal(usual.monthly, collided.monthly)
    assert list(usual.customers.index) == sorted(set(names))
