"""Files that hurt: each is refused in words, or read, within 30 seconds and 1.5 GB, and whoever asked goes on."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from segkit.command.check import checked, in_words
from segkit.reading import own_process
from segkit.reading.beside import private_folder
from segkit.reading.task import Task
from segkit.words.errors import DataError
from segkit.words.regions import writing
from segkit.words.terms import FileKind
from segkit.workbook.session import Session
from segkit.workbook.taking import take
from tests.conftest import ROOT
from tests.reading.hostile import KINDS, TABLE
from tests.reading.hostile import LONG as CELLS

ALL = bool(os.environ.get("SEGKIT_HOSTILE"))
"""Whether the files are tried as well that take long to write, or run until they are stopped."""

LONG = {
    *(f"long_{name}.csv" for name in {*CELLS} - {"digits", "blanks", "words", "at", "phone", "mixed", "hearts"}),
    "every_line_opens_a_quote.csv", "long_quoted_lines.csv", "five_thousand_widths.csv", "a_quote_that_never_closes.csv",
    "a_million_empty_rows.xlsx", "blown_up.xlsx", "bomb_bz2.zip", "bomb_lzma.zip", "four_thousand_tables.sqlite",
    "huge_table.duckdb", "rows_out_of_nothing.parquet", "two_thousand_sheets.xlsx", "thirty_thousand_files.zip",
}  # fmt: skip
MOST_SECONDS, MOST_MEMORY = 30, 1500 << 20


@pytest.fixture(autouse=True)
def inside(monkeypatch):
    """Let the process that reads do it here."""
    monkeypatch.setattr(own_process, "inside", False)


def work():
    """Return the seconds that this process and those that read for it have worked: what other programs do beside counts not."""
    times = psutil.Process().cpu_times()
    ended, alive = times.children_user + times.children_system, own_process._reader
    with contextlib.suppress(psutil.Error, AttributeError):
        ended += own_process._work(psutil.Process(alive.process.pid))
    return times.user + times.system + ended


def most_memory_of_children():
    """Return the largest memory that any process had which this one has waited for, where the system tells."""
    resource = pytest.importorskip("resource", reason="this system does not tell the memory of processes that have ended")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)


@pytest.mark.parametrize("name", [name for name in KINDS if ALL or name not in LONG])
def test_a_file_that_hurts_is_refused_or_read(name, tmp_path):
    path = tmp_path / name
    KINDS[name](path)
    before = work()
    found = checked({FileKind.ORDERS: path})
    assert work() - before < MOST_SECONDS
    if "refused" in found:  # what, where, and how to mend it
        assert name in found["refused"] and found["remedy"].endswith("."), found
        assert not any(word in " ".join(in_words(found)) for word in ("Traceback", "Error(", "0x", "segkit-"))
    else:
        assert found["rows_read"] > 0 and found["read"][0]["file"] == name


def test_none_of_them_took_too_much_memory():
    """Runs after the others, in the same process: all that read them have been waited for."""
    own_process._end()
    assert 0 < most_memory_of_children() < MOST_MEMORY


def test_the_figures_are_right_where_only_what_lies_beside_hurts(tmp_path):
    """Views that read files, links to other tables and cells without end beside a table leave its rows as they are."""
    for name, rows, customers, money in (
        ("reads_beside.duckdb", 60, 9, 1770.0),
        ("endless_view_beside.sqlite", 60, 9, 1830.0),
        ("far_down.xlsx", 60, 60, 1300.0),
        ("out_of_the_folder.zip", 800, 90, 20_000.0),
        ("long_digits.csv", 150, 90, 3750.0),
    ):
        KINDS[name](tmp_path / name)
        found = checked({FileKind.ORDERS: tmp_path / name})
        assert (found["rows_kept"], found["customers"], found["revenue"]) == (rows, customers, money), name
        assert "root:" not in str(found)


# The process that reads.


def task(module, name, *args, inputs=(), folder=Path("/nowhere"), seconds=20.0, memory=own_process.MEMORY):
    way = writing()
    return Task(module, name, args, {}, tuple(inputs), Path.cwd(), folder, seconds, memory, way)


def outcome(*given, **how):
    """Return what a function gives in the process that reads, or the end of it in words, with its cause."""
    try:
        return own_process._asked(task(*given, **how), lambda _: None)
    except DataError as error:
        return f"{error} {error.__cause__ or ''}"


def test_it_opens_what_is_named_and_nothing_else(tmp_path):
    mine, other, folder = tmp_path / "orders.csv", tmp_path / "diary.txt", tmp_path / "private"
    folder.mkdir()
    for path in (mine, other, folder / "copy.txt"):
        path.write_text("secret")
    how = {"inputs": [mine], "folder": folder}
    assert outcome("pathlib", "Path.read_text", mine, **how) == "secret"
    assert outcome("pathlib", "Path.read_text", folder / "copy.txt", **how) == "secret"
    assert outcome("pathlib", "Path.write_text", folder / "new.txt", "x", **how) == 1
    for act, *args in (
        ("read_text", other), ("read_text", folder / ".." / "diary.txt"), ("write_text", mine, "x"), ("unlink", mine),
        ("write_text", other, "x"), ("rename", mine, other), ("mkdir", tmp_path / "new"), ("symlink_to", tmp_path / "n", other),
    ):  # fmt: skip
        said = outcome("pathlib", f"Path.{act}", *args, **how)
        assert "orders.csv cannot be read" in said and "reading may not open this" in said, act
    assert (mine.read_text(), other.read_text(), sorted(p.name for p in tmp_path.iterdir())) == (
        "secret", "secret", ["diary.txt", "orders.csv", "private"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("module", "name", "args"),
    [
        ("socket", "create_connection", (("127.0.0.1", 9),)),
        ("socket", "getaddrinfo", ("localhost", 80)),
        ("urllib.request", "urlopen", ("http://127.0.0.1:9/",)),
        ("subprocess", "run", (["true"],)),
        ("pty", "fork", ()),
    ],
)
def test_it_reaches_no_network_and_starts_no_program(module, name, args):
    pytest.importorskip(module)
    assert "reading may not do this" in outcome(module, name, *args)


def test_it_goes_on_after_each_end_and_says_it(tmp_path):
    (path := tmp_path / "orders.csv").write_bytes(TABLE)
    how = {"inputs": [path]}
    assert "orders.csv: reading took more than 1 seconds of work" in outcome("tests.reading.ends", "work", **how, seconds=1.0)
    assert outcome("tests.reading.ends", "wait", 1.5, **how, seconds=1.0) is None, "waiting for one's turn is no work"
    assert "orders.csv: reading had not ended after 3 seconds" in outcome("tests.reading.ends", "wait", 600, **how, seconds=0.5)
    assert outcome("tests.reading.ends", "leave", 3, **how).startswith("orders.csv: reading broke off (the process ended with")
    grown = outcome("tests.reading.ends", "grow", **how, memory=400 << 20)
    assert "orders.csv: reading took more than 419 MB of memory" in grown and "save it as CSV" in grown
    assert "cannot be read" in outcome("tests.reading.ends", "panic", **how)
    assert checked({FileKind.ORDERS: path})["rows_kept"] == 800


# What is left behind.

BEGIN = """
import sys
from pathlib import Path
from segkit.reading import own_process as op
from segkit.reading.task import Task
with op.private_folder(Path(sys.argv[1])) as folder:
    way = op.writing()
    op._asked(Task("tests.reading.ends", "copy", (folder,), {}, (), Path.cwd(), folder, 60.0, op.MEMORY, way), print)
