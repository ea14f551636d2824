"""The chosen region reaches all that is shown: fields, questions, pieces, kept results and pictures, and the report."""

import asyncio
import datetime as dt
import inspect
import json
import re
from importlib import import_module

import ipywidgets as w
import pytest

from segkit.command.runner import _head
from segkit.decisions.workbook import Workbook
from segkit.report.page import render_report
from segkit.show.data import pieces as show_data
from segkit.show.redraw import REDRAWING
from segkit.widgets import fields as f
from segkit.widgets import goals, review
from segkit.widgets.field import Bound, fields
from segkit.words.numbers import number
from segkit.words.regions import Region
from segkit.words.terms import Step
from segkit.workbook.session import Session
from segkit.workbook.workspace import Workspace, begin

QUESTIONS = [
    (module, name)
    for module in (
        "criteria.questions", "data.begin", "data.confirm", "data.questions", "data.states", "export", "goals", "history",
        "profiles", "review", "targeting",
    )
    for name, one in inspect.getmembers(import_module(f"segkit.widgets.{module}"), inspect.isfunction)
    if one.__module__ == f"segkit.widgets.{module}" and [*inspect.signature(one).parameters] == ["session"] and name[0] != "_"
    and "View" in str(inspect.signature(one).return_annotation)
]  # fmt: skip


PICTURE = re.compile('base64,[^"]+')


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


def choose(session, region):
    session.choose("goals", business=session.goals.business.revise(region=region))


def named(view, label):
    """Return the field that is called so."""
    return next(one for one in fields(view.box) if one.control.description == label)


@pytest.mark.parametrize(("module", "name"), QUESTIONS)
def test_every_question_is_put_in_its_workbooks_writing(module, name):
    assert hasattr(getattr(import_module(f"segkit.widgets.{module}"), name), "__wrapped__")


def test_all_questions_are_found():
    assert len(QUESTIONS) > 25


def test_what_is_saved_is_shown_as_the_region_writes_and_follows_it(session):
    form, costs = goals.business(session), goals.break_even(session)
    session.choose(
        "goals", break_even=session.goals.break_even.revise(other_cost=1234.5, yearly_revenue=2_000_000, margin=0.125)
    )
    (other, revenue, margin) = list(fields(costs.box))[2:]
    assert (other.control.value, revenue.control.value, margin.control.value) == ("1,234.5", "2,000,000", "12.5 %")
    region = named(form, "Figures and dates as in")
    assert region.control.value is Region.GB and "1,234.50 · 5 % · 31 March 2026" in region.note.value
    region.control.value = Region.DE
    assert session.goals.business.region is Region.DE and "1.234,50 · 5 % · 31 March 2026" in region.note.value
    assert (other.control.value, revenue.control.value, margin.control.value) == ("1.234,5", "2.000.000", "12,5 %")
    assert revenue.control.placeholder == "a number, such as 1.500" and "such as 30 %" in margin.note.value
    session.undo()
    assert other.control.value == "1,234.5" and "1,234.50" in region.note.value
    assert "1,234.5" in costs._repr_mimebundle_()["text/plain"]


def test_what_is_typed_is_read_as_the_region_writes_and_said(session):
    choose(session, Region.DE)
    other = list(fields(goals.break_even(session).box))[2]
    other.control.value = "1.500"
    assert session.goals.break_even.other_cost == 1500 and other.control.value == "1.500"
    assert "Understood" not in other.note.value, "for it stands there as it was typed"
    other.control.value = "1,500"
    assert session.goals.break_even.other_cost == 1.5 and "Understood as 1,5" in other.note.value
    other.control.value = "plenty"
    assert "such as 1.500 or 12,5" in other.note.value and "Still saved: 1,5." in other.note.value
    other.control.value = "-5"
    assert "should be 0 or more" in other.note.value


@pytest.mark.parametrize(
    ("region", "meant", "shown"), [("GB", dt.date(2026, 4, 3), "3 April 2026"), ("US", dt.date(2026, 3, 4), "March 4, 2026")]
)
def test_a_date_is_typed_in_figures_and_said_in_words(session, region, meant, shown):
    choose(session, Region(region))
    last = list(fields(review.adjust(session).box))[-1]
    last.control.value = "03/04/2026"
    assert session.review_decision.next_review == meant
    assert last.control.value == shown and f"Understood as {shown}" in last.note.value
    last.control.value = "some day"
    assert "Not saved." in last.note.value and f"Still saved: {shown}." in last.note.value
    last.control.value = ""
    assert session.review_decision.next_review is None and not last.fault


