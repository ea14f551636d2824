"""The methods on samples: tightness by hand, cuts of one tree, and evidence gathered by latent classes and trees."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from segkit.core.criteria.evidence import refits
from segkit.core.criteria.evidence.refits import gather_again
from segkit.core.criteria.found.rule import Treatment
from segkit.core.estimators import weighted_k_means as k_means
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method, Scaling

AS_IT_IS = Treatment(log_skewed=False, scaling=Scaling.NONE, draw_in_outliers=False)


def prepared(frame, method):
    return AS_IT_IS.prepared(frame, tuple(frame), {}, method)


def test_tightness_by_hand():
    matrix = np.array([[0.0], [2.0], [10.0], [12.0], [14.0]])
    inertia, silhouette = refits._tightness(matrix, np.array([5, 5, 2, 2, 2]))
    # middles 1 and 12; squares 1 + 1 + 4 + 0 + 4
    assert inertia == 10
    widths = [(12 - 1) / 12, (10 - 1) / 10, (9 - 2) / 9, 1, (13 - 2) / 13]
    assert silhouette == pytest.approx(np.mean(widths))
    # who stands nearer to another middle counts against it: 3 from 8, but 2 from the middle 10 … 0
    assert refits._tightness(np.array([[0.0], [0.0], [6.0], [8.0]]), np.array([0, 0, 0, 1]))[1] == pytest.approx(
        np.mean([6 / 8, 6 / 8, (2 - 4) / 4, 1])
    )


def test_tightness_of_one_segment_and_of_equal_customers():
    assert refits._tightness(np.array([[0.0], [4.0]]), np.array([0, 0])) == (8, 0)
    assert refits._tightness(np.array([[1.0], [1.0]]), np.array([0, 1])) == (0, 0)


def test_the_simplified_silhouette_is_near_the_full_one():
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(120, 2)) + np.repeat([[0, 0], [8, 0], [0, 8]], 40, axis=0)
    labels = np.repeat([0, 1, 2], 40)
    assert refits._tightness(matrix, labels)[1] == pytest.approx(silhouette_score(matrix, labels), abs=0.07)


@pytest.mark.parametrize(
    ("bic", "said"),
    [
        ([3.0, 4.0, 5.0], "One class describes the answers best, when fit is weighed against the number of classes (BIC)."),
        ([3.0, 2.0, 5.0], "2 classes describe the answers best, when fit is weighed against the number of classes (BIC)."),
        (
            [3.0, 2.0, 1.0],
            "3 classes or more describe the answers best, when fit is weighed against the number of classes (BIC).",
        ),
    ],
)
def test_the_bic_is_read(bic, said):
    assert refits._read_bic(pd.DataFrame({"bic": bic}, index=[1, 2, 3])).endswith(said)
    assert refits._read_bic(pd.DataFrame({"gap": bic}, index=[1, 2, 3])) == ""


POINTS = np.array([[0.0], [1.0], [10.0], [12.0], [50.0]])
ONES = np.ones(5)


def test_one_tree_serves_every_cut_of_a_sample_and_each_sample_has_its_own():
    fit, rng = refits._WardFit(), np.random.default_rng(0)
    cuts = {k: fit(POINTS, ONES, k, rng) for k in (2, 3)}
    assert cuts[2].tree is cuts[3].tree
    assert [len(np.unique(one.predict(POINTS))) for one in cuts.values()] == [2, 3]
    assert cuts[3].predict(np.array([[-3.0], [11.0], [40.0]])).tolist() == cuts[3].predict(POINTS)[[0, 2, 4]].tolist()
    assert cuts[3].predict(POINTS)[[0, 1]].tolist() != cuts[3].predict(POINTS)[[2, 3]].tolist()
    other = np.array([1.0, 1.0, 1.0, 0.0, 0.0])
    second = fit(POINTS, other, 3, rng)
    assert second.tree is not cuts[2].tree and len(second.tree.grown.leaves_) == 3
    assert fit(POINTS, ONES, 4, rng).tree is cuts[2].tree and fit(POINTS, other, 2, rng).tree is second.tree, "both of a pair"
    third = fit(POINTS, ONES.copy(), 2, rng)
    assert fit(POINTS, ONES, 2, rng).tree is not cuts[2].tree, "older ones are let go"
    assert third.predict(POINTS).tolist() == cuts[2].predict(POINTS).tolist()
    few = fit(POINTS, np.array([1.0, 1.0, 0.0, 0.0, 0.0]), 4, rng)
    assert sorted(set(few.predict(POINTS))) == [0, 1], "never more segments than there are customers"


def test_how_often_a_customer_was_drawn_weighs_in_the_tree():
    fit, rng = refits._WardFit(), np.random.default_rng(0)
    points = np.array([[0.0], [4.0], [9.0]])
    assert fit(points, np.ones(3), 2, rng).predict(points).tolist() == [0, 0, 1]
    # 40 · 40 ⁄ 80 · 16 is more than 40 ⁄ 41 · 25
    assert fit(points, np.array([40.0, 40.0, 1.0]), 2, rng).predict(points).tolist() == [1, 0, 0]


def test_latent_classes_of_a_sample_rest_on_those_drawn():
    frame = pd.DataFrame({f"a{i}": list("yyynnn") for i in range(4)})
    rows, fit = refits.refits(prepared(frame, Method.LATENT_CLASS), frame, Method.LATENT_CLASS)
    assert rows.counts.tolist() == [3, 3]
    found = fit(rows.points, np.array([30.0, 30.0]), 2, np.random.default_rng(0)).predict(rows.points)
    assert sorted(found) == [0, 1]


def test_each_method_sees_its_own_rows():
    frame = pd.DataFrame({"a": ["y", "n", None, "y"], "x": [1.0, 2.0, 2.0, 1.0]})
    for method, kind in ((Method.K_MEANS, type(None)), (Method.HIERARCHICAL, refits._WardFit)):
        rows, fit = refits.refits(prepared(frame, method), frame, method)
        assert type(fit) is kind
        assert rows.counts.sum() == 4 and len(rows.points) == 3
        assert rows.points[rows.of_customer].tolist() == prepared(frame, method).matrix(frame).tolist()
    assert len(k_means.distinct_rows(prepared(frame, Method.K_MEANS).matrix(frame)).points) == 3


KINDS = pd.DataFrame(
    {f"a{i}": ["y"] * 20 + ["n"] * 40 for i in range(3)} | {f"b{i}": ["y"] * 40 + ["n"] * 20 for i in range(3)}
)
"""Three kinds of twenty people, each of one mind."""


@pytest.fixture(scope="module", params=[Method.LATENT_CLASS, Method.HIERARCHICAL])
def gathered(request):
    method = request.param
    return method, gather_again(prepared(KINDS, method), KINDS, method, pairs=2, seed=0)


def test_evidence_of_three_kinds_of_people(gathered):
    method, found = gathered
    assert found.table.index.tolist() == [1, 2, 3]
    assert found.recommended == 3
    assert found.table.loc[3, ["inertia", "silhouette", "smallest_share"]].tolist() == pytest.approx([0, 1, 1 / 3], abs=1e-9)
    assert found.table.loc[1, "smallest_share"] == 1 and np.isnan(found.table.loc[1, "silhouette"])
    assert found.table.loc[1, "inertia"] == pytest.approx(6 * 60 * 2 / 9)
    assert found.table.loc[3, ["adjusted_rand", "adjusted_rand_low", "adjusted_rand_high", "within"]].tolist() == [1, 1, 1, 1]
    assert found.pairs.shape == (2, 2) and found.pairs.columns.tolist() == [2, 3]
    assert {k: len(set(one.tolist())) for k, one in found.labels.items()} == {1: 1, 2: 2, 3: 3}
    for group in range(3):
        assert len(set(found.labels[3][20 * group : 20 * group + 20].tolist())) == 1
    assert found.lineage.segments.loc[3, "share"].tolist() == pytest.approx([1 / 3] * 3)
    assert found.lineage.segments.loc[3, "within"].tolist() == [1, 1, 1]
    assert ("bic" in found.table) is (method is Method.LATENT_CLASS)
    assert ("BIC" in found.reason) is (method is Method.LATENT_CLASS)
    assert found.reason == found.reason.strip()


class _AskedError(Exception):
    """Ends the work once it is known what was asked for."""


@pytest.mark.parametrize(("method", "pairs"), [(Method.LATENT_CLASS, 10), (Method.HIERARCHICAL, 12)])
def test_latent_classes_get_ten_pairs_at_most(monkeypatch, method, pairs):
    asked = {}

    def bootstrap(rows, ks, **given):
        asked.update(given)
        raise _AskedError

    monkeypatch.setattr(refits, "bootstrap", bootstrap)
    frame = pd.DataFrame({"a": list("yn") * 6, "b": list("ny") * 6})
    with pytest.raises(_AskedError):
        gather_again(prepared(frame, method), frame, method, pairs=12, seed=5)
    assert (asked["pairs"], asked["seed"]) == (pairs, 5)


def test_customers_all_the_same_are_refused():
    told = prepared(pd.DataFrame({"a": list("yn"), "b": list("yn")}), Method.HIERARCHICAL)
    with pytest.raises(CriteriaError, match="All customers have the same values in these variables"):
        gather_again(told, pd.DataFrame({"a": list("yy"), "b": list("yy")}), Method.HIERARCHICAL, pairs=2, seed=0)


@pytest.mark.parametrize(("customers", "leaves"), [(400, 400), (401, 150)])
def test_the_tree_of_a_sample_has_four_hundred_leaves_at_most(customers, leaves):
    points = np.random.default_rng(0).random((customers, 1))
    cut = refits._WardFit()(points, np.ones(customers), 2, np.random.default_rng(0))
    assert len(cut.tree.grown.leaves_) == leaves
    assert set(cut.predict(points)) == {0, 1}


def test_latent_classes_of_a_sample_are_sought_quickly_among_those_drawn(monkeypatch):
    asked = {}

    def fit(items, figures, weights, k, **how):
        asked.update(how, figures=figures.tolist(), weights=weights.tolist(), k=k)

    monkeypatch.setattr(refits.mixture, "fit", fit)
    refits._LatentFit(None)(np.arange(3.0), np.array([2.0, 0.0, 1.0]), 4, "source")
    assert asked == {
        "figures": [0, 2], "weights": [2, 1], "k": 4, "rng": "source",
        "starts": 10, "finalists": 2, "sample": 2500, "steps": 30, "still": 1e-5,
    }  # fmt: skip
