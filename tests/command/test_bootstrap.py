"""Setting up from Python alone, by injected faults and (slow) for real."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from segkit.command import bootstrap
from segkit.command.bootstrap import READY, TROUBLES, Environment, in_words, main, prepare
from segkit.words.errors import SetupError
from tests.conftest import ROOT

PINS = "requirements.txt"


@pytest.fixture
def place(tmp_path: Path) -> Environment:
    """A project of which only the pins are there."""
    (tmp_path / PINS).write_text("one==1 \\\n    --hash=sha256:00\n", encoding="utf-8")
    (tmp_path / "requirements-dev.txt").write_text(
        "one==1 \\\n    --hash=sha256:00\nuv==0.9 \\\n    --hash=sha256:11\n    # via nothing\nzoo==2\n", encoding="utf-8"
    )
    return Environment(tmp_path)


@pytest.fixture
def installers(place, monkeypatch):
    """Record what would be installed; ``said`` maps a part of a command to the words with which it fails."""
    called: list[list[str]] = []
    said: dict[str, str] = {}

    def call(command, _place, _say):
        called.append([str(part) for part in command])
        for part, words in said.items():
            if part in " ".join(called[-1]):
                raise bootstrap._FailedError(words)

    def make(_place):
        place.python.parent.mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(bootstrap, "_call", call)
    monkeypatch.setattr(bootstrap, "_make", make)
    monkeypatch.setattr(Environment, "works", lambda _: True)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: None)
    return called, said


def silent(_text: str) -> None:
    """Say nothing."""


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("error: failed to write: No space left on device (os error 28)", "The disk is full."),
        ("OSError: [WinError 112] There is not enough space on the disk", "The disk is full."),
        ("[Errno 13] Permission denied: '/x/.venv'", "The folder of the workbook cannot be written."),
        ("PermissionError: [WinError 5] Access is denied", "The folder of the workbook cannot be written."),
        ("[Errno 30] Read-only file system: '/x/.venv'", "The folder of the workbook cannot be written."),
        ("[WinError 206] The filename or extension is too long", "The path of this folder is too long for the files inside."),
        (
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]",
            "The connection to the package index is not trusted",
        ),
        ("dns error: failed to lookup address information", "The package index on the internet cannot be reached."),
        ("error sending request for url (https://host/x/)", "The package index on the internet cannot be reached."),
        (
            "NewConnectionError: Failed to establish a new connection: [Errno -2]",
            "The package index on the internet cannot be reached.",
        ),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "A package that arrived is not the one that was pinned."),
        ("/usr/bin/python3: No module named ensurepip", "A part of Python is missing here: it cannot make environments."),
        ("something else", "The packages could not be installed."),
    ],
)
def test_what_installers_say_becomes_a_sentence(said, what, place):
    fault = in_words(said, place)
    assert fault.what.startswith(f"The workbook could not be set up. {what}")
    assert re.match(r"[A-Z].+\.$", fault.remedy)


def test_every_trouble_has_a_remedy():
    for known in TROUBLES:
        assert known.what.endswith(".") and known.remedy.endswith("."), known


def test_text_on_a_debian_without_venv(place):
    assert str(in_words("No module named ensurepip", place)) == (
        "The workbook could not be set up. A part of Python is missing here: it cannot make environments. "
        "Debian, Ubuntu: sudo apt install python3-venv. Elsewhere: install Python from python.org. Then type the line again."
    )


def test_installs_pins_then_the_workbook_and_leaves_a_stamp(place, installers):
    called, _ = installers
    assert prepare(place, PINS, silent) == place.python
    pinned = called[1][-3:]
    assert pinned[-2:] == ["-r", str(place.home / "segkit-uv.txt")]
    assert (place.home / "segkit-uv.txt").read_text(encoding="utf-8").startswith("uv==0.9 \\\n    --hash=sha256:11")
    assert called[-2][-2:] == ["-r", str(place.root / PINS)]
    assert called[-1][-3:] == ["--no-deps", "-e", str(place.root)]
    assert place.state() == place.digest(PINS)
    before = len(called)
    prepare(place, PINS, silent)
    assert len(called) == before, "nothing is installed twice"


def test_pins_for_tests_serve_for_running_too(place, installers):
    called, _ = installers
    prepare(place, "requirements-dev.txt", silent)
    before = len(called)
    prepare(place, PINS, silent)
    assert len(called) == before


def test_changed_pins_and_a_moved_folder_install_again(place, installers, tmp_path):
    called, _ = installers
    prepare(place, PINS, silent)
    before = len(called)
    with (place.root / PINS).open("a", encoding="utf-8") as pins:
        pins.write("two==2\n")
    prepare(place, PINS, silent)
    assert len(called) > before
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.copy(place.root / PINS, moved)
    assert Environment(moved).digest(PINS) != place.digest(PINS)


def test_an_interrupted_installation_leaves_no_valid_stamp(place, installers):
    _, said = installers
    said["-r"] = "something else"
    with pytest.raises(SetupError):
        prepare(place, PINS, silent)
    assert place.state() == "installing"
    said.clear()
    prepare(place, PINS, silent)
    assert place.state() == place.digest(PINS)


def test_uv_on_the_path_is_used(place, installers, monkeypatch):
    called, _ = installers
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: sys.executable)  # answers --version, as a uv would
    prepare(place, PINS, silent)
    assert len(called) == 2
    assert called[0][:3] == [sys.executable, "pip", "install"]
    assert "--compile-bytecode" in called[0]


def test_pip_takes_over_where_uv_does_not_work(place, installers):
    called, said = installers
    said["segkit-uv.txt"] = "no wheel of uv for this machine"
    prepare(place, PINS, silent)
    assert called[-1][1:4] == ["-m", "pip", "install"]


def test_no_second_attempt_without_a_network(place, installers):
    called, said = installers
    said["segkit-uv.txt"] = "Temporary failure in name resolution"
    with pytest.raises(SetupError, match="cannot be reached"):
        prepare(place, PINS, silent)
    assert not [command for command in called if str(place.root / PINS) in command]


def test_faults_are_sentences_and_exit_codes(monkeypatch, capsys):
    def fails(*_):
        raise SetupError("The disk is full.", "Free some.")

    monkeypatch.delenv(READY, raising=False)
    monkeypatch.setattr(bootstrap, "faults", lambda _: ("pandas is missing",))
    monkeypatch.setattr(bootstrap, "prepare", fails)
    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "\nThe disk is full.\nFree some.\n"

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "prepare", stopped)
    assert main(["doctor"]) == 130
    assert capsys.readouterr().err == "\nStopped. Type the same line again to go on.\n"


def test_help_needs_no_set_up(monkeypatch, capsys):
    monkeypatch.delenv(READY, raising=False)
    monkeypatch.setattr(bootstrap, "faults", lambda _: pytest.fail("looked for packages"))
    with pytest.raises(SystemExit, match="0"):
        main(["start", "--help"])
    assert "segkit start" in capsys.readouterr().out


# For real: a bare Python, a copy of the source, the network.


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Path:
    """A Python without any package, not even pip."""
    home = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the tracked files, as a clone would be."""
    target = tmp_path_factory.mktemp("clone") / "my work book"  # with spaces, as people have them
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, tracked):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def segkit(python: Path, folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in (READY, "PYTHONPATH", "VIRTUAL_ENV")}
    command = [python, "-m", "segkit", *arguments]
    return subprocess.run(command, cwd=folder, env={**env, **more}, capture_output=True, text=True, check=False, timeout=600)


