"""The benchmark of exports calls right, asked, said and silent what a person would."""

import importlib.util
from pathlib import Path

import pytest

from segkit.words.terms import FileKind
from tests.conftest import ROOT

_place = importlib.util.spec_from_file_location("benchmark_of_exports", ROOT / "benchmarks" / "exports.py")
assert _place is not None and _place.loader is not None
bench = importlib.util.module_from_spec(_place)
FOUND = {"rows_read": 40, "customers": 20, "orders": 30, "revenue": 450.0, "questions": [], "warnings": []}
ASKED = [{"key": "orders.customer", "question": "Who is the customer?", "why": "Two columns could be."}]


@pytest.fixture(scope="module", autouse=True)
def loaded():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "benchmark_of_exports", bench)
        _place.loader.exec_module(bench)
        yield


@pytest.mark.parametrize(
    ("right", "found", "outcome"),
    [
        ({"customers": 20, "revenue": 450}, {}, "right"),
        ({"customers": 21}, {}, "silently wrong"),
        ({"customers": 21}, {"questions": ASKED}, "asked"),
        ({"revenue": 400}, {"questions": ASKED}, "silently wrong"),
        ({"revenue": 400}, {"warnings": ["Discounts are in the money."]}, "said wrong"),
        ({"revenue": 400}, {"warnings": ["Columns “Amount” and “Price” are in another order."]}, "silently wrong"),
        ({"orders": 31}, {"warnings": ["orders.csv: the third column is empty."]}, "silently wrong"),
        ({"revenue": "none"}, {"revenue": None}, "right"),
        ({"revenue": 450, "alt": ["none"]}, {"revenue": None}, "right"),
        ({"customers": 19, "revenue": 450, "alt": [{"customers": 20}]}, {}, "right"),
        ({"customers": 19, "revenue": 400, "alt": [{"customers": 20}]}, {}, "silently wrong"),
        ({"question": True}, {"questions": ASKED}, "asked"),
        ({"question": True}, {}, "silently wrong"),
        ({"warning": True}, {"warnings": ["Days and months are swapped."]}, "right"),
        ({"warning": True}, {}, "silently wrong"),
        ({"refuse": True}, {}, "silently wrong"),
        ({"refuse": True}, {"refused": "Nobody is named."}, "refused rightly"),
        ({"customers": 20, "alt": ["refuse"]}, {"refused": "Nobody is named."}, "refused rightly"),
        ({"customers": 20}, {"refused": "Nobody is named."}, "said wrong"),
        ({"why": "a comma too many"}, {}, "no figure known"),
    ],
)
def test_what_comes_out_is_called_by_its_name(monkeypatch, right, found, outcome):
    monkeypatch.setattr(bench, "check", lambda files: {**FOUND, **found})
    monkeypatch.setattr(bench, "offers", lambda trial, readings: False)
    trial = bench.Trial("group", "name", {FileKind.ORDERS: [Path("orders.csv")]}, right)
    assert bench.judge(trial).outcome == outcome


def test_an_uncaught_fault_is_silent(monkeypatch):
    def fails(files):
        raise KeyError("Amount")

    monkeypatch.setattr(bench, "check", fails)
    judged = bench.judge(bench.Trial("group", "name", {}, {"customers": 20}))
    assert (judged.outcome, judged.detail) == ("silently wrong", "uncaught fault: KeyError: 'Amount'")


def test_without_its_description_no_export_is_known(monkeypatch):
    header = ["Opportunity Name", "Account Name", "Stage", "Amount", "Close Date"]
    seen = []
    monkeypatch.setattr(bench, "check", lambda files: seen.append(bench.known.recognised(header, FileKind.ORDERS)) or FOUND)
    for described in (True, False):
        bench.judge(bench.Trial("group", "name", {}, {"customers": 20}, described))
    assert [found and found.system for found in seen] == ["Salesforce", None]


@pytest.mark.parametrize(("revenue", "answered"), [(200, True), (100, True), (123, False)])
def test_the_answers_that_a_question_offers_are_tried(tmp_path, revenue, answered):
    path = tmp_path / "orders.csv"
    rows = [f"{n},2024-01-{1 + n:02},K{n % 7},{'EUR' if n % 3 else 'JPY'},10" for n in range(30)]
    path.write_text("Order,Date,Customer,Currency,Total\n" + "\n".join(rows) + "\n", encoding="utf-8")
    trial = bench.Trial("group", "name", {FileKind.ORDERS: [path]}, {})
    assert bench.offers(trial, [{"revenue": revenue}]) is answered


def test_rows_are_written_with_all_columns_of_the_layout(tmp_path):
    sample = {"header": ["Name", "Note", "Total"], "rows": "Total;Name\n3,50;#1\n", "delimiter": ";", "quoted": True}
    text = bench.written(sample, tmp_path / "orders.csv").read_text(encoding="utf-8")
    assert text.split() == ['"Name";"Note";"Total"', '"#1";"";"3,50"']
