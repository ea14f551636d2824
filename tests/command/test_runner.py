"""``segkit run``: a file in, a report and lists out, with the figures that the file's source states."""

import csv
import json
import re
from pathlib import Path

import nbformat
import pytest
from IPython.core.history import HistoryManager
from nbformat import v4

from segkit.command import runner
from segkit.command.kernel import kernel_spec
from segkit.command.runner import executed_notebooks, run_workbook, write_report
from segkit.decisions.data import RoleChoice
from segkit.report.check import check_page
from segkit.words.errors import DataError, WorkbookError
from segkit.words.terms import FileKind, Role
from segkit.workbook.notebooks import lay_out, notebook_names
from segkit.workbook.session import Session
from tests.command.notebooks_here import executed_here, speak_of_few_samples
from tests.report.attacker import told_by

ORDERS, CUSTOMERS = FileKind.ORDERS, FileKind.CUSTOMERS

# Files and figures as their SOURCE.txt states them, one of each shape; further ones are read in tests/reading.
REAL = {
    "online_retail": (
        {ORDERS: "online_retail/OnlineRetail.csv"},
        {
            "rows_read": 541909,
            "rows_kept": 397884,
            "customers": 4338,
            "orders": 18532,
            "revenue": 8911407.904,
            "as_of": "2011-12-10",
        },
        {"recency_days": 93.059, "frequency": 4.272, "monetary_total": 2054.266},
        ["United Kingdom", "no customer named", "cancelled order"],
    ),
    "northwind": (
        {ORDERS: "northwind/derived_northwind_orders.csv", CUSTOMERS: "northwind/derived_customers.csv"},
        {"rows_read": 2155, "customers": 89, "orders": 830, "revenue": 1265793.04, "first_date": "1996-07-04"},
        {},
        ["89 customers"],
    ),
    "marketing_campaign": (
        {CUSTOMERS: "marketing_campaign/variant_semicolon_dmy.csv"},
        {"rows_read": 2240, "rows_kept": 2240, "customers": 2240, "revenue": 1356988},
        {},
        ["115,779,909", "52,247.25", "always the same"],
    ),
    "wholesale": (
        {CUSTOMERS: "wholesale/Wholesale customers data.csv"},
        {"rows_read": 440, "customers": 440, "revenue": 14619500},
        {"monetary_total": 14619500 / 440},
        ["12,000.30", "1,524.87"],
    ),
}


@pytest.fixture
def here(monkeypatch):
    """Run notebooks in this process; that kernels show the same, byte for byte, is shown where the command line is typed."""
    monkeypatch.setattr(runner, "executed_notebooks", executed_here)


