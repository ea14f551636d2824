"""Whether a workspace is open in JupyterLab: what would be changed under somebody's hands then is left alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_PATTERN = "open-*.lock"


@contextmanager
def opened(folder: Path, port: int) -> Iterator[None]:
    """Mark a workspace as open while a block runs; the system takes the mark away however this program ends."""
    place = folder / ".jupyter" / _PATTERN.replace("*", str(port))
    place.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(place, timeout=0):
        yield


def is_open(folder: Path) -> bool:
    """Tell whether a workspace is open in a JupyterLab that ``segkit start`` began."""
    for place in (folder / ".jupyter").glob(_PATTERN):
        try:
            with FileLock(place, timeout=0):
                continue
        except Timeout:
            return True
    return False
