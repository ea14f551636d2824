"""Nothing that is shown gives away a group of fewer than five customers: an attacker with all totals tries."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from segkit.core.criteria.rfm.table import naming_grid
from segkit.core.criteria.segmentation import segment
from segkit.core.data.small_groups import without_small_groups
from segkit.core.disclosure import Told, counted, gives_away, shares_said, withheld, withheld_table
from segkit.core.profiles.profile import profile
from segkit.core.review.changes import review
from segkit.decisions.criteria import Criteria
from segkit.plots.criteria.rfm import band_edges, rfm_cells
from segkit.words.terms import FREQUENCY, RECENCY_DAYS, SEGMENT_NAME, Method
from tests.made_up import customer_data

FEW = 5


def solved(counts: npt.ArrayLike, shown: npt.ArrayLike, totals: list[list[int]]) -> list[int]:
    """Return the hidden cells of one to four customers that follow from what is shown, from the totals, and from counting.

    The attacker of the tests: for each hidden cell the least and the most that it can be, by linear programming.
    """
    truth, seen = np.asarray(counts, dtype=float).ravel(), np.asarray(shown, dtype=bool).ravel()
    hidden = np.flatnonzero(~seen)
    sums = np.array([[float(cell in set(map(int, total))) for cell in hidden] for total in totals])
    left = np.array([truth[[c for c in map(int, total) if not seen[c]]].sum() for total in totals])
    told = []
    for place, cell in enumerate(hidden):
        if not 0 < truth[cell] < FEW:
            continue
        goal = np.zeros(len(hidden))
        goal[place] = 1
        known = {"A_eq": sums, "b_eq": left} if len(totals) else {}
        least, most = (linprog(way * goal, **known, bounds=(0, None)).fun for way in (1, -1))
        if most is not None and abs(least + most) < 0.5:  # without a bound there is no most
            told.append(int(cell))
    return told


def both_ways(shape: tuple[int, int]) -> list[list[int]]:
    places = np.arange(shape[0] * shape[1]).reshape(shape)
    return [*places.tolist(), *places.T.tolist()]


TABLES = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 80]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_no_small_cell_of_a_table_follows_from_its_totals(counts):
    table = np.array(counts)
    hidden = withheld_table(table)
    assert hidden[(table > 0) & (table < FEW)].all()
    if hidden.all() and table.sum(axis=0).min() < FEW:
        return  # totals of fewer than five are themselves not shown
    for axis in (0, 1):
        for held, cells in zip(np.moveaxis(hidden, axis, 0), np.moveaxis(table, axis, 0), strict=True):
            if held.any() and not held.all() and cells.sum() >= FEW:  # a smaller total is not shown anywhere
                assert held.sum() > 1 and cells[held].sum() >= FEW
    big = [places for places in both_ways(table.shape) if table.ravel()[places].sum() >= FEW]
    assert solved(table, ~hidden, big) == []


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 2, 3, 5, 7, 30]), min_size=6, max_size=12), st.data())
def test_overlapping_totals_give_nothing_away(counts, data):
    cells = range(len(counts))
    totals = [list(cells), *data.draw(st.lists(st.lists(st.sampled_from(cells), min_size=3, unique=True), max_size=3))]
    hidden = withheld(counts, totals)
    # a total below five tells of a small group by itself, and one of which all is hidden has no more to hide
    big = [t for t in totals if sum(counts[i] for i in t) >= FEW]
    assert solved(counts, ~hidden, big) == [] or hidden.all()


SIZES = st.sampled_from([6, 20, 49, 50, 51, 60, 400])
PARTS = st.sampled_from([0, 1, 2, 4, 5, 9, 30, -1, -2, -4, -5, -9])
"""Who belongs to a group's share, or below zero who does not."""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SIZES, PARTS), min_size=2, max_size=4))
def test_words_for_a_share_tell_of_no_handful(drawn):
    """Whoever knows all sizes, the sum of the shares and what the words mean does not find a handful."""
    of = np.array([n for n, _ in drawn])
    some = np.array([k % n if k >= 0 else max(0, n + k) for n, k in drawn])
    said = shares_said(some, of)
    shown = [text is not None and text.endswith("%") for text in said]
    means = {None: (0, 1), "hardly any": (0, 0.1), "nearly all": (0.9, 1)}
    between = [
        (k, k) if known else tuple(n * at for at in means[text])
        for k, n, known, text in zip(some, of, shown, said, strict=True)
    ]
    assert all(low <= k <= high for k, (low, high) in zip(some, between, strict=True)), "the words are true"
    for place, (k, n) in enumerate(zip(some, of, strict=True)):
        if not min(k, n - k) or min(k, n - k) >= FEW:
            continue
        assert not shown[place]
        goal = np.eye(len(of))[place]
        total = {"A_eq": np.ones((1, len(of))), "b_eq": [some.sum()]} if min(some.sum(), (of - some).sum()) >= FEW else {}
        least, most = (linprog(way * goal, **total, bounds=between).fun for way in (1, -1))
        assert -most - least >= 1, (drawn, said)


def test_a_handful_is_counted_as_such():
    assert [counted(n, "customer") for n in (0, 4, 5, 1200)] == [
        "0 customers",
        "fewer than 5 customers",
        "5 customers",
        "1,200 customers",
    ]


