"""A task for the process that reads: how it is handed over, and how its end is said in words."""

import contextlib
import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from segkit.words.addresses import file_size
from segkit.words.errors import DataError
from segkit.words.regions import Writing

_REMEDY = "Copy the rows of your table into a new file, save it as CSV, and choose that file."


@dataclass(frozen=True)
class Task:
    """A function to call by name, what it may open, and what it may take."""

    module: str
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    inputs: tuple[Path, ...]
    home: Path
    folder: Path
    seconds: float
    memory: int
    writing: Writing


class Stopped(DataError):
    """Reading that was ended from outside."""


def too_large(task: Task) -> DataError:
    """Say that reading took more memory than it may."""
    return Stopped(
        f"{_named(task)}: reading took more than {file_size(task.memory)} of memory, far more than {_its(task)} of "
        f"{_size(task)} should need, and was stopped. Something inside is far larger than it looks: a cell far out, rows "
        "repeated without end, or one endless cell.",
        _REMEDY,
    )


def too_long(task: Task) -> DataError:
    """Say that reading took more work than it may."""
    return Stopped(
        f"{_named(task)}: reading took more than {task.seconds:.0f} seconds of work, far more than {_its(task)} of "
        f"{_size(task)} should need, and was stopped.",
        _REMEDY,
    )


def too_slow(task: Task, waited: float) -> DataError:
    """Say that reading did not come to its end, whether it worked or waited."""
    return Stopped(
        f"{_named(task)}: reading had not ended after {waited:.0f} seconds, most of them spent waiting, and was stopped.",
        "The machine is very busy, or the disk or network drive does not answer: close other programs, copy the file onto this "
        "machine, and try once more.",
    )


def broken_off(task: Task, code: int) -> DataError:
    """Say that the process that read ended by itself."""
    return Stopped(
        f"{_named(task)}: reading broke off (the process ended with code {code}). The file is damaged, or something inside is "
        "far larger than it looks.",
        _REMEDY,
    )


def unforeseen(task: Task) -> DataError:
    """Say that something was met which no part of reading knows."""
    return DataError(f"{_named(task)} cannot be read: something in it is not as in any table that is known.", _REMEDY)


def _named(task: Task) -> str:
    return ", ".join(path.name for path in task.inputs) or "The file"


def _its(task: Task) -> str:
    return "a file" if len(task.inputs) < 2 else "files"


def _size(task: Task) -> str:
    return file_size(size_of(task.inputs))


def size_of(paths: Iterable[Path]) -> int:
    """Return how many bytes some files have together; what is no file has none."""
    total = 0
    for path in paths:
        with contextlib.suppress(OSError, ValueError):  # said by the one who reads
            total += path.stat().st_size if path.is_file() else 0
    return total


def tell(pipe: IO[bytes], message: object) -> None:
    """Write a message to the other process."""
    content = pickle.dumps(message)
    pipe.write(len(content).to_bytes(8, "big") + content)
    pipe.flush()


def heard(pipe: IO[bytes]) -> Any:
    """Read a message of the other process.

    Raises
    ------
    EOFError
        If there is none any more.
    """
    size = int.from_bytes(head := pipe.read(8), "big")
    content = pipe.read(size)
    if len(head) < 8 or len(content) < size:
        raise EOFError
    return pickle.loads(content)
