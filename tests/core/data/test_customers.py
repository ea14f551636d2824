"""What a variable is good for, and ages."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from segkit.core.data.customers import (
    age_at,
    impossible_ages,
    impossible_counts,
    make_variables,
    missing_months,
    possible_ages,
    require,
    value_of,
    whole_counts,
)
from segkit.words.errors import CriteriaError
from segkit.words.terms import Base
from tests.core.customer_tables import customer_data

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


@pytest.mark.parametrize(
    ("values", "why_not"),
    [
        ([*range(28), *[np.nan] * 12], ""),
        ([*range(27), *[np.nan] * 13], "only 68 % of customers have it"),
        ([*range(26), *[np.nan] * 14], "only 65 % of customers have it"),
        ([f"v{i}" for i in range(40)], ""),
        ([1.0] * 35 + [2.0] * 5, ""),
        ([1.0] * 36 + [2.0] * 4, "nearly the same for every customer"),
        ([1.0] * 26 + [2.0] * 4, "nearly the same for every customer"),
        ([1.0] * 25 + [2.0] * 4, ""),
        (["a", "b"], ""),
    ],
)
def test_bounds_of_what_forms_segments(values, why_not):
    (variable,) = make_variables(pd.DataFrame({"v": values}), {"v": ("V", Base.DEMOGRAPHIC, "")})
    assert (variable.why_not, variable.usable) == (why_not, not why_not)
    assert variable.numeric is not isinstance(values[0], str)
    assert (variable.name, variable.base) == ("v", Base.DEMOGRAPHIC)


@pytest.mark.parametrize(
    ("orders", "told"),
    [
        ([5, 0, 5], "February 2024, where months usually have 5"),
        ([4, 0, 4], None),
        ([5, 6, 7], None),
        ([9, 0, 0, 9], "February 2024, March 2024, where"),
        ([9, 0, 0, 0, 9], None),
        ([9, 0, 0, 0, 9, 8], "February 2024, March 2024, April 2024, where months usually have 9"),
        ([7, 0, 0, 0, 0, 7, 7, 7], "February 2024, March 2024, April 2024 and 1 more, where months usually have 7"),
    ],
)
def test_months_without_orders(orders, told):
    months = pd.DataFrame({"orders": orders}, index=pd.date_range("2024-01-01", periods=len(orders), freq="MS"))
    found = missing_months(months)
    assert len(found) == (told is not None)
    assert not told or f"No orders at all in {told}" in found[0]


@pytest.mark.parametrize(
    ("born", "age"),
    [(2004.0, 10), (2005.0, None), (1904.0, 110), (1903.0, None), (2003 + 181 / 366, 10), (2004 + 181 / 366, None)],
)
def test_nobody_is_below_10_or_above_110(born, age):
    ages, impossible = age_at(pd.Series([born]), dt.date(2014, 6, 30))
    assert (ages.tolist() == [age]) if age else ages.isna().all()
    assert impossible == (age is None)
    if age:
        assert possible_ages(pd.Series([float(age), np.nan]))[1] == 0


def test_a_birthday_counts_from_its_day_on():
    ages, _ = age_at(pd.Series([1984 + 179 / 366, 1984 + 181 / 366, 1984 + 1 / 366]), dt.date(2014, 6, 30))
    assert ages.tolist() == [30, 29, 30]
    first_of_year, _ = age_at(pd.Series([1984 + 1 / 366]), dt.date(2014, 1, 1))
    assert first_of_year.tolist() == [29]


def test_ages_given_in_years():
    ages, impossible = possible_ages(pd.Series([9.0, 10.0, 110.0, 111.0, np.nan]))
    assert (ages.fillna(-1).tolist(), impossible) == ([-1, 10, 110, -1, -1], 2)


def test_numbers_of_orders_are_whole_and_not_negative():
    counts, impossible = whole_counts(pd.Series([0.0, 1.0, -1.0, 2.5, np.nan]))
    assert (counts.fillna(-9).tolist(), impossible) == ([0, 1, -9, -9, -9], 2)
    assert impossible_counts(1, "Orders").startswith("1 customer has an impossible number in “Orders”")
    assert impossible_counts(2, "Orders").startswith("2 customers have an impossible number")


def test_a_variable_that_is_missing_is_named_with_the_nearest():
    data = customer_data(pd.DataFrame({"frequency": [1.0, 2.0], "monetary_total": [np.nan, 3.0]}))
    require(data, ("frequency", "monetary_total"))
    with pytest.raises(CriteriaError, match=r"no variable “frequncy” in these data.*Did you mean “frequency”"):
        require(data, ("frequency", "frequncy"))
    with pytest.raises(CriteriaError, match="There are: frequency and monetary_total") as few:
        require(data, ("zzz",))
    assert "…" not in str(few.value)
    assert data.variable("monetary_total").unit == "EUR"
    assert value_of(data).tolist() == [0.0, 3.0]


@pytest.mark.parametrize(("number", "more"), [(8, False), (9, True)])
def test_eight_variables_are_named_and_more_are_hinted_at(number, more):
    data = customer_data(pd.DataFrame({f"v{i}": [1.0, 2.0] for i in range(number)}))
    with pytest.raises(CriteriaError) as error:
        require(data, ("zzz",))
    assert "v7" in str(error.value) and "v8" not in str(error.value)
    assert ("…" in str(error.value)) is more


def test_without_any_money_there_is_no_value():
    assert value_of(customer_data(pd.DataFrame({"frequency": [1.0]}))) is None
    assert value_of(customer_data(pd.DataFrame({"monetary_total": [np.nan, np.nan]}))) is None
