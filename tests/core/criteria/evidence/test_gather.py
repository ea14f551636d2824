"""The evidence for segments around centres: a hundred customers at four places, whose every figure is worked out by hand."""

import numpy as np
import pytest

from segkit.core.criteria.evidence import gather as module
from segkit.core.criteria.evidence.gather import _as_seen, _silhouette, gather
from segkit.core.estimators import weighted_k_means as k_means
from segkit.words.errors import CriteriaError

PLACES, COUNTS = [0.0, 2.0, 10.0, 14.0], [30, 30, 30, 10]
MATRIX = np.repeat(PLACES, COUNTS)[:, None]


@pytest.fixture(scope="module")
def found():
    return gather(MATRIX, pairs=4)


def test_sums_of_squares_shares_and_agreement(found):
    table = found.table
    assert table.index.tolist() == [1, 2, 3, 4] and table.index.name == "k"
    # middles 5; 1 and 11; two places together cost 60 (0 and 2) or 120 (10 and 14)
    assert table["inertia"].tolist() == pytest.approx([2580, 180, 60, 0], abs=1e-9)
    assert table["smallest_share"].tolist() == pytest.approx([1, 0.4, 0.1, 0.1])
    two = (30 * 10 / 11 + 30 * 8 / 9 + 30 * 8 / 9 + 10 * 10 / 13) / 100
    assert table["silhouette"].tolist()[1:] == pytest.approx([two, (30 * 0.9 + 30 * 7 / 8 + 30 + 10) / 100, 1], nan_ok=True)
    assert table.loc[1, ["silhouette", "within", "adjusted_rand"]].isna().all()
    for k in (2, 3, 4):
        assert table.loc[k, "adjusted_rand"] == found.pairs[k].median()
        assert table.loc[k, "adjusted_rand_low"] == found.pairs[k].quantile(0.25)
        assert table.loc[k, "adjusted_rand_high"] == found.pairs[k].quantile(0.75)
        assert table.loc[k, "within"] == found.lineage.segments.loc[k, "within"].min()
    assert found.pairs.shape == (4, 3)


def test_every_customer_has_a_segment_of_each_solution(found):
    for k, together in ((1, [[0, 1, 2, 3]]), (2, [[0, 1], [2, 3]]), (3, [[0, 1], [2], [3]]), (4, [[0], [1], [2], [3]])):
        of_place = [set(found.labels[k][MATRIX.ravel() == place].tolist()) for place in PLACES]
        assert all(len(one) == 1 for one in of_place)
        assert {frozenset(i for i in range(4) if of_place[i] == one) for one in of_place} == set(map(frozenset, together))
    assert found.lineage.segments.loc[2, "share"].tolist() == pytest.approx([0.6, 0.4])


def test_four_places_are_four_segments(found):
    assert found.recommended == 4 and found.reason.startswith("4 segments")
    assert found.table.loc[4, "border"] < 0.01 and found.table.loc[4, "apart"] == pytest.approx(1)


def test_no_more_segments_than_asked_for():
    few = gather(MATRIX, pairs=1, most=2)
    assert few.table.index.tolist() == [1, 2] and few.recommended == 2 and len(few.pairs) == 1


def test_a_simplified_silhouette_by_hand():
    rows = k_means.distinct_rows(np.array([[0.0], [0.0], [1.0], [3.0], [4.0]]))
    # widths 1, 1, 2 ⁄ 3, and two thirds the other way round: 3 is 3 from 0 and 1 from 4
    assert _silhouette(rows, np.array([[0.0], [4.0]])) == pytest.approx((1 + 1 + 2 / 3 + 2 / 3 + 1) / 5)
    assert _silhouette(rows, np.array([[2.0], [2.0]])) == 0
    assert _silhouette(k_means.distinct_rows(np.zeros((3, 1))), np.zeros((2, 1))) == 0


def giant(*others):
    """Set one customer 65,536 steps away from the first: a step is the least difference that still counts."""
    return np.column_stack([[5.0, *(5 + v for v in others), 5 + 65_536.0], np.full(len(others) + 2, 3.0)])


def test_beside_a_giant_differences_below_a_step_count_for_nothing():
    small = np.tile([0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9], 30)
    seen = _as_seen(giant(*small), 8)
    assert seen[:, 1].tolist() == [3.0] * len(seen)
    assert seen[:, 0].tolist() == [5.0, *np.where(small < 0.5, 5.0, 6.0), 65_541.0]
    assert len(np.unique(seen[:, 0])) == 3
    assert len(np.unique(_as_seen(giant(*small), 3)[:, 0])) == 3
    assert len(np.unique(_as_seen(giant(*small), 2)[:, 0])) == 10, "too many kinds are left to be called alike"


@pytest.mark.parametrize(("spread", "coarse"), [(99.5, True), (100.5, False)])
def test_a_spread_of_a_hundred_steps_is_looked_at_as_it_is(spread, coarse):
    noise = np.tile(np.arange(12) / 1000, 20)
    matrix = giant(*noise, *(spread + noise))
    assert (_as_seen(matrix, 8) is not matrix) is coarse


def test_few_kinds_of_customers_stay_as_they_are():
    matrix = giant(*np.tile([0.0, 0.4], 100))
    assert _as_seen(matrix, 8) is matrix, "eight kinds at most are told apart anyway"
    assert len(np.unique(_as_seen(matrix, 2)[:, 0])) == 2
    assert _as_seen(MATRIX, 8) is MATRIX


class _AskedError(Exception):
    """Ends the work once it is known what was asked for."""


@pytest.mark.parametrize(
    ("how", "pairs", "seed", "most"), [({}, 20, 0, 8), ({"pairs": 3, "seed": 7, "most": 4}, 3, 7, 4), ({"most": 12}, 20, 0, 10)]
)
def test_twenty_pairs_eight_segments_and_seed_nought_unless_said_otherwise(monkeypatch, how, pairs, seed, most):
    asked = {}

    def bootstrap(rows, ks, **given):
        asked.update(given, ks=list(ks))
        raise _AskedError

    monkeypatch.setattr(module, "bootstrap", bootstrap)
    with pytest.raises(_AskedError):
        gather(np.arange(10.0)[:, None], **how)
    assert (asked["pairs"], asked["seed"], asked["ks"]) == (pairs, seed, list(range(2, most + 1)))
    assert list(asked["whole"]) == asked["ks"] and set(asked["whole"][4]) == {0, 1, 2, 3}


def test_customers_all_the_same_are_refused_with_what_to_do():
    with pytest.raises(CriteriaError) as error:
        gather(np.ones((5, 2)))
    assert error.value.what.startswith("All customers have the same values") and error.value.remedy.startswith(
        "Choose variables"
    )
