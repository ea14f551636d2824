"""What the workbook needs from other packages, and what of it is here.

Standard library only: this also runs where nothing is installed yet.
"""

import importlib.metadata
import importlib.util
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DISTRIBUTION = "customer-segmentation-workbook"
PYTHON = (3, 11)
"""Oldest version of Python that will do."""

_MODULES = {"import-linter": "importlinter", "pillow": "PIL", "python-stdnum": "stdnum", "scikit-learn": "sklearn"}
"""Modules whose name does not follow from the package's."""


@dataclass(frozen=True)
class Requirement:
    """One package and its oldest version that will do."""

    name: str
    at_least: str

    @property
    def module(self) -> str:
        """Name under which the package is imported."""
        return _MODULES.get(self.name, self.name.replace("-", "_"))

    def fault(self) -> str:
        """Say what is wrong with this package here, or return an empty text."""
        try:
            version = importlib.metadata.version(self.name)
        except importlib.metadata.PackageNotFoundError:
            return f"{self.name} is missing"
        if numbers(version) < numbers(self.at_least):
            return f"{self.name} {version} is older than {self.at_least}"
        if importlib.util.find_spec(self.module) is None:
            return f"{self.name} {version} is damaged"
        return ""


def numbers(version: str) -> tuple[int, ...]:
    """Return the leading numbers of a version.

    Examples
    --------
    >>> numbers("2.10.0rc1")
    (2, 10, 0)
    """
    match = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def checkout() -> Path | None:
    """Return the folder of the source checkout that this code runs from, or None in an installed package."""
    root = Path(__file__).resolve().parents[2]
    return root if (root / "pyproject.toml").is_file() and (root / "requirements.txt").is_file() else None


def requirements(*groups: str) -> tuple[Requirement, ...]:
    """Return what the workbook needs, and what some dependency groups need (these only in a source checkout)."""
    root = checkout()
    if root is None:
        return _parse(line for line in importlib.metadata.requires(DISTRIBUTION) or () if "extra ==" not in line)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return _parse([*project["project"]["dependencies"], *(line for g in groups for line in project["dependency-groups"][g])])


def faults(needed: Iterable[Requirement]) -> tuple[str, ...]:
    """Say of each package that will not do what is wrong with it."""
    return tuple(fault for requirement in needed if (fault := requirement.fault()))


def _parse(lines: Iterable[str]) -> tuple[Requirement, ...]:
    found = (re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[\w+\])?\s*>=\s*([0-9.]+)", line.strip()) for line in lines)
    return tuple(Requirement(match[1], match[2]) for match in found if match)