"""


def started(folder):
    """Start a program that reads, and return it when its copy is written."""
    command = [sys.executable, "-u", "-c", BEGIN, str(folder)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert program.stdout.readline() == b"written\n"
    assert [path.read_text() for path in folder.rglob("copy.txt")] == ["customers"]
    return program


def test_a_kill_while_reading_leaves_no_copy(tmp_path):
    folder = tmp_path / "workspace" / ".reading"
    with started(folder) as program:
        program.kill()
    until = time.monotonic() + 20
    while list(folder.rglob("*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(folder.rglob("*")) == []


def test_where_all_were_killed_at_once_the_next_start_clears_up(tmp_path):
    folder = tmp_path / "workspace" / ".reading"
    with started(folder) as program:
        for child in psutil.Process(program.pid).children():
            child.kill()
        program.kill()
    other = folder / "segkit-notes"  # not one of ours
    other.mkdir()
    with private_folder(folder) as mine:
        assert sorted(folder.iterdir()) == sorted([mine, other])
    assert list(folder.iterdir()) == [other]


# What the system sees.

TRACED = """
import sys
from pathlib import Path
from segkit.command.check import checked
from segkit.words.terms import FileKind
for path in sys.argv[2:]:
    found = checked({FileKind.ORDERS: Path(path)})
    print(found.get("rows_read", "refused"))
