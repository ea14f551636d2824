"""Which number of segments is recommended, from tables of evidence written by hand."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.evidence.recommendation import recommend, structured, thinner, tighter

PLAIN = {
    "smallest_share": 0.2,
    "adjusted_rand": 0.7,
    "apart": 0.0,
    "border": 1.0,
    "border_null": 0.9,
    "gap": 0.0,
    "gap_se": 0.01,
}
"""Of one crowd."""

VALLEYS = {"apart": 1.0, "border": 0.1, "adjusted_rand": 0.95}


def table(**ks):
    """Make a table of 1 to 5 segments; ``_3={…}`` is what differs at 3."""
    rows = {k: PLAIN | ks.get(f"_{k}", {}) for k in range(1, 6)}
    rows[1] = dict.fromkeys(PLAIN, np.nan) | ks.get("_1", {})
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("k")


def favoured(**ks):
    return recommend(table(**ks))


def test_segments_well_apart_come_first():
    k, why = favoured(_3=VALLEYS | {"smallest_share": 0.25}, _4={"adjusted_rand": 1.0, "gap": 1.0}, _1=VALLEYS)
    assert k == 3
    assert why == (
        "3 segments stand apart, with valleys between them: on repeated samples the agreement is 0.95 (1 is perfect, "
        "0 is chance), and the smallest holds 25 % of the customers."
    )


@pytest.mark.parametrize(
    ("at_three", "natural"),
    [
        ({}, True),
        ({"apart": 0.75}, True),
        ({"apart": 0.74}, False),
        ({"adjusted_rand": 0.85}, True),
        ({"adjusted_rand": 0.84}, False),
        ({"smallest_share": 0.03}, True),
        ({"border": 0.74}, True),
        ({"border": 0.1, "border_null": 0.11}, True),
    ],
)
def test_what_makes_segments_natural(at_three, natural):
    k, why = favoured(_3=VALLEYS | at_three, _5={"border": 0.05, "adjusted_rand": 0.81})
    assert (k == 3, "stand apart, with valleys between them" in why) == (natural, natural)


@pytest.mark.parametrize(
    "at_three", [{"border": 0.75}, {"border_null": 0.1}, {"adjusted_rand": 0.79}, {"smallest_share": 0.029}]
)
def test_without_valleys_agreement_or_size_nothing_stands_apart(at_three):
    assert "choose as many as you can serve" in favoured(_3=VALLEYS | at_three, _2={"adjusted_rand": 0.9})[1]


def test_of_natural_ones_the_most_stable_and_of_these_the_fewest_that_the_gap_allows():
    assert favoured(_2=VALLEYS | {"adjusted_rand": 0.9, "gap": 9.0}, _4=VALLEYS | {"adjusted_rand": 0.96})[0] == 4
    about = VALLEYS | {"adjusted_rand": 0.92}
    assert favoured(_2=about | {"gap": 0.5}, _3=about | {"gap": 0.95}, _4=VALLEYS | {"gap": 1.0, "gap_se": 0.05})[0] == 3
    assert favoured(_2=about | {"gap": 0.5}, _3=about | {"gap": 0.94}, _4=VALLEYS | {"gap": 1.0, "gap_se": 0.05})[0] == 4
    assert favoured(_3=about | {"gap": 1.0, "gap_se": 0.05}, _5=VALLEYS | {"gap": 0.94})[0] == 3


def test_then_the_least_crowded_borders_among_those_found_again():
    thin = {"adjusted_rand": 0.8, "border": 0.4}
    k, why = favoured(_2=thin, _4=thin | {"border": 0.3}, _5={"adjusted_rand": 0.79, "border": 0.1}, _3={"gap": 1.0})
    assert k == 4 and "4 segments have the least crowded borders" in why


def test_then_the_clearest_gap_with_good_agreement_if_there_is_any():
    tight = {"adjusted_rand": 0.84, "gap": 0.5}
    k, why = favoured(_2=tight, _4=tight | {"adjusted_rand": 0.85, "gap": 0.2})
    assert k == 4 and "stand out most from a crowd without groups" in why
    assert favoured(_2=tight, _4=tight | {"gap": 0.6})[0] == 4
    assert favoured(_2=tight, _4=tight | {"gap": 0.505})[0] == 2
    assert favoured(_2=tight | {"adjusted_rand": 0.79}, _4=tight | {"gap": 0.2})[0] == 4


def test_without_any_sign_the_most_that_are_found_again_almost_always():
    k, why = favoured(_2={"adjusted_rand": 1.0}, _4={"adjusted_rand": 0.9}, _5={"adjusted_rand": 0.89})
    assert k == 4 and "the data do not call for any particular number" in why
    assert favoured(_2={"adjusted_rand": 1.0}, _5={"adjusted_rand": 0.9})[0] == 5
    six = pd.concat([table(_3={"adjusted_rand": 0.95}), pd.DataFrame([PLAIN | {"adjusted_rand": 0.99}], index=[6])])
    assert recommend(six)[0] == 3, "more than five serve nobody where nothing calls for them"
    assert favoured(_3={"adjusted_rand": 0.82}, _4={"adjusted_rand": 0.83})[0] == 4
    assert favoured(_3={"adjusted_rand": 0.824}, _4={"adjusted_rand": 0.8241})[0] == 3, "less than a hundredth is nothing"


def test_small_segments_speak_against_a_number_unless_all_have_them():
    tiny = {"smallest_share": 0.01}
    assert favoured(_2=tiny | {"adjusted_rand": 1.0}, _3={"adjusted_rand": 0.9})[0] == 3
    assert favoured(_2=tiny, _3=tiny | {"adjusted_rand": 1.0}, _4=tiny, _5=tiny)[0] == 3


@pytest.mark.parametrize(("rand", "warned"), [(0.59, True), (0.6, False)])
def test_what_is_not_found_again_is_not_to_be_built_on(rand, warned):
    low = {"adjusted_rand": 0.3}
    k, why = favoured(_2=low, _3=low, _4={"adjusted_rand": rand}, _5=low)
    assert k == 4
    assert why.startswith("No number of segments is found again reliably. 4 segments come out best") is warned
    assert f"{rand:.2f}" in why


ROWS = pd.DataFrame(
    {
        "border": [0.74, 0.75, 0.5, 0.5, 0.5],
        "border_null": [0.9, 0.9, 0.6, 0.5, 0.4],
        "gap": [0.04, 0.03, 0.025, 0.5, 0.5],
        "gap_se": [0.01, 0.001, 0.001, 0.2, 0.125],
    }
)


def test_bounds_of_thinner_borders_and_of_a_clear_gap():
    assert thinner(ROWS).tolist() == [True, False, True, False, False]
    assert tighter(ROWS).tolist() == [True, False, False, False, True]
    touching = pd.DataFrame({"gap": [0.375, 0.376], "gap_se": [0.125, 0.125]})
    assert tighter(touching).tolist() == [False, True]


def test_one_sign_at_one_number_of_two_or_more_is_structure():
    assert not structured(table(_1=VALLEYS | {"gap": 9.0, "border_null": 1.0, "gap_se": 0.0}))
    assert structured(table(_5={"border": 0.3}))
    assert structured(table(_2={"gap": 0.5}))
    assert not structured(table(_5={"border": 0.3, "border_null": 0.2}))
