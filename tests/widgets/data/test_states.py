"""States of orders asked about: one list each, saved at once, and in words for readers without widgets."""

import ipywidgets as w
import pytest

from segkit.show.data.states import NO_STATES
from segkit.show.data.states import states as shown
from segkit.widgets.data import states
from segkit.words.terms import CleaningRule, SaleMeaning, Step
from segkit.workbook.session import Session

HEAD = "order_id,customer_id,date,status,total"


def session_with(folder, rows, head=HEAD) -> Session:
    session = Session(folder)
    (session.workspace.folder / "data" / "mine.csv").write_text("\n".join([head, *rows]))
    session.use_files([{"kind": "orders", "path": "mine.csv"}])
    return session


@pytest.fixture
def session(tmp_path) -> Session:
    rows = [
        f"{i},C{i % 9},2024-01-{1 + i % 28:02},{'disputed' if i % 10 == 0 else 'paid'},{9 + 2 * (i % 2)}.00" for i in range(60)
    ]
    return session_with(tmp_path, rows)


def lists(view):
    return {
        pick.description: (pick, label.value) for line in view.body.children[0].children[1:] for pick, label in [line.children]
    }


def test_each_state_has_a_list_with_its_rows_and_money(session):
    view = states.meanings(session)
    assert "Statuses in the column “status”" in view.body.children[0].children[0].value
    assert {state: (pick.value, said) for state, (pick, said) in lists(view).items()} == {
        "paid": (SaleMeaning.SALE, "54 rows, 546.00 in all; sure"),
        "disputed": (SaleMeaning.SALE, "6 rows, 54.00 in all; please check"),
    }
    assert session.data_decision.statuses == ()


def test_a_choice_is_saved_and_changes_the_figures(session):
    view = states.meanings(session)
    lists(view)["disputed"][0].value = SaleMeaning.NO_SALE
    data = Session(session.workspace.folder).results.data.customer_data
    assert data.revenue == 546.0 and data.ledger.rows_set_aside == {CleaningRule.NOT_A_SALE: 6} and data.questions == ()
    assert lists(view)["disputed"][1] == "6 rows, 54.00 in all; your choice"
    lists(view)["disputed"][0].value = SaleMeaning.RETURNED
    assert [(s.status, s.meaning) for s in session.data_decision.statuses] == [("disputed", SaleMeaning.RETURNED)]
    assert "disputed: taken for: return" in view._repr_mimebundle_()["text/plain"]


def test_the_table_names_what_should_be_checked(session):
    text = shown(session).html.text
    assert ["disputed", "6", "54.00", "Sale", "please", "check"] in [line.split() for line in text.splitlines()]
    assert "The wording of “disputed” does not make clear whether the money came in and stayed." in text
    session.choose(Step.DATA, statuses=[{"status": "disputed", "meaning": "sale"}])
    assert "do not tell" not in shown(session).html.text and "your choice" in shown(session).html.text


def test_two_columns_of_states_are_named(tmp_path):
    rows = [
        f"{i},C{i % 9},2024-01-{1 + i % 28:02},paid,{'returned' if i < 3 else 'done'},{9 + 2 * (i % 2)}.00" for i in range(60)
    ]
    head = "order_id,customer_id,date,payment status,order status,total"
    session = session_with(tmp_path, [row.replace("paid", "failed") if row.startswith("5,") else row for row in rows], head)
    session.choose(
        Step.DATA, roles=[{"kind": "orders", "column": c, "role": "status"} for c in ("payment status", "order status")]
    )
    assert session.results.data.customer_data.revenue == 560.0
    assert "Column" in shown(session).html.text
    assert len(states.meanings(session).body.children[0].children) == 6


def test_orders_without_states_all_count(tmp_path):
    session = session_with(
        tmp_path,
        [f"{i},C{i % 9},2024-01-{1 + i % 28:02},{9 + 2 * (i % 2)}.00" for i in range(60)],
        "order_id,customer_id,date,total",
    )
    (said,) = states.meanings(session).body.children[0].children
    assert isinstance(said, w.HTML) and NO_STATES in said.value and NO_STATES in shown(session).html.text


def test_files_that_cannot_be_read_are_said_in_words(tmp_path):
    session = session_with(tmp_path, [], "")
    said, _ = states.meanings(session).body.children[0].children
    assert "Please check" in said.value


def test_a_choice_that_leaves_no_sale_can_be_taken_back(session):
    view = states.meanings(session)
    for state in ("paid", "disputed"):
        lists(view)[state][0].value = SaleMeaning.NO_SALE
    said, button = view.body.children[0].children
    assert (
        "mine.csv: all 60 rows are set aside (Not a sale (unpaid, failed, a draft, a view or a cart): 60), so no" in said.value
    )
    button.click()
    assert session.data_decision.statuses == () and list(lists(view)) == ["paid", "disputed"]
