"""Pseudonyms: the same from run to run, never to be guessed without the key, and nothing lost."""

import csv
import stat
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.handover.lists import write_lists
from segkit.words.errors import WorkbookError
from segkit.workbook.pseudonyms import KEY_FILE, TABLE_FILE, pseudonyms, workspace_key
from segkit.workbook.session import Session


@given(st.lists(st.text(min_size=1), unique=True, max_size=50), st.binary(min_size=1))
def test_one_pseudonym_each_by_the_key_alone(ids, key):
    made = pseudonyms(ids, key)
    assert len(set(made)) == len(ids) and made == pseudonyms(ids, key)
    assert not set(made) & set(pseudonyms(ids, key + b"x"))


def test_lists_hold_pseudonyms_and_the_workspace_knows_who_is_who(tmp_path):
    session = Session(tmp_path)
    plain = session.results.targeting.customer_list.set_index("customer_id")["segment_id"]
    session.choose("data", pseudonyms=True)
    write_lists(session)
    written = pd.read_csv(tmp_path / "exports" / "segments.csv", dtype=str, encoding="utf-8-sig").set_index("customer_id")
    with (tmp_path / TABLE_FILE).open(encoding="utf-8-sig", newline="") as file:
        who = {row["pseudonym"]: row["customer_id"] for row in csv.DictReader(file)}
    assert not set(written.index) & set(plain.index)
    back = written["segment_id"].rename(index=who).sort_index()
    pd.testing.assert_series_equal(back, plain.sort_index(), check_names=False, check_dtype=False)
    assert Session(tmp_path).results.review.changes is not None, "the later period meets the same customers"
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_a_damaged_key_is_said_and_not_replaced(tmp_path):
    workspace_key(tmp_path)
    (tmp_path / KEY_FILE).write_text("half", encoding="ascii")
    with pytest.raises(WorkbookError, match=r"damaged.*Put back a copy"):
        workspace_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_text(encoding="ascii") == "half"
