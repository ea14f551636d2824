"""Whatever happens to the files of a workspace: it is said in words, and the last good state is kept."""

import errno
import json
import os
import shutil

import pytest

from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Goals
from segkit.decisions.workbook import SCHEMA_VERSION
from segkit.words.errors import WorkbookError
from segkit.words.terms import Step
from segkit.workbook import notebooks as laid
from segkit.workbook.book_file import BOOK, PREVIOUS, read_book
from segkit.workbook.notebooks import lay_out, notebook_names, reset_notebook
from segkit.workbook.session import Session, open_workbook
from segkit.workbook.workspace import Workspace
from segkit.writing import atomic
from segkit.writing.atomic import leftovers, write_together, write_whole


def because(why):
    return lambda decision: decision.revise(why=why)


def decided(folder, *reasons):
    space = Workspace(folder)
    for why in reasons:
        space.decide(Step.GOALS, Goals(), because(why))
    return space


def why(space):
    return space.book.goals.why if space.book.goals else None


def folder_there(path):
    path.mkdir()
    (path / "mine.txt").write_text("of the person")


FAULTS = {
    "deep": (lambda path: path.write_text("[" * 200_000), "nested deeper than any workbook"),
    "deep but whole": (lambda path: path.write_text('{"history":' + "[" * 5000 + "]" * 5000 + "}"), ""),
    "a folder": (folder_there, "it is a folder"),
    "a pipe": (lambda path: os.mkfifo(path), "it is not a plain file"),
    "a link that leads nowhere": (lambda path: path.symlink_to("nowhere"), "it is a link that leads nowhere"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "it is a link that leads nowhere"),
    "braces": (lambda path: path.write_text("{}"), "does not say which layout it has"),
    "no choices": (
        lambda path: path.write_text(f'{{"schema_version": {SCHEMA_VERSION}}}'),
        "it holds no choice, though some were saved",
    ),
    "nothing": (lambda path: path.write_bytes(b""), "it breaks off or is not JSON"),
    "zeros": (lambda path: path.write_bytes(bytes(4096)), "it breaks off or is not JSON"),
    "half": (lambda path: path.write_text('{"schema_version": 4, "goals": {"why": "fi'), "it breaks off or is not JSON"),
    "a list": (lambda path: path.write_text("[1]"), "should be a list of names with their values"),
    "a number": (lambda path: path.write_text("4"), "should be a list of names with their values"),
    "pictures": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\xfd"), "it is not text"),
    "history that does not fit": (
        lambda path: path.write_text(
            '{"schema_version": 4, "history": [{"step": "goals", "field": "why", "chosen": '
            '{"head": 9, "tail": 9, "between": ""}}]}'
        ),
        "its history does not fit together",
    ),
    "a history that is none": (lambda path: path.write_text('{"schema_version": 4, "history": 5}'), "does not fit together"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("while_open", [False, True], ids=["at the start", "while open"])
def test_what_is_no_workbook_is_set_aside_and_the_last_good_state_holds(tmp_path, fault, while_open):
    space = decided(tmp_path, "first", "second")
    (tmp_path / BOOK).unlink()
    damage, words = FAULTS[fault]
    damage(tmp_path / BOOK)
    space = space if while_open else Workspace(tmp_path)
    last = "second" if while_open else "first"  # who has it open knows the latest choice, too
    assert why(space) == last
    (notice,) = space.notices
    assert words in notice and "kept as workbook.damaged-1.json. You continue from the last good state." in notice
    assert os.path.lexists(tmp_path / "workbook.damaged-1.json") and "Traceback" not in notice
    space.decide(Step.CRITERIA, Criteria(), because("goes on"))
    again = Workspace(tmp_path)
    assert (why(again), again.book.criteria.why, again.notices) == (last, "goes on", [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_a_workbook_that_an_editor_saved_with_a_mark_in_front_opens(tmp_path, encoding):
    decided(tmp_path, "first", "zweitens: ä")
    text = (tmp_path / BOOK).read_text(encoding="utf-8")
    (tmp_path / BOOK).write_bytes(text.encode(encoding))
    space = Workspace(tmp_path)
    assert why(space) == "zweitens: ä" and not space.notices


def test_a_folder_that_vanishes_takes_no_choice_with_it(tmp_path):
    session = Session(tmp_path / "mine")
    for number in range(5):
        session.choose("goals", why=f"reason {number}")
    session.choose("data", sample="packaging_wholesaler")
    shutil.rmtree(tmp_path / "mine")
    assert (session.goals.why, session.data_decision.sample) == ("reason 4", "packaging_wholesaler"), "not the sample's instead"
    session.look_around()
    (notice,) = session.workspace.notices
    assert (
        notice.startswith("The folder of your workspace was not there any more (") and "your next one saves them all" in notice
    )
    session.choose("criteria", why="the sixth")
    again = Session(tmp_path / "mine")
    assert (again.goals.why, again.criteria.why, len(again.book.history)) == ("reason 4", "the sixth", 7)


def test_a_missing_workbook_is_said(tmp_path):
    decided(tmp_path, "first", "second")
    (tmp_path / BOOK).unlink()
    space = Workspace(tmp_path)
    assert why(space) == "first" and "workbook.json was not there any more" in space.notices[0]


@pytest.mark.parametrize("name", [PREVIOUS, ".lock", "data", "exports"])
@pytest.mark.parametrize("kind", ["folder", "file"])
def test_another_thing_in_the_place_of_a_file_or_folder_loses_no_choice(tmp_path, name, kind):
    space = decided(tmp_path, "first", "second")
    place = tmp_path / name
    if place.is_dir():
        place.rmdir()
    else:
        place.unlink(missing_ok=True)
    folder_there(place) if kind == "folder" else place.write_text("")
    try:
        space.decide(Step.GOALS, Goals(), because("third"))
    except WorkbookError as fault:
        assert "Your choice is not saved yet" in str(fault) and "kept in memory" in str(fault)
        shutil.rmtree(place) if place.is_dir() else place.unlink()
        space.decide(Step.CRITERIA, Criteria(), because("fourth"))
    assert why(Workspace(tmp_path)) == "third"


def test_a_loop_of_links_and_a_name_that_is_none_are_said(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(WorkbookError, match=r"links? that leads? in a circle|file exists"):
        Workspace(tmp_path / "a")
    with pytest.raises(WorkbookError, match="is no name of a folder"):
        Workspace(tmp_path / "a\0b")
    for empty in ("", "  "):
        with pytest.raises(WorkbookError, match=r"^The name of the workspace is empty\."):
            open_workbook(empty)


def test_a_full_disk_leaves_no_half_notebook(tmp_path, monkeypatch):
    folder = lay_out(tmp_path)
    target = folder / "notebooks" / notebook_names()[0]
    target.write_text("mine")
    (folder / "notebooks" / notebook_names()[1]).unlink()

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, "fsync", full)
        with pytest.raises(WorkbookError, match="Free some space on the disk"):
            lay_out(tmp_path)
        with pytest.raises(WorkbookError, match="Free some space on the disk"):
            reset_notebook(tmp_path, "1")
        patch.setattr(laid, "edition", lambda path: path.parent.name)
        with pytest.raises(WorkbookError, match="Free some space on the disk"):
            lay_out(tmp_path)
    assert target.read_text() == "mine" and not (folder / "notebooks" / notebook_names()[1]).exists()
    assert not [path for path in folder.rglob("*") if path.name.startswith(atomic.BESIDE)]


def test_several_files_are_written_all_or_none(tmp_path, monkeypatch):
    one, two, old = tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "old.csv"
    for path in (one, two, old):
        path.write_text("before")
    real, calls = os.fsync, []

    def full_at_the_second(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, "fsync", full_at_the_second)
        with pytest.raises(OSError, match="No space left"):
            write_together({one: b"new", two: b"new"}, without=[old, one])
    assert [path.read_text() for path in (one, two, old)] == ["before"] * 3 and not leftovers(tmp_path)
    write_together({one: b"new", two: b"new"}, without=[old, one])
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["one.csv", "two.csv"] and two.read_text() == "new"


def test_what_a_kill_left_half_written_is_taken_away_later(tmp_path):
    left, young = tmp_path / ".segkit-0123.new", tmp_path / ".segkit-4567.new"
    left.write_text("half")
    young.write_text("half")
    os.utime(left, (1, 1))
    write_whole(tmp_path / "a.txt", b"whole")
    assert leftovers(tmp_path) == [young]


def test_an_hour_of_writing_on_one_card_does_not_fill_the_disk(tmp_path):
    session = Session(tmp_path)
    card = {"segmentation": "a/1", "segment_id": "s1"}
    fields = (
        "background",
        "motivation",
        "needs",
        "jobs_functional",
        "jobs_social",
        "pains",
        "gains",
        "communication",
        "dealing",
    )
    for number in range(70):
        text = {name: f"{name} of a person who bakes bread on Mondays. " * 40 + "so " * number for name in fields}
        session.choose("profiles", personas=[card | text])
    size = (tmp_path / BOOK).stat().st_size
    assert size < 600_000, "a hundredth of what whole cards would take with each edit"
    again = read_book(tmp_path / BOOK)
    assert again == session.book and len(again.history) == 70
    assert again.history[-1].chosen[0]["needs"].endswith("so " * 68 + "so")
    session.undo()
    assert Session(tmp_path).personas.personas[0].needs.endswith("so " * 67 + "so")
    assert json.loads((tmp_path / BOOK).read_text(encoding="utf-8"))["schema_version"] == SCHEMA_VERSION


def test_a_workbook_that_kept_whole_lines_opens_and_goes_on(tmp_path):
    long = "We sell to bakers and to cafés, and the bakers come back each week. "
    lines = [
        {"at": "2026-05-01T12:00:00Z", "step": "goals", "field": "why", "chosen": long, "rejected": "", "turn": 1},
        {
            "at": "2026-05-01T12:01:00Z",
            "step": "goals",
            "field": "why",
            "chosen": long + "Always.",
            "rejected": long,
            "turn": 2,
        },
    ]
    (tmp_path / BOOK).write_text(json.dumps({"schema_version": 3, "goals": {"why": long + "Always."}, "history": lines}))
    session = Session(tmp_path)
    assert session.goals.why == long + "Always." and not session.workspace.notices
    session.undo()
    assert Session(tmp_path).goals.why == long.strip()


def test_what_was_taken_out_again_can_be_forgotten(tmp_path):
    session = Session(tmp_path)
    card = {"segmentation": "a/1", "segment_id": "s1"}
    session.choose("profiles", personas=[card | {"needs": "Ms Zyxwv of 12 Quokka Street", "name": "Baker"}])
    session.choose("profiles", personas=[card | {"needs": "flour", "name": "Baker"}])
    session.choose("goals", why="Zyxwv said so", smallest_share=0.2)
    session.choose("goals", why="we said so")
    session.choose("criteria", why="Zyxwv")
    session.undo()
    (tmp_path / "workbook.damaged-1.json").write_text("{ Zyxwv")
    session.choose("review", why="Zyxwv")
    session.choose("review", why="")
    before = (session.personas, session.goals, session.criteria, session.review_decision)
    mine = {step: session.is_chosen(step) for step in Step if step is not Step.REVIEW}
    session.forget_past()
    for path in tmp_path.rglob("*.json"):
        assert "Zyxwv" not in path.read_text(encoding="utf-8"), path.name
    again = Session(tmp_path)
    assert (again.personas, again.goals, again.criteria, again.review_decision) == before
    assert {step: again.is_chosen(step) for step in Step if step is not Step.REVIEW} == mine
    assert again.reason(Step.GOALS).holds and again.undo() is None
    again.choose("goals", why="a new one")
    assert again.undo() is not None and again.goals.why == "we said so"