def test_a_date_is_chosen_from_a_calendar_too():
    kept = [None]
    field = f.date("Until", Bound(lambda: kept[-1], lambda new: kept.append(new) or ""))
    calendar = next(one for one in field.control.children if isinstance(one, w.DatePicker))
    calendar.value = dt.date(2026, 4, 3)
    assert kept == [None, dt.date(2026, 4, 3)] and field.control.value == "3 April 2026" and not field.understood
    field.control.value = "4 May 2026"
    assert calendar.value == kept[-1] == dt.date(2026, 5, 4)
    calendar.value = None
    assert kept[-1] is None and field.control.value == "" and len(kept) == 4


@pytest.mark.parametrize("region", ["US", "DE", "CH"])
def test_a_piece_and_its_picture_follow_the_region_and_come_back_byte_for_byte(session, region):
    before = show_data.months(session).html
    choose(session, Region(region))
    after = show_data.months(session).html
    assert after.text != before.text or region == "US", "money of the caption"
    assert PICTURE.search(after.body)[0] != PICTURE.search(before.body)[0] or region == "US", "money at the axis"
    choose(session, Region.GB)
    assert show_data.months(session).html == before


def test_sentences_that_results_hold_are_worked_out_in_the_new_writing(session):
    british, data = session.why("001002"), session.results.data.customer_data
    assert session.results.data.customer_data is data, "kept"
    choose(session, Region.DE)
    german = session.why("001002")
    assert german != british and len(german) == len(british), "other signs, the same words"
    assert session.results.data.customer_data is not data


def test_what_a_person_wrote_about_a_segment_stays_with_it_in_another_region(session):
    before = session.results.criteria.filed_under
    choose(session, Region.DE)
    assert session.results.criteria.filed_under == before


def test_a_piece_that_is_drawn_anew_beside_the_work_is_written_as_who_asked(session):
    choose(session, Region.DE)

    class Live:
        value = ""
        add_class = remove_class = lambda self, name: None

    live = Live()

    async def ask():
        with session.writing():
            REDRAWING.ask("by region", live, lambda: number(0.5))
        for _ in range(200):
            await asyncio.sleep(0.02)
            if live.value:
                return

    asyncio.run(ask())
    assert live.value == "0,5"


def test_the_report_is_written_in_the_region_and_says_so(session):
    choose(session, Region.DE)
    with session.writing():
        page = render_report([], title="Ours", summary=_head(session))
    rows = session.results.data.customer_data.orders
    assert '<html lang="en-DE">' in page and f"{rows:,}".replace(",", ".") in page and f"{rows:,}" not in page


def test_the_machines_region_is_suggested_once_and_nobodys_own(tmp_path, monkeypatch):
    for name in ("LC_ALL", "LC_NUMERIC", "LC_TIME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_CH.UTF-8")
    begin(tmp_path)
    session = Session(tmp_path)
    assert session.region is Region.CH and not session.is_chosen(Step.GOALS)
    assert session.answer_to(Step.GOALS, "business", "region").whose == "suggested"
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    begin(tmp_path)
    assert Session(tmp_path).region is Region.CH, "looked up when the workbook was begun, and never again"
    choose(session, Region.AT)
    assert Session(tmp_path).region is Region.AT and session.answer_to(Step.GOALS, "business", "region").yours


def test_a_workspace_that_no_person_starts_is_british_whatever_the_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "de_CH.UTF-8")
    assert Session(tmp_path).region is Region.GB


def test_a_workspace_of_before_stays_british_and_its_answers_stay_as_they_were(tmp_path):
    Workspace(tmp_path)
    old = Workbook().model_dump(mode="json") | {"schema_version": 2}
    del old["region_found"]
    (tmp_path / "workbook.json").write_text(json.dumps(old))
    session = Session(tmp_path)
    assert session.region is Region.GB and session.book.history == ()
    choose(session, Region.US)
    assert Session(tmp_path).region is Region.US and len(session.book.history) == 1