@pytest.fixture
def light_evidence(monkeypatch):
    """Let few samples speak for a number of segments: enough where a file's figures are looked at, in a third of the time."""
    speak_of_few_samples(monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_real_files_reach_a_report_with_their_true_figures(name, real, tmp_path, here, light_evidence):
    files, figures, means, words = REAL[name]
    report = run_workbook(tmp_path, {kind: real(path) for kind, path in files.items()})
    page = report.read_text(encoding="utf-8")
    check_page(page)
    summary = json.loads((report.parent / "summary.json").read_text(encoding="utf-8"))
    assert {key: summary[key] for key in figures} == {
        key: pytest.approx(value, abs=0.01) if isinstance(value, float) else value for key, value in figures.items()
    }
    assert {key: summary["means"][key] for key in means} == pytest.approx(means, abs=0.006)
    shown = re.sub(r"<[^>]+>", " ", page).lower().replace("\u00a0", " ")
    for word in words:
        assert word.lower() in shown
    assert "this does not work yet" not in shown, "a piece of the report failed"
    assert told_by(report.parent) == []
    with (report.parent / "segments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["customer_id", "segment_id", "segment_name"]
    assert len(rows) == len({row["customer_id"] for row in rows}) == summary["customers"]
    sizes = {s["segment_id"]: s["size"] for s in summary["segmentation"]["segments"]}
    assert sizes == {i: sum(row["segment_id"] == i for row in rows) for i in sizes}


@pytest.mark.slow
@pytest.mark.parametrize(("sample", "floor"), [("coffee_roaster", 0.64), ("packaging_wholesaler", 0.65)])
def test_both_samples_reach_a_report_and_their_planted_segments_are_found(sample, floor, tmp_path, here, light_evidence):
    report = run_workbook(tmp_path, {}, sample=sample)
    shown = report.read_text(encoding="utf-8")
    check_page(shown)
    assert not re.search(r"[\w.]+@[\w.]+", shown), "an e-mail address reached the report"
    assert "Please check" not in shown and told_by(report.parent) == []
    found = Session(tmp_path).results.criteria.segmentation.segment_of
    truth = planted(sample)
    shared = found.index.intersection(truth.index)
    assert len(shared) > 0.95 * len(found)
    index = adjusted_rand(found[shared], truth[shared])
    assert index >= floor, f"adjusted Rand index with the planted segments: {index:.2f}"


def planted(sample):
    import pandas as pd

    from segkit.samples.catalogue import SAMPLES, sample_folder

    truth = pd.read_csv(sample_folder(sample) / SAMPLES[sample].truth_file, dtype=str).set_index("customer_id")["segment"]
    return truth[~truth.isin(["joined", "test_account", "no_orders"])]


def adjusted_rand(found, truth) -> float:
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(truth, found))


def few(folder: Path, customers: int) -> Path:
    rows = [f"c{n % customers},2025-0{n % 9 + 1}-15,{n % 40 + 5}.50" for n in range(120)]
    path = folder / "few.csv"
    path.write_text("customer,date,amount\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("customers", [1])
def test_too_few_customers_get_that_answer_in_a_whole_report(customers, tmp_path, here):
    (tmp_path / "w").mkdir()
    said: list[str] = []
    report = run_workbook(tmp_path / "w", {ORDERS: few(tmp_path, customers)}, progress=said.append)
    assert "too few to segment" in report.read_text(encoding="utf-8")
    assert not (report.parent / "segments.csv").exists()
    summary = json.loads((report.parent / "summary.json").read_text(encoding="utf-8"))
    assert summary["segmentation"]["verdict"] == "too_few" and summary["customers"] == customers


def typed_in(folder: Path, *, keys: str = "K{:02}") -> Path:
    """Write orders of 60 customers with a few cells in which somebody wrote what belongs elsewhere."""
    cells = {3: "front desk", 9: "jane.doe@shop.example", 17: "ring 020 7946 0123", 30: "Law firm Bonn"}
    places = {i: "Gate A" if i % 3 else "Gate B" for i in range(150)} | {60 + i: cell for i, cell in cells.items()}
    rows = [
        f"{i},2024-0{i % 9 + 1}-{i % 27 + 1:02},{keys.format(i % 60)},{places[i]},{5 + i % 40 * i % 97}.00" for i in range(150)
    ]
    path = folder / "typed.csv"
    path.write_text("Order,Date,Customer,Delivery place,Total\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["K{:02}", "person{:02}@mail.example"])
def test_a_person_in_a_category_or_as_the_key_stops_nothing_and_is_in_no_report(keys, tmp_path, here, light_evidence):
    (tmp_path / "w").mkdir()
    said: list[str] = []
    report = run_workbook(tmp_path / "w", {ORDERS: typed_in(tmp_path, keys=keys)}, progress=said.append)
    page = report.read_text(encoding="utf-8")
    check_page(page)
    text = (report.parent / "summary.json").read_text(encoding="utf-8")
    for value in ("jane.doe", "7946", "Law firm", "front desk", "person0", "mail.example"):
        assert value not in page and value not in text, value
    place = "typed.csv, column “Delivery place”: 1 e-mail address and 1 telephone number hidden"
    assert place in page and any(place in warning for warning in json.loads(text)["warnings"])
    assert any(place in line for line in said)
    assert ("identified by e-mail addresses" in page) == ("No column holds names" not in page) == ("@" in keys)
    assert (report.parent / "segments.csv").exists() and list((report.parent / "lists").glob("*.csv"))
    assert not [path for path in report.parent.rglob("*") if "@" in path.name or "person" in path.name]


def test_a_file_that_is_not_there_is_said_before_anything_is_saved(tmp_path):
    with pytest.raises(DataError, match=r"There is no file .*missing\.csv\. Check the name and the folder\."):
        run_workbook(tmp_path, {ORDERS: tmp_path / "missing.csv"})
    assert not (tmp_path / "workbook.json").exists()


def test_a_column_mapped_twice_is_refused(tmp_path):
    twice = tuple(RoleChoice(kind=ORDERS, column=column, role=Role.CUSTOMER) for column in ("a", "b"))
    with pytest.raises(WorkbookError, match="a and b are both mapped to “Customer number or name”; keep one of them"):
        run_workbook(tmp_path, {ORDERS: few(tmp_path, 40)}, choices={"roles": twice})


def test_a_notebook_that_a_person_broke_is_named_with_the_way_out(tmp_path):
    run = Session(tmp_path)
    lay_out(tmp_path)
    path = tmp_path / "notebooks" / "01_goals.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("ask.business(wb)", "ask.busyness(wb)"), encoding="utf-8")
    with pytest.raises(WorkbookError) as caught:
        executed_notebooks(run.workspace.folder, lambda _: None)
    assert "Notebook 01_goals.ipynb stopped before its end" in str(caught.value)
    assert f"python -m segkit reset 01_goals --workspace {run.workspace.folder}" in str(caught.value)


def test_a_kernel_of_the_workbook_writes_no_history():
    (option,) = [part for part in kernel_spec()["argv"] if "History" in part]
    manager, _, value = option.removeprefix("--").partition("=")
    assert manager == f"{HistoryManager.__name__}.enabled" and HistoryManager.enabled.from_string(value) is False


def test_after_a_run_the_notebooks_show_that_run(tmp_path):
    folder = lay_out(tmp_path)
    paths = [folder / "notebooks" / name for name in notebook_names()]
    before = [nbformat.read(path, as_version=4) for path in paths]
    ran = [nbformat.read(path, as_version=4) for path in paths]
    shown = {"text/html": "<p>of our own</p>", "text/plain": "of our own", "application/vnd.jupyter.widget-view+json": {}}
    for notebook in ran:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = [v4.new_output("execute_result", shown)]
    runner._keep_outputs(folder, ran)
    for path, was in zip(paths, before, strict=True):
        now = nbformat.read(path, as_version=4)
        assert (now.metadata, [cell.source for cell in now.cells]) == (was.metadata, [cell.source for cell in was.cells])
        outputs = [output for cell in now.cells if cell.cell_type == "code" for output in cell.outputs]
        assert outputs and all(
            output.data == {"text/html": "<p>of our own</p>", "text/plain": "of our own"} for output in outputs
        )


def test_a_killed_kernel_is_said_in_words_and_loses_nothing(tmp_path):
    lay_out(tmp_path)
    Session(tmp_path).choose("goals", why="kept")
    path = tmp_path / "notebooks" / "01_goals.ipynb"
    killer = "import os, signal; os.kill(os.getpid(), signal.SIGTERM if os.name == 'nt' else signal.SIGKILL)"
    path.write_text(path.read_text(encoding="utf-8").replace("ask.business(wb)", killer), encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"The kernel that ran notebook 01_goals\.ipynb stopped.*Your choices are saved"):
        executed_notebooks(tmp_path, lambda _: None)
    assert Session(tmp_path).goals.why == "kept"


def test_a_full_disk_while_the_report_is_written_is_said_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "executed_notebooks", lambda folder, progress: [])

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runner, "write_together", full)
    with pytest.raises(
        WorkbookError, match=r"cannot be written to .*exports \(no space left on device\)\. .*free some space on the disk"
    ):
        write_report(tmp_path)
