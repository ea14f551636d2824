"""The real data sets read without hints, down to the figures that are published about them (SOURCE.txt beside each)."""

import datetime as dt
import time

import pandas as pd
import pytest

from segkit.reading.load import inspect_files, load_customers
from segkit.words.terms import Base, CleaningRule, FileKind, Grain, Role

RFM = ["recency_days", "frequency", "monetary_total"]


def orders(path, **options):
    return load_customers({FileKind.ORDERS: path}, **options)


def role_of(data, column, kind=FileKind.ORDERS):
    return next(role for role in data.roles[kind] if role.column == column)


def test_online_retail(real):
    start = time.perf_counter()
    data = orders(real("online_retail/OnlineRetail.csv"))
    assert time.perf_counter() - start < 30  # about 2.5 s on two idle cores
    assert (data.ledger.rows_read, data.ledger.rows_kept) == (541_909, 397_884)
    assert data.ledger.rows_set_aside == {
        CleaningRule.NO_CUSTOMER: 135_080,
        CleaningRule.CANCELLED: 8_905,
        CleaningRule.PRICE_NOT_POSITIVE: 40,
    }
    copies = next(count for count in data.ledger.counts if count.rule is CleaningRule.DUPLICATE_ROW)
    assert (copies.rows, copies.money, copies.applied) == (397_884 - 392_692, 24_199.01, False)
    assert (data.orders, len(data.customers), round(data.revenue, 2)) == (18_532, 4_338, 8_911_407.90)
    assert data.as_of == dt.date(2011, 12, 10)
    assert data.customers[RFM].mean().round(3).tolist() == [93.059, 4.272, 2054.266]
    assert data.customers["monetary_total"].idxmax() == "14646"
    money = data.customers["monetary_total"].nlargest(round(0.2 * 4_338))
    assert round(100 * money.sum() / 8_911_407.90, 2) == 74.62
    assert data.grain is Grain.ORDER_LINE
    assert data.monthly["orders"].sum() == 18_532
    assert data.category_money.groupby("variable")["money"].sum().round(2).to_dict() == {"country": 8_911_407.90}


def test_online_retail_without_copies(real):
    data = orders(real("online_retail/OnlineRetail.csv"), rules_on=[CleaningRule.DUPLICATE_ROW])
    assert (data.ledger.rows_kept, round(data.revenue, 2)) == (392_692, 8_887_208.89)


def test_cdnow(real):
    data = orders(real("cdnow/CDNOW_master.txt"))
    assert (data.ledger.rows_kept, len(data.customers), data.revenue) == (69_659, 23_570, 2_500_315.63)
    assert data.customers.index[0] == "00001"
    assert (data.customers["frequency"] == 1).sum() == 11_908
    assert data.customers[RFM].mean().round(4).tolist() == [368.2216, 2.9554, 106.0804]
    assert (data.first_date, data.last_date, data.as_of) == (dt.date(1997, 1, 1), dt.date(1998, 6, 30), dt.date(1998, 7, 1))


def test_cdnow_sample_has_no_header(real):
    data = orders(real("cdnow/CDNOW_sample.txt"))
    assert (data.ledger.rows_read, len(data.customers), data.orders) == (6_919, 2_357, 6_919)
    assert "no line with column names" in data.readings[0].sentence
    assert [role.role for role in data.roles[FileKind.ORDERS]] == [
        Role.CUSTOMER,
        Role.IGNORE,
        Role.DATE,
        Role.QUANTITY,
        Role.AMOUNT,
    ]


def test_northwind_joins_its_customers(real):
    files = {
        FileKind.ORDERS: real("northwind/derived_northwind_orders.csv"),
        FileKind.CUSTOMERS: real("northwind/derived_customers.csv"),
    }
    data = load_customers(files)
    (join,) = data.joins
    assert (join.matched, join.only_main, join.only_here) == (89, 0, 4)
    assert (data.orders, round(data.revenue, 2), len(data.customers)) == (830, 1_265_793.04, 89)
    assert data.customers["monetary_total"].round(2).nlargest(3).to_dict() == {
        "QUICK": 110277.30,
        "ERNSH": 104874.98,
        "SAVEA": 104361.95,
    }
    assert data.variable("contact_title").base is Base.FIRMOGRAPHIC
    assert data.variable("city").base is Base.GEOGRAPHIC
    personal = {r.column for r in data.roles[FileKind.CUSTOMERS] if r.role is Role.PERSONAL}
    assert personal == {"CompanyName", "ContactName", "Address", "Phone", "Fax"}
    assert not any("Maria Anders" in str(value) for value in data.customers.to_numpy().ravel())


VARIANTS = ["semicolon_dmy", "comma_dmy_renamed", "allquoted_mdy"]


@pytest.fixture(scope="module")
def campaigns(real):
    return [orders(real(f"marketing_campaign/variant_{name}.csv")) for name in VARIANTS]


def test_marketing_campaign_in_three_dialects_is_one(campaigns):
    first, *others = campaigns
    for other in others:
        pd.testing.assert_frame_equal(other.customers.set_axis(first.customers.columns, axis=1), first.customers)
        assert (other.as_of, other.orders, other.revenue) == (first.as_of, first.orders, first.revenue)


