"""A goal's figure by segment: intervals that are sound at all and none, and nothing of a handful of customers."""

import numpy as np
import pandas as pd

from segkit.core.goals.today import Today
from segkit.core.profiles.goal import goal_by_segment
from segkit.words.terms import GoalReason
from tests.core.criteria.comparison.segmentations import made_up


def test_each_segment_has_its_figure_and_its_part_of_what_there_is_to_gain():
    formed = made_up("a" * 20 + "b" * 20, variables=("x",))
    values = pd.Series([1.0] * 20 + [1.0] * 5 + [0.0] * 15, index=formed.segment_of.index)
    found = goal_by_segment(formed, Today(GoalReason.KEEP, "share", values, None, ""))
    assert found["figure"].tolist() == [1.0, 0.25]
    # Wilson's interval of 20 of 20 and 5 of 20 at 95 % (z = 1.96): z²/(n + z²) for all
    assert found["low"].round(3).tolist()[0] == round(20 / (20 + 1.959964**2), 3) and found["high"].iloc[0] == 1.0
    assert (round(found["low"].iloc[1], 3), round(found["high"].iloc[1], 3)) == (0.112, 0.469)
    assert found["share"].tolist() == [0.0, 1.0]


def test_of_a_handful_nothing_is_told_nor_what_is_left_of_the_whole():
    formed = made_up("a" * 40 + "b" * 40 + "c" * 4 + "d" * 40, variables=("x",))
    values = pd.Series(([1.0] * 20 + [0.0] * 20) * 2 + [1.0] * 2 + [0.0] * 2 + [1.0] * 12 + [0.0] * 28, formed.segment_of.index)
    found = goal_by_segment(formed, Today(GoalReason.KEEP, "share", values, None, ""))
    assert found["figure"].isna().tolist() == [False, False, True, True]
    assert found["counted"].isna().sum() == 2 and np.isnan(found.loc["c", "counted"])


def test_money_is_shared_out_and_who_does_not_count_is_left_out():
    formed = made_up("a" * 10 + "b" * 10, variables=("x",))
    values = pd.Series([30.0] * 10 + [10.0] * 9, index=formed.segment_of.index[:19])
    found = goal_by_segment(formed, Today(GoalReason.GROW_VALUE, "money", values, None, ""))
    assert found["counted"].tolist() == [10, 9] and found["figure"].tolist() == [30.0, 10.0]
    assert found["share"].round(4).tolist() == [round(300 / 390, 4), round(90 / 390, 4)]
