"""Latent classes for survey answers and mixed data, as a scikit-learn estimator."""

from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from segkit.core.estimators import mixture
from segkit.core.estimators.base import Segments
from segkit.core.estimators.starts import SAMPLE
from segkit.core.estimators.weighted_k_means import Rows

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


class LatentClassSegments(Segments):
    """Segments of customers who answer in the same way; yes/no, categories and numbers together, gaps allowed.

    Within a segment answers are independent: a category takes each level with a chance of its own (yes/no is a category of two
    levels), a number is normal with a mean and variance of its own. A missing value (NaN) says nothing of the segment, and is
    taken as missing at random.

    Parameters
    ----------
    n_segments : int, default 2
        Number of segments.
    categorical_features : "all", array of bool or of int, optional
        Which features are categories; their values are codes, in any order. By default none. A level that ``fit`` did not meet
        counts as missing.
    n_init : int, default 30
        Starts: short runs, of which the best four go on to the end.
    max_iter : int, default 1000
        Most steps of a run.
    tol : float, default 1e-9
        A run rests when a step raises the log-likelihood by less than this for each customer.
    min_variance : float, default 0.01
        Least variance of a number within a segment, as a share of its variance over all.
    sample : int, default 20000
        From twice so many different customers the starts run on so many drawn ones, and the best goes on with all.
    random_state : int, RandomState or None, default 0
        Seed of the draws.

    Attributes
    ----------
    weights_ : numpy.ndarray
        Share of each segment, falling.
    typical_ : list of numpy.ndarray
        For each feature: chance of each level, shape (segments, levels), or mean and variance, shape (segments, 2).
    categories_ : list of (numpy.ndarray or None)
        For each feature the levels met, or None for a number.
    labels_ : numpy.ndarray
        Most probable segment of each customer, of equally probable ones the larger; the same as ``predict`` gives.
    log_likelihood_, bic_ : float
        Of the customers fitted; the smaller the Bayesian information criterion (Schwarz 1978), the better.
    n_parameters_, n_iter_ : int
        Free parameters; steps of the longest run.
    converged_ : bool
        Whether the best run came to rest.
    n_features_in_ : int
        Features seen in ``fit``.

    Examples
    --------
    >>> import numpy as np
    >>> answers = np.array([[1, 1, 1], [1, 1, 1], [1, 1, np.nan], [0, 0, 0], [0, 0, 0]])
    >>> found = LatentClassSegments(2, categorical_features="all").fit(answers)
    >>> found.labels_.tolist(), found.predict_proba(answers).round(2).tolist()[2]
    ([0, 0, 0, 1, 1], [1.0, 0.0])
    """

    _gaps: ClassVar[bool] = True

    def __init__(
        self,
        n_segments: int = 2,
        *,
        categorical_features: Any = None,
        n_init: int = 30,
        max_iter: int = 1000,
        tol: float = 1e-9,
        min_variance: float = mixture.LEAST_VARIANCE,
        sample: int = SAMPLE,
        random_state: Any = 0,
    ) -> None:
        self.n_segments = n_segments
        self.categorical_features = categorical_features
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.min_variance = min_variance
        self.sample = sample
        self.random_state = random_state

    def _learn(self, points: Doubles, rows: Rows, weights: Doubles) -> Labels:
        items = mixture.Items.learn(rows.points, rows.counts, self._categorical(points.shape[1]))
        rng = np.random.default_rng([self._seed(), self.n_segments])
        found = mixture.fit(
            items, items.figures(rows.points), rows.counts, self.n_segments, starts=self.n_init, rng=rng,
            sample=self.sample, steps=self.max_iter, still=self.tol, least=self.min_variance,
        )  # fmt: skip
        self._mixture = found
        self.weights_, self.categories_ = found.shares, list(items.levels)
        self.typical_ = [self._told(found, j) for j in range(points.shape[1])]
        self.log_likelihood_ = found.log_likelihood
        self.n_parameters_ = self.n_segments - 1 + self.n_segments * items.free
        self.bic_ = self.n_parameters_ * np.log(rows.counts.sum()) - 2 * found.log_likelihood
        self.n_iter_, self.converged_ = found.steps, found.settled
        return self._assign(points)

    def _categorical(self, features: int) -> npt.NDArray[np.bool_]:
        chosen = self.categorical_features
        if chosen is None or (isinstance(chosen, str) and chosen == "all"):
            return np.full(features, chosen is not None)
        given = np.asarray(chosen)
        if given.dtype == bool and given.shape == (features,):
            return given
        if given.ndim == 1 and (not given.size or (given.dtype.kind in "iu" and 0 <= given.min() <= given.max() < features)):
            return np.isin(np.arange(features), given)
        raise ValueError(f"categorical_features must be “all”, {features} of bool, or numbers of features, got {chosen!r}.")

    @staticmethod
    def _told(found: mixture.Mixture, feature: int) -> Doubles:
        items, place = found.items, found.items.places[feature]
        if items.levels[feature] is not None:
            return np.asarray(found.typical[:, place])
        mean = found.typical[:, place.start] * items.spread[feature] + items.middle[feature]
        return np.column_stack([mean, found.typical[:, place.start + 1] * items.spread[feature] ** 2])

    def _chances(self, points: Doubles) -> Doubles:
        return np.asarray(np.exp(self._mixture.log_chances(self._mixture.items.figures(points))[0]))

    def predict_proba(self, X: Any) -> Doubles:
        """Return the probability of each segment, shape (customers, segments); rows add up to one."""
        return self._chances(self._checked(X, reset=False))

    def _assign(self, points: Doubles) -> Labels:
        """Return the most probable segment, of equally probable ones the larger."""
        return np.asarray(self._chances(points).argmax(axis=1), dtype=np.intp)

    def evidence(self, X: Any, one: int, other: int) -> Doubles:
        """Return how much each feature speaks for one segment against another: difference of log-likelihoods.

        Shape (customers, features); a missing value speaks for neither (0).
        """
        figures = self._mixture.items.figures(self._checked(X, reset=False))
        slopes = self._mixture.slopes
        spoken = figures * (slopes[one] - slopes[other])
        return np.column_stack([spoken[:, place].sum(axis=1) for place in self._mixture.items.places])
