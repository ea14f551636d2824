"""The first question: the sample, or a file of one's own, which is put to use at once and said as what it was read."""

import datetime as dt

import ipywidgets as w
import pytest

from segkit.widgets.data import begin
from segkit.widgets.data import questions as data
from segkit.words.terms import FileKind, Step
from segkit.workbook.session import Session

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
ORDERS = "customer,date,amount\n" + "".join(f"C{n % 40},2025-{1 + n % 12:02d}-03,{5 + n}\n" for n in range(120))
CUSTOMERS = "customer,city,age,visits\n" + "".join(f"C{n},{'NSEW'[n % 4]},{20 + n % 50},{1 + n % 9}\n" for n in range(80))


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def give(view, name, text):
    """Choose a file of one's own in the browser's dialogue."""
    (button,) = [found for found in every(view.box) if isinstance(found, w.FileUpload)]
    button.value = ({"name": name, "type": "text/csv", "size": len(text), "content": text.encode(), "last_modified": NOON},)


@pytest.mark.parametrize("ask", [begin.begin, data.source])
def test_a_file_that_is_given_is_in_use_at_once_and_nothing_of_the_sample_stays(session, ask):
    view = ask(session)
    give(view, "mine.csv", ORDERS)
    assert [(f.kind, f.path) for f in session.data_decision.files] == [(FileKind.ORDERS, "mine.csv")] and not session.sample
    assert "In use now: mine.csv, taken for orders" in view.message.value and "120 rows, 40 customers" in view.message.value
    assert session.goals.goals == () and session.personas.personas == ()
    give(view, "mine.csv", ORDERS.replace("C1,", "C9,"))
    assert "There is another file called mine.csv already" in view.message.value, "no file is overwritten"
    assert len(session.results.data.customer_data.customers) == 40


def test_a_list_of_customers_is_taken_for_one(session):
    view = begin.begin(session)
    give(view, "people.csv", CUSTOMERS)
    assert session.data_decision.files[0].kind is FileKind.CUSTOMERS and "80 customers" in view.message.value
    give(view, "people.csv", CUSTOMERS)
    assert "people.csv is in use already" in view.message.value


def test_a_file_that_nothing_can_be_read_from_is_said_and_stays_in_use_to_be_mended(session):
    view = begin.begin(session)
    give(view, "notes.csv", "just\nsome\nwords\n")
    assert "seg-error" in view.message.value and session.data_decision.files[0].path == "notes.csv"
    (look,) = [
        found for found in every(view.box) if isinstance(found, w.Button) and found.description.startswith("Look at the")
    ]
    session.undo()
    while session.data_decision.sample == "":
        session.undo()
    look.click()
    assert session.sample and "nothing of the sample stays" in view.message.value


def test_the_data_in_use_are_named(session):
    view = begin.begin(session)
    assert "You are looking at the sample “Kettle &amp; Crane Coffee”" in view.body.children[0].value.replace(" & ", " &amp; ")
    session.choose(Step.DATA, sample="packaging_wholesaler")
    assert "Tern" in view.body.children[0].value
