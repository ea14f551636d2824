"""What notebook 5 shows, on the sample business: what is rated and what is not, and which conditions are missed."""

import pytest

from segkit.show import targeting as show
from segkit.workbook.session import Session

ORDER = ("Offices", "Subscribers", "Connoisseurs", "Gift givers", "Passers-by")
UNRATED = "Our position is not rated yet, so there is no chart of attractiveness against position."
CONDITIONS = (
    "You asked of every segment: it differs clearly from the other segments; it is large enough to be worth a plan of its "
    "own; we can tell who belongs to it; we can reach it."
)


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    return Session(tmp_path_factory.mktemp("targeting"))


@pytest.fixture
def rate(session):
    """Return a function that rates the segments, each by what is given for it; and put the goals back in the end."""
    goals, targeting = session.goals, session.targeting
    filed = session.results.criteria.filed_under
    assert tuple(session.results.criteria.segmentation.segments["segment_name"]) == ORDER

    def rate(**given):
        ratings = [{"segmentation": filed, "segment_id": segment_id, **one} for segment_id, one in given.items()]
        session.choose("targeting", ratings=ratings)

    yield rate
    session.choose("goals", knock_outs=goals.knock_outs, smallest_share=goals.smallest_share, weights=goals.weights)
    session.choose("targeting", ratings=targeting.ratings)


def text(piece) -> str:
    return " ".join(piece.html.text.split())


def test_what_is_not_rated_stands_open_and_does_not_count(session, rate):
    rate()
    said = text(show.evaluation(session))
    assert UNRATED in said and "Bubble chart" not in said and "<img" not in show.evaluation(session).html.styled
    assert "Profit (1 to 5)" not in said and "Value (1 to 5)" in said
    assert said.endswith(
        "3 is as much as the average segment has, 4 is three times as much, 2 is a third. Your own ratings: our position; "
        "“–” means not rated yet. Not counted in attractiveness, because it is not known for every segment: profit, ease "
        "and fit."
    )
    assert "Offices 3.6 1.0 4.2 " in said and " 3.0 – " not in said, "an unrated position is no 3"


def test_a_rating_of_some_segments_is_shown_and_does_not_count_until_all_have_one(session, rate):
    every = {f"s{i}": {"profit": 4, "ease": 2, "fit": 3, "position": 3} for i in range(1, 6)}
    rate(**every | {"s2": {"position": 3, "fit": 3, "ease": 2}})
    said = text(show.evaluation(session))
    assert "Profit (1 to 5)" in said and said.endswith("because it is not known for every segment: profit.")
    rate(**every)
    said = text(show.evaluation(session))
    assert said.endswith("Your own ratings: profit, ease, fit and our position; “–” means not rated yet.")
    assert said.startswith("Bubble chart of attractiveness against position. Offices: attractiveness ") and UNRATED not in said


def test_where_only_the_attractiveness_is_not_known_the_position_is_not_called_unrated(session, rate):
    session.choose("goals", weights=[{"criterion": "profit", "weight": 5}])
    rate(**{f"s{i}": {"position": 3} for i in range(1, 6)})
    said = text(show.evaluation(session))
    assert "Nothing is known yet that the segments could be compared by: rate them above." in said
    assert "Bubble chart" not in said and "position is not rated yet" not in said


def test_conditions_are_said_and_each_segment_is_held_against_them(session, rate):
    said = text(show.knock_outs(session))
    assert said.startswith(f"{CONDITIONS} The segments against the conditions from step 1")
    assert said.count("meets them all") == 5 and "you decide" not in said
    session.choose("goals", smallest_share=0.19)
    said = text(show.knock_outs(session))
    assert said.startswith(f"{CONDITIONS} A segment that misses one is not dropped: you decide, and your reason is kept. ")
    assert "Subscribers 553 misses: too small: 18.7 % of the customers, you asked for 19.0 %" in said
    assert "Offices 142 misses: too small: 5 % of the customers, you asked for 19 %" in said
    assert said.count("meets them all") == 3


def test_without_conditions_none_is_missed(session, rate):
    session.choose("goals", knock_outs=[])
    assert text(show.knock_outs(session)) == "Note: In step 1 you set no conditions that a segment must meet."


def test_a_target_that_misses_a_condition_needs_a_reason(session, rate):
    session.choose("goals", smallest_share=0.19)
    missed = (
        "“Subscribers” is a target although it misses a condition from step 1 (too small: 18.7 % of the customers, you "
        "asked for 19.0 %)."
    )
    rate(s2={"target": True}, s3={"target": True}, s1={"target": False})
    said = text(show.plans(session))
    assert f"Please note: {missed} Write down why, or drop it." in said and said.count("although it misses") == 1
    rate(s2={"target": True, "although": "They pay in advance."}, s3={"target": True, "although": "It grows."})
    said = text(show.plans(session))
    assert f"{missed} Why: They pay in advance." in said and "Write down why" not in said
    assert "It grows." not in said, "what meets the conditions needs no reason"


def test_where_all_conditions_are_met_no_reason_is_asked_for(session, rate):
    rate(s2={"target": True, "although": "They pay in advance."})
    assert "although" not in text(show.plans(session)) and "in advance" not in text(show.plans(session))
