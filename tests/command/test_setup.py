"""What is promised at the front door: the lines of the README, and the wheel."""

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from segkit.command.cli import build_parser
from segkit.command.requirements import checkout
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULE = "python -m segkit "


def lines() -> list[str]:
    """Return every command line in the README's blocks of code."""
    blocks = re.findall(r"^```(?:text|console|sh)?\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


def test_one_line_starts_and_one_line_tests():
    commands = [line for line in lines() if line.startswith(MODULE)]
    assert commands[:2] == [f"{MODULE}start", f"{MODULE}test"]


def test_every_command_in_the_readme_is_understood():
    typed = [line.partition("segkit ")[2] for line in lines() if re.match(r"(python -m )?segkit ", line)]
    assert len(typed) >= 4
    for line in typed:
        options, further = build_parser().parse_known_args(shlex.split(line, comments=True))
        assert callable(options.act) and not further, line


def test_lines_are_the_same_in_every_shell():
    for line in lines():
        if line.startswith((MODULE, "segkit ", "uv ", "pip ", "conda ")):
            assert not re.search(r"&&|;|\$|\\|`|'|\./", line), f"PowerShell 5 or a Unix shell cannot read: {line}"


def test_pages_and_pictures_that_the_readme_names_are_there():
    named = re.findall(r"\]\((?!https?://|#)([^)#]+)", README)
    assert "docs/workbook.png" in named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_bare_names_in_ci_are_those_of_the_readme():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert f"run: {MODULE}test" in workflow
    assert '"3.11"' in workflow and '"3.14"' in workflow
    assert all(system in workflow for system in ("ubuntu-latest", "windows-latest", "macos-latest"))


@pytest.mark.slow
def test_the_wheel_carries_notebooks_and_data_and_works_without_the_source(tmp_path):
    assert checkout() == ROOT
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    shared = ["git", "ls-files", "-z", "notebooks/*.ipynb", "data"]
    tracked = subprocess.run(shared, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    assert len([name for name in tracked if name.endswith(".ipynb")]) == 6
    assert {f"segkit/_share/{name}" for name in filter(None, tracked)} <= names
    assert not [name for name in names if re.search(r"(^|/)(tests|workspace|__pycache__|\.ipynb_checkpoints|\.venv)/", name)]

    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    subprocess.run([*install, "-r", str(ROOT / "requirements.txt")], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)

    def runs(*command: str | Path) -> str:
        env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SEGKIT_READY")}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert runs(python, "-m", "segkit", "doctor").count("ok  ") == 7
    assert "start" in runs(scripts / "segkit", "--help")
    assert str(home) in runs(python, "-c", "import segkit; print(segkit.__file__)")
    laid = runs(
        python, "-c", "from pathlib import Path; from segkit.workbook.notebooks import lay_out; print(lay_out(Path('w')))"
    )
    assert len(list(Path(laid.strip(), "notebooks").glob("*.ipynb"))) == 6
