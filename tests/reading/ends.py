"""Ways in which a process that reads may end; called by name there (see ``test_hostile_files``)."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def leave(code: int) -> None:
    """End at once, as native code does that meets something impossible."""
    os._exit(code)


def wait(seconds: float) -> None:
    """Wait, as for a disk that does not answer, or for a turn on a busy machine."""
    time.sleep(seconds)


def work() -> None:
    """Work for ever."""
    while True:
        pass


def grow() -> None:
    """Take more and more memory."""
    kept = []
    while True:
        kept.append(b"x" * (1 << 24))


def panic() -> None:
    """Throw what no ``except Exception`` catches, as libraries in Rust do."""
    raise BaseException("panicked")


def copy(folder: Path, progress: Callable[[str], None]) -> None:
    """Write a copy of customers' data into the private folder, say so, and take for ever."""
    (folder / "copy.txt").write_text("customers")
    progress("written")
    time.sleep(600)
