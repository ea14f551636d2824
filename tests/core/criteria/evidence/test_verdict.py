"""The verdict on evidence written by hand, and what it rests on."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence import verdict as module
from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.evidence.verdict import trust
from segkit.core.criteria.segmentation import segment
from segkit.core.estimators import weighted_k_means as k_means
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method, Verdict
from tests.core.customer_tables import customer_data, shop

# The judgement alone, on evidence written by hand: two crowds on a line, with or without somebody on the border.
APART = np.repeat([0.0, 0.1, 9.9, 10.0], 25)[:, None]
TOUCHING = np.linspace(0, 10, 100)[:, None]
HALVES = np.repeat([0, 1], 50)
CROWD = {"border": 1.0, "border_null": 0.9, "gap": 0.0, "gap_se": 0.1}
"""Evidence of one crowd, for one number of segments."""


def judged(matrix, rand, *, labels=HALVES, by_rule=False, alike=True, **at_two):
    rows = {1: CROWD | {"border": np.nan}, 2: CROWD | {"border": 0.1} | at_two, 3: CROWD | {"border_null": 0.5}}
    table = pd.DataFrame.from_dict(rows, orient="index")
    return module._verdict(matrix, labels, table, rand, by_rule=by_rule, alike=alike, names=NAMES)


NAMES = ("A", "B", "C", "D")
NOTHING = {"border": 1.0}


@pytest.mark.parametrize(
    ("matrix", "rand", "how", "verdict", "words"),
    [
        (APART, 0.85, {}, Verdict.NATURAL, "All of the customers are in segments with a valley on every side. Closest"),
        (APART, 0.85, {"by_rule": True}, Verdict.NATURAL, "agreement is 0.85"),
        (APART, 0.84, {}, Verdict.REPRODUCIBLE, "lie apart, but are found again a little too rarely"),
        (APART, 0.84, {"by_rule": True}, Verdict.CONSTRUCTED, "The lines run through places with customers"),
        (APART, 0.8, {}, Verdict.REPRODUCIBLE, "“A” and “B”: 0 % of their customers are in the middle"),
        (APART, 0.79, {}, Verdict.CONSTRUCTED, "There is some structure, but other lines would do as well: on repeated"),
        # valleys no deeper than those of customers without segments, but a clear gap
        (APART, 0.9, {"border_null": 0.0, "gap": 1.0}, Verdict.REPRODUCIBLE, "have no gaps beyond those that such answers"),
        (TOUCHING, 0.9, {}, Verdict.REPRODUCIBLE, "touch one another, but the same ones are found again"),
        (TOUCHING, 0.9, {"border_null": 0.0, "gap": 1.0}, Verdict.REPRODUCIBLE, "The segments touch one another"),
        (APART, 0.9, NOTHING, Verdict.NONE, "the 2 groups are lines drawn through it. Treat all customers alike"),
        (APART, 0.9, NOTHING | {"alike": False}, Verdict.CONSTRUCTED, "The customers differ in how they buy by far more"),
        (APART, 0.8, NOTHING | {"by_rule": True}, Verdict.NONE, "(1 is perfect, 0 is chance) is due to fixed lines"),
        (APART, 0.79, NOTHING | {"by_rule": True}, Verdict.NONE, "drawn through it. Treat all customers"),
    ],
)
def test_the_verdict_follows_the_evidence(matrix, rand, how, verdict, words):
    found, reason = judged(matrix, rand, **how)
    assert found is verdict and words in reason
    assert (f"{rand:.2f}" in reason) or verdict is Verdict.NONE


def test_half_as_crowded_as_two_centres_of_a_size_is_no_valley():
    """Two crowds 3.4 standard deviations apart, of whom 20 % stand in the middle half: found again, but not natural."""
    rng = np.random.default_rng(6)
    matrix = np.concatenate([rng.normal(0, 1, 100), rng.normal(3.4, 1, 100)])[:, None]
    labels = (matrix[:, 0] > 1.7).astype(int)
    verdict, reason = judged(matrix, 0.95, labels=labels)
    assert verdict is Verdict.REPRODUCIBLE
    assert "Closest to one another are “A” and “B”: 20 % of their customers are in the middle half of the way" in reason


def test_three_quarters_of_the_customers_must_be_apart():
    """Two crowds touch, a third one stands alone: with 75 customers of 100 it makes natural segments, with 74 not."""
    for alone, verdict in ((75, Verdict.NATURAL), (74, Verdict.REPRODUCIBLE)):
        rest = 100 - alone
        matrix = np.concatenate([np.linspace(0, 2, rest), np.full(alone, 90.0)])[:, None]
        labels = np.concatenate([np.arange(rest) * 2 // rest, np.full(alone, 2)])
        table = pd.DataFrame([CROWD | {"border": 0.1}] * 2 + [CROWD | {"border_null": 0.6}], index=[1, 2, 3])
        assert module._verdict(matrix, labels, table, 0.95, by_rule=False, alike=True, names=NAMES)[0] is verdict


def test_borders_are_held_against_those_expected_for_as_many_segments():
    """Where no evidence was gathered for so many, the least crowded border expected anywhere counts."""
    four = np.repeat([0, 1, 2, 3], 25)
    matrix = np.repeat([0.0, 9.0, 40.0, 90.0], 25)[:, None]
    table = pd.DataFrame([CROWD | {"border": 0.1}] * 3, index=[1, 2, 3])
    assert module._verdict(matrix, four, table, 0.95, by_rule=False, alike=True, names=NAMES)[0] is Verdict.NATURAL
    table.loc[2, "border_null"] = 0.0
    assert module._verdict(matrix, four, table, 0.95, by_rule=False, alike=True, names=NAMES)[0] is Verdict.REPRODUCIBLE


KNOWN = SimpleNamespace(
    labels={2: np.array([1, 1, 0, 0, 0], dtype=np.uint8)},
    pairs=pd.DataFrame({2: [0.5, 0.75]}),
    lineage=SimpleNamespace(
        segments=pd.DataFrame(
            {"within": [0.25, 1.0]}, index=pd.MultiIndex.from_tuples([(2, 0), (2, 1)], names=["k", "segment"])
        )
    ),
)


def test_evidence_on_the_very_same_segments_is_taken_over_in_their_order():
    agreed, within = module._known(KNOWN, np.array([0, 0, 1, 1, 1]))
    assert agreed.tolist() == [0.5, 0.75] and within.tolist() == [1.0, 0.25]
    assert module._known(KNOWN, np.array([1, 1, 0, 0, 0]))[1].tolist() == [0.25, 1.0]


@pytest.mark.parametrize("labels", [[0, 0, 0, 1, 1], [0, 0, 1, 1, 2], [0, 1, 1, 1, 1], [0, 0, 0, 0, 0]])
def test_evidence_on_other_segments_is_not(labels):
    assert module._known(KNOWN, np.array(labels)) is None


FORTY = customer_data(pd.DataFrame({"monetary_total": np.arange(1.0, 41), "town": ["x", "y"] * 20}))


@pytest.mark.parametrize(
    ("band", "redrawn"),
    [
        ({"variable": "monetary_total"}, True),
        ({"variable": "monetary_total", "banding": "own", "thresholds": [12.5]}, False),
        ({"variable": "town"}, False),
    ],
)
def test_lines_are_drawn_anew_on_each_sample_unless_they_are_ones_own(band, redrawn):
    criteria = Criteria(method=Method.BY_HAND, by_hand=[band])
    (one,) = criteria.by_hand
    drawn = module._band(FORTY, FORTY.customers.iloc[:10], one)
    whole = module.attribute(FORTY, one)
    assert (drawn.cuts != whole.cuts) is redrawn
    assert (drawn.variable, drawn.label, drawn.unit, drawn.levels) == (whole.variable, whole.label, whole.unit, whole.levels)
    if redrawn:
        assert 5 <= drawn.cuts[0] <= 6


def test_pairs_of_rules_put_all_customers_and_differ_by_their_samples(monkeypatch):
    monkeypatch.setattr(module, "PAIRS", 3)
    criteria = Criteria(method=Method.BY_HAND, by_hand=[{"variable": "monetary_total"}])
    formed = segment(FORTY, criteria)
    pairs = module._rule_pairs(FORTY, formed, criteria, 0)
    assert len(pairs) == 3 and all(len(one) == 40 for pair in pairs for one in pair)
    assert {tuple(one) for pair in pairs for one in pair} != {tuple(pairs[0][0])}
    assert all(set(one) == {0, 1} and 10 <= one.sum() <= 30 for pair in pairs for one in pair)
    shuffled = customer_data(FORTY.customers.iloc[::-1])
    again = module._rule_pairs(shuffled, segment(shuffled, criteria), criteria, 0)
    assert [[one[::-1].tolist() for one in pair] for pair in again] == [[one.tolist() for one in pair] for pair in pairs]
    labels = (np.arange(40) >= 20).astype(np.intp)
    agreed, within = module._by_rule(FORTY, formed, criteria, labels, 0)
    assert agreed.tolist() == pytest.approx([adjusted_rand(cross_table(*pair)) for pair in pairs])
    low = [min(one.tolist().index(1), 20) / max(one.tolist().index(1), 20) for pair in pairs for one in pair]
    assert within[int(formed.segment_of.iloc[0] == "x")] <= 1 and np.mean(low) == pytest.approx(within[0])


def test_a_sample_of_one_pot_puts_everybody_into_it(monkeypatch):
    def refuse(*_, **__):
        raise CriteriaError("One pot.")

    monkeypatch.setattr(module, "fit_by_hand", refuse)
    criteria = Criteria(method=Method.BY_HAND, by_hand=[{"variable": "monetary_total"}])
    frame = FORTY.customers[["monetary_total"]]
    assert module._redrawn(FORTY, frame, frame, criteria, (), np.random.default_rng(0)).tolist() == [0] * 40


def test_the_middle_and_the_quarters_of_the_pairs_are_reported(monkeypatch):
    seeds = []

    def by_rule(*given):
        seeds.append(given[-1])
        return np.array([0.0, 0.25, 0.5, 0.75, 1.0]), np.array([0.5, 0.25])

    monkeypatch.setattr(module, "_by_rule", by_rule)
    monkeypatch.setattr(module, "_table", lambda *_: pd.DataFrame([CROWD] * 3, index=[1, 2, 3]))
    criteria = Criteria(method=Method.BY_HAND, by_hand=[{"variable": "monetary_total"}])
    formed = segment(FORTY, criteria)
    said = trust(FORTY, formed, criteria)
    assert (said.adjusted_rand_low, said.adjusted_rand, said.adjusted_rand_high) == (0.25, 0.5, 0.75)
    assert said.per_segment["jaccard"].tolist() == [0.5, 0.25]
    assert said.per_segment.index.tolist() == formed.segments.index.tolist() and said.per_segment.index.name == "segment_id"
    trust(FORTY, formed, criteria, seed=3)
    assert seeds == [0, 3]


def test_a_method_is_asked_for_as_many_segments_as_there_are_and_its_samples_held_against_them():
    values = np.array([9.0, 0.0, 4.0, 4.0, 8.0, 1.0, 5.0])
    labels = (values > 4).astype(np.intp)
    asked = []

    def fit(points, weights, k, rng):
        asked.append(k)
        return SimpleNamespace(predict=lambda points: (points[:, 0] > 5).astype(np.intp))

    agreed, within = module._by_fit(k_means.distinct_rows(values[:, None]), fit, labels, 2, 0)
    assert asked == [2] * 4 and agreed.tolist() == [1, 1]
    # 0, 1, 4 and 4 within those and 5; 8 and 9 of 5, 8 and 9
    assert within == pytest.approx([4 / 5, 2 / 3])


def test_evidence_is_gathered_for_as_many_numbers_as_there_are_different_customers(monkeypatch):
    asked = {}
    monkeypatch.setattr(module, "against_none", lambda matrix, ks, **how: asked.update(how, ks=ks))
    columns = tuple(SimpleNamespace(variable=name) for name in ("x", "town", "town"))
    for different, most in ((3, 3), (8, 8), (9, 8)):
        module._table(SimpleNamespace(columns=columns), np.repeat(np.arange(float(different)), 2)[:, None], 5)
        assert asked == {"ks": list(range(1, most + 1)), "seed": 5, "blocks": ["x", "town", "town"]}


def test_variables_that_draw_the_lines_are_compared_where_they_differ():
    frame = pd.DataFrame({"x": [1.0, 2.0, 4.0, 8.0, 16.0, 512.0] * 6, "same": 3.0})
    asked = SimpleNamespace(method=Method.BY_HAND, variables=("x", "same"))
    (column,) = module._prepared(customer_data(frame), asked, Criteria()).columns
    assert column.variable == "x" and column.log


@pytest.mark.parametrize(
    ("method", "given", "rand", "pairs", "looked_for"),
    [
        (Method.K_MEANS, True, 0.9, [], 0),
        (Method.K_MEANS, False, 0.7, [20], 1),
        (Method.LATENT_CLASS, False, 0.7, [10], 1),
        (Method.BY_HAND, True, 0.6, [], 1),
        (Method.BY_HAND, False, 0.6, [], 1),
    ],
)
def test_evidence_gathered_before_counts_for_segments_found_and_not_for_lines(
    monkeypatch, method, given, rand, pairs, looked_for
):
    tables, asked = [], []
    crowd = pd.DataFrame([CROWD] * 3, index=[1, 2, 3])
    monkeypatch.setattr(module, "_table", lambda *_: tables.append(1) or crowd)
    monkeypatch.setattr(module, "_known", lambda *_: (np.array([0.9]), np.ones(2)))
    monkeypatch.setattr(module, "_by_fit", lambda *how: asked.append(how[-2]) or (np.array([0.7]), np.ones(2)))
    monkeypatch.setattr(module, "_by_rule", lambda *_: (np.array([0.6]), np.ones(2)))
    criteria = Criteria(
        method=method, variables=("monetary_total", "town"), n_segments=2, by_hand=[{"variable": "monetary_total"}]
    )
    evidence = SimpleNamespace(table=crowd) if given else None
    said = trust(FORTY, segment(FORTY, criteria), criteria, evidence)
    assert (said.adjusted_rand, asked, len(tables)) == (rand, pairs, looked_for)


def test_of_too_few_customers_nothing_is_said_but_that():
    formed = segment(customer_data(shop(100)), Criteria(method=Method.RFM))
    said = trust(customer_data(shop(20)), formed, Criteria(method=Method.RFM))
    assert said.verdict is Verdict.TOO_FEW
    assert said.reason.startswith("There are 20 customers, too few to segment")
    assert (said.adjusted_rand, said.adjusted_rand_low, said.adjusted_rand_high) == (None, None, None)
    assert list(said.per_segment.index) == list(formed.segments.index)
    assert said.per_segment["jaccard"].isna().all()


@pytest.mark.parametrize(
    ("values", "as_compared"),
    [
        (pd.Series([2.5, 1.0]), [2.5, 1.0]),
        (pd.Series(["south", None], dtype=object), ["south", ""]),
        (pd.Series([10, None], dtype=object), ["10", ""]),
    ],
)
def test_numbers_are_put_in_order_as_numbers_and_all_else_as_words(values, as_compared):
    assert module._sortable(values).tolist() == as_compared
