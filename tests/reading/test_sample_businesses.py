"""Both sample businesses read without hints: the planted dirt is found, row for row (dirt.json beside each)."""

import csv
import datetime as dt
import json
import re

import pandas as pd
import pytest

from segkit.reading.load import load_customers
from segkit.words.terms import Base, CleaningRule, FileKind, Role
from tests.conftest import ROOT

PLANTED = [rule for rule in CleaningRule if rule is not CleaningRule.DATE_AFTER_AS_OF]


def files(name):
    folder = ROOT / "data" / name
    return {kind: path for kind in FileKind if (path := folder / f"{kind.value}.csv").exists()}


@pytest.fixture(scope="module", params=["coffee_roaster", "packaging_wholesaler"])
def sample(request):
    folder = ROOT / "data" / request.param
    dirt = json.loads((folder / "dirt.json").read_text(encoding="utf-8"))
    return folder, dirt, load_customers(files(request.param), currency="EUR")


def test_the_planted_dirt_is_found(sample):
    _, dirt, data = sample
    counts = {count.rule: count.rows for count in data.ledger.counts}
    assert {rule: counts.get(rule, 0) for rule in PLANTED} == {rule: dirt["orders.csv"].get(rule.value, 0) for rule in PLANTED}
    assert data.merged_customers == dirt["customers.csv"]["twice"]
    join = next(join for join in data.joins if join.kind is FileKind.CUSTOMERS)
    assert join.only_main == dirt["orders.csv"]["customers_not_in_customer_file"]
    assert join.only_here == dirt["customers.csv"]["customers_without_orders"] + dirt["customers.csv"]["test_accounts"]
    spelt = f"{dirt['orders.csv']['category_spelt_differently']} rows write a value with different capitals or spaces"
    assert any(spelt in note for note in data.notes)


def test_dates_and_currency(sample):
    _, _, data = sample
    assert (data.as_of, data.last_date, data.currency) == (dt.date(2026, 1, 1), dt.date(2025, 12, 31), "EUR")
    assert "day first" in data.readings[0].sentence


def test_no_personal_data_gets_through(sample):
    folder, _, data = sample
    text = data.customers.to_csv(index=False) + data.columns.to_csv() + data.category_money.to_csv()
    assert "@" not in text and "+999" not in text
    with (folder / "customers.csv").open(encoding="utf-8", newline="") as file:
        names = [row[1] for row in csv.reader(file)][1:200]
    assert not [name for name in names if len(name) > 4 and name in text]
    personal = {role.column for roles in data.roles.values() for role in roles if role.role is Role.PERSONAL}
    assert {"email"} < personal


def test_variables_have_labels_and_bases(sample):
    _, _, data = sample
    labels = {variable.name: variable.label for variable in data.variables}
    assert labels["recency_days"] == "Days since last order"
    assert labels["town"] == "Town"
    assert labels["share_channel_web_shop"] == "Share of money: Web shop"
    assert labels["main_contact_channel"] == "Main contact channel"
    assert len(set(labels.values())) == len(labels)
    assert list(labels) == data.customers.columns.tolist()
    assert {v.base for v in data.variables if v.name in ("town", "region", "postcode")} == {Base.GEOGRAPHIC}


def test_shares_add_up(sample):
    _, _, data = sample
    shares = data.customers.filter(regex="^share_channel_").dropna()
    assert (shares.sum(axis=1) - 1).abs().max() < 1e-5


def test_bases_of_the_coffee_roaster():
    data = load_customers(files("coffee_roaster"))
    bases = {variable.base for variable in data.variables}
    assert bases == {Base.GEOGRAPHIC, Base.DEMOGRAPHIC, Base.PSYCHOGRAPHIC, Base.BEHAVIOURAL}
    assert re.fullmatch("only 3\\d % of customers have it", data.variable("taste_first").why_not)
    assert sum("impossible age" in note for note in data.notes) == 1


def test_bases_of_the_wholesaler():
    data = load_customers(files("packaging_wholesaler"))
    firm = {v.name for v in data.variables if v.base is Base.FIRMOGRAPHIC}
    assert firm == {"industry", "employees", "ownership", "decision_maker", "technology"}
    assert data.variable("margin_total").unit == "money"
    assert "sales_notes" not in data.customers


def test_a_later_period_replaces_the_earlier_lines(sample):
    folder, dirt, before = sample
    data = load_customers(files(folder.name), later=folder / "orders_later.csv")
    assert data.as_of == dt.date(2026, 7, 1)
    length = (before.as_of - before.first_date).days
    assert (data.as_of - data.first_date).days <= length
    assert data.last_date == dt.date(2026, 6, 30)
    assert data.readings[-1].file_name == "orders_later.csv"
    later = data.category_money.query("variable == 'main_category'")["money"].sum()
    assert 0 < later < 0.6 * data.revenue
    counts = data.ledger.rows_set_aside
    assert counts[CleaningRule.NO_CUSTOMER] >= dirt["orders_later.csv"]["no_customer"]
    assert data.customers.index.isin(before.customers.index).mean() < 1


def test_a_later_period_is_compared_with_the_same_months_of_the_year_before():
    folder = ROOT / "data" / "coffee_roaster"
    after = load_customers(files("coffee_roaster"), later=folder / "orders_later.csv")
    lines = pd.read_csv(folder / "orders.csv", dtype=str)
    first_half = lines["order_date"].str.match(r"2025-0[1-6]") & (lines["status"] == "paid")
    named = lines[first_half & lines["customer_id"].notna() & (lines["unit_price"].astype(float) > 0)]
    plain = (named["quantity"].astype(float) * named["unit_price"].astype(float)).sum()
    counted = after.year_before.loc[after.year_before["variable"] == "main_category", "money"].sum()
    assert counted == pytest.approx(plain, rel=0.01), "only the test account's few lines differ"
    assert after.category_money["money"].sum() != after.year_before["money"].sum()
