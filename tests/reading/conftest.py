"""An engine for the tests of reading."""

from collections.abc import Iterator

import duckdb
import pytest


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give the tests of one file an engine in memory."""
    with duckdb.connect() as connection:
        yield connection
