"""A file of one's own: from the computer by a button, or, where it is large, chosen from the workspace's data folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as w

from segkit.html.notes import note
from segkit.html.piece import Html
from segkit.show.written import panel_link
from segkit.widgets import controls as c
from segkit.widgets.view import View
from segkit.words.numbers import file_size, listed
from segkit.workbook.session import Session

LARGEST = "8 MB"
"""More does not go through the wire between page and kernel in one piece."""

LARGER = (
    "A larger file? Drag it into the folder “data” of your workspace, in the panel on the left; then it is in the list here."
)


@dataclass(frozen=True)
class Question:
    """What must be asked before a file is put to use: the text, and a button for each way to go on, the likeliest first."""

    text: str
    ways: tuple[tuple[str, "Callable[[], Html]"], ...]


Take = Callable[[Sequence[str]], Html | Question]
"""Puts files of the data folder to use, and says what became of them; or asks first."""


class OwnFile(w.VBox):  # type: ignore[misc]
    """The button that takes files from a person's computer, the list of those that lie in the workspace, and what is asked.

    Parameters
    ----------
    session : Session
        Whose workspace.
    view : View
        Beside whose controls it is said what became of the files.
    take : callable
        Puts files to use.
    name : str
        Tells it from others that watch the folder.
    idle : callable
        Tells the names of files that lie in the folder and are not in use yet.
    listed : bool
        Whether to list them to choose from; False where the view does so itself.
    after : callable
        Called when files were taken, whatever became of them.
    """

    def __init__(
        self,
        session: Session,
        view: View,
        take: Take,
        *,
        name: str,
        idle: Callable[[], Sequence[str]],
        listed: bool = True,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        self._session, self._view, self._take, self._idle, self._after = session, view, take, idle, after
        self.upload = w.FileUpload(
            description=f"Use my own file (up to {LARGEST})",
            multiple=True,
            layout={"width": "auto", "align_self": "flex-start"},
        )
        self.pick = w.Dropdown(**c.look("Or one from the folder “data”"))
        self.pick.layout.max_width = "560px"
        self.chosen = c.button("Use this one", self._use_chosen)
        self._row = w.HBox([self.pick, self.chosen])
        self.asked = w.HBox(layout={"flex_flow": "row wrap"})
        self.upload.observe(self._uploaded, names="value")
        to = panel_link(session.workspace.folder / "data", "Show me that folder")
        hint = f'<div class="seg"><span class="seg-hint">{LARGER}</span> {to}</div>'
        super().__init__([self.upload, *([w.HTML(hint), self._row] if listed else []), self.asked])
        if listed:
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
        if before in names:
            self.pick.value = before
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

    def _run(self, act: Callable[[], Html | Question], first: str = "") -> None:
        """Do something with files, and say meanwhile what is being read: it takes seconds where they are large."""
        self.asked.children = ()
        found: list[Html | Question] = []
        with self._session.telling(self._view.wait):
            done = self._view.do(lambda: found.append(act()))
        self._after()
        if not done:
            return
        said = found[0]
        if isinstance(said, Question):
            self._view.show(note("warning", f"{first} {said.text}"))
            self.asked.children = tuple(self._way(label, go) for label, go in said.ways)
            if self.asked.children:
                self.asked.children[0].button_style = "primary"
        else:
            self._view.show(note("note", first) + said if first else said)

    def _way(self, label: str, go: Callable[[], Html]) -> w.Button:
        return c.button(label, lambda: self._run(go))


def _named(given: str, kept: str) -> str:
    """Say under which name a file is kept that was given under another."""
    if kept.startswith(given.rpartition(".")[0] + " ("):
        return f"There is another {given} in your workspace already, so the new one is called {kept}."
    return f"{given} is the same file as {kept}, which lies in your workspace already; it is not kept twice."
