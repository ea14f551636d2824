"""The command line: help with examples that run, exit codes, faults in sentences, Ctrl-C."""

import argparse
import csv
import datetime as dt
import errno
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import types
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import segkit.command.runner
from segkit.command import cli
from segkit.command.cli import build_parser, main
from segkit.command.doctor import Check
from segkit.command.lab import SETTINGS, free_port
from segkit.words.errors import WorkbookError
from segkit.words.terms import FileKind, Role, SaleMeaning
from tests.command.notebooks_here import executed_here

ORDERS = FileKind.ORDERS
COMMANDS = ("start", "doctor", "check", "run", "report", "forget", "reset", "test")


def help_of(name: str) -> str:
    """Return the help of one command."""
    (commands,) = [action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)]
    parser: argparse.ArgumentParser = commands.choices[name]
    return parser.format_help()


def example(name: str) -> list[str]:
    """Return the arguments of the example in a command's help."""
    (line,) = re.findall(r"Example: segkit (.*)", " ".join(help_of(name).split("\n")))
    return shlex.split(line)


def test_all_commands_are_listed(capsys):
    assert main([]) == 2
    text = capsys.readouterr().out
    assert re.findall(r"^    ([a-z]+) ", text, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    text = help_of(name)
    assert f"Example: segkit {name}" in text
    options = build_parser().parse_known_args(example(name))[0]
    assert options.act is getattr(cli, name)


def test_help_is_quick():
    before = time.perf_counter()
    subprocess.run([sys.executable, "-m", "segkit", "--help"], check=True, capture_output=True)
    assert time.perf_counter() - before < 2, "about 0.1 s on an idle machine; a heavy import takes longer"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fly"], "invalid choice: 'fly'"),
        (["doctor", "--fast"], "what is meant by --fast? See: segkit doctor --help"),
        (["run", "--as-of", "31.12.2026"], "31.12.2026 is not a date such as 2026-12-31"),
        (["run", "--map", "amount"], "amount is not of the form role=column"),
        (["run", "--map", "amount="], "amount= is not of the form role=column"),
        (["run", "--map", "money=Total"], "money is not a role; the roles are customer, order, date"),
        (["run", "--map", "tables:amount=Total"], "tables is not a kind of file; the kinds are orders, customers"),
        (["check", "--skip", "-1"], "-1 is not a number of lines such as 3"),
        (["check", "--skip", "two"], "two is not a number of lines such as 3"),
        (["check", "--quote", "inch"], "inch is not double, single or none"),
        (["check", "--decimal", ";"], "; is not comma or point"),
        (["check", "--amounts", "pounds"], "pounds is not cents or units"),
        (["check", "--header", "Total"], "Total is not a kind of file; the kinds are orders, customers"),
        (["check", "--day-first", "--month-first"], "not allowed with argument"),
        (["check", "--status", "Parked"], "Parked is not of the form state=meaning"),
        (["check", "--status", "Parked=maybe"], "maybe is not a meaning; the meanings are sale, no_sale, returned"),
        (["check", "--rate", "USD=nan"], "USD=nan is not of the form USD=0.92"),
        (["start", "--port", "many"], "invalid int value: 'many'"),
        (["reset"], "the following arguments are required: NOTEBOOK"),
    ],
)
def test_what_cannot_be_understood_ends_with_2(arguments, said, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


@pytest.fixture
def runner(monkeypatch):
    """Stand in for the runner, and record what it is called with."""
    calls: list[tuple[object, ...]] = []

    def run_workbook(folder, files, *, sample, choices, later, progress):
        calls.append((folder, files, sample, choices, later))
        progress("1 of 6: Goals")
        return Path(folder, "exports", "report.html")

    def write_report(folder, progress):
        calls.append((folder,))
        return Path(folder, "exports", "report.html")

    stand_in = types.SimpleNamespace(run_workbook=run_workbook, write_report=write_report)
    monkeypatch.setitem(sys.modules, "segkit.command.runner", stand_in)
    return calls


def test_run_passes_on_what_was_typed(runner, capsys):
    typed = "run --customers c.csv --survey s.csv --later l.csv --workspace w --as-of 2011-12-10"
    typed += " --map amount=My=Total --map survey:customer=No"
    assert main(typed.split()) == 0
    ((folder, files, sample, choices, later),) = runner
    assert (folder, sample, later) == (Path("w"), None, Path("l.csv"))
    assert choices.keys() == {"as_of", "roles"} and choices["as_of"] == dt.date(2011, 12, 10)
    assert files == {FileKind.CUSTOMERS: Path("c.csv"), FileKind.SURVEY: Path("s.csv")}
    assert [(r.kind, r.role, r.column) for r in choices["roles"]] == [
        (FileKind.CUSTOMERS, Role.AMOUNT, "My=Total"),
        (FileKind.SURVEY, Role.CUSTOMER, "No"),
    ]
    assert capsys.readouterr().out == f"1 of 6: Goals\nReport: {Path('w/exports/report.html')}\n"


def test_what_can_be_chosen_in_the_notebook_can_be_typed(runner):
    typed = (
        "run --orders o.csv --survey s.csv --table Sheet2 --skip 3 --delimiter : --quote none --encoding cp1252 --decimal comma"
    )
    typed += " --amounts cents --no-header --header survey --delimiter survey:semicolon --month-first --status Parked=no_sale"
    assert main([*typed.split(), "--currency", "EUR", "--rate", "USD=0.92", "--rates-on", "2026-01-31"]) == 0
    choices = runner[0][3]
    orders, survey = choices["readings"]
    assert (orders.kind, orders.table, orders.skip, orders.delimiter, orders.quote) == (ORDERS, "Sheet2", 3, ":", "none")
    assert (orders.encoding, orders.decimal, orders.header, orders.cents) == ("cp1252", ",", False, True)
    assert (survey.kind, survey.delimiter, survey.header) == (FileKind.SURVEY, "semicolon", True)
    assert choices["day_first"] is False
    assert [(one.status, one.meaning) for one in choices["statuses"]] == [("Parked", SaleMeaning.NO_SALE)]
    assert (choices["currency"], choices["rates_on"]) == ("EUR", dt.date(2026, 1, 31))
    assert [(one.currency, one.worth) for one in choices["rates"]] == [("USD", 0.92)]


def test_run_takes_several_files_of_orders(runner):
    assert main("run --orders jan.csv --orders feb.csv --contacts c.csv".split()) == 0
    assert runner[0][1] == {FileKind.ORDERS: (Path("jan.csv"), Path("feb.csv")), FileKind.CONTACTS: Path("c.csv")}


def test_run_without_anything_takes_what_is_saved(runner):
    assert main(["run"]) == 0
    assert runner == [(Path("workspace"), {}, None, {}, None)]


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (WorkbookError("The workbook is damaged.", "Take the copy."), 1, "The workbook is damaged.\nTake the copy.\n"),
        (
            OSError(errno.ENOSPC, "No space left on device", "w/book.json"),
            1,
            "The disk is full (w/book.json).\n"
            "Free some space and type the same line again; what was saved before is untouched.\n",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "w"),
            1,
            "The system does not allow this (w).\n"
            "Close other programs that use the file, or choose a folder of your own: --workspace FOLDER\n",
        ),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory", "w"),
            1,
            "There is no such file or folder (w).\nCheck the name; with spaces in it, put it in quotation marks.\n",
        ),
        (
            OSError(errno.EIO, "Input/output error"),
            1,
            "The system reports: Input/output error.\nPut this right and type the same line again.\n",
        ),
        (
            ZeroDivisionError("division by zero"),
            1,
            "Something went wrong in the workbook itself (ZeroDivisionError).\n"
            "To see where, set SEGKIT_STRICT=1 in the environment and type the same line again.\n",
        ),
        (KeyboardInterrupt(), 130, "\nStopped. Nothing that you chose is lost.\n"),
    ],
)
def test_faults_are_sentences(fault, code, said, monkeypatch, capsys):
    def fails(*_, **__):
        raise fault

    monkeypatch.setitem(sys.modules, "segkit.command.runner", types.SimpleNamespace(write_report=fails))
    assert main(["report"]) == code
    assert capsys.readouterr() == ("", said)


