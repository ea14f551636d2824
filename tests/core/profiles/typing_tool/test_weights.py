import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from segkit.core.profiles.typing_tool.weights import Weights, counted, fit, one_hot, patterns


def customers(segments, n=400, seed=0):
    rng = np.random.default_rng(seed)
    segment = np.arange(n) % segments
    columns = [np.where(rng.random(n) < 0.6, segment % many, rng.integers(many, size=n)) for many in (2, 3)]
    return np.column_stack(columns), segment


@pytest.mark.parametrize("segments", [2, 3, 4])
def test_counted_patterns_give_the_logit_of_all_customers(segments):
    answers, segment = customers(segments)
    distinct, pattern_of = patterns(answers)
    found = fit(distinct, counted(pattern_of, segment, len(distinct), segments), (2, 3))
    theirs = LogisticRegression(tol=1e-8, max_iter=2000).fit(one_hot(answers, (2, 3)), segment)
    odds = found.scores(answers)
    chances = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
    assert chances == pytest.approx(theirs.predict_proba(one_hot(answers, (2, 3))), abs=2e-3)


def test_patterns_and_counts():
    answers = np.array([[1, 0], [0, 2], [1, 0], [-1, 2]])
    distinct, pattern_of = patterns(answers)
    assert (distinct[pattern_of] == answers).all() and len(distinct) == 3
    assert counted(pattern_of, np.array([0, 1, 1, 0]), 3, 2).tolist() == [[1, 0], [0, 1], [1, 1]]
    assert one_hot(np.array([[1, -1]]), (2, 3)).tolist() == [[0, 1, 0, 0, 0]]


def test_scores_are_sums_and_what_is_not_known_adds_nothing():
    weights = Weights(np.array([1.0, 2.0]), (np.array([[10.0, 20.0], [30.0, 40.0]]), np.array([[100.0, 0.0], [0.0, 7.0]])))
    assert weights.scores(np.array([[0, 1], [1, -1], [-1, -1]])).tolist() == [[11, 29], [31, 42], [1, 2]]
    assert weights.widest == 100


@given(st.lists(st.lists(st.floats(-9, 9), min_size=3, max_size=3), min_size=2, max_size=5), st.floats(0.5, 1000))
def test_points_are_whole_none_below_0_and_keep_the_differences(rows, scale):
    weights = Weights(np.array(rows[0]), (np.array(rows),))
    points = weights.in_points(scale)
    for before, after in [(weights.start[None, :], points.start[None, :]), (weights.of_answer[0], points.of_answer[0])]:
        assert (after == np.round(after)).all() and (after.min(axis=1) == 0).all()
        apart = (before[:, :, None] - before[:, None, :]) * scale - (after[:, :, None] - after[:, None, :])
        assert np.abs(apart).max() <= 1 + 1e-6
