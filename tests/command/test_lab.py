"""What the workbook brings to JupyterLab is found from the folder and from the wheel, and the notebooks bear its mark."""

import json
import os
import tomllib
from pathlib import Path

import pytest

from segkit.command import lab

ROOT = Path(__file__).resolve().parents[2]
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
