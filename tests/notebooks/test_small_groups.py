"""What the shipped notebooks show of groups of customers: none of fewer than five, and none that follows from the rest."""

import os

import nbformat
import pytest

from segkit.command import runner
from segkit.words.terms import FileKind
from tests.command.notebooks_here import executed_here, speak_of_few_samples
from tests.conftest import ROOT
from tests.notebooks.planted import file_of
from tests.report.attacker import few_told, told_by


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")))
def test_no_table_tells_of_a_handful_of_customers(name):
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)  # type: ignore[no-untyped-call]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert [told for output in outputs for told in few_told(output.data.get("text/html", ""))] == []


def test_the_attacker_finds_what_is_told():
    head = "<tr><th>Segment</th><th>Customers</th><th>Bought again</th></tr>"
    lines = (("A", "3", "–"), ("B", "20", "95 %"), ("C", "–", "50 %"))
    rows = "".join(f"<tr><th>{a}</th><td>{b}</td><td>{c}</td></tr>" for a, b, c in lines)
    assert few_told(f"<table>{head}{rows}</table>") == [
        "Customers: 3", "Customers: the one that is missing is the rest of the whole", "Bought again: 95 % of 20",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("number", range(50) if os.environ.get("SEGKIT_HOSTILE") else [7])
def test_no_report_of_a_random_business_tells_of_a_handful(number, tmp_path, monkeypatch):
    """All that a run writes for others, from its orders to the look ahead: 50 businesses where SEGKIT_HOSTILE=1 is set."""
    monkeypatch.setattr(runner, "executed_notebooks", executed_here)
    speak_of_few_samples(monkeypatch)
    report = runner.run_workbook(tmp_path / "workspace", {FileKind.ORDERS: file_of(number, tmp_path)})
    assert told_by(report.parent) == []
