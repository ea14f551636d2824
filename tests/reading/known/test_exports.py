"""Exports of known systems: recognised by their names of columns, and read rightly by what their descriptions say.

The rows are made up in the layouts that the pages beside each description show; the right figures are those planted in them.
"""

import csv
import random
import tomllib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from segkit.core.data.roles.lexicon import squash
from segkit.reading.known import exports
from segkit.reading.known.exports import described, descriptions, recognised
from segkit.words.terms import FileKind, Role, SaleMeaning
from tests.conftest import ROOT

FOLDER = Path(exports.__file__).parent
SAMPLES = [
    (system["system"], sample)
    for file in sorted((ROOT / "benchmarks" / "exports").glob("*.toml"))
    for system in [tomllib.loads(file.read_text(encoding="utf-8"))]
    for sample in system["sample"]
]
BY_LINES = [(system, one) for system, one in SAMPLES if not one.get("as_it_stands")]  # the others: test_rest.py
EACH = pytest.mark.parametrize(("system", "sample"), BY_LINES, ids=[f"{system}: {one['title']}" for system, one in BY_LINES])
GOOD = """
system = "Till"

[[export]]
title = "Sales"
kind = "orders"
source = "https://till.example/export"
header = ["Bon", "Kunde", "Summe"]

[export.roles]
"Bon" = "order"
"Kunde" = "customer"
"Summe" = "amount"
"""


def names(sample):
    return sample.get("header") or sample["rows"].splitlines()[0].split(sample.get("delimiter", ","))


