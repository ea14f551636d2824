"""The models of buying reproduce what was published (Fader, Hardie, Lee 2005), and hold where formulas overflow."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from segkit.core.profiles.lifetime.bg_nbd import BG_NBD, MBG_NBD
from segkit.core.profiles.lifetime.buying import BOUNDS, Fitted, fit
from segkit.core.profiles.lifetime.gamma_gamma import fit_spend
from segkit.core.profiles.lifetime.histories import Histories, histories
from segkit.core.profiles.lifetime.pareto_nbd import PARETO_NBD
from tests.core.profiles.lifetime.cdnow import customers, purchases

MODELS = [BG_NBD, MBG_NBD, PARETO_NBD]


@pytest.fixture(scope="module")
def bought(real):
    return purchases(real("cdnow/CDNOW_sample.txt"))


@pytest.fixture(scope="module")
def known(bought):
    return histories(customers(bought, "1997-09-30"))


def one(x: float, last: float, known: float) -> Histories:
    return Histories(np.array([x]), np.array([last]), np.array([known]), np.ones(1), np.zeros(1, dtype=np.intp))


def test_the_histories_of_the_sample_are_the_published_ones(known):
    assert len(known.of) == 2357 and known.customers.sum() == 2357
    means = [known.each(values).mean() for values in (known.repeats, known.last, known.known)]
    assert means == pytest.approx([1.0424, 6.8458, 32.7158], abs=1e-4)
    assert (known.each(known.repeats) > 0).sum() == 946


@pytest.mark.parametrize(
    ("model", "parameters", "likelihood", "orders"),
    [
        (BG_NBD, (0.2426, 4.4136, 0.7929, 2.4259), -9582.429, 1653.4),
        (MBG_NBD, (0.525, 6.183, 0.891, 1.614), -9582.136, 1576.7),
        (PARETO_NBD, (0.553, 10.578, 0.606, 11.669), -9594.976, 1665.5),
    ],
)
def test_parameters_likelihood_and_orders_to_come_are_the_published_ones(known, model, parameters, likelihood, orders):
    found = fit(model, known)
    assert found.parameters == pytest.approx(parameters, rel=1e-3)
    assert found.log_likelihood == pytest.approx(likelihood, abs=0.005)
    assert found.orders(known, 39 * 7).sum() == pytest.approx(orders, abs=0.1)


def test_errors_customer_by_customer_are_those_of_the_hold_out(bought, known):
    before, after = customers(bought, "1997-09-30"), customers(bought, "1998-06-30")
    came = (after["frequency"] - before["frequency"]).to_numpy()
    assert came.sum() == 1882
    for model, mae in ((PARETO_NBD, 0.7545), (BG_NBD, 0.7855), (MBG_NBD, 0.7648)):
        assert np.abs(fit(model, known).orders(known, 273) - came).mean() == pytest.approx(mae, abs=5e-5)


def test_conditional_figures_are_the_published_ones():
    bg = Fitted(BG_NBD, np.array([0.2426, 4.4136, 0.7929, 2.4259]), 0.0)
    assert bg.orders(one(2, 30.43, 38.86), 273)[0] == pytest.approx(1.226, abs=5e-4)
    weeks = (1 / 7, 1, 3, 31.8571, 32, 78)
    fresh = [bg.model.expected(bg.parameters, one(0, 0, 0), t)[0] for t in weeks]
    assert fresh == pytest.approx([0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576], rel=3e-4, abs=6e-5)
    pareto = Fitted(PARETO_NBD, np.array([0.5533, 10.5778, 0.6061, 11.6692]), 0.0)
    busy = one(26, 30.86, 31)
    assert pareto.orders(busy, 52 * 7)[0] == pytest.approx(25.46, abs=0.01)
    assert pareto.still_there(busy) == pytest.approx(0.9979, abs=5e-5)


def test_all_customers_are_fitted_in_seconds(real):
    known = histories(customers(purchases(real("cdnow/CDNOW_master.txt")), "1997-09-30"))
    start = time.process_time()
    found = {model.name: fit(model, known) for model in MODELS}
    assert time.process_time() - start < 6
    assert found["BG/NBD"].parameters == pytest.approx((0.2516, 4.7889, 0.7234, 2.1611), rel=1e-3)
    likelihoods = [one.log_likelihood for one in found.values()]
    assert likelihoods == pytest.approx([-95368.44, -95336.96, -95415.12], abs=0.006)


def test_gamma_gamma_is_the_published_one(bought):
    before = bought[bought["date"] <= "1997-09-30"]
    again = before[before["date"] > before.groupby("id")["date"].transform("min")].groupby("id")["money"].agg(["size", "mean"])
    spent = again[again["mean"] > 0]
    found = fit_spend(spent["size"].to_numpy(float), spent["mean"].to_numpy())
    assert len(spent) == 946 and (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=5e-3)
    assert found.log_likelihood == pytest.approx(-4055.918, abs=0.005) and found.mean == pytest.approx(35.17, abs=5e-3)
    first = again.reindex(sorted(before["id"].unique())[:10]).fillna(0.0)
    worth = found.per_order(first["size"].to_numpy(float), first["mean"].to_numpy())
    assert worth == pytest.approx([24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17], abs=6e-3)


def test_of_who_bought_once_it_is_not_told_whether_they_are_still_there():
    for model in MODELS:
        assert np.isnan(Fitted(model, np.array([0.5, 8.0, 0.8, 2.5]), 0.0).still_there(one(0, 0, 30)))


@settings(max_examples=60, deadline=None, derandomize=True)
@example(parameters=(0.24469459124240794, 0.0, 0.24469459124240794, 0.0), x=98, last=0, known=0, weeks=5, model=BG_NBD)
@given(
    parameters=st.tuples(*(st.floats(low, high) for low, high in BOUNDS)),
    x=st.integers(0, 3000),
    last=st.floats(0, 1),
    known=st.floats(0, 600),
    weeks=st.floats(0.1, 300),
    model=st.sampled_from(MODELS),
)
def test_no_history_and_no_parameter_breaks_a_model(parameters, x, last, known, weeks, model):
    given_, history = np.exp(parameters), one(x, last * known if x else 0.0, known)
    assert np.isfinite(model.log_likelihood(given_, history)).all()
    sooner, later = (model.expected(given_, history, t)[0] for t in (weeks, 2 * weeks))
    assert np.isfinite(later) and -1e-6 <= sooner <= later * (1 + 1e-6) + 1e-6
    assert 0 <= model.alive(given_, history)[0] <= 1


def test_a_parameter_of_one_is_no_gap():
    for model, place in ((BG_NBD, 2), (MBG_NBD, 2), (PARETO_NBD, 2)):
        at = [np.array([0.5, 8.0, 0.8, 2.5]) for _ in range(3)]
        for parameters, value in zip(at, (0.999, 1.0, 1.001), strict=True):
            parameters[place] = value
        below, there, above = (model.expected(parameters, one(3, 20, 30), 52)[0] for parameters in at)
        assert above < there < below and there == pytest.approx((above + below) / 2, rel=1e-4)


def test_orders_of_one_day_are_one_purchase_and_who_only_returned_has_no_history():
    table = pd.DataFrame(
        {"frequency": [3.0, 5.0, 0.0, 2.0], "recency_days": [9.0, 7.0, np.nan, 0.0], "tenure_days": [9.0, 9.0, np.nan, 7.0]}
    )
    found = histories(table)
    assert found.each(found.repeats).tolist() == [0, 2, 0, 1] and found.of[2] == -1
    assert found.each(found.last).tolist() == pytest.approx([0, 2 / 7, 0, 1])
