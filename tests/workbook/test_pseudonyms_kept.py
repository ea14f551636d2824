"""Who is who: kept in the workspace over all periods, and the key never made twice."""

import hashlib
import hmac
import stat
import sys
from dataclasses import replace

import pandas as pd
import pytest

from segkit.words.errors import WorkbookError
from segkit.workbook import pseudonyms as module
from segkit.workbook.pseudonyms import KEY_FILE, TABLE_FILE, pseudonymised, pseudonyms, workspace_key
from tests.made_up import customer_data

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter on Windows")


def data_of(*ids):
    data = customer_data(len(ids))
    frame = data.customers.set_axis(pd.Index(ids, name="customer_id")).assign(frequency=[float(i) for i in range(len(ids))])
    return replace(data, customers=frame)


def test_a_pseudonym_is_the_beginning_of_a_keyed_hash():
    (made,) = pseudonyms(["Zoë 7"], b"secret")
    digest = hmac.new(b"secret", "Zoë 7".encode(), hashlib.sha256).digest()
    assert len(made) == 15 and made[:2] == "p-" and made[2:] == made[2:].lower()
    bits = "".join(f"{byte:08b}" for byte in digest)[:65]
    assert made[2:] == "".join("abcdefghijklmnopqrstuvwxyz234567"[int(bits[i : i + 5], 2)] for i in range(0, 65, 5))


def test_a_key_is_made_once_and_of_256_bits(tmp_path):
    key = workspace_key(tmp_path)
    assert len(key) == 32 and workspace_key(tmp_path) == key and (tmp_path / KEY_FILE).read_text() == key.hex()
    (tmp_path / "other").mkdir()
    assert workspace_key(tmp_path / "other") != key


@posix
def test_only_the_owner_reads_key_and_table(tmp_path):
    pseudonymised(data_of("C1"), tmp_path)
    for name in (KEY_FILE, TABLE_FILE):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["00" * 31, "00" * 33, "xy" * 32, "", "ä" * 32])
def test_a_damaged_key_is_never_replaced(tmp_path, content):
    (tmp_path / KEY_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"pseudonyms\.key in your workspace\) is damaged\. Put back a copy"):
        workspace_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_text(encoding="utf-8") == content


def test_customers_keep_their_values_under_new_names_in_order(tmp_path):
    data = data_of("C2", "C1", "C3")
    found = pseudonymised(data, tmp_path)
    names = dict(zip(["C2", "C1", "C3"], pseudonyms(["C2", "C1", "C3"], workspace_key(tmp_path)), strict=True))
    assert found.customers.index.name == "customer_id" and list(found.customers.index) == sorted(names.values())
    for customer, name in names.items():
        assert found.customers.loc[name].equals(data.customers.loc[customer])
    assert list(data.customers.index) == ["C2", "C1", "C3"] and found.orders == data.orders


def table(folder):
    return pd.read_csv(folder / TABLE_FILE, dtype=str, encoding="utf-8-sig")


def test_customers_of_another_period_stay_in_the_table(tmp_path):
    pseudonymised(data_of("02", "01"), tmp_path)
    first = table(tmp_path)
    assert list(first.columns) == ["customer_id", "pseudonym"] and list(first["customer_id"]) == ["01", "02"]
    assert list(first["pseudonym"]) == pseudonyms(["01", "02"], workspace_key(tmp_path))
    pseudonymised(data_of("03", "01"), tmp_path)
    assert list(table(tmp_path)["customer_id"]) == ["01", "02", "03"]
    assert table(tmp_path).iloc[:2].equals(first)


def test_a_table_with_nobody_new_is_left_alone(tmp_path, monkeypatch):
    pseudonymised(data_of("C1", "C2"), tmp_path)

    def written(*_, **__):
        raise AssertionError("written again")

    monkeypatch.setattr(module, "write_whole", written)
    pseudonymised(data_of("C2"), tmp_path)
    with pytest.raises(AssertionError):
        pseudonymised(data_of("C3"), tmp_path)


def test_a_table_of_nobody_is_written_once(tmp_path):
    pseudonymised(data_of(), tmp_path)
    assert list(table(tmp_path).columns) == ["customer_id", "pseudonym"]


@pytest.mark.parametrize(
    ("error", "words"), [(OSError(28, "No space left"), "no space left"), (OSError("?"), "unknown reason")]
)
def test_a_table_that_cannot_be_written_is_said(tmp_path, monkeypatch, error, words):
    def full(*_, **__):
        raise error

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(WorkbookError, match=rf"The pseudonyms cannot be kept in .* \({words}\)\. Close the file"):
        pseudonymised(data_of("C1"), tmp_path)
