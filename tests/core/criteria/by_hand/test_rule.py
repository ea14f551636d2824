"""The rule of a desktop exercise: names, words and notes, from pots whose customers are counted in the test."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.criteria.by_hand.rule import fit_by_hand, rule_from
from segkit.decisions.criteria import HandSegment
from segkit.words.errors import CriteriaError

MONEY = Attribute("monetary_total", "Total spend", "money", cuts=(50.0, 200.0))
ORDERS = Attribute("frequency", "Orders", "orders", cuts=(2.0,))
REGION = Attribute("region", "Region", "", levels=("North", "South"))
AGE = Attribute("age", "Age", "years", cuts=(10.0, 20.0, 30.0))
RECENCY = Attribute("recency_days", "Days since last order", "days", cuts=(30.0, 90.0))

SIX = {(m, f): 10 * (1 + m + f) for m in range(3) for f in range(2)}
NINE = {(0, 0): 50, (0, 1): 60, (0, 2): 70, (1, 0): 80, (1, 1): 90, (1, 2): 100, (2, 0): 110, (3, 1): 130, (3, 2): 2}
"""Pots of age and recency: the last holds hardly anyone and goes to the one before, then the first is one too many."""


def said(*pots, name="", action=""):
    return HandSegment(bands="any", pots=pots, name=name, action=action)


def rule(sizes=None, attributes=(MONEY, ORDERS), **how):
    return rule_from(sizes or SIX, tuple(attributes), currency="EUR", **how)


def row(**values):
    return pd.DataFrame({name: [value] for name, value in values.items()})


def test_each_pot_is_a_segment_from_the_highest_bands_down():
    table = rule().segments()
    assert list(table.index) == ["a3-b2", "a3-b1", "a2-b2", "a2-b1", "a1-b2", "a1-b1"]
    assert list(table.columns) == ["segment_name", "rule"]
    assert table.loc["a3-b2"].tolist() == ["High spend, frequent", "Total spend 200 EUR or more and Orders 2 or more."]
    assert table.loc["a1-b1"].tolist() == ["Low spend, seldom", "Total spend under 50 EUR and Orders under 2."]


def test_customers_go_to_the_segment_of_their_pot():
    frame = pd.DataFrame({"monetary_total": [10.0, 50, 500, np.nan], "frequency": [1.0, 2, 9, 1]}, index=list("wxyz"))
    found = rule()
    assert found.variables == ("monetary_total", "frequency")
    assert found.assign(frame).to_dict() == {"w": "a1-b1", "x": "a2-b2", "y": "a3-b2", "z": found.assign(frame)["z"]}
    assert found.assign(frame)["z"] in found.segments().index
    assert found.code_of(frame).to_dict() == {"w": (0, 0), "x": (1, 1), "y": (2, 1), "z": (-1, 0)}


def test_pots_are_counted_in_the_frame():
    frame = pd.DataFrame({"monetary_total": [10.0] * 9 + [60.0] * 8 + [300.0] * 2 + [np.nan] * 6})
    found = fit_by_hand(frame, [MONEY], currency="EUR")
    assert list(found.segments().index) == ["a2", "a1", "a0"]
    assert found.segments().loc["a0"].tolist() == ["Total spend not known", "Total spend not known."]
    assert found.assign(frame).value_counts().to_dict() == {"a2": 10, "a1": 9, "a0": 6}
    assert [str(note) for note in found.notes] == [
        "1 pot with 2 customers in all were merged with the nearest pot, so that no segment is tiny."
    ]
    assert found.currency == "EUR"


def test_what_the_person_says_of_a_pot_is_its_name_and_its_action():
    table = rule(said=[said("a3-b2", name="Our best", action="Call them"), said("a1-b1", name="Once")]).segments()
    assert table["segment_name"].iloc[[0, 1, 5]].tolist() == ["Our best", "High spend, seldom", "Once"]
    assert table["action"].tolist() == ["Call them", "", "", "", "", ""]
    assert "action" not in rule(said=[said("a3-b2", name="Our best")]).segments()
    acted = rule(said=[said("a3-b2", action="Call them")]).segments()
    assert acted.loc["a3-b2", ["segment_name", "action"]].tolist() == ["High spend, frequent", "Call them"]


def test_what_is_said_of_other_pots_does_not_apply():
    table = rule(said=[said("a1-b1", "a1-b2", name="Small"), said("a9-b9", name="Nobody")]).segments()
    assert table["segment_name"].tolist() == [
        "High spend, frequent", "High spend, seldom", "Middle spend, frequent", "Middle spend, seldom", "Small"
    ]  # fmt: skip


def test_a_name_that_the_person_gave_is_kept_and_the_same_computed_one_says_others():
    table = rule(said=[said("a1-b1", name="High spend, frequent"), said("a1-b2", name="High spend, frequent")]).segments()
    assert table["segment_name"].iloc[[0, 4, 5]].tolist() == [
        "High spend, frequent, others", "High spend, frequent", "High spend, frequent (2)"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("together", "name", "text"),
    [
        (("a1-b1", "a1-b2"), "Low spend", "Total spend under 50 EUR."),
        (("a1-b1", "a2-b1"), "Low spend or middle spend, seldom", "Total spend under 200 EUR and Orders under 2."),
        (("a1-b1", "a2-b1", "a3-b1"), "Seldom", "Orders under 2."),
        (
            ("a1-b1", "a2-b2"),
            "Low spend and seldom / middle spend and…",
            "Total spend under 50 EUR and Orders under 2; or Total spend from 50 EUR to under 200 EUR and Orders 2 or more.",
        ),
        (
            ("a1-b1", "a1-b2", "a2-b1"),
            "Low spend and seldom / low spend and…",
            "Total spend under 50 EUR and Orders under 2; or Total spend under 50 EUR and Orders 2 or more; or "
            "Total spend from 50 EUR to under 200 EUR and Orders under 2.",
        ),
    ],
)
def test_pots_put_together_are_named_and_said_as_one(together, name, text):
    table = rule(said=[said(*together)]).segments()
    assert len(table) == 7 - len(together)
    assert table.loc[together[0], "rule"] == text
    assert table.loc[together[0], "segment_name"] == name


def test_pots_that_form_no_box_are_counted_where_not_all_are_named():
    kind = Attribute("kind", "Kind", "", levels=("A", "B"))
    sizes = {(r, k): 20 for r in range(2) for k in range(2)}
    found = rule(sizes, (REGION, kind), said=[said("a1-b1", "a1-b2", "a2-b1")])
    assert found.segments()["segment_name"].tolist() == ["South, B", "North and A / North and B +1"]
    two = rule(sizes, (REGION, kind), said=[said("a1-b1", "a2-b2")])
    assert two.segments().loc["a1-b1", "segment_name"] == "North and A / South and B"


def test_all_bands_together_are_all_others():
    found = rule({(-1,): 20, (0,): 20, (1,): 20, (2,): 20}, (MONEY,), said=[said("a1", "a2", "a3")])
    assert found.segments().loc["a1"].tolist() == ["All others", "All others."]


def test_long_names_share_the_room_that_there_is():
    levels = ("Wholesale of farm goods", "Retail trade in furniture")
    one, two = (Attribute(name, name, "", levels=levels) for name in ("x", "y"))
    name = rule({(0, 0): 20, (1, 0): 20}, (one, two)).segments().loc["a1-b1", "segment_name"]
    assert name == "Wholesale of farm…, Wholesale of farm…"
    short = Attribute("z", "Z", "", levels=("Twenty-one letters it", "b"))  # 22 + 2 + 21 = 45
    other = Attribute("x", "X", "", levels=("Twenty-two letters her", "b"))
    assert rule({(0, 0): 20, (1, 0): 20}, (other, short)).segments().loc["a1-b1", "segment_name"] == (
        "Twenty-two letters her, Twenty-one letters it"
    )


def test_a_segment_says_that_it_also_holds_pots_that_were_tiny_or_too_many():
    found = rule(NINE, (AGE, RECENCY))
    rules = found.segments()["rule"]
    days = "Days since last order from 30 to under 90"
    assert rules["a4-b2"] == f"Age 30 years or more and {days}; also includes 1 pot too small to stand alone."
    assert rules["a1-b2"] == f"Age under 10 years and {days}; also includes 1 neighbouring pot, so that 7 segments are left."
    assert rules["a2-b2"] == f"Age from 10 years to under 20 years and {days}."
    assert [str(note) for note in found.notes] == [
        "1 pot with 2 customers in all were merged with the nearest pot, so that no segment is tiny.",
        "1 pot with 50 customers in all were merged with the nearest pot, so that at most 7 segments are left.",
    ]
    assert found.settings()["merged"] == {"a4-b3": "a4-b2", "a1-b1": "a1-b2"}


def test_several_tiny_and_several_neighbouring_pots_are_counted():
    tiny = rule({(0, 0): 2, (1, 0): 200, (2, 0): 1, (1, 1): 300})
    assert tiny.segments().loc["a2-b1", "rule"].endswith("; also includes 2 pots too small to stand alone.")
    assert str(tiny.notes[0]).startswith("2 pots with 3 customers in all were merged with")
    sizes = {(0, 0): 30, (0, 1): 75, (0, 2): 35, (1, 1): 100, (2, 0): 110, (2, 1): 120, (2, 2): 130, (3, 0): 140, (3, 1): 150}
    many = rule(sizes, (AGE, RECENCY))
    assert many.segments().loc["a1-b2", "rule"].endswith("; also includes 2 neighbouring pots, so that 7 segments are left.")
    assert str(many.notes[0]).startswith("2 pots with 65 customers in all were merged with")


def test_a_pot_that_is_too_many_counts_the_tiny_ones_that_stand_with_it():
    sizes = {(0, 1): 60, (0, 2): 70, (1, 1): 90, (1, 2): 100, (2, 0): 50, (2, 1): 110, (3, 1): 130, (3, 2): 140, (-1, 0): 3}
    found = rule(sizes, (AGE, RECENCY))
    assert [str(note).split(" in all")[0] for note in found.notes] == ["1 pot with 3 customers", "1 pot with 53 customers"]
    assert found.settings()["merged"] == {"a0-b1": "a3-b2", "a3-b1": "a3-b2"}


def test_tiny_pots_that_were_put_together_count_all_their_customers():
    found = rule({(0,): 2, (1,): 1, (2,): 100, (3,): 100}, (AGE,), said=[said("a1", "a2")])
    assert str(found.notes[0]).startswith("1 pot with 3 customers in all were merged with the nearest pot")
    assert found.settings()["merged"] == {"a1": "a3"}


def test_neither_is_said_where_neither_happened():
    assert rule().notes == ()
    assert not rule().segments()["rule"].str.contains("also includes").any()


def test_settings_hold_thresholds_levels_and_what_was_put_together():
    sizes = {(m, r): 30 for m in range(3) for r in range(2)}
    assert rule(sizes, (MONEY, REGION), said=[said("a1-b1", "a2-b1")]).settings() == {
        "thresholds": {"monetary_total": [50.0, 200.0]},
        "levels": {"region": ["North", "South"]},
        "together": [["a1-b1", "a2-b1"]],
        "merged": {},
    }


def test_the_rule_table_holds_every_pot_once_under_the_id_of_its_segment():
    lines = rule({(0,): 100, (1,): 3, (2,): 90}, (MONEY,)).lines()
    assert [(line.segment, set(line.codes)) for line in lines] == [("a1", {(-1,), (0,), (1,)}), ("a3", {(2,)})]


def test_one_pot_tells_nobody_apart():
    with pytest.raises(CriteriaError) as error:
        rule({(0, 0): 90})
    assert str(error.value).startswith("All customers fall into one pot by Total spend and Orders.")
    assert error.value.remedy.startswith("Choose another attribute")
    assert len(rule({(0, 0): 90, (1, 0): 9}).segments()) == 2


@pytest.mark.parametrize(
    ("money", "orders", "said_of_it"),
    [
        (120.0, 3.0, "Total spend is 120 EUR, which falls in “Total spend from 50 EUR to under 200 EUR” and Orders is 3, which "
                     "falls in “Orders 2 or more”."),
        (np.nan, 3.0, "Total spend is not known and Orders is 3, which falls in “Orders 2 or more”."),
    ],
)  # fmt: skip
def test_why_says_each_value_and_the_band_that_it_falls_in(money, orders, said_of_it):
    assert rule().why(row(monetary_total=money, frequency=orders)).startswith(said_of_it)


def test_why_says_levels_as_they_are_and_what_has_no_bands_without_a_rule():
    alone = Attribute("age", "Age", "years")
    found = rule({(0, 0): 50, (1, 0): 50}, (REGION, alone))
    text = found.why(row(region="South", age=40.0))
    assert text == "Region is South and Age is 40 years. No change of a single figure would put it into another segment."
    assert found.why(row(region=None, age=40.0)).startswith("Region is not known and")
    assert found.why(row(region="Mars", age=np.nan)).startswith("Region is not known and Age is not known.")


def test_why_says_the_border_in_the_units_of_each_attribute():
    text = rule().why(row(monetary_total=45.0, frequency=1.0))
    assert text.endswith(
        "How close to the border: with total spend 5.00 EUR higher it would be in “Middle spend, seldom”; "
        "with 1 more order in “Low spend, frequent”."
    )


@pytest.mark.parametrize(
    ("age", "recency", "moved"),
    [
        (5, 10, "There were more than 7 pots, so its own was merged with the nearest one."),
        (35, 100, "Its own pot was too small to stand alone, so it was merged with the nearest one."),
        (5, 40, ""),
        (15, 10, ""),
        (15, 40, "You put its pot together with 1 other."),
        (15, 100, "You put its pot together with 1 other."),
        (np.nan, 10, "Its own pot was too small to stand alone, so it was merged with the nearest one."),
    ],
)
def test_why_says_how_a_pot_came_to_stand_with_another(age, recency, moved):
    found = rule(NINE | {(2, 1): 140}, (AGE, RECENCY), said=[said("a2-b2", "a2-b3")])
    text = found.why(row(age=age, recency_days=recency))
    told = [words for words in ("You put", "There were more", "Its own pot") if words in text]
    assert f" {moved} How close to the border" in text if moved else not told
    assert len(told) == bool(moved)


def test_three_pots_put_together_are_two_others():
    found = rule(said=[said("a1-b1", "a2-b1", "a3-b1")])
    assert "You put its pot together with 2 others." in found.why(row(monetary_total=10.0, frequency=1.0))
