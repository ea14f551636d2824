"""What the workbook brings to JupyterLab is found from the folder and from the wheel, and the notebooks bear its mark."""

import json
import os
import tomllib
from pathlib import Path

import pytest
from nbconvert import MarkdownExporter
from nbformat import v4
from traitlets.config import Config

from segkit.command import lab
from segkit.html.piece import Html

ROOT = Path(__file__).resolve().parents[2]
WIDGET = "application/vnd.jupyter.widget-view+json"
EXTENSION = lab.EXTENSION / "labextensions" / "@segkit" / "workbook"


def test_jupyterlab_finds_the_extension_beside_the_settings(tmp_path):
    paths = lab.environment(tmp_path, "secret")["JUPYTER_PATH"].split(os.pathsep)
    assert paths[:2] == [str(tmp_path), str(lab.EXTENSION)]
    described = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    assert (EXTENSION / described["jupyterlab"]["_build"]["load"]).is_file() and described["name"] == "@segkit/workbook"


def test_the_wheel_lays_the_extension_where_any_jupyterlab_looks():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    laid = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert {(ROOT / source).resolve(): target for source, target in laid.items()} == {
        EXTENSION.parents[1]: "share/jupyter/labextensions"
    }


def test_the_extension_asks_nothing_from_outside():
    written = "".join(path.read_text(encoding="utf-8") for path in EXTENSION.rglob("*") if path.is_file())
    assert "http://" not in written and "https://" not in written and "fetch(" not in written


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("0*.ipynb")), ids=lambda path: path.stem)
def test_no_cell_of_a_notebook_can_be_deleted_or_typed_over_by_mistake(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["segkit"]["edition"]
    assert all(cell["metadata"].get(key) is False for cell in notebook["cells"] for key in ("editable", "deletable"))


def made(**mark):
    shown = v4.new_output("execute_result", {"text/html": Html("<p>Six of ten</p>", "").styled, "text/plain": "Six of ten"})
    cells = [v4.new_markdown_cell("# Goals"), v4.new_code_cell("show.goals(wb)", outputs=[shown])]
    return v4.new_notebook(cells=cells, metadata=mark)


def test_our_notebook_leaves_the_menu_as_markdown_without_code_and_style_sheets(tmp_path):
    (option,) = [one for one in lab.command(tmp_path, "n.ipynb", 8888, browser=False) if one.startswith("--MarkdownExporter.")]
    named = option.partition("preprocessors=")[2]
    exporter = MarkdownExporter(config=Config(MarkdownExporter={"preprocessors": json.loads(named.replace("'", '"'))}))
    page, _ = exporter.from_notebook_node(made(segkit={"edition": "1"}))
    assert page.split() == ["#", "Goals", "<div", 'class="seg"><p>Six', "of", "ten</p></div>"]
    other, _ = exporter.from_notebook_node(made())
    assert "show.goals(wb)" in other and "<style>" in other, "a notebook of one's own leaves as it is"


def test_a_saved_file_holds_no_widget_that_only_a_running_kernel_shows():
    notebook = made(segkit={"edition": "1"}, widgets={"state": {}})
    bare = v4.new_output("display_data", {WIDGET: {"model_id": "1"}, "text/plain": "VBox()"})
    notebook.cells[1].outputs[0].data[WIDGET] = {"model_id": "2"}
    notebook.cells[1].outputs.append(bare)
    lab.without_dead_widgets({"type": "notebook", "content": notebook}, path="n.ipynb")
    assert [sorted(output.data) for output in notebook.cells[1].outputs] == [
        ["text/html", "text/plain"],
        [WIDGET, "text/plain"],
    ]
    assert "widgets" not in notebook.metadata
    lab.without_dead_widgets({"type": "file", "content": "words"}, path="n.txt")
