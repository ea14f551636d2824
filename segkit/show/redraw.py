"""Results that a change made stale: drawn anew beside the person's work, not in its way.

A changed choice reaches every piece of the notebook, and on many customers some take seconds. So each piece turns pale at once,
and is drawn anew by a thread of its own once nobody has changed anything for a moment; a further change begins again from the
new choice.
"""

import asyncio
import atexit
import gc
import sys
import threading
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import Any, NamedTuple, Protocol

from segkit.words.errors import SegkitError

QUIET = 0.15
"""Seconds without a change after which stale pieces are drawn anew."""

GIVE_WAY = 0.0005
"""Seconds after which a thread at work lets another one go on."""

STALE = "seg-stale"
"""Class of what is still to be drawn anew; the style sheet makes it pale."""

DRAWING = threading.RLock()
"""Held while a piece is drawn: two at once would share matplotlib's fonts, and count the same results twice."""


STOPPED = "seg-stopped"
"""Class, beside `STALE`, of what the person did not want to wait for."""


class Live(Protocol):
    """A widget that shows a value, and can turn pale."""

    value: Any

    def add_class(self, name: str) -> object:
        """Give it a class of the style sheet."""

    def remove_class(self, name: str) -> object:
        """Take the class away."""


Told = Callable[[int, int, str], object]
"""Is told how many pale pieces are drawn by now, of how many, and which one is being drawn."""

Put = Callable[[Any], object]
"""Puts what was drawn where it belongs."""


class Stale(NamedTuple):
    """What is to be drawn anew: where it is shown, what draws it, what puts it there, and whether a person waits for it."""

    live: Live
    draw: Callable[[], Any]
    put: Put | None
    pale: bool


class Redrawing:
    """The stale pieces of one kernel, drawn anew in the order of the notebook; what nobody waits for comes last."""

    def __init__(self) -> None:
        self._stale: dict[str, Stale] = {}
        self._turn = 0
        self._timer: asyncio.TimerHandle | None = None
        self._told: Told | None = None
        self._most = 0
        self._now = ""

    def tell(self, told: Told) -> None:
        """Tell from now on how far it is; who was told before is told no more."""
        if self._told is not None and self._told != told:
            self._told(0, 0, "")
        self._told = told
        self._tell()

    def stop(self) -> None:
        """Draw no more for now: what is pale stays so, and says that it shows an earlier choice."""
        self._turn += 1  # what is being drawn at this moment is thrown away
        if self._timer is not None:
            self._timer.cancel()
        for one in self._stale.values():
            if one.pale:
                one.live.add_class(STOPPED)

    def go_on(self) -> None:
        """Draw what was stopped."""
        for name, one in list(self._stale.items()):
            self.ask(name, *one[:2], pale=one.pale, put=one.put)

    def _tell(self) -> None:
        left = sum(one.pale for one in self._stale.values())
        self._most = max(self._most, left) if left else 0
        if self._told is not None:
            self._told(self._most - left, self._most, self._now if left else "")

    def ask(self, name: str, live: Live, draw: Callable[[], Any], *, pale: bool = True, put: Put | None = None) -> None:
        """Have a piece drawn anew; at once where no kernel waits for a person.

        Parameters
        ----------
        name : str
            What tells the piece from others: a cell that is run again takes the place of its former self.
        live : Live
            Where the piece is shown.
        draw : callable
            Returns what to show (for HTML a text), from the choices as they are when it is called.
        pale : bool, default True
            Whether what is shown until then is stale; False for what is right already and only gains by a second look, or what
            nobody sees: these come last.
        put : callable, optional
            Puts what was drawn in its place; by default it becomes the widget's value.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            _put(live, draw(), put)
            return
        _answer_first()
        if pale:
            live.add_class(STALE)
            live.remove_class(STOPPED)
        # drawn later and elsewhere, but in the way of writing of who asks
        self._stale[name] = Stale(live, partial(copy_context().run, draw), put, pale)
        self._turn += 1  # what is being drawn now rests on choices of before
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(QUIET, self._begin, loop)
        self._tell()

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        # no pool: a pool's threads would keep a kernel alive that is told to stop
        threading.Thread(target=self._work, args=(loop, self._turn, dict(self._stale)), daemon=True).start()

    def _work(self, loop: asyncio.AbstractEventLoop, turn: int, stale: dict[str, Stale]) -> None:
        _tidy_once()
        for name, one in sorted(stale.items(), key=lambda item: not item[1].pale):
            with DRAWING:
                if turn != self._turn:
                    return
                self._now = name.rpartition(".")[2].replace("_", " ")
                _on(loop, self._tell)
                drawn = one.draw()
            _on(loop, self._show, turn, name, one, drawn)

    def _show(self, turn: int, name: str, one: Stale, drawn: Any) -> None:
        if turn == self._turn:
            _put(one.live, drawn, one.put)
            one.live.remove_class(STALE)
            del self._stale[name]
            self._tell()


def _on(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *args: Any) -> None:
    """Have the kernel's own thread do it; a kernel that stopped meanwhile shows nothing any more."""
    try:
        loop.call_soon_threadsafe(call, *args)
    except RuntimeError:
        if not loop.is_closed():
            raise


def _put(live: Live, drawn: Any, put: Put | None) -> None:
    if put is None:
        live.value = drawn
    else:
        put(drawn)


EVERY = 1.0
"""Seconds between two looks whether another notebook has changed a choice."""

_LOOKING: dict[str, asyncio.TimerHandle] = {}
"""The next look, by workspace: a cell that is run again takes the place of its former self."""


def look_around(workspace: str, look: Callable[[], None]) -> None:
    """Look from now on, as long as the kernel runs, whether another notebook has changed a choice."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    if (before := _LOOKING.get(workspace)) is not None:
        before.cancel()

    def once() -> None:
        try:
            look()
        except SegkitError:  # such as a disk that cannot be read for a moment: said where choices are shown
            pass
        _LOOKING[workspace] = loop.call_later(EVERY, once)

    _LOOKING[workspace] = loop.call_later(EVERY, once)


def _answer_first() -> None:
    """Let what answers a person go before what is drawn, from now on.

    An answer needs Python's lock a few dozen times (each message to the page does), and would wait 5 ms each time.
    """
    sys.setswitchinterval(GIVE_WAY)


def _tidy_once() -> None:
    """Take what is loaded by now out of the garbage collector's rounds: each of them would stop everything for .2 seconds."""
    if gc.get_freeze_count() == 0:
        gc.collect()
        gc.freeze()
        atexit.register(gc.unfreeze)  # libraries that count what is left at the end would otherwise complain


REDRAWING = Redrawing()
