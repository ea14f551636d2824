import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.estimators.lloyd import extend, grid_of, on_grid, step


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
