"""Which method suits which variables, and how much each counts."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.rule import Treatment
from segkit.core.criteria.found.ways import found_method, suggest_method, treatment
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.terms import Base, Method, Scaling
from tests.core.customer_tables import customer_data

SIX = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
FRAME = pd.DataFrame(
    {
        "age": SIX,
        "rooms": [1.0, 2.0, 3.0, 4.0, 5.0, 5.0],
        "visits": [1.0, 2.0, 3.0, 3.0, 2.0, 1.0],
        "paid": [0.0, 1.0, 1.0, 0.0, np.nan, np.inf],
        "town": list("abcabc"),
        "pet": list("xyxyxy"),
    }
)
DATA = customer_data(FRAME, bases={"age": Base.DEMOGRAPHIC, "rooms": Base.DEMOGRAPHIC})


@pytest.mark.parametrize(
    ("variables", "method", "said"),
    [
        (("age", "visits"), Method.K_MEANS, "All variables are numbers"),
        (("age", "not there"), Method.K_MEANS, "All variables are numbers"),
        (("town",), Method.LATENT_CLASS, "All 1 variable are answers or categories"),
        (("town", "pet"), Method.LATENT_CLASS, "All 2 variables are answers or categories"),
        (("age", "town"), Method.LATENT_CLASS, "1 variable is a number and 1 is an answer or a category: looking"),
        (("age", "visits", "town"), Method.LATENT_CLASS, "2 variables are numbers and 1 is an answer or a category: looking"),
        (("age", "pet", "town"), Method.LATENT_CLASS, "1 variable is a number and 2 are answers or categories: looking"),
        # five different numbers may be a scale of answers; a few orders are still a number, unless yes or no
        (("rooms",), Method.LATENT_CLASS, "All 1 variable are answers"),
        (("visits",), Method.K_MEANS, "All variables are numbers"),
        (("paid",), Method.LATENT_CLASS, "All 1 variable are answers"),
    ],
)
def test_the_method_follows_the_kinds_of_variables(variables, method, said):
    found, why = suggest_method(DATA, variables)
    assert found is method and why.startswith(said)


@pytest.mark.parametrize(("customers", "tree"), [(150, True), (151, False)])
def test_few_customers_can_be_shown_each_in_a_tree(customers, tree):
    data = customer_data(pd.DataFrame({"age": np.arange(float(customers))}))
    assert ("a tree also shows each of them" in suggest_method(data, ("age",))[1]) is tree


def test_what_was_chosen_is_kept_and_the_rest_follows_the_variables():
    by_hand = Criteria(method=Method.BY_HAND)
    assert found_method(DATA, Criteria(method=Method.HIERARCHICAL, found_by=Method.K_MEANS)) is Method.HIERARCHICAL
    assert found_method(DATA, by_hand.revise(found_by=Method.HIERARCHICAL)) is Method.HIERARCHICAL
    assert found_method(DATA, by_hand.revise(variables=("town", "pet"))) is Method.LATENT_CLASS
    assert found_method(DATA, by_hand.revise(variables=("age", "visits"))) is Method.K_MEANS
    # suggested are the two numbers of behaviour, of which one is yes or no
    assert found_method(DATA, by_hand) is Method.LATENT_CLASS


def weighted(*weights, **choices):
    given = [{"block": block, "weight": weight} for block, weight in weights]
    return treatment(DATA, Criteria(block_weights=given, **choices))


def test_weights_of_a_base_and_of_a_variable_multiply():
    assert weighted() == Treatment()
    assert weighted(("demographic", 2), ("age", 3)).weights == (("age", 6.0), ("rooms", 2.0), ("town", 2.0), ("pet", 2.0))
    assert weighted(("demographic", 2), ("age", 0.5)).weights == (("rooms", 2.0), ("town", 2.0), ("pet", 2.0))


def test_the_other_decisions_are_handed_on():
    assert weighted(log_skewed=False).log_skewed is False
    assert weighted(draw_in_outliers=False).draw_in_outliers is False
    assert weighted(scaling="range").scaling is Scaling.RANGE


@pytest.mark.parametrize(
    ("block", "remedy"),
    [("ages", "Did you mean “age”?"), ("demografic", "Did you mean “demographic”?"), ("zzz", "Bases are: geographic, demo")],
)
def test_a_weight_of_what_is_not_there_is_refused(block, remedy):
    with pytest.raises(CriteriaError) as error:
        weighted(("age", 2), (block, 2))
    assert error.value.what == f"A weight is given to “{block}”, which is neither a base nor a variable."
    assert error.value.remedy.startswith(remedy)
