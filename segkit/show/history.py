"""The history of choices as people read it: what was chosen when, and whether it still holds."""

import datetime as dt
from typing import Any, NamedTuple

from segkit.decisions.history import HistoryEntry, Path, changed
from segkit.decisions.workbook import Workbook
from segkit.words.numbers import figure, shortened
from segkit.words.terms import Step

LONGEST = 60
"""Letters of a value that a line shows."""


class Line(NamedTuple):
    """One act: its number, when it was, what was chosen in words, and whether it still holds."""

    turn: int
    at: dt.datetime
    step: Step
    words: str
    holds: bool


def lines(book: Workbook) -> list[Line]:
    """Return the acts of a history, the latest first; an act that was undone stands there, marked as such."""
    live = {entry.turn for entry in book.lines_of_all}
    acts: dict[int, list[HistoryEntry]] = {}
    for entry in book.history:
        if entry.act == "chose" and entry.turn:
            acts.setdefault(entry.turn, []).append(entry)
    return [
        Line(turn, acts[turn][0].at, acts[turn][0].step, "; ".join(map(in_words, acts[turn])), turn in live)
        for turn in sorted(acts, reverse=True)
    ]


def in_words(entry: HistoryEntry) -> str:
    """Say what a line of the history changed: "name → “Hearth Bakery”".

    Examples
    --------
    >>> noon = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    >>> told = HistoryEntry(at=noon, step="goals", field="business", chosen={"name": "Ovens"}, rejected={"name": ""})
    >>> in_words(told)
    'business: name → “Ovens”'
    """
    paths = list(changed(entry.field, entry.rejected, entry.chosen))
    said = [f"{_label(path)} → {_value(_at(entry.chosen, path))}" for path in paths[:3]]
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(said) + more


def _label(path: Path) -> str:
    return ": ".join(part.rpartition(" · ")[2].replace("_", " ") for part in path)


def _at(value: Any, path: Path) -> Any:
    for part in path[1:]:
        if isinstance(value, list):
            value = next((entry for entry in value if part in _keys(entry)), None)
        elif isinstance(value, dict):
            value = value.get(part)
    return value


def _keys(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        " · ".join(str(entry.get(key, "")) for key in keys)
        for keys in (("reason",), ("criterion",), ("segmentation", "segment_id"))
    )


def _value(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return figure(f"{value:,.6g}")
    if isinstance(value, list):
        return (
            f"{len(value)} entries" if value and isinstance(value[0], dict) else shortened(", ".join(map(str, value)), LONGEST)
        )
    return "changed" if isinstance(value, dict) else f"“{shortened(str(value).replace('_', ' '), LONGEST)}”"
