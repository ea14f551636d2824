"""A control is a window on the saved workbook: tested without a browser, by setting values as a person would."""

from collections.abc import Iterator

import ipywidgets as w
import pytest

from segkit.decisions.workbook import Workbook
from segkit.handover.survey import questions
from segkit.show import profiles as show_profiles
from segkit.widgets import controls, export, goals, profiles, review, targeting
from segkit.widgets.criteria import questions as criteria
from segkit.widgets.data import confirm, states
from segkit.widgets.data import questions as data
from segkit.widgets.field import fields
from segkit.widgets.view import View
from segkit.words.errors import DataError
from segkit.words.terms import Attractiveness, FileKind, GoalReason, Method, Scaling, SegmentAtAll, Step
from segkit.workbook.session import Session


@pytest.fixture
def session(tmp_path) -> Session:
    return Session(tmp_path)


def every(widget: w.Widget) -> Iterator[w.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def control(view: View, label: str, place: int = 0) -> w.Widget:
    return [found for found in every(view.box) if getattr(found, "description", "") == label][place]


def faults(view: View) -> list[str]:
    return [field.fault for field in fields(view.box) if field.fault]


def marked(view: View) -> str:
    return " ".join(field.note.value for field in fields(view.box))


def saved(session: Session) -> Workbook:
    return Session(session.workspace.folder).book


ASKED = {
    "business": goals.business,
    "goals": goals.goals,
    "good segment": goals.good_segment,
    "break-even": goals.break_even,
    "whether": goals.whether,
    "source": data.source,
    "confirm": confirm.questions,
    "reading": data.reading,
    "roles": data.roles,
    "states": states.meanings,
    "rules": data.rules,
    "survey": data.survey,
    "privacy": data.privacy,
    "by hand": criteria.by_hand,
    "rfm": criteria.rfm,
    "variables": criteria.variables,
    "look for": criteria.look_for,
    "comparing": criteria.comparing,
    "other base": criteria.other_base,
    "method": criteria.method,
    "personas": profiles.personas,
    "spread_of": profiles.spread_of,
    "lifetime": profiles.lifetime,
    "ratings": targeting.ratings,
    "plans": targeting.plans,
    "why these": targeting.why_these,
    "later": review.later_period,
    "adjust": review.adjust,
    "lists": export.lists,
    "moved": export.moved,
    "typing tool": export.typing_tool,
    "report": export.report,
}


@pytest.fixture(scope="module")
def sample_session(tmp_path_factory) -> Session:
    return Session(tmp_path_factory.mktemp("sample"))


@pytest.mark.parametrize("name", ASKED)
def test_every_view_reads_well_without_widgets_and_changes_nothing_by_being_shown(sample_session, name):
    view = ASKED[name](sample_session)
    bundle = view._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert any(word in bundle["text/html"] for word in ("suggested", "example", "not confirmed yet")) and bundle["text/plain"]
    assert "yours" not in bundle["text/html"]
    assert sample_session.book == Workbook(), "showing a question must not answer it"


def said(view: View) -> tuple[str, str]:
    return view.box.text_html, view.box.text_plain


def test_a_form_that_is_shown_carries_its_choices_in_words_as_they_are_now(session):
    form, other = goals.business(session), goals.whether(session)
    shown = form._repr_mimebundle_()
    other._repr_mimebundle_()
    assert said(form) == (shown["text/html"], shown["text/plain"])
    control(form, "Name of your business").value = "<script>alert(1)</script> & Sons"
    control(other, "Your answer").value = SegmentAtAll.NOT_NOW
    html, plain = said(form)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in html and "<script" not in html and "yours, " in html
    assert "Name: <script>alert(1)</script> & Sons;" in plain
    assert "Not now: treat all customers alike" in said(other)[0] and "Yes" not in said(other)[1]
    session.undo()
    session.undo()
    assert said(form) == (shown["text/html"], shown["text/plain"])


def test_forms_about_each_segment_follow_the_segments_each_in_its_own_words(session):
    ratings, plans = targeting.ratings(session), targeting.plans(session)
    for form in (ratings, plans):
        form._repr_mimebundle_()
    before = said(ratings), said(plans)
    session.choose(Step.CRITERIA, method=Method.RFM)
    now = said(ratings), said(plans)
    assert now[0] != before[0] and now[1] != before[1] and now[0] != now[1]
    assert now[0][1].startswith("Champions: not rated yet; ")


def test_words_that_cannot_be_found_say_why(session):
    def in_words():
        raise DataError("There is no file.", "Choose another.")

    form = View(session, Step.DATA, in_words)
    shown = form._repr_mimebundle_()
    assert "There is no file." in shown["text/html"] and shown["text/plain"] == (
        "Please note: There is no file. Choose another."
    )


@pytest.mark.parametrize("name", ASKED)
def test_every_control_says_what_it_is_for(sample_session, name):
    for found in every(ASKED[name](sample_session).box):
        if isinstance(found, w.ValueWidget) and not isinstance(found, w.HTML | w.Label):
            assert found.description.strip(), f"a nameless {type(found).__name__} in {name}"
        if hasattr(found, "continuous_update"):
            assert not found.continuous_update, "saved when left, not at each key"


def test_an_edit_is_saved_at_once_and_there_after_a_restart(session):
    view = goals.business(session)
    control(view, "Name of your business").value = "Blue Door"
    assert saved(session).goals.business.name == "Blue Door"
    assert "Saved at " in view.message.value
    again = goals.business(Session(session.workspace.folder))
    assert control(again, "Name of your business").value == "Blue Door"


def test_an_edit_that_does_not_fit_keeps_the_last_good_decision_and_says_why(session):
    view = goals.goals(session)
    control(view, "Today's figure").value = "12"
    control(view, "Today's figure").value = "twelve"
    assert saved(session).goals.goals[0].baseline == 12
    assert faults(view) == ["“twelve” is not a number. Type digits, such as 1,500 or 12.5."]
    assert "Still saved: 12." in marked(view) and "see the marked field" in view.message.value
    control(view, "Today's figure").value = "13"
    assert saved(session).goals.goals[0].baseline == 13 and not faults(view) and "Still saved" not in marked(view)


def test_a_reason_brings_its_measure_but_never_overwrites_ones_own(session):
    view = goals.goals(session)
    control(view, "We segment to", 2).value = GoalReason.KEEP
    suggested = control(view, "Measured by", 2).value
    assert suggested.startswith("Share of last year")
    control(view, "Measured by", 2).value = "my own measure"
    control(view, "We segment to", 2).value = GoalReason.SERVICE
    assert saved(session).goals.goals[2].measure == "my own measure"


def test_the_same_goal_twice_is_refused_in_words(session):
    view = goals.goals(session)
    first = control(view, "We segment to", 0).value
    control(view, "We segment to", 1).value = first
    assert faults(view) == ["the same goal appears twice; choose different goals."]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("12,5", 12.5),
        ("1,234", 1234),
        (" twelve", "twelve"),  # for the decision to refuse
    ],
)
def test_numbers_are_read_as_people_write_them(typed, meant):
    assert controls.typed_number(typed) == meant
    assert controls.typed_number("  ") is None


