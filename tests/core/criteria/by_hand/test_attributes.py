"""An attribute's bands, and how they are said."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.data.values import NOT_KNOWN

MONEY = Attribute("monetary_total", "Total spend", "money", cuts=(50.0, 200.0, 1000.0))
DAYS = Attribute("recency_days", "Days since last order", "days", cuts=(30.0,))
REGION = Attribute("region", "Region", "", levels=("North", "South"))
PLACE = Attribute("place", "Place", "", levels=("Lisbon", "Porto"), open_end=True)
ALONE = Attribute("age", "Age", "years")


def number(variable, label, bands):
    return Attribute(variable, label, "", cuts=tuple(float(i) for i in range(1, bands)))


@pytest.mark.parametrize(("attribute", "size"), [(MONEY, 4), (DAYS, 2), (REGION, 2), (PLACE, 3), (ALONE, 1)])
def test_bands_are_counted_without_the_one_for_not_known(attribute, size):
    assert attribute.size == size


def test_a_threshold_belongs_to_the_band_above_it():
    values = pd.DataFrame({"monetary_total": [49.99, 50, 199, 200, 999, 1000, np.nan, np.inf]})
    assert MONEY.bands(values).tolist() == [0, 1, 1, 2, 2, 3, NOT_KNOWN, NOT_KNOWN]
    assert ALONE.bands(pd.DataFrame({"age": [1.0, np.nan]})).tolist() == [0, NOT_KNOWN]


def test_a_level_never_seen_stands_with_the_others_or_is_not_known_where_there_are_none():
    assert REGION.bands(pd.DataFrame({"region": ["South", "North", "Mars", None]})).tolist() == [1, 0, NOT_KNOWN, NOT_KNOWN]
    assert PLACE.bands(pd.DataFrame({"place": ["Porto", "Lisbon", "Mars", None]})).tolist() == [1, 0, 2, NOT_KNOWN]


def test_bands_of_numbers_have_an_order_and_levels_have_none():
    assert MONEY.ordered and ALONE.ordered and not REGION.ordered and not PLACE.ordered


@pytest.mark.parametrize(
    ("attribute", "band", "rule"),
    [
        (MONEY, 0, "Total spend under 50 EUR"),
        (MONEY, 1, "Total spend from 50 EUR to under 200 EUR"),
        (MONEY, 2, "Total spend from 200 EUR to under 1,000 EUR"),
        (MONEY, 3, "Total spend 1,000 EUR or more"),
        (MONEY, NOT_KNOWN, "Total spend not known"),
        (DAYS, 0, "Days since last order under 30"),
        (DAYS, 1, "Days since last order 30 or more"),
        (REGION, 1, "Region is South"),
        (REGION, NOT_KNOWN, "Region not known"),
        (PLACE, 0, "Place is Lisbon"),
        (PLACE, 2, "Place is another"),
        (ALONE, 0, ""),
    ],
)
def test_a_band_is_said_with_its_thresholds(attribute, band, rule):
    assert attribute.rule(band, "EUR") == rule


@pytest.mark.parametrize(
    ("attribute", "bands", "rule"),
    [
        (MONEY, (0, 1), "Total spend under 200 EUR"),
        (MONEY, (1, 2), "Total spend from 50 EUR to under 1,000 EUR"),
        (MONEY, (2, 3), "Total spend 200 EUR or more"),
        (MONEY, (2,), "Total spend from 200 EUR to under 1,000 EUR"),
        (MONEY, (0, 1, 2, 3), ""),
        (MONEY, (NOT_KNOWN, 0, 1, 2, 3), ""),
        (MONEY, (0, 2), "Total spend under 50 EUR or Total spend from 200 EUR to under 1,000 EUR"),
        (MONEY, (NOT_KNOWN, 1, 2), "Total spend from 50 EUR to under 1,000 EUR or Total spend not known"),
        (MONEY, (NOT_KNOWN, 1), "Total spend not known or Total spend from 50 EUR to under 200 EUR"),
        (MONEY, (1, 3), "Total spend from 50 EUR to under 200 EUR or Total spend 1,000 EUR or more"),
        (MONEY, (NOT_KNOWN,), "Total spend not known"),
        (PLACE, (0, 1), "Place is Lisbon or Place is Porto"),
        (PLACE, (0, 1, 2), ""),
        (REGION, (0,), "Region is North"),
    ],
)
def test_neighbouring_bands_are_said_as_one_and_all_bands_are_not_said(attribute, bands, rule):
    assert attribute.rule_of(bands, "EUR") == rule


@pytest.mark.parametrize(
    ("attribute", "band", "said"),
    [
        (number("monetary_total", "Total spend", 2), 0, "low spend"),
        (number("monetary_total", "Total spend", 2), 1, "high spend"),
        (number("monetary_total", "Total spend", 3), 1, "middle spend"),
        (number("monetary_mean", "Spend per order", 3), 2, "high spend per order"),
        (number("tenure_days", "Days as a customer", 4), 0, "lowest time as a customer"),
        (number("tenure_days", "Days as a customer", 4), 1, "lower time as a customer"),
        (number("age", "Age", 4), 2, "higher age"),
        (number("age", "Age", 4), 3, "highest age"),
        (number("age", "Age", 2), 0, "low age"),
        (number("age", "Age", 2), 1, "high age"),
        (number("age", "Age", 3), 0, "low age"),
        (number("age", "Age", 3), 2, "high age"),
        *(
            (number("recency_days", "Days since last order", 2), i, said)
            for i, said in enumerate(("more recent", "longer ago"))
        ),
        (number("recency_days", "Days since last order", 3), 0, "most recent"),
        (number("recency_days", "Days since last order", 3), 1, "in between"),
        (number("recency_days", "Days since last order", 3), 2, "longest ago"),
        (number("recency_days", "Days since last order", 4), 0, "most recent"),
        (number("recency_days", "Days since last order", 4), 1, "more recent"),
        (number("recency_days", "Days since last order", 4), 2, "longer ago"),
        (number("recency_days", "Days since last order", 4), 3, "longest ago"),
        (number("frequency", "Orders", 3), 1, "some orders"),
        (number("frequency", "Orders", 4), 3, "most orders"),
        (ALONE, 0, "age"),
        (ALONE, NOT_KNOWN, "age not known"),
        (REGION, 0, "North"),
        (REGION, NOT_KNOWN, "region not known"),
        (PLACE, 2, "other place"),
        (Attribute("yummy", "Yummy", "", levels=("No", "Yes")), 0, "not yummy"),
        (Attribute("x", "Kind of place where they live", "", levels=("a",)), NOT_KNOWN, "kind of place… not known"),
        (Attribute("x", "X" * 20, "", levels=("a",)), NOT_KNOWN, "x" + "X" * 19 + " not known"),
        (Attribute("x", "X" * 21, "", levels=("a",)), NOT_KNOWN, "x" + "X" * 18 + "… not known"),
        (Attribute("x", "X", "", levels=("x" * 24,)), 0, "x" * 24),
        (Attribute("x", "X", "", levels=("x" * 25,)), 0, "x" * 23 + "…"),
    ],
)
def test_a_band_has_a_short_name(attribute, band, said):
    assert attribute.short(band) == said


@pytest.mark.parametrize(
    ("attribute", "bands", "said"),
    [
        (PLACE, (0, 2), "Lisbon or other place"),
        (PLACE, (0, 1, 2), ""),
        (PLACE, (NOT_KNOWN, 0, 1, 2), ""),
        (PLACE, (NOT_KNOWN, 0, 1), "place not known or Lisbon or Porto"),
        (number("age", "Age", 3), (0, 1), "low age or middle age"),
    ],
)
def test_several_bands_have_a_short_name_and_all_have_none(attribute, bands, said):
    assert attribute.short_of(bands) == said
