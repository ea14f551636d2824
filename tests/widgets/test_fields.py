"""Each field of each form, given what people type by mistake: words beside the field, and what was kept stays kept."""

import datetime as dt

import ipywidgets as w
import pytest

from segkit.show import frame
from segkit.widgets import fields as f
from segkit.widgets import goals, profiles, review, targeting
from segkit.widgets.criteria import questions as criteria
from segkit.widgets.data import questions as data
from segkit.widgets.field import Bound, fields
from segkit.words.terms import Step
from segkit.workbook.decided import Answer
from segkit.workbook.session import Session

VIEWS = {
    "business": goals.business, "goals": goals.goals, "good segment": goals.good_segment, "break-even": goals.break_even,
    "whether": goals.whether, "rules": data.rules, "method": criteria.method, "personas": profiles.personas,
    "ratings": targeting.ratings, "plans": targeting.plans, "why these": targeting.why_these, "adjust": review.adjust,
}  # fmt: skip

SHORT = ["", "twelve", "-5", "9e99", "<script>alert(1)</script>", "😀", "\u202eabc", "one\ntwo", "=1+1", "150 %", "1.500,00"]
BAD = [*SHORT, "x" * 300, "x" * 5000]


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


@pytest.mark.parametrize("name", VIEWS)
def test_whatever_is_typed_is_kept_or_refused_in_words_beside_the_field(session, name, monkeypatch):
    monkeypatch.setenv("SEGKIT_STRICT", "1")  # what nobody foresaw is an error here
    view = VIEWS[name](session)
    typed_into = [field for field in fields(view.box) if isinstance(field.control, w.Text | w.Textarea)]
    for field in typed_into[:2] + typed_into[-2:]:  # those between are of the same kinds
        for typed in BAD:
            before = field.bound.get()
            field.control.value = "a moment before"
            field.control.value = typed
            if field.fault:
                assert field.bound.get() in (before, "a moment before") and field.control.value == typed
                assert "Not saved. " in field.note.value and "Input should" not in field.note.value
                assert "<script>" not in field.note.value and "Traceback" not in field.note.value
                assert "see the marked field" in view.message.value
            else:
                kept = Session(session.workspace.folder)
                assert kept.decision(view.step) == session.decision(view.step)
                assert field.control.value == field.shown, "what is shown is what is stored"
        while session.undo():
            pass


def held(value, *, shown=f.number, **how):
    """Return a field on a value that is kept in a list, and the list."""
    kept = [value]
    return shown(
        "Budget", Bound(lambda: kept[-1], lambda new: kept.append(new) or "", lambda: Answer("suggested", None)), **how
    ), kept


def test_a_number_that_could_mean_two_things_is_said_as_it_was_understood():
    field, kept = held(None)
    field.control.value = "1.500"
    assert kept[-1] == 1.5 and "Understood as 1.5" in field.note.value and field.control.value == "1.5"
    field.control.value = "1,500"
    assert kept[-1] == 1500 and "Understood" not in field.note.value


def test_a_percentage_is_typed_and_shown_as_one():
    field, kept = held(0.05, shown=f.share, expects="usually 5 %")
    assert field.control.value == "5 %" and "usually 5 %" in field.note.value
    field.control.value = "30"
    assert kept[-1] == 0.3 and field.control.value == "30 %"
    field.control.value = "many"
    assert kept[-1] == 0.3 and "Still saved: 30 %." in field.note.value and field.control.value == "many"
    field.control.value = ""
    assert kept[-1] is None and not field.fault


def test_a_field_follows_what_changes_elsewhere_but_not_under_the_hands_of_who_types():
    field, kept = held(3)
    kept.append(4)
    field.refresh()
    assert field.control.value == "4"
    field.control.value = "four"
    kept.append(5)
    field.refresh()
    assert field.control.value == "four" and "Still saved: 5." in field.note.value


def test_undo_in_one_form_is_seen_in_the_other(tmp_path):
    session = Session(tmp_path)
    form, reasons = goals.business(session), goals.whether(session)
    (name, *_), (answer, _) = fields(form.box), fields(reasons.box)
    name.control.value, answer.control.value = "Blue Door", "not_now"
    assert "yours, " in name.tag.value and "example" in list(fields(form.box))[1].tag.value
    session.undo()
    session.undo()
    assert name.control.value == "Kettle & Crane Coffee" and "example" in name.tag.value and answer.control.value == "yes"


def test_another_notebooks_choice_is_taken_over(tmp_path):
    here, there = Session(tmp_path), Session(tmp_path)
    name = next(fields(goals.business(here).box))
    there.choose("goals", business=there.goals.business.revise(name="Blue Door"))
    here.look_around()
    assert name.control.value == "Blue Door"
    told = []
    here.watch("mine", told.append)
    here.look_around()
    assert told == [], "told once"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, ""),
        (Answer("example", None), "example"),
        (Answer("yours", None), "yours"),
        (Answer("yours", dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)), "yours, 1 May 2026"),
    ],
)
def test_whose_an_answer_is_is_said(answer, said):
    assert frame.whose(answer) == said


def test_two_boxes_never_share_one_answer(tmp_path):
    session = Session(tmp_path)
    *_, why = fields(goals.goals(session).box)
    why.control.value = "Because of the lease."
    assert session.goals.why == "Because of the lease." != session.goals.why_at_all
    assert session.answer_to(Step.GOALS, "why").yours and not session.answer_to(Step.GOALS, "why_at_all").yours
