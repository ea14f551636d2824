import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from sklearn.mixture import GaussianMixture

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.estimators.latent_class import LatentClassSegments


@pytest.fixture(scope="module")
def answers(real):
    return (pd.read_csv(real("mcdonalds/mcdonalds.csv")).iloc[:, :11] == "Yes").to_numpy(dtype=float)


@pytest.mark.parametrize(("k", "published"), [(2, -7610.836), (3, -7311.478), (4, -7111.108), (5, -7011.167)])
def test_reaches_the_published_log_likelihoods(answers, k, published):
    """Eleven yes/no answers of 1,453 people (data of Dolnicar, Grün, Leisch 2018): maxima that several programs agree on."""
    found = LatentClassSegments(k, categorical_features="all").fit(answers)
    assert found.converged_
    assert round(found.log_likelihood_, 3) == published
    assert found.n_parameters_ == k - 1 + 11 * k
    assert found.bic_ == pytest.approx(-2 * published + found.n_parameters_ * np.log(1453), abs=0.01)


def test_one_class_answers_each_question_on_its_own(answers):
    found = LatentClassSegments(1, categorical_features="all").fit(answers)
    p = answers.mean(axis=0)
    assert found.log_likelihood_ == pytest.approx(1453 * (p * np.log(p) + (1 - p) * np.log(1 - p)).sum())


def mixed(customers, seed=0, segments=3):
    """Numbers and categories that overlap; the truth beside them."""
    rng = np.random.default_rng(seed)
    truth = np.arange(customers) % segments
    numbers = rng.normal(scale=2, size=(segments, 3))[truth] + rng.normal(size=(customers, 3))
    chances = rng.dirichlet(np.ones(4) * 0.7, size=(3, segments))
    kinds = np.stack([(rng.random(customers)[:, None] > c.cumsum(axis=1)[truth]).sum(axis=1) for c in chances], axis=1)
    return np.column_stack([numbers, kinds]), truth


def test_numbers_alone_are_the_normal_mixture_of_scikit_learn():
    points = mixed(600)[0][:, :3] * [1, 100, 0.01]
    ours = LatentClassSegments(2).fit(points)
    theirs = GaussianMixture(2, covariance_type="diag", n_init=5, tol=1e-9, max_iter=500, reg_covar=1e-12, random_state=0)
    theirs.fit(points / points.std(axis=0))
    units = 600 * np.log(points.std(axis=0)).sum()
    assert ours.log_likelihood_ == pytest.approx(theirs.lower_bound_ * 600 - units, abs=1e-3)
    assert ours.weights_ == pytest.approx(np.sort(theirs.weights_)[::-1], abs=1e-3)


def test_finds_planted_segments_in_mixed_data_with_gaps():
    points, truth = mixed(900, seed=3)
    points[np.random.default_rng(0).random(points.shape) < 0.15] = np.nan
    found = LatentClassSegments(3, categorical_features=[3, 4, 5]).fit(points)
    assert adjusted_rand(cross_table(found.labels_, truth)) > 0.7
    assert found.typical_[0].shape == (3, 2) and found.typical_[3].sum(axis=1) == pytest.approx(np.ones(3))


def test_a_missing_value_says_nothing():
    points, _ = mixed(600, seed=1)
    found = LatentClassSegments(3, categorical_features=[3, 4, 5]).fit(points)
    nothing = np.full((1, 6), np.nan)
    assert found.predict_proba(nothing)[0] == pytest.approx(found.weights_)
    unknown_level = np.array([[np.nan, np.nan, np.nan, 99.0, np.nan, np.nan]])
    assert found.predict_proba(unknown_level)[0] == pytest.approx(found.weights_)
    assert (found.evidence(nothing, 0, 1) == 0).all()


def test_evidence_adds_up_to_the_odds():
    points, _ = mixed(400, seed=2)
    found = LatentClassSegments(3, categorical_features=[3, 4, 5]).fit(points)
    chances = found.predict_proba(points[:20])
    odds = found.evidence(points[:20], 0, 2).sum(axis=1) + np.log(found.weights_[0] / found.weights_[2])
    assert np.log(chances[:, 0] / chances[:, 2]) == pytest.approx(odds, rel=1e-6)


@pytest.mark.slow
def test_many_customers_are_sought_on_a_sample_and_fitted_on_all():
    points, truth = mixed(30_000, seed=3)
    few = LatentClassSegments(3, categorical_features=[3, 4, 5], sample=4_000, tol=1e-6).fit(points)
    all_of_them = LatentClassSegments(3, categorical_features=[3, 4, 5], sample=30_000, tol=1e-6, n_init=5).fit(points)
    assert few.log_likelihood_ == pytest.approx(all_of_them.log_likelihood_, rel=1e-5)
    assert adjusted_rand(cross_table(few.labels_, truth)) > 0.7


