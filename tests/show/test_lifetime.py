"""What a person reads of what customers are worth from today on."""

from dataclasses import replace

import pandas as pd
import pytest

from segkit.show import lifetime as ahead
from segkit.workbook.session import Session


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    session = Session(tmp_path_factory.mktemp("sample"))
    session.choose("criteria", method="rfm")
    return session


def text(session: Session) -> str:
    return " ".join(ahead.worth(session).html.text.split())


def test_the_sample_reads_who_is_worth_most_how_sure_and_how_the_test_on_the_past_went(session):
    said = text(session)
    assert "Profit per customer in the next 12 months (EUR) 95 % confidence range" in said
    assert "This is profit at a margin of 40 %, from notebook 1." in said
    assert "From today on, a customer of “Champions” is worth most: 1" in said
    assert (
        "knowing only the orders up to 2 May 2025, it expected 1" in said
        and "EUR for each 100 EUR that came by 1 January 2026." in said
    )
    assert "For those who want to know more: the models that analysts use" in said and "Pareto/NBD" in said


def test_segments_for_which_the_test_was_far_off_are_named(session):
    found = session.results.profiles.lifetime
    ids = list(found.table.index)
    ratios = [1.25] * (len(ids) - 2) + [1.26, 0.5]
    missed = replace(found, ratio=1.1, table=found.table.assign(ratio=ratios))
    names = found.table["segment_name"]
    assert f"It was far off for “{names[ids[-2]]}” (126) and “{names[ids[-1]]}” (50): take those" in ahead._tested(
        missed, "EUR"
    )
    near = replace(found, ratio=1.1, table=found.table.assign(ratio=1.2))
    assert "far off" not in ahead._tested(near, "EUR") and "That is far off" in ahead._tested(replace(near, ratio=1.3), "EUR")


def test_horizon_and_discount_are_the_persons(session):
    session.choose("profiles", horizon_months=36, yearly_discount=0)
    said = text(session)
    assert "in the next 36 months" in said and "a year later" not in said
    assert "You look 36 months ahead and the orders show what came in 244 days: the further ahead, the less sure." in said


def orders(tmp_path, rows) -> Session:
    file = tmp_path / "orders.csv"
    pd.DataFrame(rows, columns=["order_id", "order_date", "customer_id", "amount"]).to_csv(file, index=False)
    session = Session(tmp_path / "mine")
    session.use_files([{"kind": "orders", "path": str(file)}])
    return session


def test_own_data_without_a_margin_are_spending_and_not_profit(tmp_path):
    days = pd.date_range("2024-01-01", periods=700).strftime("%Y-%m-%d")
    rows = [(i, days[(i * 7 + i // 60) % 700], f"C{i % 60:03d}", 20 + i % 13) for i in range(900)]
    session = orders(tmp_path, rows)
    assert "This is spending, not profit" in text(session)
    session.choose("goals", break_even={"margin": 0.5})
    assert "This is profit at a margin of 50 %, from notebook 1." in text(session)


def test_where_everybody_bought_once_that_is_said_and_nothing_made_up(tmp_path):
    days = pd.date_range("2024-01-01", periods=400).strftime("%Y-%m-%d")
    session = orders(tmp_path, [(i, days[i], f"C{i:03d}", 20 + i % 13) for i in range(400)])
    said = text(session)
    assert said.startswith("Note: Every customer has bought once, so these data say nothing of later orders")
