"""Where the files look like firms and the answer says consumers, or the other way round, this is offered with one click."""

import ipywidgets as w
import pytest

from segkit.widgets import goals
from segkit.widgets.data import questions as data
from segkit.widgets.market import Offer
from segkit.words.terms import CustomerKind, Step
from segkit.workbook.session import Session

FIRMS = "customer_id,customer_name,date,amount\n" + "".join(
    f"F{n % 40},Holz {'ABCDEFGH'[n % 8]}{n % 40} {('GmbH', 'AG', 'KG')[n % 3]},2025-{1 + n % 9:02d}-03,{50 + n}\n"
    for n in range(160)
)
PEOPLE = "customer_id,birth_year,gender,date,amount\n" + "".join(
    f"P{n % 40},{1950 + n % 40},{'fm'[n % 2]},2025-{1 + n % 9:02d}-03,{50 + n}\n" for n in range(160)
)
PLAIN = "customer_id,date,amount\n" + "".join(f"C{n % 40},2025-{1 + n % 9:02d}-03,{50 + n}\n" for n in range(160))


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def use(session, text):
    session.use_files([{"kind": "orders", "path": session.keep_file("mine.csv", text.encode())}])


def offer(view):
    (found,) = [one for one in every(view.box) if isinstance(one, Offer)]
    said = " ".join(one.value for one in every(found) if isinstance(one, w.HTML))
    return said, [one for one in every(found) if isinstance(one, w.Button)]


@pytest.mark.parametrize("ask", [goals.business, data.source])
def test_firms_are_offered_with_their_signs_and_taken_over_by_one_click(session, ask):
    view = ask(session)
    assert offer(view) == ("", []), "the sample is right"
    use(session, FIRMS)
    said, (yes, _) = offer(view)
    assert "This looks like firms: 100 % of the names in “customer_name” read like firms (" in said.replace("\xa0", " ")
    assert "in notebook 1 is consumers" in said and "Holz" not in said
    yes.click()
    assert session.goals.business.kind is CustomerKind.BUSINESS and offer(view) == ("", [])
    assert session.answer_to(Step.GOALS, "business", "kind").yours


def test_who_stands_by_the_answer_is_asked_no_more_and_the_rest_of_the_answers_stays(session):
    session.choose("goals", business={"name": "Holz & Co", "currency": "EUR"})
    use(session, FIRMS)
    view = goals.business(session)
    said, (_, no) = offer(view)
    assert said and no.description == "No, we sell to consumers"
    no.click()
    assert offer(view) == ("", []) and offer(goals.business(Session(session.workspace.folder))) == ("", [])
    assert session.goals.business.kind is CustomerKind.CONSUMER and session.goals.business.name == "Holz & Co"


def test_people_are_offered_to_who_says_firms(session):
    session.choose("goals", business={"kind": "business"})
    use(session, PEOPLE)
    said, (yes, _) = offer(goals.business(session))
    assert "This looks like consumers" in said and yes.description == "Yes, we sell to consumers"


@pytest.mark.parametrize("kind", CustomerKind)
def test_nothing_is_offered_where_the_file_does_not_tell(session, kind):
    session.choose("goals", business={"kind": kind})
    use(session, PLAIN)
    assert offer(goals.business(session)) == ("", [])


def test_a_file_that_cannot_be_read_offers_nothing(session):
    use(session, "just\nwords\n")
    assert offer(goals.business(session)) == ("", [])
