"""Run another program in this terminal as if it were this one."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def run_through(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    patience: float | None = None,
) -> int:
    """Run a program to its end and return its exit code.

    Ctrl-C reaches the program directly, because it shares the terminal; this process only waits for it to finish in its own
    way. A request to terminate is passed on. (``os.exec`` would be shorter, but on Windows it returns to the prompt at once.)

    Parameters
    ----------
    command : sequence of str or Path
        The program and its arguments.
    env : mapping of str to str, optional
        Its environment; by default that of this process.
    folder : Path, optional
        The folder it runs in; by default the current one.
    patience : float, optional
        Seconds after Ctrl-C in which it must end; then it is asked to terminate, and after as many seconds made to. By default
        it may take for ever.
    """
    with subprocess.Popen(command, env=env, cwd=folder) as child:
        before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        limit, firmer = None, [child.terminate, child.kill]
        try:
            while True:
                try:
                    code = child.wait(limit)
                except KeyboardInterrupt:
                    limit = patience
                except subprocess.TimeoutExpired:
                    firmer.pop(0)()
                    limit = patience if firmer else None
                else:
                    return code if code >= 0 else 128 - code
        finally:
            signal.signal(signal.SIGTERM, before)
