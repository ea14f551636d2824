import pytest

from segkit.show.criteria import comparison
from segkit.workbook.session import Session

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    return Session(tmp_path_factory.mktemp("workspace"))


def test_segments_across_numbers_have_a_picture_a_sentence_and_a_table(session):
    shown = comparison.across(session).html
    assert "Read from left to right. Of the 5 segments chosen" in shown.text
    names = [row["name"] for _, row in session.results.criteria.lines.chosen.iterrows()]
    assert len(names) == 5 and all(name in shown.text for name in names)
    assert 'alt="Columns of segments for 2 to 8 segments' in shown.body


def test_ways_side_by_side_and_a_look_ahead(session):
    shown = comparison.side_by_side(session).html.text
    for part in (
        "By hand",
        "RFM",
        "From the data",
        "By where they are",
        "Who changes groups from one way to another",
        "would change groups",
    ):
        assert part in shown
    ahead = comparison.look_ahead(session).html.text
    assert ahead.startswith("Segments formed on orders up to ") and "How well each way looks ahead" in ahead
    explained = {title: one.explained for title, one in session.results.comparison.holdouts.items()}
    assert explained["From the data"] > 0.3 > 10 * session.results.comparison.holdouts["From the data"].by_chance


def test_a_refused_way_is_named_once(tmp_path):
    """The survey's customers have no orders: the refusal begins with the way's own name."""
    file = tmp_path / "survey.csv"
    people = range(120)
    file.write_text(
        "customer_id,age,likes\n" + "".join(f"{i},{20 + i % 50},{'Yes' if i % 3 else 'No'}\n" for i in people), encoding="utf-8"
    )
    session = Session(tmp_path / "workspace")
    session.choose("data", sample="", files=[{"kind": "customers", "path": str(file)}])
    said = comparison.side_by_side(session).html.text
    assert "RFM needs the date of the last order" in said and "RFM: RFM" not in said
