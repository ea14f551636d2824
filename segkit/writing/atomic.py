"""Files written in one piece: at every instant the old content or the new one is there."""

import os
import secrets
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

BESIDE = ".segkit-"
"""How a file begins that is still being written; one that a kill left behind is taken away by the next who writes there."""

OLD_SECONDS = 600
"""A file being written that has not grown for so long belongs to a program that is no more."""


def write_whole(path: Path, content: bytes, *, private: bool = False) -> Path:
    """Write beside, flush to disk, then rename.

    Parameters
    ----------
    path : Path
        The file; its folder is made if it is not there.
    content : bytes
        All of it.
    private : bool, default False
        Whether only its owner may read it.
    """
    write_together({path: content}, private=private)
    return path


def write_together(files: Mapping[Path, bytes], without: Iterable[Path] = (), *, private: bool = False) -> None:
    """Write several files, all of them or none: only when the last one is on the disk do they take the places of the old.

    Parameters
    ----------
    files : mapping of Path to bytes
        Each file with its content.
    without : iterable of Path
        Older files that the new ones replace under other names; they are removed last.
    private : bool, default False
        Whether only their owner may read them.
    """
    beside: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path.parent)
            beside[path] = path.parent / f"{BESIDE}{secrets.token_hex(4)}.new"  # a name that no program writes to meanwhile
            with open(beside[path], "xb", opener=_owner_only if private else None) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for path, new in beside.items():
            os.replace(new, path)
    except BaseException:
        for new in beside.values():
            with suppress(OSError):
                new.unlink(missing_ok=True)
        raise
    for old in without:
        if old not in files:
            old.unlink(missing_ok=True)


def leftovers(folder: Path) -> list[Path]:
    """Return the files in a folder that a killed program was still writing."""
    return sorted(folder.glob(f"{BESIDE}*.new"))


def _sweep(folder: Path) -> None:
    for left in leftovers(folder):
        with suppress(OSError):  # gone already, or not ours to remove: no reason to write nothing
            if time.time() - left.stat().st_mtime > OLD_SECONDS:
                left.unlink()


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
