"""What notebook 1 shows, on the sample business."""

import pytest

from segkit.show import goals as show
from segkit.workbook.session import Session


@pytest.fixture
def session(tmp_path) -> Session:
    return Session(tmp_path)


def text(piece) -> str:
    return " ".join(piece.html.text.split())


def test_conditions_are_wishes_that_a_reason_may_set_aside(session):
    assert text(show.good_segment(session)).startswith(
        "A segment should meet all of these. One that misses any is marked, and you target it only with a reason: - It differs "
        "clearly from the other segments - It is large enough to be worth a plan of its own - We can tell who belongs to it "
        "- We can reach it “Large enough” means at least 4 % of your customers."
    )
    session.choose("goals", knock_outs=["reachable"])
    assert "a reason: - We can reach it What counts" in text(show.good_segment(session)), "of size nothing was asked"
    session.choose("goals", knock_outs=[])
    assert text(show.good_segment(session)).startswith("You have set no conditions that a segment must meet. What counts")


def test_a_yes_before_any_data_is_not_the_last_word(session):
    session.choose("goals", segment_at_all="yes")
    assert (
        "Before looking at the data, the answer is yes: we segment. Notebook 3 shows whether the data bear this out."
    ) in text(show.whether(session))
    session.choose("goals", segment_at_all="not_now")
    assert "The answer is: not now." in text(show.whether(session))
