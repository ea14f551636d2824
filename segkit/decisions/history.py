"""How decisions came about: lines that are added and never changed, what still holds of them, and whose each answer is."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from segkit.decisions.model import Decision, Model, Text
from segkit.words.terms import Step

D = TypeVar("D", bound=Decision)

Path = tuple[str, ...]
"""Where an answer stands in a decision: ``("business", "name")``; an entry of a list by what tells it from the others."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "goals": ("reason",),
    "weights": ("criterion",),
    **dict.fromkeys(("labels", "personas", "ratings", "plans"), ("segmentation", "segment_id")),
}
"""Lists of which each entry is answered by itself, and the fields that tell the entries apart."""

OWN = "own"
"""Stands for files of one's own where the name of a sample business stands otherwise."""

OF_THE_BUSINESS = (Step.GOALS, Step.DATA)
"""Steps whose answers hold whatever data are in use; those of the others belong to the data that they were given for."""


class HistoryEntry(Model):
    """One line of the history of decisions; lines are added, never changed."""

    at: dt.datetime
    step: Step
    field: str
    chosen: Any
    rejected: Any = None
    why: Text = ""
    about: str | None = None
    """The data that it was chosen for: a sample's name, or "own"; None for any (and in workbooks of before)."""
    turn: int = Field(default=0, ge=0)
    """Number of the act that the line belongs to; 0 in workbooks of before."""
    act: Literal["chose", "undid", "redid"] = "chose"
    of: int = Field(default=0, ge=0)
    """Number of the act that was undone or done again."""


def live(history: Iterable[HistoryEntry]) -> tuple[list[HistoryEntry], list[int]]:
    """Return the lines that still hold, and the acts that were undone and may be done again, the latest last."""
    lines: dict[int, list[HistoryEntry]] = {}
    done: list[int] = []
    undone: list[int] = []
    seen, older = 0, 0
    for line in history:
        turn = line.turn
        if turn == 0:  # workbooks of before number no acts: each line is one
            older -= 1
            turn = older
        if line.act == "chose":
            lines.setdefault(turn, []).append(line)
        if turn == seen:
            continue
        seen = turn
        if line.act == "chose":
            done.append(turn)
            undone.clear()
        elif line.act == "undid" and line.of in done:
            done.remove(line.of)
            undone.append(line.of)
        elif line.act == "redid" and line.of in undone:
            undone.remove(line.of)
            done.append(line.of)
    return [line for turn in done for line in lines[turn]], undone


def replayed(suggestion: D, lines: Iterable[HistoryEntry]) -> D:
    """Return a suggestion with a person's answers on top; one that does not fit any more is left out.

    Only what a line changed is taken from it: who changed one field of an example has not taken over the others.
    """
    held = list(lines)
    if not held:
        return suggestion
    state = suggestion.model_dump(mode="json")
    for line in held:
        state = _with(state, line)
    try:
        return type(suggestion).model_validate(state)
    except ValidationError:
        pass
    kept = suggestion
    for line in held:
        try:
            kept = type(suggestion).model_validate(_with(kept.model_dump(mode="json"), line))
        except ValidationError:
            continue
    return kept


def joined(first: HistoryEntry, then: HistoryEntry) -> HistoryEntry:
    """Return one line in place of two that follow each other: from what was there before both to what is there after them."""
    keys = KEYS.get(first.field)
    rejected = _merged(then.rejected, {}, first.rejected) if isinstance(first.rejected, dict) else first.rejected
    if keys is not None and isinstance(first.rejected, list) and isinstance(then.rejected, list):
        rejected = _earliest(first.rejected, first.chosen, then.rejected, keys)
    chosen = _merged(first.chosen, then.rejected, then.chosen, keys)
    return then.revise(rejected=rejected, chosen=chosen)


