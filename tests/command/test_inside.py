"""JupyterLab reaches the workspace and nothing else of the computer."""

import asyncio

import pytest
from tornado.web import HTTPError

from segkit.command import lab
from segkit.command.inside import Contents


@pytest.fixture
def served(tmp_path):
    root, outside = tmp_path / "mine", tmp_path / "outside"
    for folder in (root / "data", outside):
        folder.mkdir(parents=True)
    (outside / "secret.txt").write_text("secret")
    (root / "data" / "orders.csv").write_text("a,b")
    (root / "within.csv").symlink_to("data/orders.csv")
    (root / "file.txt").symlink_to(outside / "secret.txt")
    (root / "folder").symlink_to(outside)
    (root / "up").symlink_to("..")
    return Contents(root_dir=str(root))


def asked(what):
    return asyncio.run(what)


def test_what_lies_in_the_workspace_is_read_and_written(served):
    assert asked(served.get("data/orders.csv"))["content"] == "a,b" == asked(served.get("within.csv"))["content"]
    asked(served.save({"type": "file", "format": "text", "content": "x"}, "data/new.csv"))
    assert asked(served.get("data/new.csv"))["content"] == "x"


@pytest.mark.parametrize("path", ["file.txt", "folder", "folder/secret.txt", "up/outside/secret.txt", "up", "folder/new.txt"])
def test_a_link_that_leaves_it_is_refused(served, path, tmp_path):
    acts = [
        lambda: served.get(path),
        lambda: served.save({"type": "file", "format": "text", "content": "x"}, path),
        lambda: served.delete_file(path),
        lambda: served.rename_file(path, "data/taken.txt"),
        lambda: served.rename_file("data/orders.csv", path),
        lambda: served.create_checkpoint(path),
    ]
    for act in acts:
        with pytest.raises(HTTPError) as refused:
            asked(act())
        assert refused.value.status_code in (404, 500)
    assert [file.name for file in (tmp_path / "outside").iterdir()] == ["secret.txt"]
    assert (tmp_path / "outside" / "secret.txt").read_text() == "secret"


def test_a_folder_is_listed_without_the_links_that_leave_it(served):
    assert sorted(one["name"] for one in asked(served.get(""))["content"]) == ["data", "within.csv"]


def test_the_server_is_begun_with_them_and_without_terminals(tmp_path):
    asked_for = lab.command(tmp_path, "n.ipynb", 8888, browser=False)
    assert "--ServerApp.contents_manager_class=segkit.command.inside.Contents" in asked_for
    assert "--ServerApp.terminals_enabled=False" in asked_for
    assert "leashed()" in asked_for[2]
