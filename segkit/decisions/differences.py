"""A history as it is kept on disk: of a text or list that was there before, only what differs.

Who writes on one card for an hour would otherwise keep, with each change, the whole card twice.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from segkit.decisions.history import KEYS

Place = tuple[Any, ...]
Known = dict[Place, Any]

SHORTEST = 40
"""Letters of a text, and entries of a list, below which the whole is no longer than the difference."""

MOST = 100_000
"""Letters or entries that one value may have: more than any decision holds."""

_DIFFERENCE = {"head", "tail", "between"}
"""How much of the start and of the end of the value of before stays, and what stands between; no decision has such names."""


def packed(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of a history, as plain values, with differences in place of what was there before.

    >>> was = "We roast on Mondays and send the parcels on Tuesdays."
    >>> lines = [{"step": "goals", "field": "why", "chosen": was, "rejected": "", "why": ""},
    ...          {"step": "goals", "field": "why", "chosen": was + " Always.", "rejected": was, "why": ""}]
    >>> packed(lines)[1]["chosen"]
    {'head': 53, 'tail': 0, 'between': ' Always.'}
    >>> unpacked(packed(lines)) == lines
    True
    """
    return _each(lines, _smaller)


def unpacked(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines with everything in full again.

    Raises
    ------
    ValueError
        If a difference does not fit what it builds on.
    """
    return _each(lines, _whole)


def _each(lines: Iterable[dict[str, Any]], turned: Callable[[Place, Any, Known], Any]) -> list[dict[str, Any]]:
    known: Known = {}
    found = []
    for line in lines:
        step, field = line.get("step"), line.get("field")
        told = dict(line)
        for part in ("rejected", "chosen"):
            if part in line:
                told[part] = turned((step, line.get("about"), field), line[part], known)
        if "why" in line:
            told["why"] = turned((step, "why"), line["why"], known)
        found.append(told)
    return found


def _smaller(place: Place, value: Any, known: Known) -> Any:
    if isinstance(value, dict):
        return {name: _smaller((*place, name), inner, known) for name, inner in value.items()}
    if isinstance(value, list) and _told_apart(place):
        return [_smaller(_inside(place, entry, at), entry, known) for at, entry in enumerate(value)]
    if not isinstance(value, str | list) or len(value) < (SHORTEST if isinstance(value, str) else 3):
        return value
    before: Any = known.get(place)
    known[place] = value
    if type(before) is not type(value):
        return value
    head = _alike(before, value)
    tail = _alike(before[head:][::-1], value[head:][::-1])
    if head + tail < len(value) // 2:
        return value
    return {"head": head, "tail": tail, "between": value[head : len(value) - tail]}


def _whole(place: Place, value: Any, known: Known) -> Any:
    if isinstance(value, dict):
        if set(value) != _DIFFERENCE:
            return {name: _whole((*place, name), inner, known) for name, inner in value.items()}
        value = _joined(known.get(place), **value)
    elif isinstance(value, list) and _told_apart(place):
        return [_whole(_inside(place, entry, at), entry, known) for at, entry in enumerate(value)]
    if isinstance(value, str | list) and len(value) >= (SHORTEST if isinstance(value, str) else 3):
        known[place] = value
    return value


def _joined(before: Any, head: Any, tail: Any, between: Any) -> Any:
    fits = isinstance(before, str | list) and type(between) is type(before) and type(head) is type(tail) is int
    if not fits or not (0 <= head and 0 <= tail and head + tail <= len(before) and len(between) <= MOST):
        raise ValueError("a difference does not fit what it builds on")
    whole = before[:head] + between + before[len(before) - tail :]
    if len(whole) > MOST:
        raise ValueError("a value is longer than any can be")
    return whole


def _told_apart(place: Place) -> bool:
    """Tell whether the entries of a list at a place are answered one by one."""
    return len(place) == 3 and place[2] in KEYS


def _inside(place: Place, entry: Any, at: int) -> Place:
    named = tuple(entry.get(key) for key in KEYS[place[2]]) if isinstance(entry, dict) else at
    return (*place, str(named))


def _alike(one: Sequence[Any], other: Sequence[Any]) -> int:
    """Return how long the common start of two texts or lists is."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
