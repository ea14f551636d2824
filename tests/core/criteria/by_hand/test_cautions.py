"""What a person should know about bands: at which share, and what is said."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.criteria.by_hand.cautions import cautions
from segkit.decisions.criteria import Band
from segkit.words.terms import Banding

STEPS = Band(variable="v", banding=Banding.EQUAL_WIDTH, bands=2)


def said(values, band, *cuts, label="Value", unit="", currency="", **kind):
    return cautions(pd.Series(values), band, Attribute("v", label, unit, cuts=cuts, **kind), currency)


@pytest.mark.parametrize(("most", "warned"), [(94, False), (95, True), (96, True), (100, True)])
def test_steps_that_put_95_of_100_customers_into_one_band_are_said(most, warned):
    values = [1.0] * most + [9.0] * (100 - most)
    for turned in (values, [10 - v for v in values]):
        found = said(turned, STEPS, 5.0)
        assert len(found) == warned
        assert not warned or f"Equal steps of “Value” put {most} % of the customers into one band" in found[0]


@pytest.mark.parametrize(
    ("banding", "how"), [(Banding.EQUAL_WIDTH, "Equal steps"), (Banding.NATURAL, "Natural breaks"), (Banding.EQUAL_COUNT, None)]
)
def test_a_full_band_is_said_of_steps_and_natural_breaks_alone(banding, how):
    found = said([1.0] * 99 + [9.0], Band(variable="v", banding=banding), 5.0)
    assert [text.split(" of ")[0] for text in found] == ([how] if how else [])


def test_customers_who_are_not_known_fill_no_band():
    assert said([1.0] * 94 + [9.0] * 6 + [np.nan] * 900, STEPS, 5.0) == ()
    assert said([np.nan] * 9, STEPS, 5.0) == ()
    assert len(said([1.0, np.nan], STEPS, 5.0)) == 1


def test_how_far_the_range_reaches_is_said_in_its_unit():
    (text,) = said([1.0] * 99 + [2500.0], STEPS, 1250.0, label="Total spend", unit="money", currency="EUR")
    assert "the range reaches up to 2,500 EUR. Choose equal numbers" in text


@pytest.mark.parametrize(
    ("values", "bands", "cuts", "why"),
    [
        ([1.0] * 80 + [2.0] * 20, 3, (2.0,), "there are only 2 different values"),
        ([1.0] * 80 + [2.0, 3.0] * 10, 3, (2.0,), "many customers have the same value"),
        ([1.0] * 80 + [2.0, 3.0, np.nan] * 10, 4, (2.0,), "there are only 3 different values"),
        ([1.0] * 80 + [2.0, 3.0, 4.0, 5.0], 3, (2.0,), "many customers have the same value"),
    ],
)
def test_fewer_bands_than_asked_for_are_said_with_the_reason(values, bands, cuts, why):
    text = said(values, Band(variable="v", bands=bands), *cuts)
    assert text == (
        f"“Value” falls into 2 bands instead of {bands}: {why}, and customers with the same value always stay together.",
    )
    assert said(values, Band(variable="v", bands=2), *cuts) == ()


def test_natural_breaks_say_too_that_there_are_fewer_bands_and_steps_do_not():
    values = [1.0] * 50 + [2.0] * 50
    assert "falls into 2 bands instead of 3" in said(values, Band(variable="v", banding=Banding.NATURAL, bands=3), 2.0)[0]
    assert said(values, Band(variable="v", banding=Banding.EQUAL_WIDTH, bands=3), 2.0) == ()
    assert "falls into 1 band instead of 3" in said([1.0] * 9, Band(variable="v", bands=3))[0]


@pytest.mark.parametrize(
    ("cuts", "outside"),
    [((5.0,), ""), ((1.0,), "1"), ((1.1,), ""), ((9.0,), ""), ((9.1,), "9.1"), ((0.0, 5.0, 20.0), "0 and 20")],
)
def test_own_thresholds_beyond_the_smallest_and_the_largest_value_are_said(cuts, outside):
    band = Band(variable="v", banding=Banding.OWN, thresholds=cuts)
    found = said([1.0, 4.0, 9.0, np.nan], band, *cuts)
    assert found == (
        (f"No customer lies beyond {outside} in “Value”: its values run from 1 to 9. Choose a threshold in between.",)
        if outside
        else ()
    )
    assert said([np.nan], band, *cuts) == ()


def test_thresholds_and_range_are_said_in_money():
    band = Band(variable="v", banding=Banding.OWN, thresholds=(500,))
    (text,) = said([1.5, 120.0], band, 500.0, label="Total spend", unit="money", currency="€")
    assert text.startswith("No customer lies beyond €500 in “Total spend”: its values run from €1.50 to €120.")


@pytest.mark.parametrize(("infinite", "text"), [(1, "1 infinite value counted"), (3, "3 infinite values counted"), (0, "")])
def test_infinite_values_are_counted(infinite, text):
    found = said([1.0, np.nan, 9.0, 5.0, *[np.inf, -np.inf, np.inf][:infinite]], Band(variable="v"), 5.0)
    assert len(found) == bool(infinite) and text in "".join(found)


def test_levels_that_stand_together_are_said_with_the_share_of_those_that_stand_alone():
    values = ["a"] * 5 + ["b"] * 3 + ["c", "d", None, None]
    (text,) = said(values, Band(variable="v"), levels=("a", "b"), open_end=True)
    assert text.startswith("“Value” has 4 different values: the 2 most common (80 % of the customers) stand alone")
    assert said(values, Band(variable="v"), levels=("a", "b", "c", "d")) == ()
    nobody = said(pd.Series([None, None], dtype="string"), Band(variable="v"), levels=("a", "b"), open_end=True)
    assert "(0 % of the customers)" in nobody[0]
    assert "(100 % of the customers)" in said(["a", None], Band(variable="v"), levels=("a",), open_end=True)[0]
