"""What runs in the process that reads: one task after the other, each with its limits and its rights."""

import contextlib
import contextvars
import importlib
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import IO, Any

from segkit.reading import own_process
from segkit.reading.task import Task, heard, tell
from segkit.words.errors import SegkitError
from segkit.words.regions import written_as

IDLE = 120
"""Seconds without a task after which the process ends: it comes again when it is needed."""

_BESIDE = ("", "-wal", "-shm", "-journal", ".wal")
"""What programs of databases keep beside a file of theirs."""

_SYSTEM = ("/proc/", "/sys/", "/dev/null", "/dev/urandom", "/usr/share/zoneinfo", "/etc/localtime")
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile")
_CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Rights:
    """What Python itself may do while a task runs; the engine's own rights are set where it is opened."""

    def __init__(self) -> None:
        places = {sys.prefix, sys.base_prefix, *filter(None, sys.path), str(Path(__file__).parents[2])}
        self.packages = tuple(sorted({os.path.realpath(place) + os.sep for place in places}))
        self.task: Task | None = None
        self.inputs: frozenset[str] = frozenset()
        self.folder = ""

    def give(self, task: Task | None) -> None:
        """Give the rights of a task, or take them away."""
        self.task = None
        if task is not None:
            self.inputs = frozenset(os.path.realpath(path) + more for path in task.inputs for more in _BESIDE)
            self.folder = os.path.realpath(task.folder) + os.sep
            self.task = task

    def look(self, event: str, args: tuple[Any, ...]) -> None:
        """Refuse what reading does not need."""
        if self.task is None:
            return
        if event == "open":
            if isinstance(args[0], str | bytes | os.PathLike):
                self._check(os.fsdecode(args[0]), writes=bool((args[2] or 0) & _WRITES))
        elif event.startswith(_CHANGES):
            inside = event in ("os.remove", "os.rmdir", "os.mkdir") and args[-1] not in (-1, None)
            for path in () if inside else args[:2]:  # by name within a folder that was opened, and looked at, before
                if isinstance(path, str | bytes | os.PathLike):
                    self._check(os.fsdecode(path), writes=True)
        elif event.startswith(_FORBIDDEN) and event != "socket.__new__":
            raise PermissionError(f"reading may not do this: {event}")

    def _check(self, path: str, *, writes: bool) -> None:
        whole = os.path.realpath(path)
        mine = (whole + os.sep).startswith(self.folder) or (writes and path == os.devnull)
        others = whole in self.inputs or whole.startswith((*self.packages, *_SYSTEM)) or whole + os.sep in self.packages
        if not mine and (writes or not others):
            raise PermissionError(f"reading may not open this: {path}")


def main() -> None:
    """Do tasks until the one who gives them is gone, or gives none for a while."""
    own_process.inside = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no message
    tasks: queue.Queue[Task] = queue.Queue()
    rights = Rights()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks, rights), daemon=True).start()
    importlib.import_module("segkit.reading.kinship")  # and all that reading takes
    sys.addaudithook(rights.look)
    with contextlib.suppress(queue.Empty, OSError):
        while True:
            task = tasks.get(timeout=IDLE)
            _limit(task)
            tell(out, ("begun", None))
            contextvars.copy_context().run(_do, task, rights, out)


def _listen(pipe: IO[bytes], tasks: "queue.Queue[Task]", rights: Rights) -> None:
    """Take tasks in; where the one who gives them is gone, leave nothing behind."""
    with contextlib.suppress(OSError, EOFError):
        while True:
            tasks.put(heard(pipe))
    task = rights.task
    rights.give(None)
    if task is not None:
        shutil.rmtree(task.folder, ignore_errors=True)
    os._exit(0)


def _do(task: Task, rights: Rights, out: IO[bytes]) -> None:
    os.chdir(task.home)
    tempfile.tempdir = str(task.folder)
    load: Any = importlib.import_module("segkit.reading.load")
    load.MEMORY = (load.MEMORY[0], f"{max(task.memory - (700 << 20), 400 << 20) >> 20}MB")
    function = importlib.import_module(task.module)
    for name in task.name.split("."):
        function = getattr(function, name)
    more = {"progress": lambda text: tell(out, ("said", text))} if "progress" in _asked_for(function) else {}
    rights.give(task)
    try:
        with written_as(task.writing):
            answer = ("done", function(*task.args, **task.kwargs, **more))  # type: ignore[operator]
    except SegkitError as error:
        error.__cause__ = error.__context__ = error.__traceback__ = None
        answer = ("refused", error)
    except BaseException:  # also what native code throws
        answer = ("fault", traceback.format_exc())
    finally:
        rights.give(None)
    tell(out, answer)


def _asked_for(function: Any) -> tuple[str, ...]:
    code = getattr(function, "__wrapped__", function).__code__
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return names


def _limit(task: Task) -> None:
    """Have the system refuse what no watcher could see in time, where it can: a single piece of memory without measure."""
    try:
        import resource
    except ImportError:  # Windows gives no more memory than there is
        return
    import psutil

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what is in memory does not go to the disk
    slack = (4 << 30) + (256 << 20) * (os.cpu_count() or 1)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + task.memory + slack, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + (os.cpu_count() or 1) * (task.seconds + 30))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
