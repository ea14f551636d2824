"""One sentence that the table beside it contradicts costs trust: here each one with a figure is held against the customers."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from segkit.command import runner
from segkit.command.runner import run_workbook
from segkit.words.terms import FileKind
from segkit.workbook.notebooks import notebook_names
from segkit.workbook.session import Session
from tests.command.notebooks_here import executed_here, speak_of_few_samples
from tests.conftest import ROOT
from tests.notebooks.claims import contradictions
from tests.notebooks.planted import file_of
from tests.notebooks.sentences import Read, amount, figures, read
from tests.notebooks.truth import Truth

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> tuple[Read, Truth]:
    """The notebooks as they ship, which show the first sample; that they still come out so is tested beside."""
    shown = read([nbformat.read(ROOT / "notebooks" / name, as_version=4) for name in notebook_names()])
    return shown, Truth(Session(tmp_path_factory.mktemp("shipped")), shown)


def test_nothing_in_the_shipped_notebooks_is_contradicted(shipped):
    shown, truth = shipped
    assert len(shown.sentences) > 100 and len(shown.tables) > 20
    assert contradictions(shown, truth) == []


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("142 customers (5 % of all), who bring in 38 %", "142 customers (5 % of all), who bring in 83 %"),
        ("Offices: 142 customers", "Subscribers: 142 customers"),
        ("they last ordered 20.6 days ago", "they last ordered 26.3 days ago"),
        ("the largest is “Passers-by”", "the largest is “Offices”"),
        ("comes from “Offices”", "comes from “Subscribers”"),
        ("Money spent in all is highest in “Offices”", "Money spent in all is highest in “Gift givers”"),
        ("hardly any of “Subscribers” have more", "nearly all of “Subscribers” have more"),
        ("order about every 53 days", "order about every 35 days"),
        ("bring 69 % of the money", "bring 80 % of the money"),
        ("Like new is missing most often", "Region is missing most often"),
        ("is worth most: 4", "is worth most: 9"),
        ("a customer of “Offices” is worth most", "a customer of “Passers-by” is worth most"),
        ("put 96 of 100 new customers", "put 92 of 100 new customers"),
        ("4 questions put 96 of 100", "3 questions put 96 of 100"),
        ("would be right for 27 of 100", "would be right for 37 of 100"),
        ("95 are named rightly", "91 are named rightly"),
        ("33 % of 2,960 customers bought once", "23 % of 2,960 customers bought once"),
    ],
)
def test_a_false_sentence_is_found(shipped, true, false):
    shown, truth = shipped
    changed = [replace(one, text=one.text.replace(true, false)) for one in shown.sentences]
    assert changed != shown.sentences, f"the notebooks no longer say “{true}”"
    assert contradictions(Read(changed, shown.tables), truth) != []


@pytest.mark.parametrize(
    ("name", "untrue"),
    [
        ("Mostly gifts, less house blends", "Mostly office supply, less house blends"),
        ("Mostly gifts, less house blends", "Mostly gifts, more house blends"),
        ("Mostly house blends, low spend, seldom", "Mostly house blends, high spend, seldom"),
        ("Mostly house blends, low spend, seldom", "Recent, mostly house blends"),
    ],
)
def test_an_untrue_name_is_found(shipped, name, untrue):
    shown, truth = shipped
    where, rule = truth.segments.pop(name), truth.rules.pop(name)
    try:
        truth.segments[untrue], truth.rules[untrue] = where, rule
        assert any(fault.startswith(f"{untrue}: ") for fault in contradictions(shown, truth))
    finally:
        del truth.segments[untrue], truth.rules[untrue]
        truth.segments[name], truth.rules[name] = where, rule


def test_shares_of_one_whole_add_up(shipped):
    truth = shipped[1]
    table = [["Segment", "Share of customers"], ["A", "34 %"], ["B", "34 %"], ["C", "33 %"]]
    assert contradictions(Read([], [table]), truth) == ["Share of customers: 34 %, 34 %, 33 %"]


def test_figures_are_read_as_they_are_written():
    assert figures("1,061 EUR by the 210, −3.5 points, 38 % and 0.9 %.") == ["1,061", "210", "−3.5", "38 %", "0.9 %"]
    assert amount("0.9 %") == pytest.approx((0.009, 0.0005)) and amount("−3.5") == (-3.5, 0.05)


@pytest.fixture
def light_evidence(monkeypatch):
    """Let few samples speak for a number of segments: what is said of them is looked at, not how sure it is."""
    speak_of_few_samples(monkeypatch)


@pytest.mark.parametrize("number", [5])
def test_nothing_is_contradicted_for_planted_businesses(number, tmp_path, monkeypatch, light_evidence):
    """One of those that the benchmark draws; see benchmarks/claims.py."""
    notebooks = []

    def kept(folder: Path, progress):
        notebooks[:] = executed_here(folder, progress)
        return notebooks

    monkeypatch.setattr(runner, "executed_notebooks", kept)
    report = run_workbook(tmp_path / "workspace", {FileKind.ORDERS: file_of(number, tmp_path)})
    shown = read(notebooks, report.read_text(encoding="utf-8"))
    assert len(shown.sentences) > 100
    assert contradictions(shown, Truth(Session(tmp_path / "workspace"), shown)) == []
