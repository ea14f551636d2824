"""What a variable is good for, and ages."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from segkit.core.data.customers import age_at, impossible_ages, make_variables
from segkit.words.terms import Base

N = 40


@pytest.mark.parametrize(
    ("values", "why_not"),
    [
        (np.arange(N, dtype=float), ""),
        ([np.nan] * N, "no customer has a value"),
        ([3.0] * N, "the same for every customer"),
        ([1.0, 2.0, *[np.nan] * (N - 2)], "only 5 % of customers have it"),
        ([1.0] * (N - 1) + [2.0], "nearly the same for every customer"),
        (pd.Series([f"v{i}" for i in range(N)] + ["w"], dtype="str"), "41 different values: too many to form segments by"),
    ],
)
def test_why_a_variable_forms_no_segments(values, why_not):
    frame = pd.DataFrame({"v": values})
    (variable,) = make_variables(frame, {"v": ("V", Base.BEHAVIOURAL, "days")})
    assert (variable.why_not, variable.usable, variable.label, variable.unit) == (why_not, not why_not, "V", "days")
    assert variable.missing == frame["v"].isna().sum()


def test_age():
    births = pd.Series([1984.0, 1893.0, np.nan, 2010.0, 1984 + 200 / 366], index=list("abcde"))
    ages, impossible = age_at(births, dt.date(2014, 6, 30))
    assert ages.fillna(-1).tolist() == [30, -1, -1, -1, 29]
    assert impossible == 2


def test_impossible_ages_in_words():
    assert impossible_ages(1) == "1 customer has an impossible age (below 10 or above 110); it counts as missing."
    assert impossible_ages(3) == "3 customers have an impossible age (below 10 or above 110); it counts as missing."
