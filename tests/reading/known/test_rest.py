"""Exports of shops, tills, books, mail lists and surveys: each is recognised by made-up rows in its layout, and no other is."""

import csv
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from segkit.reading.known.exports import descriptions, recognised
from segkit.reading.table import read_table
from segkit.words.terms import FileKind, Role, SaleMeaning

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks" / "exports"
SYSTEMS = (
    "bigcommerce datev ebay google_forms klaviyo lexware limesurvey magento mailchimp microsoft_forms pipedrive qualtrics"
    " quickbooks sap shopware squarespace sumup surveymonkey wix"
).split()
FILES = {name: tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")) for name in SYSTEMS}
OURS = {file["system"] for file in FILES.values()}
SAMPLES = [(file["system"], sample) for file in FILES.values() for sample in file["sample"]]


def named(samples):
    """Return the samples as parameters with the names that they bear."""
    return [pytest.param(system, sample, id=f"{system}: {sample['title']}") for system, sample in samples]


def kind_of(sample):
    return FileKind(sample.get("kind", "orders"))


@pytest.fixture(scope="module")
def header_of(engine, tmp_path_factory):
    """Return a function that writes a sample and reads the names of its columns as any file's, each once."""
    folder, known = tmp_path_factory.mktemp("exports"), {}

    def names(sample):
        rows = sample["rows"]
        if rows not in known:
            path = folder / "export.csv"
            path.write_text(rows, encoding="utf-8")
            known[rows] = read_table(engine, path, "t", folder).header
        return known[rows]

    return names


@pytest.mark.parametrize(("system", "sample"), named(SAMPLES))
def test_rows_in_a_layout_are_recognised_as_its_export(system, sample, header_of):
    found = recognised(header_of(sample), kind_of(sample))
    assert found is not None
    assert (found.system, found.title) == (system, sample["export"])
    assert found.sentence.startswith(f"Recognised as {system}’s export “{sample['export']}”.")


def test_no_other_system_is_recognised_by_the_same_rows(header_of):
    for system, sample in SAMPLES:
        for kind in FileKind:
            found = recognised(header_of(sample), kind)
            assert found is None or (found.system, kind) == (system, kind_of(sample))


def test_each_description_has_two_variants_of_rows_at_least():
    here = {(file["system"], sample["export"]): 0 for file in FILES.values() for sample in file["sample"]}
    for system, sample in SAMPLES:
        here[system, sample["export"]] += 1
    described = {(system, export.title) for system, export in descriptions() if system in OURS}
    assert {name for name, samples in here.items() if samples >= 2} == described


def test_who_bought_when_and_for_how_much_is_described_for_each_list_of_orders(header_of):
    for system, sample in SAMPLES:
        if kind_of(sample) is not FileKind.ORDERS or sample["rows"].startswith('"EXTF"'):
            continue
        roles = set(recognised(header_of(sample), FileKind.ORDERS).roles.values())
        assert Role.DATE in roles, system
        assert roles & {Role.AMOUNT, Role.ORDER_TOTAL, Role.PRICE}, system
        nobody = sample["right"].get("refuse") or "refuse" in sample.get("alt", ())
        assert nobody or roles & {Role.CUSTOMER, Role.EMAIL}, system


def test_a_file_that_lacks_one_of_the_names_is_not_recognised_as_that_export():
    for system, export in descriptions():
        if system not in OURS:
            continue
        for missing in export.header:
            found = recognised([name for name in export.header if name != missing], export.kind)
            assert found is None or (found.system, found.title) != (system, export.title)


PLAIN = [
    (system, sample)
    for system, sample in SAMPLES
    if kind_of(sample) is FileKind.ORDERS and {"revenue", "rows_read"} <= sample["right"].keys() and "alt" not in sample
]


@pytest.mark.parametrize(("system", "sample"), named(PLAIN))
def test_read_by_hand_as_described_the_planted_figures_come_out(system, sample):
    rows = list(csv.DictReader(sample["rows"].lstrip("\n").splitlines(keepends=True), delimiter=sample.get("delimiter", ",")))
    found = recognised(list(rows[0]), FileKind.ORDERS)
    customers, revenue, orders = set(), Decimal(0), {}
    for place, row in enumerate(rows):  # without a number each row is an order
        orders.setdefault(value(row, found, Role.ORDER) or place, []).append(row)
    sold = [lines for lines in orders.values() if is_sale(lines, found)]
    for lines in sold:
        customers.add(max(who(row, found) for row in lines))
        revenue += money(lines, found)
    right = sample["right"]
    assert (len(customers), len(sold), float(revenue)) == (right["customers"], right["orders"], right["revenue"])


def values(row, found, role):
    """Return what a row holds in the columns of a role."""
    return [row[name].strip() for name, taken in found.roles.items() if taken is role and row[name]]


def value(row, found, role):
    """Return the first of them, or nothing."""
    return next(iter(values(row, found, role)), "")


def who(row, found):
    """Return who bought: the customer's number, but of guests (0) and where there is none the address."""
    number = value(row, found, Role.CUSTOMER)
    address = value(row, found, Role.EMAIL).lower()
    return address if address and number in ("", "0") else number


def is_sale(lines, found):
    """Return whether an order's states say that it is one."""
    states = [state.lower() for row in lines for state in values(row, found, Role.STATUS)]
    cancelled = any(value(row, found, Role.CANCELLED_ON) for row in lines)
    return not cancelled and all(found.statuses.get(state, SaleMeaning.SALE) is SaleMeaning.SALE for state in states)


def money(lines, found):
    """Return an order's money: of its lines less discount and refund once, or its total less the refund."""
    total, discount, refund = (
        max(number(value(row, found, role)) for row in lines) for role in (Role.ORDER_TOTAL, Role.DISCOUNT, Role.REFUND)
    )
    priced = [row for row in lines if value(row, found, Role.PRICE)]
    amounts = [number(value(row, found, Role.AMOUNT)) for row in lines if value(row, found, Role.AMOUNT)]
    amounts += [number(value(row, found, Role.QUANTITY)) * number(value(row, found, Role.PRICE)) for row in priced]
    return (sum(amounts) - discount if amounts else total) - refund


def number(text):
    """Return a number that stands in a cell of these rows, whatever its currency and decimal sign."""
    figures = re.sub(r"[^\d.,-]", "", text) or "0"
    return Decimal(figures.replace(".", "").replace(",", ".") if re.search(r",\d\d$", figures) else figures.replace(",", ""))


def test_shops_own_addresses_are_nobodys(header_of):
    for sample in FILES["sumup"]["sample"]:
        found = recognised(header_of(sample), FileKind.ORDERS)
        assert not {Role.EMAIL, Role.CUSTOMER} & set(found.roles.values())
        assert "names no customers" in found.note


def test_a_question_below_a_short_name_does_not_hide_the_name():
    header = [
        'StartDate Start Date {"ImportId":"startDate","timeZone":"Z"}',
        "EndDate End Date",
        "Status Response Type",
        "Progress",
        "Finished",
        "ResponseId Response ID",
        "DistributionChannel Distribution Channel",
        "UserLanguage User Language",
        "RecipientEmail Recipient Email",
    ]
    found = recognised([*header, "Q1 Status of your home?"], FileKind.SURVEY)
    assert found.system == "Qualtrics"
    assert found.roles["RecipientEmail Recipient Email"] is Role.EMAIL
    assert "Q1 Status of your home?" not in found.roles
    assert recognised(header, FileKind.ORDERS) is None


def test_one_name_more_or_less_is_a_survey_only_where_two_tell():
    assert recognised(["Timestamp", "Email address", "How old are you?"], FileKind.SURVEY).system == "Google Forms"
    assert recognised(["Timestamp", "How old are you?"], FileKind.SURVEY) is None
    assert recognised(["Timestamp", "Email address", "How old are you?"], FileKind.ORDERS) is None
