"""The dependency rule: who may import whom, and each contract notices when it is broken."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
}
FORBIDDEN = {
    "house": ("segkit/words/terms.py", "segkit.core.data.values"),
    "core": ("segkit/core/data/values.py", "segkit.core.profiles.profile"),
    "core-criteria": ("segkit/core/criteria/by_hand/pots.py", "segkit.core.criteria.rfm.scores"),
    "core-data": ("segkit/core/data/roles/guess.py", "segkit.core.data.customers"),
    "decisions": ("segkit/decisions/goals.py", "segkit.decisions.targeting"),
    "samples": ("segkit/samples/coffee_roaster/words.py", "segkit.samples.packaging_wholesaler.words"),
    "reading": ("segkit/reading/values/dates.py", "segkit.reading.summary"),
    "plots": ("segkit/plots/review/trends.py", "segkit.plots.targeting.bubbles"),
    "html": ("segkit/html/tables.py", "segkit.html.notes"),
    "workbook": ("segkit/workbook/kept.py", "segkit.workbook.session"),
    "results": ("segkit/workbook/results/data.py", "segkit.workbook.results.profiles"),
    "show": ("segkit/show/review.py", "segkit.show.profiles"),
    "widgets": ("segkit/widgets/controls.py", "segkit.widgets.goals"),
    "pure": ("segkit/core/profiles/profile.py", "matplotlib"),
}
"""For each contract a file and what it may not import."""

HEAVY = ("IPython", "duckdb", "ipywidgets", "jupyterlab", "matplotlib", "numpy", "pandas", "pydantic", "sklearn")
WITHOUT = {
    "segkit.show.goals": ("seaborn", "sklearn", "scipy.stats", "duckdb", "sqlalchemy"),
    "segkit.widgets.goals": ("seaborn", "sklearn", "scipy.stats", "duckdb", "sqlalchemy"),
    "segkit.show.data.pieces": ("seaborn",),
    "segkit.show.profiles": ("seaborn",),
    "segkit.widgets.profiles": ("seaborn",),
}
"""What a notebook does not need when it comes up, and so does not wait for."""


def linted(folder: Path) -> dict[str, bool]:
    """Return for each contract, by its name, whether it is kept in a folder."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    run = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    said = re.sub(r"\s+", " ", run.stdout)  # long names are wrapped
    assert "Contracts:" in said, run.stdout + run.stderr
    kept = {contract["name"]: f"{contract['name']} KEPT" in said for contract in CONTRACTS.values()}
    assert all(f"{name} {'KEPT' if fine else 'BROKEN'}" in said for name, fine in kept.items()), said
    assert (run.returncode == 0) == all(kept.values()), said
    return kept


def test_contracts_hold():
    assert [name for name, fine in linted(ROOT).items() if not fine] == []


def test_every_contract_notices_a_forbidden_import(tmp_path):
    assert set(FORBIDDEN) == set(CONTRACTS)
    shutil.copytree(ROOT / "segkit", tmp_path / "segkit", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for file, module in FORBIDDEN.values():
        path = tmp_path / file
        path.write_text(path.read_text(encoding="utf-8") + f"\nimport {module}\n", encoding="utf-8")
    assert [name for name, fine in linted(tmp_path).items() if fine] == []


def test_every_module_has_its_place():
    assert all(contract.get("exhaustive") for contract in CONTRACTS.values() if contract["type"] == "layers")
    (pure,) = [contract for contract in CONTRACTS.values() if contract["type"] == "forbidden"]
    assert {"IPython", "argparse", "duckdb", "ipywidgets", "matplotlib", "nbconvert"} <= set(pure["forbidden_modules"])
    assert {"segkit.core", "segkit.decisions", "segkit.words", "segkit.workbook.results"} <= set(pure["source_modules"])


@pytest.mark.parametrize("path", sorted((ROOT / "segkit").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_are_handed_on_by_the_package_alone(path):
    if path == ROOT / "segkit" / "__init__.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert [alias.name for alias in imports if alias.name == alias.asname] == []
    assigned = [target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
                if isinstance(target, ast.Name)]  # fmt: skip
    assert "__all__" not in assigned
    if path.name == "__init__.py":
        assert not [node for node in tree.body if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("segkit")]


def test_no_module_bears_its_folders_name():
    modules = [path for path in (ROOT / "segkit").rglob("*.py") if path.stem == path.parent.name]
    assert [path.relative_to(ROOT).as_posix() for path in modules] == []


def test_tests_mirror_the_folders():
    folders = {path.parent.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    beside = {"architecture", "browser", "notebooks"}
    assert [name for name in folders - beside if not (ROOT / "segkit" / name).is_dir()] == []


def test_files_that_the_guide_names_are_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## The house")[2].partition("## Notebooks")[0]
    named = re.findall(r"`((?:[a-z_]+/)+(?:[\w.]+)?)`", text)
    assert len(named) > 20
    places = [(ROOT / name, ROOT / "segkit" / name) for name in named]
    assert [here.name for here, inside in places if not here.exists() and not inside.exists()] == []


@pytest.mark.parametrize(
    "module",
    ["segkit", "segkit.command.cli", "segkit.command.bootstrap", "segkit.command.doctor", "segkit.command.requirements"],
)
def test_importing_loads_nothing_heavy(module):
    assert loaded_by(module, HEAVY) == []


@pytest.mark.parametrize("module", WITHOUT)
def test_a_learners_first_minute_waits_for_nothing_that_comes_later(module):
    assert loaded_by(module, WITHOUT[module]) == []


def loaded_by(module: str, names: tuple[str, ...]) -> list[str]:
    """Return which of some modules are there after another was imported."""
    program = f"import {module}, sys; print(*[name for name in {names} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.split()


@pytest.mark.parametrize("name", ["__main__", "command/bootstrap", "command/child", "words/errors", "command/requirements"])
def test_set_up_needs_only_the_standard_library(name):
    tree = ast.parse((ROOT / "segkit" / f"{name}.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {package.split(".")[0] for package in imported} <= {*sys.stdlib_module_names, "segkit"}
