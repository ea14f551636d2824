"""Segments cut from a tree that shows how groups join, as a scikit-learn estimator."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from segkit.core.estimators.base import Segments
from segkit.core.estimators.joining import cut, ward
from segkit.core.estimators.starts import SAMPLE
from segkit.core.estimators.weighted_k_means import Rows

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

STEPS = 15
"""Steps that make the small groups."""

BLOCK = 4_000_000
"""Most distances held at once (32 MB)."""


class WardSegments(Segments):
    """Segments cut from Ward's tree; new customers join the segment of the customers most like them.

    Where there are more different customers than ``most_leaves``, they are first put into ``groups`` small groups by k-means,
    and the tree joins those.

    Parameters
    ----------
    n_segments : int, default 2
        Number of segments that the tree is cut into.
    most_leaves : int, default 1000
        Up to so many different customers each is a leaf of its own.
    groups : int, default 200
        Small groups made first where there are more.
    random_state : int, RandomState or None, default 0
        Seed of the small groups.

    Attributes
    ----------
    tree_ : numpy.ndarray
        Shape (leaves − 1, 4), as `scipy.cluster.hierarchy.linkage` returns it.
    leaves_ : numpy.ndarray
        Customers or centres of small groups that the tree joins, shape (leaves, features).
    leaf_sizes_, leaf_labels_ : numpy.ndarray
        Weight and segment of each leaf.
    cluster_centers_ : numpy.ndarray
        Mean of each segment, shape (segments, features), the segment of most weight first.
    labels_ : numpy.ndarray
        Segment of the most similar leaf; the same as ``predict`` gives.
    grouped_ : bool
        Whether small groups were made first.
    n_features_in_ : int
        Features seen in ``fit``.

    Examples
    --------
    >>> import numpy as np
    >>> spend = np.array([[1.0, 2.0], [1.5, 1.8], [1.2, 2.2], [8.0, 8.0], [9.0, 9.5]])
    >>> WardSegments(2).fit_predict(spend).tolist()
    [0, 0, 0, 1, 1]
    """

    def __init__(self, n_segments: int = 2, *, most_leaves: int = 1000, groups: int = 200, random_state: Any = 0) -> None:
        self.n_segments = n_segments
        self.most_leaves = most_leaves
        self.groups = groups
        self.random_state = random_state

    def _learn(self, points: Doubles, rows: Rows, weights: Doubles) -> Labels:
        self.leaves_, self.leaf_sizes_ = self._leaves(rows)
        self.grouped_ = len(self.leaves_) < len(rows.points)
        self.tree_ = ward(self.leaves_, self.leaf_sizes_)
        self.leaf_labels_ = self.cut(self.n_segments)
        labels = self._assign(points)
        members = [labels == j for j in range(self.n_segments)]
        self.cluster_centers_ = np.stack([np.average(points[own], axis=0, weights=weights[own]) for own in members])
        return labels

    def cut(self, n_segments: int) -> Labels:
        """Return the segment of each leaf if the tree were cut into so many, the one of most weight first."""
        labels = cut(self.tree_, n_segments)
        mass = np.bincount(labels, self.leaf_sizes_, minlength=n_segments)
        place = np.empty(n_segments, dtype=np.intp)
        place[np.argsort(-mass, kind="stable")] = np.arange(n_segments)
        return np.asarray(place[labels])

    def _leaves(self, rows: Rows) -> tuple[Doubles, Doubles]:
        if len(rows.points) <= max(self.most_leaves, self.n_segments):
            return rows.points, rows.counts
        found = small_groups(rows.points, rows.counts, max(self.groups, self.n_segments), self._seed())
        nearest = nearest_of(rows.points, found)
        mass = np.bincount(nearest, rows.counts, minlength=len(found))
        return found[mass > 0], np.asarray(mass[mass > 0], dtype=np.float64)

    def _assign(self, points: Doubles) -> Labels:
        """Return the segment of the most similar leaf."""
        return np.asarray(self.leaf_labels_[nearest_of(points, self.leaves_)], dtype=np.intp)


def small_groups(points: Doubles, weights: Doubles, groups: int, seed: int) -> Doubles:
    """Return the centres of many small groups: a few steps of k-means, since which of them it finds hardly matters."""
    rng = np.random.default_rng([seed, groups])
    chances = weights / weights.sum()
    if len(points) > 2 * SAMPLE:
        times = rng.multinomial(SAMPLE, chances)
        points, chances = points[times > 0], times[times > 0] / SAMPLE
    centres = points[np.sort(rng.choice(len(points), groups, replace=False, p=chances, shuffle=False))]
    for _ in range(STEPS):
        labels = nearest_of(points, centres)
        mass = np.bincount(labels, chances, minlength=groups)
        sums = np.column_stack([np.bincount(labels, chances * column, minlength=groups) for column in points.T])
        centres = np.divide(sums, mass[:, None], out=centres.copy(), where=mass[:, None] > 0)
    return centres


def nearest_of(points: Doubles, leaves: Doubles) -> Labels:
    """Return the number of the nearest leaf of each point, in double precision, so that a leaf is nearest to itself."""
    size = max(1, BLOCK // len(leaves))
    parts = [cdist(points[i : i + size], leaves, "sqeuclidean").argmin(axis=1) for i in range(0, len(points), size)]
    return np.asarray(np.concatenate(parts), dtype=np.intp)
