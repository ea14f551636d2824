"""What notebook 3 answers at once: how large segments would be, and why a customer is in one; and another base to compare."""

import asyncio
import re

import ipywidgets as w
import pytest

from segkit.show.redraw import STALE
from segkit.widgets.criteria import questions as criteria
from segkit.words.terms import Base, Method
from segkit.workbook import kept
from segkit.workbook.session import Session
from tests.widgets.test_views import control, every, saved


@pytest.fixture
def session(tmp_path) -> Session:
    return Session(tmp_path)


def shown(view) -> w.HTML:
    return next(
        one
        for one in every(view.box)
        if isinstance(one, w.HTML) and re.search("segment will appear here|each would have", one.value)
    )


def preview(view) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", shown(view).value)


def no_computing(monkeypatch):
    def get(self, name, rests_on, compute):
        known = self.fresh(name, rests_on)
        assert known is not None, f"{name} was computed while the person waited"
        return known

    monkeypatch.setattr(kept.Kept, "get", get)


def test_before_there_is_evidence_nothing_is_computed_for_the_preview(session, monkeypatch):
    session.choose("criteria", method="k_means")
    session.results  # noqa: B018 - the customers are read when the notebook opens
    with monkeypatch.context() as patched:
        no_computing(patched)
        view = criteria.method(session)
        control(view, "Number of segments").value = 4
    assert "will appear here once the evidence has been gathered" in preview(view)
    assert saved(session).criteria.n_segments == 4


def test_a_number_of_segments_is_shown_with_names_before_it_is_saved(session, monkeypatch):
    session.choose("criteria", method="k_means", n_segments=3)
    view = criteria.method(session)
    session.results.criteria.how_many  # noqa: B018
    control(view, "Number of segments").value = 4
    assert "4 segments. How many customers each would have: Their names follow." in preview(view)
    named = session.results.criteria.lines
    control(view, "Number of segments").value = 6
    said = preview(view)
    assert "6 segments. How many customers each would have: " in said and "Their names" not in said
    for name in named.names[:6]:
        assert name in said
    assert sum(int(n.replace(",", "")) for n in re.findall(r"([\d,]+) customers,", said)) == len(
        session.results.data.customer_data.customers
    )
    seen = []
    with monkeypatch.context() as patched:
        patched.setattr(session, "choose", lambda *_, **__: seen.append("5 segments." in preview(view)))
        control(view, "Number of segments").value = 5
    assert seen == [True], "saved before it was shown"
    control(view, "Number of segments").value = ""
    assert f"{session.results.criteria.how_many.recommended} segments, as the evidence suggests." in preview(view)


def test_more_segments_than_there_are_is_said(session):
    lines = "".join(f"c{n:03d},2025-01-{1 + n % 3:02d},{10 * (n % 3) + 5}\n" for n in range(90))
    (session.workspace.folder / "data" / "orders.csv").write_text("customer,date,amount\n" + lines, encoding="utf-8")
    session.use_files([{"kind": "orders", "path": "orders.csv"}])
    session.choose("criteria", method="k_means", variables=["monetary_total"])
    most = max(session.results.criteria.how_many.labels)
    assert most == 3
    view = criteria.method(session)
    control(view, "Number of segments").value = 8
    assert "These data do not hold 8 segments: at most 3." in preview(view)


def test_the_preview_gets_its_names_when_the_pieces_above_have_been_drawn(session, monkeypatch):
    monkeypatch.setattr("segkit.show.redraw.QUIET", 0.01)
    session.choose("criteria", method="k_means")
    view = criteria.method(session)
    session.watch("a piece above", lambda _: session.results.criteria.lines)

    async def change():
        control(view, "Number of segments").value = 3
        assert STALE not in shown(view)._dom_classes
        for _ in range(500):
            await asyncio.sleep(0.01)
            if "3 segments. How many customers each would have: " in preview(view) and "follow" not in preview(view):
                return
        pytest.fail("the names never came")

    asyncio.run(change())


# Why this customer?


def answer(view) -> str:
    return [one.value for one in every(view.box) if isinstance(one, w.HTML) and one is not view.message][-1]