def test_wrong_lists_of_categories_are_refused():
    with pytest.raises(ValueError, match="categorical_features must be “all”, 6 of bool, or numbers of features"):
        LatentClassSegments(2, categorical_features=[9]).fit(mixed(60)[0])


SMALL = np.array([[1.0, 10.0], [1.0, 14.0], [0.0, 30.0], [0.0, 34.0], [0.0, 32.0], [np.nan, np.nan]])


@pytest.mark.parametrize(
    ("chosen", "categories"),
    [
        (None, [False, False]),
        ("all", [True, True]),
        ([True, False], [True, False]),
        ([0], [True, False]),
        ([1], [False, True]),
        (np.array([0, 1]), [True, True]),
        ([], [False, False]),
    ],
)
def test_which_features_are_categories(chosen, categories):
    found = LatentClassSegments(1, categorical_features=chosen).fit(SMALL)
    assert [levels is not None for levels in found.categories_] == categories
    assert found.n_parameters_ == sum((1 if i == 0 else 4) if is_one else 2 for i, is_one in enumerate(categories))


@pytest.mark.parametrize("wrong", [[2], [-1], [0.5], [True], [True, False, True], "some", [[0]]])
def test_what_names_no_features_is_refused(wrong):
    with pytest.raises(ValueError, match="categorical_features must be “all”, 2 of bool"):
        LatentClassSegments(1, categorical_features=wrong).fit(SMALL)


def test_one_class_is_typical_in_the_units_of_the_features():
    found = LatentClassSegments(1, categorical_features=[0]).fit(SMALL)
    numbers = SMALL[:5, 1]
    assert found.categories_[0].tolist() == [0, 1] and found.categories_[1] is None
    assert found.typical_[0] == pytest.approx(np.array([[0.6, 0.4]]))
    assert found.typical_[1] == pytest.approx(np.array([[numbers.mean(), numbers.var()]]))
    expected = norm.logpdf(numbers, numbers.mean(), numbers.std()).sum() + 3 * np.log(0.6) + 2 * np.log(0.4)
    assert found.log_likelihood_ == pytest.approx(expected)
    assert found.n_parameters_ == 3 and found.bic_ == pytest.approx(3 * np.log(6) - 2 * expected)
    assert found.converged_ and found.labels_.tolist() == [0] * 6


def test_two_classes_by_hand_the_larger_first():
    found = LatentClassSegments(2, categorical_features=[0], n_init=5).fit(SMALL[:5])
    assert found.labels_.tolist() == [1, 1, 0, 0, 0]
    assert found.weights_ == pytest.approx([0.6, 0.4])
    assert found.typical_[1] == pytest.approx(np.array([[32, 8 / 3], [12, 4]]))
    assert found.typical_[0] == pytest.approx(np.array([[1, 0], [0, 1]]))
    assert found.n_parameters_ == 1 + 2 * 3
    assert found.predict_proba(SMALL).sum(axis=1) == pytest.approx(np.ones(6))
    spoken = found.evidence(SMALL[:5], 0, 1)
    assert spoken.shape == (5, 2) and (np.sign(spoken) == [[-1, -1]] * 2 + [[1, 1]] * 3).all()
    assert spoken[2, 1] == pytest.approx(norm.logpdf(30, 32, np.sqrt(8 / 3)) - norm.logpdf(30, 12, 2))


def test_weights_are_repeated_customers():
    often = [1, 2, 1, 1, 3, 2]
    one = LatentClassSegments(1).fit(SMALL, sample_weight=often)
    other = LatentClassSegments(1).fit(np.repeat(SMALL, often, axis=0))
    assert one.bic_ == pytest.approx(other.bic_) and one.log_likelihood_ == pytest.approx(other.log_likelihood_)


def test_steps_and_the_least_variance_are_those_asked_for():
    points = mixed(60)[0][:, :3]
    short = LatentClassSegments(3, n_init=4, max_iter=1).fit(points)
    assert short.n_iter_ == 1 and not short.converged_
    wide = LatentClassSegments(3, n_init=4, min_variance=0.5).fit(points)
    assert all((told[:, 1] >= 0.4999 * column.var()).all() for told, column in zip(wide.typical_, points.T, strict=True))
    near = LatentClassSegments(3, n_init=4, tol=0.1).fit(points)
    assert near.converged_ and near.n_iter_ < LatentClassSegments(3, n_init=4, tol=1e-4).fit(points).n_iter_


def test_defaults_are_those_of_the_documentation():
    assert LatentClassSegments().get_params() == {
        "n_segments": 2, "categorical_features": None, "n_init": 30, "max_iter": 1000, "tol": 1e-9, "min_variance": 0.01,
        "sample": 20_000, "random_state": 0,
    }  # fmt: skip
