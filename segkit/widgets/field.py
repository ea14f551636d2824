"""A control bound to one answer: it shows what is saved and whose it is, and says beside itself what does not fit."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

import ipywidgets as w

from segkit.html.piece import escaped
from segkit.show.frame import whose
from segkit.words.errors import SegkitError
from segkit.workbook.decided import Answer

Said = str | Callable[[], str]
"""A text, or what returns it as it is to be written now."""

Save = Callable[[Any], str]
"""Saves a value, and returns in words why it could not be saved; an empty text where it is."""


class Bound(NamedTuple):
    """One answer: how it is read, saved, and whose it is."""

    get: Callable[[], Any]
    save: Save
    whose: Callable[[], Answer | None] = lambda: None
    refused: Callable[[], object] = lambda: None
    """Told when something was typed that cannot be read, so that nothing was saved."""
    writing: Callable[[], AbstractContextManager[None]] = nullcontext
    """In which figures and dates are read and written as the workbook does."""


class Field(w.VBox):  # type: ignore[misc]
    """A control with a line beside it.

    What a person typed stays in the control until it is saved or changed, with what is wrong in words; what is saved is never
    lost. When the answer changes elsewhere (another notebook, undo, other data), the control follows.

    Parameters
    ----------
    control : ipywidgets.DOMWidget
        What is typed into or clicked.
    bound : Bound
        The answer.
    shown, typed : callable
        Turn an answer into the control's value, and back; the latter raises in words what it cannot read.
    kept : callable
        Says the saved answer in words, for the message about one that does not fit.
    expects, hint : str or callable
        What is expected, with an example: beside the control, and in it while it is empty. A callable returns it as it is to
        be written now.
    """

    def __init__(
        self,
        control: w.DOMWidget,
        bound: Bound,
        *,
        shown: Callable[[Any], Any] = lambda value: value,
        typed: Callable[[Any], Any] = lambda value: value,
        kept: Callable[[Any], str] = str,
        expects: Said = "",
        hint: Said = "",
    ) -> None:
        super().__init__(layout={"margin": "0 0 2px 0"})
        self.control, self.bound, self.fault, self.understood = control, bound, "", ""
        self._shown, self._typed, self._kept, self._expects, self._hint = shown, typed, kept, expects, hint
        self._busy = False
        self.tag = w.HTML(layout={"flex": "0 0 150px", "margin": "2px 0 0 8px"})
        self.note = w.HTML(layout={"margin": "0 0 4px 238px"})
        control.layout.flex = "1 1 auto"
        self.children = (w.HBox([control, self.tag], layout={"align_items": "flex-start", "max_width": "960px"}), self.note)
        self.refresh()
        control.observe(self._edited, names="value")

    @property
    def shown(self) -> Any:
        """The control's value for what is saved."""
        return self._shown(self.bound.get())

    def refresh(self) -> None:
        """Show what is saved, except where something is typed that does not fit yet."""
        if self._busy:
            return
        if not self.fault:
            value = self.shown
            if value != self.control.value:
                self._busy = True
                try:
                    self.control.value = value
                finally:
                    self._busy = False
        self._say()

    def _edited(self, change: dict[str, Any]) -> None:
        if self._busy:
            return
        with self.bound.writing():
            self._take(change["new"])
        with self.bound.writing():  # which may have become another
            self.refresh()

    def _take(self, typed: Any) -> None:
        self.understood = ""
        try:
            value = self._typed(typed)
        except SegkitError as error:
            self.fault = str(error)
            self.bound.refused()
        else:
            if isinstance(value, Understood):
                self.understood, value = value.said, value.value
            self._busy = True  # what is told of the change meanwhile must not take away what was typed
            try:
                self.fault = self.bound.save(value)
            finally:
                self._busy = False

    def _say(self) -> None:
        if self._hint:
            self.control.placeholder = _now(self._hint)
        if self.fault:
            self.control.add_class("seg-wrong")
            kept = self._kept(self.bound.get())
            still = f" Still saved: {kept}." if kept else " Nothing is saved here yet."
            text = f'<span class="seg-fault" role="alert">Not saved. {escaped(self.fault)}{escaped(still)}</span>'
        else:
            self.control.remove_class("seg-wrong")
            said = ". ".join(part for part in (self.understood, _now(self._expects)) if part)
            text = f'<span class="seg-hint">{escaped(said)}</span>' if said else ""
        answer = self.bound.whose()
        tag = whose(answer) if self.control.value not in ("", None, ()) or (answer and answer.yours) else ""
        _put(self.note, text)
        _put(self.tag, f'<span class="seg-hint">{escaped(tag)}</span>' if tag else "")
        self.note.layout.display = None if text else "none"


def _now(said: Said) -> str:
    return said if isinstance(said, str) else said()


def _put(shown: w.HTML, text: str) -> None:
    if shown.value != text:
        shown.value = text


class Understood(NamedTuple):
    """A value, and how something was understood that could have been meant otherwise."""

    value: Any
    said: str


def fields(widget: w.Widget) -> Iterator[Field]:
    """Yield the fields in a widget, at any depth."""
    if isinstance(widget, Field):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from fields(child)
