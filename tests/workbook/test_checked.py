"""Files read and nothing else: figures, joins, what is asked, and refusals, as plain values."""

import json

import pytest

from segkit.decisions.data import RoleChoice
from segkit.samples.catalogue import SAMPLES, sample_folder
from segkit.words.terms import FileKind, Role
from segkit.workbook.checked import check

ORDERS = """Order,Date,Customer,Amount
1,2024-01-02,Ann,10.00
2,2024-01-03,Bob,20.00
3,2024-01-03,,5.00
4,2024-02-01,Ann,30.50
"""


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return {FileKind.ORDERS: path}


def test_figures_are_plain_values(orders):
    found = json.loads(json.dumps(check(orders)))
    assert (found["rows_read"], found["rows_kept"], found["rows_set_aside"]) == (4, 3, {"no_customer": 1})
    assert (found["customers"], found["orders"], found["revenue"]) == (2, 3, 60.5)
    assert (found["first_date"], found["last_date"]) == ("2024-01-02", "2024-02-01")
    assert {entry["column"]: entry["role"] for entry in found["roles"]["orders"]} == {
        "Order": "order",
        "Date": "date",
        "Customer": "customer",
        "Amount": "amount",
    }
    assert found["matched"] is None and found["joins"] == []


def test_what_a_person_says_is_taken(orders):
    says = [RoleChoice(kind=FileKind.ORDERS, column="Amount", role=Role.IGNORE)]
    assert check(orders, roles=says)["revenue"] is None


def test_further_files_are_counted_both_ways(orders, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("Customer,Town\nAnn,Bath\nCyd,York\nDan,Ely\n", encoding="utf-8")
    found = check(orders | {FileKind.CUSTOMERS: people})
    assert found["joins"] == [{"kind": "customers", "matched": 1, "only_main": 1, "only_here": 2}]
    assert found["matched"] == 1
    assert [entry["file"] for entry in found["read"]] == ["orders.csv", "people.csv"]


def test_no_table_is_refused_with_a_remedy(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("Customer,Date\n", encoding="utf-8")
    assert check({FileKind.ORDERS: empty}) == {
        "refused": "empty.csv has a header (Customer, Date) but no rows under it.",
        "remedy": "Export it again with its rows.",
    }


def test_a_sample_business_checks_as_the_workbook_reads_it():
    sample = SAMPLES["packaging_wholesaler"]
    found = check({kind: sample_folder(sample.name) / name for kind, name in sample.files.items()})
    assert found["rows_kept"] + sum(found["rows_set_aside"].values()) == found["rows_read"]
    assert "refused" not in found
