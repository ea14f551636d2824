"""What any way of finding segments must offer, so that it can be tried again on samples."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


class Fitted(Protocol):
    """Segments found in one sample, into which any customers can be put."""

    def predict(self, points: Doubles) -> Labels:
        """Return the segment, 0 to k − 1, of each point."""


Fit = Callable[[Doubles, Doubles, int, np.random.Generator], Fitted]
"""Finds segments: takes points, how often each is in the sample, the number of segments, and a source of draws."""
