"""Notebook 6 takes a file of later orders, holds it against the segments, and gives the customers back."""

import csv
import datetime as dt

import ipywidgets as w
import pytest

from segkit.widgets import export, review
from segkit.workbook.session import Session

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def dated(months, customers=range(60), header="order,customer,date,amount"):
    rows = (
        f"O{m}-{n},{'=' if n == 7 else ''}C{n},2025-{m:02d}-{1 + n % 27:02d},{5 + (n * 37) % 90}\n"
        for m in months
        for n in customers
        if (n + m) % (1 + n % 5) == 0
    )
    return header + "\n" + "".join(rows)


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def give(view, name, text):
    (button,) = [found for found in every(view.box) if isinstance(found, w.FileUpload)]
    button.value = ({"name": name, "type": "text/csv", "size": len(text), "content": text.encode(), "last_modified": NOON},)


@pytest.fixture
def session(tmp_path):
    session = Session(tmp_path)
    session.use_files([{"kind": "orders", "path": session.keep_file("spring.csv", dated(range(1, 7)).encode())}])
    session.choose("criteria", method="rfm")
    return session


def test_later_orders_are_held_against_the_segments_and_the_customers_given_back(session):
    view = review.later_period(session)
    give(view, "autumn.csv", dated(range(7, 13), range(5, 70)))
    assert "Now compared with your segments: autumn.csv" in view.message.value and "up to 2" in view.message.value
    assert "The first 5 rows of autumn.csv" in view.message.value and session.review_decision.later_file == "autumn.csv"
    (choice,) = [one for one in every(view.box) if getattr(one, "description", "") == "Orders of the later period"]
    assert choice.value == "autumn.csv", "the list follows"
    back = export.moved(session)
    next(one for one in every(back.box) if isinstance(one, w.Button)).click()
    assert "folder exports/review" in back.message.value and "customers.csv" in back.message.value
    with (session.workspace.folder / "exports" / "review" / "customers.csv").open(encoding="utf-8-sig") as file:
        rows = {row["customer_id"]: row for row in csv.DictReader(file)}
    changes = session.results.review.changes
    assert set(rows) == {f"'{one}" if one.startswith("=") else one for one in changes.moved.index}, "formulas are defused"
    assert {row["change"] for row in rows.values()} >= {"joined"} and rows["C65"]["segment_before"] == ""
    names = session.results.criteria.segmentation.segments["segment_name"]
    for customer, row in changes.moved.iterrows():
        written = rows[f"'{customer}" if customer.startswith("=") else customer]
        assert written["segment_name"] == names.get(row["after"], "") and written["segment_before"] == names.get(
            row["before"], ""
        )
        same = row["before"] == row["after"]
        assert (written["change"] == "stayed") is same


def test_orders_that_are_not_later_are_asked_about_first(session):
    view = review.later_period(session)
    give(view, "again.csv", dated(range(1, 5)))
    assert "looks like an earlier export of spring.csv" in view.message.value and "no later period" in view.message.value
    assert session.review_decision.later_file == ""
    leave, take = view.ways.children
    assert leave.description == "Leave it out"
    take.click()
    assert session.review_decision.later_file == "again.csv"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("city,age\n" + "".join(f"Town {n},{20 + n}\n" for n in range(50)), "holds no orders with a customer and a date"),
        (dated(range(7, 9), header="beleg,kunde,datum,summe"), "has other columns than spring.csv"),
    ],
)
def test_what_cannot_be_held_against_the_segments_is_refused_in_words(session, text, said):
    view = review.later_period(session)
    give(view, "other.csv", text)
    assert said in view.message.value and "seg-error" in view.message.value and session.review_decision.later_file == ""


def test_own_orders_are_not_held_against_the_sample(tmp_path):
    session = Session(tmp_path)
    view = review.later_period(session)
    give(view, "mine.csv", dated(range(1, 7), header="beleg,kunde,datum,summe"))
    assert "Bring your own orders in notebook 1 first." in view.message.value and session.review_decision.later_file == ""


def test_without_a_later_period_no_list_is_written(session):
    view = export.moved(session)
    next(one for one in every(view.box) if isinstance(one, w.Button)).click()
    assert "There is no later period yet." in view.message.value
    assert not (session.workspace.folder / "exports" / "review").exists()
