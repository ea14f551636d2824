"""Which variables hang together, and which say the same again: planted tables."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.hanging_together import hanging_together
from segkit.core.criteria.found.said_twice import said_twice
from segkit.core.criteria.found.variables import suggest_variables, suggestion
from segkit.core.criteria.found.ways import found_method
from segkit.decisions.criteria import Criteria
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data


def mixed(n=900, seed=0):
    """Three segments in three numbers and three categories, and beside them one number and one category of noise."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(3, size=n)
    columns = {f"n{j}": rng.normal(size=3)[rng.permutation(3)][truth] * 1.5 + rng.normal(size=n) for j in range(3)}
    for j in range(3):
        right = rng.random(n) < 0.6
        columns[f"k{j}"] = np.array(list("abc"))[np.where(right, truth, rng.integers(3, size=n))]
    return pd.DataFrame(columns | {"noise": rng.normal(size=n), "colour": rng.choice(["red", "blue"], n)})


def test_noise_of_either_kind_is_left_out_and_both_kinds_are_suggested_with_a_reason():
    found = suggestion(customer_data(mixed()))
    assert found.variables == ("n0", "n1", "n2", "k0", "k1", "k2")
    assert found.why == (
        "Suggested are 6 variables that hang together: if you know some of them for a customer, you can guess the others "
        "better than by chance, and that is what segments look like. Left out, because knowing the rest does not help to guess "
        "them: “Noise”, “Colour”."
    )
    assert found_method(customer_data(mixed()), Criteria()) is Method.LATENT_CLASS


def test_the_same_customers_give_the_same_suggestion():
    one, again = (hanging_together(mixed(), tuple(mixed())) for _ in range(2))
    assert dict(one.gains) == dict(again.gains) and one.noise == again.noise


def test_a_region_that_the_town_tells_is_not_suggested_beside_it():
    frame = mixed()
    rng = np.random.default_rng(1)
    frame["town"] = rng.choice([f"t{i}" for i in range(8)], len(frame))
    frame["region"] = frame["town"].map({f"t{i}": f"r{i // 4}" for i in range(8)})
    assert set(said_twice(frame, list(frame))) in ({"town"}, {"region"})
    found = suggestion(customer_data(frame))
    assert not {"town", "region"} & set(found.variables)
    assert (
        "Left out, because another variable says it already: “Region” (“Town” does)." in found.why
        or "“Town” (“Region”" in found.why
    )


def test_two_that_foretell_only_each_other_make_no_segment():
    frame = mixed()
    rng = np.random.default_rng(2)
    frame["height"] = rng.normal(size=len(frame))
    frame["weight"] = frame["height"] + 0.5 * rng.normal(size=len(frame))
    assert {"height", "weight"} <= set(hanging_together(frame, tuple(frame)).noise)


def test_running_numbers_and_categories_of_very_many_kinds_are_no_candidates():
    frame = mixed()
    frame["record"] = np.arange(len(frame)) + 1000.0
    frame["street"] = [f"street {i % 30}" for i in range(len(frame))]
    assert suggest_variables(customer_data(frame)) == ("n0", "n1", "n2", "k0", "k1", "k2")


def test_where_kinds_tell_nothing_numbers_are_suggested_as_before_and_it_is_said():
    frame = mixed()[["n0", "n1", "n2", "colour"]]
    found = suggestion(customer_data(frame))
    assert found.variables == ("n0", "n1", "n2")
    assert found.why == "Left out: the kind of thing “Colour”, which tells nothing of the other variables."


@pytest.mark.parametrize(
    ("columns", "again"),
    [
        ({"a": [0.0, 1.0] * 100, "b": [0.0, 1.0] * 100}, {"b"}),
        ({"a": ["x", "y"] * 100, "b": ["x", "x", "y", "y"] * 50}, set()),
        # of 200 each has 100: chance would give 50 both, and nobody has
        ({"a": [1.0, 0.0] * 100, "b": [0.0, 1.0, 0.0, 0.0] * 50}, {"b"}),
        ({"a": np.arange(200.0), "b": np.arange(200.0) ** 3}, {"b"}),
        ({"a": np.arange(200.0), "b": np.repeat(list("wxyz"), 50)}, {"b"}),
    ],
    ids=["twins", "independent", "ruled out", "same order", "bands"],
)
def test_what_is_said_twice(columns, again):
    found = said_twice(pd.DataFrame(columns), list(columns))
    assert len(found) == len(again)
