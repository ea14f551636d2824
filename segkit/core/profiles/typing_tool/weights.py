"""How much each answer speaks for each segment: a multinomial logit, and its weights as whole points."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segkit.core.data.values import Codes

Doubles = npt.NDArray[np.float64]
Points = npt.NDArray[np.int64]

STEPS = 300
"""Most steps in which the logit is sought."""


@dataclass(frozen=True, eq=False)
class Weights:
    """A linear score for each segment.

    Attributes
    ----------
    start : numpy.ndarray
        What each segment has before any answer, shape (segments,).
    of_answer : tuple of numpy.ndarray
        For each question what each answer adds to each segment, shape (answers, segments).
    """

    start: Doubles
    of_answer: tuple[Doubles, ...]

    def scores(self, given: Codes) -> Doubles:
        """Return the score of each customer in each segment; an answer that is not known adds nothing.

        Parameters
        ----------
        given : numpy.ndarray of int, shape (customers, questions)
            The place of each answer, below 0 where it is not known.
        """
        total = np.repeat(self.start[None, :], len(given), axis=0)
        for column, weight in zip(given.T, self.of_answer, strict=True):
            total += np.vstack([weight, np.zeros(len(self.start), dtype=weight.dtype)])[column]  # -1 is the row of nothing
        return total

    def in_points(self, scale: float) -> "Weights":
        """Return the scores in whole points, none below 0: adding the same to all segments changes no order.

        Parameters
        ----------
        scale : float
            Points for each unit of log-odds.
        """
        return Weights(_whole(self.start, scale), tuple(_whole(weight, scale) for weight in self.of_answer))

    @property
    def widest(self) -> float:
        """How far one answer, or the start, can part two segments, in units of log-odds."""
        return float(max(np.ptp(rows, axis=-1).max() for rows in (self.start[None, :], *self.of_answer)))


def _whole(weights: Doubles, scale: float) -> Doubles:
    points = np.round(weights * scale)
    return np.asarray(points - points.min(axis=-1, keepdims=True))


def fit(given: Codes, counts: npt.NDArray[np.intp], answers: tuple[int, ...]) -> Weights:
    """Fit a multinomial logit (ridge penalty of 1, so that no weight runs away where answers part segments perfectly).

    Parameters
    ----------
    given : numpy.ndarray of int, shape (patterns, questions)
        Different patterns of answers: the place of each answer, below 0 where it is not known.
    counts : numpy.ndarray of int, shape (patterns, segments)
        How many customers of each segment answer so; each segment has some.
    answers : tuple of int
        How many answers each question has.
    """
    from sklearn.linear_model import LogisticRegression  # what only this notebook needs

    pattern, segment = np.nonzero(counts)
    model = LogisticRegression(C=1.0, max_iter=STEPS, solver="newton-cholesky")
    model.fit(one_hot(given, answers)[pattern], segment, sample_weight=counts[pattern, segment])
    coefficients, start = np.asarray(model.coef_).T, np.asarray(model.intercept_)
    if counts.shape[1] == 2:  # one row tells two segments apart: half of it for each
        coefficients, start = coefficients * [-0.5, 0.5], start * np.array([-0.5, 0.5])
    ends = np.cumsum(answers)[:-1]
    return Weights(start, tuple(np.split(coefficients, ends)))


def patterns(given: Codes) -> tuple[Codes, Codes]:
    """Return the different patterns of answers, shape (patterns, questions), and the one of each customer."""
    found, pattern_of = np.unique(given, axis=0, return_inverse=True)
    return found, pattern_of.ravel()


def counted(pattern_of: Codes, segment: Codes, patterns: int, segments: int) -> npt.NDArray[np.intp]:
    """Count the customers of each pattern and segment, shape (patterns, segments)."""
    return np.bincount(pattern_of * segments + segment, minlength=patterns * segments).reshape(patterns, segments)


def one_hot(given: Codes, answers: tuple[int, ...]) -> Doubles:
    """Return one column for each answer to each question, shape (customers, answers of all questions)."""
    parts = [column[:, None] == np.arange(many) for column, many in zip(given.T, answers, strict=True)]
    return np.hstack(parts).astype(np.float64)
