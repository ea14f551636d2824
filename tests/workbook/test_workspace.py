"""Nothing that a person decided is ever lost."""

import datetime as dt
import errno
import json
import multiprocessing
import os
import random
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Business, Goals
from segkit.decisions.model import Decision
from segkit.words.errors import WorkbookError
from segkit.words.terms import Method, Step
from segkit.workbook import book_file as module
from segkit.workbook.book_file import BOOK, read_book
from segkit.workbook.notebooks import lay_out, notebook_names, reset_notebook
from segkit.workbook.session import Session
from segkit.workbook.workspace import Workspace
from segkit.writing.atomic import write_together


def named(name: str):
    def change(decision: Decision) -> Decision:
        return decision.revise(business=Business(name=name))

    return change


def because(why: str):
    def change(decision: Decision) -> Decision:
        return decision.revise(why=why)

    return change


def name_of(space: Workspace) -> str:
    goals = space.book.goals
    return goals.business.name if goals else ""


def test_a_choice_is_there_the_next_day(tmp_path):
    Workspace(tmp_path).decide(Step.GOALS, Goals(), named("Blue Door"))
    assert name_of(Workspace(tmp_path)) == "Blue Door"
    assert json.loads((tmp_path / BOOK).read_text(encoding="utf-8"))["goals"]["business"]["name"] == "Blue Door"
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_history_keeps_what_why_when_and_what_was_rejected(tmp_path):
    space = Workspace(tmp_path)
    space.decide(Step.CRITERIA, Criteria(), lambda d: d.revise(method=Method.K_MEANS, why="more of them come back"))
    space.decide(Step.CRITERIA, Criteria(), lambda d: d.revise(method=Method.BY_HAND, why="simpler to explain"))
    methods = [entry for entry in space.book.history if entry.field == "method"]
    assert [(e.rejected, e.chosen, e.why) for e in methods] == [
        ("rfm", "k_means", "more of them come back"),
        ("k_means", "by_hand", "simpler to explain"),
    ]
    assert all(isinstance(e.at, dt.datetime) for e in methods)


def test_an_invalid_choice_changes_nothing(tmp_path):
    space = Workspace(tmp_path)
    space.decide(Step.GOALS, Goals(), named("Blue Door"))
    with pytest.raises(WorkbookError, match="smallest share should be 1 or less"):
        space.decide(Step.GOALS, Goals(), lambda d: d.revise(smallest_share=7))
    space.decide(Step.GOALS, Goals(), because("still works"))
    assert name_of(Workspace(tmp_path)) == "Blue Door"


def test_two_notebooks_on_one_workspace_keep_each_others_choices(tmp_path):
    first, second = Workspace(tmp_path), Workspace(tmp_path)
    first.decide(Step.GOALS, Goals(), named("Blue Door"))
    second.decide(Step.GOALS, Goals(), because("from the other notebook"))
    assert first.book.goals is not None
    assert (first.book.goals.business.name, first.book.goals.why) == ("Blue Door", "from the other notebook")
    assert first.book == second.book == Workspace(tmp_path).book


@pytest.mark.parametrize(
    "damage", ["", "{", "{}", "[1, 2]", '{"goals": {"nonsense": 1}}', "\x00\x01", '{"schema_version": "x"}']
)
def test_a_damaged_workbook_is_set_aside_and_the_last_good_one_used(tmp_path, damage):
    space = Workspace(tmp_path)
    space.decide(Step.GOALS, Goals(), named("first"))
    space.decide(Step.GOALS, Goals(), named("second"))
    (tmp_path / BOOK).write_text(damage, encoding="utf-8")
    again = Workspace(tmp_path)
    assert name_of(again) == "first"
    assert (tmp_path / "workbook.damaged-1.json").read_text(encoding="utf-8") == damage
    assert "kept as workbook.damaged-1.json. You continue from the last good state." in again.notices[0]
    again.decide(Step.GOALS, Goals(), named("third"))
    assert name_of(Workspace(tmp_path)) == "third"


def test_damage_while_a_notebook_is_open_is_noticed_too(tmp_path):
    space = Workspace(tmp_path)
    space.decide(Step.GOALS, Goals(), named("first"))
    space.decide(Step.GOALS, Goals(), named("second"))
    (tmp_path / BOOK).write_text("{", encoding="utf-8")
    space.decide(Step.GOALS, Goals(), because("typed after the damage"))
    assert space.notices and (tmp_path / "workbook.damaged-1.json").exists()
    assert read_book(tmp_path / BOOK).goals.why == "typed after the damage"


def test_a_newer_workbook_is_refused_and_left_alone(tmp_path):
    text = '{"schema_version": 99, "goals": null}'
    (tmp_path / BOOK).write_text(text)
    with pytest.raises(WorkbookError) as caught:
        Workspace(tmp_path)
    assert str(caught.value) == (
        "workbook.json was written by a newer version of the workbook (layout 99, this one knows 4). "
        "Update the workbook and open it again; nothing was changed."
    )
    assert (tmp_path / BOOK).read_text() == text


