"""An engine for the tests of reading."""

from collections.abc import Iterator

import duckdb
import pytest

from segkit.reading import own_process


@pytest.fixture(autouse=True)
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in the process of the tests, where parts can be replaced; ``test_hostile_files`` is about the other one."""
    monkeypatch.setattr(own_process, "inside", True)


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give the tests of one file an engine in memory."""
    with duckdb.connect() as connection:
        yield connection
