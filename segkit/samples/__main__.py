"""Writes the sample businesses anew: ``python -m segkit.samples [FOLDER]``; without a folder into ``data``."""

import sys
from pathlib import Path

from segkit.samples.writer import write

if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data"))
