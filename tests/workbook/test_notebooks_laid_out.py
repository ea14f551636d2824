"""Notebooks laid into a workspace: which there are, what counts as another edition, and what is kept when one is made fresh."""

import errno
import json

import pytest

from segkit.words.errors import WorkbookError
from segkit.workbook import notebooks as module
from segkit.workbook.notebooks import edition, lay_out, notebook_names, reset_notebook, shipped


def notebook(held="1", words="x"):
    return json.dumps({"metadata": {"segkit": {"edition": held}}, "cells": [words]})


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A workbook that comes with two small notebooks, and a file that is none."""
    ours = tmp_path / "shipped"
    ours.mkdir()
    for name in ("02_data.ipynb", "01_goals.ipynb", "07_more.ipynb", "1_other.ipynb", "01_goals.txt"):
        (ours / name).write_text(notebook())
    monkeypatch.setattr(module, "shipped", lambda name: {"notebooks": ours}[name])
    return ours


@pytest.fixture
def space(tmp_path):
    return tmp_path / "mine"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_six_notebooks_in_order():
    assert [name[:3] for name in notebook_names()] == ["01_", "02_", "03_", "04_", "05_", "06_"]
    assert (shipped("notebooks") / notebook_names()[0]).exists() and shipped("data").is_dir()
    with pytest.raises(WorkbookError, match=r"own folder “none” is missing\. Install the workbook again"):
        shipped("none")


def test_in_a_wheel_the_notebooks_lie_inside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "segkit"
    for folder in (package / "workbook", package / "_share" / "notebooks", tmp_path / "notebooks", tmp_path / "data"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(package / "workbook" / "notebooks.py"))
    assert shipped("notebooks") == package / "_share" / "notebooks" and shipped("data") == tmp_path / "data"


def test_only_notebooks_of_the_six_steps_are_laid_out(own, space):
    assert notebook_names() == ("01_goals.ipynb", "02_data.ipynb")
    said = []
    assert lay_out(space, said.append) == space.resolve() and said == []
    assert names(space / "notebooks") == ["01_goals.ipynb", "02_data.ipynb"]
    lay_out(space)
    assert names(space / "notebooks") == ["01_goals.ipynb", "02_data.ipynb"]


@pytest.mark.parametrize(
    ("content", "held"),
    [
        (notebook("12"), "12"), ('{"metadata": {}}', ""), ('{"metadata": {"segkit": {}}}', ""), ("{}", None), ("[1]", None),
        ("{", None), ('{"metadata": null}', None), ('{"metadata": {"segkit": 1}}', None),
        ('{"metadata": {"segkit": {"edition": 3}}}', "3"),
    ],
)  # fmt: skip
def test_the_edition_of_a_notebook(tmp_path, content, held):
    (tmp_path / "x.ipynb").write_text(content)
    assert edition(tmp_path / "x.ipynb") == held


@pytest.mark.parametrize(("theirs", "renewed"), [("1", False), ("2", True), ("", True), (None, False)])
def test_a_copy_of_another_edition_is_renewed_and_kept(own, space, theirs, renewed):
    copy = lay_out(space) / "notebooks" / "02_data.ipynb"
    copy.write_text(content := "broken" if theirs is None else notebook(theirs, "mine"))
    said = []
    lay_out(space, said.append)
    assert (copy.read_text() == (own / copy.name).read_text()) is renewed
    if renewed:
        assert (copy.parent / "earlier" / "02_data-1.ipynb").read_text() == content and "02_data.ipynb were renewed" in said[0]
    else:
        assert copy.read_text() == content and said == [] and not (copy.parent / "earlier").exists()


def test_what_a_full_disk_is_called(own, space, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(
        WorkbookError, match=r"The notebooks cannot be copied into the workspace: .*mine .*Free some space on the disk"
    ):
        lay_out(space)


@pytest.mark.parametrize("name", ["2", "02", "data", "02_data", "02_data.ipynb", "DATA", "some/where/02_Data.ipynb"])
def test_a_notebook_is_made_fresh_by_any_of_its_names(own, space, name):
    copy = lay_out(space) / "notebooks" / "02_data.ipynb"
    for number in (1, 2):
        copy.write_text(f"broken {number}")
        assert reset_notebook(space, name) == copy
        assert copy.read_text() == (own / "02_data.ipynb").read_text()
        assert (copy.parent / f"02_data.before-reset-{number}.ipynb").read_text() == f"broken {number}"
    assert (copy.parent / "02_data.before-reset-1.ipynb").read_text() == "broken 1"
    assert (copy.parent / "01_goals.ipynb").read_text() == notebook()


def test_a_notebook_can_be_made_fresh_in_a_new_workspace(own, space):
    assert reset_notebook(space, "1").read_text() == notebook()


@pytest.mark.parametrize("name", ["3", "prices", "", "0", "01_"])
def test_there_is_no_such_notebook(own, space, name):
    with pytest.raises(WorkbookError) as caught:
        reset_notebook(space, name)
    assert caught.value.what == f"There is no notebook called “{name}”."
    assert caught.value.remedy == "Choose one of: 01_goals, 02_data."
    assert not space.exists()
