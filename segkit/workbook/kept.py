"""Results kept as long as what they rest on stays the same: that is also how figures are written, for many hold sentences."""

from collections.abc import Callable
from typing import Any, TypeVar

from segkit.words.regions import Region, written_in

T = TypeVar("T")


class Kept:
    """Results by name, each computed again only when what it rests on has changed."""

    def __init__(self) -> None:
        self._results: dict[str, tuple[object, Any]] = {}
        self.region = Region.GB

    def get(self, name: str, rests_on: object, compute: Callable[[], T]) -> T:
        """Return the result of that name for these inputs, computing it where need be."""
        kept, asked = self._results.get(name), (self.region, rests_on)
        if kept is None or kept[0] != asked:
            with written_in(self.region):
                kept = (asked, compute())
            self._results[name] = kept
        result: T = kept[1]
        return result

    def known(self, name: str) -> Any:
        """Return the last result of that name, whatever it rests on, without computing anything; None if there is none."""
        kept = self._results.get(name)
        return None if kept is None else kept[1]

    def fresh(self, name: str, rests_on: object) -> Any:
        """Return the result of that name for these inputs if it is there; None, without computing anything, if not."""
        kept = self._results.get(name)
        return kept[1] if kept is not None and kept[0] == (self.region, rests_on) else None
