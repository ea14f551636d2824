"""What each column is taken for: a list to choose from, with what speaks for it; lists follow what is chosen elsewhere."""

from collections.abc import Callable, Mapping, Sequence

import ipywidgets as w

from segkit.core.data.roles.columns import ColumnRole
from segkit.widgets.controls import untypeset
from segkit.words.terms import FileKind, Role

Found = Mapping[FileKind, Sequence[tuple[ColumnRole, str]]]
"""For each file what its columns are taken for, with a few examples of what stands in them."""

Write = Callable[[FileKind, str, Role], None]
"""Saves what a column of a file is taken for."""


class Columns(w.VBox):  # type: ignore[misc]
    """The columns of all files in use; its ``value`` is what they are taken for."""

    def __init__(self, write: Write) -> None:
        super().__init__()
        self._write, self._busy = write, False
        self._lines: dict[tuple[FileKind, str], tuple[w.Dropdown, w.Label]] = {}
        self._value: Found = {}

    @property
    def value(self) -> Found:
        """What the columns are taken for."""
        return self._value

    @value.setter
    def value(self, found: Found) -> None:
        self._value = found
        named = [(kind, role.column) for kind, columns in found.items() for role, _ in columns]
        if named != list(self._lines):
            self._lines = {key: self._line(*key) for key in named}
            panels = [
                w.VBox([w.VBox(self._lines[kind, role.column]) for role, _ in columns]) for kind, columns in found.items()
            ]
            titles = [f"{kind.label}: {len(columns)} columns" for kind, columns in found.items()]
            self.children = [w.Accordion(children=panels, titles=titles, selected_index=None)]
        self._busy = True
        for kind, columns in found.items():
            for role, examples in columns:
                pick, note = self._lines[kind, role.column]
                pick.value, pick.tooltip = role.role, role.reason
                shown = f" For example: {examples}" if examples else ""
                note.value = f"{role.certainty.capitalize()}: {role.reason}.{shown}"
        self._busy = False

    def _line(self, kind: FileKind, column: str) -> tuple[w.Dropdown, w.Label]:
        pick = w.Dropdown(
            options=[(role.label, role) for role in Role],
            description=untypeset(column),
            style={"description_width": "200px"},
            layout={"width": "480px"},
        )

        def chosen(change: Mapping[str, Role]) -> None:
            if not self._busy:
                self._write(kind, column, change["new"])

        pick.observe(chosen, names="value")
        return pick, w.Label(layout={"margin": "0 0 6px 206px"})
