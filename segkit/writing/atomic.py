"""Files written in one piece: at every instant the old content or the new one is there."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> Path:
    """Write beside, flush to disk, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    return path
