import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.estimators.lloyd import assign_all, extend, grid_of, lloyd, on_grid, step


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), widest=st.sampled_from([1e-6, 1.0, 300.0, 1e9]), answers=st.booleans())
def test_the_order_in_which_a_processor_adds_decides_nothing(seed, widest, answers):
    """Libraries add in the order that suits the processor: any order gives the same bits, also between equally near centres."""
    rng = np.random.default_rng(seed)
    points = (rng.integers(0, 2, (700, 9)) if answers else rng.standard_t(2, (700, 9))) * widest
    grid = grid_of(points)
    columns = on_grid(points.T, grid)
    assert np.abs(columns.T - points).max() <= 1e-7 * np.sqrt((points**2).sum(axis=1).max())
    centres = columns[:, rng.integers(700, size=(4, 3))].transpose(1, 2, 0)
    weights = rng.integers(1, 50, 700).astype(np.float64)
    _, means, mass = step(extend(columns), weights, centres, grid)

    rows, variables = rng.permutation(700), rng.permutation(9)
    _, again, mass_again = step(extend(columns[variables][:, rows]), weights[rows], centres[:, :, variables], grid)
    assert (again == means[:, :, variables]).all()
    assert (mass_again == mass).all()
    assert mass.sum() == 4 * weights.sum()


def test_a_step_puts_points_to_the_nearest_centre_and_takes_the_weighted_mean():
    columns = np.array([[0.0, 2.0, 9.0, 11.0, 5.5]])
    weights = np.array([1.0, 3.0, 1.0, 1.0, 2.0])
    score, means, mass = step(extend(columns), weights, np.array([[[1.0], [10.0]]]), 2.0**-20)
    assert mass.tolist() == [[6.0, 2.0]]  # 5.5 lies halfway: the first of equally near centres has it
    assert np.allclose(means, [[[(0 + 3 * 2 + 2 * 5.5) / 6], [10.0]]], atol=2.0**-20)
    # half the squared distances to the nearest centre, less half the squared points
    squares = weights @ ((columns[0] - [1, 1, 10, 10, 1]) ** 2) - weights @ columns[0] ** 2
    assert score[0] == squares / 2


def test_the_grid_is_the_finest_on_which_squared_distances_are_exact():
    assert grid_of(np.array([[3.0, 4.0], [1.0, 1.0]])) == 2.0**-23  # four times 25 needs 7 bits: 53 − 7, halved
    assert grid_of(np.zeros((4, 2))) == grid_of(np.zeros((0, 2))) == 1.0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6), min_size=1, max_size=5))
def test_the_widest_squared_distance_fits_into_53_bits_of_the_grid_and_no_finer_grid_does(values):
    points = np.array([values])
    grid, widest = grid_of(points), 4 * float((points**2).sum())
    assert widest <= 2.0**53 * grid**2 * (1 + 1e-12)
    assert widest > 2.0**53 * (grid / 2) ** 2 * (1 - 1e-12)


def test_values_go_to_the_nearest_multiple():
    assert on_grid(np.array([0.1, 0.13, -0.4, 0.5]), 0.25).tolist() == [0, 0.25, -0.5, 0.5]


def nearest_by_hand(points, centres):
    return np.array([[np.argmin([((p - c) ** 2).sum() for c in one]) for p in points] for one in centres])


def test_points_go_to_the_nearest_centre_of_each_set_and_of_equal_ones_to_the_first():
    rng = np.random.default_rng(0)
    points, centres = rng.integers(0, 5, (60, 2)).astype(float), rng.integers(0, 5, (3, 5, 2)).astype(float)
    assert (assign_all(points.T, centres) == nearest_by_hand(points, centres)).all()
    line = np.arange(255.0)
    assert assign_all(line[None], line[None, :, None])[0].tolist() == list(range(255))