def test_conditions_read_as_wishes(session):
    said = goals.good_segment(session)._repr_mimebundle_()["text/plain"]
    assert "A segment should be: distinct; large enough; identifiable; reachable" in said


def test_weights_are_kept_apart(session):
    view = goals.good_segment(session)
    control(view, "Fit").value = 1
    weights = {weight.criterion: weight.weight for weight in saved(session).goals.weights}
    assert weights[Attractiveness.FIT] == 1 and weights[Attractiveness.VALUE] == 4


def test_a_rule_switched_off_is_off_in_the_results(session):
    before = session.results.data.customer_data.ledger.rows_kept
    control(data.rules(session), "Cancelled order or credit note").value = False
    assert session.results.data.customer_data.ledger.rows_kept > before


def test_an_own_file_is_chosen_only_when_it_is_named(session):
    (session.workspace.folder / "data" / "mine.csv").write_text("customer,date,amount\n1,2025-01-01,5\n")
    view = data.source(session)
    control(view, "Work with").value = ""
    assert saved(session).data is None and "Until then, the sample stays in use" in view.message.value
    control(view, "Orders or order lines").value = ("mine.csv",)
    assert saved(session).data.files[0].path == "mine.csv" and saved(session).data.sample == ""


def test_several_files_of_orders_are_chosen_and_shown_again(session):
    for month in ("jan", "feb"):
        (session.workspace.folder / "data" / f"{month}.csv").write_text("customer,date,amount\n1,2025-01-01,5\n")
    view = data.source(session)
    control(view, "Work with").value = ""
    control(view, "Orders or order lines").value = ("feb.csv", "jan.csv")
    assert [(f.kind, f.path) for f in saved(session).data.files] == [(FileKind.ORDERS, "feb.csv"), (FileKind.ORDERS, "jan.csv")]
    assert control(data.source(session), "Orders or order lines").value == ("feb.csv", "jan.csv")


