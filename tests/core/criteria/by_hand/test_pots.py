"""Pots of the desktop exercise: put together by a person, by being tiny, and down to seven."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.criteria.by_hand.attributes import Attribute
from segkit.core.criteria.by_hand.cautions import cautions
from segkit.core.criteria.by_hand.pots import MOST_BY_HAND, TINY, every_cell, flat, group, segment_id, sizes_of, steps
from segkit.core.criteria.by_hand.rule import fit_by_hand
from segkit.core.criteria.by_hand.thresholds import attribute, bands_key
from segkit.core.criteria.comparison.one_customer import explain
from segkit.core.criteria.rule_linter import lint
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Band, Criteria, HandSegment
from segkit.words.errors import CriteriaError
from segkit.words.terms import SMALL_GROUP, Banding, Method
from tests.core.customer_tables import customer_data, shop

MONEY = Attribute("monetary_total", "Total spend", "money", cuts=(50.0, 200.0))
RECENCY = Attribute("recency_days", "Days since last order", "days", cuts=(30.0, 90.0))
REGION = Attribute("region", "Region", "", levels=("North", "South", "East"))


def by_hand(*bands, pots=(), **edits):
    return Criteria(method=Method.BY_HAND, by_hand=bands, pots=pots, **edits)


@st.composite
def filled(draw):
    """Return pots with customers, and some that a person put together."""
    attributes = draw(
        st.lists(st.sampled_from([MONEY, RECENCY, REGION]), min_size=1, max_size=3, unique_by=lambda a: a.variable)
    )
    cells = every_cell(attributes)
    held = draw(st.lists(st.sampled_from(cells), min_size=2, unique=True))
    sizes = {cell: draw(st.integers(1, 300)) for cell in held}
    joined = draw(st.lists(st.sampled_from(held), max_size=4, unique=True))
    return sizes, attributes, [tuple(sorted(map(segment_id, joined)))]


@given(filled())
@settings(deadline=None, max_examples=30)
def test_every_pot_has_a_segment_that_holds_customers_and_at_most_seven_are_left(drawn):
    sizes, attributes, together = drawn
    found = group(sizes, attributes, together)
    assert set(found.host) == set(every_cell(attributes))
    hosts = set(found.host.values())
    assert len(hosts) <= MOST_BY_HAND
    held = {host: sum(n for cell, n in sizes.items() if found.host[cell] == host) for host in hosts}
    assert min(held.values()) > 0
    if len(hosts) > 2:
        assert min(held.values()) >= min(5, sum(sizes.values()))
    assert len({found.host[cell] for cell in every_cell(attributes) if segment_id(cell) in together[0]}) <= 1
    assert {found.host[row] for row in found.rows()} == hosts
    assert all(found.host[cell] == found.host[row] for cell, row in found.row.items())


@given(filled())
@settings(deadline=None, max_examples=30)
def test_the_suggestion_leads_to_seven_and_to_the_same_segments(drawn):
    sizes, attributes, together = drawn
    found = group(sizes, attributes, together)
    if found.folded:
        taken = group(sizes, attributes, found.suggestion())
        assert len(taken.rows()) <= MOST_BY_HAND and not taken.folded
        parts = {frozenset(c for c in sizes if found.host[c] == h) for h in set(found.host.values())}
        assert {frozenset(c for c in sizes if taken.host[c] == h) for h in set(taken.host.values())} == parts


def test_bands_of_a_number_are_as_far_apart_as_they_lie_and_levels_are_all_neighbours():
    assert steps([(0, 0)], [(2, 0), (0, 2), (-1, 2)], [MONEY, REGION]).tolist() == [[2, 1, 2]]


def test_put_together_by_a_person_they_are_one_segment_with_its_name_rule_and_action():
    data = customer_data(shop(900))
    bands = (Band(variable="monetary_total", bands=3), Band(variable="recency_days", bands=2))
    key = bands_key(bands, [attribute(data, band) for band in bands])
    one = HandSegment(bands=key, pots=("a2-b1", "a3-b1"), name="Our regulars", action="Say thank you in person")
    box = HandSegment(bands=key, pots=("a1-b1", "a1-b2"))
    formed = segment(data, by_hand(*bands, pots=(one, box)))
    plain = segment(data, by_hand(*bands))
    assert len(plain.segments) == 6 and len(formed.segments) == 4
    assert formed.segments.loc["a2-b1", ["segment_name", "action"]].tolist() == ["Our regulars", "Say thank you in person"]
    low, _ = plain.settings["thresholds"]["monetary_total"]
    assert formed.segments.loc["a2-b1", "rule"].startswith(f"Total spend {low:.2f} EUR or more and Days since last order under")
    assert formed.segments.loc["a1-b1", "rule"] == f"Total spend under {low:.2f} EUR."
    assert formed.segments.loc["a1-b1", "segment_name"] == "Low spend"
    assert formed.segments.loc["a2-b1", "size"] == plain.segments.loc[["a2-b1", "a3-b1"], "size"].sum()
    assert "action" not in plain.segments
    assert formed.key != plain.key


def test_a_name_or_an_action_alone_changes_no_key_under_which_personas_are_filed():
    data = customer_data(shop(300))
    bands = (Band(variable="monetary_total"),)
    key = bands_key(bands, [attribute(data, band) for band in bands])
    said = HandSegment(bands=key, pots=("a2",), action="call")
    assert segment(data, by_hand(*bands, pots=(said,))).key == segment(data, by_hand(*bands)).key


def test_what_was_put_together_under_other_bands_does_not_apply():
    data = customer_data(shop(900))
    two, three = Band(variable="monetary_total", bands=2), Band(variable="monetary_total", bands=3)
    key = bands_key((three,), [attribute(data, three)])
    criteria = by_hand(three, pots=(HandSegment(bands=key, pots=("a1", "a2")),))
    assert len(segment(data, criteria).segments) == 2
    changed = criteria.revise(by_hand=(two,))
    assert segment(data, changed).settings["together"] == []
    assert len(segment(data, changed.revise(by_hand=(three,))).segments) == 2
    region = Band(variable="region")
    other = data.customers.assign(region=data.customers["region"].replace({"North": "East", "East": "North"}))
    keys = {bands_key((region,), [attribute(held, region)]) for held in (data, customer_data(other))}
    assert len(keys) == 2, "the first level is another one: what was said of it must not apply"


def test_the_rules_of_ones_own_pots_pass_the_linter():
    data = customer_data(shop(900))
    for bands in ((Band(variable="monetary_total", bands=4), Band(variable="region")), (Band(variable="age", bands=3),)):
        rule = segment(data, by_hand(*bands)).rule
        assert lint(rule.lines(), list(rule.grouping.host), rule.code_of(data.customers)).sound


def test_pots_that_form_no_box_are_named_and_said():
    frame = shop(900)
    together = HandSegment(bands="any", pots=("a1-b1", "a1-b2", "a2-b1"))
    rule = fit_by_hand(frame, [MONEY, RECENCY], said=(together,))
    assert rule.segments().loc["a1-b1", "segment_name"] == "Low spend and most recent / low spend and…"
    assert "; or " in rule.segments().loc["a1-b1", "rule"]
    assert len(rule.segments().loc["a1-b1", "segment_name"]) <= 45


def test_all_put_together_is_refused():
    with pytest.raises(CriteriaError) as error:
        fit_by_hand(shop(300), [MONEY], said=(HandSegment(bands="x", pots=("a0", "a1", "a2", "a3")),))
    assert str(error.value) == "All pots are put together into one. Take some of them apart, or start again."


def test_says_how_near_the_border_is():
    frame = pd.DataFrame({"monetary_total": [10.0, 100.0, 300.0] * 20, "recency_days": [1.0, 40.0, 100.0] * 20})
    rule = fit_by_hand(frame, [MONEY, RECENCY], currency="EUR")
    text = rule.why(pd.DataFrame({"monetary_total": [195.5], "recency_days": [40.0]}))
    assert text == (
        "Total spend is 196 EUR, which falls in “Total spend from 50 EUR to under 200 EUR” and Days since last order is 40, "
        "which falls in “Days since last order from 30 to under 90”. How close to the border: with "
        "total spend 146 EUR lower it "
        "would be in “Low spend, most recent”; with a last order 11 days later in “Low spend, most recent”."
    )


@pytest.mark.parametrize(
    ("values", "band", "text"),
    [
        (
            [*range(99), 1_000_000],
            Band(variable="v", banding=Banding.EQUAL_WIDTH, bands=3),
            "Equal steps of “V” put 99 % of the customers into one band, because the range reaches up to 1,000,000. "
            "Choose equal numbers of customers, or thresholds of your own.",
        ),
        (
            [*range(99), 1_000_000],
            Band(variable="v", banding=Banding.NATURAL, bands=2),
            "Natural breaks of “V” put 99 % of the customers into one band, because the range reaches up to 1,000,000. "
            "Choose equal numbers of customers, or thresholds of your own.",
        ),
        (
            [1] * 80 + [2] * 20,
            Band(variable="v", bands=4),
            "“V” falls into 2 bands instead of 4: there are only 2 different values, and customers with "
            "the same value always stay together.",
        ),
        (
            [*range(50), np.inf, np.inf],
            Band(variable="v"),
            "“V”: 2 infinite values counted as not known. Correct them in your file.",
        ),
        (
            [*range(50)],
            Band(variable="v", banding=Banding.OWN, thresholds=(20, 500)),
            "No customer lies beyond 500 in “V”: its values run from 0 to 49. Choose a threshold in between.",
        ),
        (
            [f"place {i}" for i in range(5000)],
            Band(variable="v"),
            "“V” has 5,000 different values: the 7 most common (0.1 % of the customers) stand alone; all others are "
            "grouped. Fewer, broader groups in your file would tell more.",
        ),
    ],
)
def test_bands_that_collapse_are_said_with_a_remedy(values, band, text):
    data = customer_data(pd.DataFrame({"v": values}))
    assert cautions(data.customers["v"], band, attribute(data, band)) == (text,)


def test_a_constant_with_infinities_is_refused():
    data = customer_data(pd.DataFrame({"v": [1.0] * 40 + [np.inf] * 3, "w": range(43)}))
    with pytest.raises(CriteriaError, match="“V” is the same for all customers"):
        segment(data, by_hand(Band(variable="v")))


@given(st.integers(0, 50), st.sampled_from([0.01, 7.0, 1000.0]), st.sampled_from(list(Banding)[:3]))
@settings(max_examples=4, deadline=None)
def test_order_of_rows_units_and_names_of_columns_change_no_pot(seed, factor, banding):
    frame = customer_data(shop(200, seed=seed)).customers[["monetary_total", "recency_days"]]
    bands = [Band(variable=v, banding=banding, bands=3) for v in frame]
    before = segment(customer_data(frame), by_hand(*bands)).segment_of
    shuffled = frame.sample(frac=1, random_state=seed) * [factor, 1]
    assert segment(customer_data(shuffled), by_hand(*bands)).segment_of.sort_index().equals(before)
    renamed = frame.set_axis(["x", "y"], axis=1)
    named = [Band(variable=v, banding=banding, bands=3) for v in renamed]
    assert segment(customer_data(renamed), by_hand(*named)).segment_of.equals(before)


def test_every_customer_of_a_hand_made_split_is_explained():
    data = customer_data(shop(300))
    formed = segment(data, by_hand(Band(variable="frequency", bands=3), Band(variable="region")))
    said = [explain(data, formed, customer) for customer in data.customers.index[:12]]
    assert all("border" in text or "No change of a single figure" in text for text in said)
    assert any("more order" in text for text in said)


def test_a_pot_is_called_by_a_letter_for_each_attribute_and_the_number_of_its_band():
    assert [segment_id(cell) for cell in ((0,), (-1,), (2, 0), (1, -1, 3))] == ["a1", "a0", "a3-b1", "a2-b0-c4"]


def test_every_pot_has_its_place():
    cells = every_cell([MONEY, Attribute("age", "Age", "years")])
    assert cells == [(m, a) for m in (-1, 0, 1, 2) for a in (-1, 0)]
    for attributes in ([MONEY], [MONEY, REGION], [MONEY, RECENCY, REGION]):
        cells = every_cell(attributes)
        bands = [np.array(column, dtype=np.intp) for column in zip(*cells, strict=True)]
        assert flat(bands, attributes).tolist() == list(range(len(cells)))


def test_customers_of_a_pot_are_counted_and_empty_pots_left_out():
    bands = [np.array([0, 2, 2, -1, 0, 2]), np.array([1, 0, 0, -1, 1, 2])]
    assert sizes_of(flat(bands, [MONEY, REGION]), [MONEY, REGION]) == {(-1, -1): 1, (0, 1): 2, (2, 0): 2, (2, 2): 1}


def test_a_value_that_is_not_known_is_one_step_from_any_band():
    assert steps([(-1,), (0,)], [(-1,), (0,), (2,)], [MONEY]).tolist() == [[0, 1, 1], [1, 0, 2]]
    assert steps([(0, 0)], [(2, 2), (1, -1), (0, 0)], [MONEY, RECENCY]).tolist() == [[4, 2, 0]]
    assert steps([(0, 0)], [(2, 1)], [REGION, RECENCY]).tolist() == [[2]]


def in_a_row(*sizes, together=()):
    """Put pots of one attribute together, whose bands hold so many customers; None where a band is empty."""
    attribute = Attribute("v", "V", "", cuts=tuple(float(i) for i in range(1, len(sizes))))
    held = {(band,): size for band, size in enumerate(sizes) if size is not None}
    return group(held, [attribute], together)


def hosts(found):
    """Return the host of each band from the first on, the one for "not known" left out."""
    return [found.host[cell][0] for cell in sorted(found.host) if cell[0] >= 0]


@pytest.mark.parametrize(
    ("sizes", "where"),
    [
        ((100, 4, 50, 80), [0, 0, 2, 3]),  # of equally near ones the largest takes it
        ((50, 4, 100, 80), [0, 2, 2, 3]),
        ((100, 5, 50, 80), [0, 1, 2, 3]),  # five are enough
        ((3, 4, 100, 100), [1, 1, 2, 3]),  # the smallest goes first, and then both are enough
        ((600, 9, 391), [0, 0, 2]),  # fewer than 1 %
        ((600, 10, 390), [0, 1, 2]),
        ((1, 1), [0, 1]),  # two are left whatever they hold
        ((1, 1, 1), [1, 1, 2]),
        ((4, 100, 90, 4), [1, 1, 2, 2]),
        ((100, 2, 3, 90), [0, 0, 3, 3]),  # 1.5 bands on average from bands 0 and 1, and 1 from band 3
    ],
)
def test_what_holds_hardly_anyone_stands_with_the_nearest(sizes, where):
    found = in_a_row(*sizes)
    assert hosts(found) == where
    assert found.folded == ()
    assert set(found.tiny) == {(band,) for band, host in enumerate(where) if band != host}


def test_the_bounds_of_hardly_anyone():
    assert (TINY, SMALL_GROUP, MOST_BY_HAND) == (0.01, 5, 7)


@pytest.mark.parametrize(
    ("sizes", "where", "folded"),
    [
        ((50, 60, 70, 80, 90, 100, 110), [0, 1, 2, 3, 4, 5, 6], []),
        ((50, 60, 70, 80, 90, 100, 110, 120), [1, 1, 2, 3, 4, 5, 6, 7], [0]),
        ((100, 50, 90, 200, 200, 200, 200, 200), [0, 2, 2, 3, 4, 5, 6, 7], [1]),  # of equally near ones the smallest takes it
        ((50, 60, 70, 80, 90, 100, 110, 120, 130), [1, 1, 3, 3, 4, 5, 6, 7, 8], [0, 2]),
        ((80, 80, 80, 80, 80, 80, 80, 80), [1, 1, 2, 3, 4, 5, 6, 7], [0]),
    ],
)
def test_more_than_seven_are_put_together_from_the_smallest_on(sizes, where, folded):
    found = in_a_row(*sizes)
    assert hosts(found) == where
    assert found.folded == tuple((band,) for band in folded) and found.tiny == ()
    assert all(row == cell for cell, row in found.row.items()), "the person can still decide on each"


def test_the_suggestion_names_the_pots_that_stand_together():
    found = in_a_row(50, 60, 70, 80, 90, 100, 110, 120, None, together=[("a7", "a9")])
    assert found.together == (((6,), (8,)),)
    assert found.suggestion() == [("a1", "a2"), ("a7", "a9")]
    assert in_a_row(50, 60, 70).suggestion() == []


def test_empty_pots_stand_with_the_nearest_that_holds_customers_and_of_these_with_the_largest():
    assert hosts(in_a_row(10, None, None, 20)) == [0, 0, 3, 3]
    assert hosts(in_a_row(10, None, 20)) == [0, 2, 2]
    assert hosts(in_a_row(20, None, 20)) == [0, 0, 2]
    assert hosts(in_a_row(100, 4, None, None, 80)) == [0, 0, 0, 4, 4], "the nearest stands with another itself"
    assert in_a_row(10, 20, 15).host[(-1,)] == (1,)


def test_an_empty_pot_goes_where_the_person_put_it():
    assert hosts(in_a_row(10, None, None, 20, together=[("a1", "a3")])) == [0, 0, 0, 3]
    assert hosts(in_a_row(None, 10, 30, 20, together=[("a1", "a4")])) == [0, 1, 2, 0]


def test_pots_put_together_are_one_row_under_the_name_of_the_first():
    found = in_a_row(10, 20, 30, 40, together=[("a4", "a2")])
    assert found.together == (((1,), (3,)),)
    assert found.rows() == [(2,), (1,), (0,)]
    assert (found.members((1,)), found.members((0,)), found.members((3,))) == ([(1,), (3,)], [(0,)], [])


def test_what_is_no_pot_of_these_or_stands_alone_or_holds_nobody_is_not_put_together():
    for together in ([("a1", "a9")], [("a3",)], [("x", "y")], [("a5", "a6")]):
        assert in_a_row(10, 20, 30, 40, None, None, together=together).together == ()
    assert in_a_row(10, 20, 30, 40, None, None, together=[("a5", "a6"), ("a4", "a6")]).together == (((3,), (5,)),)


def test_pots_that_are_few_together_stand_with_the_nearest_on_average():
    found = in_a_row(2, 100, 1, 90, 80, together=[("a1", "a3")])
    # bands 0 and 2 hold three; they are 1 band from band 1, (3 + 1) / 2 = 2 from band 3
    assert hosts(found) == [1, 1, 1, 3, 4] and found.tiny == ((0,),)
    assert found.row[(2,)] == found.row[(0,)] == (1,)


def one_by_one(sizes, attributes, together):
    """Put pots together as `group` is described, each distance counted anew as the mean over all pairs of pots."""
    rows = {}
    for cell in sorted(sizes):
        own = next((sorted(pots) for pots in together if cell in pots), [cell])
        rows.setdefault(own[0], []).append(cell)

    def fold(goes_on, sign):
        while len(rows) > 2:
            held = {name: sum(sizes[cell] for cell in cells) for name, cells in rows.items()}
            least = min(rows, key=lambda name: (held[name], name))
            if not goes_on(held[least]):
                return
            cells = rows.pop(least)
            away = {name: round(float(steps(cells, others, attributes).mean()), 9) for name, others in rows.items()}
            rows[min(rows, key=lambda name: (away[name], sign * held[name], name))] += cells

    fold(lambda least: least < max(5, 0.01 * sum(sizes.values())), -1)
    fold(lambda _: len(rows) > 7, 1)
    return {frozenset(cells) for cells in rows.values()}


@given(filled())
@settings(deadline=None, max_examples=30)
def test_the_result_is_the_same_as_step_by_step_with_all_distances_counted_anew(drawn):
    sizes, attributes, together = drawn
    sizes = {cell: 1 + size % 7 if size % 3 else size for cell, size in sizes.items()}
    by_id = {segment_id(cell): cell for cell in every_cell(attributes)}
    chosen = [[by_id[pot] for pot in pots] for pots in together if len(pots) > 1]
    host = group(sizes, attributes, together).host
    parts = {frozenset(cell for cell in sizes if host[cell] == one) for one in {host[cell] for cell in sizes}}
    assert parts == one_by_one(sizes, attributes, chosen)
