"""What the page of a notebook saves: each result carries what it says now, whatever was chosen after its cell was run."""

import ipywidgets as w

from segkit.show import goals
from segkit.words.terms import Step
from segkit.workbook.session import Session

LIVE = "application/vnd.jupyter.widget-view+json"


def state(bundle):
    """Return what the page knows of a live result."""
    return w.Widget.get_manager_state()["state"][bundle[LIVE]["model_id"]]["state"]


def test_a_result_carries_what_it_says_now(tmp_path):
    session = Session(tmp_path)
    shown = goals.goals(session)._repr_mimebundle_()
    assert (state(shown)["value"], state(shown)["text_plain"]) == (shown["text/html"], shown["text/plain"])
    session.choose(Step.GOALS, business=session.goals.business.revise(name="<img src=x onerror=alert(1)>"), why="To sell more.")
    now = goals.goals(session).html
    assert (
        (state(shown)["value"], state(shown)["text_plain"])
        == (now.styled, now.text)
        != (shown["text/html"], shown["text/plain"])
    )
    assert "To sell more." in now.text and "&lt;img src=x" in now.styled and "<img" not in now.styled


def test_a_cell_that_is_run_again_takes_the_place_of_its_former_self(tmp_path):
    session = Session(tmp_path)
    former = goals.whether(session)._repr_mimebundle_()
    latter = goals.whether(session)._repr_mimebundle_()
    session.choose(Step.GOALS, segment_at_all="not_now")
    assert "not now" in state(latter)["text_plain"] and state(former)["value"] == former["text/html"]
