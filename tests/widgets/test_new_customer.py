"""The questions that tell a segment, answered for one new customer: nothing of it is kept."""

import re

import pytest

from segkit.core.profiles.typing_tool.tool import Untold
from segkit.show.profiles import typing_tool
from segkit.widgets import export
from segkit.widgets.profiles import new_customer
from segkit.words.terms import Method, Step
from segkit.workbook.results.profiles import ProfileResults
from segkit.workbook.session import Session


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    session = Session(tmp_path_factory.mktemp("typing"))
    session.choose(Step.CRITERIA, method=Method.K_MEANS, n_segments=4)
    return session


def text(html: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def asked(view):
    fields, answer = view.body.children
    return [control for control in fields.children if hasattr(control, "options")], answer


def test_answers_lead_to_the_segment_that_the_tool_names(session):
    tool, names = session.results.profiles.typing_tool, session.results.criteria.segmentation.segments["segment_name"]
    view = new_customer(session)
    controls, answer = asked(view)
    assert len(controls) == len(tool.card.questions) and all(control.value == -1 for control in controls)
    assert text(answer.value) == "Answer the questions to read the segment."
    customers = session.results.data.customer_data.customers.iloc[::150]
    for given, segment in zip(tool.card.given(customers), tool.card.assign(customers), strict=True):
        for control, place in zip(controls, given, strict=True):
            control.value = int(place)
        said = text(answer.value)
        assert said.startswith("Answer: Unsure: " if segment == "unsure" else f"Answer: “{names[segment]}”: it is ")
    for control in controls:
        control.value = -1
    assert text(answer.value) == "Answer the questions to read the segment."


def test_no_answer_is_kept(session):
    before = (session.workspace.folder / "workbook.json").read_bytes()
    view = new_customer(session)
    controls, _ = asked(view)
    controls[0].value = 0
    assert (session.workspace.folder / "workbook.json").read_bytes() == before
    assert "no answer is kept" in view.words.text and controls[0].options[1][0] not in view.words.text


def test_the_piece_says_how_few_questions_do_and_the_form_is_written(session):
    tool = session.results.profiles.typing_tool
    said = typing_tool(session).html.text
    n = len(tool.card.questions)
    assert re.search(rf"{n} questions? puts? \d\d of 100 new customers into the right segment \(\d\d to \d\d", said)
    assert "For those who want to know more: which segments are recognised best" in said
    button = export.typing_tool(session)
    button.body.children[0].click()
    assert "form.html: the form on one page" in text(button.message.value)
    assert (session.workspace.folder / "exports" / "typing_tool" / "form.html").exists()


def test_a_new_name_changes_what_is_said_and_not_what_is_asked(session):
    view = new_customer(session)
    controls, answer = asked(view)
    controls[0].value = 0
    old = str(session.results.criteria.segmentation.segments["segment_name"].iloc[0])
    session.write_entry(Step.PROFILES, "labels", "s1", name="Our friends")
    assert asked(view)[0] == controls and controls[0].value == 0
    assert "Our friends" in typing_tool(session).html.text and f"{old} " not in typing_tool(session).html.text
    assert text(answer.value).startswith("Answer: ")


def test_other_segments_ask_other_questions_and_a_rule_asks_none(session):
    view = new_customer(session)
    asked(view)[0][0].value = 0
    session.choose(Step.CRITERIA, method=Method.RFM)
    controls, answer = asked(view)
    assert controls == [] and "formed by a rule, so the rule itself is the tool" in text(answer.value)
    assert "formed by a rule" in typing_tool(session).html.text
    session.choose(Step.CRITERIA, method=Method.K_MEANS)
    assert asked(view)[0] and all(control.value == -1 for control in asked(view)[0])


def test_where_nothing_can_be_told_that_is_said(session, monkeypatch):
    monkeypatch.setattr(ProfileResults, "typing_tool", property(lambda _: Untold("There is only one segment.")))
    assert "Answer: There is only one segment." in typing_tool(session).html.text
    controls, answer = asked(new_customer(session))
    assert controls == [] and text(answer.value) == "Answer: There is only one segment."
    button = export.typing_tool(session)
    button.body.children[0].click()
    assert "There is only one segment." in text(button.message.value)
