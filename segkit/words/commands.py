"""Commands as a remedy names them: typed as they stand, they act on the workspace that the fault was about."""

import os
import shlex
from pathlib import Path


def command(what: str, workspace: Path) -> str:
    """Return a line to type in a terminal.

    >>> command("reset 03_criteria", Path("my business"))
    "python -m segkit reset 03_criteria --workspace 'my business'"
    """
    folder = str(workspace)
    quoted = f'"{folder}"' if os.name == "nt" else shlex.quote(folder)
    return f"python -m segkit {what} --workspace {quoted}"
