"""One command forgets a business wholly, and says what it removed."""

import io
import os
import sqlite3
import tempfile
from contextlib import closing

import pytest

from segkit.command.cli import main
from segkit.command.opened import is_open, opened
from segkit.workbook.book_file import BOOK
from segkit.workbook.notebooks import lay_out
from segkit.workbook.pseudonyms import workspace_key
from segkit.workbook.session import Session


@pytest.fixture
def business(tmp_path, monkeypatch):
    """Return a workspace with something of each kind in it, and a home and a temporary folder of its own."""
    folder = lay_out(tmp_path / "mine")
    session = Session(folder)
    session.choose("goals", why="Zyxwv")
    session.choose("goals", why="ours")
    (folder / BOOK).write_text("{")
    Session(folder).choose("goals", why="ours again")
    workspace_key(folder)
    for name in (
        "data/orders.csv",
        "copies/shop.parquet",
        "exports/lists/s1.csv",
        "exports/report.html",
        ".jupyter/lab/x.json",
        "problem-report.txt",
        "pseudonyms.csv",
        ".segkit-12.new",
        "notebooks/.ipynb_checkpoints/01_goals.ipynb",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Zyxwv")
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    return folder


def forget(folder, *more):
    return main(["forget", "--workspace", str(folder), *more])


def test_nothing_of_a_business_is_left_and_what_was_removed_is_said(business, capsys):
    assert forget(business, "--yes") == 0
    said = capsys.readouterr().out
    assert not business.exists() and f"Removed the folder {business}." in said
    for what in (
        "choices and their history: 3 files",
        "data files, with the copies of databases: 2 files",
        "notebooks with what they show: 7 files",
        "reports, lists and surveys: 2 files",
        "pseudonyms with their key: 2 files",
        "settings and traces of programs",
    ):
        assert f"Removed {what}" in said, said


def test_it_asks_first(business, capsys, monkeypatch):
    for typed, code in (("no\n", 1), ("", 1), ("yes\n", 0)):
        assert business.exists()
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert forget(business) == code
        said = capsys.readouterr().out
        assert "cannot be undone" in said and "data files" in said and ("Nothing was removed." in said) is (code == 1)
    assert not business.exists()


def test_what_the_workbook_did_not_make_stays_and_is_named(business, tmp_path, capsys):
    (business / "my notes.txt").write_text("mine")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "original.csv").write_text("the original")
    (business / "data" / "linked").symlink_to(elsewhere)
    assert forget(business, "--yes") == 0
    assert [path.name for path in business.iterdir()] == ["my notes.txt"]
    assert "Left alone, because the workbook did not make it: my notes.txt" in capsys.readouterr().out
    assert (elsewhere / "original.csv").read_text() == "the original", "what a link leads to is not the workbook's"


def test_a_folder_that_is_no_workspace_is_left_alone(tmp_path, capsys):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "photos.txt").write_text("mine")
    assert forget(tmp_path, "--yes") == 1
    assert (tmp_path / "data" / "photos.txt").exists()
    assert "is no workspace of the workbook.\nNothing was removed." in capsys.readouterr().err


def test_a_workspace_that_is_open_is_left_alone(business, capsys):
    with opened(business, 9999):
        assert is_open(business) and forget(business, "--yes") == 1
        assert "is open in JupyterLab" in capsys.readouterr().err and (business / BOOK).exists()
    assert not is_open(business) and forget(business, "--yes") == 0


def test_traces_elsewhere_go_too_and_those_of_others_stay(business, tmp_path, capsys):
    for name, age in (("segkit-old", 9000), ("segkit-new", 0), ("other-old", 9000)):
        (tmp_path / "tmp" / name).mkdir()
        (tmp_path / "tmp" / name / "customers.parquet").write_text("Zyxwv")
        then = os.stat(tmp_path / "tmp" / name).st_mtime - age
        os.utime(tmp_path / "tmp" / name, (then, then))
    profile = tmp_path / "home" / "profile_default"
    profile.mkdir()
    with closing(sqlite3.connect(profile / "history.sqlite")) as history, history:
        history.execute("CREATE TABLE sessions (session integer primary key, start, end, num_cmds, remark)")
        history.execute("CREATE TABLE history (session integer, line integer, source, source_raw)")
        history.execute("CREATE TABLE output_history (session integer, line integer, output)")
        for number, cell in ((1, "wb = open_workbook()"), (1, "wb.choose('goals', why='Zyxwv')"), (2, "1 + 1")):
            history.execute("INSERT INTO history VALUES (?, 1, ?, ?)", (number, cell, cell))
    assert forget(business, "--yes") == 0
    said = capsys.readouterr().out
    assert sorted(path.name for path in (tmp_path / "tmp").iterdir()) == ["other-old", "segkit-new"]
    with closing(sqlite3.connect(profile / "history.sqlite")) as history:
        assert history.execute("SELECT source FROM history").fetchall() == [("1 + 1",)]
    assert b"Zyxwv" not in (profile / "history.sqlite").read_bytes()
    assert "Removed 1 temporary folder" in said and "Removed 2 cells of the workbook from the history" in said


def test_only_the_history_can_be_forgotten(business, capsys):
    assert forget(business, "--history") == 0
    assert "What you chose last still holds." in capsys.readouterr().out
    assert Session(business).goals.why == "ours again" and (business / "data" / "orders.csv").exists()
    assert not any("Zyxwv" in path.read_text(encoding="utf-8") for path in business.glob("*.json"))


def test_the_empty_name_is_refused(capsys):
    for command in ("start", "run", "report", "doctor", "forget"):
        with pytest.raises(SystemExit) as stopped:
            main([command, "--workspace", ""])
        assert stopped.value.code == 2 and "argument --workspace: its name is empty" in capsys.readouterr().err