def test_thresholds_of_ones_own(session):
    view = criteria.by_hand(session)
    control(view, "Cut into bands of").value = "own"
    control(view, "My own thresholds").value = "100; 500"
    assert saved(session).criteria.by_hand[0].thresholds == (100, 500)
    control(view, "My own thresholds").value = "many"
    own = next(field for field in fields(view.body) if field.control.description == "My own thresholds")
    assert "“many” is not a list of numbers" in own.note.value and "Still saved: 100; 500" in own.note.value
    control(view, "My own thresholds").value = "500; 100"
    assert "must rise from the first to the last" in own.note.value
    assert saved(session).criteria.by_hand[0].thresholds == (100, 500)


def test_the_way_to_split_is_chosen_and_other_views_follow(session):
    view = profiles.personas(session)
    first = control(view, "Segment").options
    control(criteria.method(session), "Form the segments").value = Method.RFM
    assert saved(session).criteria.method is Method.RFM
    assert control(view, "Segment").options != first


def test_the_method_that_looks_for_segments_follows_the_variables_until_chosen(session):
    session.choose("criteria", method="rfm")
    view = criteria.look_for(session)
    assert view.in_words() == [("Look for", "groups of similar customers (k-means), as the variables suggest")]
    control(view, "Look for").value = Method.HIERARCHICAL
    now = saved(session).criteria
    assert (now.method, now.found_by) == (Method.RFM, Method.HIERARCHICAL)
    control(criteria.method(session), "Form the segments").value = criteria.FROM_DATA
    assert saved(session).criteria.method is Method.HIERARCHICAL
    control(view, "Look for").value = Method.LATENT_CLASS
    assert saved(session).criteria.method is Method.LATENT_CLASS
    assert control(criteria.method(session), "Form the segments").value == criteria.FROM_DATA


def test_how_variables_are_compared_is_chosen(session):
    session.choose("criteria", variables=["frequency", "monetary_total", "household"])
    view = criteria.comparing(session)
    assert session.criteria.draw_in_outliers
    control(view, "Rein in extreme values, so that a single one does not become a segment of its own").value = False
    control(view, "Make numbers comparable").value = Scaling.RANGE
    control(view, "Demographic variables count").value = 2.0
    now = saved(session).criteria
    assert (now.log_skewed, now.draw_in_outliers, now.scaling) == (True, False, Scaling.RANGE)
    assert [(one.block, one.weight) for one in now.block_weights] == [("demographic", 2)]
    control(view, "Demographic variables count").value = 1.0
    assert saved(session).criteria.block_weights == ()
    assert ("Numbers scaled", "By their range, from smallest to largest") in view.in_words()
    session.choose("criteria", method="latent_class", scaling="none", block_weights=[{"block": "frequency", "weight": 2}])
    assert ("Weight of frequency", "2") in view.in_words()
    assert criteria.look_for(session).in_words() == [("Look for", "groups who give similar answers (latent class)")]


def test_a_persona_is_filed_under_its_segmentation_and_comes_back_with_it(session):
    view = profiles.personas(session)
    control(view, "Name of the persona").value = "Somebody"
    session.choose("criteria", method="by_hand")
    assert "Somebody" not in {p.name for p in session.entries(Step.PROFILES, "personas").values()}
    session.choose("criteria", method="k_means")
    assert "Somebody" in {p.name for p in session.entries(Step.PROFILES, "personas").values()}


