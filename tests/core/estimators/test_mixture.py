"""Latent classes: figures, one step of expectation and maximisation done in plain loops, and planted classes."""

import numpy as np
import pytest
from scipy.stats import norm

from segkit.core.estimators import mixture
from segkit.core.estimators.mixture import Items, Mixture, fit, refine

NAN = np.nan
# one number (mean 4, standard deviation 2, where known), one category of the levels 1, 5 and 7
MATRIX = np.array([[2.0, 5.0], [2.0, 1.0], [6.0, 7.0], [6.0, NAN], [NAN, 5.0]])
ONES = np.ones(5)
ITEMS = Items.learn(MATRIX, ONES, np.array([False, True]))


def test_numbers_are_standardised_and_levels_are_those_met():
    assert ITEMS.levels[0] is None and ITEMS.levels[1].tolist() == [1, 5, 7]
    assert (ITEMS.middle.tolist(), ITEMS.spread.tolist()) == ([4, 0], [2, 1])
    weighted = Items.learn(np.array([[0.0], [8.0]]), np.array([3.0, 1.0]), np.array([False]))
    assert weighted.middle.tolist() == [2] and weighted.spread[0] == pytest.approx(np.sqrt(12))
    assert ITEMS.free == 2 + 2
    assert ITEMS.places == [slice(0, 3), slice(3, 6)]
    assert Items.learn(MATRIX[:, ::-1], ONES, np.array([True, False])).places == [slice(0, 3), slice(3, 6)]
    three = Items.learn(MATRIX[:, [1, 0, 1]][:2], ONES[:2], np.array([True, False, True]))
    assert three.places == [slice(0, 2), slice(2, 5), slice(5, 7)] and three.free == 1 + 2 + 1


@pytest.mark.parametrize("column", [[7.0, 7.0, 7.0], [0.1 + 0.2, 0.3, 0.3], [0.0, 0.0, 0.0], [NAN, NAN, NAN]])
def test_a_number_that_does_not_vary_keeps_its_unit(column):
    items = Items.learn(np.array([column]).T, np.ones(3), np.array([False]))
    assert items.spread.tolist() == [1]
    assert items.middle[0] == pytest.approx(0 if np.isnan(column[0]) else column[0])


def test_a_number_that_varies_little_is_still_standardised():
    items = Items.learn(np.array([[1.0], [1.0 + 2e-9]]), np.ones(2), np.array([False]))
    assert items.spread[0] == pytest.approx(1e-9, rel=1e-3)


def test_figures_are_the_number_its_square_and_known_and_a_yes_or_no_for_each_level():
    assert ITEMS.figures(MATRIX).tolist() == [
        [-1, 1, 1, 0, 1, 0],
        [-1, 1, 1, 1, 0, 0],
        [1, 1, 1, 0, 0, 1],
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 1, 0],
    ]
    assert ITEMS.figures(np.array([[8.0, 99.0]])).tolist() == [[2, 4, 1, 0, 0, 0]]


