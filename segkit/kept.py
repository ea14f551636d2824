"""Results kept as long as what they rest on stays the same."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Results by name, each computed again only when what it rests on has changed."""

    def __init__(self) -> None:
        self._results: dict[str, tuple[object, Any]] = {}

    def get(self, name: str, rests_on: object, compute: Callable[[], T]) -> T:
        """Return the result of that name for these inputs, computing it where need be."""
        kept = self._results.get(name)
        if kept is None or kept[0] != rests_on:
            kept = (rests_on, compute())
            self._results[name] = kept
        result: T = kept[1]
        return result
