import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from segkit.core.criteria.segmentation import segment
from segkit.core.review.changes import review
from segkit.core.review.population_stability import population_stability, sampling_threshold
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data, shop


def sales(rye, sourdough):
    return pd.DataFrame(
        {
            "variable": "product",
            "label": "Product",
            "level": ["Rye", "Sourdough", "Cake"],
            "money": [float(rye), float(sourdough), 300.0],
            "orders": [rye // 5, sourdough // 5, 60],
        }
    )


@pytest.fixture(scope="module")
def baseline():
    return customer_data(shop(600), category_money=sales(4000, 200))


@pytest.mark.parametrize("method", list(Method))
def test_nothing_changed_is_said_so(baseline, method):
    formed = segment(baseline, Criteria(method=method, n_segments=4))
    found = review(baseline, baseline, formed)
    assert found.moved_share == 0
    assert (found.sizes["change"] == 0).all()
    assert (found.psi["psi"] == 0).all()
    assert (found.psi["reading"] == "no more change than chance brings").all()
    ids = list(formed.segments.index)
    assert np.diag(found.migration_matrix.loc[ids, ids]).sum() == 600
    assert (found.migration_matrix["left"] == 0).all()


def test_books_of_migration_balance(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = baseline.customers.iloc[100:].copy()
    later["recency_days"] += 90
    new = shop(50, seed=9).set_axis([f"n{i:03d}" for i in range(50)])[list(later)]
    everyone = pd.concat([later, new])
    everyone.index = everyone.index.astype("str")
    after = customer_data(everyone)
    found = review(baseline, after, formed)
    matrix = found.migration_matrix
    assert matrix["left"].sum() == 100
    assert matrix.loc["joined"].sum() == 50
    assert matrix.drop("joined").sum(axis=1).tolist() == formed.segments["size"].tolist()
    assert matrix.drop(columns="left").sum().tolist() == found.sizes["after"].tolist()
    assert len(found.moved) == 650
    assert "50 customers joined." in found.sentence
    bought = everyone.index[everyone["recency_days"] <= (after.as_of - baseline.as_of).days]
    assert found.sizes["no_order_since"].sum() == (~baseline.customers.index.isin(bought)).sum()


def test_thresholds_stay_at_the_baseline_so_a_decline_shows(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = baseline.customers.assign(recency_days=baseline.customers["recency_days"] + 365)
    found = review(baseline, customer_data(later), formed)
    assert found.sizes.loc["champions", "after"] == 0
    assert found.moved_share > 0.4
    assert found.psi.loc["segments", "psi"] > found.psi.loc["segments", "threshold"]
    assert found.psi.loc["recency_days", "reading"] == "a large change"


def test_a_trend_is_found_and_said(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = customer_data(baseline.customers, category_money=sales(3000, 2700))
    found = review(baseline, later, formed)
    top = found.trends.set_index("level").loc["Sourdough"]
    assert top["share_before"] == pytest.approx(200 / 4500)
    assert top["share_after"] == pytest.approx(2700 / 6000)
    assert top["z"] > 3
    assert "against the whole earlier period, seasons included: Sourdough rose from 4 % to 45 %" in found.sentence


def test_seasons_are_compared_with_themselves_where_the_data_reach_back_a_year(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = customer_data(baseline.customers, category_money=sales(3000, 2700), year_before=sales(3000, 2700))
    found = review(baseline, later, formed)
    assert found.trends["change"].abs().max() == 0, "no trend against the same months a year before"
    assert "rose" not in found.sentence


def test_stability_index_is_the_formula():
    before, after = np.array([50.0, 30, 20]), np.array([30.0, 30, 40])
    p, q = before / 100, after / 100
    assert population_stability(before, after) == pytest.approx(((p - q) * np.log(p / q)).sum())
    assert population_stability(before, before * 7) == 0
    assert np.isfinite(population_stability(np.array([10.0, 0, 0]), np.array([0.0, 10, 0])))
    assert sampling_threshold(400, 100, 5) == pytest.approx((1 / 400 + 1 / 100) * chi2.ppf(0.95, 4))


def test_chance_alone_seldom_exceeds_the_threshold():
    rng = np.random.default_rng(0)
    shares = np.full(6, 1 / 6)
    draws = [(rng.multinomial(500, shares).astype(float), rng.multinomial(300, shares).astype(float)) for _ in range(400)]
    beyond = np.mean([population_stability(*pair) > sampling_threshold(500, 300, 6) for pair in draws])
    assert 0.02 < beyond < 0.09


def test_later_data_without_the_variable_are_refused(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    with pytest.raises(CriteriaError) as error:
        review(baseline, customer_data(baseline.customers.drop(columns="frequency")), formed)
    assert str(error.value) == (
        "The later data lack Orders, by which the segments were formed. "
        "Bring a later file with the same columns, mapped the same way."
    )
