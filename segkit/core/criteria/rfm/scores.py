"""Scores of recency, frequency and money: independent or nested bins that never tear equal customers apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.core.criteria.bands import own_quantiles, tie_safe
from segkit.core.data.values import NOT_KNOWN, codes, finite

Doubles = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Key = tuple[int, ...]

BINS = 5
"""Scores run from 1 (worst) to 5 (best)."""


def rfm_scores(
    recency: pd.Series, frequency: pd.Series, monetary: pd.Series, *, bins: int = BINS, offset: float = 1.0
) -> pd.DataFrame:
    """Score customers as R package ``rfm`` does: quantiles of type 7 plus one, ``lower <= x < upper``.

    Parameters
    ----------
    recency, frequency, monetary : pandas.Series
        Days since the last order, number of orders, money; one row a customer, no missing values.
    bins : int, default 5
        Number of scores.
    offset : float, default 1
        What is added to each quantile; 1 is the package's rule.

    Returns
    -------
    pandas.DataFrame
        Columns ``R``, ``F``, ``M``: 1 (worst) to ``bins`` (best).
    """
    columns = {}
    for name, values, low_is_good in (("R", recency, True), ("F", frequency, False), ("M", monetary, False)):
        numbers = finite(values)
        band = codes(numbers, own_quantiles(numbers, bins, offset))
        columns[name] = bins - band if low_is_good else band + 1
    return pd.DataFrame(columns, index=recency.index)


@dataclass(frozen=True)
class Scale:
    """Rising thresholds of one variable, and the score (1 to 5) of each band between them."""

    cuts: tuple[float, ...]
    scores: tuple[int, ...]

    def score(self, values: Doubles) -> Codes:
        """Return the score of each value; an unknown one scores 1."""
        band = codes(values, self.cuts)
        scored = np.array(self.scores, dtype=np.intp)[band]
        scored[band == NOT_KNOWN] = 1
        return scored

    def reached(self, score: int) -> float | None:
        """Return the last threshold below which customers have at least a score (of recency), or None."""
        below = [cut for cut, of_band in zip(self.cuts, self.scores, strict=False) if of_band >= score]
        return below[-1] if below else None


def drawn(values: Doubles, weights: Doubles, *, low_is_good: bool) -> Scale:
    """Draw a scale of five bins of about equally many customers."""
    cuts, code = tie_safe(values, BINS, weights)
    return Scale(cuts, tuple(BINS - c if low_is_good else c + 1 for c in code))


def own(cuts: Sequence[float], *, low_is_good: bool) -> Scale:
    """Return the scale of a person's own thresholds: the scores from 1 to 5, spread evenly where there are fewer than four."""
    spread = np.floor(np.linspace(1, BINS, len(cuts) + 1) + 0.5).astype(int)
    return Scale(tuple(cuts), tuple(int(s) for s in (spread[::-1] if low_is_good else spread)))


@dataclass(frozen=True)
class Scales:
    """The scales of recency, frequency and money.

    Those of frequency and money stand under the scores that a customer has before: ``()`` for everybody, with nested bins also
    ``(recency,)`` for frequency and ``(recency, frequency)`` for money. Empty where a variable is not known.
    """

    recency: Scale | None = None
    frequency: Mapping[Key, Scale] = field(default_factory=dict)
    money: Mapping[Key, Scale] = field(default_factory=dict)

    def score(self, recency: Doubles | None, frequency: Doubles | None, money: Doubles | None, n: int) -> Codes:
        """Return the scores (customers, 3); of a variable that is not known those of its neighbour, or 1."""
        scored = np.ones((n, 3), dtype=np.intp)
        if self.recency is not None and recency is not None:
            scored[:, 0] = self.recency.score(recency)
        if self.frequency and frequency is not None:
            scored[:, 1] = _by_key(self.frequency, frequency, scored[:, :1])
        if self.money and money is not None:
            scored[:, 2] = _by_key(self.money, money, scored[:, :2])
        if not self.frequency:
            scored[:, 1] = scored[:, 2]
        elif not self.money:
            scored[:, 2] = scored[:, 1]
        return scored


def _by_key(scales: Mapping[Key, Scale], values: Doubles, before: Codes) -> Codes:
    scored = scales[()].score(values)
    for key, scale in scales.items():
        if key:
            mine = (before == np.array(key)).all(axis=1)
            scored[mine] = scale.score(values[mine])
    return scored


def draw(
    recency: Doubles | None,
    frequency: Doubles | None,
    money: Doubles | None,
    weights: Doubles,
    came_back: npt.NDArray[np.bool_],
    *,
    nested: bool = False,
    thresholds: tuple[Sequence[float], Sequence[float], Sequence[float]] = ((), (), ()),
) -> Scales:
    """Draw the scales: recency over all customers, frequency and money over those who came back.

    With nested bins frequency is cut within each score of recency, and money within each pair of both (Hughes 1994); thresholds
    of a person's own hold for everybody.

    Parameters
    ----------
    recency, frequency, money : numpy.ndarray or None
        One value a customer; None where the variable is not known.
    weights : numpy.ndarray
        Weight of each customer.
    came_back : numpy.ndarray of bool
        Whose frequency and money count.
    nested : bool, default False
        Whether the bins are nested.
    thresholds : tuple of three sequences
        Own thresholds of recency, frequency and money; empty ones are drawn.
    """
    scales = Scales()
    if recency is not None:
        cuts = thresholds[0]
        first = own(cuts, low_is_good=True) if cuts else drawn(recency, weights, low_is_good=True)
        scales = Scales(recency=first)
    mass = weights * came_back
    for name, values, cuts, before in (("frequency", frequency, thresholds[1], 1), ("money", money, thresholds[2], 2)):
        if values is None:
            continue
        made: dict[Key, Scale]
        if cuts:
            made = {(): own(cuts, low_is_good=False)}
        else:
            made = {(): drawn(values, mass, low_is_good=False)}
            if nested:
                scored = scales.score(recency, frequency, None, len(values))[:, :before]
                for key in sorted({tuple(int(s) for s in row) for row in np.unique(scored[mass > 0], axis=0)}):
                    made[key] = drawn(values, mass * (scored == np.array(key)).all(axis=1), low_is_good=False)
        parts = {"recency": scales.recency, "frequency": scales.frequency, "money": scales.money, name: made}
        scales = Scales(**parts)  # type: ignore[arg-type]
    return scales
