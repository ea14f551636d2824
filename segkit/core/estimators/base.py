"""What the three estimators share: ``fit`` and ``predict``, checked input, customers counted once, and a seed."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from segkit.core.estimators.weighted_k_means import Rows, distinct_rows

Doubles = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


class Segments(ClusterMixin, BaseEstimator, ABC):  # type: ignore[misc]
    """Base of the estimators: ``fit`` learns the segments of customers, ``predict`` assigns others.

    An estimator says what it learns (``_learn``) and whom it puts where (``_assign``).
    """

    n_segments: int
    random_state: Any
    labels_: Labels

    _gaps: ClassVar[bool] = False
    """Whether values may be missing (NaN)."""

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Find the segments.

        Parameters
        ----------
        X : array of shape (customers, features)
            Prepared customers, finite; latent classes take NaN where a value is missing.
        y : ignored
            There for scikit-learn.
        sample_weight : array of shape (customers,), optional
            How many customers each row stands for.

        Raises
        ------
        ValueError
            If the input is not finite, or holds fewer different customers than segments.
        """
        points = self._checked(X, reset=True)
        rows, weights = self._counted(points, sample_weight)
        self.labels_ = self._learn(points, rows, weights)
        return self

    def predict(self, X: Any) -> Labels:
        """Return the segment of each customer, from 0."""
        return self._assign(self._checked(X, reset=False))

    @abstractmethod
    def _learn(self, points: Doubles, rows: Rows, weights: Doubles) -> Labels:
        """Learn the segments from the distinct customers, and return what ``_assign`` gives for all of them.

        Parameters
        ----------
        points, weights : numpy.ndarray
            All customers as they came, and the weight of each.
        rows : Rows
            The distinct ones that have weight.
        """

    @abstractmethod
    def _assign(self, points: Doubles) -> Labels:
        """Return the segment of each of these customers."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = self._gaps
        return tags

    def _checked(self, X: Any, *, reset: bool) -> Doubles:
        """Return customers as numbers, shape (customers, variables)."""
        if not reset:
            check_is_fitted(self)
        finite = "allow-nan" if self._gaps else True
        checked = validate_data(self, X, reset=reset, dtype=np.float64, accept_sparse=False, ensure_all_finite=finite)
        return np.asarray(checked, dtype=np.float64)

    def _counted(self, points: Doubles, sample_weight: Any) -> tuple[Rows, Doubles]:
        """Return the distinct customers that have weight (NaN equal to NaN), and the weight of each row.

        Raises
        ------
        ValueError
            If there are fewer different customers than segments.
        """
        if not isinstance(self.n_segments, int | np.integer) or self.n_segments < 1:
            raise ValueError(f"n_segments must be a whole number of 1 or more, got {self.n_segments!r}.")
        weights = _check_sample_weight(sample_weight, points, dtype=np.float64, ensure_non_negative=True)
        weighty = weights > 0
        gaps = np.isnan(points).any()
        # infinity stands for "missing" while equal rows are looked for: NaN is not equal to itself
        rows = distinct_rows(np.where(np.isnan(points), np.inf, points)[weighty] if gaps else points[weighty], weights[weighty])
        if gaps:
            rows = Rows(np.where(np.isinf(rows.points), np.nan, rows.points), rows.counts, rows.of_customer)
        if len(rows.points) < self.n_segments:
            raise ValueError(
                f"n_samples={len(points)}, of them {len(rows.points)} different: too few for n_segments={self.n_segments}."
            )
        return rows, weights

    def _seed(self) -> int:
        """Return a whole number as it is, or draw one from the random state."""
        state = self.random_state
        return int(state) if isinstance(state, int | np.integer) else int(check_random_state(state).randint(2**31 - 1))
