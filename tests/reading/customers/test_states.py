"""States of orders looked up in files: several columns, cancellation dates, money and payment as evidence, choices."""

import pytest

from segkit.decisions.data import RoleChoice, StatusChoice
from segkit.reading.customers.amounts import amount_sql, price_sql
from segkit.reading.customers.states import read_states
from segkit.reading.load import load_customers
from segkit.words.terms import CleaningRule, FileKind, SaleMeaning
from tests.conftest import ROOT
from tests.reading.engine import asked, known

R = CleaningRule
CASES = ROOT.parent / "shared" / "cases"


def told(engine, tmp_path, roles, rows, choices=(), **how):
    """What each row's states say, and what was found."""
    file = known(engine, tmp_path, roles, rows, **how)
    states = read_states(file, choices, money=amount_sql(file, "") or price_sql(file))
    return asked(engine, f"select {states.sql or 'null'} from t order by row"), states


def test_each_row_is_told_by_its_state(engine, tmp_path):
    rows = [
        ["paid", "1"],
        ["Storniert", "2"],
        ["failed", "3"],
        ["refunded", "4"],
        [None, "5"],
        [" failed ", "6"],
        ["o'dd", "7"],
    ]
    said, states = told(engine, tmp_path, "state:status sum:amount", rows)
    assert said == [None, "cancelled", "no_sale", "returned", None, "no_sale", None]
    assert (states.found[0].state, states.found[0].rows, states.found[0].money) == ("failed", 2, 9.0)
    assert "“o'dd” (1 row, 7.00 in all)" in states.question.why


def test_of_several_columns_any_can_set_a_row_aside(engine, tmp_path):
    rows = [["paid", "unfulfilled"], ["refunded", "fulfilled"], ["pending", "unfulfilled"], ["refunded", "cancelled"]]
    said, _ = told(engine, tmp_path, "money:status parcel:status", rows)
    assert said == [None, "returned", "no_sale", "cancelled"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["2024-01-05", None, "1970-01-01", "2024-02-06"], ["cancelled", None, None, "cancelled"]),
        (["yes", "no", None, "x"], ["cancelled", None, None, "cancelled"]),
    ],
)
def test_a_filled_cell_cancels(engine, tmp_path, cells, said):
    assert told(engine, tmp_path, "who:customer at:cancelled_on", [["a", cell] for cell in cells])[0] == said
    both = [["a", cell, "refunded"] for cell in cells] + [["b", None, "paid"]]
    found, _ = told(engine, tmp_path, "who:customer at:cancelled_on state:status", both)
    assert found == [*(cell or "returned" for cell in said), None]


def test_a_file_of_nothing_but_quotes_is_a_question(engine, tmp_path):
    said, states = told(engine, tmp_path, "who:customer status:status sum:amount", [["a", "quote", "5"], ["b", "quote", "6"]])
    assert said == [None, None]
    assert [(a.label, a.gives) for a in states.question.answers] == [
        ("“quote” counts as a sale", "2 rows, 11.00 in all as sales"),
        ("“quote” is no sale", "0 rows, 0.00 in all as sales"),
    ]


def test_dates_of_payment_tell_what_open_means(engine, tmp_path):
    rows = [["closed", "2024-01-05"]] * 10 + [["frobnicated", None]] * 2 + [["done", "2024-01-06"]] * 5
    said, states = told(engine, tmp_path, "state:status Paid-at:ignore", rows)
    assert said == [None] * 10 + ["no_sale"] * 2 + [None] * 5 and states.question is None


def test_a_state_without_any_money_is_no_sale_and_asked_about(engine, tmp_path):
    rows = [["done", "3", "2.5"]] * 5 + [["frobnicated", "1", "0"]]
    said, states = told(engine, tmp_path, "state:status n:quantity each:price", rows)
    assert said == [None] * 5 + ["no_sale"] and states.found[0].money == 37.5 and states.question


def test_a_person_decides(engine, tmp_path):
    choices = [StatusChoice(status="open", meaning=SaleMeaning.SALE), StatusChoice(status="paid", meaning=SaleMeaning.RETURNED)]
    said, states = told(engine, tmp_path, "state:status", [["paid"], ["open"], ["done"]], choices)
    assert said == ["returned", None, None] and states.question is None


def test_without_states_there_is_nothing_to_look_up(engine, tmp_path):
    _, states = told(engine, tmp_path, "who:customer sum:amount", [["a", "1"]])
    assert (states.sql, states.found, states.question) == ("", (), None)


@pytest.mark.skipif(not CASES.is_dir(), reason="the small files that were read wrong are not beside the project")
@pytest.mark.parametrize(
    ("name", "roles", "figures", "aside"),
    [
        ("status_unpaid.csv", [], (20, 30, 450.0), {R.CANCELLED: 1, R.NOT_A_SALE: 6, R.RETURNED: 3}),
        ("event_log.csv", [], (3, 12, 180.0), {R.NOT_A_SALE: 108}),
    ],
)
def test_small_files_that_were_read_wrong(name, roles, figures, aside):
    chosen = [RoleChoice(kind=FileKind.ORDERS, column=column, role=role) for column, role in roles]
    data = load_customers({FileKind.ORDERS: CASES / name}, roles=chosen)
    assert (len(data.customers), data.orders, data.revenue) == figures
    assert data.ledger.rows_set_aside == aside and data.questions == ()
    assert sum(state.rows for state in data.states) == data.ledger.rows_read


STATES_OF_TEN = {"paid": ["paid"] * 10, "quote": ["quote"] * 10, "gone": ["cancelled", *[""] * 9], "back": ["Yes", *[""] * 9]}


@pytest.mark.parametrize(
    ("name", "states", "revenue", "questions"),
    [("status", "paid", 145.0, []), ("status", "quote", 145.0, ["orders.status"]), ("state", "gone", 135.0, []),
     ("Returned", "back", 135.0, [])],
)  # fmt: skip
def test_what_stands_in_every_filled_row_is_looked_at(tmp_path, name, states, revenue, questions):
    path = tmp_path / "orders.csv"
    rows = [f"{i},C{i % 4},2024-01-{1 + i:02},{state},{10 + i}.00" for i, state in enumerate(STATES_OF_TEN[states])]
    path.write_text("\n".join([f"order_id,customer_id,date,{name},total", *rows]))
    data = load_customers({FileKind.ORDERS: path})
    assert (data.revenue, [q.key for q in data.questions if q.key == "orders.status"]) == (revenue, questions)


def test_a_choice_reaches_the_customers_and_the_ledger(tmp_path):
    path = tmp_path / "orders.csv"
    rows = [
        (f"{i},C{i % 9},2024-01-{1 + i % 28:02},{'disputed' if i % 10 == 0 else 'paid'},{9 + 2 * (i % 2)}.00")
        for i in range(60)
    ]
    path.write_text("\n".join(["order_id,customer_id,date,status,total", *rows]))
    asked_about = load_customers({FileKind.ORDERS: path})
    assert asked_about.revenue == 600.0 and [q.key for q in asked_about.questions] == ["orders.status"]
    statuses = [StatusChoice.model_validate(edit) for edit in asked_about.questions[0].answers[1].edits["statuses"]]
    settled = load_customers({FileKind.ORDERS: path}, statuses=statuses)
    assert settled.revenue == 546.0 and settled.questions == () and settled.ledger.rows_set_aside == {R.NOT_A_SALE: 6}
