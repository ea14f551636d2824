"""How many new customers questions put into the right segment: each customer judged by a tool that has not seen him."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segkit.core.data.values import NOT_KNOWN, Codes
from segkit.core.profiles.typing_tool.search import Subset
from segkit.core.profiles.typing_tool.weights import Doubles, Weights, counted, fit, patterns

FOLDS = 10

TWICE = 2.0
"""The likeliest segment must be so many times as likely as the next, else the tool is unsure."""

FINE = 1000.0
"""Points for each unit of log-odds in what programs read: whole numbers, so that every program adds up the same."""

PAPER_POINTS = 10
"""Most points for one answer on paper."""


@dataclass(frozen=True)
class Outcome:
    """What became of customers whom a tool had not seen.

    Attributes
    ----------
    guessed : numpy.ndarray of int
        The segment with most points for each customer.
    said : numpy.ndarray of int
        The same, ``NOT_KNOWN`` where the tool is unsure.
    segment : numpy.ndarray of int
        The segment that each customer is in.
    """

    guessed: Codes
    said: Codes
    segment: Codes

    @property
    def guessed_right(self) -> float:
        """Share of customers put right if the tool always names a segment."""
        return float((self.guessed == self.segment).mean())

    @property
    def right(self) -> float:
        """Share of customers whose segment is named, and rightly so."""
        return float((self.said == self.segment).mean())

    @property
    def unsure(self) -> float:
        """Share of customers of whom the tool is unsure."""
        return float((self.said == NOT_KNOWN).mean())


def margin(scale: float) -> int:
    """Return by how many points the first segment must lead, at so many points for each unit of log-odds."""
    return max(1, round(scale * float(np.log(TWICE))))


def paper_scale(weights: Weights) -> float:
    """Return the points for each unit of log-odds at which no answer on paper adds more than `PAPER_POINTS`."""
    return PAPER_POINTS / max(weights.widest, 1e-9)


def decided(scores: Doubles, lead: float) -> Codes:
    """Return the segment that leads all others by so many points, ``NOT_KNOWN`` where none does."""
    first = scores.argmax(axis=1)
    ordered = np.sort(scores, axis=1)
    return np.where(ordered[:, -1] - ordered[:, -2] >= lead, first, NOT_KNOWN)


def folds(segment: Codes, rng: np.random.Generator) -> npt.NDArray[np.intp]:
    """Return the fold of each customer, drawn so that each fold has its share of each segment."""
    order = np.lexsort([rng.random(len(segment)), segment])
    fold = np.empty(len(segment), dtype=np.intp)
    fold[order] = np.arange(len(segment)) % FOLDS
    return fold


def held_out(
    given: Codes, segment: Codes, answers: tuple[int, ...], subset: Subset, fold: npt.NDArray[np.intp], *, paper: bool = False
) -> Outcome:
    """Judge each customer by a tool fitted to the customers of the other folds.

    Parameters
    ----------
    given : numpy.ndarray of int, shape (customers, questions)
        The place of each answer, below 0 where it is not known.
    segment : numpy.ndarray of int, shape (customers,)
        The place of each customer's segment.
    answers : tuple of int
        How many answers each question has.
    subset : tuple of int
        The questions that are asked.
    fold : numpy.ndarray of int, shape (customers,)
        See `folds`.
    paper : bool, default False
        Whether the points are rounded as on paper.
    """
    many, segments = tuple(answers[question] for question in subset), int(segment.max()) + 1
    distinct, pattern_of = patterns(given[:, list(subset)])
    guessed, said = np.empty_like(segment), np.empty_like(segment)
    for one in range(FOLDS):
        out = fold == one
        weights = fit(distinct, counted(pattern_of[~out], segment[~out], len(distinct), segments), many)
        scale = paper_scale(weights) if paper else FINE
        scores = weights.in_points(scale).scores(distinct)
        guessed[out] = scores.argmax(axis=1)[pattern_of[out]]
        said[out] = decided(scores, margin(scale))[pattern_of[out]]
    return Outcome(guessed, said, segment)