def test_marketing_campaign_figures(campaigns):
    data = campaigns[0]
    assert data.grain is Grain.CUSTOMER
    income = data.customers["income"]
    assert (income.isna().sum(), income.sum(), round(income.mean(), 2)) == (24, 115_779_909, 52_247.25)
    assert data.customers["response"].sum() == 334
    assert data.revenue == 1_356_988
    assert (data.first_date, data.last_date) == (dt.date(2012, 7, 30), dt.date(2014, 6, 29))
    assert data.customers["tenure_days"].agg(["min", "max"]).tolist() == [1, (dt.date(2014, 6, 30) - dt.date(2012, 7, 30)).days]
    constant = {r.column for r in data.roles[FileKind.ORDERS] if r.role is Role.CONSTANT}
    assert constant == {"Z_CostContact", "Z_Revenue"}
    web, catalogue, store = (data.customers[f"num_{name}_purchases"] for name in ("web", "catalog", "store"))
    assert (data.customers["frequency"] == web + catalogue + store).all()
    assert "discount" in role_of(data, "NumDealsPurchases").reason
    assert data.customers["age"].isna().sum() == 3


@pytest.mark.parametrize(
    ("variant", "words"), list(zip(VARIANTS, ["day first: 400", "day first: 400", "month first: 400"], strict=True))
)
def test_marketing_campaign_says_how_dates_were_read(real, variant, words):
    path = real(f"marketing_campaign/variant_{variant}.csv")
    reading, _, _ = inspect_files({FileKind.CUSTOMERS: path})[FileKind.CUSTOMERS]
    assert words in reading.sentence


def test_wholesale_has_neither_id_nor_date(real):
    data = orders(real("wholesale/Wholesale customers data.csv"))
    assert (len(data.customers), data.revenue, data.as_of, data.orders) == (440, 14_619_500, None, None)
    assert data.customers["channel"].value_counts().to_dict() == {"1": 298, "2": 142}
    assert data.customers["region"].value_counts().to_dict() == {"3": 316, "1": 77, "2": 47}
    assert role_of(data, "Fresh").confidence < 0.5
    assert data.monthly.empty and data.category_money.empty


def test_sales_data_sample_sets_cancelled_orders_aside(real):
    data = orders(real("sales_data_sample/variant_utf8_mdy.csv"))
    assert data.ledger.rows_set_aside == {CleaningRule.CANCELLED: 60}
    assert len(data.customers) == 92
    assert (data.first_date, data.as_of) == (dt.date(2003, 1, 6), dt.date(2005, 6, 1))


def test_sales_data_sample_as_published(real):
    data = orders(real("sales_data_sample/variant_utf8_mdy.csv"), rules_off=[CleaningRule.CANCELLED])
    assert (data.ledger.rows_kept, data.orders, round(data.revenue, 2)) == (2_823, 307, 10_032_628.85)
    assert data.customers[RFM].mean().round(3).tolist() == [182.826, 3.337, 109050.314]
    assert data.customers["monetary_total"].round(2).max() == 912_294.11
    north = data.category_money.query("variable == 'territory' and level == 'NA'")
    assert len(north) == 1
    territory = data.columns.set_index("column").loc["TERRITORY"]
    assert (territory["filled"], territory["distinct"]) == (1.0, 4)


def test_na_stays_text(real):
    _, _, summaries = inspect_files({FileKind.ORDERS: real("sales_data_sample/variant_utf8_mdy.csv")})[FileKind.ORDERS]
    territory = next(summary for summary in summaries if summary.name == "TERRITORY")
    assert (territory.filled, "NA" in territory.examples) == (2_823, True)


def test_rfm_package(real):
    data = orders(real("rfm_pkg/rfm_data_orders.csv"), as_of=dt.date(2006, 12, 31))
    expected = pd.read_csv(real("rfm_pkg/expected_rfm_2006-12-31.csv"), index_col="customer_id").sort_index()
    assert data.customers.index.tolist() == expected.index.tolist()
    assert (data.customers["frequency"] == expected["transaction_count"]).all()
    assert (data.customers["monetary_total"] == expected["amount"]).all()
    assert (data.customers["recency_days"] == expected["recency_days"]).all()


def test_rfm_package_one_row_a_customer(real):
    data = orders(real("rfm_pkg/rfm_data_customer.csv"))
    assert (len(data.customers), data.revenue, data.grain) == (39_999, 37_537_400, Grain.CUSTOMER)
    assert data.customers.loc["22086", RFM].tolist() == [232, 9, 777]
    assert data.columns.query("role == 'personal'")["mean"].isna().all()


def test_a_survey_as_customers(real):
    data = load_customers({FileKind.CUSTOMERS: real("mcdonalds/mcdonalds.csv")})
    assert len(data.customers) == 1_453
    items = [v for v in data.variables if v.base is Base.PSYCHOGRAPHIC and v.name != "like"]
    shares = [round(float((data.customers[v.name] == "Yes").mean()), 2) for v in items]
    assert shares == [0.55, 0.91, 0.09, 0.87, 0.53, 0.90, 0.60, 0.64, 0.36, 0.20, 0.24]
    assert data.customers["age"].mean().round(2) == 44.60
    copies = data.ledger.counts[-1]
    assert (copies.rule, copies.rows, copies.applied) == (CleaningRule.DUPLICATE_ROW, 22, False)
