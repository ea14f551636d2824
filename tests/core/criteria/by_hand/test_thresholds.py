"""From a band that a person chose, or that the data suggest, to an attribute."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.criteria.by_hand.thresholds import attribute, bands_key, cut_points, said_of, suggest_bands
from segkit.decisions.criteria import Band, Criteria, HandSegment
from segkit.words.errors import CriteriaError
from segkit.words.terms import Banding, Method
from tests.core.customer_tables import customer_data

EIGHT = np.arange(8.0)


def table(**columns):
    return customer_data(pd.DataFrame(columns))


def suggested(data):
    return [band.variable for band in suggest_bands(data)]


def test_money_and_recency_are_suggested_before_orders_and_these_before_anything_else():
    every = {name: EIGHT for name in ("age", "monetary_mean", "frequency", "recency_days", "monetary_total")}
    assert suggested(table(**every)) == ["monetary_total", "recency_days"]
    del every["monetary_total"]
    assert suggested(table(**every)) == ["recency_days", "frequency"]
    del every["recency_days"]
    assert suggested(table(**every)) == ["frequency", "monetary_mean"]
    del every["frequency"]
    assert suggested(table(**every)) == ["monetary_mean", "age"]


def test_numbers_are_suggested_before_categories_and_each_in_two_halves():
    data = table(region=list("nnnnssss"), age=EIGHT, height=EIGHT + 1)
    assert suggested(data) == ["age", "height"]
    assert suggested(table(region=list("nnnnssss"), age=EIGHT)) == ["age", "region"]
    assert all((band.bands, band.banding) == (2, Banding.EQUAL_COUNT) for band in suggest_bands(data))


def test_what_is_the_same_for_all_or_cannot_be_cut_is_not_suggested():
    assert suggested(table(monetary_total=[5.0] * 8, recency_days=EIGHT)) == ["recency_days"]
    assert suggested(table(frequency=[2.0] * 7 + [np.inf], age=EIGHT)) == ["age"]
    assert suggested(table(frequency=[2.0] * 7 + [1.0], age=EIGHT)) == ["frequency", "age"]
    assert suggested(table(region=["x"] * 8)) == []
    data = table(frequency=EIGHT, age=EIGHT)
    assert suggested(replace(data, customers=data.customers[["age"]])) == ["age"]


@pytest.mark.parametrize(
    ("banding", "cuts"), [(Banding.EQUAL_COUNT, (2.0,)), (Banding.EQUAL_WIDTH, (5.0,)), (Banding.NATURAL, (10.0,))]
)
def test_each_way_to_cut_has_its_own_thresholds(banding, cuts):
    values = pd.Series([0.0, 1.0, 2.0, 3.0, 10.0, np.nan, np.inf])
    assert cut_points(values, Band(variable="v", banding=banding)) == cuts


def test_own_thresholds_are_taken_as_they_are_and_yes_or_no_counts_as_a_number():
    assert cut_points(pd.Series([1.0]), Band(variable="v", banding=Banding.OWN, thresholds=(3, 70))) == (3, 70)
    assert cut_points(pd.Series([True, False, True, False]), Band(variable="v")) == (1,)
    assert cut_points(pd.Series(["1", "2"]), Band(variable="v", banding=Banding.OWN, thresholds=(3,))) == ()


def test_an_attribute_of_a_number_has_its_thresholds_label_and_unit():
    found = attribute(table(recency_days=EIGHT), Band(variable="recency_days", bands=4))
    assert found == Attribute("recency_days", "Days since last order", "days", cuts=(2, 4, 6))


def test_levels_stand_from_the_commonest_on_and_equally_common_ones_in_their_order():
    data = table(region=["s", "s", "n", "n", "n", "w", "e", None])
    assert attribute(data, Band(variable="region")).levels == ("n", "s", "e", "w")
    assert not attribute(data, Band(variable="region")).open_end


@pytest.mark.parametrize(("levels", "alone", "open_end"), [(6, 6, False), (7, 7, False), (8, 7, True), (12, 7, True)])
def test_seven_levels_stand_alone_and_the_rest_together(levels, alone, open_end):
    names = [f"l{i:02d}" for i in range(levels)]
    found = attribute(table(place=names + names[::-1][:1]), Band(variable="place"))
    assert found.levels == (names[-1], *names[: alone - 1])
    assert (found.open_end, found.size) == (open_end, alone + open_end)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ([5.0] * 8, "“Value” is the same for all customers."),
        ([5.0] * 7 + [np.nan], "“Value” is the same for all customers."),
        ([np.nan] * 8, "“Value” has no values at all."),
        (["x"] * 7 + [None], "“Value” is the same for all customers."),
        (pd.Series([None] * 8, dtype="string"), "“Value” has no values at all."),
    ],
)
def test_an_attribute_that_tells_nobody_apart_is_refused(values, what):
    with pytest.raises(CriteriaError) as error:
        attribute(table(value=values), Band(variable="value"))
    assert str(error.value) == f"{what} Choose an attribute that differs between customers."


def test_two_values_are_enough_and_a_variable_that_is_not_there_is_named():
    assert attribute(table(value=[5.0] * 7 + [6.0]), Band(variable="value")).cuts == (6,)
    with pytest.raises(CriteriaError, match="There is no variable “valeu” in these data"):
        attribute(table(value=EIGHT), Band(variable="valeu"))


def test_the_key_of_bands_changes_with_settings_number_of_bands_and_levels():
    two, three = Band(variable="v", bands=2), Band(variable="v", bands=3)
    of_two, of_three = Attribute("v", "V", "", cuts=(5.0,)), Attribute("v", "V", "", cuts=(3.0, 6.0))
    keys = [
        bands_key([two], [of_two]),
        bands_key([three], [of_two]),
        bands_key([two], [of_three]),
        bands_key([two], [Attribute("v", "V", "", levels=("a", "b"))]),
        bands_key([two], [Attribute("v", "V", "", levels=("b", "a"))]),
    ]
    assert len(set(keys)) == 5
    moved = Attribute("v", "V", "", cuts=(6.0,))
    assert bands_key([two], [moved]) == keys[0], "next quarter's data move a threshold: what was said still holds"


def test_only_what_was_said_of_the_present_bands_is_taken():
    data, band = table(frequency=EIGHT), Band(variable="frequency")
    key = bands_key([band], [attribute(data, band)])
    mine, other = HandSegment(bands=key, pots=("a1",)), HandSegment(bands="other", pots=("a2",))
    criteria = Criteria(method=Method.BY_HAND, by_hand=(band,), pots=(other, mine))
    assert said_of(data, criteria) == (mine,)
