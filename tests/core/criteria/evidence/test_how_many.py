"""How many segments: who gathers the evidence, and what is done with the number."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence import how_many as module
from segkit.core.criteria.evidence.how_many import how_many, with_number
from segkit.decisions.criteria import Criteria
from segkit.words.errors import TooFewCustomersError
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data

DATA = customer_data(pd.DataFrame({"x": np.arange(40.0), "age": np.arange(40.0)[::-1] ** 2, "town": list("abcd") * 10}))
X = Criteria(method=Method.K_MEANS, variables=("x", "town"))


@pytest.fixture
def asked(monkeypatch):
    """Note who is asked for evidence, and with what."""
    seen = {}

    def gather(matrix, **how):
        seen.update(how, by="gather", matrix=matrix)
        return SimpleNamespace(recommended=3)

    def again(prepared, frame, method, **how):
        seen.update(how, by="again", matrix=prepared.matrix(frame), method=method)
        return SimpleNamespace(recommended=4)

    monkeypatch.setattr(module, "gather", gather)
    monkeypatch.setattr(module, "gather_again", again)
    return seen


@pytest.mark.parametrize(
    ("criteria", "by"),
    [
        (X, "gather"),
        (X.revise(method=Method.HIERARCHICAL), "again"),
        (X.revise(method=Method.LATENT_CLASS), "again"),
        (X.revise(method=Method.BY_HAND), "again"),
        (X.revise(method=Method.RFM, found_by=Method.K_MEANS), "gather"),
        (X.revise(method=Method.RFM, variables=("x", "age")), "gather"),
    ],
)
def test_the_method_that_finds_the_segments_gathers_the_evidence(asked, criteria, by):
    how_many(DATA, criteria)
    assert asked["by"] == by and (asked["pairs"], asked["seed"]) == (20, 0)
    assert len(asked["matrix"]) == 40
    if by == "again":
        assert asked["method"] in {Method.HIERARCHICAL, Method.LATENT_CLASS}


def test_columns_of_one_variable_are_one_block(asked):
    how_many(DATA, X, pairs=3, seed=9)
    assert asked["blocks"] == ["x", "town", "town", "town", "town"]
    assert (asked["pairs"], asked["seed"]) == (3, 9) and asked["matrix"].shape == (40, 5)


def test_below_thirty_customers_no_evidence_is_gathered(asked):
    with pytest.raises(TooFewCustomersError):
        how_many(customer_data(DATA.customers.iloc[:29]), X)
    assert not asked
    how_many(customer_data(DATA.customers.iloc[:30]), X)
    assert asked


def test_a_number_is_taken_as_chosen_else_as_the_evidence_favours(asked):
    assert with_number(DATA, X.revise(n_segments=5), SimpleNamespace(recommended=2)).n_segments == 5
    assert with_number(DATA, X, SimpleNamespace(recommended=2)).n_segments == 2
    assert not asked, "what was gathered before is not gathered again"
    assert with_number(DATA, X.revise(seed=7)).n_segments == 3
    assert asked["seed"] == 7
    for drawn in (X.revise(method=Method.BY_HAND), X.revise(method=Method.RFM)):
        assert with_number(DATA, drawn, SimpleNamespace(recommended=2)) == drawn
