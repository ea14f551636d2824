"""Which rows of the index are markers (Dolnicar, Grün, Leisch 2018, section 8): at, above and below each threshold."""

import pandas as pd
import pytest

from segkit.core.profiles.markers import markers_of
from tests.core.customer_tables import customer_data

DATA = customer_data(pd.DataFrame({"visits": [1.0, 2], "share_web": [0.1, 0.2], "club": ["x", "y"]}))


def rows(*several):
    """Return rows of an index: sure, shown, no difference, unless something else is said."""
    usual = {
        "segment_id": "a", "variable": "club", "level": "x", "numeric": False, "value": 0.5, "all": 0.5, "index_vs_base": 100.0,
        "z": 9.0, "suppressed": False, "effect": 0.5,
    }  # fmt: skip
    return pd.DataFrame([usual | one for one in several])


@pytest.mark.parametrize(
    ("index", "marker"), [(150, True), (149, False), (50, True), (51, False), (400, True), (0, True), (100, False)]
)
def test_half_more_or_half_less_than_all_customers_is_a_marker(index, marker):
    one = {"variable": "visits", "level": "", "numeric": True, "value": 1.0, "all": 1.0, "index_vs_base": float(index)}
    assert len(markers_of(rows(one), DATA)) == marker


@pytest.mark.parametrize(("value", "marker"), [(0.875, True), (0.86, False), (0.375, True), (0.39, False)])
@pytest.mark.parametrize("variable", ["club", "share_web"])
def test_a_share_that_differs_by_a_quarter_is_a_marker(variable, value, marker):
    one = {"variable": variable, "numeric": variable != "club", "value": value, "all": 0.625, "index_vs_base": 160 * value}
    assert len(markers_of(rows(one), DATA)) == marker


def test_a_number_that_is_no_share_is_no_marker_by_its_difference_alone():
    one = {"variable": "visits", "level": "", "numeric": True, "value": 60.0, "all": 50.0, "index_vs_base": 120.0}
    assert not len(markers_of(rows(one), DATA))


@pytest.mark.parametrize(("z", "marker"), [(2.0, True), (1.99, False), (-2.0, True), (-1.99, False), (0.0, False)])
def test_what_chance_alone_may_bring_is_no_marker(z, marker):
    assert len(markers_of(rows({"index_vs_base": 200.0, "z": z}), DATA)) == marker


def test_what_is_not_shown_is_no_marker():
    assert not len(markers_of(rows({"index_vs_base": 200.0, "suppressed": True}), DATA))


def test_the_five_strongest_of_each_segment_in_display_order():
    effects = [0.3, -0.9, 0.8, 0.1, -0.2, 0.7]
    several = [
        {"segment_id": s, "level": f"{s}{n}", "index_vs_base": 200.0, "effect": effect}
        for s in "ba"
        for n, effect in enumerate(effects)
    ]
    found = markers_of(rows(*several), DATA)
    assert found["level"].tolist() == ["b1", "b2", "b5", "b0", "b4", "a1", "a2", "a5", "a0", "a4"]
    assert found.index.tolist() == list(range(10))
    assert [*found] == [*rows({})], "the same columns as the index"


def test_markers_of_equal_strength_stand_by_variable_and_level():
    several = [{"variable": v, "level": e, "index_vs_base": 200.0} for v in ("y", "x") for e in "nm"]
    found = markers_of(rows(*several), DATA)
    assert (found["variable"] + found["level"]).tolist() == ["xm", "xn", "ym", "yn"]