def test_a_full_disk_keeps_the_choice_in_memory_and_saves_it_with_the_next(tmp_path, monkeypatch):
    space = Workspace(tmp_path)
    space.decide(Step.GOALS, Goals(), named("before"))

    def full(path, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_whole", full)
        with pytest.raises(WorkbookError, match=r"not saved yet: .* \(no space left on device\)\. Free some space on the disk"):
            space.decide(Step.GOALS, Goals(), named("during"))
        assert (name_of(space), space.unsaved) == ("during", 1)
    assert name_of(Workspace(tmp_path)) == "before"
    space.decide(Step.CRITERIA, Criteria(), because("next choice"))
    saved = Workspace(tmp_path).book
    assert (saved.goals.business.name, saved.criteria.why, space.unsaved) == ("during", "next choice", 0)


def test_a_read_only_workspace_opens_and_says_so(tmp_path, monkeypatch):
    Workspace(tmp_path).decide(Step.GOALS, Goals(), named("kept"))

    def refused(self, *args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    space = Workspace(tmp_path)
    assert name_of(space) == "kept"
    assert "The workspace is read-only" in space.notices[0]


def test_a_path_that_is_a_file_is_refused_in_words(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(WorkbookError, match=r"The workspace folder cannot be made: .*taken .*choose another with --workspace"):
        Workspace(tmp_path / "taken")


def work_for_ever(folder: Path, told: Connection) -> None:
    """Save, read and export without end; tell each choice once it is saved."""
    space = Workspace(folder)
    for n in range(1_000_000):
        space.decide(Step.GOALS, Goals(), because(f"{n} " + "x" * 500))
        told.send(n)
        if n % 4:
            continue
        assert Workspace(folder).book.goals.why.startswith(f"{n} ")
        lists = {folder / "exports" / name: f"{n}\n".encode() * 100 for name in ("segments.csv", "lists/s1.csv")}
        write_together(lists, without=[folder / "exports" / "lists" / "s2.csv"])


@pytest.mark.slow
def test_no_choice_is_lost_by_a_kill_at_any_instant_of_saving_reading_and_exporting(tmp_path):
    chance = random.Random(20)
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(["pytest", "segkit.workbook.workspace", __name__])
    acknowledged = kill = 0
    while acknowledged < 1000 or kill < 50:
        folder = tmp_path / str(kill % 8)  # the same few workspaces again and again, so that leftovers are met too
        here, there = context.Pipe(duplex=False)
        writer = context.Process(target=work_for_ever, args=(folder, there))
        writer.start()
        there.close()
        told, count = here.recv(), 1
        time.sleep(chance.uniform(0, 0.3))
        writer.kill()
        writer.join()
        with suppress(EOFError):
            while True:
                told, count = here.recv(), count + 1
        here.close()
        acknowledged, kill = acknowledged + count, kill + 1
        assert int(read_book(folder / BOOK).goals.why.split()[0]) >= told, "a save that was reported done is lost"
        assert not Workspace(folder).notices
        for path in (folder / "exports").rglob("*.csv"):
            assert len(set(path.read_text().split())) == 1 and path.read_text().count("\n") == 100, "whole or not at all"
        (folder / BOOK).unlink()  # the next round goes on from the previous file
        assert Workspace(folder).book.goals is not None or told == 0


def test_reset_restores_a_broken_notebook_and_keeps_the_choices(tmp_path):
    folder = lay_out(tmp_path)
    Workspace(folder).decide(Step.GOALS, Goals(), named("kept"))
    fresh = (folder / "notebooks" / notebook_names()[2]).read_bytes()
    (folder / "notebooks" / notebook_names()[2]).write_text("broken")
    lay_out(folder)
    assert (folder / "notebooks" / notebook_names()[2]).read_text() == "broken", "laying out again leaves a person's copy alone"
    restored = reset_notebook(folder, "criteria")
    assert restored.read_bytes() == fresh
    assert (restored.parent / "03_criteria.before-reset-1.ipynb").read_text() == "broken"
    assert name_of(Workspace(folder)) == "kept"
    assert reset_notebook(folder, "3") == reset_notebook(folder, "03_criteria.ipynb") == restored
    with pytest.raises(WorkbookError, match=r"There is no notebook called “prices”\. Choose one of: 01_goals, 02_data, "):
        reset_notebook(folder, "prices")


def test_a_workbook_saved_before_there_was_a_choice_opens_with_its_default(tmp_path):
    session = Session(tmp_path)
    session.choose("profiles", why="they differ")
    path = tmp_path / "workbook.json"
    saved = json.loads(path.read_text(encoding="utf-8"))
    for later in ("spread_of", "horizon_months", "yearly_discount"):
        del saved["profiles"][later]
    path.write_text(json.dumps(saved), encoding="utf-8")
    again = Session(tmp_path)
    assert (again.personas.why, again.personas.spread_of) == ("they differ", "")
    assert (again.personas.horizon_months, again.personas.yearly_discount) == (12, 0.1)