def means_by_hand(points, weights, centres):
    labels = nearest_by_hand(points, centres)
    means = centres.copy()
    mass = np.zeros(centres.shape[:2])
    for s, one in enumerate(labels):
        for j in range(centres.shape[1]):
            mass[s, j] = weights[one == j].sum()
            if mass[s, j]:
                means[s, j] = weights[one == j] @ points[one == j] / mass[s, j]
    return labels, means, mass


@pytest.mark.parametrize(("sets", "k", "variables"), [(1, 2, 4), (3, 4, 2)])
def test_a_step_on_several_sets_takes_the_means_of_each(sets, k, variables):
    """More segments in all than variables, or fewer: weights go to either side. One centre is far from everybody."""
    rng = np.random.default_rng(1)
    points, weights = rng.integers(0, 9, (50, variables)).astype(float), rng.integers(1, 4, 50).astype(float)
    centres = rng.integers(0, 9, (sets, k, variables)).astype(float)
    centres[0, -1] = 1000.0
    score, means, mass = step(extend(points.T), weights, centres, 2.0**-20)
    labels, expected, expected_mass = means_by_hand(points, weights, centres)
    assert np.abs(means - expected).max() <= 2.0**-20 and (mass == expected_mass).all()
    assert mass[0, -1] == 0 and (means[0, -1] == 1000).all()
    squares = [weights @ ((points - one[own]) ** 2).sum(axis=1) for one, own in zip(centres, labels, strict=True)]
    assert score * 2 + weights @ (points**2).sum(axis=1) == pytest.approx(squares)


def test_a_step_on_more_points_than_one_slice_counts_each_once():
    line = np.arange(40_000.0)
    _, means, mass = step(extend(line[None]), np.ones(40_000), np.array([[[0.0], [39_999.0]]]), 2.0**-20)
    assert mass.tolist() == [[20_000, 20_000]] and means.ravel().tolist() == [9999.5, 29999.5]


LINE, ONES = np.array([[0.0, 1.0, 10.0]]), np.ones(3)


def test_an_empty_segment_restarts_at_the_customer_who_fits_worst():
    start = np.array([[[0.0], [-50.0]], [[2.0], [90.0]]])
    moved, _ = lloyd(LINE, ONES, start, 1, grid=2.0**-20)
    assert moved[:, 0, 0] == pytest.approx([11 / 3, 11 / 3], abs=2.0**-20) and moved[:, 1, 0].tolist() == [10, 10]
    assert start[0, 1, 0] == -50
    rested, score = lloyd(LINE, ONES, start, 50, grid=2.0**-20)
    assert rested.tolist() == [[[0.5], [10]]] * 2
    assert score * 2 + (LINE**2).sum() == pytest.approx([0.5, 0.5])


def test_centres_move_until_they_rest_or_the_steps_are_over():
    line, start = np.array([[0.0, 1.0, 2.0, 3.0, 9.0, 10.0]]), np.array([[[0.0], [1.0]]])
    ways = [lloyd(line, np.ones(6), start, steps, grid=2.0**-30)[0].ravel().tolist() for steps in (1, 2, 3, 9)]
    assert ways[0] == [0, 5] and ways[1] == pytest.approx([1, 22 / 3])
    assert ways[2] == [1.5, 9.5] == ways[3]
    # the first step moves by 4 in all: 16 squared
    assert lloyd(line, np.ones(6), start, 9, grid=2.0**-30, rest=16.0)[0].ravel().tolist() == [0, 5]
    assert lloyd(line, np.ones(6), start, 9, grid=2.0**-30, rest=15.9)[0].ravel().tolist() != [0, 5]


def test_a_set_that_rests_does_not_hold_up_the_others():
    line = np.array([[0.0, 1.0, 2.0, 3.0, 9.0, 10.0]])
    both = np.array([[[1.5], [9.5]], [[0.0], [1.0]]])
    rested, score = lloyd(line, np.ones(6), both, 9, grid=2.0**-30)
    assert rested.tolist() == [[[1.5], [9.5]]] * 2 and score[0] == score[1]
