"""Fixtures for all tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"


@pytest.fixture(scope="session")
def real() -> Callable[[str], Path]:
    """Return a function that gives the path of a real data file, or skips the test where it is absent."""

    def path(name: str) -> Path:
        file = REAL / name
        if not file.exists():
            pytest.skip(f"real data are not here: {name} (looked in ../shared/real beside the project)")
        return file

    return path
