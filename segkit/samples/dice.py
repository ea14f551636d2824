"""Random draws that come out the same on every machine and with every version of numpy."""

import math
import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")
BLOCK = 4096


class Dice:
    """A named stream of random draws.

    Only the bit stream of PCG64 and its 53-bit uniforms are asked of numpy: that stream is promised to stay as it is (NEP 19),
    while numpy's own distributions may change with a version. All distributions are therefore made here. ``sum`` is
    avoided as well: from Python 3.12 on it adds floats in another way.

    Parameters
    ----------
    seed : int
        Seed of the whole sample.
    name : str
        Name of this stream: parts of a sample with streams of their own do not disturb one another when one is changed.
    """

    def __init__(self, seed: int, name: str) -> None:
        sequence = np.random.SeedSequence([seed, zlib.crc32(name.encode())])
        self._generator = np.random.Generator(np.random.PCG64(sequence))
        self._block: list[float] = []

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number from ``low`` up to, not including, ``high``."""
        if not self._block:
            self._block = self._generator.random(BLOCK).tolist()[::-1]
        return low + (high - low) * self._block.pop()

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self.uniform() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items, all equally likely."""
        return items[self.whole(0, len(items) - 1)]

    def choose(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys, as likely as its weight; weights need not sum to 1."""
        steps = list(accumulate(weights.values()))
        return list(weights)[self.place(steps)]

    def place(self, steps: Sequence[float]) -> int:
        """Return an index drawn from cumulated weights (a rising sequence)."""
        return min(bisect_right(steps, self.uniform() * steps[-1]), len(steps) - 1)

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """Return a normal draw (Box and Muller 1958)."""
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return mean + sd * radius * math.cos(2 * math.pi * self.uniform())

    def factor(self, sd: float) -> float:
        """Return a log-normal factor with median 1; ``sd`` is that of its logarithm."""
        return math.exp(self.normal(0, sd))

    def poisson(self, mean: float) -> int:
        """Return a Poisson draw by counting uniforms (Knuth 1969); meant for means below about 100."""
        floor, product, count = math.exp(-mean), self.uniform(), 0
        while product > floor:
            product *= self.uniform()
            count += 1
        return count

    def sample(self, items: Sequence[T], n: int) -> list[T]:
        """Return ``n`` different items (all of them where there are fewer), in the order of ``items``."""
        pool = list(range(len(items)))
        drawn = [pool.pop(self.whole(0, len(pool) - 1)) for _ in range(min(n, len(pool)))]
        return [items[i] for i in sorted(drawn)]
