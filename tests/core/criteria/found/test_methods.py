"""All three ways to find segments in data, on the one path: good input, bad input, reasons, evidence."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segkit.core.criteria.comparison.consequences import consequences
from segkit.core.criteria.comparison.one_customer import explain
from segkit.core.criteria.evidence.how_many import how_many, with_number
from segkit.core.criteria.evidence.verdict import trust
from segkit.core.criteria.found.preparation import prepare
from segkit.core.criteria.found.variables import descriptors
from segkit.core.criteria.found.ways import found_method, suggest_method
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError, SegkitError, WorkbookError
from segkit.words.terms import Base, Method, Scaling
from tests.core.customer_tables import customer_data, shop

FOUND = [m for m in Method if m.found]
MIXED = ("recency_days", "frequency", "region", "age")


def survey(customers=400, seed=0, gaps=0.0):
    """Answers of two kinds of people; some left open."""
    rng = np.random.default_rng(seed)
    kind = rng.random(customers) < 0.5
    frame = pd.DataFrame(
        {f"likes_{i}": np.where(rng.random(customers) < np.where(kind, 0.85, 0.2), "Yes", "No") for i in range(6)}
    ).astype("string")
    return frame.mask(rng.random(frame.shape) < gaps), kind


@pytest.mark.parametrize("method", FOUND)
def test_partition_is_total_and_new_customers_are_assigned_the_same_way(method):
    data = customer_data(shop(500))
    formed = segment(data, Criteria(method=method, variables=MIXED, n_segments=4))
    assert formed.segment_of.index.equals(data.customers.index) and formed.segment_of.notna().all()
    assert formed.segments["size"].min() > 0 and formed.segments["size"].sum() == 500
    assert formed.segments["segment_name"].is_unique and formed.segments["rule"].str.endswith(".").all()
    pd.testing.assert_series_equal(formed.assign(data.customers), formed.segment_of, check_names=False)
    one_by_one = [formed.assign(data.customers.iloc[[i]]).iloc[0] for i in range(20)]
    assert one_by_one == formed.segment_of.iloc[:20].tolist()
    new = pd.DataFrame(
        {"recency_days": [np.nan, 1e9], "frequency": [np.inf, 1.0], "region": ["Mars", None], "age": [1.0, np.nan]}
    )
    assert set(formed.assign(new)) <= set(formed.segments.index)


@pytest.mark.parametrize("method", FOUND)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000), factor=st.sampled_from([0.01, 8.0, 1000.0]))
def test_order_of_rows_units_and_names_change_nothing(method, seed, factor):
    frame = customer_data(shop(200, seed=seed)).customers[list(MIXED)]
    criteria = Criteria(method=method, variables=MIXED, n_segments=3)
    formed = segment(customer_data(frame), criteria).segment_of
    shuffled = segment(customer_data(frame.sample(frac=1, random_state=seed)), criteria).segment_of
    assert shuffled.sort_index().equals(formed)
    days = segment(customer_data(frame.assign(recency_days=frame["recency_days"] * factor)), criteria).segment_of
    assert days.equals(formed)
    renamed = dict(zip(MIXED, ("zeta", "b", "m", "a"), strict=True))
    again = segment(customer_data(frame.rename(columns=renamed)), criteria.revise(variables=tuple(renamed.values())))
    assert again.segment_of.equals(formed)


def bad(**columns):
    frame = shop(120)[["recency_days", "frequency", "monetary_total"]]
    return customer_data(frame.assign(**columns))


WORDS = {
    "constant": (bad(x=1.0), ("x", "frequency"), "“X” is the same for all customers. Choose a variable that differs"),
    "all missing": (bad(x=np.nan), ("x", "frequency"), "“X” has no values at all. Choose another variable, or check"),
    "all infinite": (bad(x=np.inf), ("x", "frequency"), "“X” has no values at all. Choose another variable, or check"),
    "not there": (bad(), ("frequenzy",), "There is no variable “frequenzy” in these data. Did you mean “frequency”?"),
    "more segments than customers": (
        bad(x=[0.0, 1.0] * 60),
        ("x",),
        "There are only 2 different customers by X, too few for 4 segments. Choose fewer segments, or more variables.",
    ),
    "identical": (
        customer_data(pd.DataFrame({"a": [5.0] * 50, "b": ["one"] * 50})),
        ("a", "b"),
        "“A” is the same for all customers. Choose a variable that differs",
    ),
}


@pytest.mark.parametrize("method", FOUND)
@pytest.mark.parametrize("case", WORDS)
def test_input_that_forms_no_segments_is_refused_in_words(method, case):
    data, variables, text = WORDS[case]
    with pytest.raises(CriteriaError) as error:
        segment(data, Criteria(method=method, variables=variables, n_segments=4))
    assert str(error.value).startswith(text)
    assert error.value.remedy


RNG = np.random.default_rng(0)
HARD = {
    "a giant": {"x": [1e12, *[float(i % 7) for i in range(119)]]},
    "beyond all measure": {"x": [1e200, *[float(i % 7) for i in range(119)]]},
    "infinite": {"x": [np.inf, -np.inf, *[float(i % 7) for i in range(118)]]},
    "collinear": {"x": [float(i % 7) for i in range(120)], "y": [2.0 * (i % 7) for i in range(120)]},
    "a level each": {"x": [f"level {i}" for i in range(120)]},
    "one differs": {"x": [0.0] * 119 + [1.0]},
    "negative": {"x": [-5.0, 3.0, 1e6] * 40},
    "80 % bought once": {"x": [1.0] * 96 + [float(2 + i % 5) for i in range(24)]},
    "mostly missing": {"x": [np.nan] * 100 + [float(i) for i in range(20)]},
    "missing categories": {"x": [None] * 60 + ["a", "b", "c"] * 20},
}


@pytest.mark.parametrize("method", FOUND)
@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("plain", [False, True], ids=["as suggested", "as it is"])
def test_difficult_input_gets_an_honest_answer(method, case, plain):
    choices = {"log_skewed": False, "draw_in_outliers": False, "scaling": Scaling.RANGE} if plain else {}
    data = bad(**HARD[case])
    criteria = Criteria(method=method, variables=("frequency", *HARD[case]), n_segments=3, **choices)
    try:
        formed = segment(data, criteria)
    except SegkitError as error:
        assert case == "beyond all measure"
        assert str(error) == (
            "“X” holds numbers too large to be compared (1e+200). "
            "Choose another variable, or check in notebook 2 how the column was read."
        )
        return
    assert formed.segments["size"].sum() == 120 and formed.segments["size"].min() > 0
    if len(formed.segments) < 3:
        assert any("segments asked for" in note for note in map(str, formed.notes))
    assert explain(data, formed, data.customers.index[0]).endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize("method", FOUND)
def test_five_hundred_columns_and_five_thousand_levels(method):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(300, 500)), columns=[f"v{i}" for i in range(500)])
    frame["place"] = [f"place {i}" for i in range(300)]
    formed = segment(customer_data(frame), Criteria(method=method, variables=tuple(frame), n_segments=3))
    assert formed.segments["size"].sum() == 300 and formed.segments["size"].min() > 0
    many = pd.DataFrame({"town": [f"town {i % 5000}" for i in range(6000)], "orders": rng.poisson(3, 6000).astype(float)})
    formed = segment(customer_data(many), Criteria(method=method, variables=("town", "orders"), n_segments=3))
    assert any("the 8 most common of 5,000 kinds count" in note for note in map(str, formed.notes))


def test_latent_class_leaves_missing_answers_open_and_says_so():
    frame, kind = survey(gaps=0.2)
    data = customer_data(frame)
    formed = segment(data, Criteria(method=Method.LATENT_CLASS, variables=tuple(frame), n_segments=2))
    missing = int(frame["likes_0"].isna().sum())
    assert f"Likes 0: {missing} customers without a value left open: their other values decide." in map(str, formed.notes)
    assert pd.crosstab(formed.segment_of.to_numpy(), kind).max().sum() > 350
    assert sum(formed.settings["shares"]) == pytest.approx(1)


def test_reasons_are_in_words_of_each_method():
    frame, _ = survey()
    data = customer_data(frame)
    said = {}
    for method, asked in ((Method.LATENT_CLASS, 150), (Method.HIERARCHICAL, 20)):
        formed = segment(data, Criteria(method=method, variables=tuple(frame), n_segments=2))
        said[method] = [explain(data, formed, c) for c in data.customers.index[:asked]]
    assert any("With a probability of more than 99 % this customer belongs to “" in text for text in said[Method.LATENT_CLASS])
    assert any("close to the border with “" in text for text in said[Method.LATENT_CLASS])
    assert all("What speaks most for it: Likes " in text for text in said[Method.LATENT_CLASS])
    assert all("The customers most like it are in “" in text for text in said[Method.HIERARCHICAL])


@pytest.mark.parametrize("method", [Method.LATENT_CLASS, Method.HIERARCHICAL])
def test_evidence_and_trust_follow_the_method(method):
    frame, _ = survey(150)
    data, criteria = customer_data(frame), Criteria(method=method, variables=tuple(frame))
    found = how_many(data, criteria, pairs=3)
    assert list(found.table.index) == list(range(1, 9)) and len(found.pairs) == 3
    assert found.table.loc[2, "adjusted_rand"] > 0.5
    assert ("bic" in found.table) is (method is Method.LATENT_CLASS)
    formed = segment(data, with_number(data, criteria, found))
    assert len(formed.segments) == found.recommended
    said = trust(data, formed, criteria, found)
    assert said.per_segment["jaccard"].between(0, 1).all() and said.adjusted_rand == pytest.approx(
        found.table.loc[found.recommended, "adjusted_rand"]
    )
    if method is Method.LATENT_CLASS:
        assert found.table["bic"].idxmin() == 2
        assert found.reason.endswith(
            "2 classes describe the answers best, when fit is weighed against the number of classes (BIC)."
        )


def test_the_tree_is_cut_into_the_segments_shown():
    data = customer_data(shop(300))
    formed = segment(data, Criteria(method=Method.HIERARCHICAL, variables=("recency_days", "frequency", "age"), n_segments=4))
    tree = formed.tree
    assert tree is not None and tree.names == tuple(formed.segments["segment_name"])
    sizes = [tree.branch_size[tree.branch_segment == i].sum() for i in range(4)]
    assert sizes == formed.segments["size"].tolist()
    # each segment is one run of branches
    assert (np.diff(tree.branch_segment) != 0).sum() == 3
    assert (tree.heights[tree.segment >= 0].max(axis=1) < tree.cut).all()
    assert (tree.heights[tree.segment < 0].max(axis=1) > tree.cut).all() and (tree.segment < 0).sum() == 3
    assert "The dashed line cuts the tree into 4 segments; with one fewer, “" in tree.sentence


def test_the_method_follows_the_variables():
    data = customer_data(shop(400))
    assert suggest_method(data, ("recency_days", "frequency"))[0] is Method.K_MEANS
    method, why = suggest_method(data, MIXED)
    assert method is Method.LATENT_CLASS
    assert why.startswith("3 variables are numbers and 1 is an answer or a category: looking for groups who give similar")
    answers = customer_data(survey()[0])
    assert suggest_method(answers, tuple(answers.customers))[0] is Method.LATENT_CLASS
    chosen = Criteria(method=Method.RFM, found_by=Method.HIERARCHICAL)
    assert found_method(data, chosen) is Method.HIERARCHICAL
    assert found_method(data, chosen.revise(method=Method.K_MEANS)) is Method.K_MEANS
    with pytest.raises(WorkbookError, match="this way looks for nothing in the data"):
        Criteria().revise(found_by=Method.RFM)


def test_scales_and_weights_are_decisions():
    frame = shop(300)[["recency_days", "frequency"]]
    by_range = prepare(frame, tuple(frame), log_skewed=False, fence=None, scaling=Scaling.RANGE).matrix(frame)
    assert np.ptp(by_range, axis=0) == pytest.approx([1, 1])
    plain = prepare(frame, tuple(frame), log_skewed=False, fence=None, scaling=Scaling.NONE).matrix(frame)
    assert plain == pytest.approx((frame - frame.mean()).to_numpy())
    twice = prepare(frame, tuple(frame), weights={"frequency": 4.0}).matrix(frame)
    assert twice.std(axis=0) == pytest.approx([1, 2])
    data = customer_data(shop(300), bases={"age": Base.DEMOGRAPHIC})
    criteria = Criteria(method=Method.K_MEANS, variables=("frequency", "age"), n_segments=3)
    heavy = criteria.revise(block_weights=[{"block": "demographic", "weight": 10}])
    assert segment(data, heavy).key != segment(data, criteria).key
    ages = data.customers["age"].groupby(segment(data, heavy).segment_of).std()
    assert ages.max() < data.customers["age"].groupby(segment(data, criteria).segment_of).std().max()
    with pytest.raises(CriteriaError) as error:
        segment(data, criteria.revise(block_weights=[{"block": "demografic", "weight": 2}]))
    assert str(error.value) == (
        "A weight is given to “demografic”, which is neither a base nor a variable. Did you mean “demographic”?"
    )
    with pytest.raises(WorkbookError, match="the same block of variables is weighted twice"):
        criteria.revise(block_weights=[{"block": "age"}, {"block": "age"}])


def test_keys_of_before_stay():
    """What was written about segments of an earlier version is filed under the key of their settings."""
    data = customer_data(shop(200))
    criteria = Criteria(method=Method.K_MEANS, variables=("recency_days", "frequency"), n_segments=3)
    assert segment(data, criteria).key == "dbefc89a"


@pytest.mark.parametrize("method", FOUND)
def test_other_decisions_are_shown_with_what_they_change(method):
    data = customer_data(shop(300), bases={"age": Base.DEMOGRAPHIC})
    criteria = Criteria(method=method, variables=("frequency", "monetary_total", "age"), n_segments=3)
    found = consequences(data, criteria, segment(data, criteria))
    decisions = found.table["decision"].tolist()
    assert "Without evening out long tails (by logarithms)" in decisions
    assert ("With numbers not scaled at all" in decisions) is (method is not Method.LATENT_CLASS)
    assert ("With demographic variables counting twice" in decisions) is (method is not Method.LATENT_CLASS)
    assert found.table["agreement"].between(-0.5, 1).all() and found.table["smallest"].gt(0).all()
    assert found.sentence.startswith(("What matters most: ", "Whichever way "))


def test_nothing_to_decide_is_said():
    frame, _ = survey(200)
    data, criteria = customer_data(frame), Criteria(method=Method.K_MEANS, variables=tuple(frame), n_segments=2)
    found = consequences(data, criteria, segment(data, criteria))
    assert found.table.empty
    assert found.sentence == "There is nothing to decide here: these variables are compared as they are."


def test_segmentation_variables_and_descriptors_are_disjoint():
    from dataclasses import replace

    data = customer_data(shop(200))
    formed = segment(data, Criteria(method=Method.K_MEANS, variables=("recency_days", "frequency"), n_segments=3))
    rest = descriptors(data, formed.variables)
    assert not set(rest) & set(formed.variables)
    assert set(rest) | set(formed.variables) == {v.name for v in data.variables}
    only_described = tuple(
        replace(v, usable=False, why_not="5,000 different values: too many to form segments by") if v.name == "region" else v
        for v in data.variables
    )
    for method in FOUND:
        with pytest.raises(CriteriaError) as error:
            segment(replace(data, variables=only_described), Criteria(method=method, variables=("region", "age"), n_segments=3))
        assert str(error.value) == (
            "“Region” can only describe segments, not form them: 5,000 different values: too many to form segments by. "
            "Leave it out here; notebook 4 compares the segments by it."
        )


def test_a_clear_step_of_a_tree_is_not_sold_as_proof():
    rng = np.random.default_rng(3)
    two = np.repeat([0.0, 50.0], 150)
    frame = customer_data(pd.DataFrame({"size": two + rng.normal(size=300), "age": two + rng.normal(size=300)}))
    read = segment(frame, Criteria(method=Method.HIERARCHICAL, variables=("size", "age"), n_segments=2)).tree.sentence
    assert "a clear step. A tree shows steps even in a plain crowd: the verdict tells you how far to trust them." in read
