"""What the estimators share: checked input, customers counted once, a seed."""

import numpy as np
import pytest

from segkit.core.estimators.base import Segments
from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments


class Kept(Segments):
    """Keeps what it is given to learn from."""

    _gaps = True

    def __init__(self, n_segments=1, random_state=0):
        self.n_segments = n_segments
        self.random_state = random_state

    def _learn(self, points, rows, weights):
        self.points_, self.rows_, self.weights_ = points, rows, weights
        return self._assign(points)

    def _assign(self, points):
        return np.zeros(len(points), dtype=np.intp)


def test_equal_customers_are_counted_once_and_those_without_weight_not_at_all():
    points = [[1.0, 2.0], [0.0, 5.0], [1.0, 2.0], [7.0, 7.0]]
    kept = Kept().fit(points, sample_weight=[1.0, 2.0, 3.5, 0.0])
    assert kept.rows_.points.tolist() == [[0, 5], [1, 2]]
    assert kept.rows_.counts.tolist() == [2, 4.5]
    assert kept.rows_.of_customer.tolist() == [1, 0, 1]
    assert kept.weights_.tolist() == [1, 2, 3.5, 0] and kept.points_.tolist() == points
    assert Kept().fit(points).rows_.counts.tolist() == [1, 2, 1]


def test_customers_who_lack_the_same_values_are_equal():
    points = np.array([[np.nan, 1.0], [3.0, np.nan], [np.nan, 1.0], [5.0, 1.0]])
    rows = Kept().fit(points).rows_
    found = {
        tuple(row): int(count) for row, count in zip(np.nan_to_num(rows.points, nan=-1).tolist(), rows.counts, strict=True)
    }
    assert found == {(-1, 1): 2, (3, -1): 1, (5, 1): 1}
    assert rows.of_customer[0] == rows.of_customer[2]


def test_too_few_different_customers_of_weight_are_refused():
    points = [[1.0], [1.0], [2.0], [3.0]]
    assert len(Kept(3).fit(points).rows_.points) == 3
    with pytest.raises(ValueError, match="n_samples=4, of them 3 different: too few for n_segments=4"):
        Kept(4).fit(points)
    with pytest.raises(ValueError, match="of them 2 different"):
        Kept(3).fit(points, sample_weight=[1, 1, 1, 0])
    with pytest.raises(ValueError, match=r"[Nn]egative"):
        Kept(1).fit(points, sample_weight=[1, 1, 1, -1])


@pytest.mark.parametrize("wrong", [0, -1, 1.0, "2"])
def test_the_number_of_segments_is_a_whole_number_of_one_or_more(wrong):
    with pytest.raises(ValueError, match="n_segments must be a whole number of 1 or more"):
        Kept(wrong).fit([[1.0], [2.0]])
    assert Kept(np.int64(1)).fit([[1.0]]).labels_.tolist() == [0]


def test_only_latent_classes_take_missing_values_and_none_takes_infinite_ones():
    gap, infinite = np.array([[np.nan, 1.0], [1.0, 2.0], [3.0, 1.0]]), np.array([[np.inf, 1.0], [1.0, 2.0], [3.0, 1.0]])
    assert len(LatentClassSegments(1).fit(gap).labels_) == 3
    for estimator in (KMeansSegments(1), WardSegments(1)):
        with pytest.raises(ValueError, match="NaN"):
            estimator.fit(gap)
        assert not estimator.__sklearn_tags__().input_tags.allow_nan
    for estimator in (KMeansSegments(1), WardSegments(1), LatentClassSegments(1)):
        with pytest.raises(ValueError, match="infinity"):
            estimator.fit(infinite)
    assert LatentClassSegments().__sklearn_tags__().input_tags.allow_nan


def test_who_was_not_seen_before_is_checked_against_what_was():
    found = Kept().fit([[1.0, 2.0]])
    assert found.predict([[3.0, 4.0], [5.0, 6.0]]).tolist() == [0, 0]
    with pytest.raises(ValueError, match="features"):
        found.predict([[3.0]])


def test_a_seed_is_taken_as_it_is_or_drawn():
    assert Kept(random_state=7)._seed() == 7 and Kept(random_state=np.int64(8))._seed() == 8
    state = np.random.RandomState(0)
    drawn = [Kept(random_state=state)._seed() for _ in range(40)]
    assert len(set(drawn)) == 40 and 2**30 < max(drawn) < 2**31 and min(drawn) >= 0
    assert isinstance(Kept(random_state=None)._seed(), int)