"""
_OPENED = re.compile(r'open(?:at)?\((?:[^,"]*, )?"([^"]*)"[^)]*\) = \d')
_REACHED = re.compile(r"(?:connect|sendto|bind)\(\d+, \{sa_family=AF_(INET6?)[^}]*\}")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace, which sees what a program asks of the system, is not here")
def test_under_strace_nothing_but_the_named_files_is_opened_and_no_address(tmp_path):
    names = [
        "reads_beside.duckdb",
        "reads_a_file.duckdb",
        "endless_view_beside.sqlite",
        "merged_often.xlsx",
        "out_of_the_folder.zip",
    ]
    paths = [tmp_path / "in" / name for name in names]
    (tmp_path / "in").mkdir()
    for path in paths:
        KINDS[path.name](path)
    beside, log = tmp_path / "beside", tmp_path / "log"
    beside.mkdir()
    calls = "trace=open,openat,connect,sendto,bind,unlink,unlinkat,rename,renameat,renameat2"
    program = [sys.executable, "-c", TRACED, "x", *paths]
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-s", "500", "-e", calls, "-o", log, *program]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(beside)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        pytest.skip("this system lets no program look at another")
    assert done.stdout.split() == ["60", "refused", "60", "3000", "800"], done.stderr
    text = log.read_text(errors="replace")
    opened = {os.path.realpath(path) for path in _OPENED.findall(text)}
    packages = {os.path.realpath(place) for place in (sys.prefix, sys.base_prefix, ROOT, *filter(None, sys.path))}
    system = (
        "/usr/",
        "/lib",
        "/proc/",
        "/sys/",
        "/dev/",
        "/etc/ld.so",
        "/etc/locale",
        "/etc/localtime",
        "/etc/ssl/",
        "/etc/mime.types",
    )
    places = (*(place + os.sep for place in packages), *system, f"{beside}{os.sep}", *map(str, paths))
    assert sorted(path for path in opened if not path.startswith(places) and path + os.sep not in places) == []
    assert len(opened & set(map(str, paths))) == len(paths)  # so it was looking
    assert _REACHED.findall(text) == []


# In a workbook.


@pytest.mark.parametrize(
    "name", ["pipe.csv", "far_out_alone.xlsx", "far_without_places.xlsx", "reads_a_file.duckdb", "bomb.zip"]
)
def test_a_workbook_goes_on_with_the_file_that_it_had(name, tmp_path):
    if name not in KINDS:
        pytest.skip("this system has no such files")
    session = Session(tmp_path / "workspace")
    data = session.workspace.folder / "data"
    (data / "orders.csv").write_bytes(TABLE)
    KINDS[name](data / name)
    take(session, ["orders.csv"])
    with pytest.raises(DataError, match=name):
        take(session, [name])
    assert [file.path for file in session.data_decision.files] == ["orders.csv"]
    assert len(session.results.data.customer_data.customers) == 90
    assert not (session.workspace.folder / ".reading").exists()
