"""The dependency rule: who may import whom."""

import ast
import subprocess
import sys
import tomllib

import pytest

from tests.conftest import ROOT

HEAVY = ("IPython", "duckdb", "ipywidgets", "jupyterlab", "matplotlib", "numpy", "pandas", "pydantic", "sklearn")


def test_contracts_hold():
    linter = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linter.returncode == 0, linter.stdout + linter.stderr


def test_contract_names_every_forbidden_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (pure,) = [c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "forbidden"]
    assert {"IPython", "duckdb", "ipywidgets", "matplotlib", "nbconvert"} <= set(pure["forbidden_modules"])
    assert {
        "segkit.core",
        "segkit.decisions.workbook",
        "segkit.words.errors",
        "segkit.workbook.results",
        "segkit.words.terms",
    } <= set(pure["source_modules"])


@pytest.mark.parametrize(
    "module",
    ["segkit", "segkit.command.cli", "segkit.command.bootstrap", "segkit.command.doctor", "segkit.command.requirements"],
)
def test_importing_loads_nothing_heavy(module):
    program = f"import {module}, sys; print([name for name in {HEAVY} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["__main__", "bootstrap", "child", "errors", "requirements"])
def test_set_up_needs_only_the_standard_library(name):
    tree = ast.parse((ROOT / "segkit" / f"{name}.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {package.split(".")[0] for package in imported} <= {*sys.stdlib_module_names, "segkit"}
