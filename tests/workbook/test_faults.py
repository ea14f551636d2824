"""A fault in a cell is said in words, and whoever wants to can see where it came from."""

import sys
from types import SimpleNamespace

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from segkit.words.errors import DataError
from segkit.workbook.faults import OURS, REPORT, kept
from segkit.workbook.session import open_workbook


@pytest.fixture
def cell(tmp_path, monkeypatch, capsys):
    """Return a function that runs a cell in a kernel of the workbook, and gives what it said."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("SEGKIT_STRICT", raising=False)
    monkeypatch.setenv(OURS, "1")
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    open_workbook(tmp_path / "mine")

    def run(code):
        shell.run_cell(code, store_history=False)
        return capsys.readouterr().out

    return run


def test_a_fault_that_a_person_can_mend_is_said_as_it_is(cell):
    said = cell("from segkit import open_workbook\nopen_workbook('')")
    assert said.strip() == "The name of the workspace is empty. Name the folder of your business, or leave it out."


def test_one_that_nobody_foresaw_is_said_in_words_with_a_way_to_the_detail(cell, tmp_path):
    said = cell("{}['customers']")
    assert said.startswith(
        "Something went wrong in the workbook itself. Your choices are safe; details are in problem-report.txt"
    )
    assert "Traceback" not in said and "type %tb" in said
    assert "KeyError: 'customers'" in (tmp_path / "mine" / REPORT).read_text(encoding="utf-8")
    assert "KeyError" in cell("%tb")


def test_elsewhere_only_the_workbooks_own_faults_are_said_in_words(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv(OURS, raising=False)
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    open_workbook(tmp_path / "mine")
    shell.run_cell("from segkit import open_workbook\nopen_workbook('')", store_history=False)
    assert "Traceback" not in capsys.readouterr().out
    shell.run_cell("1 / 0", store_history=False)
    assert "ZeroDivisionError" in capsys.readouterr().out, "an analyst's own fault is shown as any"


def test_where_the_detail_cannot_be_kept_that_is_said(tmp_path):
    assert kept(tmp_path / "gone", DataError("x")) == (
        "Something went wrong in the workbook itself. Your choices are safe; the details cannot be kept "
        "(no such file or directory)."
    )