def kind(sample):
    return FileKind(sample.get("kind", "orders"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_each_description_is_as_it_should_be(path):
    found = described(path.read_text(encoding="utf-8"), path.name)
    assert squash(found[0][0]).startswith(path.stem[:4]), "the file is named after its system"
    assert len({export.title for _, export in found}) == len(found)
    assert all(Role.ORDER in e.roles.values() and Role.DATE in e.roles.values() for _, e in found if e.kind is FileKind.ORDERS)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_each_export_has_made_up_rows_in_two_variants(path):
    wanted = [(system, export.title) for system, export in described(path.read_text(encoding="utf-8"), path.name)]
    here = [(system, sample["export"]) for system, sample in SAMPLES]
    assert [export for export in wanted if here.count(export) < 2] == []


@EACH
def test_recognised_by_its_names(system, sample):
    found = recognised(names(sample), kind(sample))
    assert found is not None
    assert (found.system, found.title, found.kind) == (system, sample["export"], kind(sample))
    assert found.roles.keys() <= set(names(sample))
    assert found.sentence.startswith(f"Recognised as {system}’s export “{sample['export']}”.")


@EACH
def test_neither_order_nor_spelling_of_the_names_matters(system, sample):
    changed = [name.upper().replace(" ", "_") for name in names(sample)]
    random.Random(7).shuffle(changed)
    found = recognised(changed, kind(sample))
    assert found is not None and found.title == sample["export"]


@EACH
def test_not_recognised_as_another_kind_of_file(system, sample):
    other = FileKind.CUSTOMERS if kind(sample) is FileKind.ORDERS else FileKind.ORDERS
    found = recognised(names(sample), other)
    assert found is None or found.system == system


@EACH
def test_not_recognised_where_a_name_is_missing(system, sample):
    (needed,) = [e.header for s, e in descriptions() if (s, e.title) == (system, sample["export"])]
    for missing in needed:
        found = recognised([name for name in names(sample) if squash(name) != squash(missing)], kind(sample))
        assert found is None or found.title != sample["export"]


def number(text):
    """Return a number written with a point or a comma before its decimals, with or without a sign of money."""
    plain = text.replace("$", "").replace("€", "")
    return Decimal((plain.replace(",", ".") if "," in plain else plain) or "0")


def by_description(export, rows):
    """Count customers, orders and money in plain steps, by nothing but what a description says."""
    columns = defaultdict(list)
    for column, role in export.roles.items():
        columns[role].append(column)

    def cell(row, role):
        return next((row[column].strip() for column in columns[role] if row[column].strip()), "")

    orders = defaultdict(list)
    for row in rows:
        orders[cell(row, Role.ORDER)].append(row)
    customers, counted, money = set(), set(), Decimal()
    for order, lines in orders.items():
        for row in lines:
            stated = [row[column] or lines[0][column] for column in columns[Role.STATUS]]
            meanings = {export.statuses.get(word.strip().lower().removeprefix("wc-"), SaleMeaning.SALE) for word in stated}
            who = [row[column].strip() or lines[0][column].strip() for column in columns[Role.CUSTOMER] + columns[Role.EMAIL]]
            customer = next((name.lower() for name in who if name not in ("", "0")), "")
            amount = number(cell(row, Role.AMOUNT))
            if not columns[Role.AMOUNT]:
                amount = number(cell(row, Role.QUANTITY)) * number(cell(row, Role.PRICE))
            if meanings <= {SaleMeaning.SALE} and customer and not cell(lines[0], Role.CANCELLED_ON) and amount > 0:
                customers.add(customer)
                counted.add(order)
                money += amount - number(cell(row, Role.DISCOUNT)) - number(cell(row, Role.REFUND))
    return {"customers": len(customers), "orders": len(counted), "revenue": float(money)}


@EACH
def test_what_a_description_says_gives_the_planted_figures(system, sample):
    found = recognised(names(sample), kind(sample))
    rows = list(csv.DictReader(sample["rows"].splitlines(), delimiter=sample.get("delimiter", ",")))
    right = sample["right"]
    assert found is not None and len(rows) == right["rows_read"]
    here = {column: role for column, role in found.roles.items() if column in rows[0]}
    if kind(sample) is FileKind.CUSTOMERS:
        money = [column for column, role in here.items() if role is Role.AMOUNT]
        total = sum(float(number(row[column])) for row in rows for column in money)
        assert right["revenue"] == "none" if not money else right["revenue"] == pytest.approx(total)
        return
    if right.get("refuse"):
        assert not {Role.CUSTOMER, Role.EMAIL} & set(here.values()), "nobody is named"
        return
    told = by_description(exports.KnownExport(system, "", found.kind, "", here, found.statuses), rows)
    assert told == pytest.approx({name: right[name] for name in told})


def test_of_several_that_fit_the_one_that_asks_for_most():
    plain = ["id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Status", "Customer Email"]
    converted = [*plain, "Converted Amount", "Converted Amount Refunded", "Converted Currency"]
    first, second = recognised(plain, FileKind.ORDERS), recognised(converted, FileKind.ORDERS)
    assert first is not None and first.roles["Amount"] is Role.AMOUNT
    assert second is not None and second.roles["Amount"] is Role.IGNORE
    assert second.roles["Converted Amount"] is Role.AMOUNT


def test_a_key_is_one_column_the_first_that_the_description_names():
    names = ["Opportunity Name", "Account Name", "Stage", "Amount", "Close Date"]
    by_name = recognised(names, FileKind.ORDERS)
    by_number = recognised([*names, "Opportunity ID"], FileKind.ORDERS)
    assert by_name is not None and by_name.roles["Opportunity Name"] is Role.ORDER
    assert by_number is not None and by_number.roles["Opportunity ID"] is Role.ORDER
    assert "Opportunity Name" not in by_number.roles


def test_words_of_states_are_compared_in_small_letters():
    found = recognised(["Opportunity Name", "Account Name", "Stage", "Amount", "Close Date"], FileKind.ORDERS)
    assert found is not None
    assert found.statuses["closed won"] is SaleMeaning.SALE
    assert all(word == word.strip().lower() for word in found.statuses)


@pytest.mark.parametrize("business", ["coffee_roaster", "packaging_wholesaler"])
@pytest.mark.parametrize("kind", [FileKind.ORDERS, FileKind.CUSTOMERS])
def test_files_of_no_known_system_are_left_to_evidence(business, kind):
    first = (ROOT / "data" / business / f"{kind.value}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert recognised(first.split(","), kind) is None
    assert recognised([], kind) is None


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (GOOD.replace('"amount"', '"sum"'), "roles → Summe should be one of"),
        (GOOD.replace('kind = "orders"', 'kind = "sales"'), "kind should be one of"),
        (GOOD.replace('"Bon", "Kunde"', '"Bon"'), "header: three names at least"),
        (GOOD.replace('"Kunde", "Summe"]', '"Kunde", "kunde "]'), "header: “Kunde” and “kunde” are compared alike; keep one"),
        (GOOD.replace('"Bon", ', '"金額", '), "header: “金額” has no letter or digit to compare"),
        (GOOD.replace("https://till.example/export", "seen somewhere"), "source is not in the form asked for"),
        (GOOD + '[export.statuses]\n"paid" = "sale"\n', "statuses are explained, but no column has the role status"),
        (
            GOOD.replace('"Kunde" = ', '"Stand" = "status"\n"Kunde" = ')
            + '[export.statuses]\n"Paid" = "sale"\n"paid " = "sale"\n',
            "statuses: “paid” is named twice; keep one",
        ),
        (GOOD + "colour = 3\n", "colour should be"),
        (GOOD.replace("[export.roles]", "[export.roles"), "till.toml: Expected ']'"),
    ],
)
def test_a_wrong_description_is_named_with_its_fault(wrong, fault):
    assert described(GOOD, "till.toml")[0][0] == "Till"
    with pytest.raises(ValueError, match=r"^till\.toml: ") as error:
        described(wrong, "till.toml")
    assert fault in str(error.value)


def test_the_descriptions_go_with_the_package():
    packed = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert {f"segkit/reading/known/{path.name}" for path in FOLDER.glob("*.toml")} <= packed
