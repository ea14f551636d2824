"""Run another program in this terminal as if it were this one."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LEASH = "SEGKIT_LEASH"
"""Set for a program that must end with the one that started it, which holds the other end of its standard input."""

LAST_SECONDS = 10
"""Seconds that such a program has to end in its own way."""


def leashed() -> None:
    """End this program once the one that started it is no more, however that ended; call it first thing."""
    if os.environ.pop(LEASH, ""):
        threading.Thread(target=_end_with_the_other, daemon=True).start()


def _end_with_the_other() -> None:
    try:
        while os.read(0, 1024):  # the other never writes: it ends when its end of the pipe is closed, by the system if need be
            pass
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_SECONDS)
    os._exit(128 + signal.SIGTERM)


def run_through(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    patience: float | None = None,
    leash: bool = False,
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
    leash : bool, default False
        Whether it must end when this process is killed; it then calls `leashed`, and reads nothing from the terminal.
    """
    if leash:
        env = {**(os.environ if env is None else env), LEASH: "1"}
    with subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.PIPE if leash else None) as child:
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
