"""Files that a password, another program or an old format keeps shut: the right table, or what to do.

The two workbooks in ``files`` hold the same 40 made-up orders: ``with_password.xlsx``, written by openpyxl and encrypted by
msoffcrypto-tool (the password is "secret"), and ``old.xls`` (BIFF8), written by xlwt.
"""

import subprocess
import sys
import zipfile

import duckdb
import pytest

from segkit.reading import read_text_table
from segkit.reading.load import inspect_files, load_customers
from segkit.reading.table import tables_in
from segkit.words.errors import DataError
from segkit.words.terms import FileKind
from tests.conftest import ROOT

FILES = ROOT / "tests" / "reading" / "files"
UNPACK = "Unpack it yourself and choose the file inside."


def refused(path):
    with pytest.raises(DataError) as caught:
        load_customers({FileKind.ORDERS: path})
    return str(caught.value)


def test_a_workbook_with_a_password(tmp_path):
    text = "is protected by a password. Open it, save it without a password, and choose it again."
    path = FILES / "with_password.xlsx"
    assert refused(path) == f"with_password.xlsx {text}"
    assert tables_in(path) == ()
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.write(path, "orders.xlsx")
    assert refused(tmp_path / "both.zip") == f"both.zip {text}"


def test_an_old_workbook():
    path = FILES / "old.xls"
    assert tables_in(path) == ("Orders", "Notes")
    header, rows = read_text_table(path)
    assert header == ["order_id", "customer_id", "order_date", "amount"] and len(rows) == 40
    assert (rows[0], rows[-1]) == (["1000", "C000", "2024-01-01", "10.5"], ["1039", "C004", "2024-02-09", "49.5"])
    data = load_customers({FileKind.ORDERS: path})
    assert (data.ledger.rows_kept, data.revenue, len(data.customers)) == (40, 1200.0, 7)
    (reading, _, _) = inspect_files({FileKind.ORDERS: path})[FileKind.ORDERS]
    assert reading.sentence == (
        "Read as: sheet “Orders”, which looks most like a table of 2 (not read: “Notes”); numbers with a decimal point; "
        "dates with the year first."
    )


def test_a_duckdb_file_that_another_program_holds(tmp_path):
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as base:
        base.execute(
            "create table orders as select i % 9 as customer, date '2024-01-01' + i::int as day, i as sum from range(30) r(i)"
        )
    hold = f"import duckdb; c = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        try:
            assert refused(path) == (
                "shop.duckdb cannot be read as a DuckDB database: another program has it open. "
                "Close it in other programs, or export the table as CSV, and choose it again."
            )
            assert tables_in(path) == ()
        finally:
            other.communicate(b"\n", timeout=60)
    assert load_customers({FileKind.ORDERS: path}).ledger.rows_kept == 30


@pytest.mark.parametrize("method", ["old", "AES"])
def test_a_zip_with_a_password(tmp_path, method):
    path = tmp_path / "orders.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("orders.csv", "customer,date,amount\n" + "c1,2024-01-01,5\n" * 9)
    content = bytearray(path.read_bytes())
    for mark, flags, way in ((b"PK\x03\x04", 6, 8), (b"PK\x01\x02", 8, 10)):
        at = content.index(mark)
        content[at + flags] |= 1
        if method == "AES":
            content[at + way] = 99
    path.write_bytes(content)
    assert refused(path) == f"orders.zip is protected by a password. {UNPACK}"
    assert tables_in(path) == ("orders.csv",)
