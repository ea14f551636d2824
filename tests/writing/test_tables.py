"""Exports: no spreadsheet runs what a customer typed."""

import csv
import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.writing.tables import defused, json_bytes, write_csv


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=A12", "＝1+1", " =1+1", '"=1+1', "=-A12"])
def test_formulas_are_defused(text):
    assert defused(text) == "'" + text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x;=1+1", "x;'=1+1"),
        (";=1+1", ";'=1+1"),
        ("a\t=1", "a\t'=1"),
        ("\r=1", "\n'=1"),
        ("\t=1", "'\t'=1"),
        ("x; -2+3", "x;' -2+3"),
    ],
)
def test_what_would_begin_a_cell_where_another_separator_holds_is_defused_there(text, shown):
    assert defused(text) == shown


@pytest.mark.parametrize(
    "value",
    [
        "-5",
        "+49",
        "-1.5e3",
        "17850",
        "00042",
        "Café = good",
        12,
        None,
        "-A12",
        "+A12",
        "+49 171 23",
        "@anna",
        "- 5 %",
        "a;-A12",
        "+cmd",
    ],
)
def test_numbers_names_and_plain_text_stay_as_they_are(value):
    assert defused(value) == value


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), min_size=1))
def test_no_cell_of_any_list_starts_a_formula(tmp_path_factory, cells):
    path = write_csv(pd.DataFrame(cells, columns=["customer_id", "segment_name"]), tmp_path_factory.mktemp("x") / "list.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "\t")) and not re.match(r"[+\-@].*[(|!=*^&]", cell)


def test_a_list_with_umlauts_opens_in_excel_and_a_plain_one_everywhere(tmp_path):
    marked = write_csv(pd.DataFrame({"name": ["Käufer"]}), tmp_path / "a.csv").read_bytes()
    plain = write_csv(pd.DataFrame({"name": ["buyer"]}), tmp_path / "b.csv").read_bytes()
    assert marked.startswith(b"\xef\xbb\xbf") and plain == b"name\nbuyer\n"


def test_json_holds_no_nan(tmp_path):
    assert json.loads(json_bytes({"a": 1.5, "b": None})) == {"a": 1.5, "b": None}
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"a": float("nan")})
