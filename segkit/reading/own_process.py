"""Reading in a process of its own: whatever a file does to it, the workbook goes on, and says how it ended."""

import atexit
import contextlib
import functools
import inspect
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import psutil

from segkit.reading.beside import place, private_folder
from segkit.reading.task import Stopped, Task, broken_off, heard, size_of, tell, too_large, too_long, too_slow, unforeseen
from segkit.words.errors import DataError, SegkitError
from segkit.words.regions import writing

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 25
"""Seconds of work that reading may take; files larger than `SMALL` get more, by their size."""

PATIENCE = 6
"""So many times as long it may take by the clock: a machine that does other things beside, or a slow disk, is no fault."""

MEMORY = 1200 << 20
"""Bytes of memory that reading may take; larger files get more, as long as the machine has it."""

SMALL = 16 << 20
SLOWEST = 512 << 10
"""Bytes a second that the slowest honest file is read in."""

WIDEST = 16
"""Bytes of memory that an honest file takes for each of its own."""

BEAT = 0.02
"""Seconds between two looks at the memory: short, for a gigabyte is filled in half of one."""

START_SECONDS = 120
KEPT = 600 << 20
"""A process that holds more memory than this when it is done makes place for a fresh one."""


inside = False
"""Whether this is the process that reads: then a function that is called runs here."""


def apart(function: Callable[P, T]) -> Callable[P, T]:
    """Have a function run in the process that reads, with limits on memory and time, and no right to other files or a network.

    What is said there is handed to an argument ``progress`` here. The paths among the arguments are the files it may open.

    Raises
    ------
    DataError
        If reading takes more than it may, or breaks off.
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> T:
        if inside:
            return function(*args, **kwargs)
        given = signature.bind(*args, **kwargs)
        say = given.arguments.pop("progress", None) or (lambda _: None)
        inputs = tuple(dict.fromkeys(_paths(list(given.arguments.values()))))
        size = size_of(inputs)
        with private_folder(place()) as folder:
            more = max(0, size - SMALL)
            most = max(MEMORY, psutil.virtual_memory().total * 3 // 4)
            task = Task(
                function.__module__, function.__qualname__, given.args, given.kwargs, inputs, _home(), folder,
                SECONDS + more / SLOWEST, min(MEMORY + WIDEST * more, most), writing(),
            )  # fmt: skip
            result: T = _asked(task, say)
        return result

    return called


def _paths(value: object, *, named: bool = False) -> Iterator[Path]:
    """Return the paths among arguments; a text is one inside a mapping, such as files by their kind."""
    if isinstance(value, Path) or (named and isinstance(value, str)):
        yield Path(value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _paths(one, named=True)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _paths(one, named=named)


class Reader:
    """A process that reads, started once and asked again and again; the one who asks keeps an eye on it."""

    def __init__(self) -> None:
        places = [place for place in sys.path if place]  # never the folder that one happens to be in
        begin = f"import sys; sys.path[:] = {places!r}; from segkit.reading.inside import main; main()"
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", begin],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.heard: queue.Queue[tuple[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(OSError, ValueError, EOFError):
            while True:
                self.heard.put(heard(self.process.stdout))
        self.heard.put(None)

    def ask(self, task: Task, say: Callable[[str], None]) -> Any:
        """Give a task, hand on what is said meanwhile, and return the result; a task that goes beyond its limits is ended."""
        assert self.process.stdin is not None
        tell(self.process.stdin, task)
        watched, began, begun, before = psutil.Process(self.process.pid), time.monotonic(), False, 0.0
        while True:
            try:
                message = self.heard.get(timeout=BEAT)
            except queue.Empty:
                message = ("", None)
            if message is None:
                raise _Gone(self.process.wait(), begun)
            kind, value = message
            if kind == "begun":
                began, begun, before = time.monotonic(), True, _work(watched)
            elif kind == "said":
                say(value)
            elif kind == "done":
                return value
            elif kind == "refused":
                raise value
            elif kind == "fault":
                raise unforeseen(task) from RuntimeError(value)
            waited = time.monotonic() - began
            if waited > (task.seconds * PATIENCE if begun else START_SECONDS):
                raise too_slow(task, waited)
            if begun:
                self._look(watched, task, before)

    @staticmethod
    def _look(watched: psutil.Process, task: Task, before: float) -> None:
        """End a task that has worked for longer, or holds more memory, than it may."""
        with contextlib.suppress(psutil.Error):
            if _work(watched) - before > task.seconds:
                raise too_long(task)
            if watched.memory_info().rss > task.memory:
                raise too_large(task)

    @property
    def is_fresh(self) -> bool:
        """Whether it may be asked again."""
        with contextlib.suppress(psutil.Error):
            return bool(psutil.Process(self.process.pid).memory_info().rss < KEPT)
        return False

    def end(self) -> None:
        """End the process, if it has not ended itself."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


def _work(watched: psutil.Process) -> float:
    """Return the seconds that a process has worked, on all cores together; waiting for its turn is none."""
    times = watched.cpu_times()
    return float(times.user + times.system)


class _Gone(Exception):
    """The process ended by itself: with which code, and whether it had begun."""


_LOCK = threading.Lock()
_reader: Reader | None = None


def get_ready() -> None:
    """Start the process that reads while other things are done: it takes a second to come up."""
    if not inside and _LOCK.acquire(blocking=False):
        try:
            _ready()
        finally:
            _LOCK.release()


def _ready() -> Reader:
    global _reader
    if _reader is None or _reader.owner != os.getpid() or _reader.process.poll() is not None:
        if _reader is not None and _reader.owner == os.getpid():
            _reader.end()
        _reader = Reader()
        atexit.unregister(_end)
        atexit.register(_end)
    return _reader


def _end() -> None:
    global _reader
    if _reader is not None and _reader.owner == os.getpid():
        _reader.end()
    _reader = None


def _asked(task: Task, say: Callable[[str], None]) -> Any:
    with _LOCK:
        for _ in range(2):  # one that waited in vain for a task may have ended just now
            well = False
            try:
                result = _ready().ask(task, say)
                well = _ready().is_fresh
                return result
            except _Gone as gone:
                code, begun = gone.args
                if begun:
                    raise broken_off(task, code) from None
            except OSError:  # the pipe is closed
                pass
            except SegkitError as error:
                well = not isinstance(error, Stopped)
                raise
            finally:
                if not well:
                    _end()
        raise DataError(
            "The process that reads files does not start.",
            "Run segkit doctor, and restart the kernel if you are in a notebook.",
        )


def _home() -> Path:
    """Return the folder from which relative paths are meant; one that is gone leaves none."""
    with contextlib.suppress(OSError):
        return Path.cwd()
    return Path(tempfile.gettempdir())
