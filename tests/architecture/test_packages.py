"""What is installed: pins, environments and the reasons for each dependency agree with one another."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from segkit.command.requirements import DISTRIBUTION, PYTHON, requirements
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = tuple(map(Requirement, PROJECT["project"]["dependencies"]))
GROUPS = {name: tuple(map(Requirement, lines)) for name, lines in PROJECT["dependency-groups"].items()}
EXTRA = tuple(map(Requirement, PROJECT["project"]["optional-dependencies"]["servers"]))
WITH_JUPYTER = {  # parts of what is required
    "IPython",
    "jupyter_client",
    "jupyter_core",
    "jupyter_server",
    "nbformat",
    "tornado",
    "traitlets",
}
NOT_IMPORTED = {"jupyterlab"}  # run as a program
ON_CONDA_FORGE = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base", "playwright": "playwright-python"}


def pins(file: str) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes of each pin."""
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)((?:.*\\\n)+.*)", text, re.MULTILINE)
    return {canonicalize_name(name): (version, rest.count("--hash=sha256:")) for name, version, rest in blocks}


@pytest.mark.parametrize(
    ("file", "needed"),
    [
        ("requirements.txt", (*RUN, *GROUPS["setup"])),
        ("requirements-dev.txt", (*RUN, *GROUPS["setup"], *GROUPS["dev"])),
        ("requirements-spark.txt", GROUPS["spark"]),
        ("requirements-mutants.txt", GROUPS["mutants"]),
    ],
)
def test_pins_satisfy_what_the_project_needs(file, needed):
    pinned = pins(file)
    for requirement in needed:
        version, hashes = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement
        assert hashes > 0


def test_every_pin_is_hashed_and_bare():
    least = {"requirements.txt": 51, "requirements-dev.txt": 51, "requirements-spark.txt": 2, "requirements-mutants.txt": 2}
    for file, fewest in least.items():
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        assert len([line for line in lines if "==" in line and not line.startswith("#")]) >= len(pins(file)) >= fewest
        assert all(hashes for _, hashes in pins(file).values())
        assert not [line for line in lines if re.search(r"://|file:|--index|--find-links|^-e|^\.?/", line)]


def test_pins_for_tests_contain_the_pins_for_running():
    development = pins("requirements-dev.txt")
    assert {name: pin for name, pin in pins("requirements.txt").items() if development.get(name) != pin} == {}
    beside = pins("requirements-mutants.txt")  # comes into the same programs
    assert {name: pin for name, pin in beside.items() if development.get(name, pin) != pin} == {}


def test_conda_environment_agrees_with_the_project():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    listed = {Requirement(line) for line in re.findall(r"^  - (\S+>=\S+)$", text, re.MULTILINE)}
    needed = (*RUN, *GROUPS["dev"], *GROUPS["setup"])  # to run, and to test
    expected = {Requirement(f"{ON_CONDA_FORGE.get(r.name, r.name)}{r.specifier}") for r in needed}
    assert listed == expected | {Requirement(f"python{PROJECT['project']['requires-python']}")}
    assert re.findall(r"^channels:\n((?:  - .*\n)+)", text, re.MULTILINE) == ["  - conda-forge\n  - nodefaults\n"]


def test_the_code_knows_the_same_requirements():
    assert [(r.name, r.at_least) for r in requirements()] == [(r.name, str(r.specifier).removeprefix(">=")) for r in RUN]
    assert len(requirements("dev")) == len(RUN) + len(GROUPS["dev"])
    assert PROJECT["project"]["requires-python"] == f">={PYTHON[0]}.{PYTHON[1]}"
    assert f"sys.version_info < {PYTHON}" in (ROOT / "segkit/__main__.py").read_text(encoding="utf-8")


def test_the_distribution_has_a_name_of_its_own():
    # "segkit" on the package index is a project for segmenting pictures.
    assert canonicalize_name(PROJECT["project"]["name"]) == DISTRIBUTION != "segkit"


def test_every_dependency_has_its_reason():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    reasons = dict(re.findall(r"^\| `([A-Za-z0-9-]+)` \| (.+?) \|$", text, re.MULTILINE))
    assert set(reasons) == {r.name for group in (RUN, EXTRA, *GROUPS.values()) for r in group}
    assert all(len(reason.split()) >= 3 for reason in reasons.values())


def test_what_is_imported_is_what_is_required():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "segkit").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    others = {name.split(".")[0] for name in imported} - set(sys.stdlib_module_names) - {"segkit"}
    assert (
        others - WITH_JUPYTER - {"pymysql", "sqlalchemy"}
        == {requirement.module for requirement in requirements()} - NOT_IMPORTED
    )


def test_what_databases_on_servers_take_is_there_to_test():
    development = {r.name: str(r.specifier) for r in GROUPS["dev"]}
    assert {r.name: development.get(r.name) for r in EXTRA} == {r.name: str(r.specifier) for r in EXTRA}
    text = (ROOT / "segkit/reading/sources/connections.py").read_text(encoding="utf-8")
    assert [str(r) for r in EXTRA if f'"{r}"' not in text] == [], "what the remedy says to install"


def test_no_file_names_a_package_registry():
    # Put together here so that this file does not name them either.
    hosts = [
        name + "." + domain for name, domain in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
    ]
    hosts += ["anaconda" + ".org", "yarnpkg" + ".com"]
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    texts = {name: (ROOT / name).read_bytes() for name in tracked if name and (ROOT / name).is_file()}
    assert len(texts) > 20
    assert [(name, host) for name, text in texts.items() for host in hosts if host.encode() in text] == []


def test_the_lock_of_the_installer_stays_untracked():
    tracked = subprocess.run(["git", "ls-files", "uv.lock", "pylock.toml"], cwd=ROOT, capture_output=True, check=True).stdout
    assert tracked == b""
