import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments

ESTIMATORS = [
    KMeansSegments(3),
    LatentClassSegments(3, n_init=10, tol=1e-6),
    WardSegments(3),
    WardSegments(3, most_leaves=40, groups=25),
]


def customers(seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(4, 3))[rng.integers(4, size=90)] * 3 + rng.normal(size=(90, 3))


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda e: f"{type(e).__name__}-{e.get_params().get('groups', '')}")
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.sampled_from([1e-6, 0.5, 64.0, 1e9]))
def test_order_of_rows_units_and_names_change_nothing(estimator, seed, factor):
    points = customers(seed)
    labels = estimator.fit(points).labels_
    assert labels.shape == (90,) and set(labels) <= {0, 1, 2}
    assert (estimator.predict(points) == labels).all()
    order = np.random.default_rng(seed).permutation(90)
    assert (estimator.fit(points[order]).labels_ == labels[order]).all()
    assert adjusted_rand(cross_table(estimator.fit(points * factor).labels_, labels)) == 1
    named = pd.DataFrame(points, columns=["orders", "a", "Z"])
    assert (estimator.fit(named).labels_ == labels).all()
    assert (estimator.predict(named) == labels).all()
