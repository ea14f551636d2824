"""k-means with starts enough that the optimum is found, as a scikit-learn estimator."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist
from sklearn.base import ClassNamePrefixFeaturesOutMixin, TransformerMixin

from segkit.core.estimators import weighted_k_means as k_means
from segkit.core.estimators.base import Segments
from segkit.core.estimators.starts import solve

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

MOST_SEGMENTS = 255


class KMeansSegments(ClassNamePrefixFeaturesOutMixin, TransformerMixin, Segments):  # type: ignore[misc]
    """Segments around centres, with the smallest sum of squared distances among many starts.

    Parameters
    ----------
    n_segments : int, default 2
        Number of segments, at most 255.
    n_init : int or "auto", default "auto"
        Starts; "auto" takes 20 to 100, the more the smaller the data, and of answers crosses the best partitions.
    init : array of shape (n_segments, n_features), optional
        Centres to start from instead, such as those of last year: the nearest optimum is then kept.
    random_state : int, RandomState or None, default 0
        Seed of the draws.

    Attributes
    ----------
    cluster_centers_ : numpy.ndarray
        Shape (segments, features), the segment of most weight first.
    labels_ : numpy.ndarray
        Segment with the nearest centre, of equally near ones the first; the same as ``predict`` gives.
    inertia_ : float
        Weighted sum of squared distances to the nearest centre.
    n_features_in_ : int
        Features seen in ``fit``.

    Examples
    --------
    >>> import numpy as np
    >>> spend = np.array([[1.0, 2.0], [1.5, 1.8], [1.2, 2.2], [8.0, 8.0], [9.0, 9.5]])
    >>> KMeansSegments(2).fit_predict(spend).tolist()
    [0, 0, 0, 1, 1]
    """

    def __init__(self, n_segments: int = 2, *, n_init: int | str = "auto", init: Any = None, random_state: Any = 0) -> None:
        self.n_segments = n_segments
        self.n_init = n_init
        self.init = init
        self.random_state = random_state

    def _learn(self, points: Doubles, rows: k_means.Rows, weights: Doubles) -> Labels:
        if self.n_segments > MOST_SEGMENTS:
            raise ValueError(f"n_segments must be at most {MOST_SEGMENTS}, got {self.n_segments}.")
        # the search is done on a grid: the units of the features must not matter
        middle = np.average(rows.points, axis=0, weights=rows.counts)
        widest = float(np.abs(rows.points - middle).max()) or 1.0
        scaled = k_means.Rows((rows.points - middle) / widest, rows.counts, rows.of_customer)
        centres = self._search(scaled, middle, widest).centres * widest + middle
        nearest = cdist(rows.points, centres, "sqeuclidean").argmin(axis=1)
        mass = np.bincount(nearest, rows.counts, minlength=len(centres))
        # a centre nearest to nobody is no segment
        order = sorted(np.flatnonzero(mass > 0), key=lambda j: (-mass[j], tuple(centres[j])))
        self.cluster_centers_ = centres[order]
        away = cdist(rows.points, self.cluster_centers_, "sqeuclidean").min(axis=1)
        self.inertia_ = float(away @ rows.counts)
        return self._assign(points)

    def _search(self, rows: k_means.Rows, middle: Doubles, widest: float) -> k_means.Solution:
        if self.init is not None:
            first = (np.asarray(self.init, dtype=np.float64) - middle) / widest
            if first.shape != (self.n_segments, rows.points.shape[1]):
                raise ValueError(f"init must have the shape ({self.n_segments}, {rows.points.shape[1]}), got {first.shape}.")
            return k_means.refine(rows.points, rows.counts, first)
        seed = self._seed()
        if isinstance(self.n_init, str):
            return solve(rows, self.n_segments, seed=seed)
        rng = np.random.default_rng([seed, self.n_segments])
        return k_means.fit(rows.points, rows.counts, self.n_segments, starts=self.n_init, rng=rng)

    def _assign(self, points: Doubles) -> Labels:
        """Return the segment with the nearest centre, of equally near ones the first."""
        return np.asarray(cdist(points, self.cluster_centers_, "sqeuclidean").argmin(axis=1), dtype=np.intp)

    def transform(self, X: Any) -> Doubles:
        """Return the distance of each customer to each centre, shape (customers, segments)."""
        return np.asarray(cdist(self._checked(X, reset=False), self.cluster_centers_))

    @property
    def _n_features_out(self) -> int:
        return len(self.cluster_centers_)
