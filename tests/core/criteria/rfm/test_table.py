"""The naming table as people see it: counted, checked, and with what each score stands for."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.rfm.names import NAMES, PLAIN
from segkit.core.criteria.rfm.rule import RfmRule
from segkit.core.criteria.rfm.scores import Scale, Scales
from segkit.core.criteria.rfm.table import checked, money_word, naming_grid, nested_ranges, say_code, score_ranges
from segkit.decisions.criteria import NameRule, Rfm
from segkit.words.terms import RfmMoney

UP, DOWN = (1, 2, 3, 4, 5), (5, 4, 3, 2, 1)
SCALES = Scales(
    Scale((10.0, 20.0, 30.0, 40.0), DOWN), {(): Scale((3.0, 4.0, 6.0, 9.0), UP)}, {(): Scale((10.0, 20.0, 50.0, 100.0), UP)}
)
LONG = dict.fromkeys(NAMES, 30.0) | {"one_time": 20.0}
RULE = RfmRule(SCALES, kept=tuple(NAMES), currency="EUR", long_after=LONG)


def people(*rows):
    """Return customers, one for each row of (days, orders, spend)."""
    return pd.DataFrame(
        rows, columns=["recency_days", "frequency", "monetary_total"], index=[f"c{i}" for i in range(len(rows))], dtype=float
    )


def ranges(scale, column="orders"):
    scales = {"days": Scales(scale), "orders": Scales(None, {(): scale}), "money": Scales(None, {}, {(): scale})}[column]
    name = {"days": "recency", "orders": "frequency", "money": "money"}[column]
    return score_ranges(RfmRule(scales, currency="EUR"))[name].tolist()


def test_each_score_is_said_with_what_it_stands_for():
    found = score_ranges(RULE)
    assert list(found.index) == [5, 4, 3, 2, 1] and found.index.name == "score"
    assert found.to_dict("list") == {
        "recency": ["under 10 days", "10 to under 20 days", "20 to under 30 days", "30 to under 40 days", "40 days or more"],
        "frequency": ["9 orders or more", "6 to 8 orders", "4 to 5 orders", "3 orders", "under 3 orders"],
        "money": ["100 EUR or more", "50 EUR to under 100 EUR", "20 EUR to under 50 EUR", "10 EUR to under 20 EUR",
                  "under 10 EUR"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "column", "said"),
    [
        (Scale((1.0, 2.0), (1, 3, 5)), "orders", ["2 orders or more", "nobody", "1 order", "nobody", "under 1 orders"]),
        (Scale((1.5, 3.0), (1, 3, 5)), "orders", ["3 orders or more", "nobody", "1.5 orders to under 3 orders", "nobody",
                                                  "under 1.5 orders"]),
        (Scale((1.0, 2.5), (1, 3, 5)), "orders", ["2.5 orders or more", "nobody", "1 orders to under 2.5 orders", "nobody",
                                                  "under 1 orders"]),
        (Scale((1000.0, 2000.0), (1, 3, 5)), "orders", ["2,000 orders or more", "nobody", "1,000 to 1,999 orders", "nobody",
                                                        "under 1,000 orders"]),
        (Scale((), (3,)), "orders", ["nobody", "nobody", "all", "nobody", "nobody"]),
        (Scale((3.0, 4.0), (5, 3, 1)), "days", ["under 3 days", "nobody", "3 to under 4 days", "nobody", "4 days or more"]),
        (Scale((0.0,), (1, 5)), "money", ["0 EUR or more", "nobody", "nobody", "nobody", "under 0 EUR"]),
    ],
)  # fmt: skip
def test_whole_orders_are_counted_out_and_anything_else_is_said_by_its_thresholds(scale, column, said):
    assert ranges(scale, column) == said


def test_only_what_is_known_is_said():
    assert list(score_ranges(RfmRule(Scales(SCALES.recency))).columns) == ["recency"]
    assert list(score_ranges(RfmRule(Scales(None, SCALES.frequency, SCALES.money))).columns) == ["frequency", "money"]


def test_nested_thresholds_are_said_from_the_best_scores_down():
    frequency = {(): Scale((3.0,), (1, 5)), (1,): Scale((2.0,), (1, 5)), (5,): Scale((6.0, 7.0), (1, 3, 5))}
    money = {(): Scale((3.0,), (1, 5)), (5, 1): Scale((), (3,)), (5, 3): Scale((20.0,), (2, 4)), (1, 5): Scale((9.0,), (1, 5))}
    found = nested_ranges(RfmRule(Scales(SCALES.recency, frequency, money), currency="EUR"))
    assert list(found) == ["frequency", "money"]
    assert found["frequency"].to_dict("split")["data"] == [
        [5, "7 orders or more", "nobody", "6 orders", "nobody", "under 6 orders"],
        [1, "2 orders or more", "nobody", "nobody", "nobody", "under 2 orders"],
    ]
    assert list(found["frequency"].columns) == ["recency", "5", "4", "3", "2", "1"]
    assert list(found["money"].columns) == ["recency", "frequency", "5", "4", "3", "2", "1"]
    assert found["money"].to_dict("split")["data"] == [
        [5, 3, "nobody", "20 EUR or more", "nobody", "under 20 EUR", "nobody"],
        [5, 1, "nobody", "nobody", "all", "nobody", "nobody"],
        [1, 5, "9 EUR or more", "nobody", "nobody", "nobody", "under 9 EUR"],
    ]
    assert nested_ranges(RULE) == {}


def test_the_grid_counts_those_who_came_back_by_cell_and_those_who_bought_once_by_recency():
    frame = people(*[(5, 9, 100), (5, 20, 500), (45, 2, 5), (5, 1, 5), (25, 1, 500), (25, 1, 1), (25, 0, 1)] * 5)
    grid = naming_grid(RULE, frame)
    assert {cell: n for cell, n in grid.customers.items() if n} == {(5, 5, 5): 10, (1, 1, 1): 5}
    assert dict(grid.once_customers) == {1: 0, 2: 0, 3: 15, 4: 0, 5: 5}
    assert len(grid.segment) == len(grid.customers) == 125
    assert dict(grid.once_segment) == {1: "one_time", 2: "one_time", 3: "one_time", 4: "new", 5: "new"}
    assert (grid.segment[5, 5, 5], grid.segment[1, 1, 1], grid.segment[3, 1, 1]) == ("champions", "lost", "promising")
    names = {name: title for name, (title, _) in NAMES.items()}
    assert dict(grid.names) == names | {"cooling": "In between"}
    untold = naming_grid(RfmRule(SCALES, kept=tuple(NAMES)), frame)
    assert dict(untold.names) == names | {name: title for name, (title, _) in PLAIN.items()}


def test_the_grid_shows_where_the_customers_of_a_segment_that_is_not_kept_stand():
    grid = naming_grid(RfmRule(SCALES, kept=("loyal", "new", "lost"), long_after=LONG), people((5, 9, 100)))
    assert dict(grid.names) == {"loyal": "Loyal", "new": "New", "lost": "Small and gone quiet"}
    assert (grid.segment[5, 5, 5], grid.segment[2, 5, 5], grid.once_segment[1]) == ("loyal", "new", "lost")


@pytest.mark.parametrize("without", ["recency", "frequency", "money"])
def test_there_is_no_grid_unless_all_three_are_known(without):
    known = {"recency": SCALES.recency, "frequency": SCALES.frequency, "money": SCALES.money}
    known[without] = None if without == "recency" else {}
    assert naming_grid(RfmRule(Scales(**known), kept=tuple(NAMES)), people((5, 9, 100))) is None


def test_the_workbooks_own_table_is_checked_with_who_bought_once():
    frame = people(*[(5, 9, 100)] * 6, *[(5, 1, 5)] * 7, *[(45, 2, 5)] * 4)
    found = checked(RfmRule(SCALES, kept=("champions", "new", "lost"), long_after=LONG), frame)
    assert (found.codes, found.overlapping, found.unmatched, found.dead) == (250, 0, 0, ())
    assert [(fault.kind, fault.segments, fault.customers) for fault in found.faults] == [("tiny", ("Small and gone quiet",), 4)]
    assert (found.faults[0].example, found.faults[0].customer) == ((0, 1, 1, 1), "c13")
    every = checked(RULE, frame)
    assert {fault.segments[0] for fault in every.faults if fault.kind == "empty"} == {
        "Loyal", "Coming up", "Best gone quiet", "Slipping away", "Bought once, long ago"
    }  # fmt: skip
    untold = checked(RfmRule(SCALES, kept=("champions", "new", "lost")), frame)
    assert [fault.segments for fault in untold.faults] == [("Small, longer ago",)]


def test_ones_own_table_is_checked_as_it_was_written_over_those_who_came_back():
    names = (NameRule(name="Good", recency=(3, 5)), NameRule(name="Rich", monetary=(5, 5)))
    rule = RfmRule(SCALES, Rfm(names=names), kept=("own_1", "own_2", "rest", "new", "one_time"))
    found = checked(rule, people(*[(5, 9, 100)] * 6, *[(45, 2, 500)] * 5, *[(45, 1, 500)] * 9, (45, 2, 5)))
    assert (found.codes, found.overlapping, found.unmatched) == (125, 15, 40)
    faults = {fault.kind: fault for fault in found.faults}
    assert set(faults) == {"overlap", "gap"}
    assert (faults["overlap"].segments, faults["overlap"].customers) == (("Good", "Rich"), 6)
    assert (faults["gap"].customers, faults["gap"].example, faults["gap"].customer) == (1, (1, 1, 1), "c20")
    assert faults["gap"].sentence.endswith("For example: recency 1, orders 1, money 1.")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ((5, 3, 1), "recency 5, orders 3, money 1"),
        ((0, 5, 3, 1), "recency 5, orders 3, money 1"),
        ((1, 5, 3, 2), "bought once, recency 5, orders 3, money 2"),
        ((1, 2, 3), "recency 1, orders 2, money 3"),
    ],
)
def test_a_combination_is_said_in_words(code, said):
    assert say_code(code) == said


def test_money_has_a_word():
    words = [money_word(RfmRule(SCALES, Rfm(money=money))) for money in RfmMoney]
    assert words == ["spend", "spend per order", "margin"]


def test_who_is_not_known_scores_one_and_is_counted_so():
    grid = naming_grid(RULE, people(*[(np.nan, np.nan, np.nan)] * 5))
    assert grid.customers[1, 1, 1] == 5 and sum(grid.once_customers.values()) == 0


def test_a_cell_of_a_handful_shows_no_number_and_what_would_tell_it_neither():
    grid = naming_grid(RULE, people(*[(5, 9, 100)] * 30, *[(5, 20, 5)] * 3, *[(45, 2, 5)] * 9))
    assert 30 not in grid.customers.values() and 3 not in grid.customers.values() and grid.customers[1, 1, 1] == 9
