"""Which questions to ask: subsets compared by a quick rule, all of them where there are few questions, else step by step."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np

from segkit.core.data.values import Codes
from segkit.core.profiles.typing_tool.weights import Doubles, one_hot

FEW_ENOUGH = 12
"""Up to so many questions all subsets are compared."""

MOST_QUESTIONS = 8
"""More questions than this nobody answers."""

PREFERENCE = 0.01
"""By so much of all customers a variable that only describes must be better than one that forms the segments."""

Subset = tuple[int, ...]


class Quick:
    """Rules of least squares on any subset of questions, from sums that are made once.

    Least squares on indicators of the segments is a linear discriminant; it finds the same subsets as the logit nearly always,
    in a hundredth of the time.

    Parameters
    ----------
    given : numpy.ndarray of int, shape (customers, questions)
        The place of each answer, below 0 where it is not known.
    segment : numpy.ndarray of int, shape (customers,)
        The place of each customer's segment.
    answers : tuple of int
        How many answers each question has.
    forms : tuple of bool
        Which questions are about variables that form the segments.
    """

    def __init__(self, given: Codes, segment: Codes, answers: tuple[int, ...], forms: tuple[bool, ...]) -> None:
        self._segment, self._forms = segment, forms
        # the first answer follows from the others
        column, starts = one_hot(given, answers), np.cumsum([0, *answers])
        self._of = [list(range(a + 1, b)) for a, b in pairwise(starts)]
        wanted = np.eye(int(segment.max()) + 1)[segment]
        self._mean = wanted.mean(axis=0)
        self._columns: Doubles = column - column.mean(axis=0)
        self._squares = self._columns.T @ self._columns + 1e-6 * len(segment) * np.eye(column.shape[1])
        self._products = self._columns.T @ (wanted - self._mean)

    def worth(self, subset: Subset) -> float:
        """Return the share of customers that a subset puts right, less what describing variables have to be better by."""
        columns = [c for question in subset for c in self._of[question]]
        weights = np.linalg.solve(self._squares[np.ix_(columns, columns)], self._products[columns])
        guessed = (self._columns[:, columns] @ weights + self._mean).argmax(axis=1)
        right = float((guessed == self._segment).mean())
        return right - PREFERENCE * sum(not self._forms[question] for question in subset)


def shortlists(quick: Quick, questions: int, kept: int) -> Iterator[list[Subset]]:
    """Return for one question, two and so on the subsets that are worth most, the best first.

    Parameters
    ----------
    quick : Quick
        What tells the worth of a subset.
    questions : int
        How many there are.
    kept : int
        How many subsets of each size are returned at most.
    """
    best: Subset = ()
    for size in range(1, min(questions, MOST_QUESTIONS) + 1):
        if questions <= FEW_ENOUGH:
            subsets = list(combinations(range(questions), size))
        else:
            subsets = [(*best, more) for more in range(questions) if more not in best]
        worth = [quick.worth(subset) for subset in subsets]
        order = sorted(range(len(subsets)), key=lambda i: (-round(worth[i], 9), i))[:kept]
        best = subsets[order[0]]
        yield [subsets[i] for i in order]
