"""Columns as plain values."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.data.values import codes, finite, is_number, level_codes


def test_infinities_and_texts_are_not_known_and_the_column_stays_as_it_was():
    column = pd.Series([1.5, np.inf, -np.inf, np.nan])
    assert np.nan_to_num(finite(column), nan=-9).tolist() == [1.5, -9, -9, -9]
    assert column.tolist()[:3] == [1.5, np.inf, -np.inf]
    assert np.nan_to_num(finite(pd.Series(["2", "two", None], dtype="str")), nan=-9).tolist() == [2, -9, -9]
    assert np.nan_to_num(finite(pd.Series([3, None], dtype="Int64")), nan=-9).tolist() == [3, -9]


def test_a_value_at_a_threshold_belongs_to_the_upper_band():
    values = np.array([-5.0, 9.99, 10.0, 19.99, 20.0, np.nan, np.inf, -np.inf])
    assert codes(values, (10.0, 20.0)).tolist() == [0, 0, 1, 1, 2, -1, -1, -1]
    assert codes(values[:3], ()).tolist() == [0, 0, 0]


def test_places_among_levels():
    column = pd.Series(["b", "a", "c", None, "d"], dtype="str")
    assert level_codes(column, ["a", "b"]).tolist() == [1, 0, 2, -1, 2]
    assert level_codes(pd.Series([1, 2, 7]), ["2", "1"]).tolist() == [1, 0, 2]
    assert level_codes(column, []).tolist() == [0, 0, 0, -1, 0]


@pytest.mark.parametrize(
    ("column", "number"),
    [
        (pd.Series([1, 2]), True),
        (pd.Series([True, False]), True),
        (pd.Series([True, None], dtype="boolean"), True),
        (pd.Series(["1"], dtype="str"), False),
        (pd.Series(["1"], dtype="category"), False),
    ],
)
def test_what_counts_as_numbers(column, number):
    assert is_number(column) is number
