"""Another program in this terminal: exit codes, Ctrl-C, a request to terminate."""

import os
import signal
import subprocess
import sys
import time

import pytest

from segkit.command.child import run_through
from tests.conftest import ROOT

PARENT = """
import sys
from segkit.command.child import run_through
sys.exit(run_through([sys.executable, '-c', {child!r}], patience={patience}))
"""
READY = "import signal, sys, time; print('ready', flush=True); "


@pytest.mark.parametrize("code", [0, 1, 5])
def test_exit_code_comes_back(code):
    assert run_through([sys.executable, "-c", f"raise SystemExit({code})"]) == code


def test_runs_in_the_folder_with_the_environment(tmp_path):
    program = f"import os, sys; sys.exit(os.getcwd() != {str(tmp_path.resolve())!r} or os.environ['ONE'] != '1')"
    assert run_through([sys.executable, "-c", program], env={**os.environ, "ONE": "1"}, folder=tmp_path) == 0


@pytest.mark.skipif(os.name == "nt", reason="signals to a group of processes are sent otherwise on Windows")
@pytest.mark.parametrize(
    ("child", "patience", "sent", "code"),
    [
        (f"{READY}\ntry: time.sleep(30)\nexcept KeyboardInterrupt: time.sleep(.5); sys.exit(7)", None, signal.SIGINT, 7),
        (
            f"signal = __import__('signal'); signal.signal(signal.SIGINT, signal.SIG_IGN); {READY}time.sleep(30)",
            0.2,
            signal.SIGINT,
            143,
        ),
        (f"import signal\nfor s in (2, 15): signal.signal(s, signal.SIG_IGN)\n{READY}time.sleep(30)", 0.2, signal.SIGINT, 137),
        (f"{READY}time.sleep(30)", None, signal.SIGTERM, 143),
    ],
    ids=["ends in its own way", "deaf", "stubborn", "terminated"],
)
def test_signals(child, patience, sent, code):
    command = [sys.executable, "-c", PARENT.format(child=child, patience=patience)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as parent:
        assert parent.stdout.readline() == "ready\n"
        time.sleep(0.2)
        (os.killpg if sent == signal.SIGINT else os.kill)(parent.pid, sent)
        assert parent.wait(15) == code


LEASHED = """
import sys
from segkit.command.child import run_through
program = "from segkit.command.child import leashed; leashed(); " + {child!r}
sys.exit(run_through([sys.executable, '-c', program], leash={leash}))
"""


def test_a_program_on_a_leash_ends_when_its_starter_is_killed():
    child = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    command = [sys.executable, "-c", LEASHED.format(child=child, leash=True)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert int(parent.stdout.readline()) > 0
        parent.kill()
        assert parent.stdout.read() == b"", "the pipe is closed, so the other program has ended, too"


def test_a_program_without_a_leash_reads_what_is_typed():
    command = [sys.executable, "-c", LEASHED.format(child="sys = __import__('sys'); sys.exit(len(input()))", leash=False)]
    assert subprocess.run(command, cwd=ROOT, input="typed\n", text=True, check=False).returncode == 5
