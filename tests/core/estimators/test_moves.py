"""Moves of single customers: each checked against the plain rule, one customer at a time."""

import numpy as np
import pytest

from segkit.core.estimators import moves


def squares(points, weights, labels):
    return sum(
        weights[own] @ ((points[own] - np.average(points[own], axis=0, weights=weights[own])) ** 2).sum(axis=1)
        for own in (labels == j for j in np.unique(labels))
    )


@pytest.mark.parametrize("seed", range(5))
def test_at_rest_no_single_move_lowers_the_sum_of_squares(seed):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 2, size=(40, 6)).astype(float)
    weights = rng.integers(1, 4, size=40).astype(float)
    points -= weights @ points / weights.sum()
    first = points[rng.permutation(40)[:6]].reshape(2, 3, 6)
    centres, score = moves.rest(points.T.copy(), weights, first)
    whole = weights @ (points**2).sum(axis=1)
    for one, less in zip(centres, score, strict=True):
        # whoever is nearest to a resting centre stays: centres are the means of these
        labels = ((points[:, None] - one) ** 2).sum(axis=2).argmin(axis=1)
        best = squares(points, weights, labels)
        assert whole + less == pytest.approx(best)
        for i in range(40):
            if (labels == labels[i]).sum() > 1:
                for j in range(3):
                    moved = labels.copy()
                    moved[i] = j
                    assert squares(points, weights, moved) >= best - 1e-9


def test_it_goes_beyond_lloyds_steps():
    # the middle one is nearer to the pair's mean, and yet the sum of squares is less without it: 0.5 · 2 / 3 · 3² against 1 · …
    points = np.array([[0.0], [0.0], [4.0], [9.0]])
    points -= points.mean()
    start = np.array([[points[:3].mean(axis=0), points[3]]])
    centres, score = moves.rest(points.T.copy(), np.ones(4), start)
    best = min(squares(points, np.ones(4), np.array([0, 0, 0, 1])), squares(points, np.ones(4), np.array([0, 0, 1, 1])))
    assert (points**2).sum() + score[0] == pytest.approx(best)
    assert centres.shape == (1, 2, 1)


def test_the_last_customer_of_a_segment_stays():
    points = np.array([[-1.0], [0.0], [1.0]])
    centres, score = moves.rest(points.T.copy(), np.ones(3), points[None].copy())
    assert sorted(centres[0, :, 0]) == [-1, 0, 1]
    assert score[0] == pytest.approx(-2)
