"""The workspace on disk: what is read anew, what is kept in memory, and what each trouble is called."""

import datetime as dt
import errno
import json
import os

import pytest
from filelock import FileLock

from segkit.decisions.criteria import Criteria
from segkit.decisions.goals import Goals
from segkit.decisions.workbook import SCHEMA_VERSION, Workbook
from segkit.words.errors import WorkbookError
from segkit.words.terms import Step
from segkit.workbook import book_file
from segkit.workbook import workspace as module
from segkit.workbook.book_file import BOOK, PREVIOUS, read_book, write_book
from segkit.workbook.workspace import Workspace, cannot


def because(why):
    return lambda decision: decision.revise(why=why)


def decide(space, why, step=Step.GOALS):
    return space.decide(step, Goals() if step is Step.GOALS else Criteria(), because(why))


def why(space):
    return space.book.goals.why if space.book.goals else None


def test_a_new_workspace_is_laid_out(tmp_path):
    space = Workspace(tmp_path / "deep" / "mine")
    assert sorted(path.name for path in space.folder.iterdir()) == [".gitignore", "data", "exports"]
    assert (space.book, space.unsaved, space.notices) == (Workbook(), 0, [])
    (space.folder / ".gitignore").write_text("mine\n")
    assert Workspace(space.folder).folder.is_absolute() and (space.folder / ".gitignore").read_text() == "mine\n"


def test_deciding_returns_the_book_as_saved(tmp_path):
    space = Workspace(tmp_path)
    book = decide(space, "first")
    assert book == space.book == read_book(tmp_path / BOOK) and space.unsaved == 0
    assert not (tmp_path / PREVIOUS).exists()
    decide(space, "second")
    assert read_book(tmp_path / PREVIOUS) == book
    (entry, again) = space.book.history
    assert (entry.rejected, entry.chosen, again.rejected, again.chosen) == ("", "first", "first", "second")
    assert entry.at.microsecond == 0 and entry.at.tzinfo and abs(entry.at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_what_changes_nothing_leaves_no_history(tmp_path):
    space = Workspace(tmp_path)
    decide(space, "first")
    decide(space, "first")
    assert len(space.book.history) == 1
    space.decide(Step.CRITERIA, Criteria(), lambda decision: decision)
    assert space.book.criteria is None and len(space.book.history) == 1, "who changes nothing has answered nothing"


def test_what_another_notebook_saved_is_read_and_what_nobody_changed_is_not(tmp_path, monkeypatch):
    space, other = Workspace(tmp_path), Workspace(tmp_path)
    decide(other, "from there")
    assert why(space) == "from there"
    read = []
    real = book_file.read_book
    monkeypatch.setattr(book_file, "read_book", lambda path: read.append(path) or real(path))
    for _ in range(3):
        assert why(space) == "from there"
    assert read == []
    decide(other, "again")
    read.clear()
    assert why(space) == "again" and why(space) == "again" and len(read) == 1


def test_a_choice_that_is_not_saved_lies_on_top_of_what_others_save(tmp_path, monkeypatch):
    space, other = Workspace(tmp_path), Workspace(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(module, "write_book", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EACCES, "Permission denied")))
        for text in ("mine", "mine at last"):
            with pytest.raises(WorkbookError, match="Your choice is not saved yet"):
                decide(space, text)
        assert (why(space), space.unsaved) == ("mine at last", 2)
    decide(other, "theirs", Step.CRITERIA)
    assert (why(space), space.book.criteria.why, space.unsaved) == ("mine at last", "theirs", 2)
    assert why(Workspace(tmp_path)) is None
    assert space.save() == read_book(tmp_path / BOOK) and space.unsaved == 0
    assert (why(other), other.book.criteria.why) == ("mine at last", "theirs")


def test_a_choice_that_does_not_fit_is_not_kept_for_later(tmp_path):
    space = Workspace(tmp_path)
    with pytest.raises(WorkbookError):
        space.decide(Step.GOALS, Goals(), lambda decision: decision.revise(smallest_share=7))
    assert space.unsaved == 0 and space.book == Workbook()


def test_while_another_notebook_saves_one_waits_and_then_keeps_the_choice(tmp_path, monkeypatch):
    assert module.LOCK_SECONDS == 10
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.01)
    space = Workspace(tmp_path)
    with (
        FileLock(tmp_path / ".lock"),
        pytest.raises(WorkbookError, match=r"another notebook has been saving .* kept in memory"),
    ):
        decide(space, "waits")
    assert (why(space), space.unsaved) == ("waits", 1)
    decide(space, "saved", Step.CRITERIA)
    assert why(Workspace(tmp_path)) == "waits" and space.unsaved == 0


