"""Goals are met again: where the business stands, by segment, among the targets, and after a later period."""

import pytest

from segkit.show import frame
from segkit.show import goal_met as met
from segkit.widgets import goals as ask
from segkit.widgets.field import fields
from segkit.words.terms import Step
from segkit.workbook.session import Session


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    return Session(tmp_path_factory.mktemp("goals"))


def text(piece) -> str:
    return " ".join(piece.html.text.split())


def test_the_sample_stands_where_its_worked_example_says(session):
    """The example's own figure of today is the one that its orders tell."""
    said = text(met.where_we_stand(session))
    goal = next(goal for goal in session.goals.goals if goal.reason == "win_back")
    assert f"“Win back customers who have gone quiet” today: {goal.baseline:.0f}." in said
    assert f"{goal.baseline:.0f} ordered again in the quarter after." in said
    assert "This is not quite the figure that you wrote down" in said  # the other goal is measured otherwise


def test_goals_are_named_at_the_head_of_later_notebooks_only(session):
    assert "Your goals: “Sell more" in text(frame.opening(session, "criteria"))
    assert "target 40, by 31 December 2026" in text(frame.opening(session, "review"))
    assert "You are here for" not in text(frame.opening(session, "goals"))


def test_a_goal_by_segment_among_targets_and_since_then(session):
    shown = text(met.by_segment(session))
    assert "Goal: Win back customers who have gone quiet" in shown and "95 % confidence range" in shown
    assert "Your goal “Win back customers who have gone quiet”: Subscribers and Connoisseurs hold" in text(
        met.in_targets(session)
    )
    since = text(met.since_then(session))
    assert "before 24 (" in since and "your target is 40." in since and "different seasons" in since


def test_one_click_fills_in_the_figure_of_today_and_a_target(tmp_path):
    session = Session(tmp_path)
    session.choose("goals", goals=[{"reason": "keep"}])
    view = ask.goals(session)
    button = next(w for w in view.body.children if getattr(w, "description", "").startswith("Fill in"))
    button.click()
    goal = session.goals.goals[0]
    assert (goal.baseline, goal.target, f"{goal.by}") == (70.4, 72.0, "2027-01-01") and "bought again" in goal.measure
    assert session.answer_to(Step.GOALS, "goals", "keep", "target").yours
    shown = {field.control.description: field.control.value for field in reversed(list(fields(view.body)))}  # the first goal's
    assert shown["Today's figure"] == "70.4" and shown["Target"] == "72"
    assert "Filled in." in view.message.value
    session.choose("goals", goals=[{"reason": "service"}])
    button.click()
    assert "Your file holds no complaints: count them for a month." in view.message.value
    assert session.goals.goals[0].baseline is None


def test_without_goals_nothing_is_made_up(tmp_path):
    session = Session(tmp_path)
    session.choose("goals", goals=[])
    assert "Once you have picked a goal" in text(met.where_we_stand(session))
    assert "Once you have picked a goal in notebook 1" in text(met.by_segment(session))
