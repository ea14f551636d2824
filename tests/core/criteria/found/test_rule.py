"""Rules of segments found in the data: tables of a few customers whose segments, centres and words are known."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.columns import Column, Preparation
from segkit.core.criteria.found.rule import FoundRule, Treatment, estimator_of, fit_found, seen
from segkit.core.criteria.found.typical import Labels
from segkit.core.criteria.naming import Name
from segkit.core.estimators.k_means import KMeansSegments
from segkit.core.estimators.latent_class import LatentClassSegments
from segkit.core.estimators.ward import WardSegments
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method, Scaling

AS_IT_IS = Treatment(log_skewed=False, scaling=Scaling.NONE, draw_in_outliers=False)
FRAME = pd.DataFrame({"x": [0.0, 1.0, 2.0, 10.0, 12.0, 31.0], "y": [5.0, 5.0, 5.0, 0.0, 0.0, 3.0]})
MONEY = pd.Series([1.0, 1.0, 1.0, 2.0, 2.0, 3.5])
NEAREST = "Customers most like the typical one here; average values, with those of all customers in brackets"
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
    assert found.names == ("Not member, less gifts", "Mostly member, mostly gifts")
    assert [name.features for name in found.named] == [(0, 1), (0, 1)]
    assert found.segments()["rule"].tolist() == [
        f"{NEAREST}: member Yes in 0 % (40 %), gifts 7 % of money (38 %).",
        f"{NEAREST}: member Yes in 100 % (40 %), gifts 85 % of money (38 %).",
    ]


def told(*columns, spread=None, features=(), **others):
    """Return the rule, in words, of a segment in which all columns are 5 on average, and 4 among all customers."""
    centres = np.stack([np.zeros(len(columns)), np.ones(len(columns)) if spread is None else np.array(spread, dtype=float)])
    typical = np.repeat([[5.0], [3.0], [4.0]], len(columns), axis=1)
    rule = made(centres, columns, typical, names=(Name("A", features), Name("B", ())), **others)
    return rule.segments()["rule"].iloc[0]


def made(centres, columns=None, typical=None, names=None, labels=None, method=Method.K_MEANS, estimator=None):
    columns = columns or (column(),)
    names = names or (Name("A", ()), Name("B", ()))
    typical = np.zeros((3, len(columns))) if typical is None else typical
    known = {c.variable: Labels(c.variable.capitalize()) for c in columns} | (labels or {})
    return FoundRule(
        Preparation(tuple(columns), ()), method, estimator or KMeansSegments(2), (0, 1), centres, typical, names, known, "EUR"
    )


def column(variable="x"):
    return Column(variable, None, False, 0.0, 0.0, 100.0, 1.0, 5.0, 1.0)


def test_a_rule_says_how_customers_get_in_and_the_means_here_and_of_all():
    assert told(column()) == f"{NEAREST}: x 5 (4)."
    assert told(column(), labels={"x": Labels("Total spend", "money")}) == f"{NEAREST}: total spend 5.00 EUR (4.00 EUR)."
    average = "; average values, with those of all customers in brackets: x 5 (4)."
    assert told(column(), method=Method.HIERARCHICAL) == f"Customers most like those joined here{average}"
    assert told(column(), method=Method.LATENT_CLASS) == f"Customers who are most likely of this kind{average}"


def test_a_rule_names_what_names_the_segment_and_then_what_parts_segments_most():
    six = [column(name) for name in "abcdef"]
    assert told(*six) == f"{NEAREST}: a 5 (4), b 5 (4), c 5 (4), d 5 (4), e 5 (4), f 5 (4)."
    eight, spread = [column(name) for name in "abcdefgh"], [3, 1, -4, 5, 6, 7, -2, 8]
    assert told(*eight, spread=spread) == f"{NEAREST}: h 5 (4), f 5 (4), e 5 (4), d 5 (4), c 5 (4), a 5 (4) and 2 more."
    said = told(*eight, spread=spread, features=(1, 5))
    assert said == f"{NEAREST}: b 5 (4), f 5 (4), h 5 (4), e 5 (4), d 5 (4), c 5 (4) and 2 more."


MIXED = pd.DataFrame(
    {
        "visits": [1.0, 2, 3, 4, 30, 32, 34, 36, np.nan, 200],
        "town": [*["York"] * 4, *["Bath"] * 4, None, "York"],
        "spend": [5.0, 5, 6, 6, 400, 500, 400, 500, 450, 9000],
    }
)


@pytest.mark.parametrize("method", [Method.K_MEANS, Method.LATENT_CLASS, Method.HIERARCHICAL])
def test_figures_are_the_means_of_the_customers_whose_values_are_known(method):
    """Neither logarithms nor drawn-in values nor what stands in for a gap come in: what is said can be checked in the data."""
    found = fit_found(MIXED, ("visits", "town", "spend"), 2, method=method)
    segment = found.assign(MIXED)
    of = {c.variable if c.level is None else c.level: i for i, c in enumerate(found.preparation.columns)}
    york = MIXED["town"].dropna().eq("York")
    for place, mine in [*((i, segment == s) for i, s in enumerate(found.ids)), (-1, segment.notna())]:
        assert found.typical[place, of["visits"]] == pytest.approx(MIXED["visits"][mine].mean())
        assert found.typical[place, of["spend"]] == pytest.approx(MIXED["spend"][mine].mean())
        assert found.typical[place, of["York"]] == pytest.approx(york[mine].mean())
    assert len(found.typical) == len(found.ids) + 1


def test_time_words_follow_the_rhythm_of_orders():
    recency = np.r_[np.arange(1.0, 31), np.arange(150.0, 180)]
    for every, said in ((40, ["Recent", "Gone quiet"]), (100, ["Recent", "Longer ago"]), (10, ["More recent", "Gone quiet"])):
        frame = pd.DataFrame({"recency_days": recency, "frequency": 5.0, "tenure_days": recency + 4.0 * every})
        assert sorted(fit_found(frame, ("recency_days",), 2).names) == sorted(said)
        blind = fit_found(frame[["recency_days"]], ("recency_days",), 2)
        assert sorted(blind.names) == ["Longer ago", "More recent"]


def test_a_segment_of_whose_dates_nothing_is_known_is_named_by_the_rest():
    frame = pd.DataFrame({"frequency": [1.0] * 30 + [5.0] * 30, "recency_days": [np.nan] * 30 + list(np.arange(30.0))})
    frame["tenure_days"] = frame["recency_days"] + 100
    assert sorted(fit_found(frame, ("frequency",), 2).names) == ["Frequent", "Seldom"]


def test_notes_tell_what_was_done_to_the_data():
    numbers = fit_found(FRAME.assign(y=[5.0, np.nan, 5.0, 0.0, 0.0, 3.0]), ("x", "y"), 2)
    assert str(numbers.notes[-1]) == "y: 1 customer without a value taken as the middle value (median)."
    kinds = fit_found(pd.DataFrame({"a": list("yynn"), "b": list("ynyn")}), ("a", "b"), 2)
    assert [str(note) for note in kinds.notes] == [
        "All variables are yes/no or categories: they are compared as they are, without scaling."
    ]


def test_segments_that_are_nobodys_are_told():
    few = made(np.zeros((2, 1)), estimator=KMeansSegments(3))
    assert [str(note) for note in few.notes] == ["Of 3 segments asked for, only 2 have customers."]
    assert made(np.zeros((2, 1))).notes == ()


def test_small_groups_made_first_are_told():
    frame = pd.DataFrame({"x": np.arange(12.0)})
    preparation = AS_IT_IS.prepared(frame, ("x",), {}, Method.HIERARCHICAL)
    for most, told in ((12, False), (11, True)):
        ward = WardSegments(2, most_leaves=most, groups=5).fit(preparation.matrix(frame))
        rule = made(np.zeros((2, 1)), preparation.columns, method=Method.HIERARCHICAL, estimator=ward)
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
    assert any("scales and weights of variables make no difference here" in str(note) for note in found.notes)
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