def test_two_segments_of_one_name_are_refused_in_words(session):
    view = profiles.personas(session)
    twin = control(view, "Segment").options[1][0]
    control(view, "Name of the segment").value = twin
    assert f"Another segment is already called “{twin}”" in faults(view)[0] and not saved(session).profiles
    control(view, "Name of the segment").value = "Another name"
    assert session.results.criteria.segmentation.segments["segment_name"].iloc[0] == "Another name"


def test_a_target_opens_its_plan(session):
    rating, plan = targeting.ratings(session), targeting.plans(session)
    offered = len(control(plan, "Segment").options)
    control(rating, "Do we target it?").value = True
    assert len(control(plan, "Segment").options) == offered + 1
    control(plan, "Budget per year").value = "1.500,00"
    assert 1500 in {p.budget for p in session.targeting.plans}


def test_a_rating_is_open_until_somebody_gives_one(session):
    session.choose("targeting", ratings=[])
    view = targeting.ratings(session)
    fields = {
        "Our position (1 to 5)": "position", "Profit (1 to 5)": "profit", "Ease (1 to 5)": "ease", "Fit (1 to 5)": "fit",
    }  # fmt: skip
    asked = {label: found for found in every(view.box) for label in fields if getattr(found, "description", "") == label}
    assert all(isinstance(found, w.Dropdown) and found.label == "not rated yet" for found in asked.values()) and len(asked) == 4
    assert [label for label, _ in asked["Our position (1 to 5)"].options] == [
        "not rated yet", "1: weak", "2", "3: average", "4", "5: strong"
    ]  # fmt: skip
    assert "Offices: not rated yet" in view._repr_mimebundle_()["text/plain"]
    asked["Profit (1 to 5)"].value = 4
    (rating,) = saved(session).targeting.ratings
    assert (rating.profit, rating.position, rating.ease, rating.fit, rating.target) == (4, None, None, None, None)
    assert "Offices: not decided yet; our position not rated yet" in view._repr_mimebundle_()["text/plain"]
    control(view, "Our position (1 to 5)").value = 2
    assert "Offices: not decided yet; our position 2 of 5" in view._repr_mimebundle_()["text/plain"]
    control(view, "Profit (1 to 5)").label = "not rated yet"
    assert saved(session).targeting.ratings[0].profit is None


def test_a_segment_that_misses_a_condition_asks_for_a_reason(session):
    assert not any("why all the same" in getattr(found, "description", "") for found in every(targeting.ratings(session).box))
    session.choose("goals", smallest_share=0.19)
    view = targeting.ratings(session)
    (warned,) = [found.value for found in every(view.box) if isinstance(found, w.HTML) and "It misses: " in found.value]
    assert "It misses: too small: 5 % of the customers, you asked for 19 %." in warned.replace("\xa0", " ")
    control(view, "If yes, why despite this?").value = "They pay in advance."
    assert [r.although for r in saved(session).targeting.ratings if r.segment_id == "s1"] == ["They pay in advance."]
    control(view, "Segment").value = "s3"
    assert not any("It misses: " in getattr(found, "value", "") for found in every(view.box) if isinstance(found, w.HTML))


def test_the_no_mouse_twin_does_the_same(session):
    session.choose("criteria", method="rfm", why="we know it")
    assert control(criteria.method(session), "Form the segments").value is Method.RFM
    assert [e.chosen for e in saved(session).history if e.field == "method"] == ["rfm"]


def press(view: View) -> None:
    next(found for found in every(view.box) if isinstance(found, w.Button)).click()


def test_the_lists_are_written_by_a_button_and_old_ones_do_not_stay(session):
    press(export.lists(session))
    lists = session.workspace.folder / "exports" / "lists"
    assert sorted(path.name for path in lists.iterdir()) == ["s1.csv", "s2.csv", "s3.csv", "s4.csv", "s5.csv"]
    session.choose("criteria", method="rfm")
    press(export.lists(session))
    assert "champions.csv" in {path.name for path in lists.iterdir()} and not (lists / "s1.csv").exists()