def test_what_need_not_be_hidden_is_shown():
    assert not withheld_table([[0, 20, 30], [40, 0, 60]]).any(), "nobody is no secret"
    assert withheld([3, 8, 50, 70], [range(4)]).tolist() == [True, True, False, False], "the smallest of the others goes along"
    assert withheld([3, 4, 50, 70], [range(4)]).tolist() == [True, True, False, False], "two small ones protect each other"
    assert withheld([1, 2, 50, 70], [range(4)]).tolist() == [True, True, True, False], "but not where they are three in all"


def test_one_giant_gives_himself_away_by_the_sum():
    assert gives_away([1000.0, 30, 20, 10, 5, 5]) and not gives_away([1000.0, 30, 20, 70, 50, 50])
    assert not gives_away([]) and not gives_away([0.0, 0.0]) and gives_away([5.0]) and gives_away([5.0, 900.0])


def a_business(seed: int):
    """Return customers of whom a few live in rare places, a few are giants, and many bought once."""
    chance = np.random.default_rng(seed)
    data = customer_data(int(chance.integers(60, 320)), seed)
    customers = data.customers.copy()
    weights = np.array([60, 25, 8, 4, 2, 1]) / 100
    customers["region"] = chance.choice(["North", "South", "West", "East", "Isles", "Abroad"], len(customers), p=weights)
    if seed % 3 == 0:
        customers.iloc[int(chance.integers(len(customers))), 2] = 60 * customers["monetary_total"].sum()
    from dataclasses import replace

    return without_small_groups(replace(data, customers=customers))


WAYS = (
    Criteria(method=Method.RFM),
    Criteria(method=Method.K_MEANS, variables=("recency_days", "frequency", "monetary_total"), n_segments=6),
    Criteria(method=Method.HIERARCHICAL, variables=("recency_days", "frequency"), n_segments=7),
    Criteria(method=Method.BY_HAND),
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_of_random_businesses_no_small_group_is_solved_for(seed):
    data = a_business(seed)
    formed = segment(data, WAYS[seed % len(WAYS)])
    sizes = formed.segments["size"]
    assert sizes.min() >= FEW and sizes.sum() == len(data.customers)
    tables = profile(data, formed)
    assert all(isinstance(one, Told) for one in (formed.segments, tables.summary, tables.index, tables.markers))
    money = data.customers["monetary_total"].groupby(formed.segment_of)
    shown = tables.summary["value"].notna()
    for one, amounts in money:
        assert not (gives_away(amounts) and shown[one]), "a giant's money"
    assert (~shown).sum() != 1, "one sum left out is known by difference"
    levels = tables.index[(tables.index["variable"] == "region")]
    assert len(levels)
    counts = pd.crosstab(formed.segment_of, data.customers["region"]).reindex(sizes.index)
    seen = levels.pivot(index="segment_id", columns="level", values="value").reindex(index=sizes.index, columns=counts.columns)
    assert solved(counts, seen.notna(), both_ways(counts.shape)) == []
    if formed.method is Method.RFM:
        grid = naming_grid(formed.rule, data.customers)
        cells = [*grid.customers.values(), *grid.once_customers.values()]
        of = [*grid.segment.values(), *grid.once_segment.values()]
        known = [[i for i, name in enumerate(of) if name == one] for one in sorted(set(of))]
        scored, once = formed.rule.scores(data.customers)
        came = pd.Series(list(map(tuple, scored[~once].tolist()))).value_counts()
        true = [
            *(int(came.get(c, 0)) for c in grid.customers),
            *((once & (scored[:, 0] == r)).sum() for r in grid.once_customers),
        ]
        assert all(n is None or n == 0 or n >= FEW for n in cells)
        assert solved(true, [n is not None for n in cells], known) == []
    drawn = rfm_cells(data.customers, band_edges(data.customers[RECENCY_DAYS]), (2.0, *band_edges(data.customers[FREQUENCY])))
    bands = [list(np.flatnonzero(drawn[b] == at)) for b in ("recency", "frequency") for at in drawn[b].unique()]
    assert solved(drawn["size"], drawn["shown"], bands) == []


@pytest.mark.parametrize("seed", range(6))
def test_of_a_later_period_no_small_group_is_solved_for(seed):
    data, chance = a_business(seed), np.random.default_rng([seed, 1])
    formed = segment(data, WAYS[seed % len(WAYS)])
    from dataclasses import replace

    later = data.customers[chance.random(len(data.customers)) < 0.9].copy()
    later["recency_days"] = chance.permutation(later["recency_days"].to_numpy())
    told = review(data, replace(data, customers=later), formed)
    matrix = told.migration_matrix
    assert solved(matrix, ~withheld_table(matrix), both_ways(matrix.shape)) == []
    sizes = told.sizes
    assert sizes["after"].isna().sum() != 1
    assert not sizes["after"].between(1, FEW - 1).any() and sizes[SEGMENT_NAME].notna().all()
    assert sizes["after"].isna().equals(sizes["share_after"].isna()) and sizes["after"].isna().equals(sizes["change"].isna())
