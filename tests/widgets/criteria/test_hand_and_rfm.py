"""The desktop exercise and RFM at the controls: pots by click, thresholds by typing, a naming table of one's own."""

import ipywidgets as w
import pytest

from segkit.decisions.criteria import Band
from segkit.show.criteria import choice
from segkit.show.criteria import pieces as show
from segkit.widgets.criteria import questions as criteria
from segkit.widgets.criteria.rfm import parsed
from segkit.widgets.field import fields
from segkit.words.errors import CriteriaError, WorkbookError
from segkit.words.terms import Method
from segkit.workbook.session import Session
from tests.core.criteria.test_rule_linter import NAMES, README
from tests.widgets.test_views import control, every, saved

BANDS = [{"variable": "monetary_total", "bands": 3}, {"variable": "recency_days", "bands": 3}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hand")


@pytest.fixture
def session(folder) -> Session:
    """Return a session in which nothing is decided; the data stay loaded."""
    for book in folder.glob("workbook*"):
        book.unlink()
    return Session(folder)


def toggles(view) -> list[w.ToggleButton]:
    """Return the pots on the screen."""
    (grid,) = [found for found in every(view.box) if isinstance(found, w.GridBox)]
    return [found for found in grid.children if isinstance(found, w.ToggleButton)]


def bars(view) -> list[str]:
    """Return what is shown beside each pot: all in one piece, so that a change shows whole."""
    (shown,) = [found.value for found in every(view.box) if isinstance(found, w.HTML) and "of the money" in found.value]
    return shown.split('<div style="font-size:12px">')[1:]


def click(view, label: str) -> None:
    control(view, label).click()


def test_pots_fill_with_customers_and_money_as_soon_as_a_band_changes(session):
    view = criteria.by_hand(session)
    assert len(toggles(view)) == 4
    control(view, "Number of bands").value = 3
    assert [band.bands for band in saved(session).criteria.by_hand] == [3, 2]
    assert len(toggles(view)) == 6
    total = len(session.results.data.customer_data.customers)
    shown = [int(text.split("<span>")[1].split(" customer")[0].replace(",", "")) for text in bars(view)]
    assert sum(shown) == total
    assert all("of the money" in text for text in bars(view))


def test_pots_are_put_together_and_taken_apart_by_click(session):
    view = criteria.by_hand(session)
    for pot in toggles(view)[:2]:
        pot.value = True
    assert [pot.icon for pot in toggles(view)] == ["check", "check", "", ""]
    click(view, "Put together")
    assert [entry.pots for entry in saved(session).criteria.pots] == [("a2-b1", "a2-b2")]
    assert [pot.description for pot in toggles(view)] == ["High spend", "Low spend, longer ago", "Low spend, more recent"]
    assert len(session.results.criteria.formed(Method.BY_HAND).segments) == 3
    assert "Put together: High spend" in view._repr_mimebundle_()["text/plain"]
    toggles(view)[0].value = True
    click(view, "Take apart")
    assert saved(session).criteria.pots == () and len(toggles(view)) == 4


def test_a_click_that_makes_no_sense_is_answered_in_words(session):
    view = criteria.by_hand(session)
    toggles(view)[0].value = True
    click(view, "Put together")
    assert "A single pot cannot be put together. Choose at least two." in view.message.value
    click(view, "Take apart")
    assert "There is nothing to take apart: no chosen pot was put together by you." in view.message.value
    for pot in toggles(view):
        pot.value = True
    click(view, "Put together")
    assert "All pots together would be one segment with everybody in it." in view.message.value
    assert saved(session).criteria is None


def test_more_than_seven_pots_bring_a_suggestion_that_one_click_takes(session):
    session.choose("criteria", by_hand=BANDS)
    view = criteria.by_hand(session)
    assert len(toggles(view)) > 7
    notes = " ".join(found.value for found in every(view.box) if isinstance(found, w.HTML))
    assert "pots are more than 7 segments" in notes and "Suggested groupings: “" in notes
    before = session.results.criteria.formed(Method.BY_HAND).segment_of
    assert before.nunique() == 7
    click(view, "Take the suggestion")
    assert len(toggles(view)) == 7 and control(view, "Take the suggestion").layout.display == "none"
    assert session.results.criteria.formed(Method.BY_HAND).segment_of.groupby(before).nunique().eq(1).all()
    click(view, "Start again")
    assert saved(session).criteria.pots == ()


def test_what_we_do_for_a_segment_and_its_own_name_are_kept_and_shown(session):
    view = criteria.by_hand(session)
    first = toggles(view)[0].description
    control(view, first, 1).value = "Send the spring list"
    assert [(e.pots, e.action) for e in saved(session).criteria.pots] == [(("a2-b2",), "Send the spring list")]
    assert "We: Send the spring list" in bars(view)[0]
    control(view, first, 2).value = "Sleeping giants"
    assert toggles(view)[0].description == "Sleeping giants"
    text = show.by_hand(session).html.text
    assert "Sleeping giants" in text and "Send the spring list" in text
    again = criteria.by_hand(Session(session.workspace.folder))
    assert control(again, "Sleeping giants", 1).value == "Send the spring list"


def test_merges_of_other_bands_are_kept_and_come_back(session):
    session.choose("criteria", by_hand=[BANDS[0]])
    session.hand.put_together("a1", "a2")
    session.choose("criteria", by_hand=[BANDS[1]])
    table = session.hand.table()
    assert len(table.pots) == 3
    assert "What you put together under 1 other choice of bands is kept and returns with those bands." in table.notes
    session.choose("criteria", by_hand=[BANDS[0]])
    assert [pot.pots for pot in session.hand.table().pots] == [("a3",), ("a1", "a2")]


def test_a_choice_without_a_mouse_shows_on_the_screen(session):
    view = criteria.by_hand(session)
    session.hand.put_together("a1-b1", "a1-b2")
    assert len(toggles(view)) == 3
    with pytest.raises(CriteriaError, match="There is no pot “z9”"):
        session.hand.take_apart("z9")


def test_pots_can_be_tried_without_saving(session):
    table = session.hand.table((Band(variable="frequency", bands=4),))
    assert sum(pot.size for pot in table.pots) == len(session.results.data.customer_data.customers)
    assert session.book.criteria is None


def test_thresholds_of_rfm_are_shown_typed_over_and_reset(session):
    view = criteria.rfm(session)
    first = control(view, "Recency (days)")
    drawn = first.value
    days = session.results.criteria.formed(Method.RFM).settings["thresholds"]["recency_days"]
    assert [float(part) for part in drawn.split("; ")] == list(days)
    assert marks(view) == {}
    first.value = drawn.replace(drawn.split("; ")[0], "9", 1)
    assert saved(session).criteria.rfm.recency == (9, *days[1:])
    assert session.results.criteria.formed(Method.RFM).settings["thresholds"]["recency_days"][0] == 9
    first.value = "twenty"
    assert "“twenty” is not a list of numbers" in marks(view)["Recency (days)"]
    assert first.value == "twenty" and saved(session).criteria.rfm.recency[0] == 9  # what was typed stays, to be mended
    first.value = "5000; 20"
    assert "the thresholds of recency must rise" in marks(view)["Recency (days)"]
    first.value = "1; 2; 3; 4; 5"
    assert "can hold 4 entries" in marks(view)["Recency (days)"]
    first.value = ""
    assert (first.value, saved(session).criteria.rfm.recency, marks(view)) == (drawn, (), {})
    control(view, "Orders").value = "3; 9"
    click(view, "Back to the thresholds from the data")
    assert saved(session).criteria.rfm.frequency == () and control(view, "Orders").value != "3; 9"


def marks(view):
    """Return what stands as a fault beside each field."""
    return {field.control.description: field.note.value for field in fields(view.body) if "seg-fault" in field.note.value}


def test_nested_bins_and_other_money_are_chosen(session):
    view = criteria.rfm(session)
    control(view, "Scores compare a customer").value = "nested"
    control(view, "Money means").value = "mean"
    assert (saved(session).criteria.rfm.bins, saved(session).criteria.rfm.money) == ("nested", "mean")
    assert any("Orders are scored afresh among" in found.value for found in every(view.box) if isinstance(found, w.HTML))
    assert "Spend per order" in show.rfm_names(session).html.text
    assert "margin" not in dict(control(view, "Money means").options).values()


def test_a_naming_table_of_ones_own_is_checked_at_once(session):
    view = criteria.rfm(session)
    table = "\n".join(
        f"{name}: {r[0]}-{r[1]}, {f[0]}-{f[1]}, {m[0]}-{m[1]}" for name, (r, f, m) in zip(NAMES, README, strict=True)
    )
    control(view, "Your table").value = table
    shown = " ".join(found.value for found in every(view.box) if isinstance(found, w.HTML))
    assert "Of the 125 combinations 58 match several rules and 10 match none." in shown
    assert "Customer, for example" in shown
    assert len(saved(session).criteria.rfm.names) == 10
    report = show.rfm_names(session).html.text
    assert "58 match several rules" in report and "for example" not in report.lower()
    control(view, "Your table").value = "Best 4-5"
    assert "“Best 4-5” is not a line of a naming table. Write it as: Best: 4-5, 4-5, 4-5" in view.message.value
    control(view, "Your table").value = ""
    assert saved(session).criteria.rfm.names == ()


def test_naming_tables_are_read_as_people_write_them():
    (rule,) = parsed("  Can't lose: 1–2; 5 ; 1-5\n\n")
    assert rule == {"name": "Can't lose", "recency": (1, 2), "frequency": (5, 5), "monetary": (1, 5)}
    with pytest.raises(WorkbookError):
        parsed("nothing")


def test_the_naming_table_is_shown_whole(session):
    html = show.rfm_names(session).html
    assert html.body.count("<td style=") == 125 + 5
    assert (
        "Each of the 250 combinations belongs to exactly one segment: no overlap, no gap. "
        "There are 125 for customers who came back, and 125 for those who bought once."
    ) in html.text
    assert "Champions: " in html.text and "of 125 combinations" in html.text
    assert "<b>Recency 5</b> (most recent)" in html.body and "<b>Recency 1</b> (longest ago)" in html.body
    assert "<b>Recency 3</b></caption>" in html.body


def test_criteria_of_notebook_1_are_held_against_each_way(session):
    text = choice.asked_for(session).html.text
    assert "No. “Best gone quiet” holds only 0.9 % of the customers; you asked for 4 %" in text
    assert "You judge. Do you have an address" in text
    assert "They are as the workbook suggested them: no later change is recorded." in text
    session.choose("goals", smallest_share=0.005)
    text = choice.asked_for(session).html.text
    assert "before any segments were chosen." in text and "Best gone quiet" not in text
    session.choose("criteria", method="rfm")
    session.choose("goals", smallest_share=0.02)
    assert "bear in mind that criteria set after seeing results tend to" in choice.asked_for(session).html.text
