"""The notebooks as files: made from their sources, whole, and readable before anything is installed."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import jupytext
import nbformat
import pytest

from segkit.words.terms import Step

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = [f"{number:02d}_{step.value}" for number, step in enumerate(Step, 1)]


@pytest.fixture(params=NAMES)
def name(request) -> str:
    return request.param


@pytest.fixture
def notebook(name) -> nbformat.NotebookNode:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def outputs(notebook):
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_there_is_one_notebook_for_each_step():
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES
    assert sorted(path.stem for path in (FOLDER / "source").glob("*.py")) == NAMES


def test_it_is_made_from_its_source(name, notebook):
    source = jupytext.read(FOLDER / "source" / f"{name}.py")
    assert [(c.cell_type, c.source) for c in notebook.cells] == [(c.cell_type, c.source) for c in source.cells]


def test_its_edition_is_that_of_its_source(name, notebook):
    cells = [f"{cell.cell_type}\0{cell.source}" for cell in jupytext.read(FOLDER / "source" / f"{name}.py").cells]
    assert notebook.metadata["segkit"] == {"edition": hashlib.sha256("\0".join(cells).encode()).hexdigest()[:12]}


def test_it_is_committed_run_and_holds_no_error_and_no_dead_widget(notebook):
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    for output in outputs(notebook):
        assert output.output_type in ("execute_result", "display_data"), output
        assert "text/html" in output.data and "application/vnd.jupyter.widget-view+json" not in output.data
        assert "seg-error" not in re.sub(r"<style>.*?</style>", "", output.data["text/html"])


def test_it_starts_and_ends_as_all_do(name, notebook):
    first, last = notebook.cells[0].source, notebook.cells[-1].source
    assert first.startswith(f"# {int(name[:2])}. {Step(name[3:]).label}")
    assert "Run All Cells" in first
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for part in (
        "**In this notebook**",
        "**You need**",
        "## Try it",
        "A hint</summary>",
        "answer</summary>",
        "## Check yourself",
    ):
        assert part in words
    assert "**You now have**" in last


def test_links_lead_to_notebooks_that_exist(notebook):
    for cell in notebook.cells:
        for target in re.findall(r"\]\(([^)#]+)\)", cell.source if cell.cell_type == "markdown" else ""):
            assert (FOLDER / target).exists(), target


def test_cells_are_short_and_only_the_first_is_more_than_a_line(notebook):
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code[0].splitlines()) <= 10
    assert all(len(source.splitlines()) == 1 for source in code[1:])


def test_no_wall_of_text(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert len(cell.source.split()) < 130, cell.source[:80]


def test_something_of_it_goes_into_the_report(notebook):
    tagged = [cell for cell in notebook.cells if "report" in cell.metadata.get("tags", ())]
    assert {cell.cell_type for cell in tagged} >= {"code"}


class Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.alts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")


def test_each_picture_says_what_it_shows(notebook):
    for output in outputs(notebook):
        parser = Pictures()
        parser.feed(output.data["text/html"])
        assert all(len(alt) > 20 for alt in parser.alts)


def test_learners_never_read_of_clusters(notebook):
    for cell in notebook.cells:
        assert "cluster" not in cell.source.lower()
    for output in outputs(notebook):
        assert "cluster" not in re.sub(r"base64,[^\"']+", "", output.data["text/html"]).lower()