def test_a_customer_is_asked_about_and_nothing_of_it_is_kept(session):
    view = criteria.why_customer(session)
    examples = session.results.criteria.examples
    assert control(view, "Customer's number").options == tuple(one.customer_id for one in examples)
    for one in examples:
        assert f"{one.customer_id} (“{one.segment_name}”" in answer(view)
    control(view, "Customer's number").value = examples[0].customer_id
    assert f"Customer {examples[0].customer_id} is in “{examples[0].segment_name}”." in answer(view)
    bundle = view._repr_mimebundle_()
    told = bundle["text/html"] + bundle["text/plain"]
    assert "customer's number" in bundle["text/plain"]
    assert not any(one.customer_id in told for one in examples)
    assert not session.book.criteria, "asking decides nothing"


def test_the_answer_follows_the_choice_above(session):
    view = criteria.why_customer(session)
    customer = session.results.criteria.examples[0].customer_id
    control(view, "Customer's number").value = customer
    session.choose("criteria", method="rfm")
    name = session.results.criteria.segmentation.segments.loc[
        session.results.criteria.segmentation.segment_of[customer], "segment_name"
    ]
    assert f"Customer {customer} is in “{name}”." in answer(view)


def test_the_answer_in_one_line_of_python_is_the_same(session):
    view = criteria.why_customer(session)
    customer = session.results.criteria.examples[0].customer_id
    control(view, "Customer's number").value = f" {customer} "
    assert session.why(customer).split(". ")[0] in answer(view)


def test_an_unknown_number_is_answered_with_the_nearest_and_escaped(session):
    view = criteria.why_customer(session)
    control(view, "Customer's number").value = "<img src=x>"
    assert "There is no customer “&lt;img src=x&gt;”. The nearest number is “" in answer(view)
    assert "<img" not in answer(view)


def test_too_few_customers_are_said_in_place_of_an_answer(session):
    (session.workspace.folder / "data" / "few.csv").write_text("customer,date,amount\na,2025-01-01,5\nb,2025-01-02,6\n")
    session.use_files([{"kind": "orders", "path": "few.csv"}])
    view = criteria.why_customer(session)
    assert control(view, "Customer's number").options == ()
    assert "too few to segment" in answer(view)


# Something else to compare with


def test_another_base_is_chosen_and_opens_again(session):
    view = criteria.other_base(session)
    pick = control(view, "Something else to compare with")
    assert pick.options[0] == (criteria.KNOWN_BEST, "") and pick.value == ""
    assert view.in_words() == [("Something else to compare with", "what is known best")]
    assert {value for _, value in pick.options[1:]} == set(session.results.comparison.other_bases)
    pick.value = Base.GEOGRAPHIC
    assert saved(session).criteria.other_base is Base.GEOGRAPHIC
    again = criteria.other_base(Session(session.workspace.folder))
    assert control(again, "Something else to compare with").value == Base.GEOGRAPHIC
    assert again.in_words() == [("Something else to compare with", "Where they are (geographic)")]
    pick.value = ""
    assert saved(session).criteria.other_base is None


def test_another_base_to_compare_with_leaves_all_other_results_as_they_are(session):
    session.choose("criteria", method="k_means", n_segments=3)
    before = session.results.criteria.formed(Method.K_MEANS), session.results.rfm.rule
    control(criteria.other_base(session), "Something else to compare with").value = Base.GEOGRAPHIC
    assert (session.results.criteria.formed(Method.K_MEANS), session.results.rfm.rule) == before


def test_where_the_data_know_of_no_other_base_it_is_said(session):
    lines = "".join(f"c{n:03d},2025-01-{1 + n % 28:02d},{n % 17 + 5}\n" for n in range(200))
    (session.workspace.folder / "data" / "orders.csv").write_text("customer,date,amount\n" + lines, encoding="utf-8")
    session.use_files([{"kind": "orders", "path": "orders.csv"}])
    assert session.results.comparison.other_bases in ((), (Base.BEHAVIOURAL,))
    session.choose("criteria", variables=[name for _, name in session.results.data.variable_options])
    view = criteria.other_base(session)
    assert "Your data hold nothing else to split by" in view.message.value
