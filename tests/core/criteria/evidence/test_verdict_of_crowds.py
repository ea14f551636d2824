"""The whole way from customers whose structure is known to the verdict on them."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.evidence.alike import dispersion
from segkit.core.criteria.evidence.gather import gather
from segkit.core.criteria.evidence.how_many import how_many, with_number
from segkit.core.criteria.evidence.references import OneHump, gaussian, independent, uniform
from segkit.core.criteria.evidence.valleys import borders
from segkit.core.criteria.evidence.verdict import Trust, trust
from segkit.core.criteria.segmentation import Segmentation, segment
from segkit.decisions.criteria import Criteria
from segkit.reading.load import load_customers
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.terms import FileKind, Method, Verdict
from tests.conftest import ROOT
from tests.core.customer_tables import customer_data, planted, shop

pytestmark = pytest.mark.slow  # each takes a second or two; the quick lane judges evidence written by hand

K_MEANS = Criteria(method=Method.K_MEANS)


def verdict_of(values) -> tuple[Trust, Segmentation]:
    data = customer_data(values)
    criteria = K_MEANS.revise(variables=tuple(values.columns))
    evidence = how_many(data, criteria, pairs=6)
    formed = segment(data, with_number(data, criteria, evidence))
    return trust(data, formed, criteria, evidence), formed


def club(customers=400, seed=0):
    """Members who all order at one rate and fill one basket."""
    rng = np.random.default_rng(seed)
    further = rng.poisson(12, customers)
    return pd.DataFrame(
        {
            "recency_days": rng.exponential(30, customers).round(),
            "frequency": further + 1.0,
            "monetary_total": [rng.lognormal(3, 0.4, f + 1).sum() for f in further],
        }
    )


def test_segments_well_apart_are_natural_and_all_found():
    values, truth = planted(600, segments=4, apart=6)
    said, formed = verdict_of(values)
    assert said.verdict is Verdict.NATURAL
    assert len(formed.segments) == 4
    assert pd.crosstab(formed.segment_of.to_numpy(), truth).max().sum() > 590
    assert said.per_segment["jaccard"].min() > 0.9
    assert "All of the customers are in segments with a valley on every side" in said.reason


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(1).uniform(size=(500, 3)),
        np.random.default_rng(2).normal(size=(500, 3)),
        np.random.default_rng(3).normal(size=(500, 3)) @ np.array([[2, 1, 0], [0, 1, 0.5], [0, 0, 0.3]]),
    ],
    ids=["uniform", "one normal crowd", "one correlated crowd"],
)
def test_structureless_customers_have_no_segments(values):
    said, formed = verdict_of(pd.DataFrame(values, columns=["a", "b", "c"]))
    assert said.verdict is Verdict.NONE
    assert said.reason == (
        "In these variables the customers form one crowd, no more grouped than customers without any segments would be: the "
        f"{len(formed.segments)} groups are lines drawn through it. Treat all customers alike, or choose other variables."
    )


@pytest.mark.parametrize("method", list(Method))
def test_a_club_whose_members_all_buy_alike_has_no_segments(method):
    data = customer_data(club())
    criteria = Criteria(method=method, n_segments=4)
    assert trust(data, segment(data, criteria), criteria).verdict is Verdict.NONE


def test_fixed_lines_through_one_crowd_are_not_sold_as_found_again():
    data = customer_data(club())
    bands = [{"variable": "frequency", "banding": "own", "thresholds": [float(data.customers["frequency"].median())]}]
    criteria = Criteria(method=Method.BY_HAND, by_hand=bands)
    said = trust(data, segment(data, criteria), criteria)
    assert said.verdict is Verdict.NONE and said.adjusted_rand == 1
    assert "agreement is 1.00 (1 is perfect, 0 is chance) is due to fixed lines, not to groups." in said.reason


@pytest.mark.parametrize("method", [Method.RFM, Method.BY_HAND])
def test_lines_through_a_varied_crowd_are_constructed(method):
    data = customer_data(shop(600, one_time=0.3))
    criteria = Criteria(method=method)
    said = trust(data, segment(data, criteria), criteria)
    assert said.verdict is Verdict.CONSTRUCTED
    assert 0.8 < said.adjusted_rand_low <= said.adjusted_rand <= said.adjusted_rand_high <= 1


def test_same_input_gives_the_same_evidence_whatever_the_order():
    values, _ = planted(60, apart=4)
    data = customer_data(values[["taste_1", "taste_2"]])
    criteria = K_MEANS.revise(variables=tuple(data.customers))
    first, again = (how_many(data, criteria, pairs=4, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(first.table, again.table, check_exact=True)
    other = customer_data(data.customers.sample(frac=1, random_state=0))
    pd.testing.assert_frame_equal(first.table, how_many(other, criteria, pairs=4, seed=3).table, rtol=1e-6)


def test_evidence_table_holds_what_is_promised():
    values, _ = planted(120, apart=6)
    found = gather(values.to_numpy(), pairs=6)
    assert list(found.table.index) == list(range(1, 9))
    assert list(found.pairs.columns) == list(range(2, 9))
    assert len(found.pairs) == 6
    assert found.table["inertia"].is_monotonic_decreasing
    assert found.table.loc[1, "smallest_share"] == 1
    assert found.table.loc[1, ["adjusted_rand", "silhouette"]].isna().all()
    assert found.table.loc[2:].notna().all(axis=None)
    assert found.recommended == 4
    assert found.reason.startswith("4 segments stand apart, with valleys between them: on repeated samples the agreement is ")


def test_few_different_customers_limit_the_number_of_segments():
    values = np.repeat(np.array([[0.0, 0.0], [1.0, 5.0], [9.0, 1.0]]), 20, axis=0)
    assert list(gather(values, pairs=3).table.index) == [1, 2, 3]
    with pytest.raises(CriteriaError, match="All customers have the same values in these variables"):
        gather(np.ones((40, 2)))


def test_too_few_customers():
    data = customer_data(shop(20))
    with pytest.raises(TooFewCustomersError):
        how_many(data, K_MEANS)


def test_references_keep_what_they_should():
    rng = np.random.default_rng(0)
    values = np.column_stack([rng.exponential(size=2000), rng.poisson(2, 2000).astype(float)])
    values[:, 1] += values[:, 0].round()
    drawn = OneHump(values, rng).draw(2000, rng)
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(np.corrcoef(values.T)[0, 1], abs=0.15)
    assert drawn.mean(axis=0) == pytest.approx(values.mean(axis=0), rel=0.1)
    assert set(drawn[:, 1]) <= set(values[:, 1])
    assert gaussian(values, rng).std(axis=0) == pytest.approx(values.std(axis=0), rel=0.1)
    assert uniform(values, rng).shape == values.shape
    answers = np.repeat(rng.integers(0, 2, 500)[:, None], 3, axis=1).astype(float)
    shuffled = independent(answers, rng, ["a", "b", "b"])
    assert (shuffled[:, 1] == shuffled[:, 2]).all()
    assert abs(np.corrcoef(shuffled[:, 0], shuffled[:, 1])[0, 1]) < 0.2
    assert shuffled.mean(axis=0) == pytest.approx(answers.mean(axis=0))


def test_one_hump_takes_the_second_hump_away():
    rng = np.random.default_rng(1)
    two = np.concatenate([rng.normal(-4, 1, 1000), rng.normal(4, 1, 1000)])[:, None]
    drawn = OneHump(two, rng).draw(2000, rng)
    assert (np.abs(drawn) < 1).mean() > 5 * (np.abs(two) < 1).mean()


def test_borders_of_two_crowds_are_valleys_and_of_one_are_not():
    rng = np.random.default_rng(2)
    one = rng.normal(size=(1000, 2))
    assert borders(one, (one[:, 0] > 0).astype(int)).crowd.min() > 0.9
    two = one + np.where(np.arange(1000) < 500, -3, 3)[:, None]
    assert borders(two, (two[:, 0] > 0).astype(int)).crowd.max() < 0.1


def test_dispersion_is_one_where_all_order_at_one_rate():
    rng = np.random.default_rng(4)
    tenure = rng.uniform(50, 700, 4000)
    alike = pd.DataFrame({"frequency": 1.0 + rng.poisson(tenure / 50), "tenure_days": tenure})
    assert dispersion(alike) == pytest.approx(1, abs=0.1)
    differ = alike.assign(frequency=1.0 + rng.poisson(tenure / 50 * rng.gamma(1, 1, 4000)))
    assert dispersion(differ) > 3


@pytest.mark.slow
@pytest.mark.parametrize(("sample", "least"), [("coffee_roaster", 0.6), ("packaging_wholesaler", 0.75)])
def test_segments_planted_in_the_sample_businesses_are_found(sample, least):
    """Agreement (adjusted Rand index) of k-means on suggested variables and suggested number with the truth file."""
    folder = ROOT / "data" / sample
    data = load_customers({FileKind.ORDERS: folder / "orders.csv", FileKind.CUSTOMERS: folder / "customers.csv"})
    evidence = how_many(data, K_MEANS)
    formed = segment(data, with_number(data, K_MEANS, evidence))
    truth = pd.read_csv(folder / "truth.csv", dtype=str, index_col="customer_id")["segment"]
    both = pd.concat([formed.segment_of.rename("found"), truth.rename("planted")], axis=1, join="inner")
    assert len(both) > 0.95 * len(data.customers)
    table = cross_table(pd.factorize(both["found"])[0], pd.factorize(both["planted"])[0])
    assert adjusted_rand(table) >= least
    assert trust(data, formed, K_MEANS, evidence).verdict is Verdict.NATURAL


@pytest.mark.slow
def test_gaps_that_yes_no_answers_have_by_themselves_make_no_natural_segments(real):
    answers = pd.read_csv(real("mcdonalds/mcdonalds.csv")).iloc[:, :11].eq("Yes").astype("float64")
    said, _ = verdict_of(answers)
    assert said.verdict is Verdict.REPRODUCIBLE
    assert "no gaps beyond those that such answers always have" in said.reason


def test_kinds_of_things_are_no_natural_segments_because_nobody_stands_between_them():
    rng = np.random.default_rng(5)
    kinds = pd.DataFrame({"town": rng.choice(list("abc"), 400), "trade": rng.choice(list("xy"), 400)})
    said, _ = verdict_of(kinds)
    assert said.verdict is not Verdict.NATURAL