def _earliest(first: list[Any], between: list[Any], then: list[Any], keys: tuple[str, ...]) -> list[Any]:
    """Return the entries as they were before two changes: what the first one put there was not there before."""
    was, became, later = _by_key(first, keys), _by_key(between, keys), _by_key(then, keys)
    for key, entry in later.items():
        if key in was:
            was[key] = {**entry, **was[key]}
        elif key not in became:
            was[key] = entry
    return list(was.values())


def answered(lines: Iterable[HistoryEntry]) -> dict[Path, dt.datetime]:
    """Return which answers are a person's own, and since when."""
    found: dict[Path, dt.datetime] = {}
    for line in lines:
        for path in changed(line.field, line.rejected, line.chosen):
            found[path] = line.at
    return found


def changed(field: str, old: Any, new: Any) -> Iterator[Path]:
    """Yield the path of each answer in which two values of a field differ; of two that are the same, the field itself."""
    if old == new:
        yield (field,)
    else:
        yield from _differing((field,), old, new)


def _differing(path: Path, old: Any, new: Any) -> Iterator[Path]:
    if old == new:
        return
    keys = KEYS.get(path[-1]) if len(path) == 1 else None
    if keys is not None and isinstance(old, list) and isinstance(new, list):
        old, new = _by_key(old, keys), _by_key(new, keys)
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            if name in old and name in new:
                yield from _differing((*path, name), old[name], new[name])
            elif name in new and isinstance(new[name], dict):  # an entry that was not there: what is said in it
                yield from ((*path, name, part) for part, value in new[name].items() if value not in (None, "", [], {}))
            else:
                yield (*path, name)
    else:
        yield path


def told(field: str, old: Any, new: Any) -> tuple[Any, Any]:
    """Return of two values of a field what differs: a history that keeps whole lists would grow with each word typed."""
    keys = KEYS.get(field)
    if keys is not None:
        was, becomes = _by_key(old, keys), _by_key(new, keys)
        pairs = [(key, was.get(key), becomes.get(key)) for key in dict.fromkeys([*was, *becomes])]
        parts = [_parts(a, b, keys) if a and b else (a, b) for _, a, b in pairs if a != b]
        return [a for a, _ in parts if a], [b for _, b in parts if b]
    return _parts(old, new) if isinstance(old, dict) and isinstance(new, dict) else (old, new)


def _parts(old: dict[str, Any], new: dict[str, Any], keys: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in new if name in keys or name not in old or old[name] != new[name]]
    return {name: old[name] for name in names if name in old}, {name: new[name] for name in names}


def _with(state: dict[str, Any], line: HistoryEntry) -> dict[str, Any]:
    if line.field not in state or line.chosen == line.rejected:
        return state
    return {**state, line.field: _merged(state[line.field], line.rejected, line.chosen, KEYS.get(line.field))}


def _merged(now: Any, old: Any, new: Any, keys: tuple[str, ...] | None = None) -> Any:
    """Return a value with what differs between two others changed in it."""
    if keys is not None and all(isinstance(value, list) for value in (now, old, new)):
        was, becomes, merged = _by_key(old, keys), _by_key(new, keys), _by_key(now, keys)
        for key in dict.fromkeys([*was, *becomes]):
            if was.get(key) == becomes.get(key):
                continue
            if key not in becomes:
                merged.pop(key, None)
            elif key in merged and key in was:
                merged[key] = _merged(merged[key], was[key], becomes[key])
            else:
                told_by = {part: becomes[key][part] for part in keys}
                merged[key] = {**_merged({}, was.get(key, {}), becomes[key]), **told_by}
        return list(merged.values())
    if all(isinstance(value, dict) for value in (now, old, new)):
        merged = dict(now)
        for name in dict.fromkeys([*old, *new]):
            if old.get(name) == new.get(name) and (name in old) == (name in new):
                continue
            if name in new:
                merged[name] = _merged(merged.get(name), old.get(name), new[name])
            else:
                merged.pop(name, None)
        return merged
    return new


def _by_key(entries: list[dict[str, Any]], keys: tuple[str, ...]) -> dict[str, Any]:
    return {" · ".join(str(entry.get(part, "")) for part in keys): entry for entry in entries}
