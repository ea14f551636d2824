"""Customers against customers without segments: references that are known make every figure known."""

import numpy as np
import pytest

from segkit.core.criteria.evidence import against_none as module
from segkit.core.criteria.evidence.against_none import _looks, against_none
from segkit.core.criteria.evidence.valleys import borders as borders_between

FOUR = np.repeat([0.0, 2.0, 10.0, 14.0], [30, 30, 30, 10])[:, None]
EVEN = np.repeat([0.0, 1.0, 3.0, 7.0], 25)[:, None]
KS = [1, 2, 3, 4]


def rng():
    return np.random.default_rng(0)


def test_logarithms_of_the_sums_of_squares_by_hand():
    logs, borders, far = _looks(FOUR, [1, 2, 3, 4, 5, 6], rng())
    # a millionth of the whole is the least that counts
    assert logs == pytest.approx(np.log([2580, 180, 60, 2580e-6, 2580e-6, 2580e-6]))
    labels = np.repeat([0, 0, 1, 1], [30, 30, 30, 10])
    between = borders_between(FOUR, labels)
    worst = between.crowd
    assert borders[1] == pytest.approx(worst @ [0.6, 0.4]) and far[1] == between.apart(np.array([0.6, 0.4]))
    assert np.isnan(borders[0]) and np.isnan(far[0])
    assert borders[3] < 0.01 and far[3] == pytest.approx(1)
    assert (borders[4:] == borders[3]).all() and (far[4:] == far[3]).all()


def known(monkeypatch, *kinds):
    seen = []

    def references(matrix, blocks, source):
        seen.append((matrix, list(blocks)))
        return kinds

    monkeypatch.setattr(module, "references", references)
    return seen


def test_the_gap_is_what_segments_take_away_beyond_the_likest_reference(monkeypatch):
    known(monkeypatch, lambda matrix, source: EVEN, lambda matrix, source: FOUR)
    found = against_none(FOUR, KS, seed=0)
    assert found.index.tolist() == KS and found.index.name == "k"
    known(monkeypatch, lambda matrix, source: EVEN)
    alone = against_none(FOUR, KS, seed=0)
    even = np.log([25 * 28.75, 25 * 14 / 3, 25 / 2])
    own = np.log([2580, 180, 60])
    gained = (even - even[0]) - (own - own[0])
    assert alone["gap"].tolist()[:3] == pytest.approx(gained)
    # against itself nothing is gained, and the least counts
    assert found["gap"].tolist()[:3] == pytest.approx(np.minimum(gained, 0), abs=1e-9)
    assert found["gap_se"].tolist() == pytest.approx([0, 0, 0, 0], abs=1e-9)
    assert alone["border"].tolist()[1:] == pytest.approx(_looks(FOUR, KS, rng())[1][1:])
    assert alone["border_null"].tolist()[1:] == pytest.approx(_looks(EVEN, KS, rng())[1][1:])
    assert alone["apart"].tolist()[1:] == pytest.approx(_looks(FOUR, KS, rng())[2][1:])
    assert np.isnan(alone.loc[1, "border"])


def test_errors_and_the_least_crowded_border_to_be_expected_come_from_the_draws(monkeypatch):
    def either(matrix, source):
        return EVEN if source.random() < 0.5 else FOUR

    known(monkeypatch, either)
    found = against_none(FOUR, KS, seed=5)
    draws = [either(FOUR, np.random.default_rng([5, 11, 0, draw])) for draw in range(6)]
    looks = [_looks(one, KS, rng()) for one in draws]
    assert 0 < sum(one is EVEN for one in draws) < 6
    logs = np.array([one[0] - one[0][0] for one in looks])
    own = _looks(FOUR, KS, rng())[0]
    assert found["gap"].tolist() == pytest.approx(logs.mean(axis=0) - (own - own[0]))
    assert found["gap_se"].tolist() == pytest.approx(logs.std(axis=0, ddof=1) * np.sqrt(7 / 6))
    borders = np.array([one[1] for one in looks])[:, 1:]
    expected = borders.mean(axis=0) - 3 * borders.std(axis=0, ddof=1)
    assert found["border_null"].to_numpy()[1:] == pytest.approx(expected)


def test_references_see_customers_in_order_without_what_is_the_same_for_all(monkeypatch):
    seen = known(monkeypatch, lambda matrix, source: matrix)
    matrix = np.column_stack([np.full(100, 7.0), FOUR[::-1], EVEN])
    against_none(matrix, [1, 2], seed=0, blocks=["same", "four", "even"])
    against_none(matrix, [1, 2], seed=0)
    against_none(matrix[::-1], [1, 2], seed=0)
    (first, blocks), (_, numbered), (again, _) = seen
    assert first.shape == (100, 2) and blocks == ["four", "even"] and numbered == [1, 2]
    assert np.array_equal(first, again) and sorted(map(tuple, first)) == sorted(map(tuple, matrix[:, 1:]))
    against_none(np.ones((5, 2)), [1], seed=0)
    assert seen[-1][0].shape == (5, 2)


def test_of_very_many_customers_two_thousand_are_enough(monkeypatch):
    seen = known(monkeypatch, lambda matrix, source: matrix)
    for customers in (2000, 2001):
        against_none(np.arange(float(customers))[:, None] % 40, [1], seed=0)
        assert len(seen[-1][0]) == 2000
    assert (np.diff(seen[-1][0].ravel()) >= 0).all()
    assert sorted(set(seen[-1][0].ravel())) == list(range(40))
