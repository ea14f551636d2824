"""The plain way: what it expects, its test on the past, what is withheld, and what is said where the orders do not tell."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.segmentation import segment
from segkit.core.profiles.lifetime.enough import days_to_look_back, too_few
from segkit.core.profiles.lifetime.held_out import MODELS, PLAIN, SAME_RATE, Past, plain, same_rate
from segkit.core.profiles.lifetime.models import models_beside
from segkit.core.profiles.lifetime.pace import LEAST, Course, bands, follow
from segkit.core.profiles.lifetime.worth import Terms, learn
from segkit.decisions.criteria import Criteria
from segkit.words.terms import Method
from tests.core.profiles.lifetime.cdnow import customers, purchases
from tests.made_up import customer_data

DAYS = (dt.date(2025, 1, 1), dt.date(2025, 7, 1), dt.date(2026, 1, 1))


def read(bought: pd.DataFrame, day: dt.date, *, money: bool = True):
    """Return a business as it was on a day."""
    table = customers(bought, str(day))
    columns = table.columns if money else table.columns[:3]
    variables = tuple(v for v in customer_data(5).variables if v.name in columns)
    made = customer_data(5, as_of=day, first_date=bought["date"].min().date(), last_date=day, currency="EUR")
    return replace(made, customers=table[columns], variables=variables)


def business(n: int = 400, seed: int = 3, *, stop: float = 0.15) -> pd.DataFrame:
    """Return orders of customers who order about monthly until they stop."""
    rng, rows = np.random.default_rng(seed), []
    for customer in range(n):
        day, pace = rng.integers(0, 600), rng.gamma(2, 20) + 5
        price = rng.lognormal(3, 0.5)
        while day < 730:
            rows.append((f"C{customer:04d}", pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(day)), round(price, 2)))
            day += 1 + rng.exponential(pace)
            if rng.random() < stop:
                break
    return pd.DataFrame(rows, columns=["id", "date", "money"])


@pytest.fixture(scope="module")
def past() -> Past:
    bought = business()
    return Past(*(read(bought, day) for day in DAYS))


@pytest.fixture(scope="module")
def segments(past):
    return segment(past.whole, Criteria(method=Method.RFM))


def test_on_cdnow_the_plain_way_is_as_near_as_the_models_and_the_same_rate_is_not(real):
    bought = purchases(real("cdnow/CDNOW_sample.txt"))
    days = (dt.date(1997, 5, 15), dt.date(1997, 9, 30), dt.date(1998, 6, 30))
    past = Past(*(read(bought, day) for day in days))
    expected = {name: way.orders.sum() for name, way in models_beside(past).ways.items()}
    assert past.came().orders.sum() == 1882 and past.came().money.sum() == pytest.approx(70976.39, abs=0.01)
    assert expected[SAME_RATE] == pytest.approx(2930.1, abs=0.5)
    assert expected[PLAIN] / 1882 == pytest.approx(0.78, abs=0.01)
    assert expected["Pareto/NBD"] == pytest.approx(1665.5, abs=0.1)


def test_a_course_is_followed_from_band_to_band_and_later_money_counts_less():
    course = Course(100.0, np.array([0.5, 0.0]), np.zeros(2), np.array([[0.8, 0.2], [0.0, 1.0]]))
    assert course.factors(100) == pytest.approx([50, 0])
    assert course.factors(250) == pytest.approx([50 + 40 + 0.5 * 32, 0]), "two and a half periods"
    assert course.factors(100, 0.1)[0] == pytest.approx(50 / 1.1 ** (50 / 365.25))


def test_bands_hold_enough_customers_and_everybody_with_an_order_has_one(past):
    table = past.whole.customers
    found = bands(table)
    sizes = np.bincount(found.of(table).band, minlength=len(found))
    assert sizes.sum() == len(table) and sizes.min() >= LEAST // 2 and len(found) > 5
    nobody = found.of(pd.DataFrame({"frequency": [0.0], "recency_days": [np.nan], "tenure_days": [np.nan]}))
    assert nobody.band.tolist() == [-1] and nobody.pace.tolist() == [0.0]


def test_what_was_kept_up_is_what_came():
    before = pd.DataFrame({"frequency": [4.0] * 100, "recency_days": [10.0] * 100, "tenure_days": [100.0] * 100})
    after = before.assign(frequency=[6.0] * 50 + [4.0] * 50)
    followed = follow(before, after, 50)
    mine = followed.bands.of(before)
    assert (mine.pace * followed.course().factors(50)[mine.band]).sum() == pytest.approx(100)


def test_worth_of_segments_adds_up_ranges_hold_it_and_the_test_stands_beside(past, segments):
    found = learn(past, segments).worth(Terms(margin=0.4))
    table = found.table
    known = table.dropna(subset=["each"])
    assert found.kind == "profit" and len(known) >= 3 and not found.untested
    assert ((known["low"] <= known["each"]) & (known["each"] <= known["high"])).all()
    assert (known["each"] * known["size"]).to_numpy() == pytest.approx(known["total"].to_numpy())
    assert 0.7 < found.ratio < 1.4 and table["ratio"].notna().any()
    spending = learn(past, segments).worth(Terms())
    assert spending.kind == "spending" and spending.table["each"].to_numpy() * 0.4 == pytest.approx(table["each"], nan_ok=True)
    longer = learn(past, segments).worth(Terms(months=24)).table["each"]
    assert (longer.dropna() > spending.table["each"].dropna()).all()
    again = learn(past, segments).worth(Terms(margin=0.4)).table
    pd.testing.assert_frame_equal(again, table)


def test_the_ratio_of_all_is_that_of_the_plain_way(past, segments):
    mine, came = plain(past), past.came()
    assert learn(past, segments).worth(Terms()).ratio == pytest.approx(mine.money.sum() / came.money.sum())
    assert same_rate(past).orders.sum() > mine.orders.sum(), "customers stop here: the same rate for all counts too much"


def test_one_customer_with_nearly_all_the_money_is_not_told(past, segments):
    rich = past.whole.customers.copy()
    one = segments.segment_of.index[segments.segment_of == segments.segments.index[0]][0]
    rich.loc[one, "monetary_total"] = 1e7
    told = learn(replace(past, whole=replace(past.whole, customers=rich)), segments).worth(Terms()).table
    assert told.loc[segments.segments.index[0], ["each", "low", "high", "total"]].isna().all()
    assert told["each"].isna().sum() >= 2, "nor can it be worked out from the rest"


def test_without_money_orders_are_told(segments):
    bought = business()
    bare = Past(*(read(bought, day, money=False) for day in DAYS))
    by_hand = segment(bare.whole, Criteria(method=Method.BY_HAND))
    found = learn(bare, by_hand).worth(Terms(margin=0.4))
    assert found.kind == "orders" and found.table["each"].dropna().between(0, 30).all()
    assert models_beside(bare).table["money"].isna().all()


def test_what_cannot_be_told_is_said_in_a_sentence(past):
    bought = business(200)
    once = bought.drop_duplicates("id")
    assert "Every customer has bought once" in days_to_look_back(read(once, DAYS[2]))
    month = bought[bought["date"] < "2024-02-01"]
    assert "the orders cover 29 days, and it takes 180" in days_to_look_back(read(month, dt.date(2024, 2, 1)))
    assert "takes the date of each order" in days_to_look_back(customer_data(50))
    assert days_to_look_back(past.whole) == (
        past.whole.first_date + dt.timedelta(243),
        past.whole.first_date + dt.timedelta(487),
    )
    few = bought[bought["id"] < "C0010"]
    said = too_few(*(read(few, day) for day in DAYS[:2]))
    assert "customers had bought by 1 January 2025" in said and said.endswith("came back by 1 July 2025; it takes 30 and 20.")
    assert too_few(past.first, past.whole) == ""


def test_where_the_earliest_day_holds_too_few_worth_is_told_and_said_to_be_untested(past, segments):
    early = read(business(), dt.date(2024, 1, 20))
    found = learn(replace(past, earlier=early), segments).worth(Terms())
    assert "it takes 30 and 20" in found.untested and np.isnan(found.ratio) and found.table["ratio"].isna().all()
    assert found.table["each"].notna().any()
    assert list(models_beside(replace(past, earlier=early)).table.index) == [*(m.name for m in MODELS), SAME_RATE]
