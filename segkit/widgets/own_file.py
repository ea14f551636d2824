"""A file of one's own: from the computer by a button, or, where it is large, chosen from the workspace's data folder."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import ipywidgets as w

from segkit.show.taken import taken
from segkit.show.written import panel_link
from segkit.widgets import controls as c
from segkit.widgets.view import View
from segkit.words.addresses import file_size
from segkit.words.numbers import listed
from segkit.workbook.session import Session
from segkit.workbook.taking import Asked, Taken, Way

LARGEST = "8 MB"
"""More does not go through the wire between page and kernel in one piece."""

LARGER = (
    "A larger file? Drag it into the “data” folder of your workspace, in the panel on the left; it then appears in this list."
)


UNTIL = "Until you choose, nothing changes."


class OwnFile(w.VBox):  # type: ignore[misc]
    """The button that takes files from a person's computer, the list of those that lie in the workspace, and what is asked.

    Parameters
    ----------
    session : Session
        Whose workspace.
    view : View
        Beside whose controls it is said what became of the files.
    take : callable
        Puts files of the data folder to use, and tells what became of them; or asks first.
    go_on : callable
        Does with them what a person chose.
    labels : callable
        Returns what stands on the button of each way to go on.
    name : str
        Tells it from others that watch the folder.
    idle : callable
        Tells the names of files that lie in the folder and are not in use yet.
    lists : bool
        Whether to list them to choose from; False where the view does so itself.
    after : callable
        Called when files were taken, whatever became of them.
    """

    def __init__(
        self,
        session: Session,
        view: View,
        take: Callable[[Sequence[str]], Taken | Asked],
        go_on: Callable[[Asked, Way], Taken],
        labels: Callable[[Asked], Mapping[Way, str]],
        *,
        name: str,
        idle: Callable[[], Sequence[str]],
        lists: bool = True,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        self._session, self._view, self._idle, self._after = session, view, idle, after
        self._take, self._go_on, self._labels = take, go_on, labels
        self.upload = w.FileUpload(
            description=f"Use my own file (up to {LARGEST})",
            multiple=True,
            layout={"width": "auto", "align_self": "flex-start"},
        )
        self.pick = w.Dropdown(**c.look("Or one from the “data” folder"))
        self.pick.layout.max_width = "560px"
        self.chosen = c.button("Use this one", self._use_chosen)
        self._row = w.HBox([self.pick, self.chosen])
        self.upload.observe(self._uploaded, names="value")
        to = panel_link(session.workspace.folder / "data", "Show me that folder")
        hint = f'<div class="seg"><span class="seg-hint">{LARGER}</span> {to}</div>'
        super().__init__([self.upload, *([w.HTML(hint), self._row] if lists else [])])
        if lists:
            self.fill()
            session.watch_folder(name, self.fill)
            session.watch(name, lambda _: self.fill())

    def fill(self) -> None:
        """List what lies in the folder and is not in use, the newest first."""
        folder = self._session.workspace.folder / "data"
        there = {one: (folder / one).stat() for one in self._idle() if (folder / one).exists()}
        names = sorted(there, key=lambda one: -there[one].st_mtime)
        before = self.pick.value
        self.pick.options = [(f"{one} ({file_size(there[one].st_size)})", one) for one in names]
        if names:
            self.pick.value = before if before in names else names[0]
        self._row.layout.display = None if names else "none"

    def _uploaded(self, change: dict[str, Any]) -> None:
        given = [(str(one["name"]), bytes(one["content"])) for one in change["new"]]
        if not given:
            return
        self._view.wait(f"Keeping {listed([name for name, _ in given])} in your workspace …")
        kept: list[str] = []
        done = self._view.do(lambda: kept.extend(self._session.keep_file(name, content) for name, content in given))
        self.upload.value = ()  # what stands in a control may be saved with the notebook
        if done:
            named = [_named(name, one) for (name, _), one in zip(given, kept, strict=True) if name != one]
            self._run(lambda: self._take(list(dict.fromkeys(kept))), " ".join(named))

    def _use_chosen(self) -> None:
        if name := self.pick.value:
            self._run(lambda: self._take([name]))

    def _run(self, act: Callable[[], Taken | Asked], first: str = "") -> None:
        """Do something with files, and say meanwhile what is being read: it takes seconds where they are large."""
        asked = carried_out(self._session, self._view, act, first)
        self._after()
        if asked is None:
            return
        labels = self._labels(asked)
        ways = [(labels[way], partial(self._run, partial(self._go_on, asked, way))) for way in asked.ways]
        self._view.ask(f"{first} {asked.text} {UNTIL}".strip(), ways)


def carried_out(session: Session, view: View, act: Callable[[], Taken | Asked], first: str = "") -> Asked | None:
    """Do something with files; say what is being read while it is, then what became of them; return what must be asked."""
    found: list[Taken | Asked] = []
    with session.telling(view.wait):
        done = view.do(lambda: found.append(act()))
    if not done:
        return None
    if isinstance(now := found[0], Asked):
        return now
    view.show(taken(f"{first} {now.said}".strip(), now.readings))
    return None


def _named(given: str, kept: str) -> str:
    """Say under which name a file is kept that was given under another."""
    if kept.startswith(given.rpartition(".")[0] + " ("):
        return f"Your workspace already has another {given}, so the new one is called {kept}."
    return f"{given} is the same file as {kept}, which is already in your workspace; it is not kept twice."