SHARES = np.array([0.7, 0.3])
MEANS, VARIANCES = np.array([-0.5, 1.0]), np.array([1.0, 0.25])
CHANCES = np.array([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
TYPICAL = np.column_stack([MEANS, VARIANCES, np.zeros(2), CHANCES])
MADE = Mixture(ITEMS, SHARES, TYPICAL, 0.0, False, 0)


def likelihoods():
    """Of each customer in each class, in standardised units."""
    found = np.ones((5, 2))
    for i, (number, level) in enumerate(MATRIX):
        for j in range(2):
            if not np.isnan(number):
                found[i, j] *= norm.pdf((number - 4) / 2, MEANS[j], np.sqrt(VARIANCES[j]))
            if not np.isnan(level):
                found[i, j] *= CHANCES[j, [1.0, 5.0, 7.0].index(level)]
    return found


def test_chances_are_those_of_the_normal_and_of_the_levels():
    joint = likelihoods() * SHARES
    chances, whole = MADE.log_chances(ITEMS.figures(MATRIX))
    assert np.exp(chances) == pytest.approx(joint / joint.sum(axis=1, keepdims=True))
    assert np.exp(whole) == pytest.approx(joint.sum(axis=1))


def test_a_level_nobody_of_a_class_chose_does_not_rule_it_out():
    never = Mixture(ITEMS, SHARES, np.column_stack([TYPICAL[:, :3], [[0.0, 0.5, 0.5], [0.2, 0.4, 0.4]]]), 0.0, False, 0)
    chances, _ = never.log_chances(ITEMS.figures(np.array([[NAN, 1.0]])))
    assert np.exp(chances[0]) == pytest.approx([0.7 * 1e-9 / 0.06, 1], rel=1e-6)


@pytest.mark.parametrize("least", [0.01, 0.9])
def test_one_step_of_expectation_and_maximisation(least):
    weights = np.array([1.0, 2.0, 1.0, 3.0, 1.0])
    joint = likelihoods() * SHARES
    lean = joint / joint.sum(axis=1, keepdims=True) * weights[:, None]
    after = refine(MADE, ITEMS.figures(MATRIX), weights, steps=1, still=1e-9, least=least)
    assert after.steps == 1 and not after.settled
    order = np.argsort(-lean.sum(axis=0))
    assert after.shares == pytest.approx(lean.sum(axis=0)[order] / 8)
    known, numbers = ~np.isnan(MATRIX[:, 0]), (MATRIX[:, 0] - 4) / 2
    for found, j in zip(after.typical, order, strict=True):
        mean = np.average(numbers[known], weights=lean[known, j])
        variance = np.average((numbers[known] - mean) ** 2, weights=lean[known, j])
        assert found[:3] == pytest.approx([mean, max(variance, least), 0])
        levels = [lean[MATRIX[:, 1] == level, j].sum() for level in (1, 5, 7)]
        assert found[3:] == pytest.approx(np.array(levels) / sum(levels))
    # in the units of the columns: each known number is two units wide
    whole = after.log_chances(ITEMS.figures(MATRIX))[1]
    assert after.log_likelihood == pytest.approx(whole @ weights - (1 + 2 + 1 + 3) * np.log(2))


def test_a_class_of_which_nothing_is_known_is_as_all_are():
    """Without a known number: mean 0 and variance 1 of the standardised; without a known level: all equally likely."""
    matrix = np.array([[NAN, NAN], [NAN, NAN]])
    items = Items((None, np.array([1.0, 5.0, 7.0, 8.0])), np.zeros(2), np.ones(2))
    made = Mixture(items, SHARES, np.column_stack([TYPICAL[:, :3], np.full((2, 4), 0.25)]), 0.0, False, 0)
    after = refine(made, items.figures(matrix), np.ones(2), steps=1, still=1e-9, least=0.01)
    assert after.typical.tolist() == [[0, 1, 0, 0.25, 0.25, 0.25, 0.25]] * 2
    assert after.shares.tolist() == pytest.approx([0.7, 0.3])


def test_at_the_start_customers_lean_to_the_one_most_alike():
    """Two customers, two classes: each leans .9 to itself and .1 to the other."""
    items = Items.learn(np.array([[-1.0, 3.0], [1.0, 5.0]]), np.ones(2), np.array([False, True]))
    search = mixture._Search(items, items.figures(np.array([[-1.0, 3.0], [1.0, 5.0]])), np.ones(2), 0.01)
    runs = search.begin(2, 3, np.random.default_rng(0))
    assert runs.shares == pytest.approx(np.full((3, 2), 0.5))
    for typical in runs.typical:
        one, other = sorted(typical.tolist())
        assert one == pytest.approx([-0.8, 1 - 0.64, 0, 0.9, 0.1]) and other == pytest.approx([0.8, 1 - 0.64, 0, 0.1, 0.9])
    assert (runs.score == -np.inf).all() and not runs.rest.any()
    three = mixture._Search(items, search.figures[[0, 1, 1]], np.array([1.0, 1.0, 1e-9]), 0.01).begin(
        3, 1, np.random.default_rng(0)
    )
    assert sorted(three.shares[0]) != pytest.approx([1 / 3] * 3) and three.shares.sum() == pytest.approx(1)


def test_where_there_are_hardly_more_than_a_sample_all_are_taken():
    search = mixture._Search(ITEMS, ITEMS.figures(MATRIX[[0, 1, 2, 3]]), np.ones(4), 0.01)
    rng = np.random.default_rng(0)
    assert search.drawn(2, rng) is search
    one = search.drawn(1, rng)
    assert one.weights.tolist() == [1] and one.figures.shape == (1, 6)
    heavy = mixture._Search(ITEMS, search.figures, np.array([0.0, 0.0, 1.0, 0.0]), 0.01).drawn(1, rng)
    assert heavy.figures.tolist() == search.figures[[2]].tolist()


def planted(customers, seed=0):
    rng = np.random.default_rng(seed)
    truth = np.arange(customers) % 2
    matrix = np.column_stack([rng.normal(truth * 4, 1), rng.random(customers) < 0.2 + 0.6 * truth]).astype(float)
    items = Items.learn(matrix, np.ones(customers), np.array([False, True]))
    return items, items.figures(matrix)


def test_steps_end_when_the_gain_for_each_customer_is_small():
    items, figures = planted(60)
    made = Mixture(items, SHARES, np.column_stack([TYPICAL[:, :3], [[0.6, 0.4], [0.3, 0.7]]]), 0.0, False, 0)
    long = refine(made, figures, np.ones(60), steps=500, still=1e-9, least=0.01)
    assert long.settled and 2 < long.steps < 500
    gains = [refine(made, figures, np.ones(60), steps=n, still=0.0, least=0.01).log_likelihood for n in (1, 2, 3)]
    assert gains[0] < gains[1] < gains[2] <= long.log_likelihood
    # the third step sees what the second gained: exactly at the bound it does not rest, just above it does
    gain = (gains[1] - gains[0]) / 60
    assert refine(made, figures, np.ones(60), steps=3, still=gain * 1.001, least=0.01).settled
    assert not refine(made, figures, np.ones(60), steps=3, still=gain * 0.2, least=0.01).settled
    assert not refine(made, figures, np.ones(60), steps=1, still=1e9, least=0.01).settled


def test_what_is_sought_on_a_sample_is_brought_to_rest_on_all(monkeypatch):
    items, figures = planted(400)
    how = {"starts": 4, "least": 0.01}
    best = fit(items, figures, np.ones(400), 2, rng=np.random.default_rng(0), **how)
    few = fit(items, figures, np.ones(400), 2, rng=np.random.default_rng(0), sample=50, **how)
    assert best.settled and best.shares.sum() == pytest.approx(1) and best.shares[0] >= best.shares[1]
    assert few.log_likelihood == pytest.approx(best.log_likelihood, rel=1e-4) and few.steps <= 30
    monkeypatch.setattr(mixture, "BLOCK", 1600)  # two starts at a time
    blocks = fit(items, figures, np.ones(400), 2, rng=np.random.default_rng(0), **how)
    assert blocks.log_likelihood == pytest.approx(best.log_likelihood, abs=1e-4)
    assert fit(items, figures, np.ones(400), 2, rng=np.random.default_rng(0), steps=2, **how).steps == 2
    assert fit(items, figures, np.ones(400), 2, rng=np.random.default_rng(0), sample=50, steps=3, **how).steps == 3


def test_the_best_runs_go_on():
    runs = mixture._Runs(np.arange(4.0)[:, None], np.arange(4.0)[:, None, None], np.array([-3.0, -1.0, -1.0, -9.0]),
                         np.array([False, True, False, False]))  # fmt: skip
    best = runs.best(3)
    assert best.shares.ravel().tolist() == best.typical.ravel().tolist() == [1, 2, 0]
    assert (best.score.tolist(), best.rest.tolist()) == ([-1, -1, -3], [True, False, False])
    anew = best.anew()
    assert (anew.score == -np.inf).all() and not anew.rest.any() and anew.shares is best.shares


def test_runs_rest_earlier_on_a_sample_and_hardly_move_on_all(monkeypatch):
    """Which customers, at most how many steps, and from what gain on a run rests, in each stage of the search."""
    stages = []

    def go_on(search, runs, steps, still):
        stages.append((len(search.figures), len(runs.score), steps, still))
        return runs, 1

    monkeypatch.setattr(mixture._Search, "go_on", go_on)
    items, figures = planted(400)
    fit(items, figures, np.ones(400), 2, starts=9, rng=np.random.default_rng(0))
    assert stages == [(400, 9, 12, -np.inf), (400, 4, 1000, 1e-9)]
    stages.clear()
    fit(items, figures, np.ones(400), 2, starts=9, rng=np.random.default_rng(0), sample=100)
    assert [stage[1:] for stage in stages] == [(9, 12, -np.inf), (4, 200, 1e-6), (1, 30, 1e-7)]
    assert stages[0][0] <= 20 < stages[1][0] <= 100 and stages[2][0] == 400