def test_doctor_shows_each_check_and_its_remedy(monkeypatch, capsys):
    found = (Check("Python", True, "3.14.0", "unused"), Check("Disk space", False, "1 MB free", "Free some."))
    monkeypatch.setattr("segkit.command.doctor.checks", lambda _: found)
    assert main(["doctor"]) == 1
    assert (
        capsys.readouterr().out == "ok    Python        3.14.0\nFAIL  Disk space    1 MB free\n                    Free some.\n"
    )
    monkeypatch.setattr("segkit.command.doctor.checks", lambda _: found[:1])
    assert main(["doctor"]) == 0


def test_start_stops_at_what_the_doctor_finds(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(
        "segkit.command.doctor.checks", lambda *_, **__: (Check("A", True, "fine"), Check("B", False, "bad", "Mend it."))
    )
    assert main(["start", "--workspace", str(tmp_path / "w")]) == 1
    assert capsys.readouterr().out == "FAIL  B             bad\n                    Mend it.\n"
    assert not (tmp_path / "w").exists()


def test_tests_need_the_source(monkeypatch, capsys):
    monkeypatch.setattr("segkit.command.requirements.checkout", lambda: None)
    assert main(["test"]) == 1
    assert capsys.readouterr().err == "The tests are not part of the installed package.\nRun them in a copy of the source.\n"


def test_test_passes_on_what_follows(monkeypatch):
    called = []
    monkeypatch.setattr("segkit.command.child.run_through", lambda command, folder: called.append((command, folder)) or 5)
    assert main(["test", "-k", "cli", "-x", "-m", "not slow"]) == 5
    ((command, folder),) = called
    assert command[:3] == [sys.executable, "-m", "pytest"] and command[-5:] == ["-k", "cli", "-x", "-m", "not slow"]
    assert (folder / "pyproject.toml").is_file()


def terminal(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does."""
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    command = [sys.executable, "-m", "segkit", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.slow
def test_examples_run_as_printed(tmp_path, monkeypatch):
    with (tmp_path / "my_orders.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["order", "customer", "date", "amount"])
        for n in range(400):
            day = dt.date(2025, 1, 1) + dt.timedelta(days=n * 7919 % 700)
            rows.writerow([f"A{n}", f"C{n * n % 97:03}", day.isoformat(), 5 + n * 37 % 90])
    exports = tmp_path / "my_business" / "exports"

    def printed(name):
        done = terminal(*example(name), folder=tmp_path)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
        return done.stdout, {path.name: path.read_bytes() for path in exports.rglob("*.*")}

    said, files = printed("check")
    assert "49 customers, 400 orders" in said and not files
    _, written = printed("run")
    assert json.loads(written["summary.json"])["orders"] == 400
    assert len(written["report.html"]) > 10_000 and len(written) > 4
    # another program, without a kernel, the same input: the same output, byte for byte
    with monkeypatch.context() as patch:
        patch.setattr(segkit.command.runner, "executed_notebooks", executed_here)
        patch.chdir(tmp_path)
        assert main(example("report")) == 0
    assert {path.name: path.read_bytes() for path in exports.rglob("*.*")} == written
    for name in ("reset", "doctor"):
        printed(name)


@pytest.mark.slow
def test_example_of_test_runs_tests():
    name, *further = example("test")
    done = terminal(name, "--collect-only", "-q", *further, "tests/command/test_cli.py", folder=Path(cli.__file__).parents[2])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_cli" in done.stdout


@pytest.mark.slow
def test_start_serves_the_first_notebook_with_this_python_until_ctrl_c(tmp_path):
    port = free_port()
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    command = [sys.executable, "-m", "segkit", *example("start"), "--no-browser", "--port", str(port)]
    options = {"start_new_session": True} if os.name != "nt" else {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    ) as lab:
        try:
            lines = [lab.stdout.readline() for _ in range(5)]
            said = "".join(lines)
            (address,) = re.findall(r"http://\S+", said)
            token = address.partition("token=")[2]
            specs = json.loads(fetch(f"http://127.0.0.1:{port}/api/kernelspecs?token={token}"))
            assert specs["default"] == "python3"
            assert specs["kernelspecs"]["python3"]["spec"]["argv"][0] == sys.executable
            first = json.loads(fetch(f"http://127.0.0.1:{port}/api/contents/notebooks/01_goals.ipynb?token={token}"))
            assert first["type"] == "notebook"
            for name, values in SETTINGS.items():
                plugin = "@jupyterlab/" + name.replace("/", ":")
                setting = json.loads(fetch(f"http://127.0.0.1:{port}/lab/api/settings/{plugin}?token={token}"))
                assert values.items() <= json.loads(setting["raw"]).items()
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api/contents?token=wrong")
        finally:
            os.killpg(lab.pid, signal.SIGINT) if os.name != "nt" else lab.send_signal(signal.CTRL_BREAK_EVENT)
            rest = lab.communicate(timeout=60)[0]
    assert lab.returncode == 0
    assert said.startswith("Open this address in your browser:\n")
    assert (said + rest).endswith("your choices are saved as you make them.\n\nStopped. Nothing that you chose is lost.\n")


def fetch(url: str) -> bytes:
    """Read an address, waiting for its server to come up."""
    deadline = time.monotonic() + 90
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
