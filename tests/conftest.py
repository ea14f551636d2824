"""Fixtures for all tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="session", autouse=True)
def samples_are_read_once() -> Iterator[None]:
    """Keep what a session reads of the sample businesses: dozens of tests begin with the same two seconds.

    Tests of reading call the reader itself and are not touched; results are never changed in place, so all may share them.
    """
    from segkit.reading import load

    read, kept = load.load_customers, dict[str, Any]()

    def once(files: Any, **how: Any) -> Any:
        given = [[several] if isinstance(several, str | Path) else several for several in files.values()]
        paths = [Path(path) for several in given for path in several]
        if not all(path.is_relative_to(ROOT / "data") for path in [*paths, *filter(None, [how.get("later")])]):
            return read(files, **how)
        key = repr((files, sorted(how.items())))
        if key not in kept:
            kept[key] = read(files, **how)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "load_customers", once)
        yield
