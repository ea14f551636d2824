"""What the files do not decide: asked once, answered by a click or a line, and taken over into the decision."""

import pytest

from segkit.decisions.data import Data, RoleChoice, StatusChoice
from segkit.widgets.data import confirm
from segkit.words.errors import WorkbookError
from segkit.words.terms import FileKind, Role, SaleMeaning, Step
from segkit.workbook.session import Session

KEY = "orders.currency"


@pytest.fixture
def session(tmp_path) -> Session:
    """Return a session on orders of which three in four are in euros."""
    rows = [f"{n},2024-{1 + n % 9:02d}-11,K{n % 20:02d},{'EUR' if n % 4 else 'JPY'},{10 + n % 3}.00" for n in range(40)]
    path = tmp_path / "orders.csv"
    path.write_text("Order,Date,Customer,Currency,Total\n" + "\n".join(rows) + "\n", encoding="utf-8")
    session = Session(tmp_path / "workspace")
    session.use_files([{"kind": FileKind.ORDERS, "path": str(path)}])
    return session


def revenue(session):
    return session.results.data.customer_data.revenue


def test_an_answer_changes_the_figures_and_is_not_asked_again(session):
    (question,) = session.questions
    assert (question.key, question.taken.label) == (KEY, "only EUR")
    session.answer(KEY, 2)
    assert session.questions == ()
    assert revenue(session) == sum(10 + n % 3 for n in range(0, 40, 4))
    again = Session(session.workspace.folder)
    assert (again.data_decision.currency, again.data_decision.confirmed, again.questions) == ("JPY", (KEY,), ())


def test_confirming_what_was_taken_keeps_the_figures(session):
    before = revenue(session)
    session.answer(KEY)
    assert session.questions == () and revenue(session) == before


@pytest.mark.parametrize(
    ("key", "number", "said"),
    [
        ("orders.customer", 1, "No question “orders.customer” is open. Open are: orders.currency."),
        (KEY, 3, "“orders.currency” has no reading 3. Choose a number from 1 to 2."),
        (KEY, -1, "“orders.currency” has no reading -1. Choose a number from 1 to 2."),
    ],
)
def test_what_is_not_asked_cannot_be_answered(session, key, number, said):
    before = session.book
    with pytest.raises(WorkbookError) as error:
        session.answer(key, number)
    assert str(error.value) == said and session.book == before


def test_other_files_are_asked_anew(session, tmp_path):
    session.answer(KEY, 2)
    session.use_files([{"kind": FileKind.ORDERS, "path": str(tmp_path / "orders.csv")}])
    assert [question.key for question in session.questions] == [KEY]


def test_an_answer_about_roles_frees_the_column_that_had_it():
    orders, survey = FileKind.ORDERS, FileKind.SURVEY
    said = [
        RoleChoice(kind=orders, column="Article", role=Role.CUSTOMER),
        RoleChoice(kind=orders, column="Total", role=Role.AMOUNT),
        RoleChoice(kind=survey, column="Who", role=Role.CUSTOMER),
    ]
    edits = {"roles": [("Dealer", Role.CUSTOMER), ("Total", Role.ORDER_TOTAL)]}
    data = Data(roles=said).answering("orders.customer", edits)
    assert {(c.kind, c.column, c.role) for c in data.roles} == {
        (survey, "Who", Role.CUSTOMER),
        (orders, "Dealer", Role.CUSTOMER),
        (orders, "Total", Role.ORDER_TOTAL),
    }
    assert data.confirmed == ("orders.customer",)
    assert data.answering("orders.customer", {}) == data, "confirmed once is confirmed"


def test_an_answer_about_some_states_keeps_what_was_said_of_others():
    said = [StatusChoice(status="Parked", meaning="no_sale"), StatusChoice(status="Open", meaning="sale")]
    edits = {"statuses": [{"status": "Open", "meaning": SaleMeaning.NO_SALE}], "day_first": True}
    data = Data(statuses=said).answering("orders.status", edits)
    assert [(c.status, c.meaning.value) for c in data.statuses] == [("Parked", "no_sale"), ("Open", "no_sale")]
    assert data.day_first is True


def test_an_answer_that_does_not_fit_is_refused():
    with pytest.raises(WorkbookError):
        Data().answering("orders.date", {"day_first": "perhaps"})


# Clicked, on top of notebook 2.


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def buttons(view):
    return {found.description: found for found in every(view.box) if hasattr(found, "click")}


def shown(view):
    return " ".join(found.value for found in every(view.box) if isinstance(getattr(found, "value", None), str))


def test_a_click_answers_and_the_question_goes(session):
    view = confirm.questions(session)
    assert list(buttons(view)) == ["1. only EUR", "2. only JPY"]
    assert "Which currency counts?" in shown(view) and "10 rows" in shown(view)
    assert buttons(view)["1. only EUR"].button_style == "primary", "what the figures rest on now stands out"
    assert "30 rows" in buttons(view)["1. only EUR"].tooltip
    buttons(view)["2. only JPY"].click()
    assert session.data_decision.currency == "JPY"
    assert buttons(view) == {} and "Nothing to confirm: your files leave no doubt." in shown(view)


def test_the_questions_read_well_without_widgets(session):
    bundle = confirm.questions(session)._repr_mimebundle_()
    assert "Which currency counts?" in bundle["text/html"] and "not confirmed yet" in bundle["text/html"]
    assert "1. only EUR: 30 rows" in bundle["text/plain"] and "(used for now)" in bundle["text/plain"]
    session.answer(KEY)
    assert "nothing" in confirm.questions(session)._repr_mimebundle_()["text/plain"].lower()


def test_questions_follow_what_is_decided_elsewhere(session):
    view = confirm.questions(session)
    session.choose(Step.DATA, currency="EUR")
    assert buttons(view) == {}
    session.choose(Step.DATA, currency="")
    assert list(buttons(view)) == ["1. only EUR", "2. only JPY"]


def test_files_that_cannot_be_read_are_said_in_place_of_questions(session, tmp_path):
    view = confirm.questions(session)
    (tmp_path / "orders.csv").unlink()
    session.choose(Step.DATA, why="gone")
    assert "orders.csv is not there any more" in shown(view)


def test_at_most_four_are_asked_at_a_time(session):
    from dataclasses import replace

    from segkit.show.data.questions import further, in_words

    (question,) = session.questions
    many = [replace(question, key=f"orders.{n}", text=f"Question {n}?") for n in range(6)]
    assert [text for text, _ in in_words(many)] == ["Question 0?", "Question 1?", "Question 2?", "Question 3?"]
    assert further(many) == "2 more questions follow after these."
    assert further(many[:4]) == ""