@pytest.mark.slow
def test_a_bare_python_becomes_a_workbook(bare, copy):
    env = {name: value for name, value in os.environ.items() if name not in (READY, "PYTHONPATH")}
    with subprocess.Popen(
        [bare, "-m", "segkit", "doctor"], cwd=copy, env=env, stdout=subprocess.PIPE, start_new_session=True
    ) as cut:
        deadline = time.monotonic() + 60
        while Environment(copy).state() != "installing" and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        os.killpg(cut.pid, signal.SIGKILL)
    assert Environment(copy).state() == "installing", "killed in the middle of the installation"

    run = segkit(bare, copy, "doctor")
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"3 of 3: the workbook itself .*\nReady after \d+ seconds\.", run.stdout)
    assert run.stdout.count("\nok  ") == 7 and "FAIL" not in run.stdout

    again = segkit(bare, copy, "doctor")
    assert again.returncode == 0 and "Setting up" not in again.stdout
    where = [Environment(copy).python, "-c", "import segkit; print(segkit.__file__)"]
    elsewhere = subprocess.run(where, cwd=bare.parent, env=env, capture_output=True, text=True, check=True)
    assert Path(elsewhere.stdout.strip()) == copy / "segkit" / "__init__.py"


@pytest.mark.slow
def test_without_a_network_the_bare_python_says_so(bare, copy, tmp_path):
    target = tmp_path / "clone"
    shutil.copytree(copy, target, ignore=shutil.ignore_patterns(".venv"))
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9", "UV_CACHE_DIR": str(tmp_path / "empty")}
    run = segkit(bare, target, "doctor", **nowhere, PIP_CACHE_DIR=str(tmp_path / "none"))
    assert run.returncode == 1
    assert "The package index on the internet cannot be reached." in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