def test_a_book_that_is_gone_comes_back_from_the_previous_one(tmp_path):
    space = Workspace(tmp_path)
    decide(space, "first")
    decide(space, "second")
    (tmp_path / BOOK).unlink()
    assert why(Workspace(tmp_path)) == "first" and not (tmp_path / BOOK).exists()
    (tmp_path / PREVIOUS).write_text("{")
    assert Workspace(tmp_path).book == Workbook()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (b"\xff\xfe{", "it is not text"),
        (b"{", "it breaks off or is not JSON"),
        (b"[1, 2]", "should be a list of names with their values"),
        (b'{"goals": {"nonsense": 1}}', "goals → nonsense"),
    ],
)
def test_what_is_wrong_with_a_damaged_book_is_said(tmp_path, damage, words):
    (tmp_path / BOOK).write_bytes(damage)
    space = Workspace(tmp_path)
    (notice,) = space.notices
    assert words in notice and notice.endswith(
        "is kept as workbook.damaged-1.json. There is no earlier state, so you start afresh."
    )
    assert space.book == Workbook() and not (tmp_path / BOOK).exists()
    (tmp_path / BOOK).write_bytes(damage)
    assert space.book == Workbook() and len(space.notices) == 2 and "workbook.damaged-2.json" in space.notices[1]
    assert (tmp_path / "workbook.damaged-1.json").read_bytes() == (tmp_path / "workbook.damaged-2.json").read_bytes() == damage


def test_the_last_good_state_is_not_replaced_by_damage(tmp_path):
    space = Workspace(tmp_path)
    decide(space, "first")
    decide(space, "second")
    (tmp_path / BOOK).write_text("{")
    again = Workspace(tmp_path)
    assert why(again) == "first" and len(again.notices) == 1
    assert read_book(tmp_path / BOOK) == read_book(tmp_path / PREVIOUS) == again.book
    assert why(again) == "first" and len(again.notices) == 1


def test_long_faults_are_cut_short(tmp_path):
    (tmp_path / BOOK).write_text(json.dumps({f"field_{i:02d}": 1 for i in range(30)}))
    (notice,) = Workspace(tmp_path).notices
    assert len(notice.partition("(")[2].partition("). It is kept")[0]) == 200


@pytest.mark.parametrize(("version", "read"), [(SCHEMA_VERSION, True), (SCHEMA_VERSION + 1, False)])
def test_a_book_of_this_version_opens_and_a_newer_one_does_not(tmp_path, version, read):
    (tmp_path / BOOK).write_text(json.dumps({"schema_version": version}))
    if read:
        assert read_book(tmp_path / BOOK) == Workbook()
    else:
        words = rf"^workbook\.json was written .* \(layout {version}, this one knows {SCHEMA_VERSION}\)"
        with pytest.raises(WorkbookError, match=words):
            read_book(tmp_path / BOOK)


def test_a_book_is_written_for_people_to_read(tmp_path):
    write_book(tmp_path, Workbook(goals=Goals(why="ä")))
    text = (tmp_path / BOOK).read_text(encoding="utf-8")
    assert text.endswith("}\n") and '\n  "goals": {\n    "why": "ä"' in text
    write_book(tmp_path, Workbook(), keep_previous=False)
    assert not (tmp_path / PREVIOUS).exists()
    write_book(tmp_path, Workbook(goals=Goals(why="new")))
    assert read_book(tmp_path / PREVIOUS) == Workbook()


@pytest.mark.parametrize(
    ("what", "number", "told", "remedy"),
    [
        ("The folder cannot be made", errno.ENOSPC, "(no space left on device)", "Free some space on the disk."),
        (
            "Your choice is not saved yet",
            errno.ENOSPC,
            "(no space left on device)",
            "Free some space on the disk. Your choice is kept in",
        ),
        (
            "The folder cannot be made",
            errno.EACCES,
            "(permission denied)",
            "Allow writing to this folder, or choose another with",
        ),
    ],
)
def test_what_cannot_be_written_is_said_with_what_helps(tmp_path, what, number, told, remedy):
    error = cannot(what, tmp_path, OSError(number, os.strerror(number)))
    assert error.what == f"{what}: {tmp_path} {told}." and error.remedy.startswith(remedy)
    assert ("kept in memory" in error.remedy) is ("choice" in what)
    assert "(unknown reason)" in cannot(what, tmp_path, OSError("?")).what


def test_a_workspace_that_may_not_be_written_opens_only_where_there_is_a_book(tmp_path, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    decide(Workspace(tmp_path), "kept")
    monkeypatch.setattr(type(tmp_path), "mkdir", refused)
    space = Workspace(tmp_path)
    assert why(space) == "kept" and "read-only" in space.notices[0] and "Allow writing" in space.notices[0]
    with pytest.raises(WorkbookError, match="The workspace folder cannot be made"):
        Workspace(tmp_path / "new")
