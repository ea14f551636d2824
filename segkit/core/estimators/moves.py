"""Moves of single customers that lower the sum of squares although no centre is nearer, for several partitions at once.

A customer who moves takes both means along, which Lloyd's steps leave out of account (Hartigan and Wong 1979): with yes/no
answers, where many stand nearly as near to two centres, these stop at one of very many partitions that are nearly as good.
"""

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

PASSES = 300
"""Most passes over all customers; the usual partition rests after twenty."""

TRIFLE = 1e-10
"""A move that gains less than this share of the sum of squares around the mean is none."""


def rest(columns: Doubles, weights: Doubles, centres: Doubles) -> tuple[Doubles, Doubles]:
    """Move customers until no single move lowers the sum of squares of any partition.

    In one pass all customers move who would gain by it; where that does not lower the sum, since they moved each other's
    centres, the best fourth of them, and at last the best alone.

    Parameters
    ----------
    columns : numpy.ndarray
        Centred points, shape (variables, points).
    weights : numpy.ndarray
        Customers behind each point, above zero.
    centres : numpy.ndarray
        Shape (sets, k, variables): each point starts with the nearest.

    Returns
    -------
    centres, score : numpy.ndarray
        Means of the resting partitions, and their sums of squares less that around the mean of all (so below zero).
    """
    state = _State(columns, weights, centres)
    found, scores = centres.copy(), np.full(len(centres), np.inf)
    active = np.arange(len(centres))
    for _ in range(PASSES):
        resting = state.moved()
        if resting.any():
            found[active[resting]], scores[active[resting]] = state.means[resting], state.score[resting]
            active = active[~resting]
            state.keep(~resting)
        if not len(active):
            break
    found[active], scores[active] = state.means, state.score
    return found, scores


class _State:
    """Partitions under way: who is where, weight and sum of each segment, and which part of the willing move at once."""

    def __init__(self, columns: Doubles, weights: Doubles, centres: Doubles) -> None:
        self.columns, self.weights = columns, weights
        self.points = np.ascontiguousarray(columns.T) * weights[:, None]
        self.squares = (columns**2).sum(axis=0)
        self.trifle = TRIFLE * float(self.squares @ weights)
        self.k = centres.shape[1]
        near = 0.5 * (centres**2).sum(axis=2)[:, :, None] - centres @ columns
        self.labels = near.argmin(axis=1)
        self.inside = self.labels[:, None, :] == np.arange(self.k)[:, None]
        self.mass = self.inside @ weights
        self.sums = np.stack([one.astype(np.float64) @ self.points for one in self.inside])
        self.score = _score(self.mass, self.sums)
        self.part = np.ones(len(centres))

    @property
    def means(self) -> Doubles:
        return np.asarray(self.sums / _none_or(self.mass)[:, :, None])

    def keep(self, which: npt.NDArray[np.bool_]) -> None:
        self.labels, self.inside, self.mass = self.labels[which], self.inside[which], self.mass[which]
        self.sums, self.score, self.part = self.sums[which], self.score[which], self.part[which]

    def moved(self) -> npt.NDArray[np.bool_]:
        """Take one pass; return which partitions rest."""
        away, gain = self._gains()
        willing = gain > self.trifle
        many = willing.sum(axis=1)
        most = np.maximum((many * self.part).astype(np.intp), 1)
        sets, who = np.nonzero(willing)
        # of each set the most willing first
        order = np.lexsort((who, -gain[sets, who], sets))
        sets, who = sets[order], who[order]
        place = np.arange(len(sets)) - np.repeat(np.cumsum(many) - many, many)
        go = place < most[sets]
        sets, who = sets[go], who[go]
        old, new = self.labels[sets, who], away[sets, :, who].argmin(axis=1)
        mass, sums = self.mass.copy(), self.sums.copy()
        np.add.at(mass, (sets, new), self.weights[who])
        np.subtract.at(mass, (sets, old), self.weights[who])
        np.add.at(sums, (sets, new), self.points[who])
        np.subtract.at(sums, (sets, old), self.points[who])
        score = _score(mass, sums)
        better = (score < self.score) & (many > 0)
        self.mass[better], self.sums[better], self.score[better] = mass[better], sums[better], score[better]
        done = better[sets]
        sets, who, old, new = sets[done], who[done], old[done], new[done]
        self.labels[sets, who] = new
        self.inside[sets, old, who], self.inside[sets, new, who] = False, True
        self.part = np.where(better, np.minimum(self.part * 2, 1.0), self.part / 4)
        return np.asarray((many == 0) | (~better & (most == 1)))

    def _gains(self) -> tuple[Doubles, Doubles]:
        """Return what each customer would add to each other segment (infinite for its own), and what its best move gains."""
        means = self.means
        away = (means.reshape(-1, means.shape[2]) @ self.columns).reshape(len(means), self.k, -1)
        away *= -2
        away += (means**2).sum(axis=2)[:, :, None]
        away += self.squares
        own = np.take_along_axis(away, self.labels[:, None, :], axis=1)[:, 0]
        mass = np.take_along_axis(self.mass, self.labels, axis=1)
        left = mass - self.weights
        # the last customer of a segment stays
        saved = np.where(left > 1e-9 * mass, own * mass / np.where(left > 1e-9 * mass, left, 1.0), 0.0)
        away /= 1 + self.weights / np.maximum(self.mass, 1e-300)[:, :, None]
        away[self.inside] = np.inf
        return away, (saved - away.min(axis=1)) * self.weights


def _score(mass: Doubles, sums: Doubles) -> Doubles:
    return np.asarray(-((sums**2).sum(axis=2) / _none_or(mass)).sum(axis=1))


def _none_or(mass: Doubles) -> Doubles:
    """Return the weights of segments, infinite where one lost all its customers: what is left of its sums is rounding."""
    return np.where(mass > 1e-12 * mass.sum(axis=1, keepdims=True), mass, np.inf)
