"""Run another program in this terminal as if it were this one."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def run_through(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, folder: Path | None = None) -> int:
    """Run a program to its end and return its exit code.

    Ctrl-C reaches the program directly, because it shares the terminal; this process only waits for it to finish in its own
    way. A request to terminate is passed on. (``os.exec`` would be shorter, but on Windows it returns to the prompt at once.)
    """
    with subprocess.Popen(command, env=env, cwd=folder) as child:
        before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        try:
            while True:
                try:
                    code = child.wait()
                except KeyboardInterrupt:
                    continue
                return code if code >= 0 else 128 - code
        finally:
            signal.signal(signal.SIGTERM, before)
