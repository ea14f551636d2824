"""Rules of segments found in the data: tables of a few customers whose segments, centres and words are known."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.columns import Column, Preparation
from segkit.core.criteria.found.rule import FoundRule, Labels, Treatment, estimator_of, fit_found, seen
from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method, Scaling

AS_IT_IS = Treatment(log_skewed=False, scaling=Scaling.NONE, draw_in_outliers=False)
FRAME = pd.DataFrame({"x": [0.0, 1.0, 2.0, 10.0, 12.0, 31.0], "y": [5.0, 5.0, 5.0, 0.0, 0.0, 3.0]})
MONEY = pd.Series([1.0, 1.0, 1.0, 2.0, 2.0, 3.5])
ANSWERS = pd.DataFrame({"a": list("yyyynn"), "b": ["y", "y", "y", None, "n", "n"], "x": [1.0, 2.0, 3.0, 2.0, 9.0, 8.0]})


@pytest.mark.parametrize("method", [Method.K_MEANS, Method.HIERARCHICAL])
@pytest.mark.parametrize(
    ("value", "groups"),
    [(None, ["s1", "s1", "s1", "s2", "s2", "s3"]), (MONEY, ["s3", "s3", "s3", "s1", "s1", "s2"])],
    ids=["largest first", "most money first"],
)
def test_crowds_are_found_and_shown_by_their_worth(method, value, groups):
    found = fit_found(FRAME, ("x", "y"), 3, method=method, treatment=AS_IT_IS, value=value)
    assert found.assign(FRAME).tolist() == groups
    middles = {(0, 1, 2): (1.0, 5.0), (3, 4): (11.0, 0.0), (5,): (31.0, 3.0)}
    shown = sorted(middles, key=lambda rows: groups[rows[0]])
    means = FRAME.mean().to_numpy()
    assert found.centres + means == pytest.approx(np.array([middles[rows] for rows in shown]))
    assert found.ids == ("s1", "s2", "s3") and found.variables == ("x", "y") and found.method is method
    near = pd.DataFrame({"x": [3.0, 25.0, 9.0], "y": [4.0, 3.0, 1.0]}, index=["p", "q", "r"])
    where = found.assign(near)
    assert list(where.index) == ["p", "q", "r"]
    assert where.tolist() == [groups[0], groups[5], groups[3]]


def test_nobody_is_put_nowhere():
    found = fit_found(FRAME, ("x", "y"), 2, treatment=AS_IT_IS)
    nobody = found.assign(FRAME.iloc[:0])
    assert len(nobody) == 0 and nobody.index.equals(FRAME.index[:0])


def test_equal_worth_is_shown_by_the_first_variable():
    frame = pd.DataFrame({"x": [9.0, 9.0, 0.0, 0.0]})
    found = fit_found(frame, ("x",), 2, treatment=AS_IT_IS)
    assert found.assign(frame).tolist() == ["s2", "s2", "s1", "s1"]
    assert found.assign(frame.iloc[::-1]).tolist() == ["s1", "s1", "s2", "s2"]


def test_unknown_money_counts_as_none():
    value = pd.Series([np.nan, np.nan, 1.0, np.nan, np.nan, 2.0])
    found = fit_found(FRAME, ("x", "y"), 3, treatment=AS_IT_IS, value=value)
    assert found.assign(FRAME).tolist() == ["s2", "s2", "s2", "s3", "s3", "s1"]


def test_names_say_what_stands_out():
    labels = {"x": Labels("Days since last order", "days"), "y": Labels("Visits")}
    found = fit_found(FRAME, ("x", "y"), 3, treatment=AS_IT_IS, labels=labels)
    assert found.names[0] == "High visits, low days since last order"
    assert found.segments()["segment_name"].tolist() == list(found.names)
    assert found.segments().index.tolist() == ["s1", "s2", "s3"]
    assert found.labels == labels and found.currency == ""
    assert fit_found(FRAME, ("x", "y"), 2, currency="EUR").currency == "EUR"
    assert found.estimator.random_state == 0 and fit_found(FRAME, ("x",), 2, seed=7).estimator.random_state == 7
    assert fit_found(FRAME.rename(columns={"x": "my_x"}), ("my_x", "y"), 2).labels["my_x"] == Labels("my x")


def test_names_of_yes_and_no_and_of_shares():
    frame = pd.DataFrame({"a": ["Yes", "Yes", "No", "No", "No"], "share_b": [0.9, 0.8, 0.1, 0.0, 0.1]})
    labels = {"a": Labels("Member"), "share_b": Labels("Share of money: gifts", "share")}
    found = fit_found(frame, ("a", "share_b"), 2, treatment=AS_IT_IS, labels=labels)
    assert found.names == ("Not member, little gifts", "Member, mostly gifts")
    assert found.segments()["rule"].tolist() == [
        "Customers nearest to this one: member Yes in 0 %, gifts 7 % of money.",
        "Customers nearest to this one: member Yes in 100 %, gifts 85 % of money.",
    ]


def typical(*columns, centre=None, labels=None, currency="EUR", method=Method.K_MEANS, spread=None):
    """Return the rule, in words, of a segment at the middle of all; a second one is further away in some columns."""
    here = np.zeros(len(columns)) if centre is None else np.array(centre, dtype=float)
    there = here + (np.ones(len(columns)) if spread is None else np.array(spread, dtype=float))
    names = {c.variable: Labels(c.variable.capitalize()) for c in columns} | (labels or {})
    rule = FoundRule(Preparation(columns, ()), method, KMeansSegments(2), (0, 1), np.stack([here, there]), ("A", "B"), names,
                     currency)  # fmt: skip
    return rule.segments()["rule"].iloc[0]


def column(variable="x", level=None, mean=5.0, scale=1.0):
    return Column(variable, level, False, 0.0, 0.0, 100.0, 1.0, mean, scale)


def test_what_is_typical_is_said_in_its_unit():
    assert typical(column()) == "Customers nearest to this one: x 5."
    assert typical(column(), centre=[2.5]) == "Customers nearest to this one: x 7.5."
    spend = {"x": Labels("Total spend", "money")}
    assert typical(column(), labels=spend) == "Customers nearest to this one: total spend 5.00 EUR."
    assert typical(column("pet", "cat", mean=0.25)).endswith(": pet cat in 25 %.")
    assert typical(column("pet", "cat", mean=1.0), centre=[0.1]).endswith(": pet cat in 100 %.")
    assert typical(column("pet", "cat", mean=0.0), centre=[-0.1]).endswith(": pet cat in 0 %.")
    assert typical(column("pet", "cat", mean=1e-10)).endswith(": pet cat in 0 %.")
    assert typical(column("pet", "cat", mean=1e-9)).endswith(": pet cat in under 0.1 %.")
    of_money = {"x": Labels("Share of money: gifts", "share")}
    assert typical(column(mean=0.5), labels=of_money).endswith(": gifts 50 % of money.")
    assert typical(column(mean=0.5), labels={"x": Labels("Share of wallet", "share")}).endswith(": share of wallet 50 %.")
    assert typical(column(), labels={"x": Labels("Kind: gifts")}).endswith(": kind: gifts 5.")
    assert typical(column(), method=Method.HIERARCHICAL).startswith("Customers most like those joined here, in the middle: ")
    assert typical(column(), method=Method.LATENT_CLASS).startswith("Customers who are most probably of this kind: ")


def test_a_rule_names_the_six_variables_that_part_segments_most():
    six = [column(name) for name in "abcdef"]
    assert typical(*six) == "Customers nearest to this one: a 5, b 5, c 5, d 5, e 5, f 5."
    eight = [column(name) for name in "abcdefgh"]
    told = typical(*eight, spread=[3, 1, -4, 5, 6, 7, -2, 8])
    assert told == "Customers nearest to this one: a 5, c 5, d 5, e 5, f 5, h 5 and 2 more."


def test_notes_begin_with_what_is_described_and_end_with_what_was_done():
    numbers = fit_found(FRAME.assign(y=[5.0, np.nan, 5.0, 0.0, 0.0, 3.0]), ("x", "y"), 2)
    said = [str(note) for note in numbers.notes]
    assert said[0].startswith("Each segment is described by its middle")
    assert said[-1] == "y: 1 customer without a value taken as the median."
    kinds = fit_found(pd.DataFrame({"a": list("yynn"), "b": list("ynyn")}), ("a", "b"), 2)
    assert not any("middle" in str(note) for note in kinds.notes)


def test_segments_that_are_nobodys_are_told():
    few = FoundRule(Preparation((column(),), ()), Method.K_MEANS, KMeansSegments(3), (0, 1), np.zeros((2, 1)), ("A", "B"),
                    {"x": Labels("x")})  # fmt: skip
    assert "Of 3 segments asked for, only 2 have customers." in map(str, few.notes)
    full = FoundRule(few.preparation, Method.K_MEANS, KMeansSegments(2), (0, 1), few.centres, ("A", "B"), few.labels)
    assert len(full.notes) == 1


def test_small_groups_made_first_are_told():
    frame = pd.DataFrame({"x": np.arange(12.0)})
    preparation = AS_IT_IS.prepared(frame, ("x",), {}, Method.HIERARCHICAL)
    for most, told in ((12, False), (11, True)):
        ward = WardSegments(2, most_leaves=most, groups=5).fit(preparation.matrix(frame))
        rule = FoundRule(preparation, Method.HIERARCHICAL, ward, (0, 1), np.zeros((2, 1)), ("A", "B"), {"x": Labels("x")})
        assert any("first put into 5 small groups" in str(note) for note in rule.notes) is told
        assert rule.settings()["leaves"] == len(ward.leaves_)
        assert rule.settings()["heights"] == ward.tree_[-8:, 2].tolist()


def test_settings_give_the_same_segments_again():
    found = fit_found(FRAME, ("x", "y"), 3, treatment=AS_IT_IS)
    held = found.settings()
    assert set(held) == {"centres", "columns"}
    columns = tuple(Column(**one) for one in held["columns"])
    away = Preparation(columns, ()).matrix(FRAME)[:, None] - np.array(list(held["centres"].values()))
    assert [list(held["centres"])[j] for j in (away**2).sum(axis=2).argmin(axis=1)] == found.assign(FRAME).tolist()


def test_latent_classes_see_answers_and_say_their_shares_in_the_order_shown():
    value = pd.Series([1.0, 1.0, 1.0, 1.0, 50.0, 50.0])
    found = fit_found(ANSWERS, ("a", "b", "x"), 2, method=Method.LATENT_CLASS, value=value)
    assert found.assign(ANSWERS).tolist() == ["s2"] * 4 + ["s1"] * 2
    assert isinstance(found.estimator, LatentClassSegments) and found.order == (1, 0)
    held = found.settings()
    assert held["shares"] == pytest.approx([1 / 3, 2 / 3], abs=0.01)
    assert [round(chances[-1]) for chances in held["typical"]["a"]] == [0, 1], "the first segment shown says no, the second yes"
    assert held["bic"] == found.estimator.bic_
    assert any("scales and weights of variables do not count here" in str(note) for note in found.notes)
    assert found.seen(ANSWERS)[:, :2] == pytest.approx(
        np.array([[1, 1], [1, 1], [1, 1], [1, np.nan], [0, 0], [0, 0]]), nan_ok=True
    )


def test_a_latent_class_knows_neither_scales_nor_weights():
    how = Treatment(scaling=Scaling.RANGE, weights=(("x", 4.0),), log_skewed=False)
    plain = how.prepared(FRAME, ("x", "y"), {}, Method.K_MEANS).columns
    assert [c.scale for c in plain] == pytest.approx([31 / 2, 5])
    classes = how.prepared(FRAME, ("x", "y"), {}, Method.LATENT_CLASS).columns
    assert [c.scale for c in classes] == pytest.approx(FRAME.std(ddof=0).tolist())


def test_what_was_decided_reaches_the_preparation():
    tail = pd.DataFrame({"x": [0.5 ** -float(i) for i in range(12)]})
    far = pd.DataFrame({"x": [*map(float, range(100)), 9999.0]})
    labels = {"x": "Visits"}
    assert Treatment().prepared(tail, ("x",), labels, Method.K_MEANS).columns[0].log
    assert not Treatment(log_skewed=False).prepared(tail, ("x",), labels, Method.K_MEANS).columns[0].log
    drawn = Treatment(log_skewed=False).prepared(far, ("x",), labels, Method.K_MEANS)
    assert drawn.columns[0].high < 9999 and drawn.notes[0].about == "Visits"
    left = Treatment(log_skewed=False, draw_in_outliers=False).prepared(far, ("x",), labels, Method.K_MEANS)
    assert left.columns[0].high == 9999
    gaps = pd.DataFrame({"x": [1.0, 2.0, np.nan]})
    assert "left open" in str(Treatment().prepared(gaps, ("x",), labels, Method.LATENT_CLASS).notes[0])
    assert "median" in str(Treatment().prepared(gaps, ("x",), labels, Method.K_MEANS).notes[0])


@pytest.mark.parametrize("method", [Method.K_MEANS, Method.LATENT_CLASS, Method.HIERARCHICAL])
def test_more_segments_than_different_customers_are_refused(method):
    frame = pd.DataFrame({"a": ["y", "y", "n", "n", None, None], "b": ["y"] * 5 + ["n"]})
    with pytest.raises(CriteriaError) as error:
        fit_found(frame, ("a", "b"), 5, method=method, labels={"a": Labels("Likes tea")})
    assert error.value.what == "There are only 4 different customers by Likes tea and b, too few for 5 segments."
    assert "fewer segments" in error.value.remedy
    assert len(fit_found(frame, ("a", "b"), 2, method=method).order) == 2


def test_as_many_segments_as_there_are_different_customers():
    found = fit_found(pd.DataFrame({"x": [1.0, 5.0, 5.0, 9.0]}), ("x",), 3, treatment=AS_IT_IS)
    assert found.assign(pd.DataFrame({"x": [1.0, 5.0, 9.0]})).tolist() == ["s2", "s1", "s3"]


@pytest.mark.parametrize(
    ("method", "kind"),
    [(Method.K_MEANS, KMeansSegments), (Method.LATENT_CLASS, LatentClassSegments), (Method.HIERARCHICAL, WardSegments)],
)
def test_each_method_has_its_estimator(method, kind):
    made = estimator_of(method, 4, seed=7, categorical=np.array([True]))
    assert type(made) is kind and made.n_segments == 4 and made.random_state == 7
    if method is Method.LATENT_CLASS:
        assert made.categorical_features.tolist() == [True] and (made.tol, made.max_iter) == (1e-6, 300)


def test_an_estimator_sees_answers_or_the_matrix():
    preparation = Treatment().prepared(ANSWERS, ("a", "x"), {}, Method.K_MEANS)
    assert seen(preparation, ANSWERS, Method.LATENT_CLASS)[:, 0].tolist() == [1, 1, 1, 1, 0, 0]
    for method in (Method.K_MEANS, Method.HIERARCHICAL):
        assert seen(preparation, ANSWERS, method).tolist() == preparation.matrix(ANSWERS).tolist()


@pytest.mark.parametrize(("unit", "share"), [("share", True), ("%", True), ("", False), ("EUR", False)])
def test_shares_are_known_by_their_unit(unit, share):
    assert Labels("x", unit).share is share
