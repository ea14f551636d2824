"""A disk without room for what reading writes beside: a sentence, and nothing left behind."""

import gzip
import os
import tempfile
from contextlib import contextmanager

import pytest

from segkit.reading import load
from segkit.reading.load import load_customers
from segkit.words.errors import DataError
from segkit.words.terms import FileKind

resource = pytest.importorskip("resource", reason="this system has no limit for the size of files")


@contextmanager
def no_file_beyond(size):
    """Let the system refuse to write more than so many bytes into a file, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def orders():
    head = "order_id,customer_id,order_date,amount,remark\n"
    return head + "".join(
        f"{i},c{i % 300},2024-01-{1 + i % 28:02d},{i % 97}.50,{i * 2654435761 % 2**32:x}é\n" for i in range(20_000)
    )


@pytest.mark.parametrize(
    "content",
    [orders().encode(), orders().encode("cp1252"), gzip.compress(orders().encode(), 1)],
    ids=["table", "copy in UTF-8", "unpacked"],
)
def test_no_room_for_what_is_written_beside(tmp_path, monkeypatch, content):
    beside = tmp_path / "beside"
    beside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(beside))
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    with no_file_beyond(30_000), pytest.raises(DataError) as caught:
        load_customers({FileKind.ORDERS: path})
    assert str(caught.value) == (
        "The files are too large for the memory and the free disk space of this machine. "
        "Free some disk space, or export fewer columns or a shorter time."
    )
    assert os.listdir(beside) == [] and path.read_bytes() == content
    assert load_customers({FileKind.ORDERS: path}).ledger.rows_kept == 20_000


def test_a_file_that_takes_more_memory_gets_it(tmp_path, monkeypatch):
    path = tmp_path / "orders.csv"
    path.write_text("customer,date,amount\n" + "".join(f"C{i % 50},2024-01-{1 + i % 28:02d},{i}\n" for i in range(400)))
    given = []
    usual = load._connect
    monkeypatch.setattr(load, "_connect", lambda folder, memory, *more: given.append(memory) or usual(folder, memory, *more))
    monkeypatch.setattr(load, "MEMORY", ("1MB", "400MB"))
    assert len(load.load_customers({FileKind.ORDERS: path}).customers) == 50
    assert given == ["1MB", "400MB"]
    monkeypatch.setattr(load, "MEMORY", ("1MB",))
    with pytest.raises(DataError, match="too large for the memory and the free disk space"):
        load.load_customers({FileKind.ORDERS: path})
