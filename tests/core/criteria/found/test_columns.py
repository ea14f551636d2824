"""How values become columns of the matrix, and come back: worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.columns import Column, Preparation, logged, unlogged

NAN, INF = np.nan, np.inf


def number(variable="x", *, log=False, shift=0.0, low=0.0, high=10.0, fill=4.0, mean=0.0, scale=1.0, few=None):
    told = {} if few is None else {"few": few}
    return Column(variable, None, log, shift, low, high, fill, mean, scale, **told)


def level(name, variable="town", share=0.25):
    return Column(variable, name, False, 0.0, 0.0, 1.0, share, share, 0.5)


def test_numbers_are_drawn_in_and_missing_ones_filled():
    values = pd.Series([-5.0, 0.0, 3.0, 10.0, 20.0, NAN, INF])
    assert number().raw(values).tolist() == [0, 0, 3, 10, 10, 4, 4]
    plain = number(log=True, low=1.0, fill=2.0).raw(values)
    assert plain == pytest.approx(np.log([1, 1, 3, 10, 10, 2, 2]))
    shifted = number(log=True, shift=2.0, low=-4.0).raw(values)
    assert shifted == pytest.approx([-np.log(3), 0, np.log(2.5), np.log(6), np.log(6), np.log(3), np.log(3)])


def test_a_level_is_one_or_nothing_and_its_share_where_not_known():
    column = level("Bath")
    assert column.raw(pd.Series(["Bath", "York", None, "bath"], dtype="str")).tolist() == [1, 0, 0.25, 0]
    assert column.raw(pd.Series([1, 2])).tolist() == [0, 0]
    assert level("1").raw(pd.Series([1, 2])).tolist() == [1, 0]


@pytest.mark.parametrize("shift", [0.0, 0.5, 30.0])
def test_a_logarithm_can_be_undone(shift):
    values = np.array([0.3, 1.0, 7.5]) if shift == 0 else np.array([-8.0, -0.3, 0.0, 1.0, 7.5])
    assert [unlogged(float(v), shift) for v in logged(values, shift)] == pytest.approx(values.tolist())


def test_logarithms_by_hand():
    assert logged(np.array([1.0, np.e**2]), 0.0) == pytest.approx([0, 2])
    assert logged(np.array([3.0 * (np.e - 1), -3.0 * (np.e - 1), 0.0]), 3.0) == pytest.approx([1, -1, 0])
    assert unlogged(2.0, 0.0) == pytest.approx(np.e**2)
    assert unlogged(-1.0, 3.0) == pytest.approx(-3 * (np.e - 1))


def test_a_value_of_the_matrix_comes_back_in_its_own_unit():
    assert number(mean=3.0, scale=2.0).back(0.5) == 4.0
    assert number(mean=1.0, scale=2.0, log=True).back(0.5) == pytest.approx(np.e**2)
    assert number(mean=1.0, scale=2.0, log=True, shift=4.0).back(0.5) == pytest.approx(4 * (np.e**2 - 1))
    assert number(mean=1.0, scale=2.0, shift=4.0).back(0.5) == 2.0, "without logarithm the shift counts for nothing"


def test_the_matrix_is_centred_and_scaled_column_by_column():
    frame = pd.DataFrame({"x": [2.0, NAN, 20.0], "town": ["Bath", None, "York"]})
    made = Preparation((number(mean=3.0, scale=2.0), level("Bath")), ()).matrix(frame)
    assert made.tolist() == [[-0.5, 1.5], [0.5, 0.0], [3.5, -0.5]]


def test_answers_are_levels_by_number_and_gaps_stay_open():
    frame = pd.DataFrame(
        {
            "pet": ["cat", "dog", None, "newt", "dog"],
            "x": [-1.0, 3.0, NAN, 20.0, INF],
            "town": ["York", None, "Bath", "Bath", "Ely"],
            "note": [1.0, 5.0, NAN, 2.0, 9.0],
            "spent": [1.0, np.e, NAN, 10.0, np.e**2],
        }
    )
    columns = (
        level("dog", "pet"), level("cat", "pet"), number("x"), level("Bath"), level("York"),
        number("note", log=True, low=1.0, high=5.0, few=True), number("spent", log=True, low=1.0),
    )  # fmt: skip
    answers, categorical = Preparation(columns, ()).answers(frame)
    expected = np.array(
        [
            [2.0, 0.0, 2.0, 1.0, 0.0],
            [1.0, 3.0, NAN, 5.0, 1.0],
            [NAN, NAN, 1.0, NAN, NAN],
            [0.0, 10.0, 1.0, 2.0, np.log(10)],
            [1.0, NAN, 0.0, 5.0, 2.0],
        ]
    )
    assert answers == pytest.approx(expected, nan_ok=True)
    assert categorical.tolist() == [True, False, True, True, False]


def test_settings_hold_all_that_is_needed_to_prepare_again():
    column = number(mean=3.0, scale=2.0)
    (held,) = Preparation((column,), ()).settings()
    assert Column(**held) == column and held["few"] is False
