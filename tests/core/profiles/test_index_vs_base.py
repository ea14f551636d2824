"""The index, z and p of a segment against all customers: worked out by hand, and against scipy's chi-square test."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, norm

from segkit.core.data.customers import Variable
from segkit.core.profiles.index_vs_base import INDEX_COLUMNS, index_of, untested
from segkit.words.terms import Base
from tests.core.customer_tables import customer_data
from tests.core.parted import parted

NAN = np.nan


def indexed(of, formed_by=(), order="", **columns):
    """Return the index of segments named by one letter a customer."""
    data = customer_data(pd.DataFrame(columns))
    return index_of(data, parted(data, of, formed_by, order))


def row(table, segment, level=""):
    return table.query("segment_id == @segment and level == @level").iloc[0]


VISITS = [1.0] * 5 + [3.0] * 5 + [5.0] * 5 + [7.0] * 5
"""Mean 4 and variance 5; the first ten have mean 2."""


def test_a_number_by_hand():
    table = indexed("a" * 10 + "b" * 10, visits=VISITS)
    assert table["segment_id"].tolist() == ["a", "b"] and table["level"].tolist() == ["", ""]
    assert table["value"].tolist() == [2, 6] and table["all"].tolist() == [4, 4]
    assert table["index_vs_base"].tolist() == [50, 150] and table["n"].tolist() == [10, 10]
    assert table["effect"].tolist() == pytest.approx([-2 / 5**0.5, 2 / 5**0.5])
    # (2 − 4) / √(5 · (1/10 − 1/20))
    assert table["z"].tolist() == pytest.approx([-4, 4])
    assert table["p"].tolist() == pytest.approx([2 * 2 * norm.sf(4)] * 2), "two-sided, and corrected for two tests"
    assert table["numeric"].all() and not table["share"].any() and not table["suppressed"].any()


def test_a_category_by_hand():
    region = ["North"] * 15 + ["South"] * 5 + ["North"] * 6 + ["South"] * 14
    table = indexed("a" * 20 + "b" * 20, region=region)
    assert table["level"].tolist() == ["North", "North", "South", "South"], "the commonest first"
    north = row(table, "a", "North")
    assert (north["value"], north["all"], north["n"]) == (0.75, 0.525, 20)
    assert north["index_vs_base"] == pytest.approx(100 * 0.75 / 0.525)
    assert north["effect"] == pytest.approx(0.225 / np.sqrt(0.525 * 0.475))
    assert north["z"] == pytest.approx(0.225 / np.sqrt(0.525 * 0.475 * (1 / 20 - 1 / 40)))
    assert not table["numeric"].any() and table["share"].all()
    assert table.groupby("segment_id")["value"].sum().tolist() == [1, 1], "shares of all levels add up"


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(5, 30), min_size=4, max_size=4))
def test_z_squared_is_the_chi_square_of_the_table_and_yes_or_no_counts_as_one_or_nought(cells):
    assume(len(set(cells[::2])) > 1)
    here = np.repeat([1, 0, 1, 0], cells)
    of = "a" * sum(cells[:2]) + "b" * sum(cells[2:])
    chi = chi2_contingency(np.reshape(cells, (2, 2)), correction=False).statistic
    table = indexed(of, answer=np.where(here == 1, "yes", "no"), number=here.astype(float))
    level, number = row(table, "a", "yes"), row(table, "a")
    assert level["z"] ** 2 == pytest.approx(chi, abs=1e-9)
    for column in ("value", "all", "index_vs_base", "z", "effect", "n"):
        assert level[column] == pytest.approx(number[column], abs=1e-9)


@pytest.mark.parametrize(
    ("values", "has_index"),
    [
        ([0.0, 0.4, 0.8], True),  # nought is the least of what can be compared as a share of the mean
        ([0.5, 0.6, 0.7], True),
        ([-0.5, 3.0, 5.0], False),  # a mean of gains and losses is no base
        ([0.0, 0.0, 0.0], False),
    ],
)
def test_only_numbers_that_are_never_negative_and_not_all_nought_have_an_index(values, has_index):
    table = indexed("ab" * 15, visits=np.tile(values, 10))
    assert table["index_vs_base"].notna().tolist() == [has_index] * 2


def test_who_has_no_value_is_in_no_mean_and_no_base():
    table = indexed("a" * 12 + "b" * 12, visits=[NAN, np.inf, *VISITS, NAN, NAN])
    assert table["value"].tolist() == [2, 6] and table["all"].tolist() == [4, 4] and table["n"].tolist() == [10, 10]
    assert table["z"].tolist() == pytest.approx([-4, 4])
    table = indexed("a" * 22 + "b" * 22, region=[None, None, *["N"] * 15, *["S"] * 25, None, None])
    assert table["n"].unique().tolist() == [20] and row(table, "a", "N")["value"] == 0.75
    assert row(table, "b", "S")["all"] == 25 / 40


def test_twice_the_money_changes_no_index_and_no_z():
    one = indexed("ab" * 10, visits=VISITS)
    two = indexed("ab" * 10, visits=2 * np.array(VISITS))
    assert (two["value"] / one["value"]).tolist() == [2, 2]
    for column in ("index_vs_base", "z", "p", "effect"):
        assert two[column].tolist() == pytest.approx(one[column].tolist())


def test_a_number_known_of_four_is_not_shown_and_one_known_of_five_is():
    table = indexed("a" * 10 + "b" * 10, visits=[*range(1, 6), *[NAN] * 5, *range(1, 5), *[NAN] * 6])
    assert table["n"].tolist() == [5, 4] and table["suppressed"].all(), "of two, one and the whole tell the other"
    table = indexed("a" * 10 + "b" * 10 + "c" * 10, visits=[*range(1, 6), *[NAN] * 5, *range(1, 5), *[NAN] * 6, *range(1, 11)])
    assert table["suppressed"].tolist() == [True, True, False]
    hidden = table.loc[1, ["value", "index_vs_base", "z", "p", "effect"]]
    assert hidden.isna().all() and table.loc[2, ["value", "index_vs_base", "z", "p", "effect"]].notna().all()


def test_a_level_of_one_to_four_customers_is_not_shown_but_none_and_five_are():
    table = indexed("a" * 30 + "b" * 30, club=["x"] * 30 + ["gold"] * 4 + ["silver"] * 5 + ["x"] * 21)
    few = {(r["segment_id"], r["level"]): r["suppressed"] for _, r in table.iterrows()}
    # gold in b is four: something beside it must go, or it would be what is left of b
    assert few["b", "gold"] and few["b", "silver"]
    assert np.isnan(row(table, "b", "gold")["value"])
    enough = indexed("a" * 30 + "b" * 30, club=["x"] * 30 + ["gold"] * 5 + ["silver"] * 5 + ["x"] * 20)
    assert not enough["suppressed"].any()
    assert row(enough, "a", "gold")["value"] == 0 and row(enough, "a", "gold")["index_vs_base"] == 0
    assert row(enough, "b", "silver")["value"] == pytest.approx(5 / 30)


def test_of_a_segment_where_a_category_is_known_of_four_no_level_is_shown_not_even_an_empty_one():
    table = indexed("a" * 30 + "b" * 10, club=["x"] * 20 + ["y"] * 10 + ["x"] * 4 + [None] * 6)
    assert table.query("segment_id == 'b'")["suppressed"].all()
    assert row(table, "b", "y")["n"] == 4
    table = indexed("a" * 30 + "b" * 10, club=["x"] * 20 + ["y"] * 10 + ["x"] * 5 + [None] * 5)
    assert not table["suppressed"].any()


def test_a_segment_without_any_known_value_has_no_figures():
    table = indexed("a" * 10 + "b" * 10, visits=[*range(10), *[NAN] * 10], club=[*"xy" * 5, *[None] * 10])
    mine = table.query("segment_id == 'b'")
    assert mine["suppressed"].all() and (mine["n"] == 0).all() and mine[["value", "z", "p"]].isna().all(axis=None)


@pytest.mark.parametrize("column", [{"visits": [3.0] * 30}, {"visits": [0.1] * 30}, {"club": ["x"] * 30}])
def test_what_is_the_same_for_all_differs_nowhere(column):
    """The mean of many tenths is not quite a tenth."""
    table = indexed("a" * 13 + "b" * 17, **column)
    assert table["index_vs_base"].tolist() == pytest.approx([100, 100])
    assert table["z"].tolist() == [0, 0] and table["effect"].tolist() == [0, 0] and table["p"].tolist() == [1, 1]


def test_one_segment_of_all_customers_is_average():
    table = indexed("a" * 20, visits=VISITS, club=["x"] * 10 + ["y"] * 10)
    assert table["index_vs_base"].tolist() == [100] * 3 and table["z"].tolist() == [0] * 3 and table["p"].tolist() == [1] * 3


@pytest.mark.parametrize(("levels", "shown"), [(12, [f"L{i:02d}" for i in range(12)]), (13, [f"L{i:02d}" for i in range(11)])])
def test_twelve_levels_are_shown_and_of_more_the_eleven_commonest_beside_all_others(levels, shown):
    customers = [f"L{i:02d}" for i in range(levels) for _ in range(40 - i)]
    table = indexed("a" * len(customers), town=customers)
    rest = [] if levels == 12 else ["other"]
    assert table["level"].tolist() == [*shown, *rest]
    assert table["value"].sum() == pytest.approx(1)
    if rest:
        assert row(table, "a", "other")["value"] == pytest.approx((29 + 28) / len(customers))


def test_levels_equally_common_stand_in_the_order_of_the_alphabet():
    assert indexed("a" * 30, town=[*"cab" * 10])["level"].tolist() == ["a", "b", "c"]


def test_segments_stand_in_display_order():
    table = indexed("a" * 10 + "b" * 10, order="ba", visits=VISITS)
    assert table["segment_id"].tolist() == ["b", "a"] and table["value"].tolist() == [6, 2]


def test_labels_bases_and_shares_are_those_of_the_variables():
    table = indexed("a" * 20, visits=VISITS, club=[*"xy" * 10], share_web=[0.5] * 20)
    told = table.drop_duplicates("variable")[["variable", "label", "base", "numeric", "share"]]
    assert told.to_numpy().tolist() == [
        ["visits", "Visits", "behavioural", True, False],
        ["club", "Club", "demographic", False, True],
        ["share_web", "Share web", "behavioural", True, True],
    ]


def test_what_formed_the_segments_is_neither_tested_nor_counted_among_the_tests():
    table = indexed("a" * 10 + "b" * 10, ("visits",), visits=VISITS, age=VISITS)
    forming = table["variable"] == "visits"
    assert table["segmentation_variable"].tolist() == forming.tolist()
    assert table.loc[forming, "p"].isna().all()
    assert table.loc[~forming, "p"].tolist() == pytest.approx([4 * norm.sf(4)] * 2), "two tests, not four"


@pytest.mark.parametrize(
    ("formed_by", "wanted"),
    [
        (("region",), {"region"}),
        ((), set()),
        (("recency_days",), {"recency_days", "frequency", "monetary_total", "monetary_mean", "tenure_days"}),
        (("region", "tenure_days"), {"region", "recency_days", "frequency", "monetary_total", "monetary_mean", "tenure_days"}),
    ],
)
def test_what_is_counted_from_the_same_orders_is_no_discovery_either(formed_by, wanted):
    data = customer_data(pd.DataFrame({"visits": VISITS}))
    assert untested(parted(data, "a" * 20, formed_by)) == wanted


def test_columns_that_are_not_there_or_hold_nothing_are_passed_over():
    data = customer_data(pd.DataFrame({"visits": VISITS, "age": [NAN] * 20, "club": pd.Series([None] * 20, dtype="str")}))
    data = replace(data, variables=(*data.variables, Variable("survey", "Survey", Base.PSYCHOGRAPHIC, False, "", 20, False)))
    assert index_of(data, parted(data, "a" * 20))["variable"].tolist() == ["visits"]
    nothing = replace(data, variables=data.variables[1:])
    table = index_of(nothing, parted(nothing, "a" * 20))
    assert not len(table) and [*table] == [*INDEX_COLUMNS, "effect"]


def test_a_column_of_infinities_alone_holds_nothing():
    table = indexed("a" * 20, visits=VISITS, endless=[np.inf] * 20)
    assert table["variable"].tolist() == ["visits"]
