import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score

from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.profiles.typing_tool import tool as of_tool
from segkit.core.profiles.typing_tool.card import UNSURE
from segkit.core.profiles.typing_tool.held_out import Outcome
from segkit.core.profiles.typing_tool.sentences import in_short
from segkit.core.profiles.typing_tool.tool import OwnRule, Untold, recall, typing_tool
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data
from tests.core.profiles.typing_tool.made_up import answers, mixed, segmentation


@pytest.fixture(scope="module")
def two_items():
    data, truth = answers()
    return data, truth, typing_tool(data, segmentation(data, data.customers.columns, truth))


def test_five_of_eleven_survey_items_tell_the_segments_of_mcdonalds(real):
    """Data of Dolnicar, Grün, Leisch (2018); the best partition by k-means has 580, 318, 315 and 240 customers."""
    frame = pd.read_csv(real("mcdonalds/mcdonalds.csv")).iloc[:, :11]
    places = KMeansSegments(4).fit((frame == "Yes").to_numpy(dtype=float)).labels_
    assert sorted(np.bincount(places)) == [240, 315, 318, 580]
    data = customer_data(frame)
    tool = typing_tool(data, segmentation(data, frame.columns, places))
    right = dict(zip(tool.curve["questions"], tool.curve["right"], strict=True))
    assert [round(right[n], 2) for n in (1, 2, 3, 4)] == [0.59, 0.88, 0.90, 0.93]
    assert right[5] >= 0.95 and right[6] >= 0.98 and right[7] >= 0.99
    assert tool.curve["asked"][1] == "Tasty, Expensive"
    assert len(tool.card.questions) == 5 and in_short(tool).startswith("5 questions put 95 of 100 new customers")
    assert tool.on_paper.guessed_right >= 0.94


def test_the_two_items_that_tell_are_found_among_noise(two_items):
    data, truth, tool = two_items
    assert {q.variable for q in tool.card.questions} == {"item_00", "item_01"}
    dummies = (data.customers[["item_00", "item_01"]] == "Yes").to_numpy(dtype=float)
    theirs = cross_val_score(LogisticRegression(), dummies, truth, cv=StratifiedKFold(10, shuffle=True, random_state=0)).mean()
    chosen = tool.curve.iloc[1]
    assert abs(chosen["right"] - theirs) < 0.01 and chosen["low"] < 0.95**2 < chosen["high"]
    assert tool.largest == 0.25 and tool.customers == tool.drawn_from == 1200
    assert (tool.curve["low"] < tool.curve["right"]).all() and (tool.curve["right"] < tool.curve["high"]).all()
    # the card puts the customers of today right as often as was promised for others
    assert (
        abs((tool.card.assign(data.customers) == np.array(["s1", "s2", "s3", "s4"])[truth]).mean() - tool.outcome.right) < 0.02
    )


def test_same_customers_same_tool_and_no_matter_in_which_order_segments_come(two_items):
    data, truth, tool = two_items
    again = typing_tool(data, segmentation(data, data.customers.columns, truth))
    pd.testing.assert_frame_equal(again.curve, tool.curve)
    assert (again.card.weights.start == tool.card.weights.start).all()


def test_paper_has_small_points_and_agrees_with_the_fine_card_on_nearly_all(two_items):
    data, _, tool = two_items
    points = np.vstack([tool.paper.weights.start, *tool.paper.weights.of_answer])
    assert (points == points.round()).all() and points.min() == 0 and points.max() <= 10
    assert (tool.paper.assign(data.customers) == tool.card.assign(data.customers)).mean() > 0.95


def test_one_customer_at_a_time_gives_what_all_at_once_give():
    data, truth = mixed()
    tool = typing_tool(data, segmentation(data, ("days_since", "share_web_shop"), truth))
    for card in (tool.card, tool.paper):
        given = card.given(data.customers.iloc[:200])
        assert [card.answered(tuple(row))[0] for row in given] == card.assign(data.customers.iloc[:200]).tolist()
    assert UNSURE in set(tool.card.assign(data.customers)) and tool.outcome.unsure > 0


@pytest.mark.parametrize("seed", range(2))
def test_where_nothing_tells_segments_apart_that_is_said(seed):
    rng = np.random.default_rng(seed)
    data = customer_data(pd.DataFrame(rng.normal(size=(150, 20)), columns=[f"v{i}" for i in range(20)]))
    found = typing_tool(data, segmentation(data, ("v0", "v1"), rng.choice(3, 150, p=[0.5, 0.3, 0.2])))
    assert isinstance(found, Untold) and found.because.startswith("Nothing that one can ask")


def test_too_few_customers_and_one_segment_are_said():
    data, truth = answers(96)
    found = typing_tool(data, segmentation(data, data.customers.columns, truth))
    assert found == Untold("There are 96 customers. Whether a few questions tell their segments cannot be told below 100.")
    data, truth = answers(120)
    one = typing_tool(data, segmentation(data, data.customers.columns, truth * 0))
    assert one == Untold("There is only one segment: every customer belongs to it.")


def test_nothing_to_ask_is_said():
    data = customer_data(pd.DataFrame({"key": [f"k{i}" for i in range(120)]}))
    found = typing_tool(data, segmentation(data, ("key",), np.arange(120) % 2))
    assert isinstance(found, Untold) and found.because.startswith("There is nothing in these data")


def test_of_segments_by_a_rule_the_rule_is_the_tool():
    data, truth = mixed(120)
    by_rule = segmentation(data, ("days_since", "Kind of; firm"), truth, method=Method.BY_HAND)
    assert typing_tool(data, by_rule).labels == ("Days since", "Kind of; firm")
    assert isinstance(typing_tool(data, by_rule), OwnRule)


def test_many_customers_are_drawn_from_and_that_is_known(monkeypatch):
    monkeypatch.setattr(of_tool, "MOST_CUSTOMERS", 400)
    data, truth = answers(1200)
    tool = typing_tool(data, segmentation(data, data.customers.columns, truth))
    assert (tool.customers, tool.drawn_from, len(tool.outcome.segment)) == (400, 1200, 400)
    assert {q.variable for q in tool.card.questions} == {"item_00", "item_01"}


def test_how_many_of_a_handful_are_recognised_is_not_told():
    """Of eight customers six are recognised: the two others would be known. Of 60 all but one are, so a word must do."""
    segment = np.repeat([0, 1, 2], [40, 8, 60])
    said = np.concatenate([[0] * 30 + [1] * 10, [1] * 6 + [-1] * 2, [2] * 59 + [0]])
    names = pd.Series(["Inns", "Camps", "Hotels"], index=["s1", "s2", "s3"])
    found = recall(Outcome(said, said, segment), ("s1", "s2", "s3"), names)
    assert found["segment_name"].tolist() == ["Inns", "Camps", "Hotels"]
    assert pd.isna(found.loc["s2", "right"]) and found.loc["s3", "right"] == "nearly all"


def test_what_can_be_asked_before_the_first_order_has_a_figure_of_its_own():
    data, truth = mixed()
    tool = typing_tool(data, segmentation(data, data.customers.columns, truth))
    assert [question.variable for question in tool.at_once.questions] == ["Kind of; firm"]
    # eight in ten have the kind of their segment, of the others one in four; one in ten has none
    assert tool.at_once.low < 0.9 * 0.85 + 0.1 / 3 < tool.at_once.high and tool.at_once.right < tool.curve["right"].max() - 0.1
    data, truth = answers(200)
    assert typing_tool(data, segmentation(data, data.customers.columns, truth)).at_once is None