def test_a_full_disk_while_lists_are_written_is_said_in_words(session, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("segkit.handover.lists.write_together", full)
    view = export.lists(session)
    press(view)
    assert "The lists cannot be written (no space left on device)." in view.message.value


def revenue_of(session):
    return session.results.data.customer_data.revenue


def test_how_a_file_is_read_can_be_changed_and_is_said(session):
    lines = "".join(f"K{i % 9};2024-01-0{1 + i % 9};1.{i:03d}\n" for i in range(60))
    (session.workspace.folder / "data" / "orders.csv").write_text("customer;date;amount\n" + lines, encoding="utf-8")
    session.use_files([{"kind": "orders", "path": "orders.csv"}])
    view = data.reading(session)
    assert "columns separated by semicolon" in view._repr_mimebundle_()["text/plain"]
    control(view, "Decimal sign").value = ","
    assert [choice.decimal for choice in saved(session).data.readings] == [","]
    assert "numbers with a decimal comma" in view._repr_mimebundle_()["text/plain"]
    whole = revenue_of(session)
    control(view, "Amounts").value = True
    assert revenue_of(session) == pytest.approx(whole / 100)
    control(view, "Amounts").value = None
    control(view, "Columns separated by").value = "tab"
    assert "columns separated by tab, as you chose" in session.read_how()[FileKind.ORDERS]
    control(view, "Columns separated by").value = ""
    control(view, "Lines above the table").value = "many"
    assert any("“many” is not a number" in field.note.value for field in fields(view.box))
    control(view, "Decimal sign").value = ""
    assert saved(session).data.readings == ()


def test_examples_of_personal_data_are_never_shown(session):
    shown = " ".join(found.value for found in every(data.roles(session).box) if isinstance(found, w.Label))
    assert "For example" in shown
    assert "@" not in shown


def test_a_ticked_question_is_asked_and_the_survey_is_written(session):
    view = data.survey(session)
    label = "I often buy for others. (what they think and value)"
    tick = control(view, label)
    tick.value = not tick.value
    assert ("ask_gift" in {q.id for q in questions(Session(session.workspace.folder))}) is tick.value
    control(view, "Write the survey now").click()
    assert "survey.html" in view.message.value and "folder exports/survey" in view.message.value, "where it lies is said"
    page = (session.workspace.folder / "exports" / "survey" / "survey.html").read_text(encoding="utf-8")
    assert ("I often buy for others." in page) is tick.value


def test_firms_are_asked_other_questions_than_people(session):
    view = data.survey(session)
    session.choose("goals", business={"kind": "business"})
    assert control(view, "We plan our purchases at least a month ahead. (what they think and value)")


def test_another_spread_is_shown_at_once_and_one_that_is_gone_is_said(session):
    view = profiles.spread_of(session)
    pick = control(view, "Show the spread of")
    assert pick.value == "monetary_total", "money first"
    assert "Money spent in all" in show_profiles.spread(session).html.text
    pick.value = "frequency"
    assert saved(session).profiles.spread_of == "frequency"
    assert "right its mean with its range: Number of orders in " in show_profiles.spread(session).html.text
    session.choose("profiles", spread_of="shoe_size")
    said = show_profiles.spread(session).html.text
    assert said.startswith("Note: “shoe_size” is no longer in these data, so Money spent in all is shown.")
    assert control(profiles.spread_of(session), "Show the spread of").value == "monetary_total"


def test_without_numbers_or_without_the_file_the_spread_is_a_sentence_never_a_traceback(session):
    file = session.workspace.folder / "data" / "answers.csv"
    file.write_text("customer,region\n" + "".join(f"k{i},{'NSW'[i % 3]}\n" for i in range(90)))
    session.use_files([{"kind": "customers", "path": "answers.csv"}])
    assert profiles.spread_of(session).in_words() == [("Spread shown of", "nothing: no numbers that can be shown")]
    assert show_profiles.spread(session).html.text == "Note: There are no numbers in these data whose spread could be shown."
    file.unlink()
    assert "answers.csv is not there any more" in profiles.spread_of(session).message.value
    assert "answers.csv is not there any more" in show_profiles.spread(session).html.text
