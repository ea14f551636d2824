"""What the evidence says of customers that no method can split well: a sentence or sound numbers, never a crash."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.gather import gather
from segkit.core.criteria.evidence.how_many import how_many, with_number
from segkit.core.criteria.evidence.verdict import trust
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method, Verdict
from tests.core.customer_tables import customer_data

K_MEANS = Criteria(method=Method.K_MEANS)


def sound(found, most):
    """Check that a table of evidence is whole and that no segment of any solution is empty."""
    assert list(found.table.index) == list(range(1, most + 1))
    assert np.isfinite(found.table.loc[2:]).all(axis=None)
    assert found.table["smallest_share"].min() > 0
    assert found.table["adjusted_rand"].dropna().between(-0.5, 1).all()
    assert found.lineage.segments["within"].dropna().between(0, 1).all()
    assert 2 <= found.recommended <= most


def test_identical_customers():
    with pytest.raises(CriteriaError) as error:
        gather(np.ones((50, 3)))
    assert str(error.value) == (
        "All customers have the same values in these variables. Choose variables on which customers differ."
    )


def test_fewer_different_customers_than_segments():
    values = np.repeat([[0.0, 0.0], [1.0, 5.0], [9.0, 1.0], [4.0, 4.0]], [30, 30, 30, 1], axis=0)
    sound(gather(values, pairs=4), 4)


def test_two_kinds_of_customers():
    found = gather(np.repeat([[0.0], [1.0]], [70, 30], axis=0), pairs=4)
    sound(found, 2)
    assert found.table.loc[2, "adjusted_rand"] == 1


def test_one_giant_outlier():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(300, 2))
    values[0] = 1e9
    found = gather(values, pairs=4)
    sound(found, 2)
    assert found.table.loc[2, "smallest_share"] == pytest.approx(1 / 300)
    assert found.reason.startswith("No number of segments is found again reliably.")


def test_one_giant_customer_is_no_segment_of_its_own():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(50, 5, size=(300, 2)), columns=["visits", "basket"])
    frame.iloc[0] = 1e9
    data = customer_data(frame)
    criteria = K_MEANS.revise(variables=("visits", "basket"))
    evidence = how_many(data, criteria, pairs=4)
    formed = segment(data, with_number(data, criteria, evidence))
    assert formed.segments["size"].min() > 1
    assert trust(data, formed, criteria, evidence).verdict is not Verdict.NATURAL


@pytest.mark.slow
def test_five_hundred_columns():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(120, 500))
    values[:60, :250] += 1
    found = gather(values, pairs=3)
    sound(found, 8)
    assert found.recommended == 2


def test_whole_numbers_with_many_equal_customers():
    values = np.random.default_rng(0).poisson(1.0, size=(400, 3)).astype(float)
    sound(gather(values, pairs=4), 8)
